/* SPDX-License-Identifier: MIT */
/* The one page that answers: what is next, what is new, what is wrong. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/headlines.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"

#define MILESTONES_SHOWN 6 /* each takes four lines, and a page has forty */
#define OVERDUE_SHOWN 3    /* of these */
#define NEWS_SHOWN 5
#define ALERTS_SHOWN 5
#define FEEDS_SHOWN 5
#define DEAF_SHOWN 5
#define REFUSED_SHOWN 5u
#define NETWORK_REASON "the network is down" /* a feed's due_reason then */

static gboolean
lies_ahead (const json_t *milestone)
{
  const char *state = truce_json_get_text (milestone, "state");

  return g_strcmp0 (state, "ahead") == 0 || g_strcmp0 (state, "open") == 0;
}

static void
show_clock (const TruceCtl *ctl, const json_t *record)
{
  TruceTime expected = truce_json_get_time (record, "clock_expected");
  g_autofree char *after = NULL, *reads = NULL;

  if (expected == TRUCE_TIME_NONE)
    return;
  reads = truce_zone_format (ctl->zone, truce_json_get_time (record, "now"));
  after = truce_zone_format (ctl->zone, expected);
  truce_print_heading (ctl, "Deadlines wait for the clock to be set");
  truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  It reads        %s", reads);
  truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  It is at least  %s", after);
}

/* What has passed and waits for an answer. How many were shown. */
static guint
show_overdue (TruceCtl *ctl, const json_t *milestones)
{
  const json_t *milestone;
  size_t index;
  guint overdue = 0;

  json_array_foreach (milestones, index, milestone) {
    if (!truce_json_get_boolean (milestone, "overdue") || overdue++ >= OVERDUE_SHOWN)
      continue;
    putchar ('\n');
    truce_print_milestone_block (ctl, milestone, FALSE);
  }
  if (overdue > OVERDUE_SHOWN)
    truce_print_line (ctl, TRUCE_STYLE_ALARM, "and %u more overdue: trucectl milestones", overdue - OVERDUE_SHOWN);
  return MIN (overdue, OVERDUE_SHOWN);
}

static TruceExit
show_milestones (TruceCtl *ctl)
{
  g_autoptr (json_t) milestones = NULL;
  const json_t *milestone;
  size_t index;
  guint shown = 0, ahead = 0, overdue = 0;
  TruceExit status = truce_client_read (ctl, "ListMilestones", NULL, &milestones);

  if (status != TRUCE_EXIT_DONE)
    return status;
  overdue = show_overdue (ctl, milestones);
  json_array_foreach (milestones, index, milestone) {
    if (!lies_ahead (milestone) || ahead++ >= MILESTONES_SHOWN - overdue)
      continue;
    putchar ('\n');
    truce_print_milestone_block (ctl, milestone, FALSE);
    shown++;
  }
  if (ahead == 0)
    truce_print_line (ctl, TRUCE_STYLE_PLAIN,
                      json_array_size (milestones) ? "No deadline lies ahead." : "No milestone is configured.");
  else if (ahead > shown)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "and %u more: trucectl milestones", ahead - shown);
  return TRUCE_EXIT_DONE;
}

static TruceExit
read_alerts (TruceCtl *ctl, const char *key, GVariant *value, gint64 limit, json_t **ret_alerts)
{
  GVariantBuilder filter;

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", key, value);
  if (limit > 0)
    g_variant_builder_add (&filter, "{sv}", "limit", g_variant_new_int64 (limit));
  return truce_client_read (ctl, "ListAlerts", g_variant_new ("(a{sv})", &filter), ret_alerts);
}

