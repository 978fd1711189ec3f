/* SPDX-License-Identifier: MIT */
/* date_iso.c: RFC 3339, the W3C profile and ISO 8601, and what begins with the year. */
#include "worker/parse/date_private.h"

#include <string.h>

/* "1014", "101455": the digits alone. */
static gboolean
read_compact_time (TruceDateToken number, const char **at, TruceDate *date)
{
  if (number.length == 6) {
    date->second = number.number % 100;
    number.number /= 100;
  } else if (number.length != 4 && number.length != 2) {
    return FALSE;
  }
  if (number.length == 2)
    number.number *= 100;
  date->hour = number.number / 100;
  date->minute = number.number % 100;
  date->time = TRUE;
  truce_date_read_fraction (at, date);
  return TRUE;
}

/* The rest after an ISO date: "T10:14:55Z", " 10:14", " PM 10:14:55", "T1014+01". */
static gboolean
read_iso_time (const char *at, TruceDate *date)
{
  TruceDateToken token;

  at += strspn (at, " ");
  if ((*at == 'T' || *at == 't') && (g_ascii_isdigit (at[1]) || at[1] == ' '))
    at++;
  else if (*at == ':' || *at == ',')
    at++;
  token = truce_date_next (&at);
  if (token.kind == TRUCE_DATE_WORD && (date->half_day = truce_date_half_day (token.start, token.length)))
    token = truce_date_next (&at);
  if (token.kind == TRUCE_DATE_END)
    return TRUE;
  if (token.kind != TRUCE_DATE_NUMBER) {
    at = token.start;
    truce_date_read_zone (&at, date);
    return at != token.start && truce_date_peek (at).kind == TRUCE_DATE_END;
  }
  if (*at == ':') {
    if (token.length > 2 || !truce_date_read_clock (&at, token.number, date))
      return FALSE;
  } else if (!read_compact_time (token, &at, date)) {
    return FALSE;
  }
  token = truce_date_peek (at);
  if (token.kind == TRUCE_DATE_WORD && !date->half_day &&
      (date->half_day = truce_date_half_day (token.start, token.length)))
    truce_date_next (&at);
  truce_date_read_zone (&at, date);
  return TRUE;
}

/* What separates year, month and day: ISO's hyphen, and what people take. */
static gboolean
take_separator (const char **at)
{
  static const char *const separators[] = { "-", "/", ".", "년", "年", "월", "月" };

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    if (g_str_has_prefix (*at, separators[i])) {
      *at += strlen (separators[i]);
      *at += strspn (*at, " ");
      return TRUE;
    }
  }
  return FALSE;
}

static void
take_day_mark (const char **at)
{
  static const char *const marks[] = { "일", "日" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (*at, marks[i]))
      *at += strlen (marks[i]);
}

/* "0731" or "07" after the year without separators, or "366" for the day of the year. */
static gboolean
read_compact_date (const char *digits, gsize length, TruceDate *date)
{
  int number = 0;

  for (gsize i = 0; i < length; i++)
    number = number * 10 + g_ascii_digit_value (digits[i]);
  if (length == 3) {
    date->month = 1;
    truce_date_from_days (truce_days_from_date (date->year, 1, number), &date->year, &date->month, &date->day);
    return number >= 1 && number <= 366;
  }
  date->month = length == 2 ? number : number / 100;
  date->day = length == 2 ? 1 : number % 100;
  return length == 2 || length == 4;
}

/* ISO 8601 of 1988 let the century be left out: "-0312", "-03-12". */
static gboolean
read_truncated (const char *at, TruceDate *date)
{
  TruceDateToken year = truce_date_next (&at), month;

  if (year.kind != TRUCE_DATE_NUMBER || !(year.length == 4 || (year.length == 2 && *at == '-')))
    return FALSE;
  date->day = 1;
  if (year.length == 4) {
    date->year = truce_date_full_year ((TruceDateToken){ .length = 2, .number = year.number / 100 });
    date->month = year.number % 100;
  } else {
    at++;
    month = truce_date_next (&at);
    date->year = truce_date_full_year (year);
    date->month = month.kind == TRUCE_DATE_NUMBER && month.length == 2 ? month.number : 0;
  }
  return truce_date_peek (at).kind == TRUCE_DATE_END;
}

/* "031231"; but "200312" is a year and a month. */
static gboolean
read_six_digits (int number, TruceDate *date)
{
  int year = number / 10000;

  if ((year == 19 || year == 20) && number % 100 <= 12)
    return FALSE;
  date->year = truce_date_full_year ((TruceDateToken){ .length = 2, .number = year });
  date->month = number / 100 % 100;
  date->day = number % 100;
  return TRUE;
}

/* "2003", "2003-12", "2003-12-31", "20031231", "2003-365" and a time after it. */
gboolean
truce_date_read_iso (const char *at, TruceDate *date)
{
  TruceDateToken year = truce_date_next (&at), month, day;

  if (truce_date_is_sign (year, '-'))
    return read_truncated (at, date);
  if (year.kind != TRUCE_DATE_NUMBER || year.length < 4)
    return FALSE;
  date->month = date->day = 1;
  if (year.length == 6 && truce_date_peek (at).kind == TRUCE_DATE_END && read_six_digits (year.number, date))
    return TRUE;
  if (year.length > 4) {
    date->year =
        (year.start[0] - '0') * 1000 + (year.start[1] - '0') * 100 + (year.start[2] - '0') * 10 + (year.start[3] - '0');
    return read_compact_date (year.start + 4, year.length - 4, date) && read_iso_time (at, date);
  }
  date->year = year.number;
  if (!take_separator (&at))
    return truce_date_peek (at).kind == TRUCE_DATE_END;
  month = truce_date_next (&at);
  if (month.kind != TRUCE_DATE_NUMBER || month.length > 4)
    return FALSE;
  if (month.length > 2)
    return read_compact_date (month.start, month.length, date) && read_iso_time (at, date);
  date->month = month.number;
  if (!take_separator (&at))
    return read_iso_time (at, date);
  day = truce_date_peek (at);
  if (day.kind != TRUCE_DATE_NUMBER || day.length > 2)
    return day.kind == TRUCE_DATE_END;
  truce_date_next (&at);
  date->day = day.number;
  take_day_mark (&at);
  return read_iso_time (at, date);
}
