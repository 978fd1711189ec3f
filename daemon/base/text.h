/* SPDX-License-Identifier: MIT */
/* text.h: strangers' text made fit to keep and to show.
 *
 * Everything a feed says passes truce_text_clean() before it is stored, matched or shown: so no terminal, journal or
 * popup ever receives a control, escape or bidi character from outside. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Valid UTF-8 (bad bytes become U+FFFD), without C0, C1, DEL, U+FEFF and the bidi controls (U+061C, U+200E-200F,
 * U+202A-202E, U+2066-2069); every run of white space (NBSP and line breaks among it) is one space, none at the ends.
 * `length` -1: NUL-terminated. An embedded NUL counts as a control. (transfer full) */
char *truce_text_clean (const char *text, gssize length);
/* Is it as truce_text_clean() would leave it? */
gboolean truce_text_is_clean (const char *text, gsize length);

/* What clean text does with a character: the rule of truce_text_clean(), for those who make clean text as
 * they go. */
typedef enum { TRUCE_CHARACTER_KEPT, TRUCE_CHARACTER_SPACE, TRUCE_CHARACTER_DROPPED } TruceCharacterFate;
TruceCharacterFate truce_text_fate (gunichar c);

/* `text` cut to at most `max_bytes` bytes on a character boundary, with U+2026 at the end when something was cut.
 * Valid UTF-8 in, valid UTF-8 out. (transfer full) */
char *truce_text_cut (const char *text, gsize max_bytes);

/* Escaped for a notification body whose server knows markup: & < > become entities. (transfer full) */
char *truce_text_escape_markup (const char *text);

/* The number of terminal columns that `text` takes (wide East Asian characters two, combining marks none). */
gsize truce_text_columns (const char *text);

/* `text` cut to at most `columns` terminal columns, "…" at the end when cut. (transfer full) */
char *truce_text_fit (const char *text, gsize columns);

/* The one of `known` (NULL-terminated) that is nearest to `word` by edit distance with case ignored, or NULL when none
 * is near enough to be meant (more than a third of its letters differ). (transfer none) */
const char *truce_text_nearest (const char *word, const char *const *known);

/* A stable 64-bit hash of bytes (the first 8 bytes of SHA-256, big-endian), the same on every machine and release:
 * it is kept in the store. Not for secrets. `length` -1: NUL-terminated. */
guint64 truce_hash64 (const void *bytes, gssize length);

/* As stable, and twenty times as fast: to see whether megabytes are what they were. Who wants to can make others that
 * have the same. */
guint64 truce_fingerprint64 (const void *bytes, gsize length);

G_END_DECLS
