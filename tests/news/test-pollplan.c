/* SPDX-License-Identifier: MIT */
/* When a feed is polled next: the manners of polling, a row each. Lengths are in seconds. */
#include <string.h>

#include "news/pollplan.h"

#define HOUR 3600
#define DAY (24 * HOUR)
#define ROUNDS 200 /* of chance, for each row */

/* Tuesday 2025-05-13 10:20:00 UTC */
#define NOW (1747131600 * TRUCE_SECOND)

typedef struct {
  const char *name;
  TrucePollOutcome outcome;
  int status;
  int interval;
  int max_age;
  int ttl;
  int retry_after;
  int failures; /* before */
  int earliest; /* the poll is due from here, ... */
  int latest;   /* ... to here */
  const char *reason;
  int failures_after;
} Row;

static const Row rows[] = {
  /* The interval, with 10 % to either side. */
  { "interval", TRUCE_POLL_OK, 200, HOUR, 0, 0, 0, 0, 3240, 3960, "interval", 0 },
  { "longer", TRUCE_POLL_OK, 200, 6 * HOUR, 0, 0, 0, 0, 19440, 23760, "interval", 0 },
  { "own interval over a day", TRUCE_POLL_OK, 200, 3 * DAY, 0, 0, 0, 0, 233280, 285120, "interval", 0 },
  { "floor", TRUCE_POLL_OK, 200, 300, 0, 0, 0, 0, 300, 330, "interval", 0 },
  { "below the floor", TRUCE_POLL_OK, 200, 10, 0, 0, 0, 0, 300, 330, "interval", 0 },
  { "304 counts", TRUCE_POLL_NOT_MODIFIED, 304, HOUR, 0, 0, 0, 0, 3240, 3960, "interval", 0 },
  { "same body counts", TRUCE_POLL_SAME_BODY, 200, HOUR, 0, 0, 0, 0, 3240, 3960, "interval", 0 },
  { "success ends failures", TRUCE_POLL_OK, 200, HOUR, 0, 0, 0, 9, 3240, 3960, "interval", 0 },
  { "304 ends failures", TRUCE_POLL_NOT_MODIFIED, 304, HOUR, 0, 0, 0, 9, 3240, 3960, "interval", 0 },
  /* Hints lengthen, up to a day, and are never undercut. */
  { "max-age", TRUCE_POLL_OK, 200, HOUR, 2 * HOUR, 0, 0, 0, 7200, 7560, "max-age", 0 },
  { "max-age in a 304", TRUCE_POLL_NOT_MODIFIED, 304, HOUR, 2 * HOUR, 0, 0, 0, 7200, 7560, "max-age", 0 },
  { "max-age below", TRUCE_POLL_OK, 200, HOUR, 1800, 0, 0, 0, 3240, 3960, "interval", 0 },
  { "max-age just below", TRUCE_POLL_OK, 200, HOUR, 3590, 0, 0, 0, 3590, 3960, "interval", 0 },
  { "max-age of years", TRUCE_POLL_OK, 200, HOUR, 500000000, 0, 0, 0, DAY, DAY + 360, "max-age", 0 },
  { "negative max-age", TRUCE_POLL_OK, 200, HOUR, -5, 0, 0, 0, 3240, 3960, "interval", 0 },
  { "ttl", TRUCE_POLL_OK, 200, HOUR, 0, 4 * HOUR, 0, 0, 14400, 14760, "ttl", 0 },
  { "ttl in a 304", TRUCE_POLL_NOT_MODIFIED, 304, HOUR, 0, 4 * HOUR, 0, 0, 14400, 14760, "ttl", 0 },
  { "ttl above max-age", TRUCE_POLL_OK, 200, HOUR, 2 * HOUR, 4 * HOUR, 0, 0, 14400, 14760, "ttl", 0 },
  { "max-age above ttl", TRUCE_POLL_OK, 200, HOUR, 4 * HOUR, 2 * HOUR, 0, 0, 14400, 14760, "max-age", 0 },
  { "ttl of a month", TRUCE_POLL_OK, 200, HOUR, 0, 30 * DAY, 0, 0, DAY, DAY + 360, "ttl", 0 },
  { "hints do not shorten", TRUCE_POLL_OK, 200, 3 * DAY, DAY, DAY, 0, 0, 233280, 285120, "interval", 0 },
  /* 429 and 503 with Retry-After: exactly that, within bounds. */
  { "429", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 1800, 0, 1800, 2160, "Retry-After", 1 },
  { "503", TRUCE_POLL_HTTP_ERROR, 503, HOUR, 0, 0, 1800, 4, 1800, 2160, "Retry-After", 5 },
  { "429 at once", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 1, 0, 300, 660, "Retry-After", 1 },
  { "429 for years", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 500000000, 0, 2 * DAY, 2 * DAY + 360, "Retry-After", 1 },
  /* ... and without: 10 minutes, doubled. */
  { "429 bare", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 0, 0, 600, 960, "status 429 without Retry-After", 1 },
  { "429 bare again", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 0, 1, 1200, 1560, "status 429 without Retry-After", 2 },
  { "503 bare thrice", TRUCE_POLL_HTTP_ERROR, 503, HOUR, 0, 0, 0, 2, 2400, 2760, "status 503 without Retry-After", 3 },
  { "429 bare for long", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, 0, 50, 2 * DAY, 2 * DAY + 360,
    "status 429 without Retry-After", 51 },
  { "429 past date", TRUCE_POLL_HTTP_ERROR, 429, HOUR, 0, 0, -90, 0, 600, 960, "status 429 without Retry-After", 1 },
  /* Other failures double the interval, up to a day. */
  { "500", TRUCE_POLL_HTTP_ERROR, 500, HOUR, 0, 0, 0, 0, 6840, 7560, "status 500, waiting longer", 1 },
  { "500 again", TRUCE_POLL_HTTP_ERROR, 500, HOUR, 0, 0, 0, 1, 14040, 14760, "status 500, waiting longer", 2 },
  { "network", TRUCE_POLL_NETWORK_ERROR, 0, HOUR, 0, 0, 0, 2, 28440, 29160, "no answer, waiting longer", 3 },
  { "not a feed", TRUCE_POLL_NOT_A_FEED, 200, HOUR, 0, 0, 0, 0, 6840, 7560, "not a feed, waiting longer", 1 },
  { "refused", TRUCE_POLL_REFUSED, 0, HOUR, 0, 0, 0, 0, 6840, 7560, "refused, waiting longer", 1 },
  { "failing for a day", TRUCE_POLL_NETWORK_ERROR, 0, HOUR, 0, 0, 0, 4, DAY - 360, DAY + 360,
    "no answer, waiting longer", 5 },
  { "failing for ever", TRUCE_POLL_NETWORK_ERROR, 0, HOUR, 0, 0, 0, G_MAXINT, DAY - 360, DAY + 360,
    "no answer, waiting longer", G_MAXINT },
  { "failing, own interval", TRUCE_POLL_HTTP_ERROR, 500, 3 * DAY, 0, 0, 0, 0, 233280, 285120,
    "status 500, waiting longer", 1 },
  { "failing near the floor", TRUCE_POLL_HTTP_ERROR, 500, 300, 0, 0, 0, 0, 570, 630, "status 500, waiting longer", 1 },
  { "400", TRUCE_POLL_HTTP_ERROR, 400, HOUR, 0, 0, 0, 0, 6840, 7560, "status 400, waiting longer", 1 },
  { "500 with Retry-After", TRUCE_POLL_HTTP_ERROR, 500, HOUR, 0, 0, 5 * HOUR, 0, 18000, 18360, "Retry-After", 1 },
  { "500 with a short one", TRUCE_POLL_HTTP_ERROR, 500, HOUR, 0, 0, 60, 0, 6840, 7560, "status 500, waiting longer",
    1 },
  /* 401, 403 and 404 start at 4 hours. */
  { "401", TRUCE_POLL_HTTP_ERROR, 401, HOUR, 0, 0, 0, 0, 14040, 14760, "status 401, waiting longer", 1 },
  { "403", TRUCE_POLL_HTTP_ERROR, 403, 300, 0, 0, 0, 0, 14370, 14430, "status 403, waiting longer", 1 },
  { "404 again", TRUCE_POLL_HTTP_ERROR, 404, HOUR, 0, 0, 0, 1, 28440, 29160, "status 404, waiting longer", 2 },
  { "404 thrice", TRUCE_POLL_HTTP_ERROR, 404, HOUR, 0, 0, 0, 2, 57240, 57960, "status 404, waiting longer", 3 },
  { "404 for long", TRUCE_POLL_HTTP_ERROR, 404, HOUR, 0, 0, 0, 3, DAY - 360, DAY + 360, "status 404, waiting longer",
    4 },
  { "404, long interval", TRUCE_POLL_HTTP_ERROR, 404, 12 * HOUR, 0, 0, 0, 0, 38880, 47520, "status 404, waiting longer",
    1 },
};

