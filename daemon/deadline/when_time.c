/* SPDX-License-Identifier: MIT */
/* Times of day, and the zones that people write behind them. */
#include <string.h>

#include "deadline/names.h"
#include "deadline/when_private.h"

/* --- time of day --- */

/* "am" -> 0, "pm" -> 12; -1 for neither. */
static int
half_day_of (const WhenLexer *lexer)
{
  return when_lexer_is_word (lexer, "am") ? 0 : when_lexer_is_word (lexer, "pm") ? 12 : -1;
}

static gboolean
at_named_time (const WhenLexer *lexer)
{
  return when_lexer_is_word (lexer, "noon") || when_lexer_is_word (lexer, "midnight");
}

gboolean
when_at_time (const WhenLexer *lexer)
{
  WhenLexer ahead = *lexer;

  if (at_named_time (lexer))
    return TRUE;
  if (!when_lexer_is_short_number (lexer))
    return FALSE;
  when_lexer_next (&ahead);
  return when_lexer_is_tight_sign (&ahead, ':') || half_day_of (&ahead) >= 0 || at_named_time (&ahead);
}

/* The two figures behind a colon. */
static gboolean
take_sixtieths (WhenLexer *lexer, int *ret_number, GError **error)
{
  when_lexer_next (lexer);
  if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.n_digits != 2 || lexer->token.spaced)
    return when_lexer_refuse (lexer, "two figures", error);
  *ret_number = (int) lexer->token.number;
  when_lexer_next (lexer);
  return TRUE;
}

/* ".25" behind the seconds; figures below a microsecond are dropped. */
static gboolean
take_fraction (WhenLexer *lexer, TruceTime *ret_fraction, GError **error)
{
  TruceTime fraction = 0, worth = TRUCE_SECOND / 10;

  when_lexer_next (lexer);
  if (lexer->token.kind != WHEN_TOKEN_NUMBER || lexer->token.spaced)
    return when_lexer_refuse (lexer, "a fraction of a second", error);
  for (gsize i = 0; i < lexer->token.length; i++, worth /= 10)
    fraction += (lexer->token.start[i] - '0') * worth;
  *ret_fraction = fraction;
  when_lexer_next (lexer);
  return TRUE;
}

static gboolean
take_clock (WhenLexer *lexer, TruceCivil *civil, TruceTime *ret_fraction, gboolean *ret_minutes, GError **error)
{
  civil->hour = (int) lexer->token.number;
  when_lexer_next (lexer);
  *ret_minutes = when_lexer_is_tight_sign (lexer, ':');
  if (*ret_minutes && !take_sixtieths (lexer, &civil->minute, error))
    return FALSE;
  if (*ret_minutes && when_lexer_is_tight_sign (lexer, ':')) {
    if (!take_sixtieths (lexer, &civil->second, error))
      return FALSE;
    if (when_lexer_is_tight_sign (lexer, '.'))
      return take_fraction (lexer, ret_fraction, error);
  }
  return TRUE;
}

/* noon or midnight, alone or behind "12". */
static void
take_named_time (WhenParser *parser, WhenTerm *term)
{
  gboolean noon = when_lexer_is_word (&parser->lexer, "noon");

  term->civil.hour = noon ? 12 : 0;
  if (!noon)
    when_parser_note (parser, g_strdup ("midnight is taken as 00:00, the beginning of that day"));
  when_lexer_next (&parser->lexer);
}

/* Refuses what stands at `start`. Always FALSE. */
static gboolean
refuse_at (const char *start, TruceWhenError code, const char *why, GError **error)
{
  g_autofree char *quote = when_lexer_quote (start);

  return when_fail (error, code, "'%s'%s", quote, why);
}

/* The time alone: the date of `term->civil` is not touched, but for "24:00". */
gboolean
when_parse_time (WhenParser *parser, WhenTerm *term, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const char *start = lexer->token.start;
  TruceCivil *civil = &term->civil;
  gboolean minutes;

  civil->hour = civil->minute = civil->second = 0;
  if (at_named_time (lexer)) {
    take_named_time (parser, term);
    return TRUE;
  }
  if (!take_clock (lexer, civil, &term->fraction, &minutes, error))
    return FALSE;
  if (!minutes && civil->hour == 12 && at_named_time (lexer)) {
    take_named_time (parser, term);
    return TRUE;
  }
  int half_day = half_day_of (lexer);
  if (!minutes && half_day < 0)
    return refuse_at (start, TRUCE_WHEN_ERROR_SYNTAX, " is not understood: a time is written as 09:00 or 9 am", error);
  gboolean day_end = half_day < 0 && civil->hour == 24 && !civil->minute && !civil->second && !term->fraction;
  if (half_day >= 0) {
    if (civil->hour < 1 || civil->hour > 12)
      return refuse_at (start, TRUCE_WHEN_ERROR_DATE, ": am and pm go with the hours 1 to 12", error);
    civil->hour = civil->hour % 12 + half_day;
    when_lexer_next (lexer);
  }
  if (!day_end && (civil->hour > 23 || civil->minute > 59 || civil->second > 59))
    return refuse_at (start, TRUCE_WHEN_ERROR_DATE, ": there is no such time of day", error);
  return TRUE;
}

