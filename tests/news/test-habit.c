/* SPDX-License-Identifier: MIT */
/* What is learned of a feed from its entries and its polls. */
#include "news/habit.h"
#include "news/item.h"
#include "news/polllog.h"

#define NOW (1754049600 * TRUCE_SECOND) /* 2025-08-01 12:00 UTC */

static GPtrArray *
dated_items (const gint *days_ago, guint n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);

  for (guint i = 0; i < n; i++) {
    TruceItem *item = truce_item_new ();
    if (days_ago)
      item->published = NOW - days_ago[i] * TRUCE_DAY;
    g_ptr_array_add (items, item);
  }
  return items;
}

static void
test_by_dates (void)
{
  static const gint days_ago[] = { 3, 1, 11, 2, 4, -30 }; /* in no order, and one from the future */
  g_autoptr (GPtrArray) items = dated_items (days_ago, G_N_ELEMENTS (days_ago));
  TruceFeedState state;

  truce_feed_state_init (&state);
  truce_habit_learn (&state, items, 6, NOW);
  g_assert_cmpint (state.newest, ==, NOW - TRUCE_DAY);
  g_assert_cmpint (state.habit, ==, 7 * TRUCE_DAY);
  g_assert_cmpint (truce_habit_patience_ends (&state), ==, NOW - TRUCE_DAY + 21 * TRUCE_DAY);
  truce_feed_state_clear (&state);
}

/* One date that is made up, misread or of what is pinned is no habit; a long pause after which all goes on is one. */
static void
test_unlikely_dates (void)
{
  static const struct {
    gint days_ago[8];
    gint habit; /* days */
  } cases[] = {
    { { 0, 1, 2, 3, 5, 6, 20301, 20302 }, 2 },              /* 1970 */
    { { 0, 1, 2, 3, 20300, 20301, 20302, 0 }, 1 },          /* where too few others are left, too */
    { { 0, 1, 2, 3, 5, 6, 7, 4000 }, 2 },                   /* pinned in 2014 */
    { { 0, 1, 2, 3, 5, 4000, 4001, 4002 }, 2 },             /* several are */
    { { 0, 1, 2, 3, 5, 6, 7, 300 }, 293 },                  /* under a year may be true */
    { { 0, 400, 800, 1200, 1600, 2000, 2400, 2900 }, 500 }, /* of a feed that speaks once a year or more rarely */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) items = dated_items (cases[i].days_ago, G_N_ELEMENTS (cases[i].days_ago));
    TruceFeedState state;
    truce_feed_state_init (&state);
    truce_habit_learn (&state, items, items->len, NOW);
    g_assert_cmpint (state.newest, ==, NOW);
    g_assert_cmpint (state.habit, ==, cases[i].habit * TRUCE_DAY);
    truce_feed_state_clear (&state);
  }
}

/* What comes by the minute is given a week all the same; and four dates are no habit. */
static void
test_patience (void)
{
  static const gint same_day[] = { 0, 0, 0, 0, 0, 0 };
  static const gint few[] = { 0, 1, 2, 3 };
  g_autoptr (GPtrArray) frequent = dated_items (same_day, G_N_ELEMENTS (same_day));
  g_autoptr (GPtrArray) rare = dated_items (few, G_N_ELEMENTS (few));
  TruceFeedState state;

  truce_feed_state_init (&state);
  truce_habit_learn (&state, frequent, 6, NOW);
  g_assert_cmpint (truce_habit_patience_ends (&state), ==, TRUCE_TIME_NONE); /* a build date in all of them */
  ((TruceItem *) g_ptr_array_index (frequent, 0))->published -= TRUCE_MINUTE;
  truce_habit_learn (&state, frequent, 6, NOW);
  g_assert_cmpint (truce_habit_patience_ends (&state), ==, NOW + 7 * TRUCE_DAY);
  truce_feed_state_clear (&state);
  truce_habit_learn (&state, rare, 4, NOW);
  g_assert_cmpint (truce_habit_patience_ends (&state), ==, TRUCE_TIME_NONE);
  truce_feed_state_clear (&state);
}

static void
test_by_arrivals (void)
{
  g_autoptr (GPtrArray) items = dated_items (NULL, 3);
  TruceFeedState state;
  TruceTime at = NOW;

  truce_feed_state_init (&state);
  for (guint i = 0; i < 6; i++, at += 4 * TRUCE_DAY) {
    truce_habit_learn (&state, items, 1, at);
    truce_habit_learn (&state, items, 0, at + TRUCE_DAY); /* nothing new is no arrival */
  }
  g_assert_cmpint (state.newest, ==, at - 4 * TRUCE_DAY);
  g_assert_cmpint (state.habit, ==, 4 * TRUCE_DAY);
  g_assert_cmpint (truce_habit_patience_ends (&state), ==, state.newest + 12 * TRUCE_DAY);
  truce_feed_state_clear (&state);
}

static void
test_log (void)
{
  g_autofree char *log = NULL;
  TrucePollRecord last;

  g_assert_false (truce_poll_log_last (NULL, &last));
  for (guint i = 0; i < 20; i++) {
    const TrucePollRecord record = { NOW + i * TRUCE_HOUR, TRUCE_POLL_HTTP_ERROR, 500 + (int) i, i, 2 * i, 3 * i };
    char *longer = truce_poll_log_add (log, &record);
    g_free (log);
    log = longer;
  }
  g_autoptr (GArray) records = truce_poll_log_read (log);
  g_assert_cmpuint (records->len, ==, TRUCE_POLL_LOG_MAX);
  for (guint i = 0; i < records->len; i++) {
    const TrucePollRecord *record = &g_array_index (records, TrucePollRecord, i);
    guint number = 20 - TRUCE_POLL_LOG_MAX + i;
    g_assert_cmpint (record->at, ==, NOW + number * TRUCE_HOUR);
    g_assert_cmpint (record->status, ==, 500 + (int) number);
    g_assert_cmpuint (record->new_ones, ==, 3 * number);
  }
  g_assert_true (truce_poll_log_last (log, &last));
  g_assert_cmpint (last.status, ==, 519);
  g_assert_cmpuint (strlen (log), <, 40 * TRUCE_POLL_LOG_MAX); /* it is kept for every feed */
  g_autoptr (GArray) none = truce_poll_log_read ("1 99 200 1 1 1\nnonsense\n9223372036854775807 0 1 1 1 1\n");
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/habit/dates", test_by_dates);
  g_test_add_func ("/habit/unlikely-dates", test_unlikely_dates);
  g_test_add_func ("/habit/patience", test_patience);
  g_test_add_func ("/habit/arrivals", test_by_arrivals);
  g_test_add_func ("/poll-log", test_log);
  return g_test_run ();
}
