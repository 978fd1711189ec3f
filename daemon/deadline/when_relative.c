/* SPDX-License-Identifier: MIT */
/* Words that mean another day whenever they are read: "tomorrow", "next Friday", "in 3 days". They are read where
 * somebody asks now and sees what they were taken for, and refused where a statement is kept. Also here: the thirds of
 * a span of time, "early 2027". */
#include "deadline/names.h"
#include "deadline/when_private.h"

/* --- parts --- */

/* The `part` (0 to 2) of the months in `term`. */
static void
take_third (WhenParser *parser, int part, const char *word, WhenTerm *term)
{
  int year, month, day, last_year, last_month;

  truce_date_from_days (term->first, &year, &month, &day);
  truce_date_from_days (term->end - 1, &last_year, &last_month, &day);
  int n_months = ((last_year - year) * TRUCE_MONTHS_A_YEAR + last_month - month + 1) / 3;
  month += part * n_months;
  when_set_months (term, year + (month - 1) / TRUCE_MONTHS_A_YEAR, (month - 1) % TRUCE_MONTHS_A_YEAR + 1, n_months,
                   TRUCE_PRECISION_INTERVAL);
  truce_date_from_days (term->first, &year, &month, &day);
  truce_date_from_days (term->end - 1, &last_year, &last_month, &day);
  if (n_months == 1)
    when_parser_note (parser, g_strdup_printf ("'%s' is taken as %s %d", word, truce_month_names[month - 1], year));
  else
    when_parser_note (parser, g_strdup_printf ("'%s' is taken as %s %d to %s %d", word, truce_month_names[month - 1],
                                               year, truce_month_names[last_month - 1], last_year));
}

gboolean
when_parse_part (WhenParser *parser, int part, WhenTerm *term, GError **error)
{
  static const char *const words[] = { "early", "mid", "late" };
  WhenLexer *lexer = &parser->lexer;
  int year, month, day;

  when_lexer_next (lexer);
  if (!when_lexer_take_sign (lexer, '-') && !when_lexer_take_word (lexer, "of"))
    when_lexer_take_word (lexer, "in");
  if (lexer->token.kind == WHEN_TOKEN_END)
    return when_lexer_refuse (lexer, "a month, quarter, season, half or year", error);
  if (!when_parse_date (parser, term, error))
    return FALSE;
  if (term->precision < TRUCE_PRECISION_MONTH || term->precision > TRUCE_PRECISION_YEAR)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s' goes with a month, quarter, season, half or year",
                      words[part]);
  if (term->precision != TRUCE_PRECISION_MONTH) {
    take_third (parser, part, words[part], term);
    return TRUE;
  }
  truce_date_from_days (term->first, &year, &month, &day);
  int last = part == 2 ? truce_civil_days_in_month (year, month) : part * 10 + 10;
  if (!when_set_days (term, year, month, part * 10 + 1, last, error))
    return FALSE;
  term->precision = TRUCE_PRECISION_PART_OF_MONTH;
  return TRUE;
}

/* --- days counted from today --- */

static gboolean
refuse (const char *quote, GError **error)
{
  return when_fail (
      error, TRUCE_WHEN_ERROR_AMBIGUOUS,
      "'%s' means another day whenever it is read, and would drift: write the date itself, which trucectl "
      "when tells",
      quote);
}

/* FALSE where nobody reads it just now. */
static gboolean
get_today (const WhenParser *parser, const char *quote, gint64 *ret_today, GError **error)
{
  if (!parser->asked_now)
    return refuse (quote, error);
  *ret_today = truce_zone_day_of (parser->zone, parser->now);
  return TRUE;
}

/* "Tue 24 Nov 2026" (transfer full) */
static char *
day_words (gint64 days)
{
  int year, month, day;

  truce_date_from_days (days, &year, &month, &day);
  return g_strdup_printf ("%.3s %d %.3s %d", truce_weekday_names[truce_weekday_of (days)], day,
                          truce_month_names[month - 1], year);
}

static void
note_today (WhenParser *parser, gint64 today, const char *what)
{
  g_autofree char *words = day_words (today);

  when_parser_note (parser, g_strdup_printf ("%s %s in %s", what, words, truce_zone_name (parser->zone)));
}

/* What `term` was taken for, and what today is. */
static void
note_reading (WhenParser *parser, const char *quote, const char *how, const WhenTerm *term, gint64 today)
{
  g_autofree char *first = day_words (term->first);

  when_parser_note (parser, g_strdup_printf ("'%s' is taken as %s%s", quote, how, first));
  note_today (parser, today, "today is");
}

static void
set_day (WhenTerm *term, gint64 day)
{
  term->first = day;
  term->end = day + 1;
  term->precision = TRUCE_PRECISION_DAY;
}

