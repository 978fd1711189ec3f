/* SPDX-License-Identifier: MIT */
#include "engine/agenda.h"

#include <stdio.h>
#include <string.h>

#include "base/reason.h"
#include "deadline/except.h"
#include "deadline/icalendar.h"
#include "deadline/restate.h"
#include "engine/view.h"

/* FALSE for what is no record of a date. */
static gboolean
span_from_record (const json_t *record, TruceSpan *ret_span)
{
  const char *zone = truce_json_get_text (record, "zone"), *precision = truce_json_get_text (record, "precision");
  TruceTime latest = truce_json_get_time (record, "due_latest");
  TruceSpan span = { .earliest = truce_json_get_time (record, "due"), .precision = TRUCE_PRECISION_INTERVAL };

  span.zone = zone ? truce_zone_new (zone, NULL) : NULL;
  if (!span.zone || !precision || span.earliest == TRUCE_TIME_NONE) {
    truce_zone_unref (span.zone);
    return FALSE;
  }
  span.latest = latest == TRUCE_TIME_NONE ? span.earliest : latest;
  span.approximate = truce_json_get_boolean (record, "approximate");
  (void) truce_precision_from_text (precision, &span.precision);
  *ret_span = span;
  return TRUE;
}

static gboolean
take_revisions (TruceMilestone *milestone, const json_t *revisions)
{
  const json_t *record;
  size_t index;

  json_array_foreach (revisions, index, record) {
    TruceTime since = truce_json_get_time (record, "since");
    g_autofree char *reason = truce_json_get_reason (record);
    const char *statement = truce_json_get_text (record, "statement");
    TruceSpan span;

    if (truce_json_get_boolean (record, "undone"))
      continue; /* a date that was taken back is nobody's any more */
    if (!statement || !span_from_record (record, &span))
      return FALSE;
    truce_milestone_add_revision (milestone, since == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : since, &span,
                                  truce_arena_text (milestone->arena, statement),
                                  truce_arena_text (milestone->arena, reason), 0);
    truce_span_clear (&span);
  }
  return milestone->n_revisions > 0;
}

/* The first date, the rule, and what is left out: by the configuration, or since it was met or cancelled. */
static gboolean
take_series (TruceMilestone *milestone, const json_t *record)
{
  const json_t *series = json_object_get (record, "series"), *each;
  const char *rule = truce_json_get_text (series, "rule"), *mark;
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
  TruceSpan first;
  size_t index;

  if (!rule || !span_from_record (series, &first))
    return FALSE;
  g_autofree char *statement = truce_span_restate (&first, truce_json_get_text (series, "statement"), milestone->zone);
  truce_milestone_add_revision (milestone, TRUCE_TIME_MIN, &first, truce_arena_text (milestone->arena, statement), NULL,
                                0);
  milestone->series = truce_series_new (rule, &first, NULL);
  truce_span_clear (&first);
  if (!milestone->series)
    return FALSE;
  json_array_foreach (json_object_get (series, "except"), index, each) {
    truce_series_except (milestone->series, json_is_string (each) ? json_string_value (each) : "", doubts, NULL);
  }
  json_array_foreach (json_object_get (record, "amendments"), index, each) {
    const char *id = truce_json_get_text (each, "milestone"), *kind = truce_json_get_text (each, "kind");
    gboolean ends = g_strcmp0 (kind, "met") == 0 || g_strcmp0 (kind, "cancelled") == 0;
    mark = id ? strchr (id, TRUCE_OCCURRENCE_MARK) : NULL;
    if (mark && ends && truce_json_get_time (each, "undone") == TRUCE_TIME_NONE)
      truce_series_except (milestone->series, mark + 1, doubts, NULL);
  }
  return TRUE;
}

