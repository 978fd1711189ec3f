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

/* A program that is given one alert, in a session of its own. */
typedef struct _TruceExec TruceExec;
typedef void (*TruceExecEndedFunc) (TruceExec *exec, TruceDelivery outcome, const char *error, gpointer user_data);
/* NULL and an error when it cannot be started; else `ended` is called once, later. */
TruceExec *truce_exec_start (const TruceSink *sink, const TruceAlert *alert, TruceExecEndedFunc ended,
                             gpointer user_data, GError **error);
const char *truce_exec_sink (const TruceExec *exec);
const char *truce_exec_alert (const TruceExec *exec);
/* Asks one that still runs to end, with all that it has started. */
void truce_exec_stop (TruceExec *exec);
/* None of them is left. */
gboolean truce_exec_is_gone (const TruceExec *exec);
/* One that still runs is killed: `ended` is not called any more. */
void truce_exec_free (TruceExec *exec);

/* Sinks that truced-net brings alerts to. */
typedef struct _TruceNetSinks TruceNetSinks;
/* `ended` is called once for each that was PENDING. The workers go first. */
TruceNetSinks *truce_net_sinks_new (TruceWorkers *workers, TruceDeliveryEndedFunc ended, gpointer user_data);
void truce_net_sinks_free (TruceNetSinks *sinks);
TruceDelivery truce_net_sinks_deliver (TruceNetSinks *sinks, const TruceSink *sink, const TruceAlert *alert,
                                       const char *telling, GError **error);
/* Whose milestones go with mail. */
void truce_net_sinks_set_engine (TruceNetSinks *sinks, TruceEngine *engine);

/* Sets `error` from errno: "DOING: reason". Always RETRY. */
TruceDelivery truce_sink_retry (GError **error, int number, const char *doing);

G_END_DECLS
