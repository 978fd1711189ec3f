/* SPDX-License-Identifier: MIT */
#include "engine/amend.h"

#include <string.h>

#include "base/reason.h"
#include "base/text.h"
#include "config/amended.h"
#include "engine/amend_private.h"
#include "engine/moves_private.h"

#define WHY_MAX 1000 /* bytes: a sentence or three; it goes into alerts */

/* --- what the engine keeps --- */

void
truce_amend_init (TruceEngine *engine, TruceConfig *config)
{
  engine->amendments = engine->ports.store.amendments (engine->ports.store.self);
  engine->configured = truce_config_ref (config);
  engine->base = truce_calendars_lay (engine, config);
  engine->config = truce_config_amend (engine->base, engine->amendments, truce_engine_now (engine));
}

void
truce_amend_clear (TruceEngine *engine)
{
  truce_config_unref (engine->config);
  truce_config_unref (engine->base);
  truce_config_unref (engine->configured);
  g_ptr_array_unref (engine->amendments);
  g_free (engine->occasion);
  g_free (engine->occasion_by);
}

void
truce_amend_adopt (TruceEngine *engine, TruceConfig *config)
{
  TruceConfig *old = engine->configured;

  engine->configured = truce_config_ref (config);
  truce_amend_rebase (engine);
  truce_polls_adopt (engine);
  truce_config_unref (old); /* only now: feeds pointed into it */
}

void
truce_amend_rebase (TruceEngine *engine)
{
  TruceConfig *old = engine->config, *old_base = engine->base;

  engine->base = truce_calendars_lay (engine, engine->configured);
  engine->config = truce_config_amend (engine->base, engine->amendments, truce_engine_now (engine));
  truce_deadlines_reset (engine);
  truce_config_unref (old); /* only now: the schedule pointed into it */
  truce_config_unref (old_base);
}

void
truce_amend_again (TruceEngine *engine)
{
  TruceConfig *old = engine->config;

  engine->config = truce_config_amend (engine->base, engine->amendments, truce_engine_now (engine));
  truce_deadlines_reset (engine);
  truce_config_unref (old);
}

/* --- telling what moves --- */

static void
set_span (json_t *record, const char *due, const char *latest, const char *words, const TruceSpan *span)
{
  g_autofree char *text = truce_span_to_words (span);

  truce_json_set_time (record, due, span->earliest);
  if (span->latest > span->earliest)
    truce_json_set_time (record, latest, span->latest);
  truce_json_set_text (record, words, text);
}

static const TruceSpan *
span_at (const TruceMilestone *milestone, TruceTime at)
{
  guint index = truce_milestone_revision_at (milestone, at);

  return &truce_milestone_revision (milestone, index)->span;
}

/* Soonest first, as people go through it; `user_data` is what comes before all. */
static int
compare_changes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const json_t *left = *(json_t *const *) a, *right = *(json_t *const *) b;
  TruceTime x = truce_json_get_time (left, "due"), y = truce_json_get_time (right, "due");

  if (strcmp (truce_json_get_text (left, "milestone"), user_data) == 0)
    return -1;
  if (strcmp (truce_json_get_text (right, "milestone"), user_data) == 0)
    return 1;
  return (x > y) - (x < y);
}

static json_t *
changes_between (TruceConfig *from, TruceConfig *to, const char *first, TruceTime now)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  json_t *changes = json_array ();

  for (guint i = 0; i < truce_config_n_milestones (to); i++) {
    const TruceMilestone *after = truce_config_milestone (to, i);
    const TruceMilestone *before = truce_config_find_milestone (from, after->id);
    if (!before || before == after || truce_span_same_due (span_at (before, now), span_at (after, now)))
      continue;
    const TruceSpan *old = span_at (before, now), *due = span_at (after, now);
    json_t *record = json_object ();
    truce_json_set_text (record, "milestone", after->id);
    truce_json_set_text (record, "title", after->title);
    set_span (record, "old_due", "old_due_latest", "old_words", old);
    set_span (record, "due", "due_latest", "words", due);
    truce_json_set_text (record, "zone", truce_zone_name (due->zone));
    truce_json_set_integer (record, "delta_days",
                            truce_zone_day_of (due->zone, due->earliest) -
                                truce_zone_day_of (due->zone, old->earliest));
    g_ptr_array_add (found, record);
  }
  g_ptr_array_sort_with_data (found, compare_changes, (gpointer) first); /* keeps the order of equals */
  for (guint i = 0; i < found->len; i++)
    json_array_append_new (changes, g_ptr_array_index (found, i));
  return changes;
}

