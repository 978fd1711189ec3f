/* SPDX-License-Identifier: MIT */
/* calendar.h: which days are business days: weekends and the holidays of a calendar, read from a holiday file.
 *
 * Holidays are rules (a date, a weekday of a month, a distance to Easter) or dated lists, and for lists the file says
 * which years they are complete for. An iCalendar file of all-day events is such a list too. The form of the files is
 * told in truced-dates(7). Days are counted from 1970-01-01. */
#pragma once

#include "base/diag.h"
#include "base/time.h"

G_BEGIN_DECLS

#define TRUCE_CALENDAR_FILE_MAX (4 << 20) /* bytes; an iCalendar file of a country's century is under 1 MiB */

gint64 truce_easter_of (int year); /* the Gregorian Easter Sunday */

typedef struct _TruceCalendar TruceCalendar; /* reference counted; not to be shared by threads */

/* Reads a holiday file: `name` is what findings about dates call it, `path` what findings about the file do. NULL when
 * any error was added to `diags`. */
TruceCalendar *truce_calendar_parse (const char *name, const char *path, const char *bytes, gsize length,
                                     TruceDiags *diags);
/* A day is off where it is off in any of `calendars`, of which there is at least one. */
TruceCalendar *truce_calendar_join (TruceCalendar *const *calendars, guint n_calendars);
TruceCalendar *truce_calendar_ref (TruceCalendar *calendar);
void truce_calendar_unref (TruceCalendar *calendar); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceCalendar, truce_calendar_unref)

const char *truce_calendar_name (const TruceCalendar *calendar); /* "us-federal", joined "us-federal china" */

/* Why `day` is off: "Saturday", "Independence Day", "Independence Day (observed)"; NULL for a business day. */
const char *truce_calendar_day_off (TruceCalendar *calendar, gint64 day);

/* The business day number `count` after `day`, or before it where `count` is negative; `day` itself is not counted.
 * FALSE where there is none within a year of the one before. */
gboolean truce_calendar_add (TruceCalendar *calendar, gint64 day, gint64 count, gint64 *ret_day);
/* `day` when it is a business day, else the next in `direction` (1 or -1). FALSE likewise. */
gboolean truce_calendar_roll (TruceCalendar *calendar, gint64 day, int direction, gint64 *ret_day);

/* What makes counting from `first` to `last` doubtful: "china is complete for 2024 to 2026 only: ..."; NULL: nothing.
 * (transfer full) */
char *truce_calendar_doubt (const TruceCalendar *calendar, gint64 first, gint64 last);

G_END_DECLS
