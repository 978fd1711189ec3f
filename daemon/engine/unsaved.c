/* SPDX-License-Identifier: MIT */
/* What the store refuses: told at once and without the outbox, since a full disk must not cost a deadline, and kept to
 * be written later. */
#include <string.h>

#include "engine/unsaved_private.h"

#define RETRY_EVERY TRUCE_MINUTE      /* a full disk is mended by people */
#define KEPT_MAX 10000                /* commits: some megabytes */
#define IDS_MAX 100000                /* told by what was dropped too: 10 MB. Beyond, it may be told again */
#define TROUBLE_ENDS (6 * TRUCE_HOUR) /* a store that fails again sooner is in the same trouble, which was told */
#define WRITTEN_LAST (500 * TRUCE_MILLISECOND) /* who stops truced waits for two seconds */

void
truce_unsaved_init (TruceEngine *engine)
{
  g_queue_init (&engine->unsaved);
  engine->unsaved_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  engine->unsaved_firings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  engine->unsaved_told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  engine->retry_unsaved = engine->retry_unread = engine->trouble_since = engine->trouble_last = TRUCE_TIME_NONE;
}

void
truce_unsaved_clear (TruceEngine *engine)
{
  g_queue_clear_full (&engine->unsaved, (GDestroyNotify) truce_commit_free);
  g_hash_table_unref (engine->unsaved_ids);
  g_hash_table_unref (engine->unsaved_firings);
  g_hash_table_unref (engine->unsaved_told);
  g_free (engine->unread);
}

/* Was it told before? In memory by what waits to be written, and by the store, which can mostly still be read. */
static gboolean
is_known (TruceEngine *engine, const TruceAlert *alert)
{
  TruceStoredAlert *stored;

  if (g_hash_table_contains (engine->unsaved_ids, alert->id))
    return TRUE;
  stored = engine->ports.store.alert (engine->ports.store.self, alert->id, NULL);
  if (!stored)
    return FALSE;
  truce_stored_alert_free (stored);
  return TRUE;
}

/* Raised again, an alert is the same alert: here as in the store, nobody hears of it twice. */
static void
drop_known (TruceEngine *engine, TruceCommit *commit)
{
  for (guint i = commit->alerts->len; i > 0; i--) {
    const TruceAlert *alert = g_ptr_array_index (commit->alerts, i - 1);
    if (is_known (engine, alert)) {
      g_ptr_array_remove_index (commit->alerts, i - 1);
      g_ptr_array_remove_index (commit->alert_sinks, i - 1);
    } else {
      g_hash_table_add (engine->unsaved_ids, g_strdup (alert->id));
    }
  }
}

/* No id has a space. (transfer full) */
static char *
name_of_firing (const char *milestone, guint revision, const char *key)
{
  return g_strdup_printf ("%s %u %s", milestone, revision, key);
}

gboolean
truce_unsaved_firing_done (TruceEngine *engine, const TruceFiring *firing)
{
  g_autofree char *name = name_of_firing (firing->milestone->id, firing->revision, firing->key);

  return g_hash_table_contains (engine->unsaved_firings, name);
}

guint
truce_unsaved_firings_of (TruceEngine *engine, const char *milestone, guint revision, gboolean *ret_told)
{
  guint count = 0;

  *ret_told = FALSE;
  for (const GList *link = engine->unsaved.head; link; link = link->next) {
    const TruceCommit *commit = link->data;
    for (guint i = 0; i < commit->firings->len; i++) {
      const TruceStoredFiring *firing = &g_array_index (commit->firings, TruceStoredFiring, i);
      if (firing->revision != revision || strcmp (firing->milestone, milestone) != 0)
        continue;
      count++;
      *ret_told |= firing->alert != NULL;
    }
  }
  return count;
}

static void
note_firings (TruceEngine *engine, const TruceCommit *commit)
{
  for (guint i = 0; i < commit->firings->len; i++) {
    const TruceStoredFiring *firing = &g_array_index (commit->firings, TruceStoredFiring, i);
    g_hash_table_add (engine->unsaved_firings, name_of_firing (firing->milestone, firing->revision, firing->key));
  }
}

