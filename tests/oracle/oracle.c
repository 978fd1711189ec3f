/* SPDX-License-Identifier: MIT */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MINUTES_A_DAY 1440
#define ZONE_FOLDER "/usr/share/zoneinfo"
#define WALK_FROM 26 /* hours before a clock in Greenwich shows it, it is nowhere on Earth that late yet */

/* --- zones --- */

/* "Z NAME ..." begins a zone and "L TARGET NAME" is another name of one. */
GPtrArray *
oracle_zones (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (ZONE_FOLDER "/tzdata.zi", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (lines[i][0] != 'Z' && lines[i][0] != 'L')
      continue;
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);
    const char *name = words[*lines[i] == 'Z' ? 1 : 2];
    g_autofree char *path = g_build_filename (ZONE_FOLDER, name, NULL);
    /* The oldest names may come in a package of their own; "Factory" is a clock that nobody has set. */
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && strcmp (name, "Factory") != 0)
      g_ptr_array_add (names, g_strdup (name));
  }
  g_assert_cmpuint (names->len, >, 400);
  return names;
}

static GQuark zone_in_use;

void
oracle_use_zone (const char *zone)
{
  if (zone_in_use == g_quark_from_string (zone))
    return;
  zone_in_use = g_quark_from_string (zone);
  g_autofree char *name = g_strconcat (":", zone, NULL);

  g_setenv ("TZ", name, TRUE);
  tzset ();
}

static gint64
floor_to_day (gint64 minutes)
{
  return minutes >= 0 ? minutes / MINUTES_A_DAY : -((MINUTES_A_DAY - 1 - minutes) / MINUTES_A_DAY);
}

/* The zone's offset from Greenwich, in minutes. */
static gint64
offset_at (gint64 at)
{
  time_t seconds = (time_t) at * 60;
  struct tm local;

  g_assert_nonnull (localtime_r (&seconds, &local));
  g_assert_cmpint (local.tm_gmtoff % 60, ==, 0);
  return local.tm_gmtoff / 60;
}

/* What the clock on the wall shows, in minutes. The C library reads a zone's rules anew for each question: the answer
 * for a day on which the clock is not set is kept. */
static gint64
wall_at (gint64 at)
{
  static struct {
    GQuark zone;
    gint64 day, offset;
  } kept[1 << 14];
  gint64 day = floor_to_day (at), begin = day * MINUTES_A_DAY;
  gsize place = (gsize) (day * 31 + (gint64) zone_in_use * 977) % G_N_ELEMENTS (kept);

  if (kept[place].zone != zone_in_use || kept[place].day != day) {
    gint64 offset = offset_at (begin);
    if (offset_at (begin + MINUTES_A_DAY / 2) != offset || offset_at (begin + MINUTES_A_DAY) != offset)
      return at + offset_at (at);
    kept[place].zone = zone_in_use;
    kept[place].day = day;
    kept[place].offset = offset;
  }
  return at + kept[place].offset;
}

OracleCivil
oracle_civil_at (gint64 at)
{
  gint64 wall = wall_at (at), day = floor_to_day (wall);

  return (OracleCivil){ day, (int) (wall - day * MINUTES_A_DAY) };
}

/* Minute by minute; in longer steps where the clock is not set within one and does not reach it. */
gint64
oracle_instant (OracleCivil civil)
{
  static const int steps[] = { 360, 60, 10, 1 };
  gint64 wanted = civil.day * MINUTES_A_DAY + civil.minute, at = wanted - WALK_FROM * 60, wall = wall_at (at);

  while (wall < wanted)
    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
      gint64 later = wall_at (at + steps[i]);
      if (steps[i] > 1 && (later - wall != steps[i] || later >= wanted))
        continue;
      at += steps[i];
      wall = later;
      break;
    }
  return at;
}

GArray *
oracle_transitions (gint64 from, gint64 upto)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 at = from; at < upto; at += MINUTES_A_DAY) {
    if (wall_at (at + MINUTES_A_DAY) - wall_at (at) == MINUTES_A_DAY)
      continue;
    for (gint64 minute = at + 1; minute <= at + MINUTES_A_DAY; minute++)
      if (wall_at (minute) - wall_at (minute - 1) != 1)
        g_array_append_val (found, minute);
  }
  return found;
}

/* --- the calendar --- */

gint64
oracle_day_of (int year, int month, int day)
{
  struct tm date = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };

  return (gint64) timegm (&date) / 86400;
}

void
oracle_date_of (gint64 day, int *ret_year, int *ret_month, int *ret_day)
{
  time_t seconds = (time_t) day * 86400;
  struct tm date;

  g_assert_nonnull (gmtime_r (&seconds, &date));
  *ret_year = date.tm_year + 1900;
  *ret_month = date.tm_mon + 1;
  *ret_day = date.tm_mday;
}

gint64
oracle_add_months (gint64 day, int months)
{
  int year, month, number, reached_year, reached_month, reached_day;
  gint64 first, reached;

  oracle_date_of (day, &year, &month, &number);
  first = oracle_day_of (year, month + months, 1); /* timegm() carries months over */
  oracle_date_of (first, &year, &month, &reached_day);
  for (reached = first + number - 1;; reached--) {
    oracle_date_of (reached, &reached_year, &reached_month, &reached_day);
    if (reached_month == month)
      return reached;
  }
}

