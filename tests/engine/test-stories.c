/* SPDX-License-Identifier: MIT */
/* The same news from many feeds is one alert that grows; what is new in it is another. */
#include <string.h>

#include "engine/amend.h"
#include "engine/simulate.h"
#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-11T12:00:00Z"
#define N_PRESS 30
#define MATCH "grant* | subsid*"

#define FIRST "Ministry extends heat pump grants to March 31"
#define REWRITTEN "Heat pump grants: ministry prolongs cutoff to 31 March"
#define OTHERWISE "More time for heat pump grants as ministry moves date to March 31"
#define DEVELOPMENT "Ministry extends heat pump grants to April 30"

/* Feeds press0 and so on, and gov, which is official; they are polled every hour. */
static World *
begin_with (const char *general, const char *more)
{
  g_autoptr (GString) config = g_string_new ("[truced]\nalert-to = stdout log\ntimezone = UTC\n");
  World *world;

  g_string_append_printf (config, "%s[sink log]\nkind = syslog\n[watch grants]\ntitle = Grants\nmatch = " MATCH "\n",
                          general);
  for (guint i = 0; i < N_PRESS; i++)
    g_string_append_printf (config, "[feed press%u]\ntitle = Press %u\nurl = https://p%u.example/\n", i, i, i);
  g_string_append (config, "[feed gov]\ntitle = The Ministry\nurl = https://gov.example/\ntier = official\n");
  g_string_append (config, more);
  world = world_new (config->str, NOW);
  for (guint i = 0; i < N_PRESS; i++) {
    g_autofree char *url = g_strdup_printf ("https://p%u.example/", i);
    world_script (world, url, 200, "\"0\"", "");
  }
  world_script (world, "https://gov.example/", 200, "\"0\"", "");
  world_run_until (world, "2025-08-11T14:00:00Z");
  return world;
}

static World *
begin (void)
{
  return begin_with ("", "");
}

static void
wait_hours (World *world, guint hours)
{
  char until[TRUCE_TIME_TEXT_SIZE];

  world_run_until (world, truce_time_to_text (world->now + hours * TRUCE_HOUR, until));
}

/* `feed` ("p0", "gov") has `titles` (a line each) from now on, which are polled. */
static void
bring (World *world, const char *feed, const char *titles)
{
  static guint number;
  g_autofree char *url = g_strdup_printf ("https://%s.example/", feed);
  g_autofree char *etag = g_strdup_printf ("\"%u\"", ++number);
  g_auto (GStrv) lines = g_strsplit (titles, "\n", -1);
  g_autoptr (GString) items = g_string_new (NULL);
  char now[TRUCE_TIME_TEXT_SIZE];

  truce_time_to_text (world->now, now);
  for (guint i = 0; lines[i]; i++)
    if (strchr (lines[i], '|'))
      g_string_append_printf (items, "%s\n", lines[i]);
    else
      g_string_append_printf (items, "%s|%s|https://%s.example/%u|%s-%u\n", lines[i], now, feed, i, feed, i);
  world_script (world, url, 200, etag, items->str);
  wait_hours (world, 2);
}

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* Of the `n`-th alert of kind news, from 0. */
static const char *
news_id (World *world, guint n)
{
  static char id[64];
  const TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .kind = "news" };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);

  g_assert_cmpuint (n, <, alerts->len);
  const TruceStoredAlert *stored = g_ptr_array_index (alerts, alerts->len - 1 - n);
  g_strlcpy (id, stored->alert->id, sizeof id);
  return id;
}

static const char *
first_id (World *world)
{
  return news_id (world, 0);
}

