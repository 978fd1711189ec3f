/* SPDX-License-Identifier: MIT */
/* Where the words of the lexicon stand in a text. */
#include <string.h>

#include "news/move_private.h"

#define GAP_MAX 6 /* words that may stand in for "..": more, and the two ends belong to different phrases */
#define FIRST_EAST_ASIAN 0x2E80 /* the first of the East Asian blocks */

typedef struct {
  const MoveLexicon *entry;
  char **words;
  gboolean gap;  /* has ".." */
  MoveForm form; /* of the first word, as the pattern is found by it */
} Pattern;

/* The patterns of each group by their first word, in each of its forms; '#' and '+' are what dates and lengths are
 * under. What begins with a prefix ("threat*") is under the prefix's first two bytes. */
typedef struct {
  GHashTable *by_word[MOVE_N_GROUPS];   /* word -> GArray of Pattern */
  GHashTable *by_prefix[MOVE_N_GROUPS]; /* two bytes -> GArray of Pattern */
  GHashTable *classes;                  /* "%deal" or "vote~" -> word -> MoveForm */
} PatternIndex;

/* --- the forms of a word --- */

typedef void (*FormSink) (const char *word, MoveForm form, gpointer data);

static void
tell_joined (const char *stem, gsize length, const char *ending, MoveForm form, FormSink sink, gpointer data)
{
  g_autofree char *word = g_strdup_printf ("%.*s%s", (int) length, stem, ending);

  sink (word, form, data);
}

/* Each regular form of "extend~", and some that do not exist, which no text holds. */
static void
tell_forms (const char *stem, gsize length, FormSink sink, gpointer data)
{
  char last = stem[length - 1];
  const char doubled_ed[] = { last, 'e', 'd', '\0' }, doubled_ing[] = { last, 'i', 'n', 'g', '\0' };

  tell_joined (stem, length, "", MOVE_FORM_BASE, sink, data);
  if (last == 'y' && length > 1 && !strchr ("aeiou", stem[length - 2])) {
    tell_joined (stem, length - 1, "ies", MOVE_FORM_S, sink, data);
    tell_joined (stem, length - 1, "ied", MOVE_FORM_PAST, sink, data);
    tell_joined (stem, length, "ing", MOVE_FORM_ING, sink, data);
    return;
  }
  tell_joined (stem, length, "s", MOVE_FORM_S, sink, data);
  tell_joined (stem, length, "es", MOVE_FORM_S, sink, data);
  if (last == 'e') {
    tell_joined (stem, length, "d", MOVE_FORM_PAST, sink, data);
    tell_joined (stem, length - 1, "ing", MOVE_FORM_ING, sink, data);
    return;
  }
  tell_joined (stem, length, "ed", MOVE_FORM_PAST, sink, data);
  tell_joined (stem, length, "ing", MOVE_FORM_ING, sink, data);
  tell_joined (stem, length, doubled_ed, MOVE_FORM_PAST, sink, data);
  tell_joined (stem, length, doubled_ing, MOVE_FORM_ING, sink, data);
}

/* A word of the lexicon in each of its forms: "word", "word~", or "word^", which is a past by itself. */
static void
tell_word (const char *word, FormSink sink, gpointer data)
{
  gsize length = strlen (word);

  if (word[length - 1] == '~')
    tell_forms (word, length - 1, sink, data);
  else if (word[length - 1] == '^')
    tell_joined (word, length - 1, "", MOVE_FORM_PAST, sink, data);
  else
    sink (word, MOVE_FORM_BASE, data);
}

/* --- the index --- */

typedef struct {
  GHashTable *patterns;
  Pattern pattern;
} Adding;

static void
add_form (const char *word, MoveForm form, gpointer data)
{
  const Adding *adding = data;
  GArray *patterns = g_hash_table_lookup (adding->patterns, word);
  Pattern pattern = adding->pattern;

  pattern.form = form;
  if (!patterns) {
    patterns = g_array_new (FALSE, FALSE, sizeof (Pattern));
    g_hash_table_insert (adding->patterns, g_strdup (word), patterns);
  }
  g_array_append_val (patterns, pattern);
}

static void
add_to_class (const char *word, MoveForm form, gpointer data)
{
  static const MoveForm forms[] = { MOVE_FORM_BASE, MOVE_FORM_S, MOVE_FORM_PAST, MOVE_FORM_ING };

  if (!g_hash_table_contains (data, word))
    g_hash_table_insert (data, g_strdup (word), (gpointer) &forms[form]);
}

static void
add_class (PatternIndex *index, const char *name, const char *texts)
{
  g_auto (GStrv) words = g_strsplit (texts, "|", -1);
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint k = 0; words[k]; k++)
    tell_word (words[k], add_to_class, set);
  g_hash_table_insert (index->classes, g_strdup (name), set);
}

