/* SPDX-License-Identifier: MIT */
/* fold_block.h: ASCII read many bytes at once: which are letters and digits, and all in lower case. For fold.c. */
#pragma once

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

#define TRUCE_EACH_BYTE(byte) (0x0101010101010101u * (guint64) (byte))
#define TRUCE_HIGH_BITS TRUCE_EACH_BYTE (0x80)

/* 8 bytes at once: the high bits of those that are ASCII letters and digits, and all of them in lower case. */
static inline guint64
truce_ascii_words (guint64 bytes, guint64 *ret_lowered)
{
  guint64 low = bytes & ~TRUCE_HIGH_BITS;
  guint64 folded = low | TRUCE_EACH_BYTE (0x20);
  /* The high bit of each byte tells whether it is that far up; no sum carries into the next byte. */
  guint64 letters = (folded + TRUCE_EACH_BYTE (0x80 - 'a')) & ~(folded + TRUCE_EACH_BYTE (0x80 - 'z' - 1));
  guint64 digits = (low + TRUCE_EACH_BYTE (0x80 - '0')) & ~(low + TRUCE_EACH_BYTE (0x80 - '9' - 1));

  *ret_lowered = bytes | ((letters & ~bytes & TRUCE_HIGH_BITS) >> 2);
  return (letters | digits) & ~bytes & TRUCE_HIGH_BITS;
}

/* The first of 8 bytes that is none: how many are ASCII letters and digits before it, and all in lower case. */
static inline guint
truce_ascii_word_bytes (guint64 bytes, guint64 *ret_lowered)
{
  guint64 others = ~truce_ascii_words (bytes, ret_lowered) & TRUCE_HIGH_BITS;

  return others == 0 ? 8 : (guint) __builtin_ctzll (others) / 8;
}

static inline guint64
truce_load (const char *at, const char *end)
{
  guint64 bytes = 0;

  if (end - at >= 8)
    memcpy (&bytes, at, 8);
  else
    memcpy (&bytes, at, (gsize) (end - at));
  return GUINT64_FROM_LE (bytes);
}

#define TRUCE_BLOCK 64        /* bytes: a bit of a word for each */
#define TRUCE_BLOCK_COPIED 16 /* bytes at once, which hold nearly every word */

/* What a block is made of: a bit for each byte. */
typedef struct {
  guint64 words; /* ASCII letters and digits */
  guint64 high;  /* beyond ASCII */
  char lowered[TRUCE_BLOCK + TRUCE_BLOCK_COPIED];
} TruceBlock;

#ifdef __SSE2__ /* every amd64 has it */
static inline guint64
bits_of (__m128i bytes, guint at)
{
  return (guint64) (guint) _mm_movemask_epi8 (bytes) << at;
}

static inline __m128i
is_between (__m128i bytes, char first, char last)
{
  return _mm_and_si128 (_mm_cmpgt_epi8 (bytes, _mm_set1_epi8 ((char) (first - 1))),
                        _mm_cmplt_epi8 (bytes, _mm_set1_epi8 ((char) (last + 1))));
}

static inline void
truce_read_block (TruceBlock *block, const char *at)
{
  const __m128i case_bit = _mm_set1_epi8 (0x20);

  block->words = 0;
  block->high = 0;
  for (guint i = 0; i < TRUCE_BLOCK; i += 16) {
    __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (at + i));
    __m128i letters = is_between (_mm_or_si128 (bytes, case_bit), 'a', 'z'); /* signed: none beyond ASCII */
    __m128i lowered = _mm_or_si128 (bytes, _mm_and_si128 (letters, case_bit));
    block->words |= bits_of (_mm_or_si128 (letters, is_between (bytes, '0', '9')), i);
    block->high |= bits_of (bytes, i);
    _mm_storeu_si128 ((__m128i *) (gpointer) (block->lowered + i), lowered);
  }
}
#else
/* The high bits of eight bytes side by side. */
static inline guint64
gather (guint64 high_bits)
{
  return ((high_bits >> 7) * G_GUINT64_CONSTANT (0x0102040810204080)) >> 56;
}

static inline void
truce_read_block (TruceBlock *block, const char *at)
{
  block->words = 0;
  block->high = 0;
  for (guint i = 0; i < TRUCE_BLOCK; i += 8) {
    guint64 bytes, lowered;
    memcpy (&bytes, at + i, 8);
    bytes = GUINT64_FROM_LE (bytes);
    guint64 words = truce_ascii_words (bytes, &lowered);
    block->words |= gather (words) << i;
    block->high |= gather (bytes & TRUCE_HIGH_BITS) << i;
    lowered = GUINT64_TO_LE (lowered);
    memcpy (block->lowered + i, &lowered, 8);
  }
}
#endif

G_END_DECLS