static TruceExit
show_news (TruceCtl *ctl)
{
  g_autoptr (json_t) alerts = NULL;
  const json_t *alert;
  size_t index;
  TruceExit status = read_alerts (ctl, "kind", g_variant_new_string ("news"), NEWS_SHOWN, &alerts);

  if (status != TRUCE_EXIT_DONE || json_array_size (alerts) == 0)
    return status;
  status = truce_headlines_name_feeds (ctl, alerts);
  if (status != TRUCE_EXIT_DONE)
    return status;
  truce_sort_headlines (alerts);
  truce_print_heading (ctl, "News");
  json_array_foreach (alerts, index, alert) {
    truce_print_headline (ctl, alert);
  }
  return TRUCE_EXIT_DONE;
}

/* How many of `alerts` are about each milestone; milestone -> number. What is news has its own place. (transfer full)
 */
static GHashTable *
count_by_milestone (const json_t *alerts)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);
  const json_t *alert;
  size_t index;

  json_array_foreach (alerts, index, alert) {
    const char *milestone = truce_json_get_text (alert, "milestone");
    if (!milestone || g_strcmp0 (truce_json_get_text (alert, "kind"), "news") == 0)
      continue;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, milestone));
    g_hash_table_insert (counts, (gpointer) milestone, GUINT_TO_POINTER (count + 1));
  }
  return counts;
}

/* Those about one milestone are one line, of the newest of them. */
static TruceExit
show_unacknowledged (TruceCtl *ctl)
{
  g_autoptr (json_t) alerts = NULL;
  const json_t *alert;
  size_t index;
  guint lines = 0, more = 0;
  TruceExit status = read_alerts (ctl, "unacknowledged", g_variant_new_boolean (TRUE), 0, &alerts);

  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autoptr (GHashTable) counts = count_by_milestone (alerts);
  json_array_foreach (alerts, index, alert) {
    const char *milestone = truce_json_get_text (alert, "milestone");
    guint of_it = milestone ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, milestone)) : 1;
    if (of_it == 0 || g_strcmp0 (truce_json_get_text (alert, "kind"), "news") == 0)
      continue; /* has its place */
    if (lines == 0)
      truce_print_heading (ctl, "Other alerts, not acknowledged");
    if (lines++ < ALERTS_SHOWN)
      truce_print_alerts_row (ctl, alert, of_it);
    else
      more += of_it;
    if (milestone)
      g_hash_table_insert (counts, (gpointer) milestone, GUINT_TO_POINTER (0));
  }
  if (more > 0)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  and %u more: trucectl alerts -u", more);
  return TRUCE_EXIT_DONE;
}

