/* SPDX-License-Identifier: MIT */
/* xml_fields.c: what an element's attributes and text say. */
#include "worker/parse/link.h"
#include "worker/parse/xml_private.h"

#include <string.h>

/* Ranks of the sources of an item's link. */
enum { LINK_BASE = 1, LINK_PLAYER, LINK_GUID, LINK_OTHER, LINK_ATOM, LINK_ATOM_HTML, LINK_TEXT };

static void
collect (TruceXml *xml, const TruceElement *element)
{
  xml->field = element;
  xml->field_depth = xml->depth;
  xml->hidden_depth = 0;
  xml->markup = TRUCE_MARKUP_HTML;
  xml->base64 = xml->binary = FALSE;
  xml->has_name = FALSE;
  xml->text->len = 0;
  xml->text->str[0] = '\0';
}

/* Atom 1.0's types and Atom 0.3's types and modes. */
static void
read_text_construct (TruceXml *xml, const TruceAttributes *attributes)
{
  TruceValue type = truce_xml_attribute (attributes, "type"), mode = truce_xml_attribute (attributes, "mode");
  gboolean xhtml = truce_value_is (type, "xhtml") || truce_value_has (type, "xhtml+xml");

  xml->base64 = truce_value_is (mode, "base64");
  if (xhtml && !truce_value_is (mode, "escaped"))
    xml->markup = TRUCE_MARKUP_NONE;
  else if (truce_value_is (type, "text") || truce_value_is (type, "text/plain"))
    xml->markup = TRUCE_MARKUP_TEXT;
  xml->binary = truce_value_has (type, "/") && !xhtml && !truce_value_has (type, "text/") &&
                !truce_value_has (type, "xml") && !truce_value_has (type, "html");
}

static void
set_link (TruceXml *xml, guint8 rank, TruceValue address)
{
  if (!truce_builder_wants (xml->builder, TRUCE_FIELD_LINK, rank))
    return;
  address = truce_xml_text_of (xml, address);
  truce_builder_set_link (xml->builder, rank, address.text, address.length, truce_xml_base (xml));
}

static void
add_enclosure (TruceXml *xml, TruceValue address)
{
  if (!address.text)
    return;
  address = truce_xml_text_of (xml, address);
  truce_builder_add_enclosure (xml->builder, address.text, address.length, truce_xml_base (xml));
}

static void
read_link (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  TruceValue href = truce_xml_attribute (attributes, "href"), rel = truce_xml_attribute (attributes, "rel");
  gboolean alternate = rel.length == 0 || truce_value_is (rel, "alternate");

  if (!href.text) {
    if (alternate)
      collect (xml, element);
  } else if (href.length == 0) {
    /* The document itself, if it says where it is. */
    if (alternate && truce_xml_base (xml))
      set_link (xml, LINK_BASE, (TruceValue){ truce_xml_base (xml), strlen (truce_xml_base (xml)) });
  } else if (alternate) {
    TruceValue type = truce_xml_attribute (attributes, "type");

    set_link (xml, !type.text || truce_value_has (type, "html") ? LINK_ATOM_HTML : LINK_ATOM, href);
  } else if (truce_value_is (rel, "enclosure")) {
    add_enclosure (xml, href);
  } else if (xml->builder->item && truce_value_is (rel, "related")) {
    set_link (xml, LINK_OTHER, href);
  } else if (truce_value_is (rel, "self")) {
    href = truce_xml_text_of (xml, href);
    truce_builder_set_self (xml->builder, href.text, href.length);
  }
}

void
truce_xml_read_channel_definition (TruceXml *xml, const TruceAttributes *attributes)
{
  TruceValue href = truce_xml_attribute (attributes, "href"), changed = truce_xml_attribute (attributes, "lastmod");

  if (href.text)
    set_link (xml, LINK_TEXT, href);
  if (changed.text)
    truce_builder_set_date (xml->builder, TRUCE_FIELD_UPDATED, 1, truce_xml_text_of (xml, changed).text);
}

