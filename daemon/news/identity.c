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

guint64
truce_identity_headline (const char *words)
{
  TruceFolded folded = { 0 };
  guint64 key;

  truce_fold (&folded, words, strlen (words), TRUCE_FOLD_PLAIN);
  key = folded.length > 0 ? truce_hash64 (folded.bytes, (gssize) folded.length) : truce_hash64 (words, -1);
  truce_folded_clear (&folded);
  return not_zero (key);
}

static guint64
headline_key (const TruceItem *item)
{
  return truce_identity_headline (*item->title ? item->title : item->summary);
}

/* By the words and the day: a headline that comes every week is another each time. */
static guint64
words_key (const TruceItem *item, guint64 headline)
{
  TruceTime at = truce_item_time (item);
  g_autofree char *text = g_strdup_printf ("words %" G_GINT64_MODIFIER "x %" G_GINT64_FORMAT, headline,
                                           at == TRUCE_TIME_NONE ? 0 : at / TRUCE_DAY);

  return not_zero (truce_hash64 (text, -1));
}

/* The address in its one form; NULL when it says nothing of the entry: none, or the feed's own page. (transfer full) */
static char *
address_of (const TruceItem *item, const char *home)
{
  g_autofree char *address = item->link && *item->link ? truce_address_normal (item->link) : NULL;

  return address && g_strcmp0 (address, home) != 0 && strpbrk (address, "/?#") ? g_steal_pointer (&address) : NULL;
}

static guint64
address_key (const char *address)
{
  g_autofree char *text = g_strconcat ("address ", address, NULL);

  return not_zero (truce_hash64 (text, -1));
}

void
truce_identity_keys (const TruceItem *item, const char *home, guint8 flags, TruceItemKeys *ret_keys)
{
  g_autofree char *address = address_of (item, home);
  g_autofree char *id_address = item->id && *item->id ? truce_address_normal (item->id) : NULL;
  TruceItemKeys keys = { .headline = headline_key (item) };
  /* An id that is the address says no more than that. */
  gboolean has_id = item->id && *item->id && !(address && g_strcmp0 (address, id_address) == 0) &&
                    !(flags & (TRUCE_IDENTITY_IDS_REPEAT | TRUCE_IDENTITY_IDS_CHANGE));
  gboolean has_address = address && !(flags & (TRUCE_IDENTITY_LINKS_REPEAT | TRUCE_IDENTITY_LINKS_CHANGE));

  if (has_id) {
    keys.name = truce_item_key (item);
    keys.address = has_address ? address_key (address) : 0;
  } else {
    keys.name = has_address ? address_key (address) : words_key (item, keys.headline);
    keys.before[0] = truce_item_key (item);
    keys.before[1] = address && !has_address ? address_key (address) : 0;
  }
  *ret_keys = keys;
}

/* Does `map` have `key` with another value already? Else it has this one now. */
static gboolean
clashes (GHashTable *map, const char *key, const char *value)
{
  const char *other = g_hash_table_lookup (map, key);

  if (other)
    return strcmp (other, value) != 0;
  g_hash_table_insert (map, g_strdup (key), g_strdup (value));
  return FALSE;
}

guint8
truce_identity_look (GPtrArray *items, const char *home)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint8 flags = 0;

  for (guint i = 0; i < items->len; i++) {
    const TruceItem *item = g_ptr_array_index (items, i);
    g_autofree char *address = address_of (item, home);
    g_autofree char *headline = g_strdup_printf ("%" G_GINT64_MODIFIER "x", headline_key (item));

    if (item->id && *item->id && clashes (ids, item->id, headline))
      flags |= TRUCE_IDENTITY_IDS_REPEAT;
    if (address && clashes (links, address, headline))
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
