/* SPDX-License-Identifier: MIT */
/* From a parsed statement to instants. Days stay days as long as they can: only at the end does the zone make instants
 * of them. */
#include <string.h>

#include "deadline/names.h"
#include "deadline/when_private.h"

/* Either whole days [first, end), or instants: one, or the ends of an interval. */
typedef struct {
  gboolean days;
  gint64 first, end;
  TruceTime earliest, latest;
  TrucePrecision precision;
  gboolean approximate;
  TruceZone *zone; /* borrowed */
} Value;

typedef struct {
  const TruceWhen *when;
  const TruceWhenContext *context;
  GPtrArray *notes; /* NULL: none yet */
  WhenBusiness business;
} Resolving;

G_GNUC_PRINTF (2, 3)
static void
note (Resolving *resolving, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  when_note (&resolving->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
fail_outside (const Resolving *resolving, GError **error)
{
  return when_fail (error, TRUCE_WHEN_ERROR_DATE, "'%s' leads outside the years 1 to 9999", resolving->when->text);
}

static gboolean
is_within_years (TruceTime at)
{
  return at >= TRUCE_TIME_MIN && at <= TRUCE_TIME_MAX;
}

/* --- civil times --- */

static void
note_fit (Resolving *resolving, const TruceZone *zone, const TruceCivil *civil, TruceTime at, TruceCivilFit fit)
{
  TruceCivil taken;
  const char *abbreviation;

  if (fit == TRUCE_CIVIL_EXACT)
    return;
  truce_zone_to_civil (zone, at, &taken);
  truce_zone_offset_at (zone, at, &abbreviation);
  if (fit == TRUCE_CIVIL_GAP)
    note (resolving, "%02d:%02d does not exist on %04d-%02d-%02d in %s: %02d:%02d %s is taken", civil->hour,
          civil->minute, civil->year, civil->month, civil->day, truce_zone_name (zone), taken.hour, taken.minute,
          abbreviation);
  else
    note (resolving, "%02d:%02d exists twice on %04d-%02d-%02d in %s: the earlier, %s, is taken", civil->hour,
          civil->minute, civil->year, civil->month, civil->day, truce_zone_name (zone), abbreviation);
}

static gboolean
civil_to_time (Resolving *resolving, const TruceZone *zone, const TruceCivil *civil, TruceTime *ret_at, GError **error)
{
  TruceCivilFit fit;

  if (civil->year < 1 || civil->year > 9999)
    return fail_outside (resolving, error);
  *ret_at = truce_zone_to_time (zone, civil, &fit);
  note_fit (resolving, zone, civil, *ret_at, fit);
  return TRUE;
}

/* "CST+8" and "CST-6" are on CST. */
static gsize
abbreviation_length (const char *word)
{
  return strcspn (word, "+-");
}

/* Is the zone on the abbreviation of `term` at `at`? */
static gboolean
holds_at (const WhenTerm *term, TruceTime at, const char **ret_actual)
{
  int offset = truce_zone_offset_at (term->zone, at, ret_actual);

  return offset == term->abbreviation_offset;
}

static gboolean
fail_abbreviation (const WhenTerm *term, const char *actual, GError **error)
{
  return when_fail (error, TRUCE_WHEN_ERROR_ZONE, "%.*s does not hold then: %s is on %s",
                    (int) abbreviation_length (term->abbreviation), term->abbreviation, truce_zone_name (term->zone),
                    actual);
}

/* An abbreviation states the offset itself, so that it tells the two sides of a fold apart. */
static gboolean
abbreviated_to_time (const WhenTerm *term, const TruceCivil *civil, TruceTime *ret_at, GError **error)
{
  gint64 seconds = truce_days_from_date (civil->year, civil->month, civil->day) * TRUCE_SECONDS_A_DAY +
                   civil->hour * 3600 + civil->minute * 60 + civil->second - term->abbreviation_offset;
  const char *actual;

  *ret_at = seconds * TRUCE_SECOND;
  return holds_at (term, *ret_at, &actual) || fail_abbreviation (term, actual, error);
}

/* --- bases --- */

static gboolean
resolve_instant (Resolving *resolving, const WhenTerm *term, Value *value, GError **error)
{
  TruceCivil civil = term->civil;
  TruceTime at = 0;

  if (term->picks_business) {
    gint64 day;
    if (!when_business_pick (&resolving->business, term, &day, error))
      return FALSE;
    day += civil.hour / 24; /* 24:00 */
    civil.hour %= 24;
    truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
  }
  if (term->abbreviation ? !abbreviated_to_time (term, &civil, &at, error)
                         : !civil_to_time (resolving, value->zone, &civil, &at, error))
    return FALSE;
  value->earliest = value->latest = at + term->fraction;
  return TRUE;
}

static gboolean
resolve_days (Resolving *resolving, const WhenTerm *term, Value *value, GError **error)
{
  const char *actual;

  value->days = TRUE;
  value->first = term->first;
  value->end = term->end;
  if (term->picks_business) {
    if (!when_business_pick (&resolving->business, term, &value->first, error))
      return FALSE;
    value->end = value->first + 1;
  }
  if (term->abbreviation && !holds_at (term, truce_zone_day_start (value->zone, value->first), &actual) &&
      !holds_at (term, truce_zone_day_start (value->zone, value->end) - 1, &actual))
    return fail_abbreviation (term, actual, error);
  return TRUE;
}

/* What another date came to; whole days are taken as such, so that months can be added to them. */
static void
resolve_span (const TruceSpan *span, Value *value)
{
  value->earliest = span->earliest;
  value->latest = span->latest;
  value->precision = span->precision;
  value->approximate = value->approximate || span->approximate;
  value->zone = span->zone;
  value->first = truce_zone_day_of (span->zone, span->earliest);
  value->end = truce_zone_day_of (span->zone, span->latest);
  value->days = value->end > value->first && truce_zone_day_start (span->zone, value->first) == span->earliest &&
                truce_zone_day_start (span->zone, value->end) == span->latest;
}

static gboolean
resolve_reference (Resolving *resolving, const WhenTerm *term, Value *value, GError **error)
{
  const TruceWhenContext *context = resolving->context;
  const TruceSpan *span = NULL;

  if (term->base == WHEN_BASE_STARTS) {
    span = context ? context->starts : NULL;
    if (!span)
      return when_fail (error, TRUCE_WHEN_ERROR_BASE, "'starts' is not stated");
  } else {
    if (context && context->milestone)
      span = context->milestone (term->milestone, context->user_data);
    if (!span)
      return when_fail (error, TRUCE_WHEN_ERROR_BASE, "there is no milestone '%s'", term->milestone);
  }
  resolve_span (span, value);
  return TRUE;
}

/* --- steps --- */

static void
add_to_day (gint64 *day, const WhenStep *step)
{
  TruceCivil civil = { 0 };

  truce_date_from_days (*day, &civil.year, &civil.month, &civil.day);
  truce_civil_add (&civil, step->months, step->days);
  *day = truce_days_from_date (civil.year, civil.month, civil.day);
}

static gboolean
begins_month (gint64 day)
{
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  return of_month == 1;
}

/* Whole months stay whole; of anything else the first and the last day are moved. A month that is moved by days is no
 * month any more. */
static void
shift_days (Value *value, const WhenStep *step)
{
  gboolean whole_months = begins_month (value->first) && begins_month (value->end) && step->days == 0;
  gint64 last = value->end - (whole_months ? 0 : 1);

  add_to_day (&value->first, step);
  add_to_day (&last, step);
  value->end = last + (whole_months ? 0 : 1);
  if (step->days && value->precision != TRUCE_PRECISION_DAY)
    value->precision = TRUCE_PRECISION_INTERVAL;
}

static gboolean
shift_instant (Resolving *resolving, const Value *value, const WhenStep *step, TruceTime *at, GError **error)
{
  if (step->months || step->days) {
    TruceCivil civil;
    truce_zone_to_civil (value->zone, *at, &civil);
    truce_civil_add (&civil, step->months, step->days);
    TruceTime fraction = ((*at % TRUCE_SECOND) + TRUCE_SECOND) % TRUCE_SECOND;
    if (!civil_to_time (resolving, value->zone, &civil, at, error))
      return FALSE;
    *at += fraction;
  }
  *at += step->seconds * TRUCE_SECOND;
  return is_within_years (*at) || fail_outside (resolving, error);
}

static gboolean
shift_instants (Resolving *resolving, Value *value, const WhenStep *step, GError **error)
{
  gboolean one = value->earliest == value->latest;

  if (!shift_instant (resolving, value, step, &value->earliest, error))
    return FALSE;
  if (one)
    value->latest = value->earliest;
  return one || shift_instant (resolving, value, step, &value->latest, error);
}

static void
take_day_beside (Value *value, int direction)
{
  if (!value->days) {
    value->first = truce_zone_day_of (value->zone, value->earliest);
    value->end = truce_zone_day_of (value->zone, MAX (value->earliest, value->latest - 1)) + 1;
  }
  value->first = direction < 0 ? value->first - 1 : value->end;
  value->end = value->first + 1;
  value->days = TRUE;
  value->precision = TRUCE_PRECISION_DAY;
}

/* A step by business days, from the civil day of an instant whose time of day stays. */
static gboolean
shift_business (Resolving *resolving, const Value *value, const WhenStep *step, gint64 *day, GError **error)
{
  if (step->kind == WHEN_STEP_ADD)
    return when_business_add (&resolving->business, step->business, day, error);
  if (value->days ? value->end - value->first > 1 : value->earliest != value->latest)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "'or next business day' goes with a single day");
  return when_business_roll (&resolving->business, step->kind == WHEN_STEP_ROLL_BACK ? -1 : 1, day, error);
}

static gboolean
shift_instant_by_business (Resolving *resolving, const Value *value, const WhenStep *step, TruceTime *at,
                           GError **error)
{
  gint64 day = truce_zone_day_of (value->zone, *at), to = day;
  WhenStep days = { .kind = WHEN_STEP_ADD };

  if (!shift_business (resolving, value, step, &to, error))
    return FALSE;
  days.days = to - day;
  return shift_instant (resolving, value, &days, at, error);
}

static gboolean
apply_business (Resolving *resolving, Value *value, const WhenStep *step, GError **error)
{
  gboolean one = value->earliest == value->latest;

  if (value->days) {
    gint64 first = value->first, last = value->end - 1;
    if (!shift_business (resolving, value, step, &first, error))
      return FALSE;
    if (value->end - value->first == 1)
      last = first;
    else if (!shift_business (resolving, value, step, &last, error))
      return FALSE;
    value->first = first;
    value->end = last + 1;
    if (value->precision != TRUCE_PRECISION_DAY)
      value->precision = TRUCE_PRECISION_INTERVAL;
    return TRUE;
  }
  if (!shift_instant_by_business (resolving, value, step, &value->earliest, error))
    return FALSE;
  if (one)
    value->latest = value->earliest;
  return one || shift_instant_by_business (resolving, value, step, &value->latest, error);
}

static gboolean
apply_step (Resolving *resolving, Value *value, const WhenStep *step, GError **error)
{
  if (step->business || step->kind == WHEN_STEP_ROLL_BACK || step->kind == WHEN_STEP_ROLL_ON)
    return apply_business (resolving, value, step, error);
  if (step->kind != WHEN_STEP_ADD) {
    take_day_beside (value, step->kind == WHEN_STEP_DAY_BEFORE ? -1 : 1);
    return TRUE;
  }
  if (!value->days)
    return shift_instants (resolving, value, step, error);
  if (step->seconds)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE,
                      "hours, minutes and seconds cannot be added to a whole day: state its time of day");
  shift_days (value, step);
  return TRUE;
}

