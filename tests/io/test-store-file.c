/* SPDX-License-Identifier: MIT */
/* The store's file through what befalls files: damage, a second daemon, an older and a newer version, and age. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/store_private.h"
#include "store-fixture.h"

#define JOURNAL ((const char *const[]){ "journal", NULL })

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

/* Killed, and then met by an older version: what was still in the log goes with the file. */
static void
test_set_aside_log (void)
{
  Store store;
  g_autofree char *path = NULL, *said = NULL, *name = NULL, *log = NULL;
  pid_t child;

  store_open_sqlite (&store);
  path = file_of (&store);
  g_clear_pointer (&store.sqlite, truce_store_close);
  child = fork ();
  if (child == 0) {
    store_open_folder (&store);
    commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW), JOURNAL);
    run_sql (path, "PRAGMA user_version = 999");
    _exit (0); /* as if killed: nothing is closed */
  }
  wait_for (child);
  store.sqlite = truce_store_open (store.folder, NOW, &said, NULL);
  g_assert_nonnull (said);
  name = name_in (said);
  log = g_strconcat (name, "-wal", NULL);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS)); /* neither was written to */
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

/* One that was killed has not gone yet when the next is started. */
static void
test_dying (void)
{
  Store store;
  g_autofree char *lock = NULL;
  int ready[2];
  char byte;
  pid_t child;

  store_open_sqlite (&store);
  g_clear_pointer (&store.sqlite, truce_store_close);
  lock = g_build_filename (store.folder, "truced.lock", NULL);
  g_assert_no_errno (pipe (ready));
  child = fork ();
  if (child == 0) {
    int fd = open (lock, O_RDWR);
    if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0 || write (ready[1], "x", 1) != 1)
      _exit (1);
    g_usleep (300 * 1000);
    _exit (0);
  }
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  store.sqlite = truce_store_open (store.folder, NOW, NULL, NULL);
  g_assert_nonnull (store.sqlite);
  truce_store_port (store.sqlite, &store.port);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  store_close (&store);
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
  g_autoptr (GPtrArray) amendments = store.port.amendments (store.port.self);
  g_assert_cmpuint (amendments->len, ==, 0);
  g_autoptr (GPtrArray) moves = store.port.moves (store.port.self);
  g_assert_cmpuint (moves->len, ==, 0);
  g_autoptr (GPtrArray) pulled = store.port.outbox_pulled (store.port.self, "desktop");
  g_assert_cmpuint (pulled->len, ==, 1);
  /* What waited for the desktop is for everybody, and what was delivered before is nobody's news. */
  g_autoptr (GPtrArray) waiting = store.port.to_show (store.port.self, "desktop", 1000, TRUCE_TIME_MIN, 100);
  g_autoptr (GPtrArray) told = store.port.to_show (store.port.self, "journal", 1000, TRUCE_TIME_MIN, 100);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpuint (told->len, ==, 0);
  g_assert_cmpint (ask_number (path, "SELECT count(*) FROM shown WHERE user = -1"), ==, 1);
  store_close (&fresh);
  store_close (&store);
}

/* The way forward itself, with versions that do not exist yet: a copy first, each version whole or not at all. */
static void
test_migrate (void)
{
  static const char better[] = "CREATE TABLE extra (a INTEGER) STRICT; UPDATE state SET value = value + 1;";
  static const char broken[] = "DROP TABLE extra; CREATE TABLE seen (a);";
  const int newest = truce_store_version (truce_store_migrations);
  g_autofree const char **good = g_new0 (const char *, newest + 2), **bad = g_new0 (const char *, newest + 3);
  Store store;
  g_autofree char *path = NULL, *copy_good = NULL, *copy_bad = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  for (int i = 0; i < newest; i++)
    good[i] = bad[i] = truce_store_migrations[i];
  good[newest] = bad[newest] = better;
  bad[newest + 1] = broken;
  store_open_sqlite (&store);
  path = file_of (&store);
  copy_good = g_strdup_printf ("%s.before-version-%d", path, newest + 1);
  copy_bad = g_strdup_printf ("%s.before-version-%d", path, newest + 2);
  g_assert_true (try_commit (&store, "x", NULL));
  g_clear_pointer (&store.sqlite, truce_store_close);
  g_assert_false (g_file_test (copy_good, G_FILE_TEST_EXISTS));

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_true (truce_store_migrate (db, path, good, &error));
  g_assert_no_error (error);
  g_assert_true (truce_store_migrate (db, path, good, &error)); /* nothing is left to do */
  g_assert_cmpint (ask_number (path, "PRAGMA user_version"), ==, newest + 1);
  g_assert_cmpint (ask_number (path, "SELECT value FROM state"), ==, NOW + 1);
  g_assert_cmpint (ask_number (copy_good, "PRAGMA user_version"), ==, newest);
  g_assert_cmpint (ask_number (copy_good, "SELECT value FROM state"), ==, NOW);
  g_assert_cmpint (ask_number (copy_good, "SELECT count (*) FROM alert"), ==, 1);

  g_assert_false (truce_store_migrate (db, path, bad, &error));
  g_assert_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN);
  g_assert_cmpint (ask_number (path, "PRAGMA user_version"), ==, newest + 1);
  g_assert_cmpint (ask_number (path, "SELECT count (*) FROM extra"), ==, 0); /* still there */
  g_assert_cmpint (ask_number (copy_bad, "PRAGMA user_version"), ==, newest + 1);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  store_close (&store);
}

