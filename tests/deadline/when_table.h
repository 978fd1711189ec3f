/* SPDX-License-Identifier: MIT */
/* when_table.h: date statements with their readings, and those that are refused with the word that the reason must
 * have. All are stated in New York unless they say otherwise; `starts` is 14 May 2025 00:01 there. */
#pragma once

#include "deadline/when.h"

typedef struct {
  const char *text;
  const char *earliest; /* NULL: refused */
  const char *latest;   /* NULL: the same */
  TrucePrecision precision;
  gboolean approximate;
} Reading;

#define AT(text, at)                               \
  {                                                \
    text, at, NULL, TRUCE_PRECISION_INSTANT, FALSE \
  }
#define SPAN(text, earliest, latest, precision)                \
  {                                                            \
    text, earliest, latest, TRUCE_PRECISION_##precision, FALSE \
  }
#define ABOUT(text, earliest, latest, precision)              \
  {                                                           \
    text, earliest, latest, TRUCE_PRECISION_##precision, TRUE \
  }

static const Reading readings[] = {
  /* instants, each form of writing them */
  AT ("2025-08-12 00:01 America/New_York", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12T04:01Z", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12 04:01z", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12T00:01:00-04:00", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12T00:01:00-0400", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12T00:01-04", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12 00:01 -04:00", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12T04:01:02.25Z", "2025-08-12T04:01:02.250000Z"),
  AT ("2025-08-12T04:01:02.123456789Z", "2025-08-12T04:01:02.123456Z"),
  AT ("2025-08-12 00:01", "2025-08-12T04:01:00Z"),
  AT ("Aug 12, 2025 12:01 am ET", "2025-08-12T04:01:00Z"),
  AT ("Aug. 12, 2025, 12:01 a.m. EDT", "2025-08-12T04:01:00Z"),
  AT ("August 12, 2025 at 12:01 AM EDT", "2025-08-12T04:01:00Z"),
  AT ("12:01 a.m. EDT on August 12, 2025", "2025-08-12T04:01:00Z"),
  AT ("12:01 am ET, Aug 12, 2025", "2025-08-12T04:01:00Z"),
  AT ("12 August 2025 noon UTC", "2025-08-12T12:00:00Z"),
  AT ("12 August 2025 12 noon UTC", "2025-08-12T12:00:00Z"),
  AT ("12 August 2025 midnight UTC", "2025-08-12T00:00:00Z"),
  AT ("noon UTC on 12 August 2025", "2025-08-12T12:00:00Z"),
  AT ("12 August 2025 9am CT", "2025-08-12T14:00:00Z"),
  AT ("12 August 2025, 9 p.m. MT", "2025-08-13T03:00:00Z"),
  AT ("12 August 2025 12 pm PT", "2025-08-12T19:00:00Z"),
  AT ("12 August 2025 12 am PT", "2025-08-12T07:00:00Z"),
  AT ("12th of August 2025 23:59 UTC", "2025-08-12T23:59:00Z"),
  AT ("2025-08-12 24:00 UTC", "2025-08-13T00:00:00Z"),
  AT ("Tuesday, August 12, 2025 12:01 am ET", "2025-08-12T04:01:00Z"),
  AT ("2025-08-12 00:01 GMT", "2025-08-12T00:01:00Z"),
  AT ("2025-08-12 09:00 KST", "2025-08-12T00:00:00Z"),
  AT ("2025-08-12 09:00 JST", "2025-08-12T00:00:00Z"),
  AT ("2025-08-12 08:00 CST+8", "2025-08-12T00:00:00Z"),
  AT ("2025-08-12 08:00 UTC+8", "2025-08-12T00:00:00Z"),
  AT ("2025-08-12 08:00 GMT-05:30", "2025-08-12T13:30:00Z"),
  AT ("2025-08-12 08:00 Asia/Shanghai", "2025-08-12T00:00:00Z"),
  AT ("2025-08-12 08:00 Etc/GMT+8", "2025-08-12T16:00:00Z"),
  AT ("2025-08-12 08:00 America/Argentina/Buenos_Aires", "2025-08-12T11:00:00Z"),
  AT ("2025-08-12 08:00 America/Port-au-Prince", "2025-08-12T12:00:00Z"),
  AT ("2025-01-12 00:01 EST", "2025-01-12T05:01:00Z"),
  AT ("2025-01-12 00:01 PST", "2025-01-12T08:01:00Z"),
  AT ("2025-08-12 00:01 CDT", "2025-08-12T05:01:00Z"),
  AT ("2025-01-12 00:01 CST-6", "2025-01-12T06:01:00Z"),
  AT ("2025-07-01 12:00 CEST", "2025-07-01T10:00:00Z"),
  AT ("2025-07-01 12:00 PRC", "2025-07-01T04:00:00Z"),
  /* gaps and folds */
  AT ("2026-03-08 02:30", "2026-03-08T07:00:00Z"),
  AT ("2025-11-02 01:30", "2025-11-02T05:30:00Z"),
  AT ("2025-11-02 01:30 EDT", "2025-11-02T05:30:00Z"),
  AT ("2025-11-02 01:30 EST", "2025-11-02T06:30:00Z"),
  /* days */
  SPAN ("2025-06-19", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("  2025-06-19\t", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("June 19, 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("June 19 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("june 19th, 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("19 June 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("the 19th of June, 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("19\xc2\xa0Jun. 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("Thu 19 Jun 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  SPAN ("2025-06-19 UTC", "2025-06-19T00:00:00Z", "2025-06-20T00:00:00Z", DAY),
  SPAN ("June 19, 2025 Asia/Seoul", "2025-06-18T15:00:00Z", "2025-06-19T15:00:00Z", DAY),
  SPAN ("Sept 1, 2025 ET", "2025-09-01T04:00:00Z", "2025-09-02T04:00:00Z", DAY),
  SPAN ("2024-02-29", "2024-02-29T05:00:00Z", "2024-03-01T05:00:00Z", DAY),
  SPAN ("2025-03-09", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", DAY),                  /* 23 hours */
  SPAN ("2025-11-02", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", DAY),                  /* 25 hours */
  SPAN ("2019-09-08 America/Santiago", "2019-09-08T04:00:00Z", "2019-09-09T03:00:00Z", DAY), /* no midnight */
  SPAN ("2025-03-30 Asia/Beirut", "2025-03-29T22:00:00Z", "2025-03-30T21:00:00Z", DAY),
  SPAN ("2011-12-30 Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z", DAY), /* did not exist */
  SPAN ("9999-12-30", "9999-12-30T05:00:00Z", "9999-12-31T05:00:00Z", DAY),
  /* parts of months */
  SPAN ("mid-June 2025", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", PART_OF_MONTH),
  SPAN ("mid June 2025", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", PART_OF_MONTH),
  SPAN ("the middle of June 2025", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", PART_OF_MONTH),
  SPAN ("early June 2025", "2025-06-01T04:00:00Z", "2025-06-11T04:00:00Z", PART_OF_MONTH),
  SPAN ("late June 2025", "2025-06-21T04:00:00Z", "2025-07-01T04:00:00Z", PART_OF_MONTH),
  SPAN ("late February 2024", "2024-02-21T05:00:00Z", "2024-03-01T05:00:00Z", PART_OF_MONTH),
  SPAN ("Mid-Jun, 2025 UTC", "2025-06-11T00:00:00Z", "2025-06-21T00:00:00Z", PART_OF_MONTH),
  SPAN ("end of June 2025", "2025-06-26T04:00:00Z", "2025-07-01T04:00:00Z", PART_OF_MONTH),
  SPAN ("the end of 2025", "2025-12-27T05:00:00Z", "2026-01-01T05:00:00Z", PART_OF_MONTH),
  SPAN ("beginning of Q3 2025", "2025-07-01T04:00:00Z", "2025-07-06T04:00:00Z", PART_OF_MONTH),
  /* months, quarters, halves, seasons, years */
  SPAN ("June 2025", "2025-06-01T04:00:00Z", "2025-07-01T04:00:00Z", MONTH),
  SPAN ("June, 2025", "2025-06-01T04:00:00Z", "2025-07-01T04:00:00Z", MONTH),
  SPAN ("2025-06", "2025-06-01T04:00:00Z", "2025-07-01T04:00:00Z", MONTH),
  SPAN ("March 2025", "2025-03-01T05:00:00Z", "2025-04-01T04:00:00Z", MONTH),
  SPAN ("Q3 2025", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("2025 Q3", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("2025Q3", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("2025-Q3", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("third quarter of 2025", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("the last quarter of 2025", "2025-10-01T04:00:00Z", "2026-01-01T05:00:00Z", QUARTER),
  SPAN ("H2 2025", "2025-07-01T04:00:00Z", "2026-01-01T05:00:00Z", HALF_YEAR),
  SPAN ("first half of 2025", "2025-01-01T05:00:00Z", "2025-07-01T04:00:00Z", HALF_YEAR),
  SPAN ("summer 2025", "2025-06-01T04:00:00Z", "2025-09-01T04:00:00Z", SEASON),
  SPAN ("fall of 2025", "2025-09-01T04:00:00Z", "2025-12-01T05:00:00Z", SEASON),
  SPAN ("winter 2025", "2025-12-01T05:00:00Z", "2026-03-01T05:00:00Z", SEASON),
  SPAN ("2025-24", "2025-12-01T05:00:00Z", "2026-03-01T05:00:00Z", SEASON),
  SPAN ("2025-21", "2025-03-01T05:00:00Z", "2025-06-01T04:00:00Z", SEASON),
  SPAN ("2025-30", "2025-12-01T05:00:00Z", "2026-03-01T05:00:00Z", SEASON), /* summer of the south */
  SPAN ("2025-35", "2025-07-01T04:00:00Z", "2025-10-01T04:00:00Z", QUARTER),
  SPAN ("2025-41", "2025-07-01T04:00:00Z", "2026-01-01T05:00:00Z", HALF_YEAR),
  SPAN ("2025", "2025-01-01T05:00:00Z", "2026-01-01T05:00:00Z", YEAR),
  /* intervals and approximations */
  SPAN ("2025-06-11/2025-06-20", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", INTERVAL),
  SPAN ("2025-06-11 / 2025-06-20 UTC", "2025-06-11T00:00:00Z", "2025-06-21T00:00:00Z", INTERVAL),
  SPAN ("2025-06/2025-08", "2025-06-01T04:00:00Z", "2025-09-01T04:00:00Z", INTERVAL),
  SPAN ("2025-06-11/2025-06-11", "2025-06-11T04:00:00Z", "2025-06-12T04:00:00Z", DAY),
  SPAN ("2025-06-11T04:00Z/2025-06-11T06:00Z", "2025-06-11T04:00:00Z", "2025-06-11T06:00:00Z", INTERVAL),
  SPAN ("2025-06-11T04:00Z/2025-06-11T04:00Z", "2025-06-11T04:00:00Z", "2025-06-11T04:00:00Z", INSTANT),
  SPAN ("June 11-20, 2025", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", INTERVAL),
  SPAN ("11\xe2\x80\x93"
        "20 Jun 2025",
        "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", INTERVAL),
  SPAN ("June 28 to July 3, 2025", "2025-06-28T04:00:00Z", "2025-07-04T04:00:00Z", INTERVAL),
  SPAN ("28 June - 3 July 2025", "2025-06-28T04:00:00Z", "2025-07-04T04:00:00Z", INTERVAL),
  SPAN ("from June 28, 2025 to July 3, 2025", "2025-06-28T04:00:00Z", "2025-07-04T04:00:00Z", INTERVAL),
  SPAN ("between June 28, 2025 and July 3, 2025", "2025-06-28T04:00:00Z", "2025-07-04T04:00:00Z", INTERVAL),
  SPAN ("28 June 2025 - 3 July 2025", "2025-06-28T04:00:00Z", "2025-07-04T04:00:00Z", INTERVAL),
  SPAN ("starts/starts + 90d", "2025-05-14T04:01:00Z", "2025-08-12T04:01:00Z", INTERVAL),
  ABOUT ("2025-06~", "2025-06-01T04:00:00Z", "2025-07-01T04:00:00Z", MONTH),
  ABOUT ("2025-06-19?", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  ABOUT ("2025-06-19%", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  ABOUT ("2025-06-11~/2025-06-20", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", INTERVAL),
  ABOUT ("2025-06-11/2025-06-20~", "2025-06-11T04:00:00Z", "2025-06-21T04:00:00Z", INTERVAL),
  ABOUT ("about June 19, 2025", "2025-06-19T04:00:00Z", "2025-06-20T04:00:00Z", DAY),
  ABOUT ("circa 2025", "2025-01-01T05:00:00Z", "2026-01-01T05:00:00Z", YEAR),
  ABOUT ("~2025-06", "2025-06-01T04:00:00Z", "2025-07-01T04:00:00Z", MONTH),
  /* the first, the third, the last */
  SPAN ("third friday of July 2025", "2025-07-18T04:00:00Z", "2025-07-19T04:00:00Z", DAY),
  SPAN ("3rd Friday in July 2025", "2025-07-18T04:00:00Z", "2025-07-19T04:00:00Z", DAY),
  SPAN ("last friday of June 2025", "2025-06-27T04:00:00Z", "2025-06-28T04:00:00Z", DAY),
  SPAN ("first tuesday of Q4 2025", "2025-10-07T04:00:00Z", "2025-10-08T04:00:00Z", DAY),
  SPAN ("last day of February 2024", "2024-02-29T05:00:00Z", "2024-03-01T05:00:00Z", DAY),
  SPAN ("first day of 2026", "2026-01-01T05:00:00Z", "2026-01-02T05:00:00Z", DAY),
  AT ("third friday of July 2025 16:00 ET", "2025-07-18T20:00:00Z"),
  SPAN ("day before 2025-08-12", "2025-08-11T04:00:00Z", "2025-08-12T04:00:00Z", DAY),
  SPAN ("the day after August 12, 2025", "2025-08-13T04:00:00Z", "2025-08-14T04:00:00Z", DAY),
  SPAN ("day before starts", "2025-05-13T04:00:00Z", "2025-05-14T04:00:00Z", DAY),
  SPAN ("day after June 2025", "2025-07-01T04:00:00Z", "2025-07-02T04:00:00Z", DAY),
  /* arithmetic */
  AT ("starts", "2025-05-14T04:01:00Z"),
  AT ("starts + 90d", "2025-08-12T04:01:00Z"),
  AT ("starts+90d", "2025-08-12T04:01:00Z"),
  AT ("2025-05-14 00:01 +90d", "2025-08-12T04:01:00Z"),
  AT ("2025-05-14T00:01:00.5Z + 90d", "2025-08-12T00:01:00.500000Z"),
  AT ("milestone:midnight + 1d6h", "2025-06-02T06:00:00Z"), /* an instant, though a day begins at it */
  SPAN ("day after milestone:afternoon", "2025-06-12T00:00:00Z", "2025-06-13T00:00:00Z", DAY),
  SPAN ("milestone:afternoon + 1d", "2025-06-12T12:00:00Z", "2025-06-13T00:00:00Z", INTERVAL),
  AT ("starts + 90 days", "2025-08-12T04:01:00Z"),
  AT ("90 days after starts", "2025-08-12T04:01:00Z"),
  AT ("30 days before starts + 90d", "2025-07-13T04:01:00Z"),
  AT ("starts + 1y6mo", "2026-11-14T05:01:00Z"),
  AT ("starts + 1 year and 6 months", "2026-11-14T05:01:00Z"),
  AT ("starts + 6h", "2025-05-14T10:01:00Z"),
  AT ("starts - 2w", "2025-04-30T04:01:00Z"),
  AT ("starts plus 90d minus 1d", "2025-08-11T04:01:00Z"),
  AT ("starts + 1d12h30m15s", "2025-05-15T16:31:15Z"),
  AT ("2025-05-14 00:01 America/New_York + 90d", "2025-08-12T04:01:00Z"),
  AT ("2025-05-14 00:01 UTC+90d", "2025-08-12T00:01:00Z"),
  AT ("2025-05-14T00:01Z+90d", "2025-08-12T00:01:00Z"),
  AT ("2026-03-07 02:30 + 1d", "2026-03-08T07:00:00Z"), /* lands in the gap */
  AT ("2026-03-07 02:30 + 24h", "2026-03-08T07:30:00Z"),
  AT ("2025-10-15 12:00 EDT + 30d", "2025-11-14T17:00:00Z"),
  SPAN ("2025-05-14 + 90d", "2025-08-12T04:00:00Z", "2025-08-13T04:00:00Z", DAY),
  SPAN ("2025-01-31 + 1mo", "2025-02-28T05:00:00Z", "2025-03-01T05:00:00Z", DAY),
  SPAN ("2025-01-30 + 1mo", "2025-02-28T05:00:00Z", "2025-03-01T05:00:00Z", DAY),
  SPAN ("2024-02-29 + 1y", "2025-02-28T05:00:00Z", "2025-03-01T05:00:00Z", DAY),
  SPAN ("2025-03-31 - 1mo", "2025-02-28T05:00:00Z", "2025-03-01T05:00:00Z", DAY),
  SPAN ("June 2025 + 1mo", "2025-07-01T04:00:00Z", "2025-08-01T04:00:00Z", MONTH),
  SPAN ("January 1-30, 2025 + 1mo", "2025-02-01T05:00:00Z", "2025-03-01T05:00:00Z", INTERVAL),
  SPAN ("Q3 2025 + 1y", "2026-07-01T04:00:00Z", "2026-10-01T04:00:00Z", QUARTER),
  SPAN ("June 2025 + 90d", "2025-08-30T04:00:00Z", "2025-09-29T04:00:00Z", INTERVAL),
  SPAN ("mid-June 2025 + 90d", "2025-09-09T04:00:00Z", "2025-09-19T04:00:00Z", INTERVAL),
  SPAN ("mid-June 2025 + 1mo", "2025-07-11T04:00:00Z", "2025-07-21T04:00:00Z", PART_OF_MONTH),
  AT ("milestone:truce", "2025-08-12T04:01:00Z"),
  AT ("milestone:truce + 1y6mo", "2027-02-12T05:01:00Z"),
  AT ("milestone:truce - 7d", "2025-08-05T04:01:00Z"),
  SPAN ("milestone:tiktok+90d", "2025-09-09T05:00:00Z", "2025-09-19T05:00:00Z", INTERVAL),
  /* business days, on the federal holidays of the United States */
  SPAN ("2025-05-14 + 20bd", "2025-06-12T04:00:00Z", "2025-06-13T04:00:00Z", DAY),
  SPAN ("20 working days after 2025-05-14", "2025-06-12T04:00:00Z", "2025-06-13T04:00:00Z", DAY),
  SPAN ("2025-05-14 plus 20 business days", "2025-06-12T04:00:00Z", "2025-06-13T04:00:00Z", DAY),
  SPAN ("last business day of June 2025", "2025-06-30T04:00:00Z", "2025-07-01T04:00:00Z", DAY),
  SPAN ("last business day of May 2026", "2026-05-29T04:00:00Z", "2026-05-30T04:00:00Z", DAY),
  SPAN ("first business day of January 2026", "2026-01-02T05:00:00Z", "2026-01-03T05:00:00Z", DAY),
  SPAN ("first business day of Q3 2025", "2025-07-01T04:00:00Z", "2025-07-02T04:00:00Z", DAY),
  SPAN ("3rd business day of July 2025", "2025-07-03T04:00:00Z", "2025-07-04T04:00:00Z", DAY),
  SPAN ("the fourth business day of July 2025", "2025-07-07T04:00:00Z", "2025-07-08T04:00:00Z", DAY),
  SPAN ("10th business day of 2025", "2025-01-15T05:00:00Z", "2025-01-16T05:00:00Z", DAY),
  SPAN ("last working day of 2027", "2027-12-30T05:00:00Z", "2027-12-31T05:00:00Z", DAY),
  SPAN ("first business day after 2025-07-03", "2025-07-07T04:00:00Z", "2025-07-08T04:00:00Z", DAY),
  SPAN ("next business day after July 3, 2025", "2025-07-07T04:00:00Z", "2025-07-08T04:00:00Z", DAY),
  SPAN ("the business day before 2025-12-26", "2025-12-24T05:00:00Z", "2025-12-25T05:00:00Z", DAY),
  SPAN ("last business day before 2025-09-02", "2025-08-29T04:00:00Z", "2025-08-30T04:00:00Z", DAY),
  SPAN ("first business day on or after 2026-07-04", "2026-07-06T04:00:00Z", "2026-07-07T04:00:00Z", DAY),
  SPAN ("last business day on or before 2026-07-04", "2026-07-02T04:00:00Z", "2026-07-03T04:00:00Z", DAY),
  SPAN ("business day on or after 2026-07-06", "2026-07-06T04:00:00Z", "2026-07-07T04:00:00Z", DAY),
  SPAN ("2025-07-04 or next business day", "2025-07-07T04:00:00Z", "2025-07-08T04:00:00Z", DAY),
  SPAN ("2025-07-03 or the next business day", "2025-07-03T04:00:00Z", "2025-07-04T04:00:00Z", DAY),
  SPAN ("2025-07-05 or previous business day", "2025-07-03T04:00:00Z", "2025-07-04T04:00:00Z", DAY),
  SPAN ("5 business days before 2025-09-02", "2025-08-25T04:00:00Z", "2025-08-26T04:00:00Z", DAY),
  SPAN ("a business day after 2025-07-03", "2025-07-07T04:00:00Z", "2025-07-08T04:00:00Z", DAY),
  SPAN ("2025-12-31 - 10bd", "2025-12-16T05:00:00Z", "2025-12-17T05:00:00Z", DAY),
  SPAN ("2025-05-14 + 1mo + 5bd", "2025-06-23T04:00:00Z", "2025-06-24T04:00:00Z", DAY),
  SPAN ("third Friday of July 2025 or next business day", "2025-07-18T04:00:00Z", "2025-07-19T04:00:00Z", DAY),
  SPAN ("mid-June 2025 + 5bd", "2025-06-18T04:00:00Z", "2025-06-28T04:00:00Z", INTERVAL),
  SPAN ("first business day of June 2025 to last business day of June 2025", "2025-06-02T04:00:00Z",
        "2025-07-01T04:00:00Z", INTERVAL),
  AT ("starts + 20bd", "2025-06-12T04:01:00Z"),
  AT ("starts + 51d or next business day", "2025-07-07T04:01:00Z"),
  AT ("2025-07-04 17:00 or next business day", "2025-07-07T21:00:00Z"),
  AT ("last business day of June 2025, 5 pm ET", "2025-06-30T21:00:00Z"),
  AT ("5 pm on the last business day of June 2025", "2025-06-30T21:00:00Z"),
  AT ("last business day of June 2025 24:00", "2025-07-01T04:00:00Z"),
  AT ("last business day of June 2025 12:00 EDT", "2025-06-30T16:00:00Z"),
  AT ("2025-03-07 02:30 + 1bd", "2025-03-10T06:30:00Z"),     /* civil time stays over the change of the clocks */
  AT ("2025-06-30 23:30 UTC + 3bd", "2025-07-03T23:30:00Z"), /* the day is the zone's */
  AT ("milestone:truce - 5bd", "2025-08-05T04:01:00Z"),
};

typedef struct {
  const char *text;
  TruceWhenError code;
  const char *word; /* that the message must have */
} Refusal;

#define NOT_SYNTAX(text, word)          \
  {                                     \
    text, TRUCE_WHEN_ERROR_SYNTAX, word \
  }
#define NOT_DATE(text, word)          \
  {                                   \
    text, TRUCE_WHEN_ERROR_DATE, word \
  }
#define NOT_ZONE(text, word)          \
  {                                   \
    text, TRUCE_WHEN_ERROR_ZONE, word \
  }
#define NOT_BASE(text, word)          \
  {                                   \
    text, TRUCE_WHEN_ERROR_BASE, word \
  }
#define NOT_CLEAR(text, word)              \
  {                                        \
    text, TRUCE_WHEN_ERROR_AMBIGUOUS, word \
  }

static const Refusal refusals[] = {
  NOT_SYNTAX ("", "empty"),
  NOT_SYNTAX ("   ", "empty"),
  NOT_SYNTAX ("banana", "'banana'"),
  NOT_SYNTAX ("2025-06-19 banana", "'banana'"),
  NOT_SYNTAX ("2025-06-19 10:00 ET banana", "'banana'"),
  NOT_SYNTAX ("2025-06-19 !", "'!'"),
  NOT_SYNTAX ("August 12, 2025 at 12:01 AM Eastern", "'Eastern'"),
  NOT_SYNTAX ("Jume 19, 2025", "'June'"),
  NOT_SYNTAX ("June 19, 2025 Banana", "'Banana'"),
  NOT_SYNTAX ("2025-8-12", "'2025-8-12'"),
  NOT_SYNTAX ("2025/08/12", "2025-08-12"),
  NOT_SYNTAX ("20250812", "'20250812'"),
  NOT_SYNTAX ("2025-08-12T0401Z", "'0401Z'"),
  NOT_SYNTAX ("2025-08-12T04", "'04'"),
  NOT_SYNTAX ("2025-08-12 at", "time"),
  NOT_SYNTAX ("2025-08-12 9", "'9'"),
  NOT_SYNTAX ("2025-08-12 9:5", "'5'"),
  NOT_ZONE ("2025-08-12 09:00 +9", "'+9'"),
  NOT_SYNTAX ("June 2025 12:00", "'12:00'"),
  NOT_SYNTAX ("starts + ", "length"),
  NOT_SYNTAX ("starts + 90", "90"),
  NOT_SYNTAX ("starts + 90x", "'90x'"),
  NOT_SYNTAX ("90d", "before or after"),
  NOT_SYNTAX ("20bd", "before or after"),
  NOT_SYNTAX ("starts + 20bd5h", "of their own"),
  NOT_SYNTAX ("starts + 1mo5bd", "of their own"),
  NOT_SYNTAX ("starts + 0bd", "or next business day"),
  NOT_SYNTAX ("starts + 20 business hours", "'hours'"),
  NOT_SYNTAX ("last business day June 2025", "'of'"),
  NOT_SYNTAX ("last business day after 2025-07-04", "'of'"),
  NOT_SYNTAX ("last business day of 2025-06-11", "month"),
  NOT_SYNTAX ("last business week of June 2025", "'business'"),
  NOT_SYNTAX ("2025-07-04 or", "next business day"),
  NOT_SYNTAX ("2025-07-04 or so", "'or so'"),
  NOT_SYNTAX ("2025-07-04 or next day", "business day"),
  NOT_SYNTAX ("2025-07-04 or next business day or", "'or'"),
  NOT_DATE ("starts + 10001bd", "10000"),
  NOT_DATE ("9999-12-20 + 100bd", "years 1 to 9999"),
  NOT_DATE ("30th business day of June 2025", "number 30"),
  NOT_DATE ("mid-June 2025 or next business day", "single day"),
  NOT_ZONE ("last business day of June 2025 EST", "EDT"),
  NOT_CLEAR ("next business day", "'next'"),
  NOT_CLEAR ("last business day of June", "year"),
  NOT_CLEAR ("2025-06-11/2025-06-20 + 5bd", "length"),
  NOT_SYNTAX ("fifth banana of June 2025", "'banana'"),
  NOT_SYNTAX ("end June 2025", "'of'"),
  NOT_SYNTAX ("end of 2025-06-11", "end of"),
  NOT_SYNTAX ("mid-2025", "'2025'"),
  NOT_SYNTAX ("Q 2025", "'Q'"),
  NOT_SYNTAX ("milestone", "ID"),
  NOT_SYNTAX ("milestone: + 90d", "id is missing"),
  NOT_SYNTAX ("milestone:a/milestone:b", "one milestone"),
  NOT_SYNTAX ("2025-06-11/", "interval"),
  NOT_SYNTAX ("2025-06-11/..", "interval"),
  NOT_SYNTAX ("../2025-06-11", "interval"),
  NOT_SYNTAX ("from June 11, 2025", "interval"),
  NOT_CLEAR ("June 19, '25", "year"),
  NOT_SYNTAX ("June 19, 25", "four figures"),
  NOT_SYNTAX ("19 banana 2025", "'banana'"),
  NOT_SYNTAX ("2025-06-19 and some", "'and'"),
  NOT_SYNTAX ("6\xec\x9b\x94 19\xec\x9d\xbc 2025", "\xec\x9b\x94"),
  NOT_SYNTAX ("\xff\xfe", "UTF-8"),
  NOT_DATE ("30 February 2025", "30 February 2025"),
  NOT_DATE ("2025-02-30", "30 February 2025"),
  NOT_DATE ("2025-02-29", "29 February 2025"),
  NOT_DATE ("2025-06-31", "31 June 2025"),
  NOT_DATE ("2025-06-00", "0 June 2025"),
  NOT_DATE ("2025-13-01", "month 13"),
  NOT_DATE ("2025-38", "month 38"),
  NOT_DATE ("0000-01-01", "0000"),
  NOT_DATE ("Q5 2025", "4 quarters"),
  NOT_DATE ("Q0 2025", "4 quarters"),
  NOT_DATE ("third half of 2025", "2 halves"),
  NOT_DATE ("fifth friday of June 2025", "Friday"),
  NOT_DATE ("June 20-11, 2025", "before it begins"),
  NOT_DATE ("2025-06-20/2025-06-11", "before it begins"),
  NOT_DATE ("28 December - 3 January 2026", "before it begins"),
  NOT_DATE ("Monday, August 12, 2025", "Tuesday"),
  NOT_DATE ("2025-08-12 25:00", "25:00"),
  NOT_DATE ("2025-08-12 24:01", "24:01"),
  NOT_DATE ("2025-08-12 12:60", "12:60"),
  NOT_DATE ("2025-08-12 23:59:60", "23:59:60"),
  NOT_DATE ("2025-08-12 13:01 pm", "am and pm"),
  NOT_DATE ("2025-08-12 00:30 am", "am and pm"),
  NOT_DATE ("2025-06-19 + 6h", "hours"),
  NOT_DATE ("mid-June 2025 + 1d6h", "hours"),
  NOT_DATE ("starts + 9000y", "years 1 to 9999"),
  NOT_DATE ("starts - 9000y", "years 1 to 9999"),
  NOT_DATE ("2025-06-19 + 99999999999999999999d", "years 1 to 9999"),
  NOT_DATE ("9999-12-31", "years 1 to 9999"),
  NOT_ZONE ("2025-07-12 00:01 EST", "EDT"),
  NOT_ZONE ("2025-01-12 00:01 EDT", "EST"),
  NOT_ZONE ("2025-07-12 MST", "MDT"),
  NOT_ZONE ("2025-07-12 00:01 CET", "CEST"),
  NOT_ZONE ("2025-08-12 00:01 America/New_Yrok", "America/New_York"),
  NOT_ZONE ("2025-08-12 00:01 america/new_york", "America/New_York"),
  NOT_ZONE ("2025-08-12 00:01 XYZT", "XYZT"),
  NOT_ZONE ("2025-08-12 00:01 XYZ3", "XYZ3"),
  NOT_ZONE ("2025-08-12 00:01 +25:00", "+25:00"),
  NOT_ZONE ("2025-08-12 00:01 UTC+19", "+19"),
  NOT_CLEAR ("01/02/2025", "01/02/2025"),
  NOT_CLEAR ("12.08.2025", "12.08.2025"),
  NOT_CLEAR ("8/12/25", "8/12/25"),
  NOT_CLEAR ("mid-June", "year"),
  NOT_CLEAR ("June", "year"),
  NOT_CLEAR ("June 28 to July 3", "year"),
  NOT_CLEAR ("June 28 to July 2025", "year"),
  NOT_CLEAR ("June 19", "year"),
  NOT_CLEAR ("19 June", "year"),
  NOT_CLEAR ("June 19 12:01 am ET", "year"),
  NOT_CLEAR ("mid-June + 90d", "year"),
  NOT_CLEAR ("summer", "year"),
  NOT_CLEAR ("Q3", "year"),
  NOT_CLEAR ("2025-01-12 00:01 CST", "China"),
  NOT_CLEAR ("2025-01-12 00:01 IST", "India"),
  NOT_CLEAR ("2025-07-12 00:01 BST", "Britain"),
  NOT_CLEAR ("tomorrow", "'tomorrow'"),
  NOT_CLEAR ("next friday", "'next'"),
  NOT_CLEAR ("2025-06-11/2025-06-20 + 90d", "interval"),
};
