/* SPDX-License-Identifier: MIT */
/* move_decide_private.h: a text taken apart, and which of its events decides. */
#pragma once

#include "news/move_private.h"

G_BEGIN_DECLS

/* What a text says, whatever milestone it is read against; dates are then counted from the day of publication in its
 * zone, and settled by its due. */
typedef struct {
  MoveAnchor anchor;
  MoveText *text;
  GArray *dates, *lengths, *cues, *events;
} MoveReading;

gboolean move_in_title (const MoveReading *reading, const MoveEvent *event);
/* NULL: nothing happens. */
const MoveEvent *move_deciding_event (const MoveReading *reading);
/* What the text says, by its deciding event. */
TruceMoveLabel move_decide (const MoveReading *reading, const MoveEvent *event);

G_END_DECLS
