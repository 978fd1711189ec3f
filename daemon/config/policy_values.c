/* SPDX-License-Identifier: MIT */
/* Values that say when and how often people are told. */
#include <string.h>

#include "config/values.h"
#include "deadline/nag.h"

gboolean
truce_value_nag (const TruceValue *value, gboolean *ret_has_nag, TruceLead *ret_nag)
{
  const char *text = value->place.value;
  TruceLead lead;

  if (strcmp (text, "no") == 0) {
    *ret_has_nag = FALSE;
    return TRUE;
  }
  if (!truce_lead_parse (text, &lead) || lead.after || truce_lead_is_at (&lead)) {
    truce_value_error (value, "not a length of time such as 1d, 12h or 1w, and not no");
    return FALSE;
  }
  if (truce_nag_length (&lead) < TRUCE_NAG_LEAST || truce_nag_length (&lead) > TRUCE_NAG_MOST) {
    truce_value_error (value, "from a minute to a year");
    return FALSE;
  }
  lead.after = TRUE;
  *ret_has_nag = TRUE;
  *ret_nag = lead;
  return TRUE;
}
