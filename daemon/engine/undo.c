/* SPDX-License-Identifier: MIT */
/* Taking back what was said: of a milestone by a mark on the amendment, of an alert by having it open again. */
#include <string.h>

#include "config/amended.h"
#include "engine/amend.h"
#include "engine/amend_private.h"
#include "engine/moves_private.h"
#include "engine/view.h"

/* Answers to alerts that are older are no slip of the hand any more; by the alert's own id they can still be taken
 * back. */
#define ANSWERS_SINCE (30 * TRUCE_DAY)
#define IDLE_NAMED_MAX 10u /* of many there is a list */
#define ALERT_ID_SHOWN 8   /* digits, as everywhere: they are enough to name it */

/* One thing that can be taken back; one of the two. */
typedef struct {
  TruceTime at;
  const TruceAmendment *amendment;
  TruceStoredAlert *answered; /* owned */
} Said;

static void
said_clear (gpointer data)
{
  truce_stored_alert_free (((Said *) data)->answered);
}

/* The latest first; of equals the amendment with the higher number. */
static int
compare_said (gconstpointer a, gconstpointer b)
{
  const Said *x = a, *y = b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  gint64 first = x->amendment ? x->amendment->number : 0, second = y->amendment ? y->amendment->number : 0;
  return (first < second) - (first > second);
}

static void
add_amendments (TruceEngine *engine, const char *milestone, GArray *said)
{
  for (guint i = engine->amendments->len; i > 0; i--) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i - 1);
    const Said one = { amendment->at, amendment, NULL };
    if (amendment->undone == TRUCE_TIME_NONE &&
        (!milestone || truce_milestone_id_is_of (amendment->milestone, milestone)))
      g_array_append_val (said, one);
  }
}

static gboolean
is_answered (const TruceStoredAlert *stored)
{
  return (stored->acknowledged != TRUCE_TIME_NONE && !truce_hold_withdrew (stored)) ||
         stored->snoozed != TRUCE_TIME_NONE;
}

/* What speaks of a date that has moved since has nothing to say, open or not. */
static void
add_answer (TruceEngine *engine, TruceStoredAlert *stored /* (transfer full) */, TruceTime now, GArray *said)
{
  gboolean acknowledged = stored->acknowledged != TRUCE_TIME_NONE;

  if (!is_answered (stored) || truce_alert_is_outdated (engine, stored->alert, now)) {
    truce_stored_alert_free (stored);
    return;
  }
  TruceTime at = acknowledged ? stored->acknowledged : stored->snoozed_at;
  const Said one = { at == TRUCE_TIME_NONE ? stored->alert->raised : at, NULL, stored };

  g_array_append_val (said, one);
}

static void
add_answers (TruceEngine *engine, TruceTime now, GArray *said)
{
  const TruceAlertFilter filter = { .since = now - ANSWERS_SINCE, .answered = TRUE };
  g_autoptr (GPtrArray) alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);

  g_ptr_array_set_free_func (alerts, NULL);
  for (guint i = 0; i < alerts->len; i++)
    add_answer (engine, g_ptr_array_index (alerts, i), now, said);
}

static gboolean
is_milestone (TruceEngine *engine, const char *id)
{
  for (guint i = 0; i < engine->amendments->len; i++)
    if (truce_milestone_id_is_of (((const TruceAmendment *) g_ptr_array_index (engine->amendments, i))->milestone, id))
      return TRUE; /* it may have left the configuration since */
  return truce_config_find_milestone (engine->config, id) != NULL;
}

/* FALSE: `what` is the id of nothing. */
static gboolean
add_answer_of (TruceEngine *engine, const char *what, TruceTime now, GArray *said, GError **error)
{
  g_autoptr (GError) reason = NULL;
  TruceStoredAlert *stored = truce_engine_find_alert (engine, what, &reason);

  if (!stored && !g_error_matches (reason, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID) &&
      !g_error_matches (reason, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
  }
  if (!stored) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND,
                 "\"%.64s\" is neither the id of a milestone nor that of an alert", what);
    return FALSE;
  }
  add_answer (engine, stored, now, said);
  return TRUE;
}

