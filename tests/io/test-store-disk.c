/* SPDX-License-Identifier: MIT */
/* When the store waits for the disk, which on a busy one takes longer than anything else that truced does: for what was
 * told and what was asked for, and not for each of thousands of polls that brought nothing. */
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "news/polllog.h"
#include "store-fixture.h"

#define SINK ((const char *const[]){ "stdout", NULL })

static guint n_syncs;

/* SQLite's: it finds this one before libc's. */
__attribute__ ((visibility ("default"))) int
fdatasync (int fd)
{
  n_syncs++;
  return (int) syscall (SYS_fdatasync, fd);
}

static void
commit (Store *store, TruceCommit *commit)
{
  g_assert_true (store->port.commit (store->port.self, commit, NULL, NULL));
  truce_commit_free (commit);
}

/* A poll of `feed` that was answered so; it brings one item. */
static TruceCommit *
poll_of (const char *feed, guint64 item, int status)
{
  TruceCommit *commit = truce_commit_new (NOW);
  TruceFeedState state;
  const TruceSeen seen = { .key = item, .headline = 1 };

  truce_feed_state_init (&state);
  const TrucePollRecord record = { NOW, TRUCE_POLL_OK, status, 0, 1, 1 };
  state.failures = status == 200 ? 0 : 1;
  state.polls = truce_poll_log_add (NULL, &record);
  truce_commit_set_feed (commit, feed, &state);
  g_array_append_val (commit->seen, seen);
  truce_feed_state_clear (&state);
  return commit;
}

static void
test_polls (void)
{
  Store store;

  store_open_sqlite (&store);
  commit (&store, poll_of ("wire", 1, 200)); /* the log begins */
  n_syncs = 0;
  for (guint i = 0; i < 20; i++)
    commit (&store, poll_of ("wire", 2 + i, 200));
  commit (&store, poll_of ("wire", 98, 404));
  g_assert_cmpuint (n_syncs, ==, 0);
  /* A pause that a server asked for is kept whatever happens. */
  commit (&store, poll_of ("wire", 99, 429));
  g_assert_cmpuint (n_syncs, ==, 1);
  commit (&store, poll_of ("wire", 100, 503));
  g_assert_cmpuint (n_syncs, ==, 2);
  store_close (&store);
}

static void
test_told (void)
{
  Store store;
  TruceAlert *alert = make_alert (TRUCE_ALERT_NEWS, "one", NULL, NOW);
  const TruceOrigin ada = { .by = "ada" };

  store_open_sqlite (&store);
  commit (&store, poll_of ("wire", 1, 200));
  n_syncs = 0;
  g_assert_cmpuint (commit_alert (&store, truce_alert_ref (alert), SINK), ==, 1);
  g_assert_cmpuint (n_syncs, ==, 1);
  commit (&store, poll_of ("wire", 2, 200));
  n_syncs = 0;
  g_assert_true (store.port.postpone (store.port.self, alert->id, "stdout", NOW, "busy", TRUE, NOW, NULL));
  g_assert_true (store.port.delivered (store.port.self, alert->id, "stdout", NOW, NULL));
  g_assert_cmpuint (n_syncs, ==, 0);
  store.port.sync (store.port.self); /* once for all that was delivered meanwhile */
  g_assert_cmpuint (n_syncs, ==, 1);
  store.port.sync (store.port.self);
  g_assert_cmpuint (n_syncs, ==, 1);
  commit (&store, poll_of ("wire", 3, 200));
  n_syncs = 0;
  g_assert_true (store.port.acknowledge (store.port.self, alert->id, NOW, &ada, NULL));
  g_assert_cmpuint (n_syncs, ==, 1);
  g_assert_cmpuint (commit_alert (&store, make_alert (TRUCE_ALERT_NEWS, "two", NULL, NOW), SINK), ==, 1);
  g_assert_true (store.port.give_up (store.port.self, alert->id, "stdout", NOW, "never", NULL));
  g_assert_cmpuint (commit_alert (&store, make_alert (TRUCE_ALERT_NEWS, "three", NULL, NOW), SINK), ==, 1);
  n_syncs = 0;
  store.port.sync (store.port.self); /* which came with what was raised after it */
  g_assert_cmpuint (n_syncs, ==, 0);
  /* However much is sent again at a reload. */
  g_assert_true (store.port.put_back (store.port.self, alert->id, "stdout", NOW, NULL));
  g_assert_cmpuint (n_syncs, ==, 0);
  store.port.sync (store.port.self);
  g_assert_cmpuint (n_syncs, ==, 1);
  truce_alert_unref (alert);
  store_close (&store);
}

/* What did not wait for the disk is there all the same when truced alone is killed. */
static void
test_killed (void)
{
  Store store = { .folder = make_folder () };
  pid_t child = fork ();
  TruceFeedState state;
  int status;

  if (child == 0) {
    store_open_folder (&store);
    commit (&store, poll_of ("wire", 1, 200));
    commit (&store, poll_of ("tass", 2, 200));
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  store_open_folder (&store);
  g_assert_true (store.port.feed_state (store.port.self, "wire", &state));
  truce_feed_state_clear (&state);
  g_assert_true (store.port.feed_state (store.port.self, "tass", &state));
  truce_feed_state_clear (&state);
  store_close (&store);
}

/* The next try of the outbox is remembered: it follows what is written there. */
static void
test_next_try (void)
{
  Store store;
  TruceAlert *alert = make_alert (TRUCE_ALERT_NEWS, "one", NULL, NOW);
  TruceStorePort *port = &store.port;
  g_autoptr (GPtrArray) none = NULL, due = NULL;

  store_open_sqlite (&store);
  g_assert_cmpint (port->outbox_next (port->self, "stdout"), ==, TRUCE_TIME_NONE);
  none = port->outbox_due (port->self, "stdout", NOW, 10);
  g_assert_cmpuint (none->len, ==, 0);
  commit_alert (&store, truce_alert_ref (alert), SINK);
  g_assert_cmpint (port->outbox_next (port->self, "stdout"), ==, NOW);
  due = port->outbox_due (port->self, "stdout", NOW, 10);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_true (port->postpone (port->self, alert->id, "stdout", NOW, "busy", TRUE, NOW + TRUCE_HOUR, NULL));
  g_assert_cmpint (port->outbox_next (port->self, "stdout"), ==, NOW + TRUCE_HOUR);
  g_assert_true (port->delivered (port->self, alert->id, "stdout", NOW, NULL));
  g_assert_cmpint (port->outbox_next (port->self, "stdout"), ==, TRUCE_TIME_NONE);
  truce_alert_unref (alert);
  store_close (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disk/polls", test_polls);
  g_test_add_func ("/disk/told", test_told);
  g_test_add_func ("/disk/killed", test_killed);
  g_test_add_func ("/disk/next-try", test_next_try);
  return g_test_run ();
}
