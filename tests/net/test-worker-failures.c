/* SPDX-License-Identifier: MIT */
/* The net and parse ports with workers behind them that fail in every way. Run by `origin.py run`. */
#include <signal.h>
#include <string.h>

#include "harness.h"
#include "io/worker_client.h"

/* --- workers that cannot work --- */

static void
test_no_such_program (void)
{
  g_auto (HarnessPlace) place = harness_place_with (NULL, NULL);
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_autoptr (GBytes) feed = harness_feed_of ("x", 0);
  g_auto (HarnessFetched) fetched = { 0 };
  g_auto (HarnessParsed) parsed = { 0 };

  for (int i = 0; i < 3; i++) {
    harness_fetch (workers, harness_http, "/feed.xml", &fetched);
    g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
    g_assert_nonnull (strstr (fetched.error, "TRUCED_LIBEXEC"));
  }
  harness_ask_to_parse (workers, feed, &parsed);
  harness_wait_for (&parsed.done, 1, "the parser's absence");
  g_assert_false (parsed.parsed);
  g_assert_false (parsed.worker_died); /* no feed is to blame */
  g_assert_nonnull (strstr (parsed.error, "TRUCED_LIBEXEC"));
}

static void
test_program_ends_at_once (void)
{
  g_auto (HarnessPlace) place = harness_place_with ("truced-net", "exit 3");
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_auto (HarnessFetched) fetched = { 0 };

  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
  g_assert_cmpstr (fetched.error, ==, "truced-net exited with status 3");
  g_assert_cmpuint (harness_starts_in (&place), ==, 3);
  /* Whoever asks now is told at once, and starts nothing. */
  for (int i = 0; i < 50; i++)
    harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpuint (harness_starts_in (&place), <=, 4);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
}

static void
test_program_recovers (void)
{
  /* The first start fails, the next ones are the real thing. */
  g_autofree char *script = g_strdup_printf ("[ $(wc -l < \"${0%%/*}/started\") = 1 ] && exit 1\nexec %s/truced-net",
                                             g_getenv ("TRUCED_LIBEXEC"));
  g_auto (HarnessPlace) place = harness_place_with ("truced-net", script);
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_auto (HarnessFetched) fetched = { 0 };

  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpint (fetched.status, ==, 200);
  g_assert_cmpuint (harness_starts_in (&place), ==, 2);
}

static void
test_program_talks_nonsense (void)
{
  g_auto (HarnessPlace) place =
      harness_place_with ("truced-net", "echo 'Segmentation fault, or so' >&0; exec sleep 60");
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_auto (HarnessFetched) fetched = { 0 };

  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
  g_assert_true (g_str_has_prefix (fetched.error, "truced-net broke the protocol: "));
}

/* READY frames with a note and of version 1 and 9: length, kind, then the version, the note and its NUL. */
#define READY "printf '\\012\\0\\0\\0\\005\\0\\0\\0\\002\\0\\0\\0naked\\0' >&0"
#define READY_OF_VERSION_9 "printf '\\012\\0\\0\\0\\005\\0\\0\\0\\011\\0\\0\\0naked\\0' >&0"

static void
test_program_of_another_version (void)
{
  g_auto (HarnessPlace) place = harness_place_with ("truced-net", READY_OF_VERSION_9 "; exec sleep 60");
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_auto (HarnessFetched) fetched = { 0 };

  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
  g_assert_cmpstr (fetched.error, ==, "truced-net sent a frame that makes no sense");
}

static int n_notes;

static GLogWriterOutput
count_notes (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 && strstr (fields[i].value, "naked"))
      n_notes++;
  return level & G_LOG_LEVEL_MESSAGE ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, data);
}

static void
test_note_is_logged_once (void)
{
  g_auto (HarnessPlace) place = harness_place_with ("truced-net", READY "; read -r x <&0; exit 0");
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_auto (HarnessFetched) fetched = { 0 };

  for (int i = 0; i < 3; i++) {
    harness_fetch (workers, harness_http, "/feed.xml\n", &fetched); /* the line that it reads */
    g_assert_cmpint (fetched.result, ==, TRUCE_FETCH_NO_WORKER);
    g_assert_cmpstr (fetched.error, ==, "truced-net exited with status 0");
  }
  g_assert_cmpuint (harness_starts_in (&place), ==, 3);
  g_assert_cmpint (n_notes, ==, 1);
}