/* "延长" as "延", "长". */
static void
add_words (PatternIndex *index, GStrvBuilder *builder, const char *word)
{
  if (g_utf8_get_char (word) < FIRST_EAST_ASIAN) {
    g_strv_builder_add (builder, word);
    if (g_str_has_suffix (word, "~") && !g_hash_table_contains (index->classes, word))
      add_class (index, word, word);
    return;
  }
  for (; *word; word = g_utf8_next_char (word)) {
    g_autofree char *one = g_strndup (word, (gsize) (g_utf8_next_char (word) - word));

    g_strv_builder_add (builder, one);
  }
}

static void
add_pattern (PatternIndex *index, guint group, const MoveLexicon *entry, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Adding adding = { .patterns = index->by_word[group], .pattern = { .entry = entry } };

  for (guint k = 0; parts[k]; k++)
    add_words (index, builder, parts[k]);
  adding.pattern.words = g_strv_builder_end (builder);
  adding.pattern.gap = g_strv_contains ((const char *const *) adding.pattern.words, "..");
  const char *first = adding.pattern.words[0];
  if (*first == '%') {
    GHashTableIter iter;
    gpointer word, form;

    g_hash_table_iter_init (&iter, g_hash_table_lookup (index->classes, first));
    while (g_hash_table_iter_next (&iter, &word, &form))
      add_form (word, *(const MoveForm *) form, &adding);
  } else if (g_str_has_suffix (first, "*")) {
    const char two[] = { first[0], first[1], '\0' };

    adding.patterns = index->by_prefix[group];
    add_form (two, MOVE_FORM_BASE, &adding);
  } else {
    tell_word (first, add_form, &adding);
  }
}

static void
add_lexicon (PatternIndex *index, guint group, const MoveLexicon *(*lexicon) (guint group, guint *ret_n))
{
  guint n;
  const MoveLexicon *entries = lexicon (group, &n);

  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) texts = g_strsplit (entries[i].patterns, "|", -1);

    for (guint k = 0; texts[k]; k++)
      add_pattern (index, group, &entries[i], texts[k]);
  }
}

/* Made once, for good. */
static const PatternIndex *
all_patterns (void)
{
  static PatternIndex *index;
  static gsize made;

  if (g_once_init_enter (&made)) {
    guint n_classes;
    const MoveClass *classes = move_lexicon_classes (&n_classes);

    index = g_new0 (PatternIndex, 1);
    index->classes = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < n_classes; i++)
      add_class (index, classes[i].name, classes[i].words);
    for (guint group = 0; group < MOVE_N_GROUPS; group++) {
      index->by_word[group] = g_hash_table_new (g_str_hash, g_str_equal);
      index->by_prefix[group] = g_hash_table_new (g_str_hash, g_str_equal);
      add_lexicon (index, group, move_lexicon);
      add_lexicon (index, group, move_lexicon_cjk);
    }
    g_once_init_leave (&made, 1);
  }
  return index;
}

/* --- the search --- */

static gboolean
word_fits (const MoveToken *token, const char *pattern)
{
  gsize length = strlen (pattern);

  if (length == 1 && *pattern == '#')
    return token->dated;
  if (length == 1 && *pattern == '+')
    return token->more;
  if (length == 1 && *pattern == '?')
    return token->kind == MOVE_WORD && !token->dated &&
           !move_word_is (token->word, "to|for|on|in|of|by|with|from|at|and|or|as");
  if (token->dated)
    return FALSE;
  if (*pattern == '%' || (token->word[0] == pattern[0] && pattern[length - 1] == '~'))
    return g_hash_table_contains (g_hash_table_lookup (all_patterns ()->classes, pattern), token->word);
  if (token->word[0] != pattern[0])
    return FALSE;
  if (pattern[length - 1] == '*')
    return strncmp (token->word, pattern, length - 1) == 0;
  return g_str_equal (token->word, pattern);
}

/* May a gap go on over token `i`? "called off after the deal": what follows is another clause's. */
static gboolean
gap_ends (const MoveText *text, guint i)
{
  return (MOVE_TOKEN (text, i)->kind == MOVE_POINT && move_is (text, i, ",|;|:|.|!|?|—|–|，|。|；|：|、")) ||
         move_is (text, i,
                  "after|before|as|while|if|unless|because|despite|amid|but|when|until|which|who|that|no|without");
}

static gboolean
is_quote (const MoveText *text, guint i)
{
  return i < text->tokens->len && MOVE_TOKEN (text, i)->kind == MOVE_POINT && move_is (text, i, "'|\"|‘|’|“|”");
}

