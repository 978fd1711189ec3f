/* SPDX-License-Identifier: MIT */
/* address.h: where a message bus is, for the service and its clients alike. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The D-Bus address of `bus`: "session", "system", or an address, which stays as it is. Nothing is started to find one
 * (no dbus-launch). NULL when the session bus is asked for and the environment names none. (transfer full) */
char *truce_bus_address (const char *bus);

/* The socket's file name in `address`, or NULL when it has none (an abstract or TCP address). (transfer full) */
char *truce_bus_socket_path (const char *address);

/* For people: "the session bus", "the system bus", "the bus at ADDRESS". (transfer full) */
char *truce_bus_words (const char *bus);

G_END_DECLS
