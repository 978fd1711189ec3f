/* SPDX-License-Identifier: MIT */
#include "news/item.h"

#include "base/text.h"

TruceItem *
truce_item_new (void)
{
  TruceItem *item = g_new0 (TruceItem, 1);

  item->title = g_strdup ("");
  item->summary = g_strdup ("");
  item->published = TRUCE_TIME_NONE;
  item->updated = TRUCE_TIME_NONE;
  return item;
}

void
truce_item_free (TruceItem *item)
{
  if (!item)
    return;
  g_free (item->id);
  g_free (item->link);
  g_free (item->title);
  g_free (item->summary);
  g_free (item->author);
  g_strfreev (item->categories);
  g_strfreev (item->enclosures);
  g_free (item);
}

guint64
truce_item_key (const TruceItem *item)
{
  guint64 key;

  /* A guid is most often the link itself: hashed without a mark of its kind, an item keeps its key when its feed stops
   * sending guids. */
  if (item->id && *item->id) {
    key = truce_hash64 (item->id, -1);
  } else if (item->link && *item->link) {
    key = truce_hash64 (item->link, -1);
  } else {
    /* A NUL between them: no clean text holds one, so "ab" + "c" is not "a" + "bc". */
    g_autoptr (GString) both = g_string_new (item->title);
    g_string_append_c (both, '\0');
    g_string_append (both, item->summary);
    key = truce_hash64 (both->str, (gssize) both->len);
  }
  return key != 0 ? key : 1;
}

TruceTime
truce_item_time (const TruceItem *item)
{
  return item->published != TRUCE_TIME_NONE ? item->published : item->updated;
}

TruceFeedDocument *
truce_feed_document_new (void)
{
  TruceFeedDocument *document = g_new0 (TruceFeedDocument, 1);

  document->title = g_strdup ("");
  document->items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
  return document;
}

void
truce_feed_document_free (TruceFeedDocument *document)
{
  if (!document)
    return;
  g_free (document->title);
  g_free (document->link);
  g_free (document->format);
  if (document->arena)
    g_ptr_array_set_free_func (document->items, NULL);
  g_ptr_array_unref (document->items);
  truce_arena_unref (document->arena);
  g_free (document);
}

const char *
truce_feed_lack_words (TruceFeedLack lack)
{
  static const char *const words[] = {
    [TRUCE_FEED_LIMITED] = "more entries than truced reads of one: the rest is left out",
    [TRUCE_FEED_UNEXPANDED] = "uses entities that are not expanded: some of its text is missing",
    [TRUCE_FEED_CUT_OFF] = "is cut off or broken: some of its entries are missing",
  };

  return words[lack];
}
