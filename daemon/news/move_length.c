/* SPDX-License-Identifier: MIT */
/* Lengths of time in running text: "90 days", "a further three weeks", "six-month", "90일", "三个月". */
#include <string.h>

#include "news/move_private.h"

#define DAYS_A_MONTH 30 /* a stated length in days, as people reckon it; the new due counts civil months */
#define DAYS_A_YEAR 365
#define HOURS_A_DAY 24
#define LENGTH_DAYS_MAX 36500 /* a hundred years: beyond it is no deadline's length */

typedef struct {
  MoveWords words;
  int days, months; /* of one */
} Unit;

static Unit units[] = {
  { MOVE_WORDS_INIT ("day|days|天|日|일"), 1, 0 },
  { MOVE_WORDS_INIT ("week|weeks|wk|wks|周|週|주"), 7, 0 },
  { MOVE_WORDS_INIT ("fortnight|fortnights"), 14, 0 },
  { MOVE_WORDS_INIT ("month|months|mo|mos|월|달"), DAYS_A_MONTH, 1 },
  { MOVE_WORDS_INIT ("year|years|yr|yrs|年|년"), DAYS_A_YEAR, 12 },
  { MOVE_WORDS_INIT ("decade|decades"), 10 * DAYS_A_YEAR, 120 },
};
static const Unit *const month_unit = &units[3], *const year_unit = &units[4];

/* Lengths that are a word of their own. */
static const struct {
  const char *word;
  int days, months;
} named[] = {
  { "半年", 6 * DAYS_A_MONTH, 6 },
  { "반년", 6 * DAYS_A_MONTH, 6 },
  { "하루", 1, 0 },
  { "이틀", 2, 0 },
  { "사흘", 3, 0 },
  { "나흘", 4, 0 },
  { "닷새", 5, 0 },
  { "엿새", 6, 0 },
  { "이레", 7, 0 },
  { "열흘", 10, 0 },
  { "보름", 15, 0 },
  { "일주일", 7, 0 },
};

static MoveWords numbers = MOVE_WORDS_INIT ("zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
                                            "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen");
static MoveWords tens = MOVE_WORDS_INIT ("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety");
/* Ten a row: other words for the same follow by tens. */
static MoveWords han_numbers = MOVE_WORDS_INIT ("零|一|二|三|四|五|六|七|八|九|||两||||||||||兩");
static MoveWords hangul_numbers = MOVE_WORDS_INIT ("영|한|두|세|네|||||||||석|넉");

/* The number that token `i` is, of ten a row; -1: none. */
static int
digit_at (const MoveText *text, guint i, MoveWords *words)
{
  int which = i < text->tokens->len && MOVE_TOKEN (text, i)->kind != MOVE_POINT ? move_which_of (text, i, words) : -1;

  return which < 0 ? -1 : which % 10;
}

int
move_take_han (const MoveText *text, guint *i)
{
  int value = 0, digit = -1;
  guint at = *i;

  for (;; at++) {
    int next = digit_at (text, at, &han_numbers);

    if (next >= 0 && digit < 0) {
      digit = next;
    } else if (move_is (text, at, "十|百")) {
      value += (digit < 0 ? 1 : digit) * (move_is (text, at, "十") ? 10 : 100);
      digit = -1;
    } else {
      break;
    }
    if (at - *i > 4) /* no length is longer */
      break;
  }
  if (at == *i)
    return -1;
  *i = at;
  return value + MAX (digit, 0);
}

