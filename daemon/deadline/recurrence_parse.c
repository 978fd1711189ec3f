/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "deadline/recurrence_private.h"

G_DEFINE_QUARK (truce - recurrence - error - quark, truce_recurrence_error)

#define VALUE_SHOWN_MAX 24 /* bytes of what is wrong: enough to find it */

static const char *const weekday_names[RECURRENCE_WEEK_DAYS] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* Where the parser is: `text` as given, `at` within it, `end` the end of the value that is read. */
typedef struct {
  TruceRecurrence *recurrence;
  const char *text;
  const char *at;
  const char *end;
  const char *name; /* of the part, for messages */
  GString *canonical;
  guint seen; /* bit per RecurrencePart */
} Parser;

G_GNUC_PRINTF (4, 5)
static gboolean
fail (const Parser *parser, GError **error, TruceRecurrenceError code, const char *format, ...)
{
  va_list arguments;
  g_autofree char *reason = NULL;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, TRUCE_RECURRENCE_ERROR, (int) code, "character %u: %s",
               (guint) g_utf8_strlen (parser->text, parser->at - parser->text) + 1, reason);
  return FALSE;
}

static gboolean
fail_value (const Parser *parser, GError **error, const char *wanted)
{
  gsize length = strcspn (parser->at, ",;");

  return fail (parser, error, TRUCE_RECURRENCE_ERROR_SYNTAX, "%s: \"%.*s\" is not %s", parser->name,
               (int) MIN (length, VALUE_SHOWN_MAX), parser->at, wanted);
}

/* Digits at the parser's place, stepped over: -1 for none, or for more than `most`. */
static int
take_number (Parser *parser, int most)
{
  int number = 0;
  const char *at = parser->at;

  for (; at < parser->end && g_ascii_isdigit (*at); at++) {
    number = number * 10 + (*at - '0');
    if (number > most)
      return -1;
  }
  if (at == parser->at)
    return -1;
  parser->at = at;
  return number;
}

/* Is the value at its end, or at a comma? */
static gboolean
at_value_end (const Parser *parser)
{
  return parser->at == parser->end || *parser->at == ',';
}

/* Steps over the comma to a next value; FALSE: there is none. */
static gboolean
take_comma (Parser *parser)
{
  if (parser->at == parser->end)
    return FALSE;
  parser->at++;
  return TRUE;
}

static void
add_number (RecurrenceNumbers *numbers, int number)
{
  RecurrenceSet *set = number > 0 ? &numbers->forward : &numbers->backward;

  number = ABS (number);
  set->words[number / 64] |= (guint64) 1 << (number % 64);
  set->any = numbers->any = TRUE;
}

static gboolean
read_positive (Parser *parser, int most, const char *wanted, int *ret_number, GError **error)
{
  const char *start = parser->at;
  int number = take_number (parser, most);

  if (number < 1 || parser->at != parser->end) {
    parser->at = start;
    return fail_value (parser, error, wanted);
  }
  *ret_number = number;
  return TRUE;
}

/* Numbers from 1 to `most`, and from the end where they may be. */
static gboolean
read_numbers (Parser *parser, int most, gboolean may_be_negative, const char *wanted, RecurrenceNumbers *numbers,
              GError **error)
{
  do {
    const char *start = parser->at;
    gboolean negative = parser->at < parser->end && *parser->at == '-';
    if (parser->at < parser->end && (*parser->at == '-' || *parser->at == '+'))
      parser->at++;
    int number = take_number (parser, most);
    if (number < 1 || !at_value_end (parser) || (negative && !may_be_negative)) {
      parser->at = start;
      return fail_value (parser, error, wanted);
    }
    add_number (numbers, negative ? -number : number);
  } while (take_comma (parser));
  return TRUE;
}

/* -1 for none. */
static int
take_weekday (Parser *parser)
{
  for (int i = 0; i < RECURRENCE_WEEK_DAYS; i++)
    if (parser->end - parser->at >= 2 && g_ascii_strncasecmp (parser->at, weekday_names[i], 2) == 0) {
      parser->at += 2;
      return i;
    }
  return -1;
}

