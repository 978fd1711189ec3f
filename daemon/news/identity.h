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

/* Keys are never 0, which stands for none. */
typedef struct {
  guint64 name;      /* of a new entry */
  guint64 address;   /* under which it is known as well; 0 none, or that is its name */
  guint64 before[2]; /* as it was known while its feed kept to the rules, and in old stores; 0 as now */
  guint64 headline;  /* of the words of its headline, case and signs apart: another is an edit */
} TruceItemKeys;

/* The same for "Truce extended" and "TRUCE  extended!". */
guint64 truce_identity_headline (const char *words);
/* What `items` (TruceItem *) show by themselves: ids or addresses that repeat. `home` is the feed's own page as
 * truce_address_normal() has it, NULL. */
guint8 truce_identity_look (GPtrArray *items, const char *home);
/* The keys of `item` in a feed of which `flags` are known. */
void truce_identity_keys (const TruceItem *item, const char *home, guint8 flags, TruceItemKeys *ret_keys);

/* "entries are known by address: ids change at every poll"; NULL when there is nothing to say. (transfer none) */
const char *truce_identity_to_text (guint8 flags);

G_END_DECLS
