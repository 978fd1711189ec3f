/* SPDX-License-Identifier: MIT */
/* move_words.h: is a word one of a list? Lists stand where they are asked for, as "a|b|c"; each is hashed when it is
 * first asked, so that a question costs no more than a glance at a bit or two, however long the list is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MoveWordTable MoveWordTable;

/* One list, static. */
typedef struct {
  const char *list;
  MoveWordTable *table; /* NULL: not yet asked for */
} MoveWords;

#define MOVE_WORDS_INIT(list) \
  {                           \
    list, NULL                \
  }
/* The list of this place in the program. */
#define MOVE_WORDS(list_literal)                                       \
  __extension__({                                                      \
    static MoveWords move_words_here = MOVE_WORDS_INIT (list_literal); \
    &move_words_here;                                                  \
  })

guint32 move_word_hash (const char *word);
/* Where `word`, whose hash it is, stands in the list, from 0; -1: nowhere. An empty one ("a||b") holds a place. */
int move_words_find (MoveWords *words, const char *word, guint32 hash);

/* Such a table by itself; of a word that is told twice the first `value` counts. */
MoveWordTable *move_word_table_new (const char *const *words, const int *values, guint n_words);
int move_word_table_find (const MoveWordTable *table, const char *word, guint32 hash); /* its value, -1: nowhere */

G_END_DECLS
