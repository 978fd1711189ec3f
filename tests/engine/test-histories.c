/* SPDX-License-Identifier: MIT */
/* Random histories: whatever the clock, the machine, the configuration and people do, and in whatever order, truced
 * raises what expected.h says at the minute that it says, nothing besides, no alert twice; and each sink hears of each
 * once.
 *
 * PROVE=long in the environment runs a hundred times as many; HISTORY=SEED one, which is printed. */
#include <stdlib.h>
#include <string.h>

#include "engine/amend.h"
#include "expected.h"
#include "history_store.h"
#include "world.h"

#define LONG 100 /* times as many */
#define EVENTS 60
#define DAY 1440
#define BACK_MOST (DAY - 1) /* the clock runs behind by, in all: more makes deadlines wait */
#define HORIZON (500 * DAY) /* a history ends before */

static const char *const sinks[] = { "stdout", "log" };
static const TruceOrigin somebody = { "somebody", "trucectl" };

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

static int
one_of (int n)
{
  return oracle_one_of (n);
}

static gint64
now_of (const History *history)
{
  return history->world->now / TRUCE_MINUTE;
}

static const char *
clock_text (gint64 at)
{
  static char texts[2][TRUCE_TIME_TEXT_SIZE]; /* two in a sentence */
  static guint turn;

  return truce_time_to_text (at * TRUCE_MINUTE, texts[++turn % 2]);
}

G_GNUC_PRINTF (2, 3)
static void
note (History *history, const char *format, ...)
{
  va_list arguments;

  g_string_append_printf (history->script, "%s  ", clock_text (now_of (history)));
  va_start (arguments, format);
  g_string_append_vprintf (history->script, format, arguments);
  va_end (arguments);
  g_string_append_c (history->script, '\n');
}

G_GNUC_PRINTF (2, 3)
static void
fail (History *history, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_error ("%sHISTORY=%u: %s", history->script->str, history->seed, what);
}

/* --- the configuration --- */

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

static char *
config_text (History *history)
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

static void
random_manner_and_date (History *history, ExpectedConfig *config, OracleDate *ret_date)
{
  oracle_use_zone (config->zone);
  do
    oracle_random_milestone (history->year, ret_date, &config->manner);
  while (config->manner.n_leads == 0);
}

static void
random_config (History *history, int number, GPtrArray *zones)
{
  ExpectedConfig *config = expected_config (history->expected, number);

  *config = (ExpectedConfig){ .present = TRUE, .n_lines = 1, .met_at = ORACLE_NEVER, .cancelled_at = ORACLE_NEVER };
  config->zone = g_ptr_array_index (zones, one_of ((int) zones->len));
  config->lines[0].base = -1;
  config->lines[0].since = G_MININT64;
  random_manner_and_date (history, config, &config->lines[0].date);
  if (number > 0 && one_of (3) == 0) { /* hangs on one before it */
    config->lines[0].base = one_of (number);
    config->lines[0].days = one_of (40) - 10;
  }
  while (config->n_lines < EXPECTED_LINES && one_of (3) == 0) {
    ExpectedStatement *line = &config->lines[config->n_lines];
    gint64 before = config->n_lines > 1 ? line[-1].since : oracle_day_of (history->year, 1, 1) * DAY;
    *line = (ExpectedStatement){ .since = before + 1 + one_of (150 * DAY), .base = -1 };
    oracle_random_date (history->year, &line->date);
    config->n_lines++;
  }
  if (one_of (8) == 0)
    config->met_at = (oracle_day_of (history->year, 1, 1) + one_of (365)) * DAY + one_of (DAY);
  else if (one_of (12) == 0)
    config->cancelled_at = (oracle_day_of (history->year, 1, 1) + one_of (365)) * DAY + one_of (DAY);
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

  return (int) (days / length) + one_of (3);
}

