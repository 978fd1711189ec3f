/* SPDX-License-Identifier: MIT */
/* Moves as records. */
#include <string.h>

#include "engine/amend.h"
#include "engine/moves_private.h"

static json_t *
conflicts_of (TruceEngine *engine, const TruceProposal *move, TruceTime now)
{
  json_t *ids = json_array ();

  for (guint i = 0; truce_proposal_is_alive (move) && i < engine->moves->len; i++) {
    const TruceProposal *other = g_ptr_array_index (engine->moves, i);
    if (truce_moves_conflict (move, other) && truce_move_is_current (engine, other, now))
      json_array_append_new (ids, json_string (other->id));
  }
  return ids;
}

static void
set_old_words (json_t *record, const TruceProposal *move)
{
  g_autoptr (TruceZone) zone = truce_zone_new (move->zone, NULL);
  const TruceSpan span = {
    .earliest = move->old_due,
    .latest = move->old_latest,
    .precision = move->old_latest > move->old_due ? TRUCE_PRECISION_INTERVAL : TRUCE_PRECISION_INSTANT,
    .zone = zone,
  };
  g_autofree char *words = zone ? truce_span_to_words (&span) : NULL;

  truce_json_set_text (record, "old_words", words);
}

json_t *
truce_move_record (TruceEngine *engine, const TruceProposal *move, TruceTime now)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);
  g_autofree char *says = truce_proposal_to_words (move), *statement = truce_move_statement (engine, move);
  const char *refusal = truce_move_refusal (engine, move, now);
  json_t *record = truce_proposal_to_json (move);
  TruceSpan span;

  truce_json_set_text (record, "title", milestone ? milestone->title : NULL);
  truce_json_set_text (record, "says", says);
  set_old_words (record, move);
  if (truce_proposal_span (move, &span)) {
    g_autofree char *words = truce_span_to_words (&span);
    truce_json_set_text (record, "words", words);
    truce_span_clear (&span);
  }
  truce_json_set_text (record, "statement", statement);
  truce_json_set_steal (record, "conflicts", conflicts_of (engine, move, now));
  truce_json_set_text (record, "refuses", refusal);
  if (!refusal && statement)
    truce_json_set_steal (record, "changes", truce_engine_preview_due (engine, move->milestone, statement, NULL));
  return record;
}

/* Those that wait for an answer first, then the latest heard of. */
static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const TruceProposal *x = *(TruceProposal *const *) a, *y = *(TruceProposal *const *) b;
  TruceTime x_at = truce_proposal_last_heard (x), y_at = truce_proposal_last_heard (y);

  if (truce_proposal_is_alive (x) != truce_proposal_is_alive (y))
    return truce_proposal_is_alive (x) ? -1 : 1;
  if (x_at != y_at)
    return x_at > y_at ? -1 : 1;
  return strcmp (x->id, y->id);
}

json_t *
truce_view_moves (TruceEngine *engine, const char *milestone, gboolean all, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  g_autoptr (GPtrArray) moves = g_ptr_array_new ();
  json_t *array;

  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if ((all || truce_proposal_is_alive (move)) &&
        (!milestone || truce_milestone_id_is_of (move->milestone, milestone)))
      g_ptr_array_add (moves, move);
  }
  if (milestone && moves->len == 0 && !truce_config_find_milestone (engine->config, milestone)) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no milestone has the id \"%.64s\"",
                 milestone);
    return NULL;
  }
  g_ptr_array_sort (moves, compare_moves);
  array = json_array ();
  for (guint i = 0; i < moves->len; i++)
    json_array_append_new (array, truce_move_record (engine, g_ptr_array_index (moves, i), now));
  return array;
}
