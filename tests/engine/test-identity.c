/* SPDX-License-Identifier: MIT */
/* An entry is told once, whatever its feed does to its id, its address and its headline. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define URL "https://a.example/feed"
#define CONFIG                                                                        \
  "[truced]\nalert-to = stdout\n[milestone truce]\ntitle = The truce ends\n"          \
  "due = 2025-12-12\nlead = 1d\nmatch = truce\n[watch earths]\ntitle = Rare earths\n" \
  "match = earths\n[feed a]\nurl = " URL "\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* What the feed has from now on is polled, over `hours`; `number` makes each version another. */
static void
show (World *world, const char *items, guint hours)
{
  static guint number;
  g_autofree char *etag = g_strdup_printf ("\"%u\"", ++number);
  char until[TRUCE_TIME_TEXT_SIZE];

  world_script (world, URL, 200, etag, items);
  truce_time_to_text (world->now + hours * TRUCE_HOUR, until);
  world_run_until (world, until);
}

static World *
begin (const char *items)
{
  World *world = world_new (CONFIG, NOW);

  show (world, items, 1);
  return world;
}

static char *
identity_of (World *world)
{
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "a", NULL);

  return g_strdup (truce_json_get_text (json_array_get (feeds, 0), "identity"));
}

#define FIRST "2025-08-01T11:00:00Z"
#define LATER "2025-08-02T11:00:00Z"

static void
test_ids_change (void)
{
  g_autoptr (World) world =
      begin ("Truce one|" FIRST "|https://x.example/1|g1\nTruce two|" FIRST "|https://x.example/2|g2\n");

  assert_raised (world, "news Truce two\nnews Truce one\n");
  for (guint round = 0; round < 20; round++) {
    g_autofree char *items = g_strdup_printf (
        "Truce one|" FIRST "|https://x.example/1|%u-1\nTruce two|" FIRST "|https://x.example/2|%u-2\n", round, round);
    show (world, items, 2);
    assert_raised (world, "");
  }
  show (world, "Truce three|" LATER "|https://x.example/3|9-3\nTruce one|" FIRST "|https://x.example/1|9-1\n", 2);
  assert_raised (world, "news Truce three\n");
  g_autofree char *identity = identity_of (world);
  g_assert_cmpstr (identity, ==, "entries are known by their addresses: their ids change from poll to poll");
}

/* As an aggregator that hides its sources does: ids and addresses are others at every fetch. */
static void
test_ids_and_links_change (void)
{
  g_autoptr (World) world = begin ("Truce one|" FIRST "|https://n.example/r/a1|a1\nTruce two|" FIRST
                                   "|https://n.example/r/b1|b1\nTruce three|" FIRST "|https://n.example/r/c1|c1\n");

  assert_raised (world, "news Truce three\nnews Truce two\nnews Truce one\n");
  for (guint round = 2; round < 12; round++) {
    g_autofree char *items =
        g_strdup_printf ("Truce one|" FIRST "|https://n.example/r/a%1$u|a%1$u\nTruce two|" FIRST
                         "|https://n.example/r/b%1$u|b%1$u\nTruce three|" FIRST "|https://n.example/r/c%1$u|c%1$u\n",
                         round);
    show (world, items, 2);
    assert_raised (world, "");
  }
  show (world,
        "Truce four|" LATER "|https://n.example/r/d9|d9\nTruce one|" FIRST
        "|https://n.example/r/a99|a99\nTruce two|" FIRST "|https://n.example/r/b99|b99\n",
        2);
  assert_raised (world, "news Truce four\n");
}

static void
test_ids_repeat (void)
{
  g_autoptr (World) world =
      begin ("Truce one|" FIRST "|https://x.example/1|same\nQuiet|" FIRST "|https://x.example/2|other\n");

  assert_raised (world, "news Truce one\n");
  /* From here on the id is seen to be shared; nothing comes again because of it, and nothing is lost. */
  show (world, "Truce two|" LATER "|https://x.example/3|same\nTruce one|" FIRST "|https://x.example/1|same\n", 2);
  assert_raised (world, "news Truce two\n");
  show (world, "Truce three|" LATER "|https://x.example/4|same\nTruce two|" LATER "|https://x.example/3|same\n", 2);
  assert_raised (world, "news Truce three\n");
  world_restart (world);
  show (world, "Truce three|" LATER "|https://x.example/4|same\n\n", 2);
  assert_raised (world, "");
}

static void
test_links_repeat (void)
{
  g_autoptr (World) world =
      begin ("Truce one|" FIRST "|https://x.example/live\nTruce two|" FIRST "|https://x.example/live\n");

  assert_raised (world, "news Truce two\nnews Truce one\n");
  show (world, "Truce three|" LATER "|https://x.example/live\nTruce two|" FIRST "|https://x.example/live\n", 2);
  assert_raised (world, "news Truce three\n");
  show (world, "Truce three|" LATER "|https://x.example/live\n\n", 2);
  assert_raised (world, "");
}

/* A feed that kept to the rules until now: what it has already is not told again. */
static void
test_links_begin_to_repeat (void)
{
  g_autoptr (World) world =
      begin ("Truce one|" FIRST "|https://x.example/1\nTruce two|" FIRST "|https://x.example/2\n");

  assert_raised (world, "news Truce two\nnews Truce one\n");
  show (world,
        "Truce four|" LATER "|https://x.example/live\nTruce three|" LATER "|https://x.example/live\nTruce one|" FIRST
        "|https://x.example/1\nTruce two|" FIRST "|https://x.example/2\n",
        2);
  assert_raised (world, "news Truce three\nnews Truce four\n");
  show (world, "Truce five|" LATER "|https://x.example/live\nTruce one|" FIRST "|https://x.example/1\n", 2);
  assert_raised (world, "news Truce five\n");
}

