/* SPDX-License-Identifier: MIT */
/* amend.h: what people say of milestones beside the configuration: another date, met, cancelled, silence for a while;
 * and taking it back. Each is written before it holds, with who said it, and FALSE or NULL with an error changes
 * nothing. `origin` is who, and through what; `why` may be NULL where it says so, and may end in the address of the
 * evidence in angle brackets (base/reason.h). */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* An array of what moves by it, the milestone itself first, then what is based on it by its new date:
 * {"milestone","title","old_due","old_due_latest","old_words","due","due_latest","words","zone","delta_days"} */

/* What a new date would move; changes nothing. (transfer full) */
json_t *truce_engine_preview_due (TruceEngine *engine, const char *milestone, const char *statement, GError **error);
/* Gives a milestone another date, in the date language. `why` is needed: the date is told to all who wait for the old
 * one. (transfer full) */
json_t *truce_engine_set_due (TruceEngine *engine, const char *milestone, const char *statement, const char *why,
                              const TruceOrigin *origin, GError **error);
/* `kind` is met or cancelled; `why` may be NULL. */
gboolean truce_engine_end (TruceEngine *engine, const char *milestone, TruceAmendmentKind kind, const char *why,
                           const TruceOrigin *origin, GError **error);
/* Nothing of it but changes of its date is told before `until`. */
gboolean truce_engine_silence (TruceEngine *engine, const char *milestone, TruceTime until, const TruceOrigin *origin,
                               GError **error);
/* Takes back the last thing that was said and still holds: of one milestone, of the alert whose id begins so, or (NULL)
 * the last that `origin` has said itself. An alert that was acknowledged or put off is open again, and told again where
 * open ones are shown. (transfer full), a record as of truce_view_undoable(), with "undone", "undone_by" and
 * "undone_via", and "move", the id of the move that had been accepted by it, where that waits for an answer again. */
json_t *truce_engine_undo (TruceEngine *engine, const char *what, const TruceOrigin *origin, GError **error);
/* What can be taken back, whoever said it: an array, the latest first. Amendments are as truce_view_amendments() gives
 * them, with the milestone's "title", and "idle" where what they were said of is there no more; answers to alerts are
 * {"kind":"acknowledged"|"snoozed","alert","title","milestone","at","by","via","until"}. Without `what`, answers to
 * alerts that were raised in the last 30 days. */
json_t *truce_view_undoable (TruceEngine *engine, const char *what, GError **error);

/* An array of
 * {"number","milestone","kind","at","by","via","why","evidence","statement","zone","due","due_latest","over",
 * "until","undone","undone_by","undone_via"}, oldest first.
 * `milestone` NULL: all. (transfer full) */
json_t *truce_view_amendments (TruceEngine *engine, const char *milestone);
/* The last of them, or NULL. (transfer full) */
json_t *truce_view_last_amendment (TruceEngine *engine, const char *milestone);

G_END_DECLS
