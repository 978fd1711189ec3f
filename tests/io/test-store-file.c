/* SPDX-License-Identifier: MIT */
/* The store's file through all that befalls files: kill -9, damage, a full disk, a second daemon, an older and a newer
 * version, and age. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/store_private.h"
#include "store-fixture.h"

#define JOURNAL ((const char *const[]){ "journal", NULL })
#define NOBODY 65534

static char *
file_of (const Store *store)
{
  return g_build_filename (store->folder, "truced.db", NULL);
}

/* Runs SQL on the file beside the store, as somebody with sqlite3(1) could. */
static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  (void) sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static gint64
ask_number (const char *path, const char *sql)
{
  sqlite3 *db;
  gint64 number = -1;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_true (truce_store_pragma (db, sql, &number));
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return number;
}

static void
wait_for (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* --- kill -9 --- */

#define KILL_ROUNDS 20

/* Commits alerts one by one, and says which ones it was told are safe. */
static G_NORETURN void
write_for_ever (const char *folder, guint round, int to)
{
  Store store = { .folder = g_strdup (folder) };

  store.sqlite = truce_store_open (folder, NOW, NULL, NULL);
  g_assert_nonnull (store.sqlite);
  truce_store_port (store.sqlite, &store.port);
  for (guint i = 0;; i++) {
    g_autofree char *cause = g_strdup_printf ("%u-%u", round, i);
    TruceAlert *alert = make_alert (TRUCE_ALERT_LEAD, cause, "truce", NOW + i);
    g_autofree char *line = g_strconcat (alert->id, "\n", NULL);

    if (commit_alert (&store, alert, JOURNAL) != 1 || write (to, line, strlen (line)) < 0)
      _exit (1);
  }
}

/* Kills the child once it has said `enough` ids, `delay` microseconds later; adds all that it said to `said`. */
static void
kill_after (pid_t child, int from, int enough, gulong delay, GHashTable *said)
{
  FILE *stream = fdopen (from, "r");
  char line[64];
  int n_said = 0;

  while (fgets (line, sizeof line, stream)) {
    if (strlen (line) == 33) /* a line cut off by the kill was not said */
      g_hash_table_add (said, g_strndup (line, 32));
    if (++n_said != enough)
      continue;
    g_usleep (delay);
    g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  }
  (void) fclose (stream);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_cmpint (n_said, >=, enough);
}

static void
assert_all_there (Store *store, GHashTable *said)
{
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GHashTable) waiting = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  store_reopen (store);
  due = store->port.outbox_due (store->port.self, "journal", NOW + TRUCE_DAY, G_MAXUINT);
  for (guint i = 0; i < due->len; i++) /* each alert once */
    g_assert_true (g_hash_table_add (waiting, ((TruceOutboxEntry *) g_ptr_array_index (due, i))->alert));
  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    TruceStoredAlert *stored = store->port.alert (store->port.self, id, NULL);
    g_assert_nonnull (stored);
    truce_stored_alert_free (stored);
    g_assert_true (g_hash_table_contains (waiting, id));
  }
  /* What was committed and not said any more may be there, never what was half committed. */
  g_assert_cmpuint (count_alerts (store), ==, due->len);
}

static void
test_kill (void)
{
  Store store;
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  store_open_sqlite (&store);
  for (guint round = 0; round < KILL_ROUNDS; round++) {
    int ends[2];
    pid_t child;

    g_clear_pointer (&store.sqlite, truce_store_close);
    g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
    child = fork ();
    if (child == 0)
      write_for_ever (store.folder, round, ends[1]);
    (void) close (ends[1]);
    kill_after (child, ends[0], g_test_rand_int_range (1, 20), (gulong) g_test_rand_int_range (0, 3000), said);
    store.sqlite = truce_store_open (store.folder, NOW, NULL, NULL);
    assert_all_there (&store, said);
  }
  g_test_message ("%u alerts said", g_hash_table_size (said));
  store_close (&store);
}

