/* SPDX-License-Identifier: MIT */
/* report: one page that stands alone, for whoever has no terminal: every deadline with the dates that it has had, the
 * news about it, and how the feeds fare. Nothing in it is fetched from elsewhere, and nothing in it runs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/headlines.h"
#include "ctl/report_private.h"
#include "ctl/verbs.h"
#include "truced-config.h"

#define SINCE_DEFAULT "90d"
#define HEADLINES_SHOWN 8 /* for each milestone and watch: the newest */
#define MOVES_SHOWN 8     /* of one milestone: those that wait for an answer come first */
#define ALERTS_SHOWN 40

static const char style[] =
    ":root{color-scheme:light "
    "dark;--text:#1d1d20;--dim:#6b6b70;--page:#fff;--line:#dcdce0;--accent:#1a5fb4;--alarm:#c01c28;--good:#26734d}"
    "@media(prefers-color-scheme:dark){:root{--text:#ececef;--dim:#a0a0a8;--page:#1b1b1f;--line:#3a3a40;--accent:#"
    "78aeed;"
    "--alarm:#ff7b73;--good:#7bd3a5}}"
    "body{font:16px/1.45 system-ui,sans-serif;color:var(--text);background:var(--page);max-width:62rem;margin:2rem "
    "auto;padding:0 1rem}"
    "h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .3rem;border-bottom:1px solid var(--line)}"
    "h3{font-size:1.05rem;margin:1.6rem 0 0}p{margin:.2rem "
    "0}.dim{color:var(--dim)}.alarm{color:var(--alarm)}.good{color:var(--good)}"
    "a{color:var(--accent)}ul{margin:.3rem "
    "0;padding-left:1.2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid "
    "var(--line);vertical-align:top;overflow-wrap:anywhere}"
    "td.when{white-space:nowrap}"
    "svg{width:100%;height:auto;margin:.4rem 0;font:12px system-ui,sans-serif;overflow:visible}"
    "text{paint-order:stroke;stroke:var(--page);stroke-width:4;stroke-linejoin:round}"
    ".grid{stroke:var(--line)}.now{stroke:var(--alarm);stroke-dasharray:4 "
    "3}.tick{fill:var(--dim)}.label{fill:var(--dim)}"
    ".current{fill:var(--text);font-weight:600}.term{stroke:var(--accent);stroke-width:3}.span{stroke:var(--accent);"
    "stroke-width:9}"
    ".asked{stroke:var(--alarm);stroke-dasharray:6 "
    "4}.move{fill:var(--alarm)}.move.dim{opacity:.5}.due.open{fill:var(--page);stroke:var(--alarm);stroke-width:2}"
    ".past{opacity:.45}.due{fill:var(--accent)}.due.past{fill:var(--page);stroke:var(--accent);stroke-width:2}.bar{"
    "fill:var(--accent)}";

static char *option_html, *option_since;

const GOptionEntry truce_report_options[] = {
  { "html", 0, 0, G_OPTION_ARG_FILENAME, &option_html, NULL, NULL },
  { "since", 0, 0, G_OPTION_ARG_STRING, &option_since, NULL, NULL },
  { 0 },
};

/* All that a page is made of. */
typedef struct {
  TruceCtl *ctl;
  GString *page;
  TruceTime since;
  json_t *status, *milestones, *alerts, *headlines, *moves, *feeds;
} Report;

/* --- text --- */

void
truce_html_text (GString *page, const char *text)
{
  g_autofree char *escaped = text ? g_markup_escape_text (text, -1) : NULL;

  if (escaped)
    g_string_append (page, escaped);
}

char *
truce_html_day (const TruceCtl *ctl, TruceTime at)
{
  static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  TruceCivil civil;

  if (at == TRUCE_TIME_NONE)
    return g_strdup ("");
  truce_zone_to_civil (ctl->zone, at, &civil);
  return g_strdup_printf ("%d %s %d", civil.day, names[civil.month - 1], civil.year);
}

void
truce_html_link (GString *page, const char *url, const char *text)
{
  gboolean is_web =
      url && (g_ascii_strncasecmp (url, "https://", 8) == 0 || g_ascii_strncasecmp (url, "http://", 7) == 0);

  if (is_web) {
    g_string_append (page, "<a rel=\"noreferrer\" href=\"");
    truce_html_text (page, url);
    g_string_append (page, "\">");
  }
  truce_html_text (page, text);
  if (is_web)
    g_string_append (page, "</a>");
}

static void
add_element (GString *page, const char *element, const char *class, const char *text)
{
  if (!text || !*text)
    return;
  g_string_append_printf (page, class ? "<%s class=\"%s\">" : "<%s>", element, class);
  truce_html_text (page, text);
  g_string_append_printf (page, "</%s>\n", element);
}

