/* SPDX-License-Identifier: MIT */
/* item.h: one entry of a feed, as truced-parse read it: text only, clean, links absolute. */
#pragma once

#include "base/arena.h"
#include "base/time.h"

G_BEGIN_DECLS

typedef struct {
  char *id;            /* guid, atom:id, JSON Feed id; NULL: none */
  char *link;          /* absolute http(s) address; NULL: none */
  char *title;         /* "" when there is none, never NULL */
  char *summary;       /* "" likewise */
  char *author;        /* NULL: none */
  TruceTime published; /* TRUCE_TIME_NONE: not said */
  TruceTime updated;
  char **categories; /* NULL: none */
  char **enclosures; /* addresses; NULL: none */
} TruceItem;

TruceItem *truce_item_new (void); /* empty title and summary, no times */
void truce_item_free (TruceItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceItem, truce_item_free)

/* What makes it the same item at the next poll: the hash of its guid, else of its link, else of title and summary.
 * Never 0. */
guint64 truce_item_key (const TruceItem *item);
/* When it is news of: published, else updated, else TRUCE_TIME_NONE. */
TruceTime truce_item_time (const TruceItem *item);

/* What keeps a document that was read from being whole. */
typedef enum {
  TRUCE_FEED_WHOLE,
  TRUCE_FEED_LIMITED,    /* there was more than is taken of one: no fault of its */
  TRUCE_FEED_UNEXPANDED, /* entities that name others, or too many, were left out */
  TRUCE_FEED_CUT_OFF,    /* its end is missing, or was too deep to be read */
} TruceFeedLack;

/* What a feed says of itself beside its items. */
typedef struct {
  char *title;        /* "" when there is none */
  char *link;         /* NULL */
  char *format;       /* "rss", "rdf", "atom", "json" */
  TruceTime ttl;      /* from ttl or sy:update*: a length; 0 when it does not say */
  guint32 skip_hours; /* bit h: not in hour h, GMT */
  guint8 skip_days;   /* bit d: not on day d, 0 = Sunday */
  GPtrArray *items;   /* TruceItem *, in document order */
  TruceFeedLack lack;
  TruceArena *arena; /* what the items and their texts are in, which go with the document only; NULL: each item is of
                        its own */
} TruceFeedDocument;

/* "it is cut off: ..."; NULL for a whole one. */
const char *truce_feed_lack_words (TruceFeedLack lack);

TruceFeedDocument *truce_feed_document_new (void);
void truce_feed_document_free (TruceFeedDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceFeedDocument, truce_feed_document_free)

G_END_DECLS