static void
plan (const Row *row, const char *url, TruceTime now, guint32 random, guint32 skip_hours, guint8 skip_days,
      TruceFeedState *ret_state)
{
  g_autoptr (TruceFeed) feed = truce_feed_new ("feed");
  TrucePollFacts facts = {
    .outcome = row->outcome,
    .status = row->status,
    .max_age = row->max_age * TRUCE_SECOND,
    .retry_after = row->retry_after * TRUCE_SECOND,
  };

  feed->url = g_strdup (url);
  feed->interval = row->interval * TRUCE_SECOND;
  truce_feed_state_init (ret_state);
  ret_state->hint = row->ttl * TRUCE_SECOND;
  ret_state->failures = row->failures;
  ret_state->skip_hours = skip_hours;
  ret_state->skip_days = skip_days;
  ret_state->etag = g_strdup ("\"kept\"");
  ret_state->due_reason = g_strdup ("old");
  truce_pollplan_next (feed, ret_state, &facts, now, random);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].name);
    for (guint round = 0; round < ROUNDS; round++) {
      TruceFeedState state;
      g_autofree char *url = g_strdup_printf ("https://example.org/%u", round);
      guint32 random = round == 0 ? 0 : round == 1 ? G_MAXUINT32 : (guint32) g_test_rand_int ();
      plan (&rows[i], url, NOW, random, 0, 0, &state);
      g_assert_cmpint (state.due - NOW, >=, rows[i].earliest * TRUCE_SECOND);
      g_assert_cmpint (state.due - NOW, <=, rows[i].latest * TRUCE_SECOND);
      g_assert_cmpstr (state.due_reason, ==, rows[i].reason);
      g_assert_cmpint (state.failures, ==, rows[i].failures_after);
      g_assert_cmpstr (state.etag, ==, "\"kept\"");
      truce_feed_state_clear (&state);
    }
  }
}

