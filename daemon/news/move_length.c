/* SPDX-License-Identifier: MIT */
/* Lengths of time in running text: "90 days", "a further three weeks", "six-month", "90일", "三个月". */
#include <string.h>

#include "news/move_private.h"

#define DAYS_A_MONTH 30 /* a stated length in days, as people reckon it; the new due counts civil months */
#define DAYS_A_YEAR 365
#define LENGTH_DAYS_MAX 36500 /* a hundred years: beyond it is no deadline's length */

typedef struct {
  const char *words;
  int days, months; /* of one */
} Unit;

static const Unit units[] = {
  { "day|days|天|日|일", 1, 0 },          { "week|weeks|周|週|주", 7, 0 },         { "fortnight", 14, 0 },
  { "month|months|월", DAYS_A_MONTH, 1 }, { "year|years|年|년", DAYS_A_YEAR, 12 },
};

static const char *const numbers[] = { "zero",     "one",      "two",      "three",   "four",    "five",
                                       "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
                                       "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                                       "eighteen", "nineteen", "twenty" };
static const char *const tens[] = { "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };
static const char *const han_numbers[] = { "零", "一", "二|两|兩", "三", "四", "五", "六", "七", "八", "九", "十" };
static const char *const hangul_numbers[] = { "영", "한", "두", "세", "네" };

/* A number in figures or words at `i`; -1 for none. */
static gint64
number_at (const MoveText *text, guint i)
{
  if (i >= text->tokens->len)
    return -1;
  if (MOVE_TOKEN (text, i)->kind == MOVE_NUMBER)
    return MOVE_TOKEN (text, i)->number;
  for (guint n = 1; n < G_N_ELEMENTS (numbers); n++)
    if (move_is (text, i, numbers[n]))
      return n;
  for (guint n = 0; n < G_N_ELEMENTS (tens); n++)
    if (move_is (text, i, tens[n]))
      return 30 + 10 * n;
  for (guint n = 1; n < G_N_ELEMENTS (han_numbers); n++)
    if (move_is (text, i, han_numbers[n]))
      return n;
  for (guint n = 1; n < G_N_ELEMENTS (hangul_numbers); n++)
    if (move_is (text, i, hangul_numbers[n]))
      return n;
  return -1;
}

static const Unit *
unit_at (const MoveText *text, guint i)
{
  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    if (move_is (text, i, units[u].words))
      return &units[u];
  return NULL;
}

/* 个 and 개 between a number and months: "三个月", "3개월". */
static gboolean
month_unit_at (const MoveText *text, guint i)
{
  return (move_is (text, i, "个|個") && move_is (text, i + 1, "月")) ||
         (move_is (text, i, "개") && move_is (text, i + 1, "월"));
}

static gboolean
set_length (gint64 number, const Unit *unit, MoveLength *length)
{
  if (number < 1 || number * unit->days > LENGTH_DAYS_MAX)
    return FALSE;
  length->days = (int) number * unit->days;
  length->months = (int) number * unit->months;
  return TRUE;
}

/* "half a year", "half-year". */
static gboolean
read_half (const MoveText *text, guint i, MoveLength *length)
{
  guint at = i + 1 + (move_is (text, i + 1, "a|-") ? 1 : 0);

  if (!move_is (text, i, "half") || !move_is (text, at, "year"))
    return FALSE;
  *length = (MoveLength){ i, at, 6 * DAYS_A_MONTH, 6 };
  return TRUE;
}

static gboolean
read_length (const MoveText *text, guint i, MoveLength *length)
{
  gint64 number = number_at (text, i);
  guint at = i + 1;

  if (read_half (text, i, length))
    return TRUE;
  if (number < 0 && move_is (text, i, "a|an|another|further|additional|extra|next|coming"))
    number = 1;
  if (number < 1)
    return FALSE;
  if (month_unit_at (text, at)) {
    *length = (MoveLength){ .first = i, .last = at + 1 };
    return set_length (number, &units[3], length);
  }
  gboolean ideograph = at < text->tokens->len && MOVE_TOKEN (text, at)->kind == MOVE_IDEOGRAPH;
  at += move_is (text, at, "-") ? 1 : 0;
  at += move_is (text, at, "more|additional|further|extra|calendar|full|或") ? 1 : 0;
  const Unit *unit = unit_at (text, at);
  /* "3月" is March, and "11月10日" a date, read before this. */
  if (!unit || (ideograph && unit == &units[3]))
    return FALSE;
  *length = (MoveLength){ .first = i, .last = at };
  return set_length (number, unit, length);
}

/* "another 90 days", "six more months", "30 days more". */
static gboolean
says_more (const MoveText *text, const MoveLength *length)
{
  static const char words[] = "another|further|additional|extra|more";

  for (guint i = length->first; i <= length->last; i++)
    if (move_is (text, i, words))
      return TRUE;
  return (length->first > 0 && move_is (text, length->first - 1, words)) || move_is (text, length->last + 1, words);
}

void
move_lengths_find (MoveText *text, GArray *lengths)
{
  for (guint i = 0; i < text->tokens->len; i++) {
    MoveLength length;

    if (MOVE_TOKEN (text, i)->dated || !read_length (text, i, &length))
      continue;
    /* "75-year-old", "two days ago": no length that a deadline moves by. */
    if (move_is (text, length.last + 1, "ago|earlier") ||
        (move_is (text, length.last + 1, "-") && move_is (text, length.last + 2, "old|long")))
      continue;
    gboolean more = says_more (text, &length);
    for (guint k = length.first; k <= length.last; k++) {
      MOVE_TOKEN (text, k)->dated = TRUE;
      MOVE_TOKEN (text, k)->more = more;
    }
    g_array_append_val (lengths, length);
    i = length.last;
  }
}
