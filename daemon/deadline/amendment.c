/* SPDX-License-Identifier: MIT */
#include "deadline/amendment.h"

#include <string.h>

#include "deadline/when.h"

static const char *const kinds[TRUCE_N_AMENDMENT_KINDS] = {
  [TRUCE_AMENDMENT_DUE] = "due",
  [TRUCE_AMENDMENT_MET] = "met",
  [TRUCE_AMENDMENT_CANCELLED] = "cancelled",
  [TRUCE_AMENDMENT_SILENCED] = "silenced",
};

const char *
truce_amendment_kind_to_text (TruceAmendmentKind kind)
{
  return kinds[kind];
}

gboolean
truce_amendment_kind_from_text (const char *text, TruceAmendmentKind *ret_kind)
{
  for (guint i = 0; i < TRUCE_N_AMENDMENT_KINDS; i++)
    if (strcmp (text, kinds[i]) == 0) {
      *ret_kind = (TruceAmendmentKind) i;
      return TRUE;
    }
  return FALSE;
}

TruceAmendment *
truce_amendment_new (TruceAmendmentKind kind, const char *milestone, TruceTime at, const char *by, const char *why)
{
  TruceAmendment *amendment = g_new0 (TruceAmendment, 1);

  amendment->kind = kind;
  amendment->milestone = g_strdup (milestone);
  amendment->at = amendment->reading = at;
  amendment->by = g_strdup (by);
  amendment->why = g_strdup (why);
  amendment->due = amendment->latest = amendment->until = amendment->undone = TRUCE_TIME_NONE;
  return amendment;
}

gboolean
truce_amendment_ends_one (const TruceAmendment *amendment)
{
  return (amendment->kind == TRUCE_AMENDMENT_MET || amendment->kind == TRUCE_AMENDMENT_CANCELLED) && !amendment->over;
}

gboolean
truce_amendment_over_span (const TruceAmendment *amendment, TruceZone *zone, TruceSpan *ret_span)
{
  const TruceWhenContext nothing = { NULL };
  g_autoptr (TruceWhen) when =
      amendment->kind == TRUCE_AMENDMENT_DUE && amendment->over ? truce_when_parse (amendment->over, zone, NULL) : NULL;

  return when && truce_when_resolve (when, &nothing, ret_span, NULL, NULL);
}

TruceAmendment *
truce_amendment_copy (const TruceAmendment *amendment)
{
  TruceAmendment *copy = g_memdup2 (amendment, sizeof *amendment);

  copy->milestone = g_strdup (amendment->milestone);
  copy->by = g_strdup (amendment->by);
  copy->via = g_strdup (amendment->via);
  copy->why = g_strdup (amendment->why);
  copy->statement = g_strdup (amendment->statement);
  copy->zone = g_strdup (amendment->zone);
  copy->over = g_strdup (amendment->over);
  copy->undone_by = g_strdup (amendment->undone_by);
  copy->undone_via = g_strdup (amendment->undone_via);
  return copy;
}

void
truce_amendment_free (TruceAmendment *amendment)
{
  if (!amendment)
    return;
  g_free (amendment->milestone);
  g_free (amendment->by);
  g_free (amendment->via);
  g_free (amendment->why);
  g_free (amendment->statement);
  g_free (amendment->zone);
  g_free (amendment->over);
  g_free (amendment->undone_by);
  g_free (amendment->undone_via);
  g_free (amendment);
}