/* A number in figures or words, as in "three". Steps over it; -1 for none. */
static gint64
take_number (const MoveText *text, guint *i)
{
  int number;

  if (*i >= text->tokens->len)
    return -1;
  if (MOVE_TOKEN (text, *i)->kind == MOVE_NUMBER)
    return MOVE_TOKEN (text, (*i)++)->number;
  if (MOVE_TOKEN (text, *i)->kind == MOVE_IDEOGRAPH) {
    number = digit_at (text, *i, &hangul_numbers);
    /* Sino-Korean days: "한일" are Korea and Japan */
    if (number > 0 && move_is (text, *i + 1, "일"))
      return -1;
    if (number <= 0)
      return move_take_han (text, i);
    (*i)++;
    return number;
  }
  number = move_which_of (text, *i, &tens);
  if (number >= 0) { /* "forty-five" */
    guint at = *i + 1 + (move_is (text, *i + 1, "-") ? 1 : 0);
    int unit = move_which_of (text, at, &numbers);

    unit = unit < 10 ? MAX (unit, 0) : 0;
    *i = unit > 0 ? at + 1 : *i + 1;
    return 10 * (number + 2) + unit;
  }
  number = move_which_of (text, *i, &numbers);
  if (number > 0)
    (*i)++;
  if (number <= 0 && move_is (text, *i, "couple") && move_is (text, *i + 1, "of")) {
    *i += 2;
    return 2;
  }
  return number > 0 ? number : -1;
}

static const Unit *
unit_at (const MoveText *text, guint i)
{
  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    if (move_is_of (text, i, &units[u].words))
      return &units[u];
  return NULL;
}

/* The unit behind a number, with what may stand between: "-", "more", "个"; NULL for none. Steps over it. */
static const Unit *
take_unit (const MoveText *text, guint *i)
{
  guint at = *i;

  at += move_is (text, at, "-|–") ? 1 : 0;
  at += move_is (text, at, "more|additional|further|extra|calendar|full|whole|working|business|consecutive") ? 1 : 0;
  at += move_is (text, at, "或") ? 1 : 0;
  if (move_is (text, at, "个|個") && move_is (text, at + 1, "月|星")) {
    *i = at + 2 + (move_is (text, at + 1, "星") ? 1 : 0);
    return move_is (text, at + 1, "星") ? &units[1] : month_unit;
  }
  if (move_is (text, at, "개") && move_is (text, at + 1, "월")) {
    *i = at + 2;
    return month_unit;
  }
  const Unit *unit = unit_at (text, at);
  if (!unit || move_is (text, at, "월")) /* "3월" is March */
    return NULL;
  *i = at + 1;
  return unit;
}

/* "24 hours", "72-hour": whole days. */
static gboolean
take_hours (const MoveText *text, guint *i, gint64 number, MoveLength *length)
{
  guint at = *i + (move_is (text, *i, "-") ? 1 : 0);

  at += move_is (text, at, "more|additional|further|extra") ? 1 : 0;
  gboolean hours = move_is (text, at, "hour|hours|hr|hrs");
  if (!hours && !(move_is (text, at, "小") && move_is (text, at + 1, "时")) &&
      !(move_is (text, at, "시") && move_is (text, at + 1, "간")))
    return FALSE;
  if (number < HOURS_A_DAY || number % HOURS_A_DAY != 0 || number / HOURS_A_DAY > LENGTH_DAYS_MAX)
    return FALSE;
  *i = at + (hours ? 1 : 2);
  length->days = length->rest = (int) (number / HOURS_A_DAY);
  return TRUE;
}

static gboolean
add_units (gint64 number, const Unit *unit, MoveLength *length)
{
  if (number < 1 || number * unit->days > LENGTH_DAYS_MAX - length->days)
    return FALSE;
  length->days += (int) number * unit->days;
  length->months += (int) number * unit->months;
  length->rest += unit->months == 0 ? (int) number * unit->days : 0;
  return TRUE;
}

/* Half a year is six months, half of all else a number of days. */
static void
add_half (const Unit *unit, MoveLength *length)
{
  int days = unit == year_unit ? unit->months / 2 * DAYS_A_MONTH : unit->days / 2;

  length->days += days;
  length->months += unit == year_unit ? unit->months / 2 : 0;
  length->rest += unit == year_unit ? 0 : days;
}

