/* SPDX-License-Identifier: MIT */
/* sinks.h: the sink port: journal, syslog, stdout and (by pulling over the bus) desktop. */
#pragma once

#include "config/config.h"
#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceSinks TruceSinks;

TruceSinks *truce_sinks_new (TruceConfig *config);
void truce_sinks_free (TruceSinks *sinks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceSinks, truce_sinks_free)
void truce_sinks_adopt (TruceSinks *sinks, TruceConfig *config);
/* Fills in `deliver`; `raised` and `changed` are left NULL: the bus sets them. */
void truce_sinks_port (TruceSinks *sinks, TruceSinkPort *ret_port);

G_END_DECLS
