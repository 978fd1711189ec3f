/* SPDX-License-Identifier: MIT */
/* How often moves are told: a few an hour of one milestone, many of one poll as one, and nothing that is not kept. */
#include <string.h>

#include "engine/amend.h"
#include "engine/moves.h"
#include "engine/view.h"
#include "moving.h"

static const TruceOrigin ada = { "ada", "trucectl" };

static json_t *
only_alert_of (World *world, const char *id)
{
  json_t *record = truce_view_alert (world->engine, id, NULL);

  g_assert_nonnull (record);
  return record;
}

/* One feed after another says another day, a minute after the last. */
static void
bring_dates (World *world, const char *feed, guint n, TruceTime from)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *title = g_strdup_printf ("Truce extended until November %u", i + 1);
    char at[TRUCE_TIME_TEXT_SIZE];
    bring (world, feed, title, "", truce_time_to_text (from + i * TRUCE_MINUTE, at));
  }
}

/* An official feed that tells ten dates within ten minutes: three ring, the last of them has the latest date and the
 * others beside it, and what found no room is news. */
static void
test_noisy_feed (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring_dates (world, "office", 10, world_time ("2025-08-01T10:00:00Z"));
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 3);
  g_autofree char *id = g_strdup (((const TruceAlert *) g_ptr_array_index (world->raised, 2))->id);
  g_autoptr (json_t) last = only_alert_of (world, id);
  g_assert_cmpstr (truce_json_get_text (last, "title"), ==,
                   "Truce: moved to Mon 10 Nov 2025, says office (official); 9 reports say otherwise");
  g_assert_cmpint (truce_json_get_integer (last, "count", 0), ==, 8);
  g_assert_cmpuint (json_array_size (json_object_get (last, "items")), ==, 8);
  g_assert_nonnull (strstr (truce_json_get_text (last, "body"), "But: moved to Sat 1 Nov 2025, by office (official)."));
  g_assert_cmpstr (truce_json_get_text (last, "grown"), ==, "2025-08-01T10:09:00Z");
  g_assert_cmpstr (truce_json_get_text (json_object_get (last, "move"), "new_due"), ==, "2025-11-10T00:00:00Z");
  g_autoptr (json_t) all = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (all), ==, 10);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 0);
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpint (truce_json_get_integer (truce, "moves", 0), ==, 10);
  g_assert_true (g_str_has_suffix (truce_json_get_text (truce, "contested"), "; and 7 more"));
  /* It is what the store has, and grows there after a restart. */
  world_restart (world);
  g_free (world_take_raised (world));
  bring (world, "wire", "Truce extended until December 1", "", "2025-08-01T10:30:00Z");
  assert_raised (world, "");
  g_autoptr (json_t) why = truce_view_why (world->engine, id, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (why, "evidence")), ==, 9);
}

/* However many dates one feed tells, there is room for what others say. */
static void
test_room_for_others (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring_dates (world, "office", 30, world_time ("2025-08-01T10:00:00Z"));
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 3);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 14);
  bring (world, "wire", "Truce extended until December 1", "", "2025-08-01T12:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 4);
  g_autoptr (json_t) all = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (all), ==, 17);
}

/* The hour over, it is told again. */
static void
test_an_hour_later (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring_dates (world, "wire", 5, world_time ("2025-08-01T10:00:00Z"));
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 3);
  bring (world, "post", "Truce extended until December 1", "", "2025-08-01T11:05:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 4);
}

/* Rumours keep nothing quiet that an office says, and do not push it aside afterwards. */
static void
test_rumours_do_not_hide_it (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring_dates (world, "wire", 4, world_time ("2025-08-01T10:00:00Z"));
  g_free (world_take_raised (world));
  bring (world, "office", "Truce extended until December 1", "", "2025-08-01T10:10:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  g_autofree char *id = g_strdup (((const TruceAlert *) g_ptr_array_index (world->raised, 0))->id);
  assert_raised (world, "move Truce: moved to Mon 1 Dec 2025, says office (official); 4 reports say otherwise\n");
  bring (world, "post", "Truce extended until December 24", "", "2025-08-01T10:20:00Z");
  assert_raised (world, "");
  g_autoptr (json_t) alert = only_alert_of (world, id);
  g_assert_cmpstr (truce_json_get_text (alert, "title"), ==,
                   "Truce: moved to Mon 1 Dec 2025, says office (official); 5 reports say otherwise");
}

/* Whoever has answered what was told is told of what comes after. */
static void
test_answered (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring_dates (world, "wire", 3, world_time ("2025-08-01T10:00:00Z"));
  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    g_assert_true (truce_engine_acknowledge (world->engine, alert->id, &ada, NULL));
  }
  g_free (world_take_raised (world));
  bring (world, "post", "Truce extended until December 1", "", "2025-08-01T10:10:00Z");
  assert_raised (world, "move Truce: moved to Mon 1 Dec 2025, reports post.example; 3 reports say otherwise\n");
}

/* What could not be written down counts too. */
static void
test_without_a_store (void)
{
  g_autoptr (World) world = begin (PLAIN);

  world->store_is_full = TRUE;
  bring_dates (world, "wire", 6, world_time ("2025-08-01T10:00:00Z"));
  guint n_moves = 0;
  for (guint i = 0; i < world->raised->len; i++)
    n_moves += ((const TruceAlert *) g_ptr_array_index (world->raised, i))->kind == TRUCE_ALERT_MOVE;
  g_assert_cmpuint (n_moves, ==, 3);
}

