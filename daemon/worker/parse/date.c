/* SPDX-License-Identifier: MIT */
#include "worker/parse/date.h"

#include "worker/parse/date_private.h"

#include <string.h>

#define DATE_TEXT_MAX 128 /* bytes; no date is longer, and what is longer is an attempt at something else */
#define KOREA (9 * 60)    /* minutes east of UTC */

static gboolean
is_valid (const TruceDate *date)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);

  if (date->year < 1 || date->year > 9999 || date->month < 1 || date->month > 12 || date->day < 1)
    return FALSE;
  if (date->day > lengths[date->month - 1] + (leap && date->month == 2))
    return FALSE;
  if (date->half_day && date->hour > 12)
    return date->half_day == 2 && date->hour < 24; /* "14:00 PM" */
  /* 24:00 ends a day; second 60 is a leap second. */
  return date->minute < 60 && date->second <= 60 &&
         (date->hour < 24 || (date->hour == 24 && date->minute == 0 && date->second == 0));
}

gboolean
truce_date_is_on (int year, int month, int day, int weekday)
{
  gint64 days = truce_days_from_date (year, month, day);

  /* 1970-01-01 was a Thursday. */
  return ((days + 4) % 7 + 7) % 7 == weekday;
}

/* The first Sunday from a day on. */
static gint64
sunday_from (int year, int month, int day)
{
  gint64 days = truce_days_from_date (year, month, day);

  return days + (3 - days % 7 + 7) % 7;
}

/* America's is from the second Sunday of March to the first of November, as it has been since 2007, Europe's from the
 * last Sunday of March to the last of October; at the hour of the change itself the day decides. */
static gboolean
is_summer (const TruceDate *date)
{
  gint64 day = truce_days_from_date (date->year, date->month, date->day);

  if (date->summer_rule == TRUCE_SUMMER_AMERICAN)
    return day >= sunday_from (date->year, 3, 8) && day < sunday_from (date->year, 11, 1);
  if (date->summer_rule == TRUCE_SUMMER_EUROPEAN)
    return day >= sunday_from (date->year, 3, 25) && day < sunday_from (date->year, 10, 25);
  return FALSE;
}

static TruceTime
instant (const TruceDate *date)
{
  int hour = date->hour, offset = date->offset;

  if (date->half_day && hour <= 12)
    hour = hour % 12 + (date->half_day == 2 ? 12 : 0);
  if (is_summer (date))
    offset += 60;
  return truce_days_from_date (date->year, date->month, date->day) * TRUCE_DAY + hour * TRUCE_HOUR +
         date->minute * TRUCE_MINUTE + MIN (date->second, 59) * TRUCE_SECOND + date->microsecond -
         offset * TRUCE_MINUTE;
}

/* Dates written in Korean never name their zone. */
static gboolean
is_korean (const char *text)
{
  return strstr (text, "년") || strstr (text, "오전") || strstr (text, "오후");
}

/* Seconds since 1970, or milliseconds, from 2001 on: numbers where a date should be are no other thing. */
static gboolean
read_count (const char *text, TruceTime *ret_at)
{
  gsize length = strspn (text, "0123456789");

  if (*text != '1' || (length != 10 && length != 13) || text[length + strspn (text + length, " \t\r\n")])
    return FALSE;
  *ret_at = g_ascii_strtoll (text, NULL, 10) * (length == 10 ? TRUCE_SECOND : TRUCE_SECOND / 1000);
  return TRUE;
}

static gboolean
read_any (const char *text, TruceDate *date)
{
  const TruceDate nothing = { .year = TRUCE_DATE_UNSET,
                              .month = TRUCE_DATE_UNSET,
                              .day = TRUCE_DATE_UNSET,
                              .weekday = TRUCE_DATE_UNSET,
                              .offset = is_korean (text) ? KOREA : 0 };

  *date = nothing;
  if (truce_date_read_iso (text, date))
    return TRUE;
  *date = nothing;
  return truce_date_read_words (text, date);
}

gboolean
truce_feed_date_parse (const char *text, TruceTime *ret_at)
{
  TruceDate date;
  TruceTime at;

  text += strspn (text, " \t\r\n");
  if (strnlen (text, DATE_TEXT_MAX + 1) > DATE_TEXT_MAX)
    return FALSE;
  if (truce_date_usual (text, &at) || read_count (text, &at)) {
    *ret_at = at;
    return TRUE;
  }
  if (!read_any (text, &date) || !is_valid (&date))
    return FALSE;
  at = instant (&date);
  if (at < TRUCE_TIME_MIN || at > TRUCE_TIME_MAX)
    return FALSE;
  *ret_at = at;
  return TRUE;
}