/* What cannot be written, and the sinks that alerts wait for. */
static void
show_trouble (TruceCtl *ctl, const json_t *record)
{
  const json_t *sinks = json_object_get (record, "sinks_failing"), *sink;
  size_t index;

  if (truce_json_get_integer (record, "unsaved", 0) > 0 || json_object_get (record, "state_error"))
    truce_print_heading (ctl, "The state cannot be written: see trucectl doctor");
  if (json_array_size (sinks) > 0)
    truce_print_heading (ctl, "Sinks that fail");
  json_array_foreach (sinks, index, sink) {
    const char *error = truce_json_get_text (sink, "error");
    const TruceCell cells[] = { { truce_json_get_text (sink, "sink"), 24, TRUCE_STYLE_PLAIN },
                                { error, 0, TRUCE_STYLE_PLAIN } };
    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

static void
show_refused (TruceCtl *ctl, const json_t *record)
{
  const json_t *refused = json_object_get (record, "refused"), *refusal;
  size_t index;

  if (json_array_size (refused) > 0)
    truce_print_heading (ctl, "Refused by their sinks, and set aside: see trucectl doctor");
  json_array_foreach (refused, index, refusal) {
    const char *alert = truce_json_get_text (refusal, "alert");
    g_autofree char *shown = g_strdup_printf ("%.8s", alert ? alert : "");
    const TruceCell cells[] = { { shown, 8, TRUCE_STYLE_PLAIN },
                                { truce_json_get_text (refusal, "sink"), 14, TRUCE_STYLE_PLAIN },
                                { truce_json_get_text (refusal, "error"), 0, TRUCE_STYLE_PLAIN } };
    if (index < REFUSED_SHOWN)
      truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
  if (json_array_size (refused) > REFUSED_SHOWN)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  and %zu more", json_array_size (refused) - REFUSED_SHOWN);
}

/* Milestones with a query that no feed serves. */
static void
show_deaf (TruceCtl *ctl, const json_t *record)
{
  const json_t *ids = json_object_get (record, "deaf"), *id;
  g_autoptr (GString) names = g_string_new (NULL);
  size_t index;

  json_array_foreach (ids, index, id) {
    if (index < DEAF_SHOWN)
      g_string_append_printf (names, "%s%s", index ? ", " : "", json_string_value (id));
  }
  if (names->len == 0)
    return;
  if (json_array_size (ids) > DEAF_SHOWN)
    g_string_append_printf (names, " and %u more", (guint) json_array_size (ids) - DEAF_SHOWN);
  truce_print_heading (ctl, "No feed that works");
  g_string_prepend (names, "brings news of ");
  truce_print_wrapped (ctl, 2, TRUCE_STYLE_PLAIN, names->str);
}

static void
show_doubtful_feeds (TruceCtl *ctl, const json_t *feeds)
{
  const json_t *feed;
  size_t index;
  guint count = 0;

  json_array_foreach (feeds, index, feed) {
    if (!truce_feed_is_doubtful (feed))
      continue;
    if (count == 0)
      truce_print_heading (ctl, "Feeds to look at");
    if (count++ < FEEDS_SHOWN)
      truce_print_doubtful_feed (ctl, feed);
  }
  if (count > FEEDS_SHOWN)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  and %u more: trucectl feeds", count - FEEDS_SHOWN);
}

static TruceExit
show_failing_feeds (TruceCtl *ctl)
{
  g_autoptr (json_t) feeds = NULL;
  const json_t *feed;
  size_t index;
  guint count = 0, waiting = 0;
  TruceExit status = truce_client_read (ctl, "ListFeeds", g_variant_new ("(s)", ""), &feeds);

  if (status != TRUCE_EXIT_DONE)
    return status;
  json_array_foreach (feeds, index, feed) {
    const char *state = truce_json_get_text (feed, "state");

    if (g_strcmp0 (state, "failing") != 0 && g_strcmp0 (state, "gone") != 0)
      continue;
    if (g_strcmp0 (truce_json_get_text (feed, "due_reason"), NETWORK_REASON) == 0) {
      waiting++; /* none of them is to blame */
      continue;
    }
    if (count == 0)
      truce_print_heading (ctl, "Feeds that fail");
    if (count++ >= FEEDS_SHOWN)
      continue;
    truce_print_failing_feed (ctl, feed);
  }
  if (count > FEEDS_SHOWN)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  and %u more: trucectl feeds", count - FEEDS_SHOWN);
  if (waiting > 0) {
    truce_print_heading (ctl, "The network cannot be reached");
    truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  %u %s it", waiting,
                      waiting == 1 ? "feed waits for" : "feeds wait for");
  }
  show_doubtful_feeds (ctl, feeds);
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_status (TruceCtl *ctl)
{
  static TruceExit (*const parts[]) (TruceCtl *) = { show_milestones, show_news, show_unacknowledged,
                                                     show_failing_feeds };
  g_autoptr (json_t) record = NULL;
  TruceExit status = truce_client_read (ctl, "Status", NULL, &record);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_record (record);
    return TRUCE_EXIT_DONE;
  }
  const char *line = truce_json_get_text (record, "status_line");
  truce_print_line (ctl, TRUCE_STYLE_DIM, "%s", line ? line : "");
  show_clock (ctl, record);
  for (guint i = 0; i < G_N_ELEMENTS (parts) && status == TRUCE_EXIT_DONE; i++)
    status = parts[i](ctl);
  if (status == TRUCE_EXIT_DONE)
    show_deaf (ctl, record);
  if (status == TRUCE_EXIT_DONE)
    show_trouble (ctl, record);
  show_refused (ctl, record);
  return status;
}
