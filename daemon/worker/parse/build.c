/* SPDX-License-Identifier: MIT */
#include "worker/parse/build.h"

#include "base/text.h"
#include "worker/parse/date.h"
#include "worker/parse/link.h"

#include <string.h>

void
truce_builder_init (TruceBuilder *builder, const char *base_url)
{
  *builder = (TruceBuilder){
    .document = truce_feed_document_new (),
    .categories = g_ptr_array_new (),
    .enclosures = g_ptr_array_new (),
    .base_url = base_url && *base_url ? base_url : NULL,
    .scratch = g_string_sized_new (4096),
  };
  builder->document->arena = truce_arena_new ();
}

void
truce_builder_clear (TruceBuilder *builder)
{
  g_clear_pointer (&builder->document, truce_feed_document_free);
  builder->item = NULL;
  g_clear_pointer (&builder->self_url, g_free);
  g_clear_pointer (&builder->categories, g_ptr_array_unref);
  g_clear_pointer (&builder->enclosures, g_ptr_array_unref);
  if (builder->scratch)
    g_string_free (g_steal_pointer (&builder->scratch), TRUE);
}

const char *
truce_builder_base (const TruceBuilder *builder)
{
  if (builder->base_url)
    return builder->base_url;
  return builder->document->link ? builder->document->link : builder->self_url;
}

gboolean
truce_builder_begin_item (TruceBuilder *builder)
{
  truce_builder_end_item (builder);
  if (builder->document->items->len == TRUCE_ITEMS_MAX || builder->size > TRUCE_DOCUMENT_MAX) {
    builder->document->lack = TRUCE_FEED_LIMITED;
    return FALSE;
  }
  builder->item = truce_arena_take (builder->document->arena, sizeof *builder->item);
  builder->item->published = builder->item->updated = TRUCE_TIME_NONE;
  memset (builder->item_ranks, 0, sizeof builder->item_ranks);
  return TRUE;
}

/* The strings of a list as a vector, NULL when there is none. */
static char **
take_list (TruceBuilder *builder, GPtrArray *list)
{
  char **strings;

  if (list->len == 0)
    return NULL;
  strings = truce_arena_take (builder->document->arena, (list->len + 1) * sizeof *strings);
  memcpy (strings, list->pdata, list->len * sizeof *strings);
  g_ptr_array_set_size (list, 0);
  return strings;
}

static char *
keep (TruceBuilder *builder, const char *text, gsize length)
{
  builder->size += length;
  return (char *) truce_arena_text_of (builder->document->arena, text, length);
}

void
truce_builder_end_item (TruceBuilder *builder)
{
  TruceItem *item = g_steal_pointer (&builder->item);

  if (!item)
    return;
  item->categories = take_list (builder, builder->categories);
  item->enclosures = take_list (builder, builder->enclosures);
  /* What there is to open of a recording that has no page. */
  if (!item->link && item->enclosures)
    item->link = item->enclosures[0];
  if (!item->title)
    item->title = keep (builder, "", 0);
  if (!item->summary)
    item->summary = keep (builder, "", 0);
  g_ptr_array_add (builder->document->items, item);
}

void
truce_builder_drop_item (TruceBuilder *builder)
{
  if (!builder->item)
    return;
  builder->item = NULL;
  g_ptr_array_set_size (builder->categories, 0);
  g_ptr_array_set_size (builder->enclosures, 0);
  builder->document->lack = TRUCE_FEED_CUT_OFF;
}

static guint8 *
rank_of (TruceBuilder *builder, TruceField field)
{
  return builder->item ? &builder->item_ranks[field] : &builder->feed_ranks[field];
}

gboolean
truce_builder_wants (const TruceBuilder *builder, TruceField field, guint8 rank)
{
  gboolean is_date = field == TRUCE_FIELD_PUBLISHED || field == TRUCE_FIELD_UPDATED;

  if (builder->item)
    return rank > builder->item_ranks[field] || (is_date && rank == builder->item_ranks[field]);
  return rank > builder->feed_ranks[field] && (field == TRUCE_FIELD_TITLE || field == TRUCE_FIELD_LINK);
}

/* Where a text field is kept; NULL when there is no such field. */
static char **
text_field (TruceBuilder *builder, TruceField field)
{
  TruceItem *item = builder->item;

  switch (field) {
  case TRUCE_FIELD_TITLE:
    return item ? &item->title : &builder->document->title;
  case TRUCE_FIELD_SUMMARY:
    return item ? &item->summary : NULL;
  case TRUCE_FIELD_LINK:
    return item ? &item->link : &builder->document->link;
  case TRUCE_FIELD_ID:
    return item ? &item->id : NULL;
  case TRUCE_FIELD_AUTHOR:
    return item ? &item->author : NULL;
  case TRUCE_FIELD_PUBLISHED:
  case TRUCE_FIELD_UPDATED:
    break;
  }
  return NULL;
}

/* Fills the scratch with clean text. */
static void
make_plain (TruceBuilder *builder, const char *text, gsize length, TruceMarkup markup, TrucePlain *plain)
{
  truce_plain_begin (plain, builder->scratch, length);
  if (markup == TRUCE_MARKUP_NONE)
    truce_plain_take (plain, text, text + length, FALSE);
  else
    truce_html_to_text (plain, text, length, markup);
  truce_plain_end (plain, builder->scratch);
  builder->bad |= plain->bad;
}