/* --- zones --- */

typedef struct {
  const char *word;
  const char *zone;
  gboolean exact; /* the abbreviation holds only while the zone is on it */
  int offset;     /* minutes east, when exact */
} ZoneWord;

static const ZoneWord zone_words[] = {
  { "UTC", "UTC", FALSE, 0 },
  { "GMT", "UTC", FALSE, 0 },
  { "Z", "UTC", FALSE, 0 },
  { "ET", "America/New_York", FALSE, 0 },
  { "EST", "America/New_York", TRUE, -300 },
  { "EDT", "America/New_York", TRUE, -240 },
  { "CT", "America/Chicago", FALSE, 0 },
  { "CST-6", "America/Chicago", TRUE, -360 },
  { "CDT", "America/Chicago", TRUE, -300 },
  { "MT", "America/Denver", FALSE, 0 },
  { "MST", "America/Denver", TRUE, -420 },
  { "MDT", "America/Denver", TRUE, -360 },
  { "PT", "America/Los_Angeles", FALSE, 0 },
  { "PST", "America/Los_Angeles", TRUE, -480 },
  { "PDT", "America/Los_Angeles", TRUE, -420 },
  { "AKST", "America/Anchorage", TRUE, -540 },
  { "AKDT", "America/Anchorage", TRUE, -480 },
  { "HST", "Pacific/Honolulu", TRUE, -600 },
  { "CST+8", "Asia/Shanghai", TRUE, 480 },
  { "HKT", "Asia/Hong_Kong", TRUE, 480 },
  { "KST", "Asia/Seoul", TRUE, 540 },
  { "JST", "Asia/Tokyo", TRUE, 540 },
  { "CET", "Europe/Brussels", TRUE, 60 },
  { "CEST", "Europe/Brussels", TRUE, 120 },
  { "EET", "Europe/Athens", TRUE, 120 },
  { "EEST", "Europe/Athens", TRUE, 180 },
  { "WET", "Europe/Lisbon", TRUE, 0 },
  { "WEST", "Europe/Lisbon", TRUE, 60 },
  { "MSK", "Europe/Moscow", TRUE, 180 },
  { "AEST", "Australia/Sydney", TRUE, 600 },
  { "AEDT", "Australia/Sydney", TRUE, 660 },
  { "NZST", "Pacific/Auckland", TRUE, 720 },
  { "NZDT", "Pacific/Auckland", TRUE, 780 },
};

/* One abbreviation, several countries. */
static const struct {
  const char *word;
  const char *readings;
} shared_words[] = {
  { "CST", "Chicago (CT), China (CST+8) and Cuba (America/Havana)" },
  { "BST", "Britain (Europe/London) and Bangladesh (Asia/Dhaka)" },
  { "IST", "India (Asia/Kolkata), Ireland (Europe/Dublin) and Israel (Asia/Jerusalem)" },
  { "AST", "Halifax (America/Halifax) and Arabia (Asia/Riyadh)" },
};

/* Words that may follow a date or time and are no zones. */
static gboolean
is_language_word (const WhenLexer *lexer)
{
  static const char *const words[] = { "on",    "at",  "to", "until", "through", "plus",
                                       "minus", "and", "or", "of",    "the",     NULL };

  return g_strv_contains (words, lexer->token.word) || when_month_of (lexer) > 0 || when_weekday_of (lexer) >= 0;
}

/* Behind UTC, GMT and CST a sign and figures belong to the name, unless they are a length: "UTC + 90d". */
static const char *
skip_name_offset (const char *start, const char *p)
{
  const char *q = p + 1;

  if (p - start < 3 || (g_ascii_strncasecmp (p - 3, "UTC", 3) != 0 && g_ascii_strncasecmp (p - 3, "GMT", 3) != 0 &&
                        g_ascii_strncasecmp (p - 3, "CST", 3) != 0))
    return p;
  while (g_ascii_isdigit (*q) || (*q == ':' && g_ascii_isdigit (q[1])))
    q++;
  return q > p + 1 && !g_ascii_isalpha (*q) ? q : p;
}

