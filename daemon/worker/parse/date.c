/* SPDX-License-Identifier: MIT */
#include "worker/parse/date.h"

#include "worker/parse/date_private.h"

#include <string.h>

#define DATE_TEXT_MAX 128    /* bytes; no date is longer, and what is longer is an attempt at something else */
#define OFFSET_MAX (15 * 60) /* minutes; the largest in use is 14 h */
#define KOREA (9 * 60)       /* minutes east of UTC */
#define UNSET -1

/* What has been read so far. */
typedef struct {
  int year, month, day; /* UNSET until read */
  int hour, minute, second;
  int microsecond;
  int half_day;      /* 1 am, 2 pm, 0 not said */
  int offset;        /* minutes east of UTC */
  gboolean american; /* "ET" and the like: an hour more in summer */
  gboolean time;     /* hour and minute are read */
} Date;

typedef enum { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN } TokenKind;

typedef struct {
  TokenKind kind;
  const char *start;
  gsize length;
  int number;
} Token;

static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || ((guchar) c & 0x80) != 0;
}

/* The token at `*at`, past white space. A number has nine digits at most. */
static Token
next_token (const char **at)
{
  const char *p = *at + strspn (*at, " \t\r\n");
  Token token = { .kind = TOKEN_END, .start = p };

  if (g_ascii_isdigit (*p)) {
    token.kind = TOKEN_NUMBER;
    for (; g_ascii_isdigit (*p) && p - token.start < 9; p++)
      token.number = token.number * 10 + g_ascii_digit_value (*p);
  } else if (is_letter (*p)) {
    token.kind = TOKEN_WORD;
    while (is_letter (*p))
      p++;
  } else if (*p) {
    token.kind = TOKEN_SIGN;
    p++;
  }
  token.length = (gsize) (p - token.start);
  *at = p;
  return token;
}

static Token
peek_token (const char *at)
{
  return next_token (&at);
}

static gboolean
is_sign (Token token, char c)
{
  return token.kind == TOKEN_SIGN && *token.start == c;
}

/* "+0100", "-5:30", "+1" at the sign. FALSE when no number follows. */
static gboolean
read_offset (const char **at, Date *date)
{
  const char *p = *at;
  Token sign = next_token (&p);
  Token number = next_token (&p);
  int minutes;

  if (!(is_sign (sign, '+') || is_sign (sign, '-')) || number.kind != TOKEN_NUMBER)
    return FALSE;
  if (number.length <= 2) {
    minutes = number.number * 60;
    if (*p == ':' && g_ascii_isdigit (p[1])) {
      p++;
      minutes += next_token (&p).number;
    }
  } else {
    minutes = number.number / 100 * 60 + number.number % 100;
  }
  /* An impossible offset is a mistake in the zone, not in the date. */
  if (minutes <= OFFSET_MAX)
    date->offset = is_sign (sign, '-') ? -minutes : minutes;
  *at = p;
  return TRUE;
}

/* The digits of a fraction of a second. */
static void
read_fraction (const char **at, Date *date)
{
  int scale = 100000;

  if ((**at != '.' && **at != ',') || !g_ascii_isdigit ((*at)[1]))
    return;
  for (++*at; g_ascii_isdigit (**at); ++*at) {
    date->microsecond += g_ascii_digit_value (**at) * scale;
    scale /= 10;
  }
}

/* "19:48", "19:48:21", "19:48:21.5"; the hour has been read. */
static gboolean
read_time_from_hour (const char **at, int hour, Date *date)
{
  Token minute;

  ++*at;
  minute = next_token (at);
  if (date->time || minute.kind != TOKEN_NUMBER || minute.length > 2)
    return FALSE;
  date->hour = hour;
  date->minute = minute.number;
  date->time = TRUE;
  if ((**at == ':' || **at == '.') && g_ascii_isdigit ((*at)[1])) {
    Token second;

    ++*at;
    second = next_token (at);
    if (second.length > 2)
      return FALSE;
    date->second = second.number;
    read_fraction (at, date);
  }
  return TRUE;
}

/* "1014", "101455": the digits alone. */
static gboolean
read_compact_time (Token number, const char **at, Date *date)
{
  if (number.length == 6) {
    date->second = number.number % 100;
    number.number /= 100;
  } else if (number.length != 4 && number.length != 2) {
    return FALSE;
  }
  if (number.length == 2)
    number.number *= 100;
  date->hour = number.number / 100;
  date->minute = number.number % 100;
  date->time = TRUE;
  read_fraction (at, date);
  return TRUE;
}

/* A zone, or nothing, or a comment; a word that nobody knows is taken for UTC, as RFC 5322 says. */
static void
read_zone (const char **at, Date *date)
{
  Token token = peek_token (*at);
  int minutes;

  if (token.kind == TOKEN_WORD) {
    next_token (at);
    if (truce_date_zone (token.start, token.length, &minutes))
      date->offset = minutes;
    date->american = truce_date_is_american (token.start, token.length);
  }
  /* Also "GMT+2" and "EST -0500": the number is surer. */
  read_offset (at, date);
}

