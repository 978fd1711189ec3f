/* SPDX-License-Identifier: MIT */
/* show.h: a configuration written down again, with what users have said since in its place. */
#pragma once

#include "config/config.h"

G_BEGIN_DECLS

/* The sections and keys of `files` in their order, each section with its place, and the dates and endings of `config`
 * (config/amended.h: made from the same files) that come from amendments, each with its origin. It is a configuration
 * itself: read in the place of the files, it gives the same dates. Comments are not kept. (transfer full) */
char *truce_config_show (const TruceConfigFile *files, guint n_files, const TruceConfig *config);

G_END_DECLS
