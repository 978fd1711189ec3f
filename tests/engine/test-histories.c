/* SPDX-License-Identifier: MIT */
/* Random histories: whatever the clock, the machine, the configuration and people do, and in whatever order, truced
 * raises what expected.h says at the minute that it says, nothing besides, no alert twice; and each sink hears of each
 * once.
 *
 * PROVE=long in the environment runs a hundred times as many; HISTORY=SEED one, which is printed. */
#include <stdlib.h>
#include <string.h>

#include "engine/amend.h"
#include "history.h"
#include "history_store.h"

#define LONG 100 /* times as many */
#define EVENTS 60
#define BACK_MOST (DAY - 1) /* the clock runs behind by, in all: more makes deadlines wait */
#define HORIZON (500 * DAY) /* a history ends before */

static const TruceOrigin somebody = { "somebody", "trucectl" };

G_GNUC_PRINTF (2, 3)
static void
note (History *history, const char *format, ...)
{
  va_list arguments;

  g_string_append_printf (history->script, "%s  ", history_clock_text (history_now (history)));
  va_start (arguments, format);
  g_string_append_vprintf (history->script, format, arguments);
  va_end (arguments);
  g_string_append_c (history->script, '\n');
}

/* --- what happens --- */

static void
look (History *history)
{
  history->latest_now = MAX (history->latest_now, history_now (history));
  history_compare_raised (history);
  history_count_delivered (history);
}

static void
wake (History *history)
{
  truce_engine_wake (history->world->engine);
  expected_wake (history->expected, history_now (history));
  look (history);
}

/* As often as not to where something is owed, or just before or after it. */
static gint64
random_length (History *history, gint64 most)
{
  gint64 next = expected_next (history->expected, history_now (history)), length = 1 + oracle_one_of ((int) most);

  if (next != ORACLE_NEVER && oracle_one_of (2))
    length = next - history_now (history) + oracle_one_of (3) - 1;
  return CLAMP (length, 0, most);
}

static void
pass_time (History *history)
{
  gboolean full = history->world->store_is_full; /* then it tries again every minute */
  gint64 from = history_now (history),
         upto = from + random_length (history, full || oracle_one_of (3) ? 3 * DAY : 25 * DAY);
  char text[TRUCE_TIME_TEXT_SIZE];

  note (history, "awake until %s", history_clock_text (upto));
  world_run_until (history->world, truce_time_to_text (upto * TRUCE_MINUTE, text));
  expected_run (history->expected, from, upto);
  look (history);
}

static void
sleep_on (History *history)
{
  gint64 length = random_length (history, oracle_one_of (3) ? 4 * DAY : 20 * DAY);

  note (history, "asleep, stopped, or set ahead by %d min", (int) length);
  history->world->now += length * TRUCE_MINUTE;
  wake (history);
}

static void
set_back (History *history)
{
  gint64 most = BACK_MOST - (history->latest_now - history_now (history)), by;

  if (most <= 0)
    return;
  by = 1 + oracle_one_of ((int) most);
  note (history, "set back by %d min", (int) by);
  history->world->now -= by * TRUCE_MINUTE;
  wake (history);
}

static void
restart (History *history)
{
  if (history->world->store_is_full)
    return; /* what could not be written is told again, as it says */
  note (history, "restarted");
  history_store_reopen (history->world);
  world_restart (history->world);
  wake (history);
}

static void
reload (History *history)
{
  g_autofree char *text = history_config_text (history);

  note (history, "reloaded:\n%s", text);
  world_reload (history->world, text);
  expected_wake (history->expected, history_now (history));
  look (history);
}

/* Another date, other leads or another time of day; or it is taken out, or put back; or it has not been met at all. */
static void
edit (History *history)
{
  ExpectedConfig *config = expected_config (history->expected, oracle_one_of (EXPECTED_MILESTONES));
  OracleDate date;

  switch (oracle_one_of (5)) {
  case 0:
    oracle_use_zone (config->zone);
    oracle_random_date (history->year, &config->lines[config->n_lines - 1].date);
    config->lines[config->n_lines - 1].base = -1;
    break;
  case 1:
    history_random_date (history, config, &date);
    break;
  case 2:
    config->manner.remind_at = oracle_one_of (DAY);
    break;
  case 3:
    config->present = !config->present;
    for (int i = 0; i < EXPECTED_MILESTONES && !config->present; i++) /* nothing may hang on it then */
      for (guint j = 0; j < expected_config (history->expected, i)->n_lines; j++)
        config->present |= expected_config (history->expected, i)->lines[j].base >= 0;
    for (guint j = 0; j < config->n_lines; j++)
      config->present &=
          config->lines[j].base < 0 || expected_config (history->expected, config->lines[j].base)->present;
    break;
  default:
    config->met_at = config->met_at == ORACLE_NEVER ? history_now (history) - oracle_one_of (3 * DAY) : ORACLE_NEVER;
    config->cancelled_at = ORACLE_NEVER;
  }
  reload (history);
}

