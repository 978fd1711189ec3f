/* SPDX-License-Identifier: MIT */
/* encoding_private.h: the encodings by their labels, with converters that need no file once they are loaded. */
#pragma once

#include <glib.h>
#include <iconv.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;   /* iconv's */
  const char *labels; /* what feeds call it, in lower case, a space before and after each; the name itself is one too */
  gboolean wide;      /* UTF-16 or UTF-32: recognised by its bytes */
  gboolean single;    /* a byte is a character: `characters` says which */
} TruceCharset;

void truce_charset_preload (void);

/* Is a text of ASCII the same in it? */
gboolean truce_charset_has_ascii (const TruceCharset *charset);

/* NULL: UTF-8, unknown, or not supported by this machine's iconv. */
const TruceCharset *truce_charset_by_label (const char *label);

/* What the frequent characters are in each encoding that can be guessed: needs iconv's files. */
void truce_charset_guess_preload (void);

/* The East Asian encoding that an unlabelled text which is no UTF-8 is in. NULL: in none, or too short to tell. */
const TruceCharset *truce_charset_guess (const guchar *bytes, gsize length);

/* Valid UTF-8 without NUL. */
GBytes *truce_charset_decode (const TruceCharset *charset, const guchar *bytes, gsize length);

G_END_DECLS
