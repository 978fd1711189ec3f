/* SPDX-License-Identifier: MIT */
/* Dates in running Korean and Chinese text: "11월 10일", "6월 중순", "내년 상반기", "11月10日", "明年年底", "下个月",
 * "다음 주 금요일", "六月中旬". Every ideograph is a token of its own. */
#include <string.h>

#include "news/move_date_private.h"

#define THIRD_FIRST 10
#define THIRD_SECOND 20
#define CENTURY 2000 /* of "27년 3월" */

/* Words of the same meaning in both languages, and what they come to. */
typedef struct {
  const char *words[5];
  int value;
} Named;

/* Steps over the longest of them that stands at `i`; `ret_value` is left alone when none does. */
static gboolean
take_named (const MoveText *text, guint *i, const Named *named, guint n_named, int *ret_value)
{
  guint best = *i;

  for (guint n = 0; n < n_named; n++) {
    for (guint w = 0; w < G_N_ELEMENTS (named[n].words) && named[n].words[w]; w++) {
      guint at = *i;

      if (move_take (text, &at, named[n].words[w]) && at > best) {
        best = at;
        *ret_value = named[n].value;
      }
    }
  }
  gboolean found = best > *i;
  *i = best;
  return found;
}

/* A number in figures or Han numerals and the unit behind it, one of two; -1 for none. */
static gint64
take_number (const MoveText *text, guint *i, const char *unit, const char *other)
{
  guint at = *i;
  gint64 number;

  if (at >= text->tokens->len)
    return -1;
  number = MOVE_TOKEN (text, at)->number;
  if (number >= 0)
    at++;
  else if ((number = move_take_han (text, &at)) < 0)
    return -1;
  if (!move_take (text, &at, unit) && !move_take (text, &at, other))
    return -1;
  *i = at;
  return number;
}

/* The year that is named or numbered at `i`; 0 for none. */
static int
take_year (const MoveText *text, guint *i, const MoveAnchor *anchor)
{
  static const Named years[] = {
    { { "내년", "이듬해", "明年", "来年" }, 1 },
    { { "올해", "금년", "올", "今年", "本年" }, 0 },
    { { "내후년", "후년", "后年" }, 2 },
    { { "작년", "지난해", "去年" }, -1 },
  };
  guint at = *i;
  int step = 0;

  if (anchor->known && take_named (text, i, years, G_N_ELEMENTS (years), &step))
    return anchor->year + step;
  gint64 number = take_number (text, &at, "년", "年");
  if (number >= 0 && number < 100 && at < text->tokens->len && MOVE_TOKEN (text, at)->number > 0 &&
      move_is (text, at + 1, "월|月"))
    number += CENTURY;        /* "27년 3월" */
  if (!move_is_year (number)) /* "3년" is a length */
    return 0;
  *i = at;
  return (int) number;
}

typedef enum {
  SHARE_WHOLE,
  SHARE_EARLY,
  SHARE_MID,
  SHARE_LATE,
  SHARE_END,
} Share;

/* The part of a month, or of what is longer, that follows it. */
static Share
take_share (const MoveText *text, guint *i, gboolean month)
{
  static const Named shares[] = {
    { { "중순", "중반", "中旬", "年中", "中期" }, SHARE_MID }, { { "초순", "상순", "上旬" }, SHARE_EARLY },
    { { "초", "초반", "年初", "初" }, SHARE_EARLY },           { { "하순", "후반", "下旬" }, SHARE_LATE },
    { { "말", "底", "末", "年底", "年末" }, SHARE_END },
  };
  int share = SHARE_WHOLE;
  guint at = *i;

  if (month && move_take (text, &at, "中") && !move_is (text, at, "旬|国|期|东")) { /* "6月中" */
    *i = at;
    return SHARE_MID;
  }
  take_named (text, i, shares, G_N_ELEMENTS (shares), &share);
  return share;
}

