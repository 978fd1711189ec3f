/* SPDX-License-Identifier: MIT */
/* worker_process.h: one worker process: started, spoken to in frames without ever blocking, ended and reaped. */
#pragma once

#include <gio/gio.h>

#include "worker/wire.h"

G_BEGIN_DECLS

typedef struct _TruceWorkerProcess TruceWorkerProcess;

/* Called from the main loop only. */
typedef struct {
  /* FALSE: the frame makes no sense here, and the process is killed for it. */
  gboolean (*frame) (TruceWireKind kind, GVariant *payload, gpointer user_data);
  /* It has ended and is reaped: `why` in words ("truced-parse used more CPU time than it may"); `killed`: somebody else
   * killed it (the kernel, short of memory, or a person); the last `n_unsent` frames never reached it whole. The
   * process is then to be freed. */
  void (*ended) (const char *why, gboolean killed, guint n_unsent, gpointer user_data);
} TruceWorkerProcessFuncs;

/* Starts `program`, with `argument` unless that is NULL, and with one end of a socketpair as its standard input. NULL
 * when it cannot be executed. */
TruceWorkerProcess *truce_worker_process_start (const char *program, const char *argument,
                                                const TruceWorkerProcessFuncs *funcs, gpointer user_data,
                                                GError **error);
/* Queues a frame, which goes out as fast as the process reads. */
void truce_worker_process_send (TruceWorkerProcess *process, GBytes *frame);
/* Does it have to read first, before more of what was queued can go out? */
gboolean truce_worker_process_is_sending (const TruceWorkerProcess *process);
/* Ends it: no more frames come, `ended` follows with this `why`. */
void truce_worker_process_kill (TruceWorkerProcess *process, const char *why);
/* Kills and reaps it, if it lives; nothing is called any more. */
void truce_worker_process_free (TruceWorkerProcess *process);

G_END_DECLS
