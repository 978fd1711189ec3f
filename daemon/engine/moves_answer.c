/* SPDX-License-Identifier: MIT */
/* Answers to moves. Accepting one goes through the same door as anybody's new date, so that it is kept, told, moves
 * what is based on it, and can be taken back, in the same ways. */
#include <string.h>

#include "base/reason.h"
#include "engine/amend.h"
#include "engine/amend_private.h"
#include "engine/moves_private.h"

const char *
truce_move_refusal (TruceEngine *engine, const TruceProposal *move, TruceTime now)
{
  if (move->status == TRUCE_PROPOSAL_ACCEPTED)
    return "it has been accepted";
  if (move->status == TRUCE_PROPOSAL_EXPIRED)
    return "nothing came of it, and it has expired";
  if (move->evidence->len == 0)
    return "nothing says so any more: what did was corrected, or says more by now";
  if (move->status == TRUCE_PROPOSAL_SUPERSEDED || !truce_move_is_current (engine, move, now))
    return "it is about a date that is in force no more";
  if (move->label == TRUCE_MOVE_REJECTED)
    return "it says that the date does not move";
  if (!truce_proposal_is_dated (move) && (move->label == TRUCE_MOVE_MOVED || move->label == TRUCE_MOVE_PROPOSED))
    return "it names no new date: give the milestone one with trucectl due";
  return NULL;
}

/* What the news says, as the reason: "“extends the truce” (example.org) <https://…>". (transfer full) */
static char *
reason_of (const TruceProposal *move)
{
  const TruceEvidence *best = truce_proposal_best (move);
  g_autofree char *publishers = truce_proposal_publishers (move);
  g_autofree char *said = NULL;

  if (best && *best->quote)
    said = g_strdup_printf ("\xe2\x80\x9c%s\xe2\x80\x9d (%s)", best->quote, publishers);
  else
    said = g_strdup_printf ("so says %s", publishers);
  return truce_reason_join (said, best && best->link && truce_reason_is_evidence (best->link) ? best->link : NULL);
}

/* What is kept with an answer. */
static void
decide (TruceProposal *move, TruceProposalStatus status, const char *why, const char *by, const char *via,
        TruceTime now)
{
  move->status = status;
  move->decided = now;
  truce_set_text (&move->by, by);
  truce_set_text (&move->via, via);
  truce_set_text (&move->why, why);
}

/* Its acceptance was taken back: it waits as it did before, and is not taken again without asking. Whoever has taken it
 * back knows of it. */
static void
wait_again (TruceProposal *move)
{
  decide (move, truce_proposal_weight (move), NULL, NULL, NULL, TRUCE_TIME_NONE);
  move->amendment = 0;
  move->refused = TRUE;
  if (move->told == TRUCE_PROPOSAL_SUPERSEDED || move->status > move->told)
    move->told = move->status;
}

const TruceProposal *
truce_moves_accepted_by (TruceEngine *engine, const TruceAmendment *amendment)
{
  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (move->status == TRUCE_PROPOSAL_ACCEPTED && move->amendment == amendment->number)
      return move;
  }
  return NULL;
}

TruceProposal *
truce_moves_answered (TruceEngine *engine, const TruceAmendment *amendment)
{
  gboolean back = amendment->undone != TRUCE_TIME_NONE;
  const TruceProposal *kept = back ? truce_moves_accepted_by (engine, amendment) : engine->accepting;
  TruceProposal *move = kept ? truce_proposal_copy (kept) : NULL;

  if (move && back) {
    wait_again (move);
  } else if (move) {
    decide (move, TRUCE_PROPOSAL_ACCEPTED, amendment->why, amendment->by, amendment->via, amendment->at);
    move->amendment = amendment->number;
  }
  return move;
}

void
truce_moves_put (TruceEngine *engine, TruceProposal *move)
{
  for (guint i = 0; i < engine->moves->len; i++)
    if (strcmp (((const TruceProposal *) engine->moves->pdata[i])->id, move->id) == 0) {
      if (engine->accepting == engine->moves->pdata[i])
        engine->accepting = NULL; /* it is */
      truce_proposal_free (engine->moves->pdata[i]);
      engine->moves->pdata[i] = move;
      truce_engine_changed (engine, "moves");
      return;
    }
  truce_proposal_free (move); /* it has aged out meanwhile */
}

/* FALSE and an error when nothing was changed; `ret_changes` as of truce_engine_set_due(), of a date. */
static gboolean
accept (TruceEngine *engine, TruceProposal *move, const char *why, const TruceOrigin *origin, json_t **ret_changes,
        GError **error)
{
  g_autofree char *reason = why && *why ? g_strdup (why) : reason_of (move);
  g_autofree char *statement = truce_move_statement (engine, move), *milestone = g_strdup (move->milestone);
  gboolean done;

  engine->accepting = move;
  if (move->label == TRUCE_MOVE_RESOLVED || move->label == TRUCE_MOVE_CANCELLED) {
    done = truce_engine_end (engine, milestone,
                             move->label == TRUCE_MOVE_RESOLVED ? TRUCE_AMENDMENT_MET : TRUCE_AMENDMENT_CANCELLED,
                             reason, origin, error);
  } else {
    *ret_changes = truce_engine_set_due (engine, milestone, statement, reason, origin, error);
    done = *ret_changes != NULL;
  }
  engine->accepting = NULL;
  return done;
}

/* What is only asked for is nobody's decision: whoever takes it all the same says on what ground. */
static gboolean
lacks_ground (const TruceProposal *move, const char *why)
{
  return move->label == TRUCE_MOVE_PROPOSED && (!why || !*why);
}

