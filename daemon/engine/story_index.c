/* SPDX-License-Identifier: MIT */
#include "engine/story_index.h"

#include <string.h>

#include "base/text.h"

#define KEYS_MAX 64
#define LOOKED_AT_MAX 256 /* stories of one word, the newest: a word of more tells little */
#define COMPARED_MAX 32   /* those that share most with the entry */

struct _TruceStoryIndex {
  GHashTable *by_alert; /* id -> TruceLiveStory * */
  GHashTable *by_key;   /* of a subject and a word -> GPtrArray of TruceLiveStory *, in order of coming */
  guint64 searches;
  GPtrArray *met; /* scratch: TruceLiveStory * */
};

static void
live_story_free (gpointer data)
{
  TruceLiveStory *story = data;

  g_free (story->alert);
  g_strfreev (story->subjects);
  g_array_unref (story->told);
  g_array_unref (story->members);
  g_array_unref (story->sources);
  g_free (story);
}

TruceStoryIndex *
truce_story_index_new (void)
{
  TruceStoryIndex *index = g_new0 (TruceStoryIndex, 1);

  index->by_alert = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, live_story_free);
  index->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  index->met = g_ptr_array_new ();
  return index;
}

void
truce_story_index_free (TruceStoryIndex *index)
{
  if (!index)
    return;
  g_hash_table_unref (index->by_key);
  g_hash_table_unref (index->by_alert);
  g_ptr_array_unref (index->met);
  g_free (index);
}

guint
truce_story_index_size (const TruceStoryIndex *index)
{
  return g_hash_table_size (index->by_alert);
}

static guint64
key_of (guint64 subject, guint32 word)
{
  return (subject ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

static guint64
hash_subject (const char *subject)
{
  return truce_fingerprint64 (subject, strlen (subject));
}

/* --- putting in and taking out --- */

static void
post (TruceStoryIndex *index, guint64 key, TruceLiveStory *story)
{
  GPtrArray *stories = g_hash_table_lookup (index->by_key, &key);

  if (!stories) {
    stories = g_ptr_array_new ();
    g_hash_table_insert (index->by_key, g_memdup2 (&key, sizeof key), stories);
  }
  if (stories->len == 0 || g_ptr_array_index (stories, stories->len - 1) != story)
    g_ptr_array_add (stories, story);
}

static void
post_all (TruceStoryIndex *index, TruceLiveStory *story, const TruceStorySignature *signature)
{
  guint32 keys[KEYS_MAX];
  guint n = truce_story_keys (signature, keys, KEYS_MAX);

  for (guint i = 0; story->subjects[i]; i++) {
    guint64 subject = hash_subject (story->subjects[i]);
    for (guint j = 0; j < n; j++)
      post (index, key_of (subject, keys[j]), story);
  }
}

static void
rebuild (TruceStoryIndex *index)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_remove_all (index->by_key);
  g_hash_table_iter_init (&iter, index->by_alert);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    TruceLiveStory *story = value;
    for (guint i = 0; i < story->told->len; i++)
      post_all (index, story, &g_array_index (story->told, TruceStorySignature, i));
  }
}

void
truce_story_index_forget (TruceStoryIndex *index, TruceTime oldest, TruceTime newest)
{
  gboolean any = FALSE;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, index->by_alert);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const TruceLiveStory *story = value;
    if (story->last >= oldest && story->last <= newest)
      continue;
    g_hash_table_iter_remove (&iter);
    any = TRUE;
  }
  if (any)
    rebuild (index);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  TruceTime x = *(const TruceTime *) a, y = *(const TruceTime *) b;

  return (x > y) - (x < y);
}

/* A tenth goes at once, so that it does not come to this with each story. */
static void
make_room (TruceStoryIndex *index)
{
  g_autoptr (GArray) times = NULL;
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (index->by_alert) < TRUCE_STORIES_MAX)
    return;
  times = g_array_new (FALSE, FALSE, sizeof (TruceTime));
  g_hash_table_iter_init (&iter, index->by_alert);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_val (times, ((TruceLiveStory *) value)->last);
  g_array_sort (times, compare_times);
  truce_story_index_forget (index, g_array_index (times, TruceTime, TRUCE_STORIES_MAX / 10) + 1, TRUCE_TIME_MAX);
}

