/* SPDX-License-Identifier: MIT */
/* How many headlines about one milestone or watch a sink is told of in an hour. Deadlines and changes of dates are
 * never held back. What is told is counted in memory; after a restart, from the store's record of deliveries. */
#include <string.h>

#include "engine/engine_private.h"

#define WINDOW TRUCE_HOUR
#define RAISED_WITHIN TRUCE_DAY /* what was told in the last hour: longer than quiet hours last */

/* A digest counts as one, so that the next headlines know of it. */
static gboolean
counts (const TruceAlert *alert)
{
  return (alert->kind == TRUCE_ALERT_NEWS || alert->kind == TRUCE_ALERT_DIGEST) && (alert->milestone || alert->watch);
}

static char *
key_of (const TruceSink *sink, const TruceAlert *alert)
{
  return alert->milestone ? g_strdup_printf ("%s milestone %s", sink->id, alert->milestone)
                          : g_strdup_printf ("%s watch %s", sink->id, alert->watch);
}

static guint
budget_of (TruceEngine *engine, const TruceAlert *alert)
{
  const TruceMilestone *milestone =
      alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;

  return milestone ? milestone->budget : truce_config_budget (engine->config);
}

static gboolean
same_subject (const TruceAlert *one, const TruceAlert *other)
{
  return g_strcmp0 (one->milestone, other->milestone) == 0 &&
         (one->milestone || g_strcmp0 (one->watch, other->watch) == 0);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  TruceTime x = *(const TruceTime *) a, y = *(const TruceTime *) b;

  return (x > y) - (x < y);
}

static void
add_deliveries (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, GArray *told)
{
  g_autoptr (GPtrArray) records = engine->ports.store.deliveries (engine->ports.store.self, alert->id);

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (record->delivered && strcmp (record->sink, sink->id) == 0)
      g_array_append_val (told, record->at);
  }
}

/* What a consumer has yet to pull was told when it was raised: it counted then, and nobody has shown it since. */
static void
add_pulled (const GPtrArray *pulled, const TruceAlert *alert, GArray *told)
{
  for (guint i = 0; i < pulled->len; i++)
    if (strcmp (g_ptr_array_index (pulled, i), alert->id) == 0)
      g_array_append_val (told, alert->raised);
}

/* What was told before this engine was there, as the store has it. */
static GArray *
told_before (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  const TruceAlertFilter filter = { .since = now - RAISED_WITHIN, .milestone = alert->milestone };
  g_autoptr (GPtrArray) alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);
  g_autoptr (GPtrArray) pulled = engine->ports.store.outbox_pulled (engine->ports.store.self, sink->id);
  GArray *told = g_array_new (FALSE, FALSE, sizeof (TruceTime));

  for (guint i = 0; i < alerts->len; i++) {
    const TruceAlert *other = ((TruceStoredAlert *) g_ptr_array_index (alerts, i))->alert;
    if (!counts (other) || !same_subject (alert, other))
      continue;
    add_deliveries (engine, sink, other, told);
    add_pulled (pulled, other, told);
  }
  g_array_sort (told, compare_times);
  return told;
}

/* When `sink` was told about the subject of `alert` in the last hour, oldest first. */
static GArray *
told_of (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  g_autofree char *key = key_of (sink, alert);
  GArray *told = g_hash_table_lookup (engine->told, key);
  guint kept = 0;

  if (!told) {
    told = told_before (engine, sink, alert, now);
    g_hash_table_insert (engine->told, g_steal_pointer (&key), told);
  }
  for (guint i = 0; i < told->len; i++) {
    TruceTime at = g_array_index (told, TruceTime, i);
    if (at > now - WINDOW && at <= now) /* a later one is of a clock that was ahead */
      g_array_index (told, TruceTime, kept++) = at;
  }
  g_array_set_size (told, kept);
  return told;
}

TruceTime
truce_budget_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  guint budget;
  GArray *told;

  if (alert->kind != TRUCE_ALERT_NEWS || !counts (alert))
    return TRUCE_TIME_MIN;
  budget = budget_of (engine, alert);
  told = told_of (engine, sink, alert, now);
  return told->len < budget ? TRUCE_TIME_MIN : g_array_index (told, TruceTime, told->len - budget) + WINDOW;
}

char *
truce_budget_why (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime until, TruceTime now)
{
  char end[TRUCE_TIME_TEXT_SIZE], since[TRUCE_TIME_TEXT_SIZE];
  GArray *told;

  if (until <= now || truce_budget_waits_until (engine, sink, alert, now) != until)
    return NULL;
  told = told_of (engine, sink, alert, now);
  return g_strdup_printf (TRUCE_HELD_BACK "%s: budget, %u of %u headlines about %s %s told since %s",
                          truce_time_to_text (until, end), told->len, budget_of (engine, alert),
                          alert->milestone ? "milestone" : "watch", alert->milestone ? alert->milestone : alert->watch,
                          truce_time_to_text (g_array_index (told, TruceTime, 0), since));
}

void
truce_budget_to_json (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now,
                      json_t *waiting)
{
  GArray *told = told_of (engine, sink, alert, now);

  truce_json_set_integer (waiting, "told", told->len);
  truce_json_set_integer (waiting, "budget", budget_of (engine, alert));
  if (told->len > 0)
    truce_json_set_time (waiting, "since", g_array_index (told, TruceTime, 0));
}

char *
truce_budget_rule (TruceEngine *engine, const TruceAlert *digest)
{
  if (!counts (digest)) /* of several milestones or watches: each has its own */
    return g_strdup ("budget: headlines beyond it within an hour come as one, later");
  return g_strdup_printf ("budget = %u: headlines about %s %s beyond it within an hour come as one, later",
                          budget_of (engine, digest), digest->milestone ? "milestone" : "watch",
                          digest->milestone ? digest->milestone : digest->watch);
}

void
truce_budget_told (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  if (counts (alert))
    g_array_append_val (told_of (engine, sink, alert, now), now);
}
