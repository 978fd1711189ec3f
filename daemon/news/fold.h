/* SPDX-License-Identifier: MIT */
/* fold.h: text made comparable: the words of a text and of a query, each in the one form they are compared in.
 *
 * Folded text is words with one space between them and nothing else. A word is a run of letters, digits and marks,
 * normalised by NFKC and case-folded, its accents kept. All else separates words: blanks, hyphens, apostrophes, quotes,
 * symbols, so their typographic kinds need no rule. Beyond that:
 *   - Han, Hangul, Kana and the other scripts that hang words together are *unspaced*: a run of them is a word apart
 * from the Latin beside it, and terms in them are looked for anywhere inside such a run;
 *   - single letters joined by full stops are one word: "U.S." is "us", "a.m." is "am";
 *   - invisible characters (soft hyphen, joiners, variation selectors) are dropped, and the trade mark sign separates.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_FOLD_TEXT_MAX (16 * 1024 * 1024) /* bytes; the rest is left out: positions are 32 bits wide */
#define TRUCE_FOLD_PAD 16 /* zero bytes after the folded ones, so that they can be read 16 at a time */

typedef struct {
  guint32 start; /* in TruceFolded.bytes */
  guint32 length : 31;
  guint32 unspaced : 1;
} TruceToken;

/* The part of the original text that a folded byte came from. */
typedef struct {
  guint32 from;
  guint32 to;
} TruceOrigin;

/* A value with owned memory that is used again by the next truce_fold(): zero it to begin with, clear it at the end. */
typedef struct {
  char *bytes;
  guint32 length;
  guint n_tokens;
  TruceToken *tokens;
  TruceOrigin *origins; /* of each byte; only with TRUCE_FOLD_ORIGINS */
  gsize capacity;       /* of bytes */
  gsize tokens_capacity;
  gsize origins_capacity;
} TruceFolded;

typedef enum {
  TRUCE_FOLD_PLAIN = 0,
  TRUCE_FOLD_KEEP_CASE = 1 << 0,
  TRUCE_FOLD_ORIGINS = 1 << 1, /* costs time: ask only when something was found */
} TruceFoldFlags;

/* `text` must be valid UTF-8. */
void truce_fold (TruceFolded *folded, const char *text, gsize length, TruceFoldFlags flags);
void truce_folded_clear (TruceFolded *folded);

/* Would the character be part of a word? */
gboolean truce_fold_is_word (gunichar character);

G_END_DECLS
