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
  g_autofree char *title = truce_text_cut (event->summary, TRUCE_EVENT_TITLE_MAX), *now_due = truce_event_due (event),
                  *id = NULL;
  g_autofree char *leads = own_lead ? g_strdup (own_lead) : truce_event_leads (event), *tags = truce_event_tags (event);
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
  add_key (section, "url", truce_event_page (event));
  add_key (section, "tags", tags);
  add_endings (section, event);
  g_string_append_c (section, '\n');
  return g_string_free (g_steal_pointer (&section), FALSE);
}
