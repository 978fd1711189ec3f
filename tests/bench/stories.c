/* SPDX-License-Identifier: MIT */
/* stories speed LIVE ITEMS SUBJECTS: what it costs to find the story of each of ITEMS entries while LIVE stories of
 * SUBJECTS milestones live. stories pairs FILE: of the entries of FILE (JSON lines with topic, title, lede, published,
 * url), which pairs are taken for one story; with --list each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "engine/story_index.h"
#include "measure.h"

#define VOCABULARY 8000
#define HEADLINE_WORDS 9
#define SUMMARY_WORDS 25
#define AT (1762171200 * TRUCE_SECOND)

/* --- speed --- */

/* One in five is one of the two hundred that any headline may have. */
static guint
draw_word (GRand *rand)
{
  gboolean common = g_rand_int_range (rand, 0, 5) == 0;

  return (guint) (common ? g_rand_int_range (rand, 0, 200) : g_rand_int_range (rand, 200, VOCABULARY));
}

static char *
draw_text (GRand *rand, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    guint word = draw_word (rand);
    g_string_append_printf (text, "%s%c%c%c%c%s", i > 0 ? " " : "", 'a' + word % 26, 'a' + word / 26 % 26,
                            'a' + word / 676 % 26, 'a' + word * 7 % 26, word % 3 ? "on" : "er");
  }
  return g_string_free (text, FALSE);
}

static void
draw_item (GRand *rand, guint number, TruceStorySignature *ret_signature)
{
  g_autoptr (TruceItem) item = truce_item_new ();

  g_free (item->title);
  g_free (item->summary);
  item->title = draw_text (rand, HEADLINE_WORDS);
  item->summary = draw_text (rand, SUMMARY_WORDS);
  item->link = g_strdup_printf ("https://f%u.example/%u", number % 50, number);
  item->published = AT;
  truce_story_sign (item, "f", NULL, AT, ret_signature);
}

static void
speed (guint n_live, guint n_items, guint n_subjects)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  TruceStoryIndex *index = truce_story_index_new ();
  g_autofree TruceStorySignature *signatures = g_new (TruceStorySignature, n_items);
  double begun, before = bench_resident_bytes (), found = 0;

  for (guint i = 0; i < n_live; i++) {
    g_autofree char *id = g_strdup_printf ("%032u", i), *subject = g_strdup_printf ("milestone:m%u", i % n_subjects);
    const char *const subjects[] = { subject, NULL };
    TruceStorySignature signature;
    draw_item (rand, i, &signature);
    truce_story_index_begin (index, id, subjects, &signature, i);
  }
  double bytes = bench_resident_bytes () - before;
  begun = bench_cpu_seconds ();
  for (guint i = 0; i < n_items; i++)
    draw_item (rand, i, &signatures[i]);
  double signing = bench_cpu_seconds () - begun;
  begun = bench_cpu_seconds ();
  for (guint i = 0; i < n_items; i++) {
    g_autofree char *subject = g_strdup_printf ("milestone:m%u", i % n_subjects);
    const char *const subjects[] = { subject, NULL };
    TruceStoryRelation relation;
    double alike;
    truce_story_index_find (index, subjects, &signatures[i], &relation, &alike);
    found += relation >= TRUCE_STORY_SAME;
  }
  double finding = bench_cpu_seconds () - begun;
  printf ("sign_us %.2f find_us %.2f bytes %.0f found %.0f\n", 1e6 * signing / n_items, 1e6 * finding / n_items,
          bytes / n_live, found);
  truce_story_index_free (index);
}

/* --- pairs --- */

typedef struct {
  char *topic, *title;
  TruceStorySignature signature;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->topic);
  g_free (entry->title);
  g_free (entry);
}

static Entry *
entry_from_json (const json_t *record)
{
  const char *title = truce_json_get_text (record, "title"), *lede = truce_json_get_text (record, "lede");
  const char *published = truce_json_get_text (record, "published"), *topic = truce_json_get_text (record, "topic");
  g_autofree char *day = published ? g_strdup_printf ("%.10sT12:00:00Z", published) : NULL;
  g_autoptr (TruceItem) item = truce_item_new ();
  TruceTime at;
  Entry *entry;

  if (!title || !topic || !day || !truce_time_from_text (day, &at))
    return NULL;
  g_free (item->title);
  g_free (item->summary);
  item->title = g_strdup (title);
  item->summary = g_strdup (lede ? lede : "");
  item->link = g_strdup (truce_json_get_text (record, "url"));
  item->published = at;
  entry = g_new0 (Entry, 1);
  entry->topic = g_strdup (topic);
  entry->title = g_strdup (title);
  truce_story_sign (item, "f", NULL, at, &entry->signature);
  return entry;
}

static GPtrArray *
read_entries (const char *path)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error)) {
    fprintf (stderr, "%s\n", error->message);
    exit (1);
  }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_autoptr (json_t) record = json_loads (lines[i], 0, NULL);
    Entry *entry = record ? entry_from_json (record) : NULL;
    if (entry)
      g_ptr_array_add (entries, entry);
  }
  return entries;
}

static void
pairs (const char *path, gboolean list)
{
  g_autoptr (GPtrArray) entries = read_entries (path);
  guint near = 0, joined = 0, strange = 0;

  for (guint i = 0; i < entries->len; i++)
    for (guint j = i + 1; j < entries->len; j++) {
      const Entry *one = g_ptr_array_index (entries, i), *other = g_ptr_array_index (entries, j);
      gboolean same_topic = strcmp (one->topic, other->topic) == 0;
      double alike;
      TruceStoryRelation relation = truce_story_compare (&one->signature, &other->signature, &alike);
      near += same_topic && ABS (one->signature.at - other->signature.at) <= TRUCE_STORY_WINDOW;
      if (list && (relation >= TRUCE_STORY_SAME ||
                   (same_topic && alike > 0.25 && ABS (one->signature.at - other->signature.at) <= TRUCE_STORY_WINDOW)))
        printf ("%s %.2f %s\n  %s\n  %s\n", truce_story_relation_to_text (relation), alike, one->topic, one->title,
                other->title);
      if (relation < TRUCE_STORY_SAME)
        continue;
      joined++;
      strange += !same_topic;
    }
  printf ("entries %u near %u joined %u strange %u\n", entries->len, near, joined, strange);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && strcmp (argv[1], "speed") == 0)
    speed ((guint) atoi (argv[2]), (guint) atoi (argv[3]), (guint) atoi (argv[4]));
  else if (argc >= 3 && strcmp (argv[1], "pairs") == 0)
    pairs (argv[2], argc > 3);
  else
    return 2;
  return 0;
}
