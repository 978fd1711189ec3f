/* SPDX-License-Identifier: MIT */
/* Dates in words: months, parts of months, quarters, halves, seasons, and what is the first or last of them. */
#include <string.h>

#include "deadline/names.h"
#include "deadline/when_private.h"

#define EDGE_DAYS 5 /* "end of", "beginning of" */

gboolean
when_set_days (WhenTerm *term, int year, int month, int first, int last, GError **error)
{
  int days_in_month = truce_civil_days_in_month (year, month);

  if (first < 1 || first > days_in_month || last > days_in_month) {
    int wrong = first < 1 || first > days_in_month ? first : last;
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no %d %s %d: the month has %d days", wrong,
                      truce_month_names[month - 1], year, days_in_month);
  }
  if (last < first)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "'%d-%d' ends before it begins", first, last);
  term->first = truce_days_from_date (year, month, first);
  term->end = truce_days_from_date (year, month, last) + 1;
  term->precision = first == last ? TRUCE_PRECISION_DAY : TRUCE_PRECISION_INTERVAL;
  return TRUE;
}

gboolean
when_set_day (WhenTerm *term, int year, int month, int day, GError **error)
{
  return when_set_days (term, year, month, day, day, error);
}

void
when_set_months (WhenTerm *term, int year, int month, int n_months, TrucePrecision precision)
{
  TruceCivil end = { .year = year, .month = month, .day = 1 };

  truce_civil_add (&end, n_months, 0);
  term->first = truce_days_from_date (year, month, 1);
  term->end = truce_days_from_date (end.year, end.month, 1);
  term->precision = precision;
}

/* "June 28 to July 3, 2025": the first date has the year of the second. Only looks ahead. */
static gboolean
borrow_year (const WhenParser *parser, int *ret_year)
{
  WhenParser ahead = { .lexer = parser->lexer };
  WhenTerm term = { 0 };
  int month, day;

  if (!when_take_join (&ahead.lexer))
    return FALSE;
  gboolean found = when_parse_date (&ahead, &term, NULL) && term.precision == TRUCE_PRECISION_DAY;
  g_clear_pointer (&ahead.notes, g_ptr_array_unref);
  if (found)
    truce_date_from_days (term.first, ret_year, &month, &day);
  return found;
}

gboolean
when_parse_year (WhenParser *parser, const char *after, int *ret_year, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  WhenLexer ahead = *lexer;

  if (borrow_year (parser, ret_year))
    return TRUE;
  if (lexer->token.kind == WHEN_TOKEN_WORD && !when_take_join (&ahead))
    return when_lexer_refuse (lexer, "a year", error);
  when_lexer_next (&ahead);
  if (lexer->token.kind != WHEN_TOKEN_NUMBER || when_lexer_is_sign (&ahead, ':'))
    return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS, "a year is needed after '%s'", after);
  if (lexer->token.n_digits != 4)
    return when_lexer_refuse (lexer, "a year of four figures", error);
  if (lexer->token.number < 1)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no year 0000");
  *ret_year = (int) lexer->token.number;
  when_lexer_next (lexer);
  return TRUE;
}

/* "of", "in" and a comma may stand before a year. */
void
when_skip_link (WhenLexer *lexer)
{
  if (!when_lexer_take_word (lexer, "of") && !when_lexer_take_word (lexer, "in"))
    when_lexer_take_sign (lexer, ',');
}

gboolean
when_parse_month (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int month = when_month_of (lexer), year, first, last;
  const char *name = truce_month_names[month - 1];

  when_lexer_next (lexer);
  if (!when_lexer_is_short_number (lexer)) {
    when_skip_link (lexer);
    if (!when_parse_year (parser, name, &year, error))
      return FALSE;
    when_set_months (term, year, month, 1, TRUCE_PRECISION_MONTH);
    return TRUE;
  }
  first = last = (int) lexer->token.number;
  when_lexer_next (lexer);
  when_take_ordinal_suffix (lexer);
  WhenLexer ahead = *lexer;
  if (when_lexer_take_sign (&ahead, '-') && when_lexer_is_short_number (&ahead) && !when_at_length (&ahead)) {
    last = (int) ahead.token.number;
    *lexer = ahead;
    when_lexer_next (lexer);
    when_take_ordinal_suffix (lexer);
  }
  when_skip_link (lexer);
  g_autofree char *after = g_strdup_printf ("%s %d", name, last);
  return when_parse_year (parser, after, &year, error) && when_set_days (term, year, month, first, last, error);
}

/* A date wider than a day, for "end of" and "last friday of". */
static gboolean
parse_period (WhenParser *parser, const char *for_what, WhenTerm *term, GError **error)
{
  if (!when_parse_date (parser, term, error))
    return FALSE;
  if (term->precision < TRUCE_PRECISION_MONTH || term->precision > TRUCE_PRECISION_YEAR)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s' goes with a month, quarter, season, half or year",
                      for_what);
  return TRUE;
}

