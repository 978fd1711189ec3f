/* SPDX-License-Identifier: MIT */
/* memory_store.h: a store in memory behind the store port: for simulation and tests, and for going on when the real one
 * cannot be opened. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceMemoryStore TruceMemoryStore;
TruceMemoryStore *truce_memory_store_new (void);
void truce_memory_store_free (TruceMemoryStore *store);
void truce_memory_store_port (TruceMemoryStore *store, TruceStorePort *ret_port);

G_END_DECLS