static void
remember (History *history, int number, ExpectedAmendment *amendment)
{
  history->latest_said = MAX (history->latest_said, amendment->at);
  amendment->moment = expected_moment (history->latest_said, ++history->n_said);
  g_array_append_vals (expected_amendments (history->expected, number), amendment, 1);
}

/* A milestone that people may speak of; -1: none. */
static int
open_milestone (History *history)
{
  int number = oracle_one_of (EXPECTED_MILESTONES);

  if (history->world->store_is_full || !expected_config (history->expected, number)->present ||
      expected_has_ended (history->expected, number, history_now (history)))
    return -1;
  return number;
}

static void
say_due (History *history)
{
  int number = open_milestone (history);
  g_autofree char *id = g_strdup_printf ("m%d", number);
  g_autoptr (GError) error = NULL;
  OracleDate in_force;
  const char *zone;

  if (number < 0)
    return;
  ExpectedAmendment amendment = { EXPECTED_DUE, history_now (history),
                                  .statement = { .since = history_now (history), .base = -1 } };
  expected_date_at (history->expected, number, history_now (history), &in_force, &zone);
  gint64 earliest = oracle_earliest (&in_force), latest = oracle_latest (&in_force);
  oracle_use_zone (expected_config (history->expected, number)->zone);
  oracle_random_date (history->year, &amendment.statement.date);
  if (oracle_earliest (&amendment.statement.date) == earliest && oracle_latest (&amendment.statement.date) == latest)
    return;
  amendment.over = *expected_line_at (history->expected, number, history_now (history));
  g_autofree char *text = oracle_date_to_text (&amendment.statement.date);
  note (history, "m%d is due %s", number, text);
  json_t *changes = truce_engine_set_due (history->world->engine, id, text, "heard so", &somebody, &error);
  if (!changes)
    history_fail (history, "refused: %s", error->message);
  json_decref (changes);
  remember (history, number, &amendment);
  expected_wake (history->expected, history_now (history));
  look (history);
}

static void
say_ended (History *history)
{
  int number = open_milestone (history);
  g_autofree char *id = g_strdup_printf ("m%d", number);
  ExpectedAmendment amendment = { EXPECTED_ENDED, history_now (history), .statement = { .base = -1 } };

  if (number < 0)
    return;
  note (history, "m%d is met", number);
  g_assert_true (truce_engine_end (history->world->engine, id,
                                   oracle_one_of (2) ? TRUCE_AMENDMENT_MET : TRUCE_AMENDMENT_CANCELLED, NULL, &somebody,
                                   NULL));
  remember (history, number, &amendment);
  expected_wake (history->expected, history_now (history));
  look (history);
}

static void
undo (History *history)
{
  int number = oracle_one_of (EXPECTED_MILESTONES);
  GArray *amendments = expected_amendments (history->expected, number);
  guint last = 0;
  g_autofree char *id = g_strdup_printf ("m%d", number);

  if (history->world->store_is_full || amendments->len == 0 || !expected_config (history->expected, number)->present)
    return;
  for (guint i = 0; i < amendments->len; i++) /* the last by the clock */
    if (g_array_index (amendments, ExpectedAmendment, i).at >= g_array_index (amendments, ExpectedAmendment, last).at)
      last = i;
  note (history, "undo m%d", number);
  json_t *undone = truce_engine_undo (history->world->engine, id, &somebody, NULL);
  g_assert_nonnull (undone);
  json_decref (undone);
  g_array_remove_index (amendments, last);
  expected_wake (history->expected, history_now (history));
  look (history);
}

static void
answer (History *history)
{
  GPtrArray *alerts = expected_alerts (history->expected);
  ExpectedAlert *alert = alerts->len ? alerts->pdata[oracle_one_of ((int) alerts->len)] : NULL;
  gint64 length = 1 + oracle_one_of (2 * DAY);
  g_autoptr (GError) error = NULL;

  if (!alert || alert->acknowledged || history->world->store_is_full)
    return;
  g_autofree char *name = expected_name (history->expected, alert->milestone);
  if (oracle_one_of (2)) {
    note (history, "acknowledged %s %s %s", name, alert->kind, alert->lead);
    if (!truce_engine_acknowledge (history->world->engine, alert->id, &somebody, &error))
      history_fail (history, "not acknowledged: %s", error->message);
    alert->acknowledged = TRUE;
    return;
  }
  note (history, "%s %s %s put off by %d min", name, alert->kind, alert->lead, (int) length);
  alert->n_snoozes++;
  alert->snoozed = history_now (history) + length;
  g_assert_true (truce_engine_snooze (history->world->engine, alert->id, length * TRUCE_MINUTE, &somebody, NULL));
  expected_wake (history->expected, history_now (history));
  look (history);
}

