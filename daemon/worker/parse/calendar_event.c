/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "worker/parse/calendar_private.h"

#define EXCEPTIONS_MAX 1000    /* of one event: twenty years of weeks */
#define DATE_TEXT_SIZE 80      /* "2026-04-15 17:00:00", and what a compiler fears of six numbers */
#define KEY_PREFIX "X-TRUCED-" /* of the keys of a milestone that truced itself has exported */
#define VALUE_BYTES_MAX 2048   /* of a key: a query or an address may be long */
#define NOTE_BYTES_MAX 120     /* of a title within a sentence */
#define ALARM_SECONDS_MAX ((gint64) 10 * 366 * 86400)

/* A date or date-time with the zone that it is in. */
typedef struct {
  icaltimetype time;
  const char *zone; /* TZID; "UTC"; "" floating */
} Moment;

/* --- times --- */

static Moment
moment_of (icalproperty *property, icaltimetype at)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
  const char *zone = parameter ? icalparameter_get_tzid (parameter) : NULL;
  Moment moment = { at, at.is_date ? "" : icaltime_is_utc (at) ? "UTC" : zone ? zone : "" };

  return moment;
}

/* A moment that can be one: a year that can be written, no field astray. */
static gboolean
is_sound (icaltimetype at)
{
  return !icaltime_is_null_time (at) && icaltime_is_valid_time (at) && at.year >= 1 && at.year <= 9999 &&
         at.month >= 1 && at.month <= 12 && at.day >= 1 && at.day <= icaltime_days_in_month (at.month, at.year) &&
         at.hour >= 0 && at.hour <= 23 && at.minute >= 0 && at.minute <= 59 && at.second >= 0 && at.second <= 59;
}

static gboolean
get_moment (icalcomponent *component, icalproperty_kind kind, Moment *ret_moment)
{
  icalproperty *property = icalcomponent_get_first_property (component, kind);
  icalvalue *value = property ? icalproperty_get_value (property) : NULL;

  if (!value || (icalvalue_isa (value) != ICAL_DATE_VALUE && icalvalue_isa (value) != ICAL_DATETIME_VALUE))
    return FALSE;
  Moment moment = moment_of (property, icalvalue_get_datetime (value));
  if (!is_sound (moment.time))
    return FALSE;
  *ret_moment = moment;
  return TRUE;
}

static const char *
moment_text (icaltimetype at, char buffer[DATE_TEXT_SIZE])
{
  if (at.is_date)
    g_snprintf (buffer, DATE_TEXT_SIZE, "%04d-%02d-%02d", at.year, at.month, at.day);
  else
    g_snprintf (buffer, DATE_TEXT_SIZE, "%04d-%02d-%02d %02d:%02d:%02d", at.year, at.month, at.day, at.hour, at.minute,
                at.second);
  return buffer;
}

static TruceTime
civil_instant (icaltimetype at)
{
  return truce_days_from_date (at.year, at.month, at.day) * TRUCE_DAY + at.hour * TRUCE_HOUR +
         at.minute * TRUCE_MINUTE + at.second * TRUCE_SECOND;
}

/* By UTC or by a zone that the calendar defines; NONE when it defines none. */
static TruceTime
instant_of (TruceCalendarReading *reading, const Moment *moment)
{
  icaltimezone *zone;
  int is_daylight;

  if (moment->time.is_date || !*moment->zone)
    return TRUCE_TIME_NONE;
  if (strcmp (moment->zone, "UTC") == 0)
    return civil_instant (moment->time);
  zone = icalcomponent_get_timezone (reading->zones, moment->zone);
  if (!zone)
    return TRUCE_TIME_NONE;
  icaltimetype at = moment->time;
  return civil_instant (at) - icaltimezone_get_utc_offset (zone, &at, &is_daylight) * TRUCE_SECOND;
}

/* A property that is in UTC whatever it says. */
static TruceTime
utc_of (icalcomponent *component, icalproperty_kind kind)
{
  Moment moment;

  return get_moment (component, kind, &moment) ? civil_instant (moment.time) : TRUCE_TIME_NONE;
}

/* --- repetition --- */

