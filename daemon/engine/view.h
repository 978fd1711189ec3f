/* SPDX-License-Identifier: MIT */
/* view.h: what the engine tells of itself, as the JSON records that every interface shows (truced-alerts(7),
 * trucectl(1)). All (transfer full). */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* {"now","zone","milestones","overdue","next":{"milestone","title","at","seconds_left"},"watches":[{"id","title"}],"feeds","failing","network_down",
 *  "unacknowledged","moves","status_line","version"}: `next` is the milestone that is due soonest. */
json_t *truce_view_status (TruceEngine *engine);

/* "1 overdue, 4 milestones, next in 12 d; 31 feeds, 1 failing" (transfer full) */
char *truce_view_status_line (TruceEngine *engine);

/* An array of
 * {"id","title","state":"ahead"|"open"|"passed"|"met"|"cancelled","due","due_latest","precision","zone","statement","words",
 *  "seconds_left","revision","history","starts","began","next_lead","next_lead_at","leads":[…],"why","by","silenced","silenced_by","contested","moves","match","tags","url","sequence","modified","calendar","uid",
 *  "approximate","overdue"}, soonest due first, ended ones last. "began" is what a bar over the grace period begins at: starts,
 * else when truced first saw it. */
json_t *truce_view_milestones (TruceEngine *engine);
/* One, with "amendments" (engine/amend.h) and
 * "revisions":[{"revision","since","due","due_latest","statement","words","why","evidence","by","undone","delta_days"}].
 * "history" is "extended 3 times, +240 days". Of one that
 * repeats also
 * "series":{"rule","statement","due","due_latest",...,"except":["2026-12-25/2026-12-26"],"dates":[{"occurrence","due",
 * "due_latest",...,"state","history","why","by"}]}: its first date, and of its dates the last that have passed and the
 * next. NULL and an error when there is none. */
json_t *truce_view_milestone (TruceEngine *engine, const char *id, GError **error);

/* An array of {"id","title","url"|"path","tier","tags","state":"new"|"ok"|"stale"|"failing"|"gone","asking":true (while a
 *  request is under way),"failures","error","due","due_reason","last_try","last_200","last_304","last_new"}, in the config's order. `id` NULL: all; of one, also
 * {"address","moved_to","moved_since","etag","last_modified","identity","newest","habit_seconds","stale_after",
 *  "polls":[{"at","outcome","status","bytes","items","new"}]}. Of a calendar, which has no tier, also
 * {"calendar":true,"events","left_out":[…]}: how many of its events are milestones, and what of it is none. */
json_t *truce_view_feeds (TruceEngine *engine, const char *id, GError **error);

/* An array of alert records with "acknowledged", "acknowledged_by", "snoozed", "snoozed_by", "via" (through what) and
 * "superseded" (its date has moved since, or its milestone has ended) added where they are so; newest first. */
json_t *truce_view_alerts (TruceEngine *engine, const TruceAlertFilter *filter);
/* One of them; NULL and an error when there is none. */
json_t *truce_view_alert (TruceEngine *engine, const char *alert, GError **error);

/* {"alert":{…},"rule","also":[…],"context":[{"feed","where","text","words"}],"story":{"count","sources","official","grown",
 * "confirmed","follows"},"matched","evidence":[…],"deliveries":[{"sink","at","delivered","error"}],
 * "waiting":[{"sink","until","reason","told","budget","since"}],"silenced","decision"}; "also", "context" and "story" of
 * news, "told", "budget" and "since" of what a budget holds back. */
json_t *truce_view_why (TruceEngine *engine, const char *alert, GError **error);

/* What was said of dates to come that are there no more, since a rule or a milestone was taken out: a line each, "" for
 * none. It is kept, and holds again when they are back. (transfer full) */
char *truce_view_idle (TruceEngine *engine);

G_END_DECLS
