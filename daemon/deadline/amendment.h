/* SPDX-License-Identifier: MIT */
/* amendment.h: what a user has said of a milestone since the configuration was written: a new date, that it was met or
 * cancelled, or that nothing of it is to be told for a while. Kept beside the configuration, in order, and taken back
 * by a mark rather than removed. */
#pragma once

#include "deadline/milestone.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_AMENDMENT_DUE,
  TRUCE_AMENDMENT_MET,
  TRUCE_AMENDMENT_CANCELLED,
  TRUCE_AMENDMENT_SILENCED,
} TruceAmendmentKind;
#define TRUCE_N_AMENDMENT_KINDS 4
const char *truce_amendment_kind_to_text (TruceAmendmentKind kind); /* "due", "met", "cancelled", "silenced" */
gboolean truce_amendment_kind_from_text (const char *text, TruceAmendmentKind *ret_kind);

/* Where something that was said comes from. */
typedef struct {
  const char *by;  /* who */
  const char *via; /* through what: "trucectl", "truced-desktop"; "D-Bus" for any other program */
} TruceOrigin;

typedef struct {
  gint64 number; /* from 1, in the order in which they were made */
  char *milestone;
  TruceAmendmentKind kind;
  TruceTime at;
  TruceTime reading; /* the latest at which anything was said until then: that of a clock that was ahead, or `at` */
  char *by;          /* who */
  char *via;         /* through what; NULL: it was not kept then */
  char *why;         /* with its evidence (base/reason.h); NULL: not said */
  char *statement;   /* of kind due: the new date as it was given */
  char *zone;        /* of kind due: what the statement was read in */
  TruceTime due;     /* of kind due: what it stood for then; of an end: the date that ended; NONE else */
  TruceTime latest;  /* likewise */
  char *over;        /* of kind due: the configured statement that it took the place of; of an end of all dates that a
                      * rule makes: the rule */
  TruceTime until;   /* of kind silenced, NONE else */
  TruceTime undone;  /* when it was taken back; NONE: it holds */
  char *undone_by;   /* NULL */
  char *undone_via;  /* NULL */
} TruceAmendment;

TruceAmendment *truce_amendment_new (TruceAmendmentKind kind, const char *milestone, TruceTime at, const char *by,
                                     const char *why);
TruceAmendment *truce_amendment_copy (const TruceAmendment *amendment);
/* Has one date ended by it, and not all that a rule makes? */
gboolean truce_amendment_ends_one (const TruceAmendment *amendment);
/* What the configured statement that it took the place of stands for, in `zone`; FALSE: none, or it hung on others. */
gboolean truce_amendment_over_span (const TruceAmendment *amendment, TruceZone *zone, TruceSpan *ret_span);
void truce_amendment_free (TruceAmendment *amendment); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceAmendment, truce_amendment_free)

G_END_DECLS
