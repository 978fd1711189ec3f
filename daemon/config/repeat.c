/* SPDX-License-Identifier: MIT */
/* Milestones that repeat: their rule, the dates that are left out, and leads that fit between two of them. */
#include "config/drafts.h"
#include "config/occurrences.h"
#include "deadline/except.h"

#define DAYS_A_MONTH 31 /* at most: a lead of a month is longer than one of 30 days */

/* How many days long, rounded up. */
static gint64
days_of (const TruceLead *lead)
{
  return (gint64) lead->months * DAYS_A_MONTH + lead->days +
         (lead->seconds + TRUCE_DAY / TRUCE_SECOND - 1) / (TRUCE_DAY / TRUCE_SECOND);
}

/* Leads that were written for dates far apart are not for those of a day or a week: the usual ones are told only as far
 * as they lie between two dates. Those of its own are its owner's wish. */
static void
fit_leads (TruceDraft *draft)
{
  TruceMilestone *milestone = draft->milestone;
  gint64 gap = truce_series_least_gap (milestone->series);
  const TruceLead *longest = milestone->leads->len ? &g_array_index (milestone->leads, TruceLead, 0) : NULL;
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (TruceLead));
  char text[TRUCE_LEAD_TEXT_SIZE];

  if (!longest || gap == 0 || longest->after || days_of (longest) < gap)
    return;
  if (draft->own_leads && days_of (longest) <= gap * TRUCE_OCCURRENCES_AHEAD_MAX)
    return;
  if (draft->lead_at.place.value && days_of (longest) > gap * TRUCE_OCCURRENCES_AHEAD_MAX) {
    truce_value_error (&draft->lead_at,
                       "%s reaches over more than %d of its dates, of which two may be %" G_GINT64_FORMAT " %s apart",
                       truce_lead_to_text (longest, text), TRUCE_OCCURRENCES_AHEAD_MAX, gap, gap == 1 ? "day" : "days");
    draft->failed = TRUE;
    return;
  }
  if (draft->lead_at.place.value) {
    truce_value_note (&draft->lead_at,
                      "%s reaches back over the date before: two of its dates may be %" G_GINT64_FORMAT " %s apart",
                      truce_lead_to_text (longest, text), gap, gap == 1 ? "day" : "days");
    return;
  }
  for (guint i = 0; i < milestone->leads->len; i++) {
    const TruceLead *lead = &g_array_index (milestone->leads, TruceLead, i);
    if (lead->after || days_of (lead) < gap)
      g_array_append_vals (kept, lead, 1);
  }
  truce_milestone_set_leads (milestone, (const TruceLead *) (gpointer) kept->data, kept->len);
}

static void
leave_out (TruceDraft *draft)
{
  for (guint i = 0; draft->excepts && i < draft->excepts->len; i++) {
    const TruceValue *value = &g_array_index (draft->excepts, TruceValue, i);
    g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;

    if (!truce_series_except (draft->milestone->series, value->place.value, doubts, &error)) {
      truce_value_error (value, "%s", error->message);
      draft->failed = TRUE;
    }
    for (guint j = 0; j < doubts->len; j++)
      truce_value_warn (value, "%s", (const char *) g_ptr_array_index (doubts, j));
  }
}

void
truce_draft_repeat (TruceDraft *draft)
{
  TruceMilestone *milestone = draft->milestone;
  const TruceSpan *first = &truce_milestone_revision (milestone, 0)->span;
  g_autoptr (GError) error = NULL;
  gint64 day;

  milestone->series = truce_series_new (draft->repeat_at.place.value, first, &error);
  if (!milestone->series) {
    truce_value_error (&draft->repeat_at, "%s", error->message);
    draft->failed = TRUE;
    return;
  }
  leave_out (draft);
  if (!draft->failed &&
      !truce_series_next (milestone->series, truce_zone_day_of (first->zone, first->earliest) - 1, &day)) {
    truce_value_error (&draft->repeat_at, "all of its dates are left out");
    draft->failed = TRUE;
  }
  if (!draft->failed)
    fit_leads (draft);
}

void
truce_draft_check_series (const TruceDraft *draft, TruceTime now)
{
  const TruceMilestone *milestone = draft->milestone;
  const TruceSeries *series = milestone->series;
  gint64 day = truce_zone_day_of (truce_series_first (series)->zone, now);
  gboolean ahead = truce_series_next (series, day, &day);
  TruceSpan span;

  if (!truce_series_first_fits (series)) {
    g_autofree char *words = truce_span_to_words (truce_series_first (series));
    truce_value_warn (&draft->repeat_at, "the first date, %s, is none that the rule makes; it counts all the same",
                      words);
  }
  if (!ahead && !truce_series_previous (series, day + 1, &day))
    return;
  truce_series_span (series, day, &span);
  g_autofree char *off = milestone->calendar ? truce_span_day_off (&span, milestone->calendar) : NULL;
  if (!ahead && span.latest <= now) {
    g_autofree char *words = truce_span_to_words (&span);
    truce_value_note (&draft->place, "the last of its dates, %s, has passed", words);
  } else if (off) {
    truce_value_note (&draft->repeat_at, "%s", off);
  }
  truce_span_clear (&span);
}
