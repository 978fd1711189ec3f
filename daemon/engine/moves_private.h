/* SPDX-License-Identifier: MIT */
/* What the parts that keep moves share. */
#pragma once

#include "engine/engine_private.h"
#include "engine/moves.h"
#include "engine/recognise.h"

G_BEGIN_DECLS

/* --- moves.c --- */

void truce_moves_init (TruceEngine *engine);
void truce_moves_clear (TruceEngine *engine);
/* Brings all up to date, and accepts what the configuration has accepted without asking. */
void truce_moves_step (TruceEngine *engine, TruceTime now);
/* Forgets what has aged out, as the store does. */
void truce_moves_expire (TruceEngine *engine, TruceTime now);
/* Does it wait for an answer, as things are by `now`, where nobody has given one? */
gboolean truce_move_is_open (TruceEngine *engine, const TruceProposal *move, TruceTime now);
/* (transfer none), NULL when there is none. */
const TruceProposal *truce_moves_get (TruceEngine *engine, const char *id);
/* How many wait for an answer, of that milestone; NULL: of all. */
guint truce_moves_waiting (TruceEngine *engine, const char *milestone);
/* What the news says against the date of `milestone`: "reported moved to 2025-11-10 (2 sources)"; NULL. (transfer full)
 */
char *truce_moves_contest (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);
/* Do both wait for an answer and say what cannot both be? */
gboolean truce_moves_conflict (const TruceProposal *move, const TruceProposal *other);

/* --- moves_answer.c --- */

/* The move that `amendment`, which is about to be written, accepts, or takes the acceptance of back, as it is then.
 * (transfer full), NULL when there is none. */
TruceProposal *truce_moves_answered (TruceEngine *engine, const TruceAmendment *amendment);
/* The one that `amendment` has accepted; (transfer none), NULL: it is nobody's news. */
const TruceProposal *truce_moves_accepted_by (TruceEngine *engine, const TruceAmendment *amendment);
/* Takes `move` (transfer full) in place of the one of its id. */
void truce_moves_put (TruceEngine *engine, TruceProposal *move);

/* Is it about the date that its milestone has now, or of a milestone that is not there (FALSE)? */
gboolean truce_move_is_current (TruceEngine *engine, const TruceProposal *move, TruceTime now);
/* The one whose id begins with `prefix`; NULL and an error when there is none or several. */
TruceProposal *truce_move_find (TruceEngine *engine, const char *prefix, GError **error);
/* Why it cannot be accepted; NULL: it can. */
const char *truce_move_refusal (TruceEngine *engine, const TruceProposal *move, TruceTime now);
/* Whose days the news speaks of, of a milestone that is `due` then: those of the zone that the date was given in; an
 * instant that names no place ("12:00Z") is of the milestone's own. (transfer none) */
TruceZone *truce_move_zone (const TruceMilestone *milestone, const TruceSpan *due);
/* The new date in the date language, as accepting it gives it: a day at the milestone's own time of day, where it has
 * one. (transfer full); NULL when none is named. */
char *truce_move_statement (TruceEngine *engine, const TruceProposal *move);
/* Does its milestone take the date without asking? */
gboolean truce_moves_accepts (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone);
/* Has it do so, one by one. */
void truce_moves_accept_some (TruceEngine *engine, TruceTime now);
/* As truce_view_moves() has it. (transfer full) */
json_t *truce_move_record (TruceEngine *engine, const TruceProposal *move, TruceTime now);

/* --- moves_read.c, moves_tell.c --- */

typedef enum {
  TRUCE_MOVE_READ_NOTHING,
  TRUCE_MOVE_READ_AGAIN,    /* it has said so before */
  TRUCE_MOVE_READ_EVIDENCE, /* for what has been told already, or is not told by itself */
  TRUCE_MOVE_READ_TELL,     /* an alert about the move is to stand for it */
  TRUCE_MOVE_READ_ACCEPT,   /* the change that it makes is */
} TruceMoveReading;
typedef struct {
  const TruceProposal *move; /* NULL: none */
  TruceMoveReading reading;
  char *why_not; /* why there is none, owned by the caller; NULL */
} TruceMoveFound;
/* What `entry` of `feed`, which matches `milestone`, says of its date. */
void truce_moves_read (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry,
                       const TruceMilestone *milestone, TruceTime now, TruceCommit *commit, TruceMoveFound *ret_found);
/* Has found out what it says, and nothing else. */
void truce_moves_read_ahead (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry,
                             const TruceMilestone *milestone, TruceTime now);
/* `entry` has another headline now: what it said under the one before it says no more. */
void truce_moves_correct (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceCommit *commit);
/* (transfer full) */
TruceAlert *truce_moves_alert (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone,
                               TruceTime now);

/* --- moves_fold.c --- */

/* Was enough told of `milestone` in the last hour? Then the last alert about it grows in `commit` by `move`, which
 * `item` of `feed` says; FALSE: it is to be told. */
gboolean truce_moves_fold (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone,
                           const TruceFeed *feed, const TruceItem *item, TruceTime now, TruceCommit *commit);
/* Has the moves that one poll of `feed` has brought told as one, when they are many. */
void truce_moves_fold_many (TruceEngine *engine, const TruceFeed *feed, TruceCommit *commit);

G_END_DECLS
