/* SPDX-License-Identifier: MIT */
/* build.h: a feed's document as its parts are found, in whatever format: the one place for limits, for text made clean,
 * and for which of several sources of a field is the best. */
#pragma once

#include "news/item.h"
#include "worker/parse/html.h"

G_BEGIN_DECLS

#define TRUCE_ITEMS_MAX 500              /* a feed is a window on the newest; archives are not read */
#define TRUCE_FIELD_MAX (64u << 10)      /* bytes of a field's text: an alert shows some lines of it */
#define TRUCE_TITLE_MAX 1024             /* bytes of a title: it goes into alerts whole */
#define TRUCE_FIELD_RAW_MAX (256u << 10) /* bytes of its source: markup around that text */
#define TRUCE_LIST_MAX 64                /* categories or enclosures of an item */
#define TRUCE_CATEGORY_MAX 256           /* bytes */
#define TRUCE_DOCUMENT_MAX \
  (4u << 20) /* bytes of all items' text: it must fit a frame, and addresses grow when resolved */

typedef enum {
  TRUCE_FIELD_TITLE,
  TRUCE_FIELD_SUMMARY,
  TRUCE_FIELD_LINK,
  TRUCE_FIELD_ID,
  TRUCE_FIELD_AUTHOR,
  TRUCE_FIELD_PUBLISHED,
  TRUCE_FIELD_UPDATED,
} TruceField;
#define TRUCE_N_FIELDS (TRUCE_FIELD_UPDATED + 1)

typedef struct {
  TruceFeedDocument *document;
  TruceItem *item;                   /* the one under way; NULL: what comes is the feed's own */
  guint8 item_ranks[TRUCE_N_FIELDS]; /* of the source that each field was taken from; 0: none yet */
  guint8 feed_ranks[TRUCE_N_FIELDS];
  GPtrArray *categories, *enclosures; /* of the item under way */
  const char *base_url;               /* NULL */
  char *self_url;                     /* where the document says it is; NULL */
  GString *scratch;
  gboolean bad; /* something was no UTF-8 */
  gsize size;   /* bytes of all that was taken */
} TruceBuilder;

/* `base_url` stays the caller's; NULL or "" when it is not known. */
void truce_builder_init (TruceBuilder *builder, const char *base_url);
void truce_builder_clear (TruceBuilder *builder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TruceBuilder, truce_builder_clear)

/* What relative addresses are relative to, where the document says nothing: the feed's address, else its link, else
 * where it says it is. */
const char *truce_builder_base (const TruceBuilder *builder);

/* A new item; one that is under way is finished first. FALSE when no more are taken. */
gboolean truce_builder_begin_item (TruceBuilder *builder);
void truce_builder_end_item (TruceBuilder *builder);
/* The document ended within an item: it is left out. */
void truce_builder_drop_item (TruceBuilder *builder);

/* Would a source of `rank` (1 or more) better what `field` has? Of two that are equal the first is the better text or
 * link, and the second the better date: programs add the date of a change behind the one they had. */
gboolean truce_builder_wants (const TruceBuilder *builder, TruceField field, guint8 rank);

/* Each takes the field from `length` bytes, with a NUL after them, if it is wanted and there is something in them. */
void truce_builder_set_text (TruceBuilder *builder, TruceField field, guint8 rank, const char *text, gsize length,
                             TruceMarkup markup);
void truce_builder_set_link (TruceBuilder *builder, guint8 rank, const char *text, gsize length, const char *base);
void truce_builder_set_self (TruceBuilder *builder, const char *text, gsize length);
void truce_builder_set_date (TruceBuilder *builder, TruceField field, guint8 rank, const char *text);
void truce_builder_add_category (TruceBuilder *builder, const char *text, gsize length);
void truce_builder_add_enclosure (TruceBuilder *builder, const char *text, gsize length, const char *base);

G_END_DECLS
