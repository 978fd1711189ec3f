/* SPDX-License-Identifier: MIT */
#include "worker/parse/plain.h"

#include "base/text.h"
#include "worker/parse/entities.h"

#include <string.h>

#define LARGEST_GROWTH 3 /* a bad byte becomes U+FFFD; a reference to a character is never shorter than it */

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
  g_string_truncate (buffer, (gsize) (plain->at - plain->start));
}

static void
append (TrucePlain *plain, const char *bytes, gsize length)
{
  if (plain->gap && plain->at > plain->start)
    *plain->at++ = ' ';
  plain->gap = FALSE;
  memcpy (plain->at, bytes, length);
  plain->at += length;
}

void
truce_plain_put (TrucePlain *plain, gunichar c)
{
  char bytes[6];

  switch (truce_text_fate (c)) {
  case TRUCE_CHARACTER_KEPT:
    append (plain, bytes, (gsize) g_unichar_to_utf8 (c, bytes));
    break;
  case TRUCE_CHARACTER_SPACE:
    plain->gap = TRUE;
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
  if (end - p < 2 || !is_tail (p[1]) || (p[0] == 0xc2 && p[1] <= 0xa0) || (p[0] == 0xd8 && p[1] == 0x9c))
    return 0;
  /* U+00C2 to U+00F4: the first byte of longer characters. */
  if (p[0] == 0xc3 && p[1] >= 0x82 && p[1] <= 0xb4 && end - p > 2 && may_be_tail (p[2]))
    plain->doubled = TRUE;
  return 2;
}

/* Three bytes: not U+1680, U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F, U+3000 or U+FEFF. */
static gsize
ordinary_triple (const guchar *p, const guchar *end)
{
  if (end - p < 3 || !is_tail (p[1]) || !is_tail (p[2]))
    return 0;
  switch (p[0]) {
  case 0xe0:
    return p[1] >= 0xa0 ? 3 : 0;
  case 0xe1:
    return p[1] == 0x9a ? 0 : 3;
  case 0xe2:
    if (p[1] == 0x80)
      return p[2] >= 0x90 && (p[2] <= 0xa7 || p[2] >= 0xb0) ? 3 : 0;
    return p[1] == 0x81 && p[2] >= 0x9f ? 0 : 3;
  case 0xe3:
    return p[1] == 0x80 && p[2] == 0x80 ? 0 : 3;
  case 0xed:
    return p[1] <= 0x9f ? 3 : 0;
  case 0xef:
    return p[1] == 0xbb ? 0 : 3;
  default:
    return 3;
  }
}

/* The length of a valid sequence beyond ASCII that clean text holds as it is; 0 for one to be looked at closer. */
static inline gsize
ordinary_sequence (TrucePlain *plain, const guchar *p, const guchar *end)
{
  if (p[0] < 0xe0)
    return ordinary_pair (plain, p, end);
  if (p[0] < 0xf0)
    return ordinary_triple (p, end);
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

/* How many of the eight bytes at `p` are ASCII text that is copied as it is, with single spaces in it but none at the
 * end. Words are too short for a branch at each. */
static inline gsize
ordinary_of_eight (const guchar *p)
{
  guint64 word, good, spaces, bad;
  gsize n;

  memcpy (&word, p, sizeof word);
  word = GUINT64_FROM_LE (word);
  good = ~word & ((word & ~HIGH) + EACH (0x80 - ' ')) & bytes_other_than (word, '<') & bytes_other_than (word, '&') &
         bytes_other_than (word, 0x7f);
  spaces = ~bytes_other_than (word, ' ') & HIGH;
  bad = (~good & HIGH) | (spaces & (spaces << 8));
  n = bad ? (gsize) __builtin_ctzll (bad) / 8 : 8;
  return n > 0 && (spaces >> (8 * n - 1) & 1) ? n - 1 : n;
}

/* Past ASCII text at `p`. */
static inline const guchar *
ascii_end (const guchar *p, const guchar *end)
{
  while (end - p >= 8) {
    gsize n = ordinary_of_eight (p);

    p += n;
    if (n < 7)
      return p;
  }
  while (p < end && kinds[*p] == PLAIN)
    p++;
  return p;
}

/* Is it a valid sequence of three bytes, from U+0800 to U+D7FF but for the blocks that hold spaces? */
static inline gboolean
is_letter_of_three (const guchar *p)
{
  /* All characters of these leads are letters. */
  const guint leads = 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9 | 1u << 10 | 1u << 11 | 1u << 12;

  if ((p[0] & 0xf0) != 0xe0 || ((p[1] | p[2] << 8) & 0xc0c0) != 0x8080)
    return FALSE;
  if (leads >> (p[0] & 0xf) & 1)
    return TRUE;
  return (p[0] == 0xe0 && p[1] >= 0xa0) || (p[0] == 0xe1 && p[1] != 0x9a) ||
         (p[0] == 0xe3 && !(p[1] == 0x80 && p[2] == 0x80)) || (p[0] == 0xed && p[1] <= 0x9f);
}

/* Past what is written in other letters, most of which is copied as it is: Greek, Cyrillic, Hebrew and Arabic but for
 * the lead of U+061C; those of South and East Asia. */
static inline const guchar *
letters_end (const guchar *p, const guchar *end)
{
  while (end - p >= 2 && p[0] >= 0xc4 && p[0] <= 0xdf && p[0] != 0xd8 && is_tail (p[1]))
    p += 2;
  while (end - p >= 3 && is_letter_of_three (p))
    p += 3;
  return p;
}

/* Where text that is copied as it is ends: it may hold single spaces, and neither begins nor ends with one. */
static const guchar *
run_end (TrucePlain *plain, const guchar *p, const guchar *end, gboolean markup)
{
  while (p < end) {
    const guchar *next = p;

    if (*p == ' ' && ++next == end)
      break;
    if (kinds[*next] == PLAIN) {
      next = ascii_end (next, end);
    } else if (kinds[*next] == LEAD) {
      const guchar *stop = letters_end (next, end);
      gsize length = stop > next ? (gsize) (stop - next) : ordinary_sequence (plain, next, end);

      if (length == 0)
        break;
      next += length;
    } else if (kinds[*next] == MARK && !markup) {
      next++;
    } else {
      break;
    }
    p = next;
  }
  return p;
}

/* Takes a character that is not copied as it is. U+0080 to U+009F are what a feed means by them as windows-1252. */
static const guchar *
take_odd (TrucePlain *plain, const guchar *p, const guchar *end)
{
  gunichar c = *p < 0x80 ? *p : g_utf8_get_char_validated ((const char *) p, end - p);

  if (c == (gunichar) -1 || c == (gunichar) -2) {
    append (plain, "\xef\xbf\xbd", 3);
    plain->bad = TRUE;
    return p + 1;
  }
  truce_plain_put (plain, c >= 0x80 ? truce_character_repair (c) : c);
  return p + g_utf8_skip[*p];
}

const char *
truce_plain_take (TrucePlain *plain, const char *text, const char *text_end, gboolean markup)
{
  const guchar *at = (const guchar *) text, *end = (const guchar *) text_end;

  while (at < end) {
    const guchar *stop;

    if (kinds[*at] == BLANK) {
      plain->gap = TRUE;
      at++;
      continue;
    }
    stop = run_end (plain, at, end, markup);
    if (stop > at)
      append (plain, (const char *) at, (gsize) (stop - at));
    at = stop;
    if (at == end || kinds[*at] == MARK)
      break;
    if (kinds[*at] != BLANK)
      at = take_odd (plain, at, end);
  }
  return (const char *) at;
}

/* The byte that windows-1252 has for `c`, or that `c` is; -1 for none. */
static int
byte_of (gunichar c)
{
  if (c < 0x100)
    return (int) c;
  for (gunichar byte = 0x80; byte <= 0x9f; byte++)
    if (truce_character_repair (byte) == c && c != 0xfffd)
      return (int) byte;
  return -1;
}

char *
truce_plain_undouble (const char *text, gsize length, gsize *ret_length)
{
  g_autofree char *single = g_malloc (length + 1);
  gsize n = 0;

  if (!g_utf8_validate_len (text, length, NULL))
    return NULL;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    int byte = byte_of (g_utf8_get_char (p));

    if (byte < 0)
      return NULL;
    single[n++] = (char) byte;
  }
  single[n] = '\0';
  if (!g_utf8_validate_len (single, n, NULL))
    return NULL;
  *ret_length = n;
  return g_steal_pointer (&single);
}
