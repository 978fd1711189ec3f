/* SPDX-License-Identifier: MIT */
#include "deadline/when_lexer.h"

#include <string.h>

#include "base/text.h"

#define QUOTE_MAX 40     /* bytes of a statement in a message */
#define NUMBER_DIGITS 18 /* what surely fits 64 bits; longer numbers are none of ours */

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c);
}

/* Hyphens, dashes and the minus. */
static gboolean
is_dash (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static void
read_number (WhenLexer *lexer, const char *p)
{
  WhenToken *token = &lexer->token;

  token->kind = WHEN_TOKEN_NUMBER;
  for (; g_ascii_isdigit (*p); p++) {
    if (token->n_digits < NUMBER_DIGITS)
      token->number = token->number * 10 + *p - '0';
    token->n_digits++;
  }
  token->length = (gsize) (p - token->start);
}

static void
read_word (WhenLexer *lexer, const char *p)
{
  WhenToken *token = &lexer->token;
  gsize used = 0;
  gboolean ours = TRUE;

  token->kind = WHEN_TOKEN_WORD;
  for (; is_letter (g_utf8_get_char (p)) || *p == '.' || *p == '\''; p = g_utf8_next_char (p)) {
    if (*p == '.' || *p == '\'')
      continue;
    ours = ours && g_ascii_isalpha (*p) && used + 1 < WHEN_WORD_SIZE;
    if (ours)
      token->word[used++] = g_ascii_tolower (*p);
  }
  if (!ours)
    token->word[0] = '\0';
  token->length = (gsize) (p - token->start);
}

void
when_lexer_next (WhenLexer *lexer)
{
  when_lexer_jump (lexer, lexer->at);
}

void
when_lexer_jump (WhenLexer *lexer, const char *at)
{
  WhenToken *token = &lexer->token;
  const char *p = at;

  while (*p && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  memset (token, 0, sizeof *token);
  token->start = p;
  token->spaced = p > at;
  gunichar c = g_utf8_get_char (p);
  if (c == 0)
    token->kind = WHEN_TOKEN_END;
  else if (g_ascii_isdigit (*p))
    read_number (lexer, p);
  else if (is_letter (c))
    read_word (lexer, p);
  else {
    token->kind = WHEN_TOKEN_SIGN;
    token->sign = is_dash (c) ? '-' : c < 0x80 ? (char) c : '\0';
    token->length = (gsize) (g_utf8_next_char (p) - p);
  }
  lexer->at = token->start + token->length;
}

void
when_lexer_init (WhenLexer *lexer, const char *text)
{
  when_lexer_jump (lexer, text);
}

gboolean
when_lexer_is_word (const WhenLexer *lexer, const char *word)
{
  return lexer->token.kind == WHEN_TOKEN_WORD && strcmp (lexer->token.word, word) == 0;
}

gboolean
when_lexer_is_sign (const WhenLexer *lexer, char sign)
{
  return lexer->token.kind == WHEN_TOKEN_SIGN && lexer->token.sign == sign;
}

gboolean
when_lexer_is_tight_sign (const WhenLexer *lexer, char sign)
{
  return when_lexer_is_sign (lexer, sign) && !lexer->token.spaced;
}

gboolean
when_lexer_is_short_number (const WhenLexer *lexer)
{
  return lexer->token.kind == WHEN_TOKEN_NUMBER && lexer->token.n_digits <= 2;
}

gboolean
when_lexer_take_word (WhenLexer *lexer, const char *word)
{
  if (!when_lexer_is_word (lexer, word))
    return FALSE;
  when_lexer_next (lexer);
  return TRUE;
}

gboolean
when_lexer_take_sign (WhenLexer *lexer, char sign)
{
  if (!when_lexer_is_sign (lexer, sign))
    return FALSE;
  when_lexer_next (lexer);
  return TRUE;
}

char *
when_lexer_quote (const char *start)
{
  const char *end = start;

  while (*end && !g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  g_autofree char *whole = g_strndup (start, (gsize) (end - start));
  return truce_text_cut (whole, QUOTE_MAX);
}

static const char *
nearest_word (const char *word)
{
  static const char *const words[] = {
    "January",   "February", "March",     "April",  "May",      "June",      "July",     "August",  "September",
    "October",   "November", "December",  "Monday", "Tuesday",  "Wednesday", "Thursday", "Friday",  "Saturday",
    "Sunday",    "spring",   "summer",    "autumn", "winter",   "early",     "late",     "quarter", "half",
    "beginning", "first",    "second",    "third",  "fourth",   "fifth",     "last",     "before",  "after",
    "about",     "starts",   "milestone", "noon",   "midnight", "days",      "weeks",    "months",  "years",
    "hours",     "minutes",  "until",     NULL,
  };

  return strlen (word) > 2 ? truce_text_nearest (word, words) : NULL;
}

/* Words of contracts and mails that leave open what a date must say: what to write in their place; NULL. */
static const char *
advice_on (const char *word)
{
  static const struct {
    const char *word, *advice;
  } table[] = {
    { "by", "a date is the last day already, so leave it out" },
    { "no", "a date is the last day already, so leave out what says so" },
    { "latest", "a date is the last day already, so leave out what says so" },
    { "before", "write 'day before' where the day itself is too late, or else the day alone" },
    { "within", "write the last day of it, such as 2025-05-14 + 60d, or both, such as 2025-05-14/2025-07-13" },
    { "cob", "write the hour that is meant, such as 17:00" },
    { "eob", "write the hour that is meant, such as 17:00" },
    { "eod", "the date alone is all of the day" },
    { "close", "write the hour that is meant, such as 17:00" },
    { "business", "write the hour that is meant, such as 17:00, or 'business day'" },
    { "week", "weeks begin on other days elsewhere: write its days, such as 2025-03-03/2025-03-09" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (word, table[i].word) == 0)
      return table[i].advice;
  return NULL;
}

gboolean
when_lexer_refuse (const WhenLexer *lexer, const char *expected, GError **error)
{
  const WhenToken *token = &lexer->token;
  g_autofree char *quote = when_lexer_quote (token->start);
  const char *nearest = token->kind == WHEN_TOKEN_WORD ? nearest_word (token->word) : NULL;
  const char *advice = token->kind == WHEN_TOKEN_WORD ? advice_on (token->word) : NULL;
  GString *reason = g_string_new (NULL);

  if (token->kind == WHEN_TOKEN_END)
    g_string_printf (reason, "it ends where %s is expected", expected ? expected : "more");
  else {
    g_string_printf (reason, "'%s' is not understood", quote);
    if (advice)
      g_string_append_printf (reason, ": %s", advice);
    else if (nearest && g_ascii_strcasecmp (nearest, token->word) != 0)
      g_string_append_printf (reason, ": is '%s' meant?", nearest);
    else if (expected)
      g_string_append_printf (reason, ": %s is expected", expected);
  }
  g_set_error_literal (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_SYNTAX, reason->str);
  g_string_free (reason, TRUE);
  return FALSE;
}