json_t *
truce_amend_record (const TruceAmendment *amendment)
{
  json_t *record = json_object ();

  truce_json_set_integer (record, "number", amendment->number);
  truce_json_set_text (record, "milestone", amendment->milestone);
  truce_json_set_text (record, "kind", truce_amendment_kind_to_text (amendment->kind));
  truce_json_set_time (record, "at", amendment->at);
  truce_json_set_text (record, "by", amendment->by);
  truce_json_set_text (record, "via", amendment->via);
  truce_json_set_reason (record, amendment->why);
  truce_json_set_text (record, "statement", amendment->statement);
  truce_json_set_text (record, "zone", amendment->zone);
  truce_json_set_time (record, "due", amendment->due);
  truce_json_set_time (record, "due_latest", amendment->latest);
  truce_json_set_text (record, "over", amendment->over);
  truce_json_set_time (record, "until", amendment->until);
  truce_json_set_time (record, "undone", amendment->undone);
  truce_json_set_text (record, "undone_by", amendment->undone_by);
  truce_json_set_text (record, "undone_via", amendment->undone_via);
  return record;
}

json_t *
truce_view_amendments (TruceEngine *engine, const char *milestone)
{
  json_t *array = json_array ();

  for (guint i = 0; i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (!milestone || truce_milestone_id_is_of (amendment->milestone, milestone))
      json_array_append_new (array, truce_amend_record (amendment));
  }
  return array;
}

json_t *
truce_view_last_amendment (TruceEngine *engine, const char *milestone)
{
  for (guint i = engine->amendments->len; i > 0; i--) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i - 1);
    if (truce_milestone_id_is_of (amendment->milestone, milestone))
      return truce_amend_record (amendment);
  }
  return NULL;
}

/* --- what may be said --- */

static void
set_invalid (GError **error, const char *message)
{
  g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, message);
}

static const TruceMilestone *
find_milestone (TruceEngine *engine, const char *id, GError **error)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, id);

  if (!milestone)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no milestone has the id \"%.64s\"", id);
  return milestone;
}

/* As find_milestone(), of one that has not ended. */
static const TruceMilestone *
find_open (TruceEngine *engine, const char *id, TruceTime now, GError **error)
{
  const TruceMilestone *milestone = find_milestone (engine, id, error);

  if (!milestone || !truce_milestone_ended_at (milestone, now))
    return milestone;
  gboolean met = milestone->met.at <= now;
  const char *by = met ? milestone->met.by : milestone->cancelled.by;
  const TruceMilestone *stated = truce_config_find_milestone (engine->base, id);
  gboolean configured = truce_milestone_ended_at (stated, now);
  g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "\"%s\" was %s, %s%s: %s", id,
               met ? "met" : "cancelled", by ? "says " : "as the configuration says", by ? by : "",
               configured ? "change it there" : "take that back first (undo)");
  return NULL;
}

gboolean
truce_amend_clean_why (const char *why, char **ret_clean, GError **error)
{
  *ret_clean = NULL;
  if (!why || !*why)
    return TRUE;
  if (strlen (why) > WHY_MAX) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "the reason is longer than %d bytes", WHY_MAX);
    return FALSE;
  }
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *clean = truce_text_clean (why, -1);
  g_string_append (line, clean);
  g_string_replace (line, " ;", ";", 0);
  if (line->len > 0)
    *ret_clean = g_strdup (line->str);
  return TRUE;
}

static const TruceSpan *
base_span (const char *id, gpointer user_data)
{
  TruceEngine *engine = user_data;
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, id);

  /* Which date of one that repeats? */
  return milestone && !milestone->series ? span_at (milestone, truce_engine_now (engine)) : NULL;
}

