/* SPDX-License-Identifier: MIT */
#include "config/import.h"

#include <string.h>

#include "base/text.h"
#include "config/values.h"
#include "deadline/icalendar.h"

#define SLUG_BYTES_MAX 40 /* of a title, as an id that is typed and read */
#define TITLE_BYTES_MAX 400
#define TAGS_MAX 8 /* of an event; some programs file everything under everything */
#define DAY_SECONDS (TRUCE_DAY / TRUCE_SECOND)

TruceEvent *
truce_event_new (void)
{
  TruceEvent *event = g_new0 (TruceEvent, 1);

  event->start_at = event->modified = event->completed = TRUCE_TIME_NONE;
  event->categories = g_ptr_array_new_with_free_func (g_free);
  event->alarms = g_array_new (FALSE, FALSE, sizeof (TruceEventAlarm));
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
  g_ptr_array_unref (event->categories);
  g_array_unref (event->alarms);
  g_ptr_array_unref (event->keys);
  g_free (event);
}

/* "key = value", unless there is nothing to say. A ';' after a space would begin a comment. */
static void
add_key (GString *section, const char *key, const char *value)
{
  if (!value || !*value)
    return;
  g_string_append_printf (section, "%s = ", key);
  for (const char *at = value; *at; at++)
    if (*at != ' ' || at[1] != ';')
      g_string_append_c (section, *at);
  g_string_append_c (section, '\n');
}

/* What truced itself said under `key` when it exported the milestone, or NULL. */
static const char *
own_key (const TruceEvent *event, const char *key)
{
  for (guint i = 0; i + 1 < event->keys->len; i += 2)
    if (strcmp (g_ptr_array_index (event->keys, i), key) == 0)
      return g_ptr_array_index (event->keys, i + 1);
  return NULL;
}

/* --- the id --- */

/* Lower case letters, digits and single dashes; "" when there are none. (transfer full) */
static char *
slug_of (const char *text)
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

/* An id that is not taken, the same each time for the same event. (transfer full) */
static char *
id_of (const TruceEvent *event, GHashTable *used)
{
  g_autofree char *id = NULL, *own = NULL;

  if (g_str_has_suffix (event->uid, TRUCE_ICALENDAR_UID_SUFFIX)) {
    own = g_strndup (event->uid, strlen (event->uid) - strlen (TRUCE_ICALENDAR_UID_SUFFIX));
    if (!truce_config_id_fault (own))
      id = g_steal_pointer (&own);
  }
  if (!id)
    id = slug_of (event->summary);
  if (!*id || g_hash_table_contains (used, id)) {
    guint64 hash = truce_hash64 (event->uid, -1);
    g_autofree char *base = g_strndup (*id ? id : "event", SLUG_BYTES_MAX);

    do {
      g_free (id);
      id = g_strdup_printf ("%s-%06x", base, (guint) (hash++ & 0xffffff));
    } while (g_hash_table_contains (used, id));
  }
  g_hash_table_add (used, g_strdup (id));
  return g_steal_pointer (&id);
}

/* --- the date --- */

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

/* (transfer full) */
static char *
due_of (const TruceEvent *event)
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

/* The last instant of `text`, as a date in `zone`. */
static gboolean
latest_of (const char *text, TruceZone *zone, TruceTime *ret_latest, char **ret_reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, &error);
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan span;

  if (!when || !truce_when_resolve (when, &context, &span, NULL, &error)) {
    *ret_reason = g_strdup_printf ("%s: %s", text, error->message);
    return FALSE;
  }
  *ret_latest = span.latest;
  truce_span_clear (&span);
  return TRUE;
}

/* --- the other keys --- */

/* Alarms as leads: whole days are days, which people are told of in the morning. (transfer full) */
static char *
leads_of (const TruceEvent *event)
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

/* (transfer full) */
static char *
tags_of (const TruceEvent *event)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *tags = g_string_new (NULL);

  for (guint i = 0; i < event->categories->len && g_hash_table_size (seen) < TAGS_MAX; i++) {
    char *tag = slug_of (g_ptr_array_index (event->categories, i));

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

/* When it ended, as `met` and `cancelled` have it; an event that is cancelled without a word when is so from the
 * beginning of time that dates can name. */
static void
add_endings (GString *section, const TruceEvent *event)
{
  TruceTime at = event->modified == TRUCE_TIME_NONE ? 0 : event->modified;
  const char *met = own_key (event, "met"), *cancelled = own_key (event, "cancelled");
  char text[TRUCE_TIME_TEXT_SIZE];

  if (met || cancelled) {
    add_key (section, met ? "met" : "cancelled", met ? met : cancelled);
  } else if (event->completed != TRUCE_TIME_NONE) {
    add_key (section, "met", truce_time_to_text (event->completed, text));
  } else if (event->cancelled) {
    add_key (section, "cancelled", truce_time_to_text (at, text));
  }
}

static void
add_revisions (GString *section, const TruceEvent *event)
{
  for (guint i = 0; i + 1 < event->keys->len; i += 2)
    if (strcmp (g_ptr_array_index (event->keys, i), "revised") == 0)
      add_key (section, "revised", g_ptr_array_index (event->keys, i + 1));
}

char *
truce_event_to_section (const TruceEvent *event, TruceZone *zone, GHashTable *used, TruceTime *ret_latest,
                        char **ret_reason)
{
  const char *own_due = own_key (event, "due"), *own_lead = own_key (event, "lead");
  g_autofree char *title = truce_text_cut (event->summary, TITLE_BYTES_MAX), *now_due = due_of (event), *id = NULL;
  g_autofree char *leads = own_lead ? g_strdup (own_lead) : leads_of (event), *tags = tags_of (event);
  g_autoptr (GString) section = g_string_new (NULL);
  static const char *const others[] = { "remind-at", "nag", "match" };

  if (!latest_of (now_due, zone, ret_latest, ret_reason))
    return NULL;
  id = id_of (event, used);
  g_string_append_printf (section, "[milestone %s]\n", id);
  add_key (section, "title", title);
  add_key (section, "timezone", own_key (event, "timezone"));
  add_key (section, "starts", own_key (event, "starts"));
  add_key (section, "due", own_due ? own_due : now_due);
  add_revisions (section, event);
  if (*event->rule)
    g_string_append_printf (section, "; one of those that repeat: %s\n", event->rule);
  add_key (section, "lead", leads);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    add_key (section, others[i], own_key (event, others[i]));
  add_key (section, "url", is_web_address (event->url) ? event->url : NULL);
  add_key (section, "tags", tags);
  add_endings (section, event);
  g_string_append_c (section, '\n');
  return g_string_free (g_steal_pointer (&section), FALSE);
}
