/* SPDX-License-Identifier: MIT */
/* The plainest of dates, by their places in the text. */
#include "deadline/when_private.h"

#define DATE_LENGTH 10 /* 2025-08-12 */
#define LENGTH 16      /* 2025-08-12 00:01 */

/* The number of `n` figures at `text`; -1 when they are not all figures. */
static int
figures (const char *text, int n)
{
  int number = 0;

  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    number = number * 10 + text[i] - '0';
  }
  return number;
}

/* Reads no further than the first character that does not fit, and so never beyond the end. */
static gboolean
read_date (const char *text, TruceCivil *civil)
{
  return (civil->year = figures (text, 4)) > 0 && text[4] == '-' && (civil->month = figures (text + 5, 2)) > 0 &&
         text[7] == '-' && (civil->day = figures (text + 8, 2)) > 0;
}

static gboolean
read_time (const char *text, TruceCivil *civil)
{
  return text[0] == ' ' && (civil->hour = figures (text + 1, 2)) >= 0 && text[3] == ':' &&
         (civil->minute = figures (text + 4, 2)) >= 0;
}

gboolean
when_read_plain (const char *text, WhenTerm *term)
{
  TruceCivil civil = { 0 };

  if (!read_date (text, &civil))
    return FALSE;
  gboolean timed = text[DATE_LENGTH] != '\0';
  if (timed && (!read_time (text + DATE_LENGTH, &civil) || text[LENGTH] != '\0'))
    return FALSE;
  if (!truce_civil_valid (&civil))
    return FALSE; /* the other way says why */
  term->base = timed ? WHEN_BASE_INSTANT : WHEN_BASE_DAYS;
  term->precision = timed ? TRUCE_PRECISION_INSTANT : TRUCE_PRECISION_DAY;
  term->civil = civil;
  term->first = truce_days_from_date (civil.year, civil.month, civil.day);
  term->end = term->first + 1;
  return TRUE;
}
