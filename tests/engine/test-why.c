/* SPDX-License-Identifier: MIT */
/* What `why` says of each kind of alert: rule, words in context, story, decision and deliveries. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T00:00:00Z"
#define GENERAL "[truced]\nalert-to = stdout log\ntimezone = UTC\nlead = 7d 1d 0\n[sink log]\nkind = syslog\n"
#define TRUCE \
  "[milestone truce]\ntitle = The truce ends\ndue = 2025-08-20 12:00\nmatch = truce extend*\nfeeds = a trade\n"
#define EARTHS "[watch earths]\ntitle = Rare earths\nmatch = \"rare earth\"\n"
#define FEEDS "[feed a]\nurl = https://a.example/\n[feed b]\nurl = https://b.example/\ntags = trade\n"

static json_t *
why_of (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  json_t *why = truce_view_why (world->engine, id, &error);

  g_assert_no_error (error);
  return why;
}

/* Of the `n`-th alert of a kind, from 0, the oldest first. */
static json_t *
why_of_kind (World *world, const char *kind, guint n)
{
  const TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .kind = kind };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);

  g_assert_cmpuint (n, <, alerts->len);
  return why_of (world, ((TruceStoredAlert *) g_ptr_array_index (alerts, alerts->len - 1 - n))->alert->id);
}

static void
assert_says (const json_t *why, const char *key, const char *words)
{
  const char *text = truce_json_get_text (why, key);

  if (!text || !strstr (text, words))
    g_error ("%s: \"%s\" lacks \"%s\"", key, text ? text : "(none)", words);
}

static void
test_lead (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);

  world_run_until (world, "2025-08-14T00:00:00Z");
  g_autoptr (json_t) why = why_of_kind (world, "lead", 0);
  assert_says (why, "rule", "[milestone truce] lead = 7d");
  assert_says (why, "decision",
               "7d fell due 2025-08-13T09:00:00Z; raised 2025-08-13T09:00:00Z, for revision 0 of its date");
  g_assert_cmpuint (json_array_size (json_object_get (why, "deliveries")), ==, 2);
  g_assert_null (json_object_get (why, "story"));
  world_run_until (world, "2025-08-20T13:00:00Z");
  g_autoptr (json_t) due = why_of_kind (world, "due", 0);
  assert_says (due, "rule", "lead = 0");
  assert_says (due, "decision", "the date fell due 2025-08-20T12:00:00Z");
}

/* Of two leads that passed while truced was not running, one was told: the decision names both. */
static void
test_late (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);

  world_run_until (world, "2025-08-10T00:00:00Z");
  world_set_time (world, "2025-08-19T18:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-08-19T19:00:00Z");
  g_autoptr (json_t) why = why_of_kind (world, "lead", 0);
  assert_says (why, "decision", "7d fell due 2025-08-13T09:00:00Z");
  assert_says (why, "decision", "1d fell due 2025-08-19T09:00:00Z");
  assert_says (why, "decision", "late: truced was not running or the clock was set");
}

static void
test_changed (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);

  world_run_until (world, "2025-08-02T00:00:00Z");
  world_reload (world, GENERAL "[milestone truce]\ntitle = The truce ends\ndue = 2025-09-20 12:00\n" FEEDS);
  g_autoptr (json_t) why = why_of_kind (world, "changed", 0);
  assert_says (why, "rule", "[milestone truce]: the date differs from the one last seen");
  assert_says (why, "decision", "for revision 1 of its date");
}

/* --- news --- */

static World *
news_world (const char *general, const char *items)
{
  g_autofree char *config = g_strconcat (GENERAL, general, TRUCE EARTHS FEEDS, NULL);
  World *world = world_new (config, NOW);

  world_script (world, "https://b.example/", 200, "\"0\"", "");
  world_script (world, "https://a.example/", 200, "\"1\"", items);
  world_run_until (world, "2025-08-01T02:00:00Z");
  return world;
}

static void
test_news (void)
{
  g_autoptr (World) world =
      news_world ("", "Truce extended for RARE-EARTH trade by a month|2025-08-01T00:00:00Z|https://x.example/1\n");
  g_autoptr (json_t) why = why_of_kind (world, "news", 0);
  const json_t *also = json_object_get (why, "also");

  assert_says (why, "rule", "[milestone truce] match = truce extend*; feeds = a trade");
  g_assert_cmpstr (json_string_value (json_array_get (also, 0)), ==,
                   "[watch earths] match = \"rare earth\"; in all feeds");
  const json_t *context = json_array_get (json_object_get (why, "context"), 0);
  g_autofree char *words = truce_json_to_line (json_object_get (context, "words"));
  g_assert_cmpstr (truce_json_get_text (context, "text"), ==, "Truce extended for RARE-EARTH trade by a month");
  g_assert_cmpstr (truce_json_get_text (context, "feed"), ==, "a");
  g_assert_cmpstr (words, ==, "[\"Truce\",\"extended\",\"RARE-EARTH\"]");
  assert_says (why, "decision", "told since no alert of the 3 days before told the same");
}

