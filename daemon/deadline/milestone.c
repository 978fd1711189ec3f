/* SPDX-License-Identifier: MIT */
#include "deadline/milestone.h"

#include <string.h>

#define PASSED_KEY "passed"

/* By how much a lead in civil units may fall earlier or later than the mean length of its months says: 3 days for
 * months, 1 for `remind-at`, 1 for a day that a zone skipped, and one to spare. Leads surely outside a window cost
 * nothing. */
#define LEAD_SLACK (6 * TRUCE_DAY)
#define MEAN_MONTH (TRUCE_DAY * 146097 / 4800) /* 400 years of 12 months */

TruceMilestone *
truce_milestone_new_in (TruceArena *arena, const char *id)
{
  TruceMilestone *milestone = truce_arena_take (arena, sizeof *milestone);

  milestone->arena = truce_arena_ref (arena);
  milestone->id = id;
  milestone->remind_at = TRUCE_REMIND_AT_DEFAULT;
  milestone->urgency = -1;
  milestone->met.at = TRUCE_TIME_NONE;
  milestone->cancelled.at = TRUCE_TIME_NONE;
  milestone->silenced = TRUCE_TIME_NONE;
  return milestone;
}

TruceMilestone *
truce_milestone_new (const char *id)
{
  g_autoptr (TruceArena) arena = truce_arena_new ();
  TruceMilestone *milestone = truce_milestone_new_in (arena, truce_arena_text (arena, id));

  truce_milestone_set_leads (milestone, NULL, 0);
  return milestone;
}

static void
copy_ending (TruceArena *arena, const TruceEnding *ending, TruceEnding *ret_ending)
{
  ret_ending->at = ending->at;
  ret_ending->why = truce_arena_text (arena, ending->why);
  ret_ending->by = truce_arena_text (arena, ending->by);
}

TruceMilestone *
truce_milestone_copy_without_revisions (const TruceMilestone *milestone)
{
  g_autoptr (TruceArena) arena = truce_arena_new ();
  TruceMilestone *copy = truce_arena_take (arena, sizeof *copy);

  *copy = *milestone;
  copy->arena = truce_arena_ref (arena);
  copy->id = truce_arena_text (arena, milestone->id);
  copy->title = truce_arena_text (arena, milestone->title);
  copy->url = truce_arena_text (arena, milestone->url);
  copy->match = truce_arena_text (arena, milestone->match);
  copy->feeds = truce_arena_texts (arena, milestone->feeds);
  copy->tags = truce_arena_texts (arena, milestone->tags);
  copy->zone = milestone->zone ? truce_zone_ref (milestone->zone) : NULL;
  copy->calendar = milestone->calendar ? truce_calendar_ref (milestone->calendar) : NULL;
  if (milestone->has_starts)
    truce_span_copy (&milestone->starts, &copy->starts);
  copy->starts_statement = truce_arena_text (arena, milestone->starts_statement);
  copy->leads = g_array_ref (milestone->leads);
  copy->series = milestone->series ? truce_series_ref (milestone->series) : NULL;
  copy->series_id = truce_arena_text (arena, milestone->series_id);
  copy->revisions = NULL;
  copy->n_revisions = 0;
  copy_ending (arena, &milestone->met, &copy->met);
  copy_ending (arena, &milestone->cancelled, &copy->cancelled);
  copy->silenced_by = truce_arena_text (arena, milestone->silenced_by);
  if (milestone->event)
    truce_milestone_set_event (copy, milestone->event->calendar, milestone->event->uid, milestone->event->sequence);
  return copy;
}

void
truce_milestone_set_event (TruceMilestone *milestone, const char *calendar, const char *uid, guint sequence)
{
  TruceEventRef *event = truce_arena_take (milestone->arena, sizeof *event);

  event->calendar = truce_arena_text (milestone->arena, calendar);
  event->uid = truce_arena_text (milestone->arena, uid);
  event->sequence = sequence;
  milestone->event = event;
}

void
truce_milestone_free (TruceMilestone *milestone)
{
  if (!milestone)
    return;
  truce_zone_unref (milestone->zone);
  truce_calendar_unref (milestone->calendar);
  truce_series_unref (milestone->series);
  truce_span_clear (&milestone->starts);
  for (guint i = 0; i < milestone->n_revisions; i++)
    truce_span_clear (&milestone->revisions[i].span);
  g_clear_pointer (&milestone->leads, g_array_unref);
  truce_arena_unref (milestone->arena); /* the milestone itself stands in it */
}

/* Room for one more. Most have one revision, and those that have more have few: the arena gives nothing back, so room
 * is doubled. */
