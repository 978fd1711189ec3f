/* SPDX-License-Identifier: MIT */
#include "engine/memory_shown.h"

#include <string.h>

#include "engine/memory_deliveries.h"
#include "engine/memory_store_private.h"

typedef struct {
  char *alert;
  guint32 user;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->alert);
  g_free (shown);
}

GPtrArray *
truce_memory_shown_new (void)
{
  return g_ptr_array_new_with_free_func (shown_free);
}

void
truce_memory_shown_forget (GPtrArray *shown, const char *alert)
{
  for (guint i = shown->len; i > 0; i--)
    if (strcmp (((const Shown *) g_ptr_array_index (shown, i - 1))->alert, alert) == 0)
      g_ptr_array_remove_index (shown, i - 1);
}

static gboolean
was_shown (const GPtrArray *shown, const char *alert, guint32 user)
{
  for (guint i = 0; i < shown->len; i++) {
    const Shown *one = g_ptr_array_index (shown, i);
    if (one->user == user && strcmp (one->alert, alert) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
was_delivered (const TruceMemoryStore *store, const char *alert, const char *sink, TruceTime since)
{
  g_autoptr (GPtrArray) records = truce_memory_deliveries_of (store->deliveries, alert);

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (record->delivered && record->at >= since && strcmp (record->sink, sink) == 0)
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
store_to_show (gpointer self, const char *sink, guint32 user, TruceTime since, guint limit)
{
  TruceMemoryStore *store = self;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = store->order->len; i > 0; i--) {
    const TruceStoredAlert *stored = g_ptr_array_index (store->order, i - 1);
    const char *id = stored->alert->id;
    const TruceMemoryRow *row = truce_memory_outbox_find_row (store, id, sink);
    gboolean open = stored->acknowledged == TRUCE_TIME_NONE && stored->snoozed == TRUCE_TIME_NONE;
    gboolean waits = row && row->next_try == TRUCE_TIME_NONE;

    if (!waits) {
      if (limit == 0 || !open || !was_delivered (store, id, sink, since))
        continue;
      limit--;
    }
    if (!was_shown (store->shown, id, user))
      g_ptr_array_insert (ids, 0, g_strdup (id));
  }
  return ids;
}

static gboolean
store_shown (gpointer self, const char *id, guint32 user, GError **error)
{
  TruceMemoryStore *store = self;
  Shown *one;

  if (was_shown (store->shown, id, user))
    return TRUE;
  one = g_new0 (Shown, 1);
  one->alert = g_strdup (id);
  one->user = user;
  g_ptr_array_add (store->shown, one);
  return TRUE;
}

void
truce_memory_shown_members (TruceStorePort *port)
{
  port->to_show = store_to_show;
  port->shown = store_shown;
}
