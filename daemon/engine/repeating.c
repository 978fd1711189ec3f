/* SPDX-License-Identifier: MIT */
/* What truced remembers of a milestone that repeats, beside its occurrences: under its own id, the rule as it was last
 * seen. An occurrence that comes in its turn is one of those that were announced with the rule, and no news. One that
 * comes since the rule was edited is.
 *
 * A date that begins to repeat becomes one of its occurrences, and when the rule is taken out again, one of those
 * becomes the date: what was told of it is taken along. */
#include <string.h>

#include "base/text.h"
#include "engine/engine_private.h"

#define WHY_RULE "the rule by which it repeats has changed"
#define WHY_REPEATS "it repeats now"
#define FROM " from "     /* between a rule and its first date */
#define BUT " but"        /* before the days that are left out: " FROM/END ..." */
#define RULE_WORD "FREQ=" /* of every rule, and of no date */

/* The rule, the first date and what is left out: whether any of it was edited. (transfer full) */
static char *
statement_of (const TruceSeries *series)
{
  char first[TRUCE_TIME_TEXT_SIZE], from_name[TRUCE_OCCURRENCE_NAME_SIZE], end_name[TRUCE_OCCURRENCE_NAME_SIZE];
  g_autoptr (GString) left_out = g_string_new (NULL);
  gint64 from, end;

  for (guint i = 0; truce_series_left_out (series, i, &from, &end); i++)
    g_string_append_printf (left_out, " %s/%s", truce_occurrence_name (from, from_name),
                            truce_occurrence_name (end, end_name));
  truce_time_to_text (truce_series_first (series)->earliest, first);
  return g_strdup_printf ("%s" FROM "%s%s%s", truce_series_rule (series), first, left_out->len > 0 ? BUT : "",
                          left_out->str);
}

static gboolean
is_as_seen (const TruceStoredRevision *seen, const TruceMilestone *occurrence)
{
  g_autofree char *statement = statement_of (occurrence->series);

  return g_strcmp0 (seen->statement, statement) == 0;
}

gboolean
truce_repeating_is_rule (const TruceStoredRevision *stored)
{
  return stored->statement && strstr (stored->statement, RULE_WORD);
}

static gboolean
is_date (const TruceStoredRevision *stored, const TruceSpan *span)
{
  return stored->due == span->earliest && stored->due_latest == span->latest;
}

/* Where the words of its zone are not read any more, `zone` stands in; the span borrows it, or else `ret_own`. */
static TruceSpan
span_of (const TruceStoredRevision *stored, TruceZone *zone, TruceZone **ret_own)
{
  *ret_own = truce_zone_new (stored->zone, NULL);
  return (TruceSpan){
    .earliest = stored->due,
    .latest = stored->due_latest,
    .precision = stored->precision,
    .zone = *ret_own ? *ret_own : zone,
  };
}

static void
leave_out (TruceSeries *series, const char *days)
{
  g_auto (GStrv) spans = g_strsplit (days, " ", -1);

  for (guint i = 0; spans[i]; i++) {
    g_auto (GStrv) ends = g_strsplit (spans[i], "/", 2);
    gint64 from, end;
    if (g_strv_length (ends) == 2 && truce_occurrence_from_name (ends[0], &from) &&
        truce_occurrence_from_name (ends[1], &end))
      truce_series_leave_out (series, from, end);
  }
}

/* The rule as it was last seen, with all that it makes; NULL: it was none. (transfer full) */
static TruceSeries *
series_as_seen (TruceEngine *engine, const TruceStoredRevision *seen)
{
  g_autoptr (TruceZone) own = NULL;
  TruceSpan first = span_of (seen, truce_config_zone (engine->config), &own);
  const char *end = truce_repeating_is_rule (seen) ? strstr (seen->statement, FROM) : NULL;
  g_autofree char *rule = end ? g_strndup (seen->statement, (gsize) (end - seen->statement)) : NULL;

  TruceSeries *series = rule ? truce_series_new (rule, &first, NULL) : NULL;
  const char *but = series ? strstr (seen->statement, BUT) : NULL;
  if (but)
    leave_out (series, but + strlen (BUT));
  return series;
}

