/* SPDX-License-Identifier: MIT */
/* time.h: the one unit of time, and its one written form.
 *
 * TruceTime counts microseconds since 1970-01-01T00:00:00Z, UTC, without leap seconds. Every instant in truced is
 * one; every written instant in a machine interface is RFC 3339 in UTC. Civil dates live in deadline/civil.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint64 TruceTime;

#define TRUCE_MILLISECOND ((TruceTime) 1000)
#define TRUCE_SECOND ((TruceTime) 1000000)
#define TRUCE_MINUTE (60 * TRUCE_SECOND)
#define TRUCE_HOUR (60 * TRUCE_MINUTE)
#define TRUCE_DAY (24 * TRUCE_HOUR) /* an exact 24 h; a civil day is deadline/civil.h's */

/* "No such instant": later than every real one, so that MIN() over candidates needs no special case. */
#define TRUCE_TIME_NONE G_MAXINT64

/* Years 1 to 9999 are what RFC 3339 and the date language can write. */
#define TRUCE_TIME_MIN ((TruceTime) -62135596800 * TRUCE_SECOND)
#define TRUCE_TIME_MAX ((TruceTime) 253402300800 * TRUCE_SECOND - 1)

/* Room for "2025-08-12T04:01:00.000000Z" and its NUL. */
#define TRUCE_TIME_TEXT_SIZE 28

/* Writes `at` as RFC 3339 UTC ("2025-08-12T04:01:00Z"; a fraction only when there is one) into `buffer`, and returns
 * `buffer`. TRUCE_TIME_NONE and instants outside TRUCE_TIME_MIN..MAX are written as "". */
const char *truce_time_to_text (TruceTime at, char buffer[TRUCE_TIME_TEXT_SIZE]);

/* Reads an RFC 3339 date-time with a zone offset ("2025-08-12T00:01:00-04:00", "...Z"; 'T' may be a space, seconds may
 * be missing). FALSE, with `ret_at` untouched, for anything else: a plain date has no instant. */
gboolean truce_time_from_text (const char *text, TruceTime *ret_at);

/* Days between 1970-01-01 and the proleptic Gregorian date `year`-`month`-`day` (month 1..12; a day outside the month
 * counts on from it), and back. Exact for all years of gint. */
gint64 truce_days_from_date (int year, int month, int day);
void truce_date_from_days (gint64 days, int *ret_year, int *ret_month, int *ret_day);

/* A length in words for people: "12 days", "3 hours", "1 minute", "less than a minute". Negative lengths are taken by
 * their size. Days are exact 24 h ones. (transfer full) */
char *truce_duration_to_words (TruceTime length);

/* A length written as a number and a unit, or several in turn: "90s", "15m", "1h", "7d", "2w", "1d12h"; weeks of 7
 * and days of 24 hours. `ret_length` is untouched on FALSE. */
gboolean truce_duration_from_text (const char *text, TruceTime *ret_length);

G_END_DECLS