static void
set_share (MoveDate *date, Share share)
{
  gboolean month = date->precision == TRUCE_PRECISION_MONTH;
  int year, first_month, day, end_year, end_month;

  if (share == SHARE_WHOLE)
    return;
  if (share == SHARE_END) {
    move_date_set_day (date, date->end - 1);
    return;
  }
  if (month) {
    gint64 from = date->from;

    date->from = share == SHARE_MID ? from + THIRD_FIRST : share == SHARE_LATE ? from + THIRD_SECOND : from;
    date->end = share == SHARE_EARLY ? from + THIRD_FIRST : share == SHARE_MID ? from + THIRD_SECOND : date->end;
    date->precision = TRUCE_PRECISION_PART_OF_MONTH;
    return;
  }
  truce_date_from_days (date->from, &year, &first_month, &day);
  truce_date_from_days (date->end, &end_year, &end_month, &day);
  int third = ((end_year - year) * TRUCE_MONTHS_A_YEAR + end_month - first_month) / 3;
  move_date_set_months (date, year, first_month + (int) (share - SHARE_EARLY) * third, third, TRUCE_PRECISION_INTERVAL);
}

/* "하반기", "第三季度", "가을" of `year`. */
static gboolean
take_part (const MoveText *text, guint *i, int year, MoveDate *date)
{
  static const Named halves[] = { { { "상반기", "上半年" }, 1 }, { { "하반기", "下半年" }, 7 } };
  static const Named seasons[] = {
    { { "봄", "春季", "春天" }, 3 },
    { { "여름", "夏季", "夏天" }, 6 },
    { { "가을", "秋季", "秋天" }, 9 },
    { { "겨울", "冬季", "冬天" }, 12 },
  };
  guint at = *i;
  int month = 0;

  if (take_named (text, i, halves, G_N_ELEMENTS (halves), &month)) {
    move_date_set_months (date, year, month, MOVE_HALF_MONTHS, TRUCE_PRECISION_HALF_YEAR);
    return TRUE;
  }
  if (take_named (text, i, seasons, G_N_ELEMENTS (seasons), &month)) {
    move_date_set_months (date, year, month, MOVE_QUARTER_MONTHS, TRUCE_PRECISION_SEASON);
    return TRUE;
  }
  move_take (text, &at, "第");
  gint64 quarter = take_number (text, &at, "분기", "季度");
  if (quarter < 1 || quarter > 4)
    return FALSE;
  *i = at;
  move_date_set_months (date, year, ((int) quarter - 1) * MOVE_QUARTER_MONTHS + 1, MOVE_QUARTER_MONTHS,
                        TRUCE_PRECISION_QUARTER);
  return TRUE;
}

/* "15일", "15日" of a month. */
static gboolean
take_day (const MoveText *text, guint *i, int year, int month, MoveDate *date)
{
  guint at = *i;
  gint64 day = take_number (text, &at, "일", "日");

  if (day < 0)
    day = take_number (text, &at, "号", "號");
  if (day < 1 || day > truce_civil_days_in_month (year, month) || move_is (text, at, "간"))
    return FALSE;
  *i = at;
  move_date_set_day (date, truce_days_from_date (year, month, (int) day));
  return TRUE;
}

#define RANGE_SIGNS "~|∼|～|〜|-|–|—|至"

/* "13∼14일", "20-22日" of a month, and one day. */
static gboolean
take_days (const MoveText *text, guint *i, int year, int month, MoveDate *date)
{
  gint64 first = *i + 2 < text->tokens->len ? MOVE_TOKEN (text, *i)->number : -1;
  guint at = *i + 2;

  if (first < 1 || !move_is (text, *i + 1, RANGE_SIGNS))
    return take_day (text, i, year, month, date);
  if (!take_day (text, &at, year, month, date) || date->end - 1 <= truce_days_from_date (year, month, (int) first))
    return FALSE;
  *i = at;
  date->from = truce_days_from_date (year, month, (int) first);
  date->precision = TRUCE_PRECISION_INTERVAL;
  return TRUE;
}

/* "1월 6일~9일", "9月10日至10月2日": to the day that follows. */
static void
take_last_day (const MoveText *text, guint *i, int year, int month, MoveDate *date)
{
  MoveDate last = *date;
  guint at = *i + 1;

  if (!move_is (text, *i, RANGE_SIGNS "|到"))
    return;
  take_year (text, &at, &(MoveAnchor){ .known = FALSE });
  gint64 other = take_number (text, &at, "월", "月");
  if (other >= 1 && other <= TRUCE_MONTHS_A_YEAR) {
    year += other < month ? 1 : 0;
    month = (int) other;
  }
  if (!take_day (text, &at, year, month, &last) || last.from <= date->from)
    return;
  *i = at;
  date->end = last.end;
  date->precision = TRUCE_PRECISION_INTERVAL;
}

