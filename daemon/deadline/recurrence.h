/* SPDX-License-Identifier: MIT */
/* recurrence.h: the rule by which a date repeats (RFC 5545, RECUR), on civil days.
 *
 * Days and slower only: the time of day is that of the first date. Bounded: whatever the rule, a question is answered
 * after one turn of the Gregorian calendar (400 years), after which every rule begins again, at the latest. */
#pragma once

#include "deadline/zone.h"

G_BEGIN_DECLS

#define TRUCE_RECURRENCE_TEXT_MAX 1000     /* bytes: every day of a month named, several times over */
#define TRUCE_RECURRENCE_INTERVAL_MAX 1000 /* of days, nearly 3 years: slower rules have a slower FREQ */
#define TRUCE_RECURRENCE_COUNT_MAX 10000   /* 27 years of days, each counted; UNTIL has no such bound */
/* The last day that dates can name, 31 December 9999: no rule goes beyond it. */
#define TRUCE_RECURRENCE_DAY_MAX ((gint64) 2932896)

#define TRUCE_RECURRENCE_ERROR (truce_recurrence_error_quark ())
GQuark truce_recurrence_error_quark (void);
typedef enum {
  TRUCE_RECURRENCE_ERROR_SYNTAX,      /* not a rule; the message says where */
  TRUCE_RECURRENCE_ERROR_UNSUPPORTED, /* finer than days, or of another calendar */
  TRUCE_RECURRENCE_ERROR_NEVER,       /* a rule of days that do not exist */
} TruceRecurrenceError;

typedef struct _TruceRecurrence TruceRecurrence; /* immutable */

/* Reads "FREQ=MONTHLY;BYDAY=1FR"; NULL and an error that names what is wrong and where. */
TruceRecurrence *truce_recurrence_parse (const char *text, GError **error);
void truce_recurrence_free (TruceRecurrence *recurrence); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceRecurrence, truce_recurrence_free)

/* As RFC 5545 writes it: in capitals, without spaces. */
const char *truce_recurrence_text (const TruceRecurrence *recurrence);

/* How it ends: after so many dates, 0 where it does not say; or by a date. */
guint truce_recurrence_count (const TruceRecurrence *recurrence);
typedef enum {
  TRUCE_UNTIL_NONE,
  TRUCE_UNTIL_DAY,   /* that whole day too */
  TRUCE_UNTIL_LOCAL, /* a civil time where the dates are */
  TRUCE_UNTIL_UTC,
} TruceUntilKind;
TruceUntilKind truce_recurrence_until (const TruceRecurrence *recurrence, TruceCivil *ret_until);

/* Days below are civil days since 1970-01-01. `first` is the first date, of which the rule takes whatever it does not
 * say itself (the day of the month, the weekday) and from which intervals count. How the rule ends is not looked at. */

/* Is `day` one that the rule makes? The first date may be none. */
gboolean truce_recurrence_makes (const TruceRecurrence *recurrence, gint64 first, gint64 day);
/* The first day after `after` and up to `last` that the rule makes, not before `first`; FALSE: there is none. */
gboolean truce_recurrence_next (const TruceRecurrence *recurrence, gint64 first, gint64 after, gint64 last,
                                gint64 *ret_day);
/* The last day before `before` that the rule makes, not before `first`; FALSE: there is none. */
gboolean truce_recurrence_previous (const TruceRecurrence *recurrence, gint64 first, gint64 before, gint64 *ret_day);

G_END_DECLS