static void
take_leads (TruceMilestone *milestone, const json_t *record)
{
  const json_t *text, *texts = json_object_get (record, "leads");
  TruceLead leads[TRUCE_LEADS_MAX];
  guint n_leads = 0, hour, minute;
  const char *remind_at = truce_json_get_text (record, "remind_at"), *nag = truce_json_get_text (record, "nag");
  size_t index;

  json_array_foreach (texts, index, text) {
    if (json_is_string (text) && n_leads < TRUCE_LEADS_MAX &&
        truce_lead_parse (json_string_value (text), &leads[n_leads]))
      n_leads++;
  }
  truce_milestone_set_leads (milestone, leads, n_leads);
  if (nag && truce_lead_parse (nag, &milestone->nag))
    milestone->has_nag = milestone->nag.after = TRUE;
  if (remind_at && sscanf (remind_at, "%2u:%2u", &hour, &minute) == 2)
    milestone->remind_at = (int) (hour * 60 + minute);
}

static void
take_ending (TruceMilestone *milestone, const json_t *record)
{
  const char *state = truce_json_get_text (record, "state");
  TruceEnding *ending = g_strcmp0 (state, "met") == 0         ? &milestone->met
                        : g_strcmp0 (state, "cancelled") == 0 ? &milestone->cancelled
                                                              : NULL;

  if (!ending)
    return;
  ending->at = truce_json_get_time (record, "ended");
  g_autofree char *reason = truce_json_get_reason (record);
  ending->why = truce_arena_text (milestone->arena, reason);
}

static const char *const *
texts_of (TruceArena *arena, const json_t *texts)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new ();
  const json_t *text;
  size_t index;

  json_array_foreach (texts, index, text) {
    if (json_is_string (text))
      g_ptr_array_add (strings, (gpointer) json_string_value (text));
  }
  g_ptr_array_add (strings, NULL);
  return truce_arena_texts (arena, (const char *const *) strings->pdata);
}

/* It is an event by the UID that it has anyway. */
static void
set_sequence (TruceMilestone *milestone, guint sequence)
{
  g_autofree char *uid = g_strconcat (milestone->id, TRUCE_ICALENDAR_UID_SUFFIX, NULL);

  truce_milestone_set_event (milestone, "", uid, sequence);
}

/* Of a record with dates of its own. */
static gboolean
take_dates (TruceMilestone *milestone, const json_t *record)
{
  if (!take_revisions (milestone, json_object_get (record, "revisions")))
    return FALSE;
  take_ending (milestone, record);
  return TRUE;
}

static void
take_words (TruceMilestone *milestone, const json_t *record)
{
  milestone->title = truce_arena_text (milestone->arena, truce_json_get_text (record, "title"));
  milestone->url = truce_arena_text (milestone->arena, truce_json_get_text (record, "url"));
  milestone->match = truce_arena_text (milestone->arena, truce_json_get_text (record, "match"));
  milestone->tags = texts_of (milestone->arena, json_object_get (record, "tags"));
}

/* What repeats is its rule, whatever becomes of one date (`one`: that). (transfer full); NULL when the record is not
 * one that this trucectl knows. */
static TruceMilestone *
milestone_from_record (const json_t *record, gboolean one)
{
  const char *id = truce_json_get_text (record, "id"), *zone = truce_json_get_text (record, "timezone");
  TruceTime starts = truce_json_get_time (record, "starts"), modified = truce_json_get_time (record, "modified");
  g_autoptr (TruceMilestone) milestone = id ? truce_milestone_new (id) : NULL;
  gboolean repeats = !one && json_object_get (record, "series");
  guint sequence = (guint) truce_json_get_integer (record, one ? "revision" : "sequence", 0);

  if (!milestone || !zone)
    return NULL;
  milestone->zone = truce_zone_new (zone, NULL);
  if (!milestone->zone || !(repeats ? take_series (milestone, record) : take_dates (milestone, record)))
    return NULL;
  take_words (milestone, record);
  if (starts != TRUCE_TIME_NONE) {
    milestone->has_starts = TRUE;
    milestone->starts = (TruceSpan){ starts, starts, TRUCE_PRECISION_INSTANT, FALSE, truce_zone_ref (milestone->zone) };
  }
  if (modified != TRUCE_TIME_NONE)
    milestone->modified = modified;
  take_leads (milestone, record);
  if (truce_json_get_text (record, "uid"))
    truce_milestone_set_event (milestone, truce_json_get_text (record, "calendar"), truce_json_get_text (record, "uid"),
                               sequence);
  else if (!repeats) /* what was taken back counts, and the revisions do not show it */
    set_sequence (milestone, sequence);
  return g_steal_pointer (&milestone);
}