/* --- dates --- */

gint64
oracle_earliest (const OracleDate *date)
{
  return oracle_instant (date->form == ORACLE_INSTANT ? date->first : (OracleCivil){ date->first.day, 0 });
}

/* The day after it, where there is no such day. */
static gint64
last_day (const OracleDate *date)
{
  return oracle_civil_at (oracle_instant ((OracleCivil){ date->last, 0 })).day;
}

gint64
oracle_latest (const OracleDate *date)
{
  if (date->form == ORACLE_INSTANT)
    return oracle_earliest (date);
  return oracle_instant ((OracleCivil){ last_day (date) + 1, 0 });
}

static char *
day_to_text (gint64 day)
{
  int year, month, number;

  oracle_date_of (day, &year, &month, &number);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, number);
}

char *
oracle_date_to_text (const OracleDate *date)
{
  g_autofree char *first = day_to_text (date->first.day), *last = day_to_text (date->last);

  switch (date->form) {
  case ORACLE_INSTANT:
    return g_strdup_printf ("%s %02d:%02d", first, date->first.minute / 60, date->first.minute % 60);
  case ORACLE_DAY:
    return g_steal_pointer (&first);
  case ORACLE_WINDOW:
    break;
  }
  return g_strdup_printf ("%s/%s", first, last);
}

/* --- leads --- */

const OracleLead oracle_leads[] = {
  { "0", "0", 0, 0, 0, FALSE },          { "1d", "1d", 0, 1, 0, FALSE },         { "3d", "3d", 0, 3, 0, FALSE },
  { "1w", "7d", 0, 7, 0, FALSE },        { "10d", "10d", 0, 10, 0, FALSE },      { "2w", "14d", 0, 14, 0, FALSE },
  { "30d", "30d", 0, 30, 0, FALSE },     { "1mo", "1mo", 1, 0, 0, FALSE },       { "1mo1d", "1mo1d", 1, 1, 0, FALSE },
  { "1y6mo", "1y6mo", 18, 0, 0, FALSE }, { "24h", "24h", 0, 0, 1440, FALSE },    { "6h", "6h", 0, 0, 360, FALSE },
  { "90m", "1h30m", 0, 0, 90, FALSE },   { "1d12h", "1d12h", 0, 1, 720, FALSE }, { "3d30m", "3d30m", 0, 3, 30, FALSE },
  { "+1d", "+1d", 0, 1, 0, TRUE },       { "+2d", "+2d", 0, 2, 0, TRUE },        { "+6h", "+6h", 0, 0, 360, TRUE },
  { "+1d1h", "+1d1h", 0, 1, 60, TRUE },  { "+1mo", "+1mo", 1, 0, 0, TRUE },
};
const guint oracle_n_leads = G_N_ELEMENTS (oracle_leads);

static const OracleLead nags[] = {
  { "1d", "", 0, 1, 0, TRUE },   { "2d", "", 0, 2, 0, TRUE },    { "1w", "", 0, 7, 0, TRUE },
  { "1mo", "", 1, 0, 0, TRUE },  { "12h", "", 0, 0, 720, TRUE }, { "1d6h", "", 0, 1, 360, TRUE },
  { "7h", "", 0, 0, 420, TRUE },
};

/* "Days and longer count on the calendar and are told at remind-at; those with hours or minutes are exact." */
static gint64
instant_of_lead (const OracleLead *lead, const OracleDate *date, int remind_at, int times)
{
  int sign = lead->after ? 1 : -1;
  gint64 from = lead->after ? oracle_latest (date) : oracle_earliest (date);
  gboolean at_it = !lead->months && !lead->days && !lead->minutes;

  if (at_it)
    return oracle_earliest (date);
  if (lead->minutes == 0) {
    /* From the date's first day, or from its last. */
    OracleCivil civil = oracle_civil_at (lead->after && date->form != ORACLE_INSTANT ? from - 1 : from);
    civil.day = oracle_add_months (civil.day, sign * times * lead->months) + (gint64) sign * times * lead->days;
    civil.minute = remind_at;
    return oracle_instant (civil);
  }
  if (lead->months || lead->days) {
    OracleCivil civil = oracle_civil_at (from);
    civil.day = oracle_add_months (civil.day, sign * times * lead->months) + (gint64) sign * times * lead->days;
    from = oracle_instant (civil);
  }
  return from + (gint64) sign * times * lead->minutes;
}

static void
add_owed (GArray *owed, OracleKind kind, gint64 at, const char *key, gboolean after)
{
  OracleOwed one = { .kind = kind, .at = at, .after = after };

  g_strlcpy (one.key, key, sizeof one.key);
  g_array_append_val (owed, one);
}

static int
compare_owed (gconstpointer a, gconstpointer b)
{
  const OracleOwed *x = a, *y = b;

  return x->at != y->at ? (x->at < y->at ? -1 : 1) : strcmp (x->key, y->key);
}

