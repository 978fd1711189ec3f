/* SPDX-License-Identifier: MIT */
/* The facts in which two accounts of the same matter may differ: numbers with their kind, lengths, dates. */
#include <string.h>

#include "base/text.h"
#include "news/story_private.h"

#define NUMBER_DIGITS_MAX 15

static const char *const months[] = {
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
};
static const char *const month_ends[] = { "uary", "ruary", "ch",     "il",   "",      "e",
                                          "y",    "ust",   "tember", "ober", "ember", "ember" };
static const char *const written[] = { "one",   "two",   "three", "four", "five",   "six",
                                       "seven", "eight", "nine",  "ten",  "eleven", "twelve" };
static const struct {
  const char *word;
  int days;
} lengths[] = {
  { "days", 1 },   { "day", 1 },   { "weeks", 7 }, { "week", 7 },  { "months", 30 }, { "month", 30 }, { "years", 365 },
  { "year", 365 }, { "个月", 30 }, { "個月", 30 }, { "개월", 30 }, { "周", 7 },      { "주", 7 },     { "天", 1 },
  { "日间", 1 },   { "일간", 1 },  { "일 ", 1 },   { "年", 365 },  { "년간", 365 },  { "년 ", 365 },
};
static const char *const shares[] = { "%",  "percent",  "per cent", "pc ",   "percentage",
                                      "％", "个百分点", "퍼센트",   "포인트" };
static const char *const scales[] = { "million", "billion", "trillion", "bn",   "mn", "tn",
                                      "m ",      "b ",      "亿",       "万亿", "조", "억" };
static const char *const currencies[] = { "$", "€", "£", "¥", "￥", "₩", "usd ", "us$", "eur " };

static const char *const ordinals[] = { "second", "third", "fourth", "fifth",    "sixth",  "seventh",
                                        "eighth", "ninth", "tenth",  "eleventh", "twelfth" };
/* Of a percentage point, as central banks speak. */
static const struct {
  const char *words;
  const char *value;
} points[] = {
  { "quarter point", "0.25" },      { "quarter-point", "0.25" },    { "quarter of a", "0.25" },
  { "quarter percentage", "0.25" }, { "half point", "0.5" },        { "half-point", "0.5" },
  { "half a point", "0.5" },        { "half a percentage", "0.5" },
};

/* The facts of one text; `folded` is small letters, with a blank at both ends. */
typedef struct {
  char *folded;
  gboolean headline;
  GArray *facts;
} Search;

static void
add_fact (Search *search, StoryFactKind kind, guint64 value)
{
  guint32 fact = (guint32) kind << 28 | (guint32) (truce_fingerprint64 (&value, sizeof value) & 0x0fffffff) |
                 (search->headline ? STORY_FACT_IN_HEADLINE : 0);

  for (guint i = 0; i < search->facts->len; i++) {
    guint32 *known = &g_array_index (search->facts, guint32, i);
    if ((*known & STORY_FACT_SAME) == (fact & STORY_FACT_SAME))
      return;
  }
  if (search->facts->len < TRUCE_STORY_FACTS_MAX)
    g_array_append_val (search->facts, fact);
}

static gboolean
begins_with_one (const char *text, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (text, list[i]))
      return TRUE;
  return FALSE;
}

/* The days of the unit at `text`; 0 when it is none. */
static int
length_unit (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    gsize length = strlen (lengths[i].word);
    if (g_str_has_prefix (text, lengths[i].word) &&
        (!g_ascii_isalpha (lengths[i].word[0]) || !g_ascii_isalpha (text[length])))
      return lengths[i].days;
  }
  return 0;
}

/* 1 to 12 when a month's name begins at `text`, with its end in `ret_end`; 0. */
static int
month_at (const char *text, const char **ret_end)
{
  for (guint i = 0; i < G_N_ELEMENTS (months); i++) {
    if (!g_str_has_prefix (text, months[i]))
      continue;
    const char *end = text + 3;
    if (g_str_has_prefix (end, month_ends[i]))
      end += strlen (month_ends[i]);
    else if (i == 8 && *end == 't')
      end++;
    if (g_ascii_isalpha (*end))
      return 0;
    *ret_end = end;
    return (int) i + 1;
  }
  return 0;
}

