/* SPDX-License-Identifier: MIT */
/* restate.h: a date as a statement that leans on nothing else, for those who get the date and not its surroundings. */
#pragma once

#include "deadline/when.h"

G_BEGIN_DECLS

/* A statement of the date language that stands for `span` when read in `zone`: `statement` itself (NULL: not known)
 * where it does, else the words for it, else its instants. The instants are kept; precision and zone where they can be.
 * (transfer full) */
char *truce_span_restate (const TruceSpan *span, const char *statement, TruceZone *zone);

/* Does it begin and end with days of its zone? The days since 1970-01-01, `ret_end` the day after the last. */
gboolean truce_span_days (const TruceSpan *span, gint64 *ret_first, gint64 *ret_end);

G_END_DECLS