/* Some date of it, rather than the first, meets a change of the clock. */
static void
random_series (History *history, GPtrArray *zones)
{
  static const int steps[][2] = { { 1, 0 }, { 3, 0 }, { 0, 4 }, { 0, 7 }, { 0, 14 }, { 0, 10 } };
  ExpectedSeries *series = expected_series (history->expected);
  OracleDate *first = &series->first;
  const int *step = steps[one_of (G_N_ELEMENTS (steps))];
  OracleManner *manner = &series->manner;

  *series = (ExpectedSeries){ .present = TRUE, .months = step[0], .days = step[1] };
  series->zone = g_ptr_array_index (zones, one_of ((int) zones->len));
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

/* --- comparing --- */

static char *
describe_expected (History *history, const ExpectedAlert *alert)
{
  g_autofree char *name = expected_name (history->expected, alert->milestone);

  return g_strdup_printf ("%s %s %s %s nag %u due %" G_GINT64_FORMAT "%s", clock_text (alert->raised), name,
                          alert->kind, alert->lead, alert->nag, alert->earliest, alert->late ? " late" : "");
}

static char *
describe_raised (const TruceAlert *alert)
{
  return g_strdup_printf ("%s %s %s %s nag %u due %" G_GINT64_FORMAT "%s", clock_text (alert->raised / TRUCE_MINUTE),
                          alert->milestone, truce_alert_kind_to_text (alert->kind), alert->lead ? alert->lead : "",
                          alert->nag, alert->due / TRUCE_MINUTE, alert->late ? " late" : "");
}

static gboolean
is_of_a_date (const TruceAlert *alert)
{
  return truce_alert_counts_time (alert) || alert->kind == TRUCE_ALERT_CHANGED;
}

/* Every alert that was raised since the last time is one that was expected, and the other way round. */
static void
compare_raised (History *history)
{
  GPtrArray *raised = history->world->raised, *alerts = expected_alerts (history->expected);
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer words;

  for (guint i = history->n_expected; i < alerts->len; i++)
    if (!g_hash_table_insert (waiting, describe_expected (history, alerts->pdata[i]), alerts->pdata[i]))
      fail (history, "the oracle is in doubt");
  for (guint i = history->n_raised; i < raised->len; i++) {
    const TruceAlert *alert = raised->pdata[i];
    g_autofree char *words_raised = is_of_a_date (alert) ? describe_raised (alert) : NULL;
    ExpectedAlert *expected = words_raised ? g_hash_table_lookup (waiting, words_raised) : NULL;
    for (guint j = 0; j < i; j++)
      if (strcmp (((TruceAlert *) raised->pdata[j])->id, alert->id) == 0)
        fail (history, "raised twice: %s", alert->title);
    if (!words_raised)
      continue;
    if (!expected)
      fail (history, "raised, and nobody expects it: %s", words_raised);
    expected->id = g_strdup (alert->id);
    expected->silenced = alert->silenced;
    g_hash_table_remove (waiting, words_raised);
  }
  g_hash_table_iter_init (&iter, waiting);
  if (g_hash_table_iter_next (&iter, &words, NULL))
    fail (history, "expected, and not raised: %s", (char *) words);
  history->n_raised = raised->len;
  history->n_expected = alerts->len;
}

static ExpectedAlert *
find_expected (History *history, const char *id)
{
  GPtrArray *alerts = expected_alerts (history->expected);

  for (guint i = 0; i < alerts->len; i++) {
    ExpectedAlert *alert = alerts->pdata[i];
    if (g_strcmp0 (alert->id, id) == 0)
      return alert;
  }
  return NULL;
}

static void
count_told (History *history, guint sink, const char *id)
{
  GPtrArray *raised = history->world->raised;
  ExpectedAlert *expected = find_expected (history, id);

  if (expected)
    expected->n_told[sink]++;
  for (guint i = 0; i < raised->len && !expected; i++) {
    const TruceAlert *digest = raised->pdata[i];
    if (strcmp (digest->id, id) != 0 || !digest->alerts)
      continue;
    for (guint j = 0; j < digest->alerts->len; j++)
      count_told (history, sink, ((TruceAlertBrief *) digest->alerts->pdata[j])->id);
  }
}

/* Within a digest that is of more than it names. */
static guint
count_unnamed (History *history, const char *sink, const char *id)
{
  const TruceStorePort *store = &history->world->store_port;
  g_autoptr (GPtrArray) records = store->deliveries (store->self, id);
  GPtrArray *raised = history->world->raised;
  guint count = 0;

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = records->pdata[i];
    for (guint j = 0; j < raised->len && strcmp (record->sink, sink) == 0 && record->error; j++) {
      const TruceAlert *digest = raised->pdata[j];
      g_autofree char *begin = g_strndup (digest->id, 8);
      g_autofree char *told = g_strconcat (sink, " ", digest->id, NULL);
      if (digest->alerts && digest->count > digest->alerts->len && strstr (record->error, begin) &&
          g_ptr_array_find_with_equal_func (history->world->delivered, told, g_str_equal, NULL))
        count++;
    }
  }
  return count;
}