static void
test_tracking_and_twins (void)
{
  g_autoptr (World) world = begin ("Truce one|" FIRST "|https://x.example/1?utm_source=rss\n");

  assert_raised (world, "news Truce one\n");
  show (world, "Truce one|" FIRST "|http://www.x.example/1?utm_source=feed&fbclid=9#0\n", 2);
  assert_raised (world, "");
  show (world, "TRUCE  one!|" FIRST "|https://x.example/1|https://x.example/1?utm_campaign=z\n", 2);
  assert_raised (world, ""); /* an id that is the address, and a headline that says the same */
}

static const TruceAlert *
only_alert (World *world)
{
  g_assert_cmpuint (world->raised->len, ==, 1);
  return g_ptr_array_index (world->raised, 0);
}

static void
test_a_changed_headline_is_a_correction (void)
{
  g_autoptr (World) world = begin ("Truce holds|" FIRST "|https://x.example/1|g1\n");
  g_autofree char *first = g_strdup (only_alert (world)->id);

  assert_raised (world, "news Truce holds\n");
  show (world, "Truce extended by 90 days|" FIRST "|https://x.example/1|g1\n", 2);
  g_assert_cmpstr (only_alert (world)->corrects, ==, first);
  g_assert_cmpstr (only_alert (world)->old_title, ==, "Truce holds");
  g_assert_cmpstr (only_alert (world)->milestone, ==, "truce");
  g_assert_nonnull (strstr (only_alert (world)->body, "It was \"Truce holds\""));
  assert_raised (world, "news Corrected: Truce extended by 90 days\n");
  show (world, "Truce extended by 90 days|" FIRST "|https://x.example/1|g1\n\n", 8);
  assert_raised (world, "");
  /* Again another: it is told, and quotes the one before. */
  show (world, "Truce not extended|" FIRST "|https://x.example/1|g1\n", 2);
  g_assert_cmpstr (only_alert (world)->old_title, ==, "Truce extended by 90 days");
  assert_raised (world, "news Corrected: Truce not extended\n");
  /* Back and forth between headlines that were told is no news, before and after a restart. */
  show (world, "Truce extended by 90 days|" FIRST "|https://x.example/1|g1\n", 2);
  world_restart (world);
  show (world, "Truce holds|" FIRST "|https://x.example/1|g1\n", 2);
  show (world, "Truce not extended|" FIRST "|https://x.example/1|g1\n", 2);
  assert_raised (world, "");
}

/* The news may be that what was told is not so; and what was no news may become one. */
static void
test_corrections_in_and_out_of_the_query (void)
{
  g_autoptr (World) world =
      begin ("Truce holds|" FIRST "|https://x.example/1\nTalks go on|" FIRST "|https://x.example/2\n");

  assert_raised (world, "news Truce holds\n");
  show (world, "Report withdrawn|" FIRST "|https://x.example/1\nTruce talks stall|" FIRST "|https://x.example/2\n", 2);
  assert_raised (world, "news Truce talks stall\nnews Corrected: Report withdrawn\n");
  show (world,
        "Report withdrawn for good|" FIRST "|https://x.example/1\nTruce talks go on|" FIRST "|https://x.example/2\n",
        2);
  assert_raised (world, "news Corrected: Truce talks go on\nnews Corrected: Report withdrawn for good\n");
}

/* A publisher's address often has the headline in it: the id says that it is the same. */
static void
test_a_new_address_with_the_old_id (void)
{
  g_autoptr (World) world = begin ("Truce holds|" FIRST "|https://x.example/truce-expires|g1\n");

  assert_raised (world, "news Truce holds\n");
  show (world, "Truce extended|" FIRST "|https://x.example/truce-extended|g1\n", 2);
  assert_raised (world, "news Corrected: Truce extended\n");
  show (world, "Truce extended|" FIRST "|https://x.example/truce-extended-2|g1\n", 2);
  assert_raised (world, "");
}

/* The feed of another address under the old id: what it has is not all news. */
static void
test_another_address_is_a_first_poll (void)
{
  g_autoptr (World) world = begin ("Truce one|" FIRST "\n");

  assert_raised (world, "news Truce one\n");
  world_script (world, "https://b.example/feed", 200, NULL,
                "Truce of the day|2025-08-01T12:30:00Z\nTruce of old|2025-07-29T11:00:00Z\n");
  world_reload (world,
                "[truced]\nalert-to = stdout\n[milestone truce]\ntitle = The truce ends\ndue = 2025-12-12\nlead = 1d\n"
                "match = truce\n[feed a]\nurl = https://b.example/feed\n");
  world_run_until (world, "2025-08-01T15:00:00Z");
  assert_raised (world, "news Truce of the day\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/ids-change", test_ids_change);
  g_test_add_func ("/identity/ids-and-links-change", test_ids_and_links_change);
  g_test_add_func ("/identity/ids-repeat", test_ids_repeat);
  g_test_add_func ("/identity/links-repeat", test_links_repeat);
  g_test_add_func ("/identity/links-begin-to-repeat", test_links_begin_to_repeat);
  g_test_add_func ("/identity/tracking-and-twins", test_tracking_and_twins);
  g_test_add_func ("/identity/correction", test_a_changed_headline_is_a_correction);
  g_test_add_func ("/identity/in-and-out", test_corrections_in_and_out_of_the_query);
  g_test_add_func ("/identity/new-address", test_a_new_address_with_the_old_id);
  g_test_add_func ("/identity/first-poll", test_another_address_is_a_first_poll);
  return g_test_run ();
}
