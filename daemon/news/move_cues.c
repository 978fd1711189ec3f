/* SPDX-License-Identifier: MIT */
/* Where the words of the lexicon stand in a text. */
#include <string.h>

#include "news/move_private.h"

#define GAP_MAX 6 /* words that may stand in for "..": more, and the two ends belong to different phrases */
#define FIRST_EAST_ASIAN 0x2E80 /* the first of the East Asian blocks */

typedef enum {
  PART_WORD,
  PART_PREFIX, /* "minist*" */
  PART_CLASS,  /* "%deal", and "extend~" in each of its forms */
  PART_DATED,  /* "#" */
  PART_MORE,   /* "+" */
  PART_ANY,    /* "?" */
  PART_GAP,    /* ".." */
} PartKind;

/* One word of a pattern. */
typedef struct {
  PartKind kind;
  guint32 hash;
  gsize length;
  const char *word;
  const MoveWordTable *class;
} Part;

typedef struct {
  const MoveLexicon *entry;
  const Part *parts;
  guint n_parts;
  gboolean gap;  /* has ".." */
  MoveForm form; /* of the first word, as the pattern is found by it */
} Pattern;

/* The patterns of each group that begin with a word. */
typedef struct {
  GArray *patterns[MOVE_N_GROUPS]; /* Pattern; NULL for none */
} Entry;

/* All by their first word, in each of its forms; '#' and '+' are what dates and lengths are under. What begins with a
 * prefix ("threat*") is under the prefix's first two bytes. */
typedef struct {
  GHashTable *by_word;   /* word -> Entry */
  GHashTable *by_prefix; /* two bytes -> Entry */
  GHashTable *classes;   /* "%deal" or "vote~" -> GPtrArray of Member */
  GHashTable *tables;    /* the same -> MoveWordTable */
} PatternIndex;

/* A word of a class. */
typedef struct {
  char *word;
  MoveForm form;
} Member;

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
  GHashTable *entries;
  guint group;
  Pattern pattern;
} Adding;

static void
add_form (const char *word, MoveForm form, gpointer data)
{
  const Adding *adding = data;
  Entry *entry = g_hash_table_lookup (adding->entries, word);
  Pattern pattern = adding->pattern;

  pattern.form = form;
  if (!entry) {
    entry = g_new0 (Entry, 1);
    g_hash_table_insert (adding->entries, g_strdup (word), entry);
  }
  if (!entry->patterns[adding->group])
    entry->patterns[adding->group] = g_array_new (FALSE, FALSE, sizeof (Pattern));
  g_array_append_val (entry->patterns[adding->group], pattern);
}

static void
add_member (const char *word, MoveForm form, gpointer data)
{
  Member *member = g_new (Member, 1);

  *member = (Member){ .word = g_strdup (word), .form = form };
  g_ptr_array_add (data, member);
}

static void
add_class (PatternIndex *index, const char *name, const char *texts)
{
  g_auto (GStrv) words = g_strsplit (texts, "|", -1);
  GPtrArray *members = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint k = 0; words[k]; k++)
    tell_word (words[k], add_member, members);
  for (guint k = 0; k < members->len; k++)
    g_ptr_array_add (names, ((Member *) g_ptr_array_index (members, k))->word);
  g_hash_table_insert (index->classes, g_strdup (name), members);
  g_hash_table_insert (index->tables, g_strdup (name),
                       move_word_table_new ((const char *const *) names->pdata, NULL, names->len));
}

static PartKind
kind_of (const char *word)
{
  if (*word == '%' || g_str_has_suffix (word, "~"))
    return PART_CLASS;
  if (g_str_has_suffix (word, "*"))
    return PART_PREFIX;
  return g_str_equal (word, "#")    ? PART_DATED
         : g_str_equal (word, "+")  ? PART_MORE
         : g_str_equal (word, "?")  ? PART_ANY
         : g_str_equal (word, "..") ? PART_GAP
                                    : PART_WORD;
}

static void
add_part (PatternIndex *index, GArray *parts, char *word /* (transfer full) */)
{
  Part part = { .kind = kind_of (word), .word = word, .hash = move_word_hash (word), .length = strlen (word) };

  if (part.kind == PART_CLASS && *word != '%' && !g_hash_table_contains (index->tables, word))
    add_class (index, word, word);
  if (part.kind == PART_CLASS)
    part.class = g_hash_table_lookup (index->tables, word);
  if (part.kind == PART_PREFIX)
    part.length--;
  g_array_append_val (parts, part);
}

