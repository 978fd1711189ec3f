/* SPDX-License-Identifier: MIT */
#include "engine/metrics.h"

#include "engine/sink_private.h"
#include "truced-config.h"

static void
begin (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* `label="value", escaped as the format wants it. */
static void
append_label (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s=\"", name);
  for (const char *c = value; *c; c++)
    if (*c == '\\' || *c == '"')
      g_string_append_printf (text, "\\%c", *c);
    else if (*c == '\n')
      g_string_append (text, "\\n");
    else
      g_string_append_c (text, *c);
  g_string_append_c (text, '"');
}

static void
add_integer (GString *text, const char *name, const char *label, const char *of, gint64 value)
{
  g_string_append (text, name);
  if (label) {
    g_string_append_c (text, '{');
    append_label (text, label, of);
    g_string_append_c (text, '}');
  }
  g_string_append_printf (text, " %" G_GINT64_FORMAT "\n", value);
}

/* In seconds since the epoch. */
static void
add_time (GString *text, const char *name, const char *label, const char *of, TruceTime at)
{
  add_integer (text, name, label, of, at / TRUCE_SECOND);
}

/* --- milestones --- */

typedef struct {
  const char *id, *title;
  guint revision;
  TruceTime earliest, latest;
} Date;

static void
add_date (TruceEngine *engine, const TruceMilestone *milestone, GArray *dates, TruceTime now)
{
  Date date = { .id = milestone->id, .title = milestone->title };
  TruceSpan span;

  if (!truce_config_shows (engine->config, milestone) || truce_milestone_ended_at (milestone, now))
    return;
  truce_deadlines_current (engine, milestone, now, &date.revision, &span);
  date.earliest = span.earliest;
  date.latest = span.latest;
  truce_span_clear (&span);
  g_array_append_val (dates, date);
}

static void
add_milestones (TruceEngine *engine, GString *text, TruceTime now)
{
  static const char due[] = "truced_milestone_due_timestamp_seconds";
  static const char latest[] = "truced_milestone_due_latest_timestamp_seconds";
  static const char revisions[] = "truced_milestone_revisions_total", info[] = "truced_milestone_info";
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (Date));

  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++)
    add_date (engine, truce_config_milestone (engine->config, i), dates, now);
  begin (text, due, "gauge", "When the milestone is due, or the first instant of the span that it is due in.");
  for (guint i = 0; i < dates->len; i++)
    add_time (text, due, "milestone", g_array_index (dates, Date, i).id, g_array_index (dates, Date, i).earliest);
  begin (text, latest, "gauge", "The end of the span that the milestone is due in.");
  for (guint i = 0; i < dates->len; i++)
    add_time (text, latest, "milestone", g_array_index (dates, Date, i).id, g_array_index (dates, Date, i).latest);
  begin (text, revisions, "counter", "How often the date of the milestone has changed.");
  for (guint i = 0; i < dates->len; i++)
    add_integer (text, revisions, "milestone", g_array_index (dates, Date, i).id,
                 g_array_index (dates, Date, i).revision);
  begin (text, info, "gauge", "The title of the milestone.");
  for (guint i = 0; i < dates->len; i++) {
    g_string_append_printf (text, "%s{", info);
    append_label (text, "milestone", g_array_index (dates, Date, i).id);
    g_string_append_c (text, ',');
    append_label (text, "title", g_array_index (dates, Date, i).title);
    g_string_append (text, "} 1\n");
  }
}

/* --- feeds --- */

static void
add_feeds (TruceEngine *engine, GString *text)
{
  static const char success[] = "truced_feed_last_success_timestamp_seconds", failures[] = "truced_feed_failures";
  gint64 n_failing = 0;
  guint n_polled = truce_config_n_polled (engine->config);

  begin (text, success, "gauge", "When the feed or calendar was last read, or had nothing new.");
  for (guint i = 0; i < n_polled; i++) {
    const FeedRun *run = truce_polls_find (engine, truce_config_polled (engine->config, i)->id);
    TruceTime last = TRUCE_TIME_MIN;
    if (run && run->state.last_200 != TRUCE_TIME_NONE)
      last = run->state.last_200;
    if (run && run->state.last_304 != TRUCE_TIME_NONE)
      last = MAX (last, run->state.last_304);
    if (last != TRUCE_TIME_MIN)
      add_time (text, success, "feed", run->feed->id, last);
  }
  begin (text, failures, "gauge", "How often the feed or calendar has failed in a row.");
  for (guint i = 0; i < n_polled; i++) {
    const FeedRun *run = truce_polls_find (engine, truce_config_polled (engine->config, i)->id);
    gint n = run ? run->state.failures : 0;
    n_failing += n > 0;
    if (run)
      add_integer (text, failures, "feed", run->feed->id, n);
  }
  begin (text, "truced_feeds_failing", "gauge", "How many feeds and calendars fail.");
  add_integer (text, "truced_feeds_failing", NULL, NULL, n_failing);
}

/* --- alerts --- */

static void
add_alerts (TruceEngine *engine, GString *text)
{
  static const char raised[] = "truced_alerts_raised_total", pending[] = "truced_outbox_pending";
  static const char failures[] = "truced_sink_failures";
  const TruceStorePort *store = &engine->ports.store;
  guint n_sinks = truce_config_n_sinks (engine->config);

  begin (text, raised, "counter", "Alerts raised since truced was started.");
  for (guint kind = 0; kind < TRUCE_N_ALERT_KINDS; kind++)
    add_integer (text, raised, "kind", truce_alert_kind_to_text ((TruceAlertKind) kind), engine->n_raised[kind]);
  begin (text, "truced_alerts_unacknowledged", "gauge", "Alerts that nobody has acknowledged.");
  add_integer (text, "truced_alerts_unacknowledged", NULL, NULL, store->unacknowledged (store->self));
  begin (text, pending, "gauge", "Alerts that wait for the sink, or for somebody to be told at it.");
  for (guint i = 0; i < n_sinks; i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    g_autoptr (GPtrArray) due = store->outbox_due (store->self, sink, TRUCE_TIME_NONE - 1, G_MAXUINT);
    g_autoptr (GPtrArray) pulled = store->outbox_pulled (store->self, sink);
    add_integer (text, pending, "sink", sink, (gint64) due->len + pulled->len);
  }
  begin (text, failures, "gauge", "How often the sink has failed in a row.");
  for (guint i = 0; i < n_sinks; i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    const SinkRun *run = g_hash_table_lookup (engine->sinks, sink);
    add_integer (text, failures, "sink", sink, run ? run->failures : 0);
  }
}

char *
truce_metrics_text (TruceEngine *engine)
{
  GString *text = g_string_new (NULL);
  TruceTime now = truce_engine_now (engine);

  begin (text, "truced_build_info", "gauge", "The version of truced.");
  add_integer (text, "truced_build_info", "version", TRUCED_VERSION, 1);
  add_milestones (engine, text, now);
  add_feeds (engine, text);
  add_alerts (engine, text);
  return g_string_free (text, FALSE);
}
