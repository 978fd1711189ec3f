/* SPDX-License-Identifier: MIT */
/* A sink that goes on failing: what is told of that, and what is given up in the end. */
#include <string.h>

#include "engine/sink_private.h"

#define TOLD_AFTER TRUCE_DAY                     /* until then it may have been a night, a reboot, a provider */
#define GIVEN_UP_TOLD_EVERY (7 * TRUCE_DAY)      /* while it lasts */
#define STILL_FAILS (TRUCE_DAY + 2 * TRUCE_HOUR) /* the longest wait for a next try, and some */

void
truce_sink_run_free (gpointer data)
{
  SinkRun *run = data;

  truce_alert_unref (run->in_flight);
  g_free (run->first);
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
    run->failing_since = run->last_failure = TRUCE_TIME_NONE;
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

void
truce_sink_works (SinkRun *run)
{
  run->failures = run->given_up = 0;
  run->failing_since = run->last_failure = TRUCE_TIME_NONE;
  run->is_told = FALSE;
}

/* Since when it has been failing is in the record of the alert it failed at. */
void
truce_sink_recall (TruceEngine *engine, SinkRun *run, const TruceOutboxEntry *entry)
{
  g_autoptr (GPtrArray) records = engine->ports.store.deliveries (engine->ports.store.self, entry->alert);

  run->failures = MAX (run->failures, entry->attempts);
  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (!record->delivered && strcmp (record->sink, entry->sink) == 0)
      note_failure (run, record->error, record->at);
  }
}

/* One that was put off counts from its return. A sink that was not tried for long, since the machine was off, has its
 * chance first; and a clock that may be wrong gives nothing up. */
gboolean
truce_sink_gives_up (TruceEngine *engine, SinkRun *run, const TruceStoredAlert *stored, TruceTime now)
{
  TruceTime since =
      stored->snoozed == TRUCE_TIME_NONE ? stored->alert->raised : MAX (stored->alert->raised, stored->snoozed);

  if (run->failures == 0 || now - run->last_failure > STILL_FAILS || now - since <= TRUCE_OUTBOX_EXPIRY ||
      truce_hold_doubts (engine) || truce_engine_holds (engine))
    return FALSE;
  run->given_up++;
  return TRUE;
}

static void
tell (TruceEngine *engine, const char *sink, const char *what, const char *title, const char *body, TruceTime since)
{
  g_autofree char *cause = g_strdup_printf ("%s %s", what, sink);

  truce_engine_problem (engine, cause, title, body, since);
}

void
truce_sink_tell_trouble (TruceEngine *engine, const char *sink, SinkRun *run, TruceTime now)
{
  const char *error = run->error ? run->error : "";

  if (!run->is_told && run->failing_since != TRUCE_TIME_NONE && run->failures > 0 &&
      now - run->failing_since >= TOLD_AFTER) {
    g_autofree char *title = g_strdup_printf ("Alerts wait for the sink %s", sink);
    g_autofree char *body = g_strdup_printf ("It has failed for a day: %s", error);
    run->is_told = TRUE;
    tell (engine, sink, "sink", title, body, run->failing_since);
  }
  if (run->given_up > 0) {
    g_autofree char *title = g_strdup_printf ("Alerts for the sink %s are given up", sink);
    g_autofree char *body = g_strdup_printf ("It has failed for %d days, and is not told what is older than that: %s\n"
                                             "trucectl alerts lists all that was raised.",
                                             (int) (TRUCE_OUTBOX_EXPIRY / TRUCE_DAY), error);
    run->given_up = 0;
    tell (engine, sink, "given up", title, body, now - now % GIVEN_UP_TOLD_EVERY);
  }
}
