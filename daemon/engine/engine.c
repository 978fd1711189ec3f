/* SPDX-License-Identifier: MIT */
#include "engine/engine.h"

#include <string.h>

#include "engine/moves_private.h"
#include "engine/unsaved_private.h"

#define EXPIRE_EVERY TRUCE_DAY              /* retention is counted in months */
#define ANNOUNCED_AT_ONCE 100               /* alerts: some milliseconds */
#define STEP_SHARE (10 * TRUCE_MILLISECOND) /* who asks truced something meanwhile waits: 50 ms is the most */
#define SLEPT (1 * TRUCE_MINUTE)            /* later than armed for: the machine or truced was not running */

TruceEngine *
truce_engine_new (TruceConfig *config, const TrucePorts *ports, const TruceEngineOptions *options)
{
  TruceEngine *engine = g_new0 (TruceEngine, 1);

  engine->ports = *ports;
  engine->options = *options;
  engine->last_now = TRUCE_TIME_MIN;
  engine->armed = TRUCE_TIME_MIN;
  engine->next_expiry = engine->next_hour = TRUCE_TIME_MIN;
  truce_glance_note_change (engine);
  truce_unsaved_init (engine);
  truce_together_init (engine);
  truce_hold_init (engine);
  truce_stories_init (engine);
  truce_calendars_init (engine);
  truce_amend_init (engine, config);
  truce_deadlines_init (engine);
  truce_outbox_init (engine);
  truce_outbox_begin (engine);
  truce_moves_init (engine);
  truce_polls_init (engine);
  truce_silence_init (engine);
  truce_polls_adopt (engine);
  return engine;
}

/* What is to be said of an alert that is stored. */
typedef struct {
  TruceAlert *alert;
  void (*tell) (gpointer self, const TruceAlert *alert); /* of the sink port; NULL: nobody wants to know */
} Word;

static void
word_free (gpointer data)
{
  Word *word = data;

  truce_alert_unref (word->alert);
  g_free (word);
}

void
truce_engine_free (TruceEngine *engine)
{
  if (!engine)
    return;
  g_queue_clear_full (&engine->words, word_free);
  truce_together_clear (engine);
  truce_unsaved_last_try (engine);
  truce_polls_clear (engine);
  truce_silence_clear (engine);
  truce_deadlines_clear (engine);
  truce_outbox_clear (engine);
  truce_hold_clear (engine);
  truce_unsaved_clear (engine);
  truce_amend_clear (engine);
  truce_calendars_clear (engine);
  truce_stories_clear (engine);
  truce_moves_clear (engine);
  g_free (engine);
}

TruceConfig *
truce_engine_config (TruceEngine *engine)
{
  return engine->config;
}

TruceTime
truce_engine_now (TruceEngine *engine)
{
  return engine->ports.clock.now (engine->ports.clock.self);
}

void
truce_engine_changed (TruceEngine *engine, const char *what)
{
  if (strcmp (what, "milestones") == 0 || strcmp (what, "config") == 0)
    truce_glance_note_change (engine);
  if (engine->ports.sink.changed)
    engine->ports.sink.changed (engine->ports.sink.self, what);
}

/* What a digest tells of is judged whole, where the store knows it. */
static gboolean
takes_brief (TruceEngine *engine, const TruceSink *sink, const TruceAlertBrief *brief)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, brief->id, NULL);
  gboolean takes = stored ? truce_sink_takes (engine->config, sink, stored->alert)
                          : truce_sink_takes_brief (engine->config, sink, brief);

  truce_stored_alert_free (stored);
  return takes;
}

gboolean
truce_engine_takes (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert)
{
  if (alert->kind != TRUCE_ALERT_DIGEST)
    return truce_sink_takes (engine->config, sink, alert);
  for (guint i = 0; alert->alerts && i < alert->alerts->len; i++)
    if (takes_brief (engine, sink, g_ptr_array_index (alert->alerts, i)))
      return TRUE;
  return FALSE;
}

/* By a clock that is set meanwhile: yes. */
static gboolean
is_long_since (TruceEngine *engine, TruceTime then)
{
  TruceTime spent = truce_engine_now (engine) - then;

  return spent < 0 || spent >= STEP_SHARE;
}

gboolean
truce_engine_has_time (TruceEngine *engine)
{
  return !is_long_since (engine, engine->last_now);
}

char **
truce_engine_sinks_for (TruceEngine *engine, const TruceAlert *alert)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    if (truce_engine_takes (engine, sink, alert))
      g_strv_builder_add (ids, sink->id);
  }
  return g_strv_builder_end (ids);
}

/* Is the milestone that it is about, and nothing else is, silenced? A change of its date is told all the same: whoever
 * wants to hear no more of a date must hear that it is another. */
