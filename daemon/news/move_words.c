/* SPDX-License-Identifier: MIT */
/* Lists of words as hash tables, made once and for good: open addressing, at most half full, behind a filter of one
 * bit a word that ends most questions. */
#include <string.h>

#include "news/move_words.h"

typedef struct {
  const char *word; /* NULL: free */
  guint32 hash;
  int value;
} Slot;

struct _MoveWordTable {
  guint64 filter;
  guint32 mask; /* of slots, whose number is a power of two */
  Slot slots[];
};

/* FNV-1a. */
guint32
move_word_hash (const char *word)
{
  guint32 hash = 2166136261u;

  for (; *word; word++)
    hash = (hash ^ (guint8) *word) * 16777619u;
  return hash;
}

static guint64
filter_bit (guint32 hash)
{
  return G_GUINT64_CONSTANT (1) << (hash >> 26);
}

static void
add (MoveWordTable *table, const char *word, int value)
{
  guint32 hash = move_word_hash (word), at = hash & table->mask;

  if (!*word)
    return;
  for (; table->slots[at].word; at = (at + 1) & table->mask)
    if (strcmp (table->slots[at].word, word) == 0)
      return;
  table->slots[at] = (Slot){ .word = g_strdup (word), .hash = hash, .value = value };
  table->filter |= filter_bit (hash);
}

MoveWordTable *
move_word_table_new (const char *const *words, const int *values, guint n_words)
{
  guint32 n_slots = 2;

  while (n_slots < 2 * n_words)
    n_slots *= 2;
  MoveWordTable *table = g_malloc0 (sizeof *table + n_slots * sizeof table->slots[0]);
  table->mask = n_slots - 1;
  for (guint i = 0; i < n_words; i++)
    add (table, words[i], values ? values[i] : (int) i);
  return table;
}

int
move_word_table_find (const MoveWordTable *table, const char *word, guint32 hash)
{
  if (!(table->filter & filter_bit (hash)))
    return -1;
  for (guint32 at = hash & table->mask; table->slots[at].word; at = (at + 1) & table->mask)
    if (table->slots[at].hash == hash && strcmp (table->slots[at].word, word) == 0)
      return table->slots[at].value;
  return -1;
}

static MoveWordTable *
table_of (MoveWords *words)
{
  if (g_once_init_enter (&words->table)) {
    g_auto (GStrv) parts = g_strsplit (words->list, "|", -1);

    g_once_init_leave (&words->table, move_word_table_new ((const char *const *) parts, NULL, g_strv_length (parts)));
  }
  return words->table;
}

int
move_words_find (MoveWords *words, const char *word, guint32 hash)
{
  return move_word_table_find (table_of (words), word, hash);
}
