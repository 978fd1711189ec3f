/* SPDX-License-Identifier: MIT */
#include "engine/simulate.h"

#include <string.h>

#include "engine/engine_private.h"
#include "engine/memory_store.h"
#include "engine/simulate_private.h"

/* The virtual world: a clock that goes where it is told, and a sink that always takes. */
typedef struct {
  TruceTime now;
  TruceTime armed;
  guint32 random;
  GPtrArray *alerts;  /* TruceAlert *, as raised, and as they have grown since */
  GHashTable *places; /* id -> index in it */
} World;

static TruceTime
world_now (gpointer self)
{
  return ((World *) self)->now;
}

static void
world_arm (gpointer self, TruceTime at)
{
  ((World *) self)->armed = at;
}

static guint32
world_random (gpointer self)
{
  return ++((World *) self)->random; /* nothing is polled; and the same run gives the same alerts */
}

static TruceDelivery
world_deliver (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling, GError **error)
{
  return TRUCE_DELIVERY_DONE;
}

static void
world_raised (gpointer self, const TruceAlert *alert)
{
  World *world = self;

  g_hash_table_insert (world->places, alert->id, GUINT_TO_POINTER (world->alerts->len));
  g_ptr_array_add (world->alerts, truce_alert_ref ((TruceAlert *) alert));
}

static void
world_grown (gpointer self, const TruceAlert *alert)
{
  World *world = self;
  gpointer place;

  if (!g_hash_table_steal_extended (world->places, alert->id, NULL, &place))
    return;
  truce_alert_unref (world->alerts->pdata[GPOINTER_TO_UINT (place)]);
  world->alerts->pdata[GPOINTER_TO_UINT (place)] = truce_alert_ref ((TruceAlert *) alert);
  g_hash_table_insert (world->places, alert->id, place);
}

void
truce_simulated_item_free (TruceSimulatedItem *item)
{
  if (!item)
    return;
  g_free (item->feed);
  truce_item_free (item->item);
  g_free (item);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  TruceTime x = truce_item_time ((*(TruceSimulatedItem *const *) a)->item);
  TruceTime y = truce_item_time ((*(TruceSimulatedItem *const *) b)->item);

  return (x > y) - (x < y);
}

/* The items between `from` and `to`, in order: (transfer container), of TruceSimulatedItem *. */
static GPtrArray *
items_between (GPtrArray *items, TruceTime from, TruceTime to)
{
  GPtrArray *between = g_ptr_array_new ();

  for (guint i = 0; items && i < items->len; i++) {
    TruceSimulatedItem *item = g_ptr_array_index (items, i);
    TruceTime at = truce_item_time (item->item);
    if (at >= from && at <= to)
      g_ptr_array_add (between, item);
  }
  g_ptr_array_sort (between, compare_items); /* GLib's is stable: equals stay as given */
  return between;
}

/* The feeds that `items` are of, as if none were configured: id -> TruceFeed *. */
static GHashTable *
feeds_of (GPtrArray *items)
{
  GHashTable *feeds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) truce_feed_free);

  for (guint i = 0; i < items->len; i++) {
    const TruceSimulatedItem *item = g_ptr_array_index (items, i);
    if (g_hash_table_contains (feeds, item->feed))
      continue;
    TruceFeed *feed = truce_feed_new (item->feed);
    g_hash_table_insert (feeds, feed->id, feed);
  }
  return feeds;
}

static void
run (TruceEngine *engine, World *world, TruceTime to, GPtrArray *items, GHashTable *feeds,
     const TruceReplayWatcher *watcher)
{
  guint next_item = 0;

  truce_engine_wake (engine);
  for (;;) {
    const TruceSimulatedItem *item = next_item < items->len ? g_ptr_array_index (items, next_item) : NULL;
    TruceTime item_at = item ? truce_item_time (item->item) : TRUCE_TIME_NONE;
    if (MIN (world->armed, item_at) > to)
      break;
    if (watcher->reached)
      watcher->reached (world->now, watcher->user_data);
    if (!item || item_at > world->armed) {
      /* Time only goes on: a wake-up that is owed at once comes after the step that armed it. */
      world->now = MAX (world->now + 1, world->armed);
      truce_engine_wake (engine);
      continue;
    }
    g_autoptr (GPtrArray) offered = g_ptr_array_new ();
    g_ptr_array_add (offered, item->item);
    world->now = MAX (world->now, item_at);
    const TruceFeed *configured = truce_config_find_feed (truce_engine_config (engine), item->feed);
    const TruceFeed *feed = configured ? configured : g_hash_table_lookup (feeds, item->feed);
    if (watcher->bring)
      watcher->bring (engine, feed, item->item, watcher->user_data);
    truce_engine_offer (engine, feed, offered);
    next_item++;
  }
}

GPtrArray *
truce_replay (TruceConfig *config, TruceTime from, TruceTime to, GPtrArray *items, const TruceReplayWatcher *watcher)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  World world = { .now = from, .armed = TRUCE_TIME_NONE, .alerts = alerts, .places = places };
  TruceMemoryStore *store = truce_memory_store_new ();
  g_autoptr (GPtrArray) between = items_between (items, from, to);
  g_autoptr (GHashTable) feeds = feeds_of (between);
  TrucePorts ports = {
    .clock = { &world, world_now, world_arm, world_random },
    .sink = { &world, world_deliver, world_raised, world_grown, NULL },
  };
  TruceEngine *engine;

  truce_memory_store_port (store, &ports.store);
  engine = truce_engine_new (config, &ports, &(TruceEngineOptions){ .poll = FALSE });
  truce_silence_assume (engine, feeds);
  run (engine, &world, to, between, feeds, watcher);
  if (watcher->end)
    watcher->end (engine, watcher->user_data);
  truce_engine_free (engine);
  truce_memory_store_free (store);
  return alerts;
}

void
truce_simulate (TruceConfig *config, TruceTime from, TruceTime to, GPtrArray *items, TruceReachedFunc reached,
                TruceSimulatedFunc raised, gpointer user_data)
{
  const TruceReplayWatcher watcher = { .reached = reached, .user_data = user_data };
  g_autoptr (GPtrArray) alerts = truce_replay (config, from, to, items, &watcher);

  for (guint i = 0; i < alerts->len; i++)
    raised (g_ptr_array_index (alerts, i), user_data);
}
