/* SPDX-License-Identifier: MIT */
#include "config/event.h"

#include <string.h>

#include "config/config.h"
#include "deadline/except.h"

#define SLUG_BYTES_MAX 40   /* of a title, as an id that is typed and read */
#define EXCEPTIONS_A_LINE 8 /* that a line can be read */
#define TAGS_MAX 8          /* of an event; some programs file everything under everything */
#define DAY_SECONDS (TRUCE_DAY / TRUCE_SECOND)

TruceEvent *
truce_event_new (void)
{
  TruceEvent *event = g_new0 (TruceEvent, 1);

  event->start_at = event->modified = event->completed = TRUCE_TIME_NONE;
  event->categories = g_ptr_array_new_with_free_func (g_free);
  event->alarms = g_array_new (FALSE, FALSE, sizeof (TruceEventAlarm));
  event->exceptions = g_ptr_array_new_with_free_func (g_free);
  event->keys = g_ptr_array_new_with_free_func (g_free);
  return event;
}

void
truce_event_free (TruceEvent *event)
{
  if (!event)
    return;
  g_free (event->uid);
  g_free (event->summary);
  g_free (event->url);
  g_free (event->start);
  g_free (event->end);
  g_free (event->zone);
  g_free (event->rule);
  g_ptr_array_unref (event->exceptions);
  g_ptr_array_unref (event->categories);
  g_array_unref (event->alarms);
  g_ptr_array_unref (event->keys);
  g_free (event);
}

/* Lower case letters, digits and single dashes. */
char *
truce_event_slug (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *slug = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = ascii; *at && slug->len < SLUG_BYTES_MAX; at++) {
    if (!g_ascii_isalnum (*at)) {
      gap = slug->len > 0;
      continue;
    }
    if (gap)
      g_string_append_c (slug, '-');
    g_string_append_c (slug, g_ascii_tolower (*at));
    gap = FALSE;
  }
  return g_string_free (slug, FALSE);
}

/* The IANA name in a calendar's name of a zone: "/vendor.org/20070227_1/Europe/Berlin". (transfer none); NULL */
static const char *
zone_name_of (const char *name)
{
  while (name && *name) {
    g_autoptr (TruceZone) zone = truce_zone_new (name, NULL);

    if (zone)
      return name;
    name = strchr (name, '/');
    name = name ? name + 1 : NULL;
  }
  return NULL;
}

/* "2026-04-15 17:00:00" as people write it. (transfer full) */
static char *
without_seconds (const char *text)
{
  return g_str_has_suffix (text, ":00") && strlen (text) > strlen ("2026-04-15 17:00")
             ? g_strndup (text, strlen (text) - strlen (":00"))
             : g_strdup (text);
}

/* The day before the civil day `text`. (transfer full) */
static char *
day_before (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 3);
  int year, month, day;

  if (g_strv_length (parts) != 3)
    return g_strdup (text);
  gint64 days =
      truce_days_from_date ((int) g_ascii_strtoll (parts[0], NULL, 10), (int) g_ascii_strtoll (parts[1], NULL, 10),
                            (int) g_ascii_strtoll (parts[2], NULL, 10));
  truce_date_from_days (days - 1, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
truce_event_due (const TruceEvent *event)
{
  gboolean is_day = !strchr (event->start, ' ');
  const char *zone = zone_name_of (event->zone);

  if (is_day) {
    g_autofree char *last = *event->end ? day_before (event->end) : NULL;
    return last && strcmp (last, event->start) > 0 ? g_strdup_printf ("%s/%s", event->start, last)
                                                   : g_strdup (event->start);
  }
  if (!zone && event->start_at != TRUCE_TIME_NONE) {
    char at[TRUCE_TIME_TEXT_SIZE];
    return g_strdup (truce_time_to_text (event->start_at, at));
  }
  g_autofree char *civil = without_seconds (event->start);
  return zone ? g_strdup_printf ("%s %s", civil, zone) : g_steal_pointer (&civil);
}

const char *
truce_event_unknown_zone (const TruceEvent *event)
{
  gboolean is_unknown = strchr (event->start, ' ') && event->zone && *event->zone &&
                        event->start_at == TRUCE_TIME_NONE && !zone_name_of (event->zone);

  return is_unknown ? event->zone : NULL;
}

char *
truce_event_repeating_due (const TruceEvent *event, TruceZone *zone)
{
  TruceCivil civil;

  if (!strchr (event->start, ' ') || zone_name_of (event->zone) || event->start_at == TRUCE_TIME_NONE)
    return truce_event_due (event);
  truce_zone_to_civil (zone, event->start_at, &civil);
  g_autofree char *here = g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", civil.year, civil.month, civil.day,
                                           civil.hour, civil.minute, civil.second);
  return strcmp (here, event->start) == 0 ? without_seconds (here) : truce_event_due (event);
}

