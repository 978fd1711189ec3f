/* SPDX-License-Identifier: MIT */
#include "deadline/except.h"

#include <string.h>

/* A comma may also stand within a date: "December 25, 2026". So a date ends at the first comma up to which it is one,
 * the longest first. */
static TruceWhen *
take_date (const char *text, TruceZone *zone, gsize *ret_length)
{
  gsize end = MIN (strlen (text), TRUCE_WHEN_TEXT_MAX);

  for (;;) {
    g_autofree char *piece = g_strndup (text, end);
    TruceWhen *when = truce_when_parse (piece, zone, NULL);
    if (when) {
      *ret_length = end;
      return when;
    }
    while (end > 0 && text[--end] != ',')
      continue;
    if (end == 0)
      return NULL;
  }
}

static gboolean
leave_out (TruceSeries *series, const TruceWhen *when, GPtrArray *doubts, GError **error)
{
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan span;

  if (!truce_when_resolve (when, &context, &span, NULL, error))
    return FALSE;
  TruceZone *zone = truce_series_first (series)->zone;
  gint64 from = truce_zone_day_of (zone, span.earliest);
  gint64 end = span.latest > span.earliest ? truce_zone_day_of (zone, span.latest - 1) + 1 : from + 1;
  if (!truce_series_leave_out (series, from, end))
    g_ptr_array_add (doubts, g_strdup_printf ("%s: no date of it falls there", truce_when_text (when)));
  truce_span_clear (&span);
  return TRUE;
}

gboolean
truce_series_except (TruceSeries *series, const char *text, GPtrArray *doubts, GError **error)
{
  TruceZone *zone = truce_series_first (series)->zone;

  for (;;) {
    while (*text == ',' || g_ascii_isspace (*text))
      text++;
    if (!*text)
      return TRUE;
    gsize length;
    g_autoptr (TruceWhen) when = take_date (text, zone, &length);
    if (!when) { /* what is wrong with the part up to the first comma */
      g_autofree char *piece = g_strndup (text, strcspn (text, ","));
      g_autoptr (TruceWhen) none = truce_when_parse (piece, zone, error);
      return none != NULL;
    }
    if (!leave_out (series, when, doubts, error))
      return FALSE;
    text += length;
  }
}
