/* SPDX-License-Identifier: MIT */
/* date_usual.c: the two forms that nearly all dates have, read letter by letter. */
#include "worker/parse/date_private.h"

#include "base/time.h"

#include <string.h>

/* `n` digits at `*at`, or -1. */
static int
digits (const char **at, int n)
{
  int number = 0;

  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit ((*at)[i]))
      return -1;
    number = number * 10 + ((*at)[i] - '0');
  }
  *at += n;
  return number;
}

static gboolean
take (const char **at, char c)
{
  if (**at != c)
    return FALSE;
  ++*at;
  return TRUE;
}

/* "19:48:21" */
static gboolean
read_clock (const char **at, gint64 *ret_seconds)
{
  int hour, minute, second;

  if ((hour = digits (at, 2)) < 0 || !take (at, ':') || (minute = digits (at, 2)) < 0 || !take (at, ':') ||
      (second = digits (at, 2)) < 0 || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *ret_seconds = hour * 3600 + minute * 60 + second;
  return TRUE;
}

/* "+0100", "-05:00". */
static gboolean
read_offset (const char **at, gint64 *ret_seconds)
{
  gboolean west = **at == '-';
  int hours, minutes;

  if (!take (at, '+') && !take (at, '-'))
    return FALSE;
  hours = digits (at, 2);
  take (at, ':');
  minutes = digits (at, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
    return FALSE;
  *ret_seconds = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
  return TRUE;
}

/* Every month has these days: the rest is for those who know them all. */
static gboolean
is_surely_a_day (int year, int month, int day)
{
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

static TruceTime
instant (int year, int month, int day, gint64 seconds)
{
  return truce_days_from_date (year, month, day) * TRUCE_DAY + seconds * TRUCE_SECOND;
}

/* "Tue, 24 Nov 2026 05:01:00 +0000" or "GMT". */
static gboolean
read_mail (const char *at, TruceTime *ret_at)
{
  gint64 clock, offset = 0;
  int day, month, year;

  for (int i = 0; i < 3; i++, at++)
    if (!g_ascii_isalpha (*at))
      return FALSE;
  if (!take (&at, ',') || !take (&at, ' ') || (day = digits (&at, 2)) < 0 || !take (&at, ' ') || strnlen (at, 3) < 3 ||
      (month = truce_date_english_month (at, 3)) < 1)
    return FALSE;
  at += 3;
  if (!take (&at, ' ') || (year = digits (&at, 4)) < 0 || !take (&at, ' ') || !read_clock (&at, &clock) ||
      !take (&at, ' ') || !is_surely_a_day (year, month, day))
    return FALSE;
  if (strcmp (at, "GMT") != 0 && (!read_offset (&at, &offset) || *at))
    return FALSE;
  *ret_at = instant (year, month, day, clock - offset);
  return TRUE;
}

/* "2026-11-24T05:01:00Z" or with an offset. */
static gboolean
read_iso (const char *at, TruceTime *ret_at)
{
  gint64 clock, offset = 0;
  int year, month, day;

  if ((year = digits (&at, 4)) < 0 || !take (&at, '-') || (month = digits (&at, 2)) < 0 || !take (&at, '-') ||
      (day = digits (&at, 2)) < 0 || !take (&at, 'T') || !read_clock (&at, &clock) ||
      !is_surely_a_day (year, month, day))
    return FALSE;
  if (strcmp (at, "Z") != 0 && (!read_offset (&at, &offset) || *at))
    return FALSE;
  *ret_at = instant (year, month, day, clock - offset);
  return TRUE;
}

gboolean
truce_date_usual (const char *text, TruceTime *ret_at)
{
  return g_ascii_isdigit (*text) ? read_iso (text, ret_at) : read_mail (text, ret_at);
}
