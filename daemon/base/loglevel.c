/* SPDX-License-Identifier: MIT */
#include "base/loglevel.h"

gboolean
truce_log_level_from_text (const char *text, TruceLogLevel *ret_level)
{
  static const char *const names[] = {
    [TRUCE_LOG_ERROR] = "error", [TRUCE_LOG_WARNING] = "warning", [TRUCE_LOG_NOTICE] = "notice",
    [TRUCE_LOG_INFO] = "info",   [TRUCE_LOG_DEBUG] = "debug",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (text, names[i])) {
      *ret_level = (TruceLogLevel) i;
      return TRUE;
    }
  }
  return FALSE;
}
