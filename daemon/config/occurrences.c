/* SPDX-License-Identifier: MIT */
#include "config/occurrences.h"

#include <string.h>

#include "config/amended.h"
#include "deadline/restate.h"

/* Was it said of one date, and not of all that a rule makes? */
static gboolean
is_of_one (const TruceAmendment *amendment)
{
  return amendment->kind == TRUCE_AMENDMENT_DUE || truce_amendment_ends_one (amendment);
}

void
truce_occurrences_begin (TruceConfig *config, const GPtrArray *amendments, TruceTime now)
{
  config->occurrences = g_hash_table_new (g_str_hash, g_str_equal);
  config->said = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  config->made = now;
  config->next_turn = TRUCE_TIME_NONE;
  for (guint i = 0; i < amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (amendments, i);
    if (amendment->undone == TRUCE_TIME_NONE &&
        (strchr (amendment->milestone, TRUCE_OCCURRENCE_MARK) || is_of_one (amendment)))
      g_ptr_array_add (config->said, truce_amendment_copy (amendment));
  }
}

gboolean
truce_occurrences_are_spared (const TruceMilestone *series, const TruceAmendment *amendment)
{
  return series->series && is_of_one (amendment);
}

const TruceMilestone *
truce_occurrences_said_of (const TruceConfig *base, const TruceAmendment *amendment)
{
  const TruceMilestone *milestone = truce_config_find_milestone (base, amendment->milestone);
  const char *mark = strchr (amendment->milestone, TRUCE_OCCURRENCE_MARK);
  gint64 day;

  if (milestone || !mark || !truce_occurrence_from_name (mark + 1, &day))
    return milestone;
  g_autofree char *id = g_strndup (amendment->milestone, (gsize) (mark - amendment->milestone));
  milestone = truce_config_find_milestone (base, id);
  if (!milestone || milestone->series)
    return NULL;
  const TruceSpan *span = &truce_milestone_revision (milestone, 0)->span;
  return truce_zone_day_of (span->zone, span->earliest) == day ? milestone : NULL;
}

gboolean
truce_config_has_said_of (const TruceConfig *config, const TruceAmendment *amendment)
{
  return truce_config_find_milestone (config, amendment->milestone) ||
         truce_occurrences_said_of (config->base ? config->base : config, amendment);
}

gboolean
truce_occurrences_are_over (const TruceAmendment *amendment, const TruceMilestone *milestone, const TruceRevision *line)
{
  TruceSpan over;

  if (g_strcmp0 (line->statement, amendment->over) == 0)
    return TRUE;
  if (strcmp (amendment->milestone, milestone->id) == 0 ||
      !truce_amendment_over_span (amendment, milestone->zone, &over))
    return FALSE;
  gboolean same = truce_span_same_due (&over, &line->span);
  truce_span_clear (&over);
  return same;
}

void
truce_occurrences_clear (TruceConfig *config)
{
  g_clear_pointer (&config->occurrences, g_hash_table_unref);
  g_clear_pointer (&config->said, g_ptr_array_unref);
}

/* --- one --- */

/* What its calendar says of it, beside the rule. */
static void
override_by (TruceMilestone *milestone, const TruceMilestone *own)
{
  TruceArena *arena = milestone->arena;

  milestone->title = truce_arena_text (arena, own->title);
  milestone->url = truce_arena_text (arena, own->url);
  for (guint i = 0; i < own->n_revisions; i++) {
    const TruceRevision *from = truce_milestone_revision (own, i);
    TruceRevision *revision =
        truce_milestone_add_revision (milestone, from->since, &from->span, truce_arena_text (arena, from->statement),
                                      truce_arena_text (arena, from->why), from->line);
    revision->by = truce_arena_text (arena, from->by);
  }
  if (own->met.at < milestone->met.at)
    milestone->met =
        (TruceEnding){ own->met.at, truce_arena_text (arena, own->met.why), truce_arena_text (arena, own->met.by) };
  if (own->cancelled.at < milestone->cancelled.at)
    milestone->cancelled = (TruceEnding){ own->cancelled.at, truce_arena_text (arena, own->cancelled.why),
                                          truce_arena_text (arena, own->cancelled.by) };
}

