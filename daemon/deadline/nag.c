/* SPDX-License-Identifier: MIT */
#include "deadline/nag.h"

#define MEAN_MONTH (TRUCE_DAY * 146097 / 4800) /* 400 years of 12 months */

TruceTime
truce_nag_length (const TruceLead *nag)
{
  return nag->months * MEAN_MONTH + nag->days * TRUCE_DAY + nag->seconds * TRUCE_SECOND;
}

static TruceTime
instant_of (const TruceMilestone *milestone, const TruceSpan *span, guint number)
{
  TruceLead lead = milestone->nag;

  lead.after = TRUE;
  lead.months *= (int) number;
  lead.days *= (int) number;
  lead.seconds *= number;
  return truce_lead_instant (&lead, span, milestone->remind_at);
}

TruceTime
truce_nag_next (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after, guint *ret_number)
{
  TruceTime length = truce_nag_length (&milestone->nag), at;
  gint64 number = 1;

  if (!milestone->has_nag || after > TRUCE_TIME_MAX - 4 * TRUCE_NAG_MOST)
    return TRUCE_TIME_NONE;
  /* A step or two before it, and then on to it: months and days are not all of one length, and `remind-at` may lie
   * before the date's own time of day. */
  if (after > span->latest)
    number = MAX ((after - span->latest) / length - 2, 1);
  number = MIN (number, G_MAXINT32); /* of minutes, 4,000 years */
  while ((at = instant_of (milestone, span, (guint) number)) <= MAX (after, span->latest))
    number++;
  *ret_number = (guint) number;
  return at;
}

void
truce_nag_firings (const TruceMilestone *milestone, guint revision, const TruceSpan *span, TruceTime after,
                   TruceTime upto, GArray *ret_firings)
{
  TruceTime length = truce_nag_length (&milestone->nag);
  guint number;

  if (!milestone->has_nag || upto <= span->latest)
    return;
  after = MAX (after, upto - length * TRUCE_NAGS_TAKEN_MAX);
  for (TruceTime at = truce_nag_next (milestone, span, after, &number); at <= upto;
       at = truce_nag_next (milestone, span, at, &number)) {
    TruceFiring firing = {
      .milestone = milestone,
      .revision = revision,
      .kind = TRUCE_FIRING_NAG,
      .at = at,
      .after = TRUE,
      .number = number,
    };
    g_snprintf (firing.key, sizeof firing.key, "nag%u", number);
    g_array_append_val (ret_firings, firing);
  }
}
