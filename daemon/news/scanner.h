/* SPDX-License-Identifier: MIT */
/* scanner.h: where any of many literals stand in a folded text, in one pass whose cost hardly depends on how many they
 * are.
 *
 * The text is already cut into words, so a literal can begin at few places: each word is hashed and looked up among the
 * first words of the literals, its beginnings among the prefixes, and in unspaced scripts each pair of letters among
 * the pairs that literals begin with. Only what is found there is compared. An automaton over bytes does worse: at ten
 * thousand literals each byte costs it a cache miss.
 *
 * A literal of several words with Hangul among them also stands where a Korean particle hangs on an inner one
 * (news/particle.h). */
#pragma once

#include "news/fold.h"

G_BEGIN_DECLS

typedef struct {
  char *folded;        /* as truce_fold() writes it, not empty */
  gboolean open_start; /* its first word is of an unspaced script, and letters may stand before it */
  gboolean open_end;   /* letters may follow it */
} TruceLiteral;

typedef struct {
  guint32 literal; /* its index */
  guint32 start;   /* bytes [start, end) of the folded text */
  guint32 end;
} TruceOccurrence;

typedef struct _TruceScanner TruceScanner; /* immutable */

/* The literals are copied. */
TruceScanner *truce_scanner_new (const TruceLiteral *literals, guint n_literals);
void truce_scanner_free (TruceScanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceScanner, truce_scanner_free)

/* Appends a TruceOccurrence for each place where a literal stands, in the order of their starts. */
void truce_scanner_run (const TruceScanner *scanner, const TruceFolded *folded, GArray *ret_occurrences);

G_END_DECLS
