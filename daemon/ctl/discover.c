/* SPDX-License-Identifier: MIT */
#include "ctl/discover.h"

#include <stdio.h>

#include "config/feed_section.h"
#include "ctl/print.h"
#include "ctl/source.h"
#include "io/worker_outline.h"

#define HTTP_FORBIDDEN 403
#define HTTP_TOO_MANY_REQUESTS 429
#define HTTP_UNAVAILABLE 503
#define PAUSE_MILLISECONDS \
  2000 /* between requests to one host, as truced keeps it; GLib may cut what is given in seconds short */

/* Where feeds are that no page names: few, since each costs a request. */
static const char *const usual_paths[] = { "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml" };

typedef struct {
  TruceCtl *ctl;
  GMainLoop *loop;
  TruceExit status;
  gboolean is_page, is_opml;
  guint n_feeds;
  const char *source;
  gboolean is_feed; /* of what was tried */
  gboolean is_busy; /* the host wants to be left alone */
  char *title;
} TruceDiscovery;

static void
print_feed (const TruceDiscovery *run, const TruceOutline *feed, GHashTable *used)
{
  /* Somebody who names a private address means it; a page of the internet that does is not to be believed. */
  gboolean allow_private = truce_source_is_private (run->source) && truce_source_is_private (feed->url);
  g_autofree char *section = truce_outline_to_section (feed, "url", allow_private, used);

  if (section)
    truce_print_section (run->ctl, feed->title, feed->url, section);
}

static void
on_list (const TruceOutlineList *list, const char *error, gpointer user_data)
{
  TruceDiscovery *run = user_data;
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_main_loop_quit (run->loop);
  if (!list)
    return;
  run->is_opml = g_strcmp0 (list->format, "opml") == 0;
  run->is_page = !run->is_opml;
  run->n_feeds = run->is_page ? list->feeds->len : 0;
  if (run->n_feeds > 0)
    fprintf (stderr, "note: %s is a web page%s%s%s that names %u %s; to follow %s:\n", run->source,
             *list->title ? " (" : "", list->title, *list->title ? ")" : "", run->n_feeds,
             run->n_feeds == 1 ? "feed" : "feeds", run->n_feeds == 1 ? "it" : "them");
  for (guint i = 0; i < run->n_feeds; i++)
    print_feed (run, g_ptr_array_index (list->feeds, i), used);
}

/* --- where feeds usually are --- */

static void
on_tried (TruceFeedDocument *read, const char *error, gboolean worker_died, gpointer user_data)
{
  g_autoptr (TruceFeedDocument) document = read;
  TruceDiscovery *run = user_data;

  run->is_feed = document != NULL;
  run->title = document ? g_strdup (document->title) : NULL;
  g_main_loop_quit (run->loop);
}

static gboolean
on_pause (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
try_address (TruceDiscovery *run, TruceWorkers *workers, const char *address)
{
  g_autofree char *url = NULL, *content_type = NULL;
  TruceParsePort parser;
  int status = 0;

  g_timeout_add (PAUSE_MILLISECONDS, on_pause, run->loop);
  g_main_loop_run (run->loop);
  g_autoptr (GBytes) body = truce_source_try (workers, address, &url, &content_type, &status);
  run->is_busy = status == HTTP_TOO_MANY_REQUESTS || status == HTTP_UNAVAILABLE || status == HTTP_FORBIDDEN;
  if (!body)
    return FALSE;
  const TruceParse parse = { body, url, content_type };
  truce_workers_parse_port (workers, &parser);
  parser.parse (parser.self, &parse, on_tried, run);
  g_main_loop_run (run->loop);
  return run->is_feed;
}

static gboolean
look_around (TruceDiscovery *run, TruceWorkers *workers, const char *url)
{
  g_autofree char *host = truce_url_host_key (url);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fprintf (stderr, "note: %s is a web page that names no feed; trying where they usually are\n", run->source);
  for (guint i = 0; host && !run->is_busy && i < G_N_ELEMENTS (usual_paths); i++) {
    g_autofree char *address = g_strconcat (host, usual_paths[i], NULL);
    if (!try_address (run, workers, address))
      continue;
    g_autoptr (TruceOutline) feed = truce_outline_new (address, run->title);
    print_feed (run, feed, used);
    g_free (run->title);
    return TRUE;
  }
  return FALSE;
}

TruceExit
truce_discover (TruceCtl *ctl, TruceWorkers *workers, const char *source, GBytes *body, const char *url,
                const char *content_type, const char *error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceDiscovery run = { .ctl = ctl, .loop = loop, .source = source };

  truce_workers_read_outline (workers, body, url, content_type, on_list, &run);
  g_main_loop_run (loop);
  if (run.n_feeds > 0)
    return TRUCE_EXIT_DONE;
  if (run.is_opml)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s: a list of feeds; \"trucectl import opml\" reads it", source);
  if (run.is_page && url && look_around (&run, workers, url))
    return TRUCE_EXIT_DONE;
  return truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", source, error && *error ? error : "not a feed");
}

char *
truce_discover_section (const char *source, const char *title)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_address = truce_source_is_address (source);
  g_autofree char *path = is_address ? NULL : g_canonicalize_filename (source, NULL);
  g_autoptr (TruceOutline) feed = truce_outline_new (is_address ? source : path, title);

  return truce_outline_to_section (feed, is_address ? "url" : "path", truce_source_is_private (source), used);
}
