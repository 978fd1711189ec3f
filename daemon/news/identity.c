/* SPDX-License-Identifier: MIT */
#include "news/identity.h"

#include <string.h>

#include "base/text.h"
#include "news/address.h"
#include "news/fold.h"

static guint64
not_zero (guint64 key)
{
  return key != 0 ? key : 1;
}

/* `folded` is used again and again. */
static guint64
headline_key (TruceFolded *folded, const char *words)
{
  truce_fold (folded, words, strlen (words), TRUCE_FOLD_PLAIN);
  return not_zero (folded->length > 0 ? truce_hash64 (folded->bytes, (gssize) folded->length)
                                      : truce_hash64 (words, -1));
}

guint64
truce_identity_headline (const char *words)
{
  TruceFolded folded = { 0 };
  guint64 key = headline_key (&folded, words);

  truce_folded_clear (&folded);
  return key;
}

/* Of an id that says more than the address does; 0. */
static guint64
id_key (const TruceItem *item, const char *address)
{
  g_autofree char *same = NULL;

  if (!item->id || !*item->id)
    return 0;
  if (address && strcmp (item->id, item->link) == 0)
    return 0;
  same = address ? truce_address_normal (item->id) : NULL;
  return same && strcmp (same, address) == 0 ? 0 : truce_item_key (item);
}

static void
set_traits (TruceItemTraits *traits, const char *home, TruceFolded *folded)
{
  const TruceItem *item = traits->item;
  g_autofree char *address = item->link && *item->link ? truce_address_normal (item->link) : NULL;

  /* The feed's own page, or a site's, says nothing of the entry. */
  if (address && (g_strcmp0 (address, home) == 0 || !strpbrk (address, "/?#")))
    g_clear_pointer (&address, g_free);
  traits->id = id_key (item, address);
  traits->address = address ? not_zero (truce_hash64 (address, -1)) : 0;
  traits->headline = headline_key (folded, *item->title ? item->title : item->summary);
}

GArray *
truce_identity_traits (GPtrArray *items, const char *home)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (TruceItemTraits), items->len);
  g_autofree char *home_address = home ? truce_address_normal (home) : NULL;
  TruceFolded folded = { 0 };

  for (guint i = 0; i < items->len; i++) {
    TruceItemTraits traits = { .item = g_ptr_array_index (items, i) };
    set_traits (&traits, home_address, &folded);
    g_array_append_val (all, traits);
  }
  truce_folded_clear (&folded);
  return all;
}

/* By the words and the day: a headline that comes every week is another each time. */
static guint64
words_key (const TruceItemTraits *traits)
{
  TruceTime at = truce_item_time (traits->item);
  g_autofree char *text = g_strdup_printf ("words %" G_GINT64_MODIFIER "x %" G_GINT64_FORMAT, traits->headline,
                                           at == TRUCE_TIME_NONE ? 0 : at / TRUCE_DAY);

  return not_zero (truce_hash64 (text, -1));
}

static gboolean
has_id (const TruceItemTraits *traits, guint8 flags)
{
  return traits->id && !(flags & (TRUCE_IDENTITY_IDS_REPEAT | TRUCE_IDENTITY_IDS_CHANGE));
}

static gboolean
has_address (const TruceItemTraits *traits, guint8 flags)
{
  return traits->address && !(flags & (TRUCE_IDENTITY_LINKS_REPEAT | TRUCE_IDENTITY_LINKS_CHANGE));
}

void
truce_identity_keys (const TruceItemTraits *traits, guint8 flags, TruceItemKeys *ret_keys)
{
  guint64 address = has_address (traits, flags) ? traits->address : 0;

  if (has_id (traits, flags))
    *ret_keys = (TruceItemKeys){ traits->id, address };
  else
    *ret_keys = (TruceItemKeys){ address ? address : words_key (traits), 0 };
}

void
truce_identity_before (const TruceItemTraits *traits, guint8 flags, guint64 ret_keys[2])
{
  ret_keys[0] = has_id (traits, flags) ? 0 : truce_item_key (traits->item);
  ret_keys[1] = has_address (traits, flags) ? 0 : traits->address;
}

/* Does `map` have `key` under another headline already? Else it has this one now. */
static gboolean
clashes (GHashTable *map, const guint64 *key, const guint64 *headline)
{
  const guint64 *other = *key ? g_hash_table_lookup (map, key) : headline;

  if (!other)
    g_hash_table_insert (map, (gpointer) key, (gpointer) headline);
  return other && *other != *headline;
}

guint8
truce_identity_look (const GArray *all)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) links = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint8 flags = 0;

  for (guint i = 0; i < all->len; i++) {
    const TruceItemTraits *traits = &g_array_index (all, TruceItemTraits, i);

    if (clashes (ids, &traits->id, &traits->headline))
      flags |= TRUCE_IDENTITY_IDS_REPEAT;
    if (clashes (links, &traits->address, &traits->headline))
      flags |= TRUCE_IDENTITY_LINKS_REPEAT;
  }
  return flags;
}

const char *
truce_identity_to_text (guint8 flags)
{
  gboolean no_ids = (flags & (TRUCE_IDENTITY_IDS_REPEAT | TRUCE_IDENTITY_IDS_CHANGE)) != 0;

  if (flags & TRUCE_IDENTITY_LINKS_CHANGE)
    return "entries are known by their headlines: their addresses change from poll to poll";
  if (no_ids && (flags & TRUCE_IDENTITY_LINKS_REPEAT))
    return "entries are known by their headlines: neither ids nor addresses tell them apart";
  if (flags & TRUCE_IDENTITY_IDS_CHANGE)
    return "entries are known by their addresses: their ids change from poll to poll";
  if (no_ids)
    return "entries are known by their addresses: their ids repeat";
  return flags ? "entries are known by their ids: their addresses repeat" : NULL;
}
