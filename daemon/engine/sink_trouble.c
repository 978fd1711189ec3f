/* SPDX-License-Identifier: MIT */
/* A sink that goes on failing: what is told of that, and what is given up in the end. */
#include <string.h>

#include "engine/sink_private.h"

#define TOLD_AFTER (30 * TRUCE_MINUTE)           /* a server that restarts, or a router, is back by then */
#define TOLD_FAILURES 4u                         /* in a row: one before a suspend and one behind it are no half hour */
#define REFUSAL_TOLD_EVERY TRUCE_DAY             /* by a receiver that takes some and refuses others, in turn */
#define GIVEN_UP_TOLD_EVERY (7 * TRUCE_DAY)      /* while it lasts */
#define STILL_FAILS (TRUCE_DAY + 2 * TRUCE_HOUR) /* the longest wait for a next try, and some */

void
truce_sink_run_free (gpointer data)
{
  SinkRun *run = data;

  truce_alert_unref (run->in_flight);
  g_free (run->error);
  g_free (run);
}

SinkRun *
truce_sink_run (TruceEngine *engine, const char *sink)
{
  SinkRun *run = g_hash_table_lookup (engine->sinks, sink);

  if (!run) {
    run = g_new0 (SinkRun, 1);
    run->until = TRUCE_TIME_MIN;
    run->failing_since = run->last_failure = run->told_at = TRUCE_TIME_NONE;
    g_hash_table_insert (engine->sinks, g_strdup (sink), run);
  }
  return run;
}

/* A failure before a suspend and one behind it do not make a day. */
static void
note_failure (SinkRun *run, const char *error, TruceTime at)
{
  if (run->last_failure == TRUCE_TIME_NONE || at - run->last_failure > STILL_FAILS)
    run->failing_since = at;
  run->last_failure = at;
  truce_set_text (&run->error, error);
}

void
truce_sink_failed (SinkRun *run, const char *error, TruceTime now)
{
  run->failures++;
  note_failure (run, error, now);
}

static void
forget_failures (SinkRun *run)
{
  run->failures = run->given_up = 0;
  run->failing_since = run->last_failure = TRUCE_TIME_NONE;
}

void
truce_sink_works (SinkRun *run)
{
  forget_failures (run);
  run->refuses = FALSE;
  run->is_back = run->is_back || run->is_told;
  run->is_told = FALSE;
}

void
truce_sink_refuses (SinkRun *run, const char *error)
{
  forget_failures (run);
  run->refuses = TRUE;
  truce_set_text (&run->error, error);
}

/* Since when it has been failing is in the record of the alert it failed at. */
void
truce_sink_recall (TruceEngine *engine, SinkRun *run, const TruceOutboxEntry *entry)
{
  g_autoptr (GPtrArray) records = engine->ports.store.deliveries (engine->ports.store.self, entry->alert);

  run->failures = MAX (run->failures, entry->attempts);
  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (!record->delivered && strcmp (record->sink, entry->sink) == 0 &&
        !g_str_has_prefix (record->error, TRUCE_HELD_BACK))
      note_failure (run, record->error, record->at);
  }
}

/* One that was put off counts from its return. A sink that was not tried for long, since the machine was off, has its
 * chance first; and a clock that may be wrong gives nothing up. */
gboolean
truce_sink_gives_up (TruceEngine *engine, const SinkRun *run, const TruceStoredAlert *stored, TruceTime now)
{
  TruceTime since =
      stored->snoozed == TRUCE_TIME_NONE ? stored->alert->raised : MAX (stored->alert->raised, stored->snoozed);

  return run->failures > 0 && now - run->last_failure <= STILL_FAILS && now - since > TRUCE_OUTBOX_EXPIRY &&
         !truce_hold_doubts (engine) && !truce_engine_holds (engine);
}

/* --- what is told --- */

/* (transfer full) */
static char *
lost_title (const char *sink)
{
  return g_strdup_printf ("Alerts do not reach %s", sink);
}

/* (transfer full) */
static char *
back_title (const char *sink)
{
  return g_strdup_printf ("Alerts reach %s again", sink);
}