/* The length of clean text of at most `max` bytes, which is in the scratch; 0 for none. */
static gsize
plain_text (TruceBuilder *builder, const char *text, gsize length, TruceMarkup markup, gsize max)
{
  TrucePlain plain;

  if (length > TRUCE_FIELD_RAW_MAX)
    length = (gsize) (g_utf8_find_prev_char (text, text + TRUCE_FIELD_RAW_MAX) - text);
  make_plain (builder, text, length, markup, &plain);
  if (plain.doubled) {
    g_autofree char *single = truce_plain_undouble (text, length, &length);

    if (single)
      make_plain (builder, single, length, markup, &plain);
  }
  if (builder->scratch->len > max) {
    g_autofree char *cut = truce_text_cut (builder->scratch->str, max);

    g_string_assign (builder->scratch, cut);
  }
  return builder->scratch->len;
}

static void
set_field (TruceBuilder *builder, TruceField field, guint8 rank, const char *text, gsize length)
{
  char **kept = text_field (builder, field);

  if (builder->item) {
    *kept = keep (builder, text, length);
  } else {
    g_free (*kept);
    *kept = g_strndup (text, length);
  }
  *rank_of (builder, field) = rank;
}

/* A whole post for a title stands in the summary, unless there is another, so that no word of it is lost. */
static gsize
shorten_title (TruceBuilder *builder)
{
  g_autofree char *cut = truce_text_cut (builder->scratch->str, TRUCE_TITLE_MAX);

  if (builder->item && builder->item_ranks[TRUCE_FIELD_SUMMARY] == 0)
    set_field (builder, TRUCE_FIELD_SUMMARY, 0, builder->scratch->str, builder->scratch->len);
  g_string_assign (builder->scratch, cut);
  return builder->scratch->len;
}

void
truce_builder_set_text (TruceBuilder *builder, TruceField field, guint8 rank, const char *text, gsize length,
                        TruceMarkup markup)
{
  if (!truce_builder_wants (builder, field, rank))
    return;
  length = plain_text (builder, text, length, markup, TRUCE_FIELD_MAX);
  if (field == TRUCE_FIELD_TITLE && length > TRUCE_TITLE_MAX)
    length = shorten_title (builder);
  if (length > 0)
    set_field (builder, field, rank, builder->scratch->str, length);
}

/* The address that is meant, until the next call of whatever here. NULL: none. */
static const char *
resolve (TruceBuilder *builder, const char *text, gsize *length, const char *base)
{
  const char *plain = truce_link_plain (text, length);
  g_autofree char *value = NULL;

  if (plain)
    return plain;
  value = truce_link_resolve (text, *length, base ? base : truce_builder_base (builder));
  if (!value) {
    /* What is no UTF-8 was not taken as it is. */
    builder->bad |= !g_utf8_validate_len (text, *length, NULL);
    return NULL;
  }
  g_string_assign (builder->scratch, value);
  *length = builder->scratch->len;
  return builder->scratch->str;
}

void
truce_builder_set_link (TruceBuilder *builder, guint8 rank, const char *text, gsize length, const char *base)
{
  if (!truce_builder_wants (builder, TRUCE_FIELD_LINK, rank))
    return;
  text = resolve (builder, text, &length, base);
  if (text)
    set_field (builder, TRUCE_FIELD_LINK, rank, text, length);
}

void
truce_builder_set_self (TruceBuilder *builder, const char *text, gsize length)
{
  if (!builder->item && !builder->self_url)
    builder->self_url = truce_link_resolve (text, length, NULL);
}

void
truce_builder_set_date (TruceBuilder *builder, TruceField field, guint8 rank, const char *text)
{
  TruceTime *kept;

  if (!builder->item || !truce_builder_wants (builder, field, rank))
    return;
  kept = field == TRUCE_FIELD_PUBLISHED ? &builder->item->published : &builder->item->updated;
  if (truce_feed_date_parse (text, kept))
    *rank_of (builder, field) = rank;
}

/* Adds the text unless it is there or the list is full. */
static void
add_to_list (TruceBuilder *builder, GPtrArray *list, const char *text, gsize length)
{
  if (list->len == TRUCE_LIST_MAX)
    return;
  for (guint i = 0; i < list->len; i++)
    if (strncmp (list->pdata[i], text, length) == 0 && ((const char *) list->pdata[i])[length] == '\0')
      return;
  g_ptr_array_add (list, keep (builder, text, length));
}

void
truce_builder_add_category (TruceBuilder *builder, const char *text, gsize length)
{
  if (!builder->item)
    return;
  length = plain_text (builder, text, length, TRUCE_MARKUP_TEXT, TRUCE_CATEGORY_MAX);
  if (length > 0)
    add_to_list (builder, builder->categories, builder->scratch->str, length);
}

void
truce_builder_add_enclosure (TruceBuilder *builder, const char *text, gsize length, const char *base)
{
  if (!builder->item)
    return;
  text = resolve (builder, text, &length, base);
  if (text)
    add_to_list (builder, builder->enclosures, text, length);
}
