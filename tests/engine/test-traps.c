/* SPDX-License-Identifier: MIT */
/* Where civil time is not what it seems: what is told, and when, from the configuration's words to the alert. The
 * instants are worked out by hand from the tz database's rules. */
#include "engine/simulate.h"
#include "world.h"

typedef struct {
  const char *milestone; /* the lines of its section, beside the title */
  const char *from;      /* when truced is started */
  const char *told;      /* "KIND LEAD INSTANT", a line each */
} Trap;

static const Trap traps[] = {
  /* New York's clocks go from 02:00 to 03:00: the first instant after, which is 03:00 EDT */
  { "timezone = America/New_York\ndue = 2026-03-08 02:30\nlead = 1d 2h 0 +1d", "2026-03-06T00:00:00Z",
    "lead 1d 2026-03-07T14:00:00Z\nlead 2h 2026-03-08T05:00:00Z\ndue 0 2026-03-08T07:00:00Z\n"
    "lead +1d 2026-03-09T13:00:00Z\n" },
  /* and from 02:00 back to 01:00: the earlier of the two */
  { "timezone = America/New_York\ndue = 2026-11-01 01:30\nlead = 1d 2h 0 +1h +1d", "2026-10-30T00:00:00Z",
    "lead 1d 2026-10-31T13:00:00Z\nlead 2h 2026-11-01T03:30:00Z\ndue 0 2026-11-01T05:30:00Z\n"
    "lead +1h 2026-11-01T06:30:00Z\nlead +1d 2026-11-02T14:00:00Z\n" },
  /* the time of day at which leads fire is skipped, and comes twice */
  { "timezone = America/New_York\nremind-at = 02:30\ndue = 2026-03-09\nlead = 1d", "2026-03-06T00:00:00Z",
    "lead 1d 2026-03-08T07:00:00Z\npassed - 2026-03-10T04:00:00Z\n" },
  { "timezone = America/New_York\nremind-at = 01:30\ndue = 2026-11-02\nlead = 1d", "2026-10-30T00:00:00Z",
    "lead 1d 2026-11-01T05:30:00Z\npassed - 2026-11-03T05:00:00Z\n" },
  /* days without a midnight: they begin at 01:00, and end when the next one begins */
  { "timezone = America/Santiago\ndue = 2026-09-06\nlead = 1d 1h 0", "2026-09-04T00:00:00Z",
    "lead 1d 2026-09-05T13:00:00Z\nlead 1h 2026-09-06T03:00:00Z\ndue 0 2026-09-06T04:00:00Z\n"
    "passed - 2026-09-07T03:00:00Z\n" },
  { "timezone = Asia/Beirut\ndue = 2026-03-29\nlead = 1h 0", "2026-03-27T00:00:00Z",
    "lead 1h 2026-03-28T21:00:00Z\ndue 0 2026-03-28T22:00:00Z\npassed - 2026-03-29T21:00:00Z\n" },
  /* one with two */
  { "timezone = America/Havana\ndue = 2025-11-02\nlead = 1h 0", "2025-10-31T00:00:00Z",
    "lead 1h 2025-11-02T03:00:00Z\ndue 0 2025-11-02T04:00:00Z\npassed - 2025-11-03T05:00:00Z\n" },
  /* Samoa had no 30 December 2011: the day after is taken for it, also by the lead of a day before that, which is told
   * with the date; and two days before the 1st is where the 30th would have been */
  { "timezone = Pacific/Apia\ndue = 2011-12-30\nlead = 2d 1d 0", "2011-12-27T00:00:00Z",
    "lead 2d 2011-12-29T19:00:00Z\ndue 0 2011-12-30T10:00:00Z\npassed - 2011-12-31T10:00:00Z\n" },
  { "timezone = Pacific/Apia\ndue = 2012-01-01 09:00\nlead = 3d 2d 1d 0", "2011-12-28T00:00:00Z",
    "lead 3d 2011-12-29T19:00:00Z\nlead 2d 2011-12-30T10:00:00Z\nlead 1d 2011-12-30T19:00:00Z\n"
    "due 0 2011-12-31T19:00:00Z\n" },
  /* summer time in Dublin after 2037, where the tz file has no more than a rule */
  { "timezone = Europe/Dublin\ndue = 2050-07-01 12:00\nlead = 1d 6h 0", "2050-06-28T00:00:00Z",
    "lead 1d 2050-06-30T08:00:00Z\nlead 6h 2050-07-01T05:00:00Z\ndue 0 2050-07-01T11:00:00Z\n" },
  { "timezone = Europe/Dublin\ndue = 2038-01-20 12:00\nlead = 1d 0", "2038-01-18T00:00:00Z",
    "lead 1d 2038-01-19T09:00:00Z\ndue 0 2038-01-20T12:00:00Z\n" },
  /* beyond 32 bits of seconds */
  { "timezone = UTC\ndue = 2038-01-19 03:14:08\nlead = 1h 0", "2038-01-18T00:00:00Z",
    "lead 1h 2038-01-19T02:14:08Z\ndue 0 2038-01-19T03:14:08Z\n" },
  { "timezone = America/New_York\ndue = 2100-07-04 12:00\nlead = 1mo 1d 0", "2100-06-01T00:00:00Z",
    "lead 1mo 2100-06-04T13:00:00Z\nlead 1d 2100-07-03T13:00:00Z\ndue 0 2100-07-04T16:00:00Z\n" },
  { "timezone = UTC\ndue = 2106-02-07 06:28:16\nlead = 0", "2106-02-01T00:00:00Z", "due 0 2106-02-07T06:28:16Z\n" },
  { "timezone = UTC\ndue = 9999-12-30\nlead = 30d 0", "9999-11-01T00:00:00Z",
    "lead 30d 9999-11-30T09:00:00Z\ndue 0 9999-12-30T00:00:00Z\npassed - 9999-12-31T00:00:00Z\n" },
  /* leap days, and that 2100 has none */
  { "timezone = UTC\ndue = 2024-02-29 12:00\nlead = 1mo 0 +1y", "2024-01-01T00:00:00Z",
    "lead 1mo 2024-01-29T09:00:00Z\ndue 0 2024-02-29T12:00:00Z\nlead +1y 2025-02-28T09:00:00Z\n" },
  { "timezone = UTC\nstarts = 2024-02-29 12:00\ndue = starts + 1y\nlead = 1y 0", "2024-02-01T00:00:00Z",
    "lead 1y 2024-02-28T09:00:00Z\ndue 0 2025-02-28T12:00:00Z\n" },
  { "timezone = UTC\nstarts = 2024-02-29 12:00\ndue = starts + 4y\nlead = 0", "2028-02-01T00:00:00Z",
    "due 0 2028-02-29T12:00:00Z\n" },
  { "timezone = UTC\ndue = 2100-02-28 12:00\nlead = 0 +1d", "2100-02-27T00:00:00Z",
    "due 0 2100-02-28T12:00:00Z\nlead +1d 2100-03-01T09:00:00Z\n" },
};

static void
on_raised (const TruceAlert *alert, gpointer user_data)
{
  char text[TRUCE_TIME_TEXT_SIZE];
  TruceTime at = alert->raised - alert->raised % TRUCE_SECOND; /* a step lies a little after what it was armed for */

  g_string_append_printf (user_data, "%s %s %s%s\n", truce_alert_kind_to_text (alert->kind),
                          alert->lead ? alert->lead : "-", truce_time_to_text (at, text), alert->late ? " late" : "");
}

static void
test_traps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traps); i++) {
    g_autofree char *text =
        g_strdup_printf ("[truced]\nalert-to = stdout\n[milestone a]\ntitle = A\n%s\n", traps[i].milestone);
    TruceTime from = world_time (traps[i].from);
    g_autoptr (TruceConfig) config = world_config (text, from);
    g_autoptr (GString) told = g_string_new (NULL);
    truce_simulate (config, from, from + 500 * TRUCE_DAY, NULL, NULL, on_raised, told);
    if (g_strcmp0 (told->str, traps[i].told) != 0)
      g_error ("%s\ntold\n%snot\n%s", traps[i].milestone, told->str, traps[i].told);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traps/told", test_traps);
  return g_test_run ();
}
