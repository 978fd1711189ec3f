/* SPDX-License-Identifier: MIT */
/* recognise.h: which entries of a feed are new, which were seen before, and which have another headline than then. */
#pragma once

#include "engine/engine_private.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_ENTRY_SAME,
  TRUCE_ENTRY_EDITED, /* seen before, under the headline `before` */
  TRUCE_ENTRY_NEW,
} TruceEntryStanding;

typedef struct _TruceFindings TruceFindings; /* engine/reading.h */

typedef struct {
  const TruceItem *item;
  TruceEntryStanding standing;
  guint64 name;     /* what its alerts are called by, since it was first seen */
  guint64 headline; /* TruceItemTraits */
  guint64 before;
  TruceFindings *findings; /* what was found out about it; not owned */
} TruceEntry;

/* Looks `items` of the feed `id` up, and puts into `seen` (TruceSeen) what is to be remembered of them. `home` is the
 * feed's own page, NULL. `flags` is what is known of its ids and addresses, and may grow. `ret_first`: it was
 * never read. (transfer full), of TruceEntry, in the order of `items`. */
GArray *truce_recognise (const TruceStorePort *store, const char *id, GPtrArray *items, const char *home, guint8 *flags,
                         GArray *seen, gboolean *ret_first);

G_END_DECLS