static TruceLiveStory *
live_story_new (TruceStoryIndex *index, const char *alert, char **subjects)
{
  TruceLiveStory *story = g_new0 (TruceLiveStory, 1);

  make_room (index);
  story->alert = g_strdup (alert);
  story->subjects = subjects;
  story->told = g_array_new (FALSE, FALSE, sizeof (TruceStorySignature));
  story->members = g_array_new (FALSE, FALSE, sizeof (guint64));
  story->sources = g_array_new (FALSE, FALSE, sizeof (guint64));
  return story;
}

static void
keep (TruceStoryIndex *index, TruceLiveStory *story)
{
  gboolean known = g_hash_table_contains (index->by_alert, story->alert);

  g_hash_table_replace (index->by_alert, story->alert, story);
  if (known) {
    rebuild (index); /* the lists have the one that is gone */
    return;
  }
  for (guint i = 0; i < story->told->len; i++)
    post_all (index, story, &g_array_index (story->told, TruceStorySignature, i));
}

TruceLiveStory *
truce_story_index_begin (TruceStoryIndex *index, const char *alert, const char *const *subjects,
                         const TruceStorySignature *signature, guint64 member)
{
  TruceLiveStory *story = live_story_new (index, alert, g_strdupv ((char **) subjects));

  story->first = story->last = signature->at;
  g_array_append_val (story->told, *signature);
  g_array_append_val (story->members, member);
  g_array_append_val (story->sources, signature->source);
  keep (index, story);
  return story;
}

static gboolean
has (const GArray *numbers, guint64 number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint64, i) == number)
      return TRUE;
  return FALSE;
}

TruceLiveStory *
truce_story_index_get (TruceStoryIndex *index, const char *alert)
{
  return g_hash_table_lookup (index->by_alert, alert);
}

gboolean
truce_live_story_has (const TruceLiveStory *story, guint64 member)
{
  return has (story->members, member);
}

void
truce_story_index_add (TruceStoryIndex *index, TruceLiveStory *story, const TruceStorySignature *signature,
                       guint64 member, TruceStoryRelation relation)
{
  story->last = MAX (story->last, signature->at);
  if (story->members->len < TRUCE_STORY_MEMBERS_MAX && !has (story->members, member))
    g_array_append_val (story->members, member);
  if (relation == TRUCE_STORY_COPY)
    return;
  if (story->sources->len < TRUCE_STORY_MEMBERS_MAX && !has (story->sources, signature->source))
    g_array_append_val (story->sources, signature->source);
  if (story->told->len == TRUCE_STORY_TOLD_MAX)
    return;
  g_array_append_val (story->told, *signature);
  post_all (index, story, signature);
}

/* --- finding --- */

/* The stories about `subject` that share a word with `signature`, into `met`, with how many. */
static void
meet_all (TruceStoryIndex *index, const char *subject, const TruceStorySignature *signature)
{
  guint32 keys[KEYS_MAX];
  guint n = truce_story_keys (signature, keys, KEYS_MAX);
  guint64 hash = hash_subject (subject);

  index->searches++;
  g_ptr_array_set_size (index->met, 0);
  for (guint i = 0; i < n; i++) {
    guint64 key = key_of (hash, keys[i]);
    const GPtrArray *stories = g_hash_table_lookup (index->by_key, &key);
    guint last = stories ? stories->len : 0;
    for (guint j = last > LOOKED_AT_MAX ? last - LOOKED_AT_MAX : 0; j < last; j++) {
      TruceLiveStory *story = g_ptr_array_index (stories, j);
      if (story->asked != index->searches) {
        story->asked = index->searches;
        story->hits = 0;
        g_ptr_array_add (index->met, story);
      }
      story->hits++;
    }
  }
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const TruceLiveStory *x = *(const TruceLiveStory *const *) a, *y = *(const TruceLiveStory *const *) b;

  if (x->hits != y->hits)
    return x->hits < y->hits ? 1 : -1;
  return x->last != y->last ? (x->last < y->last ? 1 : -1) : strcmp (x->alert, y->alert);
}

static gboolean
covers (const TruceLiveStory *story, const char *const *subjects)
{
  for (guint i = 0; subjects[i]; i++)
    if (!g_strv_contains ((const char *const *) story->subjects, subjects[i]))
      return FALSE;
  return TRUE;
}

