/* SPDX-License-Identifier: MIT */
#include "deadline/series.h"

#include "deadline/restate.h"

/* So far from the end of what dates can name that no zone and no length of days leads beyond it. */
#define DAYS_TO_SPARE 3

typedef struct {
  gint64 from, end;
} Days;

struct _TruceSeries {
  gatomicrefcount references;
  TruceRecurrence *rule;
  TruceSpan span;   /* of the first */
  gint64 first;     /* its day */
  gint64 last;      /* no occurrence begins later */
  gint64 n_days;    /* 0: an instant */
  TruceCivil civil; /* of an instant: its time of day */
  TruceTime fraction;
  GArray *left_out; /* Days, in order, none touching another */
};

/* --- names --- */

const char *
truce_occurrence_name (gint64 day, char buffer[TRUCE_OCCURRENCE_NAME_SIZE])
{
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  g_snprintf (buffer, TRUCE_OCCURRENCE_NAME_SIZE, "%04d-%02d-%02d", year, month, of_month);
  return buffer;
}

gboolean
truce_occurrence_from_name (const char *name, gint64 *ret_day)
{
  TruceCivil civil = { 0 };
  int *const numbers[] = { &civil.year, &civil.month, &civil.day };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    for (guint n = 0; n < (i == 0 ? 4U : 2U); n++, name++) {
      if (!g_ascii_isdigit (*name))
        return FALSE;
      *numbers[i] = *numbers[i] * 10 + (*name - '0');
    }
    if (*name++ != (i < 2 ? '-' : '\0'))
      return FALSE;
  }
  if (!truce_civil_valid (&civil))
    return FALSE;
  *ret_day = truce_days_from_date (civil.year, civil.month, civil.day);
  return TRUE;
}

/* --- the making --- */