static const char *
skip (const char *at, const char *signs)
{
  return at + strspn (at, signs);
}

static void
add_date (Search *search, guint64 month, guint64 day)
{
  add_fact (search, STORY_FACT_DATE, month * 100 + day);
  add_fact (search, STORY_FACT_MONTH, month);
}

/* Is the month's name at `at` behind a word that makes it a date, and not a verb or a name? */
static gboolean
names_month (const Search *search, const char *at)
{
  static const char *const words[] = { " to ",  " in ",   " until ",   " till ", " by ",    " from ",
                                       " for ", " next ", " through ", " mid-",  " early ", " late " };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]);
    if ((gsize) (at - search->folded) >= length && memcmp (at - length, words[i], length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* "November 10", "Nov. 10th": at the name of a month. Returns what follows; NULL. */
static const char *
month_and_day (Search *search, const char *at)
{
  const char *end;
  int month = month_at (at, &end);

  if (month == 0)
    return NULL;
  const char *bare = end;
  end = skip (end, ". ");
  guint64 day = g_ascii_strtoull (end, (char **) &end, 10);
  if (!g_ascii_isdigit (end[-1]) || day < 1 || day > 31) {
    if (!names_month (search, at))
      return NULL;
    add_fact (search, STORY_FACT_MONTH, (guint64) month);
    return bare;
  }
  add_date (search, (guint64) month, day);
  return end;
}

/* What stands behind the day `value` when a month does: "10 November", "11月10日", "11월 10일". NULL. */
static const char *
day_and_month (Search *search, guint64 value, const char *at)
{
  const char *end = at;
  int month;

  if (g_str_has_prefix (at, "月") || g_str_has_prefix (at, "월")) {
    end = skip (at + strlen ("月"), " ");
    guint64 day = g_ascii_strtoull (end, (char **) &end, 10);
    if (value < 1 || value > 12 || !g_ascii_isdigit (end[-1]))
      return NULL;
    add_date (search, value, day);
    return end;
  }
  if (g_str_has_prefix (end, "st ") || g_str_has_prefix (end, "nd ") || g_str_has_prefix (end, "rd ") ||
      g_str_has_prefix (end, "th "))
    end += 2;
  end = skip (end, " ");
  if (g_str_has_prefix (end, "of "))
    end += 3;
  month = value >= 1 && value <= 31 ? month_at (end, &end) : 0;
  if (month == 0)
    return NULL;
  add_date (search, (guint64) month, value);
  return end;
}

static gboolean
is_money_before (const Search *search, const char *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++) {
    gsize length = strlen (currencies[i]);
    if ((gsize) (at - search->folded) >= length && g_str_has_prefix (at - length, currencies[i]))
      return TRUE;
  }
  return FALSE;
}

/* Digits with the commas and the point of one number. (transfer full) */
static char *
read_number (const char *at, const char **ret_end)
{
  GString *number = g_string_new (NULL);

  for (; g_ascii_isdigit (*at) || ((*at == ',' || *at == '.') && g_ascii_isdigit (at[1])); at++)
    if (*at != ',' && number->len < NUMBER_DIGITS_MAX)
      g_string_append_c (number, *at);
  if (g_str_has_suffix (number->str, ".0"))
    g_string_truncate (number, number->len - 2);
  *ret_end = at;
  return g_string_free (number, FALSE);
}

/* "0.25" and "0.250" are one. */
static void
add_share (Search *search, const char *digits)
{
  gsize length = strlen (digits);

  while (strchr (digits, '.') && length > 1 && digits[length - 1] == '0')
    length--;
  add_fact (search, STORY_FACT_SHARE, truce_fingerprint64 (digits, length));
}

static gboolean
is_ordinal_end (const char *at)
{
  static const char *const ends[] = { "st", "nd", "rd", "th" };

  return begins_with_one (at, ends, G_N_ELEMENTS (ends)) && !g_ascii_isalnum (at[2]);
}

/* At a digit. Returns what follows the fact. */
static const char *
take_number (Search *search, const char *at)
{
  const char *end, *further;
  g_autofree char *digits = read_number (at, &end);
  guint64 value =
      strchr (digits, '.') ? truce_fingerprint64 (digits, strlen (digits)) : g_ascii_strtoull (digits, NULL, 10);
  const char *unit = skip (end, " -\t");

  if (is_ordinal_end (end)) {
    const char *month = day_and_month (search, value, end);
    if (!month)
      add_fact (search, STORY_FACT_ORDINAL, value);
    return month ? month : end;
  }
  if (g_str_has_prefix (unit, "basis point")) {
    g_autofree char *point = g_strdup_printf ("0.%02u", (guint) MIN (value, 99));
    add_share (search, point);
    return end;
  }
  if (is_money_before (search, at) || begins_with_one (unit, scales, G_N_ELEMENTS (scales))) {
    add_fact (search, STORY_FACT_MONEY, value);
  } else if (begins_with_one (unit, shares, G_N_ELEMENTS (shares))) {
    add_share (search, digits);
  } else if ((further = day_and_month (search, value, end))) {
    return further;
  } else if (value >= 1990 && value <= 2100 && strlen (digits) == 4) {
    add_fact (search, STORY_FACT_YEAR, value);
  } else if (length_unit (unit) > 0) {
    add_fact (search, STORY_FACT_LENGTH, value * (guint64) length_unit (unit));
  } else if (!g_ascii_isalpha (*end)) { /* not 2nd, 5G */
    add_fact (search, STORY_FACT_NUMBER, value);
  }
  return end;
}

/* "a month" behind "for" or "by", and "one month". The number, 0 for none; `ret_unit` is what it counts. */
static guint64
written_number (const char *at, const char **ret_unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++) {
    gsize length = strlen (written[i]);
    if (!g_str_has_prefix (at, written[i]) || (at[length] != ' ' && at[length] != '-'))
      continue;
    *ret_unit = skip (at + length, " -");
    if (g_str_has_prefix (*ret_unit, "more "))
      *ret_unit += strlen ("more ");
    return i + 1;
  }
  if (!g_str_has_prefix (at, "for a ") && !g_str_has_prefix (at, "by a "))
    return 0;
  *ret_unit = strstr (at, " a ") + strlen (" a ");
  return 1;
}