TruceSeries *
truce_event_series (const TruceEvent *event, const TruceSpan *first, GString *excepts, char **ret_reason)
{
  g_autoptr (GError) error = NULL;
  TruceSeries *series = truce_series_new (event->rule, first, &error);
  guint n_kept = 0;

  if (!series) {
    *ret_reason = g_strdup_printf ("%s: %s", event->rule, error->message);
    return NULL;
  }
  for (guint i = 0; i < event->exceptions->len; i++) {
    const char *exception = g_ptr_array_index (event->exceptions, i);
    g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
    /* In the event's zone its day says which it is; in UTC that may be another. */
    g_autofree char *day =
        g_str_has_suffix (exception, "Z") ? g_strdup (exception) : g_strndup (exception, strlen ("2026-04-15"));
    if (!truce_series_except (series, day, doubts, NULL) || doubts->len > 0)
      continue;
    g_string_append_printf (excepts, "%s%s",
                            n_kept % EXCEPTIONS_A_LINE == 0 ? (n_kept ? "\nexcept = " : "except = ") : ", ", day);
    n_kept++;
  }
  if (n_kept > 0)
    g_string_append_c (excepts, '\n');
  return series;
}

/* Alarms as leads: whole days are days, which people are told of in the morning. */
char *
truce_event_leads (const TruceEvent *event)
{
  GString *leads = g_string_new (NULL);

  for (guint i = 0; i < event->alarms->len; i++) {
    const TruceEventAlarm *alarm = &g_array_index (event->alarms, TruceEventAlarm, i);
    gboolean from_end = alarm->from_end && *event->end;
    gint64 size = ABS (alarm->seconds);
    TruceLead lead = { .after = alarm->seconds > 0 };
    char text[TRUCE_LEAD_TEXT_SIZE];

    /* A lead before the end of a span, or from its start into it, is none. */
    if (from_end != lead.after && *event->end && (size != 0 || from_end))
      continue;
    if (size % DAY_SECONDS == 0)
      lead.days = (int) (size / DAY_SECONDS);
    else
      lead.seconds = size;
    g_string_append_printf (leads, "%s%s", leads->len > 0 ? " " : "", truce_lead_to_text (&lead, text));
  }
  return g_string_free (leads, FALSE);
}

char *
truce_event_tags (const TruceEvent *event)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *tags = g_string_new (NULL);

  for (guint i = 0; i < event->categories->len && g_hash_table_size (seen) < TAGS_MAX; i++) {
    char *tag = truce_event_slug (g_ptr_array_index (event->categories, i));

    if (*tag && !g_hash_table_contains (seen, tag))
      g_string_append_printf (tags, "%s%s", tags->len > 0 ? " " : "", tag);
    g_hash_table_add (seen, tag);
  }
  return g_string_free (tags, FALSE);
}

static gboolean
is_web_address (const char *url)
{
  return (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://")) && !strpbrk (url, " \t") &&
         strlen (url) < TRUCE_CONFIG_LINE_MAX / 2;
}

const char *
truce_event_page (const TruceEvent *event)
{
  return is_web_address (event->url) ? event->url : NULL;
}
