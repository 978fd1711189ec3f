/* SPDX-License-Identifier: MIT */
/* address.h: which addresses a feed may not lead us to unless its section says so. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct sockaddr; /* <sys/socket.h> */

/* NULL for an address of the public internet, else what it is: "private", "loopback", "link-local", "shared",
 * "multicast", "reserved", "unspecified". IPv4 addresses inside IPv6 ones (mapped, 6to4, NAT64, Teredo ...) count as
 * themselves. */
const char *truce_address_class (const struct sockaddr *address);

/* As above, of an address in text ("10.0.0.1", "fe80::1%eth0"); "reserved" when it is none. */
const char *truce_address_class_of_text (const char *text);

/* As above, of the address that stands in `url` as its host; NULL also where that is a name. */
const char *truce_address_class_of_url (const char *url);

/* "10.0.0.1", "::1". (transfer full) */
char *truce_address_to_text (const struct sockaddr *address);

G_END_DECLS
