/* SPDX-License-Identifier: MIT */
/* xml_tree.c: where in the document we are. */
#include "worker/parse/link.h"
#include "worker/parse/xml_private.h"

#include <string.h>

void
truce_xml_init (TruceXml *xml, TruceBuilder *builder)
{
  *xml = (TruceXml){
    .builder = builder, .text = g_string_sized_new (4096), .value = g_string_sized_new (256), .frequency = 1
  };
}

void
truce_xml_clear (TruceXml *xml)
{
  for (gsize i = 0; i < G_N_ELEMENTS (xml->bases); i++)
    g_clear_pointer (&xml->bases[i], g_free);
  g_clear_pointer (&xml->root, g_free);
  if (xml->text)
    g_string_free (g_steal_pointer (&xml->text), TRUE);
  if (xml->value)
    g_string_free (g_steal_pointer (&xml->value), TRUE);
}

static void
stop (TruceXml *xml, TruceXmlStop why)
{
  xml->stop = why;
  xmlStopParser (xml->parser);
}

TruceValue
truce_xml_attribute (const TruceAttributes *attributes, const char *name)
{
  for (int i = 0; i < attributes->n; i++) {
    const xmlChar **attribute = attributes->items + i * 5;

    if ((*attribute[0] | 0x20) != *name || g_ascii_strcasecmp ((const char *) attribute[0], name) != 0)
      continue;
    return (TruceValue){ (const char *) attribute[3], (gsize) (attribute[4] - attribute[3]) };
  }
  return (TruceValue){ NULL, 0 };
}

gboolean
truce_value_is (TruceValue value, const char *word)
{
  return value.text && value.length == strlen (word) && g_ascii_strncasecmp (value.text, word, value.length) == 0;
}

gboolean
truce_value_has (TruceValue value, const char *part)
{
  return value.text && memmem (value.text, value.length, part, strlen (part));
}

/* As entities are not expanded, libxml2 leaves '&' as "&#38;" in attributes, and of HTML's entities only the first
 * byte: text that is repaired has none of those. */
TruceValue
truce_xml_text_of (TruceXml *xml, TruceValue value)
{
  const char *at = value.text, *end = at + value.length;

  g_string_truncate (xml->value, 0);
  while (at < end) {
    const char *ampersand = memchr (at, '&', (size_t) (end - at));
    const char *stop = ampersand ? ampersand + 1 : end;

    g_string_append_len (xml->value, at, stop - at);
    at = stop;
    if (end - at >= 4 && memcmp (at - 1, "&#38;", 5) == 0)
      at += 4;
  }
  return (TruceValue){ xml->value->str, xml->value->len };
}

const char *
truce_xml_base (const TruceXml *xml)
{
  for (int depth = MIN (xml->depth, TRUCE_DEPTH_MAX); depth > 0; depth--)
    if (xml->bases[depth])
      return xml->bases[depth];
  return NULL;
}

static const TruceElement *
look_up (TruceXml *xml, const char *name, const char *prefix, const char *uri)
{
  /* libxml2 has one name behind the other: the low bits alone would say little. */
  guint32 hash = (GPOINTER_TO_UINT (name) * 31 + GPOINTER_TO_UINT (prefix)) * 0x9e3779b1u;
  TruceElementCache *cached = &xml->cache[hash >> (32 - TRUCE_CACHE_BITS)];

  if (cached->name != name || cached->prefix != prefix || cached->uri != uri || !cached->element)
    *cached = (TruceElementCache){ name, prefix, uri, truce_element_lookup (name, prefix, uri) };
  return cached->element;
}

static void
start_item (TruceXml *xml, const TruceAttributes *attributes)
{
  TruceValue about;

  if (!truce_builder_begin_item (xml->builder)) {
    stop (xml, TRUCE_XML_FULL);
    return;
  }
  xml->item_depth = xml->depth;
  if (attributes->n == 0)
    return;
  about = truce_xml_attribute (attributes, "about");
  if (about.text) {
    about = truce_xml_text_of (xml, about);
    truce_builder_set_text (xml->builder, TRUCE_FIELD_ID, 2, about.text, about.length, TRUCE_MARKUP_NONE);
  }
  truce_xml_read_channel_definition (xml, attributes);
}

static void
start_root (TruceXml *xml, const TruceElement *element, const char *name, const TruceAttributes *attributes)
{
  TruceFeedDocument *document = xml->builder->document;

  switch ((TruceElementKind) element->kind) {
  case TRUCE_ELEMENT_RSS:
    document->format = g_strdup ("rss");
    break;
  case TRUCE_ELEMENT_CHANNEL:
    document->format = g_strdup ("rss");
    truce_xml_read_channel_definition (xml, attributes);
    break;
  case TRUCE_ELEMENT_RDF:
    document->format = g_strdup ("rdf");
    break;
  case TRUCE_ELEMENT_FEED:
    document->format = g_strdup ("atom");
    break;
  case TRUCE_ELEMENT_ITEM:
    /* Atom has documents of one entry. */
    document->format = g_strdup ("atom");
    start_item (xml, attributes);
    break;
  default:
    xml->root = g_utf8_make_valid (name, (gssize) strnlen (name, 40));
    stop (xml, TRUCE_XML_NOT_A_FEED);
  }
}

/* Does the open element's child count as a field? It is a child of the item, of the channel or feed, or of a group
 * there. */
