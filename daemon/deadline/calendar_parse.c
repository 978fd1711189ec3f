/* SPDX-License-Identifier: MIT */
/* Holiday files: lines of `key = value`, read with the words of the date language.
 *
 *   weekend = Saturday Sunday
 *   covers  = 2024-2026
 *   holiday = July 4, or nearest: Independence Day
 *   holiday = third Monday of January, since 1986: Birthday of Martin Luther King, Jr.
 *   holiday = Easter - 2: Good Friday
 *   holiday = 2025-01-28/2025-02-04: Spring Festival
 *   workday = 2025-01-26: in place of the Spring Festival
 */
#include <string.h>

#include "base/text.h"
#include "deadline/calendar_private.h"
#include "deadline/when_private.h"

#define RULES_MAX 20000 /* a century of a country with 200 days a year */
#define RANGE_MAX 366   /* days of one holiday */
#define EASTER_OFFSET_MAX 200
#define A_LEAP_YEAR 2024 /* has every date */

void
calendar_fail (CalendarReading *reading, const char *key, const char *value, const char *format, ...)
{
  const TrucePlace place = { .path = reading->path, .line = reading->line, .key = key, .value = value };
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  truce_diags_add (reading->diags, TRUCE_SEVERITY_ERROR, &place, "%s", reason);
  reading->failed = TRUE;
}

/* --- the dates of a rule --- */

/* "2025-01-28" */
static gboolean
read_date (WhenLexer *lexer, gint64 *ret_day, GError **error)
{
  int parts[3] = { 0 };

  for (int i = 0; i < 3; i++) {
    if (i > 0 && !when_lexer_is_tight_sign (lexer, '-'))
      return when_lexer_refuse (lexer, "a date such as 2025-01-28", error);
    if (i > 0)
      when_lexer_next (lexer);
    if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.n_digits != (i == 0 ? 4 : 2))
      return when_lexer_refuse (lexer, "a date such as 2025-01-28", error);
    parts[i] = (int) lexer->token.number;
    when_lexer_next (lexer);
  }
  const TruceCivil civil = { .year = parts[0], .month = parts[1], .day = parts[2] };
  if (!truce_civil_valid (&civil))
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no %04d-%02d-%02d", parts[0], parts[1], parts[2]);
  *ret_day = truce_days_from_date (parts[0], parts[1], parts[2]);
  return TRUE;
}

static gboolean
read_dated (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  rule->kind = CALENDAR_DATED;
  if (!read_date (lexer, &rule->first, error))
    return FALSE;
  rule->last = rule->first;
  if (!when_lexer_take_sign (lexer, '/') && !when_lexer_take_word (lexer, "to"))
    return TRUE;
  if (!read_date (lexer, &rule->last, error))
    return FALSE;
  if (rule->last < rule->first)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "it ends before it begins");
  if (rule->last - rule->first >= RANGE_MAX)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "it is longer than a year");
  return TRUE;
}

/* "Easter", "Easter - 2", "Easter + 39" */
static gboolean
read_easter (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  int sign = 0;

  rule->kind = CALENDAR_EASTER;
  if (when_lexer_take_sign (lexer, '-'))
    sign = -1;
  else if (when_lexer_take_sign (lexer, '+'))
    sign = 1;
  if (!sign)
    return TRUE;
  if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.number > EASTER_OFFSET_MAX)
    return when_lexer_refuse (lexer, "a number of days", error);
  rule->offset = sign * (int) lexer->token.number;
  when_lexer_next (lexer);
  return TRUE;
}

static gboolean
read_month (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  rule->month = when_month_of (lexer);
  if (rule->month < 0)
    return when_lexer_refuse (lexer, "a month", error);
  when_lexer_next (lexer);
  return TRUE;
}

/* "third Monday of January" */
static gboolean
read_weekday (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  rule->kind = CALENDAR_WEEKDAY;
  rule->ordinal = when_ordinal_of (lexer) == WHEN_ORDINAL_LAST ? CALENDAR_LAST : when_ordinal_of (lexer);
  when_lexer_next (lexer);
  rule->weekday = when_weekday_of (lexer);
  if (rule->weekday < 0)
    return when_lexer_refuse (lexer, "a weekday", error);
  when_lexer_next (lexer);
  if (!when_lexer_take_word (lexer, "of"))
    return when_lexer_refuse (lexer, "'of'", error);
  return read_month (lexer, rule, error);
}

