/* SPDX-License-Identifier: MIT */
/* Holidays from an iCalendar file (RFC 5545): its all-day events, each a date or a range of dates, or one that returns
 * every year. The user chose the file, so that it is read here; what this reader does not understand is an error and
 * not a holiday less. */
#include <string.h>

#include "base/text.h"
#include "deadline/calendar_private.h"
#include "deadline/zone.h"

#define BEGINNING "BEGIN:VCALENDAR"
#define RANGE_MAX 366 /* days of one holiday */

/* An event while it is read. */
typedef struct {
  gboolean open, cancelled, yearly, timed;
  guint nested;      /* components within it, such as alarms, whose properties are not its own */
  gint64 first, end; /* G_MININT64: not there; `end` is the day after the last */
  gint64 n_days;     /* by DURATION; 0: not there */
  unsigned line;
  char *summary;
} Event;

gboolean
calendar_is_ics (const char *text)
{
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  return g_ascii_strncasecmp (text, BEGINNING, strlen (BEGINNING)) == 0;
}

/* The next content line, unfolded; NULL at the end. `line` counts those of the file. (transfer full) */
static char *
next_line (const char **at, unsigned *line)
{
  GString *content = g_string_new (NULL);
  const char *p = *at;

  if (!*p) {
    g_string_free (content, TRUE);
    return NULL;
  }
  do {
    gsize length = strcspn (p, "\n");
    g_string_append_len (content, p, (gssize) (length > 0 && p[length - 1] == '\r' ? length - 1 : length));
    p += length + (p[length] == '\n');
    ++*line;
  } while ((*p == ' ' || *p == '\t') && p++);
  *at = p;
  return g_string_free (content, FALSE);
}

static gboolean
read_date (const char *text, gint64 *ret_day)
{
  int figures[8];

  for (int i = 0; i < 8; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    figures[i] = text[i] - '0';
  }
  if (text[8])
    return FALSE;
  const TruceCivil civil = {
    .year = figures[0] * 1000 + figures[1] * 100 + figures[2] * 10 + figures[3],
    .month = figures[4] * 10 + figures[5],
    .day = figures[6] * 10 + figures[7],
  };
  *ret_day = truce_civil_valid (&civil) ? truce_days_from_date (civil.year, civil.month, civil.day) : 0;
  return truce_civil_valid (&civil);
}

/* "P1D", "P1W"; those of hours belong to no whole day. */
static gboolean
read_days (const char *text, gint64 *ret_days)
{
  char *end;

  if (text[0] != 'P' || !g_ascii_isdigit (text[1]))
    return FALSE;
  gint64 count = g_ascii_strtoll (text + 1, &end, 10);
  if (count < 1 || count > RANGE_MAX || strlen (end) != 1 || !strchr ("DW", *end))
    return FALSE;
  *ret_days = *end == 'W' ? count * TRUCE_DAYS_A_WEEK : count;
  return TRUE;
}

static char *
read_text (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p; p++) {
    if (*p == '\\' && p[1])
      g_string_append_c (text, *++p == 'n' || *p == 'N' ? ' ' : *p);
    else
      g_string_append_c (text, *p);
  }
  g_autofree char *unescaped = g_string_free (text, FALSE);
  return truce_text_clean (unescaped, -1);
}

static gboolean
is_every_year (const char *rule)
{
  return g_ascii_strcasecmp (rule, "FREQ=YEARLY") == 0 || g_ascii_strcasecmp (rule, "FREQ=YEARLY;INTERVAL=1") == 0 ||
         g_ascii_strcasecmp (rule, "INTERVAL=1;FREQ=YEARLY") == 0;
}

