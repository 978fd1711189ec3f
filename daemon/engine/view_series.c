/* SPDX-License-Identifier: MIT */
/* Milestones that repeat, for people: what comes after this date, and how those before it ended. */
#include "base/reason.h"
#include "engine/engine_private.h"
#include "engine/view_private.h"

#define PASSED_SHOWN 5
#define NEXT_SHOWN 3

static void
set_occurrence (json_t *record, gint64 day)
{
  char name[TRUCE_OCCURRENCE_NAME_SIZE];

  truce_json_set_text (record, "occurrence", truce_occurrence_name (day, name));
}

/* The occurrence of `day`, as it stands. */
static const TruceMilestone *
find_occurrence (TruceEngine *engine, const TruceMilestone *milestone, gint64 day)
{
  char name[TRUCE_OCCURRENCE_NAME_SIZE];
  g_autofree char *id = g_strdup_printf ("%s%c%s", milestone->series_id ? milestone->series_id : milestone->id,
                                         TRUCE_OCCURRENCE_MARK, truce_occurrence_name (day, name));

  return truce_config_find_milestone (engine->config, id);
}

/* The next after `day` that has not been met or cancelled before its time. */
static const TruceMilestone *
next_after (TruceEngine *engine, const TruceMilestone *milestone, gint64 day, TruceTime now)
{
  while (truce_series_next (milestone->series, day, &day)) {
    const TruceMilestone *next = find_occurrence (engine, milestone, day);
    if (!next || !truce_milestone_ended_at (next, now))
      return next;
    if (truce_milestone_ended_at (milestone, now) && milestone->cancelled.at <= now)
      return NULL; /* with this one, maybe all of them were */
  }
  return NULL;
}

static const TruceSpan *
span_of (const TruceMilestone *milestone, TruceTime now)
{
  return &truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, now))->span;
}

void
truce_view_set_series (json_t *record, TruceEngine *engine, const TruceMilestone *milestone)
{
  TruceTime now = truce_engine_now (engine);
  const TruceMilestone *then = milestone->series_id ? next_after (engine, milestone, milestone->occurrence, now) : NULL;

  truce_json_set_text (record, "repeat", truce_series_rule (milestone->series));
  if (milestone->series_id)
    set_occurrence (record, milestone->occurrence);
  if (then)
    truce_json_set_time (record, "then", span_of (then, now)->earliest);
}

TruceTime
truce_view_series_began (const TruceMilestone *milestone, TruceTime otherwise)
{
  TruceSpan span;
  gint64 day;

  if (!truce_series_previous (milestone->series, milestone->occurrence, &day))
    return otherwise;
  truce_series_span (milestone->series, day, &span);
  TruceTime began = span.latest;
  truce_span_clear (&span);
  return began;
}

static json_t *
date_to_json (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  const TruceSpan *span = span_of (milestone, now);
  const TruceEnding *ending = now >= milestone->met.at         ? &milestone->met
                              : now >= milestone->cancelled.at ? &milestone->cancelled
                                                               : NULL;
  g_autofree char *history = truce_view_history (engine, milestone, now);
  json_t *record = json_object ();

  set_occurrence (record, milestone->occurrence);
  truce_view_set_span (record, span);
  truce_json_set_text (record, "state", truce_view_state_of (milestone, span, now));
  truce_json_set_text (record, "history", history);
  if (ending) {
    truce_json_set_reason (record, ending->why);
    truce_json_set_text (record, "by", ending->by);
  }
  return record;
}

static json_t *
dates_to_json (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  const TruceSeries *series = milestone->series;
  gint64 day = truce_zone_day_of (truce_series_first (series)->zone, now), before = day;
  json_t *dates = json_array ();

  for (guint i = 0; i < PASSED_SHOWN && truce_series_previous (series, before, &before); i++) {
    const TruceMilestone *each = find_occurrence (engine, milestone, before);
    if (each)
      json_array_insert_new (dates, 0, date_to_json (engine, each, now));
  }
  day--;
  for (guint i = 0; i < NEXT_SHOWN && truce_series_next (series, day, &day); i++) {
    const TruceMilestone *each = find_occurrence (engine, milestone, day);
    if (each)
      json_array_append_new (dates, date_to_json (engine, each, now));
  }
  return dates;
}

json_t *
truce_view_series (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  json_t *record = json_object (), *except = json_array ();
  char from_name[TRUCE_OCCURRENCE_NAME_SIZE], end_name[TRUCE_OCCURRENCE_NAME_SIZE];
  g_autofree char *all = g_strdup_printf ("%s%c" TRUCE_OCCURRENCE_ALL, milestone->series_id ? milestone->series_id : "",
                                          TRUCE_OCCURRENCE_MARK);
  const TruceMilestone *series = milestone->series_id ? truce_config_find_milestone (engine->config, all) : milestone;
  gint64 from, end;

  truce_json_set_text (record, "rule", truce_series_rule (milestone->series));
  truce_json_set_text (record, "statement", series ? truce_milestone_revision (series, 0)->statement : NULL);
  truce_view_set_span (record, truce_series_first (milestone->series));
  for (guint i = 0; truce_series_left_out (milestone->series, i, &from, &end); i++) {
    truce_occurrence_name (from, from_name);
    truce_occurrence_name (end - 1, end_name);
    g_autofree char *days = end - from > 1 ? g_strdup_printf ("%s/%s", from_name, end_name) : g_strdup (from_name);
    json_array_append_new (except, json_string (days));
  }
  truce_json_set_steal (record, "except", except);
  truce_json_set_steal (record, "dates", dates_to_json (engine, milestone, now));
  return record;
}
