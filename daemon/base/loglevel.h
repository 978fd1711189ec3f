/* SPDX-License-Identifier: MIT */
/* loglevel.h: how much a program says in its own log, by the name that the configuration and command lines have. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  TRUCE_LOG_ERROR,   /* faults of the program itself */
  TRUCE_LOG_WARNING, /* what the operator should mend */
  TRUCE_LOG_NOTICE,  /* said once in a while: reloaded, a worker replaced, a sink that fails */
  TRUCE_LOG_INFO,    /* each alert and each delivery */
  TRUCE_LOG_DEBUG,
} TruceLogLevel;

#define TRUCE_LOG_LEVEL_DEFAULT TRUCE_LOG_NOTICE
#define TRUCE_LOG_LEVELS "error, warning, notice, info or debug"

gboolean truce_log_level_from_text (const char *text, TruceLogLevel *ret_level);

G_END_DECLS
