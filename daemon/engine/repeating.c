/* SPDX-License-Identifier: MIT */
/* What truced remembers of a milestone that repeats, beside its occurrences: under its own id, the rule as it was last
 * seen. An occurrence that comes in its turn is one of those that were announced with the rule, and no news. One that
 * comes since the rule was edited is. */
#include <string.h>

#include "base/text.h"
#include "engine/engine_private.h"

#define WHY_RULE "the rule by which it repeats has changed"

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
    return g_strdup_printf ("%s from %s", truce_series_rule (series), first);
  return g_strdup_printf ("%s from %s but %016" G_GINT64_MODIFIER "x", truce_series_rule (series), first,
                          truce_hash64 (left_out->str, -1));
}

static gboolean
is_as_seen (const TruceStoredRevision *seen, const TruceMilestone *occurrence)
{
  g_autofree char *statement = statement_of (occurrence->series);

  return strcmp (seen->statement, statement) == 0;
}

/* The next date that truced knew and that the rule does not make any more, NULL none. */
static const TruceStoredRevision *
vanished_of (TruceEngine *engine, const TruceMilestone *occurrence, TruceTime now)
{
  const TruceStoredRevision *vanished = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->revisions);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const TruceStoredRevision *each = value;
    const char *mark = strchr (each->milestone, TRUCE_OCCURRENCE_MARK);
    gint64 day;
    if (mark && each->due > now && (!vanished || each->due < vanished->due) &&
        truce_milestone_id_is_of (each->milestone, occurrence->series_id) &&
        truce_occurrence_from_name (mark + 1, &day) && !truce_series_has (occurrence->series, day))
      vanished = each;
  }
  return vanished;
}

TruceWelcome
truce_repeating_welcome (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now, TruceTime *ret_since)
{
  const TruceStoredRevision *seen =
      milestone->series_id ? g_hash_table_lookup (engine->revisions, milestone->series_id) : NULL;

  *ret_since = now;
  if (!seen)
    return TRUCE_WELCOME_TOLD;
  if (is_as_seen (seen, milestone)) {
    *ret_since = MIN (seen->since, now);
    return TRUCE_WELCOME_EXPECTED;
  }
  /* That it repeats, or by another rule, is no reason to tell again of a date that was known; nor of one that takes the
   * place of another, which is told as a change. */
  return seen->due == truce_milestone_revision (milestone, 0)->span.earliest || vanished_of (engine, milestone, now)
             ? TRUCE_WELCOME_QUIET
             : TRUCE_WELCOME_TOLD;
}

gboolean
truce_repeating_is_aside (TruceEngine *engine, const TruceMilestone *milestone)
{
  return milestone->series_id && truce_config_find_milestone (engine->config, milestone->series_id) != milestone;
}

/* The date that people were waiting for is none any more. */
static void
tell_edited (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *next, TruceTime now)
{
  const TruceStoredRevision *vanished = vanished_of (engine, next, now);
  TruceSpan span;
  guint number;

  if (!vanished || truce_milestone_ended_at (next, now))
    return;
  truce_deadlines_current (engine, next, now, &number, &span);
  g_autoptr (TruceZone) zone = truce_zone_new (vanished->zone, NULL);
  const TruceSpan old = {
    .earliest = vanished->due,
    .latest = vanished->due_latest,
    .precision = vanished->precision,
    .zone = zone ? zone : span.zone,
  };
  const TruceDue due = { next, number, &span };
  truce_engine_add_alert (engine, commit, truce_alert_for_change (&due, &old, WHY_RULE, NULL, now));
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
      tell_edited (engine, commit, milestone, now);
    truce_deadlines_take (engine, commit, remember (milestone, seen, now));
  }
}
