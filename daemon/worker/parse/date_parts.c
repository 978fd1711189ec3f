/* SPDX-License-Identifier: MIT */
/* date_parts.c: the words, numbers and signs of a date, its time of day and its zone. */
#include "worker/parse/date_private.h"

#include <string.h>

#define OFFSET_MAX (15 * 60) /* minutes; the largest in use is 14 h */

static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || ((guchar) c & 0x80) != 0;
}

TruceDateToken
truce_date_next (const char **at)
{
  const char *p = *at + strspn (*at, " \t\r\n");
  TruceDateToken token = { .kind = TRUCE_DATE_END, .start = p };

  if (g_ascii_isdigit (*p)) {
    token.kind = TRUCE_DATE_NUMBER;
    for (; g_ascii_isdigit (*p) && p - token.start < 9; p++)
      token.number = token.number * 10 + g_ascii_digit_value (*p);
  } else if (is_letter (*p)) {
    token.kind = TRUCE_DATE_WORD;
    while (is_letter (*p))
      p++;
  } else if (*p) {
    token.kind = TRUCE_DATE_SIGN;
    p++;
  }
  token.length = (gsize) (p - token.start);
  *at = p;
  return token;
}

TruceDateToken
truce_date_peek (const char *at)
{
  return truce_date_next (&at);
}

gboolean
truce_date_is_sign (TruceDateToken token, char c)
{
  return token.kind == TRUCE_DATE_SIGN && *token.start == c;
}

gboolean
truce_date_read_offset (const char **at, TruceDate *date)
{
  const char *p = *at;
  TruceDateToken sign = truce_date_next (&p);
  TruceDateToken number = truce_date_next (&p);
  int minutes;

  if (!(truce_date_is_sign (sign, '+') || truce_date_is_sign (sign, '-')) || number.kind != TRUCE_DATE_NUMBER)
    return FALSE;
  if (number.length <= 2) {
    minutes = number.number * 60;
    if (*p == ':' && g_ascii_isdigit (p[1])) {
      p++;
      minutes += truce_date_next (&p).number;
    }
  } else {
    minutes = number.number / 100 * 60 + number.number % 100;
  }
  /* An impossible offset is a mistake in the zone, not in the date. */
  if (minutes <= OFFSET_MAX)
    date->offset = truce_date_is_sign (sign, '-') ? -minutes : minutes;
  *at = p;
  return TRUE;
}

void
truce_date_read_fraction (const char **at, TruceDate *date)
{
  int scale = 100000;

  if ((**at != '.' && **at != ',') || !g_ascii_isdigit ((*at)[1]))
    return;
  for (++*at; g_ascii_isdigit (**at); ++*at) {
    date->microsecond += g_ascii_digit_value (**at) * scale;
    scale /= 10;
  }
}

gboolean
truce_date_read_clock (const char **at, int hour, TruceDate *date)
{
  TruceDateToken minute;

  ++*at;
  minute = truce_date_next (at);
  if (date->time || minute.kind != TRUCE_DATE_NUMBER || minute.length > 2)
    return FALSE;
  date->hour = hour;
  date->minute = minute.number;
  date->time = TRUE;
  if ((**at == ':' || **at == '.') && g_ascii_isdigit ((*at)[1])) {
    TruceDateToken second;

    ++*at;
    second = truce_date_next (at);
    if (second.length > 2)
      return FALSE;
    date->second = second.number;
    truce_date_read_fraction (at, date);
  }
  return TRUE;
}

/* The length of a zone's name: a word, or words as in "America/Los_Angeles". */
static gsize
zone_length (TruceDateToken word)
{
  const char *end = word.start + word.length;

  if (*end == '/' && is_letter (end[1]))
    while (is_letter (*end) || (*end && strchr ("/_+-", *end)))
      end++;
  return (gsize) (end - word.start);
}

void
truce_date_read_zone (const char **at, TruceDate *date)
{
  TruceDateToken token = truce_date_peek (*at);
  TruceSummerRule rule;
  int minutes;

  if (token.kind == TRUCE_DATE_WORD) {
    gsize length = zone_length (token);

    *at = token.start + length;
    if (truce_date_zone (token.start, length, &minutes, &rule)) {
      date->offset = minutes;
      date->summer_rule = rule;
    }
  }
  /* Also "GMT+2" and "EST -0500": the number is surer. */
  if (truce_date_read_offset (at, date))
    date->summer_rule = TRUCE_SUMMER_NONE;
}
