/* SPDX-License-Identifier: MIT */
/* A title and a summary as tokens and sentences. */
#include <string.h>

#include "news/move_private.h"

/* A full stop behind these ends no sentence. */
static MoveWords abbreviations =
    MOVE_WORDS_INIT ("jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mr|mrs|ms|dr|st|no|vs|inc|ltd|co|"
                     "corp|dept|gov|sen|rep|gen|jr|approx|est|a.m|p.m|am|pm|bros|messrs|lt|col|"
                     "sgt|capt|prof|rev|hon|govt|intl|univ|nos|vol");

int
move_which_of (const MoveText *text, guint i, MoveWords *words)
{
  if (i >= text->tokens->len)
    return -1;
  const MoveToken *token = MOVE_TOKEN (text, i);

  return move_words_find (words, token->word, token->hash);
}

gboolean
move_take (const MoveText *text, guint *i, const char *word)
{
  guint at = *i;

  while (*word && at < text->tokens->len && g_str_has_prefix (word, MOVE_TOKEN (text, at)->word))
    word += strlen (MOVE_TOKEN (text, at++)->word);
  if (*word)
    return FALSE;
  *i = at;
  return TRUE;
}

static gboolean
is_ideograph (gunichar c)
{
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HANGUL:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
    return g_unichar_isalpha (c);
  default:
    return FALSE;
  }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* The end of the word or number at `at`: letters with apostrophes and abbreviation stops inside, or digits with a
 * comma or stop before three or more ("30,000") that then is no day. */
static const char *
word_end (const char *at, gboolean digits)
{
  const char *begin = at;

  for (;;) {
    gunichar c = g_utf8_get_char (at), next = c ? g_utf8_get_char (g_utf8_next_char (at)) : 0;
    gboolean more =
        digits ? g_unichar_isdigit (c) : (g_unichar_isalpha (c) && !is_ideograph (c)) || g_unichar_ismark (c);

    if (!more && at > begin && digits)
      more = (c == ',' || c == '.') && g_unichar_isdigit (next);
    else if (!more && at > begin)
      more = (is_apostrophe (c) && g_unichar_isalpha (next)) ||
             (c == '.' && at == g_utf8_next_char (begin) && g_unichar_isalpha (next)) ||
             (c == '.' && at - begin >= 3 && at[-2] == '.' && g_unichar_isalpha (next) && !g_unichar_islower (next));
    if (!more)
      return at;
    at = g_utf8_next_char (at);
  }
}

static const char *
fold_word (MoveText *text, const char *begin, const char *end)
{
  g_autofree char *lower = g_utf8_strdown (begin, end - begin);
  g_autoptr (GString) word = g_string_new (lower);

  if (strncmp (begin, "WHO", 3) == 0 && end == begin + 3)
    g_string_assign (word, "w.h.o"); /* no question */
  g_string_replace (word, "\u2019", "'", 0);
  if (word->len > 2 && g_str_has_suffix (word->str, "'s"))
    g_string_truncate (word, word->len - 2);
  return g_string_chunk_insert_const (text->words, word->str);
}

/* A plain number of up to nine digits; -1 for all else ("30,000", "1.5"). */
static gint64
number_of (const char *begin, const char *end)
{
  gint64 value = 0;

  if (end - begin > 9)
    return -1;
  for (; begin < end; begin++) {
    if (!g_ascii_isdigit (*begin))
      return -1;
    value = value * 10 + (*begin - '0');
  }
  return value;
}

/* Adds the token at `at`; returns what follows it. */
static const char *
add_token (MoveText *text, const char *at, gboolean tight)
{
  gunichar c = g_utf8_get_char (at);
  MoveToken token = { .number = -1, .tight = tight, .start = (guint32) (at - text->bytes) };
  const char *end = g_utf8_next_char (at);

  if (is_ideograph (c)) {
    token.kind = MOVE_IDEOGRAPH;
  } else if (g_unichar_isdigit (c)) {
    token.kind = MOVE_NUMBER;
    end = word_end (at, TRUE);
    token.number = number_of (at, end);
  } else if (g_unichar_isalpha (c)) {
    token.kind = MOVE_WORD;
    end = word_end (at, FALSE);
    token.capital = g_unichar_isupper (c);
  } else {
    token.kind = MOVE_POINT;
  }
  token.end = (guint32) (end - text->bytes);
  token.word = fold_word (text, at, end);
  token.hash = move_word_hash (token.word);
  g_array_append_val (text->tokens, token);
  return end;
}

