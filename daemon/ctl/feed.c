/* SPDX-License-Identifier: MIT */
/* feed: the items of a feed, by the same confined workers that truced uses. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "ctl/print.h"
#include "ctl/verbs.h"
#include "io/worker.h"
#include "worker/wire.h"

static char *option_base, *option_content_type;

const GOptionEntry truce_feed_options[] = {
  { "base", 0, 0, G_OPTION_ARG_FILENAME, &option_base, NULL, NULL },
  { "content-type", 0, 0, G_OPTION_ARG_FILENAME, &option_content_type, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

typedef struct {
  TruceCtl *ctl;
  GMainLoop *loop;
  TruceParsePort parser;
  char *base, *content_type;
  TruceExit status;
} TruceFeedRun;

static void
print_item_record (const TruceItem *item)
{
  g_autoptr (json_t) record = json_object ();

  truce_json_set_text (record, "title", item->title);
  truce_json_set_text (record, "link", item->link);
  truce_json_set_text (record, "id", item->id);
  truce_json_set_time (record, "published", item->published);
  truce_json_set_time (record, "updated", item->updated);
  truce_json_set_text (record, "summary", item->summary);
  truce_json_set_text (record, "author", item->author);
  truce_json_set_strv (record, "categories", (const char *const *) item->categories);
  truce_json_set_strv (record, "enclosures", (const char *const *) item->enclosures);
  truce_print_record (record);
}

static void
print_document (const TruceCtl *ctl, const TruceFeedDocument *document)
{
  truce_print_line (ctl, TRUCE_STYLE_BOLD, "%s", *document->title ? document->title : "(no title)");
  truce_print_line (ctl, TRUCE_STYLE_DIM, "%s, %u %s%s", document->format, document->items->len,
                    document->items->len == 1 ? "item" : "items", document->truncated ? ", incomplete" : "");
  for (guint i = 0; i < document->items->len; i++) {
    const TruceItem *item = g_ptr_array_index (document->items, i);
    TruceTime at = truce_item_time (item);
    g_autofree char *age =
        at > ctl->now && at != TRUCE_TIME_NONE ? truce_print_when (at, ctl->now) : truce_print_age (at, ctl->now);
    const TruceCell cells[] = { { age, TRUCE_AGE_COLUMNS, TRUCE_STYLE_DIM },
                                { *item->title ? item->title : item->summary, 0, TRUCE_STYLE_PLAIN } };

    truce_print_row (ctl, 0, cells, G_N_ELEMENTS (cells));
  }
}

static void
on_parsed (TruceFeedDocument *document, const char *error, gboolean worker_died, gpointer user_data)
{
  TruceFeedRun *run = user_data;

  g_main_loop_quit (run->loop);
  if (!document) {
    run->status =
        truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", run->ctl->arguments[0], error && *error ? error : "not a feed");
    return;
  }
  if (run->ctl->json || !run->ctl->terminal) {
    for (guint i = 0; i < document->items->len; i++)
      print_item_record (g_ptr_array_index (document->items, i));
    if (document->truncated)
      fputs ("note: incomplete: items beyond a limit, or a broken end, were left out\n", stderr);
  } else {
    print_document (run->ctl, document);
  }
}

static void
parse_body (TruceFeedRun *run, GBytes *body)
{
  const TruceParse parse = { body, run->base, run->content_type };

  run->parser.parse (run->parser.self, &parse, on_parsed, run);
}

static void
on_fetched (const TruceFetched *fetched, gpointer user_data)
{
  TruceFeedRun *run = user_data;
  const char *url = run->ctl->arguments[0];

  if (fetched->result == TRUCE_FETCH_ANSWERED && fetched->body) {
    if (!run->base)
      run->base = g_strdup (fetched->final_url ? fetched->final_url : url);
    if (!run->content_type)
      run->content_type = g_strdup (fetched->content_type);
    parse_body (run, fetched->body);
    return;
  }
  if (fetched->result == TRUCE_FETCH_ANSWERED)
    run->status = truce_ctl_fail (TRUCE_EXIT_NO, "%s: HTTP %d", url, fetched->status);
  else
    run->status = truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", url, fetched->error ? fetched->error : "cannot be fetched");
  g_main_loop_quit (run->loop);
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

TruceExit
truce_verb_feed (TruceCtl *ctl)
{
  const char *source = ctl->arguments[0];
  gboolean fetch = g_ascii_strncasecmp (source, "http://", 7) == 0 || g_ascii_strncasecmp (source, "https://", 8) == 0;
  g_autoptr (GBytes) body = fetch ? NULL : read_body (source);

  if (!fetch && !body)
    return TRUCE_EXIT_NO;
  if ((option_base && !g_utf8_validate (option_base, -1, NULL)) ||
      (option_content_type && !g_utf8_validate (option_content_type, -1, NULL)))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--base and --content-type must be UTF-8");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceFeedRun run = { .ctl = ctl, .loop = loop };
  TruceWorkers *workers = truce_workers_new (NULL);
  truce_workers_parse_port (workers, &run.parser);
  run.base = g_strdup (option_base);
  run.content_type = g_strdup (option_content_type);
  if (fetch) {
    /* Whoever names an address means it, be it a private one. */
    const TruceFetch request = { .url = source, .allow_private = TRUE };
    TruceNetPort net;

    truce_workers_net_port (workers, &net);
    net.fetch (net.self, &request, on_fetched, &run);
  } else {
    parse_body (&run, body);
  }
  g_main_loop_run (loop);
  truce_workers_free (workers);
  g_free (run.base);
  g_free (run.content_type);
  return run.status;
}