/* As the rule has it, or a calendar. (transfer full) */
static TruceMilestone *
as_configured (const TruceConfig *config, const TruceMilestone *series, gint64 day, const char *id)
{
  const TruceMilestone *own = truce_config_override (config, series->id, day);
  TruceMilestone *milestone = truce_milestone_copy_without_revisions (series);
  const TruceRevision *first = truce_milestone_revision (series, 0);
  TruceSpan span;

  milestone->id = truce_arena_text (milestone->arena, id);
  milestone->series_id = truce_arena_text (milestone->arena, series->id);
  milestone->occurrence = day;
  truce_series_span (series->series, day, &span);
  if (milestone->has_starts && span.earliest != first->span.earliest) {
    milestone->has_starts = FALSE; /* it is when the first term began */
    milestone->starts_statement = NULL;
    truce_span_clear (&milestone->starts);
  }
  if (!own || own->n_revisions == 0 || truce_milestone_revision (own, 0)->since > TRUCE_TIME_MIN) {
    g_autofree char *statement = truce_span_restate (&span, NULL, milestone->zone);
    truce_milestone_add_revision (milestone, TRUCE_TIME_MIN, &span, truce_arena_text (milestone->arena, statement),
                                  NULL, first->line);
  }
  truce_span_clear (&span);
  if (own)
    override_by (milestone, own);
  return milestone;
}

/* The day that the date of `amendment`, of one that did not repeat then, would be the occurrence of. */
static gboolean
day_before_it_repeats (const TruceAmendment *amendment, TruceZone *zone, gint64 *ret_day)
{
  TruceSpan over;

  if (!truce_amendment_over_span (amendment, zone, &over))
    return FALSE;
  *ret_day = truce_zone_day_of (zone, over.earliest);
  truce_span_clear (&over);
  return TRUE;
}

/* Was it said of this occurrence, be it before it was one? `due` is its date by what was said before. */
static gboolean
is_said_of (const TruceAmendment *amendment, const TruceMilestone *occurrence, TruceTime due)
{
  gint64 day;

  if (strcmp (amendment->milestone, occurrence->id) == 0)
    return TRUE;
  if (strcmp (amendment->milestone, occurrence->series_id) != 0)
    return FALSE;
  if (truce_amendment_ends_one (amendment))
    return amendment->due == due;
  return day_before_it_repeats (amendment, occurrence->zone, &day) && day == occurrence->occurrence;
}

/* The occurrence of `day`, which there is; made when it was not yet. */
static TruceMilestone *
occurrence_of (TruceConfig *config, const TruceMilestone *series, gint64 day)
{
  char name[TRUCE_OCCURRENCE_NAME_SIZE];
  g_autofree char *id =
      g_strdup_printf ("%s%c%s", series->id, TRUCE_OCCURRENCE_MARK, truce_occurrence_name (day, name));
  TruceMilestone *milestone = g_hash_table_lookup (config->occurrences, id);
  g_autoptr (GPtrArray) said = g_ptr_array_new ();

  if (milestone)
    return milestone;
  milestone = as_configured (config, series, day, id);
  TruceTime due = truce_milestone_revision (milestone, 0)->span.earliest;
  for (guint i = 0; i < config->said->len; i++) {
    TruceAmendment *amendment = config->said->pdata[i];
    if (!is_said_of (amendment, milestone, due))
      continue;
    g_ptr_array_add (said, amendment);
    if (amendment->kind == TRUCE_AMENDMENT_DUE)
      due = amendment->due;
  }
  if (said->len > 0) {
    TruceMilestone *amended = truce_config_amend_one (config->base, milestone, said, config->made);
    truce_milestone_free (milestone);
    milestone = amended;
  }
  g_ptr_array_add (config->amended, milestone);
  g_hash_table_insert (config->occurrences, (gpointer) milestone->id, milestone);
  return milestone;
}

