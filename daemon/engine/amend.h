/* SPDX-License-Identifier: MIT */
/* amend.h: what people say of milestones beside the configuration: another date, met, cancelled, silence for a while;
 * and taking it back. Each is written before it holds, with who said it, and FALSE or NULL with an error changes
 * nothing. `by` is who; `why` may be NULL where it says so. */
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
                              const char *by, GError **error);
/* `kind` is met or cancelled; `why` may be NULL. */
gboolean truce_engine_end (TruceEngine *engine, const char *milestone, TruceAmendmentKind kind, const char *why,
                           const char *by, GError **error);
/* Nothing of it but changes of its date is told before `until`. */
gboolean truce_engine_silence (TruceEngine *engine, const char *milestone, TruceTime until, const char *by,
                               GError **error);
/* Takes back the last amendment that holds, of one milestone or (NULL) of all: (transfer full), a record as
 * truce_view_amendments() gives. */
json_t *truce_engine_undo (TruceEngine *engine, const char *milestone, const char *by, GError **error);

/* An array of {"number","milestone","kind","at","by","why","statement","zone","due","due_latest","over","until","undone",
 * "undone_by"}, oldest first.
 * `milestone` NULL: all. (transfer full) */
json_t *truce_view_amendments (TruceEngine *engine, const char *milestone);

G_END_DECLS