/* "延长" as "延", "长". */
static void
add_parts (PatternIndex *index, GArray *parts, const char *word)
{
  if (g_utf8_get_char (word) < FIRST_EAST_ASIAN) {
    add_part (index, parts, g_strdup (word));
    return;
  }
  for (; *word; word = g_utf8_next_char (word))
    add_part (index, parts, g_strndup (word, (gsize) (g_utf8_next_char (word) - word)));
}

static void
add_pattern (PatternIndex *index, guint group, const MoveLexicon *entry, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  Adding adding = { .entries = index->by_word, .group = group, .pattern = { .entry = entry } };

  for (guint k = 0; words[k]; k++)
    add_parts (index, parts, words[k]);
  for (guint k = 0; k < parts->len; k++)
    adding.pattern.gap = adding.pattern.gap || g_array_index (parts, Part, k).kind == PART_GAP;
  adding.pattern.n_parts = parts->len;
  adding.pattern.parts = (const Part *) (gpointer) g_array_free (parts, FALSE);
  const Part *first = &adding.pattern.parts[0];
  if (*first->word == '%') {
    const GPtrArray *members = g_hash_table_lookup (index->classes, first->word);

    for (guint k = 0; k < members->len; k++) {
      const Member *member = g_ptr_array_index (members, k);
      add_form (member->word, member->form, &adding);
    }
  } else if (first->kind == PART_PREFIX) {
    const char two[] = { first->word[0], first->word[1], '\0' };

    adding.entries = index->by_prefix;
    add_form (two, MOVE_FORM_BASE, &adding);
  } else {
    tell_word (first->word, add_form, &adding);
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
    index->tables = g_hash_table_new (g_str_hash, g_str_equal);
    index->by_word = g_hash_table_new (g_str_hash, g_str_equal);
    index->by_prefix = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < n_classes; i++)
      add_class (index, classes[i].name, classes[i].words);
    for (guint group = 0; group < MOVE_N_GROUPS; group++) {
      add_lexicon (index, group, move_lexicon);
      add_lexicon (index, group, move_lexicon_cjk);
    }
    g_once_init_leave (&made, 1);
  }
  return index;
}

/* --- the search --- */

static gboolean
part_fits (const MoveToken *token, const Part *part)
{
  switch (part->kind) {
  case PART_DATED:
    return token->dated;
  case PART_MORE:
    return token->more;
  case PART_ANY:
    return token->kind == MOVE_WORD && !token->dated &&
           move_words_find (MOVE_WORDS ("to|for|on|in|of|by|with|from|at|and|or|as"), token->word, token->hash) < 0;
  case PART_CLASS:
    return !token->dated && move_word_table_find (part->class, token->word, token->hash) >= 0;
  case PART_PREFIX:
    return !token->dated && strncmp (token->word, part->word, part->length) == 0;
  default:
    return !token->dated && token->hash == part->hash && strcmp (token->word, part->word) == 0;
  }
}

/* May a gap go on over token `i`? "called off after the deal": what follows is another clause's. */
static gboolean
gap_ends (const MoveText *text, guint i)
{
  return (MOVE_TOKEN (text, i)->kind == MOVE_POINT && move_is (text, i, ",|;|:|.|!|?|—|–|，|。|；|：|、")) ||
         move_is (text, i,
                  "after|before|as|while|if|unless|because|despite|amid|but|when|until|which|who|that|no|without|"
                  "says|said");
}

static gboolean
is_quote (const MoveText *text, guint i)
{
  return i < text->tokens->len && MOVE_TOKEN (text, i)->kind == MOVE_POINT && move_is (text, i, "'|\"|‘|’|“|”");
}