static gboolean
parse_edge (WhenParser *parser, gboolean at_end, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;

  when_lexer_next (lexer);
  if (!when_lexer_take_word (lexer, "of"))
    return when_lexer_refuse (lexer, "'of'", error);
  if (!parse_period (parser, at_end ? "end of" : "beginning of", term, error))
    return FALSE;
  if (at_end)
    term->first = term->end - EDGE_DAYS;
  else
    term->end = term->first + EDGE_DAYS;
  term->precision = TRUCE_PRECISION_PART_OF_MONTH;
  return TRUE;
}

/* A quarter (of 3 months) or half (of 6) of a year, by its number, or the last. */
gboolean
when_set_part_of_year (WhenTerm *term, int year, gint64 number, int n_months, GError **error)
{
  int n_parts = TRUCE_MONTHS_A_YEAR / n_months;

  if (number == WHEN_ORDINAL_LAST)
    number = n_parts;
  if (number < 0 || number > n_parts)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "a year has %d %s", n_parts,
                      n_months == WHEN_MONTHS_A_QUARTER ? "quarters" : "halves");
  when_set_months (term, year, ((int) number - 1) * n_months + 1, n_months,
                   n_months == WHEN_MONTHS_A_QUARTER ? TRUCE_PRECISION_QUARTER : TRUCE_PRECISION_HALF_YEAR);
  return TRUE;
}

/* "Q3" or "H2", with `year` known or, 0, to follow. */
gboolean
when_parse_numbered_part (WhenParser *parser, int year, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int n_months = when_lexer_is_word (lexer, "q") ? WHEN_MONTHS_A_QUARTER : WHEN_MONTHS_A_HALF;
  g_autofree char *quote = when_lexer_quote (lexer->token.start);
  WhenLexer ahead = *lexer;

  when_lexer_next (&ahead);
  if (ahead.token.kind != WHEN_TOKEN_NUMBER || ahead.token.spaced)
    return when_lexer_refuse (lexer, NULL, error);
  gint64 number = ahead.token.number;
  if (number == WHEN_ORDINAL_LAST)
    number = -1; /* "Q0" is none */
  *lexer = ahead;
  when_lexer_next (lexer);
  if (!year) {
    when_skip_link (lexer);
    if (!when_parse_year (parser, quote, &year, error))
      return FALSE;
  }
  return when_set_part_of_year (term, year, number, n_months, error);
}

gboolean
when_set_season (WhenParser *parser, WhenTerm *term, int year, int season, gboolean southern)
{
  int month = 3 * season + 3; /* spring begins in March */
  TruceCivil last = { .year = year, .month = 1, .day = 1 };

  if (southern)
    month = month > 6 ? month - 6 : month + 6;
  when_set_months (term, year, month, 3, TRUCE_PRECISION_SEASON);
  truce_date_from_days (term->end - 1, &last.year, &last.month, &last.day);
  when_parser_note (parser,
                    g_strdup_printf ("%s %d is taken as %s %d to %s %d", truce_season_names[season], year,
                                     truce_month_names[month - 1], year, truce_month_names[last.month - 1], last.year));
  return TRUE;
}

static gboolean
parse_season (WhenParser *parser, int season, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int year;

  when_lexer_next (lexer);
  when_skip_link (lexer);
  return when_parse_year (parser, truce_season_names[season], &year, error) &&
         when_set_season (parser, term, year, season, FALSE);
}

/* --- the first, the third, the last --- */

