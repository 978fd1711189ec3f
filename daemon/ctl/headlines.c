/* SPDX-License-Identifier: MIT */
#include "ctl/headlines.h"

#include "ctl/client.h"

/* Told as reported and as confirmed, a move is one piece of news: the later has all of it. */
static gboolean
is_told_again (GHashTable *moves, const json_t *alert)
{
  const char *move = truce_json_get_text (json_object_get (alert, "move"), "id");

  return move && !g_hash_table_add (moves, (gpointer) move);
}

json_t *
truce_headlines_of (const json_t *alerts)
{
  g_autoptr (GHashTable) moves = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *headlines = json_array (), *alert;
  size_t index;

  json_array_foreach (alerts, index, alert) {
    const char *kind = truce_json_get_text (alert, "kind");
    if (g_strcmp0 (kind, "news") == 0 || (g_strcmp0 (kind, "move") == 0 && !is_told_again (moves, alert)))
      json_array_append (headlines, alert);
  }
  return headlines;
}

TruceExit
truce_headlines_read (TruceCtl *ctl, GVariant *filter, json_t **ret_headlines)
{
  static const char *const kinds[] = { "news", "move" };
  g_autoptr (GVariant) owned = g_variant_ref_sink (filter);
  g_autoptr (json_t) alerts = json_array ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (json_t) found = NULL;
    GVariantDict dict;
    g_variant_dict_init (&dict, owned);
    g_variant_dict_insert (&dict, "kind", "s", kinds[i]);
    TruceExit status =
        truce_client_read (ctl, "ListAlerts", g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)), &found);
    if (status != TRUCE_EXIT_DONE)
      return status;
    json_array_extend (alerts, found);
  }
  *ret_headlines = truce_headlines_of (alerts);
  return TRUCE_EXIT_DONE;
}

const char *
truce_headline_mark (const json_t *alert)
{
  return truce_json_get_text (json_object_get (alert, "move"), "label");
}

#define FEED_TITLE "feed_title" /* of an entry, in a headline that is to be printed */

void
truce_headlines_set_feeds (json_t *headlines, const json_t *feeds)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  const json_t *feed, *alert;
  size_t index;

  json_array_foreach (feeds, index, feed) {
    const char *id = truce_json_get_text (feed, "id"), *title = truce_json_get_text (feed, "title");
    if (id && title && *title)
      g_hash_table_insert (titles, (gpointer) id, (gpointer) title);
  }
  json_array_foreach (headlines, index, alert) {
    json_t *item = json_array_get (json_object_get (alert, "items"), 0);
    const char *id = truce_json_get_text (item, "feed");
    if (id)
      truce_json_set_text (item, FEED_TITLE, g_hash_table_lookup (titles, id));
  }
}

TruceExit
truce_headlines_name_feeds (TruceCtl *ctl, json_t *headlines)
{
  g_autoptr (json_t) feeds = NULL;
  TruceExit status = truce_client_read (ctl, "ListFeeds", g_variant_new ("(s)", ""), &feeds);

  if (status == TRUCE_EXIT_DONE)
    truce_headlines_set_feeds (headlines, feeds);
  return status;
}

const char *
truce_headline_feed (const json_t *alert)
{
  const json_t *item = json_array_get (json_object_get (alert, "items"), 0);
  const char *title = truce_json_get_text (item, FEED_TITLE);

  return title ? title : truce_json_get_text (item, "feed");
}
