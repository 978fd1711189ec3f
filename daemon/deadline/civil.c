/* SPDX-License-Identifier: MIT */
/* The calendar without zones: which dates exist, and months and days added to them. */
#include "deadline/names.h"
#include "deadline/zone.h"

#define EPOCH_WEEKDAY 3 /* 1970-01-01 was a Thursday */

const char *const truce_month_names[TRUCE_MONTHS_A_YEAR] = {
  "January", "February", "March",     "April",   "May",      "June",
  "July",    "August",   "September", "October", "November", "December",
};

const char *const truce_weekday_names[TRUCE_DAYS_A_WEEK] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

const char *const truce_season_names[TRUCE_SEASONS_A_YEAR] = { "spring", "summer", "autumn", "winter" };

int
truce_weekday_of (gint64 days)
{
  gint64 weekday = (days + EPOCH_WEEKDAY) % TRUCE_DAYS_A_WEEK;

  return (int) (weekday < 0 ? weekday + TRUCE_DAYS_A_WEEK : weekday);
}

int
truce_civil_days_in_month (int year, int month)
{
  static const int lengths[TRUCE_MONTHS_A_YEAR] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : lengths[month - 1];
}

gboolean
truce_civil_valid (const TruceCivil *civil)
{
  if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > TRUCE_MONTHS_A_YEAR)
    return FALSE;
  if (civil->day < 1 || civil->day > truce_civil_days_in_month (civil->year, civil->month))
    return FALSE;
  return civil->hour >= 0 && civil->hour < 24 && civil->minute >= 0 && civil->minute < 60 && civil->second >= 0 &&
         civil->second < 60;
}

void
truce_civil_add (TruceCivil *civil, int months, gint64 days)
{
  if (months != 0) {
    gint64 count = (gint64) civil->year * TRUCE_MONTHS_A_YEAR + civil->month - 1 + months;
    gint64 month = count % TRUCE_MONTHS_A_YEAR;
    if (month < 0)
      month += TRUCE_MONTHS_A_YEAR;
    civil->year = (int) ((count - month) / TRUCE_MONTHS_A_YEAR);
    civil->month = (int) month + 1;
    civil->day = MIN (civil->day, truce_civil_days_in_month (civil->year, civil->month));
  }
  if (days != 0)
    truce_date_from_days (truce_days_from_date (civil->year, civil->month, civil->day) + days, &civil->year,
                          &civil->month, &civil->day);
}
