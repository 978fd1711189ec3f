/* SPDX-License-Identifier: MIT */
/* worker_calendar.h: a calendar read by truced-parse. */
#pragma once

#include "config/event.h"
#include "io/worker.h"

G_BEGIN_DECLS

#define TRUCE_CALENDAR_EVENTS_READ_MAX 5000 /* of one calendar; the parser leaves out the rest itself */

/* Has `body` read. `done` is called once, from the main loop; `worker_died`: the parser was killed by this body. */
void truce_workers_read_calendar (TruceWorkers *workers, GBytes *body, const char *content_type,
                                  TruceEventCalendarFunc done, gpointer user_data);

G_END_DECLS