static void
read_category (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  TruceValue text = truce_xml_attribute (attributes, "label");

  if (text.length == 0)
    text = truce_xml_attribute (attributes, "term");
  if (!text.text) {
    collect (xml, element);
    return;
  }
  text = truce_xml_text_of (xml, text);
  truce_builder_add_category (xml->builder, text.text, text.length);
}

/* News have pictures in a dozen sizes in media:content, which nobody opens from here. */
static gboolean
is_picture (const TruceAttributes *attributes)
{
  TruceValue type = truce_xml_attribute (attributes, "type");

  return truce_value_is (truce_xml_attribute (attributes, "medium"), "image") ||
         (type.length > 6 && g_ascii_strncasecmp (type.text, "image/", 6) == 0);
}

void
truce_xml_begin_field (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  switch ((TruceElementKind) element->kind) {
  case TRUCE_ELEMENT_LINK:
    read_link (xml, element, attributes);
    break;
  case TRUCE_ELEMENT_CATEGORY:
    read_category (xml, element, attributes);
    break;
  case TRUCE_ELEMENT_ENCLOSURE:
    if (is_picture (attributes))
      break;
    add_enclosure (xml, truce_xml_attribute (attributes, "url"));
    break;
  case TRUCE_ELEMENT_PLAYER:
    if (xml->builder->item && truce_xml_attribute (attributes, "url").text)
      set_link (xml, LINK_PLAYER, truce_xml_attribute (attributes, "url"));
    break;
  case TRUCE_ELEMENT_GUID:
    xml->permalink = !truce_value_is (truce_xml_attribute (attributes, "ispermalink"), "false");
    collect (xml, element);
    break;
  case TRUCE_ELEMENT_TEXT:
  case TRUCE_ELEMENT_CONTENT:
  case TRUCE_ELEMENT_AUTHOR:
  case TRUCE_ELEMENT_DATE:
    /* What would lose anyway is not even collected. */
    if (!truce_builder_wants (xml->builder, element->field, element->rank))
      break;
    collect (xml, element);
    if (element->kind == TRUCE_ELEMENT_CONTENT && attributes->n > 0)
      read_text_construct (xml, attributes);
    break;
  default:
    if (element->kind >= TRUCE_ELEMENT_TTL && !xml->builder->item)
      collect (xml, element);
  }
}

static gint64
read_number (const char *text)
{
  return g_ascii_strtoll (text, NULL, 10);
}

static void
read_skip_day (TruceFeedDocument *document, const char *text)
{
  static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

  for (guint day = 0; day < G_N_ELEMENTS (days); day++)
    if (g_ascii_strncasecmp (text, days[day], 3) == 0)
      document->skip_days = (guint8) (document->skip_days | 1u << day);
}

static void
read_period (TruceXml *xml, const char *text)
{
  static const char *const names[] = { "hourly", "daily", "weekly", "monthly", "yearly" };
  static const TruceTime lengths[] = { TRUCE_HOUR, TRUCE_DAY, 7 * TRUCE_DAY, 30 * TRUCE_DAY, 365 * TRUCE_DAY };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      xml->period = lengths[i];
}

/* The feed's word on how often it is worth asking. */
static void
finish_schedule (TruceXml *xml, const char *text)
{
  TruceFeedDocument *document = xml->builder->document;
  gint64 number = read_number (text);

  switch ((TruceElementKind) xml->field->kind) {
  case TRUCE_ELEMENT_TTL:
    if (number > 0 && number <= 365 * 24 * 60)
      document->ttl = number * TRUCE_MINUTE;
    break;
  case TRUCE_ELEMENT_PERIOD:
    read_period (xml, text);
    break;
  case TRUCE_ELEMENT_FREQUENCY:
    if (number > 0 && number <= 1000)
      xml->frequency = number;
    break;
  case TRUCE_ELEMENT_SKIP_HOUR:
    /* RSS 0.92 counts 1 to 24. */
    if (g_ascii_isdigit (*text) && number <= 24)
      document->skip_hours |= 1u << (number % 24);
    break;
  case TRUCE_ELEMENT_SKIP_DAY:
    read_skip_day (document, text);
    break;
  default:
    break;
  }
}

