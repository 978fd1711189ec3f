/* SPDX-License-Identifier: MIT */
/* calendar_private.h: one event of a calendar. */
#pragma once

#include <libical/ical.h>

#include "worker/parse/calendar.h"

G_BEGIN_DECLS

#define TRUCE_CALENDAR_EVENT_TYPE "(sussssssxxsxxasa(xb)a(ss)as)"

typedef struct {
  icalcomponent *zones; /* a calendar of nothing but its VTIMEZONEs */
  GHashTable *replaced; /* "UID\nstart" of occurrences that have an event of their own */
  GPtrArray *left_out;  /* char *: sentences */
  GPtrArray *unread;    /* char *: the uids of those left out; fewer than these when they are very many */
  guint n_left_out;
} TruceCalendarReading;

/* Says once a title what is not read of it. */
void truce_calendar_leave_out (TruceCalendarReading *reading, icalcomponent *event, const char *why);

/* "UID\nstart" of the occurrence that `event` replaces. (transfer full); NULL: it replaces none */
char *truce_calendar_replaces (icalcomponent *event);

/* `event`, a VEVENT or VTODO, as a variant of TRUCE_CALENDAR_EVENT_TYPE. (transfer floating); NULL, with the reason
 * among those left out, when it cannot be one. */
GVariant *truce_calendar_event (TruceCalendarReading *reading, icalcomponent *event);

G_END_DECLS