/* --- files that are not to be used --- */

static void
overwrite (const char *path, off_t at, gsize length)
{
  g_autofree char *bytes = g_malloc (length);
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  memset (bytes, 0xa5, length);
  g_assert_cmpint (pwrite (fd, bytes, length, at), ==, (ssize_t) length);
  (void) close (fd);
}

static void
damage_head (const char *path)
{
  overwrite (path, 0, 100);
}

static void
damage_schema (const char *path)
{
  overwrite (path, 100, 2000);
}

static void
damage_middle (const char *path)
{
  overwrite (path, 4096, 3 * 4096);
}

static void
cut_short (const char *path)
{
  g_assert_cmpint (truncate (path, 5 * 4096 + 17), ==, 0);
}

static void
write_garbage (const char *path)
{
  g_assert_true (g_file_set_contents (path, "milestone = us-china-truce\n", -1, NULL));
}

static void
make_newer (const char *path)
{
  run_sql (path, "PRAGMA user_version = 999");
}

static void
make_foreign (const char *path)
{
  (void) g_unlink (path);
  run_sql (path, "CREATE TABLE bookmarks (address TEXT); INSERT INTO bookmarks VALUES ('x')");
}

typedef struct {
  const char *name;
  void (*spoil) (const char *path);
  const char *reason; /* a part of what is said */
} Spoiler;

static const Spoiler spoilers[] = {
  { "head", damage_head, "is damaged" },          { "schema", damage_schema, "is damaged" },
  { "middle", damage_middle, "is damaged" },      { "cut", cut_short, "is damaged" },
  { "garbage", write_garbage, "is damaged" },     { "newer", make_newer, "newer truced" },
  { "foreign", make_foreign, "another program" },
};

/* The name that `said` gives the set-aside file. */
static char *
name_in (const char *said)
{
  const char *name = strstr (said, "set aside as ") + strlen ("set aside as ");
  return g_strndup (name, strcspn (name, ","));
}

static void
test_set_aside (gconstpointer data)
{
  const Spoiler *spoiler = data;
  Store store;
  g_autofree char *path = NULL, *before = NULL, *after = NULL, *said = NULL, *name = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before, length_after;

  store_open_sqlite (&store);
  path = file_of (&store);
  for (guint i = 0; i < 60; i++) {
    g_autofree char *cause = g_strdup_printf ("%u", i);
    commit_alert (&store, make_alert (TRUCE_ALERT_NEWS, cause, "m", NOW), JOURNAL);
  }
  g_clear_pointer (&store.sqlite, truce_store_close);
  spoiler->spoil (path);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));

  store.sqlite = truce_store_open (store.folder, NOW, &said, &error);
  g_assert_no_error (error);
  g_assert_nonnull (said);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, spoiler->reason));
  name = name_in (said);
  g_assert_true (g_file_get_contents (name, &after, &length_after, NULL));
  g_assert_true (length_after == length_before && memcmp (after, before, length_before) == 0);

  /* The new one works, and is found in order at the next start. */
  truce_store_port (store.sqlite, &store.port);
  g_assert_cmpuint (count_alerts (&store), ==, 0);
  g_assert_cmpuint (commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW), JOURNAL), ==, 1);
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  store_close (&store);
}

/* Damaged twice in the same second: neither is overwritten. */
static void
test_set_aside_twice (void)
{
  Store store;
  g_autofree char *path = NULL, *first = NULL, *second = NULL, *first_name = NULL, *second_name = NULL;

  store_open_sqlite (&store);
  path = file_of (&store);
  g_clear_pointer (&store.sqlite, truce_store_close);
  write_garbage (path);
  store.sqlite = truce_store_open (store.folder, NOW, &first, NULL);
  g_clear_pointer (&store.sqlite, truce_store_close);
  write_garbage (path);
  store.sqlite = truce_store_open (store.folder, NOW, &second, NULL);
  first_name = name_in (first);
  second_name = name_in (second);
  g_assert_cmpstr (first_name, !=, second_name);
  g_assert_true (g_file_test (first_name, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second_name, G_FILE_TEST_EXISTS));
  store_close (&store);
}

