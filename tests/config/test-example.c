/* SPDX-License-Identifier: MIT */
/* The shipped files: no finding, and true to the dates that they tell. */
#include <jansson.h>
#include <string.h>

#include "io/config_load.h"

/* 2026-11-24T00:00:00Z, when the example was current. */
#define NOW ((TruceTime) 1795478400 * TRUCE_SECOND)

#define ITEMS_AT_LEAST 60

static TruceConfig *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "config", name, NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  TruceConfig *config = truce_config_load (path, NOW, diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  g_assert_cmpstr (findings, ==, "");
  g_assert_nonnull (config);
  return config;
}

static void
assert_due_at (const TruceMilestone *milestone, const char *instant, const char *words)
{
  TruceTime at = 0;

  g_assert_true (truce_time_from_text (instant, &at));
  const TruceRevision *revision = truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, at));
  g_autofree char *due = truce_span_to_words (&revision->span);
  g_assert_cmpstr (due, ==, words);
}

static void
test_example (void)
{
  static const char *const watches[] = { "ev-tariffs",      "semiconductors",  "ai",        "rare-earths",
                                         "export-controls", "fentanyl",        "purchases", "market-access",
                                         "overcapacity",    "follow-up-talks", "politburo" };
  g_autoptr (TruceConfig) config = load ("truced.conf");
  const TruceMilestone *truce = truce_config_find_milestone (config, "us-china-truce");
  const TruceMilestone *tiktok = truce_config_find_milestone (config, "tiktok-divestiture");
  guint official = 0;

  assert_due_at (truce, "2025-05-15T00:00:00Z", "Tue 12 Aug 2025 00:01 EDT");
  assert_due_at (truce, "2026-11-24T00:00:00Z", "Sun 10 Jan 2027");
  g_assert_true (truce_milestone_ended_at (tiktok, NOW));
  g_assert_false (truce_milestone_ended_at (truce, NOW));
  g_assert_cmpuint (truce_config_n_watches (config), ==, G_N_ELEMENTS (watches));
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    g_assert_cmpstr (truce_config_watch (config, i)->id, ==, watches[i]);
  for (guint i = 0; i < truce_config_n_feeds (config); i++)
    official += truce_config_feed (config, i)->tier == TRUCE_TIER_OFFICIAL;
  g_assert_cmpuint (truce_config_n_feeds (config), >=, 30);
  g_assert_cmpuint (official, >=, 10);
}

static void
test_history (void)
{
  g_autoptr (TruceConfig) config = load ("history-2025.conf");
  const TruceMilestone *truce = truce_config_find_milestone (config, "us-china-truce");
  const TruceMilestone *tiktok = truce_config_find_milestone (config, "tiktok-divestiture");

  assert_due_at (truce, "2025-08-11T03:59:00Z", "Tue 12 Aug 2025 00:01 EDT");
  assert_due_at (truce, "2025-08-11T12:00:00Z", "Mon 10 Nov 2025 00:01 EST");
  assert_due_at (truce, "2025-10-30T12:00:00Z", "Tue 10 Nov 2026");
  assert_due_at (truce, "2026-09-23T12:00:00Z", "Sun 10 Jan 2027");
  assert_due_at (tiktok, "2025-01-01T12:00:00Z", "Sun 19 Jan 2025");
  assert_due_at (tiktok, "2025-01-20T12:00:00Z", "Sat 5 Apr 2025");
  assert_due_at (tiktok, "2025-04-04T12:00:00Z", "Thu 19 Jun 2025");
  assert_due_at (tiktok, "2025-06-19T12:00:00Z", "Wed 17 Sep 2025");
  assert_due_at (tiktok, "2025-09-16T12:00:00Z", "Tue 16 Dec 2025");
  assert_due_at (tiktok, "2025-09-25T12:00:00Z", "Fri 23 Jan 2026");
  g_assert_false (truce_milestone_ended_at (tiktok, tiktok->met.at - 1));
  g_assert_true (truce_milestone_ended_at (tiktok, tiktok->met.at));
}

typedef struct {
  GHashTable *ids;
  GHashTable *hits; /* "DAY OWNER TIER" -> count */
  TruceTime last;
  guint n;
  guint n_unmatched;
} Archive;

