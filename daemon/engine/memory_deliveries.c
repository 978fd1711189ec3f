/* SPDX-License-Identifier: MIT */
#include "engine/memory_deliveries.h"

#include <string.h>

typedef struct {
  char *alert;
  TruceDeliveryRecord record;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_free (delivery->alert);
  g_free (delivery->record.sink);
  g_free (delivery->record.error);
  g_free (delivery);
}

GPtrArray *
truce_memory_deliveries_new (void)
{
  return g_ptr_array_new_with_free_func (delivery_free);
}

void
truce_memory_deliveries_add (GPtrArray *deliveries, const char *alert, const char *sink, TruceTime at, const char *why)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->alert = g_strdup (alert);
  delivery->record.sink = g_strdup (sink);
  delivery->record.at = at;
  delivery->record.delivered = why == NULL;
  delivery->record.error = g_strdup (why);
  g_ptr_array_add (deliveries, delivery);
}

GPtrArray *
truce_memory_deliveries_of (const GPtrArray *deliveries, const char *alert)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_delivery_record_free);

  for (guint i = 0; i < deliveries->len; i++) {
    const Delivery *delivery = g_ptr_array_index (deliveries, i);
    if (strcmp (delivery->alert, alert) != 0)
      continue;
    TruceDeliveryRecord *record = g_memdup2 (&delivery->record, sizeof delivery->record);
    record->sink = g_strdup (delivery->record.sink);
    record->error = g_strdup (delivery->record.error);
    g_ptr_array_add (records, record);
  }
  return records;
}

void
truce_memory_deliveries_forget (GPtrArray *deliveries, const char *alert)
{
  for (guint i = deliveries->len; i > 0; i--)
    if (strcmp (((const Delivery *) g_ptr_array_index (deliveries, i - 1))->alert, alert) == 0)
      g_ptr_array_remove_index (deliveries, i - 1);
}