static json_t *
record_of (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  json_t *record = truce_view_alert (world->engine, id, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_counts (World *world, const char *id, guint count, guint sources, guint official)
{
  g_autoptr (json_t) record = record_of (world, id);

  g_assert_cmpint (truce_json_get_integer (record, "count", 0), ==, count);
  g_assert_cmpint (truce_json_get_integer (record, "sources", 0), ==, sources);
  g_assert_cmpint (truce_json_get_integer (record, "official", 0), ==, official);
  g_assert_cmpuint (json_array_size (json_object_get (record, "items")), ==, MIN (count, TRUCE_ALERT_ITEMS_MAX));
}

/* It says that it follows the first one. */
static void
assert_follows (World *world, const char *id)
{
  g_autoptr (json_t) record = record_of (world, id);

  g_assert_cmpstr (truce_json_get_text (record, "follows"), ==, first_id (world));
}

static guint
count_delivered (World *world, const char *sink, const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s %s", sink, id);
  guint count = 0;

  for (guint i = 0; i < world->delivered->len; i++)
    count += strcmp (g_ptr_array_index (world->delivered, i), name) == 0 ? 1 : 0;
  return count;
}

static void
test_grows (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  assert_raised (world, "news " FIRST "\n");
  bring (world, "p1", REWRITTEN);
  bring (world, "p2", OTHERWISE);
  assert_raised (world, "");
  assert_counts (world, first_id (world), 3, 3, 0);
  g_autoptr (json_t) record = record_of (world, first_id (world));
  g_assert_cmpstr (truce_json_get_text (record, "title"), ==, FIRST);
  g_assert_cmpstr (truce_json_get_text (record, "body"), ==, "Press 0 and 2 more \xe2\x80\x94 Grants");
  g_assert_cmpint (truce_json_get_time (record, "grown"), >, truce_json_get_time (record, "raised"));
  const json_t *second = json_array_get (json_object_get (record, "items"), 1);
  g_assert_cmpstr (truce_json_get_text (second, "title"), ==, REWRITTEN);
  g_assert_cmpstr (truce_json_get_text (second, "publisher"), ==, "p1.example");
  g_assert_cmpint (truce_json_get_time (second, "joined"), !=, TRUCE_TIME_NONE);
  /* No sink hears of it again. */
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 1);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 1);
}

/* Copies say nothing more, and are counted apart from sources. */
static void
test_copies (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  bring (world, "p1", FIRST " - The Ledger|2025-08-11T15:00:00Z|https://ledger.example/1");
  bring (world, "p2", FIRST);
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 3, 1, 0);
  g_autoptr (json_t) record = record_of (world, first_id (world));
  g_assert_true (truce_json_get_boolean (json_array_get (json_object_get (record, "items"), 2), "copy"));
  g_assert_false (truce_json_get_boolean (json_array_get (json_object_get (record, "items"), 0), "copy"));
}

static void
test_development (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  bring (world, "p1", DEVELOPMENT);
  bring (world, "p2", DEVELOPMENT);
  assert_raised (world, "news " FIRST "\nnews " DEVELOPMENT "\n");
  assert_counts (world, first_id (world), 1, 1, 0);
  assert_counts (world, news_id (world, 1), 2, 1, 0);
  assert_follows (world, news_id (world, 1));
}

/* In one poll, with what the feed itself tells twice. */
static void
test_one_poll (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", REWRITTEN "\n" FIRST);
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 2, 1, 0);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 1);
}

static void
test_official (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  bring (world, "p1", REWRITTEN);
  bring (world, "gov", OTHERWISE);
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 3, 3, 1);
  g_autoptr (json_t) record = record_of (world, first_id (world));
  g_assert_cmpstr (truce_json_get_text (record, "body"), ==,
                   "Press 0 and 2 more: 1 official \xe2\x80\x94 Grants\nNow official, The Ministry: " OTHERWISE);
  g_assert_nonnull (truce_json_get_text (record, "confirmed"));
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 2);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 2);
  /* Once. */
  bring (world, "gov", OTHERWISE "\n" REWRITTEN " - again");
  bring (world, "p3", FIRST);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 2);
}

