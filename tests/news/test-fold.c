/* SPDX-License-Identifier: MIT */
/* Folding has a quick way for plain text, a block at a time, and a careful one; the scanner looks words up by hashes.
 * Both against what is obvious. */
#include <string.h>

#include "news/scanner.h"

#define TEXTS 20000
#define PIECES_MAX 60
#define SCANS 300
#define LITERALS 40

static const char *const pieces[] = {
  " ",
  " ",
  " ",
  " ",
  ", ",
  ". ",
  ".",
  "-",
  "  ",
  "\n",
  "_",
  "@",
  "[",
  "`",
  "{",
  "/",
  ":",
  "U.S.",
  "a.m",
  "A",
  "z",
  "Z",
  "0",
  "9",
  "tariff",
  "Truce",
  "EXTENDED",
  "2026",
  "a.",
  ".b",
  "0.5",
  "\xc3\xa9",
  "\xc3\x89tude",
  "e\xcc\x81",
  "\xe2\x80\x99s",
  "\xc2\xa0",
  "\xc2\xad",
  "\xef\xbc\xa1",
  "\xed\x8b\xb1\xed\x86\xa1",
  "\xec\x9d\x84",
  "\xe5\x85\xb3\xe7\xa8\x8e",
  "\xc3\x9f",
  "\xef\xac\x81",
  "incomprehensibilities",
  "abcdefghijklmnop",
  "abcdefghijklmnopq",
  "\x7f",
  "\xf0\x9f\x9a\x80",
  "\xf0\xa0\x80\x80",
  "antidisestablishmentarianismantidisestablishmentarianismantidisestablish",
};

static char *
make_text (GRand *random, gsize *ret_length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint32 n = g_rand_int_range (random, 0, PIECES_MAX);

  for (gint32 i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  *ret_length = text->len;
  return g_memdup2 (text->str, text->len); /* with nothing behind it: the sanitizer sees who reads on */
}

static void
assert_same (const TruceFolded *quick, const TruceFolded *careful)
{
  g_assert_cmpuint (quick->length, ==, careful->length);
  g_assert_true (memcmp (quick->bytes, careful->bytes, quick->length) == 0);
  g_assert_cmpuint (quick->n_tokens, ==, careful->n_tokens);
  for (guint i = 0; i < quick->n_tokens; i++) {
    g_assert_cmpuint (quick->tokens[i].start, ==, careful->tokens[i].start);
    g_assert_cmpuint (quick->tokens[i].length, ==, careful->tokens[i].length);
    g_assert_cmpuint (quick->tokens[i].unspaced, ==, careful->tokens[i].unspaced);
  }
  for (guint i = 0; i < TRUCE_FOLD_PAD; i++)
    g_assert_cmpuint ((guchar) quick->bytes[quick->length + i], ==, 0);
}

static void
test_quick_as_careful (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  TruceFolded quick = { 0 };
  TruceFolded careful = { 0 };

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < TEXTS; i++) {
    gsize length;
    g_autofree char *text = make_text (random, &length);
    truce_fold (&quick, text, length, TRUCE_FOLD_PLAIN);
    truce_fold (&careful, text, length, TRUCE_FOLD_ORIGINS);
    assert_same (&quick, &careful);
  }
  truce_folded_clear (&quick);
  truce_folded_clear (&careful);
}

/* Every length of a word at every place of a block. */
static void
test_edges (void)
{
  TruceFolded folded = { 0 };

  for (guint before = 0; before < 140; before++)
    for (guint length = 1; length < 140; length++) {
      g_autofree char *text = g_malloc (before + length);
      memset (text, '-', before);
      memset (text + before, 'Q', length);
      truce_fold (&folded, text, before + length, TRUCE_FOLD_PLAIN);
      g_assert_cmpuint (folded.n_tokens, ==, 1);
      g_assert_cmpuint (folded.length, ==, length);
      g_assert_cmpuint (strspn (folded.bytes, "q"), ==, length);
    }
  truce_folded_clear (&folded);
}

/* Words that share beginnings, of 1 to 40 bytes. */
static char *
make_word (GRand *random)
{
  guint length = (guint) g_rand_int_range (random, 1, 41);
  char *word = g_strnfill (length, 'a');

  word[length - 1] = (char) ('a' + g_rand_int_range (random, 0, 3));
  return word;
}

static guint
count_plainly (const TruceFolded *folded, const char *literal)
{
  gsize length = strlen (literal);
  guint n = 0;

  for (guint i = 0; i < folded->n_tokens; i++) {
    const char *at = folded->bytes + folded->tokens[i].start;
    n += strncmp (at, literal, length) == 0 && (at[length] == ' ' || at[length] == '\0');
  }
  return n;
}

static void
scan_once (GRand *random, TruceFolded *folded)
{
  TruceLiteral literals[LITERALS] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (TruceOccurrence));
  guint found[LITERALS] = { 0 };

  for (guint i = 0; i < LITERALS; i++) {
    g_autofree char *first = make_word (random);
    g_autofree char *second = make_word (random);
    literals[i].folded = i % 2 ? g_strdup (first) : g_strdup_printf ("%s %s", first, second);
    g_string_append_printf (text, "%s ", i % 3 ? first : literals[i].folded);
  }
  g_autoptr (TruceScanner) scanner = truce_scanner_new (literals, LITERALS);
  truce_fold (folded, text->str, text->len, TRUCE_FOLD_PLAIN);
  truce_scanner_run (scanner, folded, occurrences);
  for (guint i = 0; i < occurrences->len; i++)
    found[g_array_index (occurrences, TruceOccurrence, i).literal]++;
  for (guint i = 0; i < LITERALS; i++) {
    g_assert_cmpuint (found[i], ==, count_plainly (folded, literals[i].folded));
    g_free (literals[i].folded);
  }
}

static void
test_scan (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  TruceFolded folded = { 0 };

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < SCANS; i++)
    scan_once (random, &folded);
  truce_folded_clear (&folded);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/quick-as-careful", test_quick_as_careful);
  g_test_add_func ("/fold/edges", test_edges);
  g_test_add_func ("/scanner/long-words", test_scan);
  return g_test_run ();
}
