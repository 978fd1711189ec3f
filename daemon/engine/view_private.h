/* SPDX-License-Identifier: MIT */
/* What the parts of the views share. */
#pragma once

#include "engine/view.h"

G_BEGIN_DECLS

/* view_alerts.c: its record, with what users have said of it. */
json_t *truce_view_stored_alert (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now);

/* "due", "due_latest", "precision", "approximate", "zone" and "words" of `record`. */
void truce_view_set_span (json_t *record, const TruceSpan *span);

/* view_feed.c: what truce_view_feeds() has of a single feed beside what it has of all. */
void truce_view_feed_story (json_t *record, const TruceFeedState *state);
/* calendars.c: "calendar", "events" and "left_out" of a calendar's record among those of feeds. */
/* Was this calendar cut off, or too large, when it was last read? */
gboolean truce_view_is_partial (TruceEngine *engine, const char *calendar);
void truce_view_set_calendar (TruceEngine *engine, json_t *record, const char *calendar);

/* "ahead", "open", "passed", "met" or "cancelled". */
const char *truce_view_state_of (const TruceMilestone *milestone, const TruceSpan *span, TruceTime now);

/* view_history.c: how a date has moved up to `now`: what the configuration says of it, what users have said, and what
 * truced itself has seen to change in a file that was edited in place. */

/* "extended 3 times, +240 days"; NULL when it has never moved. (transfer full) */
char *truce_view_history (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);
/* The array "revisions" of truce_view_milestone(). */
json_t *truce_view_revisions (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);

/* view_series.c: "repeat", "occurrence" and "then" of a milestone that repeats. */
void truce_view_set_series (json_t *record, TruceEngine *engine, const TruceMilestone *milestone);
/* What a bar over the time of an occurrence begins at: the one before, or else `otherwise`. */
TruceTime truce_view_series_began (const TruceMilestone *milestone, TruceTime otherwise);
/* The object "series" of truce_view_milestone(). (transfer full) */
json_t *truce_view_series (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);

G_END_DECLS
