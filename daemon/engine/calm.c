/* SPDX-License-Identifier: MIT */
/* Between the outbox and the sinks: what has to wait, and what comes as one.
 *
 * All of it is about one sink's telling. An alert is raised and stored when its time has come; while a sink has quiet
 * hours its row of the outbox is put off until they end. What waited, and what is late, is then told by one digest,
 * which takes their place in the outbox in one transaction: after a crash either they are there or it. */
#include <string.h>

#include "engine/sink_private.h"

#define SCAN_MAX 10000 /* rows of one sink looked at together: more follow in a digest of their own */

/* What one digest will tell to one or more sinks. */
typedef struct {
  GPtrArray *alerts; /* TruceAlert *, with their words as of now */
  GPtrArray *sinks;  /* ids, not owned */
  TruceDigestReason reason;
} Bundle;

static Bundle *
bundle_new (const char *sink)
{
  Bundle *bundle = g_new0 (Bundle, 1);

  bundle->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  bundle->sinks = g_ptr_array_new ();
  g_ptr_array_add (bundle->sinks, (gpointer) sink);
  return bundle;
}

static void
bundle_free (gpointer data)
{
  Bundle *bundle = data;

  g_ptr_array_unref (bundle->alerts);
  g_ptr_array_unref (bundle->sinks);
  g_free (bundle);
}

gboolean
truce_calm_put_off (const TruceOutboxEntry *entry, const TruceStoredAlert *stored)
{
  return entry->attempts == 0 && entry->next_try != stored->alert->raised &&
         entry->next_try != stored->alert->confirmed; /* then it was told once more, at once */
}

TruceTime
truce_calm_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  TruceTime end;

  if (truce_quiet_passes (alert))
    return TRUCE_TIME_MIN;
  if (sink->digest >= 0)
    return truce_daily_waits_until (engine, sink, alert, now);
  end = truce_quiet_end (&sink->quiet, truce_config_zone (engine->config), now);
  return end == TRUCE_TIME_NONE ? truce_budget_waits_until (engine, sink, alert, now) : end;
}

gboolean
truce_calm_put_by (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime until, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autofree char *why = truce_budget_why (engine, sink, alert, until, now);

  return store->postpone (store->self, alert->id, sink->id, now, why, FALSE, until, NULL);
}

/* --- what comes as one --- */

/* Why the alert of `entry`, which is due, may be told within a digest. FALSE: it is told by itself. */
static gboolean
may_join (TruceEngine *engine, const TruceSink *sink, const TruceOutboxEntry *entry, const TruceStoredAlert *stored,
          TruceDigestReason *ret_reason)
{
  const TruceAlert *alert = stored->alert;

  /* What somebody asked to be told again, or a sink has refused once, comes as itself. */
  if (entry->attempts > 0 || stored->snoozed != TRUCE_TIME_NONE || alert->kind == TRUCE_ALERT_DIGEST)
    return FALSE;
  *ret_reason = TRUCE_DIGEST_DAILY;
  if (sink->digest >= 0)
    return truce_calm_put_off (entry, stored) || !truce_quiet_passes (alert);
  if (truce_calm_put_off (entry, stored)) {
    gboolean quiet_end =
        truce_quiet_end (&sink->quiet, truce_config_zone (engine->config), entry->next_try - 1) == entry->next_try;
    *ret_reason = quiet_end                         ? TRUCE_DIGEST_QUIET
                  : alert->kind == TRUCE_ALERT_NEWS ? TRUCE_DIGEST_BUDGET
                                                    : TRUCE_DIGEST_WAITED;
    return TRUE;
  }
  *ret_reason = TRUCE_DIGEST_LATE;
  return alert->late && truce_alert_counts_time (alert);
}

static void
add_to_bundle (TruceEngine *engine, const TruceSink *sink, Bundle *bundle, const TruceOutboxEntry *entry, TruceTime now)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, entry->alert, NULL);
  TruceDigestReason reason;
  const char *why;

  if (stored && may_join (engine, sink, entry, stored, &reason)) {
    TruceAlert *told = truce_returning_alert (engine, stored->alert, truce_calm_put_off (entry, stored), now, &why);
    if (told && truce_calm_waits_until (engine, sink, told, now) <= now) {
      bundle->reason = bundle->alerts->len == 0 || bundle->reason == reason ? reason : TRUCE_DIGEST_WAITED;
      g_ptr_array_add (bundle->alerts, told);
    } else {
      truce_alert_unref (told);
    }
  }
  truce_stored_alert_free (stored);
}

/* What `sink` gets as one at `now`; NULL when there are no two of them, or for a daily summary not one. */
static Bundle *
bundle_for (TruceEngine *engine, const TruceSink *sink, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) due = store->outbox_due (store->self, sink->id, now, SCAN_MAX);
  guint least = sink->digest >= 0 ? 1 : 2;
  Bundle *bundle;

  if (due->len < least)
    return NULL;
  bundle = bundle_new (sink->id);
  for (guint i = 0; i < due->len; i++) {
    const TruceOutboxEntry *entry = g_ptr_array_index (due, i);
    if (!entry->is_fresh_news && !truce_outbox_is_unrecorded (engine, entry))
      add_to_bundle (engine, sink, bundle, entry, now);
  }
  if (bundle->alerts->len >= least)
    return bundle;
  bundle_free (bundle);
  return NULL;
}

