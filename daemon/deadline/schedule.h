/* SPDX-License-Identifier: MIT */
/* schedule.h: which firing of which milestone is next, for any number of milestones.
 *
 * A heap over the next firing of each entry: finding the next costs O(1), re-arming one O(log n). Each entry remembers
 * up to when it has been asked, so a firing is given once by one schedule; that it is given once over restarts and
 * clock steps is the store's record of firings done. */
#pragma once

#include "deadline/milestone.h"

G_BEGIN_DECLS

typedef struct _TruceSchedule TruceSchedule;

TruceSchedule *truce_schedule_new (void);
void truce_schedule_free (TruceSchedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceSchedule, truce_schedule_free)

/* Puts or replaces the entry of `milestone` (by id; it must outlive the entry): its due is `span` under the number
 * `revision`, and firings at or before `after` are not its. The span is copied. */
void truce_schedule_put (TruceSchedule *schedule, const TruceMilestone *milestone, guint revision,
                         const TruceSpan *span, TruceTime after);
/* No repetition (nag.h) of the milestone falls due any more, until it is put again; none of that id is fine. */
void truce_schedule_end_nags (TruceSchedule *schedule, const char *id);
void truce_schedule_remove (TruceSchedule *schedule, const char *id); /* none of that id is fine */
guint truce_schedule_size (const TruceSchedule *schedule);

/* Takes every firing at or before `upto` that was not taken yet, ordered by instant, milestone id and key: appended to
 * `ret_firings` (of TruceFiring). */
void truce_schedule_take (TruceSchedule *schedule, TruceTime upto, GArray *ret_firings);
/* The instant of the earliest firing not taken yet, or TRUCE_TIME_NONE. */
TruceTime truce_schedule_next (const TruceSchedule *schedule);

G_END_DECLS