/* One poll that moves many milestones is one alert that names them. */
static void
test_many_milestones (void)
{
  g_autoptr (GString) text = g_string_new (PLAIN);

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "[milestone m%u]\ntitle = Pact %u\ndue = 2025-08-12\nmatch = pacts\n", i, i);
  g_autoptr (World) world = begin (text->str);
  bring (world, "office", "All pacts extended until November 10", "", "2025-08-01T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 30);
  g_assert_cmpuint (world->delivered->len, ==, 1);
  const TruceAlert *digest = g_ptr_array_index (world->raised, 30);
  g_assert_cmpint (digest->kind, ==, TRUCE_ALERT_DIGEST);
  g_assert_cmpint (digest->urgency, ==, TRUCE_URGENCY_CRITICAL);
  g_assert_cmpuint (digest->count, ==, 30);
  g_assert_cmpstr (digest->why, ==, "feed");
  g_assert_cmpstr (digest->title, ==, "30 reports of other dates in office");
}

/* A date is not moved back and forth by a feed that is at odds with itself, when nobody is asked. */
static void
test_on_move_settles (void)
{
  g_autoptr (World) world =
      begin ("[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\non-move = official\n" TRUCE);

  bring_dates (world, "office", 10, world_time ("2025-08-01T10:00:00Z"));
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 2); /* it, and what hangs on it */
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 3);
  world_run_until (world, "2025-08-04T10:00:00Z"); /* nor by waiting */
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "words"), ==, "Sat 1 Nov 2025 12:00 UTC");
}

/* `words` are in why the last news is no move, and in what `why` says of it. */
static void
assert_no_move (World *world, const char *title, const char *at, const char *words)
{
  bring (world, "wire", title, "", at);
  g_assert_cmpuint (world->raised->len, >, 0);
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_assert_cmpint (alert->kind, ==, TRUCE_ALERT_NEWS);
  g_assert_nonnull (alert->no_move);
  if (!strstr (alert->no_move, words))
    g_error ("\"%s\" lacks \"%s\"", alert->no_move, words);
  g_autoptr (json_t) why = truce_view_why (world->engine, alert->id, NULL);
  g_autofree char *decision = g_strconcat ("no move of the date: ", alert->no_move, NULL);
  g_assert_nonnull (strstr (truce_json_get_text (why, "decision"), decision));
}

static void
test_why_no_move (void)
{
  g_autoptr (World) world = begin (PLAIN);

  assert_no_move (world, "Truce talks in Stockholm go on", "2025-07-10T10:00:00Z", "read as mention, ");
  assert_no_move (world, "Truce deadline of August 12 looms", "2025-07-11T10:00:00Z", "read as mention, ");
  assert_no_move (world, "Leaders extend truce until August 12", "2025-07-12T10:00:00Z",
                  "”: it names the date in force");
  g_autoptr (json_t) changes =
      truce_engine_set_due (world->engine, "truce", "2025-11-10 12:00", "the order", &ada, NULL);
  assert_no_move (world, "Ministers prolong their truce", "2025-07-14T10:00:00Z",
                  "it names no date, and may be about the change");
  assert_no_move (world, "How negotiators once postponed the end of the truce to August 12, 2025",
                  "2025-07-15T10:00:00Z", "a date that the milestone had before");
  /* What is one says so. */
  bring (world, "wire", "Leaders may extend truce until December 1", "", "2025-07-16T10:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_assert_null (alert->no_move);
  g_autoptr (json_t) why = truce_view_why (world->engine, alert->id, NULL);
  g_assert_nonnull (strstr (truce_json_get_text (why, "decision"), "of the date it says: proposed, reported ("));
}

/* Two languages are two stories, but what they say of the date is one move, with both for it. */
static void
test_two_languages (void)
{
  g_autoptr (World) world =
      begin ("[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\n"
             "[milestone truce]\ntitle = Truce\ndue = 2025-08-12 12:00\nmatch = truce | 휴전\n"
             "[feed wire]\nurl = https://wire.example/f\n[feed seoul]\nurl = https://seoul.example/f\n");

  bring (world, "wire", "Tariff truce extended until November 10", "", "2025-08-01T10:00:00Z");
  assert_raised (world, REPORTED);
  bring (world, "seoul", "관세 휴전 11월 10일까지 연장", "", "2025-08-01T11:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpuint (alert->items->len, ==, 2);
  g_assert_nonnull (strstr (alert->body, "By wire.example, seoul.example."));
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, 2 sources say\n");
  g_autoptr (json_t) all = moves (world, TRUE);
  g_assert_cmpuint (json_array_size (all), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moves-told/noisy-feed", test_noisy_feed);
  g_test_add_func ("/moves-told/room-for-others", test_room_for_others);
  g_test_add_func ("/moves-told/an-hour-later", test_an_hour_later);
  g_test_add_func ("/moves-told/rumours", test_rumours_do_not_hide_it);
  g_test_add_func ("/moves-told/answered", test_answered);
  g_test_add_func ("/moves-told/without-a-store", test_without_a_store);
  g_test_add_func ("/moves-told/many-milestones", test_many_milestones);
  g_test_add_func ("/moves-told/on-move-settles", test_on_move_settles);
  g_test_add_func ("/moves-told/why-no-move", test_why_no_move);
  g_test_add_func ("/moves-told/two-languages", test_two_languages);
  return g_test_run ();
}