static gboolean
same_bundle (TruceEngine *engine, const Bundle *one, const Bundle *other)
{
  if (one->reason != other->reason || one->alerts->len != other->alerts->len ||
      (one->reason == TRUCE_DIGEST_DAILY && !truce_daily_same (engine, one->sinks->pdata[0], other->sinks->pdata[0])))
    return FALSE;
  for (guint i = 0; i < one->alerts->len; i++) {
    const TruceAlert *a = g_ptr_array_index (one->alerts, i), *b = g_ptr_array_index (other->alerts, i);
    if (strcmp (a->id, b->id) != 0)
      return FALSE;
  }
  return TRUE;
}

/* Sinks that would get the same get the same digest: it is acknowledged once. */
static void
add_bundle (TruceEngine *engine, GPtrArray *bundles, Bundle *bundle)
{
  for (guint i = 0; i < bundles->len; i++) {
    Bundle *other = g_ptr_array_index (bundles, i);
    if (same_bundle (engine, bundle, other)) {
      g_ptr_array_add (other->sinks, g_ptr_array_index (bundle->sinks, 0));
      bundle_free (bundle);
      return;
    }
  }
  g_ptr_array_add (bundles, bundle);
}

/* The title of the one milestone or watch that all are about, or NULL. */
static const char *
subject_of (TruceEngine *engine, GPtrArray *alerts)
{
  const TruceAlert *first = g_ptr_array_index (alerts, 0);
  const TruceMilestone *milestone;

  for (guint i = 1; i < alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (alerts, i);
    if (g_strcmp0 (alert->milestone, first->milestone) != 0 ||
        (!alert->milestone && g_strcmp0 (alert->watch, first->watch) != 0))
      return NULL;
  }
  if (first->milestone) {
    milestone = truce_config_find_milestone (engine->config, first->milestone);
    return milestone ? milestone->title : NULL;
  }
  for (guint i = 0; first->watch && i < truce_config_n_watches (engine->config); i++) {
    const TruceWatch *watch = truce_config_watch (engine->config, i);
    if (strcmp (watch->id, first->watch) == 0)
      return watch->title;
  }
  return NULL;
}

/* Cannot be written: then they stay where they are, and each is told by itself. */
static void
tell_as_one (TruceEngine *engine, const Bundle *bundle, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);
  g_autoptr (GPtrArray) sinks = g_ptr_array_new ();

  g_ptr_array_extend (sinks, bundle->sinks, NULL, NULL);
  g_ptr_array_add (sinks, NULL);
  const char *const *ids = (const char *const *) sinks->pdata;
  const char *subject = subject_of (engine, bundle->alerts);
  TruceAlert *digest = bundle->reason == TRUCE_DIGEST_DAILY
                           ? truce_daily_summary (engine, ids, bundle->alerts, subject, now)
                           : truce_alert_for_digest (bundle->alerts, bundle->reason, subject, ids, now);
  for (guint i = 0; ids[i]; i++)
    for (guint j = 0; j < bundle->alerts->len; j++)
      truce_commit_add_fold (commit, ((TruceAlert *) g_ptr_array_index (bundle->alerts, j))->id, ids[i], digest);
  truce_commit_add_alert (commit, digest, ids);
  truce_engine_try_commit (engine, commit);
}

/* --- when the rules have changed --- */

/* What waits is judged anew: other quiet hours may be in force. */
static void
judge_anew (TruceEngine *engine, const TruceSink *sink, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) all = store->outbox_due (store->self, sink->id, TRUCE_TIME_MAX, SCAN_MAX);

  for (guint i = 0; i < all->len; i++) {
    const TruceOutboxEntry *entry = g_ptr_array_index (all, i);
    TruceStoredAlert *stored;
    if (entry->next_try <= now || entry->attempts > 0)
      continue;
    stored = store->alert (store->self, entry->alert, NULL);
    if (stored && stored->snoozed == TRUCE_TIME_NONE && truce_calm_put_off (entry, stored)) {
      TruceTime until = MAX (truce_calm_waits_until (engine, sink, stored->alert, now), now);
      if (until != entry->next_try)
        truce_calm_put_by (engine, sink, stored->alert, until, now);
    }
    truce_stored_alert_free (stored);
  }
}

void
truce_calm_step (TruceEngine *engine, TruceTime now)
{
  g_autoptr (GPtrArray) bundles = g_ptr_array_new_with_free_func (bundle_free);

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    Bundle *bundle;
    if (engine->calm_is_old)
      judge_anew (engine, sink, now);
    if (!truce_outbox_is_open (engine, sink->id, now))
      continue;
    bundle = bundle_for (engine, sink, now);
    if (bundle)
      add_bundle (engine, bundles, bundle);
  }
  engine->calm_is_old = FALSE;
  for (guint i = 0; i < bundles->len; i++)
    tell_as_one (engine, g_ptr_array_index (bundles, i), now);
}
