/* SPDX-License-Identifier: MIT */
#include "news/fold_table.h"

TruceFoldEntry *truce_fold_pages[TRUCE_FOLD_PAGES];

char *
truce_fold_normalise (const char *text, gssize length, gboolean keep_case)
{
  g_autofree char *composed = g_utf8_normalize (text, length, G_NORMALIZE_ALL_COMPOSE);

  if (!composed)
    return g_strdup ("");
  if (keep_case)
    return g_steal_pointer (&composed);
  g_autofree char *lowered = g_utf8_casefold (composed, -1);
  return g_utf8_normalize (lowered, -1, G_NORMALIZE_ALL_COMPOSE);
}

/* Unicode's Default_Ignorable_Code_Point, as far as it is met in text. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00ad || c == 0x034f || c == 0x061c || (c >= 0x180b && c <= 0x180f) || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

/* Letters that NFKC would glue to the word before them, and that are no part of it: "TikTok" with a trade mark sign. */
static gboolean
is_mark_of_trade (gunichar c)
{
  return c == 0x2122 || c == 0x2120 || c == 0x00ae || c == 0x00a9;
}

static gboolean
is_unspaced (gunichar c)
{
  if (c == 0x30fc) /* the prolonged sound mark is common to both Kana */
    return TRUE;
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HANGUL:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
  case G_UNICODE_SCRIPT_BOPOMOFO:
  case G_UNICODE_SCRIPT_THAI:
  case G_UNICODE_SCRIPT_LAO:
  case G_UNICODE_SCRIPT_KHMER:
  case G_UNICODE_SCRIPT_MYANMAR:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Hangul vowels and final consonants, which compose into a syllable with what stands before them. */
static gboolean
is_joining_jamo (gunichar c)
{
  return c >= 0x1160 && c <= 0x11ff;
}

static TruceFoldEntry
make_entry (gunichar c)
{
  char text[6];
  TruceFoldEntry entry = 0;

  if (c == 0 || (c >= 0xd800 && c < 0xe000) || is_mark_of_trade (c))
    return 0;
  if (is_invisible (c))
    return TRUCE_FOLD_DROPPED;
  gssize length = g_unichar_to_utf8 (c, text);
  g_autofree char *folded = truce_fold_normalise (text, length, FALSE);
  g_autofree char *apart = g_utf8_normalize (text, length, G_NORMALIZE_ALL);
  gunichar first = g_utf8_get_char (apart);
  gunichar result = g_utf8_get_char (folded);
  if (g_unichar_ismark (first) || is_joining_jamo (first))
    entry |= TRUCE_FOLD_JOINS;
  if (*folded == '\0')
    return TRUCE_FOLD_DROPPED;
  if (*g_utf8_next_char (folded) != '\0')
    return entry | TRUCE_FOLD_SEVERAL;
  entry |= result;
  if (g_unichar_isalnum (result) || g_unichar_ismark (result))
    entry |= TRUCE_FOLD_WORD;
  if (g_unichar_ismark (result))
    entry |= TRUCE_FOLD_MARK;
  if (is_unspaced (result))
    entry |= TRUCE_FOLD_UNSPACED;
  return entry;
}

const TruceFoldEntry *
truce_fold_fill_page (guint page)
{
  TruceFoldEntry *entries = g_new (TruceFoldEntry, TRUCE_FOLD_PAGE);

  for (guint i = 0; i < TRUCE_FOLD_PAGE; i++)
    entries[i] = make_entry (page * TRUCE_FOLD_PAGE + i);
  truce_fold_pages[page] = entries;
  return entries;
}
