/* SPDX-License-Identifier: MIT */
#include "io/worker_document.h"

#include <string.h>

#include "base/text.h"

#define HOURS_OF_DAY 0xffffffu
#define DAYS_OF_WEEK 0x7fu

static const char *const formats[] = { "rss", "rdf", "atom", "json", NULL };

/* NULL for "". */
static char *
some_text (const char *text)
{
  char *clean = truce_text_clean (text, -1);

  if (*clean)
    return clean;
  g_free (clean);
  return NULL;
}

static gboolean
is_web_address (const char *text)
{
  if (g_ascii_strncasecmp (text, "http://", 7) != 0 && g_ascii_strncasecmp (text, "https://", 8) != 0)
    return FALSE;
  for (const char *at = text; *at; at++)
    if (g_ascii_isspace (*at) || g_ascii_iscntrl (*at))
      return FALSE;
  return TRUE;
}

static char *
some_address (const char *text)
{
  return is_web_address (text) ? some_text (text) : NULL;
}

static TruceTime
some_time (gint64 at)
{
  return at >= TRUCE_TIME_MIN && at <= TRUCE_TIME_MAX ? at : TRUCE_TIME_NONE;
}

/* NULL when nothing is left of the list. (transfer full) */
static char **
some_list (GVariantIter *list, char *(*some) (const char *text))
{
  GPtrArray *kept = g_ptr_array_new ();
  const char *text;

  while (g_variant_iter_next (list, "&s", &text)) {
    char *value = some (text);

    if (value)
      g_ptr_array_add (kept, value);
  }
  if (kept->len > 0)
    g_ptr_array_add (kept, NULL);
  return (char **) g_ptr_array_free (kept, FALSE);
}

static TruceItem *
item_from_variant (GVariant *variant)
{
  TruceItem *item = truce_item_new ();
  const char *id, *link, *title, *summary, *author;
  gint64 published, updated;
  g_autoptr (GVariantIter) categories = NULL;
  g_autoptr (GVariantIter) enclosures = NULL;

  g_variant_get (variant, "(&s&s&s&s&sxxasas)", &id, &link, &title, &summary, &author, &published, &updated,
                 &categories, &enclosures);
  g_free (item->title);
  g_free (item->summary);
  item->id = *id ? g_strdup (id) : NULL; /* compared, never shown */
  item->link = some_address (link);
  item->title = truce_text_clean (title, -1);
  item->summary = truce_text_clean (summary, -1);
  item->author = some_text (author);
  item->published = some_time (published);
  item->updated = some_time (updated);
  item->categories = some_list (categories, some_text);
  item->enclosures = some_list (enclosures, some_address);
  return item;
}

TruceFeedDocument *
truce_document_from_variant (GVariant *document)
{
  TruceFeedDocument *feed = truce_feed_document_new ();
  const char *title, *link, *format;
  g_autoptr (GVariantIter) items = NULL;
  GVariant *item;

  g_variant_get (document, "(&s&s&sxuyba(sssssxxasas))", &title, &link, &format, &feed->ttl, &feed->skip_hours,
                 &feed->skip_days, &feed->truncated, &items);
  g_free (feed->title);
  g_free (feed->format);
  feed->title = truce_text_clean (title, -1);
  feed->link = some_address (link);
  feed->format = g_strdup (g_strv_contains (formats, format) ? format : formats[0]);
  feed->ttl = CLAMP (feed->ttl, 0, TRUCE_TIME_MAX);
  feed->skip_hours &= HOURS_OF_DAY;
  feed->skip_days &= DAYS_OF_WEEK;
  while ((item = g_variant_iter_next_value (items))) {
    if (feed->items->len < TRUCE_DOCUMENT_ITEMS_MAX)
      g_ptr_array_add (feed->items, item_from_variant (item));
    else
      feed->truncated = TRUE;
    g_variant_unref (item);
  }
  return feed;
}