static gboolean
try_commit (Store *store, const char *cause, GError **error)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);

  truce_commit_add_alert (commit, make_alert (TRUCE_ALERT_LEAD, cause, "m", NOW), JOURNAL);
  commit->window = NOW;
  return store->port.commit (store->port.self, commit, NULL, error);
}

/* Killed, and then met by an older version: what was still in the log goes with the file. */
static void
test_set_aside_log (void)
{
  Store store;
  g_autofree char *path = NULL, *said = NULL, *name = NULL;
  pid_t child;

  store_open_sqlite (&store);
  path = file_of (&store);
  g_clear_pointer (&store.sqlite, truce_store_close);
  child = fork ();
  if (child == 0) {
    store_open_folder (&store);
    commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW), JOURNAL);
    run_sql (path, "PRAGMA user_version = 2");
    _exit (0); /* as if killed: nothing is closed */
  }
  wait_for (child);
  store.sqlite = truce_store_open (store.folder, NOW, &said, NULL);
  g_assert_nonnull (said);
  name = name_in (said);
  g_assert_cmpint (ask_number (name, "SELECT count (*) FROM alert"), ==, 1);
  store_close (&store);
}

/* Damage that no check at the start has seen: an error when it is met, and the next start sets the file aside. */
static void
test_suspect (void)
{
  Store store;
  g_autofree char *path = NULL, *said = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  store_open_sqlite (&store);
  path = file_of (&store);
  for (guint i = 0; i < 400; i++) {
    g_autofree char *cause = g_strdup_printf ("%u", i);
    TruceAlert *alert = make_alert (TRUCE_ALERT_NEWS, cause, "m", NOW);
    g_free (alert->body);
    alert->body = g_strnfill (4000, 'x');
    commit_alert (&store, alert, JOURNAL);
  }
  g_clear_pointer (&store.sqlite, truce_store_close);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 1 << 20); /* more than is checked at every start */
  overwrite (path, 30 * 4096, (gsize) status.st_size - 30 * 4096);
  store.sqlite = truce_store_open (store.folder, NOW, &said, &error);
  g_assert_no_error (error);
  g_assert_null (said);
  truce_store_port (store.sqlite, &store.port);
  g_assert_false (try_commit (&store, "x", &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_WRITE);
  g_clear_pointer (&store.sqlite, truce_store_close);
  store.sqlite = truce_store_open (store.folder, NOW, &said, NULL);
  g_assert_nonnull (said);
  truce_store_port (store.sqlite, &store.port);
  g_assert_true (try_commit (&store, "x", NULL));
  store_close (&store);
}

/* --- who else is there --- */

static void
test_second (void)
{
  Store store;
  g_autoptr (GError) error = NULL;
  g_autofree char *process = g_strdup_printf ("process %d", (int) getpid ());

  store_open_sqlite (&store);
  g_assert_null (truce_store_open (store.folder, NOW, NULL, &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, process));
  g_assert_nonnull (strstr (error->message, store.folder));
  g_assert_cmpuint (commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW), JOURNAL), ==, 1);
  store_close (&store);
}

/* Somebody holds the file locked with sqlite3(1): an error after a while, and all is well once they have gone. */
static void
test_locked (void)
{
  Store store;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  store_open_sqlite (&store);
  path = file_of (&store);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (try_commit (&store, "x", &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "locked"));
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_assert_true (try_commit (&store, "x", NULL));
  store_close (&store);
}

