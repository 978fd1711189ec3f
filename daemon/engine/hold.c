/* SPDX-License-Identifier: MIT */
/* Is the clock one to judge deadlines by?
 *
 * One that reads less than it must (a machine without a battery starts in 1970) makes deadlines wait, and a problem is
 * told: by it, dates that have moved would move back. It must not be less than when this truced was made, nor over a
 * day less than when the store knows truced to have run. The second may have been another clock's fault, which was
 * ahead: so it is given up after a day, or when somebody acknowledges the problem.
 *
 * One that has leapt far ahead is followed, since a machine may have been switched off for so long; but until it has
 * gone on for a while, in which it would be put right, nothing is forgotten by it, and the window stays as it was. */
#include "engine/engine_private.h"

#define LAG_ALLOWED TRUCE_DAY         /* people travel, and set their clocks by hand */
#define HOLD_LONGEST TRUCE_DAY        /* for what only the store says */
#define LEAP_DOUBTED (31 * TRUCE_DAY) /* longer than most machines are ever switched off */
#define LEAP_PROVEN TRUCE_HOUR        /* a time service has corrected it by then */

void
truce_hold_init (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;

  engine->held_since = TRUCE_TIME_NONE;
  engine->leapt_kept = MIN (store->leapt (store->self), TRUCE_TIME_MAX);
  engine->leapt = engine->leapt_kept < TRUCE_TIME_MAX ? engine->leapt_kept : TRUCE_TIME_NONE;
  engine->look_back = TRUE;
  engine->reached = store->reached (store->self);
  if (engine->reached == TRUCE_TIME_NONE)
    engine->reached = store->window (store->self); /* of a version that kept no more than this */
}

void
truce_hold_clear (TruceEngine *engine)
{
  g_free (engine->held_alert);
}

gboolean
truce_engine_holds (const TruceEngine *engine)
{
  return engine->held_since != TRUCE_TIME_NONE;
}

gboolean
truce_hold_doubts (const TruceEngine *engine)
{
  return engine->leapt != TRUCE_TIME_NONE;
}

static TruceTime
built (const TruceEngine *engine)
{
  return engine->options.built ? engine->options.built : TRUCE_TIME_MIN;
}

static TruceTime
least_possible (const TruceEngine *engine)
{
  if (engine->reached == TRUCE_TIME_NONE)
    return built (engine);
  return MAX (built (engine), engine->reached - LAG_ALLOWED);
}

char *
truce_hold_words (TruceEngine *engine, TruceTime now)
{
  const TruceZone *zone = truce_config_zone (engine->config);
  gboolean is_young = engine->held_floor == built (engine);

  if (!truce_engine_holds (engine))
    return NULL;
  g_autofree char *reads = truce_zone_format (zone, now);
  g_autofree char *ran = truce_zone_format (zone, engine->held_floor + (is_young ? 0 : LAG_ALLOWED));
  return g_strdup_printf ("The clock reads %s, but %s %s", reads, is_young ? "this truced was made" : "truced has run",
                          ran);
}

gboolean
truce_hold_refuses (TruceEngine *engine, GError **error)
{
  g_autofree char *words = truce_hold_words (engine, truce_engine_now (engine));

  if (words)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "%s: set the clock first", words);
  return words != NULL;
}

static TruceAlert *
problem (TruceEngine *engine, TruceTime now)
{
  g_autofree char *words = truce_hold_words (engine, now);
  gboolean sure = now < built (engine);
  g_autofree char *body = g_strdup_printf (
      "%s.\nDeadlines wait until the clock is set (timedatectl set-ntp true); feeds are polled meanwhile.%s", words,
      sure ? "" : "\nIf it is right, acknowledge this, and they go on by it; after a day they do so in any case.");
  TruceAlert *alert =
      truce_alert_for_problem ("clock", "The clock cannot be right: deadlines wait", body, engine->held_floor, now);

  alert->urgency = TRUCE_URGENCY_CRITICAL;
  return alert;
}

/* Written when it matters: after a restart it is the same clock that is too late, and the same alert. */
static void
keep_reached (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  if (engine->reached == TRUCE_TIME_NONE || engine->reached == store->reached (store->self))
    return;
  TruceCommit *commit = truce_commit_new (now);
  commit->reached = engine->reached;
  truce_engine_commit (engine, commit);
}

/* What is waited for is counted on over restarts: the alert is the record of it. */
static void
begin (TruceEngine *engine, TruceTime floor, TruceTime now)
{
  engine->held_floor = floor;
  engine->held_since = now;
  keep_reached (engine, now);
  g_autoptr (TruceAlert) alert = problem (engine, now);
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, alert->id, NULL);
  truce_set_text (&engine->held_alert, alert->id);
  engine->held_told = stored != NULL;
  if (stored)
    engine->held_since = MIN (stored->alert->raised, now);
  truce_stored_alert_free (stored);
  truce_engine_changed (engine, "milestones");
}

