/* SPDX-License-Identifier: MIT */
#include "engine/memory_stories.h"

struct _TruceMemoryStories {
  GHashTable *by_alert; /* id -> TruceStoredStory * */
};

TruceMemoryStories *
truce_memory_stories_new (void)
{
  TruceMemoryStories *stories = g_new0 (TruceMemoryStories, 1);

  stories->by_alert = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) truce_stored_story_free);
  return stories;
}

void
truce_memory_stories_free (TruceMemoryStories *stories)
{
  g_hash_table_unref (stories->by_alert);
  g_free (stories);
}

static TruceStoredStory *
copy (const TruceStoredStory *story)
{
  TruceStoredStory *copied = g_new0 (TruceStoredStory, 1);

  copied->alert = g_strdup (story->alert);
  copied->last = story->last;
  copied->record = g_bytes_ref (story->record);
  return copied;
}

void
truce_memory_stories_commit (TruceMemoryStories *stories, const TruceCommit *commit)
{
  for (guint i = 0; i < commit->stories->len; i++) {
    const TruceStoredStory *story = g_ptr_array_index (commit->stories, i);
    g_hash_table_replace (stories->by_alert, g_strdup (story->alert), copy (story));
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const TruceStoredStory *x = *(const TruceStoredStory *const *) a, *y = *(const TruceStoredStory *const *) b;

  return (x->last > y->last) - (x->last < y->last);
}

GPtrArray *
truce_memory_stories_since (const TruceMemoryStories *stories, TruceTime since)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_story_free);
  GHashTableIter iter;
  gpointer story;

  g_hash_table_iter_init (&iter, stories->by_alert);
  while (g_hash_table_iter_next (&iter, NULL, &story))
    if (((TruceStoredStory *) story)->last >= since)
      g_ptr_array_add (found, copy (story));
  g_ptr_array_sort (found, compare);
  return found;
}

void
truce_memory_stories_expire (TruceMemoryStories *stories, TruceTime oldest)
{
  GHashTableIter iter;
  gpointer story;

  g_hash_table_iter_init (&iter, stories->by_alert);
  while (g_hash_table_iter_next (&iter, NULL, &story))
    if (((TruceStoredStory *) story)->last < oldest)
      g_hash_table_iter_remove (&iter);
}
