/* SPDX-License-Identifier: MIT */
/* xml_fields.c: what an element's attributes and text say. */
#include "worker/parse/link.h"
#include "worker/parse/xml_private.h"

#include <string.h>

/* Ranks of the sources of an item's link. */
enum { LINK_GUID = 1, LINK_OTHER, LINK_ATOM, LINK_ATOM_HTML, LINK_TEXT };

static void
collect (TruceXml *xml, const TruceElement *element)
{
  xml->field = element;
  xml->field_depth = xml->depth;
  xml->hidden_depth = 0;
  xml->markup = TRUCE_MARKUP_HTML;
  xml->base64 = FALSE;
  xml->has_name = FALSE;
  g_string_truncate (xml->text, 0);
}

/* Atom 1.0's types and Atom 0.3's types and modes. FALSE: it is no text at all. */
static gboolean
read_text_construct (TruceXml *xml, const TruceAttributes *attributes)
{
  g_autofree char *type = truce_xml_attribute (xml, attributes, "type");
  g_autofree char *mode = truce_xml_attribute (xml, attributes, "mode");
  gboolean xhtml = type && (!g_ascii_strcasecmp (type, "xhtml") || strstr (type, "xhtml+xml"));

  xml->base64 = mode && !g_ascii_strcasecmp (mode, "base64");
  if (xhtml && !(mode && !g_ascii_strcasecmp (mode, "escaped")))
    xml->markup = TRUCE_MARKUP_NONE;
  else if (type && (!g_ascii_strcasecmp (type, "text") || !g_ascii_strcasecmp (type, "text/plain")))
    xml->markup = TRUCE_MARKUP_TEXT;
  return !type || !strchr (type, '/') || xhtml || g_str_has_prefix (type, "text/") || strstr (type, "xml") ||
         strstr (type, "html");
}

static void
read_link (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  g_autofree char *href = truce_xml_attribute (xml, attributes, "href");
  g_autofree char *rel = truce_xml_attribute (xml, attributes, "rel"), *type = NULL;
  gboolean alternate = !rel || !*rel || !g_ascii_strcasecmp (rel, "alternate");

  if (!href) {
    if (alternate)
      collect (xml, element);
    return;
  }
  if (rel && !g_ascii_strcasecmp (rel, "enclosure")) {
    truce_builder_add_enclosure (xml->builder, href, truce_xml_base (xml));
    return;
  }
  type = truce_xml_attribute (xml, attributes, "type");
  if (alternate)
    truce_builder_set_link (xml->builder, !type || strstr (type, "html") ? LINK_ATOM_HTML : LINK_ATOM, href,
                            truce_xml_base (xml));
  else if (xml->builder->item && !g_ascii_strcasecmp (rel, "related"))
    truce_builder_set_link (xml->builder, LINK_OTHER, href, truce_xml_base (xml));
}

static void
read_category (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  g_autofree char *label = truce_xml_attribute (xml, attributes, "label");
  g_autofree char *term = truce_xml_attribute (xml, attributes, "term");

  if (label && *label)
    truce_builder_add_category (xml->builder, label);
  else if (term)
    truce_builder_add_category (xml->builder, term);
  else
    collect (xml, element);
}

void
truce_xml_begin_field (TruceXml *xml, const TruceElement *element, const TruceAttributes *attributes)
{
  g_autofree char *value = NULL;

  switch ((TruceElementKind) element->kind) {
  case TRUCE_ELEMENT_LINK:
    read_link (xml, element, attributes);
    break;
  case TRUCE_ELEMENT_CATEGORY:
    read_category (xml, element, attributes);
    break;
  case TRUCE_ELEMENT_ENCLOSURE:
    value = truce_xml_attribute (xml, attributes, "url");
    if (value)
      truce_builder_add_enclosure (xml->builder, value, truce_xml_base (xml));
    break;
  case TRUCE_ELEMENT_GUID:
    value = truce_xml_attribute (xml, attributes, "ispermalink");
    xml->permalink = !value || g_ascii_strcasecmp (value, "false") != 0;
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
    if (element->kind == TRUCE_ELEMENT_CONTENT && attributes->n > 0 && !read_text_construct (xml, attributes))
      xml->hidden_depth = xml->depth;
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

static void
finish_text (TruceXml *xml)
{
  const char *text = xml->text->str;
  gsize length = xml->text->len;

  if (xml->base64) {
    g_autofree guchar *decoded = g_base64_decode (text, &length);
    g_autofree char *valid = g_utf8_make_valid ((const char *) decoded, (gssize) length);

    truce_builder_set_text (xml->builder, xml->field->field, xml->field->rank, valid, strlen (valid), xml->markup);
    return;
  }
  truce_builder_set_text (xml->builder, xml->field->field, xml->field->rank, text, length, xml->markup);
  /* Atom's id may be the only address. */
  if (xml->field->field == TRUCE_FIELD_ID && xml->builder->item && strstr (text, "://"))
    truce_builder_set_link (xml->builder, LINK_GUID, text, NULL);
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

/* A guid that is an address serves as the link where there is none. */
static void
finish_guid (TruceXml *xml, const char *text)
{
  truce_builder_set_text (xml->builder, TRUCE_FIELD_ID, xml->field->rank, text, strlen (text), TRUCE_MARKUP_NONE);
  if (xml->permalink && xml->builder->item && strstr (text, "://"))
    truce_builder_set_link (xml->builder, LINK_GUID, text, NULL);
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
    truce_builder_set_link (xml->builder, LINK_TEXT, xml->text->str, truce_xml_base (xml));
    break;
  case TRUCE_ELEMENT_GUID:
    finish_guid (xml, xml->text->str);
    break;
  case TRUCE_ELEMENT_CATEGORY:
    truce_builder_add_category (xml->builder, xml->text->str);
    break;
  default:
    finish_schedule (xml, g_strstrip (xml->text->str));
  }
}
