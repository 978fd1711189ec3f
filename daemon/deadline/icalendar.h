/* SPDX-License-Identifier: MIT */
/* icalendar.h: milestones as a calendar (RFC 5545) that other programs read, and that truced reads back whole.
 *
 * An event a milestone: days as dates, instants in UTC, an alarm a lead. What a calendar has no words for (the zone,
 * the statement, the dates that it had) stands in X-TRUCED- properties, named like the keys of the configuration. */
#pragma once

#include "deadline/milestone.h"

G_BEGIN_DECLS

/* Behind a milestone's id in its UID, by which an import knows its own. */
#define TRUCE_ICALENDAR_UID_SUFFIX "@truced"
/* Before a key of the configuration, in capitals. */
#define TRUCE_ICALENDAR_KEY_PREFIX "X-TRUCED-"

/* `method` (RFC 5546) is for what is sent as a message; NULL: it is a calendar of its own. */
void truce_icalendar_begin (GString *calendar, const char *method);
/* `milestone` as it stands at `now`: its SEQUENCE is the number of times that its date has moved by then. An event of a
 * calendar keeps its UID, and goes on from its SEQUENCE there. What is sent has the address of an `organizer`; NULL.
 * One date of what repeats (it has `series` and `series_id`) stands for that of the rule. */
void truce_icalendar_add (GString *calendar, const TruceMilestone *milestone, const char *organizer, TruceTime now);
/* icalendar_series.c: of what repeats, the zone that its dates are in, before its event; and within it, its dates. */
void truce_icalendar_series_zone (GString *calendar, const TruceSeries *series);
void truce_icalendar_series_dates (GString *calendar, const TruceSeries *series);
/* Which date of the rule it is that stands elsewhere. */
void truce_icalendar_series_moved (GString *calendar, const TruceSeries *series, gint64 day);
void truce_icalendar_end (GString *calendar);

/* A content line: `name` with its parameters, and `value` as it is, folded. */
void truce_icalendar_line (GString *calendar, const char *name, const char *value);
/* The same for a value of type TEXT, escaped; nothing for NULL and "". */
void truce_icalendar_text (GString *calendar, const char *name, const char *text);

G_END_DECLS