/* --- news --- */

static gboolean
is_about (const json_t *alert, const char *key, const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s:%s", key, id);
  const json_t *also = json_object_get (alert, "also"), *other;
  size_t index;

  if (g_strcmp0 (truce_json_get_text (alert, key), id) == 0)
    return TRUE;
  json_array_foreach (also, index, other) {
    if (g_strcmp0 (json_string_value (other), name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* When it was published; where that is not known, when it was told. */
static TruceTime
time_of (const Report *report, const json_t *alert)
{
  const json_t *item = json_array_get (json_object_get (alert, "items"), 0);
  TruceTime published = truce_json_get_time (item, "published");

  return published > report->ctl->now ? truce_json_get_time (alert, "raised") : published;
}

static void
add_headline (const Report *report, const json_t *alert)
{
  const json_t *item = json_array_get (json_object_get (alert, "items"), 0);
  const char *feed = truce_headline_feed (alert);
  const char *mark = truce_headline_mark (alert), *kind = truce_json_get_text (alert, "kind");
  g_autofree char *day = truce_html_day (report->ctl, time_of (report, alert));

  g_string_append (report->page, "<li>");
  if (mark) {
    g_string_append (report->page, "<span class=\"alarm\">");
    truce_html_text (report->page, mark);
    g_string_append (report->page, "</span> ");
  }
  truce_html_link (report->page, truce_json_get_text (item, "link"),
                   truce_json_get_text (g_strcmp0 (kind, "move") == 0 ? item : alert, "title"));
  g_string_append (report->page, " <span class=\"dim\">");
  truce_html_text (report->page, feed);
  g_string_append_printf (report->page, "%s%s</span></li>\n", feed ? ", " : "", day);
}

/* What the news says of the date of `milestone`; those that wait for an answer come first. (transfer full) */
static json_t *
moves_of (const Report *report, const char *milestone)
{
  json_t *moves = json_array (), *move;
  size_t index;

  json_array_foreach (report->moves, index, move) {
    if (g_strcmp0 (truce_json_get_text (move, "milestone"), milestone) == 0)
      json_array_append (moves, move);
  }
  return moves;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer user_data)
{
  TruceTime x = time_of (user_data, *(const json_t *const *) a), y = time_of (user_data, *(const json_t *const *) b);

  return (x < y) - (x > y);
}

/* The density of the news about one thing, and the newest of them. */
static void
add_news (const Report *report, const char *key, const char *id)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (TruceTime));
  const json_t *alert;
  size_t index;

  json_array_foreach (report->headlines, index, alert) {
    if (is_about (alert, key, id))
      g_ptr_array_add (found, (gpointer) alert);
  }
  if (found->len == 0)
    return;
  g_ptr_array_sort_with_data (found, compare_newest_first, (gpointer) report);
  for (guint i = 0; i < found->len; i++) {
    TruceTime at = time_of (report, g_ptr_array_index (found, i));
    g_array_append_val (times, at);
  }
  g_autoptr (json_t) moves = strcmp (key, "milestone") == 0 ? moves_of (report, id) : json_array ();
  truce_svg_density (report->page, report->ctl, times, moves, report->since);
  g_string_append (report->page, "<ul>\n");
  for (guint i = 0; i < found->len && i < HEADLINES_SHOWN; i++)
    add_headline (report, g_ptr_array_index (found, i));
  g_string_append (report->page, "</ul>\n");
  if (found->len > HEADLINES_SHOWN)
    g_string_append_printf (report->page, "<p class=\"dim\">and %u more</p>\n", found->len - HEADLINES_SHOWN);
}

/* --- milestones --- */

/* What the news says of its date: how sure that is, and in whose words. */
static void
add_move (GString *page, const json_t *move)
{
  const char *status = truce_json_get_text (move, "status");
  const json_t *item = json_array_get (json_object_get (move, "items"), 0);

  g_string_append_printf (page, "<li><span class=\"%s\">", truce_move_waits (move) ? "alarm" : "dim");
  truce_html_text (page, status);
  g_string_append (page, "</span> ");
  truce_html_text (page, truce_json_get_text (move, "says"));
  g_string_append (page, " — “");
  truce_html_link (page, truce_json_get_text (item, "link"), truce_json_get_text (item, "quote"));
  g_string_append (page, "” <span class=\"dim\">");
  truce_html_text (page, truce_json_get_text (item, "publisher"));
  g_string_append (page, "</span></li>\n");
}

static void
add_moves (const Report *report, const json_t *moves)
{
  const json_t *move;
  size_t index;

  if (json_array_size (moves) == 0)
    return;
  g_string_append (report->page, "<p>What the news says of the date:</p>\n<ul>\n");
  json_array_foreach (moves, index, move) {
    if (index < MOVES_SHOWN)
      add_move (report->page, move);
  }
  g_string_append (report->page, "</ul>\n");
  if (json_array_size (moves) > MOVES_SHOWN)
    g_string_append_printf (report->page, "<p class=\"dim\">and %u more</p>\n",
                            (guint) json_array_size (moves) - MOVES_SHOWN);
}

static TruceExit
add_milestone (const Report *report, const char *id)
{
  g_autoptr (json_t) milestone = NULL;
  TruceExit status = truce_client_read (report->ctl, "GetMilestone", g_variant_new ("(s)", id), &milestone);
  GString *page = report->page;

  if (status != TRUCE_EXIT_DONE)
    return status;
  const char *state = truce_json_get_text (milestone, "state");
  TruceTime due = truce_json_get_time (milestone, "due");
  g_autofree char *left = g_strcmp0 (state, "ahead") == 0
                              ? truce_zone_words_until (report->ctl->zone, due, report->ctl->now)
                              : g_strdup (state);
  g_autofree char *line = g_strdup_printf ("%s — %s", truce_json_get_text (milestone, "words"), left);
  g_string_append (page, "<h3>");
  truce_html_link (page, truce_json_get_text (milestone, "url"), truce_json_get_text (milestone, "title"));
  g_string_append (page, "</h3>\n");
  add_element (page, "p", due - report->ctl->now < TRUCE_DAY && g_strcmp0 (state, "ahead") == 0 ? "alarm" : NULL, line);
  add_element (page, "p", "dim", truce_json_get_text (milestone, "history"));
  add_element (page, "p", "dim", truce_json_get_text (milestone, "why"));
  g_autoptr (json_t) moves = moves_of (report, id);
  truce_svg_timeline (page, report->ctl, milestone, moves);
  add_moves (report, moves);
  add_news (report, "milestone", id);
  return TRUCE_EXIT_DONE;
}

static TruceExit
add_milestones (const Report *report)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const json_t *milestone;
  size_t index;
  TruceExit status = TRUCE_EXIT_DONE;

  add_element (report->page, "h2", NULL, "Deadlines");
  json_array_foreach (report->milestones, index, milestone) {
    const char *id = truce_json_get_text (milestone, "id");
    if (status == TRUCE_EXIT_DONE && id && g_hash_table_add (seen, (gpointer) id))
      status = add_milestone (report, id);
  }
  return status;
}

/* Its id, once it is no longer configured. */
static const char *
title_of_watch (const Report *report, const char *id)
{
  const json_t *watch;
  size_t index;

  json_array_foreach (json_object_get (report->status, "watches"), index, watch) {
    if (g_strcmp0 (truce_json_get_text (watch, "id"), id) == 0)
      return truce_json_get_text (watch, "title");
  }
  return id;
}

static void
add_watches (const Report *report)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const json_t *alert;
  size_t index;

  json_array_foreach (report->alerts, index, alert) {
    const char *watch = truce_json_get_text (alert, "watch");
    if (!watch || !g_hash_table_add (seen, (gpointer) watch))
      continue;
    if (g_hash_table_size (seen) == 1)
      add_element (report->page, "h2", NULL, "Watches");
    add_element (report->page, "h3", NULL, title_of_watch (report, watch));
    add_news (report, "watch", watch);
  }
}

