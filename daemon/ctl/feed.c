/* SPDX-License-Identifier: MIT */
/* feed: the items of a feed, by the same confined workers that truced uses. */
#include <stdio.h>

#include "ctl/discover.h"
#include "ctl/print.h"
#include "ctl/source.h"
#include "ctl/verbs.h"
#include "news/habit.h"
#include "news/identity.h"

static char *option_base, *option_content_type;

const GOptionEntry truce_feed_options[] = {
  { "base", 0, 0, G_OPTION_ARG_FILENAME, &option_base, NULL, NULL },
  { "content-type", 0, 0, G_OPTION_ARG_FILENAME, &option_content_type, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

typedef struct {
  TruceCtl *ctl;
  GMainLoop *loop;
  char *error; /* it is no feed, for this reason */
  gboolean worker_died;
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

/* What truced would make of it: how often it has news, and what is odd about it. */
static void
print_lessons (const TruceCtl *ctl, const TruceFeedDocument *document)
{
  g_autoptr (GArray) traits = truce_identity_traits (document->items, document->link);
  const char *identity = truce_identity_to_text (truce_identity_look (traits));
  TruceFeedState state;

  truce_feed_state_init (&state);
  truce_habit_learn (&state, document->items, document->items->len, ctl->now);
  TruceTime ends = truce_habit_patience_ends (&state);
  g_autofree char *habit = truce_duration_to_words (state.habit);
  g_autofree char *age = truce_print_when (state.newest, ctl->now);
  if (identity)
    truce_print_line (ctl, TRUCE_STYLE_WARN, "%s", identity);
  if (ends != TRUCE_TIME_NONE && ends < ctl->now)
    truce_print_line (ctl, TRUCE_STYLE_WARN, "its newest entry is of %s; it was never without one for longer than %s",
                      age, habit);
  truce_feed_state_clear (&state);
}

static void
print_section (const TruceFeedRun *run, const TruceFeedDocument *document)
{
  const char *source = run->ctl->arguments[0];
  g_autofree char *section = g_str_equal (source, "-") ? NULL : truce_discover_section (source, document->title);

  if (!section)
    return;
  truce_print_heading (run->ctl, "To follow it");
  fputs (section, stdout);
}

static void
print_document (const TruceCtl *ctl, const TruceFeedDocument *document)
{
  truce_print_line (ctl, TRUCE_STYLE_BOLD, "%s", *document->title ? document->title : "(no title)");
  truce_print_line (ctl, TRUCE_STYLE_DIM, "%s, %u %s%s", document->format, document->items->len,
                    document->items->len == 1 ? "item" : "items",
                    document->lack != TRUCE_FEED_WHOLE ? ", incomplete" : "");
  if (document->lack != TRUCE_FEED_WHOLE)
    truce_print_wrapped (ctl, 0, TRUCE_STYLE_WARN, truce_feed_lack_words (document->lack));
  print_lessons (ctl, document);
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
on_parsed (TruceFeedDocument *read, const char *error, gboolean worker_died, gpointer user_data)
{
  g_autoptr (TruceFeedDocument) document = read;
  TruceFeedRun *run = user_data;

  g_main_loop_quit (run->loop);
  if (!document) {
    run->error = g_strdup (error && *error ? error : "not a feed");
    run->worker_died = worker_died;
    return;
  }
  if (run->ctl->json || !run->ctl->terminal) {
    for (guint i = 0; i < document->items->len; i++)
      print_item_record (g_ptr_array_index (document->items, i));
    if (document->lack != TRUCE_FEED_WHOLE)
      fprintf (stderr, "note: incomplete: %s\n", truce_feed_lack_words (document->lack));
  } else {
    print_document (run->ctl, document);
    print_section (run, document);
  }
}

TruceExit
truce_verb_feed (TruceCtl *ctl)
{
  if ((option_base && !g_utf8_validate (option_base, -1, NULL)) ||
      (option_content_type && !g_utf8_validate (option_content_type, -1, NULL)))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--base and --content-type must be UTF-8");
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autofree char *url = NULL, *content_type = NULL;
  g_autoptr (GBytes) body = truce_source_read (workers, ctl->arguments[0], &url, &content_type);

  if (!body)
    return TRUCE_EXIT_NO;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceFeedRun run = { .ctl = ctl, .loop = loop };
  const TruceParse parse = { body, option_base ? option_base : url,
                             option_content_type ? option_content_type : content_type };
  TruceParsePort parser;

  truce_workers_parse_port (workers, &parser);
  parser.parse (parser.self, &parse, on_parsed, &run);
  g_main_loop_run (loop);
  g_autofree char *error = run.error;
  if (!error)
    return TRUCE_EXIT_DONE;
  if (run.worker_died)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", ctl->arguments[0], error);
  return truce_discover (ctl, workers, ctl->arguments[0], body, parse.base_url, parse.content_type, error);
}
