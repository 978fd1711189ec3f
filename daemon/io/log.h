/* SPDX-License-Identifier: MIT */
/* log.h: truced's own log, which is not its alerts: a line to stderr, or structured to the journal when stderr goes
 * there.
 *
 * Of GLib's levels an error ends the program, critical is a fault in truced, and a message is a notice
 * (base/loglevel.h). What is about an alert, a sink or a milestone has it in a field beside: TRUCED_ALERT, TRUCED_SINK,
 * TRUCED_MILESTONE. */
#pragma once

#include "base/loglevel.h"

G_BEGIN_DECLS

/* Once, before anything is logged. `program` is the SYSLOG_IDENTIFIER. */
void truce_log_init (const char *program);
/* From now on; the default is TRUCE_LOG_LEVEL_DEFAULT. */
void truce_log_set_level (TruceLogLevel level);

G_END_DECLS
