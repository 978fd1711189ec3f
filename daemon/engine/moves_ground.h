/* SPDX-License-Identifier: MIT */
/* What a piece of news is read against, and what it says of the dates that there were before. */
#pragma once

#include "engine/moves_private.h"

G_BEGIN_DECLS

/* What the news is read against. */
typedef struct {
  TruceEngine *engine;
  const TruceMilestone *milestone;
  const TruceFeed *feed;
  const TruceEntry *entry;
  TruceTime now;
  TruceTime at;      /* of the news */
  guint number;      /* of the date in force */
  TruceSpan current; /* that */
  TruceZone *zone;   /* whose days are meant; owned by either */
  TruceTime since;   /* it is so */
  gboolean changed;  /* it has been another */
} TruceGround;

/* --- moves_recap.c --- */

/* Why it says nothing about the date in force that is not known; NULL: it does. */
const char *truce_ground_recap (const TruceGround *ground, const TruceMove *said);
/* Does it say, since the date in force was given, that it is an earlier one again after all, which the milestone had
 * before and which is still to come? That, to be cleared. */
gboolean truce_ground_return (const TruceGround *ground, const TruceMove *said, TruceSpan *ret_span);

G_END_DECLS