gboolean
truce_agenda_add (GString *calendar, const json_t *record, const char *organizer, TruceTime now)
{
  g_autoptr (TruceMilestone) milestone = milestone_from_record (record, FALSE);

  if (!milestone)
    return FALSE;
  truce_icalendar_add (calendar, milestone, organizer, now);
  return TRUE;
}

void
truce_agenda_add_moved (GString *calendar, const json_t *record, const char *organizer, TruceTime now)
{
  const char *name = truce_json_get_text (record, "occurrence");
  g_autoptr (TruceMilestone) series = NULL, moved = NULL;
  gint64 day;

  if (!name || truce_json_get_integer (record, "revision", 0) == 0 || json_object_get (record, "ended") ||
      !truce_occurrence_from_name (name, &day))
    return;
  series = milestone_from_record (record, FALSE);
  moved = series ? milestone_from_record (record, TRUE) : NULL;
  if (!moved)
    return;
  moved->series = truce_series_ref (series->series);
  moved->series_id = moved->id;
  moved->occurrence = day;
  truce_icalendar_add (calendar, moved, organizer, now);
}

/* --- of an engine --- */

char *
truce_agenda_of (TruceEngine *engine, const TruceSink *sink)
{
  const TruceConfig *config = truce_engine_config (engine);
  TruceTime now = truce_engine_now (engine);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *calendar = g_string_new (NULL);

  truce_icalendar_begin (calendar, NULL);
  for (guint i = 0; i < truce_config_n_milestones (config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (config, i);
    const char *id = milestone->series_id ? milestone->series_id : milestone->id;
    gboolean moved = milestone->series_id && milestone->n_revisions > 1;
    if (!truce_sink_wants (sink, milestone->tags))
      continue;
    if (truce_config_shows (config, milestone) && g_hash_table_add (seen, (gpointer) id)) {
      g_autoptr (json_t) record = truce_view_milestone (engine, id, NULL); /* of what repeats, several may be shown */
      if (record)
        truce_agenda_add (calendar, record, NULL, now);
    }
    if (moved) {
      g_autoptr (json_t) record = truce_view_milestone (engine, milestone->id, NULL);
      truce_agenda_add_moved (calendar, record, NULL, now);
    }
  }
  truce_icalendar_end (calendar);
  return g_string_free (calendar, FALSE);
}

/* --- of an alert --- */

/* Does it tell when a date is? What has passed is in nobody's way, and what the news says is no date yet. */
static gboolean
tells_date (TruceAlertKind kind)
{
  return kind == TRUCE_ALERT_LEAD || kind == TRUCE_ALERT_DUE || kind == TRUCE_ALERT_WINDOW_OPEN ||
         kind == TRUCE_ALERT_CHANGED;
}

/* (element-type utf8) (transfer container): ids, each once. */
static GPtrArray *
dates_of (const TruceAlert *alert)
{
  GPtrArray *ids = g_ptr_array_new ();

  if (alert->milestone && tells_date (alert->kind))
    g_ptr_array_add (ids, alert->milestone);
  for (guint i = 0; alert->alerts && i < alert->alerts->len; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (alert->alerts, i);
    if (brief->milestone && tells_date (brief->kind) &&
        !g_ptr_array_find_with_equal_func (ids, brief->milestone, g_str_equal, NULL))
      g_ptr_array_add (ids, brief->milestone);
  }
  return ids;
}

char *
truce_agenda_for (TruceEngine *engine, const TruceAlert *alert, const char *organizer)
{
  g_autoptr (GPtrArray) ids = dates_of (alert);
  GString *calendar = g_string_new (NULL);
  gboolean any = FALSE;

  truce_icalendar_begin (calendar, "PUBLISH");
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (json_t) record = truce_view_milestone (engine, g_ptr_array_index (ids, i), NULL);
    if (!record || !truce_agenda_add (calendar, record, organizer, truce_engine_now (engine)))
      continue;
    truce_agenda_add_moved (calendar, record, organizer, truce_engine_now (engine));
    any = TRUE;
  }
  truce_icalendar_end (calendar);
  return g_string_free (calendar, !any);
}