/* --- alerts and feeds --- */

static void
add_alerts (const Report *report)
{
  const json_t *alert;
  size_t index;
  guint shown = 0;

  add_element (report->page, "h2", NULL, "What was told");
  g_string_append (report->page, "<table><tr><th>when</th><th>kind</th><th>what</th></tr>\n");
  json_array_foreach (report->alerts, index, alert) {
    const char *kind = truce_json_get_text (alert, "kind");
    if (g_strcmp0 (kind, "news") == 0 || shown++ >= ALERTS_SHOWN)
      continue; /* has its own place */
    g_autofree char *when = truce_zone_format (report->ctl->zone, truce_json_get_time (alert, "raised"));
    g_string_append_printf (report->page, "<tr><td class=\"when\">%s</td><td>%s</td><td>", when, kind);
    truce_html_text (report->page, truce_json_get_text (alert, "title"));
    g_string_append (report->page, "</td></tr>\n");
  }
  g_string_append (report->page, "</table>\n");
  if (shown == 0)
    add_element (report->page, "p", "dim", "nothing yet");
}

static void
add_feed (const Report *report, const json_t *feed)
{
  const char *state = truce_json_get_text (feed, "state");
  const char *title = truce_json_get_text (feed, "title");
  gboolean good = g_strcmp0 (state, "ok") == 0 || g_strcmp0 (state, "new") == 0;
  g_autofree char *last = truce_html_day (report->ctl, truce_json_get_time (feed, "last_new"));

  g_string_append (report->page, "<tr><td>");
  truce_html_link (report->page, truce_json_get_text (feed, "url"), title ? title : truce_json_get_text (feed, "id"));
  g_string_append (report->page, "</td><td>");
  truce_html_text (report->page, truce_json_get_text (feed, "tier"));
  g_string_append_printf (report->page, "</td><td class=\"%s\">", good ? "good" : "alarm");
  truce_html_text (report->page, state);
  g_string_append_printf (report->page, "</td><td class=\"when\">%s</td><td>", last);
  truce_html_text (report->page, truce_json_get_text (feed, "error"));
  g_string_append (report->page, "</td></tr>\n");
}

