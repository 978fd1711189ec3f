/* SPDX-License-Identifier: MIT */
/* The words of the date language: months, days, seasons, ordinals, and lengths. */
#include <string.h>

#include "deadline/names.h"
#include "deadline/when_private.h"

#define SHORT_NAME 3 /* "Aug", "Tue" */

/* No sum of lengths within it leaves 64 bits, and none beyond it stays within years 1 to 9999. */
#define LENGTH_YEARS_MAX 10000

/* The index of the name that `word` is, whole or by its first three letters; `other` may name one more spelling. */
static int
index_of_name (const char *word, const char *const *names, int n_names)
{
  for (int i = 0; i < n_names; i++)
    if (g_ascii_strcasecmp (word, names[i]) == 0 ||
        (strlen (word) == SHORT_NAME && g_ascii_strncasecmp (word, names[i], SHORT_NAME) == 0))
      return i;
  return -1;
}

int
when_month_of (const WhenLexer *lexer)
{
  if (lexer->token.kind != WHEN_TOKEN_WORD)
    return -1;
  if (when_lexer_is_word (lexer, "sept"))
    return 9;
  int index = index_of_name (lexer->token.word, truce_month_names, TRUCE_MONTHS_A_YEAR);
  return index < 0 ? -1 : index + 1;
}

int
when_weekday_of (const WhenLexer *lexer)
{
  static const struct {
    const char *word;
    int weekday;
  } others[] = { { "tues", 1 }, { "weds", 2 }, { "thur", 3 }, { "thurs", 3 } };

  if (lexer->token.kind != WHEN_TOKEN_WORD)
    return -1;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (when_lexer_is_word (lexer, others[i].word))
      return others[i].weekday;
  return index_of_name (lexer->token.word, truce_weekday_names, TRUCE_DAYS_A_WEEK);
}

int
when_season_of (const WhenLexer *lexer)
{
  if (when_lexer_is_word (lexer, "fall"))
    return 2;
  for (int i = 0; i < TRUCE_SEASONS_A_YEAR; i++)
    if (when_lexer_is_word (lexer, truce_season_names[i]))
      return i;
  return -1;
}

int
when_ordinal_of (const WhenLexer *lexer)
{
  static const char *const ordinals[] = { "last", "first", "second", "third", "fourth", "fifth" };

  for (int i = 0; i < (int) G_N_ELEMENTS (ordinals); i++)
    if (when_lexer_is_word (lexer, ordinals[i]))
      return i;
  return -1;
}

