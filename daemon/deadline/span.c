/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "deadline/names.h"
#include "deadline/when.h"

const char *
truce_precision_to_text (TrucePrecision precision)
{
  static const char *const texts[] = { "instant", "day",       "part-of-month", "month",   "quarter",
                                       "season",  "half-year", "year",          "interval" };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == TRUCE_N_PRECISIONS);
  return texts[precision];
}

gboolean
truce_precision_from_text (const char *text, TrucePrecision *ret_precision)
{
  for (guint i = 0; i < TRUCE_N_PRECISIONS; i++)
    if (strcmp (text, truce_precision_to_text ((TrucePrecision) i)) == 0) {
      *ret_precision = (TrucePrecision) i;
      return TRUE;
    }
  return FALSE;
}

void
truce_span_copy (const TruceSpan *span, TruceSpan *ret_span)
{
  *ret_span = *span;
  if (ret_span->zone)
    truce_zone_ref (ret_span->zone);
}

void
truce_span_clear (TruceSpan *span)
{
  truce_zone_unref (span->zone);
  *span = (TruceSpan) TRUCE_SPAN_INIT;
}

gboolean
truce_span_same_due (const TruceSpan *a, const TruceSpan *b)
{
  return a->earliest == b->earliest && a->latest == b->latest;
}

gboolean
truce_span_tightens (const TruceSpan *span, const TruceSpan *old)
{
  return old->latest > old->earliest && span->earliest >= old->earliest && span->earliest < old->latest &&
         span->latest <= old->latest && !truce_span_same_due (span, old);
}

/* --- in words --- */

typedef struct {
  gint64 first, last; /* civil days */
  TruceCivil from, to;
} Days;

/* Are both ends beginnings of days? */
static gboolean
days_of (const TruceSpan *span, Days *ret_days)
{
  Days days = { .first = truce_zone_day_of (span->zone, span->earliest) };

  days.last = truce_zone_day_of (span->zone, span->latest - 1);
  if (truce_zone_day_start (span->zone, days.first) != span->earliest ||
      truce_zone_day_start (span->zone, days.last + 1) != span->latest)
    return FALSE;
  truce_date_from_days (days.first, &days.from.year, &days.from.month, &days.from.day);
  truce_date_from_days (days.last, &days.to.year, &days.to.month, &days.to.day);
  *ret_days = days;
  return TRUE;
}

/* How many whole months; 0 when they are not whole. */
static int
whole_months (const Days *days)
{
  if (days->from.day != 1 || days->to.day != truce_civil_days_in_month (days->to.year, days->to.month))
    return 0;
  return (days->to.year - days->from.year) * TRUCE_MONTHS_A_YEAR + days->to.month - days->from.month + 1;
}

/* A named period, if the days are one; NULL. */
static char *
period_to_words (TrucePrecision precision, const Days *days)
{
  int n_months = whole_months (days), month = days->from.month, year = days->from.year;

  if (precision == TRUCE_PRECISION_MONTH && n_months == 1)
    return g_strdup_printf ("%s %d", truce_month_names[month - 1], year);
  if (precision == TRUCE_PRECISION_QUARTER && n_months == 3 && month % 3 == 1)
    return g_strdup_printf ("Q%d %d", month / 3 + 1, year);
  if (precision == TRUCE_PRECISION_HALF_YEAR && n_months == 6 && month % 6 == 1)
    return g_strdup_printf ("H%d %d", month / 6 + 1, year);
  if (precision == TRUCE_PRECISION_YEAR && n_months == TRUCE_MONTHS_A_YEAR && month == 1)
    return g_strdup_printf ("%d", year);
  return NULL;
}

static char *
days_to_words (TrucePrecision precision, const Days *days)
{
  const TruceCivil *from = &days->from, *to = &days->to;
  const char *from_month = truce_month_names[from->month - 1], *to_month = truce_month_names[to->month - 1];
  char *period = period_to_words (precision, days);

  if (period)
    return period;
  if (days->first == days->last)
    return g_strdup_printf ("%.3s %d %.3s %d", truce_weekday_names[truce_weekday_of (days->first)], from->day,
                            from_month, from->year);
  if (from->year != to->year)
    return g_strdup_printf ("%d %.3s %d – %d %.3s %d", from->day, from_month, from->year, to->day, to_month, to->year);
  if (from->month != to->month)
    return g_strdup_printf ("%d %.3s – %d %.3s %d", from->day, from_month, to->day, to_month, to->year);
  return g_strdup_printf ("%d–%d %.3s %d", from->day, to->day, to_month, to->year);
}

char *
truce_span_to_words (const TruceSpan *span)
{
  g_autofree char *words = NULL;
  Days days;

  if (span->earliest == span->latest)
    words = truce_zone_format (span->zone, span->earliest);
  else if (days_of (span, &days))
    words = days_to_words (span->precision, &days);
  else {
    g_autofree char *from = truce_zone_format (span->zone, span->earliest);
    g_autofree char *to = truce_zone_format (span->zone, span->latest);
    words = g_strdup_printf ("%s – %s", from, to);
  }
  return span->approximate ? g_strconcat ("about ", words, NULL) : g_steal_pointer (&words);
}

char *
truce_span_day_off (const TruceSpan *span, TruceCalendar *calendar)
{
  gint64 day = truce_zone_day_of (span->zone, span->earliest);
  const char *off;

  if (span->precision > TRUCE_PRECISION_DAY || !(off = truce_calendar_day_off (calendar, day)))
    return NULL;
  TruceCivil civil;
  truce_zone_to_civil (span->zone, span->earliest, &civil);
  return g_strdup_printf ("%.3s %d %.3s %d is a day off in %s: %s", truce_weekday_names[truce_weekday_of (day)],
                          civil.day, truce_month_names[civil.month - 1], civil.year, truce_calendar_name (calendar),
                          off);
}
