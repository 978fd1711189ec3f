/* SPDX-License-Identifier: MIT */
#include "news/near.h"

/* Distances are counted in half words: a word is two, a letter of an unspaced script is one. */
#define HALVES_OF_WORD 2

/* The token that holds the byte `at`, or the first one behind it. */
static guint
token_at (const TruceFolded *folded, guint32 at)
{
  guint low = 0, high = folded->n_tokens;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (folded->tokens[middle].start + folded->tokens[middle].length <= at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The letters that begin in the bytes [start, end), which may begin within one. */
static guint
letters_in (const char *bytes, guint32 start, guint32 end)
{
  guint letters = 0;

  for (guint32 i = start; i < end; i++)
    letters += ((guchar) bytes[i] & 0xc0) != 0x80;
  return letters;
}

/* The half words in the bytes [from, to), up to `limit` or a little over it. */
static guint
halves_between (const TruceFolded *folded, guint32 from, guint32 to, guint limit)
{
  guint halves = 0;

  for (guint i = token_at (folded, from); i < folded->n_tokens && halves <= limit; i++) {
    const TruceToken *token = &folded->tokens[i];
    guint32 start = MAX (token->start, from);
    guint32 end = MIN (token->start + token->length, to);
    if (token->start >= to)
      break;
    halves += token->unspaced ? letters_in (folded->bytes, start, end) : HALVES_OF_WORD;
  }
  return halves;
}

static gboolean
are_two_sides (const TruceMark *a, const TruceMark *b)
{
  return ((a->sides & TRUCE_SIDE_LEFT) && (b->sides & TRUCE_SIDE_RIGHT)) ||
         ((a->sides & TRUCE_SIDE_RIGHT) && (b->sides & TRUCE_SIDE_LEFT));
}

gboolean
truce_near (const TruceFolded *folded, const TruceMark *marks, guint n_marks, guint between)
{
  guint limit = HALVES_OF_WORD * between + 1; /* the odd one: a particle is no word */
  guint32 longest = 0;

  for (guint i = 0; i < n_marks; i++) {
    for (guint j = i; j-- > 0;) {
      /* A mark ends at most `longest` bytes behind its start: when that is too far away, all earlier ones are. */
      guint32 reach = marks[j].start + longest;
      if (reach < marks[i].start && halves_between (folded, reach, marks[i].start, limit) > limit)
        break;
      if (marks[j].end <= marks[i].start && are_two_sides (&marks[j], &marks[i]) &&
          halves_between (folded, marks[j].end, marks[i].start, limit) <= limit)
        return TRUE;
    }
    longest = MAX (longest, marks[i].end - marks[i].start);
  }
  return FALSE;
}
