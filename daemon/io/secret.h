/* SPDX-License-Identifier: MIT */
/* secret.h: what a sink must not be told by its configuration: read where that says that it is, each time that it is
 * needed, so that a new one needs no reload; forgotten at once; and never in any message. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* `reference` is of config/net_sink.h. NULL and an error, which says where it was looked for and never what was found.
 * To be given to truce_secret_free(). */
char *truce_secret_read (const char *reference, GError **error);
/* Overwrites it first. */
void truce_secret_free (char *secret);
/* What is wrong with it as it is, in words; NULL: nothing, as far as can be seen from here. (transfer full) */
char *truce_secret_fault (const char *reference);

G_END_DECLS
