/* SPDX-License-Identifier: MIT */
/* When to stop repeating that a date has passed. */
#include <string.h>

#include "engine/engine_private.h"

/* Is `alert` about the date `span` of `milestone`, under `revision`? Or about the same date by the name that it had
 * before the milestone began to repeat, or while it did, when it had numbers of its own? */
static gboolean
is_about (const TruceAlert *alert, const TruceMilestone *milestone, guint revision, const TruceSpan *span)
{
  if (!alert->has_due || !alert->milestone)
    return FALSE;
  if (strcmp (alert->milestone, milestone->id) == 0)
    return alert->revision == revision;
  if (milestone->series_id ? strcmp (alert->milestone, milestone->series_id) != 0
                           : !truce_milestone_id_is_of (alert->milestone, milestone->id))
    return FALSE;
  return alert->due == span->earliest && (alert->due_latest == span->latest || span->latest == span->earliest);
}

/* Does `alert` say that its date has come or has passed? */
static gboolean
says_it_has_come (const TruceAlert *alert)
{
  return alert->kind == TRUCE_ALERT_DUE || alert->kind == TRUCE_ALERT_PASSED ||
         (alert->kind == TRUCE_ALERT_LEAD && alert->lead && *alert->lead == '+');
}

/* What was told of the date in force of `milestone`, under `revision`, that it has come, and was answered:
 * TruceStoredAlert *. */
static GPtrArray *
answered_of (TruceEngine *engine, const TruceMilestone *milestone, guint revision, const TruceSpan *span)
{
  const TruceAlertFilter filter = {
    .since = span->earliest,
    .milestone = milestone->series_id ? milestone->series_id : milestone->id,
    .answered = TRUE,
  };
  GPtrArray *alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);

  for (guint i = alerts->len; i > 0; i--) {
    const TruceAlert *alert = ((const TruceStoredAlert *) g_ptr_array_index (alerts, i - 1))->alert;
    if (!says_it_has_come (alert) || !is_about (alert, milestone, revision, span))
      g_ptr_array_remove_index (alerts, i - 1);
  }
  return alerts;
}

void
truce_nagging_look_again (TruceEngine *engine)
{
  g_hash_table_remove_all (engine->unanswered);
}

/* Each repetition asks, and has as many before it as there were: that none was answered is remembered. */
gboolean
truce_nagging_holds (TruceEngine *engine, const TruceMilestone *milestone, guint revision, TruceTime now)
{
  g_autofree char *date = g_strdup_printf ("%s %u", milestone->id, revision); /* no id has a space */
  gboolean acknowledged = FALSE, put_off = FALSE;
  TruceSpan span;
  guint current;

  if (g_hash_table_contains (engine->unanswered, date))
    return FALSE;
  truce_deadlines_current (engine, milestone, now, &current, &span);
  g_autoptr (GPtrArray) answered = answered_of (engine, milestone, revision, &span);
  truce_span_clear (&span);
  for (guint i = 0; i < answered->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (answered, i);
    acknowledged = acknowledged || stored->acknowledged != TRUCE_TIME_NONE;
    put_off = put_off || (stored->snoozed != TRUCE_TIME_NONE && stored->snoozed > now);
  }
  if (answered->len == 0)
    g_hash_table_add (engine->unanswered, g_steal_pointer (&date));
  if (acknowledged)
    truce_schedule_end_nags (engine->schedule, milestone->id);
  return acknowledged || put_off;
}

/* What comes round by itself, or is in somebody's calendar, waits for an answer only where it was asked to nag. What
 * has no nag is forgotten with its alerts, and so with their answers. */
static gboolean
wants_answer (TruceEngine *engine, const TruceMilestone *milestone, const TruceSpan *span, TruceTime now)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  TruceTime passed = MAX (span->earliest, span->latest);

  if (!stored || now < passed || stored->since >= passed)
    return FALSE;
  return milestone->has_nag ||
         (!milestone->series_id && !milestone->event && now - passed < TRUCE_STORE_ALERT_RETENTION);
}

gboolean
truce_nagging_is_overdue (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  gboolean overdue;
  TruceSpan span;
  guint revision;

  if (truce_milestone_ended_at (milestone, now) || truce_engine_holds (engine))
    return FALSE;
  truce_deadlines_current (engine, milestone, now, &revision, &span);
  overdue = wants_answer (engine, milestone, &span, now);
  g_autoptr (GPtrArray) told = overdue ? answered_of (engine, milestone, revision, &span) : NULL;
  truce_span_clear (&span);
  for (guint i = 0; told && i < told->len; i++)
    overdue = overdue && ((const TruceStoredAlert *) g_ptr_array_index (told, i))->acknowledged == TRUCE_TIME_NONE;
  return overdue;
}

guint
truce_nagging_n_overdue (TruceEngine *engine, TruceTime now)
{
  guint count = 0;

  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    if (truce_config_shows (engine->config, milestone) && truce_nagging_is_overdue (engine, milestone, now))
      count++;
  }
  return count;
}

char **
truce_nagging_answers (TruceEngine *engine, TruceTime now)
{
  g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();

  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    TruceSpan span;
    guint revision;
    if (!milestone->has_nag || truce_milestone_ended_at (milestone, now))
      continue;
    truce_deadlines_current (engine, milestone, now, &revision, &span);
    g_autoptr (GPtrArray) answered = span.latest <= now ? answered_of (engine, milestone, revision, &span) : NULL;
    truce_span_clear (&span);
    for (guint j = 0; answered && j < answered->len; j++) {
      const TruceStoredAlert *stored = g_ptr_array_index (answered, j);
      if (stored->acknowledged != TRUCE_TIME_NONE)
        g_strv_builder_add (answers, stored->alert->id);
    }
  }
  return g_strv_builder_end (answers);
}
