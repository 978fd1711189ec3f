/* SPDX-License-Identifier: MIT */
#include "worker/parse/elements.h"

#include <stdlib.h>
#include <string.h>

/* Namespaces as a set. */
enum {
  FEED = 1 << 0, /* RSS of any version, Atom, and no namespace at all */
  DC = 1 << 1,
  TERMS = 1 << 2,
  CONTENT = 1 << 3,
  MEDIA = 1 << 4,
  SY = 1 << 5,
  ITUNES = 1 << 6,
  RDF = 1 << 7,
  XHTML = 1 << 8,
  PRISM = 1 << 9,
  UNKNOWN = 1 << 10,
};

typedef struct {
  const char *uri; /* after "http://", the beginning: versions and slashes vary */
  const char *prefix;
  guint16 space;
} Namespace;

static const Namespace namespaces[] = {
  { "www.w3.org/2005/atom", "atom", FEED },
  { "purl.org/atom/", "a", FEED },
  { "purl.org/rss/1.0/modules/content", "content", CONTENT },
  { "purl.org/rss/1.0/modules/syndication", "sy", SY },
  { "purl.org/rss/1.0/modules/", NULL, UNKNOWN },
  { "purl.org/rss/1.0", "rss", FEED },
  { "purl.org/net/rss1.1", NULL, FEED },
  { "my.netscape.com/", NULL, FEED },
  { "channel.netscape.com/", NULL, FEED },
  { "backend.userland.com/rss", NULL, FEED },
  { "blogs.law.harvard.edu/tech/rss", NULL, FEED },
  { "cyber.law.harvard.edu/rss", NULL, FEED },
  { "purl.org/dc/elements/", "dc", DC },
  { "purl.org/dc/terms", "dcterms", TERMS },
  { "search.yahoo.com/mrss", "media", MEDIA },
  { "www.itunes.com/dtds/podcast", "itunes", ITUNES },
  { "www.w3.org/1999/02/22-rdf-syntax-ns", "rdf", RDF },
  { "www.w3.org/1999/xhtml", "xhtml", XHTML },
  { "prismstandard.org/namespaces/", "prism", PRISM },
};

#define FIELD(field) TRUCE_FIELD_##field
#define KIND(kind) TRUCE_ELEMENT_##kind

