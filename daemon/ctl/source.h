/* SPDX-License-Identifier: MIT */
/* source.h: the bytes of what is named on the command line: a file, an address, or standard input. */
#pragma once

#include "ctl/ctl.h"
#include "io/worker.h"

G_BEGIN_DECLS

/* `source` whole: "-", an http(s) address fetched by `workers`, or a file's path. `ret_url` and `ret_content_type`
 * (both transfer full) are set where an address gave them, else untouched. NULL after saying why. (transfer full) */
GBytes *truce_source_read (TruceWorkers *workers, const char *source, char **ret_url, char **ret_content_type);

/* Like it, of an address, but says nothing when there is no answer of status 200. `ret_status`: 0 for no answer. */
GBytes *truce_source_try (TruceWorkers *workers, const char *url, char **ret_url, char **ret_content_type,
                          int *ret_status);
gboolean truce_source_is_address (const char *source);

/* Is it the address of a machine of this network, by its number or as "localhost"? truced asks it only with
 * allow-private. */
gboolean truce_source_is_private (const char *source);

G_END_DECLS
