/* SPDX-License-Identifier: MIT */
/* names.h: what days, months and seasons are called, shared by reading and writing. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_DAYS_A_WEEK 7
#define TRUCE_MONTHS_A_YEAR 12
#define TRUCE_SEASONS_A_YEAR 4
#define TRUCE_SECONDS_A_DAY 86400

extern const char
    *const truce_month_names[TRUCE_MONTHS_A_YEAR]; /* "January" ...; the first three letters are the short name */
extern const char *const truce_weekday_names[TRUCE_DAYS_A_WEEK];   /* from "Monday" */
extern const char *const truce_season_names[TRUCE_SEASONS_A_YEAR]; /* from "spring" */

/* 0 Monday .. 6 Sunday, of a day counted from 1970-01-01. */
int truce_weekday_of (gint64 days);

G_END_DECLS
