/* SPDX-License-Identifier: MIT */
/* calendar.h: a stranger's iCalendar (RFC 5545) becomes events, by libical. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

#define TRUCE_CALENDAR_EVENTS_MAX 5000            /* ten years of a busy person; archives are not read */
#define TRUCE_CALENDAR_MAX (16u << 20)            /* bytes of it as UTF-8, which 8 MiB of GB 18030 fill */
#define TRUCE_CALENDAR_COMPONENT_MAX (256u << 10) /* bytes of one event: attachments within it make it longer */
#define TRUCE_CALENDAR_ZONES_MAX 100              /* as many as there are hours' offsets, with room */
#define TRUCE_CALENDAR_ALARMS_MAX 64              /* a milestone has no more leads */
#define TRUCE_CALENDAR_LIST_MAX 64                /* categories, or keys, of an event */
#define TRUCE_CALENDAR_NOTES_MAX 20               /* what is said of what is left out; then only counted */

/* Has libical set up what it would look for in files: once, before the sandbox. */
void truce_calendar_preload (void);

/* The payload of TRUCE_WIRE_CALENDAR: the events and to-dos of `body`, broken ones left out, or an error when it is no
 * calendar. Of what repeats, the first date, the rule and its exceptions, of which nothing is asked here. Never reads a
 * file: zones are those that the calendar itself defines. (transfer floating) */
GVariant *truce_calendar_answer (guint64 request, GBytes *body, const char *content_type);

G_END_DECLS
