/* SPDX-License-Identifier: MIT */
/* recurrence_private.h: what a rule is parsed into. Private to this room.
 *
 * Numbers from 1 are bits of sets, counted from the beginning and, for negative ones, from the end. */
#pragma once

#include "deadline/recurrence.h"

G_BEGIN_DECLS

typedef enum {
  RECURRENCE_DAILY,
  RECURRENCE_WEEKLY,
  RECURRENCE_MONTHLY,
  RECURRENCE_YEARLY,
} RecurrenceFrequency;

#define RECURRENCE_MONTHS 12
#define RECURRENCE_MONTH_DAYS 31
#define RECURRENCE_YEAR_DAYS 366
#define RECURRENCE_WEEKS 53
#define RECURRENCE_WEEK_DAYS 7

/* Of numbers 1..RECURRENCE_YEAR_DAYS. */
typedef struct {
  guint64 words[RECURRENCE_YEAR_DAYS / 64 + 1];
  gboolean any;
} RecurrenceSet;

/* `number` from the beginning, -`number` from the end. */
typedef struct {
  RecurrenceSet forward, backward;
  gboolean any;
} RecurrenceNumbers;

struct _TruceRecurrence {
  char *text;
  RecurrenceFrequency frequency;
  int interval;
  guint count; /* 0: not said */
  TruceUntilKind until_kind;
  TruceCivil until;
  int week_start; /* 0 Monday .. 6, as below */
  guint months;   /* bit 1..12; 0: not said */
  RecurrenceNumbers month_days, year_days, weeks, positions;
  guint weekdays; /* BYDAY without ordinals, bit 0..6 */
  RecurrenceNumbers nth[RECURRENCE_WEEK_DAYS];
  gboolean any_nth;
};

/* The parts whose being there matters; the rest follow. */
typedef enum {
  RECURRENCE_FREQ,
  RECURRENCE_INTERVAL,
  RECURRENCE_COUNT,
  RECURRENCE_UNTIL,
  RECURRENCE_BYDAY,
  RECURRENCE_BYMONTH,
  RECURRENCE_BYMONTHDAY,
  RECURRENCE_BYYEARDAY,
  RECURRENCE_BYWEEKNO,
  RECURRENCE_BYSETPOS,
} RecurrencePart;

/* Do the parts that stand there (`parts`, a bit each) go together, and are there such days, as far as can be seen
 * without looking through years? FALSE with an error. */
gboolean recurrence_check (const TruceRecurrence *recurrence, guint parts, GError **error);

static inline gboolean
recurrence_set_has (const RecurrenceSet *set, int number)
{
  return (set->words[number / 64] >> (number % 64) & 1) != 0;
}

/* Does it name the item number `number` of `n_all`? */
static inline gboolean
recurrence_numbers_have (const RecurrenceNumbers *numbers, int number, int n_all)
{
  return recurrence_set_has (&numbers->forward, number) || recurrence_set_has (&numbers->backward, n_all - number + 1);
}

/* 0 Monday .. 6 of a civil day. */
static inline int
recurrence_weekday_of (gint64 day)
{
  return (int) (((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

G_END_DECLS