static void
test_story (void)
{
  g_autoptr (World) world =
      news_world ("", "Rare earth mine at Lakeland opens in March|2025-08-01T00:00:00Z|https://x.example/1\n");

  world_script (world, "https://b.example/", 200, "\"1\"",
                "Lakeland rare earth mine to open in March|2025-08-01T02:00:00Z|https://y.example/1\n"
                "Rare earth mine at Lakeland will not open in March|2025-08-01T02:30:00Z|https://y.example/2\n");
  world_run_until (world, "2025-08-01T05:00:00Z");
  g_autoptr (json_t) first = why_of_kind (world, "news", 0);
  const json_t *story = json_object_get (first, "story");
  g_assert_cmpint (truce_json_get_integer (story, "count", 0), ==, 2);
  g_assert_cmpint (truce_json_get_integer (story, "sources", 0), ==, 2);
  assert_says (first, "decision", "1 more joined it until 2025-08-01T");
  assert_says (first, "decision", "and no sink was told again");
  g_assert_cmpuint (json_array_size (json_object_get (first, "context")), ==, 2);
  g_autoptr (json_t) second = why_of_kind (world, "news", 1);
  assert_says (second, "decision", "told since it differs from what alert ");
  assert_says (second, "decision", "(Rare earth mine at Lakeland opens in March) told");
  g_assert_nonnull (truce_json_get_text (json_object_get (second, "story"), "follows"));
}

static void
test_correction (void)
{
  g_autoptr (World) world = news_world ("", "Rare earth mine opens|2025-08-01T00:00:00Z|https://x.example/1|1\n");

  world_script (world, "https://a.example/", 200, "\"2\"",
                "Rare earth mine closes|2025-08-01T00:00:00Z|https://x.example/1|1\n");
  world_run_until (world, "2025-08-01T05:00:00Z");
  g_autoptr (json_t) why = why_of_kind (world, "news", 1);
  assert_says (why, "rule", "has changed since; [watch earths]");
  assert_says (why, "decision", "told since the headline of alert ");
  assert_says (why, "decision", "(Rare earth mine opens) is another now");
}

/* --- held back, folded, failed --- */

static void
test_budget (void)
{
  g_autoptr (World) world = news_world ("", "");
  g_autofree char *config =
      g_strconcat ("[truced]\nbudget = 1\nalert-to = stdout\ntimezone = UTC\n", EARTHS FEEDS, NULL);

  world_reload (world, config);
  world_script (world, "https://a.example/", 200, "\"2\"",
                "Rare earth mine opens|2025-08-01T02:00:00Z|https://x.example/1\n"
                "Ferry loaded with rare earth sinks|2025-08-01T02:00:00Z|https://x.example/2\n"
                "Museum shows a rare earth globe|2025-08-01T02:00:00Z|https://x.example/3\n");
  world_run_until (world, "2025-08-01T02:20:00Z");
  g_autoptr (json_t) held = why_of_kind (world, "news", 1);
  const json_t *waits = json_array_get (json_object_get (held, "waiting"), 0);
  g_assert_cmpstr (truce_json_get_text (waits, "reason"), ==, "budget");
  g_assert_cmpint (truce_json_get_integer (waits, "told", 0), ==, 1);
  g_assert_cmpint (truce_json_get_integer (waits, "budget", 0), ==, 1);
  g_assert_cmpint (truce_json_get_time (waits, "until"), ==, truce_json_get_time (waits, "since") + TRUCE_HOUR);
  g_autofree char *spent =
      g_strdup_printf ("held back from stdout until %s: budget, 1 of 1 headlines about watch earths told since %s",
                       truce_json_get_text (waits, "until"), truce_json_get_text (waits, "since"));
  assert_says (held, "decision", spent);
  world_restart (world);
  world_run_until (world, "2025-08-01T06:00:00Z");
  g_autoptr (json_t) digest = why_of_kind (world, "digest", 0);
  assert_says (digest, "rule", "budget = 1: headlines about watch earths beyond it within an hour come as one, later");
  assert_says (digest, "decision", "it stands for 2 alerts");
  g_autofree char *told = g_strdup_printf ("stdout was told of it within the digest %.8s",
                                           truce_json_get_text (json_object_get (digest, "alert"), "id"));
  g_autoptr (json_t) folded = why_of_kind (world, "news", 1);
  assert_says (folded, "decision", told);
  assert_says (folded, "decision", spent); /* what was so then is kept */
}

static void
test_failed (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);

  world_script (world, "https://a.example/", 200, "\"1\"", "");
  world_script (world, "https://b.example/", 200, "\"1\"", "");
  g_hash_table_add (world->dead_sinks, (gpointer) "log");
  world_run_until (world, "2025-08-13T09:10:00Z");
  truce_engine_problem (world->engine, "thing", "Something is wrong", "Look", world->now);
  g_autoptr (json_t) behind = why_of_kind (world, "problem", 0);
  g_autofree char *waiting = truce_json_to_line (json_object_get (behind, "waiting"));
  g_assert_nonnull (strstr (waiting, "the sink has failed at another alert, and is tried again"));
  g_autoptr (json_t) why = why_of_kind (world, "lead", 0);
  assert_says (why, "decision", "held back from log until ");
  assert_says (why, "decision", "the sink has failed and is tried again");
  g_assert_cmpuint (json_array_size (json_object_get (why, "deliveries")), >=, 4); /* one went, three tries did not */
}