static gboolean
is_silenced (TruceEngine *engine, const TruceAlert *alert)
{
  const TruceMilestone *milestone;

  switch (alert->kind) {
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
  case TRUCE_ALERT_PASSED:
  case TRUCE_ALERT_NEWS:
  case TRUCE_ALERT_SILENT:
    break;
  default:
    return FALSE;
  }
  milestone = alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;
  return milestone && !alert->watch && !alert->also && milestone->silenced != TRUCE_TIME_NONE &&
         alert->raised < milestone->silenced;
}

void
truce_engine_add_alert (TruceEngine *engine, TruceCommit *commit, TruceAlert *alert)
{
  g_auto (GStrv) sinks = NULL;

  alert->silenced = is_silenced (engine, alert);
  sinks = alert->silenced ? g_new0 (char *, 1) : truce_engine_sinks_for (engine, alert);
  truce_commit_add_alert (commit, alert, (const char *const *) sinks);
}

/* Announces those that wait for it, of very many some. FALSE: there are more. */
static gboolean
announce (TruceEngine *engine)
{
  if (g_queue_is_empty (&engine->words))
    return TRUE;
  for (guint i = 0; i < ANNOUNCED_AT_ONCE && !g_queue_is_empty (&engine->words); i++) {
    Word *word = g_queue_pop_head (&engine->words);
    if (word->tell)
      word->tell (engine->ports.sink.self, word->alert);
    word_free (word);
  }
  truce_engine_changed (engine, "alerts");
  return g_queue_is_empty (&engine->words);
}

/* In order, behind those that wait: what grows was raised before. */
static void
announce_all (TruceEngine *engine, const GPtrArray *alerts, void (*tell) (gpointer self, const TruceAlert *alert))
{
  gboolean others_wait = !g_queue_is_empty (&engine->words);

  for (guint i = 0; i < alerts->len; i++) {
    Word *word = g_new (Word, 1);
    *word = (Word){ truce_alert_ref (g_ptr_array_index (alerts, i)), tell };
    g_queue_push_tail (&engine->words, word);
  }
  if (!others_wait)
    announce (engine);
}

void
truce_engine_tell_as_one (TruceEngine *engine, TruceCommit *commit, GPtrArray *alerts, TruceDigestReason reason,
                          const char *subject)
{
  TruceAlert *digest = truce_alert_for_digest (alerts, reason, subject, NULL, commit->now);
  g_auto (GStrv) sinks = truce_engine_sinks_for (engine, digest);

  for (guint i = 0; i < commit->alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    char **own = g_ptr_array_index (commit->alert_sinks, i);
    if (!g_ptr_array_find (alerts, alert, NULL))
      continue;
    for (char **sink = own; *sink; sink++)
      if (g_strv_contains ((const char *const *) sinks, *sink))
        truce_commit_add_fold (commit, alert->id, *sink, digest);
  }
  truce_engine_add_alert (engine, commit, digest);
}

void
truce_engine_tell_raised (TruceEngine *engine, GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    engine->n_raised[((TruceAlert *) g_ptr_array_index (alerts, i))->kind]++;
  announce_all (engine, alerts, engine->ports.sink.raised);
}

void
truce_engine_tell_grown (TruceEngine *engine, const GPtrArray *alerts)
{
  announce_all (engine, alerts, engine->ports.sink.grown);
}

void
truce_engine_commit (TruceEngine *engine, TruceCommit *commit)
{
  g_autoptr (GPtrArray) fresh = NULL;
  g_autoptr (GError) error = NULL;

  truce_together_write (engine);
  /* In order: a commit may lean on one before it. */
  if (!g_queue_is_empty (&engine->unsaved)) {
    error = g_error_new_literal (TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "earlier changes wait to be written");
    truce_unsaved_keep (engine, commit, error);
    return;
  }
  if (!engine->ports.store.commit (engine->ports.store.self, commit, &fresh, &error)) {
    truce_unsaved_keep (engine, commit, error);
    return;
  }
  truce_engine_tell_raised (engine, fresh);
  truce_engine_tell_grown (engine, commit->grown);
  truce_commit_free (commit);
}

gboolean
truce_engine_try_commit (TruceEngine *engine, TruceCommit *commit)
{
  g_autoptr (TruceCommit) owned = commit;
  g_autoptr (GPtrArray) fresh = NULL;

  truce_together_write (engine);
  if (!g_queue_is_empty (&engine->unsaved) ||
      !engine->ports.store.commit (engine->ports.store.self, commit, &fresh, NULL))
    return FALSE;
  truce_engine_tell_raised (engine, fresh);
  return TRUE;
}

void
truce_engine_arm (TruceEngine *engine, TruceTime now)
{
  TruceTime next = truce_engine_holds (engine) ? truce_hold_next (engine)
                                               : MIN (truce_deadlines_next (engine), truce_silence_next (engine));

  next = MIN (next, truce_polls_next (engine, now));
  next = MIN (next, truce_outbox_next (engine, now));
  if (engine->wake_soon || !g_queue_is_empty (&engine->readings) || !g_queue_is_empty (&engine->words))
    next = MIN (next, now);
  next = MIN (next, engine->retry_unsaved);
  if (truce_config_wants_the_hour (engine->config))
    next = MIN (next, engine->next_hour);
  next = MIN (next, truce_together_next (engine));
  next = MIN (next, truce_glance_turn (engine, now));
  next = MIN (next, truce_unread_next (engine, now));
  engine->armed = next;
  engine->ports.clock.arm (engine->ports.clock.self, next);
}