/* --- the parts --- */

static gboolean
read_freq (Parser *parser, GError **error)
{
  static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
  static const char *const finer[] = { "HOURLY", "MINUTELY", "SECONDLY" };
  gsize length = (gsize) (parser->end - parser->at);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (length == strlen (names[i]) && g_ascii_strncasecmp (parser->at, names[i], length) == 0) {
      parser->recurrence->frequency = (RecurrenceFrequency) i;
      parser->at = parser->end;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (finer); i++)
    if (length == strlen (finer[i]) && g_ascii_strncasecmp (parser->at, finer[i], length) == 0)
      return fail (parser, error, TRUCE_RECURRENCE_ERROR_UNSUPPORTED, "FREQ=%s: dates repeat daily or slower",
                   finer[i]);
  return fail_value (parser, error, "DAILY, WEEKLY, MONTHLY or YEARLY");
}

static gboolean
read_interval (Parser *parser, GError **error)
{
  return read_positive (parser, TRUCE_RECURRENCE_INTERVAL_MAX, "a number from 1 to 1000", &parser->recurrence->interval,
                        error);
}

static gboolean
read_count (Parser *parser, GError **error)
{
  int count = 0;

  if (!read_positive (parser, TRUCE_RECURRENCE_COUNT_MAX, "a number from 1 to 10000 (UNTIL has no such bound)", &count,
                      error))
    return FALSE;
  parser->recurrence->count = (guint) count;
  return TRUE;
}

/* Digits in a row, as a date or a time has them. */
static gboolean
take_digits (Parser *parser, guint n_digits, int *ret_number)
{
  int number = 0;

  for (guint i = 0; i < n_digits; i++) {
    if (parser->at == parser->end || !g_ascii_isdigit (*parser->at))
      return FALSE;
    number = number * 10 + (*parser->at++ - '0');
  }
  *ret_number = number;
  return TRUE;
}

static gboolean
read_until (Parser *parser, GError **error)
{
  TruceCivil until = { 0 };
  TruceUntilKind kind = TRUCE_UNTIL_DAY;
  const char *start = parser->at;
  gboolean valid = take_digits (parser, 4, &until.year) && take_digits (parser, 2, &until.month) &&
                   take_digits (parser, 2, &until.day);

  if (valid && parser->at < parser->end && g_ascii_toupper (*parser->at) == 'T') {
    parser->at++;
    kind = TRUCE_UNTIL_LOCAL;
    valid = take_digits (parser, 2, &until.hour) && take_digits (parser, 2, &until.minute) &&
            take_digits (parser, 2, &until.second);
    if (valid && parser->at < parser->end && g_ascii_toupper (*parser->at) == 'Z') {
      parser->at++;
      kind = TRUCE_UNTIL_UTC;
    }
  }
  if (!valid || parser->at != parser->end || !truce_civil_valid (&until)) {
    parser->at = start;
    return fail_value (parser, error, "a date such as 20261231 or 20261231T235959Z");
  }
  parser->recurrence->until_kind = kind;
  parser->recurrence->until = until;
  return TRUE;
}

static gboolean
read_byday (Parser *parser, GError **error)
{
  TruceRecurrence *recurrence = parser->recurrence;

  do {
    const char *start = parser->at;
    gboolean is_signed = parser->at < parser->end && (*parser->at == '-' || *parser->at == '+');
    gboolean negative = is_signed && *parser->at == '-';
    parser->at += is_signed;
    int ordinal =
        parser->at < parser->end && g_ascii_isdigit (*parser->at) ? take_number (parser, RECURRENCE_WEEKS) : 0;
    int weekday = ordinal < 0 ? -1 : take_weekday (parser);
    gboolean has_ordinal = ordinal > 0;
    if (weekday < 0 || !at_value_end (parser) || (is_signed && !has_ordinal) ||
        (!has_ordinal && g_ascii_isdigit (*start))) {
      parser->at = start;
      return fail_value (parser, error, "a weekday such as MO, 1FR or -1SU");
    }
    if (has_ordinal) {
      add_number (&recurrence->nth[weekday], negative ? -ordinal : ordinal);
      recurrence->any_nth = TRUE;
    } else {
      recurrence->weekdays |= 1U << weekday;
    }
  } while (take_comma (parser));
  return TRUE;
}

