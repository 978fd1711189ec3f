/* SPDX-License-Identifier: MIT */
/* history.h: a random history while it runs: what is configured in it, and what is compared with the oracle. */
#pragma once

#include "expected.h"
#include "world.h"

#define DAY 1440
#define HISTORY_SINKS 2

extern const char *const history_sinks[HISTORY_SINKS];

typedef struct {
  guint32 seed;
  World *world;
  Expected *expected;
  int year;
  gint64 grace;
  const char *quiet;  /* NULL: none */
  gint64 latest_now;  /* the latest that the clock ever showed */
  gint64 latest_said; /* and when somebody spoke */
  guint n_said;
  guint n_raised, n_expected, n_delivered; /* compared so far */
  GString *script;                         /* what happened */
} History;

gint64 history_now (const History *history);
/* Good for two in a sentence. */
const char *history_clock_text (gint64 at);
/* Ends the program: something is wrong, after all that the script says. */
void history_fail (History *history, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* --- history_config.c --- */

/* (transfer full) */
char *history_config_text (History *history);
/* Another manner of being told, and a date that it meets. */
void history_random_date (History *history, ExpectedConfig *config, OracleDate *ret_date);
void history_random_config (History *history, int number, GPtrArray *zones);
void history_random_series (History *history, GPtrArray *zones);

/* --- history_compare.c --- */

/* Every alert that was raised since the last time is one that was expected, and the other way round. */
void history_compare_raised (History *history);
/* By itself or within a digest. */
void history_count_delivered (History *history);
void history_check_told (History *history);