/* Repeated once it has passed, counted from the date. Where a day does not exist, its repetition falls together with the
 * next day's, and is told as the one that it is. */
static void
add_nags (GArray *owed, const OracleDate *date, const OracleManner *manner, gint64 upto)
{
  gint64 latest = oracle_latest (date);
  gint64 previous = latest;

  for (int number = 1;; number++) {
    gint64 at = instant_of_lead (manner->nag, date, manner->remind_at, number);
    g_autofree char *key = g_strdup_printf ("nag%d", number);
    if (at > upto)
      return;
    if (at > previous)
      add_owed (owed, ORACLE_NAG, at, key, TRUE);
    previous = MAX (previous, at);
  }
}

GArray *
oracle_owed (const OracleDate *date, const OracleManner *manner, gint64 upto)
{
  GArray *owed = g_array_new (FALSE, FALSE, sizeof (OracleOwed));
  gboolean wide = date->form == ORACLE_WINDOW && last_day (date) > oracle_civil_at (oracle_earliest (date)).day;
  gboolean opened = FALSE;

  for (guint i = 0; i < manner->n_leads; i++) {
    const OracleLead *lead = &oracle_leads[manner->leads[i]];
    gboolean at_it = strcmp (lead->key, "0") == 0;
    opened = opened || at_it;
    add_owed (owed, at_it ? (wide ? ORACLE_WINDOW_OPEN : ORACLE_DUE) : ORACLE_LEAD,
              instant_of_lead (lead, date, manner->remind_at, 1), lead->key, lead->after);
  }
  if (wide && !opened)
    add_owed (owed, ORACLE_WINDOW_OPEN, oracle_earliest (date), "0", FALSE);
  if (date->form != ORACLE_INSTANT)
    add_owed (owed, ORACLE_PASSED, oracle_latest (date), "passed", TRUE);
  if (manner->nag)
    add_nags (owed, date, manner, upto);
  g_array_sort (owed, compare_owed);
  return owed;
}

/* --- chance --- */

static GRand *chance;

void
oracle_seed (guint32 seed)
{
  if (!chance)
    chance = g_rand_new ();
  g_rand_set_seed (chance, seed);
}

int
oracle_one_of (int n)
{
  return g_rand_int_range (chance, 0, n);
}

/* A change of the clock in `year`, by chance; `ret_at` untouched where the zone has none. */
static gboolean
random_transition (int year, gint64 *ret_at)
{
  gint64 from = oracle_day_of (year, 1, 1) * MINUTES_A_DAY, upto = oracle_day_of (year + 1, 1, 1) * MINUTES_A_DAY;
  g_autoptr (GArray) found = oracle_transitions (from, upto);

  if (found->len == 0)
    return FALSE;
  *ret_at = g_array_index (found, gint64, oracle_one_of ((int) found->len));
  return TRUE;
}

/* As often as not, within two hours of `minute`. */
static int
minute_near (int minute)
{
  int near = minute + oracle_one_of (241) - 120;

  return oracle_one_of (2) ? oracle_one_of (MINUTES_A_DAY) : CLAMP (near, 0, MINUTES_A_DAY - 1);
}

static void
set_date (OracleDate *date, OracleCivil near, int spread)
{
  date->form = (OracleForm) oracle_one_of (3);
  date->first.day = near.day + oracle_one_of (2 * spread + 1) - spread;
  date->first.minute = minute_near (near.minute);
  date->last = date->first.day + (date->form == ORACLE_WINDOW ? oracle_one_of (12) : 0);
}

static OracleCivil
random_place (int year)
{
  gint64 at;

  if (oracle_one_of (4) && random_transition (year, &at))
    return oracle_civil_at (at - oracle_one_of (2)); /* what the clock shows before it or after it */
  return (OracleCivil){ oracle_day_of (year, 1, 1) + oracle_one_of (365), oracle_one_of (MINUTES_A_DAY) };
}

void
oracle_random_date (int year, OracleDate *ret_date)
{
  set_date (ret_date, random_place (year), 3);
}

void
oracle_random_milestone (int year, OracleDate *ret_date, OracleManner *ret_manner)
{
  OracleCivil place = random_place (year);
  OracleManner manner = { .n_leads = 0 };

  for (guint i = 0; i < oracle_n_leads; i++)
    if (oracle_one_of (3) == 0 && manner.n_leads < G_N_ELEMENTS (manner.leads))
      manner.leads[manner.n_leads++] = i;
  manner.remind_at = minute_near (place.minute);
  manner.nag = oracle_one_of (3) ? NULL : &nags[oracle_one_of (G_N_ELEMENTS (nags))];
  set_date (ret_date, place, 2);
  /* So that it is a lead that meets the change. */
  if (manner.n_leads && oracle_one_of (2)) {
    const OracleLead *lead = &oracle_leads[manner.leads[oracle_one_of ((int) manner.n_leads)]];
    gint64 by = oracle_add_months (ret_date->first.day, lead->months) - ret_date->first.day + lead->days;
    ret_date->first.day += lead->after ? -by : by;
    ret_date->last += lead->after ? -by : by;
  }
  *ret_manner = manner;
}
