/* SPDX-License-Identifier: MIT */
/* sinks_private.h: one function a kind of sink. None blocks; each answers as TruceSinkPort's deliver does. */
#pragma once

#include <gio/gio.h>

#include "io/sinks.h"

G_BEGIN_DECLS

TruceDelivery truce_sink_journal (const TruceAlert *alert, GError **error);
/* To the sink's socket, /dev/log when it names none. */
TruceDelivery truce_sink_syslog (const TruceSink *sink, const TruceAlert *alert, GError **error);

/* A stream of alerts on a descriptor that is not ours alone: so it is never made non-blocking, and what it did not take
 * of a line is kept for later. */
typedef struct {
  int fd;
  gboolean terminal; /* in readable form rather than JSON */
  gboolean colour;
  GString *rest; /* of a line that has begun */
} TruceStream;
void truce_stream_init (TruceStream *stream, int fd);
void truce_stream_clear (TruceStream *stream);
TruceDelivery truce_sink_stream (TruceStream *stream, const TruceZone *zone, const TruceAlert *alert, GError **error);

/* Sets `error` from errno: "DOING: reason". Always RETRY. */
TruceDelivery truce_sink_retry (GError **error, int number, const char *doing);

G_END_DECLS