/* --- the span --- */

/* A day that the zone left out stands for the next one, as a time in a gap stands for what follows it. */
static gint64
skip_missing_days (Resolving *resolving, const TruceZone *zone, gint64 day)
{
  TruceCivil civil;

  truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
  if (truce_zone_day_start (zone, day) != truce_zone_day_start (zone, day + 1))
    return day;
  note (resolving, "%04d-%02d-%02d does not exist in %s: the day after it is taken", civil.year, civil.month, civil.day,
        truce_zone_name (zone));
  return day + 1;
}

static void
note_day_start (Resolving *resolving, const TruceZone *zone, gint64 day)
{
  TruceCivil civil;

  truce_zone_to_civil (zone, truce_zone_day_start (zone, day), &civil);
  if (civil.hour || civil.minute || civil.second)
    note (resolving, "%04d-%02d-%02d has no 00:00 in %s: it begins at %02d:%02d", civil.year, civil.month, civil.day,
          truce_zone_name (zone), civil.hour, civil.minute);
}

static gboolean
make_instants (Resolving *resolving, Value *value, GError **error)
{
  if (value->days) {
    if (value->first < truce_days_from_date (1, 1, 1) || value->end > truce_days_from_date (9999, 12, 31) + 1)
      return fail_outside (resolving, error);
    value->first = skip_missing_days (resolving, value->zone, value->first);
    value->end = MAX (value->end, value->first + 1);
    note_day_start (resolving, value->zone, value->first);
    value->earliest = truce_zone_day_start (value->zone, value->first);
    value->latest = truce_zone_day_start (value->zone, value->end);
  }
  return (is_within_years (value->earliest) && is_within_years (value->latest)) || fail_outside (resolving, error);
}