/* Was it tried in vain until it was too old to be told? */
static gboolean
has_expired (History *history, const char *sink, const TruceAlert *alert)
{
  const TruceStorePort *store = &history->world->store_port;
  g_autoptr (GPtrArray) records = store->deliveries (store->self, alert->id);

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = records->pdata[i];
    if (strcmp (record->sink, sink) == 0 && !record->delivered && g_str_has_prefix (record->error, "given up: ") &&
        record->at - alert->raised > TRUCE_OUTBOX_EXPIRY)
      return TRUE;
  }
  return FALSE;
}

/* By itself or within a digest. */
static gboolean
is_given_up (History *history, const char *sink, const char *id)
{
  GPtrArray *raised = history->world->raised;

  for (guint i = 0; i < raised->len; i++) {
    const TruceAlert *alert = raised->pdata[i];
    gboolean tells = strcmp (alert->id, id) == 0;
    for (guint j = 0; alert->alerts && j < alert->alerts->len && !tells; j++)
      tells = strcmp (((TruceAlertBrief *) alert->alerts->pdata[j])->id, id) == 0;
    if (tells && has_expired (history, sink, alert))
      return TRUE;
  }
  return FALSE;
}

/* By itself or within a digest. */
static void
count_delivered (History *history)
{
  GPtrArray *delivered = history->world->delivered;

  for (; history->n_delivered < delivered->len; history->n_delivered++) {
    const char *entry = delivered->pdata[history->n_delivered];
    for (guint i = 0; i < G_N_ELEMENTS (sinks); i++)
      if (g_str_has_prefix (entry, sinks[i]))
        count_told (history, i, entry + strlen (sinks[i]) + 1);
  }
}

static void
check_told (History *history)
{
  GPtrArray *alerts = expected_alerts (history->expected);

  for (guint i = 0; i < alerts->len; i++) {
    const ExpectedAlert *alert = alerts->pdata[i];
    /* Who has answered, or asked to be told later, need not be told what holds no more. */
    gboolean put_off = alert->n_snoozes > 0 || history->quiet;
    gboolean waits = alert->raised > now_of (history) - DAY; /* for the morning */
    guint least = waits || alert->acknowledged || alert->silenced || (alert->outdated && put_off) ? 0 : 1;
    guint most = alert->silenced ? 0 : 1 + alert->n_snoozes;
    for (guint j = 0; j < G_N_ELEMENTS (sinks); j++) {
      guint n_told = alert->n_told[j];
      if (n_told < least)
        n_told += count_unnamed (history, sinks[j], alert->id);
      g_autofree char *words = describe_expected (history, alert);
      if ((n_told < least && !is_given_up (history, sinks[j], alert->id)) || n_told > most)
        fail (history, "%s told %s %u times", sinks[j], words, n_told);
    }
  }
}

/* --- what happens --- */

