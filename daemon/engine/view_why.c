/* SPDX-License-Identifier: MIT */
/* Why an alert was raised, and what has become of it: rule, words, story, decision, deliveries. */
#include "engine/view_why.h"

#include <string.h>

#include "engine/moves.h"
#include "engine/unsaved_private.h"
#include "engine/view.h"
#include "engine/view_private.h"

#define BUDGET "budget"              /* the reason of what waits for it */
#define TRUCE_WAITING_SCAN_MAX 10000 /* rows of one sink looked through for those of an alert */

static char *
digest_rule (TruceEngine *engine, const TruceAlert *alert)
{
  if (g_strcmp0 (alert->why, "quiet") == 0)
    return g_strdup ("quiet: what is not critical waits until the quiet hours end, and comes as one");
  if (g_strcmp0 (alert->why, "late") == 0)
    return g_strdup ("late alerts of several milestones come as one");
  if (g_strcmp0 (alert->why, "budget") == 0)
    return truce_budget_rule (engine, alert);
  if (g_strcmp0 (alert->why, TRUCE_DIGEST_DAILY_WORD) == 0)
    return g_strdup ("digest: a sink that has one is told once a day of what is not critical");
  return g_strdup ("what waited and is due together comes as one");
}

/* The configured line that an alert goes back to. */
static char *
rule_of (TruceEngine *engine, const TruceAlert *alert)
{
  g_autofree char *rule = NULL;

  switch (alert->kind) {
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
    return g_strdup_printf ("[milestone %s] lead = %s", alert->milestone, alert->lead ? alert->lead : "0");
  case TRUCE_ALERT_PASSED:
    if (alert->nag)
      return g_strdup_printf ("[milestone %s] nag: repetition %u", alert->milestone, alert->nag);
    return g_strdup_printf ("[milestone %s]: the end of an imprecise date", alert->milestone);
  case TRUCE_ALERT_CHANGED:
    if (g_strcmp0 (alert->by, TRUCE_ON_MOVE) == 0)
      return g_strdup_printf ("[milestone %s] on-move: a move that the news tells was accepted without asking",
                              alert->milestone);
    if (alert->by)
      return g_strdup_printf ("told whenever a date is changed: that of %s was, by %s", alert->milestone, alert->by);
    return g_strdup_printf ("[milestone %s]: the date differs from the one last seen", alert->milestone);
  case TRUCE_ALERT_MOVE:
    rule = truce_why_query (engine, alert);
    return g_strdup_printf ("the news says that the date is another (truced-moves(7)); %s", rule);
  case TRUCE_ALERT_NEWS:
    rule = truce_why_query (engine, alert);
    if (alert->corrects)
      return g_strdup_printf ("the headline of alert %.8s has changed since; %s", alert->corrects, rule);
    return g_steal_pointer (&rule);
  case TRUCE_ALERT_FEED:
    return g_strdup_printf ("[feed %s]: told once each time that it fails, falls silent, moves or is back",
                            alert->feed);
  case TRUCE_ALERT_SILENT:
    return g_strdup_printf ("[milestone %s] silent-after: its date is near and nothing is heard of it",
                            alert->milestone);
  case TRUCE_ALERT_DIGEST:
    return digest_rule (engine, alert);
  case TRUCE_ALERT_PROBLEM:
    return g_strdup ("trouble of truced's own");
  case TRUCE_ALERT_TEST:
    break;
  }
  return g_strdup ("trucectl test-alert");
}

static void
add_deliveries (const GPtrArray *records, json_t *array)
{
  for (guint i = 0; records && i < records->len; i++) {
    const TruceDeliveryRecord *delivery = g_ptr_array_index (records, i);
    json_t *record = json_object ();
    truce_json_set_text (record, "sink", delivery->sink);
    truce_json_set_time (record, "at", delivery->at);
    truce_json_set_boolean (record, "delivered", delivery->delivered);
    truce_json_set_text (record, "error", delivery->error);
    json_array_append_new (array, record);
  }
}

static json_t *
deliveries_to_json (TruceEngine *engine, const char *id)
{
  g_autoptr (GPtrArray) records = engine->ports.store.deliveries (engine->ports.store.self, id);
  json_t *array = json_array ();

  add_deliveries (records, array);
  add_deliveries (truce_unsaved_deliveries (engine, id), array);
  return array;
}

