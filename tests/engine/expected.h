/* SPDX-License-Identifier: MIT */
/* expected.h: what people must have been told by when, by the plain rules of DESIGN and the oracle's instants; it
 * shares no line with daemon/engine. Times are the oracle's: whole minutes.
 *
 * The rules. A milestone that is seen for the first time while its leads are being crossed is told at once, by the last
 * of them; if it had passed, nothing is told, but should the clock be set back to before it was seen, it is as good as
 * new. A date that is not the one last seen is told as changed, which tells what of it has passed; but not once it has
 * ended, nor where it follows another and has passed before and after. Of all else that has come and was not told
 * before, the last of each milestone speaks, were it not older than the grace; and all of it counts as told. A
 * milestone that has ended says nothing. Repetitions end when one that says that the date has come is acknowledged, and
 * rest while one is put off, until it has been told again.
 *
 * What a person has said holds whatever the clock comes to show. What has ended keeps the date that it ended with, and
 * what hangs on it heeds nothing that came later.
 *
 * Each date of what repeats is told as if it had always been there, since what repeats was first seen. */
#pragma once

#include "oracle/oracle.h"

G_BEGIN_DECLS

#define EXPECTED_MILESTONES 4
#define EXPECTED_LINES 3
#define EXPECTED_OCCURRENCES 160 /* of what repeats: more than a history is long */

/* What a line of the configuration, or a person, gives as the date: one of its own, or another's and some days. */
typedef struct {
  gint64 since; /* in force from then */
  OracleDate date;
  int base; /* the milestone that it is based on; -1: `date` */
  int days; /* more than that */
} ExpectedStatement;

/* A milestone as configured. */
typedef struct {
  gboolean present;
  const char *zone;
  OracleManner manner;
  guint n_lines;
  ExpectedStatement lines[EXPECTED_LINES]; /* by `since` */
  gint64 met_at;
  gint64 cancelled_at;
} ExpectedConfig;

/* One that repeats for ever by a fixed step, and is never edited nor spoken of; it does not nag. */
typedef struct {
  gboolean present;
  const char *zone;
  OracleManner manner;
  OracleDate first; /* an instant or a day */
  int months, days; /* from one date to the next */
} ExpectedSeries;

typedef enum { EXPECTED_DUE, EXPECTED_ENDED } ExpectedSaying;

/* What a person said beside the configuration. What came before what is told by the latest that the clock had ever
 * shown when somebody spoke, and then by who spoke first. */
typedef struct {
  ExpectedSaying kind;
  gint64 at;
  gint64 moment; /* expected_moment() of that */
  ExpectedStatement statement;
  ExpectedStatement over; /* the configured one that it takes the place of */
} ExpectedAmendment;

typedef struct {
  int milestone;    /* from EXPECTED_MILESTONES on, a date of what repeats */
  const char *kind; /* "lead", "due", "window-open", "passed", "changed" */
  char lead[32];    /* "" where the record has none */
  guint nag;
  guint revision;  /* ours */
  gint64 earliest; /* of the date that it is about */
  gint64 raised;
  gboolean late;
  /* What has become of it since. */
  char *id;
  gboolean acknowledged, silenced, outdated;
  guint n_snoozes;
  gint64 snoozed;
  guint n_told[2]; /* by sink */
} ExpectedAlert;

typedef struct Expected Expected;

Expected *expected_new (gint64 grace, gint64 horizon /* repetitions end then */);
void expected_free (Expected *expected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Expected, expected_free)

ExpectedConfig *expected_config (Expected *expected, int milestone);
ExpectedSeries *expected_series (Expected *expected);
/* "m2"; "r@2025-08-12", by the day on which the date begins. (transfer full) */
char *expected_name (Expected *expected, int milestone);
GPtrArray *expected_alerts (Expected *expected);                 /* ExpectedAlert *, as they came; not owned */
GArray *expected_amendments (Expected *expected, int milestone); /* of ExpectedAmendment that hold; not owned */

/* The moment of the `number`th that is said, from 1, when the clock has shown `reading` to those who spoke. What the
 * configuration says comes into force before what was said by then, and ends after it. */
gint64 expected_moment (gint64 reading, guint number);

/* truced looks at its clock, which shows `now`. */
void expected_wake (Expected *expected, gint64 now);
/* It is awake all the time from `from` to `upto`. */
void expected_run (Expected *expected, gint64 from, gint64 upto);
/* The first minute after `now` at which something is owed or changes; ORACLE_NEVER. */
gint64 expected_next (Expected *expected, gint64 now);

gboolean expected_has_ended (Expected *expected, int milestone, gint64 now);
/* The statement of the configuration that is in force at `now`. */
const ExpectedStatement *expected_line_at (Expected *expected, int milestone, gint64 now);
/* The date in force, in the zone that is then in use, and that zone. */
void expected_date_at (Expected *expected, int milestone, gint64 now, OracleDate *ret_date, const char **ret_zone);
/* Is all that was owed of the milestone's date by `now` told or older than the grace? */
gboolean expected_is_settled (Expected *expected, int milestone, gint64 now);

G_END_DECLS