void
truce_sink_recall_told (TruceEngine *engine, const char *sink, SinkRun *run)
{
  const TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .kind = truce_alert_kind_to_text (TRUCE_ALERT_PROBLEM) };
  g_autoptr (GPtrArray) problems = engine->ports.store.alerts (engine->ports.store.self, &filter);
  g_autofree char *lost = lost_title (sink), *back = back_title (sink);

  for (guint i = 0; i < problems->len && run->told_at == TRUCE_TIME_NONE; i++) {
    const TruceAlert *alert = ((const TruceStoredAlert *) g_ptr_array_index (problems, i))->alert;
    run->is_told = run->is_told || (!run->is_back && strcmp (alert->title, lost) == 0);
    run->is_back = run->is_back || strcmp (alert->title, back) == 0;
    if (strcmp (alert->title, lost) == 0)
      run->told_at = alert->raised;
  }
  run->is_back = FALSE; /* that was told */
}

/* To the others: what is about `sink` would not reach it, or is known there. */
static void
tell_others (TruceEngine *engine, const char *sink, TruceAlert *alert, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);
  g_auto (GStrv) sinks = truce_engine_sinks_for (engine, alert);
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();

  for (guint i = 0; sinks[i]; i++)
    if (strcmp (sinks[i], sink) != 0)
      g_strv_builder_add (others, sinks[i]);
  g_auto (GStrv) ids = g_strv_builder_end (others);
  truce_commit_add_alert (commit, alert, (const char *const *) ids);
  truce_engine_commit (engine, commit);
  truce_engine_wake (engine);
}

static void
tell_lost (TruceEngine *engine, const char *sink, SinkRun *run, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  TruceTime since = run->refuses ? now : run->failing_since;
  g_autofree char *cause = g_strdup_printf ("sink %s", sink), *title = lost_title (sink);
  g_autofree char *when = truce_zone_format (truce_config_zone (engine->config), since - since % TRUCE_SECOND);
  g_autoptr (GPtrArray) waiting = store->outbox_due (store->self, sink, TRUCE_TIME_NONE - 1, G_MAXUINT);
  g_autofree char *rest =
      run->refuses ? g_strdup ("What it refused is set aside: see trucectl status.")
                   : g_strdup_printf ("%u %s for it.", waiting->len, waiting->len == 1 ? "alert waits" : "alerts wait");
  g_autofree char *body = g_strdup_printf ("%s, since %s. %s", run->error ? run->error : "It fails", when, rest);

  run->is_told = TRUE;
  run->told_at = now;
  tell_others (engine, sink, truce_alert_for_problem (cause, title, body, since, now), now);
}

static void
tell_back (TruceEngine *engine, const char *sink, SinkRun *run, TruceTime now)
{
  g_autofree char *cause = g_strdup_printf ("sink back %s", sink), *title = back_title (sink);
  TruceAlert *alert = truce_alert_for_problem (cause, title, NULL, run->told_at, now);

  run->is_back = FALSE;
  alert->urgency = TRUCE_URGENCY_LOW;
  tell_others (engine, sink, alert, now);
}

static gboolean
is_worth_telling (const SinkRun *run, TruceTime now)
{
  if (run->is_told)
    return FALSE;
  if (run->refuses)
    return run->told_at == TRUCE_TIME_NONE || now - run->told_at >= REFUSAL_TOLD_EVERY;
  return run->failures >= TOLD_FAILURES && now - run->failing_since >= TOLD_AFTER;
}

void
truce_sink_tell_trouble (TruceEngine *engine, const char *sink, SinkRun *run, TruceTime now)
{
  if (run->is_back)
    tell_back (engine, sink, run, now);
  if (is_worth_telling (run, now))
    tell_lost (engine, sink, run, now);
  if (run->given_up > 0) {
    g_autofree char *cause = g_strdup_printf ("given up %s", sink);
    g_autofree char *title = g_strdup_printf ("Alerts for the sink %s are given up", sink);
    g_autofree char *body = g_strdup_printf ("It has failed for %d days, and is not told what is older than that: %s\n"
                                             "trucectl alerts lists all that was raised.",
                                             (int) (TRUCE_OUTBOX_EXPIRY / TRUCE_DAY), run->error ? run->error : "");
    run->given_up = 0;
    truce_engine_problem (engine, cause, title, body, now - now % GIVEN_UP_TOLD_EVERY);
  }
}
