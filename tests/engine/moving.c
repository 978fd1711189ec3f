/* SPDX-License-Identifier: MIT */
#include "moving.h"

#include "engine/moves.h"

World *
begin (const char *text)
{
  World *world = world_new (text, "2025-07-01T00:00:00Z");

  world->options.poll = FALSE; /* the tests bring the news */
  world_restart (world);
  world_run_until (world, "2025-07-02T00:00:00Z");
  g_free (world_take_raised (world));
  return world;
}

void
bring (World *world, const char *feed_id, const char *title, const char *summary, const char *at)
{
  const TruceFeed *feed = truce_config_find_feed (truce_engine_config (world->engine), feed_id);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
  TruceItem *item = truce_item_new ();

  g_assert_nonnull (feed);
  g_free (item->title);
  g_free (item->summary);
  item->title = g_strdup (title);
  item->summary = g_strdup (summary);
  item->link = g_strdup_printf ("https://%s.example/%u", feed_id, g_str_hash (title));
  item->published = world_time (at);
  g_ptr_array_add (items, item);
  world->now = MAX (world->now, item->published);
  truce_engine_offer (world->engine, feed, items);
}

void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

json_t *
moves (World *world, gboolean all)
{
  json_t *records = truce_view_moves (world->engine, NULL, all, NULL);

  g_assert_nonnull (records);
  return records;
}