/* Has somebody said that it is over? Then nobody waits for it. */
static gboolean
is_over (TruceEngine *engine, const char *id)
{
  for (guint i = 0; i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (amendment->undone == TRUCE_TIME_NONE && truce_amendment_ends_one (amendment) &&
        strcmp (amendment->milestone, id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Of the dates that `seen` made, all by the name of `id`: the next that truced knew and that `series` does not make any
 * more, or with `series` NULL any. NULL: none. */
static const TruceStoredRevision *
next_without (TruceEngine *engine, const char *id, const TruceSeries *seen, const TruceSeries *series, TruceTime now)
{
  const TruceStoredRevision *next = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->revisions);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const TruceStoredRevision *each = value;
    const char *mark = strchr (each->milestone, TRUCE_OCCURRENCE_MARK);
    gint64 day;
    if (mark && each->due > now && (!next || each->due < next->due) && truce_milestone_id_is_of (each->milestone, id) &&
        truce_occurrence_from_name (mark + 1, &day) && truce_series_has (seen, day) &&
        !(series && truce_series_has (series, day)) && !is_over (engine, each->milestone))
      next = each;
  }
  return next;
}

static const TruceSpan *
span_now (const TruceMilestone *milestone, TruceTime now)
{
  return &truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, now))->span;
}

/* Is the date of `seen` one of those that `series` makes, or that one of them was moved to? */
static gboolean
makes (TruceEngine *engine, const TruceSeries *series, const TruceStoredRevision *seen, TruceTime now)
{
  gint64 day = truce_zone_day_of (truce_series_first (series)->zone, seen->due);
  gboolean same = FALSE;
  TruceSpan span;

  if (truce_series_has (series, day)) {
    truce_series_span (series, day, &span);
    same = is_date (seen, &span);
    truce_span_clear (&span);
  }
  for (guint i = 0; !same && i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *each = truce_config_milestone (engine->config, i);
    same = g_strcmp0 (each->series_id, seen->milestone) == 0 && is_date (seen, span_now (each, now));
  }
  return same;
}

/* The next date that truced knew and that is none of those of `occurrence` now, NULL none. Where the one that was next
 * is so still, people wait for that. */
static const TruceStoredRevision *
vanished_of (TruceEngine *engine, const TruceMilestone *occurrence, const TruceStoredRevision *seen, TruceTime now)
{
  g_autoptr (TruceSeries) before = series_as_seen (engine, seen);
  const char *id = occurrence->series_id;

  if (before) {
    const TruceStoredRevision *vanished = next_without (engine, id, before, occurrence->series, now);
    return vanished == next_without (engine, id, before, NULL, now) ? vanished : NULL;
  }
  return !truce_repeating_is_rule (seen) && seen->due > now && !makes (engine, occurrence->series, seen, now) ? seen
                                                                                                              : NULL;
}

/* The date that was next, where `occurrence` is now, which the rule did not make. NULL: it is not so. */
static const TruceStoredRevision *
passed_by (TruceEngine *engine, const TruceMilestone *occurrence, const TruceStoredRevision *seen, TruceTime now)
{
  g_autoptr (TruceSeries) before = series_as_seen (engine, seen);
  const TruceStoredRevision *next =
      before && !truce_series_has (before, occurrence->occurrence) &&
              truce_config_find_milestone (engine->config, occurrence->series_id) == occurrence
          ? next_without (engine, occurrence->series_id, before, NULL, now)
          : NULL;
  const TruceSpan *span = span_now (occurrence, now);

  return next && span->earliest > now && span->earliest < next->due ? next : NULL;
}

/* What was told of the date `from` was told of the one that it is now. */
static void
carry (TruceEngine *engine, TruceCommit *commit, const TruceStoredRevision *from, const char *milestone, guint number)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) told = store->firings_of (store->self, from->milestone, from->revision);

  for (guint i = 0; i < told->len; i++)
    truce_commit_carry_firing (commit, g_ptr_array_index (told, i), milestone, number);
}

TruceWelcome
truce_repeating_welcome (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, guint number,
                         TruceTime now, TruceTime *ret_since)
{
  const TruceStoredRevision *seen =
      milestone->series_id ? g_hash_table_lookup (engine->revisions, milestone->series_id) : NULL;

  *ret_since = now;
  if (!seen)
    return TRUCE_WELCOME_TOLD;
  gboolean is_same =
      !truce_repeating_is_rule (seen) && is_date (seen, &truce_milestone_revision (milestone, number)->span);
  if (is_same)
    carry (engine, commit, seen, milestone->id, number);
  if (is_same || is_as_seen (seen, milestone)) {
    *ret_since = MIN (seen->since, now);
    return TRUCE_WELCOME_EXPECTED;
  }
  /* One that takes the place of another, or comes before it, is told as that. */
  return vanished_of (engine, milestone, seen, now) || passed_by (engine, milestone, seen, now) ? TRUCE_WELCOME_QUIET
                                                                                                : TRUCE_WELCOME_TOLD;
}