char *
truce_calendar_replaces (icalcomponent *event)
{
  const char *uid = icalcomponent_get_uid (event);
  char text[DATE_TEXT_SIZE];
  Moment moment;

  if (!uid || !get_moment (event, ICAL_RECURRENCEID_PROPERTY, &moment))
    return NULL;
  return g_strdup_printf ("%s\n%s%s", uid, moment_text (moment.time, text),
                          !moment.time.is_date && icaltime_is_utc (moment.time) ? "Z" : "");
}

static void
note (TruceCalendarReading *reading, icalcomponent *event, const char *what)
{
  const char *summary = icalcomponent_get_summary (event);

  if (reading->left_out->len < TRUCE_CALENDAR_NOTES_MAX)
    g_ptr_array_add (reading->left_out, g_strdup_printf ("\"%.*s\" %s", NOTE_BYTES_MAX, summary ? summary : "", what));
}

/* What is read of it, but not all that it says. */
static void
note_dates_unread (TruceCalendarReading *reading, icalcomponent *event)
{
  icalproperty *property = icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY);
  icalparameter *range = property ? icalproperty_get_first_parameter (property, ICAL_RANGE_PARAMETER) : NULL;

  if (range && icalparameter_get_range (range) == ICAL_RANGE_THISANDFUTURE)
    note (reading, event, "changes all later dates of it too: not read, only this one is");
  if (icalcomponent_get_first_property (event, ICAL_RDATE_PROPERTY))
    note (reading, event, "has more dates beside its rule: not read");
}

/* The rule's text, or ""; NULL, having said why, when there is nothing to be had of it. Its dates are not asked of
 * libical, which does not return from some. (transfer full) */
static char *
rule_of (TruceCalendarReading *reading, icalcomponent *event)
{
  icalproperty *property = icalcomponent_get_first_property (event, ICAL_RRULE_PROPERTY);

  if (!property)
    return g_strdup ("");
  struct icalrecurrencetype rule = icalproperty_get_rrule (property);
  if (rule.freq != ICAL_YEARLY_RECURRENCE && rule.freq != ICAL_MONTHLY_RECURRENCE &&
      rule.freq != ICAL_WEEKLY_RECURRENCE && rule.freq != ICAL_DAILY_RECURRENCE) {
    truce_calendar_leave_out (reading, event, "repeats more often than daily: not read");
    return NULL;
  }
  char *text = icalrecurrencetype_as_string_r (&rule);
  char *copy = g_strdup (text ? text : "");
  icalmemory_free_buffer (text);
  return copy;
}

/* --- lists --- */

/* One that names no time is of the whole day; in UTC it says so, and else it is in the zone of the event. */
static void
add_exception (GVariantBuilder *list, icaltimetype at)
{
  char text[DATE_TEXT_SIZE];
  g_autofree char *exception = NULL;

  if (!is_sound (at))
    return;
  exception = g_strconcat (moment_text (at, text), !at.is_date && icaltime_is_utc (at) ? "Z" : "", NULL);
  g_variant_builder_add (list, "s", exception);
}

/* What its rule makes and is none of its dates: exceptions, and occurrences that have an event of their own. */
static GVariant *
exceptions_of (TruceCalendarReading *reading, icalcomponent *event, gboolean repeats)
{
  const char *uid = icalcomponent_get_uid (event);
  g_autofree char *own = g_strdup_printf ("%s\n", uid ? uid : "");
  GVariantBuilder list;
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("as"));
  for (icalproperty *property = icalcomponent_get_first_property (event, ICAL_EXDATE_PROPERTY);
       repeats && property && n < EXCEPTIONS_MAX;
       property = icalcomponent_get_next_property (event, ICAL_EXDATE_PROPERTY), n++)
    add_exception (&list, icalproperty_get_exdate (property));
  g_hash_table_iter_init (&iter, reading->replaced);
  while (repeats && n < EXCEPTIONS_MAX && g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, own)) {
      g_variant_builder_add (&list, "s", (const char *) key + strlen (own));
      n++;
    }
  return g_variant_builder_end (&list);
}

