/* SPDX-License-Identifier: MIT */
#include "engine/ports.h"

#include "news/polllog.h"

#define HTTP_TOO_MANY_REQUESTS 429
#define HTTP_UNAVAILABLE 503

GQuark
truce_engine_error_quark (void)
{
  return g_quark_from_static_string ("truce-engine-error-quark");
}

void
truce_store_no_alert (const char *id_or_prefix, guint n_found, GError **error)
{
  if (n_found == 0)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no alert has the id \"%s\"", id_or_prefix);
  else
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_AMBIGUOUS, "%u alerts have ids that begin with \"%s\"",
                 n_found, id_or_prefix);
}

static void
stored_firing_clear (gpointer data)
{
  TruceStoredFiring *firing = data;

  g_free (firing->milestone);
  g_free (firing->key);
  g_free (firing->alert);
}

static void
fold_free (gpointer data)
{
  TruceFold *fold = data;

  g_free (fold->alert);
  g_free (fold->sink);
  g_free (fold->why);
  g_free (fold);
}

TruceCommit *
truce_commit_new (TruceTime now)
{
  TruceCommit *commit = g_new0 (TruceCommit, 1);

  commit->now = now;
  commit->window = commit->reached = commit->leapt = TRUCE_TIME_NONE;
  commit->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  commit->alert_sinks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  commit->grown = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  commit->grown_sinks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  commit->stories = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_story_free);
  commit->folds = g_ptr_array_new_with_free_func (fold_free);
  commit->firings = g_array_new (FALSE, FALSE, sizeof (TruceStoredFiring));
  g_array_set_clear_func (commit->firings, stored_firing_clear);
  commit->revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_revision_free);
  commit->amendments = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  commit->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_proposal_free);
  commit->seen = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  return commit;
}

void
truce_commit_free (TruceCommit *commit)
{
  if (!commit)
    return;
  g_ptr_array_unref (commit->alerts);
  g_ptr_array_unref (commit->alert_sinks);
  g_ptr_array_unref (commit->grown);
  g_ptr_array_unref (commit->grown_sinks);
  g_ptr_array_unref (commit->stories);
  g_ptr_array_unref (commit->folds);
  g_array_unref (commit->firings);
  g_ptr_array_unref (commit->revisions);
  g_ptr_array_unref (commit->amendments);
  g_ptr_array_unref (commit->moves);
  g_array_unref (commit->seen);
  g_free (commit->feed);
  if (commit->feed_state)
    truce_feed_state_clear (commit->feed_state);
  g_free (commit->feed_state);
  g_free (commit->event_book);
  g_free (commit);
}

static gboolean
was_pushed_back (const TruceFeedState *state)
{
  TrucePollRecord last;

  return state->failures > 0 && truce_poll_log_last (state->polls, &last) &&
         (last.status == HTTP_TOO_MANY_REQUESTS || last.status == HTTP_UNAVAILABLE);
}

gboolean
truce_commit_may_be_forgotten (const TruceCommit *commit)
{
  return commit->feed && commit->feed_state && !was_pushed_back (commit->feed_state) && commit->alerts->len == 0 &&
         commit->grown->len == 0 && commit->stories->len == 0 && commit->folds->len == 0 && commit->firings->len == 0 &&
         commit->revisions->len == 0 && commit->amendments->len == 0 && commit->moves->len == 0 &&
         !commit->event_book && commit->window == TRUCE_TIME_NONE && commit->reached == TRUCE_TIME_NONE &&
         commit->leapt == TRUCE_TIME_NONE;
}

gboolean
truce_commit_begins_seen (const TruceCommit *commit)
{
  return commit->seen->len > 0 || (commit->feed_state && commit->feed_state->last_200 != TRUCE_TIME_NONE);
}

void
truce_commit_add_move (TruceCommit *commit, const TruceProposal *proposal)
{
  g_ptr_array_add (commit->moves, truce_proposal_copy (proposal));
}

void
truce_commit_add_alert (TruceCommit *commit, TruceAlert *alert, const char *const *sinks)
{
  g_ptr_array_add (commit->alerts, alert);
  g_ptr_array_add (commit->alert_sinks, g_strdupv ((char **) sinks));
}

