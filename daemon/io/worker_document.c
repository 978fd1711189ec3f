/* SPDX-License-Identifier: MIT */
#include "io/worker_document.h"

#include <string.h>

#include "base/text.h"

#define HOURS_OF_DAY 0xffffffu
#define DAYS_OF_WEEK 0x7fu
#define ITEM_ENDS 6 /* texts and lists but for the last, each of which has an end */

static const char *const formats[] = { "rss", "rdf", "atom", "json", NULL };

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

static TruceTime
some_time (gint64 at)
{
  return at >= TRUCE_TIME_MIN && at <= TRUCE_TIME_MAX ? at : TRUCE_TIME_NONE;
}

/* Texts in the bytes of a GVariant in normal form: they follow each other, each with its NUL. Taken as a GVariant each,
 * they cost three times what is done with them. */
typedef struct {
  TruceArena *arena; /* what is kept of them */
  const char *bytes; /* of the whole */
  gsize at, end;     /* of what is left */
} Texts;

static const char *
next_text (Texts *texts, gsize *ret_length)
{
  const char *text = texts->bytes + texts->at;
  const char *nul = texts->at < texts->end ? memchr (text, 0, texts->end - texts->at) : NULL;

  *ret_length = nul ? (gsize) (nul - text) : 0;
  texts->at = nul ? texts->at + *ret_length + 1 : texts->end;
  return nul ? text : "";
}

/* Most are clean already, since truced-parse cleans them: but that is not to be relied on. */
static char *
clean_text (TruceArena *arena, const char *text, gsize length)
{
  g_autofree char *cleaned = truce_text_is_clean (text, length) ? NULL : truce_text_clean (text, (gssize) length);

  return (char *) (cleaned ? truce_arena_text (arena, cleaned) : truce_arena_text_of (arena, text, length));
}

/* Never NULL. */
static char *
take_text (Texts *texts)
{
  gsize length;
  const char *text = next_text (texts, &length);

  return clean_text (texts->arena, text, length);
}

/* NULL for "". */
static char *
take_some_text (Texts *texts)
{
  char *text = take_text (texts);

  return *text ? text : NULL;
}

static char *
take_address (Texts *texts)
{
  gsize length;
  const char *text = next_text (texts, &length);

  return is_web_address (text) ? clean_text (texts->arena, text, length) : NULL;
}

/* As it is: it is compared, never shown. */
static char *
take_id (Texts *texts)
{
  gsize length;
  const char *text = next_text (texts, &length);

  return length > 0 ? (char *) truce_arena_text_of (texts->arena, text, length) : NULL;
}

static gint64
take_number (Texts *texts)
{
  gint64 number = 0;

  texts->at += -texts->at % sizeof number;
  if (texts->at + sizeof number <= texts->end)
    memcpy (&number, texts->bytes + texts->at, sizeof number);
  texts->at += sizeof number;
  return number;
}

/* How many bytes each end of a member takes in a container of that size. */
static gsize
end_width (gsize size)
{
  return size <= G_MAXUINT8 ? 1 : size <= G_MAXUINT16 ? 2 : 4;
}

/* The end that is at `at`, counted from `start`: within what `limit` allows. */
static gsize
read_end (const Texts *texts, gsize at, gsize width, gsize start, gsize limit)
{
  guint32 end = 0;

  memcpy (&end, texts->bytes + at, width);
  return MIN (start + GUINT32_FROM_LE (end), limit);
}

/* The list that ends at `end`; NULL when nothing is left of it. */
static char **
take_list (Texts *texts, gsize end, char *(*take) (Texts *texts))
{
  gsize start = MIN (texts->at, end), width = end_width (end - start);
  Texts list = { texts->arena, texts->bytes, start, end };
  g_autoptr (GPtrArray) kept = NULL;
  char **values;

  texts->at = end;
  if (start == end)
    return NULL;
  list.end = read_end (texts, end - width, width, start, end - width);
  kept = g_ptr_array_new ();
  while (list.at < list.end) {
    char *value = take (&list);
    if (value)
      g_ptr_array_add (kept, value);
  }
  if (kept->len == 0)
    return NULL;
  values = truce_arena_take (texts->arena, (kept->len + 1) * sizeof *values);
  memcpy (values, kept->pdata, kept->len * sizeof *values);
  return values;
}

/* (sssssxxasas), and behind them the ends of six, the last first. */
static TruceItem *
item_from_variant (GVariant *variant, TruceArena *arena)
{
  TruceItem *item = truce_arena_take (arena, sizeof *item);
  gsize size = g_variant_get_size (variant), width = end_width (size);
  Texts texts = { arena, g_variant_get_data (variant), 0, size - MIN (size, ITEM_ENDS * width) };

  item->id = take_id (&texts);
  item->link = take_address (&texts);
  item->title = take_text (&texts);
  item->summary = take_text (&texts);
  item->author = take_some_text (&texts);
  item->published = some_time (take_number (&texts));
  item->updated = some_time (take_number (&texts));
  item->categories = take_list (&texts, read_end (&texts, texts.end, width, 0, texts.end), take_some_text);
  item->enclosures = take_list (&texts, texts.end, take_address);
  return item;
}

TruceFeedDocument *
truce_document_from_variant (GVariant *document)
{
  TruceFeedDocument *feed = truce_feed_document_new ();
  const char *title, *link, *format;
  guint8 lack;
  g_autoptr (GVariantIter) items = NULL;
  g_autoptr (GVariant) normal = g_variant_get_normal_form (document); /* as the frame was found to be: itself */
  GVariant *item;

  g_variant_get (normal, "(&s&s&sxuyya(sssssxxasas))", &title, &link, &format, &feed->ttl, &feed->skip_hours,
                 &feed->skip_days, &lack, &items);
  g_free (feed->title);
  g_free (feed->format);
  feed->title = truce_text_clean (title, -1);
  feed->link = is_web_address (link) ? truce_text_clean (link, -1) : NULL;
  feed->format = g_strdup (g_strv_contains (formats, format) ? format : formats[0]);
  feed->lack = MIN (lack, TRUCE_FEED_CUT_OFF);
  feed->arena = truce_arena_new ();
  feed->ttl = CLAMP (feed->ttl, 0, TRUCE_TIME_MAX);
  feed->skip_hours &= HOURS_OF_DAY;
  feed->skip_days &= DAYS_OF_WEEK;
  while ((item = g_variant_iter_next_value (items))) {
    if (feed->items->len < TRUCE_DOCUMENT_ITEMS_MAX)
      g_ptr_array_add (feed->items, item_from_variant (item, feed->arena));
    else
      feed->lack = MAX (feed->lack, TRUCE_FEED_LIMITED);
    g_variant_unref (item);
  }
  return feed;
}