static void
look (History *history)
{
  history->latest_now = MAX (history->latest_now, now_of (history));
  compare_raised (history);
  count_delivered (history);
}

static void
wake (History *history)
{
  truce_engine_wake (history->world->engine);
  expected_wake (history->expected, now_of (history));
  look (history);
}

/* As often as not to where something is owed, or just before or after it. */
static gint64
random_length (History *history, gint64 most)
{
  gint64 next = expected_next (history->expected, now_of (history)), length = 1 + one_of ((int) most);

  if (next != ORACLE_NEVER && one_of (2))
    length = next - now_of (history) + one_of (3) - 1;
  return CLAMP (length, 0, most);
}

static void
pass_time (History *history)
{
  gboolean full = history->world->store_is_full; /* then it tries again every minute */
  gint64 from = now_of (history), upto = from + random_length (history, full || one_of (3) ? 3 * DAY : 25 * DAY);
  char text[TRUCE_TIME_TEXT_SIZE];

  note (history, "awake until %s", clock_text (upto));
  world_run_until (history->world, truce_time_to_text (upto * TRUCE_MINUTE, text));
  expected_run (history->expected, from, upto);
  look (history);
}

static void
sleep_on (History *history)
{
  gint64 length = random_length (history, one_of (3) ? 4 * DAY : 20 * DAY);

  note (history, "asleep, stopped, or set ahead by %d min", (int) length);
  history->world->now += length * TRUCE_MINUTE;
  wake (history);
}

static void
set_back (History *history)
{
  gint64 most = BACK_MOST - (history->latest_now - now_of (history)), by;

  if (most <= 0)
    return;
  by = 1 + one_of ((int) most);
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
  g_autofree char *text = config_text (history);

  note (history, "reloaded:\n%s", text);
  world_reload (history->world, text);
  expected_wake (history->expected, now_of (history));
  look (history);
}

