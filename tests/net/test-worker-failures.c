/* SPDX-License-Identifier: MIT */
/* The net and parse ports with workers behind them that fail in every way. Run by `origin.py run`. */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

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
    g_assert_nonnull (strstr (fetched.error, "No such file or directory"));
  }
  harness_ask_to_parse (workers, feed, &parsed);
  harness_wait_for (&parsed.done, 1, "the parser's absence");
  g_assert_false (parsed.parsed);
  g_assert_false (parsed.worker_died); /* no feed is to blame */
  g_assert_nonnull (strstr (parsed.error, "No such file or directory"));
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
#define READY "printf '\\012\\0\\0\\0\\005\\0\\0\\0\\001\\0\\0\\0naked\\0' >&0"
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
  g_test_add_func ("/worker/free-ends-all", test_free_ends_all);
  return g_test_run ();
}