static void
set_month (const MoveText *text, guint *i, int year, int month, MoveDate *date)
{
  if (take_days (text, i, year, month, date)) {
    take_last_day (text, i, year, month, date);
    return;
  }
  move_date_set_months (date, year, month, 1, TRUCE_PRECISION_MONTH);
  set_share (date, take_share (text, i, TRUE));
}

/* "2026년 11월 10일", "11月10日", "11월", "2026年", "明年第一季度", "내년 초". */
static gboolean
read_numbered (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  int year = take_year (text, i, anchor);
  const guint behind = *i;

  gint64 month = take_number (text, i, "월", "月");
  if (month >= 1 && month <= TRUCE_MONTHS_A_YEAR && (year > 0 || anchor->known)) {
    date->guessed = year == 0;
    guint at = *i;
    gint64 day = take_number (text, &at, "일", "日");
    if (year == 0)
      year = move_nearest_year (anchor, (int) month, day > 0 && day < 29 ? (int) day : 0);
    set_month (text, i, year, (int) month, date);
    return TRUE;
  }
  *i = behind;
  if (take_part (text, i, year > 0 ? year : anchor->year, date)) {
    if (year == 0 && (!anchor->known || date->end <= anchor->day))
      return FALSE;
    set_share (date, take_share (text, i, FALSE));
    return TRUE;
  }
  if (year == 0)
    return FALSE;
  move_date_set_months (date, year, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  set_share (date, take_share (text, i, FALSE));
  return TRUE;
}

/* "이달 말", "本月底", "다음 달 15일", "下个月". */
static gboolean
read_month (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  static const Named months[] = {
    { { "다음달", "내달", "下个月", "下月" }, 1 },
    { { "이달", "이번달", "本月", "这个月", "当月" }, 0 },
    { { "지난달", "上个月", "上月" }, -1 },
  };
  static const Named ends[] = { { { "월말", "月底", "月末" }, SHARE_END },
                                { { "월초", "月初" }, SHARE_EARLY },
                                { { "月中" }, SHARE_MID } };
  int step = 0, share = SHARE_WHOLE;
  int month = anchor->year * TRUCE_MONTHS_A_YEAR + anchor->month - 1;

  if (take_named (text, i, months, G_N_ELEMENTS (months), &step)) {
    month += step;
    set_month (text, i, month / TRUCE_MONTHS_A_YEAR, month % TRUCE_MONTHS_A_YEAR + 1, date);
    return TRUE;
  }
  if (!take_named (text, i, ends, G_N_ELEMENTS (ends), &share))
    return FALSE;
  move_date_set_months (date, anchor->year, anchor->month, 1, TRUCE_PRECISION_MONTH);
  set_share (date, (Share) share);
  return TRUE;
}

/* "연말", "年底", "年初". */
static gboolean
read_part_of_year (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  static const Named parts[] = { { { "연말", "연내", "年底", "年末", "年内" }, SHARE_END },
                                 { { "연초", "年初" }, SHARE_EARLY },
                                 { { "年中" }, SHARE_MID } };
  int share = SHARE_WHOLE;

  if (!take_named (text, i, parts, G_N_ELEMENTS (parts), &share))
    return FALSE;
  move_date_set_months (date, anchor->year, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  set_share (date, (Share) share);
  if (date->end <= anchor->day) { /* what is over comes again next year */
    move_date_set_months (date, anchor->year + 1, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
    set_share (date, (Share) share);
  }
  return TRUE;
}

static gboolean
take_weekday (const MoveText *text, guint *i, int *ret_weekday)
{
  static const Named korean[] = { { { "월요일" }, 0 }, { { "화요일" }, 1 }, { { "수요일" }, 2 }, { { "목요일" }, 3 },
                                  { { "금요일" }, 4 }, { { "토요일" }, 5 }, { { "일요일" }, 6 } };
  static const Named chinese[] = { { { "一" }, 0 }, { { "二" }, 1 }, { { "三" }, 2 },      { { "四" }, 3 },
                                   { { "五" }, 4 }, { { "六" }, 5 }, { { "日", "天" }, 6 } };
  guint at = *i;

  if (take_named (text, i, korean, G_N_ELEMENTS (korean), ret_weekday))
    return TRUE;
  if (!move_take (text, &at, "周") && !move_take (text, &at, "星期") && !move_take (text, &at, "礼拜"))
    return FALSE;
  if (!take_named (text, &at, chinese, G_N_ELEMENTS (chinese), ret_weekday) || move_is (text, at, "年|个|天|月"))
    return FALSE;
  *i = at;
  return TRUE;
}

/* "다음 주 금요일", "下周五", "本周", "금요일", "周末". */
static gboolean
read_week (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  static const Named weeks[] = { { { "다음주", "내주", "下周", "下星期", "下礼拜" }, 1 },
                                 { { "이번주", "금주", "本周", "这周", "本星期" }, 0 } };
  const gint64 monday = anchor->day - truce_weekday_of (anchor->day);
  int step = 0, weekday = 0;
  guint begin = *i;
  gboolean week = take_named (text, i, weeks, G_N_ELEMENTS (weeks), &step);
  guint at = *i;

  if (week && !move_is (text, at - 1, "주")) { /* "下周" has taken what "周五" begins with */
    at--;
    if (move_is (text, at, "期|拜"))
      at--;
  }
  if (take_weekday (text, &at, &weekday)) {
    *i = at;
    if (week)
      move_date_set_day (date, monday + step * TRUCE_DAYS_A_WEEK + weekday);
    else
      move_date_set_day (date, anchor->day +
                                   (weekday - truce_weekday_of (anchor->day) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK);
    date->weekday = !week;
    return TRUE;
  }
  gboolean weekend = move_take (text, i, "주말") || move_take (text, i, "末") || (!week && move_take (text, i, "周末"));
  if (!week && !weekend) {
    *i = begin;
    return FALSE;
  }
  date->end = monday + (step + 1) * TRUCE_DAYS_A_WEEK;
  date->from = date->end - (weekend ? 2 : TRUCE_DAYS_A_WEEK);
  date->precision = TRUCE_PRECISION_INTERVAL;
  return TRUE;
}

/* "오늘", "明天", and "15일까지", "至15日" of the month of publication or the next. */
static gboolean
read_near (const MoveText *text, guint *i, const MoveAnchor *anchor, MoveDate *date)
{
  static const Named days[] = { { { "오늘", "今天", "今日", "今晚" }, 0 },
                                { { "내일", "明天", "明日" }, 1 },
                                { { "모레", "后天" }, 2 } };
  const guint begin = *i;
  int step = 0, year, month, day;

  if (take_named (text, i, days, G_N_ELEMENTS (days), &step)) {
    move_date_set_day (date, anchor->day + step);
    return TRUE;
  }
  truce_date_from_days (anchor->day, &year, &month, &day);
  if (!take_days (text, i, year, month, date))
    return FALSE;
  gboolean hangul = move_is (text, *i - 1, "일"); /* "30일 연장" and "延长30日" are lengths */
  if (hangul ? !move_is (text, *i, "까|부|로|에|자|밤|오|정")
             : begin == 0 || !move_is (text, begin - 1, "至|到|于|从|自|由|在"))
    return FALSE;
  if (date->from < anchor->day) {
    month = month % TRUCE_MONTHS_A_YEAR + 1;
    year += month == 1 ? 1 : 0;
    *i = begin;
    return take_days (text, i, year, month, date);
  }
  return TRUE;
}

gboolean
move_date_read_cjk (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date)
{
  static gboolean (*const relative[]) (const MoveText *, guint *, const MoveAnchor *,
                                       MoveDate *) = { read_month, read_part_of_year, read_week, read_near };
  MoveDate date = { .first = i };
  guint at = i;
  gboolean good = read_numbered (text, &at, anchor, &date);

  for (guint n = 0; !good && anchor->known && n < G_N_ELEMENTS (relative); n++) {
    date = (MoveDate){ .first = i };
    at = i;
    good = relative[n](text, &at, anchor, &date);
  }
  if (!good || at <= i)
    return FALSE;
  date.last = at - 1;
  *ret_date = date;
  return TRUE;
}