/* In strcmp order of the names. A description is preferred to the whole content: it is what an alert shows. */
/* clang-format off */
static const TruceElement elements[] = {
  { "abstract", FEED, KIND (CONTENT), FIELD (SUMMARY), 4 },
  { "author", FEED, KIND (AUTHOR), FIELD (AUTHOR), 3 },
  { "author", ITUNES, KIND (TEXT), FIELD (AUTHOR), 1 },
  { "body", XHTML, KIND (CONTENT), FIELD (SUMMARY), 3 },
  { "category", FEED, KIND (CATEGORY), 0, 0 },
  { "channel", FEED, KIND (CHANNEL), 0, 0 },
  { "content", FEED, KIND (CONTENT), FIELD (SUMMARY), 3 },
  { "content", MEDIA, KIND (ENCLOSURE), 0, 0 },
  { "contributor", FEED | DC, KIND (SKIP), 0, 0 },
  { "created", FEED | TERMS, KIND (DATE), FIELD (PUBLISHED), 2 },
  { "creator", DC, KIND (TEXT), FIELD (AUTHOR), 2 },
  { "date", DC, KIND (DATE), FIELD (PUBLISHED), 3 },
  { "date", FEED, KIND (DATE), FIELD (PUBLISHED), 1 },
  { "day", FEED, KIND (SKIP_DAY), 0, 0 },
  { "description", DC, KIND (TEXT), FIELD (SUMMARY), 4 },
  { "description", FEED, KIND (CONTENT), FIELD (SUMMARY), 5 },
  { "description", MEDIA, KIND (TEXT), FIELD (SUMMARY), 1 },
  { "enclosure", FEED, KIND (ENCLOSURE), 0, 0 },
  { "encoded", CONTENT, KIND (TEXT), FIELD (SUMMARY), 3 },
  { "entry", FEED, KIND (ITEM), 0, 0 },
  { "feed", FEED, KIND (FEED), 0, 0 },
  { "group", MEDIA, KIND (GROUP), 0, 0 },
  { "guid", FEED, KIND (GUID), FIELD (ID), 3 },
  { "hour", FEED, KIND (SKIP_HOUR), 0, 0 },
  { "id", FEED, KIND (TEXT), FIELD (ID), 3 },
  { "identifier", DC, KIND (TEXT), FIELD (ID), 1 },
  { "image", FEED, KIND (SKIP), 0, 0 },
  { "issued", FEED, KIND (DATE), FIELD (PUBLISHED), 4 },
  { "issued", TERMS, KIND (DATE), FIELD (PUBLISHED), 3 },
  { "item", FEED, KIND (ITEM), 0, 0 },
  { "link", FEED, KIND (LINK), FIELD (LINK), 5 },
  { "modified", FEED | TERMS, KIND (DATE), FIELD (UPDATED), 3 },
  { "name", FEED, KIND (NAME), 0, 0 },
  { "owner", ITUNES, KIND (SKIP), 0, 0 },
  { "player", MEDIA, KIND (PLAYER), 0, 0 },
  { "pubdate", FEED, KIND (DATE), FIELD (PUBLISHED), 5 },
  { "publicationdate", PRISM, KIND (DATE), FIELD (PUBLISHED), 2 },
  { "published", FEED, KIND (DATE), FIELD (PUBLISHED), 5 },
  { "rdf", RDF | FEED, KIND (RDF), 0, 0 },
  { "rss", FEED, KIND (RSS), 0, 0 },
  { "skipdays", FEED, KIND (GROUP), 0, 0 },
  { "skiphours", FEED, KIND (GROUP), 0, 0 },
  { "source", FEED, KIND (SKIP), 0, 0 },
  { "subject", DC, KIND (CATEGORY), 0, 0 },
  { "summary", FEED, KIND (CONTENT), FIELD (SUMMARY), 5 },
  { "summary", ITUNES, KIND (TEXT), FIELD (SUMMARY), 2 },
  { "textinput", FEED, KIND (SKIP), 0, 0 },
  { "title", DC, KIND (TEXT), FIELD (TITLE), 2 },
  { "title", FEED, KIND (CONTENT), FIELD (TITLE), 3 },
  { "title", MEDIA, KIND (TEXT), FIELD (TITLE), 1 },
  { "ttl", FEED, KIND (TTL), 0, 0 },
  { "updated", FEED, KIND (DATE), FIELD (UPDATED), 4 },
  { "updatefrequency", SY, KIND (FREQUENCY), 0, 0 },
  { "updateperiod", SY, KIND (PERIOD), 0, 0 },
};
/* clang-format on */

static const TruceElement other = { .name = "", .kind = TRUCE_ELEMENT_OTHER };

/* The part of a URI that tells namespaces apart. */
static const char *
after_scheme (const char *uri)
{
  if (g_ascii_strncasecmp (uri, "http", 4) != 0)
    return uri;
  uri += 4 + (uri[4] == 's' || uri[4] == 'S');
  return g_str_has_prefix (uri, "://") ? uri + 3 : uri;
}

static guint16
space_of (const char *prefix, const char *uri)
{
  if (uri && *uri) {
    const char *rest = after_scheme (uri);
    char first = g_ascii_tolower (*rest);

    for (gsize i = 0; i < G_N_ELEMENTS (namespaces); i++)
      if (*namespaces[i].uri == first && g_ascii_strncasecmp (rest, namespaces[i].uri, strlen (namespaces[i].uri)) == 0)
        return namespaces[i].space;
  }
  if (!prefix)
    return FEED;
  for (gsize i = 0; i < G_N_ELEMENTS (namespaces); i++)
    if (namespaces[i].prefix && g_ascii_strcasecmp (prefix, namespaces[i].prefix) == 0)
      return namespaces[i].space;
  return UNKNOWN;
}

static int
compare_name (const void *key, const void *element)
{
  const char *name = key, *known = ((const TruceElement *) element)->name;
  int difference = (*name | 0x20) - *known;

  return difference ? difference : g_ascii_strcasecmp (name, known);
}

const TruceElement *
truce_element_lookup (const char *name, const char *prefix, const char *uri)
{
  const TruceElement *found = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_name);
  guint16 space;

  if (!found)
    return &other;
  space = space_of (prefix, uri);
  while (found > elements && strcmp (found[-1].name, found->name) == 0)
    found--;
  for (const char *same = found->name; found < elements + G_N_ELEMENTS (elements); found++) {
    if (strcmp (found->name, same) != 0)
      break;
    if (found->spaces & space)
      return found;
  }
  return &other;
}