/* "July 4" */
static gboolean
read_fixed (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  rule->kind = CALENDAR_FIXED;
  if (!read_month (lexer, rule, error))
    return FALSE;
  if (!when_lexer_is_short_number (lexer))
    return when_lexer_refuse (lexer, "a day of the month", error);
  rule->day = (int) lexer->token.number;
  if (rule->day < 1 || rule->day > truce_civil_days_in_month (A_LEAP_YEAR, rule->month))
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no %s %d", truce_month_names[rule->month - 1], rule->day);
  when_lexer_next (lexer);
  return TRUE;
}

static gboolean
read_days (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  if (lexer->token.kind == WHEN_TOKEN_NUMBER)
    return read_dated (lexer, rule, error);
  if (when_lexer_take_word (lexer, "easter"))
    return read_easter (lexer, rule, error);
  if (when_ordinal_of (lexer) >= 0)
    return read_weekday (lexer, rule, error);
  return read_fixed (lexer, rule, error);
}

static gboolean
read_year (WhenLexer *lexer, int *ret_year, GError **error)
{
  if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.n_digits != 4 || lexer->token.number < 1)
    return when_lexer_refuse (lexer, "a year", error);
  *ret_year = (int) lexer->token.number;
  when_lexer_next (lexer);
  return TRUE;
}

/* ", since 1986", ", until 2019", ", or nearest", ", or next" */
static gboolean
read_clause (WhenLexer *lexer, CalendarRule *rule, GError **error)
{
  if (when_lexer_take_word (lexer, "since"))
    return read_year (lexer, &rule->since, error);
  if (when_lexer_take_word (lexer, "until"))
    return read_year (lexer, &rule->until, error);
  if (!when_lexer_take_word (lexer, "or"))
    return when_lexer_refuse (lexer, "'since', 'until' or 'or'", error);
  if (when_lexer_take_word (lexer, "nearest"))
    rule->observance = CALENDAR_NEAREST;
  else if (when_lexer_take_word (lexer, "next"))
    rule->observance = CALENDAR_NEXT;
  else
    return when_lexer_refuse (lexer, "'nearest' or 'next'", error);
  return TRUE;
}

static gboolean
read_rule (const char *text, CalendarRule *rule, GError **error)
{
  WhenLexer lexer;

  when_lexer_init (&lexer, text);
  if (!read_days (&lexer, rule, error))
    return FALSE;
  while (when_lexer_take_sign (&lexer, ','))
    if (!read_clause (&lexer, rule, error))
      return FALSE;
  if (lexer.token.kind != WHEN_TOKEN_END)
    return when_lexer_refuse (&lexer, NULL, error);
  if (rule->until < rule->since)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "it ends before it begins");
  return TRUE;
}

/* --- keys --- */

static void
read_holiday (CalendarReading *reading, const char *key, const char *value, gboolean works)
{
  CalendarRule rule = { .since = G_MININT, .until = G_MAXINT, .works = works };
  g_autoptr (GError) error = NULL;
  const char *colon = strstr (value, ": ");

  if (!colon || colon == value) {
    calendar_fail (reading, key, value, "write the day and what it is, such as July 4: Independence Day");
    return;
  }
  g_autofree char *text = g_strndup (value, (gsize) (colon - value));
  if (!read_rule (text, &rule, &error)) {
    calendar_fail (reading, key, value, "%s", error->message);
  } else if (works && rule.kind != CALENDAR_DATED) {
    calendar_fail (reading, key, value, "a workday is a date, such as 2025-01-26");
  } else if (reading->calendar->rules->len >= RULES_MAX) {
    calendar_fail (reading, key, NULL, "more than %d holidays", RULES_MAX);
  } else {
    rule.name = truce_text_clean (colon + 2, -1);
    rule.observed_name = g_strdup_printf ("%s (observed)", rule.name);
    calendar_take_rule (reading->calendar, &rule);
  }
}

