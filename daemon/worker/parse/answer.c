/* SPDX-License-Identifier: MIT */
#include "worker/parse/parse.h"

#include "worker/wire.h"

static const char *
or_empty (const char *text)
{
  return text ? text : "";
}

static GVariant *
list_of (char **strings)
{
  return g_variant_new_strv ((const char *const *) strings, strings ? -1 : 0);
}

static void
add_item (GVariantBuilder *items, const TruceItem *item)
{
  g_variant_builder_add (items, "(sssssxx@as@as)", or_empty (item->id), or_empty (item->link), item->title,
                         item->summary, or_empty (item->author), item->published, item->updated,
                         list_of (item->categories), list_of (item->enclosures));
}

GVariant *
truce_parse_answer (guint64 request, const TruceFeedDocument *document, const char *error)
{
  GVariantBuilder items;

  g_variant_builder_init (&items, G_VARIANT_TYPE ("a(sssssxxasas)"));
  if (!document)
    return g_variant_new ("(ts(sssxuyba(sssssxxasas)))", request, error, "", "", "", (gint64) 0, 0u, (guchar) 0, FALSE,
                          &items);
  for (guint i = 0; i < document->items->len; i++)
    add_item (&items, document->items->pdata[i]);
  return g_variant_new ("(ts(sssxuyba(sssssxxasas)))", request, "", document->title, or_empty (document->link),
                        document->format, document->ttl, document->skip_hours, document->skip_days, document->truncated,
                        &items);
}