static void
read_property (CalendarReading *reading, Event *event, const char *name, const char *value)
{
  if (strcmp (name, "DTSTART") == 0 || strcmp (name, "DTEND") == 0) {
    gint64 *day = name[2] == 'S' ? &event->first : &event->end;
    if (strchr (value, 'T'))
      event->timed = TRUE;
    else if (!read_date (value, day))
      calendar_fail (reading, name, value, "there is no such date");
  } else if (strcmp (name, "DURATION") == 0) {
    if (!read_days (value, &event->n_days))
      event->timed = TRUE;
  } else if (strcmp (name, "SUMMARY") == 0) {
    g_free (event->summary);
    event->summary = read_text (value);
  } else if (strcmp (name, "STATUS") == 0) {
    event->cancelled = g_ascii_strcasecmp (value, "CANCELLED") == 0;
  } else if (strcmp (name, "RRULE") == 0 && is_every_year (value)) {
    event->yearly = TRUE;
  } else if (strcmp (name, "RRULE") == 0 || strcmp (name, "RDATE") == 0 || strcmp (name, "EXDATE") == 0) {
    calendar_fail (reading, name, value,
                   "of repetitions only FREQ=YEARLY is understood here; write this one as a holiday file");
  }
}

static void
take_event (CalendarReading *reading, const Event *event)
{
  TruceCalendar *calendar = reading->calendar;
  CalendarRule rule = { .since = G_MININT, .until = G_MAXINT, .kind = CALENDAR_DATED };
  int year, to;

  if (event->timed || event->cancelled)
    return;
  reading->line = event->line;
  if (event->first == G_MININT64) {
    calendar_fail (reading, NULL, NULL, "an event without a DTSTART");
    return;
  }
  rule.first = event->first;
  rule.last = event->end != G_MININT64 ? event->end - 1 : event->first + MAX (event->n_days, 1) - 1;
  if (rule.last < rule.first || rule.last - rule.first >= RANGE_MAX) {
    calendar_fail (reading, "DTEND", NULL, "an event that ends before it begins, or is longer than a year");
    return;
  }
  truce_date_from_days (rule.first, &year, &rule.month, &rule.day);
  if (event->yearly && rule.first == rule.last) {
    rule.kind = CALENDAR_FIXED;
    rule.since = year;
  } else if (event->yearly) {
    calendar_fail (reading, "RRULE", NULL, "an event of several days that returns; write it as a holiday file");
    return;
  } else {
    int month, day;
    truce_date_from_days (rule.last, &to, &month, &day);
    gboolean first = calendar->to == G_MAXINT;
    calendar->from = first ? year : MIN (calendar->from, year);
    calendar->to = first ? to : MAX (calendar->to, to);
  }
  rule.name = g_strdup (event->summary && *event->summary ? event->summary : "holiday");
  rule.observed_name = NULL;
  calendar_take_rule (calendar, &rule);
}

static void
read_line (CalendarReading *reading, Event *event, char *line)
{
  /* NAME[;PARAMETERS]:VALUE, where a colon within quotes belongs to a parameter. */
  gboolean quoted = FALSE;
  char *colon = line;

  while (*colon && (quoted || *colon != ':')) {
    quoted ^= *colon == '"';
    colon++;
  }
  if (!*colon)
    return;
  *colon = '\0';
  g_autofree char *name = g_ascii_strup (line, (gssize) strcspn (line, ";"));
  const char *value = colon + 1;
  gboolean is_event = g_ascii_strcasecmp (value, "VEVENT") == 0;
  if (strcmp (name, "BEGIN") == 0 && is_event) {
    g_free (event->summary);
    *event = (Event){ .open = TRUE, .first = G_MININT64, .end = G_MININT64, .line = reading->line };
  } else if (strcmp (name, "END") == 0 && is_event && event->open) {
    take_event (reading, event);
    event->open = FALSE;
  } else if (event->open && strcmp (name, "BEGIN") == 0) {
    event->nested++;
  } else if (event->open && strcmp (name, "END") == 0) {
    event->nested -= event->nested > 0;
  } else if (event->open && !event->nested) {
    read_property (reading, event, name, value);
  }
}

void
calendar_read_ics (CalendarReading *reading, const char *text)
{
  Event event = { .open = FALSE };
  unsigned line = 0;
  char *content;

  while ((reading->line = line + 1, content = next_line (&text, &line))) {
    read_line (reading, &event, content);
    g_free (content);
  }
  if (event.open)
    calendar_fail (reading, NULL, NULL, "it ends within an event");
  g_free (event.summary);
}