/* Does a digest of `commit` tell `sink` of it? */
static gboolean
is_folded (const TruceCommit *commit, const TruceAlert *alert, const char *sink)
{
  for (guint i = 0; i < commit->folds->len; i++) {
    const TruceFold *fold = g_ptr_array_index (commit->folds, i);
    if (strcmp (fold->alert, alert->id) == 0 && strcmp (fold->sink, sink) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Once it is written it goes only to the sinks that would not take it now; there the folds end the others. */
static void
deliver (TruceEngine *engine, TruceCommit *commit)
{
  for (guint i = 0; i < commit->alerts->len; i++) {
    TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    char **sinks = g_ptr_array_index (commit->alert_sinks, i);
    g_autoptr (GStrvBuilder) owed = g_strv_builder_new (), now = g_strv_builder_new ();
    for (char **sink = sinks; *sink; sink++)
      g_strv_builder_add (is_folded (commit, alert, *sink) ? owed : now, *sink);
    g_auto (GStrv) told = g_strv_builder_end (now);
    g_auto (GStrv) left = truce_outbox_deliver_unsaved (engine, alert, (const char *const *) told);
    g_strv_builder_addv (owed, (const char **) left);
    commit->alert_sinks->pdata[i] = g_strv_builder_end (owed);
    g_strfreev (sinks);
  }
}

static gboolean
is_empty (const TruceCommit *commit)
{
  return commit->alerts->len == 0 && commit->grown->len == 0 && commit->stories->len == 0 && commit->moves->len == 0 &&
         commit->firings->len == 0 && commit->revisions->len == 0 && commit->amendments->len == 0 &&
         commit->window == TRUCE_TIME_NONE && commit->reached == TRUCE_TIME_NONE && commit->leapt == TRUCE_TIME_NONE &&
         !commit->feed;
}

static void
take_seen (GArray *seen, const GArray *earlier)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < seen->len; i++)
    g_hash_table_add (keys, g_memdup2 (&g_array_index (seen, TruceSeen, i).key, sizeof (guint64)));
  for (guint i = 0; i < earlier->len; i++)
    if (!g_hash_table_contains (keys, &g_array_index (earlier, TruceSeen, i).key))
      g_array_append_val (seen, g_array_index (earlier, TruceSeen, i));
}

/* A feed is polled on and on: only its last state waits to be written, with all that was seen. */
static void
take_earlier_polls (TruceEngine *engine, TruceCommit *commit)
{
  for (GList *link = commit->feed ? engine->unsaved.head : NULL, *next; link; link = next) {
    TruceCommit *earlier = link->data;
    next = link->next;
    if (g_strcmp0 (earlier->feed, commit->feed) != 0)
      continue;
    take_seen (commit->seen, earlier->seen);
    g_array_set_size (earlier->seen, 0);
    g_clear_pointer (&earlier->feed, g_free);
    if (!commit->feed_state)
      commit->feed_state = g_steal_pointer (&earlier->feed_state);
    if (!commit->event_book)
      commit->event_book = g_steal_pointer (&earlier->event_book);
    g_clear_pointer (&earlier->event_book, g_free); /* a later one is all of it */
    if (is_empty (earlier)) {
      truce_commit_free (earlier);
      g_queue_delete_link (&engine->unsaved, link);
    }
  }
}

/* Nothing else knows that what is dropped was told; but it must not be all that there ever was. */
static void
forget_ids (TruceEngine *engine, const TruceCommit *commit)
{
  for (guint i = 0; i < commit->alerts->len && g_hash_table_size (engine->unsaved_ids) > IDS_MAX; i++) {
    const TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    g_hash_table_remove (engine->unsaved_ids, alert->id);
  }
}

/* The oldest, but none that says which dates are told. */
static void
drop_one (TruceEngine *engine)
{
  GList *link = engine->unsaved.head;

  while (link && (((TruceCommit *) link->data)->firings->len > 0 || ((TruceCommit *) link->data)->revisions->len > 0))
    link = link->next;
  link = link ? link : engine->unsaved.head;
  forget_ids (engine, link->data);
  truce_commit_free (link->data);
  g_queue_delete_link (&engine->unsaved, link);
}

void
truce_unsaved_note_trouble (TruceEngine *engine, TruceTime now)
{
  if (engine->trouble_last == TRUCE_TIME_NONE || ABS (now - engine->trouble_last) > TROUBLE_ENDS)
    engine->trouble_since = now;
  engine->trouble_last = now;
}

void
truce_unsaved_keep (TruceEngine *engine, TruceCommit *commit, const GError *error)
{
  TruceTime now = truce_engine_now (engine);
  gboolean first = g_queue_is_empty (&engine->unsaved);

  truce_unsaved_note_trouble (engine, now);
  drop_known (engine, commit);
  note_firings (engine, commit);
  truce_engine_tell_raised (engine, commit->alerts);
  truce_engine_tell_grown (engine, commit->grown);
  deliver (engine, commit);
  take_earlier_polls (engine, commit);
  if (is_empty (commit)) { /* what is told again and again must not push out what was told once */
    truce_commit_free (commit);
    return;
  }
  g_queue_push_tail (&engine->unsaved, commit);
  if (g_queue_get_length (&engine->unsaved) > KEPT_MAX)
    drop_one (engine);
  if (first) {
    g_autofree char *body =
        g_strdup_printf ("%s. Alerts go on, but truced may repeat itself after a restart.", error->message);
    engine->retry_unsaved = now + RETRY_EVERY;
    truce_engine_problem (engine, "store", "truced cannot write its state", body, engine->trouble_since);
  }
}

gboolean
truce_unsaved_end (TruceEngine *engine, const char *id, const char *sink, const char *error)
{
  for (GList *link = engine->unsaved.head; link; link = link->next) {
    const TruceCommit *commit = link->data;
    for (guint i = 0; i < commit->alerts->len; i++) {
      char **sinks = g_ptr_array_index (commit->alert_sinks, i);
      if (strcmp (((TruceAlert *) g_ptr_array_index (commit->alerts, i))->id, id) != 0)
        continue;
      g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
      for (guint j = 0; sinks[j]; j++)
        if (strcmp (sinks[j], sink) != 0)
          g_strv_builder_add (left, sinks[j]);
      commit->alert_sinks->pdata[i] = g_strv_builder_end (left);
      g_strfreev (sinks);
      truce_unsaved_note (engine, id, sink, error);
      return TRUE;
    }
  }
  return FALSE;
}

void
truce_unsaved_retry (TruceEngine *engine, TruceTime now)
{
  if (now < engine->retry_unsaved)
    return;
  for (guint i = 0; !g_queue_is_empty (&engine->unsaved); i++) {
    if (i > 0 && !truce_engine_has_time (engine)) { /* each waits for the disk, and the loop must turn in between */
      engine->retry_unsaved = now;
      return;
    }
    if (!truce_unsaved_write (engine, g_queue_peek_head (&engine->unsaved))) {
      truce_unsaved_note_trouble (engine, now);
      engine->retry_unsaved = now + RETRY_EVERY;
      return;
    }
    truce_commit_free (g_queue_pop_head (&engine->unsaved));
  }
  g_hash_table_remove_all (engine->unsaved_ids);
  g_hash_table_remove_all (engine->unsaved_firings);
  g_hash_table_remove_all (engine->unsaved_told);
  truce_desk_saved (engine);
  truce_outbox_set_back (engine, now); /* some may have been raised by a clock that was ahead */
  engine->retry_unsaved = TRUCE_TIME_NONE;
}

void
truce_unsaved_try_now (TruceEngine *engine)
{
  if (engine->retry_unsaved != TRUCE_TIME_NONE)
    engine->retry_unsaved = TRUCE_TIME_MIN;
}

/* Nobody waits for a disk that takes its time: what is left then is told again, as after a crash. */
void
truce_unsaved_last_try (TruceEngine *engine)
{
  TruceTime began = truce_engine_now (engine), now = began;

  do {
    truce_unsaved_try_now (engine);
    truce_unsaved_retry (engine, now);
    now = truce_engine_now (engine);
  } while (engine->retry_unsaved <= now && ABS (now - began) < WRITTEN_LAST);
  truce_outbox_record (engine, now, NULL);
}
