/* SPDX-License-Identifier: MIT */
#include "engine/memory_feeds.h"

struct _TruceMemoryFeeds {
  GHashTable *states; /* feed -> TruceFeedState * */
  GHashTable *seen;   /* feed -> GHashTable of TruceSeen *, which begins with its key */
};

static void
state_free (gpointer data)
{
  truce_feed_state_clear (data);
  g_free (data);
}

TruceMemoryFeeds *
truce_memory_feeds_new (void)
{
  TruceMemoryFeeds *feeds = g_new0 (TruceMemoryFeeds, 1);

  feeds->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, state_free);
  feeds->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return feeds;
}

void
truce_memory_feeds_free (TruceMemoryFeeds *feeds)
{
  if (!feeds)
    return;
  g_hash_table_unref (feeds->states);
  g_hash_table_unref (feeds->seen);
  g_free (feeds);
}

static void
put_seen (GHashTable *seen, const TruceSeen *entry)
{
  TruceSeen *known = g_hash_table_lookup (seen, &entry->key);

  if (known)
    known->headline = entry->headline;
  else
    g_hash_table_add (seen, g_memdup2 (entry, sizeof *entry));
}

void
truce_memory_feeds_commit (TruceMemoryFeeds *feeds, const TruceCommit *commit)
{
  GHashTable *seen = g_hash_table_lookup (feeds->seen, commit->feed);

  if (!seen && truce_commit_begins_seen (commit)) {
    seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    g_hash_table_insert (feeds->seen, g_strdup (commit->feed), seen);
  }
  for (guint i = 0; i < commit->seen->len; i++)
    put_seen (seen, &g_array_index (commit->seen, TruceSeen, i));
  if (commit->feed_state) {
    TruceFeedState *state = g_new0 (TruceFeedState, 1);
    truce_feed_state_copy (commit->feed_state, state);
    g_hash_table_insert (feeds->states, g_strdup (commit->feed), state);
  }
}

gboolean
truce_memory_feeds_state (const TruceMemoryFeeds *feeds, const char *feed, TruceFeedState *ret_state)
{
  const TruceFeedState *state = g_hash_table_lookup (feeds->states, feed);

  if (!state)
    return FALSE;
  truce_feed_state_copy (state, ret_state);
  return TRUE;
}

static gboolean
has_headline (GHashTable *seen, guint64 headline)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    if (((const TruceSeen *) entry)->headline == headline)
      return TRUE;
  return FALSE;
}

gboolean
truce_memory_feeds_find_seen (const TruceMemoryFeeds *feeds, const char *feed, GArray *wanted)
{
  GHashTable *seen = g_hash_table_lookup (feeds->seen, feed);

  for (guint i = 0; seen && i < wanted->len; i++) {
    TruceSeen *entry = &g_array_index (wanted, TruceSeen, i);
    const TruceSeen *known = g_hash_table_lookup (seen, &entry->key);
    entry->found = entry->key ? known != NULL : has_headline (seen, entry->headline);
    if (known) {
      entry->headline = known->headline;
      entry->name = known->name;
    }
  }
  return seen != NULL;
}
