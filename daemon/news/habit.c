/* SPDX-License-Identifier: MIT */
#include "news/habit.h"

#include "news/item.h"

#define RECENT 50                                        /* of the dates: what a feed did years ago is no habit */
#define RSS_BEGAN ((TruceTime) 920246400 * TRUCE_SECOND) /* 1 March 1999: what feeds date before it is made up */
#define FAR_BEFORE (365 * TRUCE_DAY)                     /* a pause of less is never taken for a mistake */
#define FORGETFULNESS 8 /* each arrival takes an eighth off the longest pause, unless it was one itself */

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  TruceTime x = *(const TruceTime *) a, y = *(const TruceTime *) b;

  return (x < y) - (x > y);
}

/* Of dates that are `sorted`, how many are left without those of what is pinned or misdated: before a pause that is
 * longer than all that came after it. */
static guint
count_likely (const GArray *sorted)
{
  for (guint i = TRUCE_HABIT_ITEMS_MIN; i < sorted->len; i++) {
    TruceTime newest = g_array_index (sorted, TruceTime, 0), last = g_array_index (sorted, TruceTime, i - 1);
    if (last - g_array_index (sorted, TruceTime, i) > MAX (FAR_BEFORE, newest - last))
      return i;
  }
  return sorted->len;
}

/* The dates that the entries bear, newest first, without those that cannot be: to come, of before there were feeds, or
 * far before all others. (transfer full) */
static GArray *
dates_of (GPtrArray *items, TruceTime now)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (TruceTime));

  for (guint i = 0; i < items->len; i++) {
    TruceTime at = truce_item_time (g_ptr_array_index (items, i));
    if (at != TRUCE_TIME_NONE && at >= RSS_BEGAN && at <= now)
      g_array_append_val (dates, at);
  }
  g_array_sort (dates, compare_newest_first);
  g_array_set_size (dates, count_likely (dates));
  return dates;
}

static TruceTime
longest_pause (GArray *dates)
{
  TruceTime longest = 0;

  for (guint i = 1; i < dates->len && i < RECENT; i++)
    longest = MAX (longest, g_array_index (dates, TruceTime, i - 1) - g_array_index (dates, TruceTime, i));
  return longest;
}

/* Without dates there are only arrivals to go by. */
static void
learn_arrival (TruceFeedState *state, TruceTime now)
{
  if (state->newest != TRUCE_TIME_NONE && now > state->newest) {
    TruceTime pause = now - state->newest;
    state->habit = MAX (pause, state->habit - state->habit / FORGETFULNESS);
    if (state->arrivals < G_MAXUINT16)
      state->arrivals++;
  }
  state->newest = now;
}

void
truce_habit_learn (TruceFeedState *state, GPtrArray *items, guint n_new, TruceTime now)
{
  g_autoptr (GArray) dates = dates_of (items, now);
  TruceTime before = state->newest == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : state->newest;

  if (dates->len == 0) {
    if (n_new > 0)
      learn_arrival (state, now);
    return;
  }
  state->newest = MAX (before, g_array_index (dates, TruceTime, 0));
  /* All of the same date: a build date, which says nothing. */
  if (dates->len >= TRUCE_HABIT_ITEMS_MIN && longest_pause (dates) > 0) {
    state->habit = longest_pause (dates);
    state->arrivals = (guint16) dates->len;
  }
}

TruceTime
truce_habit_patience_ends (const TruceFeedState *state)
{
  if (state->newest == TRUCE_TIME_NONE || state->habit == 0 || state->arrivals < TRUCE_HABIT_ITEMS_MIN)
    return TRUCE_TIME_NONE;
  if (state->habit > (TRUCE_TIME_MAX - state->newest) / TRUCE_HABIT_TIMES)
    return TRUCE_TIME_NONE;
  return state->newest + MAX (TRUCE_HABIT_TIMES * state->habit, TRUCE_HABIT_PATIENCE);
}