static void
break_sink (History *history)
{
  GHashTable *dead = history->world->dead_sinks;
  const char *sink = history_sinks[oracle_one_of (G_N_ELEMENTS (history_sinks))];

  if (!g_hash_table_remove (dead, sink))
    g_hash_table_add (dead, (gpointer) sink);
  note (history, "%s %s", sink, g_hash_table_contains (dead, sink) ? "is dead" : "lives");
}

/* Until it has room again, and what waits has been written. */
static void
fill_disk (History *history)
{
  history->world->store_is_full = !history->world->store_is_full;
  note (history, "the disk %s", history->world->store_is_full ? "is full" : "has room");
  if (!history->world->store_is_full) {
    pass_time (history);
    sleep_on (history);
    for (guint i = 0; i < 5; i++) { /* so much is written a minute */
      history->world->now += TRUCE_MINUTE;
      wake (history);
    }
  }
}

typedef void (*EventFunc) (History *history);

static EventFunc
random_event (void)
{
  static const EventFunc events[] = {
    pass_time, pass_time, pass_time, pass_time, pass_time, sleep_on, sleep_on,  set_back, set_back, restart, restart,
    reload,    edit,      edit,      say_due,   say_due,   undo,     say_ended, answer,   answer,   answer,  break_sink,
  };

  return oracle_one_of (60) ? events[oracle_one_of (G_N_ELEMENTS (events))] : fill_disk;
}

static void
end (History *history)
{
  gint64 upto;
  char text[TRUCE_TIME_TEXT_SIZE];

  g_hash_table_remove_all (history->world->dead_sinks);
  if (history->world->store_is_full)
    fill_disk (history);
  upto = MAX (history_now (history), history->latest_now) + 4 * DAY;
  note (history, "the end");
  gint64 from = history_now (history);
  world_run_until (history->world, truce_time_to_text (upto * TRUCE_MINUTE, text));
  expected_run (history->expected, from, upto);
  look (history);
  history_check_told (history);
}

static void
run_history (guint32 seed, GPtrArray *zones)
{
  History history = { .seed = seed, .script = g_string_new (NULL), .latest_said = G_MININT64 };
  char start[TRUCE_TIME_TEXT_SIZE];

  oracle_seed (seed);
  history.year = 2008 + oracle_one_of (40);
  history.grace = (2 + oracle_one_of (8)) * DAY;
  history.quiet = oracle_one_of (3) ? NULL : "22:00-07:00";
  gint64 now = (oracle_day_of (history.year, 1, 1) - oracle_one_of (60)) * DAY + oracle_one_of (DAY);
  history.expected = expected_new (history.grace, now + HORIZON);
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    history_random_config (&history, i, zones);
  if (oracle_one_of (2))
    history_random_series (&history, zones);
  g_autofree char *text = history_config_text (&history);
  g_string_append (history.script, text);
  history.world = world_new (text, truce_time_to_text (now * TRUCE_MINUTE, start));
  history_store_begin (history.world);
  wake (&history);
  for (guint i = 0; i < EVENTS && history_now (&history) < now + HORIZON - 60 * DAY; i++)
    random_event () (&history);
  end (&history);
  if (g_getenv ("HISTORY"))
    g_print ("%s", history.script->str);
  world_free (history.world);
  history_store_end ();
  expected_free (history.expected);
  g_string_free (history.script, TRUE);
}

static void
test_histories (void)
{
  g_autoptr (GPtrArray) zones = oracle_zones ();
  const char *one = g_getenv ("HISTORY");
  guint n = HISTORIES; /* of the build */
  guint32 seed = one ? (guint32) g_ascii_strtoull (one, NULL, 10) : (guint32) g_test_rand_int ();

  if (g_strcmp0 (g_getenv ("PROVE"), "long") == 0)
    n *= LONG;
  if (one)
    n = 1;
  for (guint i = 0; i < n; i++)
    run_history (seed + i, zones);
  g_test_message ("%u histories, HISTORY=%u to %u", n, seed, seed + n - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histories", test_histories);
  return g_test_run ();
}