static void
test_gone (void)
{
  Row row = { "410", TRUCE_POLL_HTTP_ERROR, 410, HOUR, 0, 0, 60, 0, 0, 0, NULL, 1 };
  TruceFeedState state;

  plan (&row, "https://example.org/", NOW, 1, 0xffffff, 0x7f, &state);
  g_assert_cmpint (state.due, ==, TRUCE_TIME_MAX);
  g_assert_nonnull (strstr (state.due_reason, "410"));
  g_assert_cmpint (state.failures, ==, 1);
  truce_feed_state_clear (&state);
}

/* Hours and days in which a feed is not to be read delay a poll to their end, by a day at most. */
static void
test_skip (void)
{
  static const struct {
    guint32 hours;
    guint8 days;
    int delay; /* hours */
    const char *reason;
  } cases[] = {
    /* Due about 11:20 on a Tuesday. */
    { 0, 0, 0, "interval" },
    { 1u << 10, 0, 0, "interval" },
    { 1u << 11, 0, 1, "skipHours" },
    { 0xfu << 11, 0, 4, "skipHours" },
    { 0xfff << 11, 0, 12, "skipHours" },
    { 0xffffff & ~(1u << 10), 0, 23, "skipHours" },
    { 0xffffff, 0, 24, "skipHours" },
    { 0, 1 << 1, 0, "interval" },
    { 0, 1 << 2, 13, "skipDays" },
    { 0, 0x7f, 24, "skipDays" },
    { 0, 1 << 2 | 1 << 3, 24, "skipDays" },
    { 1u << 0, 1 << 2, 14, "skipHours" },
  };
  Row row = { "skip", TRUCE_POLL_OK, 200, HOUR, 0, 0, 0, 0, 0, 0, NULL, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceFeedState plain;
    TruceFeedState skipping;
    guint32 random = (guint32) g_test_rand_int ();
    plan (&row, "https://example.org/", NOW, random, 0, 0, &plain);
    plan (&row, "https://example.org/", NOW, random, cases[i].hours, cases[i].days, &skipping);
    g_test_message ("hours %x, days %x", cases[i].hours, cases[i].days);
    g_assert_cmpint (skipping.due - plain.due, ==, cases[i].delay * TRUCE_HOUR);
    g_assert_cmpstr (skipping.due_reason, ==, cases[i].reason);
    truce_feed_state_clear (&plain);
    truce_feed_state_clear (&skipping);
  }
}