/* --- with other lengths of time than the daemon's --- */

typedef struct {
  int done;
  TruceWorkerResult result;
  char *why;
} Asked;

static void
clear_asked (Asked *asked)
{
  g_free (asked->why);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, clear_asked)

static GVariant *
ask_for_feed (guint64 request, gpointer data)
{
  g_autofree char *url = g_strconcat (harness_http, "/feed.xml", NULL);

  return g_variant_new ("(tsssbu)", request, url, "", "", TRUE, 0u);
}

static GVariant *
ask_for_nothing (guint64 request, gpointer data)
{
  g_autofree char *url = g_strconcat (harness_faults, "/slowhead", NULL);

  return g_variant_new ("(tsssbu)", request, url, "", "", TRUE, 0u);
}

static void
take_answer (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  Asked *asked = data;

  clear_asked (asked);
  asked->done++;
  asked->result = result;
  asked->why = g_strdup (why);
}

static TruceWorkerClient *
new_client (TruceTime deadline, TruceTime idle)
{
  g_autofree char *program = g_build_filename (g_getenv ("TRUCED_LIBEXEC"), "truced-net", NULL);
  TruceWorkerTrade trade = { TRUCE_WIRE_FETCH, TRUCE_WIRE_FETCHED, 2, FALSE, deadline, idle, NULL };

  return truce_worker_client_new (program, &trade);
}

static void
test_idle_worker_is_let_go (void)
{
  TruceWorkerClient *client = new_client (TRUCE_MINUTE, 200 * TRUCE_MILLISECOND);
  g_auto (Asked) asked = { 0 };
  int ticks = 0;
  guint ticker = g_timeout_add (20, harness_tick, &ticks);

  for (int round = 1; round <= 2; round++) {
    truce_worker_client_ask (client, ask_for_feed, take_answer, &asked, NULL);
    harness_wait_for (&asked.done, round, "an answer");
    g_assert_cmpint (asked.result, ==, TRUCE_WORKER_ANSWERED);
    g_assert_cmpuint (harness_count_children ("truced-net"), ==, 1);
    while (harness_count_children (NULL) > 0)
      harness_wait_for (&ticks, ticks + 1, "the idle worker's end");
  }
  g_source_remove (ticker);
  truce_worker_client_free (client);
}

static void
test_busy_worker_is_not (void)
{
  TruceWorkerClient *client = new_client (TRUCE_MINUTE, 50 * TRUCE_MILLISECOND);
  g_auto (Asked) quick = { 0 }, slow = { 0 };
  int ticks = 0;
  guint ticker = g_timeout_add (100, harness_tick, &ticks);

  truce_worker_client_ask (client, ask_for_nothing, take_answer, &slow, NULL);
  truce_worker_client_ask (client, ask_for_feed, take_answer, &quick, NULL);
  harness_wait_for (&quick.done, 1, "the quick answer");
  harness_wait_for (&ticks, ticks + 4, "a while to pass");
  g_assert_cmpint (slow.done, ==, 0);
  g_assert_cmpuint (harness_count_children ("truced-net"), ==, 1);
  g_source_remove (ticker);
  truce_worker_client_free (client);
}

static void
test_deadline (void)
{
  TruceWorkerClient *client = new_client (TRUCE_SECOND, TRUCE_MINUTE);
  g_auto (Asked) quick = { 0 }, slow = { 0 };

  truce_worker_client_ask (client, ask_for_feed, take_answer, &quick, NULL);
  harness_wait_for (&quick.done, 1, "the start");
  truce_worker_client_ask (client, ask_for_nothing, take_answer, &slow, NULL);
  harness_wait_for (&slow.done, 1, "the deadline");
  g_assert_cmpint (slow.result, ==, TRUCE_WORKER_DIED);
  g_assert_cmpstr (slow.why, ==, "truced-net did not answer within 1 s");
  truce_worker_client_ask (client, ask_for_feed, take_answer, &quick, NULL);
  harness_wait_for (&quick.done, 2, "the next worker's answer");
  g_assert_cmpint (quick.result, ==, TRUCE_WORKER_ANSWERED);
  truce_worker_client_free (client);
}

