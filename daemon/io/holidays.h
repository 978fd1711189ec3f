/* SPDX-License-Identifier: MIT */
/* holidays.h: where the holiday files are that a configuration names. */
#pragma once

#include "deadline/calendar.h"

G_BEGIN_DECLS

/* The bytes of the holiday file that `name` stands for: an absolute path, or the name of a file in the folder
 * `holidays` beside the configuration `config_path`, or in the installed one. NULL and an error (of G_FILE_ERROR) that
 * tells where it was looked for. `ret_path` and the bytes are (transfer full). */
char *truce_holidays_read (const char *config_path, const char *name, char **ret_path, gsize *ret_length,
                           GError **error);

/* The calendar of one or several names, parted by spaces or commas. NULL when there is an error in `diags`. */
TruceCalendar *truce_holidays_load (const char *config_path, const char *names, TruceDiags *diags);

G_END_DECLS
