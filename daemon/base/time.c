/* SPDX-License-Identifier: MIT */
#include "base/time.h"

#include <string.h>

/* Days are counted in eras of 400 years, which are all alike in the Gregorian calendar, from 1 March: the leap day is
 * then the last of its year, and month lengths follow one line. */
#define DAYS_PER_ERA 146097
#define DAYS_FROM_ERA_TO_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */

gint64
truce_days_from_date (int year, int month, int day)
{
  gint64 y = (gint64) year - (month <= 2 ? 1 : 0);
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_FROM_ERA_TO_EPOCH;
}

void
truce_date_from_days (gint64 days, int *ret_year, int *ret_month, int *ret_day)
{
  gint64 z = days + DAYS_FROM_ERA_TO_EPOCH;
  gint64 era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  gint64 day_of_era = z - era * DAYS_PER_ERA;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 m = (5 * day_of_year + 2) / 153;

  *ret_day = (int) (day_of_year - (153 * m + 2) / 5 + 1);
  *ret_month = (int) (m < 10 ? m + 3 : m - 9);
  *ret_year = (int) (year_of_era + era * 400 + (*ret_month <= 2 ? 1 : 0));
}

const char *
truce_time_to_text (TruceTime at, char buffer[TRUCE_TIME_TEXT_SIZE])
{
  if (at < TRUCE_TIME_MIN || at > TRUCE_TIME_MAX) {
    buffer[0] = '\0';
    return buffer;
  }

  gint64 seconds = at / TRUCE_SECOND, fraction = at % TRUCE_SECOND;
  if (fraction < 0) {
    fraction += TRUCE_SECOND;
    seconds--;
  }
  gint64 days = seconds / 86400, of_day = seconds % 86400;
  if (of_day < 0) {
    of_day += 86400;
    days--;
  }
  int year, month, day;
  truce_date_from_days (days, &year, &month, &day);
  int hour = (int) (of_day / 3600), minute = (int) (of_day / 60 % 60), second = (int) (of_day % 60);

  if (fraction)
    g_snprintf (buffer, TRUCE_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", year, month, day, hour, minute,
                second, (int) fraction);
  else
    g_snprintf (buffer, TRUCE_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second);
  return buffer;
}

/* Reads exactly `digits` decimal digits. */
static gboolean
take_number (const char **text, int digits, int *ret_number)
{
  int number = 0;

  for (int i = 0; i < digits; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return FALSE;
    number = number * 10 + ((*text)[i] - '0');
  }
  *text += digits;
  *ret_number = number;
  return TRUE;
}

static gboolean
take_char (const char **text, char wanted)
{
  if (g_ascii_toupper (**text) != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
take_fraction (const char **text, gint64 *ret_microseconds)
{
  gint64 microseconds = 0, unit = 100000;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    microseconds += (**text - '0') * unit; /* digits past the sixth weigh 0 */
  *ret_microseconds = microseconds;
  return TRUE;
}

static gboolean
take_offset (const char **text, int *ret_seconds)
{
  int hours, minutes, sign;

  if (take_char (text, 'Z')) {
    *ret_seconds = 0;
    return TRUE;
  }
  if (**text != '+' && **text != '-')
    return FALSE;
  sign = **text == '-' ? -1 : 1;
  (*text)++;
  if (!take_number (text, 2, &hours))
    return FALSE;
  take_char (text, ':');
  if (!take_number (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *ret_seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

static gboolean
date_exists (int year, int month, int day)
{
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
         day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

gboolean
truce_time_from_text (const char *text, TruceTime *ret_at)
{
  int year, month, day, hour, minute, second = 0, offset;
  gint64 fraction = 0;

  if (!take_number (&text, 4, &year) || !take_char (&text, '-') || !take_number (&text, 2, &month) ||
      !take_char (&text, '-') || !take_number (&text, 2, &day))
    return FALSE;
  if (!take_char (&text, 'T') && !take_char (&text, ' '))
    return FALSE;
  if (!take_number (&text, 2, &hour) || !take_char (&text, ':') || !take_number (&text, 2, &minute))
    return FALSE;
  if (take_char (&text, ':')) {
    if (!take_number (&text, 2, &second))
      return FALSE;
    if (take_char (&text, '.') && !take_fraction (&text, &fraction))
      return FALSE;
  }
  if (!take_offset (&text, &offset) || *text)
    return FALSE;
  if (second == 60) /* a leap second has no instant of its own here: RFC 3339 section 5.7 */
    second = 59;
  if (!date_exists (year, month, day) || hour > 23 || minute > 59 || second > 59)
    return FALSE;

  gint64 seconds = truce_days_from_date (year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  *ret_at = seconds * TRUCE_SECOND + fraction;
  return TRUE;
}

char *
truce_duration_to_words (TruceTime length)
{
  static const struct {
    TruceTime length;
    const char *one, *many;
  } units[] = {
    { TRUCE_DAY, "1 day", "days" },
    { TRUCE_HOUR, "1 hour", "hours" },
    { TRUCE_MINUTE, "1 minute", "minutes" },
  };
  TruceTime size = ABS (length);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gint64 count = size / units[i].length;
    /* Under two of a unit the next smaller one says it better: "36 hours", not "1 day". */
    if (count >= 2 || (count == 1 && i + 1 == G_N_ELEMENTS (units)) || (count == 1 && size % units[i].length == 0))
      return count == 1 ? g_strdup (units[i].one) : g_strdup_printf ("%" G_GINT64_FORMAT " %s", count, units[i].many);
  }
  return g_strdup ("less than a minute");
}

gboolean
truce_duration_from_text (const char *text, TruceTime *ret_length)
{
  static const struct {
    char unit;
    TruceTime length;
  } units[] = {
    { 's', TRUCE_SECOND }, { 'm', TRUCE_MINUTE }, { 'h', TRUCE_HOUR }, { 'd', TRUCE_DAY }, { 'w', 7 * TRUCE_DAY }
  };
  TruceTime sum = 0;

  if (!*text)
    return FALSE;
  while (*text) {
    char *end;
    if (!g_ascii_isdigit (*text))
      return FALSE;
    guint64 count = g_ascii_strtoull (text, &end, 10);
    guint i = 0;
    while (i < G_N_ELEMENTS (units) && units[i].unit != *end)
      i++;
    if (i == G_N_ELEMENTS (units) || count > (guint64) ((TRUCE_TIME_MAX - sum) / units[i].length))
      return FALSE;
    sum += (TruceTime) count * units[i].length;
    text = end + 1;
  }
  *ret_length = sum;
  return TRUE;
}
