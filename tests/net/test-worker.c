/* SPDX-License-Identifier: MIT */
/* The net and parse ports with the real workers behind them. Run by `origin.py run`. */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"
#include "worker/wire.h"

/* --- fetching --- */

static void
test_fetch (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_auto (HarnessFetched) fetched = { 0 };
  TruceNetPort port;
  g_autofree char *url = g_strconcat (harness_http, "/feed.xml?port", NULL);
  TruceFetch again = { .url = url, .allow_private = TRUE };

  harness_assert_no_children (); /* started when first needed */
  harness_fetch (workers, harness_http, "/feed.xml?port", &fetched);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_ANSWERED);
  g_assert_cmpint (fetched.status, ==, 200);
  g_assert_null (fetched.error);
  g_assert_null (fetched.moved_to);
  g_assert_cmpstr (fetched.final_url, ==, url);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (fetched.body, NULL), (gssize) g_bytes_get_size (fetched.body),
                                  "Tariff truce extended"));

  truce_workers_net_port (workers, &port);
  again.etag = g_steal_pointer (&fetched.etag);
  again.last_modified = g_steal_pointer (&fetched.last_modified);
  port.fetch (port.self, &again, harness_take_fetched, &fetched);
  harness_wait_for (&fetched.done, 2, "the second answer");
  g_assert_cmpint (fetched.status, ==, 304);
  g_assert_null (fetched.body);
  g_free ((char *) again.etag);
  g_free ((char *) again.last_modified);
}

static void
test_fetch_failures (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_auto (HarnessFetched) fetched = { 0 };
  TruceNetPort port;
  TruceFetch careful = { .url = harness_http };

  harness_fetch (workers, harness_http, "/429", &fetched);
  g_assert_cmpint (fetched.status, ==, 429);
  g_assert_cmpint (fetched.retry_after, ==, 7 * TRUCE_SECOND);
  g_assert_null (fetched.body);
  harness_fetch (workers, harness_faults, "/truncated", &fetched);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_BROKEN);
  g_assert_cmpstr (fetched.error, ==, "the answer ended early");
  g_assert_null (fetched.final_url);
  harness_fetch (workers, harness_http, "/moved/feed.xml", &fetched);
  g_assert_cmpstr (fetched.moved_to, ==, fetched.final_url);
  truce_workers_net_port (workers, &port);
  port.fetch (port.self, &careful, harness_take_fetched, &fetched);
  harness_wait_for (&fetched.done, 4, "the refusal");
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_REFUSED);
  g_assert_cmpstr (fetched.error, ==, "address 127.0.0.1 is loopback; say allow-private = yes");
}

static void
test_fetch_many (void)
{
  enum { MANY = 500 };
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_auto (HarnessFetched) slow = { 0 };
  HarnessFetched fetched[MANY] = { 0 };
  gint64 wanted = 0;

  harness_ask_for (workers, harness_faults, "/slowhead", &slow);
  for (int i = 0; i < MANY; i++)
    harness_ask_for (workers, harness_http, "/feed.xml?many", &fetched[i]);
  for (int i = 0; i < MANY; i++) {
    harness_wait_for (&fetched[i].done, 1, "one of many");
    wanted += fetched[i].status == 200;
    harness_clear_fetched (&fetched[i]);
  }
  g_assert_cmpint (wanted, ==, MANY);
  g_assert_cmpint (slow.done, ==, 0);
}

