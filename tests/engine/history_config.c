/* SPDX-License-Identifier: MIT */
/* What is configured in a random history. */
#include "history.h"

static char *
statement_to_text (const ExpectedStatement *statement)
{
  if (statement->base < 0)
    return oracle_date_to_text (&statement->date);
  return g_strdup_printf ("milestone:m%d %c %dd", statement->base, statement->days < 0 ? '-' : '+',
                          ABS (statement->days));
}

static void
append_instant (GString *text, const char *key, gint64 at)
{
  OracleCivil civil = { at / DAY, (int) (at % DAY) };
  int year, month, day;

  oracle_date_of (civil.day, &year, &month, &day);
  g_string_append_printf (text, "%s = %04d-%02d-%02d %02d:%02d UTC: ", key, year, month, day, civil.minute / 60,
                          civil.minute % 60);
}

static void
append_manner (GString *text, const OracleManner *manner)
{
  g_string_append_printf (text, "remind-at = %02d:%02d\nlead =", manner->remind_at / 60, manner->remind_at % 60);
  for (guint i = 0; i < manner->n_leads; i++)
    g_string_append_printf (text, " %s", oracle_leads[manner->leads[i]].text);
  g_string_append_c (text, '\n');
  if (manner->nag)
    g_string_append_printf (text, "nag = %s\n", manner->nag->text);
}

static void
append_milestone (GString *text, int number, const ExpectedConfig *config)
{
  g_autofree char *due = statement_to_text (&config->lines[0]);

  g_string_append_printf (text, "[milestone m%d]\ntitle = M%d\ntimezone = %s\ndue = %s\n", number, number, config->zone,
                          due);
  append_manner (text, &config->manner);
  for (guint i = 1; i < config->n_lines; i++) {
    g_autofree char *again = statement_to_text (&config->lines[i]);
    append_instant (text, "revised", config->lines[i].since);
    g_string_append_printf (text, "%s: said so\n", again);
  }
  if (config->met_at != ORACLE_NEVER) {
    append_instant (text, "met", config->met_at);
    g_string_append (text, "done\n");
  }
  if (config->cancelled_at != ORACLE_NEVER) {
    append_instant (text, "cancelled", config->cancelled_at);
    g_string_append (text, "off\n");
  }
}

static void
append_series (GString *text, const ExpectedSeries *series)
{
  g_autofree char *due = oracle_date_to_text (&series->first);

  g_string_append_printf (text, "[milestone r]\ntitle = R\ntimezone = %s\ndue = %s\nrepeat = FREQ=%s;INTERVAL=%d\n",
                          series->zone, due,
                          series->months     ? "MONTHLY"
                          : series->days % 7 ? "DAILY"
                                             : "WEEKLY",
                          series->months     ? series->months
                          : series->days % 7 ? series->days
                                             : series->days / 7);
  append_manner (text, &series->manner);
}

char *
history_config_text (History *history)
{
  GString *text = g_string_new ("[truced]\nalert-to = stdout log\n");

  g_string_append_printf (text, "grace = %dd\n", (int) (history->grace / DAY));
  if (history->quiet)
    g_string_append_printf (text, "quiet = %s\n", history->quiet);
  g_string_append (text, "[sink log]\nkind = syslog\n");
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    if (expected_config (history->expected, i)->present)
      append_milestone (text, i, expected_config (history->expected, i));
  if (expected_series (history->expected)->present)
    append_series (text, expected_series (history->expected));
  return g_string_free (text, FALSE);
}

void
history_random_date (History *history, ExpectedConfig *config, OracleDate *ret_date)
{
  oracle_use_zone (config->zone);
  do
    oracle_random_milestone (history->year, ret_date, &config->manner);
  while (config->manner.n_leads == 0);
}

void
history_random_config (History *history, int number, GPtrArray *zones)
{
  ExpectedConfig *config = expected_config (history->expected, number);

  *config = (ExpectedConfig){ .present = TRUE, .n_lines = 1, .met_at = ORACLE_NEVER, .cancelled_at = ORACLE_NEVER };
  config->zone = g_ptr_array_index (zones, oracle_one_of ((int) zones->len));
  config->lines[0].base = -1;
  config->lines[0].since = G_MININT64;
  history_random_date (history, config, &config->lines[0].date);
  if (number > 0 && oracle_one_of (3) == 0) { /* hangs on one before it */
    config->lines[0].base = oracle_one_of (number);
    config->lines[0].days = oracle_one_of (40) - 10;
  }
  while (config->n_lines < EXPECTED_LINES && oracle_one_of (3) == 0) {
    ExpectedStatement *line = &config->lines[config->n_lines];
    gint64 before = config->n_lines > 1 ? line[-1].since : oracle_day_of (history->year, 1, 1) * DAY;
    *line = (ExpectedStatement){ .since = before + 1 + oracle_one_of (150 * DAY), .base = -1 };
    oracle_random_date (history->year, &line->date);
    config->n_lines++;
  }
  if (oracle_one_of (8) == 0)
    config->met_at = (oracle_day_of (history->year, 1, 1) + oracle_one_of (365)) * DAY + oracle_one_of (DAY);
  else if (oracle_one_of (12) == 0)
    config->cancelled_at = (oracle_day_of (history->year, 1, 1) + oracle_one_of (365)) * DAY + oracle_one_of (DAY);
}

/* Is it what a clock there shows? What repeats goes by that, and not by words. */
static gboolean
is_real (const OracleDate *date)
{
  OracleCivil shown = oracle_civil_at (oracle_earliest (date));

  return shown.day == date->first.day && (date->form != ORACLE_INSTANT || shown.minute == date->first.minute);
}

static gboolean
is_on_every_month (const OracleDate *date)
{
  int year, month, day;

  oracle_date_of (date->first.day, &year, &month, &day);
  return day <= 28;
}

/* How many dates before `day`, so that some are there from the beginning, and the next ones come in their turn. */
static int
dates_before (History *history, const int *step, gint64 day)
{
  gint64 length = step[0] * 31 + step[1], days = day - oracle_day_of (history->year, 1, 1) + 30;

  return (int) (days / length) + oracle_one_of (3);
}

/* Some date of it, rather than the first, meets a change of the clock. */
void
history_random_series (History *history, GPtrArray *zones)
{
  static const int steps[][2] = { { 1, 0 }, { 3, 0 }, { 0, 4 }, { 0, 7 }, { 0, 14 }, { 0, 10 } };
  ExpectedSeries *series = expected_series (history->expected);
  OracleDate *first = &series->first;
  const int *step = steps[oracle_one_of (G_N_ELEMENTS (steps))];
  OracleManner *manner = &series->manner;

  *series = (ExpectedSeries){ .present = TRUE, .months = step[0], .days = step[1] };
  series->zone = g_ptr_array_index (zones, oracle_one_of ((int) zones->len));
  oracle_use_zone (series->zone);
  do {
    oracle_random_milestone (history->year, first, manner);
    int before = dates_before (history, step, first->first.day);
    first->first.day = oracle_add_months (first->first.day, -before * step[0]) - (gint64) before * step[1];
    first->last = first->first.day;
    guint kept = 0;
    for (guint i = 0; i < manner->n_leads; i++) /* one of years would have hundreds of dates told at once */
      if (oracle_leads[manner->leads[i]].months < 12)
        manner->leads[kept++] = manner->leads[i];
    manner->n_leads = kept;
  } while (manner->n_leads == 0 || first->form == ORACLE_WINDOW || !is_real (first) || !is_on_every_month (first));
  manner->nag = NULL;
}