static void
make_room (TruceMilestone *milestone)
{
  guint n = milestone->n_revisions;

  if (n & (n - 1)) /* not full: that is 0, 1, 2, 4, 8 ... */
    return;
  TruceRevision *larger = truce_arena_take (milestone->arena, MAX (2 * n, 1) * sizeof *larger);
  if (n)
    memcpy (larger, milestone->revisions, n * sizeof *larger);
  milestone->revisions = larger;
}

TruceRevision *
truce_milestone_add_revision (TruceMilestone *milestone, TruceTime since, const TruceSpan *span, const char *statement,
                              const char *why, unsigned line)
{
  guint at = milestone->n_revisions;

  make_room (milestone);
  for (; at > 0 && milestone->revisions[at - 1].since > since; at--)
    milestone->revisions[at] = milestone->revisions[at - 1];
  milestone->n_revisions++;

  TruceRevision *revision = &milestone->revisions[at];
  *revision = (TruceRevision){ .since = since, .said = since, .statement = statement, .why = why, .line = line };
  truce_span_copy (span, &revision->span);
  return revision;
}

const TruceRevision *
truce_milestone_revision (const TruceMilestone *milestone, guint index)
{
  g_return_val_if_fail (index < milestone->n_revisions, NULL);
  return &milestone->revisions[index];
}

static TruceTime
approximate_length (const TruceLead *lead)
{
  return lead->months * MEAN_MONTH + lead->days * TRUCE_DAY + lead->seconds * TRUCE_SECOND;
}

/* Longest before first, 0, then after the date. Leads alike in length but not in words have a fixed order too. */
static int
compare_leads (gconstpointer a, gconstpointer b)
{
  const TruceLead *left = a, *right = b;

  if (left->after != right->after)
    return left->after ? 1 : -1;
  TruceTime difference = approximate_length (left) - approximate_length (right);
  if (difference == 0)
    difference = left->months - right->months;
  if (difference == 0)
    difference = left->days - right->days;
  int order = (difference > 0) - (difference < 0);
  return left->after ? order : -order;
}

void
truce_milestone_set_leads (TruceMilestone *milestone, const TruceLead *leads, guint n_leads)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (TruceLead), n_leads);

  g_clear_pointer (&milestone->leads, g_array_unref); /* which others may have as well */
  milestone->leads = sorted;
  g_array_append_vals (sorted, leads, n_leads);
  g_array_sort (sorted, compare_leads);
  for (guint i = sorted->len; i > 1; i--)
    if (compare_leads (&g_array_index (sorted, TruceLead, i - 1), &g_array_index (sorted, TruceLead, i - 2)) == 0)
      g_array_remove_index (sorted, i - 1);
}

void
truce_milestone_share_leads (TruceMilestone *milestone, const TruceMilestone *other)
{
  GArray *leads = g_array_ref (other->leads);

  g_clear_pointer (&milestone->leads, g_array_unref);
  milestone->leads = leads;
}

TruceTime
truce_milestone_end (const TruceMilestone *milestone)
{
  return MIN (milestone->met.at, milestone->cancelled.at);
}

guint
truce_milestone_revision_at (const TruceMilestone *milestone, TruceTime at)
{
  guint index = milestone->n_revisions;
  TruceTime until = MIN (at, truce_milestone_end (milestone));

  while (index > 1 && milestone->revisions[index - 1].since > until)
    index--;
  return index ? index - 1 : 0;
}

guint
truce_milestone_sequence (const TruceMilestone *milestone, guint index)
{
  guint amended = 0;

  for (guint i = 1; i <= index; i++)
    amended += truce_milestone_revision (milestone, i)->amendment != 0;
  return milestone->event ? MAX (milestone->event->sequence + amended, index) : index;
}

gboolean
truce_milestone_ended_at (const TruceMilestone *milestone, TruceTime at)
{
  return truce_milestone_end (milestone) <= at;
}

TruceTime
truce_milestone_next_change (const TruceMilestone *milestone, TruceTime after)
{
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < milestone->n_revisions; i++)
    if (milestone->revisions[i].since > after) {
      next = milestone->revisions[i].since;
      break;
    }
  if (milestone->met.at > after)
    next = MIN (next, milestone->met.at);
  if (milestone->cancelled.at > after)
    next = MIN (next, milestone->cancelled.at);
  return next;
}

gboolean
truce_milestone_id_is_of (const char *id, const char *wanted)
{
  static const char all[] = { TRUCE_OCCURRENCE_MARK, 'a', 'l', 'l', '\0' };
  gsize length = strlen (wanted);

  if (g_str_has_suffix (wanted, all))
    length -= strlen (all);
  return strncmp (id, wanted, length) == 0 && (!id[length] || id[length] == TRUCE_OCCURRENCE_MARK);
}