/* (element-type Said), the latest first; NULL and an error when `what` is the id of nothing. */
static GArray *
all_said (TruceEngine *engine, const char *what, TruceTime now, GError **error)
{
  g_autoptr (GArray) said = g_array_new (FALSE, FALSE, sizeof (Said));

  g_array_set_clear_func (said, said_clear);
  if (!what) {
    add_amendments (engine, NULL, said);
    add_answers (engine, now, said);
  } else if (is_milestone (engine, what)) {
    add_amendments (engine, what, said);
  } else if (!add_answer_of (engine, what, now, said, error)) {
    return NULL;
  }
  g_array_sort (said, compare_said);
  return g_steal_pointer (&said);
}

static json_t *
answer_record (const Said *said)
{
  const TruceStoredAlert *stored = said->answered;
  gboolean acknowledged = stored->acknowledged != TRUCE_TIME_NONE;
  json_t *record = json_object ();

  truce_json_set_text (record, "kind", acknowledged ? "acknowledged" : "snoozed");
  truce_json_set_text (record, "alert", stored->alert->id);
  truce_json_set_text (record, "title", stored->alert->title);
  truce_json_set_text (record, "milestone", stored->alert->milestone);
  truce_json_set_time (record, "at", said->at);
  truce_json_set_text (record, "by", acknowledged ? stored->acknowledged_by : stored->snoozed_by);
  truce_json_set_text (record, "via", stored->via);
  truce_json_set_time (record, "until", stored->snoozed);
  return record;
}

static json_t *
said_record (TruceEngine *engine, const Said *said)
{
  const TruceMilestone *milestone;
  json_t *record;

  if (said->answered)
    return answer_record (said);
  milestone = truce_config_find_milestone (engine->config, said->amendment->milestone);
  record = truce_amend_record (said->amendment);
  truce_json_set_text (record, "title", milestone ? milestone->title : NULL);
  if (!truce_config_has_said_of (engine->config, said->amendment))
    truce_json_set_boolean (record, "idle", TRUE);
  return record;
}

/* Is it of a time that is still to come? */
static gboolean
is_ahead (const TruceAmendment *amendment, TruceTime now)
{
  TruceTime end = amendment->kind == TRUCE_AMENDMENT_SILENCED ? amendment->until : amendment->latest;

  return end != TRUCE_TIME_NONE && end > now;
}

/* Was it met or cancelled, and is left out by its rule now? That comes to the same. */
static gboolean
is_left_out (TruceEngine *engine, const TruceAmendment *amendment)
{
  const char *mark = strchr (amendment->milestone, TRUCE_OCCURRENCE_MARK);
  g_autofree char *id = mark ? g_strndup (amendment->milestone, (gsize) (mark - amendment->milestone)) : NULL;
  const TruceMilestone *milestone = id ? truce_config_find_milestone (engine->config, id) : NULL;

  return truce_amendment_ends_one (amendment) && milestone && milestone->series;
}

static gboolean
is_idle (TruceEngine *engine, const TruceAmendment *amendment, TruceTime now)
{
  return amendment->undone == TRUCE_TIME_NONE && is_ahead (amendment, now) && !is_left_out (engine, amendment) &&
         !truce_config_has_said_of (engine->config, amendment);
}

char *
truce_view_idle (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);
  GString *lines = g_string_new (NULL);
  guint count = 0;

  for (guint i = 0; i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (!is_idle (engine, amendment, now) || count++ >= IDLE_NAMED_MAX)
      continue;
    g_string_append_printf (
        lines, "%s: no such date any more; what %s has said of it (%s%s%s) is kept, and holds again when it is back\n",
        amendment->milestone, amendment->by ? amendment->by : "somebody",
        truce_amendment_kind_to_text (amendment->kind), amendment->statement ? " " : "",
        amendment->statement ? amendment->statement : "");
  }
  if (count > IDLE_NAMED_MAX)
    g_string_append_printf (lines, "and %u more: trucectl undo --list\n", count - IDLE_NAMED_MAX);
  return g_string_free (lines, FALSE);
}

