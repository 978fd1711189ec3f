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

TruceFoldEntry truce_fold_entry (gunichar character);

/* NFKC, then case folding unless `keep_case`, of a few characters together. (transfer full) */
char *truce_fold_normalise (const char *text, gssize length, gboolean keep_case);

G_END_DECLS
