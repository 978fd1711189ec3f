/* SPDX-License-Identifier: MIT */
/* Alerts that have grown, and the stories that they tell. */
#include "io/store_private.h"

static gboolean
tell_again (TruceStore *store, const char *id, char *const *sinks, TruceTime now, GError **error)
{
  for (guint i = 0; sinks[i]; i++) {
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_TELL_AGAIN);

    truce_bind_text (question, 1, id);
    truce_bind_text (question, 2, sinks[i]);
    truce_bind_time (question, 3, now);
    if (!truce_store_run (store, question, error))
      return FALSE;
    if (sqlite3_changes (store->db) > 0 && !truce_store_forget_shown (store, id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
truce_store_put_grown (TruceStore *store, const TruceCommit *commit, GError **error)
{
  for (guint i = 0; i < commit->grown->len; i++) {
    const TruceAlert *grown = g_ptr_array_index (commit->grown, i);
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_GROW_ALERT);
    g_autoptr (json_t) record = truce_alert_to_json (grown);
    g_autofree char *line = truce_json_to_line (record);

    truce_bind_text (question, 1, grown->id);
    truce_bind_text (question, 2, line);
    if (!truce_store_run (store, question, error) ||
        !tell_again (store, grown->id, g_ptr_array_index (commit->grown_sinks, i), commit->now, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
truce_store_put_stories (TruceStore *store, GPtrArray *stories, GError **error)
{
  for (guint i = 0; i < stories->len; i++) {
    const TruceStoredStory *story = g_ptr_array_index (stories, i);
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_PUT_STORY);
    gsize length;
    gconstpointer bytes = g_bytes_get_data (story->record, &length);

    truce_bind_text (question, 1, story->alert);
    truce_bind_integer (question, 2, story->last);
    (void) sqlite3_bind_blob64 (question, 3, bytes, length, SQLITE_STATIC);
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
truce_store_stories (gpointer self, TruceTime since)
{
  TruceStore *store = self;
  GPtrArray *stories = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_story_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_STORIES);

  truce_bind_integer (question, 1, since);
  while (truce_store_next (store, question)) {
    TruceStoredStory *story = g_new0 (TruceStoredStory, 1);

    story->alert = truce_column_text (question, 0);
    story->last = sqlite3_column_int64 (question, 1);
    story->record = g_bytes_new (sqlite3_column_blob (question, 2), (gsize) sqlite3_column_bytes (question, 2));
    g_ptr_array_add (stories, story);
  }
  return stories;
}

gboolean
truce_store_expire_stories (TruceStore *store, TruceTime oldest, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_EXPIRE_STORIES);

  truce_bind_integer (question, 1, oldest);
  return truce_store_run (store, question, error);
}