static const TruceSpan *
span_of (const TruceConfig *config, const TruceMilestone *milestone)
{
  return &truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, config->made))->span;
}

static gboolean
is_past (const TruceConfig *config, const TruceMilestone *milestone)
{
  return span_of (config, milestone)->latest <= config->made;
}

static gboolean
is_open (const TruceConfig *config, const TruceMilestone *milestone)
{
  return !is_past (config, milestone) && !truce_milestone_ended_at (milestone, config->made);
}

gboolean
truce_occurrences_is_owed (const TruceConfig *config, const TruceMilestone *milestone)
{
  return milestone->has_nag && is_past (config, milestone) && !truce_milestone_ended_at (milestone, config->made);
}

const TruceMilestone *
truce_occurrences_find (const TruceConfig *config, const char *id)
{
  const char *mark = strchr (id, TRUCE_OCCURRENCE_MARK);
  const TruceMilestone *milestone = g_hash_table_lookup (config->occurrences, id);
  gint64 day;

  if (milestone || !mark || !truce_occurrence_from_name (mark + 1, &day))
    return milestone;
  g_autofree char *all = g_strdup_printf ("%.*s%c" TRUCE_OCCURRENCE_ALL, (int) (mark - id), id, TRUCE_OCCURRENCE_MARK);
  const TruceMilestone *series = g_hash_table_lookup (config->milestones_by_id, all);
  if (!series || !truce_series_has (series->series, day))
    return NULL;
  /* A configuration is always the same, and so is what it makes late: keeping it is no change. */
  return occurrence_of ((TruceConfig *) config, series, day);
}

/* --- those that there are --- */

/* The first that can have anything to tell still: what passed longer ago than `grace` is not told any more, but the
 * last that has passed is always there. */
static gint64
first_day (const TruceConfig *config, const TruceMilestone *series)
{
  const TruceSpan *first = truce_series_first (series->series);
  TruceTime length = first->latest - first->earliest;
  TruceTime from = config->made - MIN (config->grace, config->made - TRUCE_TIME_MIN);
  gint64 today = truce_zone_day_of (first->zone, config->made), day, before;

  from -= MIN (truce_milestone_reach_after (series) + length, from - TRUCE_TIME_MIN);
  day = truce_zone_day_of (first->zone, from);
  if (truce_series_previous (series->series, today, &before)) {
    truce_series_previous (series->series, before, &before); /* what began yesterday may still last */
    day = MIN (day, before);
  }
  return day;
}

/* Adds those of `day` and later, up to two that are open and have not begun to be told. When the next comes. */
static TruceTime
add_from (TruceConfig *config, const TruceMilestone *series, gint64 day, GPtrArray *occurrences)
{
  TruceTime reach = truce_milestone_reach_before (series);
  guint n_open = 0;

  for (day--; truce_series_next (series->series, day, &day);) {
    TruceSpan span;
    truce_series_span (series->series, day, &span);
    TruceTime comes = span.earliest - reach;
    truce_span_clear (&span);
    /* Also what has ended before any of its dates is there, with the first. */
    if (comes > config->made && occurrences->len > 0 &&
        (n_open >= 2 || truce_milestone_ended_at (series, config->made)))
      return comes;
    TruceMilestone *occurrence = occurrence_of (config, series, day);
    g_ptr_array_add (occurrences, occurrence);
    n_open += is_open (config, occurrence) ? 1 : 0;
  }
  return TRUCE_TIME_NONE;
}

static void
add_moved_one (TruceConfig *config, const TruceMilestone *series, const char *id, GPtrArray *occurrences)
{
  TruceTime from = config->made - config->grace - truce_milestone_reach_after (series);
  TruceMilestone *occurrence = (TruceMilestone *) truce_occurrences_find (config, id);

  if (occurrence && span_of (config, occurrence)->latest >= from && !g_ptr_array_find (occurrences, occurrence, NULL))
    g_ptr_array_add (occurrences, occurrence);
}

