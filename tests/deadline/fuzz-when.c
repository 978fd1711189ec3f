/* SPDX-License-Identifier: MIT */
/* Any bytes as a date statement: it is refused with a reason, or it gives a span that begins before it ends, within
 * years 1 to 9999, and that people can be told. */
#include <stdint.h>
#include <string.h>

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

static TruceZone *zone;
static TruceSpan starts;

/* `when` (transfer full); NULL: refused for `reason` (transfer full). */
static void
check (TruceWhen *parsed, GError *reason)
{
  g_autoptr (TruceWhen) when = parsed;
  g_autoptr (GError) error = reason;
  g_autoptr (GPtrArray) notes = NULL;
  TruceSpan span;

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
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const TruceTime asked[] = { TRUCE_TIME_MIN, 1747195260 * TRUCE_SECOND, TRUCE_TIME_MAX };
  g_autofree char *text = g_strndup ((const char *) data, size);
  GError *error = NULL;
  TruceWhen *when;

  if (!zone) {
    zone = truce_zone_new ("America/New_York", NULL);
    starts = (TruceSpan){ 1747195260 * TRUCE_SECOND, 1747195260 * TRUCE_SECOND, TRUCE_PRECISION_INSTANT, FALSE, zone };
  }
  when = truce_when_parse (text, zone, &error);
  check (when, error);
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++) {
    gsize offset = 0;
    error = NULL;
    when = truce_when_parse_now (text, zone, asked[i], &offset, &error);
    g_assert_cmpuint (offset, <=, strlen (text));
    check (when, error);
  }
  return 0;
}
