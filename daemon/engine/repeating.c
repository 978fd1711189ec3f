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
  if (left_out->len == 0)
    return g_strdup_printf ("%s" FROM "%s", truce_series_rule (series), first);
  return g_strdup_printf ("%s" FROM "%s but %016" G_GINT64_MODIFIER "x", truce_series_rule (series), first,
                          truce_hash64 (left_out->str, -1));
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

/* The rule as it was last seen, with all that it makes; NULL: it was none. (transfer full) */
static TruceSeries *
series_as_seen (TruceEngine *engine, const TruceStoredRevision *seen)
{
  g_autoptr (TruceZone) own = NULL;
  TruceSpan first = span_of (seen, truce_config_zone (engine->config), &own);
  const char *end = truce_repeating_is_rule (seen) ? strstr (seen->statement, FROM) : NULL;
  g_autofree char *rule = end ? g_strndup (seen->statement, (gsize) (end - seen->statement)) : NULL;

  return rule ? truce_series_new (rule, &first, NULL) : NULL;
}

/* Of the dates that `seen` made, all by the name of `id`: the next that truced knew and that `series` does not make any
 * more. NULL: none. */
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
        !(series && truce_series_has (series, day)))
      next = each;
  }
  return next;
}

/* Does `series` make the date of `seen`? */
static gboolean
makes (const TruceSeries *series, const TruceStoredRevision *seen)
{
  gint64 day = truce_zone_day_of (truce_series_first (series)->zone, seen->due);
  TruceSpan span;
  gboolean same;

  if (!truce_series_has (series, day))
    return FALSE;
  truce_series_span (series, day, &span);
  same = is_date (seen, &span);
  truce_span_clear (&span);
  return same;
}

/* The next date that truced knew and that is none of those of `occurrence` now, NULL none. */
static const TruceStoredRevision *
vanished_of (TruceEngine *engine, const TruceMilestone *occurrence, const TruceStoredRevision *seen, TruceTime now)
{
  g_autoptr (TruceSeries) before = series_as_seen (engine, seen);

  if (before)
    return next_without (engine, occurrence->series_id, before, occurrence->series, now);
  return !truce_repeating_is_rule (seen) && seen->due > now && !makes (occurrence->series, seen) ? seen : NULL;
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
  /* One that takes the place of another is told as a change. */
  return vanished_of (engine, milestone, seen, now) ? TRUCE_WELCOME_QUIET : TRUCE_WELCOME_TOLD;
}

const TruceStoredRevision *
truce_repeating_single_out (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone,
                            const TruceRevision *revision, const TruceStoredRevision *seen, TruceTime now)
{
  if (milestone->series_id || !truce_repeating_is_rule (seen))
    return seen;
  g_autoptr (TruceSeries) before = series_as_seen (engine, seen);
  char name[TRUCE_OCCURRENCE_NAME_SIZE];
  gint64 day =
      truce_zone_day_of (before ? truce_series_first (before)->zone : revision->span.zone, revision->span.earliest);
  g_autofree char *id =
      g_strdup_printf ("%s%c%s", milestone->id, TRUCE_OCCURRENCE_MARK, truce_occurrence_name (day, name));
  const TruceStoredRevision *last = g_hash_table_lookup (engine->revisions, id);

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

/* The date that people were waiting for is none any more. */
static void
tell_edited (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *next, const TruceStoredRevision *seen,
             TruceTime now)
{
  const TruceStoredRevision *vanished = vanished_of (engine, next, seen, now);
  TruceSpan span;
  guint number;

  if (!vanished || truce_milestone_ended_at (next, now))
    return;
  truce_deadlines_current (engine, next, now, &number, &span);
  g_autoptr (TruceZone) own = NULL;
  const TruceSpan old = span_of (vanished, span.zone, &own);
  const TruceDue due = { .milestone = next, .revision = number, .span = &span };
  TruceAlert *alert =
      truce_alert_for_change (&due, &old, FALSE, truce_repeating_is_rule (seen) ? WHY_RULE : WHY_REPEATS, NULL, now);
  /* The date that is next now has not moved, and may take the place of that one again after another edit. */
  g_autofree char *edit = g_strdup_printf ("%u", seen->revision + 1);
  g_autofree char *id = truce_alert_id (alert->kind, (const char *const[]){ alert->id, edit, NULL });
  truce_set_text (&alert->id, id);
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