/* The rest after an ISO date: "T10:14:55Z", " 10:14", " PM 10:14:55", "T1014+01". */
static gboolean
read_iso_time (const char *at, Date *date)
{
  Token token;

  at += strspn (at, " ");
  if ((*at == 'T' || *at == 't') && (g_ascii_isdigit (at[1]) || at[1] == ' '))
    at++;
  else if (*at == ':' || *at == ',')
    at++;
  token = next_token (&at);
  if (token.kind == TOKEN_WORD && (date->half_day = truce_date_half_day (token.start, token.length)))
    token = next_token (&at);
  if (token.kind == TOKEN_END)
    return TRUE;
  if (token.kind != TOKEN_NUMBER) {
    at = token.start;
    read_zone (&at, date);
    return at != token.start && peek_token (at).kind == TOKEN_END;
  }
  if (*at == ':') {
    if (token.length > 2 || !read_time_from_hour (&at, token.number, date))
      return FALSE;
  } else if (!read_compact_time (token, &at, date)) {
    return FALSE;
  }
  token = peek_token (at);
  if (token.kind == TOKEN_WORD && !date->half_day && (date->half_day = truce_date_half_day (token.start, token.length)))
    next_token (&at);
  read_zone (&at, date);
  return TRUE;
}

/* What separates year, month and day: ISO's hyphen, and what people take. */
static gboolean
take_separator (const char **at)
{
  static const char *const separators[] = { "-", "/", ".", "년", "年", "월", "月" };

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    if (g_str_has_prefix (*at, separators[i])) {
      *at += strlen (separators[i]);
      *at += strspn (*at, " ");
      return TRUE;
    }
  }
  return FALSE;
}

static void
take_day_mark (const char **at)
{
  static const char *const marks[] = { "일", "日" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (*at, marks[i]))
      *at += strlen (marks[i]);
}

/* "0731" or "07" after the year without separators, or "366" for the day of the year. */
static gboolean
read_compact_date (const char *digits, gsize length, Date *date)
{
  int number = 0;

  for (gsize i = 0; i < length; i++)
    number = number * 10 + g_ascii_digit_value (digits[i]);
  if (length == 3) {
    date->month = 1;
    truce_date_from_days (truce_days_from_date (date->year, 1, number), &date->year, &date->month, &date->day);
    return number >= 1 && number <= 366;
  }
  date->month = length == 2 ? number : number / 100;
  date->day = length == 2 ? 1 : number % 100;
  return length == 2 || length == 4;
}

/* "2003", "2003-12", "2003-12-31", "20031231", "2003-365" and a time after it. FALSE: it is written another way. */
static gboolean
read_iso (const char *at, Date *date)
{
  Token year = next_token (&at), month, day;

  if (year.kind != TOKEN_NUMBER || year.length < 4)
    return FALSE;
  date->month = date->day = 1;
  if (year.length > 4) {
    date->year =
        (year.start[0] - '0') * 1000 + (year.start[1] - '0') * 100 + (year.start[2] - '0') * 10 + (year.start[3] - '0');
    return read_compact_date (year.start + 4, year.length - 4, date) && read_iso_time (at, date);
  }
  date->year = year.number;
  if (!take_separator (&at))
    return peek_token (at).kind == TOKEN_END;
  month = next_token (&at);
  if (month.kind != TOKEN_NUMBER || month.length > 4)
    return FALSE;
  if (month.length > 2)
    return read_compact_date (month.start, month.length, date) && read_iso_time (at, date);
  date->month = month.number;
  if (!take_separator (&at))
    return read_iso_time (at, date);
  day = peek_token (at);
  if (day.kind != TOKEN_NUMBER || day.length > 2)
    return day.kind == TOKEN_END;
  next_token (&at);
  date->day = day.number;
  take_day_mark (&at);
  return read_iso_time (at, date);
}

static int
full_year (Token number)
{
  if (number.length >= 4)
    return number.number;
  if (number.length == 3)
    return 1900 + number.number;
  return number.number + (number.number < 50 ? 2000 : 1900);
}

