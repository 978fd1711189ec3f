/* SPDX-License-Identifier: MIT */
/* unsaved_private.h: what the store has refused, and is kept until it takes it; and what it could not give. */
#pragma once

#include "engine/engine_private.h"

G_BEGIN_DECLS

/* --- unsaved.c --- */

void truce_unsaved_init (TruceEngine *engine);
void truce_unsaved_clear (TruceEngine *engine);
/* The store refused `commit` (transfer full), `error` says why: its alerts are told, and it waits to be written. Should
 * truced end before, they are told again, under the same ids. */
void truce_unsaved_keep (TruceEngine *engine, TruceCommit *commit, const GError *error);
/* Does that `firing` was told wait to be written? */
gboolean truce_unsaved_firing_done (TruceEngine *engine, const TruceFiring *firing);
/* How many firings of this date wait to be written, and (`ret_told`) was any of them told? */
guint truce_unsaved_firings_of (TruceEngine *engine, const char *milestone, guint revision, gboolean *ret_told);
/* Writes what waits, when it is time to try again. */
void truce_unsaved_retry (TruceEngine *engine, TruceTime now);
/* Somebody may have made room: at the next step. */
void truce_unsaved_try_now (TruceEngine *engine);
/* Before truced ends. */
void truce_unsaved_last_try (TruceEngine *engine);
/* `sink` needs the alert `id` no more: it has it, or `error` says why it never will. FALSE: that does not wait to be
 * written. */
gboolean truce_unsaved_end (TruceEngine *engine, const char *id, const char *sink, const char *error);

/* The store is in trouble at `now`: in engine->trouble_since is since when. */
void truce_unsaved_note_trouble (TruceEngine *engine, TruceTime now);

/* --- unread.c --- */

/* Could something that was asked of the store since this was last asked not be read? */
gboolean truce_unread_look (TruceEngine *engine);
/* At the end of a step: tells that it could not. */
void truce_unread_step (TruceEngine *engine, TruceTime now);
/* When the store is asked again, as the last thing that is asked of it; NONE: it gave all. */
TruceTime truce_unread_next (TruceEngine *engine, TruceTime now);

/* --- unsaved_told.c --- */

/* `sink` has had the alert `id`, or (`error`) never will. */
void truce_unsaved_note (TruceEngine *engine, const char *id, const char *sink, const char *error);
/* TruceDeliveryRecord *; NULL: none. */
const GPtrArray *truce_unsaved_deliveries (const TruceEngine *engine, const char *id);
/* The alert that waits to be written, by its id or the beginning of that; as the store's `alert`. (transfer full) */
TruceStoredAlert *truce_unsaved_alert (const TruceEngine *engine, const char *prefix, GError **error);
gboolean truce_unsaved_has (const TruceEngine *engine, const char *id);
/* Those that `filter` takes into `alerts`, before what is there. */
void truce_unsaved_list (const TruceEngine *engine, const TruceAlertFilter *filter, GPtrArray *alerts);
/* The sinks that are owed it, as `why` has them. */
void truce_unsaved_add_waiting (TruceEngine *engine, const char *id, json_t *array);
/* Writes `commit` with what its sinks have said. FALSE: not yet. */
gboolean truce_unsaved_write (TruceEngine *engine, TruceCommit *commit);

G_END_DECLS
