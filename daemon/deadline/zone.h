/* SPDX-License-Identifier: MIT */
/* zone.h: civil time in a named zone, and instants.
 *
 * Zones come from the tz database through GLib. A civil time that a forward step of the clock skips (a gap) stands for
 * the first instant after the step; one that a backward step repeats (a fold) stands for the earlier of the two: a
 * deadline is rather met an hour early. Both are reported, so that `trucectl check` can say so. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

typedef struct {
  int year;   /* 1..9999 */
  int month;  /* 1..12 */
  int day;    /* 1..31 */
  int hour;   /* 0..23 */
  int minute; /* 0..59 */
  int second; /* 0..59 */
} TruceCivil;

typedef enum {
  TRUCE_CIVIL_EXACT,
  TRUCE_CIVIL_GAP,  /* does not exist there: the first instant after the gap is given */
  TRUCE_CIVIL_FOLD, /* exists twice there: the earlier is given */
} TruceCivilFit;

typedef struct _TruceZone TruceZone; /* reference counted, immutable */

#define TRUCE_ZONE_ERROR (truce_zone_error_quark ())
GQuark truce_zone_error_quark (void);
typedef enum {
  TRUCE_ZONE_ERROR_UNKNOWN, /* no such zone; the message names the nearest known one where there is one */
} TruceZoneError;

/* A zone by IANA name ("America/New_York"), "UTC", or a fixed offset ("+08:00", "-0500", "Z"). NULL and an error for
 * anything else: a typo never becomes UTC. */
TruceZone *truce_zone_new (const char *name, GError **error);
/* The system's zone, by its name where /etc/localtime or TZ gives one; UTC where nothing does. Never NULL. */
TruceZone *truce_zone_new_local (void);
/* The zone database has changed: zones that are asked for from now on are read anew. Those in use stay as they were. */
void truce_zone_forget (void);
/* Where the zone database is: $TZDIR, or the system's. (transfer full) */
char *truce_zone_folder (void);
TruceZone *truce_zone_ref (TruceZone *zone);
void truce_zone_unref (TruceZone *zone); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceZone, truce_zone_unref)

const char *truce_zone_name (const TruceZone *zone); /* as given, or "UTC", or "+08:00" */

TruceTime truce_zone_to_time (const TruceZone *zone, const TruceCivil *civil, TruceCivilFit *ret_fit /* may be NULL */);
void truce_zone_to_civil (const TruceZone *zone, TruceTime at, TruceCivil *ret_civil);

/* The instant of `second` seconds past midnight on the civil day that is `days` days after 1970-01-01. */
TruceTime truce_zone_time_on (const TruceZone *zone, gint64 days, int second);
/* The first instant of the civil day that begins `days` days after 1970-01-01: 00:00, or what follows a gap there
 * (Santiago, Beirut); for a day that the zone skipped (Apia, 2011-12-30), the first instant of the next. */
TruceTime truce_zone_day_start (const TruceZone *zone, gint64 days);
/* The civil day of `at`, in days since 1970-01-01. */
gint64 truce_zone_day_of (const TruceZone *zone, TruceTime at);

/* Offset from UTC in seconds (east positive), and the zone's abbreviation then ("EDT"; (transfer none)). */
int truce_zone_offset_at (const TruceZone *zone, TruceTime at, const char **ret_abbreviation /* may be NULL */);

/* "Tue 12 Aug 2025 00:01 EDT", for people. (transfer full) */
char *truce_zone_format (const TruceZone *zone, TruceTime at);

/* "in 12 days", "in 15 hours", "1 day ago", for people: whole civil days in `zone` where there are two or more, since
 * people count dates and not hours; exact when it is near. (transfer full) */
char *truce_zone_words_until (const TruceZone *zone, TruceTime at, TruceTime now);

/* Is it a date that exists in the Gregorian calendar, with a time of day that exists? */
gboolean truce_civil_valid (const TruceCivil *civil);
int truce_civil_days_in_month (int year, int month);
/* Adds months, clamping to the last day of the month (Jan 31 + 1 month = Feb 28), then days. Time of day is kept. */
void truce_civil_add (TruceCivil *civil, int months, gint64 days);

G_END_DECLS
