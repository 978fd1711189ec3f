/* SPDX-License-Identifier: MIT */
/* proposal.h: a move as it is kept: what the news says of a milestone's date, the evidence for it, and what became of
 * it.
 *
 * One record for all that says the same: the same label, the same new date, of the same date in force. Pure data; who
 * decides is the engine. */
#pragma once

#include "base/json.h"
#include "news/feed.h"
#include "news/item.h"
#include "news/move.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_PROPOSAL_REPORTED,   /* by the press, from one source */
  TRUCE_PROPOSAL_CONFIRMED,  /* by an official feed, or by two sources that are independent */
  TRUCE_PROPOSAL_ACCEPTED,   /* the milestone has that date now, or has ended so */
  TRUCE_PROPOSAL_REJECTED,   /* somebody has said no */
  TRUCE_PROPOSAL_SUPERSEDED, /* it is about a date that is in force no more, or nothing says so any more */
  TRUCE_PROPOSAL_EXPIRED,    /* nothing came of it */
} TruceProposalStatus;
#define TRUCE_N_PROPOSAL_STATUSES 6
const char *truce_proposal_status_to_text (TruceProposalStatus status); /* "reported", ... */

/* Below this the reading of a headline is no evidence. It takes off 0.15 each for what stands only in the summary and
 * for what is said in an aside, and 0.1 each for what is still to be done and for a move without a date: one doubt may
 * be, and two small ones; what only an aside of the summary says is not enough to wake anybody for. */
#define TRUCE_PROPOSAL_CONFIDENCE_LEAST 0.68
#define TRUCE_PROPOSAL_CONFIRMED_BY 2  /* sources of the press that are independent */
#define TRUCE_PROPOSAL_EVIDENCE_MAX 12 /* kept of one: a dozen papers say no more than two */
#define TRUCE_PROPOSAL_TITLE_MAX 300   /* bytes */
#define TRUCE_PROPOSAL_QUOTE_MAX 300   /* bytes */
#define TRUCE_PROPOSAL_ID_DIGITS 32    /* as an alert's */

/* An entry of a feed that says so. */
typedef struct {
  char *feed;    /* id */
  guint64 entry; /* its name for good in that (identity.h) */
  TruceTier tier;
  char *publisher; /* whose it is: by that sources are told apart */
  char *title;
  char *summary;       /* of it, cut; by both copies are known */
  char *link;          /* NULL */
  TruceTime published; /* NONE: not said */
  TruceTime seen;      /* when it came to us */
  char *quote;         /* the deciding words */
  double confidence;
  gboolean dated; /* it says to when */
  gboolean copy;  /* it is no source of its own: the text or the publisher of another, or without the date */
} TruceEvidence;
void truce_evidence_free (TruceEvidence *evidence);

typedef struct {
  char *id; /* TRUCE_PROPOSAL_ID_DIGITS hexadecimal digits */
  char *milestone;
  guint revision; /* of the date that it moves, when it was first said */
  TruceMoveLabel label;
  TruceTime old_due, old_latest; /* that date; equal for an instant */
  TruceTime due, latest;         /* the new one; NONE: none is named */
  TrucePrecision precision;      /* of that */
  gboolean back;                 /* the milestone had that before: what gave it another is denied or undone */
  char *zone;                    /* in which both are days */
  TruceProposalStatus status;
  TruceProposalStatus told; /* the most that has been told: reported or confirmed; SUPERSEDED: nothing */
  gboolean refused;         /* somebody has said no, or taken it back, once: it is never accepted without asking */
  TruceTime first_seen, last_seen;
  TruceTime decided;   /* accepted, rejected or taken back; NONE */
  char *by, *via;      /* who did, and through what; NULL */
  char *why;           /* NULL */
  gint64 amendment;    /* by which it holds; 0: none */
  guint sources;       /* that are independent */
  guint n_official;    /* of those */
  GPtrArray *evidence; /* TruceEvidence *, as it came */
} TruceProposal;

TruceProposal *truce_proposal_new_empty (void); /* names nothing: to be filled in */
/* No evidence yet; `due` NULL: no date is named. `old` and `due` are of `zone`. */
TruceProposal *truce_proposal_new (const char *milestone, guint revision, TruceMoveLabel label, const TruceSpan *old,
                                   const TruceSpan *due, TruceTime now);
TruceProposal *truce_proposal_copy (const TruceProposal *proposal);
void truce_proposal_free (TruceProposal *proposal); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceProposal, truce_proposal_free)

gboolean truce_proposal_is_dated (const TruceProposal *proposal);
/* Reported or confirmed: it waits for an answer. */
gboolean truce_proposal_is_alive (const TruceProposal *proposal);
/* Would accepting it change anything: does the date move or end by it? Not by what is asked for or was refused. */
gboolean truce_proposal_is_change (const TruceProposal *proposal);
/* When anything was last said of it, by the news or by somebody. */
TruceTime truce_proposal_last_heard (const TruceProposal *proposal);
/* What the evidence amounts to. */
TruceProposalStatus truce_proposal_weight (const TruceProposal *proposal);

/* Counts what of the evidence is independent, when it has been filled in. */
void truce_proposal_weigh (TruceProposal *proposal);
/* Takes `evidence` (transfer full), in place of what the same entry said before. TRUE: the entry is new to it. When
 * there are TRUCE_PROPOSAL_EVIDENCE_MAX, it takes the place of a copy, or an official one that of a paper. */
gboolean truce_proposal_add (TruceProposal *proposal, TruceEvidence *evidence);
/* Takes back what that entry said; TRUE when it had said anything. */
gboolean truce_proposal_drop (TruceProposal *proposal, const char *feed, guint64 entry);
/* Takes all evidence of `other`. */
void truce_proposal_absorb (TruceProposal *proposal, TruceProposal *other);
const TruceEvidence *truce_proposal_find (const TruceProposal *proposal, const char *feed, guint64 entry); /* NULL */
/* The one that weighs most: official before press, dated before not, then the surest. NULL: there is none. */
const TruceEvidence *truce_proposal_best (const TruceProposal *proposal);

/* The new date; `ret_span` to be cleared. FALSE: none is named, or its zone is not known here. */
gboolean truce_proposal_span (const TruceProposal *proposal, TruceSpan *ret_span);
/* Days that it moves by, as the calendar of its zone counts; 0 when no date is named. */
gint64 truce_proposal_delta_days (const TruceProposal *proposal);

/* "moved to Mon 10 Nov 2025", "resolved", "proposed to move", "not to move". (transfer full) */
char *truce_proposal_to_words (const TruceProposal *proposal);
/* "reported moved to 2025-11-10 (2 sources)": what an alert about the old date says of it. (transfer full) */
char *truce_proposal_contest (const TruceProposal *proposal);
/* Who says so, each once, official ones first: "Federal Register, example.org and 3 more". (transfer full) */
char *truce_proposal_publishers (const TruceProposal *proposal);

/* As it is kept, and shown (truced-moves(7)); back is NULL when it lacks what every one has. */
json_t *truce_proposal_to_json (const TruceProposal *proposal);
TruceProposal *truce_proposal_from_json (const json_t *record);

G_END_DECLS
