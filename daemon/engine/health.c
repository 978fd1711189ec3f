/* SPDX-License-Identifier: MIT */
/* How a feed fares: what its polls came to, and what of that is told: once when it lasts, and once when it is over. */
#include "engine/poll_private.h"
#include "news/habit.h"
#include "news/polllog.h"

#define HTTP_GONE 410
#define WINDOW_BITS ((1u << TRUCE_POLL_WINDOW) - 1)
#define GOOD_BITS 7u /* the last three polls */

/* --- what is kept --- */

/* Unchanged means that what was missing still is: said again, so that it outlives the log. */
static void
repeat_lack (const TruceFeedState *state, TrucePollRecord *record)
{
  TrucePollRecord last;

  if ((record->outcome != TRUCE_POLL_NOT_MODIFIED && record->outcome != TRUCE_POLL_SAME_BODY) ||
      !truce_poll_log_last_read (state->polls, &last) || last.outcome == TRUCE_POLL_OK)
    return;
  record->outcome = last.outcome;
  record->items = last.items;
}

void
truce_health_record (FeedRun *run, const TrucePollFacts *facts, guint64 bytes, guint items, guint n_new, TruceTime now)
{
  TruceFeedState *state = &run->state;
  TrucePollRecord record = { now, facts->outcome, facts->status, bytes, items, n_new };

  repeat_lack (state, &record);
  char *log = truce_poll_log_add (state->polls, &record);
  g_free (state->polls);
  state->polls = log;
}

void
truce_health_count (FeedRun *run, gboolean failed)
{
  run->state.outcomes = (guint8) (run->state.outcomes << 1 | (failed ? 1 : 0));
}

void
truce_health_discount (FeedRun *run)
{
  run->state.outcomes >>= 1;
}

static guint
count_failures (guint outcomes)
{
  guint count = 0;

  for (outcomes &= WINDOW_BITS; outcomes; outcomes >>= 1)
    count += outcomes & 1;
  return count;
}

/* --- failing --- */

static gboolean
failed_before (const TruceFeedState *state)
{
  g_autoptr (GArray) records = truce_poll_log_read (state->polls);
  gboolean failed = FALSE;

  for (guint i = 0; i + 1 < records->len; i++)
    failed |= truce_poll_outcome_is_failure (g_array_index (records, TrucePollRecord, i).outcome);
  return failed;
}

/* A body that no parser takes is a mistake that waiting does not mend, unless it comes and goes; the rest may be
 * weather, and is told when it lasts or comes back again and again. */
static gboolean
worth_telling (const TruceEngine *engine, const TruceFeedState *state, const TrucePollFacts *facts)
{
  gboolean unanswered = facts->outcome == TRUCE_POLL_NETWORK_ERROR || facts->outcome == TRUCE_POLL_BROKEN;
  gboolean mistake = facts->outcome == TRUCE_POLL_NOT_A_FEED || facts->outcome == TRUCE_POLL_REFUSED;

  if (unanswered && engine->network_down)
    return FALSE;
  return facts->status == HTTP_GONE || (mistake && !failed_before (state)) ||
         state->failures >= TRUCE_POLL_FAILURES_TO_ALERT ||
         count_failures (state->outcomes) >= TRUCE_POLL_WINDOW_FAILURES;
}

/* Did it work at times between its failures? Then one good poll is no end of it. */
static gboolean
comes_and_goes (guint outcomes)
{
  for (outcomes &= WINDOW_BITS; outcomes && !(outcomes & 1); outcomes >>= 1)
    ;
  for (; outcomes & 1; outcomes >>= 1)
    ;
  return outcomes != 0;
}

/* (transfer full) */
static char *
failing_words (const TruceFeedState *state)
{
  if (state->failures >= TRUCE_POLL_FAILURES_TO_ALERT || !comes_and_goes (state->outcomes))
    return g_strdup (state->error);
  return g_strdup_printf ("%u of its last %d polls failed; now: %s", count_failures (state->outcomes),
                          TRUCE_POLL_WINDOW, state->error);
}

/* One streak, one alert: told once from the last time that it worked. */
static TruceTime
last_worked (const TruceFeedState *state)
{
  TruceTime worked = TRUCE_TIME_MIN;

  if (state->last_200 != TRUCE_TIME_NONE)
    worked = MAX (worked, state->last_200);
  if (state->last_304 != TRUCE_TIME_NONE)
    worked = MAX (worked, state->last_304);
  return worked;
}

static void
tell_failing (TruceEngine *engine, TruceCommit *commit, FeedRun *run, const TrucePollFacts *facts, TruceTime now)
{
  TruceFeedState *state = &run->state;
  g_autofree char *words = NULL;

  if (state->alerted || !worth_telling (engine, state, facts))
    return;
  words = failing_words (state);
  state->alerted = TRUE;
  truce_engine_add_alert (engine, commit,
                          truce_alert_for_feed (run->feed,
                                                facts->status == HTTP_GONE ? TRUCE_FEED_GONE : TRUCE_FEED_FAILING,
                                                words, last_worked (state), now));
}

static void
tell_recovered (TruceEngine *engine, TruceCommit *commit, FeedRun *run, TruceTime now)
{
  TruceFeedState *state = &run->state;

  if (!state->alerted || (comes_and_goes (state->outcomes) && (state->outcomes & GOOD_BITS) != 0))
    return;
  state->alerted = FALSE;
  state->outcomes = 0;
  truce_engine_add_alert (engine, commit,
                          truce_alert_for_feed (run->feed, TRUCE_FEED_RECOVERED, NULL, last_worked (state), now));
}

/* --- stale --- */

/* (transfer full) */
static char *
stale_words (TruceEngine *engine, const TruceFeedState *state)
{
  g_autofree char *newest = truce_zone_format (truce_config_zone (engine->config), state->newest);
  g_autofree char *habit = truce_duration_to_words (state->habit);

  return g_strdup_printf ("It answers, but its newest entry is of %s; until now it was never without one for longer "
                          "than %s.",
                          newest, habit);
}

static void
tell_stale (TruceEngine *engine, TruceCommit *commit, FeedRun *run, TruceTime now)
{
  TruceFeedState *state = &run->state;
  TruceTime ends = truce_habit_patience_ends (state);
  gboolean stale = ends != TRUCE_TIME_NONE && now > ends;
  g_autofree char *words = stale && !state->stale ? stale_words (engine, state) : NULL;

  if (stale == state->stale)
    return;
  state->stale = stale;
  truce_engine_add_alert (
      engine, commit,
      truce_alert_for_feed (run->feed, stale ? TRUCE_FEED_STALE : TRUCE_FEED_FRESH, words, state->newest, now));
}

void
truce_health_tell (TruceEngine *engine, TruceCommit *commit, FeedRun *run, const TrucePollFacts *facts, TruceTime now)
{
  if (truce_poll_outcome_is_failure (facts->outcome)) {
    tell_failing (engine, commit, run, facts, now);
    return;
  }
  tell_recovered (engine, commit, run, now);
  tell_stale (engine, commit, run, now);
}
