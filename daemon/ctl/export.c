/* SPDX-License-Identifier: MIT */
/* export: milestones as a calendar, from a running truced or from a configuration. */
#include <stdio.h>
#include <string.h>

#include "base/reason.h"
#include "ctl/client.h"
#include "ctl/verbs.h"
#include "deadline/except.h"
#include "deadline/icalendar.h"
#include "deadline/restate.h"
#include "io/config_load.h"

/* --- from a configuration --- */

static TruceExit
export_config (TruceCtl *ctl, GString *calendar)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_load (ctl->config, ctl->now, diags);

  if (!config) {
    g_autofree char *findings = truce_diags_to_text (diags);
    fputs (findings, stderr);
    return TRUCE_EXIT_NO;
  }
  for (guint i = 1; i < ctl->n_arguments; i++) {
    const TruceMilestone *milestone = truce_config_find_milestone (config, ctl->arguments[i]);

    if (!milestone)
      return truce_ctl_fail (TRUCE_EXIT_NO, "no milestone has the id \"%s\"", ctl->arguments[i]);
    truce_icalendar_add (calendar, milestone, ctl->now);
  }
  for (guint i = 0; i < truce_config_n_milestones (config) && ctl->n_arguments == 1; i++)
    truce_icalendar_add (calendar, truce_config_milestone (config, i), ctl->now);
  return TRUCE_EXIT_DONE;
}

/* --- from truced, whose records have all that a calendar needs --- */

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
  for (guint i = 0; i < TRUCE_N_PRECISIONS; i++)
    if (strcmp (truce_precision_to_text ((TrucePrecision) i), precision) == 0)
      span.precision = (TrucePrecision) i;
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

/* (transfer full); NULL when the record is not one that this trucectl knows. */
static TruceMilestone *
milestone_from_record (const json_t *record)
{
  const char *id = truce_json_get_text (record, "id"), *zone = truce_json_get_text (record, "timezone");
  TruceTime starts = truce_json_get_time (record, "starts");
  g_autoptr (TruceMilestone) milestone = id ? truce_milestone_new (id) : NULL;

  if (!milestone || !zone)
    return NULL;
  milestone->zone = truce_zone_new (zone, NULL);
  if (!milestone->zone ||
      !(json_object_get (record, "series") ? take_series (milestone, record)
                                           : take_revisions (milestone, json_object_get (record, "revisions"))))
    return NULL;
  milestone->title = truce_arena_text (milestone->arena, truce_json_get_text (record, "title"));
  milestone->url = truce_arena_text (milestone->arena, truce_json_get_text (record, "url"));
  milestone->match = truce_arena_text (milestone->arena, truce_json_get_text (record, "match"));
  milestone->tags = texts_of (milestone->arena, json_object_get (record, "tags"));
  if (starts != TRUCE_TIME_NONE) {
    milestone->has_starts = TRUE;
    milestone->starts = (TruceSpan){ starts, starts, TRUCE_PRECISION_INSTANT, FALSE, truce_zone_ref (milestone->zone) };
  }
  TruceTime modified = truce_json_get_time (record, "modified");
  if (modified != TRUCE_TIME_NONE)
    milestone->modified = modified;
  take_leads (milestone, record);
  if (!milestone->series) /* which is one date's */
    take_ending (milestone, record);
  if (truce_json_get_text (record, "uid"))
    truce_milestone_set_event (milestone, truce_json_get_text (record, "calendar"), truce_json_get_text (record, "uid"),
                               (guint) truce_json_get_integer (record, "sequence", 0));
  else if (!milestone->series) /* what was taken back counts, and the revisions do not show it */
    set_sequence (milestone, (guint) truce_json_get_integer (record, "sequence", 0));
  return g_steal_pointer (&milestone);
}

static TruceExit
export_one (TruceCtl *ctl, const char *id, GString *calendar)
{
  g_autoptr (json_t) record = NULL;
  TruceExit status = truce_client_read (ctl, "GetMilestone", g_variant_new ("(s)", id), &record);

  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autoptr (TruceMilestone) milestone = milestone_from_record (record);
  if (!milestone)
    return truce_ctl_fail (TRUCE_EXIT_UNREACHABLE, "%s: no such record as expected: is truced of another version?", id);
  truce_icalendar_add (calendar, milestone, ctl->now);
  return TRUCE_EXIT_DONE;
}

static TruceExit
export_running (TruceCtl *ctl, GString *calendar)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  TruceExit status = TRUCE_EXIT_DONE;
  size_t index;

  for (guint i = 1; i < ctl->n_arguments && status == TRUCE_EXIT_DONE; i++)
    status = export_one (ctl, ctl->arguments[i], calendar);
  if (ctl->n_arguments > 1)
    return status;
  status = truce_client_read (ctl, "ListMilestones", NULL, &records);
  json_array_foreach (records, index, record) {
    const char *id = truce_json_get_text (record, "id");

    /* Of what repeats, several dates may be listed. */
    if (status == TRUCE_EXIT_DONE && id && g_hash_table_add (seen, (gpointer) id))
      status = export_one (ctl, id, calendar);
  }
  return status;
}

TruceExit
truce_verb_export (TruceCtl *ctl)
{
  g_autoptr (GString) calendar = g_string_new (NULL);
  TruceExit status;

  if (strcmp (ctl->arguments[0], "opml") == 0)
    return truce_export_opml (ctl);
  if (strcmp (ctl->arguments[0], "ics") != 0)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "export: \"%s\" is no format; there are ics and opml", ctl->arguments[0]);
  truce_icalendar_begin (calendar);
  status = ctl->config ? export_config (ctl, calendar) : export_running (ctl, calendar);
  truce_icalendar_end (calendar);
  if (status == TRUCE_EXIT_DONE)
    fputs (calendar->str, stdout);
  return status;
}
