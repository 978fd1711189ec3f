/* SPDX-License-Identifier: MIT */
/* Opening the store: one process at a time, nothing of value overwritten, a damaged or newer file set aside. */
#include "io/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "io/store_private.h"

#define FILE_NAME "truced.db"
/* Somebody may look into the file with sqlite3(1): waited for this long, no longer, since the daemon stands still. */
#define BUSY_MILLISECONDS 1000
#define LOCK_PATIENCE 2000 /* milliseconds: a process that was killed takes its time to go */
#define LOCK_LOOK_EVERY 20
/* Checking reads the whole file, some 5 ms a MiB. A small one is checked at every start; a larger one when it was not
 * closed in good order, which is when a machine that lost power may have damaged it; a huge one when it was caught. */
#define CHECK_ALWAYS_BYTES (1 << 20)
#define CHECK_UNCLEAN_BYTES (64 << 20)

/* For the whole connection, the check included: SQLite would else keep 2 MB of pages, a quarter of what all of truced
 * may take. */
static const char small_memory[] = "PRAGMA cache_size = -256; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;";

/* The WAL begins anew at 256 pages of 4 KiB: small enough not to matter on a small disk. */
static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                               " PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 256;"
                               " PRAGMA journal_size_limit = 1048576;";

GQuark
truce_store_error_quark (void)
{
  return g_quark_from_static_string ("truce-store-error");
}

typedef enum {
  FIT_FINE,
  FIT_FAILED,   /* error: not the file's fault, or not known to be */
  FIT_UNUSABLE, /* reason: the file is to be set aside */
} Fit;