/* The token behind the last of these parts when they fit from `i` on; 0 when they do not. */
static guint
parts_fit (const MoveText *text, guint i, const Part *parts, guint n_parts)
{
  guint sentence = i < text->tokens->len ? MOVE_TOKEN (text, i)->sentence : 0;

  for (guint k = 0; k < n_parts; k++) {
    if (parts[k].kind == PART_GAP) {
      guint points = 0;

      /* "moves to extend it until May": what is moved stands right behind */
      if (i > 0 && move_is (text, i, "to") && i + 1 < text->tokens->len && !MOVE_TOKEN (text, i + 1)->dated &&
          move_is (text, i - 1, "move|moves|moved|moving|push|pushes|pushed|pushing"))
        return 0;

      for (guint gap = 0; gap <= GAP_MAX + points && i + gap < text->tokens->len; gap++) {
        /* Two characters make a word. */
        points += MOVE_TOKEN (text, i + gap)->kind == MOVE_POINT ||
                          (MOVE_TOKEN (text, i + gap)->kind == MOVE_IDEOGRAPH && gap % 2 == 1)
                      ? 1
                      : 0;
        if (MOVE_TOKEN (text, i + gap)->sentence != sentence || (gap > 0 && gap_ends (text, i + gap - 1)))
          return 0;
        guint end = parts_fit (text, i + gap, parts + k + 1, n_parts - k - 1);
        if (end > 0)
          return end;
      }
      return 0;
    }
    /* "the end of May", "‘open’ to" */
    if ((parts[k].kind == PART_DATED && move_is (text, i, "the")) || is_quote (text, i))
      i++;
    if (i >= text->tokens->len || MOVE_TOKEN (text, i)->sentence != sentence ||
        !part_fits (MOVE_TOKEN (text, i), &parts[k]))
      return 0;
    i++;
    while (parts[k].kind == PART_DATED && i < text->tokens->len && MOVE_TOKEN (text, i)->dated)
      i++;
  }
  return i;
}

/* "ends in a stalemate with plans to": what is ended stands right behind. */
static gboolean
crosses_phrase (const MoveText *text, guint first, guint end)
{
  for (guint i = first + 2; i + 1 < end; i++)
    if (move_is (text, i, "with|amid"))
      return TRUE;
  return FALSE;
}

/* The longest of these patterns that fits at `i` and is longer than `best` tokens' end; its end, else `best`. */
static guint
longest_of (const MoveText *text, guint i, const GArray *patterns, gboolean gaps, guint best, MoveCue *ret_cue)
{
  for (guint p = 0; patterns && p < patterns->len; p++) {
    const Pattern *pattern = &g_array_index (patterns, Pattern, p);

    if (pattern->gap != gaps)
      continue;
    gboolean special = pattern->parts[0].kind == PART_DATED || pattern->parts[0].kind == PART_MORE ||
                       pattern->parts[0].kind == PART_PREFIX;
    guint end = !special || part_fits (MOVE_TOKEN (text, i), &pattern->parts[0])
                    ? (pattern->n_parts > 1 ? parts_fit (text, i + 1, pattern->parts + 1, pattern->n_parts - 1) : i + 1)
                    : 0;

    if (end > best && gaps && pattern->entry->kind == MOVE_CUE_CANCEL && crosses_phrase (text, i, end))
      continue;
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

/* What may begin with a token. */
#define N_ENTRIES 2

static void
entries_of (const MoveToken *token, const Entry *ret_entries[N_ENTRIES])
{
  const PatternIndex *index = all_patterns ();
  const char two[] = { token->word[0], token->word[0] ? token->word[1] : '\0', '\0' };

  ret_entries[0] = g_hash_table_lookup (index->by_word, token->dated ? "#" : token->word);
  ret_entries[1] =
      token->dated ? g_hash_table_lookup (index->by_word, "+") : g_hash_table_lookup (index->by_prefix, two);
}

/* A decoy that is the longest of what has no gap wins over all that has: "sign of a truce". */
static gboolean
longest_at (const MoveText *text, guint i, guint group, const Entry *const entries[N_ENTRIES], MoveCue *ret_cue)
{
  guint best = 0;

  for (guint n = 0; n < N_ENTRIES; n++)
    if (entries[n])
      best = longest_of (text, i, entries[n]->patterns[group], FALSE, best, ret_cue);
  if (best > 0 && ret_cue->kind == MOVE_CUE_DECOY)
    return TRUE;
  for (guint n = 0; n < N_ENTRIES; n++)
    if (entries[n])
      best = longest_of (text, i, entries[n]->patterns[group], TRUE, best, ret_cue);
  return best > 0;
}

void
move_cues_find (const MoveText *text, GArray *cues)
{
  guint next[MOVE_N_GROUPS] = { 0 };

  for (guint i = 0; i < text->tokens->len; i++) {
    const char *word = MOVE_TOKEN (text, i)->word;
    const Entry *entries[N_ENTRIES];
    MoveCue cue = { 0 };

    entries_of (MOVE_TOKEN (text, i), entries);
    for (guint group = 0; group < G_N_ELEMENTS (next); group++) {
      if (i < next[group])
        continue;
      if (group == 1 && (g_str_has_suffix (word, "n't") || g_str_equal (word, "wont")))
        cue = (MoveCue){ .kind = MOVE_CUE_NOT, .first = i, .last = i };
      else if (!longest_at (text, i, group, entries, &cue))
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
