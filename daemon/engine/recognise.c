/* SPDX-License-Identifier: MIT */
#include "engine/recognise.h"

#include "news/identity.h"

#define WORDS_ITEMS_MIN 3 /* so many entries that are all new and mostly known by headline: their addresses change */

typedef struct {
  const TruceStorePort *store;
  const char *feed;
  GArray *traits;  /* TruceItemTraits, by item */
  GArray *keys;    /* TruceItemKeys, by item */
  GArray *found;   /* TruceSeen, by item: what it is known by */
  GArray *entries; /* TruceEntry, by item */
} Recognition;

static const TruceItemTraits *
traits_of (const Recognition *recognition, guint index)
{
  return &g_array_index (recognition->traits, TruceItemTraits, index);
}

static guint64
headline_of (const Recognition *recognition, guint index)
{
  return traits_of (recognition, index)->headline;
}

static TruceItemKeys *
keys_of (const Recognition *recognition, guint index)
{
  return &g_array_index (recognition->keys, TruceItemKeys, index);
}

static TruceSeen *
found_of (const Recognition *recognition, guint index)
{
  return &g_array_index (recognition->found, TruceSeen, index);
}

static void
set_keys (Recognition *recognition, guint8 flags)
{
  g_array_set_size (recognition->keys, 0);
  for (guint i = 0; i < recognition->traits->len; i++) {
    TruceItemKeys keys;
    truce_identity_keys (traits_of (recognition, i), flags, &keys);
    g_array_append_val (recognition->keys, keys);
  }
}

/* Asks for all by name. FALSE: the feed was never read. */
static gboolean
find_by_name (Recognition *recognition)
{
  g_array_set_size (recognition->found, 0);
  for (guint i = 0; i < recognition->traits->len; i++) {
    const TruceSeen wanted = { .key = keys_of (recognition, i)->name };
    g_array_append_val (recognition->found, wanted);
  }
  return recognition->store->find_seen (recognition->store->self, recognition->feed, recognition->found);
}

/* One more way to know an entry that is not known yet. With `exact` only under the headline that it has now: a key that
 * its feed shares out to several entries tells no more. */
static void
find_by (Recognition *recognition, guint index, guint64 key, gboolean exact)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  const TruceSeen seen = { .key = key };
  const TruceSeen *found;

  if (found_of (recognition, index)->found || key == 0 || key == keys_of (recognition, index)->name)
    return;
  g_array_append_val (wanted, seen);
  recognition->store->find_seen (recognition->store->self, recognition->feed, wanted);
  found = &g_array_index (wanted, TruceSeen, 0);
  if (found->found && (!exact || !found->headline || found->headline == headline_of (recognition, index)))
    *found_of (recognition, index) = *found;
}

/* Ids change when half of the entries that have one are known by their addresses only, each under its headline. */
static gboolean
ids_change (const Recognition *recognition)
{
  guint by_address = 0;

  for (guint i = 0; i < recognition->traits->len; i++) {
    const TruceItemKeys *keys = keys_of (recognition, i);
    const TruceSeen *found = found_of (recognition, i);
    by_address +=
        found->found && keys->address && found->key == keys->address && found->headline == headline_of (recognition, i);
  }
  return by_address > 0 && 2 * by_address >= recognition->traits->len;
}

/* None is known, and yet their headlines are: only words are left to go by. `known` gets which. */
static gboolean
links_change (Recognition *recognition, GArray *known)
{
  g_autoptr (GHashTable) different = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n_known = 0;

  for (guint i = 0; i < recognition->traits->len; i++) {
    const TruceSeen wanted = { .headline = headline_of (recognition, i) };
    if (found_of (recognition, i)->found)
      return FALSE;
    g_hash_table_add (different, (gpointer) &traits_of (recognition, i)->headline);
    g_array_append_val (known, wanted);
  }
  /* Where headlines repeat they are no proof. */
  if (recognition->traits->len < WORDS_ITEMS_MIN || g_hash_table_size (different) < recognition->traits->len)
    return FALSE;
  recognition->store->find_seen (recognition->store->self, recognition->feed, known);
  for (guint i = 0; i < known->len; i++)
    n_known += g_array_index (known, TruceSeen, i).found ? 1 : 0;
  return 2 * n_known >= known->len;
}