/* What is confirmed while a sink is at it is told once more, as it is then, under a name of its own. */
static void
test_official_meanwhile (void)
{
  g_autoptr (World) world = begin ();

  g_hash_table_add (world->slow_sinks, (char *) "log");
  bring (world, "p0", FIRST);
  g_assert_cmpuint (world->begun->len, ==, 1);
  g_assert_cmpstr (world->telling, ==, first_id (world));
  bring (world, "gov", OTHERWISE);
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_end_delivery (world, "log", TRUCE_DELIVERY_DONE, 0);
  wait_hours (world, 1);
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_cmpstr (world->telling, !=, first_id (world));
  world_end_delivery (world, "log", TRUCE_DELIVERY_DONE, 0);
  wait_hours (world, 1);
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 2);
  g_assert_false (truce_engine_owes (world->engine));
}

/* A sink that is told once a day is told of that, too, with the next summary. */
static void
test_official_for_a_summary (void)
{
  g_autoptr (World) world = begin_with ("[sink stdout]\nkind = stdout\ndigest = 08:00\n", "");

  bring (world, "p0", FIRST);
  wait_hours (world, 18);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 1);
  bring (world, "gov", OTHERWISE);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 2);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 1);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 0);
  wait_hours (world, 24);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 2);
}

/* What an official feed told first needs no confirmation. */
static void
test_official_first (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "gov", FIRST);
  bring (world, "p0", REWRITTEN);
  bring (world, "gov", FIRST "\n" OTHERWISE);
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 3, 2, 2);
  g_autoptr (json_t) record = record_of (world, first_id (world));
  g_assert_cmpstr (truce_json_get_text (record, "body"), ==, "The Ministry and 2 more: 1 official \xe2\x80\x94 Grants");
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 1);
}

/* Who has read it has read it; who has put it off hears of it then. */
static void
test_official_after_an_answer (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  g_assert_true (truce_engine_acknowledge (world->engine, first_id (world), &(TruceOrigin){ "ada", NULL }, NULL));
  bring (world, "gov", REWRITTEN);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 1);
  g_autoptr (json_t) record = record_of (world, first_id (world));
  g_assert_nonnull (truce_json_get_text (record, "acknowledged"));
  g_assert_cmpint (truce_json_get_integer (record, "count", 0), ==, 2);
}

/* A sink that has not had it yet gets it as it is by then, once. */
static void
test_undelivered (void)
{
  g_autoptr (World) world = begin ();

  g_hash_table_add (world->dead_sinks, (gpointer) "log");
  bring (world, "p0", FIRST);
  bring (world, "gov", REWRITTEN);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 2);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 0);
  g_hash_table_remove_all (world->dead_sinks);
  wait_hours (world, 2);
  g_assert_cmpuint (count_delivered (world, "log", first_id (world)), ==, 1);
}

static void
test_restart (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  world_restart (world);
  bring (world, "p1", REWRITTEN);
  world_restart (world);
  bring (world, "p2", FIRST);
  bring (world, "p3", DEVELOPMENT);
  assert_raised (world, "news " FIRST "\nnews " DEVELOPMENT "\n");
  assert_counts (world, first_id (world), 3, 2, 0);
}

/* A disk that is full costs the growth until it is mended, and no alert. */
static void
test_full_disk (void)
{
  g_autoptr (World) world = begin ();

  world->store_is_full = TRUE;
  bring (world, "p0", FIRST);
  bring (world, "p1", REWRITTEN);
  world->store_is_full = FALSE;
  wait_hours (world, 1);
  bring (world, "gov", FIRST);
  assert_raised (world, "problem truced cannot write its state\nnews " FIRST "\n");
  assert_counts (world, first_id (world), 3, 2, 1);
}

/* While nothing can be written, feeds bring the same again and again: it stays one entry each. */
static void
test_full_disk_for_long (void)
{
  g_autoptr (World) world = begin ();

  world->store_is_full = TRUE;
  for (guint round = 0; round < 6; round++) { /* each time under another ETag */
    bring (world, "p0",
           FIRST "|2025-08-11T14:00:00Z|https://p0.example/1|1\nGrants|2025-08-11T14:00:00Z|"
                 "https://p0.example/2|2");
    bring (world, "p1", REWRITTEN "|2025-08-11T15:00:00Z|https://p1.example/1|1");
  }
  world->store_is_full = FALSE;
  wait_hours (world, 1);
  bring (world, "p2", OTHERWISE "|2025-08-11T16:00:00Z|https://p2.example/1|1");
  assert_raised (world, "problem truced cannot write its state\nnews Grants\nnews " FIRST "\n");
  assert_counts (world, news_id (world, 1), 3, 3, 0);
  assert_counts (world, news_id (world, 0), 1, 1, 0);
  g_assert_cmpuint (count_delivered (world, "stdout", news_id (world, 1)), ==, 1);
}

