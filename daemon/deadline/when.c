/* SPDX-License-Identifier: MIT */
/* A recursive descent over the statement; the forms of dates are in when_date.c, times and zones in when_time.c. */
#include "deadline/when.h"

#include <string.h>

#include "deadline/names.h"
#include "deadline/when_private.h"

GQuark
truce_when_error_quark (void)
{
  return g_quark_from_static_string ("truce-when-error-quark");
}

gboolean
when_fail (GError **error, TruceWhenError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autoptr (GError) made = g_error_new_valist (TRUCE_WHEN_ERROR, (int) code, format, arguments);
  va_end (arguments);
  g_propagate_error (error, g_steal_pointer (&made));
  return FALSE;
}

void
when_note (GPtrArray **notes, char *note)
{
  if (!*notes)
    *notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*notes, note);
}

void
when_parser_note (WhenParser *parser, char *note)
{
  when_note (&parser->notes, note);
}

void
when_term_clear (WhenTerm *term)
{
  g_clear_pointer (&term->milestone, g_free);
  g_clear_pointer (&term->steps, g_free);
  term->n_steps = 0;
  g_clear_pointer (&term->zone, truce_zone_unref);
}

static gboolean
add_step (WhenParser *parser, WhenTerm *term, const WhenStep *step, GError **error)
{
  if (term->n_steps == WHEN_STEPS_MAX)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "more than %d lengths are added", WHEN_STEPS_MAX);
  term->steps = g_renew (WhenStep, term->steps, term->n_steps + 1);
  term->steps[term->n_steps++] = *step;
  return TRUE;
}

/* --- bases --- */

/* The ID of "milestone:ID" ends at white space, a plus or a slash. */
static gboolean
parse_milestone (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const char *start = lexer->at + 1;
  const char *end = start;

  when_lexer_next (lexer);
  if (!when_lexer_is_tight_sign (lexer, ':'))
    return when_lexer_refuse (lexer, "milestone:ID", error);
  while (*end && *end != '+' && *end != '/' && !g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (end == start)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "the milestone's id is missing behind 'milestone:'");
  term->base = WHEN_BASE_MILESTONE;
  term->milestone = g_strndup (start, (gsize) (end - start));
  when_lexer_jump (lexer, end);
  return TRUE;
}

/* The date that a time belongs to, in `term`'s days, becomes an instant. 24:00 is the next day's 00:00. */
static void
make_instant (WhenTerm *term)
{
  TruceCivil *civil = &term->civil;
  gint64 day = term->first;

  term->base = WHEN_BASE_INSTANT;
  term->precision = TRUCE_PRECISION_INSTANT;
  if (term->picks_business)
    return;
  if (civil->hour == 24) {
    civil->hour = 0;
    day++;
  }
  truce_date_from_days (day, &civil->year, &civil->month, &civil->day);
}

/* "12:01 a.m. EDT on August 12, 2025" */
static gboolean
parse_time_first (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;

  if (!when_parse_time (parser, term, error) || !when_parse_zone (parser, term, TRUE, error))
    return FALSE;
  when_lexer_take_sign (lexer, ',');
  when_lexer_take_word (lexer, "on");
  if (!when_parse_date (parser, term, error))
    return FALSE;
  if (term->precision != TRUCE_PRECISION_DAY)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "a time of day goes with a single day");
  make_instant (term);
  return term->zone || when_parse_zone (parser, term, FALSE, error);
}

/* A date, and a time and a zone where they follow. */
static gboolean
parse_date_first (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;

  if (!when_parse_date (parser, term, error))
    return FALSE;
  WhenLexer ahead = *lexer;
  gboolean announced = when_lexer_take_sign (&ahead, ',');
  announced = when_lexer_take_word (&ahead, "at") || announced;
  announced = when_lexer_take_word (&ahead, "t") || announced;
  if (announced && !when_at_time (&ahead))
    return when_lexer_refuse (&ahead, "a time of day", error);
  if (!when_at_time (&ahead))
    return when_parse_zone (parser, term, FALSE, error);
  if (term->precision != TRUCE_PRECISION_DAY) {
    g_autofree char *quote = when_lexer_quote (ahead.token.start);
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s': a time of day goes with a single day", quote);
  }
  *lexer = ahead;
  if (!when_parse_time (parser, term, error))
    return FALSE;
  make_instant (term);
  when_lexer_take_sign (lexer, ',');
  return when_parse_zone (parser, term, TRUE, error);
}

static gboolean parse_expression (WhenParser *parser, WhenTerm *term, guint depth, GError **error);