static void
add_feeds (const Report *report)
{
  const json_t *feed;
  size_t index;

  add_element (report->page, "h2", NULL, "Feeds");
  g_string_append (report->page,
                   "<table><tr><th>feed</th><th>tier</th><th>state</th><th>last news</th><th>error</th></tr>\n");
  json_array_foreach (report->feeds, index, feed) {
    add_feed (report, feed);
  }
  g_string_append (report->page, "</table>\n");
}

/* --- the page --- */

static TruceExit
read_all (Report *report)
{
  GVariantBuilder filter;
  g_autofree char *since = g_malloc (TRUCE_TIME_TEXT_SIZE);
  TruceExit status = truce_client_read (report->ctl, "Status", NULL, &report->status);

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "since", g_variant_new_string (truce_time_to_text (report->since, since)));
  g_autoptr (GVariant) alerts = g_variant_ref_sink (g_variant_new ("(a{sv})", &filter));
  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (report->ctl, "ListMilestones", NULL, &report->milestones);
  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (report->ctl, "ListAlerts", alerts, &report->alerts);
  report->headlines = truce_headlines_of (report->alerts);
  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (report->ctl, "ListMoves", g_variant_new ("(sb)", "", TRUE), &report->moves);
  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (report->ctl, "ListFeeds", g_variant_new ("(s)", ""), &report->feeds);
  truce_headlines_set_feeds (report->headlines, report->feeds);
  return status;
}

static TruceExit
make_page (const Report *report)
{
  g_autofree char *now = truce_zone_format (report->ctl->zone, report->ctl->now);
  TruceExit status;

  g_string_append_printf (report->page,
                          "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                          "'unsafe-inline'\">"
                          "<meta name=\"generator\" content=\"truced %s\"><title>Deadlines, %s</title>\n"
                          "<style>%s</style></head><body>\n<h1>Deadlines, and the news about them</h1>\n",
                          TRUCED_VERSION, now, style);
  g_autofree char *line = g_strdup_printf ("%s: %s", now, truce_json_get_text (report->status, "status_line"));
  add_element (report->page, "p", "dim", line);
  status = add_milestones (report);
  add_watches (report);
  add_alerts (report);
  add_feeds (report);
  g_string_append (report->page, "</body></html>\n");
  return status;
}

/* Under its name when it is whole. */
static TruceExit
write_page (const GString *page)
{
  g_autoptr (GError) error = NULL;

  if (strcmp (option_html, "-") == 0)
    return fwrite (page->str, 1, page->len, stdout) == page->len && fflush (stdout) == 0
               ? TRUCE_EXIT_DONE
               : truce_ctl_fail (TRUCE_EXIT_NO, "standard output: %s", g_strerror (errno));
  if (!g_file_set_contents (option_html, page->str, (gssize) page->len, &error))
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s", error->message);
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_report (TruceCtl *ctl)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Report report = { .ctl = ctl, .page = page };
  TruceExit status;

  if (!option_html)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "report: say where to write it: --html FILE, or - for standard output");
  if (!truce_ctl_read_since (ctl, option_since ? option_since : SINCE_DEFAULT, &report.since, &error))
    return truce_ctl_fail (TRUCE_EXIT_NO, "--since: %s", error->message);
  status = read_all (&report);
  if (status == TRUCE_EXIT_DONE)
    status = make_page (&report);
  if (status == TRUCE_EXIT_DONE)
    status = write_page (page);
  json_decref (report.status);
  json_decref (report.milestones);
  json_decref (report.alerts);
  json_decref (report.headlines);
  json_decref (report.moves);
  json_decref (report.feeds);
  return status;
}
