/* SPDX-License-Identifier: MIT */
/* oracle.h: when people must be told, by brute force: from the plain words of truced.conf(5) and the C library's
 * localtime_r() alone. It shares no line with daemon/deadline, and is slow.
 *
 * Its time is whole minutes since 1970. A civil moment of a zone is looked for by walking the minutes of its clock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ORACLE_NEVER G_MAXINT64

/* Every zone of the tz database that is installed, links included: (element-type utf8) (transfer full). */
GPtrArray *oracle_zones (void);
/* From here on, what is civil is so in `zone`. */
void oracle_use_zone (const char *zone);

/* A day by number since 1970-01-01, and the minute of it. */
typedef struct {
  gint64 day;
  int minute;
} OracleCivil;

OracleCivil oracle_civil_at (gint64 at);
/* The first minute at which the clock on the wall shows `civil` or more: after a gap, the earlier of a fold, and for a
 * day that there is not, the next. */
gint64 oracle_instant (OracleCivil civil);
gint64 oracle_day_of (int year, int month, int day);
void oracle_date_of (gint64 day, int *ret_year, int *ret_month, int *ret_day);
/* By the calendar, the last day of a month where there is no such day in it. */
gint64 oracle_add_months (gint64 day, int months);
/* The minutes in [from, upto) at which the zone's clock is set: (element-type gint64). */
GArray *oracle_transitions (gint64 from, gint64 upto);

/* --- what is owed --- */

typedef struct {
  const char *text; /* as written in a configuration */
  const char *key;  /* its one canonical form */
  int months, days, minutes;
  gboolean after;
} OracleLead;

/* A few of each kind. */
extern const OracleLead oracle_leads[];
extern const guint oracle_n_leads;

typedef enum { ORACLE_INSTANT, ORACLE_DAY, ORACLE_WINDOW } OracleForm;

/* A date as a person states it in the zone in use: an instant, a whole day, or days `first` to `last`. */
typedef struct {
  OracleForm form;
  OracleCivil first;
  gint64 last;
} OracleDate;

gint64 oracle_earliest (const OracleDate *date);
gint64 oracle_latest (const OracleDate *date); /* the first minute after it; of an instant, the instant */
/* "2025-08-12 00:01", "2025-06-11/2025-06-20": in words that truced reads. (transfer full) */
char *oracle_date_to_text (const OracleDate *date);

typedef enum { ORACLE_LEAD, ORACLE_DUE, ORACLE_WINDOW_OPEN, ORACLE_PASSED, ORACLE_NAG } OracleKind;

typedef struct {
  OracleKind kind;
  gint64 at;
  char key[32];
  gboolean after;
} OracleOwed;

/* How a milestone is told of: its leads (of oracle_leads, by index), when in the day, and how it nags. */
typedef struct {
  guint n_leads;
  guint leads[16];
  int remind_at;
  const OracleLead *nag; /* NULL: it does not */
} OracleManner;

/* All that is owed for `date`, ordered by instant and then key; repetitions up to `upto`: (element-type OracleOwed). */
GArray *oracle_owed (const OracleDate *date, const OracleManner *manner, gint64 upto);

/* --- chance: the same for the same seed --- */

void oracle_seed (guint32 seed);
int oracle_one_of (int n); /* 0 to n - 1 */

/* A date in `year` of the zone in use; mostly one that is, or whose leads are, where the zone's clock is set. */
void oracle_random_date (int year, OracleDate *ret_date);
/* As oracle_random_date(), with leads and times of day near the same change of the clock. */
void oracle_random_milestone (int year, OracleDate *ret_date, OracleManner *ret_manner);

G_END_DECLS
