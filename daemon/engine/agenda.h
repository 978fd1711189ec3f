/* SPDX-License-Identifier: MIT */
/* agenda.h: milestones as a calendar (deadline/icalendar.h), by the records that the interfaces show. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* The event of a record of truce_view_milestone(), of what repeats its rule; `organizer` as truce_icalendar_add() has
 * it. FALSE: it is no such record. */
gboolean truce_agenda_add (GString *calendar, const json_t *record, const char *organizer, TruceTime now);
/* Of what repeats, beside that: the date that the record is of, once it has been moved. */
void truce_agenda_add_moved (GString *calendar, const json_t *record, const char *organizer, TruceTime now);
/* A calendar of all that people are shown and that `sink` wants. (transfer full) */
char *truce_agenda_of (TruceEngine *engine, const TruceSink *sink);
/* The dates that `alert` tells of, as they stand, as a message from `organizer` (RFC 5546: PUBLISH). NULL: it tells of
 * none, or only of what the news says of one. (transfer full) */
char *truce_agenda_for (TruceEngine *engine, const TruceAlert *alert, const char *organizer);

G_END_DECLS