/* "a year and a half", "一年半", "1년 반". Steps over the half. */
static void
take_half (const MoveText *text, guint *i, const Unit *unit, MoveLength *length)
{
  gboolean words = move_is (text, *i, "and") && move_is (text, *i + 1, "a") && move_is (text, *i + 2, "half");

  if (!words && !(unit == year_unit && move_is (text, *i, "半|반")))
    return;
  *i += words ? 3 : 1;
  add_half (unit, length);
}

/* "half a year", "half-year", "half a month". */
static gboolean
read_half (const MoveText *text, guint *i, MoveLength *length)
{
  guint at = *i + 1 + (move_is (text, *i + 1, "a|-") ? 1 : 0);

  if (!move_is (text, *i, "half") || !move_is (text, at, "year|month"))
    return FALSE;
  add_half (move_is (text, at, "year") ? year_unit : month_unit, length);
  *i = at + 1;
  return TRUE;
}

/* "a year-long delay", "yearlong". */
static gboolean
read_long (const MoveText *text, guint *i, MoveLength *length)
{
  static const Unit *const of[] = { &units[0], &units[1], &units[3], &units[4], &units[5] };
  int one = move_which (text, *i, "daylong|weeklong|monthlong|yearlong|decadelong");
  const Unit *unit = one >= 0 ? of[one] : unit_at (text, *i);

  if (one < 0 && (g_str_has_suffix (MOVE_TOKEN (text, *i)->word, "s") || !move_is (text, *i + 1, "-") ||
                  !move_is (text, *i + 2, "long")))
    return FALSE;
  *i += one >= 0 ? 1 : 3;
  return unit && add_units (1, unit, length);
}

static gboolean
read_named (const MoveText *text, guint *i, MoveLength *length)
{
  for (guint n = 0; MOVE_TOKEN (text, *i)->kind == MOVE_IDEOGRAPH && n < G_N_ELEMENTS (named); n++) {
    if (!move_take (text, i, named[n].word))
      continue;
    length->days = named[n].days;
    length->months = named[n].months;
    length->rest = named[n].months == 0 ? named[n].days : 0;
    return TRUE;
  }
  return FALSE;
}

/* "one and a half years", "1.5 years", "two-and-a-half months". */
static gboolean
read_with_half (const MoveText *text, guint *i, MoveLength *length)
{
  static MoveWords joints[] = { MOVE_WORDS_INIT ("and"), MOVE_WORDS_INIT ("a"), MOVE_WORDS_INIT ("half") };
  const char *word = MOVE_TOKEN (text, *i)->word;
  guint at = *i, n = 0;
  gint64 number = take_number (text, &at);

  if (g_str_has_suffix (word, ".5") && strlen (word) <= strlen ("99.5")) {
    number = g_ascii_strtoll (word, NULL, 10);
  } else {
    for (; n < G_N_ELEMENTS (joints); n++) {
      at += move_is (text, at, "-") ? 1 : 0;
      if (!move_is_of (text, at, &joints[n]))
        return FALSE;
      at++;
    }
  }
  const Unit *unit = number > 0 ? take_unit (text, &at) : NULL;
  if (!unit || !add_units (number, unit, length))
    return FALSE;
  add_half (unit, length);
  *i = at;
  return TRUE;
}

/* "10-12 days", "six to nine months", "a week to 10 days": `length` is the shorter, `most_days` the longer. */
static gboolean
read_range (const MoveText *text, guint *i, MoveLength *length)
{
  guint at = *i;
  gint64 number = take_number (text, &at), most;
  gboolean one = number < 0 && move_is (text, at, "a|an");

  at += one ? 1 : 0;
  number = one ? 1 : number;
  const Unit *first = number > 0 ? unit_at (text, at) : NULL;
  at += first ? 1 : 0;
  if (number < 1 || (one && !first) || !move_is (text, at, "-|–|to|or"))
    return FALSE;
  at++;
  most = take_number (text, &at);
  const Unit *unit = most > 0 && at < text->tokens->len ? take_unit (text, &at) : NULL;
  if (!unit || most * unit->days > LENGTH_DAYS_MAX || most * unit->days <= number * (first ? first : unit)->days ||
      !add_units (number, first ? first : unit, length))
    return FALSE;
  length->most_days = (int) most * unit->days;
  *i = at;
  return TRUE;
}

