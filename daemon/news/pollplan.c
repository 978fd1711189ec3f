/* SPDX-License-Identifier: MIT */
#include "news/pollplan.h"

#include "news/polllog.h"

#include "base/text.h"

#define HTTP_UNAUTHORIZED 401
#define HTTP_FORBIDDEN 403
#define HTTP_NOT_FOUND 404
#define HTTP_GONE 410
#define HTTP_TOO_MANY_REQUESTS 429
#define HTTP_UNAVAILABLE 503

#define SPREAD_PARTS 20 /* phase and jitter move a poll by a twentieth of the interval each: 10 % together */
#define SKIP_HOURS_MAX 24

/* A wait and what made it so long. */
typedef struct {
  TruceTime wait;
  TruceTime least;    /* the poll may not be earlier, whatever the spread */
  const char *reason; /* NULL: told by `words` */
  char *words;
} Plan;

/* `start`, doubled for each failure in a row after the first, up to `cap`. */
static TruceTime
doubled (TruceTime start, gint failures, TruceTime cap)
{
  TruceTime wait = start;

  for (gint i = 1; i < failures && wait < cap; i++)
    wait *= 2;
  return MIN (wait, cap);
}

static void
take_hint (Plan *plan, TruceTime hint, const char *reason)
{
  hint = CLAMP (hint, 0, TRUCE_POLL_CEILING);
  plan->least = MAX (plan->least, hint);
  if (hint > plan->wait) {
    plan->wait = hint;
    plan->reason = reason;
  }
}

static Plan
plan_success (const TruceFeedState *state, const TrucePollFacts *facts, TruceTime interval)
{
  Plan plan = { .wait = interval, .least = TRUCE_POLL_FLOOR, .reason = "interval" };

  take_hint (&plan, facts->max_age, "max-age");
  take_hint (&plan, state->hint, "ttl");
  return plan;
}

/* 429 and 503: the server says when, or at least that it is too much. */
static Plan
plan_push_back (const TruceFeedState *state, const TrucePollFacts *facts)
{
  Plan plan = { .reason = "Retry-After" };

  if (facts->retry_after > 0) {
    plan.wait = CLAMP (facts->retry_after, TRUCE_POLL_FLOOR, TRUCE_POLL_RETRY_CAP);
  } else {
    plan.wait = doubled (TRUCE_POLL_429_DEFAULT, state->failures, TRUCE_POLL_RETRY_CAP);
    plan.reason = NULL;
    plan.words = g_strdup_printf ("status %d without Retry-After", facts->status);
  }
  plan.least = plan.wait;
  return plan;
}

static Plan
plan_failure (const TruceFeedState *state, const TrucePollFacts *facts, TruceTime interval)
{
  /* An interval over a day is the user's own, and no failure shortens it. */
  TruceTime cap = MAX (interval, TRUCE_POLL_CEILING);
  Plan plan = { .least = TRUCE_POLL_FLOOR };
  TruceTime start = 2 * interval;

  switch (facts->outcome) {
  case TRUCE_POLL_NETWORK_ERROR:
    plan.reason = "no answer, waiting longer";
    break;
  case TRUCE_POLL_BROKEN:
    plan.reason = "no whole answer, waiting longer";
    break;
  case TRUCE_POLL_NOT_A_FEED:
    plan.reason = "not a feed, waiting longer";
    break;
  case TRUCE_POLL_REFUSED:
    plan.reason = "refused, waiting longer";
    break;
  case TRUCE_POLL_NO_FILE:
    plan.reason = "no file, waiting longer";
    break;
  default:
    plan.words = g_strdup_printf ("status %d, waiting longer", facts->status);
    break;
  }
  if (facts->status == HTTP_UNAUTHORIZED || facts->status == HTTP_FORBIDDEN || facts->status == HTTP_NOT_FOUND)
    start = MAX (interval, TRUCE_POLL_CLIENT_ERROR_START);
  plan.wait = doubled (start, state->failures, cap);
  TruceTime retry_after = CLAMP (facts->retry_after, 0, TRUCE_POLL_RETRY_CAP);
  if (retry_after > plan.wait) {
    plan.wait = retry_after;
    plan.least = retry_after;
    g_clear_pointer (&plan.words, g_free);
    plan.reason = "Retry-After";
  }
  return plan;
}

/* How far a poll that is due at `due` is moved, 10 % of the interval at most: towards the feed's own place in the
 * interval, so that feeds that were first polled together drift apart and stay so over restarts; and by chance, so that
 * no crowd of daemons keeps step. */
static TruceTime
spread (const TruceFeed *feed, TruceTime due, TruceTime interval, guint32 random)
{
  const char *address = feed->url ? feed->url : feed->path ? feed->path : feed->id;
  TruceTime phase = (TruceTime) (truce_hash64 (address, -1) % (guint64) interval);
  TruceTime part = interval / SPREAD_PARTS;
  TruceTime away = (phase - due) % interval; /* to the phase's next or last turn */

  if (away > interval / 2)
    away -= interval;
  else if (away < -interval / 2)
    away += interval;
  return CLAMP (away, -part, part) + (TruceTime) random % (2 * part) - part;
}

static gboolean
is_skipped (const TruceFeedState *state, TruceTime at, const char **ret_reason)
{
  gint64 hours = at / TRUCE_HOUR - (at % TRUCE_HOUR < 0 ? 1 : 0);
  gint64 days = hours / 24 - (hours % 24 < 0 ? 1 : 0);
  guint hour = (guint) (hours - 24 * days);
  guint weekday = (guint) (((days + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */

  if (state->skip_days & (1u << weekday)) {
    *ret_reason = "skipDays";
    return TRUE;
  }
  if (state->skip_hours & (1u << hour)) {
    *ret_reason = "skipHours";
    return TRUE;
  }
  return FALSE;
}

void
truce_pollplan_next (const TruceFeed *feed, TruceFeedState *state, const TrucePollFacts *facts, TruceTime now,
                     guint32 random)
{
  TruceTime interval = MAX (feed->interval, TRUCE_POLL_FLOOR);
  gboolean fine = !truce_poll_outcome_is_failure (facts->outcome);
  Plan plan;

  g_clear_pointer (&state->due_reason, g_free);
  if (!fine && state->failures < G_MAXINT)
    state->failures++;
  if (fine) {
    state->failures = 0;
    plan = plan_success (state, facts, interval);
  } else if (facts->status == HTTP_GONE) {
    state->due = TRUCE_TIME_MAX;
    state->due_reason = g_strdup ("gone for good (status 410)");
    return;
  } else if (facts->status == HTTP_TOO_MANY_REQUESTS || facts->status == HTTP_UNAVAILABLE) {
    plan = plan_push_back (state, facts);
  } else {
    plan = plan_failure (state, facts, interval);
  }

  TruceTime moved = spread (feed, now + plan.wait, interval, random);
  /* Where earlier would be too early, it is that much later instead. */
  TruceTime due = now + plan.wait + (plan.wait + moved < plan.least ? ABS (moved) : moved);
  /* By whole hours, which keeps the place in the hour: not everybody comes as the clock strikes. */
  const char *skip = NULL;
  for (guint i = 0; i < SKIP_HOURS_MAX && is_skipped (state, due, &skip); i++)
    due += TRUCE_HOUR;
  state->due = due;
  if (skip)
    state->due_reason = g_strdup (skip);
  else
    state->due_reason = plan.reason ? g_strdup (plan.reason) : g_strdup (plan.words);
  g_free (plan.words);
}