json_t *
truce_view_undoable (TruceEngine *engine, const char *what, GError **error)
{
  g_autoptr (GArray) said = all_said (engine, what, truce_engine_now (engine), error);
  json_t *array;

  if (!said)
    return NULL;
  array = json_array ();
  for (guint i = 0; i < said->len; i++)
    json_array_append_new (array, said_record (engine, &g_array_index (said, Said, i)));
  return array;
}

/* --- taking it back --- */

gboolean
truce_amend_is_undone (TruceEngine *engine, gint64 number)
{
  for (guint i = 0; number != 0 && i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (amendment->number == number)
      return amendment->undone != TRUCE_TIME_NONE;
  }
  return FALSE;
}

static gboolean
take_back_amendment (TruceEngine *engine, const TruceAmendment *said, TruceTime now, const TruceOrigin *origin,
                     GError **error)
{
  TruceAmendment *amendment = truce_amendment_copy (said);
  guint index = 0;

  amendment->undone = now;
  amendment->undone_by = g_strdup (origin->by);
  amendment->undone_via = g_strdup (origin->via);
  if (!truce_amend_write (engine, amendment, now, error)) {
    truce_amendment_free (amendment);
    return FALSE;
  }
  while (g_ptr_array_index (engine->amendments, index) != said)
    index++;
  truce_amendment_free (engine->amendments->pdata[index]);
  engine->amendments->pdata[index] = amendment;
  /* What changes by this in the next step does so because it was taken back. */
  engine->occasion = g_strdup_printf (
      "taken back: %s", amendment->statement ? amendment->statement : truce_amendment_kind_to_text (amendment->kind));
  engine->occasion_by = g_strdup (origin->by);
  engine->occasion_is_date = amendment->kind == TRUCE_AMENDMENT_DUE;
  truce_amend_apply (engine);
  g_clear_pointer (&engine->occasion, g_free);
  g_clear_pointer (&engine->occasion_by, g_free);
  return TRUE;
}

/* Where open alerts are on show; to tell a log or a mailbox again would make two of one. */
static char **
showing_sinks (TruceEngine *engine, const TruceAlert *alert)
{
  g_autoptr (GStrvBuilder) sinks = g_strv_builder_new ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    if (sink->kind == TRUCE_SINK_DESKTOP && !alert->silenced && truce_engine_takes (engine, sink, alert))
      g_strv_builder_add (sinks, sink->id);
  }
  return g_strv_builder_end (sinks);
}

/* Those that were acknowledged with the digest are open again with it, and told by it. */
static gboolean
reopen_named (TruceEngine *engine, const TruceStoredAlert *digest, TruceTime now, GError **error)
{
  const TruceStorePort *store = &engine->ports.store;
  const char *const nowhere[] = { NULL };
  gboolean done = TRUE;

  for (guint i = 0; digest->alert->alerts && i < digest->alert->alerts->len && done; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (digest->alert->alerts, i);
    TruceStoredAlert *named = store->alert (store->self, brief->id, NULL);
    if (named && named->acknowledged == digest->acknowledged && digest->acknowledged != TRUCE_TIME_NONE)
      done = store->reopen (store->self, brief->id, nowhere, now, error);
    truce_stored_alert_free (named);
  }
  return done;
}

static gboolean
reopen (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now, GError **error)
{
  const TruceStorePort *store = &engine->ports.store;
  g_auto (GStrv) sinks = showing_sinks (engine, stored->alert);

  if (!reopen_named (engine, stored, now, error) ||
      !store->reopen (store->self, stored->alert->id, (const char *const *) sinks, now, error))
    return FALSE;
  truce_deadlines_reset (engine); /* repetitions that the answer had ended go on */
  truce_engine_changed (engine, "alerts");
  truce_engine_wake (engine);
  return TRUE;
}