/* Another date, other leads or another time of day; or it is taken out, or put back; or it has not been met at all. */
static void
edit (History *history)
{
  ExpectedConfig *config = expected_config (history->expected, one_of (EXPECTED_MILESTONES));
  OracleDate date;

  switch (one_of (5)) {
  case 0:
    oracle_use_zone (config->zone);
    oracle_random_date (history->year, &config->lines[config->n_lines - 1].date);
    config->lines[config->n_lines - 1].base = -1;
    break;
  case 1:
    random_manner_and_date (history, config, &date);
    break;
  case 2:
    config->manner.remind_at = one_of (DAY);
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
    config->met_at = config->met_at == ORACLE_NEVER ? now_of (history) - one_of (3 * DAY) : ORACLE_NEVER;
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
  int number = one_of (EXPECTED_MILESTONES);

  if (history->world->store_is_full || !expected_config (history->expected, number)->present ||
      expected_has_ended (history->expected, number, now_of (history)))
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
  ExpectedAmendment amendment = { EXPECTED_DUE, now_of (history),
                                  .statement = { .since = now_of (history), .base = -1 } };
  expected_date_at (history->expected, number, now_of (history), &in_force, &zone);
  gint64 earliest = oracle_earliest (&in_force), latest = oracle_latest (&in_force);
  oracle_use_zone (expected_config (history->expected, number)->zone);
  oracle_random_date (history->year, &amendment.statement.date);
  if (oracle_earliest (&amendment.statement.date) == earliest && oracle_latest (&amendment.statement.date) == latest)
    return;
  amendment.over = *expected_line_at (history->expected, number, now_of (history));
  g_autofree char *text = oracle_date_to_text (&amendment.statement.date);
  note (history, "m%d is due %s", number, text);
  json_t *changes = truce_engine_set_due (history->world->engine, id, text, "heard so", &somebody, &error);
  if (!changes)
    fail (history, "refused: %s", error->message);
  json_decref (changes);
  remember (history, number, &amendment);
  expected_wake (history->expected, now_of (history));
  look (history);
}

static void
say_ended (History *history)
{
  int number = open_milestone (history);
  g_autofree char *id = g_strdup_printf ("m%d", number);
  ExpectedAmendment amendment = { EXPECTED_ENDED, now_of (history), .statement = { .base = -1 } };

  if (number < 0)
    return;
  note (history, "m%d is met", number);
  g_assert_true (truce_engine_end (
      history->world->engine, id, one_of (2) ? TRUCE_AMENDMENT_MET : TRUCE_AMENDMENT_CANCELLED, NULL, &somebody, NULL));
  remember (history, number, &amendment);
  expected_wake (history->expected, now_of (history));
  look (history);
}

static void
undo (History *history)
{
  int number = one_of (EXPECTED_MILESTONES);
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
  expected_wake (history->expected, now_of (history));
  look (history);
}

static void
answer (History *history)
{
  GPtrArray *alerts = expected_alerts (history->expected);
  ExpectedAlert *alert = alerts->len ? alerts->pdata[one_of ((int) alerts->len)] : NULL;
  gint64 length = 1 + one_of (2 * DAY);
  g_autoptr (GError) error = NULL;

  if (!alert || alert->acknowledged || history->world->store_is_full)
    return;
  g_autofree char *name = expected_name (history->expected, alert->milestone);
  if (one_of (2)) {
    note (history, "acknowledged %s %s %s", name, alert->kind, alert->lead);
    if (!truce_engine_acknowledge (history->world->engine, alert->id, &somebody, &error))
      fail (history, "not acknowledged: %s", error->message);
    alert->acknowledged = TRUE;
    return;
  }
  note (history, "%s %s %s put off by %d min", name, alert->kind, alert->lead, (int) length);
  alert->n_snoozes++;
  alert->snoozed = now_of (history) + length;
  g_assert_true (truce_engine_snooze (history->world->engine, alert->id, length * TRUCE_MINUTE, &somebody, NULL));
  expected_wake (history->expected, now_of (history));
  look (history);
}

static void
break_sink (History *history)
{
  GHashTable *dead = history->world->dead_sinks;
  const char *sink = sinks[one_of (G_N_ELEMENTS (sinks))];

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

  return one_of (60) ? events[one_of (G_N_ELEMENTS (events))] : fill_disk;
}

static void
end (History *history)
{
  gint64 upto;
  char text[TRUCE_TIME_TEXT_SIZE];

  g_hash_table_remove_all (history->world->dead_sinks);
  if (history->world->store_is_full)
    fill_disk (history);
  upto = MAX (now_of (history), history->latest_now) + 4 * DAY;
  note (history, "the end");
  gint64 from = now_of (history);
  world_run_until (history->world, truce_time_to_text (upto * TRUCE_MINUTE, text));
  expected_run (history->expected, from, upto);
  look (history);
  check_told (history);
}

static void
run_history (guint32 seed, GPtrArray *zones)
{
  History history = { .seed = seed, .script = g_string_new (NULL), .latest_said = G_MININT64 };
  char start[TRUCE_TIME_TEXT_SIZE];

  oracle_seed (seed);
  history.year = 2008 + one_of (40);
  history.grace = (2 + one_of (8)) * DAY;
  history.quiet = one_of (3) ? NULL : "22:00-07:00";
  gint64 now = (oracle_day_of (history.year, 1, 1) - one_of (60)) * DAY + one_of (DAY);
  history.expected = expected_new (history.grace, now + HORIZON);
  for (int i = 0; i < EXPECTED_MILESTONES; i++)
    random_config (&history, i, zones);
  if (one_of (2))
    random_series (&history, zones);
  g_autofree char *text = config_text (&history);
  g_string_append (history.script, text);
  history.world = world_new (text, truce_time_to_text (now * TRUCE_MINUTE, start));
  history_store_begin (history.world);
  wake (&history);
  for (guint i = 0; i < EVENTS && now_of (&history) < now + HORIZON - 60 * DAY; i++)
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