/* What goes on for days is told anew when its window is over. */
static TruceStoryRelation
judge (const TruceLiveStory *story, const char *const *subjects, const TruceStorySignature *signature,
       double *ret_alike)
{
  TruceStoryRelation relation = truce_story_judge ((const TruceStorySignature *) (gconstpointer) story->told->data,
                                                   story->told->len, signature, ret_alike);

  if (relation < TRUCE_STORY_SAME)
    return relation;
  if (ABS (signature->at - story->first) > TRUCE_STORY_WINDOW)
    return TRUCE_STORY_DEVELOPMENT;
  return covers (story, subjects) ? relation : TRUCE_STORY_OTHER;
}

TruceLiveStory *
truce_story_index_find (TruceStoryIndex *index, const char *const *subjects, const TruceStorySignature *signature,
                        TruceStoryRelation *ret_relation, double *ret_alike)
{
  TruceStoryRelation best = TRUCE_STORY_OTHER;
  TruceLiveStory *found = NULL;
  double most = 0;

  meet_all (index, subjects[0], signature);
  g_ptr_array_sort (index->met, compare_hits);
  for (guint i = 0; i < MIN (index->met->len, COMPARED_MAX); i++) {
    TruceLiveStory *story = g_ptr_array_index (index->met, i);
    double alike;
    TruceStoryRelation relation = judge (story, subjects, signature, &alike);
    if (relation < best || (relation == best && alike <= most))
      continue;
    best = relation;
    most = alike;
    found = story;
  }
  *ret_relation = best;
  *ret_alike = most;
  return best == TRUCE_STORY_OTHER ? NULL : found;
}

/* --- as bytes: subjects, first and last, members, sources, signatures --- */

#define RECORD_TYPE "(asxxatataay)"

static GVariant *
numbers_to_variant (const GArray *numbers)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT64, numbers->data, numbers->len, sizeof (guint64));
}

GBytes *
truce_live_story_write (const TruceLiveStory *story)
{
  g_autoptr (GVariant) record = NULL;
  GVariantBuilder told;

  g_variant_builder_init (&told, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < story->told->len; i++) {
    guint8 bytes[TRUCE_STORY_BYTES_MAX];
    gsize length = truce_story_write (&g_array_index (story->told, TruceStorySignature, i), bytes);
    g_variant_builder_add_value (&told, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1));
  }
  record = g_variant_ref_sink (g_variant_new ("(^asxx@at@at@aay)", story->subjects, story->first, story->last,
                                              numbers_to_variant (story->members), numbers_to_variant (story->sources),
                                              g_variant_builder_end (&told)));
  return g_variant_get_data_as_bytes (record);
}

static void
numbers_from_variant (GVariant *numbers, GArray *array)
{
  gsize n;
  const guint64 *elements = g_variant_get_fixed_array (numbers, &n, sizeof (guint64));

  if (n > 0)
    g_array_append_vals (array, elements, (guint) MIN (n, TRUCE_STORY_MEMBERS_MAX));
}

/* FALSE: by another version, and compared by none of what it is told by. */
static gboolean
told_from_variant (GVariant *told, GArray *array)
{
  for (gsize i = 0; i < g_variant_n_children (told) && array->len < TRUCE_STORY_TOLD_MAX; i++) {
    g_autoptr (GVariant) bytes = g_variant_get_child_value (told, i);
    TruceStorySignature signature;
    gsize length;
    const guint8 *data = g_variant_get_fixed_array (bytes, &length, 1);
    if (truce_story_read (data, length, &signature))
      g_array_append_val (array, signature);
  }
  return array->len > 0;
}

void
truce_story_index_read (TruceStoryIndex *index, const char *alert, GBytes *record)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_TYPE), record, FALSE));
  g_autoptr (GVariant) members = NULL, sources = NULL, told = NULL;
  TruceLiveStory *story;
  char **subjects;
  TruceTime first, last;

  if (!g_variant_is_normal_form (variant))
    return;
  g_variant_get (variant, "(^asxx@at@at@aay)", &subjects, &first, &last, &members, &sources, &told);
  story = live_story_new (index, alert, subjects);
  story->first = first;
  story->last = last;
  numbers_from_variant (members, story->members);
  numbers_from_variant (sources, story->sources);
  if (told_from_variant (told, story->told) && subjects[0])
    keep (index, story);
  else
    live_story_free (story);
}