/* "week", "month", "quarter" or "year", `ahead` of the one that holds today. */
static gboolean
parse_period_from (WhenParser *parser, gint64 today, int ahead, WhenTerm *term)
{
  WhenLexer *lexer = &parser->lexer;
  int year, month, day;

  truce_date_from_days (today, &year, &month, &day);
  if (when_lexer_take_word (lexer, "week")) {
    term->first = today - truce_weekday_of (today) + ahead * TRUCE_DAYS_A_WEEK;
    term->end = term->first + TRUCE_DAYS_A_WEEK;
    term->precision = TRUCE_PRECISION_INTERVAL;
  } else if (when_lexer_take_word (lexer, "month")) {
    TruceCivil civil = { .year = year, .month = month, .day = 1 };
    truce_civil_add (&civil, ahead, 0);
    when_set_months (term, civil.year, civil.month, 1, TRUCE_PRECISION_MONTH);
  } else if (when_lexer_take_word (lexer, "quarter")) {
    TruceCivil civil = { .year = year, .month = (month - 1) / 3 * 3 + 1, .day = 1 };
    truce_civil_add (&civil, ahead * 3, 0);
    when_set_months (term, civil.year, civil.month, 3, TRUCE_PRECISION_QUARTER);
  } else if (when_lexer_take_word (lexer, "year")) {
    when_set_months (term, year + ahead, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  } else {
    return FALSE;
  }
  return TRUE;
}

/* Behind "this" or "next", which is at `start`. A weekday of next week is not always the next one: what it was taken
 * for is said. */
static gboolean
parse_this_or_next (WhenParser *parser, const char *start, gint64 today, int ahead, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int weekday = when_weekday_of (lexer);

  if (weekday >= 0) {
    g_autofree char *quote = g_strdup_printf ("%s %s", ahead ? "next" : "this", truce_weekday_names[weekday]);
    when_lexer_next (lexer);
    set_day (term, today - truce_weekday_of (today) + weekday + ahead * TRUCE_DAYS_A_WEEK);
    note_reading (parser, quote, ahead ? "that of the week after this, " : "that of this week, from Monday on, ", term,
                  today);
    return TRUE;
  }
  if (!parse_period_from (parser, today, ahead, term))
    return when_lexer_refuse (lexer, "a weekday, week, month, quarter or year", error);
  g_autofree char *quote = g_strndup (start, (gsize) (lexer->token.start - start));
  note_reading (parser, g_strchomp (quote), "that which begins ", term, today);
  return TRUE;
}

gboolean
when_at_relative (const WhenLexer *lexer)
{
  static const char *const words[] = { "today", "tomorrow", "yesterday", "now", "next", "this", "tonight", NULL };

  return lexer->token.kind == WHEN_TOKEN_WORD && g_strv_contains (words, lexer->token.word);
}

gboolean
when_parse_relative (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const char *start = lexer->token.start;
  g_autofree char *quote = when_lexer_quote (start);
  gint64 today = 0;

  if (!get_today (parser, quote, &today, error))
    return FALSE;
  if (when_lexer_is_word (lexer, "now") || when_lexer_is_word (lexer, "tonight"))
    return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS, "'%s' is no date: 'today', or 'in 3 hours', is read", quote);
  if (when_lexer_take_word (lexer, "this"))
    return parse_this_or_next (parser, start, today, 0, term, error);
  if (when_lexer_take_word (lexer, "next"))
    return parse_this_or_next (parser, start, today, 1, term, error);
  set_day (term, today + (when_lexer_is_word (lexer, "tomorrow")    ? 1
                          : when_lexer_is_word (lexer, "yesterday") ? -1
                                                                    : 0));
  when_lexer_next (lexer);
  note_today (parser, today, "today is");
  return TRUE;
}

gboolean
when_parse_bare_weekday (WhenParser *parser, int weekday, WhenTerm *term, GError **error)
{
  const char *name = truce_weekday_names[weekday];
  gint64 today = 0;

  if (!get_today (parser, name, &today, error))
    return FALSE;
  int days = (weekday - truce_weekday_of (today) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  set_day (term, today + (days ? days : TRUCE_DAYS_A_WEEK));
  note_reading (parser, name, "the first after today, ", term, today);
  return TRUE;
}

/* "in 3 days": whole days from today; hours and less from now. */
gboolean
when_parse_in (WhenParser *parser, WhenTerm *term, WhenStep *ret_step, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  g_autofree char *quote = g_strchomp (g_strndup (lexer->token.start, TRUCE_WHEN_TEXT_MAX));
  gint64 today = 0;

  when_lexer_next (lexer);
  if (!get_today (parser, quote, &today, error) || !when_parse_length (parser, 1, ret_step, error))
    return FALSE;
  set_day (term, today);
  if (ret_step->seconds) {
    truce_zone_to_civil (parser->zone, parser->now, &term->civil);
    term->base = WHEN_BASE_INSTANT;
    term->precision = TRUCE_PRECISION_INSTANT;
    return TRUE;
  }
  note_today (parser, today, "it is counted from today,");
  return TRUE;
}