static void
end (TruceEngine *engine)
{
  engine->held_since = TRUCE_TIME_NONE;
  engine->look_back = TRUE;
  truce_amend_again (engine); /* laid on by the wrong clock, they would come into force before their time */
  truce_engine_changed (engine, "milestones");
}

static gboolean
is_acknowledged (TruceEngine *engine)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, engine->held_alert, NULL);
  gboolean acknowledged = stored && stored->acknowledged != TRUCE_TIME_NONE;

  truce_stored_alert_free (stored);
  return acknowledged;
}

/* The store was wrong, not the clock. */
static void
let_go (TruceEngine *engine, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);

  engine->reached = now;
  commit->window = commit->reached = now;
  truce_engine_commit (engine, commit);
  end (engine);
}

static void
tell (TruceEngine *engine, TruceTime now)
{
  TruceCommit *commit;

  if (engine->held_told || now - engine->held_since < engine->options.clock_patience)
    return;
  engine->held_told = TRUE;
  commit = truce_commit_new (now);
  truce_engine_add_alert (engine, commit, problem (engine, now));
  truce_engine_commit (engine, commit);
}

/* Whose answers are no user's. */
static const TruceOrigin ourselves = { "truced", "truced" };

gboolean
truce_hold_withdrew (const TruceStoredAlert *stored)
{
  return stored->alert->kind == TRUCE_ALERT_PROBLEM && stored->acknowledged != TRUCE_TIME_NONE &&
         g_strcmp0 (stored->acknowledged_by, ourselves.by) == 0 && g_strcmp0 (stored->via, ourselves.via) == 0;
}

/* The clock was set: nobody needs to be told any more, nor to click the popup away. */
static void
withdraw (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  if (engine->held_told && !is_acknowledged (engine) &&
      store->acknowledge (store->self, engine->held_alert, now, &ourselves, NULL))
    truce_engine_changed (engine, "alerts");
}

/* Runs may be short (truced --once), and the clock goes on from one to the next. Written when it changes. */
static void
keep_leapt (TruceEngine *engine, TruceTime now)
{
  TruceTime leapt = MIN (engine->leapt, TRUCE_TIME_MAX);

  if (leapt == engine->leapt_kept)
    return;
  TruceCommit *commit = truce_commit_new (now);
  commit->leapt = engine->leapt_kept = leapt;
  truce_engine_commit (engine, commit);
}

/* Is `now` believed, or does it lie too far ahead of the last that is known? */
static void
note_reached (TruceEngine *engine, TruceTime now)
{
  gboolean far = engine->reached == TRUCE_TIME_NONE || now - engine->reached > LEAP_DOUBTED;

  if (now < engine->leapt)
    engine->leapt = TRUCE_TIME_NONE;
  if (far && (engine->leapt == TRUCE_TIME_NONE || now - engine->leapt < LEAP_PROVEN)) {
    engine->leapt = MIN (engine->leapt, now);
    return;
  }
  engine->leapt = TRUCE_TIME_NONE;
  engine->reached = engine->reached == TRUCE_TIME_NONE ? now : MAX (engine->reached, now);
}

void
truce_hold_reached (TruceEngine *engine, TruceCommit *commit, TruceTime now)
{
  if (truce_hold_doubts (engine))
    return;
  commit->window = now;
  commit->reached = engine->reached;
}

gboolean
truce_hold_step (TruceEngine *engine, TruceTime now)
{
  TruceTime floor = least_possible (engine);

  if (now >= floor) {
    gboolean held = truce_engine_holds (engine);
    if (held) {
      withdraw (engine, now);
      end (engine);
    }
    note_reached (engine, now);
    keep_leapt (engine, now);
    if (held && engine->reached != TRUCE_TIME_NONE) {
      engine->reached++; /* the next clock that is wrong is another matter, with an alert of its own */
      keep_reached (engine, now);
    }
    return FALSE;
  }
  if (!truce_engine_holds (engine) || engine->held_floor != floor || now < engine->held_since)
    begin (engine, floor, now);
  if (now >= built (engine) && (now - engine->held_since >= HOLD_LONGEST || is_acknowledged (engine))) {
    let_go (engine, now);
    return FALSE;
  }
  tell (engine, now);
  return TRUE;
}

TruceTime
truce_hold_next (const TruceEngine *engine)
{
  TruceTime next = engine->held_floor;

  if (!engine->held_told)
    next = MIN (next, engine->held_since + engine->options.clock_patience);
  if (engine->held_floor > built (engine))
    next = MIN (next, MAX (engine->held_since + HOLD_LONGEST, built (engine)));
  return next;
}