/* A headline that its feed edits is a correction where it was told, and nothing where it only joined. */
static void
test_edits (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  bring (world, "p1", REWRITTEN);
  bring (world, "p1", "Heat pump grants: ministry prolongs their cutoff to 31 March");
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 2, 2, 0);
  bring (world, "p0", DEVELOPMENT);
  assert_raised (world, "news Corrected: " DEVELOPMENT "\n");
  /* What others then tell is no news beside the correction. */
  bring (world, "p4", DEVELOPMENT);
  assert_raised (world, "");
  assert_counts (world, news_id (world, 1), 2, 1, 0);
  /* One that joined, and now tells something else. */
  bring (world, "p1", "Heat pump grants: ministry will not prolong cutoff");
  assert_raised (world, "news Heat pump grants: ministry will not prolong cutoff\n");
}

/* Feeds come in any order, and so do the times of what they bring. */
static void
test_order (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  bring (world, "p1", REWRITTEN "|2025-08-11T02:00:00Z|https://p1.example/1|1");
  assert_raised (world, "news " FIRST "\n");
  assert_counts (world, first_id (world), 2, 2, 0);
}

static void
test_window (void)
{
  g_autoptr (World) world = begin ();

  bring (world, "p0", FIRST);
  wait_hours (world, 40);
  bring (world, "p1", REWRITTEN);
  assert_raised (world, "news " FIRST "\n");
  wait_hours (world, 40); /* the one after the other, and yet days after the first */
  bring (world, "p2", OTHERWISE);
  assert_raised (world, "news " OTHERWISE "\n");
  assert_follows (world, news_id (world, 1));
}

/* What is also about something else is told: a story about less does not take it in. */
static void
test_subjects (void)
{
  g_autoptr (World) world = begin_with ("", "[watch dates]\ntitle = Dates\nmatch = March cutoff\n");

  bring (world, "p0", FIRST);
  bring (world, "p1", REWRITTEN);
  assert_raised (world, "news " FIRST "\nnews " REWRITTEN "\n");
  bring (world, "p2", OTHERWISE);
  assert_raised (world, "");
  assert_counts (world, first_id (world), 2, 2, 0);
}

static void
test_very_many (void)
{
  g_autoptr (World) world = begin ();

  for (guint i = 0; i < N_PRESS; i++) {
    g_autofree char *url = g_strdup_printf ("https://p%u.example/", i);
    g_autofree char *item = g_strdup_printf ("%s|2025-08-11T13:00:00Z|https://p%u.example/1|1",
                                             i % 3 == 0   ? FIRST
                                             : i % 3 == 1 ? REWRITTEN
                                                          : OTHERWISE,
                                             i);
    world_script (world, url, 200, "\"1\"", item);
  }
  wait_hours (world, 2);
  bring (world, "gov", FIRST);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 1);
  assert_counts (world, first_id (world), N_PRESS + 1, 3, 1);
  /* The official one is named, though there are too many to name all. */
  g_autoptr (json_t) record = record_of (world, first_id (world));
  const json_t *last = json_array_get (json_object_get (record, "items"), TRUCE_ALERT_ITEMS_MAX - 1);
  g_assert_cmpstr (truce_json_get_text (last, "feed"), ==, "gov");
  g_assert_nonnull (strstr (truce_json_get_text (record, "body"), " and 30 more: 1 official "));
}