/* Picks the day of that ordinal out of the period in `term`; `weekday` -1: any. */
static gboolean
pick_day (WhenTerm *term, int ordinal, int weekday, GError **error)
{
  int step = weekday < 0 ? 1 : TRUCE_DAYS_A_WEEK;
  gint64 day;

  if (ordinal == WHEN_ORDINAL_LAST) {
    day = term->end - 1;
    if (weekday >= 0)
      day -= (truce_weekday_of (day) - weekday + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  } else {
    day = term->first;
    if (weekday >= 0)
      day += (weekday - truce_weekday_of (day) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
    day += (gint64) (ordinal - 1) * step;
  }
  if (day >= term->end)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no %s number %d in it",
                      weekday < 0 ? "day" : truce_weekday_names[weekday], ordinal);
  term->first = day;
  term->end = day + 1;
  term->precision = TRUCE_PRECISION_DAY;
  return TRUE;
}

/* Steps over "of" or "in", and the period. */
static gboolean
parse_of_period (WhenParser *parser, const char *for_what, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;

  if (!when_lexer_take_word (lexer, "of") && !when_lexer_take_word (lexer, "in"))
    return when_lexer_refuse (lexer, "'of'", error);
  return parse_period (parser, for_what, term, error);
}

/* Which day it is needs the calendar. */
static gboolean
parse_business_day_of (WhenParser *parser, const char *for_what, int ordinal, WhenTerm *term, GError **error)
{
  term->picks_business = TRUE;
  term->business_ordinal = ordinal;
  if (!parse_of_period (parser, for_what, term, error))
    return FALSE;
  term->precision = TRUCE_PRECISION_DAY;
  return TRUE;
}

gboolean
when_parse_ordinal (WhenParser *parser, int ordinal, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int weekday = when_weekday_of (lexer), year;
  gboolean quarter = when_lexer_is_word (lexer, "quarter");
  g_autofree char *quote = when_lexer_quote (lexer->token.start);

  if (when_take_business_day (lexer))
    return parse_business_day_of (parser, quote, ordinal, term, error);
  if (quarter || when_lexer_is_word (lexer, "half")) {
    when_lexer_next (lexer);
    when_skip_link (lexer);
    return when_parse_year (parser, quote, &year, error) &&
           when_set_part_of_year (term, year, ordinal, quarter ? WHEN_MONTHS_A_QUARTER : WHEN_MONTHS_A_HALF, error);
  }
  if (weekday < 0 && !when_lexer_is_word (lexer, "day"))
    return when_lexer_refuse (lexer, "a weekday, day, business day, quarter or half", error);
  when_lexer_next (lexer);
  return parse_of_period (parser, quote, term, error) && pick_day (term, ordinal, weekday, error);
}

/* --- any date --- */

/* "Tuesday, August 12, 2025": the weekday is checked. */
static gboolean
parse_weekday_first (WhenParser *parser, int weekday, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;

  when_lexer_next (lexer);
  WhenLexer ahead = *lexer;
  when_lexer_take_sign (&ahead, ',');
  when_lexer_take_word (&ahead, "at");
  if (ahead.token.kind == WHEN_TOKEN_END || when_lexer_is_sign (&ahead, '+') || when_at_time (&ahead))
    return when_parse_bare_weekday (parser, weekday, term, error);
  when_lexer_take_sign (lexer, ',');
  if (!when_parse_date (parser, term, error))
    return FALSE;
  if (term->precision != TRUCE_PRECISION_DAY)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s' goes with a single day", truce_weekday_names[weekday]);
  int actual = truce_weekday_of (term->first);
  if (actual != weekday) {
    int year, month, day;
    truce_date_from_days (term->first, &year, &month, &day);
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "%d %s %d is a %s, not a %s", day, truce_month_names[month - 1],
                      year, truce_weekday_names[actual], truce_weekday_names[weekday]);
  }
  return TRUE;
}

gboolean
when_parse_date (WhenParser *parser, WhenTerm *term, GError **error)
{
  static const char *const parts[] = { "early", "mid", "late" };
  WhenLexer *lexer = &parser->lexer;

  when_lexer_take_word (lexer, "the");
  if (lexer->token.kind == WHEN_TOKEN_NUMBER)
    return when_parse_numeric_date (parser, term, error);
  if (lexer->token.kind != WHEN_TOKEN_WORD)
    return when_lexer_refuse (lexer, "a date", error);
  if (when_month_of (lexer) > 0)
    return when_parse_month (parser, term, error);
  for (int i = 0; i < (int) G_N_ELEMENTS (parts); i++)
    if (when_lexer_is_word (lexer, parts[i]))
      return when_parse_part (parser, i, term, error);
  if (when_lexer_is_word (lexer, "middle"))
    return when_parse_part (parser, 1, term, error);
  if (when_lexer_is_word (lexer, "end"))
    return parse_edge (parser, TRUE, term, error);
  if (when_lexer_is_word (lexer, "beginning") || when_lexer_is_word (lexer, "start"))
    return parse_edge (parser, FALSE, term, error);
  if (when_lexer_is_word (lexer, "q") || when_lexer_is_word (lexer, "h"))
    return when_parse_numbered_part (parser, 0, term, error);
  if (when_at_relative (lexer))
    return when_parse_relative (parser, term, error);
  if (when_season_of (lexer) >= 0)
    return parse_season (parser, when_season_of (lexer), term, error);
  if (when_weekday_of (lexer) >= 0)
    return parse_weekday_first (parser, when_weekday_of (lexer), term, error);
  int ordinal = when_ordinal_of (lexer);
  if (ordinal < 0)
    return when_lexer_refuse (lexer, "a date", error);
  when_lexer_next (lexer);
  return when_parse_ordinal (parser, ordinal, term, error);
}
