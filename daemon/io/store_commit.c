/* SPDX-License-Identifier: MIT */
/* One cause, one transaction: alerts with their outbox rows, firings, revisions, what was seen, the window. */
#include <string.h>

#include "io/store_private.h"

static gboolean
set_state (TruceStore *store, const char *name, TruceTime value, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_SET_STATE);

  if (value == TRUCE_TIME_NONE)
    return TRUE;
  truce_bind_text (question, 1, name);
  truce_bind_integer (question, 2, value);
  return truce_store_run (store, question, error);
}

static gboolean
add_mention (TruceStore *store, gint64 alert, const char *milestone, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_MENTION);

  truce_bind_text (question, 1, milestone);
  truce_bind_integer (question, 2, alert);
  return truce_store_run (store, question, error);
}

/* An occurrence also speaks of what repeats. */
static gboolean
add_own_mentions (TruceStore *store, gint64 number, const char *milestone, GError **error)
{
  const char *mark = strchr (milestone, TRUCE_OCCURRENCE_MARK);
  g_autofree char *series = mark ? g_strndup (milestone, (gsize) (mark - milestone)) : NULL;

  return add_mention (store, number, milestone, error) && (!series || add_mention (store, number, series, error));
}

static gboolean
add_mentions (TruceStore *store, gint64 number, const TruceAlert *alert, GError **error)
{
  static const char prefix[] = "milestone:";

  if (alert->milestone && !add_own_mentions (store, number, alert->milestone, error))
    return FALSE;
  for (guint i = 0; alert->also && alert->also[i]; i++)
    if (g_str_has_prefix (alert->also[i], prefix) &&
        !add_mention (store, number, alert->also[i] + strlen (prefix), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_to_outbox (TruceStore *store, gint64 alert, const char *const *sinks, TruceTime now, GError **error)
{
  for (guint i = 0; sinks && sinks[i]; i++) {
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_OUTBOX);

    truce_bind_integer (question, 1, alert);
    truce_bind_text (question, 2, sinks[i]);
    truce_bind_time (question, 3, now);
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

/* `ret_new`: it was not there before. */
static gboolean
insert_alert (TruceStore *store, const TruceAlert *alert, gboolean *ret_new, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_ALERT);
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  g_autofree char *line = truce_json_to_line (record);

  truce_bind_text (question, 1, alert->id);
  truce_bind_text (question, 2, truce_alert_kind_to_text (alert->kind));
  truce_bind_integer (question, 3, alert->raised);
  truce_bind_text (question, 4, line);
  if (!truce_store_run (store, question, error))
    return FALSE;
  *ret_new = sqlite3_changes (store->db) > 0;
  return TRUE;
}

static gboolean
add_alerts (TruceStore *store, const TruceCommit *commit, GPtrArray *fresh, GError **error)
{
  for (guint i = 0; i < commit->alerts->len; i++) {
    TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    gboolean is_new = FALSE;
    gint64 number;

    if (!insert_alert (store, alert, &is_new, error))
      return FALSE;
    if (!is_new)
      continue;
    number = sqlite3_last_insert_rowid (store->db);
    if (!add_mentions (store, number, alert, error) ||
        !add_to_outbox (store, number, g_ptr_array_index (commit->alert_sinks, i), commit->now, error))
      return FALSE;
    g_ptr_array_add (fresh, truce_alert_ref (alert));
  }
  return TRUE;
}

static gboolean
add_folds (TruceStore *store, const TruceCommit *commit, GError **error)
{
  for (guint i = 0; i < commit->folds->len; i++) {
    const TruceFold *fold = g_ptr_array_index (commit->folds, i);

    if (!truce_store_take_from_outbox (store, fold->alert, fold->sink, commit->now, fold->why, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_firings (TruceStore *store, GArray *firings, GError **error)
{
  for (guint i = 0; i < firings->len; i++) {
    const TruceStoredFiring *firing = &g_array_index (firings, TruceStoredFiring, i);
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_FIRING);

    truce_bind_text (question, 1, firing->milestone);
    truce_bind_integer (question, 2, firing->revision);
    truce_bind_text (question, 3, firing->key);
    truce_bind_integer (question, 4, firing->at);
    truce_bind_text (question, 5, firing->alert);
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_revisions (TruceStore *store, GPtrArray *revisions, GError **error)
{
  for (guint i = 0; i < revisions->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (revisions, i);
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_REVISION);

    truce_bind_text (question, 1, revision->milestone);
    truce_bind_integer (question, 2, revision->revision);
    truce_bind_time (question, 3, revision->due);
    truce_bind_time (question, 4, revision->due_latest);
    truce_bind_text (question, 5, revision->zone);
    truce_bind_text (question, 6, revision->statement);
    truce_bind_time (question, 7, revision->since);
    truce_bind_text (question, 8, revision->why);
    truce_bind_text (question, 9, revision->by);
    truce_bind_integer (question, 10, revision->amendment);
    truce_bind_text (question, 11, truce_precision_to_text (revision->precision));
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
feed_number (TruceStore *store, const char *feed, gint64 *ret_number, GError **error)
{
  g_autoptr (TruceQuestion) known = truce_store_ask (store, TRUCE_STATEMENT_FEED_NUMBER);
  g_autoptr (TruceQuestion) add = truce_store_ask (store, TRUCE_STATEMENT_ADD_FEED);

  truce_bind_text (known, 1, feed);
  if (sqlite3_step (known) == SQLITE_ROW) {
    *ret_number = sqlite3_column_int64 (known, 0);
    return TRUE;
  }
  truce_bind_text (add, 1, feed);
  if (!truce_store_run (store, add, error))
    return FALSE;
  *ret_number = sqlite3_last_insert_rowid (store->db);
  return TRUE;
}

static gboolean
set_feed_state (TruceStore *store, gint64 feed, const TruceFeedState *state, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_SET_FEED);

  truce_bind_integer (question, 1, feed);
  truce_bind_text (question, 2, state->url);
  truce_bind_text (question, 3, state->etag);
  truce_bind_text (question, 4, state->last_modified);
  truce_bind_integer (question, 5, (gint64) state->body_hash);
  truce_bind_text (question, 6, state->title);
  truce_bind_integer (question, 7, state->hint);
  truce_bind_integer (question, 8, state->skip_hours);
  truce_bind_integer (question, 9, state->skip_days);
  truce_bind_time (question, 10, state->due);
  truce_bind_text (question, 11, state->due_reason);
  truce_bind_time (question, 12, state->last_try);
  truce_bind_time (question, 13, state->last_200);
  truce_bind_time (question, 14, state->last_304);
  truce_bind_time (question, 15, state->last_new);
  truce_bind_integer (question, 16, state->failures);
  truce_bind_text (question, 17, state->error);
  truce_bind_integer (question, 18, state->alerted);
  truce_bind_integer (question, 19, state->outcomes);
  truce_bind_text (question, 20, state->polls);
  truce_bind_integer (question, 21, state->identity);
  truce_bind_time (question, 22, state->newest);
  truce_bind_integer (question, 23, state->habit);
  truce_bind_integer (question, 24, state->arrivals);
  truce_bind_integer (question, 25, state->stale);
  truce_bind_text (question, 26, state->moved_to);
  truce_bind_time (question, 27, state->moved_since);
  truce_bind_integer (question, 28, state->moved_seen);
  truce_bind_text (question, 29, state->address);
  return truce_store_run (store, question, error);
}

static gboolean
add_seen (TruceStore *store, gint64 feed, GArray *entries, gint64 day, GError **error)
{
  g_autoptr (TruceQuestion) present = truce_store_ask (store, TRUCE_STATEMENT_SET_SEEN_DAY);

  truce_bind_integer (present, 1, feed);
  truce_bind_integer (present, 2, day);
  if (!truce_store_run (store, present, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++) {
    const TruceSeen *entry = &g_array_index (entries, TruceSeen, i);
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_SEEN);

    truce_bind_integer (question, 1, feed);
    truce_bind_integer (question, 2, (gint64) entry->key);
    truce_bind_integer (question, 3, day);
    truce_bind_integer (question, 4, (gint64) entry->headline);
    if (entry->name)
      truce_bind_integer (question, 5, (gint64) entry->name);
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

/* A feed that is empty has been read all the same: what it brings next is news. Where something was seen, the day stays
 * that on which it was last present. */
static gboolean
begin_seen (TruceStore *store, gint64 feed, const TruceCommit *commit, GError **error)
{
  g_autoptr (TruceQuestion) question = NULL;

  if (!truce_commit_begins_seen (commit))
    return TRUE;
  question = truce_store_ask (store, TRUCE_STATEMENT_BEGIN_SEEN_DAY);
  truce_bind_integer (question, 1, feed);
  truce_bind_integer (question, 2, commit->now / TRUCE_DAY);
  return truce_store_run (store, question, error);
}

static gboolean
add_event_book (TruceStore *store, const TruceCommit *commit, GError **error)
{
  g_autoptr (TruceQuestion) question = NULL;

  if (!commit->event_book)
    return TRUE;
  question = truce_store_ask (store, TRUCE_STATEMENT_PUT_EVENT_BOOK);
  truce_bind_text (question, 1, commit->feed);
  truce_bind_text (question, 2, commit->event_book);
  return truce_store_run (store, question, error);
}

static gboolean
add_feed (TruceStore *store, const TruceCommit *commit, GError **error)
{
  gboolean any_seen = commit->seen->len > 0;
  gint64 feed;

  if (!commit->feed || (!any_seen && !commit->feed_state))
    return TRUE;
  return feed_number (store, commit->feed, &feed, error) &&
         (!commit->feed_state || set_feed_state (store, feed, commit->feed_state, error)) &&
         (any_seen ? add_seen (store, feed, commit->seen, commit->now / TRUCE_DAY, error)
                   : begin_seen (store, feed, commit, error));
}

static gboolean
store_commit (gpointer self, const TruceCommit *commit, GPtrArray **ret_new, GError **error)
{
  TruceStore *store = self;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  gboolean fine;

  if (!(truce_commit_may_be_forgotten (commit) ? truce_store_begin_light : truce_store_begin) (store, error))
    return FALSE;
  fine = add_alerts (store, commit, fresh, error) && truce_store_put_grown (store, commit, error) &&
         truce_store_put_stories (store, commit->stories, error) && add_folds (store, commit, error) &&
         add_firings (store, commit->firings, error) && add_revisions (store, commit->revisions, error) &&
         truce_store_put_amendments (store, commit->amendments, error) &&
         truce_store_put_moves (store, commit->moves, error) && add_feed (store, commit, error) &&
         add_event_book (store, commit, error) && set_state (store, "window", commit->window, error) &&
         set_state (store, "reached", commit->reached, error) && set_state (store, "leapt", commit->leapt, error);
  if (!truce_store_end (store, fine, error))
    return FALSE;
  if (ret_new)
    *ret_new = g_steal_pointer (&fresh);
  return TRUE;
}

static gboolean
store_commit_all (gpointer self, TruceCommit *const *commits, guint n_commits, GError **error)
{
  TruceStore *store = self;
  gboolean fine = TRUE;

  if (!truce_store_begin_light (store, error))
    return FALSE;
  for (guint i = 0; i < n_commits && fine; i++)
    fine = add_feed (store, commits[i], error);
  return truce_store_end (store, fine, error);
}

void
truce_store_commit_members (TruceStorePort *port)
{
  port->commit = store_commit;
  port->commit_all = store_commit_all;
}
