/* SPDX-License-Identifier: MIT */
/* Any bytes as a date statement: it is refused with a reason, or it gives a span that begins before it ends, within
 * years 1 to 9999, and that people can be told. */
#include <stdint.h>

#include "deadline/when.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_span (const TruceSpan *span)
{
  g_assert_true (span->earliest <= span->latest);
  g_assert_true (span->earliest >= TRUCE_TIME_MIN && span->latest <= TRUCE_TIME_MAX);
  g_assert_true ((span->precision == TRUCE_PRECISION_INSTANT) == (span->earliest == span->latest));
  g_assert_nonnull (span->zone);
  g_autofree char *words = truce_span_to_words (span);
  g_assert_true (g_utf8_validate (words, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static TruceZone *zone;
  static TruceSpan starts;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  TruceSpan span;

  if (!zone) {
    zone = truce_zone_new ("America/New_York", NULL);
    starts = (TruceSpan){ 1747195260 * TRUCE_SECOND, 1747195260 * TRUCE_SECOND, TRUCE_PRECISION_INSTANT, FALSE, zone };
  }
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, &error);
  g_assert_true ((when == NULL) == (error != NULL));
  if (when) {
    TruceWhenContext context = { .starts = &starts };
    gboolean resolved = truce_when_resolve (when, &context, &span, &notes, &error);
    g_assert_true (resolved == (error == NULL));
    if (resolved) {
      check_span (&span);
      truce_span_clear (&span);
    }
  }
  g_assert_true (!error || g_utf8_validate (error->message, -1, NULL));
  return 0;
}