/* --- why it has not been told --- */

static const char *
not_taken_reason (TruceEngine *engine, const TruceSink *sink, const TruceOutboxEntry *entry)
{
  const char *at = truce_outbox_is_at (engine, sink->id);

  if (at)
    return strcmp (at, entry->alert) == 0 ? "under way" : "the sink is at another alert";
  if (truce_outbox_opens (engine, sink->id) > truce_engine_now (engine))
    return "the sink has failed at another alert, and is tried again";
  return "not taken yet";
}

static const char *
waiting_reason (TruceEngine *engine, const TruceSink *sink, const TruceOutboxEntry *entry,
                const TruceStoredAlert *stored)
{
  if (entry->attempts > 0)
    return "the sink has failed and is tried again";
  if (stored->snoozed != TRUCE_TIME_NONE)
    return "snoozed";
  if (!truce_calm_put_off (entry, stored))
    return not_taken_reason (engine, sink, entry);
  if (sink->digest >= 0)
    return "daily summary";
  if (truce_quiet_end (&sink->quiet, truce_config_zone (engine->config), entry->next_try - 1) == entry->next_try)
    return "quiet hours";
  return stored->alert->kind == TRUCE_ALERT_NEWS ? BUDGET : "put off";
}

/* The sinks that it still goes to: until when it is held back, and by what. */
static json_t *
waiting_to_json (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  json_t *array = json_array ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    g_autoptr (GPtrArray) all = store->outbox_due (store->self, sink->id, TRUCE_TIME_MAX, TRUCE_WAITING_SCAN_MAX);
    for (guint j = 0; j < all->len; j++) {
      const TruceOutboxEntry *entry = g_ptr_array_index (all, j);
      if (strcmp (entry->alert, stored->alert->id) != 0)
        continue;
      json_t *record = json_object ();
      truce_json_set_text (record, "sink", sink->id);
      TruceTime until = MAX (entry->next_try, truce_outbox_opens (engine, sink->id));
      if (until > now)
        truce_json_set_time (record, "until", until);
      const char *reason = waiting_reason (engine, sink, entry, stored);
      truce_json_set_text (record, "reason", reason);
      if (strcmp (reason, BUDGET) == 0)
        truce_budget_to_json (engine, sink, stored->alert, now, record);
      json_array_append_new (array, record);
    }
  }
  truce_unsaved_add_waiting (engine, stored->alert->id, array);
  return array;
}

/* Until when it is silenced, where that is why no sink has got it; NONE when it is not, or no longer. */
static TruceTime
silence_of (TruceEngine *engine, const TruceAlert *alert)
{
  const TruceMilestone *milestone =
      alert->silenced && alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;

  return milestone && milestone->silenced > alert->raised ? milestone->silenced : TRUCE_TIME_NONE;
}

/* --- the decision --- */