TruceTime
truce_milestone_reach_before (const TruceMilestone *milestone)
{
  const TruceLead *longest = milestone->leads->len ? &g_array_index (milestone->leads, TruceLead, 0) : NULL;

  return LEAD_SLACK + (longest && !longest->after ? approximate_length (longest) : 0);
}

TruceTime
truce_milestone_reach_after (const TruceMilestone *milestone)
{
  guint n_leads = milestone->leads->len;
  const TruceLead *last = n_leads ? &g_array_index (milestone->leads, TruceLead, n_leads - 1) : NULL;

  return LEAD_SLACK + (last && last->after ? approximate_length (last) : 0);
}

/* --- firings --- */

static gboolean
is_window (const TruceSpan *span)
{
  return span->precision != TRUCE_PRECISION_INSTANT && span->precision != TRUCE_PRECISION_DAY;
}

/* May `lead` fall in (after, upto]? Cheap, and never a wrong FALSE. */
static gboolean
may_fall_within (const TruceLead *lead, const TruceSpan *span, TruceTime after, TruceTime upto)
{
  TruceTime length = approximate_length (lead);
  TruceTime at = lead->after ? span->latest + length : span->earliest - length;

  return at + LEAD_SLACK > after && at - LEAD_SLACK <= upto;
}

/* Calls `found` for every firing in (after, upto], in no order. `found` may lower `upto` on the way. */
typedef void (*FoundFunc) (TruceFiringKind kind, const TruceLead *lead, TruceTime at, TruceTime *upto,
                           gpointer user_data);

static void
each_firing (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after, TruceTime upto, FoundFunc found,
             gpointer user_data)
{
  TruceFiringKind at_it = is_window (span) ? TRUCE_FIRING_WINDOW_OPEN : TRUCE_FIRING_DUE;
  gboolean told_at_it = FALSE;

  for (guint i = 0; i < milestone->leads->len; i++) {
    const TruceLead *lead = &g_array_index (milestone->leads, TruceLead, i);
    gboolean is_at = truce_lead_is_at (lead);
    told_at_it = told_at_it || is_at;
    if (!may_fall_within (lead, span, after, upto))
      continue;
    TruceTime at = truce_lead_instant (lead, span, milestone->remind_at);
    if (at > after && at <= upto)
      found (is_at ? at_it : TRUCE_FIRING_LEAD, lead, at, &upto, user_data);
  }
  if (is_window (span) && !told_at_it && span->earliest > after && span->earliest <= upto)
    found (TRUCE_FIRING_WINDOW_OPEN, NULL, span->earliest, &upto, user_data);
  if (span->precision != TRUCE_PRECISION_INSTANT && span->latest > after && span->latest <= upto)
    found (TRUCE_FIRING_PASSED, NULL, span->latest, &upto, user_data);
}

typedef struct {
  const TruceMilestone *milestone;
  guint revision;
  GArray *firings;
} Collecting;

static void
collect (TruceFiringKind kind, const TruceLead *lead, TruceTime at, TruceTime *upto, gpointer user_data)
{
  static const TruceLead at_it = { 0 };
  const Collecting *collecting = user_data;
  TruceFiring firing = { .milestone = collecting->milestone, .revision = collecting->revision, .kind = kind, .at = at };

  if (kind == TRUCE_FIRING_PASSED)
    g_strlcpy (firing.key, PASSED_KEY, sizeof firing.key);
  else
    truce_lead_to_text (lead ? lead : &at_it, firing.key);
  firing.after = kind == TRUCE_FIRING_PASSED || (lead && lead->after);
  g_array_append_val (collecting->firings, firing);
}

static int
compare_firings (gconstpointer a, gconstpointer b)
{
  const TruceFiring *left = a, *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return strcmp (left->key, right->key);
}

void
truce_milestone_firings (const TruceMilestone *milestone, guint revision, const TruceSpan *span, TruceTime after,
                         TruceTime upto, GArray *ret_firings)
{
  Collecting collecting = { milestone, revision, ret_firings };
  guint before = ret_firings->len;

  each_firing (milestone, span, after, upto, collect, &collecting);
  if (ret_firings->len > before + 1)
    qsort (&g_array_index (ret_firings, TruceFiring, before), ret_firings->len - before, sizeof (TruceFiring),
           compare_firings);
}

/* Every one found narrows what is looked for. */
static void
keep_earliest (TruceFiringKind kind, const TruceLead *lead, TruceTime at, TruceTime *upto, gpointer user_data)
{
  TruceTime *earliest = user_data;

  *earliest = at;
  *upto = at - 1;
}

TruceTime
truce_milestone_next_firing (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after)
{
  TruceTime earliest = TRUCE_TIME_NONE;

  each_firing (milestone, span, after, TRUCE_TIME_NONE - 1, keep_earliest, &earliest);
  return earliest;
}
