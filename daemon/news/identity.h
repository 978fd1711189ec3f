/* SPDX-License-Identifier: MIT */
/* identity.h: by what an entry of a feed is known again, when its feed's ids and addresses keep to no rule.
 *
 * An entry has a name for good, which its alerts are called by: its id, else its address, else its words. It is known
 * again by that, or by its address. A feed whose ids or addresses are seen to repeat, or to change while the entries
 * stay, is known by the rest; that is remembered, so that nothing is told again by taking turns. */
#pragma once

#include "news/item.h"

G_BEGIN_DECLS

/* What was noticed of a feed, once and for good. */
typedef enum {
  TRUCE_IDENTITY_IDS_REPEAT = 1 << 0,   /* different entries with the same id */
  TRUCE_IDENTITY_IDS_CHANGE = 1 << 1,   /* the same entries with other ids at the next poll */
  TRUCE_IDENTITY_LINKS_REPEAT = 1 << 2, /* different entries at the same address */
  TRUCE_IDENTITY_LINKS_CHANGE = 1 << 3, /* ids and addresses change: only words are left */
} TruceIdentityFlags;

/* What an entry says of itself, as keys; 0 stands for none. */
typedef struct {
  const TruceItem *item;
  guint64 id;       /* where it says more than the address */
  guint64 address;  /* in its one form, where it is the entry's own and not the feed's page */
  guint64 headline; /* of its words, case and signs apart: another is an edit */
} TruceItemTraits;

/* What it is known by. */
typedef struct {
  guint64 name;    /* never 0 */
  guint64 address; /* known by that as well; 0 none, or that is its name */
} TruceItemKeys;

/* The same for "Truce extended" and "TRUCE  extended!". */
guint64 truce_identity_headline (const char *words);
/* Of `items` (TruceItem *), in order; `home` is the feed's own page, NULL. (transfer full), of TruceItemTraits */
GArray *truce_identity_traits (GPtrArray *items, const char *home);
/* What `traits` show by themselves: ids or addresses that repeat. */
guint8 truce_identity_look (const GArray *traits);
/* By what an entry is known in a feed of which `flags` are known. */
void truce_identity_keys (const TruceItemTraits *traits, guint8 flags, TruceItemKeys *ret_keys);
/* By what it was known while its feed kept to the rules, and in old stores, as long as its headline is the same; 0
 * none.
 */
void truce_identity_before (const TruceItemTraits *traits, guint8 flags, guint64 ret_keys[2]);

/* "entries are known by address: ids change at every poll"; NULL when there is nothing to say. (transfer none) */
const char *truce_identity_to_text (guint8 flags);

G_END_DECLS
