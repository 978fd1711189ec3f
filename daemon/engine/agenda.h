/* SPDX-License-Identifier: MIT */
/* agenda.h: milestones as a calendar (deadline/icalendar.h), by the records that the interfaces show. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* The event of a record of truce_view_milestone(). FALSE: it is no such record. */
gboolean truce_agenda_add (GString *calendar, const json_t *record, TruceTime now);
/* A calendar of all that people are shown and that `sink` wants. (transfer full) */
char *truce_agenda_of (TruceEngine *engine, const TruceSink *sink);

G_END_DECLS
