/* SPDX-License-Identifier: MIT */
/* moves.h: what the news says of milestones' dates, and what people answer (truced-moves(7)). A move's id may be
 * shortened to an unambiguous beginning of 4 digits or more. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

#define TRUCE_ON_MOVE "on-move" /* who accepts a move, where the configuration has it accepted without asking */

/* An array of records as truce_proposal_to_json() makes them, with the milestone's "title", "words" and "old_words" for
 * the two dates and what is said ("says"), "statement" for the date language, "conflicts":[ids] that say otherwise,
 * "changes" as of truce_engine_preview_due(), where it can be accepted, and "refuses", why it cannot. Those that wait
 * for an answer first, the latest heard of first; `all`: the others too. `milestone` NULL: of all. */
json_t *truce_view_moves (TruceEngine *engine, const char *milestone, gboolean all, GError **error);

/* The milestone has the new date, or has ended, from now on: as by truce_engine_set_due() or truce_engine_end(), and
 * taken back by truce_engine_undo(). A day is taken at the milestone's own time of day, where it has one. `why` NULL:
 * the news is the reason, which what is only proposed does not give. The record, with "changes". */
json_t *truce_engine_accept_move (TruceEngine *engine, const char *move, const char *why, const TruceOrigin *origin,
                                  GError **error);
/* It is not so, or not wanted: it contests nothing any more, and is told again only when it is confirmed and was not
 * before. The record. */
json_t *truce_engine_reject_move (TruceEngine *engine, const char *move, const char *why, const TruceOrigin *origin,
                                  GError **error);

G_END_DECLS