static gboolean
resolve_term (Resolving *resolving, const WhenTerm *term, Value *ret_value, GError **error)
{
  Value value = { .precision = term->precision, .approximate = term->approximate };

  value.zone = term->zone ? term->zone : resolving->when->zone;
  switch (term->base) {
  case WHEN_BASE_DAYS:
    if (!resolve_days (resolving, term, &value, error))
      return FALSE;
    break;
  case WHEN_BASE_INSTANT:
    if (!resolve_instant (resolving, term, &value, error))
      return FALSE;
    break;
  case WHEN_BASE_STARTS:
  case WHEN_BASE_MILESTONE:
    if (!resolve_reference (resolving, term, &value, error))
      return FALSE;
    break;
  }
  for (guint i = 0; i < term->n_steps; i++)
    if (!apply_step (resolving, &value, &term->steps[i], error))
      return FALSE;
  if (!make_instants (resolving, &value, error))
    return FALSE;
  *ret_value = value;
  return TRUE;
}

/* From the first instant of `left` to the last of `right`. */
static gboolean
join (const Value *left, const Value *right, Value *ret_value, GError **error)
{
  if (right->earliest < left->earliest)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "the interval ends before it begins");
  gboolean same = left->earliest == right->earliest && left->latest == right->latest;
  *ret_value = *left;
  ret_value->latest = right->latest;
  ret_value->precision = same ? left->precision : TRUCE_PRECISION_INTERVAL;
  ret_value->approximate = left->approximate || right->approximate;
  return TRUE;
}