static gboolean
fail (GError **error, TruceRecurrenceError code, const char *message)
{
  g_set_error_literal (error, TRUCE_RECURRENCE_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
take_first (TruceSeries *series, const TruceSpan *first, GError **error)
{
  gint64 end;

  truce_span_copy (first, &series->span);
  if (first->precision == TRUCE_PRECISION_INSTANT) {
    truce_zone_to_civil (first->zone, first->earliest, &series->civil);
    series->first = truce_zone_day_of (first->zone, first->earliest);
    series->fraction = (first->earliest % TRUCE_SECOND + TRUCE_SECOND) % TRUCE_SECOND;
    return TRUE;
  }
  if ((first->precision != TRUCE_PRECISION_DAY && first->precision != TRUCE_PRECISION_INTERVAL) ||
      !truce_span_days (first, &series->first, &end))
    return fail (error, TRUCE_RECURRENCE_ERROR_SYNTAX, "what repeats is a moment or a number of days");
  /* A day is one, also where the next one was skipped. */
  series->n_days = first->precision == TRUCE_PRECISION_DAY ? 1 : end - series->first;
  return TRUE;
}

/* Whether an occurrence counts that begins at the very moment of UNTIL: it does. */
static gint64
last_until (const TruceSeries *series, TruceUntilKind kind, const TruceCivil *until)
{
  gint64 day = truce_days_from_date (until->year, until->month, until->day);
  TruceSpan span;

  if (kind == TRUCE_UNTIL_LOCAL) {
    int time = (until->hour * 60 + until->minute) * 60 + until->second;
    int own = series->n_days ? 0 : (series->civil.hour * 60 + series->civil.minute) * 60 + series->civil.second;
    return own <= time ? day : day - 1;
  }
  if (kind == TRUCE_UNTIL_UTC) {
    g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
    TruceTime at = truce_zone_to_time (utc, until, NULL);
    day = truce_zone_day_of (series->span.zone, at);
    truce_series_span (series, day, &span);
    if (span.earliest > at)
      day--;
    truce_span_clear (&span);
  }
  return day;
}

/* The first date counts, whether the rule makes it or not. */
static gint64
last_counted (const TruceSeries *series, guint count)
{
  gint64 day = series->first;

  for (guint i = 1; i < count; i++)
    if (!truce_recurrence_next (series->rule, series->first, day, series->last, &day))
      break;
  return day;
}

static gboolean
take_end (TruceSeries *series, GError **error)
{
  guint count = truce_recurrence_count (series->rule);
  TruceCivil until;
  TruceUntilKind kind = truce_recurrence_until (series->rule, &until);
  gint64 day;

  series->last = TRUCE_RECURRENCE_DAY_MAX - series->n_days - DAYS_TO_SPARE;
  if (kind != TRUCE_UNTIL_NONE)
    series->last = MIN (series->last, last_until (series, kind, &until));
  if (series->last < series->first)
    return fail (error, TRUCE_RECURRENCE_ERROR_NEVER, "it ends before the first date");
  if (!truce_recurrence_next (series->rule, series->first, series->first - 1, series->last, &day))
    return fail (error, TRUCE_RECURRENCE_ERROR_NEVER, "it never happens: no date from the first on is one of its");
  if (count > 0)
    series->last = last_counted (series, count);
  return TRUE;
}

TruceSeries *
truce_series_new (const char *rule, const TruceSpan *first, GError **error)
{
  TruceSeries *series = g_new0 (TruceSeries, 1);

  g_atomic_ref_count_init (&series->references);
  series->left_out = g_array_new (FALSE, FALSE, sizeof (Days));
  series->rule = truce_recurrence_parse (rule, error);
  if (!series->rule || !take_first (series, first, error) || !take_end (series, error))
    g_clear_pointer (&series, truce_series_unref);
  return series;
}

TruceSeries *
truce_series_ref (TruceSeries *series)
{
  g_atomic_ref_count_inc (&series->references);
  return series;
}

void
truce_series_unref (TruceSeries *series)
{
  if (!series || !g_atomic_ref_count_dec (&series->references))
    return;
  truce_recurrence_free (series->rule);
  truce_span_clear (&series->span);
  g_array_unref (series->left_out);
  g_free (series);
}

const char *
truce_series_rule (const TruceSeries *series)
{
  return truce_recurrence_text (series->rule);
}

const TruceSpan *
truce_series_first (const TruceSeries *series)
{
  return &series->span;
}

gboolean
truce_series_first_fits (const TruceSeries *series)
{
  return truce_recurrence_makes (series->rule, series->first, series->first);
}

/* --- what is left out --- */

static const Days *
days_at (const TruceSeries *series, guint index)
{
  return &g_array_index (series->left_out, Days, index);
}

/* The days left out that `day` is among, or NULL. */
static const Days *
leaves_out (const TruceSeries *series, gint64 day)
{
  guint low = 0, high = series->left_out->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (days_at (series, middle)->end <= day)
      low = middle + 1;
    else
      high = middle;
  }
  return low < series->left_out->len && days_at (series, low)->from <= day ? days_at (series, low) : NULL;
}

gboolean
truce_series_leave_out (TruceSeries *series, gint64 from, gint64 end)
{
  Days days = { from, end };
  gint64 day;
  guint at = 0;

  if (!truce_series_next (series, from - 1, &day) || day >= end)
    return FALSE;
  while (at < series->left_out->len && days_at (series, at)->end < from)
    at++;
  while (at < series->left_out->len && days_at (series, at)->from <= days.end) {
    days.from = MIN (days.from, days_at (series, at)->from);
    days.end = MAX (days.end, days_at (series, at)->end);
    g_array_remove_index (series->left_out, at);
  }
  g_array_insert_val (series->left_out, at, days);
  return TRUE;
}

gboolean
truce_series_left_out (const TruceSeries *series, guint index, gint64 *ret_from, gint64 *ret_end)
{
  if (index >= series->left_out->len)
    return FALSE;
  *ret_from = days_at (series, index)->from;
  *ret_end = days_at (series, index)->end;
  return TRUE;
}

/* --- occurrences --- */

/* Does `day` begin where the dates are? Apia had no 30 December 2011: what is a whole day cannot be then. */
static gboolean
exists (const TruceSeries *series, gint64 day)
{
  return series->n_days == 0 ||
         truce_zone_day_start (series->span.zone, day) < truce_zone_day_start (series->span.zone, day + series->n_days);
}

gboolean
truce_series_next (const TruceSeries *series, gint64 after, gint64 *ret_day)
{
  for (;;) {
    gint64 day;
    if (after < series->first)
      day = series->first;
    else if (after >= series->last || !truce_recurrence_next (series->rule, series->first, after, series->last, &day))
      return FALSE;
    const Days *days = leaves_out (series, day);
    if (!days && exists (series, day)) {
      *ret_day = day;
      return TRUE;
    }
    after = days ? days->end - 1 : day;
  }
}

gboolean
truce_series_previous (const TruceSeries *series, gint64 before, gint64 *ret_day)
{
  before = MIN (before, series->last + 1);
  while (before > series->first) {
    gint64 day;
    if (!truce_recurrence_previous (series->rule, series->first, before, &day))
      day = series->first;
    const Days *days = leaves_out (series, day);
    if (!days && exists (series, day)) {
      *ret_day = day;
      return TRUE;
    }
    before = days ? days->from : day;
  }
  return FALSE;
}

gboolean
truce_series_has (const TruceSeries *series, gint64 day)
{
  gint64 next;

  return truce_series_next (series, day - 1, &next) && next == day;
}

void
truce_series_span (const TruceSeries *series, gint64 day, TruceSpan *ret_span)
{
  TruceZone *zone = series->span.zone;
  TruceCivil civil = series->civil;
  TruceSpan span = series->span;

  if (series->n_days) {
    span.earliest = truce_zone_day_start (zone, day);
    span.latest = truce_zone_day_start (zone, day + series->n_days);
  } else {
    truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
    span.earliest = span.latest = truce_zone_to_time (zone, &civil, NULL) + series->fraction;
  }
  truce_span_copy (&span, ret_span);
}

gint64
truce_series_least_gap (const TruceSeries *series)
{
  gint64 day = series->first - 1, least = 0, next;

  for (guint i = 0; i <= TRUCE_SERIES_GAPS && truce_series_next (series, day, &next); i++) {
    if (i > 0)
      least = least ? MIN (least, next - day) : next - day;
    day = next;
  }
  return least;
}