/* Once from outside: what was in flight is fetched by the next one. */
static void
test_fetcher_is_killed (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_auto (HarnessFetched) first = { 0 }, second = { 0 }, third = { 0 };
  pid_t killed;

  harness_ask_for (workers, harness_faults, "/slowhead", &first);
  harness_ask_for (workers, harness_faults, "/stall", &second);
  for (int i = 1; i <= 2; i++) {
    harness_ask_for (workers, harness_http, "/feed.xml", &third);
    harness_wait_for (&third.done, i, "the quick one"); /* so the slow ones are on their way */
    killed = harness_only_child ("truced-net");
    if (i == 2)
      break;
    kill (killed, SIGKILL);
    g_assert_cmpint (first.done + second.done, ==, 0);
  }
  kill (killed, SIGKILL);
  harness_wait_for (&first.done, 1, "the first of the dead worker");
  harness_wait_for (&second.done, 1, "the second of the dead worker");
  g_assert_cmpint (first.result, ==, TRUCE_FETCH_NO_WORKER);
  g_assert_cmpint (second.result, ==, TRUCE_FETCH_NO_WORKER);
  g_assert_cmpstr (first.error, ==, "truced-net was ended by signal 9 (Killed)");

  harness_fetch (workers, harness_http, "/feed.xml", &third);
  g_assert_cmpint (third.status, ==, 200);
  g_assert_cmpint (harness_only_child ("truced-net"), !=, killed);
}

/* --- parsing --- */

static void
test_parse (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autoptr (GBytes) feed = harness_feed_of ("Truce &amp; tariffs", 0);
  g_autoptr (GBytes) page = g_bytes_new_static ("<html><body>Not a feed</body></html>", 36);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_auto (HarnessParsed) parsed = { 0 }, refused = { 0 }, empty = { 0 };

  harness_ask_to_parse (workers, feed, &parsed);
  harness_ask_to_parse (workers, page, &refused);
  harness_ask_to_parse (workers, nothing, &empty);
  harness_wait_for (&empty.done, 1, "the parser");
  g_assert_true (parsed.parsed);
  g_assert_cmpstr (parsed.title, ==, "News");
  g_assert_cmpuint (parsed.n_items, ==, 1);
  g_assert_cmpstr (parsed.first, ==, "Truce & tariffs");
  g_assert_false (refused.parsed);
  g_assert_false (refused.worker_died);
  g_assert_cmpstr (refused.error, !=, "");
  g_assert_false (empty.parsed);
  g_assert_false (empty.worker_died);
}

/* One element with so many attributes keeps libxml2 2.9 busy for a minute, and no callback can stop it. */
static GBytes *
attribute_bomb (void)
{
  GString *bomb = g_string_new ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel");

  for (int i = 0; i < 500000; i++)
    g_string_append_printf (bomb, " a%d=''", i);
  g_string_append (bomb, "/></rss>");
  return g_string_free_to_bytes (bomb);
}

static void
test_parser_dies_of_a_body (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autoptr (GBytes) before = harness_feed_of ("before", 0);
  g_autoptr (GBytes) bomb = attribute_bomb ();
  g_autoptr (GBytes) after = harness_feed_of ("after", 0);
  g_auto (HarnessParsed) first = { 0 }, bad = { 0 }, last = { 0 };

  harness_ask_to_parse (workers, before, &first);
  harness_ask_to_parse (workers, bomb, &bad);
  harness_ask_to_parse (workers, after, &last);
  harness_wait_for (&last.done, 1, "the feed after the bomb");
  g_assert_cmpstr (first.first, ==, "before");
  g_assert_cmpstr (last.first, ==, "after");
  g_assert_cmpint (bad.done, ==, 1);
  g_assert_true (bad.worker_died);
  /* On a machine that is busy with other things its time is up before its CPU time is. */
  if (g_strcmp0 (bad.error, "truced-parse did not answer within 10 s") != 0)
    g_assert_cmpstr (bad.error, ==, "truced-parse used more CPU time than it may");
}