/* A failure in the middle of a cause leaves nothing of it. */
static void
test_atomic (void)
{
  Store store;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  store_open_sqlite (&store);
  path = file_of (&store);
  run_sql (path, "CREATE TRIGGER no BEFORE INSERT ON state BEGIN SELECT RAISE (ABORT, 'no window'); END");
  g_assert_false (try_commit (&store, "x", &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_WRITE);
  g_assert_cmpuint (count_alerts (&store), ==, 0);
  g_assert_cmpint (store.port.outbox_next (store.port.self, "journal"), ==, TRUCE_TIME_NONE);
  run_sql (path, "DROP TRIGGER no");
  g_assert_true (try_commit (&store, "x", NULL));
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  store_close (&store);
}

/* --- disks --- */

static void
test_read_only (void)
{
  g_autofree char *folder = make_folder ();
  pid_t child;

  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  child = fork ();
  if (child == 0) {
    g_autoptr (GError) error = NULL;

    /* The modes of a folder bind everybody but root. */
    if (geteuid () == 0 && setresuid (NOBODY, NOBODY, NOBODY) != 0)
      _exit (2);
    g_assert_null (truce_store_open (folder, NOW, NULL, &error));
    g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN);
    g_assert_nonnull (strstr (error->message, folder));
    _exit (0);
  }
  wait_for (child);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  remove_folder (folder);
}

#define SMALL_DISK "size=600k"
#define BALLAST 200000

/* Commits until the disk is full; the number of commits that went well. */
static guint
fill_up (Store *store, guint from)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = from; i < from + 10000 && !error; i++) {
    g_autofree char *cause = g_strdup_printf ("%u", i);
    (void) try_commit (store, cause, &error);
  }
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_WRITE);
  return i - 1;
}

static G_NORETURN void
live_on_small_disk (const char *folder)
{
  Store store = { .folder = g_strdup (folder) };
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *bytes = g_malloc0 (BALLAST);
  guint n_fine, n_more;

  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount ("tmpfs", folder, "tmpfs", 0, SMALL_DISK) != 0)
    _exit (3);
  g_assert_true (g_file_set_contents (ballast, bytes, BALLAST, NULL));
  store.sqlite = truce_store_open (folder, NOW, NULL, NULL);
  truce_store_port (store.sqlite, &store.port);
  n_fine = fill_up (&store, 0);
  g_assert_cmpuint (n_fine, >, 0);
  g_assert_cmpuint (count_alerts (&store), ==, n_fine);
  /* Room again: it goes on where it was, in the same process and in the next. */
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  n_more = fill_up (&store, n_fine);
  g_assert_cmpuint (n_more, >, n_fine);
  g_clear_pointer (&store.sqlite, truce_store_close);
  store.sqlite = truce_store_open (folder, NOW, NULL, NULL);
  g_assert_nonnull (store.sqlite);
  truce_store_port (store.sqlite, &store.port);
  g_assert_cmpuint (count_alerts (&store), ==, n_more);
  _exit (0);
}

static void
test_full (void)
{
  g_autofree char *folder = make_folder ();
  pid_t child = fork ();
  int status;

  if (child == 0) {
    if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0)
      _exit (3);
    live_on_small_disk (folder);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 3)
    g_error ("this system permits no mount namespace, in which a full disk is made");
  g_assert_cmpint (status, ==, 0);
  remove_folder (folder);
}

/* --- versions --- */

static char *
source_file (const char *name)
{
  return g_build_filename (g_getenv ("SOURCE_ROOT"), "tests/io", name, NULL);
}

/* The statements that made the tables of `path`, in order. */
static char *
schema_of (const char *path)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name", -1, &statement,
                      NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return g_string_free (text, FALSE);
}

