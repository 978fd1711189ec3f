/* SPDX-License-Identifier: MIT */
#include "worker/parse/plain.h"

#include "base/text.h"
#include "worker/parse/entities.h"

#include <string.h>

#define ARABIC_MARK 0xd89c /* U+061C, a bidi control */
#define LARGEST_GROWTH 3   /* a bad byte becomes U+FFFD; a reference to a character is never shorter than it */

enum { ODD, PLAIN, MARK, BLANK, LEAD };

/* What a byte is: part of text, the beginning of markup perhaps, white space, the beginning of a longer character. */
static const guint8 kinds[256] = {
  ['\t' ... '\r'] = BLANK, [' '] = BLANK, ['!' ... '%'] = PLAIN, ['&'] = MARK,
  ['\'' ... ';'] = PLAIN,  ['<'] = MARK,  ['=' ... '~'] = PLAIN, [0xc2 ... 0xf4] = LEAD,
};

void
truce_plain_begin (TrucePlain *plain, GString *buffer, gsize length)
{
  g_string_set_size (buffer, length * LARGEST_GROWTH);
  *plain = (TrucePlain){ .start = buffer->str, .at = buffer->str };
}

void
truce_plain_end (const TrucePlain *plain, GString *buffer)
{
  const char *end = plain->at;

  g_string_truncate (buffer, (gsize) (end - plain->start) - (end > plain->start && end[-1] == ' '));
}

void
truce_plain_space (TrucePlain *plain)
{
  if (plain->at > plain->start && plain->at[-1] != ' ')
    *plain->at++ = ' ';
}

void
truce_plain_put (TrucePlain *plain, gunichar c)
{
  switch (truce_text_fate (c)) {
  case TRUCE_CHARACTER_KEPT:
    plain->at += g_unichar_to_utf8 (c, plain->at);
    break;
  case TRUCE_CHARACTER_SPACE:
    truce_plain_space (plain);
    break;
  case TRUCE_CHARACTER_DROPPED:
    break;
  }
}

static gboolean
is_tail (guchar byte)
{
  return (byte & 0xc0) == 0x80;
}

/* Does a character from U+0080 to U+00BF, or one that windows-1252 has at 0x80 to 0x9f, begin with `lead`? */
static gboolean
may_be_tail (guchar lead)
{
  return lead == 0xc2 || lead == 0xc5 || lead == 0xc6 || lead == 0xcb || lead == 0xe2;
}

/* Two bytes: not up to U+00A0, and not U+061C. */
static gsize
ordinary_pair (TrucePlain *plain, const guchar *p, const guchar *end)
{
  if (end - p < 2 || !is_tail (p[1]) || (p[0] == 0xc2 && p[1] <= 0xa0) || (p[0] << 8 | p[1]) == ARABIC_MARK)
    return 0;
  /* U+00C2 to U+00F4: the first byte of longer characters. */
  if (p[0] == 0xc3 && p[1] >= 0x82 && p[1] <= 0xb4 && end - p > 2 && may_be_tail (p[2]))
    plain->doubled = TRUE;
  return 2;
}

/* For each lead of three bytes, a bit for each second byte behind which all characters are copied as they are. What is
 * shorter is not written with three bytes, and surrogates are no characters. */
/* clang-format off */
#define ALL G_MAXUINT64
#define ONE(second) (G_GUINT64_CONSTANT (1) << ((second) & 0x3f))
static const guint64 ordinary_seconds[16] = {
  [0x0] = ALL << 0x20,
  [0x1] = ~ONE (0x9a),
  [0x2] = ~(ONE (0x80) | ONE (0x81)),
  [0x3] = ~ONE (0x80),
  [0x4 ... 0xc] = ALL,
  [0xd] = ALL >> 0x20,
  [0xe] = ALL,
  [0xf] = ~ONE (0xbb),
};
/* clang-format on */

/* Three bytes: not U+1680, U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F, U+3000 or U+FEFF. */
static inline gboolean
is_ordinary_triple (const guchar *p)
{
  if ((p[0] & 0xf0) != 0xe0 || !is_tail (p[1]) || !is_tail (p[2]))
    return FALSE;
  if (ordinary_seconds[p[0] & 0xf] >> (p[1] & 0x3f) & 1)
    return TRUE;
  switch (p[0] << 8 | p[1]) {
  case 0xe280:
    return p[2] >= 0x90 && (p[2] <= 0xa7 || p[2] >= 0xb0);
  case 0xe281:
    return p[2] < 0x9f;
  case 0xe380:
    return p[2] != 0x80;
  default:
    return FALSE;
  }
}

/* The length of a valid sequence beyond ASCII that clean text holds as it is; 0 for one to be looked at closer. */
static gsize
ordinary_sequence (TrucePlain *plain, const guchar *p, const guchar *end)
{
  if (p[0] < 0xe0)
    return ordinary_pair (plain, p, end);
  if (p[0] < 0xf0)
    return end - p >= 3 && is_ordinary_triple (p) ? 3 : 0;
  if (end - p < 4 || !is_tail (p[1]) || !is_tail (p[2]) || !is_tail (p[3]))
    return 0;
  return (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f) ? 0 : 4;
}

