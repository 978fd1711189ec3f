/* SPDX-License-Identifier: MIT */
/* nag.h: a date that has passed and that nobody has answered to is told again: once a `nag`, for as long as its owner
 * wants.
 *
 * The repetitions are numbered from 1 and counted from the date like leads after it: days fall at `remind-at`, and the
 * third repetition of a month is the date and three months, not a drift of it. */
#pragma once

#include "deadline/milestone.h"

G_BEGIN_DECLS

#define TRUCE_NAG_LEAST TRUCE_MINUTE
#define TRUCE_NAG_MOST (366 * TRUCE_DAY)
/* Repetitions that were slept through are recorded one by one, so that a clock that is set back repeats none; of a
 * minute's nag after a long absence only the last ones. */
#define TRUCE_NAGS_TAKEN_MAX 1000

/* How long `nag` is, roughly where it has months. */
TruceTime truce_nag_length (const TruceLead *nag);
/* The instant of the first repetition after `after`, and its number; TRUCE_TIME_NONE when `milestone` has no nag. */
TruceTime truce_nag_next (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after, guint *ret_number);
/* Appends to `ret_firings` (of TruceFiring) the repetitions in (after, upto], in order: the last ones, where they are
 * more than TRUCE_NAGS_TAKEN_MAX. */
void truce_nag_firings (const TruceMilestone *milestone, guint revision, const TruceSpan *span, TruceTime after,
                        TruceTime upto, GArray *ret_firings);

G_END_DECLS
