/* SPDX-License-Identifier: MIT */
/* export opml: the feeds, from a running truced or from a configuration, as other readers take them. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/verbs.h"
#include "io/config_load.h"
#include "news/outline.h"

static TruceExit
from_config (TruceCtl *ctl, GPtrArray *feeds)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_load (ctl->config, ctl->now, diags);

  if (!config) {
    g_autofree char *findings = truce_diags_to_text (diags);
    fputs (findings, stderr);
    return TRUCE_EXIT_NO;
  }
  for (guint i = 0; i < truce_config_n_feeds (config); i++) {
    const TruceFeed *feed = truce_config_feed (config, i);
    if (!feed->url)
      continue; /* a file is nobody else's */
    TruceOutline *outline = truce_outline_new (feed->url, feed->title ? feed->title : feed->id);
    for (char **tag = feed->tags; tag && *tag; tag++)
      g_ptr_array_add (outline->folders, g_strdup (*tag));
    g_ptr_array_add (feeds, outline);
  }
  return TRUCE_EXIT_DONE;
}

static TruceExit
from_truced (TruceCtl *ctl, GPtrArray *feeds)
{
  g_autoptr (json_t) records = NULL;
  const json_t *record, *tag;
  size_t index, tag_index;
  TruceExit status = truce_client_read (ctl, "ListFeeds", g_variant_new ("(s)", ""), &records);

  json_array_foreach (records, index, record) {
    const char *url = truce_json_get_text (record, "url"), *title = truce_json_get_text (record, "title");
    if (!url || truce_json_get_boolean (record, "calendar"))
      continue; /* a calendar has no entries to read */
    TruceOutline *outline = truce_outline_new (url, title ? title : truce_json_get_text (record, "id"));
    json_array_foreach (json_object_get (record, "tags"), tag_index, tag) {
      if (json_is_string (tag))
        g_ptr_array_add (outline->folders, g_strdup (json_string_value (tag)));
    }
    g_ptr_array_add (feeds, outline);
  }
  return status;
}

TruceExit
truce_export_opml (TruceCtl *ctl)
{
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_outline_free);
  TruceExit status;

  if (ctl->n_arguments > 1)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "export opml: all feeds are in it, \"%s\" is not expected",
                           ctl->arguments[1]);
  status = ctl->config ? from_config (ctl, feeds) : from_truced (ctl, feeds);
  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autofree char *opml = truce_outline_to_opml (feeds, "Feeds of truced");
  fputs (opml, stdout);
  return TRUCE_EXIT_DONE;
}