/* What others have said is not taken back by the way. */
static void
set_others (const Said *said, const char *why, GError **error)
{
  g_autoptr (json_t) record = said->answered ? answer_record (said) : truce_amend_record (said->amendment);
  g_autofree char *id =
      said->answered ? g_strndup (said->answered->alert->id, ALERT_ID_SHOWN) : g_strdup (said->amendment->milestone);
  const char *statement = truce_json_get_text (record, "statement"), *by = truce_json_get_text (record, "by");

  g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
               "%s %s: %s %s%s%s; to take that back, name it: trucectl undo %s", why, by ? by : "somebody", id,
               truce_json_get_text (record, "kind"), statement ? " " : "", statement ? statement : "", id);
}

static gboolean
is_by (const Said *said, const char *by)
{
  const TruceStoredAlert *stored = said->answered;
  const char *whose = !stored                                   ? said->amendment->by
                      : stored->acknowledged != TRUCE_TIME_NONE ? stored->acknowledged_by
                                                                : stored->snoozed_by;

  return g_strcmp0 (whose, by) == 0;
}

/* Would taking `said` back change nothing, since `later` has taken its place? */
static gboolean
covers (const Said *later, const Said *said)
{
  return later->amendment && said->amendment && later->amendment->kind == said->amendment->kind &&
         strcmp (later->amendment->milestone, said->amendment->milestone) == 0;
}

/* Whoever names nothing means the last thing that they have done themselves. NULL and an error: there is none. */
static const Said *
last_by (GArray *said, const char *by, GError **error)
{
  guint index = 0;

  while (index < said->len && !is_by (&g_array_index (said, Said, index), by))
    index++;
  if (index == said->len) {
    set_others (&g_array_index (said, Said, 0), "nothing that can be taken back was said by you; the last was said by",
                error);
    return NULL;
  }
  const Said *own = &g_array_index (said, Said, index);
  for (guint i = 0; i < index; i++)
    if (covers (&g_array_index (said, Said, i), own)) {
      set_others (&g_array_index (said, Said, i), "what you said last has been overtaken by what was said by", error);
      return NULL;
    }
  return own;
}

/* FALSE and an error: nothing was changed. `record` gets what has become of the news that it came from. */
static gboolean
take_back (TruceEngine *engine, const Said *said, TruceTime now, const TruceOrigin *origin, json_t *record,
           GError **error)
{
  const TruceProposal *accepted = said->amendment ? truce_moves_accepted_by (engine, said->amendment) : NULL;
  g_autofree char *id = accepted ? g_strdup (accepted->id) : NULL;

  if (said->answered)
    return reopen (engine, said->answered, now, error);
  if (!take_back_amendment (engine, said->amendment, now, origin, error))
    return FALSE;
  const TruceProposal *move = id ? truce_moves_get (engine, id) : NULL;
  if (move && truce_move_is_open (engine, move, now))
    truce_json_set_text (record, "move", id);
  return TRUE;
}

json_t *
truce_engine_undo (TruceEngine *engine, const char *what, const TruceOrigin *origin, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  g_autoptr (GArray) said = all_said (engine, what, now, error);
  g_autoptr (json_t) record = NULL;

  if (!said)
    return NULL;
  if (said->len == 0) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "there is nothing to take back%s%.64s",
                 what ? " of " : "", what ? what : "");
    return NULL;
  }
  const Said *last = what ? &g_array_index (said, Said, 0) : last_by (said, origin->by, error);
  record = last ? said_record (engine, last) : NULL;
  if (!record || !take_back (engine, last, now, origin, record, error))
    return NULL;
  truce_json_set_time (record, "undone", now);
  truce_json_set_text (record, "undone_by", origin->by);
  truce_json_set_text (record, "undone_via", origin->via);
  return g_steal_pointer (&record);
}