/* "30 days before X", which is X with the length taken off. */
static gboolean
parse_length_first (WhenParser *parser, WhenTerm *term, guint depth, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  WhenStep step;

  if (!when_parse_length (parser, 1, &step, error))
    return FALSE;
  int direction = when_take_direction (lexer);
  if (!direction)
    return when_lexer_refuse (lexer, "before or after", error);
  step.months *= direction;
  step.days *= direction;
  step.seconds *= direction;
  step.business *= direction;
  return parse_expression (parser, term, depth + 1, error) && add_step (parser, term, &step, error);
}

static gboolean
parse_base (WhenParser *parser, WhenTerm *term, guint depth, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  WhenStep step;

  if (depth > WHEN_STEPS_MAX)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "more than %d lengths are added", WHEN_STEPS_MAX);
  if (when_take_beside (lexer, &step))
    return parse_expression (parser, term, depth + 1, error) && add_step (parser, term, &step, error);
  if (when_lexer_take_word (lexer, "starts")) {
    term->base = WHEN_BASE_STARTS;
    return TRUE;
  }
  if (when_lexer_is_word (lexer, "milestone"))
    return parse_milestone (parser, term, error);
  if (when_lexer_is_word (lexer, "in"))
    return when_parse_in (parser, term, &step, error) && add_step (parser, term, &step, error);
  if (when_at_part_backwards (lexer))
    return when_refuse_part_backwards (lexer, error);
  if (when_at_length (lexer))
    return parse_length_first (parser, term, depth, error);
  if (when_at_time (lexer))
    return parse_time_first (parser, term, error);
  return parse_date_first (parser, term, error);
}

/* --- expressions --- */

static gboolean
take_approximation (WhenLexer *lexer)
{
  static const char *const words[] = { "about", "around", "circa", "ca", "approximately", NULL };

  if (when_lexer_take_sign (lexer, '~'))
    return TRUE;
  if (lexer->token.kind != WHEN_TOKEN_WORD || !g_strv_contains (words, lexer->token.word))
    return FALSE;
  when_lexer_next (lexer);
  return TRUE;
}

/* EDTF: '~' approximate, '?' uncertain, '%' both. */
static gboolean
take_qualifier (WhenLexer *lexer)
{
  return !lexer->token.spaced &&
         (when_lexer_take_sign (lexer, '~') || when_lexer_take_sign (lexer, '?') || when_lexer_take_sign (lexer, '%'));
}

/* The sign before a length; 0 and nothing stepped over where there is none: a dash may also join two dates. */
static int
take_sign_of_step (WhenLexer *lexer)
{
  WhenLexer ahead = *lexer;
  int sign = 0;

  if (when_lexer_take_sign (&ahead, '+') || when_lexer_take_word (&ahead, "plus"))
    sign = 1;
  else if ((when_lexer_take_sign (&ahead, '-') || when_lexer_take_word (&ahead, "minus")) && when_at_length (&ahead))
    sign = -1;
  if (sign)
    *lexer = ahead;
  return sign;
}

static gboolean
parse_roll (WhenParser *parser, WhenTerm *term, GError **error)
{
  g_autoptr (GError) failure = NULL;
  WhenStep step;

  if (when_take_roll (&parser->lexer, &step, &failure))
    return add_step (parser, term, &step, error);
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
parse_expression (WhenParser *parser, WhenTerm *term, guint depth, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  int sign;

  while (take_approximation (lexer))
    term->approximate = TRUE;
  if (!parse_base (parser, term, depth, error))
    return FALSE;
  if (take_qualifier (lexer))
    term->approximate = TRUE;
  while ((sign = take_sign_of_step (lexer))) {
    WhenStep step;
    if (!when_parse_length (parser, sign, &step, error) || !add_step (parser, term, &step, error))
      return FALSE;
  }
  return parse_roll (parser, term, error);
}

/* --- intervals --- */

static gboolean
refuse_open (GError **error)
{
  return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "an interval needs a beginning and an end: '..' is neither");
}

gboolean
when_take_join (WhenLexer *lexer)
{
  return when_lexer_take_sign (lexer, '/') || when_lexer_take_sign (lexer, '-') || when_lexer_take_word (lexer, "to") ||
         when_lexer_take_word (lexer, "until") || when_lexer_take_word (lexer, "through");
}

static gboolean
adds_length (const WhenTerm *term)
{
  for (guint i = 0; i < term->n_steps; i++)
    if (term->steps[i].kind == WHEN_STEP_ADD)
      return TRUE;
  return FALSE;
}