static gboolean
read_bymonth (Parser *parser, GError **error)
{
  RecurrenceNumbers months = { .any = FALSE };

  if (!read_numbers (parser, RECURRENCE_MONTHS, FALSE, "a month from 1 to 12", &months, error))
    return FALSE;
  parser->recurrence->months = (guint) months.forward.words[0];
  return TRUE;
}

static gboolean
read_bymonthday (Parser *parser, GError **error)
{
  return read_numbers (parser, RECURRENCE_MONTH_DAYS, TRUE, "a day of a month, 1 to 31, or -1 to -31 from its end",
                       &parser->recurrence->month_days, error);
}

static gboolean
read_byyearday (Parser *parser, GError **error)
{
  return read_numbers (parser, RECURRENCE_YEAR_DAYS, TRUE, "a day of a year, 1 to 366, or -1 to -366 from its end",
                       &parser->recurrence->year_days, error);
}

static gboolean
read_byweekno (Parser *parser, GError **error)
{
  return read_numbers (parser, RECURRENCE_WEEKS, TRUE, "a week of a year, 1 to 53, or -1 to -53 from its end",
                       &parser->recurrence->weeks, error);
}

static gboolean
read_bysetpos (Parser *parser, GError **error)
{
  return read_numbers (parser, RECURRENCE_YEAR_DAYS, TRUE, "a place, 1 to 366, or -1 to -366 from the end",
                       &parser->recurrence->positions, error);
}

static gboolean
read_wkst (Parser *parser, GError **error)
{
  int weekday = take_weekday (parser);

  if (weekday < 0 || parser->at != parser->end)
    return fail_value (parser, error, "a weekday, MO to SU");
  parser->recurrence->week_start = weekday;
  return TRUE;
}

static gboolean
refuse_time (Parser *parser, GError **error)
{
  return fail (parser, error, TRUCE_RECURRENCE_ERROR_UNSUPPORTED,
               "%s: dates repeat daily or slower, at the time of day of the first", parser->name);
}

static gboolean
refuse_scale (Parser *parser, GError **error)
{
  return fail (parser, error, TRUCE_RECURRENCE_ERROR_UNSUPPORTED, "%s: only the Gregorian calendar is understood",
               parser->name);
}

static const struct {
  const char *name;
  gboolean (*read) (Parser *parser, GError **error);
} parts[] = {
  [RECURRENCE_FREQ] = { "FREQ", read_freq },
  [RECURRENCE_INTERVAL] = { "INTERVAL", read_interval },
  [RECURRENCE_COUNT] = { "COUNT", read_count },
  [RECURRENCE_UNTIL] = { "UNTIL", read_until },
  [RECURRENCE_BYDAY] = { "BYDAY", read_byday },
  [RECURRENCE_BYMONTH] = { "BYMONTH", read_bymonth },
  [RECURRENCE_BYMONTHDAY] = { "BYMONTHDAY", read_bymonthday },
  [RECURRENCE_BYYEARDAY] = { "BYYEARDAY", read_byyearday },
  [RECURRENCE_BYWEEKNO] = { "BYWEEKNO", read_byweekno },
  [RECURRENCE_BYSETPOS] = { "BYSETPOS", read_bysetpos },
  { "WKST", read_wkst },
  { "BYHOUR", refuse_time },
  { "BYMINUTE", refuse_time },
  { "BYSECOND", refuse_time },
  { "RSCALE", refuse_scale },
  { "SKIP", refuse_scale },
};

