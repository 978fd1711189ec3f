/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_SECONDS 60

const char *harness_http, *harness_faults;

void
harness_init (int *argc, char ***argv)
{
  harness_http = g_getenv ("ORIGIN_HTTP");
  harness_faults = g_getenv ("ORIGIN_FAULTS");
  if (!harness_http || !harness_faults)
    g_error ("run by tests/lib/origin.py only");
  g_setenv ("SSL_CERT_FILE", g_getenv ("ORIGIN_CA"), TRUE);
  g_test_init (argc, argv, NULL);
}

/* --- waiting --- */

static gboolean
on_patience_lost (gpointer data)
{
  g_error ("waited in vain for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

void
harness_wait_for (const int *count, int wanted, const char *what)
{
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_lost, (gpointer) what);

  while (*count < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

gboolean
harness_tick (gpointer data)
{
  ++*(int *) data;
  return G_SOURCE_CONTINUE;
}

/* --- this process's children --- */

/* The process ids of living or unreaped children whose command begins with `name` (15 letters count); NULL: of all. */
static GArray *
children (const char *name)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks))) {
    g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/children", task);
    g_autofree char *list = NULL;
    g_auto (GStrv) ids = NULL;

    if (!g_file_get_contents (path, &list, NULL, NULL))
      continue;
    ids = g_strsplit (g_strstrip (list), " ", -1);
    for (char **id = ids; *id && **id; id++) {
      g_autofree char *name_path = g_strdup_printf ("/proc/%s/comm", *id);
      g_autofree char *comm = NULL;
      pid_t pid = (pid_t) atoi (*id);

      if (g_file_get_contents (name_path, &comm, NULL, NULL) && (!name || g_str_has_prefix (comm, name)))
        g_array_append_val (found, pid);
    }
  }
  return found;
}

pid_t
harness_only_child (const char *name)
{
  g_autoptr (GArray) found = children (name);

  g_assert_cmpuint (found->len, ==, 1);
  return g_array_index (found, pid_t, 0);
}

guint
harness_count_children (const char *name)
{
  g_autoptr (GArray) found = children (name);

  return found->len;
}

void
harness_assert_no_children (void)
{
  g_autoptr (GArray) found = children (NULL);

  g_assert_cmpuint (found->len, ==, 0);
}

/* --- asking --- */

void
harness_clear_fetched (HarnessFetched *fetched)
{
  g_free (fetched->error);
  g_free (fetched->final_url);
  g_free (fetched->moved_to);
  g_free (fetched->etag);
  g_free (fetched->last_modified);
  g_free (fetched->content_type);
  g_clear_pointer (&fetched->body, g_bytes_unref);
  *fetched = (HarnessFetched){ 0 };
}

void
harness_take_fetched (const TruceFetched *from, gpointer data)
{
  HarnessFetched *fetched = data;
  int done = fetched->done + 1;

  harness_clear_fetched (fetched);
  fetched->done = done;
  fetched->result = from->result;
  fetched->status = from->status;
  fetched->error = g_strdup (from->error);
  fetched->final_url = g_strdup (from->final_url);
  fetched->moved_to = g_strdup (from->moved_to);
  fetched->etag = g_strdup (from->etag);
  fetched->last_modified = g_strdup (from->last_modified);
  fetched->content_type = g_strdup (from->content_type);
  fetched->retry_after = from->retry_after;
  fetched->body = from->body ? g_bytes_ref (from->body) : NULL;
}

void
harness_ask_for (TruceWorkers *workers, const char *base, const char *path, HarnessFetched *fetched)
{
  TruceNetPort port;
  g_autofree char *url = g_strconcat (base, path, NULL);
  TruceFetch fetch = { .url = url, .allow_private = TRUE };
  int done = fetched->done;

  truce_workers_net_port (workers, &port);
  port.fetch (port.self, &fetch, harness_take_fetched, fetched);
  g_assert_cmpint (fetched->done, ==, done); /* never from inside the call */
}

void
harness_fetch (TruceWorkers *workers, const char *base, const char *path, HarnessFetched *fetched)
{
  harness_ask_for (workers, base, path, fetched);
  harness_wait_for (&fetched->done, fetched->done + 1, path);
}

void
harness_clear_parsed (HarnessParsed *parsed)
{
  g_free (parsed->title);
  g_free (parsed->first);
  g_free (parsed->error);
  *parsed = (HarnessParsed){ 0 };
}

static void
on_parsed (TruceFeedDocument *read, const char *error, gboolean worker_died, gpointer data)
{
  g_autoptr (TruceFeedDocument) document = read;
  HarnessParsed *parsed = data;

  g_assert_true ((document != NULL) == (error == NULL));
  parsed->done++;
  parsed->parsed = document != NULL;
  parsed->worker_died = worker_died;
  parsed->error = g_strdup (error);
  if (document) {
    parsed->title = g_strdup (document->title);
    parsed->n_items = document->items->len;
    if (document->items->len > 0)
      parsed->first = g_strdup (((TruceItem *) document->items->pdata[0])->title);
  }
}

void
harness_ask_to_parse (TruceWorkers *workers, GBytes *body, HarnessParsed *parsed)
{
  TruceParsePort port;
  TruceParse parse = { .body = body, .base_url = "http://origin.test/feed.xml", .content_type = "text/xml" };

  truce_workers_parse_port (workers, &port);
  port.parse (port.self, &parse, on_parsed, parsed);
  g_assert_cmpint (parsed->done, ==, 0);
}

GBytes *
harness_feed_of (const char *text, gsize padding)
{
  GString *feed = g_string_new ("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>"
                                "<item><guid>1</guid><title>");

  g_string_append (feed, text);
  g_string_append (feed, "</title></item><!--");
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (feed, 'x');
  g_string_append (feed, "--></channel></rss>");
  return g_string_free_to_bytes (feed);
}

/* --- programs that take the place of the workers --- */

void
harness_clear_place (HarnessPlace *place)
{
  static const char *const names[] = { "truced-net", "truced-parse", "started" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (place->folder, names[i], NULL);
    g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
}

HarnessPlace
harness_place_with (const char *name, const char *script)
{
  HarnessPlace place = { g_dir_make_tmp ("workers-XXXXXX", NULL) };

  g_assert_nonnull (place.folder);
  if (name) {
    g_autofree char *path = g_build_filename (place.folder, name, NULL);
    /* Each start leaves a line. */
    g_autofree char *text = g_strdup_printf ("#!/bin/sh\necho start >> %s/started\n%s\n", place.folder, script);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  }
  return place;
}

guint
harness_starts_in (const HarnessPlace *place)
{
  g_autofree char *path = g_build_filename (place->folder, "started", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  return g_strv_length (lines) - 1;
}
