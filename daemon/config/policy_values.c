/* SPDX-License-Identifier: MIT */
/* Values that say when and how often people are told. */
#include <string.h>

#include "config/values.h"
#include "deadline/milestone.h"
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

/* Less than that is a night; what has been silent for longer than a month is no longer followed. */
#define SILENT_LEAST (6 * TRUCE_HOUR)
#define SILENT_MOST (31 * TRUCE_DAY)

gboolean
truce_value_silent_after (const TruceValue *value, TruceTime *ret_length)
{
  if (strcmp (value->place.value, "no") == 0) {
    *ret_length = 0;
    return TRUE;
  }
  return truce_value_duration (value, SILENT_LEAST, SILENT_MOST, ret_length);
}

/* "22:00", without a word about it when it is none. */
static gboolean
time_from_text (const char *text, int *ret_minutes)
{
  g_autoptr (TruceDiags) unheard = truce_diags_new ();
  const TruceValue value = { .diags = unheard, .place.value = text };

  return truce_value_time_of_day (&value, ret_minutes);
}

gboolean
truce_value_quiet (const TruceValue *value, TruceQuiet *ret_quiet)
{
  g_auto (GStrv) parts = g_strsplit (value->place.value, "-", 3);
  TruceQuiet quiet = { .set = TRUE };

  if (strcmp (value->place.value, "no") == 0) {
    *ret_quiet = (TruceQuiet){ .set = FALSE };
    return TRUE;
  }
  if (g_strv_length (parts) != 2 || !time_from_text (g_strstrip (parts[0]), &quiet.from) ||
      !time_from_text (g_strstrip (parts[1]), &quiet.to)) {
    truce_value_error (value, "not a part of the day such as 22:00-07:00, and not no");
    return FALSE;
  }
  if (quiet.from == quiet.to) {
    truce_value_error (value, "it would be quiet all day or never; take a sink out of alert-to to have it silent");
    return FALSE;
  }
  *ret_quiet = quiet;
  return TRUE;
}

gboolean
truce_value_budget (const TruceValue *value, guint *ret_budget)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (value->place.value, 10, 1, TRUCE_BUDGET_MOST, &number, NULL)) {
    truce_value_error (value, "not a number from 1 to %d", TRUCE_BUDGET_MOST);
    return FALSE;
  }
  *ret_budget = (guint) number;
  return TRUE;
}

gboolean
truce_value_on_move (const TruceValue *value, int *ret_on_move)
{
  guint64 number;

  if (strcmp (value->place.value, "ask") == 0) {
    *ret_on_move = TRUCE_ON_MOVE_ASK;
    return TRUE;
  }
  if (strcmp (value->place.value, "official") == 0) {
    *ret_on_move = TRUCE_ON_MOVE_OFFICIAL;
    return TRUE;
  }
  if (!g_ascii_string_to_unsigned (value->place.value, 10, 1, TRUCE_ON_MOVE_MOST, &number, NULL)) {
    truce_value_error (value, "not ask, official, or a number of sources from 1 to %d", TRUCE_ON_MOVE_MOST);
    return FALSE;
  }
  if (number == 1)
    truce_value_warn (value, "the word of one newspaper would move the date");
  *ret_on_move = (int) number;
  return TRUE;
}