static void
test_parser_that_died_idle_costs_no_feed (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autoptr (GBytes) feed = harness_feed_of ("again", 0);
  g_autoptr (GBytes) large = harness_feed_of ("large", 6u << 20);
  g_auto (HarnessParsed) first = { 0 }, second = { 0 }, third = { 0 };
  siginfo_t info;
  pid_t killed;

  harness_ask_to_parse (workers, feed, &first);
  harness_wait_for (&first.done, 1, "the first feed");
  killed = harness_only_child ("truced-parse");
  kill (killed, SIGKILL);
  /* Dead by then, and perhaps reaped by GLib's own thread already. */
  if (waitid (P_PID, (id_t) killed, &info, WEXITED | WNOWAIT) != 0)
    g_assert_cmpint (errno, ==, ECHILD);
  /* Its end has not been noticed yet: the main loop has not run. */
  harness_ask_to_parse (workers, large, &second);
  harness_ask_to_parse (workers, feed, &third);
  harness_wait_for (&third.done, 1, "the feed after the death");
  g_assert_cmpstr (second.first, ==, "large");
  g_assert_cmpstr (third.first, ==, "again");
}

/* A parser that does nothing at all: the main loop goes on, and it is killed at its deadline. */
static void
test_parser_hangs (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autoptr (GBytes) feed = harness_feed_of ("small", 0);
  g_autoptr (GBytes) large = harness_feed_of ("large", 8000000);
  g_auto (HarnessParsed) first = { 0 }, stuck = { 0 }, after = { 0 };
  int ticks = 0;
  guint ticker;
  pid_t hung;

  harness_ask_to_parse (workers, feed, &first);
  harness_wait_for (&first.done, 1, "the first feed");
  hung = harness_only_child ("truced-parse");
  kill (hung, SIGSTOP);
  harness_ask_to_parse (workers, feed, &stuck);
  harness_ask_to_parse (workers, large, &after);
  ticker = g_timeout_add (50, harness_tick, &ticks);
  harness_wait_for (&stuck.done, 1, "the deadline");
  g_source_remove (ticker);
  g_assert_true (stuck.worker_died);
  g_assert_cmpstr (stuck.error, ==, "truced-parse did not answer within 10 s");
  g_assert_cmpint (ticks, >, 100);
  harness_wait_for (&after.done, 1, "the feed after the hung one");
  g_assert_cmpstr (after.first, ==, "large");
  g_assert_cmpint (kill (hung, 0), ==, -1);
}
/* --- files --- */

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  TruceParsePort port;

  truce_workers_parse_port (workers, &port);
  return port.read_file (port.self, path, error);
}

static void
assert_unreadable (const char *path, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_file (path, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, reason));
}

static void
test_read_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("files-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "feed.xml", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) small = NULL;
  g_autoptr (GBytes) largest = NULL;
  g_autoptr (GBytes) expected = g_bytes_new_static ("a\0b", 3);

  g_assert_true (g_file_set_contents (file, "a\0b", 3, NULL));
  small = read_file (file, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (small, expected));
  g_assert_cmpint (truncate (file, TRUCE_BODY_MAX), ==, 0);
  largest = read_file (file, &error);
  g_assert_cmpuint (g_bytes_get_size (largest), ==, TRUCE_BODY_MAX);
  g_assert_cmpint (truncate (file, TRUCE_BODY_MAX + 1), ==, 0);
  assert_unreadable (file, "is over 8 MiB");
  assert_unreadable (missing, "No such file or directory");
  assert_unreadable (folder, "is not a regular file");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_unreadable (fifo, "is not a regular file"); /* and does not wait for a writer */
  assert_unreadable ("/dev/zero", "is not a regular file");

  g_unlink (file);
  g_unlink (fifo);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  g_test_add_func ("/worker/fetch", test_fetch);
  g_test_add_func ("/worker/fetch-failures", test_fetch_failures);
  g_test_add_func ("/worker/fetch-many", test_fetch_many);
  g_test_add_func ("/worker/fetcher-is-killed", test_fetcher_is_killed);
  g_test_add_func ("/worker/parse", test_parse);
  g_test_add_func ("/worker/parser-dies-of-a-body", test_parser_dies_of_a_body);
  g_test_add_func ("/worker/parser-that-died-idle-costs-no-feed", test_parser_that_died_idle_costs_no_feed);
  g_test_add_func ("/worker/parser-hangs", test_parser_hangs);
  g_test_add_func ("/worker/read-file", test_read_file);
  return g_test_run ();
}