/* What a full disk has kept from the store is explained all the same, and what became of it is known ever after. */
static void
test_unsaved (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);
  const TruceOrigin ada = { "ada", "trucectl" };
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN, .kind = "test" };
  g_autoptr (GError) error = NULL;

  world_script (world, "https://a.example/", 200, "\"1\"", "");
  world_script (world, "https://b.example/", 200, "\"1\"", "");
  world_run_until (world, "2025-08-12T09:00:00Z");
  world->store_is_full = TRUE;
  g_hash_table_add (world->dead_sinks, (gpointer) "log");
  g_autofree char *test = truce_engine_test (world->engine, NULL, NULL);
  g_autoptr (json_t) why = why_of (world, test);
  assert_says (why, "decision", "it is kept in memory, since the state cannot be written");
  assert_says (why, "decision", "held back from log until ");
  g_assert_cmpuint (json_array_size (json_object_get (why, "deliveries")), ==, 1);
  g_autoptr (json_t) listed = truce_view_alerts (world->engine, &all);
  g_assert_cmpuint (json_array_size (listed), ==, 1);
  g_assert_false (truce_engine_acknowledge (world->engine, test, &ada, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE);
  world->store_is_full = FALSE;
  g_hash_table_remove_all (world->dead_sinks);
  world_restart (world); /* it is written as the old one ends */
  world_run_until (world, "2025-08-12T09:10:00Z");
  g_autoptr (json_t) after = why_of (world, test);
  g_assert_cmpuint (json_array_size (json_object_get (after, "deliveries")), ==, 2);
  g_assert_true (truce_engine_acknowledge (world->engine, test, &ada, NULL));
}

static void
test_snoozed (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE FEEDS, NOW);
  const TruceOrigin ada = { "ada", "trucectl" };

  world_run_until (world, "2025-08-13T09:10:00Z");
  g_autoptr (json_t) before = why_of_kind (world, "lead", 0);
  const char *id = truce_json_get_text (json_object_get (before, "alert"), "id");
  g_assert_true (truce_engine_snooze (world->engine, id, TRUCE_DAY, &ada, NULL));
  g_autoptr (json_t) why = why_of (world, id);
  assert_says (why, "decision", "held back from stdout until 2025-08-14T09:10:00Z: snoozed");
}

static void
test_no_sink (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = log\ntimezone = UTC\nlead = 7d\n[sink log]\nkind = syslog\n"
                 "alerts = news\n" TRUCE FEEDS,
                 NOW);

  world_run_until (world, "2025-08-14T00:00:00Z");
  g_autoptr (json_t) why = why_of_kind (world, "lead", 0);
  assert_says (why, "decision", "told to no sink: none takes alerts like it");
}

/* --- truced's own --- */

static void
test_others (void)
{
  g_autoptr (World) world = world_new (GENERAL TRUCE "[feed a]\nurl = https://a.example/\n[feed trade]\nurl = "
                                                     "https://t.example/\n",
                                       NOW);

  world_script (world, "https://a.example/", 410, NULL, NULL);
  world_script (world, "https://t.example/", 200, NULL, "");
  world_run_until (world, "2025-08-01T03:00:00Z");
  g_autoptr (json_t) gone = why_of_kind (world, "feed", 0);
  assert_says (gone, "rule", "[feed a]: told once each time that it fails");
  assert_says (gone, "decision", "raised 2025-08-01T");
  truce_engine_problem (world->engine, "thing", "Something is wrong", "Look", world->now);
  g_autoptr (json_t) problem = why_of_kind (world, "problem", 0);
  assert_says (problem, "rule", "trouble of truced's own");
  g_autofree char *id = truce_engine_test (world->engine, NULL, NULL);
  g_autoptr (json_t) test = why_of (world, id);
  assert_says (test, "rule", "trucectl test-alert");
  world_run_until (world, "2025-08-18T12:00:00Z");
  g_autoptr (json_t) silent = why_of_kind (world, "silent", 0);
  assert_says (silent, "rule", "[milestone truce] silent-after");
  assert_says (silent, "decision", "for revision 0 of its date");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/why/lead", test_lead);
  g_test_add_func ("/why/late", test_late);
  g_test_add_func ("/why/changed", test_changed);
  g_test_add_func ("/why/news", test_news);
  g_test_add_func ("/why/story", test_story);
  g_test_add_func ("/why/correction", test_correction);
  g_test_add_func ("/why/budget", test_budget);
  g_test_add_func ("/why/failed", test_failed);
  g_test_add_func ("/why/snoozed", test_snoozed);
  g_test_add_func ("/why/unsaved", test_unsaved);
  g_test_add_func ("/why/no-sink", test_no_sink);
  g_test_add_func ("/why/others", test_others);
  return g_test_run ();
}
