/* SPDX-License-Identifier: MIT */
/* deadlines FILE NOW [load | inih]: reads the configuration and finds the next firing of every milestone; then takes
 * firings one by one, each of which re-arms its milestone. Prints what both cost. NOW in seconds since 1970. With
 * `load` it ends when the firings are known, that its time may be taken from outside; with `inih` it has inih alone
 * read the file, which is the floor under that. */
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "deadline/schedule.h"
#include "measure.h"
#include "truced-config.h"

#define FIRINGS_TAKEN 50000

/* One firing at a time, as a running truced takes them. Seconds for each. */
static double
measure_arming (TruceSchedule *schedule)
{
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  double begun = bench_cpu_seconds ();

  while (firings->len < FIRINGS_TAKEN && truce_schedule_next (schedule) != TRUCE_TIME_NONE)
    truce_schedule_take (schedule, truce_schedule_next (schedule), firings);
  return (bench_cpu_seconds () - begun) / (double) MAX (firings->len, 1);
}

static int
count_entry (void *count, const char *section, const char *key, const char *value)
{
  ++*(guint *) count;
  return 1;
}

/* With the settings of config/reader.c. */
static int
read_by_inih (const char *bytes)
{
  guint n_entries = 0;

#if HAVE_INI_MAX_LINE
  ini_allow_inline_comments = false;
#endif
  return ini_parse_string (bytes, count_entry, &n_entries) != 0 || n_entries == 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (argc < 3 || !g_file_get_contents (argv[1], &bytes, &length, NULL))
    return 2;
  if (argc > 3 && strcmp (argv[3], "inih") == 0)
    return read_by_inih (bytes);
  TruceTime now = g_ascii_strtoll (argv[2], NULL, 10) * TRUCE_SECOND;
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  const TruceConfigFile file = { argv[1], bytes, length };
  double before = bench_resident_bytes ();
  double begun = bench_cpu_seconds ();
  g_autoptr (TruceConfig) config = truce_config_parse (&file, 1, zone, now, diags);
  double parsed = bench_cpu_seconds ();
  g_autoptr (TruceSchedule) schedule = truce_schedule_new ();

  if (!config) {
    g_autofree char *text = truce_diags_to_text (diags);
    fputs (text, stderr);
    return 1;
  }
  for (guint i = 0; i < truce_config_n_milestones (config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (config, i);
    guint index = truce_milestone_revision_at (milestone, now);
    const TruceRevision *revision = truce_milestone_revision (milestone, index);
    truce_schedule_put (schedule, milestone, index, &revision->span, now);
  }
  if (argc > 3)
    _exit (truce_schedule_next (schedule) == TRUCE_TIME_NONE);
  double known = bench_cpu_seconds ();
  double kept = bench_resident_bytes () - before;

  guint n = truce_config_n_milestones (config);
  printf ("milestones %u scheduled %u parse_s %.4f schedule_s %.4f bytes %.0f", n, truce_schedule_size (schedule),
          parsed - begun, known - parsed, kept / n);
  printf (" arming_ns %.0f\n", 1e9 * measure_arming (schedule));
  return 0;
}
