/* SPDX-License-Identifier: MIT */
/* worker_calendar.h: a calendar read by truced-parse. */
#pragma once

#include "config/import.h"
#include "io/worker.h"

G_BEGIN_DECLS

#define TRUCE_CALENDAR_EVENTS_READ_MAX 5000 /* of one calendar; the parser leaves out the rest itself */

typedef struct {
  char *name;          /* "" none */
  GPtrArray *left_out; /* char *: what the calendar has that was not read, a sentence each */
  GPtrArray *events;   /* TruceEvent * */
} TruceEventCalendar;

/* `calendar` NULL: `error` says why. It is (transfer none). */
typedef void (*TruceEventCalendarFunc) (const TruceEventCalendar *calendar, const char *error, gpointer user_data);

/* Has `body` read; of what repeats, the first occurrence at or after `from`. `done` is called once, from the main loop.
 */
void truce_workers_read_calendar (TruceWorkers *workers, GBytes *body, const char *content_type, TruceTime from,
                                  TruceEventCalendarFunc done, gpointer user_data);

G_END_DECLS
