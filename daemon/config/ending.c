/* SPDX-License-Identifier: MIT */
#include "config/ending.h"

void
truce_amendments_read (const GPtrArray *amendments)
{
  TruceTime reading = TRUCE_TIME_MIN;

  for (guint i = 0; i < amendments->len; i++) {
    TruceAmendment *amendment = g_ptr_array_index (amendments, i);
    reading = MAX (reading, amendment->at);
    amendment->reading = reading;
  }
}

static gboolean
is_ending (const TruceAmendment *amendment)
{
  return amendment->kind == TRUCE_AMENDMENT_MET || amendment->kind == TRUCE_AMENDMENT_CANCELLED;
}

static gboolean
is_after (const TruceMilestoneEnd *end, TruceTime said, gint64 number)
{
  return said > end->said || (said == end->said && number > end->number);
}

TruceMilestoneEnd
truce_milestone_end_as_said (const TruceMilestone *milestone, const GPtrArray *said)
{
  TruceMilestoneEnd end = { truce_milestone_end (milestone), G_MAXINT64, FALSE };

  for (guint i = 0; said && i < said->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (said, i);
    if (!is_ending (amendment))
      continue;
    end.holds = TRUE;
    if (is_after (&end, amendment->reading, amendment->number))
      continue;
    end.said = amendment->reading;
    end.number = amendment->number;
  }
  return end;
}

gboolean
truce_milestone_end_takes (const TruceMilestoneEnd *end, const TruceRevision *revision)
{
  return !is_after (end, revision->said, revision->amendment);
}

/* What came before the end has come into force by then, and what came after it never does. */
static void
hold_still (TruceMilestone *milestone, const TruceMilestoneEnd *end)
{
  TruceTime at = truce_milestone_end (milestone);
  guint kept = 0;

  for (guint i = 0; i < milestone->n_revisions; i++) {
    TruceRevision *revision = &milestone->revisions[i];
    if (!truce_milestone_end_takes (end, revision)) {
      truce_span_clear (&revision->span);
      continue;
    }
    revision->since = MIN (revision->since, at);
    milestone->revisions[kept++] = *revision;
  }
  milestone->n_revisions = kept;
}

void
truce_milestone_end_lay (TruceMilestone *milestone, const TruceMilestoneEnd *end, const GPtrArray *said, TruceTime now)
{
  for (guint i = 0; said && i < said->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (said, i);
    TruceEnding *ending = amendment->kind == TRUCE_AMENDMENT_MET ? &milestone->met : &milestone->cancelled;
    TruceTime at = MIN (amendment->at, now);
    if (!is_ending (amendment) || at >= ending->at)
      continue; /* it had ended by then */
    ending->at = at;
    ending->why = truce_arena_text (milestone->arena, amendment->why);
    ending->by = truce_arena_text (milestone->arena, amendment->by);
  }
  if (end->holds)
    hold_still (milestone, end);
}