static void
count_hits (Archive *archive, const TruceConfig *config, const TruceItem *item, const TruceFeed *feed)
{
  const TruceMatchContext context = { .feed = feed->id };
  g_autoptr (GArray) hits = truce_hits_new ();
  char day[TRUCE_TIME_TEXT_SIZE];
  /* In New York, where the announcements are dated: four hours behind is near enough. */
  truce_time_to_text (item->published - 4 * TRUCE_HOUR, day);
  day[10] = '\0';

  truce_matcher_run (truce_config_matcher (config), item, &context, hits);
  archive->n_unmatched += hits->len == 0;
  for (guint i = 0; i < hits->len; i++) {
    const TruceMatchOwner *owner = truce_config_match_owner (config, g_array_index (hits, TruceHit, i).query);
    char *key = g_strdup_printf ("%s %s %s", day, owner->milestone ? owner->milestone->id : owner->watch->id,
                                 truce_tier_to_text (feed->tier));
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (archive->hits, key));
    g_hash_table_insert (archive->hits, key, GUINT_TO_POINTER (count + 1));
  }
}

static void
read_line (Archive *archive, const TruceConfig *config, const char *line)
{
  static const char *const keys[] = { "id", "feed", "title", "summary", "link", "published" };
  g_autoptr (json_t) object = json_loads (line, JSON_REJECT_DUPLICATES, NULL);
  g_autoptr (TruceItem) item = truce_item_new ();

  g_assert_cmpuint (json_object_size (object), ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_nonnull (json_string_value (json_object_get (object, keys[i])));
  const TruceFeed *feed = truce_config_find_feed (config, truce_json_get_text (object, "feed"));
  g_assert_nonnull (feed);
  g_assert_true (g_hash_table_add (archive->ids, g_strdup (truce_json_get_text (object, "id"))));
  /* A site of its own: publishers are told apart by it. */
  g_autofree char *site = g_strdup_printf ("https://%s.example/", feed->id);
  g_assert_true (g_str_has_prefix (truce_json_get_text (object, "link"), site));
  item->published = truce_json_get_time (object, "published");
  g_assert_cmpint (item->published, >=, archive->last); /* in order, and a time at all */
  g_assert_true (item->published != TRUCE_TIME_NONE);
  archive->last = item->published;
  g_free (item->title);
  item->title = g_strdup (truce_json_get_text (object, "title"));
  g_free (item->summary);
  item->summary = g_strdup (truce_json_get_text (object, "summary"));
  count_hits (archive, config, item, feed);
  archive->n++;
}

static void
assert_told (const Archive *archive, const char *day, const char *owner)
{
  g_autofree char *official = g_strconcat (day, " ", owner, " official", NULL);
  g_autofree char *press = g_strconcat (day, " ", owner, " press", NULL);

  g_test_message ("%s", official);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (archive->hits, official)), >=, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (archive->hits, press)), >=, 2);
}

/* Every move is announced on its day by one who decides and by two of the press; and there is other news between. */
static void
test_items (void)
{
  g_autoptr (TruceConfig) config = load ("history-2025.conf");
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "config", "items-2025.jsonl", NULL);
  g_autofree char *text = NULL;
  Archive archive = {
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .last = TRUCE_TIME_MIN,
  };

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line)
      read_line (&archive, config, *line);
  g_assert_cmpuint (archive.n, >=, ITEMS_AT_LEAST);
  g_assert_cmpuint (archive.n_unmatched, >=, 5);
  assert_told (&archive, "2025-05-12", "us-china-truce");
  assert_told (&archive, "2025-08-11", "us-china-truce");
  assert_told (&archive, "2025-10-30", "us-china-truce");
  assert_told (&archive, "2025-06-19", "tiktok-divestiture");
  assert_told (&archive, "2025-09-16", "tiktok-divestiture");
  assert_told (&archive, "2025-09-25", "tiktok-divestiture");
  assert_told (&archive, "2026-01-22", "tiktok-divestiture");
  g_hash_table_unref (archive.ids);
  g_hash_table_unref (archive.hits);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/example", test_example);
  g_test_add_func ("/config/history", test_history);
  g_test_add_func ("/config/items", test_items);
  return g_test_run ();
}
