/* SPDX-License-Identifier: MIT */
/* A store that cannot be opened for writing: its disk is full or read-only, its folder somebody else's. What it holds
 * is needed all the same, or dates that people have moved would be the old ones again, and news be told twice: so it is
 * read into memory, and written back once that is possible. */
#include <errno.h>

#include "io/store_private.h"

static const char in_memory[] = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;";

/* SQLite says why on `to`. */
static gboolean
copy (sqlite3 *from, sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  if (!backup)
    return FALSE;
  (void) sqlite3_backup_step (backup, -1);
  return sqlite3_backup_finish (backup) == SQLITE_OK;
}

/* Nothing is written to its disk, no lock and no shared memory either. A log that is there has to be read with the
 * file; where there is none the file is told to be immutable, since SQLite would make one. */
static sqlite3 *
open_to_read (const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *log = g_strconcat (whole, "-wal", NULL);
  g_autofree char *address = g_filename_to_uri (whole, NULL, NULL);
  g_autofree char *name = g_strconcat (address, g_file_test (log, G_FILE_TEST_EXISTS) ? "" : "?immutable=1", NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (name, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, "unix-none") != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
    g_clear_pointer (&db, sqlite3_close);
  return db;
}

static void
open_empty (TruceStore *store)
{
  truce_store_disconnect (store);
  if (sqlite3_open_v2 (":memory:", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    g_error ("no memory for the state");
  (void) sqlite3_extended_result_codes (store->db, 1);
}

/* All zero where there is none. */
static void
note_file (TruceStore *store)
{
  if (g_stat (store->path, &store->file) != 0)
    store->file = (GStatBuf){ 0 };
}

static gboolean
is_absent (const TruceStore *store)
{
  GStatBuf status;

  return g_stat (store->path, &status) != 0 ? errno == ENOENT : status.st_size == 0;
}

static gboolean
is_as_noted (const TruceStore *store)
{
  const GStatBuf *noted = &store->file;
  GStatBuf now;

  return g_stat (store->path, &now) == 0 && now.st_dev == noted->st_dev && now.st_ino == noted->st_ino &&
         now.st_size == noted->st_size && now.st_mtim.tv_sec == noted->st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == noted->st_mtim.tv_nsec;
}

/* What is now in memory of the file, which was asked for as `db`. */
static TruceStoreFile
read_from (TruceStore *store, sqlite3 *db)
{
  int code;

  if (copy (db, store->db))
    return truce_store_is_fit (store) ? TRUCE_STORE_FILE_READ : TRUCE_STORE_FILE_SPOILT;
  code = sqlite3_errcode (store->db) & 0xff;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? TRUCE_STORE_FILE_SPOILT : TRUCE_STORE_FILE_UNREAD;
}

static TruceStoreFile
load (TruceStore *store)
{
  TruceStoreFile file = TRUCE_STORE_FILE_UNREAD;
  sqlite3 *db;

  note_file (store);
  if (is_absent (store))
    return TRUCE_STORE_FILE_ABSENT;
  db = open_to_read (store->path);
  if (db)
    file = read_from (store, db);
  (void) sqlite3_close (db);
  if (file != TRUCE_STORE_FILE_READ)
    open_empty (store);
  return file;
}

static gboolean
prepare (TruceStore *store)
{
  g_autoptr (GError) error = NULL;

  (void) sqlite3_exec (store->db, in_memory, NULL, NULL, NULL);
  if (truce_store_migrate (store->db, store->path, truce_store_migrations, &error))
    return TRUE;
  g_warning ("%s", error->message);
  return FALSE;
}

TruceStore *
truce_store_open_in_memory (const char *directory)
{
  TruceStore *store = truce_store_new (directory);

  (void) truce_store_lock (store, NULL);
  open_empty (store);
  store->in_memory = load (store);
  if (!prepare (store)) {
    open_empty (store);
    (void) prepare (store);
    store->in_memory = TRUCE_STORE_FILE_UNREAD;
  }
  return store;
}

gboolean
truce_store_is_in_memory (const TruceStore *store)
{
  return store->in_memory != TRUCE_STORE_FILE_IN_USE;
}

/* --- and back --- */

static gboolean
fail (const TruceStore *store, const char *reason, GError **error)
{
  g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: cannot be written: %s", store->path, reason);
  return FALSE;
}

/* Would nothing be lost that is there? */
static gboolean
may_replace (const TruceStore *store)
{
  return is_absent (store) || (store->in_memory != TRUCE_STORE_FILE_UNREAD && is_as_noted (store));
}

static gboolean
write_to (TruceStore *disk, TruceStore *store, TruceTime now, char **ret_set_aside, GError **error)
{
  g_autofree char *aside = NULL;
  gboolean connected = truce_store_connect (disk, now, &aside, error);
  gboolean expected = store->in_memory != TRUCE_STORE_FILE_SPOILT || aside;

  if (aside) {
    store->in_memory = TRUCE_STORE_FILE_ABSENT; /* what is there from here on is ours */
    if (ret_set_aside)
      *ret_set_aside = g_steal_pointer (&aside);
  }
  if (!connected)
    return FALSE;
  return expected ? copy (store->db, disk->db) || fail (disk, truce_store_reason (disk), error)
                  : fail (disk, "it is another one by now, or was damaged only for a while", error);
}

gboolean
truce_store_settle (TruceStore *store, TruceTime now, char **ret_set_aside, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (store->path);
  g_autoptr (TruceStore) disk = truce_store_new (directory);

  if (!may_replace (store))
    return fail (store, "what it holds could not be read; truced uses it from its next start on", error);
  disk->lock = store->lock;
  if (!write_to (disk, store, now, ret_set_aside, error)) {
    truce_store_disconnect (disk);
    store->lock = disk->lock;
    disk->lock = -1;
    if (store->in_memory != TRUCE_STORE_FILE_UNREAD)
      note_file (store); /* the attempt may have left its mark */
    return FALSE;
  }
  truce_store_disconnect (store);
  g_hash_table_remove_all (store->tries);
  store->db = g_steal_pointer (&disk->db);
  store->lock = disk->lock;
  disk->lock = -1;
  store->in_memory = TRUCE_STORE_FILE_IN_USE;
  store->light = FALSE;
  return TRUE;
}