static gboolean
parse_interval_end (WhenParser *parser, TruceWhen *when, GError **error)
{
  WhenTerm *left = &when->terms[0], *right = &when->terms[1];

  if (parser->lexer.token.kind == WHEN_TOKEN_END || when_lexer_is_sign (&parser->lexer, '.'))
    return refuse_open (error);
  when->n_terms = 2;
  if (!parse_expression (parser, right, 0, error))
    return FALSE;
  if (adds_length (right) && (right->base == WHEN_BASE_DAYS || right->base == WHEN_BASE_INSTANT))
    return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS,
                      "does the length move the end of the interval, or all of it? State both dates");
  if (left->milestone && right->milestone && strcmp (left->milestone, right->milestone) != 0)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'milestone:%s': a date leans on one milestone only",
                      right->milestone);
  /* A zone behind the whole holds for both ends. */
  if (!left->zone && right->zone && (left->base == WHEN_BASE_DAYS || left->base == WHEN_BASE_INSTANT)) {
    left->zone = truce_zone_ref (right->zone);
    left->abbreviation = right->abbreviation;
    left->abbreviation_offset = right->abbreviation_offset;
  }
  return TRUE;
}

static gboolean
parse_statement (WhenParser *parser, TruceWhen *when, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  gboolean announced;

  if (lexer->token.kind == WHEN_TOKEN_END)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "it is empty: a date is expected");
  if (when_lexer_is_sign (lexer, '.') || when_lexer_is_sign (lexer, '/'))
    return refuse_open (error);
  announced = when_lexer_take_word (lexer, "from") || when_lexer_take_word (lexer, "between");
  when->n_terms = 1;
  if (!parse_expression (parser, &when->terms[0], 0, error))
    return FALSE;
  if (when_take_join (lexer) || (announced && when_lexer_take_word (lexer, "and"))) {
    if (!parse_interval_end (parser, when, error))
      return FALSE;
  } else if (announced)
    return when_lexer_refuse (lexer, "the end of the interval", error);
  return lexer->token.kind == WHEN_TOKEN_END || when_lexer_refuse (lexer, NULL, error);
}

/* --- the statement --- */

/* With its text, white space around it stripped, in one piece of memory: there is one for each date that is read. */
static TruceWhen *
new_when (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  gsize length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  TruceWhen *when = g_malloc (sizeof *when + length + 1);
  *when = (TruceWhen){ .zone = NULL };
  memcpy (when->text, text, length);
  when->text[length] = '\0';
  return when;
}

static TruceWhen *
parse (const char *text, TruceZone *zone, const TruceTime *now, gsize *ret_offset, GError **error)
{
  WhenParser parser = { .asked_now = now != NULL, .now = now ? *now : 0, .zone = zone };

  if (strlen (text) > TRUCE_WHEN_TEXT_MAX) {
    when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "it is longer than %d bytes", TRUCE_WHEN_TEXT_MAX);
    return NULL;
  }
  if (!g_utf8_validate (text, -1, NULL)) {
    when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "it is not UTF-8");
    return NULL;
  }
  g_autoptr (TruceWhen) when = new_when (text);
  when->zone = truce_zone_ref (zone);
  if (when_read_plain (when->text, &when->terms[0])) {
    when->n_terms = 1;
    return g_steal_pointer (&when);
  }
  when_lexer_init (&parser.lexer, when->text);
  gboolean parsed = parse_statement (&parser, when, error);
  when->notes = parser.notes;
  if (!parsed && ret_offset)
    *ret_offset = (gsize) (parser.lexer.token.start - when->text);
  return parsed ? g_steal_pointer (&when) : NULL;
}

TruceWhen *
truce_when_parse (const char *text, TruceZone *zone, GError **error)
{
  return parse (text, zone, NULL, NULL, error);
}

TruceWhen *
truce_when_parse_now (const char *text, TruceZone *zone, TruceTime now, gsize *ret_offset, GError **error)
{
  if (ret_offset)
    *ret_offset = 0;
  return parse (text, zone, &now, ret_offset, error);
}

void
truce_when_free (TruceWhen *when)
{
  if (!when)
    return;
  when_term_clear (&when->terms[0]);
  when_term_clear (&when->terms[1]);
  truce_zone_unref (when->zone);
  g_clear_pointer (&when->notes, g_ptr_array_unref);
  g_free (when);
}

const char *
truce_when_text (const TruceWhen *when)
{
  return when->text;
}

gboolean
truce_when_uses_starts (const TruceWhen *when)
{
  return when->terms[0].base == WHEN_BASE_STARTS || (when->n_terms == 2 && when->terms[1].base == WHEN_BASE_STARTS);
}

const char *
truce_when_base_milestone (const TruceWhen *when)
{
  return when->terms[0].milestone ? when->terms[0].milestone : when->terms[1].milestone;
}

gboolean
truce_when_uses_calendar (const TruceWhen *when)
{
  for (guint i = 0; i < when->n_terms; i++) {
    const WhenTerm *term = &when->terms[i];
    if (term->picks_business)
      return TRUE;
    for (guint j = 0; j < term->n_steps; j++)
      if (term->steps[j].business || term->steps[j].kind == WHEN_STEP_ROLL_BACK ||
          term->steps[j].kind == WHEN_STEP_ROLL_ON)
        return TRUE;
  }
  return FALSE;
}
