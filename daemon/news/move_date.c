/* SPDX-License-Identifier: MIT */
/* Dates in running English text. Unlike the date language of the configuration, which refuses what it does not
 * understand, this passes over it; a missing year is the one that makes the date nearest ahead. */
#include <string.h>

#include "news/move_date_private.h"

#define YEAR_FIRST 1990 /* a bare number from here on is a year where one may stand */
#define YEAR_LAST 2099
#define SEPTEMBER 9
#define PAST_DAYS 31 /* a date without a year this long before publication is one just past; further, next year's */

gint64
move_reader_number (const MoveReader *reader, guint i)
{
  return i < reader->text->tokens->len ? MOVE_TOKEN (reader->text, i)->number : -1;
}

int
move_reader_month (const MoveReader *reader, guint i)
{
  if (i >= reader->text->tokens->len || MOVE_TOKEN (reader->text, i)->kind != MOVE_WORD)
    return 0;
  const MoveToken *token = MOVE_TOKEN (reader->text, i);
  if (!token->capital && (g_str_equal (token->word, "may") || g_str_equal (token->word, "march")))
    return 0;
  int which = move_which (reader->text, i,
                          "january|february|march|april|may|june|july|august|september|october|november|december|"
                          "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sept");

  return which < 0 ? 0 : which == 2 * TRUCE_MONTHS_A_YEAR ? SEPTEMBER : which % TRUCE_MONTHS_A_YEAR + 1;
}

guint
move_reader_skip_month (const MoveReader *reader, guint i)
{
  return i + (strlen (MOVE_TOKEN (reader->text, i)->word) <= 4 && move_reader_is (reader, i + 1, ".") &&
                      MOVE_TOKEN (reader->text, i + 1)->tight
                  ? 2
                  : 1);
}

int
move_reader_take_day (MoveReader *reader, gboolean *ret_ordinal)
{
  const guint i = reader->at;
  gint64 number = move_reader_number (reader, i);

  *ret_ordinal = FALSE;
  int ordinal = number < 0 ? move_which (reader->text, i,
                                         "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
                                         "twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
                                         "nineteenth|twentieth")
                           : -1;
  if (ordinal >= 0) {
    *ret_ordinal = TRUE;
    reader->at = i + 1;
    return ordinal + 1;
  }
  if (number < 1 || number > 31)
    return 0;
  *ret_ordinal = move_reader_is (reader, i + 1, "st|nd|rd|th") && MOVE_TOKEN (reader->text, i + 1)->tight;
  reader->at = i + (*ret_ordinal ? 2 : 1);
  return (int) number;
}

gboolean
move_is_year (gint64 number)
{
  return number >= YEAR_FIRST && number <= YEAR_LAST;
}

int
move_reader_take_year (MoveReader *reader, gboolean after_day)
{
  guint i = reader->at;

  if (move_reader_is (reader, i, ",|of|in") && !(after_day && move_reader_is (reader, i, "in")))
    i++;
  if (move_is_year (move_reader_number (reader, i)) && !move_reader_is (reader, i + 1, "%")) {
    reader->at = i + 1;
    return (int) move_reader_number (reader, i);
  }
  i += move_reader_is (reader, i, "the") && move_reader_is (reader, i + 1, "following") ? 1 : 0;
  if (reader->anchor->known && move_reader_is (reader, i, "next|this|last|following") &&
      move_reader_is (reader, i + 1, "year")) {
    reader->at = i + 2;
    return reader->anchor->year + (move_reader_is (reader, i, "next|following") ? 1
                                   : move_reader_is (reader, i, "last")         ? -1
                                                                                : 0);
  }
  return 0;
}

void
move_date_set_day (MoveDate *date, gint64 day)
{
  date->from = day;
  date->end = day + 1;
  date->precision = TRUCE_PRECISION_DAY;
}

void
move_date_set_months (MoveDate *date, int year, int month, int n_months, TrucePrecision precision)
{
  int first = year * TRUCE_MONTHS_A_YEAR + month - 1, end = first + n_months;

  date->from = truce_days_from_date (first / TRUCE_MONTHS_A_YEAR, first % TRUCE_MONTHS_A_YEAR + 1, 1);
  date->end = truce_days_from_date (end / TRUCE_MONTHS_A_YEAR, end % TRUCE_MONTHS_A_YEAR + 1, 1);
  date->precision = precision;
}

int
move_nearest_year (const MoveAnchor *anchor, int month, int day)
{
  gint64 end =
      truce_days_from_date (anchor->year, month, day > 0 ? day : truce_civil_days_in_month (anchor->year, month));

  return end < anchor->day - PAST_DAYS         ? anchor->year + 1
         : end > anchor->day + 366 - PAST_DAYS ? anchor->year - 1
                                               : anchor->year;
}

gboolean
move_date_read (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date)
{
  MoveReader reader = { .text = text, .anchor = anchor, .at = i };

  if (!move_date_read_day (&reader)) {
    reader = (MoveReader){ .text = text, .anchor = anchor, .at = i };
    if (!move_date_read_span (&reader))
      return FALSE;
  }
  if (reader.at <= i)
    return FALSE;
  reader.date.first = i;
  reader.date.last = MIN (reader.at, text->tokens->len) - 1;
  *ret_date = reader.date;
  return TRUE;
}
