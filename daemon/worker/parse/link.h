/* SPDX-License-Identifier: MIT */
/* link.h: what feeds write as addresses, made absolute. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_LINK_MAX 4096 /* bytes; longer ones are data in disguise */

/* Where in `*length` bytes of `text` an address is that needs nothing done to it but white space around it left out, as
 * nearly all are; `*length` becomes its own. NULL, with `*length` as it was, for others. */
const char *truce_link_plain (const char *text, gsize *length);

/* The absolute http(s) address that `length` bytes of `text` mean where `base` is (NULL: nothing known), white space
 * and controls taken out of it. NULL when they are none, or of another scheme, or no UTF-8. (transfer full) */
char *truce_link_resolve (const char *text, gsize length, const char *base);

G_END_DECLS