/* A number that is neither time nor zone: day first, then year, or the year when only it can be. */
static gboolean
place_number (Token number, Date *date)
{
  if (number.length >= 3 || (date->day != UNSET && date->month != UNSET)) {
    if (date->year != UNSET || number.length > 4)
      return FALSE;
    date->year = full_year (number);
  } else if (date->day == UNSET) {
    date->day = number.number;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* "23.12.2003", "12/23/2003", "23-12-03": by what can be a month, by the dot, or not at all. */
static gboolean
read_numeric_date (Token first, const char **at, Date *date)
{
  char separator = **at;
  const char *p = *at + 1;
  Token second = next_token (&p), year;

  if (first.length > 2 || second.kind != TOKEN_NUMBER || second.length > 2 || *p != separator || date->day != UNSET)
    return FALSE;
  p++;
  year = next_token (&p);
  if (year.kind != TOKEN_NUMBER || (year.length != 4 && year.length != 2))
    return FALSE;
  if (separator == '.' || first.number > 12 || first.number == second.number) {
    date->day = first.number;
    date->month = second.number;
  } else if (second.number > 12) {
    date->month = first.number;
    date->day = second.number;
  } else {
    return FALSE;
  }
  date->year = full_year (year);
  *at = p;
  return TRUE;
}

/* A month, half of the day or zone; another word is a weekday or an "at" and says nothing. */
static void
take_word (Token word, const char **at, Date *date)
{
  int half = date->time ? truce_date_half_day (word.start, word.length) : 0;
  int month = date->time && date->month != UNSET ? 0 : truce_date_month (word.start, word.length);

  if (half && !date->half_day) {
    date->half_day = half;
  } else if (month) {
    date->month = month;
  } else if (date->time) {
    *at = word.start;
    read_zone (at, date);
  }
}

/* RFC 822 and what is taken for it: the parts in any order that leaves no doubt. */
static gboolean
read_words (const char *at, Date *date)
{
  for (;;) {
    const char *start = at;
    Token token = next_token (&at);

    if (token.kind == TOKEN_END || is_sign (token, '('))
      break;
    if (token.kind == TOKEN_WORD) {
      take_word (token, &at, date);
    } else if (token.kind == TOKEN_NUMBER && *at == ':' && token.length <= 2) {
      if (!read_time_from_hour (&at, token.number, date))
        return FALSE;
    } else if (token.kind == TOKEN_NUMBER) {
      gboolean numeric = date->month == UNSET && (*at == '/' || *at == '.' || *at == '-') && g_ascii_isdigit (at[1]);

      if (!(numeric ? read_numeric_date (token, &at, date) : place_number (token, date)))
        return FALSE;
    } else if (date->time && (*token.start == '+' || *token.start == '-')) {
      at = start;
      if (!read_offset (&at, date))
        next_token (&at);
    }
  }
  return date->year != UNSET && date->month != UNSET && date->day != UNSET;
}

static gboolean
is_valid (const Date *date)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);

  if (date->year < 1 || date->year > 9999 || date->month < 1 || date->month > 12 || date->day < 1)
    return FALSE;
  if (date->day > lengths[date->month - 1] + (leap && date->month == 2))
    return FALSE;
  if (date->half_day && date->hour > 12)
    return date->half_day == 2 && date->hour < 24; /* "14:00 PM" */
  /* 24:00 ends a day; second 60 is a leap second. */
  return date->minute < 60 && date->second <= 60 &&
         (date->hour < 24 || (date->hour == 24 && date->minute == 0 && date->second == 0));
}

/* From the second Sunday of March to the first of November, as it has been since 2007; at the hour of the change itself
 * the day decides. */
static gboolean
is_american_summer (const Date *date)
{
  gint64 day = truce_days_from_date (date->year, date->month, date->day);
  gint64 march = truce_days_from_date (date->year, 3, 8), november = truce_days_from_date (date->year, 11, 1);

  /* 1970-01-01 was a Thursday: day 3 was a Sunday. */
  march += (3 - march % 7 + 7) % 7;
  november += (3 - november % 7 + 7) % 7;
  return day >= march && day < november;
}

static TruceTime
instant (const Date *date)
{
  int hour = date->hour, offset = date->offset;

  if (date->half_day && hour <= 12)
    hour = hour % 12 + (date->half_day == 2 ? 12 : 0);
  if (date->american && is_american_summer (date))
    offset += 60;
  return truce_days_from_date (date->year, date->month, date->day) * TRUCE_DAY + hour * TRUCE_HOUR +
         date->minute * TRUCE_MINUTE + MIN (date->second, 59) * TRUCE_SECOND + date->microsecond -
         offset * TRUCE_MINUTE;
}

/* Dates written in Korean never name their zone. */
static gboolean
is_korean (const char *text)
{
  return strstr (text, "년") || strstr (text, "오전") || strstr (text, "오후");
}

gboolean
truce_feed_date_parse (const char *text, TruceTime *ret_at)
{
  const Date nothing = { .year = UNSET, .month = UNSET, .day = UNSET, .offset = is_korean (text) ? KOREA : 0 };
  Date date = nothing;
  TruceTime at;

  text += strspn (text, " \t\r\n");
  if (strnlen (text, DATE_TEXT_MAX + 1) > DATE_TEXT_MAX)
    return FALSE;
  if (truce_date_usual (text, &at)) {
    *ret_at = at;
    return TRUE;
  }
  if (!read_iso (text, &date)) {
    date = nothing;
    if (!read_words (text, &date))
      return FALSE;
  }
  if (!is_valid (&date))
    return FALSE;
  at = instant (&date);
  if (at < TRUCE_TIME_MIN || at > TRUCE_TIME_MAX)
    return FALSE;
  *ret_at = at;
  return TRUE;
}
