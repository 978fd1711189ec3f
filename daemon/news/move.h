/* SPDX-License-Identifier: MIT */
/* move.h: what a piece of news says about a deadline: did it move, may it, will it not, and to when.
 *
 * By rules that can be told: words that shift a date ("extend", "put off"), what governs them ("may", "refuses to",
 * "agreed to"), what they act on ("deadline", but not "lead"), and the dates and lengths beside them. English, with the
 * core in Korean and Chinese. truced-moves(7) tells the rules to people. */
#pragma once

#include "deadline/when.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_MOVE_MOVED,     /* the change is told as done or decided */
  TRUCE_MOVE_PROPOSED,  /* asked for, planned, weighed, expected */
  TRUCE_MOVE_REJECTED,  /* refused, ruled out, voted down */
  TRUCE_MOVE_RESOLVED,  /* the condition is met: signed, agreed, sold */
  TRUCE_MOVE_CANCELLED, /* scrapped, expired, ended */
  TRUCE_MOVE_MENTION,   /* a deadline is named and nothing changes */
  TRUCE_MOVE_UNRELATED,
} TruceMoveLabel;
#define TRUCE_N_MOVE_LABELS 7

/* "moved", "proposed", ... */
const char *truce_move_label_to_text (TruceMoveLabel label);

/* The news, and what it is read against. */
typedef struct {
  const char *title;     /* valid UTF-8; NULL: none */
  const char *summary;   /* likewise */
  TruceTime published;   /* what "Friday" and "next year" count from; TRUCE_TIME_NONE: such dates are not read */
  const TruceZone *zone; /* whose civil days dates are */
  const TruceSpan *due;  /* the milestone's current due; NULL: not known */
} TruceMoveNews;

#define TRUCE_MOVE_TEXT_MAX 4096 /* bytes of title and summary together that are read: the rest says nothing new */

typedef struct {
  TruceMoveLabel label;
  gboolean dated;           /* the new due is known: stated, or the current due and a length */
  gboolean stated;          /* it is named in the text */
  gint64 first, end;        /* of the new due: civil days since 1970-01-01, [first, end) */
  TrucePrecision precision; /* of the new due */
  int delta_days;           /* a stated length, with months of 30 and years of 365 days; 0: none */
  gboolean back;            /* the date is again what it was: an earlier one, or by a move that is denied or undone */
  double confidence;        /* 0..1 */
  char *quote;              /* the deciding words as they stand in the text; NULL when unrelated */
} TruceMove;

/* Never fails. (transfer full) */
TruceMove *truce_move_classify (const TruceMoveNews *news);

/* The same text read against one milestone after another: it is taken apart once. The pointers of `news` are borrowed
 * until it is freed; its `zone` and `due` may be given anew at each reading. */
typedef struct _TruceMoveReader TruceMoveReader;
TruceMoveReader *truce_move_reader_new (const TruceMoveNews *news);
TruceMove *truce_move_reader_read (TruceMoveReader *reader, const TruceZone *zone, const TruceSpan *due);
void truce_move_reader_free (TruceMoveReader *reader); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceMoveReader, truce_move_reader_free)

void truce_move_free (TruceMove *move); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceMove, truce_move_free)

G_END_DECLS
