/* SPDX-License-Identifier: MIT */
/* series.h: a date that repeats: the first, the rule by which others follow (recurrence.h), and those that are left
 * out.
 *
 * Each occurrence is named by the civil day on which it begins, as the rule has it: whatever else is changed about the
 * rule, and however far one occurrence is moved, its name stays. Its time of day is that of the first in the zone of
 * the first, over summer and winter; a day stays a day. The first date is an occurrence even where the rule would not
 * make it. */
#pragma once

#include "deadline/recurrence.h"
#include "deadline/when.h"

G_BEGIN_DECLS

typedef struct _TruceSeries TruceSeries; /* reference counted; immutable once what is left out has been said */

/* The name of an occurrence, "2026-04-15", and back: FALSE for what is no such day. */
#define TRUCE_OCCURRENCE_NAME_SIZE 48 /* the ten letters, and what a compiler fears of three numbers */
const char *truce_occurrence_name (gint64 day, char buffer[TRUCE_OCCURRENCE_NAME_SIZE]);
gboolean truce_occurrence_from_name (const char *name, gint64 *ret_day);

/* NULL and an error (TRUCE_RECURRENCE_ERROR) when the rule is none, makes no date, or ends before `first`, or `first`
 * is neither an instant nor whole days. */
TruceSeries *truce_series_new (const char *rule, const TruceSpan *first, GError **error);
TruceSeries *truce_series_ref (TruceSeries *series);
void truce_series_unref (TruceSeries *series); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceSeries, truce_series_unref)

const char *truce_series_rule (const TruceSeries *series);       /* "FREQ=MONTHLY;BYDAY=1FR" */
const TruceSpan *truce_series_first (const TruceSeries *series); /* (transfer none) */
/* Does the rule make the first date? */
gboolean truce_series_first_fits (const TruceSeries *series);

/* Leaves out the occurrences that begin on civil days [from, end); FALSE: there is none. */
gboolean truce_series_leave_out (TruceSeries *series, gint64 from, gint64 end);
/* The days that were left out, in order; FALSE: there are not as many. */
gboolean truce_series_left_out (const TruceSeries *series, guint index, gint64 *ret_from, gint64 *ret_end);

/* The first occurrence after the civil day `after`, the last before `before`; FALSE: there is none. */
gboolean truce_series_next (const TruceSeries *series, gint64 after, gint64 *ret_day);
gboolean truce_series_previous (const TruceSeries *series, gint64 before, gint64 *ret_day);
gboolean truce_series_has (const TruceSeries *series, gint64 day);
/* The date of the occurrence of `day`. `ret_span` to be cleared. */
void truce_series_span (const TruceSeries *series, gint64 day, TruceSpan *ret_span);
/* The least number of days between two occurrences, of the first TRUCE_SERIES_GAPS; 0: there is only one. */
#define TRUCE_SERIES_GAPS 60 /* five years of months, the twelve weeks of a quarter five times over */
gint64 truce_series_least_gap (const TruceSeries *series);

G_END_DECLS
