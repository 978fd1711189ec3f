/* SPDX-License-Identifier: MIT */
/* The store through what befalls its process and its disk: kill -9, loss of power, others' locks, failures halfway, a
 * full disk and one that cannot be written. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

#define JOURNAL ((const char *const[]){ "journal", NULL })
#define NOBODY 65534

/* --- a disk that keeps what was synced --- */

static guint n_syncs;
static const char *kept; /* the folder of what a loss of power would leave; NULL: nobody looks */

/* Whole or not at all: a kill may come in between. */
static void
keep_copy (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd), *path = g_file_read_link (link, NULL);
  g_autofree char *name = path ? g_path_get_basename (path) : NULL, *copy = g_build_filename (kept, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (path && g_file_test (path, G_FILE_TEST_IS_DIR))
    return;
  g_assert_true (path && g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents_full (copy, bytes, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

/* SQLite's own, counted. */
__attribute__ ((visibility ("default"))) int
fdatasync (int fd)
{
  int result = (int) syscall (SYS_fdatasync, fd);

  n_syncs++;
  if (kept)
    keep_copy (fd);
  return result;
}

/* --- kill -9 and power --- */

#define KILL_ROUNDS 20

/* As a poll does: an alert and the story that it tells. FALSE: it could not be written. */
static gboolean
commit_with_story (Store *store, TruceAlert *alert)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  TruceStoredStory *story = g_new0 (TruceStoredStory, 1);

  story->alert = g_strdup (alert->id);
  story->last = NOW;
  story->record = g_bytes_new_static ("told", 4);
  g_ptr_array_add (commit->stories, story);
  truce_commit_add_alert (commit, alert, JOURNAL);
  return store->port.commit (store->port.self, commit, NULL, NULL);
}

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

    if (!commit_with_story (&store, alert) || write (to, line, strlen (line)) < 0)
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
  g_autoptr (GPtrArray) stories = store->port.stories (store->port.self, TRUCE_TIME_MIN);
  g_assert_cmpuint (stories->len, ==, due->len); /* an alert and its story, or neither */
  for (guint i = 0; i < stories->len; i++)
    g_assert_true (g_hash_table_contains (waiting, ((TruceStoredStory *) g_ptr_array_index (stories, i))->alert));
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

/* A process that writes into the store, killed somewhere within its first `most` commits. */
static void
kill_a_writer (Store *store, guint round, int most, GHashTable *said)
{
  int ends[2];
  pid_t child;

  g_clear_pointer (&store->sqlite, truce_store_close);
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  child = fork ();
  if (child == 0)
    write_for_ever (store->folder, round, ends[1]);
  (void) close (ends[1]);
  kill_after (child, ends[0], g_test_rand_int_range (1, most), (gulong) g_test_rand_int_range (0, 3000), said);
}

static void
test_kill (void)
{
  Store store;
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  store_open_sqlite (&store);
  for (guint round = 0; round < KILL_ROUNDS; round++) {
    kill_a_writer (&store, round, 20, said);
    store.sqlite = truce_store_open (store.folder, NOW, NULL, NULL);
    assert_all_there (&store, said);
  }
  g_test_message ("%u alerts said", g_hash_table_size (said));
  store_close (&store);
}

#define POWER_ROUNDS 6
#define PAGE 4096 /* what a disk writes whole, of what it was not asked to */

/* What was written and not synced is on the disk or not, page by page; without `luck` nothing of it is. */
static void
lose_unsynced (const char *path, const char *copy, gboolean luck)
{
  g_autofree char *synced = NULL, *written = NULL;
  gsize length = 0, n_written = 0;

  g_assert_true (g_file_get_contents (path, &written, &n_written, NULL));
  if (!g_file_get_contents (copy, &synced, &length, NULL)) {
    g_assert_cmpint (g_unlink (path), ==, 0);
    return;
  }
  for (gsize at = 0; luck && at < MIN (length, n_written); at += PAGE)
    if (g_test_rand_bit ())
      memcpy (synced + at, written + at, MIN (PAGE, MIN (length, n_written) - at));
  g_assert_true (g_file_set_contents (path, synced, (gssize) length, NULL));
}

static void
lose_power (const char *folder, gboolean luck)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries))) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *copy = g_build_filename (kept, name, NULL);
    if (g_str_has_suffix (name, "-shm"))
      g_assert_cmpint (g_unlink (path), ==, 0); /* which is memory */
    else if (!g_str_has_suffix (name, ".lock"))
      lose_unsynced (path, copy, luck);
  }
}

