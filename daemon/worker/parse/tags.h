/* SPDX-License-Identifier: MIT */
/* tags.h: the tags of an XML or HTML text and their attributes, however badly it is made, in one pass. What lies
 * between them is left alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *at, *end; /* of valid UTF-8 */
} TruceTagReader;

typedef struct {
  const char *name; /* as it is written, without a prefix */
  gsize name_length;
  const char *attributes, *end; /* from behind the name to the '>' */
  gboolean closing;             /* "</name>" */
  gboolean empty;               /* "<name/>" */
} TruceTag;

/* The next tag; comments, CDATA, declarations, scripts and styles are passed over. FALSE: there is none. */
gboolean truce_tag_next (TruceTagReader *reader, TruceTag *ret_tag);
/* Case is ignored. */
gboolean truce_tag_is (const TruceTag *tag, const char *name);
/* The value of an attribute, references resolved and clean (truce_text_clean()); NULL: it has none. (transfer full) */
char *truce_tag_attribute (const TruceTag *tag, const char *name);
/* The text from where `reader` is to the next tag, likewise. (transfer full) */
char *truce_tag_text (const TruceTagReader *reader);

G_END_DECLS
