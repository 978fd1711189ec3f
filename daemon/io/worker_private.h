/* SPDX-License-Identifier: MIT */
/* worker_private.h: the client that calendars are read by. */
#pragma once

#include "io/worker.h"
#include "io/worker_client.h"

G_BEGIN_DECLS

TruceWorkerClient *truce_workers_calendar_client (TruceWorkers *workers);

G_END_DECLS