/* The end of the zone's name at `start`: "America/Port-au-Prince", "Etc/GMT+8"; the slash of an interval is not in it.
 */
static const char *
end_of_zone_name (const char *start)
{
  const char *p = start;

  for (;;) {
    if (g_ascii_isalnum (*p) || *p == '_' || ((*p == '/' || *p == '-') && g_ascii_isalpha (p[1]))) {
      p++;
      continue;
    }
    const char *end = *p == '+' || *p == '-' ? skip_name_offset (start, p) : p;
    if (end == p)
      return p;
    p = end;
  }
}

/* "UTC+8", "GMT-05:30" -> "+08:00", "-05:30"; NULL for anything else. (transfer full) */
static char *
offset_of_name (const char *name)
{
  if (g_ascii_strncasecmp (name, "UTC", 3) != 0 && g_ascii_strncasecmp (name, "GMT", 3) != 0)
    return NULL;
  if (name[3] != '+' && name[3] != '-')
    return NULL;
  const char *figures = name + 4;
  gboolean one_figure = g_ascii_isdigit (figures[0]) && (!figures[1] || figures[1] == ':');
  return g_strdup_printf ("%c%s%s", name[3], one_figure ? "0" : "", figures);
}

static gboolean
looks_like_zone (const char *name)
{
  if (strpbrk (name, "/_+"))
    return TRUE;
  for (const char *p = name; *p; p++)
    if (!g_ascii_isupper (*p) && !g_ascii_isdigit (*p))
      return FALSE;
  return strlen (name) > 1;
}

/* A name of the tz database, or what is nearest to it. */
static gboolean
set_zone (WhenLexer *lexer, const char *name, WhenTerm *term, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *offset = offset_of_name (name);

  term->zone = truce_zone_new (offset ? offset : name, &reason);
  if (term->zone)
    return TRUE;
  if (!looks_like_zone (name))
    return when_lexer_refuse (lexer, NULL, error);
  return when_fail (error, TRUCE_WHEN_ERROR_ZONE, "%s", reason->message);
}

static gboolean
set_zone_word (WhenLexer *lexer, const char *name, WhenTerm *term, GError **error)
{
  if (strchr (name, '/'))
    return set_zone (lexer, name, term, error); /* no abbreviation has a slash */
  for (gsize i = 0; i < G_N_ELEMENTS (shared_words); i++)
    if (g_ascii_strcasecmp (name, shared_words[i].word) == 0)
      return when_fail (error, TRUCE_WHEN_ERROR_AMBIGUOUS, "'%s' is used in %s", name, shared_words[i].readings);
  for (gsize i = 0; i < G_N_ELEMENTS (zone_words); i++) {
    const ZoneWord *known = &zone_words[i];
    if (g_ascii_strcasecmp (name, known->word) != 0)
      continue;
    if (known->exact) {
      term->abbreviation = known->word;
      term->abbreviation_offset = known->offset * 60;
    }
    return set_zone (lexer, known->zone, term, error);
  }
  return set_zone (lexer, name, term, error);
}

/* "-04:00", "+0800" or "+08" behind a time, where "+ 90d" is a length and "+90d" too. NULL for none. */
static const char *
end_of_offset (const WhenLexer *lexer)
{
  const char *p = lexer->token.start + 1;

  if (!when_lexer_is_sign (lexer, '+') && !when_lexer_is_sign (lexer, '-'))
    return NULL;
  if (lexer->token.length != 1 || !g_ascii_isdigit (*p))
    return NULL;
  while (g_ascii_isdigit (*p) || (*p == ':' && g_ascii_isdigit (p[1])))
    p++;
  return g_unichar_isalpha (g_utf8_get_char (p)) ? NULL : p;
}

gboolean
when_parse_zone (WhenParser *parser, WhenTerm *term, gboolean after_time, GError **error)
{
  WhenLexer *lexer = &parser->lexer;
  const char *start = lexer->token.start;
  const char *end = after_time ? end_of_offset (lexer) : NULL;

  if (!end && (lexer->token.kind != WHEN_TOKEN_WORD || is_language_word (lexer)))
    return TRUE;
  if (!end)
    end = end_of_zone_name (start);
  if (end == start)
    return when_lexer_refuse (lexer, NULL, error);
  g_autofree char *name = g_strndup (start, (gsize) (end - start));
  if (!set_zone_word (lexer, name, term, error))
    return FALSE;
  when_lexer_jump (lexer, end);
  return TRUE;
}
