/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

/* U+2026, one column and three bytes. */
#define ELLIPSIS "\xe2\x80\xa6"

/* Invisible characters that change how the text around them is shown: bidi controls and marks, and the byte order mark.
 */
static gboolean
is_format_control (gunichar c)
{
  return c == 0x61c || (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xfeff;
}

static gboolean
is_space (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0x1680;
}

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_format_control (c);
}

/* A character beyond ASCII that clean text does not hold as it is: the ranges of is_space() and is_control(). */
static gboolean
is_suspect (gunichar c)
{
  return c <= 0xa0 || c == 0x61c || c == 0x1680 || (c >= 0x2000 && c <= 0x206f) || c == 0x3000 || c == 0xfeff;
}

TruceCharacterFate
truce_text_fate (gunichar c)
{
  if (is_space (c))
    return TRUCE_CHARACTER_SPACE;
  return is_control (c) ? TRUCE_CHARACTER_DROPPED : TRUCE_CHARACTER_KEPT;
}

/* Text as it is written to a buffer that is known to be large enough. */
typedef struct {
  char *start, *at;
  gboolean gap; /* white space is owed before the next character */
} Clean;

static void
put (Clean *clean, const char *bytes, gsize length)
{
  if (clean->gap && clean->at > clean->start)
    *clean->at++ = ' ';
  clean->gap = FALSE;
  memcpy (clean->at, bytes, length);
  clean->at += length;
}

/* The run of plain ASCII at `p`: neither white space nor control. */
static gsize
plain_run (const char *p, const char *end)
{
  const char *start = p;

  while (p<end && * p> ' ' && *p < 0x7f)
    p++;
  return (gsize) (p - start);
}

/* Takes the character at `p`, which is not plain ASCII, and returns how many bytes it is. */
static gsize
put_character (Clean *clean, const char *p, const char *end)
{
  gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, end - p);
  gboolean bad = c == (gunichar) -1 || c == (gunichar) -2;
  gsize length = bad ? 1 : (gsize) g_utf8_skip[(guchar) *p];

  if (bad)
    put (clean, "\xef\xbf\xbd", 3);
  else if (!is_suspect (c))
    put (clean, p, length);
  else if (is_space (c))
    clean->gap = TRUE;
  else if (!is_control (c))
    put (clean, p, length);
  return length;
}

#define LARGEST_GROWTH 3 /* a bad byte becomes U+FFFD, and a gap is never more than the white space it stands for */

char *
truce_text_clean (const char *text, gssize length)
{
  const char *p = text, *end = text + (length < 0 ? strlen (text) : (gsize) length);
  gboolean valid = g_utf8_validate_len (text, (gsize) (end - p), NULL);
  char *buffer = g_malloc ((gsize) (end - p) * (valid ? 1 : LARGEST_GROWTH) + 1);
  Clean clean = { buffer, buffer, FALSE };

  while (p < end) {
    gsize run = plain_run (p, end);
    if (run > 0)
      put (&clean, p, run);
    p += run;
    if (p < end)
      p += put_character (&clean, p, end);
  }
  *clean.at = '\0';
  return buffer;
}

gboolean
truce_text_is_clean (const char *text, gsize length)
{
  const char *p = text, *end = text + length;
  gboolean gap = TRUE; /* no white space may follow */

  while (p < end) {
    gsize run = plain_run (p, end);
    p += run;
    gap &= run == 0;
    if (p < end && *p == ' ') {
      if (gap)
        return FALSE;
      gap = TRUE;
      p++;
    } else if (p < end) {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -1 || c == (gunichar) -2 || truce_text_fate (c) != TRUCE_CHARACTER_KEPT)
        return FALSE;
      gap = FALSE;
      p += g_utf8_skip[(guchar) *p];
    }
  }
  return !gap || length == 0;
}

char *
truce_text_cut (const char *text, gsize max_bytes)
{
  gsize length = strlen (text), keep;

  if (length <= max_bytes)
    return g_strdup (text);
  if (max_bytes < sizeof ELLIPSIS - 1)
    return g_strdup ("");
  keep = max_bytes - (sizeof ELLIPSIS - 1);
  while (keep > 0 && ((guchar) text[keep] & 0xc0) == 0x80)
    keep--;
  return g_strdup_printf ("%.*s" ELLIPSIS, (int) keep, text);
}

char *
truce_text_escape_markup (const char *text)
{
  GString *escaped = g_string_sized_new (strlen (text) + 16);

  for (; *text; text++) {
    switch (*text) {
    case '&':
      g_string_append (escaped, "&amp;");
      break;
    case '<':
      g_string_append (escaped, "&lt;");
      break;
    case '>':
      g_string_append (escaped, "&gt;");
      break;
    default:
      g_string_append_c (escaped, *text);
    }
  }
  return g_string_free (escaped, FALSE);
}

static gsize
character_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

gsize
truce_text_columns (const char *text)
{
  gsize columns = 0;

  for (; *text; text = g_utf8_next_char (text))
    columns += character_columns (g_utf8_get_char (text));
  return columns;
}

char *
truce_text_fit (const char *text, gsize columns)
{
  gsize used = 0;
  const char *p = text;

  if (truce_text_columns (text) <= columns)
    return g_strdup (text);
  if (columns == 0)
    return g_strdup ("");
  while (*p) {
    gsize next = character_columns (g_utf8_get_char (p));
    if (used + next > columns - 1)
      break;
    used += next;
    p = g_utf8_next_char (p);
  }
  while (p > text && p[-1] == ' ') /* "word …" reads worse than "word…" */
    p--;
  return g_strdup_printf ("%.*s" ELLIPSIS, (int) (p - text), text);
}

/* Optimal string alignment: one letter wrong, missing, added, or two swapped are each one mistake. */
static gsize
edit_distance (const char *a, const char *b)
{
  gsize length_a = strlen (a), length_b = strlen (b), width = length_b + 1;
  g_autofree gsize *row = g_new (gsize, (length_a + 1) * width);

  for (gsize i = 0; i <= length_a; i++)
    row[i * width] = i;
  for (gsize j = 0; j <= length_b; j++)
    row[j] = j;
  for (gsize i = 1; i <= length_a; i++)
    for (gsize j = 1; j <= length_b; j++) {
      gsize cost = a[i - 1] == b[j - 1] ? 0 : 1;
      gsize best = MIN (row[(i - 1) * width + j] + 1, row[i * width + j - 1] + 1);
      best = MIN (best, row[(i - 1) * width + j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = MIN (best, row[(i - 2) * width + j - 2] + 1);
      row[i * width + j] = best;
    }
  return row[length_a * width + length_b];
}

/* A longer word is no misspelt name of ours, and the table above grows with its length. */
#define NEAREST_WORD_MAX 64

const char *
truce_text_nearest (const char *word, const char *const *known)
{
  g_autofree char *wanted = g_ascii_strdown (word, -1);
  const char *nearest = NULL;
  gsize least = G_MAXSIZE;

  if (strlen (word) > NEAREST_WORD_MAX)
    return NULL;
  for (guint i = 0; known[i]; i++) {
    g_autofree char *name = g_ascii_strdown (known[i], -1);
    gsize longer = MAX (strlen (name), strlen (wanted));
    if (strlen (name) > NEAREST_WORD_MAX)
      continue;
    gsize distance = edit_distance (wanted, name);
    if (distance < least && distance * 3 <= MAX (longer, 3)) {
      least = distance;
      nearest = known[i];
    }
  }
  return nearest;
}
