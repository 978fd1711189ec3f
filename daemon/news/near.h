/* SPDX-License-Identifier: MIT */
/* near.h: do two things stand near each other in a folded text? For the matcher. */
#pragma once

#include "news/fold.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_SIDE_LEFT = 1 << 0,
  TRUCE_SIDE_RIGHT = 1 << 1,
} TruceSides;

/* Bytes [start, end) of the folded text, where a term of one side stands, or of both. */
typedef struct {
  guint32 start;
  guint32 end;
  TruceSides sides;
} TruceMark;

/* Is there a mark of one side and, apart from it, one of the other, in either order, with at most `between` words
 * between them? In an unspaced script two letters count as a word. `marks` are in the order of their starts. */
gboolean truce_near (const TruceFolded *folded, const TruceMark *marks, guint n_marks, guint between);

G_END_DECLS