static gboolean
is_number (const MoveText *text, guint i)
{
  return take_number (text, &i) > 0;
}

/* "90 days", "another six months", "1년 6개월", "two months and three weeks". */
static gboolean
read_units (const MoveText *text, guint *i, MoveLength *length)
{
  guint at = *i;
  gint64 number = take_number (text, &at);

  if (number < 0 && move_is (text, at, "a|an|another|further|additional|extra|next|coming|full|whole")) {
    number = 1;
    at++;
    if (at < text->tokens->len && MOVE_TOKEN (text, at)->kind != MOVE_WORD)
      return FALSE;
  }
  if (number < 1)
    return FALSE;
  at += move_is (text, at, "(") && move_is (text, at + 2, ")") && is_number (text, at + 1) ? 3 : 0; /* "3 (three)" */
  if (take_hours (text, &at, number, length)) {
    *i = at;
    return TRUE;
  }
  const Unit *unit = take_unit (text, &at);
  if (!unit || !add_units (number, unit, length))
    return FALSE;
  take_half (text, &at, unit, length);
  /* "1년 6개월", "one year and six months" */
  guint next = at + (move_is (text, at, "and") ? 1 : 0);
  number = take_number (text, &next);
  const Unit *second = number > 0 && next < text->tokens->len ? take_unit (text, &next) : NULL;
  if (second && second->days < unit->days && add_units (number, second, length))
    at = next;
  *i = at;
  return TRUE;
}

static gboolean
read_length (const MoveText *text, guint i, MoveLength *ret_length)
{
  static gboolean (*const readers[]) (const MoveText *, guint *, MoveLength *) = { read_named, read_half,
                                                                                   read_long,  read_with_half,
                                                                                   read_range, read_units };

  for (guint n = 0; n < G_N_ELEMENTS (readers); n++) {
    MoveLength length = { .first = i };
    guint at = i;

    if (readers[n](text, &at, &length)) {
      length.last = at - 1;
      *ret_length = length;
      return TRUE;
    }
  }
  return FALSE;
}

/* "another 90 days", "six more months", "30 days longer". */
static gboolean
says_more (const MoveText *text, const MoveLength *length)
{
  static MoveWords words = MOVE_WORDS_INIT ("another|further|additional|extra|more|longer");

  for (guint i = length->first; i <= length->last; i++)
    if (move_is_of (text, i, &words))
      return TRUE;
  return (length->first > 0 && move_is_of (text, length->first - 1, &words)) ||
         move_is_of (text, length->last + 1, &words);
}

/* "a months-long pause": of how many nothing is said. */
static gboolean
is_vague (const MoveText *text, const MoveLength *length)
{
  return move_is (text, length->last + 1, "-") && move_is (text, length->last + 2, "long") &&
         move_is (text, length->last, "days|weeks|months|years|decades") &&
         (length->first == length->last || move_is (text, length->first, "a|an|the"));
}

void
move_lengths_find (MoveText *text, GArray *lengths)
{
  for (guint i = 0; i < text->tokens->len; i++) {
    MoveLength length;

    if (MOVE_TOKEN (text, i)->dated || MOVE_TOKEN (text, i)->kind == MOVE_POINT || !read_length (text, i, &length))
      continue;
    /* "75-year-old", "two days ago": no length that a deadline moves by. */
    if (move_is (text, length.last + 1, "ago|earlier|sooner|early|ahead") ||
        (move_is (text, length.last + 1, "-") && move_is (text, length.last + 2, "old|high|low")) ||
        is_vague (text, &length))
      continue;
    length.more = says_more (text, &length);
    length.sure = move_length_role (text, &length);
    for (guint k = length.first; k <= length.last; k++) {
      MOVE_TOKEN (text, k)->dated = TRUE;
      MOVE_TOKEN (text, k)->more = length.more;
    }
    g_array_append_val (lengths, length);
    i = length.last;
  }
}
