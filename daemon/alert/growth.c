/* SPDX-License-Identifier: MIT */
/* The alert of a story that one feed more tells. */
#include <string.h>

#include "alert/alert_private.h"
#include "base/text.h"

#define MATCHED_MAX 20 /* as for one entry */
#define OFFICIAL_TITLE_MAX 150

char *
truce_alert_growth_words (const TruceAlert *alert)
{
  const TruceAlertItem *first = alert->items ? g_ptr_array_index (alert->items, 0) : NULL;
  guint more = alert->count > 1 ? alert->count - 1 : 0;
  guint official = alert->official - (first && first->tier == TRUCE_TIER_OFFICIAL && alert->official > 0 ? 1 : 0);

  if (alert->kind != TRUCE_ALERT_NEWS || more == 0)
    return NULL;
  return official > 0 ? g_strdup_printf ("and %u more: %u official", more, official)
                      : g_strdup_printf ("and %u more", more);
}

/* The body says "World Wire — Tariff truce ends (in 7 days)" on its first line: the words go behind the name, in place
 * of those that are there. */
static void
rewrite_body (TruceAlert *grown, const TruceAlert *alert, const TruceAlertGrowth *growth)
{
  g_autofree char *old = truce_alert_growth_words (alert), *words = truce_alert_growth_words (grown);
  g_autofree char *old_part = old ? g_strconcat (" ", old, NULL) : g_strdup ("");
  g_autofree char *body = grown->body;
  gsize name = strlen (growth->first_source), line = strcspn (body, "\n");
  GString *text = g_string_new (body);

  /* A feed may have another name by now. */
  if (!g_str_has_prefix (body, growth->first_source) || !g_str_has_prefix (body + name, old_part)) {
    const char *at = *old_part ? g_strstr_len (body, (gssize) line, old_part) : NULL;
    name = at ? (gsize) (at - body) : line;
    if (!at)
      *old_part = '\0';
  }
  g_string_erase (text, (gssize) name, (gssize) strlen (old_part));
  if (words) {
    g_autofree char *part = g_strconcat (" ", words, NULL);
    g_string_insert (text, (gssize) name, part);
  }
  if (grown->confirmed != alert->confirmed) {
    g_autofree char *title = truce_text_cut (growth->item->title, OFFICIAL_TITLE_MAX);
    g_autofree char *said =
        g_strdup_printf ("\nNow official, %s: %s", growth->feed->title ? growth->feed->title : growth->feed->id, title);
    g_string_insert (text, (gssize) strcspn (text->str, "\n"), said);
  }
  grown->body = g_string_free (text, FALSE);
}

static void
add_matched (TruceAlert *grown, char *const *matched)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = grown->matched ? g_strv_length (grown->matched) : 0;

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, grown->matched[i]);
  for (guint i = 0; matched && matched[i] && n < MATCHED_MAX; i++) {
    gboolean known = FALSE;
    for (guint j = 0; grown->matched && grown->matched[j] && !known; j++)
      known = g_ascii_strcasecmp (grown->matched[j], matched[i]) == 0;
    if (known)
      continue;
    g_strv_builder_add (builder, matched[i]);
    n++;
  }
  g_strfreev (grown->matched);
  grown->matched = g_strv_builder_end (builder);
}

TruceAlert *
truce_alert_grow (const TruceAlert *alert, const TruceAlertGrowth *growth, TruceTime now)
{
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  TruceAlert *grown = truce_alert_from_json (record);
  gboolean official = growth->feed->tier == TRUCE_TIER_OFFICIAL;
  gboolean confirms = official && alert->official == 0;

  grown->count = alert->count + 1;
  grown->sources = growth->sources;
  grown->official = alert->official + (official ? 1 : 0);
  grown->grown = now;
  if (confirms)
    grown->confirmed = now;
  if (grown->items && grown->items->len == TRUCE_ALERT_ITEMS_MAX && confirms)
    g_ptr_array_set_size (grown->items, TRUCE_ALERT_ITEMS_MAX - 1); /* this one must be named */
  if (!grown->items || grown->items->len < TRUCE_ALERT_ITEMS_MAX) {
    TruceAlertItem *entry = truce_alert_add_entry (grown, growth->item, growth->feed, now);
    entry->joined = now;
    entry->copy = growth->copy;
  }
  add_matched (grown, growth->matched);
  rewrite_body (grown, alert, growth);
  return grown;
}