/* A file system that drops unsynced writes: what was said to be safe is there, each alert once and with its row. */
static void
test_power (void)
{
  Store store;
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folder = make_folder ();

  kept = folder;
  store_open_sqlite (&store);
  for (guint round = 0; round < POWER_ROUNDS; round++) {
    kill_a_writer (&store, round, 60, said);
    lose_power (store.folder, round % 2);
    store.sqlite = truce_store_open (store.folder, NOW, NULL, NULL);
    assert_all_there (&store, said);
  }
  kept = NULL;
  g_test_message ("%u alerts said", g_hash_table_size (said));
  store_close (&store);
  remove_folder (folder);
}

/* Delivered, and the power is lost before or after that was sent to the disk: told again, or not, and never lost. */
static void
test_power_of_deliveries (void)
{
  g_autofree char *folder = make_folder ();
  Store store;

  kept = folder;
  store_open_sqlite (&store);
  for (guint round = 0; round < 4; round++) {
    gboolean synced = round % 2;
    g_autofree char *cause = g_strdup_printf ("%u", round);
    TruceAlert *alert = make_alert (TRUCE_ALERT_LEAD, cause, "truce", NOW + round);
    g_autofree char *id = g_strdup (alert->id);
    g_autoptr (GPtrArray) due = NULL;
    pid_t child;

    g_clear_pointer (&store.sqlite, truce_store_close);
    child = fork ();
    if (child == 0) {
      store_open_folder (&store);
      commit_alert (&store, alert, JOURNAL);
      g_assert_true (store.port.delivered (store.port.self, id, "journal", NOW, NULL));
      if (synced)
        store.port.sync (store.port.self);
      _exit (0);
    }
    truce_alert_unref (alert);
    wait_for (child);
    lose_power (store.folder, FALSE);
    store_open_folder (&store);
    due = store.port.outbox_due (store.port.self, "journal", NOW + TRUCE_DAY, G_MAXUINT);
    g_assert_cmpuint (due->len, ==, synced ? 0 : 1);
    if (!synced)
      g_assert_true (store.port.delivered (store.port.self, id, "journal", NOW, NULL));
  }
  kept = NULL;
  store_close (&store);
  remove_folder (folder);
}

/* A kill does not show what a loss of power would: so every cause must have been sent to the disk by its end. */
static void
test_sync (void)
{
  Store store;

  store_open_sqlite (&store);
  for (guint i = 0; i < 10; i++) {
    g_autofree char *cause = g_strdup_printf ("%u", i);
    guint n_before = n_syncs;

    commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, cause, "m", NOW), JOURNAL);
    g_assert_cmpuint (n_syncs, >, n_before);
  }
  store_close (&store);
}

/* --- locks and failures --- */

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

static gboolean
write_text (const char *path, const char *text)
{
  int file = open (path, O_WRONLY | O_CLOEXEC);
  return file >= 0 && write (file, text, strlen (text)) > 0 && close (file) == 0;
}

/* A mount namespace; where we are not root, in a user namespace of its own, whose root we are. */
static gboolean
leave_mounts (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getegid ());

  if (geteuid () == 0)
    return unshare (CLONE_NEWNS) == 0;
  return unshare (CLONE_NEWNS | CLONE_NEWUSER) == 0 && write_text ("/proc/self/setgroups", "deny") &&
         write_text ("/proc/self/uid_map", users) && write_text ("/proc/self/gid_map", groups);
}

static void
test_full (void)
{
  g_autofree char *folder = make_folder ();
  pid_t child = fork ();
  int status;

  if (child == 0) {
    if (!leave_mounts ())
      _exit (3);
    live_on_small_disk (folder);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 3)
    g_error ("this system permits no mount namespace, in which a full disk is made");
  g_assert_cmpint (status, ==, 0);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill", test_kill);
  g_test_add_func ("/power", test_power);
  g_test_add_func ("/power-of-deliveries", test_power_of_deliveries);
  g_test_add_func ("/sync", test_sync);
  g_test_add_func ("/locked", test_locked);
  g_test_add_func ("/atomic", test_atomic);
  g_test_add_func ("/read-only", test_read_only);
  g_test_add_func ("/full", test_full);
  return g_test_run ();
}