void
truce_commit_add_grown (TruceCommit *commit, TruceAlert *grown, const char *const *sinks)
{
  g_ptr_array_add (commit->grown, grown);
  g_ptr_array_add (commit->grown_sinks, sinks ? g_strdupv ((char **) sinks) : g_new0 (char *, 1));
}

#define SHORT_ID 8 /* digits: enough for trucectl to know it by */

void
truce_commit_add_fold (TruceCommit *commit, const char *alert, const char *sink, const TruceAlert *digest)
{
  TruceFold *fold = g_new0 (TruceFold, 1);

  fold->alert = g_strdup (alert);
  fold->sink = g_strdup (sink);
  fold->why = g_strdup_printf (TRUCE_TOLD_WITHIN "%.*s", SHORT_ID, digest->id);
  g_ptr_array_add (commit->folds, fold);
}

void
truce_commit_add_firing (TruceCommit *commit, const TruceFiring *firing, const char *alert)
{
  TruceStoredFiring stored = {
    .milestone = g_strdup (firing->milestone->id),
    .revision = firing->revision,
    .key = g_strdup (firing->key),
    .at = firing->at,
    .alert = g_strdup (alert),
  };

  g_array_append_val (commit->firings, stored);
}

void
truce_commit_carry_firing (TruceCommit *commit, const TruceStoredFiring *told, const char *milestone, guint revision)
{
  TruceStoredFiring stored = {
    .milestone = g_strdup (milestone),
    .revision = revision,
    .key = g_strdup (told->key),
    .at = told->at,
    .alert = g_strdup (told->alert),
  };

  g_array_append_val (commit->firings, stored);
}

void
truce_commit_set_feed (TruceCommit *commit, const char *feed, const TruceFeedState *state)
{
  commit->feed = g_strdup (feed);
  if (!state)
    return;
  commit->feed_state = g_new0 (TruceFeedState, 1);
  truce_feed_state_copy (state, commit->feed_state);
}

TruceStoredRevision *
truce_stored_revision_copy (const TruceStoredRevision *revision)
{
  TruceStoredRevision *copy = g_memdup2 (revision, sizeof *revision);

  copy->milestone = g_strdup (revision->milestone);
  copy->zone = g_strdup (revision->zone);
  copy->statement = g_strdup (revision->statement);
  copy->why = g_strdup (revision->why);
  copy->by = g_strdup (revision->by);
  return copy;
}

void
truce_stored_revision_free (TruceStoredRevision *revision)
{
  if (!revision)
    return;
  g_free (revision->milestone);
  g_free (revision->zone);
  g_free (revision->statement);
  g_free (revision->why);
  g_free (revision->by);
  g_free (revision);
}

TruceStoredFiring *
truce_stored_firing_copy (const TruceStoredFiring *firing)
{
  TruceStoredFiring *copy = g_memdup2 (firing, sizeof *firing);

  copy->milestone = g_strdup (firing->milestone);
  copy->key = g_strdup (firing->key);
  copy->alert = g_strdup (firing->alert);
  return copy;
}

void
truce_stored_firing_free (TruceStoredFiring *firing)
{
  if (!firing)
    return;
  g_free (firing->milestone);
  g_free (firing->key);
  g_free (firing->alert);
  g_free (firing);
}

void
truce_stored_story_free (TruceStoredStory *story)
{
  if (!story)
    return;
  g_free (story->alert);
  g_clear_pointer (&story->record, g_bytes_unref);
  g_free (story);
}

void
truce_stored_alert_free (TruceStoredAlert *stored)
{
  if (!stored)
    return;
  truce_alert_unref (stored->alert);
  g_free (stored->acknowledged_by);
  g_free (stored->snoozed_by);
  g_free (stored->via);
  g_free (stored);
}

void
truce_outbox_entry_free (TruceOutboxEntry *entry)
{
  if (!entry)
    return;
  g_free (entry->alert);
  g_free (entry->sink);
  g_free (entry);
}

void
truce_refusal_free (TruceRefusal *refusal)
{
  if (!refusal)
    return;
  g_free (refusal->alert);
  g_free (refusal->sink);
  g_free (refusal->error);
  g_free (refusal);
}

void
truce_delivery_record_free (TruceDeliveryRecord *record)
{
  if (!record)
    return;
  g_free (record->sink);
  g_free (record->error);
  g_free (record);
}
