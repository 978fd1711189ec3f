/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "deadline/icalendar.h"
#include "deadline/names.h"
#include "deadline/restate.h"

#define LINE_OCTETS_MAX 75 /* RFC 5545, 3.1, without the line break */
#define DATE_SIZE 48       /* "20250812T040100Z", and what a compiler fears of five numbers */

/* --- content lines --- */

void
truce_icalendar_line (GString *calendar, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  const char *at = line;
  gsize room = LINE_OCTETS_MAX;

  while (strlen (at) > room) {
    const char *cut = at + room;

    while ((*cut & 0xc0) == 0x80) /* not within a character */
      cut--;
    g_string_append_len (calendar, at, cut - at);
    g_string_append (calendar, "\r\n ");
    at = cut;
    room = LINE_OCTETS_MAX - 1; /* the space counts */
  }
  g_string_append (calendar, at);
  g_string_append (calendar, "\r\n");
}

static void
append_escaped (GString *value, const char *text)
{
  for (const char *at = text; *at; at++) {
    if (*at == '\n') {
      g_string_append (value, "\\n");
      continue;
    }
    if (*at == '\\' || *at == ';' || *at == ',')
      g_string_append_c (value, '\\');
    g_string_append_c (value, *at);
  }
}

void
truce_icalendar_text (GString *calendar, const char *name, const char *text)
{
  g_autoptr (GString) value = g_string_new (NULL);

  if (!text || !*text)
    return;
  append_escaped (value, text);
  truce_icalendar_line (calendar, name, value->str);
}

static void
add_time (GString *calendar, const char *name, TruceTime at)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  char text[DATE_SIZE];
  TruceCivil civil;

  truce_zone_to_civil (utc, at, &civil);
  g_snprintf (text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", civil.year, civil.month, civil.day, civil.hour,
              civil.minute, civil.second);
  truce_icalendar_line (calendar, name, text);
}

static void
add_date (GString *calendar, const char *name, gint64 days)
{
  char text[DATE_SIZE];
  int year, month, day;

  truce_date_from_days (days, &year, &month, &day);
  g_snprintf (text, sizeof text, "%04d%02d%02d", year, month, day);
  truce_icalendar_line (calendar, name, text);
}

/* --- the parts of an event --- */

static void
add_span (GString *calendar, const TruceSpan *span)
{
  gint64 first, end;

  if (truce_span_days (span, &first, &end)) {
    add_date (calendar, "DTSTART;VALUE=DATE", first);
    add_date (calendar, "DTEND;VALUE=DATE", end);
    return;
  }
  add_time (calendar, "DTSTART", span->earliest);
  if (span->latest > span->earliest)
    add_time (calendar, "DTEND", span->latest);
}

/* Seconds from the event's start (after: its end) to the lead. An event of days starts at midnight wherever it is
 * looked at, so its alarms count civil time. */
static gint64
trigger_of (const TruceLead *lead, const TruceSpan *span, int remind_at)
{
  TruceTime at = truce_lead_instant (lead, span, remind_at);
  gint64 first, end;
  TruceCivil civil;

  if (!truce_span_days (span, &first, &end))
    return (at - (lead->after ? span->latest : span->earliest)) / TRUCE_SECOND;
  truce_zone_to_civil (span->zone, at, &civil);
  return (truce_zone_day_of (span->zone, at) - (lead->after ? end : first)) * (TRUCE_DAY / TRUCE_SECOND) +
         civil.hour * 3600 + civil.minute * 60 + civil.second;
}

