/* SPDX-License-Identifier: MIT */
#include "worker/parse/elements.h"
#include "worker/parse/entities.h"
#include "worker/parse/link.h"
#include "worker/parse/parse_private.h"
#include "worker/parse/xml_private.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Never NOENT, DTDLOAD, DTDATTR, XINCLUDE or HUGE: entities are not expanded, nothing is fetched, limits stay. */
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOCDATA)

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorArgument;
#else
typedef xmlErrorPtr ErrorArgument;
#endif

static void
on_error (void *data, ErrorArgument error)
{
  TruceXml *xml = data;

  /* What a document that has ended goes on with is of no concern; nor are namespaces that nobody declared. */
  if (error && error->level == XML_ERR_FATAL && !xml->ended)
    xml->malformed = TRUE;
}

/* HTML's entities without a DTD. A predefined entity's text is taken as it is. */
static xmlEntityPtr
on_entity (void *data, const xmlChar *name)
{
  TruceXml *xml = data;
  gunichar c = truce_entity_lookup ((const char *) name, strlen ((const char *) name));

  if (c == 0)
    return NULL;
  xml->entity_text[g_unichar_to_utf8 (c, xml->entity_text)] = '\0';
  xml->entity = (xmlEntity){
    .type = XML_ENTITY_DECL,
    .name = name,
    .content = (xmlChar *) xml->entity_text,
    .orig = (xmlChar *) xml->entity_text, /* else a declaration of it would be kept here, and leak */
    .length = (int) strlen (xml->entity_text),
    .etype = XML_INTERNAL_PREDEFINED_ENTITY,
  };
  return &xml->entity;
}

/* Entities of the document's own: repair knows the harmless ones. */
static void
on_declaration (void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                xmlChar *content)
{
  TruceXml *xml = data;

  if (type == XML_INTERNAL_GENERAL_ENTITY)
    xml->malformed = TRUE;
}

static void
on_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
          const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  const TruceAttributes given = { attributes, n_attributes };

  truce_xml_start (data, (const char *) name, (const char *) prefix, (const char *) uri, &given);
}

static void
on_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  truce_xml_end (data);
}

static void
on_characters (void *data, const xmlChar *text, int length)
{
  truce_xml_characters (data, (const char *) text, (gsize) length);
}

static const xmlSAXHandler handlers = {
  .initialized = XML_SAX2_MAGIC,
  .startElementNs = on_start,
  .endElementNs = on_end,
  .characters = on_characters,
  .ignorableWhitespace = on_characters,
  .cdataBlock = on_characters,
  .getEntity = on_entity,
  .entityDecl = on_declaration,
  .serror = on_error,
};

/* One pass over the text. */
static void
read_document (TruceXml *xml, const char *text, gsize length, gsize chunk, int options)
{
  xmlSAXHandler sax = handlers;
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt (&sax, xml, NULL, 0, NULL);

  xmlCtxtUseOptions (parser, options);
  xmlSwitchEncoding (parser, XML_CHAR_ENCODING_UTF8);
  xml->parser = parser;
  do {
    gsize part = MIN (length, chunk);

    xmlParseChunk (parser, text, (int) part, part == length);
    text += part;
    length -= part;
  } while (length > 0 && xml->stop == TRUCE_XML_GO_ON && !(xml->malformed && !(options & XML_PARSE_RECOVER)));
  xml->parser = NULL;
  /* There is no tree, but declared entities are kept in a document of their own. */
  if (parser->myDoc)
    xmlFreeDoc (parser->myDoc);
  xmlFreeParserCtxt (parser);
}

static gboolean
is_html_root (const char *name)
{
  return truce_html_class (name, strlen (name)) >= TRUCE_HTML_BLOCK || g_ascii_strcasecmp (name, "meta") == 0;
}

static gboolean
judge (TruceXml *xml, GError **error)
{
  TruceFeedDocument *document = xml->builder->document;

  if (xml->stop == TRUCE_XML_NOT_A_FEED) {
    if (is_html_root (xml->root))
      g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "HTML page, not a feed");
    else
      g_set_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "XML of another kind (<%s>), not a feed",
                   xml->root);
    return FALSE;
  }
  if (!document->format) {
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "no XML element, not a feed");
    return FALSE;
  }
  if (!xml->ended && xml->stop != TRUCE_XML_FULL)
    document->lack = TRUCE_FEED_CUT_OFF;
  if (document->ttl == 0)
    document->ttl = xml->period / xml->frequency;
  if (xml->stop == TRUCE_XML_TOO_DEEP && document->items->len == 0) {
    g_set_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_BROKEN, "elements nested deeper than %d", TRUCE_DEPTH_MAX);
    return FALSE;
  }
  if (!xml->ended && document->items->len == 0 && xml->stop == TRUCE_XML_GO_ON) {
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_BROKEN,
                         "cut off or broken before its first item was whole");
    return FALSE;
  }
  return TRUE;
}

static TruceReadResult
conclude (TruceXml *xml, GError **error)
{
  truce_builder_drop_item (xml->builder);
  return judge (xml, error) ? TRUCE_READ : TRUCE_REFUSED;
}

TruceReadResult
truce_parse_xml (TruceBuilder *builder, const char *text, gsize length, gsize chunk, GError **error)
{
  g_auto (TruceXml) xml = { 0 };

  truce_xml_init (&xml, builder);
  read_document (&xml, text, length, chunk, PARSE_OPTIONS);
  if (builder->bad || (xml.malformed && xml.stop == TRUCE_XML_GO_ON))
    return TRUCE_MALFORMED;
  return conclude (&xml, error);
}

TruceReadResult
truce_parse_broken_xml (TruceBuilder *builder, const char *text, gsize length, gsize chunk, GError **error)
{
  g_auto (TruceXml) xml = { 0 };
  g_autoptr (GString) repaired = g_string_sized_new (length + length / 16);

  truce_xml_init (&xml, builder);
  if (!truce_xml_repair (repaired, text, length))
    builder->document->lack = TRUCE_FEED_UNEXPANDED;
  read_document (&xml, repaired->str, repaired->len, chunk, PARSE_OPTIONS | XML_PARSE_RECOVER);
  return conclude (&xml, error);
}
