/* SPDX-License-Identifier: MIT */
/* memory_deliveries.h: the deliveries that a store in memory has recorded. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

GPtrArray *truce_memory_deliveries_new (void);
/* `why` NULL: delivered. */
void truce_memory_deliveries_add (GPtrArray *deliveries, const char *alert, const char *sink, TruceTime at,
                                  const char *why);
/* TruceDeliveryRecord *, oldest first. (transfer full) */
GPtrArray *truce_memory_deliveries_of (const GPtrArray *deliveries, const char *alert);
/* Those whose last record is a refusal: TruceRefusal *, oldest first. (transfer full) */
GPtrArray *truce_memory_deliveries_refused (const GPtrArray *deliveries);
void truce_memory_deliveries_forget (GPtrArray *deliveries, const char *alert);

G_END_DECLS