/* They come to all of a terminal's or a unit's processes; truced alone decides. */
static void
test_signals_to_stop_are_left_to_truced (void)
{
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_auto (HarnessFetched) fetched = { 0 };
  pid_t worker;

  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  worker = harness_only_child ("truced-net");
  kill (worker, SIGINT);
  kill (worker, SIGTERM);
  kill (worker, SIGHUP);
  harness_fetch (workers, harness_http, "/feed.xml", &fetched);
  g_assert_cmpint (fetched.status, ==, 200);
  g_assert_cmpint (harness_only_child ("truced-net"), ==, worker);
}

/* Sent several, a parser that dies at once dies of the first each time: the others are asked of the next. */
static void
test_each_body_dies_for_itself (void)
{
  g_auto (HarnessPlace) place = harness_place_with ("truced-parse", READY "; head -c 1 <&0 >/dev/null; exit 7");
  g_autoptr (TruceWorkers) workers = truce_workers_new (place.folder);
  g_autoptr (GBytes) feed = harness_feed_of ("small", 0);
  HarnessParsed parsed[6] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (parsed); i++)
    harness_ask_to_parse (workers, feed, &parsed[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (parsed); i++) {
    harness_wait_for (&parsed[i].done, 1, "the end of one");
    g_assert_true (parsed[i].worker_died);
    g_assert_cmpstr (parsed[i].error, ==, "truced-parse exited with status 7");
    g_assert_cmpuint (harness_starts_in (&place), ==, i + 1);
    harness_clear_parsed (&parsed[i]);
  }
}

static void
test_free_ends_all (void)
{
  TruceWorkers *workers = truce_workers_new (NULL);
  g_autoptr (GBytes) feed = harness_feed_of ("x", 4u << 20);
  g_auto (HarnessFetched) never = { 0 }, first = { 0 };
  g_auto (HarnessParsed) parsed = { 0 };
  int ticks = 0;
  guint ticker;

  harness_fetch (workers, harness_http, "/feed.xml", &first);
  harness_ask_for (workers, harness_faults, "/slowhead", &never);
  harness_ask_to_parse (workers, feed, &parsed);
  ticker = g_timeout_add (20, harness_tick, &ticks);
  harness_wait_for (&ticks, 2, "things to be under way");
  truce_workers_free (workers);
  harness_assert_no_children (); /* not even a dead one */
  parsed.done = 0;
  harness_wait_for (&ticks, 6, "answers that do not come");
  g_source_remove (ticker);
  g_assert_cmpint (never.done + parsed.done, ==, 0);
  truce_workers_free (NULL);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  g_log_set_writer_func (count_notes, NULL, NULL);
  g_test_add_func ("/worker/no-such-program", test_no_such_program);
  g_test_add_func ("/worker/program-ends-at-once", test_program_ends_at_once);
  g_test_add_func ("/worker/program-recovers", test_program_recovers);
  g_test_add_func ("/worker/program-talks-nonsense", test_program_talks_nonsense);
  g_test_add_func ("/worker/program-of-another-version", test_program_of_another_version);
  g_test_add_func ("/worker/note-is-logged-once", test_note_is_logged_once);
  g_test_add_func ("/worker/idle-worker-is-let-go", test_idle_worker_is_let_go);
  g_test_add_func ("/worker/busy-worker-is-not", test_busy_worker_is_not);
  g_test_add_func ("/worker/deadline", test_deadline);
  g_test_add_func ("/worker/signals-to-stop-are-left-to-truced", test_signals_to_stop_are_left_to_truced);
  g_test_add_func ("/worker/each-body-dies-for-itself", test_each_body_dies_for_itself);
  g_test_add_func ("/worker/free-ends-all", test_free_ends_all);
  return g_test_run ();
}