static void add (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* One sentence more. */
static void
add (GString *text, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (text->len > 0)
    g_string_append (text, "; ");
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

/* Which leads fell due when; of several that were late together, one was told. */
static void
add_firings (TruceEngine *engine, const TruceAlert *alert, GString *text)
{
  g_autoptr (GPtrArray) firings = NULL;

  if (!alert->milestone || !alert->has_due)
    return;
  firings = engine->ports.store.firings_of (engine->ports.store.self, alert->milestone, alert->revision);
  for (guint i = 0; i < firings->len; i++) {
    const TruceStoredFiring *firing = g_ptr_array_index (firings, i);
    char at[TRUCE_TIME_TEXT_SIZE];
    if (g_strcmp0 (firing->alert, alert->id) == 0)
      add (text, "%s fell due %s", strcmp (firing->key, "0") == 0 ? "the date" : firing->key,
           truce_time_to_text (firing->at, at));
  }
}

static void
add_raised (const TruceAlert *alert, GString *text)
{
  char raised[TRUCE_TIME_TEXT_SIZE];

  truce_time_to_text (alert->raised, raised);
  if (alert->has_due)
    add (text, "raised %s%s, for revision %u of its date", raised,
         alert->late ? ", late: truced was not running or the clock was set" : "", alert->revision);
  else
    add (text, "raised %s", raised);
}

/* What kept it from sinks. */
static void
add_held_back (const json_t *why, GString *text)
{
  const json_t *entry;
  size_t i;

  json_array_foreach (json_object_get (why, "waiting"), i, entry) {
    const char *until = truce_json_get_text (entry, "until");
    if (until && !json_object_get (entry, "budget")) /* its record, below, says more */
      add (text, "held back from %s until %s: %s", truce_json_get_text (entry, "sink"), until,
           truce_json_get_text (entry, "reason"));
  }
  json_array_foreach (json_object_get (why, "deliveries"), i, entry) {
    const char *error = truce_json_get_text (entry, "error");
    if (error && g_str_has_prefix (error, TRUCE_TOLD_WITHIN))
      add (text, "%s was told of it within the digest %s", truce_json_get_text (entry, "sink"),
           error + strlen (TRUCE_TOLD_WITHIN));
    else if (error && g_str_has_prefix (error, TRUCE_HELD_BACK))
      add (text, "held back from %s until %s", truce_json_get_text (entry, "sink"), error + strlen (TRUCE_HELD_BACK));
  }
}

static void
add_silence (TruceEngine *engine, const TruceAlert *alert, GString *text)
{
  TruceTime until = silence_of (engine, alert);
  char words[TRUCE_TIME_TEXT_SIZE];
  g_auto (GStrv) sinks = alert->silenced ? NULL : truce_engine_sinks_for (engine, alert);

  if (alert->silenced)
    add (text, "told to no sink: its milestone was silenced%s%s", until == TRUCE_TIME_NONE ? "" : " until ",
         until == TRUCE_TIME_NONE ? "" : truce_time_to_text (until, words));
  else if (!sinks[0])
    add (text, "told to no sink: none takes alerts like it");
}

/* What it was found to say of the date. */
static void
add_reading (const TruceAlert *alert, GString *text)
{
  if (alert->no_move)
    add (text, "no move of the date: %s", alert->no_move);
  else if (alert->move)
    add (text, "of the date it says: %s, %s (%.8s in trucectl moves --all)", alert->move->label, alert->move->status,
         alert->move->id);
}

/* Its instants are in RFC 3339: whoever shows it puts them in the reader's zone. (transfer full) */
static char *
decision_of (TruceEngine *engine, const TruceAlert *alert, const json_t *why)
{
  GString *text = g_string_new (NULL);

  add_firings (engine, alert, text);
  add_raised (alert, text);
  if (alert->kind == TRUCE_ALERT_NEWS) {
    g_autofree char *story = truce_why_story_words (engine, alert);
    add (text, "%s", story);
    add_reading (alert, text);
  }
  if (alert->kind == TRUCE_ALERT_DIGEST)
    add (text, "it stands for %u alerts", alert->count);
  if (truce_unsaved_has (engine, alert->id))
    add (text, "it is kept in memory, since the state cannot be written");
  add_silence (engine, alert, text);
  add_held_back (why, text);
  return g_string_free (text, FALSE);
}

json_t *
truce_view_why (TruceEngine *engine, const char *alert, GError **error)
{
  TruceStoredAlert *stored = truce_engine_find_alert (engine, alert, error);
  json_t *record;

  if (!stored)
    return NULL;
  const TruceAlert *told = stored->alert;
  g_autofree char *rule = rule_of (engine, told), *decision = NULL;
  record = json_object ();
  truce_json_set_steal (record, "alert", truce_view_stored_alert (engine, stored, truce_engine_now (engine)));
  truce_json_set_text (record, "rule", rule);
  if (told->kind == TRUCE_ALERT_NEWS)
    truce_why_add_news (engine, told, record);
  truce_json_set_strv (record, "matched", (const char *const *) told->matched);
  truce_json_set_steal (record, "evidence", json_incref (json_object_get (json_object_get (record, "alert"), "items")));
  truce_json_set_steal (record, "deliveries", deliveries_to_json (engine, told->id));
  truce_json_set_steal (record, "waiting", waiting_to_json (engine, stored, truce_engine_now (engine)));
  truce_json_set_time (record, "silenced", silence_of (engine, told));
  decision = decision_of (engine, told, record);
  truce_json_set_text (record, "decision", decision);
  truce_stored_alert_free (stored);
  return record;
}
