/* SPDX-License-Identifier: MIT */
/* The outbox of the store in memory. */
#include <string.h>

#include "engine/memory_deliveries.h"
#include "engine/memory_store_private.h"

static void
row_free (gpointer data)
{
  TruceMemoryRow *row = data;

  g_free (row->sink);
  g_free (row);
}

GPtrArray *
truce_memory_outbox_new (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

void
truce_memory_outbox_enqueue (TruceMemoryStore *store, TruceStoredAlert *stored, const char *const *sinks, TruceTime at)
{
  for (guint i = 0; sinks[i]; i++) {
    TruceMemoryRow *row = g_new0 (TruceMemoryRow, 1);
    row->stored = stored;
    row->sink = g_strdup (sinks[i]);
    row->next_try = at;
    g_ptr_array_add (store->outbox, row);
  }
}

void
truce_memory_outbox_dequeue (TruceMemoryStore *store, const char *id, const char *sink)
{
  for (guint i = store->outbox->len; i > 0; i--) {
    TruceMemoryRow *row = g_ptr_array_index (store->outbox, i - 1);
    if (strcmp (row->stored->alert->id, id) == 0 && (!sink || strcmp (row->sink, sink) == 0))
      g_ptr_array_remove_index (store->outbox, i - 1);
  }
}

TruceMemoryRow *
truce_memory_outbox_find_row (TruceMemoryStore *store, const char *id, const char *sink)
{
  for (guint i = 0; i < store->outbox->len; i++) {
    TruceMemoryRow *row = g_ptr_array_index (store->outbox, i);
    if (strcmp (row->stored->alert->id, id) == 0 && strcmp (row->sink, sink) == 0)
      return row;
  }
  return NULL;
}

static void
record_delivery (TruceMemoryStore *store, const char *id, const char *sink, TruceTime at, const char *why)
{
  truce_memory_deliveries_add (store->deliveries, id, sink, at, why);
}

static GPtrArray *
store_outbox_due (gpointer self, const char *sink, TruceTime now, guint limit)
{
  TruceMemoryStore *store = self;
  GPtrArray *due = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_outbox_entry_free);

  for (guint i = 0; i < store->outbox->len && due->len < limit; i++) {
    const TruceMemoryRow *row = g_ptr_array_index (store->outbox, i);
    if (row->next_try > now || strcmp (row->sink, sink) != 0)
      continue;
    TruceOutboxEntry *entry = g_new0 (TruceOutboxEntry, 1);
    entry->alert = g_strdup (row->stored->alert->id);
    entry->sink = g_strdup (row->sink);
    entry->attempts = row->attempts;
    entry->next_try = row->next_try;
    entry->is_fresh_news = row->stored->alert->kind == TRUCE_ALERT_NEWS && row->next_try == row->stored->alert->raised;
    g_ptr_array_add (due, entry);
  }
  return due;
}

static TruceTime
store_outbox_next (gpointer self, const char *sink)
{
  TruceMemoryStore *store = self;
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < store->outbox->len; i++) {
    const TruceMemoryRow *row = g_ptr_array_index (store->outbox, i);
    if (strcmp (row->sink, sink) == 0)
      next = MIN (next, row->next_try);
  }
  return next;
}

static GPtrArray *
store_outbox_pulled (gpointer self, const char *sink)
{
  TruceMemoryStore *store = self;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < store->outbox->len; i++) {
    const TruceMemoryRow *row = g_ptr_array_index (store->outbox, i);
    if (row->next_try == TRUCE_TIME_NONE && strcmp (row->sink, sink) == 0)
      g_ptr_array_add (ids, g_strdup (row->stored->alert->id));
  }
  return ids;
}

/* What is not in the outbox any more was said before: by another desktop, or before it was acknowledged. */
static gboolean
store_delivered (gpointer self, const char *id, const char *sink, TruceTime at, GError **error)
{
  TruceMemoryRow *row = truce_memory_outbox_find_row (self, id, sink);

  if (!row)
    return TRUE;
  row->stored->snoozed = TRUCE_TIME_NONE;
  record_delivery (self, id, sink, at, NULL);
  truce_memory_outbox_dequeue (self, id, sink);
  return TRUE;
}

static gboolean
store_postpone (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, gboolean failed,
                TruceTime next_try, GError **error)
{
  TruceMemoryRow *row = truce_memory_outbox_find_row (self, id, sink);

  if (why)
    record_delivery (self, id, sink, at, why);
  if (row) {
    row->next_try = next_try;
    row->attempts += failed ? 1 : 0;
  }
  return TRUE;
}

static gboolean
store_give_up (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, GError **error)
{
  TruceMemoryRow *row = truce_memory_outbox_find_row (self, id, sink);

  if (!row)
    return TRUE;
  row->stored->snoozed = TRUCE_TIME_NONE;
  record_delivery (self, id, sink, at, why);
  truce_memory_outbox_dequeue (self, id, sink);
  return TRUE;
}

static GPtrArray *
store_deliveries (gpointer self, const char *id)
{
  return truce_memory_deliveries_of (((TruceMemoryStore *) self)->deliveries, id);
}

static GPtrArray *
store_refused (gpointer self)
{
  TruceMemoryStore *store = self;
  GPtrArray *refused = truce_memory_deliveries_refused (store->deliveries);

  for (guint i = refused->len; i > 0; i--) {
    const TruceRefusal *refusal = g_ptr_array_index (refused, i - 1);
    const TruceStoredAlert *stored = g_hash_table_lookup (store->alerts, refusal->alert);
    if (!stored || stored->acknowledged != TRUCE_TIME_NONE ||
        truce_memory_outbox_find_row (store, refusal->alert, refusal->sink))
      g_ptr_array_remove_index (refused, i - 1);
  }
  return refused;
}

static gboolean
store_put_back (gpointer self, const char *id, const char *sink, TruceTime at, GError **error)
{
  TruceMemoryStore *store = self;
  const char *const sinks[] = { sink, NULL };
  TruceStoredAlert *stored = g_hash_table_lookup (store->alerts, id);

  if (stored && !truce_memory_outbox_find_row (store, id, sink))
    truce_memory_outbox_enqueue (store, stored, sinks, at);
  return TRUE;
}

void
truce_memory_outbox_members (TruceStorePort *port)
{
  port->outbox_due = store_outbox_due;
  port->outbox_next = store_outbox_next;
  port->outbox_pulled = store_outbox_pulled;
  port->delivered = store_delivered;
  port->postpone = store_postpone;
  port->give_up = store_give_up;
  port->deliveries = store_deliveries;
  port->refused = store_refused;
  port->put_back = store_put_back;
}
