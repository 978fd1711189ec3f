/* SPDX-License-Identifier: MIT */
/* ending.h: when a milestone came to its end, by the order in which things were said and not by the clock alone.
 *
 * What has ended keeps the date that it ended with, and moves nothing that is based on it. Once a person has said so,
 * that holds whatever the clock comes to show: so what came before the end, and what after, is told by the latest that
 * any clock had shown to those who spoke (TruceAmendment.reading), and among what was said by its number. */
#pragma once

#include "deadline/amendment.h"

G_BEGIN_DECLS

typedef struct {
  TruceTime said; /* NONE: it has not */
  gint64 number;  /* of the amendment; one of the configuration comes after all that was said by then */
  gboolean holds; /* a person has said so */
} TruceMilestoneEnd;

/* Has each amendment know its reading; they are in their order. */
void truce_amendments_read (const GPtrArray *amendments);
/* Of `milestone` as configured, and `said` of it (of TruceAmendment; NULL: nothing). */
TruceMilestoneEnd truce_milestone_end_as_said (const TruceMilestone *milestone, const GPtrArray *said);
/* Did `revision` come no later than that? */
gboolean truce_milestone_end_takes (const TruceMilestoneEnd *end, const TruceRevision *revision);
/* Lays the endings that were `said` over `milestone`, whose revisions are all there: by `now` it has ended, with the
 * date that it ended with. `end` is its own. */
void truce_milestone_end_lay (TruceMilestone *milestone, const TruceMilestoneEnd *end, const GPtrArray *said,
                              TruceTime now);

G_END_DECLS
