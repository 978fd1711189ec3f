/* SPDX-License-Identifier: MIT */
/* Where the words of the lexicon stand in a text. */
#include <string.h>

#include "news/move_private.h"

#define GAP_MAX 5 /* words that may stand in for "..": more, and the two ends belong to different phrases */

typedef struct {
  MoveCueKind kind;
  char **words;
} Pattern;

/* The patterns of each group by the first byte of their first word: '#' and '+' are what dates and lengths are under.
 */
typedef struct {
  GArray *patterns[MOVE_N_GROUPS][256]; /* Pattern; NULL: none */
} PatternIndex;

/* "延长" as "延", "长". */
static void
add_words (GStrvBuilder *builder, const char *word)
{
  if (g_utf8_get_char (word) < 0x2E80) { /* the first of the East Asian blocks */
    g_strv_builder_add (builder, word);
    return;
  }
  for (; *word; word = g_utf8_next_char (word)) {
    g_autofree char *one = g_strndup (word, (gsize) (g_utf8_next_char (word) - word));

    g_strv_builder_add (builder, one);
  }
}

static void
add_patterns (PatternIndex *index, guint group)
{
  guint n;
  const MoveLexicon *lexicon = move_lexicon (group, &n);

  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) texts = g_strsplit (lexicon[i].patterns, "|", -1);

    for (guint j = 0; texts[j]; j++) {
      g_auto (GStrv) parts = g_strsplit (texts[j], " ", -1);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint k = 0; parts[k]; k++)
        add_words (builder, parts[k]);
      const Pattern pattern = { lexicon[i].kind, g_strv_builder_end (builder) };
      GArray **patterns = &index->patterns[group][(guchar) *pattern.words[0]];
      if (!*patterns)
        *patterns = g_array_new (FALSE, FALSE, sizeof (Pattern));
      g_array_append_val (*patterns, pattern);
    }
  }
}

/* Made once, for good. */
static const PatternIndex *
all_patterns (void)
{
  static gsize made;

  if (g_once_init_enter (&made)) {
    PatternIndex *index = g_new0 (PatternIndex, 1);

    for (guint group = 0; group < MOVE_N_GROUPS; group++)
      add_patterns (index, group);
    g_once_init_leave (&made, (gsize) index);
  }
  return (const PatternIndex *) made;
}

/* The ending that makes `word` of the verb or noun `stem` of `length` bytes: "" for none, NULL when it is another. */
static const char *
ending_of (const char *word, const char *stem, gsize length)
{
  static const char *const endings[] = { "", "s", "es", "d", "ed", "ing" };
  char last = stem[length - 1];

  if (strncmp (word, stem, length - 1) != 0)
    return NULL;
  if (word[length - 1] == last) {
    const char *rest = word + length;

    for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
      if (g_str_equal (rest, endings[i]))
        return endings[i];
    if (*rest == last && (g_str_equal (rest + 1, "ed") || g_str_equal (rest + 1, "ing"))) /* scrapped */
      return rest + 1;
    return NULL;
  }
  const char *rest = word + length - 1;
  if (last == 'e')
    return g_str_equal (rest, "ing") ? "ing" : NULL;
  if (last == 'y')
    return g_str_equal (rest, "ies") ? "s" : g_str_equal (rest, "ied") ? "ed" : NULL;
  return NULL;
}

static gboolean
word_fits (const MoveToken *token, const char *pattern, MoveForm *ret_form)
{
  gsize length = strlen (pattern);
  const char *ending = "";

  if (g_str_equal (pattern, "#"))
    return token->dated;
  if (g_str_equal (pattern, "?"))
    return token->kind == MOVE_WORD && !token->dated;
  if (g_str_equal (pattern, "+"))
    return token->more;
  if (token->word[0] != pattern[0] || token->dated)
    return FALSE;
  if (pattern[length - 1] == '*')
    return strncmp (token->word, pattern, length - 1) == 0;
  if (pattern[length - 1] == '~')
    ending = ending_of (token->word, pattern, length - 1);
  else if (!g_str_equal (token->word, pattern))
    return FALSE;
  if (!ending)
    return FALSE;
  *ret_form = strchr (ending, 'd')   ? MOVE_FORM_PAST
              : *ending == 'i'       ? MOVE_FORM_ING
              : strchr (ending, 's') ? MOVE_FORM_S
                                     : MOVE_FORM_BASE;
  return TRUE;
}

