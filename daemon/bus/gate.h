/* SPDX-License-Identifier: MIT */
/* gate.h: what comes in faster than it can be looked at.
 *
 * A bus limits how many calls of a client wait for a reply, but not those that want none. Such a flood is dropped in
 * GDBus's own thread, before each message costs the main loop a turn. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRUCE_GATE_MAX 64 /* calls without a reply that a client gets through in one turn of the loop */

/* `connection` keeps it until it is closed. */
void truce_gate_put (GDBusConnection *connection);

G_END_DECLS