/* Feeds first polled together drift apart, each to its own place in the interval, and stay there, also over a restart:
 * it depends on the address alone. */
static void
test_phase (void)
{
  enum { FEEDS = 60, CYCLES = 40, PARTS = 6 };
  Row row = { "phase", TRUCE_POLL_OK, 200, HOUR, 0, 0, 0, 0, 0, 0, NULL, 0 };
  guint in_part[PARTS] = { 0 };

  for (guint i = 0; i < FEEDS; i++) {
    g_autofree char *url = g_strdup_printf ("https://example.org/feed/%u", i);
    TruceTime due[2];
    for (guint start = 0; start < 2; start++) {
      TruceTime now = NOW + start * 1234 * TRUCE_SECOND;
      for (guint cycle = 0; cycle < CYCLES; cycle++) {
        TruceFeedState state;
        plan (&row, url, now, (guint32) g_test_rand_int (), 0, 0, &state);
        g_assert_cmpint (state.due - now, >=, 3240 * TRUCE_SECOND);
        g_assert_cmpint (state.due - now, <=, 3960 * TRUCE_SECOND);
        now = state.due + 2 * TRUCE_SECOND; /* what the poll takes */
        truce_feed_state_clear (&state);
      }
      due[start] = now % TRUCE_HOUR;
    }
    TruceTime apart = ABS (due[0] - due[1]);
    apart = MIN (apart, TRUCE_HOUR - apart);
    /* Only the chance of 5 % to either side is between them. */
    g_assert_cmpint (apart, <=, TRUCE_HOUR / 10);
    in_part[due[0] / (TRUCE_HOUR / PARTS)]++;
  }
  for (guint i = 0; i < PARTS; i++) {
    g_test_message ("part %u: %u feeds", i, in_part[i]);
    g_assert_cmpuint (in_part[i], >, 0);
    g_assert_cmpuint (in_part[i], <, FEEDS / 2);
  }
}

/* The same poll is not planned for the same second by all: chance moves it. */
static void
test_chance (void)
{
  Row row = { "chance", TRUCE_POLL_OK, 200, HOUR, 2 * HOUR, 0, 0, 0, 0, 0, NULL, 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint32 i = 0; i < 100; i++) {
    TruceFeedState state;
    plan (&row, "https://example.org/", NOW, i * 42949672u, 0, 0, &state);
    g_hash_table_add (seen, g_memdup2 (&state.due, sizeof state.due));
    truce_feed_state_clear (&state);
  }
  g_assert_cmpuint (g_hash_table_size (seen), >, 50);
}

/* A file has no address, and a clock may stand before 1970. */
static void
test_odd (void)
{
  Row row = { "odd", TRUCE_POLL_OK, 200, HOUR, 0, 0, 0, 0, 0, 0, NULL, 0 };
  TruceFeedState state;

  plan (&row, NULL, NOW, 5, 0, 0, &state);
  g_assert_cmpint (state.due, >, NOW);
  truce_feed_state_clear (&state);
  /* 1969-12-31 was a Wednesday: an hour later it still is. */
  plan (&row, NULL, -20 * TRUCE_HOUR, 5, 0, 1 << 3, &state);
  g_assert_cmpstr (state.due_reason, ==, "skipDays");
  g_assert_cmpint (state.due, >=, 0);
  truce_feed_state_clear (&state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pollplan/rows", test_rows);
  g_test_add_func ("/pollplan/gone", test_gone);
  g_test_add_func ("/pollplan/skip", test_skip);
  g_test_add_func ("/pollplan/phase", test_phase);
  g_test_add_func ("/pollplan/chance", test_chance);
  g_test_add_func ("/pollplan/odd", test_odd);
  return g_test_run ();
}