/* The token behind the last of `words` when they fit from `i` on; 0 when they do not. */
static guint
words_fit (const MoveText *text, guint i, char **words)
{
  guint sentence = i < text->tokens->len ? MOVE_TOKEN (text, i)->sentence : 0;

  for (guint k = 0; words[k]; k++) {
    if (g_str_equal (words[k], "..")) {
      guint points = 0;

      for (guint gap = 0; gap <= GAP_MAX + points && i + gap < text->tokens->len; gap++) {
        /* Two characters make a word. */
        points += MOVE_TOKEN (text, i + gap)->kind == MOVE_POINT ||
                          (MOVE_TOKEN (text, i + gap)->kind == MOVE_IDEOGRAPH && gap % 2 == 1)
                      ? 1
                      : 0;
        if (MOVE_TOKEN (text, i + gap)->sentence != sentence || (gap > 0 && gap_ends (text, i + gap - 1)))
          return 0;
        guint end = words_fit (text, i + gap, words + k + 1);
        if (end > 0)
          return end;
      }
      return 0;
    }
    /* "the end of May", "‘open’ to" */
    if ((*words[k] == '#' && move_is (text, i, "the")) || is_quote (text, i))
      i++;
    if (i >= text->tokens->len || MOVE_TOKEN (text, i)->sentence != sentence ||
        !word_fits (MOVE_TOKEN (text, i), words[k]))
      return 0;
    i++;
    while (*words[k] == '#' && i < text->tokens->len && MOVE_TOKEN (text, i)->dated)
      i++;
  }
  return i;
}

/* The longest of these patterns that fits at `i` and is longer than `best` tokens' end; its end, else `best`. */
static guint
longest_of (const MoveText *text, guint i, const GArray *patterns, gboolean gaps, guint best, MoveCue *ret_cue)
{
  for (guint p = 0; patterns && p < patterns->len; p++) {
    const Pattern *pattern = &g_array_index (patterns, Pattern, p);

    if (pattern->gap != gaps)
      continue;
    const char *first = pattern->words[0];
    gboolean special = *first == '#' || *first == '+' || g_str_has_suffix (first, "*");
    guint end = !special || word_fits (MOVE_TOKEN (text, i), first)
                    ? (pattern->words[1] ? words_fit (text, i + 1, pattern->words + 1) : i + 1)
                    : 0;

    if (end > best && MOVE_TOKEN (text, end - 1)->sentence == MOVE_TOKEN (text, i)->sentence) {
      best = end;
      *ret_cue = (MoveCue){ .kind = pattern->entry->kind,
                            .first = i,
                            .last = end - 1,
                            .form = pattern->form,
                            .strong = pattern->entry->strong };
    }
  }
  return best;
}

/* A decoy that is the longest of what has no gap wins over all that has: "sign of a truce". */
static gboolean
longest_at (const MoveText *text, guint i, guint group, MoveCue *ret_cue)
{
  const PatternIndex *index = all_patterns ();
  const MoveToken *token = MOVE_TOKEN (text, i);
  const char two[] = { token->word[0], token->word[0] ? token->word[1] : '\0', '\0' };
  const GArray *lists[] = { NULL, NULL };
  guint best = 0;

  if (token->dated) {
    lists[0] = g_hash_table_lookup (index->by_word[group], "#");
    lists[1] = g_hash_table_lookup (index->by_word[group], "+");
  } else {
    lists[0] = g_hash_table_lookup (index->by_word[group], token->word);
    lists[1] = g_hash_table_lookup (index->by_prefix[group], two);
  }
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++)
    best = longest_of (text, i, lists[n], FALSE, best, ret_cue);
  if (best > 0 && ret_cue->kind == MOVE_CUE_DECOY)
    return TRUE;
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++)
    best = longest_of (text, i, lists[n], TRUE, best, ret_cue);
  return best > 0;
}

void
move_cues_find (const MoveText *text, GArray *cues)
{
  guint next[MOVE_N_GROUPS] = { 0 };

  for (guint i = 0; i < text->tokens->len; i++) {
    const char *word = MOVE_TOKEN (text, i)->word;
    MoveCue cue = { 0 };

    for (guint group = 0; group < G_N_ELEMENTS (next); group++) {
      if (i < next[group])
        continue;
      if (group == 1 && (g_str_has_suffix (word, "n't") || g_str_equal (word, "wont")))
        cue = (MoveCue){ .kind = MOVE_CUE_NOT, .first = i, .last = i };
      else if (!longest_at (text, i, group, &cue))
        continue;
      g_array_append_val (cues, cue);
      next[group] = cue.last + 1;
      /* What a verb acts on may stand in the middle of its pattern; the next verb may too. */
      if (group == 0 && cue.last > cue.first + 1 && cue.kind != MOVE_CUE_DECOY)
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