/* What cannot be read is not taken for gone. */
static void
test_unreadable (void)
{
  Store store;
  g_autofree char *path = NULL;
  g_autoptr (TruceAlert) alert = make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW);
  g_autoptr (GError) error = NULL, none = NULL, unread = NULL;
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (TruceSeen));

  store_open_sqlite (&store);
  path = file_of (&store);
  g_assert_false (store.port.find_seen (store.port.self, "ustr", seen));
  g_assert_false (store.port.read_failed (store.port.self, NULL)); /* it was never read, and that is known */
  commit_alert (&store, truce_alert_ref (alert), JOURNAL);
  run_sql (path, "ALTER TABLE alert RENAME TO hidden");
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* it warns, and is to */
  g_assert_null (store.port.alert (store.port.self, alert->id, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE);
  run_sql (path, "ALTER TABLE feed RENAME TO hidden_too");
  g_assert_false (store.port.find_seen (store.port.self, "ustr", seen));
  g_log_set_always_fatal (fatal);
  g_assert_true (store.port.read_failed (store.port.self, &unread));
  g_assert_error (unread, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE);
  g_assert_nonnull (strstr (unread->message, path));
  g_assert_false (store.port.read_failed (store.port.self, NULL));
  run_sql (path, "ALTER TABLE hidden RENAME TO alert");
  run_sql (path, "ALTER TABLE hidden_too RENAME TO feed");
  g_assert_null (store.port.alert (store.port.self, "0000", &none));
  g_assert_error (none, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
  store_close (&store);
}

/* --- age --- */

static void
poll_feed (Store *store, TruceTime at, guint64 first, guint64 last)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (at);

  truce_commit_set_feed (commit, "ustr", NULL);
  for (guint64 key = first; key <= last; key++) {
    const TruceSeen seen = { .key = key, .headline = key };
    g_array_append_val (commit->seen, seen);
  }
  g_assert_true (store->port.commit (store->port.self, commit, NULL, NULL));
}

static guint
count_unseen (Store *store, guint64 last)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  guint unseen = 0;

  for (guint64 key = 1; key <= last; key++) {
    const TruceSeen seen = { .key = key };
    g_array_append_val (all, seen);
  }
  if (!store->port.find_seen (store->port.self, "ustr", all))
    return G_MAXUINT;
  for (guint i = 0; i < all->len; i++)
    unseen += g_array_index (all, TruceSeen, i).found ? 0 : 1;
  return unseen;
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
  store.port.expire (store.port.self, NOW + 300 * TRUCE_DAY, NOTHING);
  g_assert_cmpuint (count_unseen (&store, 10), ==, 0);
  /* Two weeks of polls write an item twice, not 300 times. */
  for (guint hour = 1; hour <= 14 * 24; hour++)
    poll_feed (&store, NOW + hour * TRUCE_HOUR, 1, 10);
  g_assert_cmpint (ask_number (path, "SELECT min (last_present) FROM seen"), ==, NOW / TRUCE_DAY + 14);
  poll_feed (&store, NOW + 15 * TRUCE_DAY, 1, 10);
  g_assert_cmpint (ask_number (path, "SELECT min (last_present) FROM seen"), ==, NOW / TRUCE_DAY + 14);
  /* Gone from a feed that lives on: forgotten after a while. */
  poll_feed (&store, later, 6, 10);
  store.port.expire (store.port.self, later, NOTHING);
  g_assert_cmpuint (count_unseen (&store, 10), ==, 0);
  poll_feed (&store, later + 14 * TRUCE_DAY, 6, 10);
  store.port.expire (store.port.self, later + 14 * TRUCE_DAY, NOTHING);
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
  store.port.expire (store.port.self, NOW, NOTHING);
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
  for (guint i = 0; i < G_N_ELEMENTS (spoilers); i++) {
    g_autofree char *name = g_strconcat ("/set-aside/", spoilers[i].name, NULL);
    g_test_add_data_func (name, &spoilers[i], test_set_aside);
  }
  g_test_add_func ("/set-aside/twice", test_set_aside_twice);
  g_test_add_func ("/set-aside/log", test_set_aside_log);
  g_test_add_func ("/set-aside/suspect", test_suspect);
  g_test_add_func ("/second", test_second);
  g_test_add_func ("/dying", test_dying);
  g_test_add_func ("/version-1", test_version_1);
  g_test_add_func ("/migrate", test_migrate);
  g_test_add_func ("/unreadable", test_unreadable);
  g_test_add_func ("/seen-age", test_seen_age);
  g_test_add_func ("/alert-age", test_alert_age);
  g_test_add_func ("/modes", test_modes);
  return g_test_run ();
}