static void
skip_spaces (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

/* NAME=VALUE, up to the next ';'. */
static gboolean
read_part (Parser *parser, GError **error)
{
  const char *start = parser->at, *value;
  gsize length = strcspn (parser->at, ";"), name_length = strcspn (parser->at, "=;");

  if (name_length == length)
    return fail (parser, error, TRUCE_RECURRENCE_ERROR_SYNTAX, "\"%.*s\" is no part of a rule, such as FREQ=MONTHLY",
                 (int) MIN (length, VALUE_SHOWN_MAX), start);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (name_length != strlen (parts[i].name) || g_ascii_strncasecmp (start, parts[i].name, name_length) != 0)
      continue;
    if (parser->seen >> i & 1)
      return fail (parser, error, TRUCE_RECURRENCE_ERROR_SYNTAX, "%s stands twice", parts[i].name);
    parser->seen |= 1U << i;
    parser->name = parts[i].name;
    value = parser->at = start + name_length + 1;
    parser->end = start + length;
    while (parser->end > value && g_ascii_isspace (parser->end[-1]))
      parser->end--;
    if (!parts[i].read (parser, error))
      return FALSE;
    g_string_append_printf (parser->canonical, "%s%s=", parser->canonical->len > 0 ? ";" : "", parts[i].name);
    for (const char *at = value; at < parser->end; at++)
      g_string_append_c (parser->canonical, g_ascii_toupper (*at));
    parser->at = start + length;
    return TRUE;
  }
  return fail (parser, error, TRUCE_RECURRENCE_ERROR_SYNTAX, "\"%.*s\" is no part of a rule that RFC 5545 knows",
               (int) MIN (name_length, VALUE_SHOWN_MAX), start);
}

static gboolean
read_parts (Parser *parser, GError **error)
{
  static const char prefix[] = "RRULE:";

  skip_spaces (parser);
  if (g_ascii_strncasecmp (parser->at, prefix, strlen (prefix)) == 0)
    parser->at += strlen (prefix); /* as calendars have it */
  for (;;) {
    skip_spaces (parser);
    if (!read_part (parser, error))
      return FALSE;
    if (!*parser->at)
      return TRUE;
    parser->at++; /* the ';' */
    skip_spaces (parser);
    if (!*parser->at)
      return TRUE; /* some programs end a rule with one */
  }
}

TruceRecurrence *
truce_recurrence_parse (const char *text, GError **error)
{
  g_autoptr (TruceRecurrence) recurrence = g_new0 (TruceRecurrence, 1);
  g_autoptr (GString) canonical = g_string_new (NULL);
  Parser parser = { .recurrence = recurrence, .text = text, .at = text, .canonical = canonical };

  recurrence->interval = 1;
  if (strlen (text) > TRUCE_RECURRENCE_TEXT_MAX) {
    g_set_error (error, TRUCE_RECURRENCE_ERROR, TRUCE_RECURRENCE_ERROR_SYNTAX, "longer than %d bytes",
                 TRUCE_RECURRENCE_TEXT_MAX);
    return NULL;
  }
  if (!read_parts (&parser, error) || !recurrence_check (recurrence, parser.seen, error))
    return NULL;
  recurrence->text = g_strdup (canonical->str);
  return g_steal_pointer (&recurrence);
}

void
truce_recurrence_free (TruceRecurrence *recurrence)
{
  if (!recurrence)
    return;
  g_free (recurrence->text);
  g_free (recurrence);
}

const char *
truce_recurrence_text (const TruceRecurrence *recurrence)
{
  return recurrence->text;
}

guint
truce_recurrence_count (const TruceRecurrence *recurrence)
{
  return recurrence->count;
}

TruceUntilKind
truce_recurrence_until (const TruceRecurrence *recurrence, TruceCivil *ret_until)
{
  if (recurrence->until_kind != TRUCE_UNTIL_NONE)
    *ret_until = recurrence->until;
  return recurrence->until_kind;
}