/* What `statement` stands for, as a new date of `milestone`. */
static gboolean
read_due (TruceEngine *engine, const TruceMilestone *milestone, const char *statement, TruceTime now,
          TruceSpan *ret_span, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (statement, milestone->zone, &reason);
  const TruceWhenContext context = {
    .starts = milestone->has_starts ? &milestone->starts : NULL,
    .calendar = milestone->calendar,
    .milestone = base_span,
    .user_data = engine,
  };
  TruceSpan span;

  if (milestone->series && !milestone->series_id) {
    set_invalid (error, "all its dates cannot be one: name one of them, such as ID@2026-04-15");
    return FALSE;
  }
  if (milestone->series && when && truce_when_base_milestone (when)) {
    set_invalid (error, "one date of what repeats cannot be based on another milestone");
    return FALSE;
  }
  if (when && truce_config_leans_on_itself (engine->config, milestone->id, when)) {
    set_invalid (error, "the date would hang on itself");
    return FALSE;
  }
  if (!when || !truce_when_resolve (when, &context, &span, NULL, &reason)) {
    set_invalid (error, reason->message);
    return FALSE;
  }
  if (milestone->has_starts && span.earliest < milestone->starts.earliest)
    set_invalid (error, "that is before it starts");
  else if (truce_span_same_due (&span, span_at (milestone, now)))
    set_invalid (error, "that is its date already");
  else {
    *ret_span = span;
    return TRUE;
  }
  truce_span_clear (&span);
  return FALSE;
}

/* --- saying it --- */

static TruceAmendment *
amendment_new (TruceEngine *engine, TruceAmendmentKind kind, const char *milestone, TruceTime now,
               const TruceOrigin *origin, const char *why)
{
  TruceAmendment *amendment = truce_amendment_new (kind, milestone, now, origin->by, why);
  guint n = engine->amendments->len;
  const TruceAmendment *last = n ? g_ptr_array_index (engine->amendments, n - 1) : NULL;

  amendment->via = g_strdup (origin->via);
  amendment->number = last ? last->number + 1 : 1;
  return amendment;
}

gboolean
truce_amend_write (TruceEngine *engine, const TruceAmendment *amendment, TruceTime now, GError **error)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (now);

  if (truce_hold_refuses (engine, error))
    return FALSE;
  g_ptr_array_add (commit->amendments, truce_amendment_copy (amendment));
  g_autoptr (TruceProposal) move = truce_moves_answered (engine, amendment);
  if (move)
    truce_commit_add_move (commit, move);
  if (!engine->ports.store.commit (engine->ports.store.self, commit, NULL, error))
    return FALSE;
  if (move)
    truce_moves_put (engine, g_steal_pointer (&move));
  return TRUE;
}

void
truce_amend_apply (TruceEngine *engine)
{
  truce_amend_again (engine);
  truce_engine_changed (engine, "milestones");
  truce_engine_changed (engine, "alerts"); /* some may have nothing to say any more */
  truce_engine_wake (engine);
}

/* (transfer full) of `amendment`. */
static gboolean
say (TruceEngine *engine, TruceAmendment *amendment, GError **error)
{
  if (!truce_amend_write (engine, amendment, amendment->at, error)) {
    truce_amendment_free (amendment);
    return FALSE;
  }
  g_ptr_array_add (engine->amendments, amendment);
  truce_amend_apply (engine);
  return TRUE;
}

static TruceAmendment *
due_amendment (TruceEngine *engine, const char *id, const char *statement, TruceTime now, const TruceOrigin *origin,
               const char *why, GError **error)
{
  const TruceMilestone *milestone = find_open (engine, id, now, error);
  TruceAmendment *amendment;
  TruceSpan span;

  if (!milestone || !read_due (engine, milestone, statement, now, &span, error))
    return NULL;
  amendment = amendment_new (engine, TRUCE_AMENDMENT_DUE, milestone->id, now, origin, why);
  amendment->statement = g_strstrip (g_strdup (statement));
  amendment->zone = g_strdup (truce_zone_name (milestone->zone));
  amendment->due = span.earliest;
  amendment->latest = span.latest;
  amendment->over = g_strdup (truce_config_statement_at (engine->config, id, now));
  truce_span_clear (&span);
  return amendment;
}