gboolean
when_take_ordinal_suffix (WhenLexer *lexer)
{
  static const char *const suffixes[] = { "st", "nd", "rd", "th" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (!lexer->token.spaced && when_lexer_take_word (lexer, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* --- lengths --- */

typedef struct {
  const char *words; /* between spaces */
  int months, days, seconds;
} Unit;

static const Unit units[] = {
  { " y yr yrs year years ", TRUCE_MONTHS_A_YEAR, 0, 0 },
  { " mo month months ", 1, 0, 0 },
  { " w wk wks week weeks ", 0, TRUCE_DAYS_A_WEEK, 0 },
  { " d day days ", 0, 1, 0 },
  { " h hr hrs hour hours ", 0, 0, 3600 },
  { " m min mins minute minutes ", 0, 0, 60 },
  { " s sec secs second seconds ", 0, 0, 1 },
};

static const Unit *
unit_of (const WhenLexer *lexer)
{
  char padded[WHEN_WORD_SIZE + 2];

  if (lexer->token.kind != WHEN_TOKEN_WORD || !lexer->token.word[0])
    return NULL;
  g_snprintf (padded, sizeof padded, " %s ", lexer->token.word);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strstr (units[i].words, padded))
      return &units[i];
  return NULL;
}

static gboolean
is_business (const WhenLexer *lexer)
{
  return when_lexer_is_word (lexer, "bd") || when_lexer_is_word (lexer, "business") ||
         when_lexer_is_word (lexer, "working");
}

gboolean
when_take_business_day (WhenLexer *lexer)
{
  WhenLexer ahead = *lexer;

  if (when_lexer_take_word (lexer, "bd"))
    return TRUE;
  if (!when_lexer_take_word (&ahead, "business") && !when_lexer_take_word (&ahead, "working"))
    return FALSE;
  if (!when_lexer_take_word (&ahead, "day") && !when_lexer_take_word (&ahead, "days"))
    return FALSE;
  *lexer = ahead;
  return TRUE;
}

/* Steps over the number of a length, which may be "a" or "one". */
static gboolean
take_count (WhenLexer *lexer, gint64 *ret_count)
{
  if (when_lexer_take_word (lexer, "a") || when_lexer_take_word (lexer, "an") || when_lexer_take_word (lexer, "one")) {
    *ret_count = 1;
    return TRUE;
  }
  if (lexer->token.kind != WHEN_TOKEN_NUMBER)
    return FALSE;
  *ret_count = lexer->token.number;
  when_lexer_next (lexer);
  return TRUE;
}

gboolean
when_at_length (const WhenLexer *lexer)
{
  WhenLexer ahead = *lexer;
  gint64 count;

  return take_count (&ahead, &count) && (unit_of (&ahead) || is_business (&ahead));
}

static gboolean
add_part (WhenStep *step, gint64 count, const Unit *unit)
{
  const gint64 limit_seconds = (gint64) LENGTH_YEARS_MAX * 366 * TRUCE_SECONDS_A_DAY;

  if (count > limit_seconds)
    return FALSE;
  gint64 months = step->months + count * unit->months, days = step->days + count * unit->days;
  gint64 seconds = step->seconds + count * unit->seconds;
  if (months > LENGTH_YEARS_MAX * TRUCE_MONTHS_A_YEAR || days > LENGTH_YEARS_MAX * 366 || seconds > limit_seconds)
    return FALSE;
  step->months = (int) months;
  step->days = days;
  step->seconds = seconds;
  return TRUE;
}

/* Behind the number `count`; a length of business days has no other part. */
static gboolean
parse_business_days (WhenLexer *lexer, const char *start, gint64 count, gboolean is_first, WhenStep *step,
                     GError **error)
{
  g_autofree char *quote = when_lexer_quote (start);

  if (!when_take_business_day (lexer)) {
    when_lexer_next (lexer);
    return when_lexer_refuse (lexer, "days", error);
  }
  if (!is_first || lexer->token.kind == WHEN_TOKEN_NUMBER)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX,
                      "'%s': business days are a length of their own: add them apart, such as + 1mo + 5bd", quote);
  if (count == 0)
    return when_fail (error, TRUCE_WHEN_ERROR_SYNTAX, "'%s': write 'or next business day' for none or one", quote);
  if (count > WHEN_BUSINESS_MAX)
    return when_fail (error, TRUCE_WHEN_ERROR_DATE, "'%s': more than %d business days are not counted", quote,
                      WHEN_BUSINESS_MAX);
  step->business = count;
  return TRUE;
}

gboolean
when_parse_length (WhenParser *parser, int sign, WhenStep *ret_step, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  WhenStep step = { .kind = WHEN_STEP_ADD };
  const char *start = lexer->token.start;

  if (!when_at_length (lexer))
    return when_lexer_refuse (lexer, "a length such as 90d or 1y6mo", error);
  do {
    gint64 count = 0;
    take_count (lexer, &count);
    if (is_business (lexer)) {
      if (!parse_business_days (lexer, start, count, !step.months && !step.days && !step.seconds, &step, error))
        return FALSE;
      break;
    }
    const Unit *unit = unit_of (lexer);
    if (!unit)
      return when_lexer_refuse (lexer, "y, mo, w, d, h, m or s", error);
    if (!add_part (&step, count, unit)) {
      g_autofree char *quote = when_lexer_quote (start);
      return when_fail (error, TRUCE_WHEN_ERROR_DATE, "'%s' leads outside the years 1 to 9999", quote);
    }
    when_lexer_next (lexer);
    WhenLexer ahead = *lexer;
    if (when_lexer_take_word (&ahead, "and") && ahead.token.kind == WHEN_TOKEN_NUMBER)
      *lexer = ahead;
  } while (lexer->token.kind == WHEN_TOKEN_NUMBER);
  step.months *= sign;
  step.days *= sign;
  step.seconds *= sign;
  step.business *= sign;
  *ret_step = step;
  return TRUE;
}
