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
    .categories = g_ptr_array_new_with_free_func (g_free),
    .enclosures = g_ptr_array_new_with_free_func (g_free),
    .base_url = base_url && *base_url ? base_url : NULL,
    .scratch = g_string_sized_new (4096),
  };
}

void
truce_builder_clear (TruceBuilder *builder)
{
  g_clear_pointer (&builder->document, truce_feed_document_free);
  g_clear_pointer (&builder->item, truce_item_free);
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
    builder->document->truncated = TRUE;
    return FALSE;
  }
  builder->item = truce_item_new ();
  memset (builder->item_ranks, 0, sizeof builder->item_ranks);
  return TRUE;
}

/* The strings of a list as a vector, NULL when there is none. */
static char **
take_list (GPtrArray *list, gsize *size)
{
  char **strings;

  if (list->len == 0)
    return NULL;
  strings = g_new (char *, list->len + 1);
  for (guint i = 0; i < list->len; i++) {
    strings[i] = list->pdata[i];
    *size += strlen (strings[i]);
  }
  strings[list->len] = NULL;
  list->len = 0; /* and nothing freed: they are the vector's now */
  return strings;
}

static gsize
text_size (const char *text)
{
  return text ? strlen (text) : 0;
}

void
truce_builder_end_item (TruceBuilder *builder)
{
  TruceItem *item = g_steal_pointer (&builder->item);
  gsize size = 0;

  if (!item)
    return;
  item->categories = take_list (builder->categories, &size);
  item->enclosures = take_list (builder->enclosures, &size);
  /* What there is to open of a recording that has no page. */
  if (!item->link && item->enclosures)
    item->link = g_strdup (item->enclosures[0]);
  size += text_size (item->title) + text_size (item->summary) + text_size (item->id) + text_size (item->link) +
          text_size (item->author);
  builder->size += size;
  g_ptr_array_add (builder->document->items, item);
}

void
truce_builder_drop_item (TruceBuilder *builder)
{
  if (!builder->item)
    return;
  g_clear_pointer (&builder->item, truce_item_free);
  g_ptr_array_set_size (builder->categories, 0);
  g_ptr_array_set_size (builder->enclosures, 0);
  builder->document->truncated = TRUE;
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

/* Clean text of at most `max` bytes, or NULL for none. */
static char *
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
  length = builder->scratch->len;
  if (length == 0)
    return NULL;
  return length > max ? truce_text_cut (builder->scratch->str, max) : g_memdup2 (builder->scratch->str, length + 1);
}

static void
set_field (TruceBuilder *builder, TruceField field, guint8 rank, char *value)
{
  char **kept = text_field (builder, field);

  g_free (*kept);
  *kept = value;
  *rank_of (builder, field) = rank;
}

void
truce_builder_set_text (TruceBuilder *builder, TruceField field, guint8 rank, const char *text, gsize length,
                        TruceMarkup markup)
{
  char *value;

  if (!truce_builder_wants (builder, field, rank))
    return;
  value = plain_text (builder, text, length, markup, TRUCE_FIELD_MAX);
  if (value)
    set_field (builder, field, rank, value);
}

static char *
resolve (TruceBuilder *builder, const char *text, gsize length, const char *base)
{
  char *value = truce_link_resolve (text, length, base ? base : truce_builder_base (builder));

  /* What is no UTF-8 was not taken as it is. */
  if (!value && !g_utf8_validate_len (text, length, NULL))
    builder->bad = TRUE;
  return value;
}

void
truce_builder_set_link (TruceBuilder *builder, guint8 rank, const char *text, gsize length, const char *base)
{
  char *value;

  if (!truce_builder_wants (builder, TRUCE_FIELD_LINK, rank))
    return;
  value = resolve (builder, text, length, base);
  if (value)
    set_field (builder, TRUCE_FIELD_LINK, rank, value);
}

void
truce_builder_set_self (TruceBuilder *builder, const char *text, gsize length)
{
  if (!builder->item && !builder->self_url)
    builder->self_url = resolve (builder, text, length, NULL);
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

/* Adds `value` (consumed) unless it is there or the list is full. */
static void
add_to_list (GPtrArray *list, char *value)
{
  if (!value)
    return;
  if (list->len < TRUCE_LIST_MAX && !g_ptr_array_find_with_equal_func (list, value, g_str_equal, NULL))
    g_ptr_array_add (list, value);
  else
    g_free (value);
}

void
truce_builder_add_category (TruceBuilder *builder, const char *text, gsize length)
{
  if (builder->item)
    add_to_list (builder->categories, plain_text (builder, text, length, TRUCE_MARKUP_TEXT, TRUCE_CATEGORY_MAX));
}

void
truce_builder_add_enclosure (TruceBuilder *builder, const char *text, gsize length, const char *base)
{
  if (builder->item)
    add_to_list (builder->enclosures, resolve (builder, text, length, base));
}