/* At a word: "three-month", "for a year", "quarter-point", "third". Returns what follows; NULL. */
static const char *
written_fact (Search *search, const char *at)
{
  const char *unit;
  guint64 number = written_number (at, &unit);

  if (number > 0 && length_unit (unit) > 0) {
    add_fact (search, STORY_FACT_LENGTH, number * (guint64) length_unit (unit));
    return unit;
  }
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    if (g_str_has_prefix (at, points[i].words)) {
      add_share (search, points[i].value);
      return at + strlen (points[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ordinals); i++) {
    gsize length = strlen (ordinals[i]);
    if (g_str_has_prefix (at, ordinals[i]) && !g_ascii_isalpha (at[length])) {
      add_fact (search, STORY_FACT_ORDINAL, i + 2);
      return at + length;
    }
  }
  return NULL;
}

void
story_facts_find (const char *text, gboolean headline, GArray *facts)
{
  g_autofree char *small = g_utf8_strdown (text, -1);
  g_autofree char *folded = g_strconcat (" ", small, " ", NULL);
  Search search = { folded, headline, facts };

  for (const char *at = folded + 1; *at;) {
    gboolean begins = !g_ascii_isalnum (at[-1]);
    const char *next = NULL;
    if (begins && g_ascii_isdigit (*at))
      next = take_number (&search, at);
    else if (begins && g_ascii_isalpha (*at))
      next = month_and_day (&search, at);
    if (!next && begins && g_ascii_isalpha (*at))
      next = written_fact (&search, at);
    at = next ? next : at + 1;
  }
}