static void
read_weekend (CalendarReading *reading, const char *value)
{
  const guint all = (1u << TRUCE_DAYS_A_WEEK) - 1;
  guint weekend = 0;
  WhenLexer lexer;

  for (when_lexer_init (&lexer, value); lexer.token.kind != WHEN_TOKEN_END; when_lexer_next (&lexer)) {
    int weekday = when_weekday_of (&lexer);
    if (weekday >= 0) {
      weekend |= 1u << weekday;
    } else if (!when_lexer_is_sign (&lexer, ',')) {
      g_autofree char *quote = when_lexer_quote (lexer.token.start);
      calendar_fail (reading, "weekend", value, "'%s' is not understood: a weekday is expected", quote);
      return;
    }
  }
  if (weekend == all)
    calendar_fail (reading, "weekend", value, "that leaves no business day");
  reading->calendar->weekend = weekend;
}

/* "2024-2026", "2025" or "since 2002" */
static void
read_covers (CalendarReading *reading, const char *value)
{
  TruceCalendar *calendar = reading->calendar;
  g_autoptr (GError) error = NULL;
  WhenLexer lexer;
  int from = 0, to = 0;

  when_lexer_init (&lexer, value);
  gboolean open = when_lexer_take_word (&lexer, "since");
  gboolean read = read_year (&lexer, &from, &error);
  to = open ? G_MAXINT : from;
  if (read && !open && (when_lexer_take_sign (&lexer, '-') || when_lexer_take_word (&lexer, "to")))
    read = read_year (&lexer, &to, &error);
  if (read && lexer.token.kind != WHEN_TOKEN_END)
    read = when_lexer_refuse (&lexer, NULL, &error);
  if (!read) {
    calendar_fail (reading, "covers", value, "%s", error->message);
  } else if (to < from) {
    calendar_fail (reading, "covers", value, "it ends before it begins");
  } else {
    calendar->from = from;
    calendar->to = to;
  }
}

static void
read_key (CalendarReading *reading, const char *key, const char *value)
{
  static const char *const keys[] = { "weekend", "covers", "holiday", "workday", NULL };
  const char *near;

  if (!*value && strcmp (key, "weekend") != 0)
    calendar_fail (reading, key, NULL, "the value is missing");
  else if (strcmp (key, "holiday") == 0)
    read_holiday (reading, key, value, FALSE);
  else if (strcmp (key, "workday") == 0)
    read_holiday (reading, key, value, TRUE);
  else if (strcmp (key, "weekend") == 0)
    read_weekend (reading, value);
  else if (strcmp (key, "covers") == 0)
    read_covers (reading, value);
  else if ((near = truce_text_nearest (key, keys)))
    calendar_fail (reading, key, value, "no such key; did you mean \"%s\"?", near);
  else
    calendar_fail (reading, key, value, "no such key; there are weekend, covers, holiday and workday");
}

static void
read_lines (CalendarReading *reading, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++) {
    char *line = g_strstrip (lines[i]);
    char *equals = strchr (line, '=');
    reading->line = i + 1;
    if (!*line || *line == '#')
      continue;
    if (!equals) {
      calendar_fail (reading, NULL, line, "a line is 'key = value', or begins with '#'");
      continue;
    }
    *equals = '\0';
    read_key (reading, g_strchomp (line), g_strchug (equals + 1));
  }
}

TruceCalendar *
truce_calendar_parse (const char *name, const char *path, const char *bytes, gsize length, TruceDiags *diags)
{
  g_autoptr (TruceCalendar) calendar = calendar_new (name);
  CalendarReading reading = { .calendar = calendar, .diags = diags, .path = path };

  if (length > TRUCE_CALENDAR_FILE_MAX) {
    calendar_fail (&reading, NULL, NULL, "larger than %d MiB", TRUCE_CALENDAR_FILE_MAX >> 20);
    return NULL;
  }
  if (!g_utf8_validate_len (bytes, length, NULL)) {
    calendar_fail (&reading, NULL, NULL, "it is not UTF-8 text");
    return NULL;
  }
  g_autofree char *text = g_strndup (bytes, length);
  if (calendar_is_ics (text))
    calendar_read_ics (&reading, text);
  else
    read_lines (&reading, text);
  return reading.failed ? NULL : g_steal_pointer (&calendar);
}
