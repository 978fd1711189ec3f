/* SPDX-License-Identifier: MIT */
/* occurrences.h: the occurrences of milestones that repeat, each a milestone of its own: with its own revisions, leads,
 * ending and silence, under the id "ID@2026-04-15".
 *
 * There are endlessly many, so a configuration has those that can have something to tell: from the last that has passed
 * to the next two, and those whose leads have begun or not ended. As time goes on it is made anew (next_turn); any
 * other is made when it is asked for. Private to the room. */
#pragma once

#include "config/builder.h"
#include "deadline/amendment.h"

G_BEGIN_DECLS

/* The most that leads of one series may be on their way at a time: a year of days, and some. */
#define TRUCE_OCCURRENCES_AHEAD_MAX 400

/* Before anything is put into `config`: takes what of `amendments` is said of occurrences. */
void truce_occurrences_begin (TruceConfig *config, const GPtrArray *amendments, TruceTime now);
/* Puts the occurrences of `series`, a milestone that repeats, into `config`. */
void truce_occurrences_unfold (TruceConfig *config, const TruceMilestone *series);
/* NULL: there is none of that id. */
const TruceMilestone *truce_occurrences_find (const TruceConfig *config, const char *id);
/* Has it passed, and is it told again until somebody answers? */
gboolean truce_occurrences_is_owed (const TruceConfig *config, const TruceMilestone *milestone);
/* Does `amendment`, of the id of all dates of `series`, end only the one that it was said of, before there were more?
 * FALSE also for what does not repeat. */
gboolean truce_occurrences_are_spared (const TruceMilestone *series, const TruceAmendment *amendment);
/* What `amendment` was said of in `base`; NULL: it is there no more. What was said of the date of a day is said of what
 * is due on that day, where that repeats no more. */
const TruceMilestone *truce_occurrences_said_of (const TruceConfig *base, const TruceAmendment *amendment);
/* Did `amendment` take the place of `line`? By the words of that; or by their meaning, where the date was one of a
 * rule's when it was said and is none now, or the other way round. */
gboolean truce_occurrences_are_over (const TruceAmendment *amendment, const TruceMilestone *milestone,
                                     const TruceRevision *line);
void truce_occurrences_clear (TruceConfig *config);

/* event_overrides.c: what a calendar says of the occurrence of `day`, NULL: nothing. */
const TruceMilestone *truce_config_override (const TruceConfig *config, const char *series_id, gint64 day);

/* amended.c: `milestone` with what was `said` (TruceAmendment *) of it. (transfer full) */
TruceMilestone *truce_config_amend_one (TruceConfig *base, const TruceMilestone *milestone, const GPtrArray *said,
                                        TruceTime now);

G_END_DECLS