/* What holds once `amendment` does. */
static TruceConfig *
config_with (TruceEngine *engine, TruceAmendment *amendment, TruceTime now)
{
  g_autoptr (GPtrArray) amendments = g_ptr_array_copy (engine->amendments, NULL, NULL);

  g_ptr_array_set_free_func (amendments, NULL);
  g_ptr_array_add (amendments, amendment);
  return truce_config_amend (engine->base, amendments, now);
}

json_t *
truce_engine_preview_due (TruceEngine *engine, const char *milestone, const char *statement, GError **error)
{
  static const TruceOrigin nobody = { NULL, NULL };
  TruceTime now = truce_engine_now (engine);
  g_autoptr (TruceAmendment) amendment = due_amendment (engine, milestone, statement, now, &nobody, NULL, error);
  g_autoptr (TruceConfig) config = amendment ? config_with (engine, amendment, now) : NULL;

  return config ? changes_between (engine->config, config, milestone, now) : NULL;
}

json_t *
truce_engine_set_due (TruceEngine *engine, const char *milestone, const char *statement, const char *why,
                      const TruceOrigin *origin, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  g_autofree char *clean = NULL, *said = NULL, *evidence = NULL;
  TruceAmendment *amendment;
  json_t *changes;

  if (!truce_amend_clean_why (why, &clean, error))
    return NULL;
  truce_reason_split (clean, &said, &evidence);
  if (!said) {
    set_invalid (error, evidence ? "evidence is no reason yet: say why in words" : "a new date needs a reason");
    return NULL;
  }
  amendment = due_amendment (engine, milestone, statement, now, origin, clean, error);
  if (!amendment)
    return NULL;
  g_autoptr (TruceConfig) config = config_with (engine, amendment, now);
  changes = changes_between (engine->config, config, milestone, now);
  if (!say (engine, amendment, error))
    g_clear_pointer (&changes, json_decref);
  return changes;
}

/* Is it plain which date is meant, where `found` was found under `id`? Of what repeats not, when one has passed that
 * nobody has answered to. */
static gboolean
is_plain (TruceEngine *engine, const char *id, const TruceMilestone *found, GError **error)
{
  for (guint i = 0;
       found->series_id && strcmp (id, found->series_id) == 0 && i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *other = truce_config_milestone (engine->config, i);
    if (other == found || g_strcmp0 (other->series_id, found->series_id) != 0 ||
        !truce_config_shows (engine->config, other))
      continue;
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_AMBIGUOUS,
                 "which of its dates? say %s, which has passed, or %s", other->id, found->id);
    return FALSE;
  }
  return TRUE;
}

gboolean
truce_engine_end (TruceEngine *engine, const char *milestone, TruceAmendmentKind kind, const char *why,
                  const TruceOrigin *origin, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  g_autofree char *clean = NULL;

  const TruceMilestone *found = find_open (engine, milestone, now, error);

  if (!found || !is_plain (engine, milestone, found, error) || !truce_amend_clean_why (why, &clean, error))
    return FALSE;
  TruceAmendment *amendment = amendment_new (engine, kind, found->id, now, origin, clean);
  if (found->series && !found->series_id) {
    amendment->over = g_strdup (truce_series_rule (found->series));
  } else {
    amendment->due = span_at (found, now)->earliest;
    amendment->latest = span_at (found, now)->latest;
  }
  return say (engine, amendment, error);
}

gboolean
truce_engine_silence (TruceEngine *engine, const char *milestone, TruceTime until, const TruceOrigin *origin,
                      GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceAmendment *amendment;

  const TruceMilestone *found = find_open (engine, milestone, now, error);
  if (!found)
    return FALSE;
  if (until <= now) {
    set_invalid (error, "silence lasts until a time that is still to come");
    return FALSE;
  }
  /* Of what repeats, all dates, unless one is named. */
  gboolean all = found->series_id && !strchr (milestone, TRUCE_OCCURRENCE_MARK);
  amendment = amendment_new (engine, TRUCE_AMENDMENT_SILENCED, all ? found->series_id : found->id, now, origin, NULL);
  amendment->until = until;
  return say (engine, amendment, error);
}
