/* SPDX-License-Identifier: MIT */
/* elements.h: what the elements of the XML formats mean, whichever of them they stand in. */
#pragma once

#include "worker/parse/build.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_ELEMENT_OTHER,
  TRUCE_ELEMENT_RSS, /* roots */
  TRUCE_ELEMENT_RDF,
  TRUCE_ELEMENT_FEED,
  TRUCE_ELEMENT_CHANNEL,
  TRUCE_ELEMENT_ITEM,
  TRUCE_ELEMENT_SKIP,    /* tells of something else: an image, the source of a copied entry */
  TRUCE_ELEMENT_GROUP,   /* its children count as if it were not there */
  TRUCE_ELEMENT_TEXT,    /* `field` of `rank` */
  TRUCE_ELEMENT_CONTENT, /* likewise, with the attributes of Atom's text constructs */
  TRUCE_ELEMENT_DATE,
  TRUCE_ELEMENT_LINK, /* Atom's href or RSS's text */
  TRUCE_ELEMENT_GUID,
  TRUCE_ELEMENT_AUTHOR,
  TRUCE_ELEMENT_NAME, /* within an author */
  TRUCE_ELEMENT_CATEGORY,
  TRUCE_ELEMENT_ENCLOSURE, /* its children count as if it were not there, too */
  TRUCE_ELEMENT_PLAYER,    /* the page that shows a recording */
  TRUCE_ELEMENT_TTL,       /* of the feed */
  TRUCE_ELEMENT_PERIOD,
  TRUCE_ELEMENT_FREQUENCY,
  TRUCE_ELEMENT_SKIP_HOUR,
  TRUCE_ELEMENT_SKIP_DAY,
} TruceElementKind;

typedef struct {
  const char *name; /* in lower case */
  guint16 spaces;   /* the namespaces that it has this meaning in */
  guint8 kind;
  guint8 field;
  guint8 rank; /* of several sources of a field the highest stays; of equals the first */
} TruceElement;

/* The meaning of an element, names and prefixes being taken with case ignored. Namespaces that nobody declared go by
 * their usual prefix. Never NULL. */
const TruceElement *truce_element_lookup (const char *name, const char *prefix, const char *uri);

G_END_DECLS