/* "-P29DT15H", "PT0S". (transfer full) */
static char *
duration_text (gint64 seconds)
{
  gint64 size = ABS (seconds), days = size / TRUCE_SECONDS_A_DAY;
  const int parts[] = { (int) (size % TRUCE_SECONDS_A_DAY / 3600), (int) (size / 60 % 60), (int) (size % 60) };
  GString *text = g_string_new (seconds < 0 ? "-P" : "P");

  if (days > 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "D", days);
  if (size % TRUCE_SECONDS_A_DAY > 0 || days == 0)
    g_string_append_c (text, 'T');
  /* The minutes between hours and seconds have to be said, be they none. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] > 0 || (i == 1 && parts[0] > 0 && parts[2] > 0) || (i == 2 && size == 0))
      g_string_append_printf (text, "%d%c", parts[i], "HMS"[i]);
  return g_string_free (text, FALSE);
}

static void
add_alarm (GString *calendar, const TruceMilestone *milestone, const TruceLead *lead, const TruceSpan *span)
{
  g_autofree char *trigger = duration_text (trigger_of (lead, span, milestone->remind_at));

  truce_icalendar_line (calendar, "BEGIN", "VALARM");
  truce_icalendar_line (calendar, "ACTION", "DISPLAY");
  truce_icalendar_text (calendar, "DESCRIPTION", milestone->title);
  truce_icalendar_line (calendar, lead->after ? "TRIGGER;RELATED=END" : "TRIGGER", trigger);
  truce_icalendar_line (calendar, "END", "VALARM");
}

static const TruceRevision *
revision_of (const TruceMilestone *milestone, guint index)
{
  return truce_milestone_revision (milestone, index);
}

/* For people: what the date is, how it is stated, and how it has moved. */
static void
add_description (GString *calendar, const TruceMilestone *milestone, guint current)
{
  const TruceRevision *revision = revision_of (milestone, current);
  g_autofree char *words = truce_span_to_words (&revision->span);
  g_autoptr (GString) text = g_string_new (words);

  g_string_append_printf (text, "\nStated as: %s", revision->statement);
  for (guint i = current; i > 0; i--) {
    const TruceRevision *moved = revision_of (milestone, i), *before = revision_of (milestone, i - 1);
    g_autofree char *was = truce_span_to_words (&before->span);
    g_autofree char *since = truce_zone_format (milestone->zone, moved->since);

    g_string_append_printf (text, "\nUntil %s it was %s%s%s", since, was, moved->why ? ": " : "",
                            moved->why ? moved->why : "");
  }
  truce_icalendar_text (calendar, "DESCRIPTION", text->str);
}

/* --- what only truced reads --- */

static void
add_ending (GString *calendar, const char *name, const TruceEnding *ending, TruceTime now)
{
  char at[TRUCE_TIME_TEXT_SIZE];

  if (ending->at > now)
    return;
  truce_time_to_text (ending->at, at);
  g_autofree char *text = ending->why ? g_strdup_printf ("%s: %s", at, ending->why) : g_strdup (at);
  truce_icalendar_text (calendar, name, text);
}

static void
add_dates (GString *calendar, const TruceMilestone *milestone, guint current)
{
  const TruceRevision *first = revision_of (milestone, 0);
  g_autofree char *due = truce_span_restate (&first->span, first->statement, milestone->zone);

  truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "DUE", due);
  for (guint i = 1; i <= current; i++) {
    const TruceRevision *revision = revision_of (milestone, i);
    g_autofree char *moved = truce_span_restate (&revision->span, revision->statement, milestone->zone);
    char since[TRUCE_TIME_TEXT_SIZE];

    truce_time_to_text (revision->since, since);
    g_autofree char *text =
        g_strdup_printf ("%s: %s%s%s", since, moved, revision->why ? ": " : "", revision->why ? revision->why : "");
    truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "REVISED", text);
  }
  if (milestone->has_starts) {
    g_autofree char *starts = truce_span_restate (&milestone->starts, NULL, milestone->zone);
    truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "STARTS", starts);
  }
}

static void
add_own (GString *calendar, const TruceMilestone *milestone, guint current, TruceTime now)
{
  g_autoptr (GString) leads = g_string_new (NULL);
  g_autofree char *remind_at = g_strdup_printf ("%02d:%02d", milestone->remind_at / 60, milestone->remind_at % 60);

  for (guint i = 0; i < milestone->leads->len; i++) {
    char lead[TRUCE_LEAD_TEXT_SIZE];

    truce_lead_to_text (&g_array_index (milestone->leads, TruceLead, i), lead);
    g_string_append_printf (leads, "%s%s", i > 0 ? " " : "", lead);
  }
  truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "TIMEZONE", truce_zone_name (milestone->zone));
  add_dates (calendar, milestone, current);
  truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "LEAD", leads->str);
  truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "REMIND-AT", remind_at);
  if (milestone->has_nag) {
    char nag[TRUCE_LEAD_TEXT_SIZE];

    /* It counts from the date on, which its own key does not say. */
    truce_lead_to_text (&milestone->nag, nag);
    truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "NAG", nag + (*nag == '+'));
  }
  truce_icalendar_text (calendar, TRUCE_ICALENDAR_KEY_PREFIX "MATCH", milestone->match);
  add_ending (calendar, TRUCE_ICALENDAR_KEY_PREFIX "MET", &milestone->met, now);
  add_ending (calendar, TRUCE_ICALENDAR_KEY_PREFIX "CANCELLED", &milestone->cancelled, now);
}