/* Those that were moved may lie elsewhere than the rule has them. */
static void
add_moved (TruceConfig *config, const TruceMilestone *series, GPtrArray *occurrences)
{
  const GPtrArray *overrides = g_hash_table_lookup (config->overrides, series->id);

  for (guint i = 0; overrides && i < overrides->len; i++)
    add_moved_one (config, series, ((const TruceMilestone *) overrides->pdata[i])->id, occurrences);
  for (guint i = 0; i < config->said->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (config->said, i);
    char name[TRUCE_OCCURRENCE_NAME_SIZE];
    gint64 day;
    if (amendment->kind != TRUCE_AMENDMENT_DUE || !truce_milestone_id_is_of (amendment->milestone, series->id))
      continue;
    if (strchr (amendment->milestone, TRUCE_OCCURRENCE_MARK)) {
      add_moved_one (config, series, amendment->milestone, occurrences);
    } else if (day_before_it_repeats (amendment, series->zone, &day)) {
      g_autofree char *id =
          g_strdup_printf ("%s%c%s", series->id, TRUCE_OCCURRENCE_MARK, truce_occurrence_name (day, name));
      add_moved_one (config, series, id, occurrences);
    }
  }
}

/* The one that comes next, or came next when all of them ended, or else the last; `ret_passed` the last that has
 * passed, NULL none. */
static TruceMilestone *
current_of (const TruceConfig *config, const TruceMilestone *series, const GPtrArray *occurrences,
            TruceMilestone **ret_passed)
{
  gboolean ended = truce_milestone_ended_at (series, config->made);
  TruceMilestone *next = NULL, *last = NULL;

  *ret_passed = NULL;
  for (guint i = 0; i < occurrences->len; i++) {
    TruceMilestone *each = g_ptr_array_index (occurrences, i);
    const TruceSpan *span = span_of (config, each);
    if ((is_open (config, each) || (ended && !is_past (config, each))) &&
        (!next || span->earliest < span_of (config, next)->earliest))
      next = each;
    if (is_past (config, each) && (!*ret_passed || span->latest > span_of (config, *ret_passed)->latest))
      *ret_passed = each;
    if (!last || span->latest > span_of (config, last)->latest)
      last = each;
  }
  return next ? next : last;
}

void
truce_occurrences_unfold (TruceConfig *config, const TruceMilestone *series)
{
  g_autoptr (GPtrArray) occurrences = g_ptr_array_new ();
  TruceTime turn = add_from (config, series, first_day (config, series), occurrences);
  TruceMilestone *passed, *current;
  g_autofree char *all = g_strdup_printf ("%s%c" TRUCE_OCCURRENCE_ALL, series->id, TRUCE_OCCURRENCE_MARK);

  g_return_if_fail (occurrences->len > 0); /* a series without any is refused */
  TruceArena *arena = ((const TruceMilestone *) g_ptr_array_index (occurrences, 0))->arena;
  g_hash_table_insert (config->milestones_by_id, (gpointer) truce_arena_text (arena, all), (gpointer) series);
  add_moved (config, series, occurrences);
  current = current_of (config, series, occurrences, &passed);
  g_hash_table_insert (config->milestones_by_id, (gpointer) series->id, current);
  if (truce_milestone_end (series) > config->made)
    turn = MIN (turn, truce_milestone_end (series));
  for (guint i = 0; i < occurrences->len; i++) {
    TruceMilestone *each = g_ptr_array_index (occurrences, i);
    /* It is told again until the next has come, which is then what asks for an answer. */
    if (is_past (config, each) && each != passed)
      each->has_nag = FALSE;
    if (is_open (config, each))
      turn = MIN (turn, span_of (config, each)->latest);
    g_ptr_array_add (config->milestones, each);
    g_hash_table_insert (config->milestones_by_id, (gpointer) each->id, each);
  }
  config->next_turn = MIN (config->next_turn, turn);
}