/* A budget counts stories. */
static void
test_budget (void)
{
  g_autoptr (World) world = begin_with ("budget = 2\n", "");

  bring (world, "p0", FIRST);
  for (guint i = 1; i < 6; i++) {
    g_autofree char *feed = g_strdup_printf ("p%u", i);
    g_autofree char *url = g_strdup_printf ("https://%s.example/", feed);
    world_script (world, url, 200, "\"1\"", REWRITTEN "|2025-08-11T16:00:00Z|https://x.example/1|1");
  }
  wait_hours (world, 2);
  bring (world, "p7", DEVELOPMENT);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 0);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 2);
}

/* In quiet hours it waits like any other, and is not taken for one that the budget held back. */
static void
test_quiet (void)
{
  g_autoptr (World) world = begin_with ("quiet = 20:00-06:00\n", "");

  bring (world, "p0", FIRST);
  wait_hours (world, 6); /* 22:00 */
  bring (world, "gov", REWRITTEN);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 1);
  wait_hours (world, 8);
  g_assert_cmpuint (count_delivered (world, "stdout", first_id (world)), ==, 2);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 0);
}

static void
keep_alert (const TruceAlert *alert, gpointer user_data)
{
  g_autofree char *words = truce_alert_growth_words (alert);

  g_ptr_array_add (user_data, g_strdup_printf ("%s %s", alert->title, words ? words : ""));
}

static void
add_item (GPtrArray *items, const char *feed, const char *title, const char *at)
{
  TruceSimulatedItem *simulated = g_new0 (TruceSimulatedItem, 1);

  simulated->feed = g_strdup (feed);
  simulated->item = truce_item_new ();
  g_free (simulated->item->title);
  simulated->item->title = g_strdup (title);
  simulated->item->published = world_time (at);
  g_ptr_array_add (items, simulated);
}

static void
test_simulate (void)
{
  g_autoptr (TruceConfig) config =
      world_config ("[truced]\nalert-to = stdout\n[watch grants]\ntitle = Grants\nmatch = " MATCH "\n[feed gov]\nurl = "
                    "https://gov.example/\ntier = official\n",
                    world_time (NOW));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_simulated_item_free);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  add_item (items, "one", FIRST, "2025-08-11T13:00:00Z");
  add_item (items, "two", REWRITTEN, "2025-08-11T14:00:00Z");
  add_item (items, "two", DEVELOPMENT, "2025-08-11T15:00:00Z");
  add_item (items, "gov", OTHERWISE, "2025-08-11T16:00:00Z");
  truce_simulate (config, world_time (NOW), world_time ("2025-08-12T00:00:00Z"), items, NULL, keep_alert, told);
  g_assert_cmpuint (told->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (told, 0), ==, FIRST " and 2 more: 1 official");
  g_assert_cmpstr (g_ptr_array_index (told, 1), ==, DEVELOPMENT " ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stories/grows", test_grows);
  g_test_add_func ("/stories/copies", test_copies);
  g_test_add_func ("/stories/development", test_development);
  g_test_add_func ("/stories/one-poll", test_one_poll);
  g_test_add_func ("/stories/official", test_official);
  g_test_add_func ("/stories/official-meanwhile", test_official_meanwhile);
  g_test_add_func ("/stories/official-for-a-summary", test_official_for_a_summary);
  g_test_add_func ("/stories/official-first", test_official_first);
  g_test_add_func ("/stories/answered", test_official_after_an_answer);
  g_test_add_func ("/stories/undelivered", test_undelivered);
  g_test_add_func ("/stories/restart", test_restart);
  g_test_add_func ("/stories/full-disk", test_full_disk);
  g_test_add_func ("/stories/full-disk-for-long", test_full_disk_for_long);
  g_test_add_func ("/stories/edits", test_edits);
  g_test_add_func ("/stories/order", test_order);
  g_test_add_func ("/stories/window", test_window);
  g_test_add_func ("/stories/subjects", test_subjects);
  g_test_add_func ("/stories/very-many", test_very_many);
  g_test_add_func ("/stories/budget", test_budget);
  g_test_add_func ("/stories/quiet", test_quiet);
  g_test_add_func ("/stories/simulate", test_simulate);
  return g_test_run ();
}
