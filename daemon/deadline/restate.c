/* SPDX-License-Identifier: MIT */
#include "deadline/restate.h"

#include <string.h>

gboolean
truce_span_days (const TruceSpan *span, gint64 *ret_first, gint64 *ret_end)
{
  gint64 first = truce_zone_day_of (span->zone, span->earliest), end = truce_zone_day_of (span->zone, span->latest);

  if (span->latest <= span->earliest || truce_zone_day_start (span->zone, first) != span->earliest ||
      truce_zone_day_start (span->zone, end) != span->latest)
    return FALSE;
  *ret_first = first;
  *ret_end = end;
  return TRUE;
}

typedef enum { FIT_NONE, FIT_INSTANTS, FIT_WHOLE } Fit;

/* How well does `text` stand for `span`? */
static Fit
fit_of (const char *text, const TruceSpan *span, TruceZone *zone)
{
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, NULL);
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan read;
  Fit fit = FIT_NONE;

  if (!when || !truce_when_resolve (when, &context, &read, NULL, NULL))
    return FIT_NONE;
  if (truce_span_same_due (&read, span))
    fit = read.precision == span->precision && read.approximate == span->approximate &&
                  strcmp (truce_zone_name (read.zone), truce_zone_name (span->zone)) == 0
              ? FIT_WHOLE
              : FIT_INSTANTS;
  truce_span_clear (&read);
  return fit;
}

static void
append_date (GString *text, gint64 days)
{
  int year, month, day;

  truce_date_from_days (days, &year, &month, &day);
  g_string_append_printf (text, "%04d-%02d-%02d", year, month, day);
}

static void
append_civil (GString *text, const TruceZone *zone, TruceTime at)
{
  TruceCivil civil;
  TruceTime fraction = at % TRUCE_SECOND;

  truce_zone_to_civil (zone, at, &civil);
  g_string_append_printf (text, "%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day, civil.hour,
                          civil.minute);
  if (fraction < 0)
    fraction += TRUCE_SECOND;
  if (civil.second || fraction)
    g_string_append_printf (text, ":%02d", civil.second);
  if (fraction)
    g_string_append_printf (text, ".%06d", (int) fraction);
  g_string_append_printf (text, " %s", truce_zone_name (zone));
}

/* In the span's own zone: days where they are days. (transfer full) */
static char *
in_zone (const TruceSpan *span, const char *suffix)
{
  g_autoptr (GString) text = g_string_new (span->approximate ? "about " : "");
  gint64 first, end;

  if (truce_span_days (span, &first, &end)) {
    append_date (text, first);
    if (end - first > 1) {
      g_string_append_c (text, '/');
      append_date (text, end - 1);
    }
    g_string_append (text, suffix);
  } else {
    append_civil (text, span->zone, span->earliest);
    if (span->latest > span->earliest) {
      g_string_append_c (text, '/');
      append_civil (text, span->zone, span->latest);
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
in_utc (const TruceSpan *span)
{
  char from[TRUCE_TIME_TEXT_SIZE], to[TRUCE_TIME_TEXT_SIZE];

  truce_time_to_text (span->earliest, from);
  if (span->latest == span->earliest)
    return g_strdup (from);
  return g_strdup_printf ("%s/%s", from, truce_time_to_text (span->latest, to));
}

char *
truce_span_restate (const TruceSpan *span, const char *statement, TruceZone *zone)
{
  gboolean elsewhere = strcmp (truce_zone_name (span->zone), truce_zone_name (zone)) != 0;
  g_autofree char *suffix = elsewhere ? g_strconcat (" ", truce_zone_name (span->zone), NULL) : g_strdup ("");
  g_autofree char *words = truce_span_to_words (span);
  g_autofree char *words_there = g_strconcat (words, suffix, NULL);
  g_autofree char *there = in_zone (span, suffix);
  g_autofree char *utc = in_utc (span);
  /* An instant's words name its zone by letters that may mean another one elsewhere: they are never tried. */
  const char *candidates[] = { statement, there, span->latest > span->earliest ? words_there : NULL, utc };
  const char *best = utc;
  Fit best_fit = FIT_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (candidates) && best_fit < FIT_WHOLE; i++) {
    Fit fit = candidates[i] ? fit_of (candidates[i], span, zone) : FIT_NONE;

    if (fit > best_fit) {
      best = candidates[i];
      best_fit = fit;
    }
  }
  return g_strdup (best);
}