/* Does the punctuation at `i` end a sentence? */
static gboolean
ends_sentence (const MoveText *text, guint i)
{
  const MoveToken *token = MOVE_TOKEN (text, i);

  if (token->kind != MOVE_POINT)
    return FALSE;
  if (move_is (text, i, "!|?|。|！|？"))
    return TRUE;
  if (!g_str_equal (token->word, ".") || i == 0 || i + 1 >= text->tokens->len)
    return FALSE;
  const MoveToken *before = MOVE_TOKEN (text, i - 1), *after = MOVE_TOKEN (text, i + 1);
  if (after->tight || (before->kind == MOVE_WORD && (before->end - before->start == 1 || strchr (before->word, '.') ||
                                                     move_is_of (text, i - 1, &abbreviations))))
    return FALSE;
  return after->capital || after->kind != MOVE_WORD;
}

/* "cease-fire" is as often written as one word. */
static void
join_compounds (MoveText *text, guint first)
{
  static const char *const compounds[] = { "cease fire", "roll out", "phase out", "phase in",   "cut off", "spin off",
                                           "run off",    "lift off", "time line", "time table", "break up" };

  for (guint i = first; i + 2 < text->tokens->len; i++) {
    MoveToken *token = MOVE_TOKEN (text, i), *last = MOVE_TOKEN (text, i + 2);

    if (token->kind != MOVE_WORD || last->kind != MOVE_WORD || !last->tight || !move_is (text, i + 1, "-") ||
        !MOVE_TOKEN (text, i + 1)->tight)
      continue;
    g_autofree char *apart = g_strconcat (token->word, " ", last->word, NULL);
    for (guint k = 0; k < G_N_ELEMENTS (compounds); k++) {
      if (!g_str_equal (apart, compounds[k]))
        continue;
      g_autofree char *joined = g_strconcat (token->word, last->word, NULL);
      token->word = g_string_chunk_insert_const (text->words, joined);
      token->hash = move_word_hash (token->word);
      token->end = last->end;
      g_array_remove_range (text->tokens, i + 1, 2);
      break;
    }
  }
}

static void
close_sentence (MoveText *text, guint first, guint end, gboolean title)
{
  MoveSentence sentence = { .first = first, .end = end, .title = title };

  if (first >= end)
    return;
  for (guint i = first; i < end; i++) {
    MoveToken *token = MOVE_TOKEN (text, i);

    token->sentence = text->sentences->len;
    if (token->kind == MOVE_IDEOGRAPH &&
        g_unichar_get_script (g_utf8_get_char (token->word)) == G_UNICODE_SCRIPT_HANGUL)
      sentence.hangul = TRUE;
    if (move_is (text, i, "?|？"))
      sentence.question = TRUE;
  }
  g_array_append_val (text->sentences, sentence);
}

/* The tokens from `begin` to `end`, which begin at token `first`, as sentences. */
static void
add_part (MoveText *text, const char *begin, const char *end, gboolean title)
{
  guint first = text->tokens->len;
  gboolean tight = FALSE;

  for (const char *at = begin; at < end;) {
    if (g_unichar_isspace (g_utf8_get_char (at))) {
      at = g_utf8_next_char (at);
      tight = FALSE;
    } else {
      at = add_token (text, at, tight);
      tight = TRUE;
    }
  }
  join_compounds (text, first);
  for (guint i = first; i < text->tokens->len; i++) {
    if (ends_sentence (text, i)) {
      close_sentence (text, first, i + 1, title);
      first = i + 1;
    }
  }
  close_sentence (text, first, text->tokens->len, title);
}

MoveText *
move_text_new (const char *title, const char *summary)
{
  MoveText *text = g_new0 (MoveText, 1);
  g_autoptr (GString) bytes = g_string_new (title);
  gsize split = bytes->len;

  g_string_append_printf (bytes, "\n%s", summary ? summary : "");
  if (bytes->len > TRUCE_MOVE_TEXT_MAX) {
    const char *cut = bytes->str + TRUCE_MOVE_TEXT_MAX;

    while ((*cut & 0xC0) == 0x80)
      cut--;
    g_string_truncate (bytes, (gsize) (cut - bytes->str));
  }
  split = MIN (split, bytes->len);
  text->bytes = g_string_free (g_steal_pointer (&bytes), FALSE);
  text->words = g_string_chunk_new (TRUCE_MOVE_TEXT_MAX);
  text->tokens = g_array_new (FALSE, FALSE, sizeof (MoveToken));
  text->sentences = g_array_new (FALSE, FALSE, sizeof (MoveSentence));
  add_part (text, text->bytes, text->bytes + split, TRUE);
  add_part (text, text->bytes + split, text->bytes + strlen (text->bytes), FALSE);
  return text;
}

void
move_text_free (MoveText *text)
{
  if (!text)
    return;
  g_free (text->bytes);
  g_string_chunk_free (text->words);
  g_array_unref (text->tokens);
  g_array_unref (text->sentences);
  g_free (text);
}