/* --- the calendar --- */

void
truce_icalendar_begin (GString *calendar, const char *method)
{
  truce_icalendar_line (calendar, "BEGIN", "VCALENDAR");
  truce_icalendar_line (calendar, "VERSION", "2.0");
  truce_icalendar_line (calendar, "PRODID", "-//truced//truced//EN");
  truce_icalendar_line (calendar, "CALSCALE", "GREGORIAN");
  if (method)
    truce_icalendar_line (calendar, "METHOD", method);
  else /* programs make a new calendar of one that has a name */
    truce_icalendar_line (calendar, "X-WR-CALNAME", "truced");
}

void
truce_icalendar_end (GString *calendar)
{
  truce_icalendar_line (calendar, "END", "VCALENDAR");
}

void
truce_icalendar_add (GString *calendar, const TruceMilestone *milestone, const char *organizer, TruceTime now)
{
  guint current = truce_milestone_revision_at (milestone, now);
  const TruceRevision *revision = revision_of (milestone, current);
  const char *id = milestone->series_id ? milestone->series_id : milestone->id;
  g_autofree char *uid =
      milestone->event ? g_strdup (milestone->event->uid) : g_strconcat (id, TRUCE_ICALENDAR_UID_SUFFIX, NULL);
  g_autofree char *sequence = g_strdup_printf ("%u", truce_milestone_sequence (milestone, current));
  g_autoptr (GString) tags = g_string_new (NULL);

  if (milestone->series)
    truce_icalendar_series_zone (calendar, milestone->series);
  truce_icalendar_line (calendar, "BEGIN", "VEVENT");
  truce_icalendar_line (calendar, "UID", uid);
  add_time (calendar, "DTSTAMP", now);
  if (revision->since > TRUCE_TIME_MIN || milestone->modified > 0)
    add_time (calendar, "LAST-MODIFIED", MAX (revision->since, milestone->modified));
  truce_icalendar_line (calendar, "SEQUENCE", sequence);
  truce_icalendar_line (calendar, "STATUS", milestone->cancelled.at <= now ? "CANCELLED" : "CONFIRMED");
  truce_icalendar_line (calendar, "TRANSP", "TRANSPARENT");
  if (organizer) {
    g_autofree char *address = g_strconcat ("mailto:", organizer, NULL);
    truce_icalendar_line (calendar, "ORGANIZER", address);
  }
  if (milestone->series && !milestone->series_id) {
    truce_icalendar_series_dates (calendar, milestone->series);
  } else {
    if (milestone->series)
      truce_icalendar_series_moved (calendar, milestone->series, milestone->occurrence);
    add_span (calendar, &revision->span);
  }
  truce_icalendar_text (calendar, "SUMMARY", milestone->title);
  add_description (calendar, milestone, current);
  if (milestone->url)
    truce_icalendar_line (calendar, "URL", milestone->url);
  for (const char *const *tag = milestone->tags; tag && *tag; tag++)
    g_string_append_printf (tags, "%s%s", tags->len > 0 ? "," : "", *tag);
  if (tags->len > 0)
    truce_icalendar_line (calendar, "CATEGORIES", tags->str);
  add_own (calendar, milestone, current, now);
  for (guint i = 0; i < milestone->leads->len && !truce_milestone_ended_at (milestone, now); i++)
    add_alarm (calendar, milestone, &g_array_index (milestone->leads, TruceLead, i), &revision->span);
  truce_icalendar_line (calendar, "END", "VEVENT");
}
