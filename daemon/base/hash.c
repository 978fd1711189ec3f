/* SPDX-License-Identifier: MIT */
/* SHA-256 of short texts, where most of GLib's time goes into setting out; and a hash for long ones. */
#include <string.h>

#include "base/text.h"

#define BLOCK 64
#define LENGTH_SIZE 8 /* at the end of the last block */

static const guint32 round_constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const guint32 first_state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

static guint32
turn (guint32 word, int bits)
{
  return word >> bits | word << (32 - bits);
}

/* FIPS 180-4, 6.2.2, with its names. */
static void
take_block (guint32 state[8], const guint8 *block)
{
  guint32 w[64], a = state[0], b = state[1], c = state[2], d = state[3];
  guint32 e = state[4], f = state[5], g = state[6], h = state[7];

  for (int t = 0; t < 16; t++) {
    memcpy (&w[t], block + 4 * t, 4);
    w[t] = GUINT32_FROM_BE (w[t]);
  }
  for (int t = 16; t < 64; t++)
    w[t] = w[t - 16] + (turn (w[t - 15], 7) ^ turn (w[t - 15], 18) ^ w[t - 15] >> 3) + w[t - 7] +
           (turn (w[t - 2], 17) ^ turn (w[t - 2], 19) ^ w[t - 2] >> 10);
  for (int t = 0; t < 64; t++) {
    guint32 t1 = h + (turn (e, 6) ^ turn (e, 11) ^ turn (e, 25)) + (g ^ (e & (f ^ g))) + round_constants[t] + w[t];
    guint32 t2 = (turn (a, 2) ^ turn (a, 13) ^ turn (a, 22)) + ((a & b) | (c & (a | b)));

    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

guint64
truce_hash64 (const void *bytes, gssize length)
{
  const guint8 *at = bytes;
  gsize whole = length < 0 ? strlen (bytes) : (gsize) length, left = whole;
  guint8 last[2 * BLOCK] = { 0 };
  guint32 state[8];

  memcpy (state, first_state, sizeof state);
  for (; left >= BLOCK; at += BLOCK, left -= BLOCK)
    take_block (state, at);
  if (left > 0)
    memcpy (last, at, left);
  last[left] = 0x80;
  const guint64 n_bits = GUINT64_TO_BE ((guint64) whole * 8);
  gsize size = left + 1 + LENGTH_SIZE <= BLOCK ? BLOCK : 2 * BLOCK;
  memcpy (last + size - LENGTH_SIZE, &n_bits, LENGTH_SIZE);
  take_block (state, last);
  if (size > BLOCK)
    take_block (state, last + BLOCK);
  return (guint64) state[0] << 32 | state[1];
}

#define FINGERPRINT_SEED G_GUINT64_CONSTANT (0x243f6a8885a308d3) /* of pi: so that nothing has none */

/* Every step can be undone, so that two texts of one length that differ in one word never have the same. */
static guint64
stir (guint64 state, guint64 word)
{
  state = (state ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return state ^ state >> 32;
}

guint64
truce_fingerprint64 (const void *bytes, gsize length)
{
  const char *at = bytes;
  guint64 state = stir (FINGERPRINT_SEED, length), word;

  for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
    memcpy (&word, at, sizeof word);
    state = stir (state, GUINT64_FROM_LE (word));
  }
  word = 0;
  if (length > 0)
    memcpy (&word, at, length);
  return stir (stir (state, GUINT64_FROM_LE (word)), 0);
}