/* A store as version 1 left it is read whole, and looks like a new one afterwards. */
static void
test_version_1 (void)
{
  Store fresh, store = { .folder = make_folder () };
  g_autofree char *path = file_of (&store), *fresh_path = NULL, *stored = source_file ("store-version-1.sql");
  g_autofree char *sql = NULL, *schema = NULL, *fresh_schema = NULL;
  TruceFeedState state;
  TruceStoredAlert *alert;

  g_assert_true (g_file_get_contents (stored, &sql, NULL, NULL));
  run_sql (path, sql);
  store_open_folder (&store);
  store_open_sqlite (&fresh);
  fresh_path = file_of (&fresh);
  schema = schema_of (path);
  fresh_schema = schema_of (fresh_path);
  g_assert_cmpstr (schema, ==, fresh_schema);

  g_assert_cmpint (store.port.window (store.port.self), ==, NOW);
  g_assert_cmpuint (count_alerts (&store), ==, 2);
  alert = store.port.alert (store.port.self, "9f11", NULL);
  g_assert_cmpstr (alert->alert->title, ==, "US-China tariff truce ends in 7 days");
  g_assert_cmpstr (alert->acknowledged_by, ==, "ada");
  truce_stored_alert_free (alert);
  g_assert_true (store.port.firing_done (store.port.self, "us-china-truce", 1, "7d"));
  g_assert_true (store.port.feed_state (store.port.self, "ustr", &state));
  g_assert_cmpstr (state.etag, ==, "\"33a64df5\"");
  truce_feed_state_clear (&state);
  g_autoptr (GPtrArray) revisions = store.port.revisions (store.port.self);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_autoptr (GPtrArray) pulled = store.port.outbox_pulled (store.port.self, "desktop");
  g_assert_cmpuint (pulled->len, ==, 1);
  store_close (&fresh);
  store_close (&store);
}

/* The way forward itself, with versions that do not exist yet: a copy first, each version whole or not at all. */
static void
test_migrate (void)
{
  static const char better[] = "CREATE TABLE extra (a INTEGER) STRICT; UPDATE state SET value = value + 1;";
  static const char broken[] = "DROP TABLE extra; CREATE TABLE seen (a);";
  const char *const good[] = { truce_store_migrations[0], better, NULL };
  const char *const bad[] = { truce_store_migrations[0], better, broken, NULL };
  Store store;
  g_autofree char *path = NULL, *copy_2 = NULL, *copy_3 = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  store_open_sqlite (&store);
  path = file_of (&store);
  copy_2 = g_strconcat (path, ".before-version-2", NULL);
  copy_3 = g_strconcat (path, ".before-version-3", NULL);
  g_assert_true (try_commit (&store, "x", NULL));
  g_clear_pointer (&store.sqlite, truce_store_close);
  g_assert_false (g_file_test (copy_2, G_FILE_TEST_EXISTS));

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_true (truce_store_migrate (db, path, good, &error));
  g_assert_no_error (error);
  g_assert_true (truce_store_migrate (db, path, good, &error)); /* nothing is left to do */
  g_assert_cmpint (ask_number (path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask_number (path, "SELECT value FROM state"), ==, NOW + 1);
  g_assert_cmpint (ask_number (copy_2, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask_number (copy_2, "SELECT value FROM state"), ==, NOW);
  g_assert_cmpint (ask_number (copy_2, "SELECT count (*) FROM alert"), ==, 1);

  g_assert_false (truce_store_migrate (db, path, bad, &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN);
  g_assert_cmpint (ask_number (path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask_number (path, "SELECT count (*) FROM extra"), ==, 0); /* still there */
  g_assert_cmpint (ask_number (copy_3, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  store_close (&store);
}

/* --- age --- */

static void
poll_feed (Store *store, TruceTime at, guint64 first, guint64 last)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (at);

  truce_commit_set_feed (commit, "ustr", NULL);
  for (guint64 key = first; key <= last; key++)
    g_array_append_val (commit->seen, key);
  g_assert_true (store->port.commit (store->port.self, commit, NULL, NULL));
}

static guint
count_unseen (Store *store, guint64 last)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 key = 1; key <= last; key++)
    g_array_append_val (keys, key);
  return store->port.unseen (store->port.self, "ustr", keys) ? keys->len : G_MAXUINT;
}

static void
test_seen_age (void)
{
  Store store;
  g_autofree char *path = NULL;
  TruceTime later = NOW + TRUCE_STORE_SEEN_RETENTION + 2 * TRUCE_DAY;

  store_open_sqlite (&store);
  path = file_of (&store);
  poll_feed (&store, NOW, 1, 10);
  /* Switched off for months: the items are still in the feed, and none of them is news. */
  store.port.expire (store.port.self, NOW + 300 * TRUCE_DAY);
  g_assert_cmpuint (count_unseen (&store, 10), ==, 0);
  /* Two weeks of polls write an item twice, not 300 times. */
  for (guint hour = 1; hour <= 14 * 24; hour++)
    poll_feed (&store, NOW + hour * TRUCE_HOUR, 1, 10);
  g_assert_cmpint (ask_number (path, "SELECT min (last_present) FROM seen"), ==, NOW / TRUCE_DAY + 14);
  poll_feed (&store, NOW + 15 * TRUCE_DAY, 1, 10);
  g_assert_cmpint (ask_number (path, "SELECT min (last_present) FROM seen"), ==, NOW / TRUCE_DAY + 14);
  /* Gone from a feed that lives on: forgotten after a while. */
  poll_feed (&store, later, 6, 10);
  store.port.expire (store.port.self, later);
  g_assert_cmpuint (count_unseen (&store, 10), ==, 0);
  poll_feed (&store, later + 14 * TRUCE_DAY, 6, 10);
  store.port.expire (store.port.self, later + 14 * TRUCE_DAY);
  g_assert_cmpuint (count_unseen (&store, 10), ==, 5);
  store_close (&store);
}

static void
test_alert_age (void)
{
  Store store;
  g_autofree char *path = NULL;
  TruceTime old = NOW - TRUCE_STORE_ALERT_RETENTION - 1;

  store_open_sqlite (&store);
  path = file_of (&store);
  commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "old", "m", old), JOURNAL);
  commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "young", "m", old + 1), JOURNAL);
  store.port.expire (store.port.self, NOW);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  /* Nothing about it stays behind. */
  g_assert_cmpint (ask_number (path, "SELECT count (*) FROM outbox"), ==, 1);
  g_assert_cmpint (ask_number (path, "SELECT count (*) FROM mention"), ==, 1);
  store_close (&store);
}

