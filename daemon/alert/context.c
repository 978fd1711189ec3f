/* SPDX-License-Identifier: MIT */
#include "alert/context.h"

#include <string.h>

static gboolean
is_latin (gunichar c)
{
  return g_unichar_isalnum (c) && c < 0x2000; /* beyond that, words hang together */
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* `word` as an expression: its parts with any signs between them, and no letter before or behind. */
static void
append_word (GString *pattern, const char *word)
{
  gunichar before = 0; /* the last letter */
  gboolean between = FALSE;

  g_string_append (pattern, pattern->len > 0 ? "|" : "");
  for (const char *at = word; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (!is_letter (c)) {
      between = before != 0;
      continue;
    }
    if (before == 0 && is_latin (c))
      g_string_append (pattern, "(?<![\\p{L}\\p{N}])");
    g_string_append (pattern, between ? "[^\\p{L}\\p{N}]+" : "");
    g_string_append_unichar (pattern, c);
    before = c;
    between = FALSE;
  }
  g_string_append (pattern, is_latin (before) ? "(?![\\p{L}\\p{N}])" : "");
}

static gboolean
has_letter (const char *word)
{
  for (const char *at = word; *at; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* The longer first: a phrase is marked whole. */
static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  size_t x = strlen (*(const char *const *) a), y = strlen (*(const char *const *) b);

  return (x < y) - (x > y);
}

/* NULL: nothing to look for. */
static GRegex *
regex_of (const char *const *words)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString) pattern = g_string_new (NULL);

  for (guint i = 0; words && words[i]; i++)
    if (g_utf8_validate (words[i], -1, NULL) && has_letter (words[i]))
      g_ptr_array_add (sorted, (gpointer) words[i]);
  g_ptr_array_sort (sorted, compare_lengths);
  for (guint i = 0; i < sorted->len; i++)
    append_word (pattern, g_ptr_array_index (sorted, i));
  return pattern->len > 0 ? g_regex_new (pattern->str, G_REGEX_CASELESS, 0, NULL) : NULL;
}

static GArray *
find (GRegex *regex, const char *text)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (TruceContextMark));
  g_autoptr (GMatchInfo) match = NULL;

  if (!regex)
    return marks;
  for (gboolean found = g_regex_match (regex, text, 0, &match); found; found = g_match_info_next (match, NULL)) {
    int from, to;
    if (!g_match_info_fetch_pos (match, 0, &from, &to))
      break;
    const TruceContextMark mark = { (guint) from, (guint) to };
    g_array_append_val (marks, mark);
  }
  return marks;
}

GArray *
truce_context_marks (const char *text, const char *const *words)
{
  g_autoptr (GRegex) regex = regex_of (words);

  return find (regex, text);
}

/* What follows the sentence at `text`. */
static const char *
sentence_end (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    const char *next = g_utf8_next_char (at);
    if (c == '\n' || c == 0x3002 || c == 0xff01 || c == 0xff1f) /* the full stops of Chinese */
      return next;
    if ((c == '.' || c == '!' || c == '?') && *next == ' ' && !g_unichar_islower (g_utf8_get_char (next + 1)) &&
        at - text > 3 && at[-2] != '.' && at[-2] != ' ')
      return next + 1;
  }
  return text + strlen (text);
}

void
truce_context_sentences (const char *text, const char *const *words, guint max, GPtrArray *ret_sentences)
{
  g_autoptr (GRegex) regex = regex_of (words);
  guint n = 0;

  for (const char *at = text, *end; *at && n < max; at = end) {
    end = sentence_end (at);
    g_autofree char *sentence = g_strndup (at, (gsize) (end - at));
    g_autoptr (GArray) marks = find (regex, g_strstrip (sentence));
    if (marks->len == 0)
      continue;
    g_ptr_array_add (ret_sentences, g_steal_pointer (&sentence));
    n++;
  }
}
