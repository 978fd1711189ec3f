/* SPDX-License-Identifier: MIT */
/* html.h: the text of a piece of HTML, for people and for matching: no tags, scripts or styles, references resolved. */
#pragma once

#include "worker/parse/plain.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_MARKUP_NONE, /* text already */
  TRUCE_MARKUP_TEXT, /* said to be text: tags are words, unless it closes one; references are resolved all the same */
  TRUCE_MARKUP_HTML,
} TruceMarkup;

typedef enum {
  TRUCE_HTML_UNKNOWN, /* no element of HTML */
  TRUCE_HTML_INLINE,  /* within a word, perhaps */
  TRUCE_HTML_BLOCK,   /* ends a word */
  TRUCE_HTML_HIDDEN,  /* what is in it is no text */
} TruceHtmlClass;

/* What `name` is in HTML, case ignored. */
TruceHtmlClass truce_html_class (const char *name, gsize length);

/* Takes the text of `length` bytes, for which there must be room. */
void truce_html_to_text (TrucePlain *plain, const char *html, gsize length, TruceMarkup markup);

G_END_DECLS
