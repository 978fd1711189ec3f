/* SPDX-License-Identifier: MIT */
/* Random queries on random texts, against a matcher that does the obvious: normalise the whole text with GLib, cut it
 * into words one character at a time, and try every term at every word. */
#include <string.h>

#include "news/matcher.h"

#define ROUNDS 60
#define QUERIES 25
#define ITEMS 12

/* --- the obvious matcher --- */

typedef struct {
  char *text;
  gboolean unspaced;
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

static gboolean
is_unspaced (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return c == 0x30fc || script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HANGUL ||
         script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HIRAGANA;
}

/* "U.S." is one word. */
static GRegex *initials;

static char *
normalise (const char *text, gboolean keep_case)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int from;
  int to;
  int at = 0;

  for (g_regex_match (initials, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_match_info_fetch_pos (match, 0, &from, &to);
    g_string_append_len (joined, text + at, from - at);
    for (int i = from; i < to; i += 2)
      g_string_append_c (joined, text[i]);
    at = to;
  }
  g_string_append (joined, text + at);
  g_string_replace (joined, "\xc2\xad", "", 0); /* soft hyphens */
  g_autofree char *composed = g_utf8_normalize (joined->str, -1, G_NORMALIZE_ALL_COMPOSE);
  if (keep_case)
    return g_steal_pointer (&composed);
  g_autofree char *folded = g_utf8_casefold (composed, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

static GArray *
cut (const char *text, gboolean keep_case)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autofree char *normal = normalise (text, keep_case);
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean unspaced = FALSE;

  g_array_set_clear_func (words, word_clear);
  for (const char *p = normal;; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean mark = c != 0 && g_unichar_ismark (c);
    gboolean letter = c != 0 && (g_unichar_isalnum (c) || (mark && word->len > 0));
    if (word->len > 0 && (!letter || (!mark && is_unspaced (c) != unspaced))) {
      Word done = { g_strdup (word->str), unspaced };
      g_array_append_val (words, done);
      g_string_truncate (word, 0);
    }
    if (c == 0)
      return words;
    if (letter && word->len == 0)
      unspaced = is_unspaced (c);
    if (letter)
      g_string_append_unichar (word, c);
  }
}

static gboolean
is_particle (const Word *word)
{
  return strcmp (word->text, "을") == 0 || strcmp (word->text, "의") == 0;
}

/* Is `there` the word `wanted` with a particle on it? */
static gboolean
carries_particle (const Word *there, const char *wanted, gboolean open_start)
{
  for (guint i = 0; i < 2; i++) {
    g_autofree char *both = g_strconcat (wanted, i == 0 ? "을" : "의", NULL);
    if (open_start ? g_str_has_suffix (there->text, both) : strcmp (there->text, both) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_hangul (const GArray *term)
{
  for (guint i = 0; i < term->len; i++)
    for (const char *p = g_array_index (term, Word, i).text; *p; p = g_utf8_next_char (p))
      if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HANGUL)
        return TRUE;
  return FALSE;
}

/* The word behind the phrase `term` (its words from `i` on) where it stands in `text` at word `at`, else 0. */
static guint
stands_at (const GArray *term, guint i, gboolean prefix, gboolean particles, const GArray *text, guint at)
{
  if (i == term->len)
    return at;
  if (at >= text->len)
    return 0;
  const Word *wanted = &g_array_index (term, Word, i);
  const Word *there = &g_array_index (text, Word, at);
  gboolean open_start = i == 0 && wanted->unspaced;
  gboolean last = i == term->len - 1;
  gboolean open_end = last && (wanted->unspaced || prefix);
  gboolean found = open_start && open_end ? strstr (there->text, wanted->text) != NULL
                   : open_start           ? g_str_has_suffix (there->text, wanted->text)
                   : open_end             ? g_str_has_prefix (there->text, wanted->text)
                                          : strcmp (there->text, wanted->text) == 0;
  if (wanted->unspaced != there->unspaced)
    return 0;
  if (!found && !last && particles && wanted->unspaced && carries_particle (there, wanted->text, open_start))
    return stands_at (term, i + 1, prefix, particles, text, at + 1);
  if (!found)
    return 0;
  guint end = stands_at (term, i + 1, prefix, particles, text, at + 1);
  if (end == 0 && !last && particles && !wanted->unspaced && at + 1 < text->len &&
      is_particle (&g_array_index (text, Word, at + 1)))
    end = stands_at (term, i + 1, prefix, particles, text, at + 2);
  return end;
}

static gboolean
stands_in (const char *term, gboolean prefix, gboolean exact, const char *text)
{
  g_autoptr (GArray) term_words = cut (term, exact);
  g_autoptr (GArray) text_words = cut (text, exact);

  for (guint i = 0; i < text_words->len; i++)
    if (stands_at (term_words, 0, prefix, !exact && has_hangul (term_words), text_words, i) > 0)
      return TRUE;
  return FALSE;
}

/* --- random queries --- */

typedef struct Tree {
  enum { TERM, NEAR, AND, OR, NOT } kind;
  guint between;
  char *term;
  gboolean prefix;
  gboolean exact;
  int field; /* 0 both, 1 title, 2 summary */
  struct Tree *left;
  struct Tree *right;
} Tree;

static void
tree_free (Tree *tree)
{
  if (!tree)
    return;
  g_free (tree->term);
  tree_free (tree->left);
  tree_free (tree->right);
  g_free (tree);
}

static const char *const vocabulary[] = {
  "truce",
  "Truce",
  "TRUCE",
  "tariff",
  "tariffs",
  "AI",
  "said",
  "U.S.",
  "US",
  "us",
  "rare",
  "earth",
  "caf\xc3\xa9",
  "cafe\xcc\x81",
  "CAF\xc3\x89",
  "cafe",
  "Straße",
  "strasse",
  "희토류",
  "틱톡",
  "틱톡을",
  "土",
  "稀土",
  "中国稀土",
  "ﾚｱ",
  "レア",
  "\xef\xbc\xa1\xef\xbc\xa9",
  "90",
  "9",
  "a",
  "b",
  "tar",
  "fen\xc2\xadtanyl",
  "fentanyl",
  "\xce\x91\xce\xa3",
  "\xce\xb1\xcf\x82",
  "\xef\xac\x81ne",
  "fine",
  "x.y",
  "a.m.",
  "의",
  "을",
};
static const char *const separators[] = {
  " ", " ", " ", "-", "\xc2\xa0", ", ", "'", "\xe2\x80\x99", "/", "\xe3\x80\x82"
};

static const char *
pick_word (void)
{
  return vocabulary[g_test_rand_int_range (0, G_N_ELEMENTS (vocabulary))];
}

static char *
make_text (int words)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < words; i++) {
    const char *word = pick_word ();
    /* Scripts may also meet with nothing between them. */
    gboolean joined = i > 0 && is_unspaced (g_utf8_get_char (word)) && g_test_rand_bit ();
    if (i > 0 && !joined)
      g_string_append (text, separators[g_test_rand_int_range (0, G_N_ELEMENTS (separators))]);
    g_string_append (text, word);
  }
  return g_string_free (text, FALSE);
}

/* What NEAR is tried with: words that stand for themselves in a text, so that the obvious way to count them is right.
 */
static Tree *
make_spaced_term (int field)
{
  Tree *tree = g_new0 (Tree, 1);

  for (gboolean unspaced = TRUE; unspaced;) {
    g_free (tree->term);
    tree->term = make_text (g_test_rand_int_range (0, 4) == 0 ? 2 : 1);
    g_autoptr (GArray) words = cut (tree->term, FALSE);
    unspaced = FALSE;
    for (guint i = 0; i < words->len; i++)
      unspaced |= g_array_index (words, Word, i).unspaced;
  }
  tree->field = field;
  tree->exact = g_test_rand_int_range (0, 6) == 0;
  return tree;
}

static Tree *
make_tree (int depth)
{
  Tree *tree = g_new0 (Tree, 1);
  int kind = depth == 0 ? 0 : g_test_rand_int_range (0, 8);

  tree->kind = kind < 2 ? TERM : kind < 4 ? AND : kind < 6 ? OR : kind < 7 ? NOT : NEAR;
  if (tree->kind == TERM) {
    tree->term = make_text (g_test_rand_int_range (0, 3) == 0 ? g_test_rand_int_range (2, 4) : 1);
    tree->field = g_test_rand_int_range (0, 5) == 0 ? g_test_rand_int_range (1, 3) : 0;
    tree->exact = g_test_rand_int_range (0, 6) == 0;
    g_autofree char *normal = normalise (tree->term, FALSE);
    gunichar last = g_utf8_get_char (g_utf8_prev_char (tree->term + strlen (tree->term)));
    tree->prefix = g_test_rand_int_range (0, 5) == 0 && g_utf8_strlen (normal, -1) > 1 && g_unichar_isalnum (last);
    return tree;
  }
  if (tree->kind == NEAR) {
    int field = g_test_rand_int_range (0, 5) == 0 ? g_test_rand_int_range (1, 3) : 0;
    tree->between = (guint) g_test_rand_int_range (0, 6);
    tree->left = make_spaced_term (field);
    tree->right = make_spaced_term (field);
    return tree;
  }
  tree->left = make_tree (depth - 1);
  if (tree->kind != NOT)
    tree->right = make_tree (depth - 1);
  return tree;
}

static void
write_tree (GString *text, const Tree *tree)
{
  static const char *const fields[] = { "", "title:", "summary:" };

  if (tree->kind == TERM) {
    g_string_append_printf (text, "%s%s\"%s%s\"", fields[tree->field], tree->exact ? "=" : "", tree->term,
                            tree->prefix ? "*" : "");
    return;
  }
  if (tree->kind == NOT) {
    g_string_append (text, g_test_rand_bit () ? "-(" : "NOT (");
    write_tree (text, tree->left);
    g_string_append_c (text, ')');
    return;
  }
  g_string_append_c (text, '(');
  write_tree (text, tree->left);
  if (tree->kind == NEAR)
    g_string_append_printf (text, " NEAR/%u ", tree->between);
  else
    g_string_append (text, tree->kind == OR     ? (g_test_rand_bit () ? " | " : " OR ")
                           : g_test_rand_bit () ? " "
                                                : " AND ");
  write_tree (text, tree->right);
  g_string_append_c (text, ')');
}

/* Does `left` stand before `right` in the text, with at most `between` words between? */
static gboolean
stands_before (const Tree *left, const Tree *right, guint between, const char *text)
{
  g_autoptr (GArray) left_term = cut (left->term, left->exact);
  g_autoptr (GArray) right_term = cut (right->term, right->exact);
  g_autoptr (GArray) left_text = cut (text, left->exact);
  g_autoptr (GArray) right_text = cut (text, right->exact);

  for (guint i = 0; i < left_text->len; i++) {
    guint halves = 0;
    guint end = stands_at (left_term, 0, FALSE, FALSE, left_text, i);
    for (guint j = end; end > 0 && j < right_text->len && halves <= 2 * between + 1; j++) {
      const Word *word = &g_array_index (right_text, Word, j);
      if (stands_at (right_term, 0, FALSE, FALSE, right_text, j) > 0)
        return TRUE;
      halves += word->unspaced ? (guint) g_utf8_strlen (word->text, -1) : 2;
    }
  }
  return FALSE;
}

static gboolean
stands_near (const Tree *tree, const char *text)
{
  return stands_before (tree->left, tree->right, tree->between, text) ||
         stands_before (tree->right, tree->left, tree->between, text);
}

static gboolean
holds (const Tree *tree, const char *title, const char *summary)
{
  switch (tree->kind) {
  case TERM:
    return (tree->field != 2 && stands_in (tree->term, tree->prefix, tree->exact, title)) ||
           (tree->field != 1 && stands_in (tree->term, tree->prefix, tree->exact, summary));
  case NEAR:
    return (tree->left->field != 2 && stands_near (tree, title)) ||
           (tree->left->field != 1 && stands_near (tree, summary));
  case AND:
    return holds (tree->left, title, summary) && holds (tree->right, title, summary);
  case OR:
    return holds (tree->left, title, summary) || holds (tree->right, title, summary);
  case NOT:
    return !holds (tree->left, title, summary);
  }
  g_assert_not_reached ();
}

/* --- the two compared --- */

/* A refused query must deserve it. */
static void
check_refusal (const Tree *tree, const char *text, const GError *error)
{
  g_test_message ("%s: %s", text, error->message);
  if (strstr (error->message, "can never match")) {
    for (guint i = 0; i < 20; i++) {
      g_autofree char *title = make_text (6);
      g_autofree char *summary = make_text (6);
      g_assert_false (holds (tree, title, summary));
    }
  } else {
    g_assert_nonnull (strstr (error->message, "nearly everything"));
    g_assert_true (holds (tree, "nothing of it", ""));
  }
}

static void
check_item (TruceMatcher *matcher, const GPtrArray *trees, const GPtrArray *queries, guint *n_hits)
{
  g_autoptr (TruceItem) item = truce_item_new ();
  g_autoptr (GArray) hits = truce_hits_new ();
  guint next = 0;

  g_free (item->title);
  item->title = make_text (g_test_rand_int_range (0, 8));
  g_free (item->summary);
  item->summary = make_text (g_test_rand_int_range (0, 12));
  truce_matcher_run (matcher, item, NULL, hits);
  for (guint i = 0; i < trees->len; i++) {
    gboolean hit = next < hits->len && g_array_index (hits, TruceHit, next).query == i;
    if (hit != holds (g_ptr_array_index (trees, i), item->title, item->summary))
      g_error ("%s %s in \"%s\", \"%s\"", truce_query_text (g_ptr_array_index (queries, i)),
               hit ? "found, and should not be" : "not found", item->title, item->summary);
    if (!hit)
      continue;
    char **matched = g_array_index (hits, TruceHit, next++).matched;
    g_assert_nonnull (matched[0]);
    for (char **word = matched; *word; word++)
      g_assert_true (**word && (strstr (item->title, *word) || strstr (item->summary, *word)));
  }
  g_assert_cmpuint (next, ==, hits->len);
  *n_hits += hits->len;
}

static void
test_property (void)
{
  guint n_hits = 0;
  guint n_refused = 0;

  for (guint round = 0; round < ROUNDS; round++) {
    g_autoptr (GPtrArray) trees = g_ptr_array_new_with_free_func ((GDestroyNotify) tree_free);
    g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_query_free);
    while (queries->len < QUERIES) {
      Tree *tree = make_tree (3);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      write_tree (text, tree);
      TruceQuery *query = truce_query_parse (text->str, &error);
      if (query) {
        g_ptr_array_add (trees, tree);
        g_ptr_array_add (queries, query);
      } else {
        check_refusal (tree, text->str, error);
        tree_free (tree);
        n_refused++;
      }
    }
    g_autoptr (TruceMatcher) matcher =
        truce_matcher_new ((const TruceQuery *const *) (gpointer) queries->pdata, queries->len);
    for (guint i = 0; i < ITEMS; i++)
      check_item (matcher, trees, queries, &n_hits);
  }
  g_test_message ("%u hits, %u queries refused", n_hits, n_refused);
  /* Enough of both kinds for the comparison to mean something. */
  g_assert_cmpuint (n_hits, >, ROUNDS * QUERIES * ITEMS / 20);
  g_assert_cmpuint (n_hits, <, ROUNDS * QUERIES * ITEMS * 19 / 20);
  g_assert_cmpuint (n_refused, >, ROUNDS / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL); /* prints the seed; --seed runs it again */
  initials = g_regex_new ("(?<![A-Za-z0-9])[A-Za-z](\\.[A-Za-z](?![A-Za-z0-9]))+", G_REGEX_OPTIMIZE, 0, NULL);
  g_test_add_func ("/matcher/property", test_property);
  int status = g_test_run ();
  g_regex_unref (initials);
  return status;
}
