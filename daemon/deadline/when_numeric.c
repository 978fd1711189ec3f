/* SPDX-License-Identifier: MIT */
/* Dates that begin with a number: ISO 8601, EDTF, and the day before its month. */
#include "deadline/names.h"
#include "deadline/when_private.h"

/* The codes of EDTF (ISO 8601-2) that stand where a month would: 21-24 and 25-28 seasons, 29-32 those of the south,
 * 33-36 quarters, 40 and 41 halves. */
static gboolean
set_code (WhenParser *parser, WhenTerm *term, int year, int code, GError **error)
{
  if (code >= 1 && code <= TRUCE_MONTHS_A_YEAR) {
    when_set_months (term, year, code, 1, TRUCE_PRECISION_MONTH);
    return TRUE;
  }
  if (code >= 21 && code <= 32)
    return when_set_season (parser, term, year, (code - 21) % TRUCE_SEASONS_A_YEAR, code >= 29);
  if (code >= 33 && code <= 36)
    return when_set_part_of_year (term, year, code - 32, WHEN_MONTHS_A_QUARTER, error);
  if (code == 40 || code == 41)
    return when_set_part_of_year (term, year, code - 39, WHEN_MONTHS_A_HALF, error);
  return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no month %02d", code);
}

/* Two figures behind a tight dash. */
static gboolean
take_two_figures (WhenLexer *lexer, int *ret_number)
{
  WhenLexer ahead = *lexer;

  if (!when_lexer_is_tight_sign (&ahead, '-'))
    return FALSE;
  when_lexer_next (&ahead);
  if (ahead.token.kind != WHEN_TOKEN_NUMBER || ahead.token.spaced || ahead.token.n_digits != 2)
    return FALSE;
  *ret_number = (int) ahead.token.number;
  when_lexer_next (&ahead);
  *lexer = ahead;
  return TRUE;
}

/* "2025", "2025-06", "2025-06-11", "2025-Q3", "2025 Q3". */
static gboolean
parse_year_first (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const char *start = lexer->token.start;
  int year, code, day;

  if (!when_parse_year (parser, "", &year, error))
    return FALSE;
  if (take_two_figures (lexer, &code)) {
    if (!set_code (parser, term, year, code, error))
      return FALSE;
    if (term->precision == TRUCE_PRECISION_MONTH && take_two_figures (lexer, &day))
      return when_set_day (term, year, code, day, error);
    return TRUE;
  }
  WhenLexer ahead = *lexer;
  gboolean dash = when_lexer_is_tight_sign (lexer, '-');
  if (dash || when_lexer_is_sign (lexer, '/'))
    when_lexer_next (&ahead);
  if (when_lexer_is_short_number (&ahead) && !ahead.token.spaced) {
    g_autofree char *quote = when_lexer_quote (start);
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s' is not understood: dates are written as 2025-08-12", quote);
  }
  if ((dash || ahead.token.start == lexer->token.start) &&
      (when_lexer_is_word (&ahead, "q") || when_lexer_is_word (&ahead, "h"))) {
    *lexer = ahead;
    return when_parse_numbered_part (parser, year, term, error);
  }
  when_set_months (term, year, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  return TRUE;
}

/* 01/02/2025 is January in one country and February in the next. 15.03.2025 can only be one day, and is refused all the
 * same, with its name: who writes so would write 05.03.2025 next. */
static gboolean
refuse_slashes (const WhenLexer *lexer, char sign, GError **error)
{
  g_autofree char *quote = when_lexer_quote (lexer->token.start);
  WhenLexer ahead = *lexer;
  int first = (int) ahead.token.number, second, day, month;

  when_lexer_next (&ahead);
  when_lexer_take_sign (&ahead, sign);
  second = when_lexer_is_short_number (&ahead) ? (int) ahead.token.number : 0;
  day = MAX (first, second);
  month = MIN (first, second);
  if (day > TRUCE_MONTHS_A_YEAR && month >= 1 && month <= TRUCE_MONTHS_A_YEAR && day <= 31)
    return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS,
                      "'%s' is not understood: write %d %s, or the year first as in 2025-%02d-%02d", quote, day,
                      truce_month_names[month - 1], month, day);
  if (day > TRUCE_MONTHS_A_YEAR)
    return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS,
                      "'%s' is not understood: dates are written as 2025-08-12 or 12 August 2025", quote);

  return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS,
                    "'%s' may be day first or month first: dates are written as 2025-08-12 or 12 August 2025", quote);
}

gboolean
when_at_part_backwards (const WhenLexer *lexer)
{
  WhenLexer ahead = *lexer;

  if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.n_digits != 1)
    return FALSE;
  when_lexer_next (&ahead);
  if (ahead.token.spaced || (!when_lexer_is_word (&ahead, "h") && !when_lexer_is_word (&ahead, "q")))
    return FALSE;
  when_lexer_next (&ahead);
  return ahead.token.kind == WHEN_TOKEN_NUMBER && ahead.token.n_digits == 4;
}

gboolean
when_refuse_part_backwards (const WhenLexer *lexer, GError **error)
{
  g_autofree char *quote = when_lexer_quote (lexer->token.start);
  WhenLexer ahead = *lexer;

  when_lexer_next (&ahead);
  gboolean half = when_lexer_is_word (&ahead, "h");
  when_lexer_next (&ahead);
  return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s' is not understood: %s are written as %s%d %d", quote,
                    half ? "halves of a year" : "quarters", half ? "H" : "Q", (int) lexer->token.number,
                    (int) ahead.token.number);
}

gboolean
when_parse_numeric_date (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const WhenLexer start = *lexer;
  WhenLexer ahead = *lexer;

  if (lexer->token.n_digits == 4)
    return parse_year_first (parser, term, error);
  if (!when_lexer_is_short_number (lexer))
    return when_lexer_refuse (lexer, "a date such as 2025-08-12", error);
  int first = (int) lexer->token.number, last = first, year;
  when_lexer_next (lexer);
  ahead = *lexer;
  const char sign = when_lexer_is_sign (&ahead, '/') ? '/' : '.';
  if (when_lexer_take_sign (&ahead, sign) && ahead.token.kind == WHEN_TOKEN_NUMBER)
    return refuse_slashes (&start, sign, error);
  if (when_take_ordinal_suffix (lexer) && when_month_of (lexer) < 0 && !when_lexer_is_word (lexer, "of") &&
      !when_lexer_is_sign (lexer, '-')) {
    if (first < 1)
      return when_lexer_refuse (&start, NULL, error);
    return when_parse_ordinal (parser, first, term, error);
  }
  ahead = *lexer;
  if (when_lexer_take_sign (&ahead, '-') && when_lexer_is_short_number (&ahead)) {
    last = (int) ahead.token.number;
    when_lexer_next (&ahead);
    when_take_ordinal_suffix (&ahead);
    *lexer = ahead;
  }
  when_lexer_take_word (lexer, "of");
  int month = when_month_of (lexer);
  if (month < 0)
    return when_lexer_refuse (lexer->token.kind == WHEN_TOKEN_WORD ? lexer : &start, "a month", error);
  when_lexer_next (lexer);
  when_skip_link (lexer);
  return when_parse_year (parser, truce_month_names[month - 1], &year, error) &&
         when_set_days (term, year, month, first, last, error);
}