static void
judge (Recognition *recognition, guint index, GHashTable *present)
{
  const TruceItemKeys *keys = keys_of (recognition, index);
  const TruceSeen *found = found_of (recognition, index);
  TruceEntry entry = { .item = traits_of (recognition, index)->item,
                       .standing = TRUCE_ENTRY_NEW,
                       .name = keys->name,
                       .headline = headline_of (recognition, index) };

  if (found->found) {
    entry.name = found->name ? found->name : found->key ? found->key : keys->name;
    entry.before = found->headline;
    entry.standing = !found->headline || found->headline == entry.headline ? TRUCE_ENTRY_SAME : TRUCE_ENTRY_EDITED;
  }
  g_array_append_val (recognition->entries, entry);
  TruceEntry *kept = &g_array_index (recognition->entries, TruceEntry, index);
  if (!g_hash_table_add (present, &kept->name))
    kept->standing = TRUCE_ENTRY_SAME; /* it stands in the document twice */
}

/* What it was found by stays up to date. A way that it is not known by yet is only added for one that is new: ids and
 * addresses that change would else be remembered without end. */
static void
remember (const Recognition *recognition, guint index, GArray *seen)
{
  const TruceItemKeys *keys = keys_of (recognition, index);
  const TruceSeen *found = found_of (recognition, index);
  const TruceEntry *entry = &g_array_index (recognition->entries, TruceEntry, index);
  gboolean by_address = found->found && found->key && found->key == keys->address;
  TruceSeen kept = { .key = by_address ? keys->address : keys->name, .headline = entry->headline };

  kept.name = entry->name != kept.key ? entry->name : 0;
  g_array_append_val (seen, kept);
  if (entry->standing == TRUCE_ENTRY_NEW && keys->address) {
    kept = (TruceSeen){ .key = keys->address, .headline = entry->headline, .name = entry->name };
    g_array_append_val (seen, kept);
  }
}

static void
find_otherwise (Recognition *recognition, guint8 *flags)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (TruceSeen));

  for (guint i = 0; i < recognition->traits->len; i++) {
    guint64 before[2];
    find_by (recognition, i, keys_of (recognition, i)->address, FALSE);
    if (found_of (recognition, i)->found)
      continue;
    truce_identity_before (traits_of (recognition, i), *flags, before);
    find_by (recognition, i, before[0], TRUE);
    find_by (recognition, i, before[1], TRUE);
  }
  if (ids_change (recognition))
    *flags |= TRUCE_IDENTITY_IDS_CHANGE;
  if (*flags & TRUCE_IDENTITY_LINKS_CHANGE || !links_change (recognition, known))
    return;
  *flags |= TRUCE_IDENTITY_IDS_CHANGE | TRUCE_IDENTITY_LINKS_CHANGE;
  set_keys (recognition, *flags);
  for (guint i = 0; i < known->len; i++)
    if (g_array_index (known, TruceSeen, i).found)
      *found_of (recognition, i) = (TruceSeen){ .headline = headline_of (recognition, i), .found = TRUE };
}

GArray *
truce_recognise (const TruceStorePort *store, const char *id, GPtrArray *items, const char *home, guint8 *flags,
                 GArray *seen, gboolean *ret_first)
{
  g_autoptr (GArray) traits = truce_identity_traits (items, home);
  g_autoptr (GHashTable) present = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (TruceItemKeys));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  GArray *entries = g_array_sized_new (FALSE, FALSE, sizeof (TruceEntry), items->len);
  Recognition recognition = { store, id, traits, keys, found, entries };

  *flags |= truce_identity_look (traits);
  set_keys (&recognition, *flags);
  *ret_first = !find_by_name (&recognition);
  if (!*ret_first)
    find_otherwise (&recognition, flags);
  for (guint i = 0; i < items->len; i++) {
    judge (&recognition, i, present);
    remember (&recognition, i, seen);
  }
  return entries;
}
