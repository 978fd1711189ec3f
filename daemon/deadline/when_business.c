/* SPDX-License-Identifier: MIT */
/* Business days: the words for them, and counting them on the calendar of the statement. */
#include "deadline/names.h"
#include "deadline/when_private.h"

/* --- words --- */

int
when_take_direction (WhenLexer *lexer)
{
  if (when_lexer_take_word (lexer, "before"))
    return -1;
  return when_lexer_take_word (lexer, "after") || when_lexer_take_word (lexer, "from") ? 1 : 0;
}

/* "first" and "next" look on, "last" and "previous" back; they may stand before "business day". */
static int
take_side (WhenLexer *lexer)
{
  if (when_lexer_take_word (lexer, "first") || when_lexer_take_word (lexer, "next"))
    return 1;
  return when_lexer_take_word (lexer, "last") || when_lexer_take_word (lexer, "previous") ? -1 : 0;
}

gboolean
when_take_beside (WhenLexer *lexer, WhenStep *ret_step)
{
  WhenLexer ahead = *lexer;

  when_lexer_take_word (&ahead, "the");
  int side = take_side (&ahead);
  gboolean business = when_take_business_day (&ahead);
  if (!business && (side || !when_lexer_take_word (&ahead, "day")))
    return FALSE;
  gboolean on = business && when_lexer_take_word (&ahead, "on") && when_lexer_take_word (&ahead, "or");
  int direction = when_take_direction (&ahead);
  if (!direction || (side && side != direction))
    return FALSE;
  if (on)
    *ret_step = (WhenStep){ .kind = direction < 0 ? WHEN_STEP_ROLL_BACK : WHEN_STEP_ROLL_ON };
  else if (business)
    *ret_step = (WhenStep){ .kind = WHEN_STEP_ADD, .business = direction };
  else
    *ret_step = (WhenStep){ .kind = direction < 0 ? WHEN_STEP_DAY_BEFORE : WHEN_STEP_DAY_AFTER };
  *lexer = ahead;
  return TRUE;
}

gboolean
when_take_roll (WhenLexer *lexer, WhenStep *ret_step, GError **error)
{
  if (!when_lexer_take_word (lexer, "or"))
    return FALSE;
  when_lexer_take_word (lexer, "the");
  g_autofree char *quote = when_lexer_quote (lexer->token.start);
  int side = take_side (lexer);
  if (!side || !when_take_business_day (lexer))
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX,
                      "'or %s' is not understood: 'or next business day' or 'or previous business day' is expected",
                      quote);
  *ret_step = (WhenStep){ .kind = side < 0 ? WHEN_STEP_ROLL_BACK : WHEN_STEP_ROLL_ON };
  return TRUE;
}

/* --- counting --- */

static gboolean
check_calendar (const WhenBusiness *business, GError **error)
{
  return business->calendar ||
         when_fail (error, TRUCE_WHEN_ERROR_BASE, "business days need a holiday calendar: name one with holidays");
}

static void
add_doubt (const WhenBusiness *business, gint64 first, gint64 last)
{
  char *doubt = truce_calendar_doubt (business->calendar, first, last);

  if (doubt && business->doubts)
    g_ptr_array_add (business->doubts, doubt);
  else if (doubt)
    when_note (business->notes, doubt);
}

static gboolean
fail_idle (const WhenBusiness *business, GError **error)
{
  return when_fail (error, TRUCE_WHEN_ERROR_DATE, "%s has no business day for a year there",
                    truce_calendar_name (business->calendar));
}

gboolean
when_business_add (const WhenBusiness *business, gint64 count, gint64 *day, GError **error)
{
  gint64 from = *day;

  if (!check_calendar (business, error))
    return FALSE;
  if (!truce_calendar_add (business->calendar, from, count, day))
    return fail_idle (business, error);
  add_doubt (business, from + (count < 0 ? -1 : 1), *day);
  return TRUE;
}

static char *
date_to_words (gint64 day)
{
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  return g_strdup_printf ("%.3s %04d-%02d-%02d", truce_weekday_names[truce_weekday_of (day)], year, month, of_month);
}

gboolean
when_business_roll (const WhenBusiness *business, int direction, gint64 *day, GError **error)
{
  gint64 from = *day;

  if (!check_calendar (business, error))
    return FALSE;
  if (!truce_calendar_roll (business->calendar, from, direction, day))
    return fail_idle (business, error);
  add_doubt (business, from, *day);
  if (*day != from) {
    g_autofree char *off = date_to_words (from), *taken = date_to_words (*day);
    when_note (business->notes, g_strdup_printf ("%s is a day off in %s (%s): %s is taken", off,
                                                 truce_calendar_name (business->calendar),
                                                 truce_calendar_day_off (business->calendar, from), taken));
  }
  return TRUE;
}

gboolean
when_business_pick (const WhenBusiness *business, const WhenTerm *term, gint64 *ret_day, GError **error)
{
  gboolean last = term->business_ordinal == WHEN_ORDINAL_LAST;
  gint64 outside = last ? term->end : term->first - 1, day = 0;

  if (!check_calendar (business, error))
    return FALSE;
  gboolean found = truce_calendar_add (business->calendar, outside, last ? -1 : term->business_ordinal, &day);
  if (!found || day < term->first || day >= term->end)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "there is no business day number %d in it",
                      last ? 1 : term->business_ordinal);
  add_doubt (business, last ? term->end - 1 : term->first, day);
  *ret_day = day;
  return TRUE;
}