/* An id that is an address serves as the link where there is none. */
static void
set_link_of_id (TruceXml *xml)
{
  const char *text = xml->text->str + strspn (xml->text->str, " \t\r\n");

  if (g_ascii_strncasecmp (text, "http", 4) == 0 && xml->builder->item &&
      truce_builder_wants (xml->builder, TRUCE_FIELD_LINK, LINK_GUID))
    truce_builder_set_link (xml->builder, LINK_GUID, xml->text->str, xml->text->len, NULL);
}

/* What base64 is of; NULL when that is no text. */
static char *
decode_text (const char *text)
{
  gsize length;
  g_autofree guchar *decoded = g_base64_decode (text, &length);

  return g_utf8_validate_len ((const char *) decoded, length, NULL) ? g_strndup ((const char *) decoded, length) : NULL;
}

static void
finish_text (TruceXml *xml)
{
  g_autofree char *decoded = xml->base64 || xml->binary ? decode_text (xml->text->str) : NULL;
  const char *text = decoded ? decoded : xml->text->str;
  gsize length = decoded ? strlen (decoded) : xml->text->len;

  /* Of a type that is no text, only a title is text in spite of it. */
  if (!decoded && (xml->base64 || (xml->binary && xml->field->field != TRUCE_FIELD_TITLE)))
    return;
  truce_builder_set_text (xml->builder, xml->field->field, xml->field->rank, text, length, xml->markup);
  if (xml->field->field == TRUCE_FIELD_ID)
    set_link_of_id (xml);
}

/* RSS's "address (name)" is the name. */
static void
finish_author (TruceXml *xml)
{
  const char *text = xml->text->str, *open = strchr (text, '('), *close = open ? strrchr (open, ')') : NULL;
  gsize length = xml->text->len;

  if (close && close > open + 1 && memchr (text, '@', (size_t) (open - text))) {
    text = open + 1;
    length = (gsize) (close - text);
  }
  truce_builder_set_text (xml->builder, TRUCE_FIELD_AUTHOR, xml->field->rank, text, length, TRUCE_MARKUP_HTML);
}

static void
finish_guid (TruceXml *xml)
{
  truce_builder_set_text (xml->builder, TRUCE_FIELD_ID, xml->field->rank, xml->text->str, xml->text->len,
                          TRUCE_MARKUP_NONE);
  if (xml->permalink)
    set_link_of_id (xml);
}

void
truce_xml_finish_field (TruceXml *xml)
{
  const TruceElement *element = xml->field;

  switch ((TruceElementKind) element->kind) {
  case TRUCE_ELEMENT_TEXT:
  case TRUCE_ELEMENT_CONTENT:
    finish_text (xml);
    break;
  case TRUCE_ELEMENT_AUTHOR:
    finish_author (xml);
    break;
  case TRUCE_ELEMENT_DATE:
    truce_builder_set_date (xml->builder, element->field, element->rank, xml->text->str);
    break;
  case TRUCE_ELEMENT_LINK:
    truce_builder_set_link (xml->builder, LINK_TEXT, xml->text->str, xml->text->len, truce_xml_base (xml));
    break;
  case TRUCE_ELEMENT_GUID:
    finish_guid (xml);
    break;
  case TRUCE_ELEMENT_CATEGORY:
    truce_builder_add_category (xml->builder, xml->text->str, xml->text->len);
    break;
  default:
    finish_schedule (xml, g_strstrip (xml->text->str));
  }
}