static GVariant *
categories_of (icalcomponent *event)
{
  GVariantBuilder list;
  guint n = 0;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("as"));
  for (icalproperty *property = icalcomponent_get_first_property (event, ICAL_CATEGORIES_PROPERTY);
       property && n < TRUCE_CALENDAR_LIST_MAX;
       property = icalcomponent_get_next_property (event, ICAL_CATEGORIES_PROPERTY), n++) {
    const char *text = icalproperty_get_categories (property);

    g_autofree char *cut = truce_text_cut (text && g_utf8_validate (text, -1, NULL) ? text : "", VALUE_BYTES_MAX);

    g_variant_builder_add (&list, "s", cut);
  }
  return g_variant_builder_end (&list);
}

/* FALSE for an alarm at a moment of its own when the event's is not known. */
static gboolean
read_trigger (icalproperty *property, TruceTime start_at, gint64 *ret_seconds, gboolean *ret_from_end)
{
  struct icaltriggertype trigger = icalproperty_get_trigger (property);
  icalparameter *related = icalproperty_get_first_parameter (property, ICAL_RELATED_PARAMETER);
  gint64 seconds;

  if (icaltime_is_null_time (trigger.time)) {
    const struct icaldurationtype *length = &trigger.duration;
    seconds = (gint64) length->weeks * 7 * 86400 + (gint64) length->days * 86400 + (gint64) length->hours * 3600 +
              (gint64) length->minutes * 60 + length->seconds;
    seconds = length->is_neg ? -seconds : seconds;
  } else {
    if (start_at == TRUCE_TIME_NONE || !is_sound (trigger.time))
      return FALSE;
    seconds = (civil_instant (trigger.time) - start_at) / TRUCE_SECOND;
  }
  if (ABS (seconds) > ALARM_SECONDS_MAX)
    return FALSE;
  *ret_seconds = seconds;
  *ret_from_end = related && icalparameter_get_related (related) == ICAL_RELATED_END;
  return TRUE;
}

static GVariant *
alarms_of (icalcomponent *event, TruceTime start_at)
{
  GVariantBuilder list;
  guint n = 0;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(xb)"));
  for (icalcomponent *alarm = icalcomponent_get_first_component (event, ICAL_VALARM_COMPONENT);
       alarm && n < TRUCE_CALENDAR_ALARMS_MAX;
       alarm = icalcomponent_get_next_component (event, ICAL_VALARM_COMPONENT), n++) {
    icalproperty *property = icalcomponent_get_first_property (alarm, ICAL_TRIGGER_PROPERTY);
    gboolean from_end;
    gint64 seconds;

    if (property && read_trigger (property, start_at, &seconds, &from_end))
      g_variant_builder_add (&list, "(xb)", seconds, from_end);
  }
  return g_variant_builder_end (&list);
}

/* TEXT without its escapes. (transfer full) */
static char *
unescape (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at && plain->len < VALUE_BYTES_MAX; at++) {
    if (*at == '\\' && at[1])
      at++;
    g_string_append_c (plain, *at);
  }
  return g_string_free (plain, FALSE);
}

static GVariant *
keys_of (icalcomponent *event)
{
  GVariantBuilder list;
  guint n = 0;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(ss)"));
  for (icalproperty *property = icalcomponent_get_first_property (event, ICAL_X_PROPERTY);
       property && n < TRUCE_CALENDAR_LIST_MAX; property = icalcomponent_get_next_property (event, ICAL_X_PROPERTY)) {
    const char *name = icalproperty_get_x_name (property), *value = icalproperty_get_x (property);

    if (!name || !value || g_ascii_strncasecmp (name, KEY_PREFIX, strlen (KEY_PREFIX)) != 0)
      continue;
    g_autofree char *key = g_ascii_strdown (name + strlen (KEY_PREFIX), -1);
    g_autofree char *plain = unescape (value);
    g_autofree char *valid = g_utf8_make_valid (plain, -1);
    g_variant_builder_add (&list, "(ss)", key, valid);
    n++;
  }
  return g_variant_builder_end (&list);
}

/* --- the event --- */