#define EACH(byte) ((guint64) (byte) *G_GUINT64_CONSTANT (0x0101010101010101))
#define HIGH EACH (0x80)

/* The high bit of each byte that is not `byte`; of the others the high bit is clear. */
static inline guint64
bytes_other_than (guint64 word, guint64 byte)
{
  word ^= EACH (byte);
  return ((word & ~HIGH) + EACH (0x7f)) | word;
}

/* Takes ASCII text at `p`, with single spaces in it, up to something else: eight bytes at a time, as words are too
 * short for a branch at the end of each. */
static const guchar *
take_ascii (TrucePlain *plain, const guchar *p, const guchar *end)
{
  char *at = plain->at;
  guint64 after_space = 0; /* 0x80: a space was the last */

  while (end - p >= 8) {
    guint64 word, good, spaces, bad;
    gsize n;

    memcpy (&word, p, sizeof word);
    memcpy (at, &word, sizeof word);
    word = GUINT64_FROM_LE (word);
    good = ~word & ((word & ~HIGH) + EACH (0x80 - ' ')) & bytes_other_than (word, '<') & bytes_other_than (word, '&') &
           bytes_other_than (word, 0x7f);
    spaces = ~bytes_other_than (word, ' ') & HIGH;
    bad = (~good & HIGH) | (spaces & (spaces << 8 | after_space));
    after_space = spaces >> 56;
    n = bad ? (gsize) __builtin_ctzll (bad) / 8 : 8;
    at += n;
    p += n;
    if (bad)
      break;
  }
  while (p < end && kinds[*p] == PLAIN)
    *at++ = (char) *p++;
  plain->at = at;
  return p;
}

/* Takes a character that is not copied as it is. U+0080 to U+009F are what a feed means by them as windows-1252. */
static const guchar *
take_odd (TrucePlain *plain, const guchar *p, const guchar *end)
{
  gunichar c = *p < 0x80 ? *p : g_utf8_get_char_validated ((const char *) p, end - p);

  if (c == (gunichar) -1 || c == (gunichar) -2) {
    plain->at = mempcpy (plain->at, "\xef\xbf\xbd", 3);
    plain->bad = TRUE;
    return p + 1;
  }
  truce_plain_put (plain, c >= 0x80 ? truce_character_repair (c) : c);
  return p + g_utf8_skip[*p];
}

/* Takes what is written in other letters, most of which is copied as it is: those of two bytes from U+0100 on, those of
 * three, and one other character. */
static const guchar *
take_letters (TrucePlain *plain, const guchar *p, const guchar *end)
{
  const guchar *start = p;
  char *at = plain->at;
  gsize length;

  for (; end - p >= 3 && is_ordinary_triple (p); p += 3)
    at = mempcpy (at, p, 3);
  for (; end - p >= 2 && p[0] >= 0xc4 && p[0] <= 0xdf && is_tail (p[1]) && (p[0] << 8 | p[1]) != ARABIC_MARK; p += 2)
    at = mempcpy (at, p, 2);
  if (p == start) {
    length = ordinary_sequence (plain, p, end);
    if (length == 0)
      return take_odd (plain, p, end);
    at = mempcpy (at, p, length);
    p += length;
  }
  plain->at = at;
  return p;
}

const char *
truce_plain_take (TrucePlain *plain, const char *text, const char *text_end, gboolean markup)
{
  const guchar *p = (const guchar *) text, *end = (const guchar *) text_end;

  while (p < end) {
    switch (kinds[*p]) {
    case PLAIN:
      p = take_ascii (plain, p, end);
      break;
    case LEAD:
      p = take_letters (plain, p, end);
      break;
    case BLANK:
      truce_plain_space (plain);
      p++;
      break;
    case MARK:
      if (markup)
        return (const char *) p;
      *plain->at++ = (char) *p++;
      break;
    default:
      p = take_odd (plain, p, end);
    }
  }
  return text_end;
}

char *
truce_plain_undouble (const char *text, gsize length, gsize *ret_length)
{
  g_autofree char *single = g_malloc (length + 1);
  const char *p = text, *end = text + length;
  gsize n = 0;
  int tails = 0; /* bytes of the character that are to come */

  while (p < end) {
    int byte;

    if (tails == 0 && (guchar) *p < 0x80) {
      single[n++] = *p++;
      continue;
    }
    byte = truce_character_byte (g_utf8_get_char_validated (p, end - p));
    /* Most that is seen here is French, and ends at its first accent. */
    if (tails > 0 ? byte < 0x80 || byte > 0xbf : byte < 0xc2 || byte > 0xf4)
      return NULL;
    tails = tails > 0 ? tails - 1 : g_utf8_skip[byte] - 1;
    single[n++] = (char) byte;
    p = g_utf8_next_char (p);
  }
  single[n] = '\0';
  if (!g_utf8_validate_len (single, n, NULL))
    return NULL;
  *ret_length = n;
  return g_steal_pointer (&single);
}
