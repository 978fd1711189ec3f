/* SPDX-License-Identifier: MIT */
/* options.h: what truced's command line says. */
#pragma once

#include "base/loglevel.h"

G_BEGIN_DECLS

typedef struct {
  char *config;
  char *state;
  char *bus;
  gboolean once, check, version;
  gboolean has_log_level; /* else it is the configuration's */
  TruceLogLevel log_level;
} TruceOptions;

/* FALSE, having said so on standard error, when it is wrong. */
gboolean truce_options_read (int *argc, char ***argv, TruceOptions *options);
/* Fills in what was not said. The system service reads the system's configuration; everyone else their own where there
 * is one. */
void truce_options_complete (TruceOptions *options);
void truce_options_clear (TruceOptions *options);

G_END_DECLS
