/* SPDX-License-Identifier: MIT */
/* truced-parse has read a stranger's bytes: its frame is sound, what it says may not be. Every text is cleaned here,
 * and every address is one of the web or left out. */
#include "io/worker_outline.h"

#include "base/text.h"
#include "io/worker_private.h"
#include "news/feed.h"

typedef struct {
  GBytes *body;
  char *base_url, *content_type;
  TruceOutlineFunc done;
  gpointer user_data;
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_bytes_unref (reading->body);
  g_free (reading->base_url);
  g_free (reading->content_type);
  g_free (reading);
}

static char *
clean (const char *text)
{
  return truce_text_clean (text, -1);
}

static void
take_feed (TruceOutlineList *list, GVariant *variant)
{
  const char *url, *title, *folder;
  g_autoptr (GVariantIter) folders = NULL;

  g_variant_get (variant, "(&s&sas)", &url, &title, &folders);
  g_autofree char *clean_url = clean (url), *clean_title = clean (title), *host = truce_url_host_key (clean_url);
  if (!host || list->feeds->len >= TRUCE_OUTLINE_FEEDS_MAX)
    return;
  TruceOutline *feed = truce_outline_new (clean_url, clean_title);
  while (g_variant_iter_next (folders, "&s", &folder))
    g_ptr_array_add (feed->folders, clean (folder));
  g_ptr_array_add (list->feeds, feed);
}

static void
take_list (const Reading *reading, GVariant *variant)
{
  g_autoptr (TruceOutlineList) list = truce_outline_list_new ();
  g_autoptr (GVariantIter) left_out = NULL, feeds = NULL;
  const char *format, *title, *sentence;
  GVariant *feed;

  g_variant_get (variant, "(&s&sbasa(ssas))", &format, &title, &list->truncated, &left_out, &feeds);
  g_free (list->format);
  g_free (list->title);
  list->format = clean (format);
  list->title = clean (title);
  while (g_variant_iter_next (left_out, "&s", &sentence))
    g_ptr_array_add (list->left_out, clean (sentence));
  while ((feed = g_variant_iter_next_value (feeds))) {
    take_feed (list, feed);
    g_variant_unref (feed);
  }
  reading->done (list, NULL, reading->user_data);
}

static GVariant *
ask (guint64 request, gpointer data)
{
  const Reading *reading = data;

  return g_variant_new ("(tss@ay)", request, reading->base_url, reading->content_type,
                        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, reading->body, TRUE));
}

static void
take_answer (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  const Reading *reading = data;
  g_autoptr (GVariant) list = NULL;
  const char *error = why;

  if (result == TRUCE_WORKER_ANSWERED)
    g_variant_get_child (answer, 1, "&s", &error);
  if (error && *error) {
    g_autofree char *text = clean (error);

    reading->done (NULL, text, reading->user_data);
    return;
  }
  list = g_variant_get_child_value (answer, 2);
  take_list (reading, list);
}

void
truce_workers_read_outline (TruceWorkers *workers, GBytes *body, const char *base_url, const char *content_type,
                            TruceOutlineFunc done, gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->body = g_bytes_ref (body);
  reading->base_url = g_utf8_make_valid (base_url ? base_url : "", -1);
  reading->content_type = g_utf8_make_valid (content_type ? content_type : "", -1);
  reading->done = done;
  reading->user_data = user_data;
  truce_worker_client_ask (truce_workers_outline_client (workers), ask, take_answer, reading, free_reading);
}
