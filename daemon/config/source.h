/* SPDX-License-Identifier: MIT */
/* source.h: what a configuration was built of. Private to the room. */
#pragma once

#include "config/builder.h"

G_BEGIN_DECLS

/* Copies the files; `reader` (NULL: none) is asked until it is sealed, and what it gave is kept. */
TruceConfigSource *truce_config_source_new (const TruceConfigFile *files, guint n_files,
                                            const TruceHolidayReader *reader, TruceZone *local);
void truce_config_source_free (TruceConfigSource *source);
/* A TruceHolidayReader's, of the source. */
char *truce_config_source_read (const char *name, char **ret_path, gsize *ret_length, gpointer user_data,
                                GError **error);
void truce_config_source_seal (TruceConfigSource *source);
const TruceConfigFile *truce_config_source_files (const TruceConfigSource *source, guint *ret_n_files);
TruceZone *truce_config_source_local (const TruceConfigSource *source);

G_END_DECLS
