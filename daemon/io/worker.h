/* SPDX-License-Identifier: MIT */
/* worker.h: truced's side of truced-net and truced-parse: started when first needed, spoken to in frames, killed when
 * they exceed their time, and started again. Also the net and parse ports on top of them. */
#pragma once

#include <gio/gio.h>

#include "engine/ports.h"

G_BEGIN_DECLS

#define TRUCE_FETCH_DEADLINE (45 * TRUCE_SECOND) /* truced-net gives up at 30 s by itself; later it is stuck */
#define TRUCE_PARSE_DEADLINE (10 * TRUCE_SECOND) /* the CPU limit is 3 s; a busy machine may need more wall time */
/* An idle worker is let go: its memory is nobody's then. The parser, which holds the most and starts in 20 ms, goes
 * soon. */
#define TRUCE_NET_IDLE TRUCE_MINUTE
#define TRUCE_PARSE_IDLE (10 * TRUCE_SECOND)
#define TRUCE_DELIVER_IDLE (5 * TRUCE_SECOND) /* alerts come together, and then for days not; it has held secrets */

typedef struct _TruceWorkers TruceWorkers;

/* `directory`: where the worker programs are (NULL: the built-in libexec directory, or $TRUCED_LIBEXEC). Nothing is
 * started yet. Everything runs on the thread-default main context. */
TruceWorkers *truce_workers_new (const char *directory);
void truce_workers_free (TruceWorkers *workers); /* kills them; outstanding requests are answered never */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceWorkers, truce_workers_free)
void truce_workers_net_port (TruceWorkers *workers, TruceNetPort *ret_port);
void truce_workers_parse_port (TruceWorkers *workers, TruceParsePort *ret_port);

G_END_DECLS