static const TruceStoredRevision *
seen_of (TruceEngine *engine, const TruceMilestone *milestone, gint64 day)
{
  char name[TRUCE_OCCURRENCE_NAME_SIZE];
  g_autofree char *id =
      g_strdup_printf ("%s%c%s", milestone->id, TRUCE_OCCURRENCE_MARK, truce_occurrence_name (day, name));

  return g_hash_table_lookup (engine->revisions, id);
}

const TruceStoredRevision *
truce_repeating_single_out (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone,
                            const TruceRevision *revision, const TruceStoredRevision *seen, TruceTime now)
{
  if (milestone->series_id || !truce_repeating_is_rule (seen))
    return seen;
  g_autoptr (TruceSeries) before = series_as_seen (engine, seen);
  TruceZone *zone = before ? truce_series_first (before)->zone : revision->span.zone;
  const TruceStoredRevision *last = seen_of (engine, milestone, truce_zone_day_of (zone, revision->span.earliest));

  if (!last || !is_date (last, &revision->span)) /* it may have been moved */
    last =
        seen_of (engine, milestone, truce_zone_day_of (zone, truce_milestone_revision (milestone, 0)->span.earliest));
  if (!last || !is_date (last, &revision->span))
    last = before ? next_without (engine, milestone->id, before, NULL, now) : NULL;
  if (!last)
    return seen;
  TruceStoredRevision *single = truce_stored_revision_copy (last);
  truce_set_text (&single->milestone, milestone->id);
  single->revision = seen->revision + 1;
  if (is_date (last, &revision->span))
    truce_set_text (&single->statement, revision->statement);
  carry (engine, commit, last, single->milestone, single->revision);
  truce_deadlines_take (engine, commit, single);
  return single;
}

gboolean
truce_repeating_is_aside (TruceEngine *engine, const TruceMilestone *milestone)
{
  return milestone->series_id && truce_config_find_milestone (engine->config, milestone->series_id) != milestone;
}

/* The date that people were waiting for is none any more, or another comes before it. */
static void
tell_edited (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *next, const TruceStoredRevision *seen,
             TruceTime now)
{
  const TruceStoredRevision *vanished = vanished_of (engine, next, seen, now);
  const TruceStoredRevision *awaited = vanished ? vanished : passed_by (engine, next, seen, now);
  TruceAlert *alert;
  TruceSpan span;
  guint number;

  if (!awaited || truce_milestone_ended_at (next, now))
    return;
  truce_deadlines_current (engine, next, now, &number, &span);
  g_autoptr (TruceZone) own = NULL;
  const TruceSpan old = span_of (awaited, span.zone, &own);
  const TruceDue due = { .milestone = next, .revision = number, .span = &span };
  if (vanished) {
    alert =
        truce_alert_for_change (&due, &old, FALSE, truce_repeating_is_rule (seen) ? WHY_RULE : WHY_REPEATS, NULL, now);
    /* The date that is next now has not moved, and may take the place of that one again after another edit. */
    g_autofree char *edit = g_strdup_printf ("%u", seen->revision + 1);
    g_autofree char *id = truce_alert_id (alert->kind, (const char *const[]){ alert->id, edit, NULL });
    truce_set_text (&alert->id, id);
  } else {
    alert = truce_alert_for_return (&due, &old, WHY_RULE, seen->revision + 1, now);
  }
  truce_engine_add_alert (engine, commit, alert);
  truce_span_clear (&span);
}

/* (transfer full): `seen` NULL the first time. */
static TruceStoredRevision *
remember (const TruceMilestone *occurrence, const TruceStoredRevision *seen, TruceTime now)
{
  const TruceSpan *first = truce_series_first (occurrence->series);
  TruceStoredRevision *stored = g_new0 (TruceStoredRevision, 1);

  stored->milestone = g_strdup (occurrence->series_id);
  stored->revision = seen ? seen->revision + 1 : 0;
  stored->due = first->earliest;
  stored->due_latest = first->latest;
  stored->zone = g_strdup (truce_zone_name (first->zone));
  stored->statement = statement_of (occurrence->series);
  stored->precision = first->precision;
  stored->since = now;
  return stored;
}

void
truce_repeating_settle (TruceEngine *engine, TruceCommit *commit, TruceTime now)
{
  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    if (!milestone->series_id || truce_repeating_is_aside (engine, milestone))
      continue;
    const TruceStoredRevision *seen = g_hash_table_lookup (engine->revisions, milestone->series_id);
    if (seen && is_as_seen (seen, milestone))
      continue;
    if (seen)
      tell_edited (engine, commit, milestone, seen, now);
    truce_deadlines_take (engine, commit, remember (milestone, seen, now));
  }
}
