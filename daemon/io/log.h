/* SPDX-License-Identifier: MIT */
/* log.h: truced's own log, which is not its alerts: a line to stderr, or structured to the journal when stderr goes
 * there.
 *
 * Levels: an error ends the program; critical is a fault in truced; a warning is something that the operator should
 * mend; a message is said once in a while (started, reloaded, a worker replaced); info and debug are for --verbose. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, before anything is logged. `program` is the SYSLOG_IDENTIFIER. */
void truce_log_init (const char *program, gboolean verbose);

G_END_DECLS