/* The clock was ahead, and no wait that was reckoned by it may last until it gets there again. */
static void
set_back (TruceEngine *engine, TruceTime now)
{
  truce_amend_again (engine);
  truce_glance_note_change (engine);
  engine->look_back = TRUE;
  truce_polls_set_back (engine, now);
  truce_silence_reset (engine);
  truce_outbox_set_back (engine, now);
  if (engine->retry_unsaved != TRUCE_TIME_NONE)
    engine->retry_unsaved = now;
  if (engine->retry_unread != TRUCE_TIME_NONE)
    engine->retry_unread = now;
  engine->next_expiry = MIN (engine->next_expiry, now + EXPIRE_EVERY);
  engine->next_hour = MIN (engine->next_hour, now + TRUCE_HOUR);
}

/* In order: what was not written before, then deadlines, which matter most, then polls, which only start here, then the
 * outbox with all that has been raised; and one wake-up for whatever is owed next. */
static void
step (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  if (now < engine->last_now)
    set_back (engine, now);
  engine->last_now = now;
  engine->wake_soon = FALSE;
  truce_unsaved_retry (engine, now);
  truce_calendars_step (engine, now);
  if (!truce_hold_step (engine, now)) {
    truce_moves_step (engine, now);
    truce_deadlines_step (engine, now);
    truce_silence_step (engine, now);
  }
  if (engine->options.poll && !engine->options.once && engine->armed < now - SLEPT)
    truce_polls_spread (engine, SLEPT, now);
  if (engine->options.poll)
    truce_polls_step (engine, now);
  if (!engine->has_read)
    truce_poll_go_on (engine);
  engine->has_read = TRUE;
  truce_together_step (engine, now);
  if (announce (engine)) /* of what a sink has, people know that it was raised */
    truce_outbox_step (engine, now);
  truce_glance_step (engine, now);
  if (now >= engine->next_expiry && !truce_hold_doubts (engine) && !truce_engine_holds (engine)) {
    g_auto (GStrv) kept = truce_nagging_answers (engine, now);
    truce_nagging_look_again (engine); /* a store that could not be read for a moment must not count for ever */
    engine->ports.store.expire (engine->ports.store.self, now, (const char *const *) kept);
    truce_moves_expire (engine, now);
    engine->next_expiry = now + EXPIRE_EVERY;
  }
  if (now >= engine->next_hour && truce_config_wants_the_hour (engine->config)) {
    truce_engine_changed (engine, "time");
    engine->next_hour = now + TRUCE_HOUR;
  }
  truce_unread_step (engine, now);
}

/* A step may end a poll of a local file, which asks for a step: once more, rather than one inside the other. */
void
truce_engine_wake (TruceEngine *engine)
{
  engine->wake_again = TRUE;
  if (engine->waking)
    return;
  engine->waking = TRUE;
  engine->has_read = FALSE;
  while (engine->wake_again) {
    engine->wake_again = FALSE;
    step (engine);
  }
  engine->waking = FALSE;
  truce_engine_arm (engine, engine->last_now);
}

void
truce_engine_wake_after (TruceEngine *engine, TruceTime began)
{
  if (!is_long_since (engine, began)) {
    truce_engine_wake (engine);
    return;
  }
  engine->wake_soon = TRUE;
  if (!engine->waking) /* else it is armed in the end */
    truce_engine_arm (engine, engine->last_now);
}

void
truce_engine_adopt (TruceEngine *engine, TruceConfig *config)
{
  truce_together_write (engine); /* what a feed has at its new address is asked of the store */
  truce_amend_adopt (engine, config);
  truce_outbox_adopt (engine);
  truce_unsaved_try_now (engine);
  truce_engine_changed (engine, "config");
  truce_engine_wake (engine);
  engine->rules_changed = FALSE;
}

void
truce_engine_note_rules (TruceEngine *engine)
{
  engine->rules_changed = TRUE;
}

gboolean
truce_engine_busy (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  return engine->in_flight > 0 || truce_polls_owed (engine, now) || truce_outbox_in_flight (engine) ||
         !g_queue_is_empty (&engine->words) || truce_outbox_next (engine, now) <= now;
}

gboolean
truce_engine_delivers (TruceEngine *engine)
{
  return truce_outbox_in_flight (engine);
}

gboolean
truce_engine_owes (TruceEngine *engine)
{
  return truce_outbox_next (engine, truce_engine_now (engine)) != TRUCE_TIME_NONE;
}
