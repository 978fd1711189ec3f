/* SPDX-License-Identifier: MIT */
/* fold_table.h: what folding does to each character, worked out once from GLib's tables. For fold.c alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An entry: the character it folds to in the low bits, and what kind it is. */
typedef guint32 TruceFoldEntry;
#define TRUCE_FOLD_CHARACTER 0x1fffffu /* mask */
#define TRUCE_FOLD_WORD (1u << 31)     /* part of a word; otherwise it separates */
#define TRUCE_FOLD_UNSPACED (1u << 30) /* of a script without spaces */
#define TRUCE_FOLD_SEVERAL (1u << 29)  /* folds to several characters: ask GLib */
#define TRUCE_FOLD_DROPPED (1u << 28)  /* invisible: as if it were not there */
#define TRUCE_FOLD_JOINS (1u << 27)    /* may be composed with what stands before it */

#define TRUCE_FOLD_MARK (1u << 26) /* a combining mark: it extends a word and begins none */

#define TRUCE_FOLD_PAGE 256
#define TRUCE_FOLD_PAGES (0x110000 / TRUCE_FOLD_PAGE)

/* Constants that are filled in a page at a time as text needs them: a full table would cost each process megabytes. */
extern TruceFoldEntry *truce_fold_pages[TRUCE_FOLD_PAGES];
const TruceFoldEntry *truce_fold_fill_page (guint page);

/* `c` must be a Unicode character. */
static inline TruceFoldEntry
truce_fold_entry (gunichar c)
{
  const TruceFoldEntry *page = truce_fold_pages[c / TRUCE_FOLD_PAGE];

  if (G_UNLIKELY (!page))
    page = truce_fold_fill_page (c / TRUCE_FOLD_PAGE);
  return page[c % TRUCE_FOLD_PAGE];
}

/* NFKC, then case folding unless `keep_case`, of a few characters together. (transfer full) */
char *truce_fold_normalise (const char *text, gssize length, gboolean keep_case);

G_END_DECLS