/* What the system said: 0 where it is not known. Of a commit that fails SQLite knows it with the log. */
static int
system_error (const TruceStore *store)
{
  int number = sqlite3_system_errno (store->db);
  sqlite3_file *log = NULL;

  if (number == 0 && sqlite3_file_control (store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
      log->pMethods && log->pMethods->xFileControl)
    (void) log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

/* SQLite's own word for a disk that is full or broken is mostly "disk I/O error". */
const char *
truce_store_reason (const TruceStore *store)
{
  int code = sqlite3_errcode (store->db) & 0xff, number = system_error (store);

  switch (code) {
  case SQLITE_FULL:
    return "no space is left for it";
  case SQLITE_READONLY:
    return "it is read-only";
  case SQLITE_BUSY:
    return "another program holds it locked";
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    return number == ENOSPC || number == EDQUOT ? "no space is left for it"
           : number                             ? g_strerror (number)
                                                : sqlite3_errmsg (store->db);
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return "it is damaged; truced sets it aside, and begins a new one, when it is started again";
  default:
    return sqlite3_errmsg (store->db);
  }
}

static gboolean
open_failed (GError **error, const char *path, const char *reason)
{
  g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: cannot be opened: %s", path, reason);
  return FALSE;
}

/* Takes the lock of `fd`, though whoever has it may only just be dying. */
static gboolean
take_lock (int fd)
{
  for (guint looks = 0; flock (fd, LOCK_EX | LOCK_NB) != 0; looks++) {
    if (errno != EWOULDBLOCK || looks >= LOCK_PATIENCE / LOCK_LOOK_EVERY)
      return FALSE;
    g_usleep (LOCK_LOOK_EVERY * 1000);
  }
  return TRUE;
}

/* The lock is the descriptor's: it ends with the process, however that ends. The number in the file is for people, and
 * a disk that has no room for it still has the lock. */
gboolean
truce_store_lock (TruceStore *store, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (store->path);
  g_autofree char *name = g_build_filename (directory, "truced.lock", NULL);
  char holder[16] = "";
  ssize_t length;

  store->lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (store->lock < 0)
    store->lock = open (name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (store->lock < 0)
    return open_failed (error, name, g_strerror (errno));
  if (!take_lock (store->lock)) {
    if (errno != EWOULDBLOCK)
      return open_failed (error, name, g_strerror (errno));
    length = read (store->lock, holder, sizeof holder - 1);
    g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_BUSY, "%s is in use by another truced (process %s)",
                 directory, length > 0 ? g_strchomp (holder) : "unknown");
    return FALSE;
  }
  g_snprintf (holder, sizeof holder, "%d\n", (int) getpid ());
  if (ftruncate (store->lock, 0) != 0 || write (store->lock, holder, strlen (holder)) < 0)
    g_debug ("%s: %s", name, g_strerror (errno));
  return TRUE;
}

/* What SQLite says while looking at a file, sorted by whose fault it is. */
static Fit
judge (TruceStore *store, char **ret_reason, GError **error)
{
  int code = sqlite3_errcode (store->db) & 0xff;

  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
    *ret_reason = g_strdup_printf ("is damaged (%s)", sqlite3_errmsg (store->db));
    return FIT_UNUSABLE;
  }
  open_failed (error, store->path, truce_store_reason (store));
  return FIT_FAILED;
}

static Fit
check_pages (TruceStore *store, char **ret_reason, GError **error)
{
  sqlite3_stmt *statement = NULL;
  Fit fit = FIT_FINE;

  if (sqlite3_prepare_v2 (store->db, "PRAGMA quick_check (1)", -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW) {
    fit = judge (store, ret_reason, error);
  } else if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0) {
    g_autofree char *finding = g_strdup ((const char *) sqlite3_column_text (statement, 0));
    g_strdelimit (finding, "\n", ' ');
    *ret_reason = g_strdup_printf ("is damaged (%s)", finding);
    fit = FIT_UNUSABLE;
  }
  (void) sqlite3_finalize (statement);
  return fit;
}

/* Is it ours, and of a version that we know? */
static Fit
check_marks (TruceStore *store, char **ret_reason, GError **error)
{
  int known = truce_store_version (truce_store_migrations);
  gint64 version, application, tables;

  if (!truce_store_pragma (store->db, "PRAGMA user_version", &version) ||
      !truce_store_pragma (store->db, "PRAGMA application_id", &application) ||
      !truce_store_pragma (store->db, "SELECT count (*) FROM sqlite_schema", &tables))
    return judge (store, ret_reason, error);
  if (application != TRUCE_STORE_APPLICATION_ID && (application != 0 || tables > 0)) {
    *ret_reason = g_strdup ("is a database of another program");
    return FIT_UNUSABLE;
  }
  if (version > known) {
    *ret_reason = g_strdup_printf ("was written by a newer truced (its version is %d, this truced knows %d)",
                                   (int) version, known);
    return FIT_UNUSABLE;
  }
  return FIT_FINE;
}

gboolean
truce_store_is_fit (TruceStore *store)
{
  g_autofree char *reason = NULL;

  return check_marks (store, &reason, NULL) == FIT_FINE && check_pages (store, &reason, NULL) == FIT_FINE;
}

static gboolean
wants_check (TruceStore *store, gboolean unclean, gboolean suspect)
{
  GStatBuf status;

  if (suspect || g_stat (store->path, &status) != 0)
    return TRUE;
  return status.st_size <= (unclean ? CHECK_UNCLEAN_BYTES : CHECK_ALWAYS_BYTES);
}

/* It was there before, and is nothing any more: what a file system may leave of a file after a loss of power. */
static gboolean
is_emptied (const TruceStore *store)
{
  GStatBuf status;

  return g_stat (store->path, &status) == 0 && status.st_size == 0;
}

static gboolean
connect_file (TruceStore *store, GError **error)
{
  /* Made here for its mode, which SQLite gives the files beside it too. */
  int fd = open (store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    return open_failed (error, store->path, g_strerror (errno));
  close (fd);
  if (sqlite3_open_v2 (store->path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return open_failed (error, store->path, truce_store_reason (store));
  (void) sqlite3_extended_result_codes (store->db, 1);
  (void) sqlite3_busy_timeout (store->db, BUSY_MILLISECONDS);
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  (void) sqlite3_exec (store->db, small_memory, NULL, NULL, NULL); /* of a damaged file, the check will say so */
  /* Until the file is known to be fit, closing it writes nothing. */
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return TRUE;
}

static Fit
open_file (TruceStore *store, char **ret_reason, GError **error)
{
  g_autofree char *log = g_strconcat (store->path, "-wal", NULL);
  g_autofree char *mark = g_strconcat (store->path, ".suspect", NULL);
  gboolean unclean = g_file_test (log, G_FILE_TEST_EXISTS); /* SQLite removes it when closed in good order */
  gboolean suspect = g_file_test (mark, G_FILE_TEST_EXISTS);
  Fit fit;

  if (is_emptied (store)) {
    *ret_reason = g_strdup ("is empty");
    return FIT_UNUSABLE;
  }
  if (!connect_file (store, error))
    return FIT_FAILED;
  fit = check_marks (store, ret_reason, error);
  if (fit == FIT_FINE && wants_check (store, unclean, suspect))
    fit = check_pages (store, ret_reason, error);
  if (fit != FIT_FINE)
    return fit;
  if (sqlite3_exec (store->db, settings, NULL, NULL, NULL) != SQLITE_OK)
    return judge (store, ret_reason, error);
  if (!truce_store_migrate (store->db, store->path, truce_store_migrations, error))
    return FIT_FAILED;
  (void) sqlite3_db_config (store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  (void) g_unlink (mark);
  return FIT_FINE;
}

void
truce_store_disconnect (TruceStore *store)
{
  for (guint i = 0; i < TRUCE_N_STATEMENTS; i++)
    g_clear_pointer (&store->statements[i], sqlite3_finalize);
  g_clear_pointer (&store->db, sqlite3_close);
}

/* Moves the file away together with its log, so that the two can still be opened as one; what is there already is left.
 */
static char *
set_aside (TruceStore *store, TruceTime now, GError **error)
{
  static const char *const beside[] = { "-wal", "-shm", ".suspect" };
  char when[TRUCE_TIME_TEXT_SIZE];
  g_autofree char *name =
      g_strdup_printf ("%s.set-aside-%s", store->path, truce_time_to_text (now - now % TRUCE_SECOND, when));

  for (guint number = 2; g_file_test (name, G_FILE_TEST_EXISTS); number++) {
    g_free (name);
    name = g_strdup_printf ("%s.set-aside-%s-%u", store->path, when, number);
  }
  if (g_rename (store->path, name) != 0) {
    open_failed (error, store->path, g_strerror (errno));
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++) {
    g_autofree char *from = g_strconcat (store->path, beside[i], NULL);
    g_autofree char *to = g_strconcat (name, beside[i], NULL);
    (void) g_rename (from, to); /* not there, mostly */
  }
  return g_steal_pointer (&name);
}

static gboolean
open_or_set_aside (TruceStore *store, TruceTime now, char **ret_set_aside, GError **error)
{
  g_autofree char *reason = NULL, *name = NULL;
  Fit fit = open_file (store, &reason, error);

  if (fit != FIT_UNUSABLE)
    return fit == FIT_FINE;
  truce_store_disconnect (store);
  name = set_aside (store, now, error);
  if (!name)
    return FALSE;
  if (ret_set_aside)
    *ret_set_aside = g_strdup_printf ("%s %s; it was set aside as %s, and a new one begun", store->path, reason, name);
  g_clear_pointer (&reason, g_free);
  return open_file (store, &reason, error) == FIT_FINE || (reason && open_failed (error, store->path, reason));
}

gboolean
truce_store_connect (TruceStore *store, TruceTime now, char **ret_set_aside, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (store->path);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return open_failed (error, directory, g_strerror (errno));
  if (store->lock < 0 && !truce_store_lock (store, error))
    return FALSE;
  if (open_or_set_aside (store, now, ret_set_aside, error))
    return TRUE;
  truce_store_disconnect (store);
  if (is_emptied (store))
    (void) g_unlink (store->path); /* by us, just now: the next start is to find nothing amiss */
  return FALSE;
}

TruceStore *
truce_store_new (const char *directory)
{
  TruceStore *store = g_new0 (TruceStore, 1);

  store->lock = -1;
  store->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  store->path = g_build_filename (directory, FILE_NAME, NULL);
  return store;
}

TruceStore *
truce_store_open (const char *directory, TruceTime now, char **ret_set_aside, GError **error)
{
  g_autoptr (TruceStore) store = truce_store_new (directory);

  if (!truce_store_connect (store, now, ret_set_aside, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
truce_store_close (TruceStore *store)
{
  if (!store)
    return;
  truce_store_disconnect (store);
  if (store->lock >= 0)
    close (store->lock);
  g_hash_table_unref (store->tries);
  g_free (store->unread);
  g_free (store->path);
  g_free (store);
}

void
truce_store_port (TruceStore *store, TruceStorePort *ret_port)
{
  *ret_port = (TruceStorePort){ .self = store };
  truce_store_commit_members (ret_port);
  truce_store_query_members (ret_port);
  truce_store_outbox_members (ret_port);
  truce_store_shown_members (ret_port);
}
