/* SPDX-License-Identifier: MIT */
/* config_load.h: finds and reads the configuration files, and hands their bytes to config/. */
#pragma once

#include "config/config.h"

G_BEGIN_DECLS

/* The file that is read when none is named: $XDG_CONFIG_HOME/truced/truced.conf if `user`, else
 * SYSCONFDIR/truced/truced.conf. (transfer full) */
char *truce_config_default_path (gboolean user);

/* Reads `path` and `DIR/NAME.d/ *.conf` beside it in name order (DIR/truced.conf.d for DIR/truced.conf). NULL if and
 * only if there is an error among the findings. Holidays and other files that the config names are read relative to it.
 */
TruceConfig *truce_config_load (const char *path, TruceTime now, TruceDiags *diags);

/* Likewise of standard input alone, which findings call TRUCE_CONFIG_INPUT; what it names is relative to here. */
#define TRUCE_CONFIG_INPUT "(standard input)"
TruceConfig *truce_config_load_input (TruceTime now, TruceDiags *diags);

/* When one of the files that `path` leads to was last written; NONE: there are none. */
TruceTime truce_config_last_written (const char *path);
/* The files that `path` leads to, written down again with what `config` has been amended by (config/show.h); NULL when
 * they cannot be read. (transfer full) */
char *truce_config_load_shown (const char *path, const TruceConfig *config, TruceDiags *diags);

G_END_DECLS
