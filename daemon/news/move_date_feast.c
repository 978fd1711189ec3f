/* SPDX-License-Identifier: MIT */
/* The feasts by which newspapers date: "until Easter", "through Labor Day", "by Christmas Eve". */
#include "deadline/calendar.h"
#include "news/move_date_private.h"

#define WORDS_MAX 3

typedef enum {
  FEAST_FIXED,   /* `day` of `month` */
  FEAST_WEEKDAY, /* the `nth` weekday `day` of `month`; 0: the last */
  FEAST_EASTER,  /* `day` days after Easter Sunday */
} FeastKind;

typedef struct {
  MoveWords words[WORDS_MAX];
  FeastKind kind;
  int day, month, nth;
} Feast;

/* The longer name first. */
static Feast feasts[] = {
  { { MOVE_WORDS_INIT ("christmas|xmas"), MOVE_WORDS_INIT ("eve") }, FEAST_FIXED, 24, 12, 0 },
  { { MOVE_WORDS_INIT ("christmas|xmas"), MOVE_WORDS_INIT ("day") }, FEAST_FIXED, 25, 12, 0 },
  { { MOVE_WORDS_INIT ("christmas|xmas") }, FEAST_FIXED, 25, 12, 0 },
  { { MOVE_WORDS_INIT ("boxing"), MOVE_WORDS_INIT ("day") }, FEAST_FIXED, 26, 12, 0 },
  { { MOVE_WORDS_INIT ("new"), MOVE_WORDS_INIT ("year"), MOVE_WORDS_INIT ("eve") }, FEAST_FIXED, 31, 12, 0 },
  { { MOVE_WORDS_INIT ("new"), MOVE_WORDS_INIT ("year"), MOVE_WORDS_INIT ("day") }, FEAST_FIXED, 1, 1, 0 },
  { { MOVE_WORDS_INIT ("halloween") }, FEAST_FIXED, 31, 10, 0 },
  { { MOVE_WORDS_INIT ("valentine"), MOVE_WORDS_INIT ("day") }, FEAST_FIXED, 14, 2, 0 },
  { { MOVE_WORDS_INIT ("independence"), MOVE_WORDS_INIT ("day") }, FEAST_FIXED, 4, 7, 0 },
  { { MOVE_WORDS_INIT ("thanksgiving"), MOVE_WORDS_INIT ("day") }, FEAST_WEEKDAY, 3, 11, 4 },
  { { MOVE_WORDS_INIT ("thanksgiving") }, FEAST_WEEKDAY, 3, 11, 4 },
  { { MOVE_WORDS_INIT ("labor"), MOVE_WORDS_INIT ("day") }, FEAST_WEEKDAY, 0, 9, 1 },
  { { MOVE_WORDS_INIT ("memorial"), MOVE_WORDS_INIT ("day") }, FEAST_WEEKDAY, 0, 5, 0 },
  { { MOVE_WORDS_INIT ("good"), MOVE_WORDS_INIT ("friday") }, FEAST_EASTER, -2, 4, 0 },
  { { MOVE_WORDS_INIT ("easter"), MOVE_WORDS_INIT ("sunday") }, FEAST_EASTER, 0, 4, 0 },
  { { MOVE_WORDS_INIT ("easter"), MOVE_WORDS_INIT ("monday") }, FEAST_EASTER, 1, 4, 0 },
  { { MOVE_WORDS_INIT ("easter") }, FEAST_EASTER, 0, 4, 0 },
};

/* The tokens of the feast's name at `i`; 0: it is another. */
static guint
words_of (const MoveText *text, guint i, Feast *feast)
{
  guint n = 0;

  while (n < WORDS_MAX && feast->words[n].list && move_is_of (text, i + n, &feast->words[n]))
    n++;
  return n < WORDS_MAX && feast->words[n].list ? 0 : n;
}

static gint64
day_in (const Feast *feast, int year)
{
  switch (feast->kind) {
  case FEAST_WEEKDAY:
    return move_nth_weekday (year, feast->month, feast->day, feast->nth);
  case FEAST_EASTER:
    return truce_easter_of (year) + feast->day;
  default:
    return truce_days_from_date (year, feast->month, feast->day);
  }
}

gboolean
move_date_read_feast (MoveReader *reader)
{
  const guint i = reader->at;

  if (!reader->anchor->known || i == 0 || i >= reader->text->tokens->len || !MOVE_TOKEN (reader->text, i)->capital ||
      !move_reader_is (reader, i - 1, "until|till|til|to|by|through|thru|on|after|before|past"))
    return FALSE;
  for (guint f = 0; f < G_N_ELEMENTS (feasts); f++) {
    Feast *feast = &feasts[f];
    guint n = words_of (reader->text, i, feast);

    if (n == 0)
      continue;
    reader->at = i + n;
    /* "Easter recess", "Good Friday Agreement" */
    if (move_reader_is (reader, reader->at,
                        "-|recess|break|holiday|holidays|island|agreement|truce|ceasefire|eve|"
                        "season|week|weekend|period|rising|rush|bonus|parade|party|market|markets"))
      return FALSE;
    int year = move_reader_take_year (reader, TRUE);
    reader->date.guessed = year == 0 && feast->kind == FEAST_FIXED;
    if (year == 0) {
      year = move_nearest_year (reader->anchor, feast->month, feast->kind == FEAST_FIXED ? feast->day : 0);
      /* "until Easter", said a week after it */
      if (!move_reader_is (reader, i - 1, "on|after|before|past") && day_in (feast, year) < reader->anchor->day)
        year++;
    }
    move_date_set_day (&reader->date, day_in (feast, year));
    return TRUE;
  }
  return FALSE;
}