static void
test_modes (void)
{
  Store store = { .folder = make_folder () };
  g_autofree char *inner = g_build_filename (store.folder, "a", "b", NULL), *path = NULL;
  GStatBuf status;
  mode_t before = umask (0);

  g_autoptr (TruceStore) sqlite = truce_store_open (inner, NOW, NULL, NULL);
  umask (before);
  g_assert_nonnull (sqlite);
  g_assert_cmpint (g_stat (inner, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < 3; i++) {
    path = g_strconcat (inner, "/truced.db", ((const char *const[]){ "", "-wal", "-shm" })[i], NULL);
    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    g_clear_pointer (&path, g_free);
  }
  store_close (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill", test_kill);
  for (guint i = 0; i < G_N_ELEMENTS (spoilers); i++) {
    g_autofree char *name = g_strconcat ("/set-aside/", spoilers[i].name, NULL);
    g_test_add_data_func (name, &spoilers[i], test_set_aside);
  }
  g_test_add_func ("/set-aside/twice", test_set_aside_twice);
  g_test_add_func ("/set-aside/log", test_set_aside_log);
  g_test_add_func ("/set-aside/suspect", test_suspect);
  g_test_add_func ("/second", test_second);
  g_test_add_func ("/locked", test_locked);
  g_test_add_func ("/atomic", test_atomic);
  g_test_add_func ("/read-only", test_read_only);
  g_test_add_func ("/full", test_full);
  g_test_add_func ("/version-1", test_version_1);
  g_test_add_func ("/migrate", test_migrate);
  g_test_add_func ("/seen-age", test_seen_age);
  g_test_add_func ("/alert-age", test_alert_age);
  g_test_add_func ("/modes", test_modes);
  return g_test_run ();
}