static gboolean
is_field_place (const TruceXml *xml)
{
  int parent = xml->depth - 1;

  while (parent > 0 &&
         (xml->open[parent]->kind == TRUCE_ELEMENT_GROUP || xml->open[parent]->kind == TRUCE_ELEMENT_ENCLOSURE))
    parent--;
  if (xml->item_depth)
    return parent == xml->item_depth;
  return parent > 0 &&
         (xml->open[parent]->kind == TRUCE_ELEMENT_CHANNEL || xml->open[parent]->kind == TRUCE_ELEMENT_FEED);
}

/* An element within the text of a field: a tag that was not escaped, or XHTML. */
static void
start_inner (TruceXml *xml, const TruceElement *element, const char *name)
{
  TruceHtmlClass element_class = truce_html_class (name, strlen (name));

  if (xml->field->kind == TRUCE_ELEMENT_AUTHOR) {
    if (xml->has_name || element->kind != TRUCE_ELEMENT_NAME) {
      if (!xml->hidden_depth)
        xml->hidden_depth = xml->depth;
      return;
    }
    g_string_truncate (xml->text, 0);
    return;
  }
  if (element_class == TRUCE_HTML_HIDDEN && !xml->hidden_depth)
    xml->hidden_depth = xml->depth;
  else if (element_class == TRUCE_HTML_BLOCK)
    truce_xml_characters (xml, " ", 1);
}

static void
start_element (TruceXml *xml, const TruceElement *element, const char *name, const TruceAttributes *attributes)
{
  if (xml->depth == 1)
    start_root (xml, element, name, attributes);
  else if (xml->skip_depth)
    return;
  else if (xml->field)
    start_inner (xml, element, name);
  else if (element->kind == TRUCE_ELEMENT_ITEM)
    start_item (xml, attributes);
  else if (element->kind == TRUCE_ELEMENT_SKIP)
    xml->skip_depth = xml->depth;
  else if (element->kind >= TRUCE_ELEMENT_TEXT && is_field_place (xml))
    truce_xml_begin_field (xml, element, attributes);
}

/* xml:base, and the attribute of the Channel Definition Format. */
static gboolean
is_base (const xmlChar **attribute, const TruceElement *element)
{
  if ((*attribute[0] | 0x20) != 'b' || g_ascii_strcasecmp ((const char *) attribute[0], "base") != 0)
    return FALSE;
  if (attribute[1])
    return strcmp ((const char *) attribute[1], "xml") == 0;
  return element->kind == TRUCE_ELEMENT_CHANNEL || element->kind == TRUCE_ELEMENT_ITEM;
}

static void
set_base (TruceXml *xml, const TruceAttributes *attributes)
{
  for (int i = 0; i < attributes->n; i++) {
    const xmlChar **attribute = attributes->items + i * 5;
    const char *outer;
    TruceValue value;

    if (!is_base (attribute, xml->open[xml->depth]))
      continue;
    value = truce_xml_text_of (xml, truce_xml_attribute (&(TruceAttributes){ attribute, 1 }, "base"));
    /* Recovery lets an attribute stand twice. */
    g_clear_pointer (&xml->bases[xml->depth], g_free);
    outer = truce_xml_base (xml);
    xml->bases[xml->depth] =
        truce_link_resolve (value.text, value.length, outer ? outer : truce_builder_base (xml->builder));
  }
}

void
truce_xml_start (TruceXml *xml, const char *name, const char *prefix, const char *uri,
                 const TruceAttributes *attributes)
{
  if (xml->stop != TRUCE_XML_GO_ON || xml->ended)
    return;
  if (xml->depth == TRUCE_DEPTH_MAX) {
    stop (xml, TRUCE_XML_TOO_DEEP);
    return;
  }
  xml->depth++;
  xml->open[xml->depth] = look_up (xml, name, prefix, uri);
  if (attributes->n > 0)
    set_base (xml, attributes);
  start_element (xml, xml->open[xml->depth], name, attributes);
}

void
truce_xml_end (TruceXml *xml)
{
  if (xml->stop != TRUCE_XML_GO_ON || xml->ended || xml->depth == 0)
    return;
  if (xml->field && xml->depth == xml->field_depth) {
    truce_xml_finish_field (xml);
    xml->field = NULL;
  } else if (xml->field && xml->open[xml->depth]->kind == TRUCE_ELEMENT_NAME) {
    xml->has_name = TRUE;
  }
  if (xml->depth == xml->hidden_depth)
    xml->hidden_depth = 0;
  if (xml->depth == xml->skip_depth)
    xml->skip_depth = 0;
  if (xml->depth == xml->item_depth) {
    truce_builder_end_item (xml->builder);
    xml->item_depth = 0;
  }
  g_clear_pointer (&xml->bases[xml->depth], g_free);
  xml->depth--;
  if (xml->depth == 0)
    xml->ended = TRUE;
}

void
truce_xml_characters (TruceXml *xml, const char *text, gsize length)
{
  if (!xml->field || xml->hidden_depth)
    return;
  length = MIN (length, TRUCE_FIELD_RAW_MAX - MIN (xml->text->len, TRUCE_FIELD_RAW_MAX));
  /* libxml2 gives CDATA sections in pieces of 300 bytes. */
  if (xml->text->len + length < xml->text->allocated_len) {
    memcpy (xml->text->str + xml->text->len, text, length);
    xml->text->len += length;
    xml->text->str[xml->text->len] = '\0';
  } else {
    g_string_append_len (xml->text, text, (gssize) length);
  }
}