/* Of a text or an address, cut to a length that frames have room for. (transfer full) */
static char *
text_of (icalcomponent *event, icalproperty_kind kind)
{
  icalproperty *property = icalcomponent_get_first_property (event, kind);
  icalvalue *value = property ? icalproperty_get_value (property) : NULL;
  const char *text = NULL;

  if (value && icalvalue_isa (value) == ICAL_TEXT_VALUE)
    text = icalvalue_get_text (value);
  else if (value && icalvalue_isa (value) == ICAL_URI_VALUE)
    text = icalvalue_get_uri (value);
  return text && g_utf8_validate (text, -1, NULL) ? truce_text_cut (text, VALUE_BYTES_MAX) : g_strdup ("");
}

/* FALSE when it has none. */
static gboolean
get_end (icalcomponent *event, const Moment *start, Moment *ret_end)
{
  icalproperty *property = icalcomponent_get_first_property (event, ICAL_DURATION_PROPERTY);

  if (icalcomponent_isa (event) != ICAL_VEVENT_COMPONENT)
    return FALSE;
  if (get_moment (event, ICAL_DTEND_PROPERTY, ret_end))
    return start->time.is_date == ret_end->time.is_date;
  if (!property)
    return FALSE;
  *ret_end = *start;
  ret_end->time = icaltime_add (start->time, icalproperty_get_duration (property));
  return is_sound (ret_end->time);
}

/* A to-do's date is when it is due. */
static gboolean
get_start (icalcomponent *event, Moment *ret_start)
{
  return (icalcomponent_isa (event) == ICAL_VTODO_COMPONENT && get_moment (event, ICAL_DUE_PROPERTY, ret_start)) ||
         get_moment (event, ICAL_DTSTART_PROPERTY, ret_start);
}

/* The events that stand for one occurrence each are told apart by it. (transfer full) */
static char *
uid_of (icalcomponent *event)
{
  g_autofree char *replaces = truce_calendar_replaces (event);

  return replaces ? g_strdelimit (g_steal_pointer (&replaces), "\n", '/') : text_of (event, ICAL_UID_PROPERTY);
}

void
truce_calendar_leave_out (TruceCalendarReading *reading, icalcomponent *event, const char *why)
{
  g_autofree char *uid = uid_of (event);

  reading->n_left_out++;
  if (reading->unread->len < TRUCE_CALENDAR_EVENTS_MAX)
    g_ptr_array_add (reading->unread, g_utf8_make_valid (uid, -1));
  note (reading, event, why);
}

GVariant *
truce_calendar_event (TruceCalendarReading *reading, icalcomponent *event)
{
  icalproperty *sequence = icalcomponent_get_first_property (event, ICAL_SEQUENCE_PROPERTY);
  icalproperty *status = icalcomponent_get_first_property (event, ICAL_STATUS_PROPERTY);
  g_autofree char *uid = uid_of (event), *rule = NULL, *summary = text_of (event, ICAL_SUMMARY_PROPERTY);
  g_autofree char *url = text_of (event, ICAL_URL_PROPERTY);
  char start_text[DATE_TEXT_SIZE], end_text[DATE_TEXT_SIZE] = "";
  TruceTime end_at = TRUCE_TIME_NONE;
  Moment start, end;

  if (!get_start (event, &start)) {
    truce_calendar_leave_out (reading, event, "has no date");
    return NULL;
  }
  rule = rule_of (reading, event);
  if (!rule)
    return NULL;
  if (get_end (event, &start, &end)) {
    moment_text (end.time, end_text);
    end_at = instant_of (reading, &end);
  }
  TruceTime start_at = instant_of (reading, &start);
  note_dates_unread (reading, event);
  return g_variant_new ("(sussssssxxsxx@as@a(xb)@a(ss)@as)", g_utf8_validate (uid, -1, NULL) ? uid : "",
                        sequence ? (guint) MAX (icalproperty_get_sequence (sequence), 0) : 0u, summary, url,
                        status && icalproperty_get_status (status) == ICAL_STATUS_CANCELLED ? "cancelled" : "",
                        moment_text (start.time, start_text), end_text, start.zone, start_at, end_at, rule,
                        utc_of (event, ICAL_LASTMODIFIED_PROPERTY), utc_of (event, ICAL_COMPLETED_PROPERTY),
                        categories_of (event), alarms_of (event, start_at), keys_of (event),
                        exceptions_of (reading, event, *rule != '\0'));
}
