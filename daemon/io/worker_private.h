/* SPDX-License-Identifier: MIT */
/* worker_private.h: the clients of what has a file of its own. */
#pragma once

#include "io/worker.h"
#include "io/worker_client.h"

G_BEGIN_DECLS

TruceWorkerClient *truce_workers_calendar_client (TruceWorkers *workers);
/* The parse port's. */
void truce_workers_port_calendar (gpointer self, const TruceParse *parse, TruceEventCalendarFunc done,
                                  gpointer user_data);
/* `alone` as in TruceDispatch. */
TruceWorkerClient *truce_workers_deliver_client (TruceWorkers *workers, const char *alone);
TruceWorkerClient *truce_workers_outline_client (TruceWorkers *workers);

G_END_DECLS
