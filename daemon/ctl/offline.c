/* SPDX-License-Identifier: MIT */
/* check and match: what a configuration and a query amount to, without a truced. */
#include <stdio.h>

#include "ctl/items.h"
#include "ctl/print.h"
#include "ctl/verbs.h"
#include "io/config_load.h"
#include "news/matcher.h"

static void
print_finding_record (const TruceFinding *finding)
{
  static const char *const severities[] = { "note", "warning", "error" };
  g_autoptr (json_t) record = json_object ();

  truce_json_set_text (record, "severity", severities[finding->severity]);
  truce_json_set_text (record, "path", finding->path);
  if (finding->line > 0)
    truce_json_set_integer (record, "line", finding->line);
  truce_json_set_text (record, "section", finding->section);
  truce_json_set_text (record, "key", finding->key);
  truce_json_set_text (record, "value", finding->value);
  truce_json_set_text (record, "reason", finding->reason);
  truce_print_record (record);
}

static void
append_count (GString *text, guint count, const char *one, const char *many)
{
  if (count > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", count, count == 1 ? one : many);
}

/* "4 milestones, 12 watches, 31 feeds: no findings"; with the file, where nobody has named it. */
static void
print_summary (const TruceCtl *ctl, const TruceConfig *config, const TruceDiags *diags, const char *path)
{
  g_autoptr (GString) found = g_string_new (NULL), counts = g_string_new (NULL);

  append_count (found, truce_diags_count_of (diags, TRUCE_SEVERITY_ERROR), "error", "errors");
  append_count (found, truce_diags_count_of (diags, TRUCE_SEVERITY_WARNING), "warning", "warnings");
  append_count (found, truce_diags_count_of (diags, TRUCE_SEVERITY_NOTE), "note", "notes");
  if (config) {
    append_count (counts, truce_config_n_milestones (config), "milestone", "milestones");
    append_count (counts, truce_config_n_watches (config), "watch", "watches");
    append_count (counts, truce_config_n_feeds (config), "feed", "feeds");
    append_count (counts, truce_config_n_calendars (config), "calendar", "calendars");
  }
  gboolean named = ctl->config || ctl->n_arguments > 0;
  g_autofree char *text =
      g_strdup_printf ("%s%s%s: %s", named && counts->len > 0 ? "" : path, !named && counts->len > 0 ? ": " : "",
                       counts->str, found->len > 0 ? found->str : "no findings");
  g_autofree char *painted = truce_print_paint (ctl, config ? TRUCE_STYLE_GOOD : TRUCE_STYLE_ALARM, text);
  puts (painted);
}

TruceExit
truce_verb_check (TruceCtl *ctl)
{
  gboolean input = ctl->n_arguments == 1 && g_str_equal (ctl->arguments[0], "-");
  g_autofree char *path = input ? g_strdup (TRUCE_CONFIG_INPUT)
                                : truce_ctl_config_path (ctl, ctl->n_arguments == 1 ? ctl->arguments[0] : NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config =
      input ? truce_config_load_input (ctl->now, diags) : truce_config_load (path, ctl->now, diags);

  for (guint i = 0; i < truce_diags_count (diags); i++) {
    const TruceFinding *finding = truce_diags_get (diags, i);

    if (ctl->json) {
      print_finding_record (finding);
    } else {
      /* Never cut: a place must stay one that an editor can jump to. */
      static const TruceStyle styles[] = { TRUCE_STYLE_DIM, TRUCE_STYLE_WARN, TRUCE_STYLE_ALARM };
      g_autofree char *text = truce_finding_to_text (finding);
      g_autofree char *painted = truce_print_paint (ctl, styles[finding->severity], text);

      puts (painted);
    }
  }
  if (!ctl->json)
    print_summary (ctl, config, diags, path);
  return config ? TRUCE_EXIT_DONE : TRUCE_EXIT_NO;
}

static gboolean option_explain;

const GOptionEntry truce_match_options[] = {
  { "explain", 0, 0, G_OPTION_ARG_NONE, &option_explain, NULL, NULL },
  { 0 },
};

typedef struct {
  const TruceCtl *ctl;
  const TruceQuery *query;
  TruceMatcher *matcher;
  GArray *hits;
  guint n_matches;
} TruceMatchRun;

/* `why_not` NULL: it matched. */
static void
print_match (const TruceCtl *ctl, json_t *object, const TruceItem *item, char **matched, const char *why_not)
{
  if (ctl->json || !ctl->terminal) {
    truce_json_set_strv (object, "matched", (const char *const *) matched);
    if (why_not)
      truce_json_set_text (object, "why_not", why_not);
    truce_print_record (object);
  } else {
    g_autofree char *words = g_strjoinv (", ", matched);
    g_autofree char *verdict = option_explain
                                   ? g_strdup_printf ("%s: %s", why_not ? "no" : "yes", why_not ? why_not : words)
                                   : g_strdup (words);

    truce_print_wrapped (ctl, 0, TRUCE_STYLE_PLAIN, *item->title ? item->title : item->summary);
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_DIM, verdict);
  }
}

static void
match_line (json_t *object, TruceItem *item, gpointer user_data)
{
  TruceMatchRun *run = user_data;
  const TruceMatchContext context = { .feed = truce_item_feed_of (object) };

  g_array_set_size (run->hits, 0);
  truce_matcher_run (run->matcher, item, &context, run->hits);
  if (run->hits->len > 0) {
    print_match (run->ctl, object, item, g_array_index (run->hits, TruceHit, 0).matched, NULL);
    run->n_matches++;
  } else if (option_explain) {
    g_autofree char *why_not = truce_matcher_why_not (run->matcher, 0, run->query);
    char *none[] = { NULL };
    print_match (run->ctl, object, item, none, why_not);
  }
  const char *gave_up = truce_matcher_gave_up (run->matcher);
  if (gave_up)
    fprintf (stderr, "trucectl: %s was given up on \"%s\": it takes too many steps there, and counts as not found\n",
             gave_up, item->title);
  truce_item_free (item);
}

TruceExit
truce_verb_match (TruceCtl *ctl)
{
  const char *path = ctl->n_arguments > 1 ? ctl->arguments[1] : "-";
  g_autoptr (GError) error = NULL;
  TruceQuery *query = truce_query_parse (ctl->arguments[0], &error);

  if (!query)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s", error->message);
  FILE *stream = truce_items_open (path);
  if (!stream) {
    truce_query_free (query);
    return TRUCE_EXIT_NO;
  }
  const TruceQuery *queries[] = { query };
  TruceMatchRun run = { ctl, query, truce_matcher_new (queries, 1), truce_hits_new (), 0 };
  if (option_explain && !ctl->json && ctl->terminal) {
    g_autofree char *reading = truce_query_reading (query);
    truce_print_wrapped (ctl, 0, TRUCE_STYLE_GOOD, reading);
  }
  gboolean good = truce_items_read (stream, path, match_line, &run);

  if (stream != stdin)
    fclose (stream);
  g_array_unref (run.hits);
  truce_matcher_free (run.matcher);
  truce_query_free (query);
  return good && run.n_matches > 0 ? TRUCE_EXIT_DONE : TRUCE_EXIT_NO;
}
