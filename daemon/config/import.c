/* SPDX-License-Identifier: MIT */
#include "config/import.h"

#include <string.h>

#include "base/text.h"
#include "config/values.h"
#include "deadline/icalendar.h"

#define SLUG_BYTES_MAX 40 /* of what an id begins with, before its digits */

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
    id = truce_event_slug (event->summary);
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

static gboolean
resolve (const char *text, TruceZone *zone, TruceSpan *ret_span, char **ret_reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, &error);
  const TruceWhenContext context = { .starts = NULL };

  if (when && truce_when_resolve (when, &context, ret_span, NULL, &error))
    return TRUE;
  *ret_reason = g_strdup_printf ("%s: %s", text, error->message);
  return FALSE;
}

/* What stands in the section of its date and the dates that follow it by its rule. */
typedef struct {
  char *due;
  GString *repeat; /* lines; "" when it does not repeat */
  TruceTime latest;
} Dates;

static void
dates_clear (Dates *dates)
{
  g_free (dates->due);
  g_string_free (dates->repeat, TRUE);
}

/* Adds the rule to `dates`, whose last one it is then that passes. */
static gboolean
add_rule (Dates *dates, const TruceEvent *event, const TruceSpan *first, char **ret_reason)
{
  g_autoptr (GString) excepts = g_string_new (NULL);
  g_autoptr (TruceSeries) series = truce_event_series (event, first, excepts, ret_reason);
  TruceSpan last;
  gint64 day;

  if (!series)
    return FALSE;
  if (!truce_series_previous (series, G_MAXINT32, &day)) {
    *ret_reason = g_strdup ("all of its dates are left out");
    return FALSE;
  }
  truce_series_span (series, day, &last);
  dates->latest = last.latest;
  truce_span_clear (&last);
  g_string_append_printf (dates->repeat, "repeat = %s\n%s", truce_series_rule (series), excepts->str);
  return TRUE;
}

static gboolean
read_dates (const TruceEvent *event, TruceZone *zone, Dates *ret_dates, char **ret_reason)
{
  const char *own_due = own_key (event, "due"), *own_zone = own_key (event, "timezone");
  g_autoptr (TruceZone) stated = own_zone ? truce_zone_new (own_zone, NULL) : NULL;
  gboolean repeats = *event->rule != '\0', sound;
  Dates dates = { .due = repeats ? truce_event_repeating_due (event, zone) : truce_event_due (event) };
  TruceSpan span;

  dates.repeat = g_string_new (NULL);
  /* What truced itself has exported says best what the rule begins with. */
  sound = resolve (repeats && own_due ? own_due : dates.due, stated ? stated : zone, &span, ret_reason);
  if (sound) {
    dates.latest = span.latest;
    sound = !repeats || add_rule (&dates, event, &span, ret_reason);
    truce_span_clear (&span);
  }
  if (sound)
    *ret_dates = dates;
  else
    dates_clear (&dates);
  return sound;
}

/* --- the other keys --- */

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
  } else if (event->completed != TRUCE_TIME_NONE && !*event->rule) { /* one date of it is not all */
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
  g_autofree char *title = truce_text_cut (event->summary, TRUCE_EVENT_TITLE_MAX), *id = NULL;
  g_autofree char *leads = own_lead ? g_strdup (own_lead) : truce_event_leads (event), *tags = truce_event_tags (event);
  g_autoptr (GString) section = g_string_new (NULL);
  static const char *const others[] = { "remind-at", "nag", "match" };

  Dates dates;

  if (!read_dates (event, zone, &dates, ret_reason))
    return NULL;
  *ret_latest = dates.latest;
  id = id_of (event, used);
  g_string_append_printf (section, "[milestone %s]\n", id);
  add_key (section, "title", title);
  add_key (section, "timezone", own_key (event, "timezone"));
  add_key (section, "starts", own_key (event, "starts"));
  add_key (section, "due", own_due ? own_due : dates.due);
  add_revisions (section, event);
  g_string_append (section, dates.repeat->str);
  add_key (section, "lead", leads);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    add_key (section, others[i], own_key (event, others[i]));
  add_key (section, "url", truce_event_page (event));
  add_key (section, "tags", tags);
  add_endings (section, event);
  g_string_append_c (section, '\n');
  dates_clear (&dates);
  return g_string_free (g_steal_pointer (&section), FALSE);
}
