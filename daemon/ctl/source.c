/* SPDX-License-Identifier: MIT */
#include "ctl/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/address.h"
#include "worker/wire.h"

typedef struct {
  GMainLoop *loop;
  const char *url;
  gboolean quiet;
  int status;
  GBytes *body;
  char *final_url, *content_type;
} TruceSourceRun;

static void
on_fetched (const TruceFetched *fetched, gpointer user_data)
{
  TruceSourceRun *run = user_data;

  run->status = fetched->result == TRUCE_FETCH_ANSWERED ? fetched->status : 0;
  if (fetched->result == TRUCE_FETCH_ANSWERED && fetched->body) {
    run->body = g_bytes_ref (fetched->body);
    run->final_url = g_strdup (fetched->final_url ? fetched->final_url : run->url);
    run->content_type = g_strdup (fetched->content_type);
  } else if (!run->quiet && fetched->result == TRUCE_FETCH_ANSWERED) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: HTTP %d", run->url, fetched->status);
  } else if (!run->quiet) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", run->url, fetched->error ? fetched->error : "cannot be fetched");
  }
  g_main_loop_quit (run->loop);
}

/* NULL after saying why not, unless `ret_status` is asked for. (transfer full) */
static GBytes *
fetch_body (TruceWorkers *workers, const char *url, char **ret_url, char **ret_content_type, int *ret_status)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  /* Whoever names an address means it, be it a private one. */
  const TruceFetch request = { .url = url, .allow_private = TRUE };
  TruceSourceRun run = { .loop = loop, .url = url, .quiet = ret_status != NULL };
  TruceNetPort net;

  truce_workers_net_port (workers, &net);
  net.fetch (net.self, &request, on_fetched, &run);
  g_main_loop_run (loop);
  if (ret_status)
    *ret_status = run.status;
  if (run.body) {
    *ret_url = run.final_url;
    *ret_content_type = run.content_type;
  }
  return run.body;
}

/* Standard input or a file, whole; NULL after saying why not. (transfer full) */
static GBytes *
read_body (const char *path)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FILE *stream = g_str_equal (path, "-") ? stdin : fopen (path, "re");
  guint8 buffer[1 << 14];
  size_t got;

  if (!stream) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  while (bytes->len <= TRUCE_BODY_MAX && (got = fread (buffer, 1, sizeof buffer, stream)) > 0)
    g_byte_array_append (bytes, buffer, (guint) got);
  int failure = ferror (stream) ? errno : 0;
  if (stream != stdin)
    fclose (stream);
  if (failure) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", path, g_strerror (failure));
    return NULL;
  }
  if (bytes->len > TRUCE_BODY_MAX) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: larger than %u MiB", path, TRUCE_BODY_MAX >> 20);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
truce_source_is_address (const char *source)
{
  return g_ascii_strncasecmp (source, "http://", 7) == 0 || g_ascii_strncasecmp (source, "https://", 8) == 0;
}

gboolean
truce_source_is_private (const char *source)
{
  g_autoptr (GUri) uri =
      truce_source_is_address (source) ? g_uri_parse (source, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (!host || !*host)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  return truce_address_class_of_url (source) != NULL;
}

GBytes *
truce_source_try (TruceWorkers *workers, const char *url, char **ret_url, char **ret_content_type, int *ret_status)
{
  return fetch_body (workers, url, ret_url, ret_content_type, ret_status);
}

GBytes *
truce_source_read (TruceWorkers *workers, const char *source, char **ret_url, char **ret_content_type)
{
  if (truce_source_is_address (source))
    return fetch_body (workers, source, ret_url, ret_content_type, NULL);
  if (strstr (source, "://")) {
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: only http and https addresses can be fetched", source);
    return NULL;
  }
  return read_body (source);
}