static TruceProposal *
find_answerable (TruceEngine *engine, const char *id, const char *why, TruceTime now, GError **error)
{
  TruceProposal *move = truce_move_find (engine, id, error);
  const char *refusal = move ? truce_move_refusal (engine, move, now) : NULL;

  if (move && !refusal && lacks_ground (move, why)) {
    g_autofree char *publishers = truce_proposal_publishers (move);
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
                 "the move %.8s is only proposed, as %s %s, and not decided: to accept it all the same, say why "
                 "(--because)",
                 move->id, publishers, move->sources == 1 ? "has it" : "have it");
    return NULL;
  }
  if (!refusal)
    return move;
  g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "the move %.8s cannot be accepted: %s", move->id,
               refusal);
  return NULL;
}

json_t *
truce_engine_accept_move (TruceEngine *engine, const char *id, const char *why, const TruceOrigin *origin,
                          GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceProposal *move = find_answerable (engine, id, why, now, error);
  json_t *changes = NULL, *record;

  if (!move)
    return NULL;
  g_autofree char *whole_id = g_strdup (move->id);
  if (!accept (engine, move, why, origin, &changes, error))
    return NULL;
  record = truce_move_record (engine, truce_moves_get (engine, whole_id), now);
  truce_json_set_steal (record, "changes", changes);
  return record;
}

json_t *
truce_engine_reject_move (TruceEngine *engine, const char *id, const char *why, const TruceOrigin *origin,
                          GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceProposal *move = truce_move_find (engine, id, error);
  g_autoptr (TruceProposal) answered = NULL;
  g_autoptr (TruceCommit) commit = truce_commit_new (now);
  g_autofree char *clean = NULL;

  if (!move || truce_hold_refuses (engine, error) || !truce_amend_clean_why (why, &clean, error))
    return NULL;
  if (!truce_proposal_is_alive (move)) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, "the move %.8s waits for no answer: it is %s",
                 move->id, truce_proposal_status_to_text (move->status));
    return NULL;
  }
  answered = truce_proposal_copy (move);
  decide (answered, TRUCE_PROPOSAL_REJECTED, clean, origin->by, origin->via, now);
  answered->refused = TRUE;
  truce_commit_add_move (commit, answered);
  if (!engine->ports.store.commit (engine->ports.store.self, commit, NULL, error))
    return NULL;
  json_t *record = truce_move_record (engine, answered, now);
  truce_moves_put (engine, g_steal_pointer (&answered));
  truce_outdated_withdraw (engine, now);
  truce_engine_changed (engine, "alerts"); /* what told of it has nothing to say any more */
  return record;
}

/* --- without asking --- */

/* So long after a date was taken without asking, another is told and waits: a feed that is at odds with itself must not
 * move a date back and forth. */
#define SETTLES_WITHIN TRUCE_DAY
static const TruceOrigin on_move = { TRUCE_ON_MOVE, "truced" };

static gboolean
has_enough (const TruceMilestone *milestone, const TruceProposal *move)
{
  if (milestone->on_move == TRUCE_ON_MOVE_OFFICIAL)
    return move->n_official > 0;
  return milestone->on_move > 0 && move->sources >= (guint) milestone->on_move;
}

/* A date alone: that a milestone has ended would silence it, which is nobody's to say but its owner's. And none that
 * goes back on what was taken: then the news is at odds with itself. */
static gboolean
may_accept (const TruceMilestone *milestone, const TruceProposal *move)
{
  return move->label == TRUCE_MOVE_MOVED && truce_proposal_is_dated (move) && !move->refused && !move->back &&
         move->status != TRUCE_PROPOSAL_ACCEPTED && move->status != TRUCE_PROPOSAL_REJECTED &&
         has_enough (milestone, move);
}

/* Had it taken a date without asking so lately, when `said` was last said, that this is a contradiction rather than a
 * new decision? Time alone makes it none. */
static gboolean
had_just_accepted (TruceEngine *engine, const TruceProposal *said, const TruceMilestone *milestone)
{
  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (move->status == TRUCE_PROPOSAL_ACCEPTED && g_strcmp0 (move->by, on_move.by) == 0 &&
        strcmp (move->milestone, milestone->id) == 0 && said->last_seen - move->decided < SETTLES_WITHIN)
      return TRUE;
  }
  return FALSE;
}

gboolean
truce_moves_accepts (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone)
{
  if (!may_accept (milestone, move) || had_just_accepted (engine, move, milestone))
    return FALSE;
  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *other = g_ptr_array_index (engine->moves, i);
    if (truce_moves_conflict (move, other) &&
        (may_accept (milestone, other) || other->label != TRUCE_MOVE_MOVED || other->back))
      return FALSE; /* which of them? */
  }
  return TRUE;
}

/* It could not be: then it is told like any other. */
static void
tell (TruceEngine *engine, TruceProposal *move, const TruceMilestone *milestone, TruceTime now)
{
  TruceCommit *commit;

  if (move->told == move->status)
    return;
  move->told = move->status;
  commit = truce_commit_new (now);
  truce_commit_add_move (commit, move);
  truce_engine_add_alert (engine, commit, truce_moves_alert (engine, move, milestone, now));
  truce_engine_commit (engine, commit);
}

void
truce_moves_accept_some (TruceEngine *engine, TruceTime now)
{
  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);
    g_autoptr (json_t) changes = NULL;
    g_autoptr (GError) error = NULL;
    if (!milestone || !truce_proposal_is_alive (move) || !truce_moves_accepts (engine, move, milestone))
      continue;
    if (accept (engine, move, NULL, &on_move, &changes, &error))
      return; /* which asks for another step: what is left is looked at then */
    tell (engine, move, milestone, now);
  }
}
