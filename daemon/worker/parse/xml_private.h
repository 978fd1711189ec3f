/* SPDX-License-Identifier: MIT */
/* xml_private.h: the state of one pass over an XML feed: libxml2's events (xml.c) become fields (xml_fields.c). */
#pragma once

#include "worker/parse/elements.h"
#include "worker/parse/parse_private.h"

#include <libxml/parser.h>

G_BEGIN_DECLS

/* As libxml2's SAX2 has them: five pointers each (name, prefix, namespace, value, its end). */
typedef struct {
  const xmlChar **items;
  int n;
} TruceAttributes;

typedef enum {
  TRUCE_XML_GO_ON,
  TRUCE_XML_FULL, /* as many items as are taken */
  TRUCE_XML_TOO_DEEP,
  TRUCE_XML_NOT_A_FEED,
} TruceXmlStop;

#define TRUCE_CACHE_BITS 8 /* feeds use 20 to 40 names */

typedef struct {
  const char *name, *prefix, *uri; /* pointers that libxml2 keeps for the whole document: compared, not read */
  const TruceElement *element;
} TruceElementCache;

typedef struct {
  TruceBuilder *builder;
  xmlParserCtxtPtr parser;
  TruceXmlStop stop;
  gboolean malformed; /* a fatal error before the root's end */
  gboolean ended;     /* the root element is whole */
  char *root;         /* its name, when it is no feed's */

  int depth;                                     /* of the open element; the root is 1 */
  const TruceElement *open[TRUCE_DEPTH_MAX + 1]; /* by depth */
  char *bases[TRUCE_DEPTH_MAX + 1];              /* xml:base, made absolute; NULL: as the parent's */
  int item_depth;                                /* 0: not in an item */
  int skip_depth;                                /* within an element that is left out; 0: not */

  const TruceElement *field; /* whose text is being collected; NULL: none */
  int field_depth;
  int hidden_depth; /* within it, an element whose text is none; 0: not */
  TruceMarkup markup;
  gboolean base64;    /* said to be */
  gboolean binary;    /* of a type that Atom has written in base64 */
  gboolean permalink; /* of a guid */
  gboolean has_name;  /* of an author: the rest of it is addresses */
  GString *text;
  GString *value; /* of truce_xml_text_of() */

  TruceTime period; /* sy:updatePeriod */
  gint64 frequency;

  xmlEntity entity; /* the answer of getEntity */
  char entity_text[8];
  TruceElementCache cache[1 << TRUCE_CACHE_BITS];
} TruceXml;

void truce_xml_init (TruceXml *xml, TruceBuilder *builder);
void truce_xml_clear (TruceXml *xml);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TruceXml, truce_xml_clear)

void truce_xml_start (TruceXml *xml, const char *name, const char *prefix, const char *uri,
                      const TruceAttributes *attributes);
void truce_xml_end (TruceXml *xml);
void truce_xml_characters (TruceXml *xml, const char *text, gsize length);

/* An attribute's value as it stands in libxml2's memory; `text` NULL when there is none. */
typedef struct {
  const char *text;
  gsize length;
} TruceValue;

/* By its local name, in lower case and whatever its prefix. */
TruceValue truce_xml_attribute (const TruceAttributes *attributes, const char *name);
/* Is it `word`, case ignored? */
gboolean truce_value_is (TruceValue value, const char *word);
gboolean truce_value_has (TruceValue value, const char *part);
/* As text with a NUL behind it, until the next call. */
TruceValue truce_xml_text_of (TruceXml *xml, TruceValue value);

/* Uses the text that was collected for `xml->field`. */
void truce_xml_finish_field (TruceXml *xml);
/* Begins to collect an element's text, or uses its attributes. */
void truce_xml_begin_field (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes);

/* What the Channel Definition Format, RSS's ancestor, says in attributes of a channel and of an item. */
void truce_xml_read_channel_definition (TruceXml *xml, const TruceAttributes *attributes);

/* What relative addresses are relative to here; NULL: what the builder knows. */
const char *truce_xml_base (const TruceXml *xml);

G_END_DECLS
