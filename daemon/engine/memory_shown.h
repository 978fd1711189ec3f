/* SPDX-License-Identifier: MIT */
/* memory_shown.h: which user was shown what, of a store in memory. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

GPtrArray *truce_memory_shown_new (void);
/* It is told again, or no more. */
void truce_memory_shown_forget (GPtrArray *shown, const char *alert);
/* Fills in what the port has of it. */
void truce_memory_shown_members (TruceStorePort *port);

G_END_DECLS
