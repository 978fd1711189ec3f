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

/* Is there a later record of the same alert and sink? */
static gboolean
is_overtaken (const GPtrArray *deliveries, guint index)
{
  const Delivery *delivery = g_ptr_array_index (deliveries, index);

  for (guint i = index + 1; i < deliveries->len; i++) {
    const Delivery *later = g_ptr_array_index (deliveries, i);
    if (strcmp (later->alert, delivery->alert) == 0 && strcmp (later->record.sink, delivery->record.sink) == 0)
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
truce_memory_deliveries_refused (const GPtrArray *deliveries)
{
  GPtrArray *refused = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_refusal_free);

  for (guint i = 0; i < deliveries->len; i++) {
    const Delivery *delivery = g_ptr_array_index (deliveries, i);
    const char *error = delivery->record.error;
    if (!error || !g_str_has_prefix (error, TRUCE_SET_ASIDE) || is_overtaken (deliveries, i))
      continue;
    TruceRefusal *refusal = g_new0 (TruceRefusal, 1);
    refusal->alert = g_strdup (delivery->alert);
    refusal->sink = g_strdup (delivery->record.sink);
    refusal->at = delivery->record.at;
    refusal->error = g_strdup (error + strlen (TRUCE_SET_ASIDE));
    g_ptr_array_add (refused, refusal);
  }
  return refused;
}

void
truce_memory_deliveries_forget (GPtrArray *deliveries, const char *alert)
{
  for (guint i = deliveries->len; i > 0; i--)
    if (strcmp (((const Delivery *) g_ptr_array_index (deliveries, i - 1))->alert, alert) == 0)
      g_ptr_array_remove_index (deliveries, i - 1);
}
