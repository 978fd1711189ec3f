/* SPDX-License-Identifier: MIT */
/* Any bytes as a rule, a line of exceptions after it: refused with a reason, or dates that come in order, forwards and
 * backwards the same. */
#include <stdint.h>
#include <string.h>

#include "deadline/except.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define N_DATES 12

static void
check_dates (const TruceSeries *series)
{
  gint64 days[N_DATES], day = G_MININT32, before;
  guint n_days = 0;

  while (n_days < N_DATES && truce_series_next (series, day, &days[n_days])) {
    TruceSpan span;
    g_assert_true (days[n_days] > day);
    day = days[n_days++];
    truce_series_span (series, day, &span);
    g_assert_true (span.earliest <= span.latest && span.latest <= TRUCE_TIME_MAX);
    truce_span_clear (&span);
  }
  for (guint i = n_days; i > 1; i--) {
    g_assert_true (truce_series_previous (series, days[i - 1], &before));
    g_assert_cmpint (before, ==, days[i - 2]);
  }
  if (n_days > 0)
    g_assert_false (truce_series_previous (series, days[0], &before));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const TruceTime firsts[] = { 1780308000 * TRUCE_SECOND, -40000000000 * TRUCE_SECOND };
  static TruceZone *zone;
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *rest = strchr (text, '\n');

  if (!zone)
    zone = truce_zone_new ("America/New_York", NULL);
  if (rest)
    *rest++ = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++) {
    const TruceSpan span = { firsts[i], firsts[i], TRUCE_PRECISION_INSTANT, FALSE, zone };
    g_autoptr (GError) error = NULL, wrong = NULL;
    g_autoptr (TruceSeries) series = truce_series_new (text, &span, &error);
    g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
    g_assert_true ((series == NULL) == (error != NULL));
    if (!series)
      continue;
    g_autoptr (TruceRecurrence) again = truce_recurrence_parse (truce_series_rule (series), NULL);
    g_assert_nonnull (again);
    check_dates (series);
    if (rest)
      g_assert_true (truce_series_except (series, rest, doubts, &wrong) == (wrong == NULL));
    check_dates (series);
  }
  return 0;
}