static gboolean
resolve_terms (Resolving *resolving, Value *ret_value, GError **error)
{
  Value left = { 0 }, right = { 0 };

  if (!resolve_term (resolving, &resolving->when->terms[0], &left, error))
    return FALSE;
  if (resolving->when->n_terms < 2) {
    *ret_value = left;
    return TRUE;
  }
  return resolve_term (resolving, &resolving->when->terms[1], &right, error) && join (&left, &right, ret_value, error);
}

gboolean
truce_when_resolve (const TruceWhen *when, const TruceWhenContext *context, TruceSpan *ret_span, GPtrArray **ret_notes,
                    GError **error)
{
  Resolving resolving = { .when = when, .context = context };
  Value value = { 0 };

  resolving.business = (WhenBusiness){
    .calendar = context ? context->calendar : NULL,
    .notes = &resolving.notes,
    .doubts = context ? context->doubts : NULL,
  };
  for (guint i = 0; when->notes && i < when->notes->len; i++)
    when_note (&resolving.notes, g_strdup (when->notes->pdata[i]));
  gboolean resolved = resolve_terms (&resolving, &value, error);
  if (resolved)
    *ret_span =
        (TruceSpan){ value.earliest, value.latest, value.precision, value.approximate, truce_zone_ref (value.zone) };
  if (resolved && ret_notes)
    *ret_notes = g_steal_pointer (&resolving.notes);
  g_clear_pointer (&resolving.notes, g_ptr_array_unref);
  return resolved;
}
