/* SPDX-License-Identifier: MIT */
/* plain.h: clean text, by the rule of truce_text_clean(), while it is put together from pieces of a stranger's: each
 * byte is looked at once, which is most of what reading a feed costs beside libxml2. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *start, *at;
  gboolean bad;     /* a byte was no UTF-8, and became U+FFFD */
  gboolean doubled; /* a pair of letters that UTF-8 taken for windows-1252 leaves */
} TrucePlain;

/* Room in `buffer`, whose content is lost, for what comes of `length` bytes. */
void truce_plain_begin (TrucePlain *plain, GString *buffer, gsize length);
void truce_plain_end (const TrucePlain *plain, GString *buffer);

/* Takes text from `at` up to '<' or '&' if `markup`, else to `end`. Returns where it stopped. */
const char *truce_plain_take (TrucePlain *plain, const char *at, const char *end, gboolean markup);
void truce_plain_put (TrucePlain *plain, gunichar c);
/* What ends a word. */
void truce_plain_space (TrucePlain *plain);

/* Text that was UTF-8 when somebody took it for windows-1252 and made UTF-8 of it again ("Ã©" for "é"), as it was.
 * NULL: it is no such text. (transfer full) */
char *truce_plain_undouble (const char *text, gsize length, gsize *ret_length);

G_END_DECLS
