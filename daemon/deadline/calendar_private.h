/* SPDX-License-Identifier: MIT */
/* calendar_private.h: what a holiday file is read into. Private to this room. */
#pragma once

#include "deadline/calendar.h"
#include "deadline/names.h"

G_BEGIN_DECLS

typedef enum {
  CALENDAR_FIXED,   /* July 4 */
  CALENDAR_WEEKDAY, /* third Monday of January */
  CALENDAR_EASTER,  /* Easter - 2 */
  CALENDAR_DATED,   /* 2025-01-28 to 2025-02-04 */
} CalendarRuleKind;

/* Where a holiday that falls on a weekend is observed. */
typedef enum {
  CALENDAR_ON_THE_DAY,
  CALENDAR_NEAREST, /* Saturday: the day before; Sunday: the day after */
  CALENDAR_NEXT,    /* the next day that is neither weekend nor holiday */
} CalendarObservance;

#define CALENDAR_LAST 0 /* the last of its month */

typedef struct {
  CalendarRuleKind kind;
  CalendarObservance observance;
  int month, day;       /* fixed; of a weekday rule the month */
  int ordinal, weekday; /* 1..5 or CALENDAR_LAST */
  int offset;           /* days after Easter */
  gint64 first, last;   /* dated */
  int since, until;     /* years */
  gboolean works;       /* a business day though it be a weekend */
  char *name;
  char *observed_name;
} CalendarRule;

struct _TruceCalendar {
  gatomicrefcount references;
  char *name;
  guint weekend;     /* a bit per weekday, from Monday */
  int from, to;      /* the years that it is complete for */
  GArray *rules;     /* CalendarRule */
  GHashTable *years; /* year -> GArray of CalendarHoliday by day: worked out when first asked for */
  GPtrArray *parts;  /* TruceCalendar *, of a joined one; NULL */
};

typedef struct {
  gint64 day;
  const char *name; /* the rule's */
  gboolean works;
} CalendarHoliday;

TruceCalendar *calendar_new (const char *name);
void calendar_take_rule (TruceCalendar *calendar, const CalendarRule *rule); /* with its strings */
/* calendar_rules.c: what the rules come to in a civil year, by day. (element-type CalendarHoliday) (transfer full) */
GArray *calendar_holidays_of (const TruceCalendar *calendar, int year);
gboolean calendar_is_weekend (const TruceCalendar *calendar, gint64 day);

/* A file while it is read. */
typedef struct {
  TruceCalendar *calendar;
  TruceDiags *diags;
  const char *path;
  unsigned line;
  gboolean failed;
} CalendarReading;

/* Adds an error at the reading's line; `key` and `value` may be NULL. */
G_GNUC_PRINTF (4, 5)
void calendar_fail (CalendarReading *reading, const char *key, const char *value, const char *format, ...);
/* calendar_ics.c: is it an iCalendar file, and its all-day events as dated rules. */
gboolean calendar_is_ics (const char *text);
void calendar_read_ics (CalendarReading *reading, const char *text);

G_END_DECLS
