/* SPDX-License-Identifier: MIT */
/* move_date_private.h: what the readers of days and of spans of English dates share. */
#pragma once

#include "deadline/names.h"
#include "news/move_private.h"

G_BEGIN_DECLS

#define MOVE_QUARTER_MONTHS 3
#define MOVE_HALF_MONTHS 6
#define CENTURY 2000 /* that of a year in two digits */

/* Reads on from `at`; what is read is in `date`, whose tokens move_date_read() fills in. A reader that returns FALSE
 * may have moved on: the caller keeps a copy. */
typedef struct {
  const MoveText *text;
  const MoveAnchor *anchor;
  guint at;
  MoveDate date;
} MoveReader;

/* --- words: move_date.c --- */

#define move_reader_is(reader, i, list) move_is ((reader)->text, i, list)
/* What joins two words: "mid-June". */
#define move_reader_is_joint(reader, i) move_reader_is (reader, i, "-|–")
gint64 move_reader_number (const MoveReader *reader, guint i); /* -1: no plain number */
/* 1..12, by its name or short name; 0 for none. "may" and "march" are months when written with a capital. */
int move_reader_month (const MoveReader *reader, guint i);
/* The token behind a month's name and the stop of its short name. */
guint move_reader_skip_month (const MoveReader *reader, guint i);
/* 1..31 for "17", "17th", "seventeenth"; 0 for none. Steps over it. */
int move_reader_take_day (MoveReader *reader, gboolean *ret_ordinal);
gboolean move_is_year (gint64 number);
/* The year that stands at `at`: ", 2025", "2025", "of 2025", "next year", "of this year". 0 for none; steps over it. */
int move_reader_take_year (MoveReader *reader, gboolean after_day);

void move_date_set_day (MoveDate *date, gint64 day);
/* `month` may be any number: it counts on into other years. */
void move_date_set_months (MoveDate *date, int year, int month, int n_months, TrucePrecision precision);
/* The year that makes a month (or month and day, 0 for none) nearest ahead of publication, or just past. */
int move_nearest_year (const MoveAnchor *anchor, int month, int day);

/* --- days: move_date_day.c --- */

gboolean move_date_read_day (MoveReader *reader);
/* The `nth` such weekday of a month, from 1; the last of it for 0. */
gint64 move_nth_weekday (int year, int month, int weekday, int nth);
/* "Easter", "Christmas Eve": move_date_feast.c. */
gboolean move_date_read_feast (MoveReader *reader);

/* --- months, quarters, years, weeks: move_date_span.c --- */

gboolean move_date_read_whole (MoveReader *reader);
/* The week, weekend, month, quarter or year `step` after that of publication; FALSE when `unit` is none of them. */
gboolean move_date_set_relative (MoveReader *reader, const char *unit, int step);

/* --- the same, and parts of them: move_date_share.c --- */

gboolean move_date_read_span (MoveReader *reader);

G_END_DECLS
