/* SPDX-License-Identifier: MIT */
/* sinks.h: the sink port: journal, syslog, stdout, programs, webhooks, mail, and (by pulling over the bus) desktop. */
#pragma once

#include "config/config.h"
#include "engine/engine.h"
#include "io/worker.h"

G_BEGIN_DECLS

typedef struct _TruceSinks TruceSinks;

/* `workers` bring alerts to where the network is needed; they go first. */
TruceSinks *truce_sinks_new (TruceConfig *config, TruceWorkers *workers);
void truce_sinks_free (TruceSinks *sinks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceSinks, truce_sinks_free)
void truce_sinks_adopt (TruceSinks *sinks, TruceConfig *config);
/* How a delivery ended that was PENDING: as truce_engine_delivery_ended() wants it. Without it nothing is begun that
 * takes time. */
typedef void (*TruceDeliveryEndedFunc) (const char *sink, const char *alert, TruceDelivery outcome, const char *error,
                                        TruceTime retry_after, gpointer user_data);
void truce_sinks_set_ended (TruceSinks *sinks, TruceDeliveryEndedFunc ended, gpointer user_data);
/* Whose milestones go with mail, for calendars; without it none do. */
void truce_sinks_set_engine (TruceSinks *sinks, TruceEngine *engine);
/* Fills in `deliver`; `raised` and `changed` are left NULL: the bus sets them. */
void truce_sinks_port (TruceSinks *sinks, TruceSinkPort *ret_port);

G_END_DECLS
