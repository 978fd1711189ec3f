/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <string.h>
#include <sys/mman.h>

#define FIRST_BLOCK 512 /* bytes; a thing that has an arena of its own is mostly smaller */
#define ALIGNMENT sizeof (gint64)
/* Blocks grow fourfold up to one huge page of x86 and ARM. The kernel hands memory out by pages of 4 KiB, each for a
 * fault that costs more than filling it does: for a hundred thousand milestones, a fifth of all the time that reading
 * them takes. What is this large already can have the rest in huge ones. */
#define LARGEST_BLOCK (2 << 20)

typedef struct _Block Block;
struct _Block {
  Block *before;
  gint64 bytes[]; /* for their alignment */
};

struct _TruceArena {
  grefcount references;
  Block *blocks; /* the last first */
  char *at;      /* the free rest of the last one */
  gsize left;
  gsize next_size; /* of the block to come */
};

TruceArena *
truce_arena_new (void)
{
  TruceArena *arena = g_new0 (TruceArena, 1);

  g_ref_count_init (&arena->references);
  arena->next_size = FIRST_BLOCK;
  return arena;
}

TruceArena *
truce_arena_ref (TruceArena *arena)
{
  g_ref_count_inc (&arena->references);
  return arena;
}

void
truce_arena_unref (TruceArena *arena)
{
  if (!arena || !g_ref_count_dec (&arena->references))
    return;
  for (Block *block = arena->blocks, *before; block; block = before) {
    before = block->before;
    g_aligned_free (block);
  }
  g_free (arena);
}

/* One huge page; where there is none, the small ones all at once. Where the kernel knows of neither, it is as before.
 */
static void
ask_for_pages (Block *block)
{
  madvise (block, LARGEST_BLOCK, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
  madvise (block, LARGEST_BLOCK, MADV_POPULATE_WRITE);
#endif
}

/* Of LARGEST_BLOCK or less, unless one piece is larger. What is left of the block before stays unused. */
static void
add_block (TruceArena *arena, gsize least)
{
  gsize size = MAX (sizeof (Block) + least, arena->next_size);
  Block *block = g_aligned_alloc (1, size, size == LARGEST_BLOCK ? LARGEST_BLOCK : ALIGNMENT);

  if (size == LARGEST_BLOCK)
    ask_for_pages (block);
  block->before = arena->blocks;
  arena->blocks = block;
  arena->at = (char *) block->bytes;
  arena->left = size - sizeof (Block);
  arena->next_size = MIN (4 * arena->next_size, LARGEST_BLOCK);
}

static char *
take (TruceArena *arena, gsize size)
{
  if (size > arena->left)
    add_block (arena, size);
  char *piece = arena->at;
  arena->at += size;
  arena->left -= size;
  return piece;
}

gpointer
truce_arena_take (TruceArena *arena, gsize size)
{
  gsize gap = -GPOINTER_TO_SIZE (arena->at) % ALIGNMENT;

  if (gap && gap <= arena->left)
    take (arena, gap);
  else if (gap)
    arena->left = 0; /* the next block begins aligned */
  return memset (take (arena, size), 0, size);
}

const char *
truce_arena_text_of (TruceArena *arena, const char *text, gsize length)
{
  char *copy = take (arena, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

const char *
truce_arena_text (TruceArena *arena, const char *text)
{
  return text ? truce_arena_text_of (arena, text, strlen (text)) : NULL;
}

const char *const *
truce_arena_texts (TruceArena *arena, const char *const *texts)
{
  gsize n_texts = 0;

  while (texts && texts[n_texts])
    n_texts++;
  const char **copies = texts ? truce_arena_take (arena, (n_texts + 1) * sizeof *copies) : NULL;
  for (gsize i = 0; i < n_texts; i++)
    copies[i] = truce_arena_text (arena, texts[i]);
  return copies;
}
