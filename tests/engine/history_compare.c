/* SPDX-License-Identifier: MIT */
/* What truced raises and delivers in a random history, and what it is to be. */
#include <string.h>

#include "history.h"

const char *const history_sinks[HISTORY_SINKS] = { "stdout", "log" };

gint64
history_now (const History *history)
{
  return history->world->now / TRUCE_MINUTE;
}

const char *
history_clock_text (gint64 at)
{
  static char texts[2][TRUCE_TIME_TEXT_SIZE]; /* two in a sentence */
  static guint turn;

  return truce_time_to_text (at * TRUCE_MINUTE, texts[++turn % 2]);
}

void
history_fail (History *history, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_error ("%sHISTORY=%u: %s", history->script->str, history->seed, what);
}

/* --- alerts --- */

static char *
describe_expected (History *history, const ExpectedAlert *alert)
{
  g_autofree char *name = expected_name (history->expected, alert->milestone);

  return g_strdup_printf ("%s %s %s %s nag %u due %" G_GINT64_FORMAT "%s", history_clock_text (alert->raised), name,
                          alert->kind, alert->lead, alert->nag, alert->earliest, alert->late ? " late" : "");
}

static char *
describe_raised (const TruceAlert *alert)
{
  return g_strdup_printf ("%s %s %s %s nag %u due %" G_GINT64_FORMAT "%s",
                          history_clock_text (alert->raised / TRUCE_MINUTE), alert->milestone,
                          truce_alert_kind_to_text (alert->kind), alert->lead ? alert->lead : "", alert->nag,
                          alert->due / TRUCE_MINUTE, alert->late ? " late" : "");
}

static gboolean
is_of_a_date (const TruceAlert *alert)
{
  return truce_alert_counts_time (alert) || alert->kind == TRUCE_ALERT_CHANGED;
}

void
history_compare_raised (History *history)
{
  GPtrArray *raised = history->world->raised, *alerts = expected_alerts (history->expected);
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer words;

  for (guint i = history->n_expected; i < alerts->len; i++)
    if (!g_hash_table_insert (waiting, describe_expected (history, alerts->pdata[i]), alerts->pdata[i]))
      history_fail (history, "the oracle is in doubt");
  for (guint i = history->n_raised; i < raised->len; i++) {
    const TruceAlert *alert = raised->pdata[i];
    g_autofree char *words_raised = is_of_a_date (alert) ? describe_raised (alert) : NULL;
    ExpectedAlert *expected = words_raised ? g_hash_table_lookup (waiting, words_raised) : NULL;
    for (guint j = 0; j < i; j++)
      if (strcmp (((TruceAlert *) raised->pdata[j])->id, alert->id) == 0)
        history_fail (history, "raised twice: %s", alert->title);
    if (!words_raised)
      continue;
    if (!expected)
      history_fail (history, "raised, and nobody expects it: %s", words_raised);
    expected->id = g_strdup (alert->id);
    expected->silenced = alert->silenced;
    g_hash_table_remove (waiting, words_raised);
  }
  g_hash_table_iter_init (&iter, waiting);
  if (g_hash_table_iter_next (&iter, &words, NULL))
    history_fail (history, "expected, and not raised: %s", (char *) words);
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

/* What was put off until then has been told again: that is over, also for a clock that is set back to before it. */
static void
end_snooze (History *history, const char *id)
{
  ExpectedAlert *expected = find_expected (history, id);

  if (expected)
    expected->snoozed = ORACLE_NEVER;
}

void
history_count_delivered (History *history)
{
  GPtrArray *delivered = history->world->delivered;

  for (; history->n_delivered < delivered->len; history->n_delivered++) {
    const char *entry = delivered->pdata[history->n_delivered];
    for (guint i = 0; i < G_N_ELEMENTS (history_sinks); i++) {
      if (!g_str_has_prefix (entry, history_sinks[i]))
        continue;
      count_told (history, i, entry + strlen (history_sinks[i]) + 1);
      end_snooze (history, entry + strlen (history_sinks[i]) + 1);
    }
  }
}

void
history_check_told (History *history)
{
  GPtrArray *alerts = expected_alerts (history->expected);

  for (guint i = 0; i < alerts->len; i++) {
    const ExpectedAlert *alert = alerts->pdata[i];
    /* Who has answered, or asked to be told later, need not be told what holds no more. */
    gboolean put_off = alert->n_snoozes > 0 || history->quiet;
    gboolean waits = alert->raised > history_now (history) - DAY; /* for the morning */
    guint least = waits || alert->acknowledged || alert->silenced || (alert->outdated && put_off) ? 0 : 1;
    guint most = alert->silenced ? 0 : 1 + alert->n_snoozes;
    for (guint j = 0; j < G_N_ELEMENTS (history_sinks); j++) {
      guint n_told = alert->n_told[j];
      if (n_told < least)
        n_told += count_unnamed (history, history_sinks[j], alert->id);
      g_autofree char *words = describe_expected (history, alert);
      if ((n_told < least && !is_given_up (history, history_sinks[j], alert->id)) || n_told > most)
        history_fail (history, "%s told %s %u times", history_sinks[j], words, n_told);
    }
  }
}