/* The token behind the pattern's last when it fits from `i` on; 0 when it does not. */
static guint
pattern_fits (const MoveText *text, guint i, char **words, MoveForm *ret_form)
{
  MoveForm form = MOVE_FORM_BASE, ignored;
  guint sentence = MOVE_TOKEN (text, i)->sentence;

  for (guint k = 0; words[k]; k++) {
    if (g_str_equal (words[k], "..")) {
      for (guint gap = 0; gap <= GAP_MAX && i + gap < text->tokens->len; gap++) {
        if (gap > 0 && MOVE_TOKEN (text, i + gap - 1)->kind == MOVE_POINT &&
            move_is (text, i + gap - 1, ",|;|:|.|!|?|—|–"))
          return 0;
        /* "called off after the deal": what follows is another clause's */
        if (gap > 0 && move_is (text, i + gap - 1, "after|before|as|while|if|unless|because|despite|amid"))
          return 0;
        guint end = MOVE_TOKEN (text, i + gap)->sentence == sentence
                        ? pattern_fits (text, i + gap, words + k + 1, &ignored)
                        : 0;

        if (end > 0) {
          *ret_form = form;
          return end;
        }
      }
      return 0;
    }
    if (*words[k] == '#' && move_is (text, i, "the")) /* "the end of May" */
      i++;
    if (i >= text->tokens->len || MOVE_TOKEN (text, i)->sentence != sentence ||
        !word_fits (MOVE_TOKEN (text, i), words[k], k == 0 ? &form : &ignored))
      return 0;
    i++;
  }
  *ret_form = form;
  return i;
}

/* The longest of these patterns that fits at `i` and is longer than `best` tokens' end; its end, else `best`. */
static guint
longest_of (const MoveText *text, guint i, const GArray *patterns, guint best, MoveCue *ret_cue)
{
  for (guint p = 0; patterns && p < patterns->len; p++) {
    const Pattern *pattern = &g_array_index (patterns, Pattern, p);
    MoveForm form;
    guint end = pattern_fits (text, i, pattern->words, &form);

    if (end > best) {
      best = end;
      *ret_cue = (MoveCue){ pattern->kind, i, end - 1, form };
    }
  }
  return best;
}

static gboolean
longest_at (const MoveText *text, guint i, guint group, MoveCue *ret_cue)
{
  GArray *const *patterns = all_patterns ()->patterns[group];
  const MoveToken *token = MOVE_TOKEN (text, i);

  if (!token->dated)
    return longest_of (text, i, patterns[(guchar) *token->word], 0, ret_cue) > 0;
  return longest_of (text, i, patterns['+'], longest_of (text, i, patterns['#'], 0, ret_cue), ret_cue) > 0;
}

void
move_cues_find (const MoveText *text, GArray *cues)
{
  guint next[MOVE_N_GROUPS] = { 0 };

  for (guint i = 0; i < text->tokens->len; i++) {
    const char *word = MOVE_TOKEN (text, i)->word;
    MoveCue cue;

    for (guint group = 0; group < G_N_ELEMENTS (next); group++) {
      if (i < next[group])
        continue;
      if (group == 1 && (g_str_has_suffix (word, "n't") || g_str_equal (word, "wont")))
        cue = (MoveCue){ MOVE_CUE_NOT, i, i, MOVE_FORM_BASE };
      else if (!longest_at (text, i, group, &cue))
        continue;
      g_array_append_val (cues, cue);
      next[group] = cue.last + 1;
      /* What a verb acts on may stand in the middle of its pattern; the next verb may too. */
      if (group == 0 && cue.last > cue.first + 1)
        next[group] = cue.first + 1;
    }
  }
}

const MoveCue *
move_cue_in (const GArray *cues, MoveCueKind kind, guint first, guint end)
{
  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, i);

    if (cue->kind == kind && cue->first >= first && cue->first < end)
      return cue;
  }
  return NULL;
}
