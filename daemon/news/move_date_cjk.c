/* SPDX-License-Identifier: MIT */
/* Dates in running Korean and Chinese text: "11월 10일", "6월 중순", "내년", "11月10日", "年底", "下个月". */
#include <string.h>

#include "deadline/names.h"
#include "news/move_private.h"

#define THIRD_FIRST 10
#define THIRD_SECOND 20

/* Does `word` stand at `i`, a token a character? Steps over it. */
static gboolean
take (const MoveText *text, guint *i, const char *word)
{
  guint at = *i;

  for (; *word; word = g_utf8_next_char (word), at++) {
    gsize length = (gsize) (g_utf8_next_char (word) - word);

    if (at >= text->tokens->len || strlen (MOVE_TOKEN (text, at)->word) != length ||
        strncmp (MOVE_TOKEN (text, at)->word, word, length) != 0)
      return FALSE;
  }
  *i = at;
  return TRUE;
}

/* A number and the unit behind it, in either language; -1 for none. */
static gint64
take_number (const MoveText *text, guint *i, const char *hangul, const char *han)
{
  gint64 number = *i < text->tokens->len ? MOVE_TOKEN (text, *i)->number : -1;
  guint at = *i + 1;

  if (number < 0 || (!take (text, &at, hangul) && !take (text, &at, han)))
    return -1;
  *i = at;
  return number;
}

static void
set_months (MoveDate *date, int year, int month, int n_months, TrucePrecision precision)
{
  int end = month - 1 + n_months;

  date->from = truce_days_from_date (year, month, 1);
  date->end = truce_days_from_date (year + end / TRUCE_MONTHS_A_YEAR, end % TRUCE_MONTHS_A_YEAR + 1, 1);
  date->precision = precision;
}

/* "내년", "明年", "올해", "今年", "后年"; steps over it. 0 for none. */
static int
take_named_year (const MoveText *text, guint *i, const MoveAnchor *anchor)
{
  if (!anchor->known)
    return 0;
  if (take (text, i, "내년") || take (text, i, "明年"))
    return anchor->year + 1;
  if (take (text, i, "올해") || take (text, i, "今年"))
    return anchor->year;
  return 0;
}

/* The share of a month or year that follows it: 초, 중순, 말; 初, 中旬, 底. */
static void
take_share (const MoveText *text, guint *i, MoveDate *date)
{
  gboolean month = date->precision == TRUCE_PRECISION_MONTH;
  gint64 third = (date->end - date->from) / 3;

  if (take (text, i, "중순") || take (text, i, "中旬")) {
    date->end = date->from + (month ? THIRD_SECOND : 2 * third);
    date->from += month ? THIRD_FIRST : third;
  } else if (take (text, i, "초순") || take (text, i, "上旬") || take (text, i, "초") || take (text, i, "初")) {
    date->end = date->from + (month ? THIRD_FIRST : third);
  } else if (take (text, i, "하순") || take (text, i, "下旬")) {
    date->from += month ? THIRD_SECOND : 2 * third;
  } else if (take (text, i, "말") || take (text, i, "底") || take (text, i, "末")) {
    date->from = date->end - 1;
    date->precision = TRUCE_PRECISION_DAY;
    return;
  } else {
    return;
  }
  date->precision = month ? TRUCE_PRECISION_PART_OF_MONTH : TRUCE_PRECISION_INTERVAL;
}

/* "이달", "本月", "다음 달", "下个月", "월말", "月底", "연말", "年底". */
static gboolean
read_relative (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  int month = anchor->year * TRUCE_MONTHS_A_YEAR + anchor->month - 1;

  if (!anchor->known)
    return FALSE;
  if (take (text, i, "연말") || take (text, i, "年底") || take (text, i, "年末")) {
    date->from = truce_days_from_date (anchor->year, 12, 31);
    date->end = date->from + 1;
    date->precision = TRUCE_PRECISION_DAY;
    return TRUE;
  }
  if (take (text, i, "다음달") || take (text, i, "下个月") || take (text, i, "下月"))
    month++;
  else if (!take (text, i, "이달") && !take (text, i, "이번달") && !take (text, i, "本月")) {
    if (!take (text, i, "월말") && !take (text, i, "月底"))
      return FALSE;
    (*i)--; /* the share is read again below */
  }
  set_months (date, month / TRUCE_MONTHS_A_YEAR, month % TRUCE_MONTHS_A_YEAR + 1, 1, TRUCE_PRECISION_MONTH);
  return TRUE;
}

/* "2026년 11월 10일", "11月10日", "11월", "2026年". */
static gboolean
read_numbered (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  int year = take_named_year (text, i, anchor);

  if (year == 0) {
    gint64 number = take_number (text, i, "년", "年");

    if (number >= 0 && (number < 1990 || number > 2099)) /* "3년" is a length */
      return FALSE;
    year = number > 0 ? (int) number : 0;
  }
  gint64 month = take_number (text, i, "월", "月");
  if (month < 0 && year == 0)
    return FALSE;
  if (month < 0) {
    set_months (date, year, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
    return TRUE;
  }
  if (month < 1 || month > TRUCE_MONTHS_A_YEAR || (year == 0 && !anchor->known))
    return FALSE;
  if (year == 0)
    year = anchor->year + (truce_days_from_date (anchor->year, (int) month, 28) < anchor->day - 31 ? 1 : 0);
  gint64 day = take_number (text, i, "일", "日");
  if (day < 0)
    day = take_number (text, i, "일", "号");
  if (day < 0) {
    set_months (date, year, (int) month, 1, TRUCE_PRECISION_MONTH);
    return TRUE;
  }
  if (day < 1 || day > truce_civil_days_in_month (year, (int) month))
    return FALSE;
  date->from = truce_days_from_date (year, (int) month, (int) day);
  date->end = date->from + 1;
  date->precision = TRUCE_PRECISION_DAY;
  return TRUE;
}

/* 까지 and 로 behind a Korean date, 至 and 到 before a Chinese one. */
static MoveGovernor
governor_of (const MoveText *text, guint first, guint end)
{
  if (take (text, &end, "까지"))
    return MOVE_BY_UNTIL;
  if (take (text, &end, "로") || take (text, &end, "으로"))
    return MOVE_BY_UNTIL; /* the verb stands behind it */
  if (move_is (text, end, "부"))
    return MOVE_BY_FROM;
  if (first > 0 && move_is (text, first - 1, "至|到"))
    return MOVE_BY_UNTIL;
  if (first > 0 && move_is (text, first - 1, "自|从|原"))
    return MOVE_BY_FROM;
  if (move_is (text, end, "前"))
    return MOVE_BY_LIMIT;
  return MOVE_BY_NOTHING;
}

gboolean
move_date_read_cjk (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date)
{
  MoveDate date = { .first = i };
  guint at = i;

  if (!read_relative (text, &at, anchor, &date)) {
    at = i;
    if (!read_numbered (text, &at, anchor, &date))
      return FALSE;
  }
  if (date.precision != TRUCE_PRECISION_DAY)
    take_share (text, &at, &date);
  if (at <= i)
    return FALSE;
  date.last = at - 1;
  date.governor = governor_of (text, i, at);
  *ret_date = date;
  return TRUE;
}
