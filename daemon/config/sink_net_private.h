/* SPDX-License-Identifier: MIT */
/* sink_net_private.h: what sink_net.c leaves to sink_mail.c. */
#pragma once

#include "base/text.h"
#include "config/builder.h"

G_BEGIN_DECLS

/* Each reports what is wrong. */
void truce_net_sink_read_server (TruceNetSink *net, const TruceValue *value, const TruceValue *tls);
void truce_net_sink_read_from (TruceNetSink *net, const TruceValue *value);
void truce_net_sink_read_to (GStrvBuilder *to, const TruceValue *value);

G_END_DECLS
