/* SPDX-License-Identifier: MIT */
/* Any bytes as a holiday file: it is refused with findings, or it says of any day whether it is off, and counting there
 * and back ends. */
#include <stdint.h>

#include "deadline/calendar.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_count (TruceCalendar *calendar, gint64 day)
{
  const char *off = truce_calendar_day_off (calendar, day);
  gint64 rolled, there, back;

  g_assert_true (!off || g_utf8_validate (off, -1, NULL));
  if (!truce_calendar_roll (calendar, day, 1, &rolled))
    return;
  g_assert_true (rolled >= day && (rolled == day) == !off);
  if (truce_calendar_add (calendar, rolled, 7, &there)) {
    g_assert_true (there >= rolled + 7);
    g_assert_true (truce_calendar_add (calendar, there, -7, &back));
    g_assert_cmpint (back, ==, rolled);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceCalendar) calendar = truce_calendar_parse ("fuzz", "fuzz", (const char *) data, size, diags);

  g_assert_true ((calendar == NULL) == truce_diags_failed (diags));
  for (int year = 2023; calendar && year < 2027; year++)
    check_count (calendar, truce_days_from_date (year, 12, 23));
  for (guint i = 0; i < truce_diags_count (diags); i++) {
    g_autofree char *text = truce_finding_to_text (truce_diags_get (diags, i));
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
  return 0;
}
