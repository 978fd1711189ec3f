/* SPDX-License-Identifier: MIT */
/* bench-match [QUERIES [ITEMS]]: what queries as people write them cost. Made-up news about made-up words, the same on
 * each run. Prints one line a figure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "news/fold.h"
#include "news/matcher.h"

#define SEED 7
#define N_WORDS 20000
#define TITLE_WORDS 10
#define SUMMARY_WORDS 55 /* some 400 bytes with the title, as in most feeds */

static char *words[N_WORDS];

/* Zipf's law, nearly: the words at the front come often. */
static const char *
pick (GRand *random)
{
  double at = g_rand_double (random);

  return words[(guint) (at * at * at * (N_WORDS - 1))];
}

static void
make_words (GRand *random)
{
  static const char *const syllables[] = { "tar", "iff", "tru", "ce",   "chi", "na", "port", "ex",   "con", "trol",
                                           "min", "er",  "al",  "chip", "fen", "ta", "nyl",  "rare", "ear", "th",
                                           "me",  "de",  "sol", "ver",  "ti",  "on", "ing",  "ed",   "s",   "a" };

  for (guint i = 0; i < N_WORDS; i++) {
    GString *word = g_string_new (NULL);
    guint n = i < 200 ? 1 + i % 2 : (guint) g_rand_int_range (random, 3, 6);
    gboolean korean = i >= 200 && i % 10 == 0;
    for (guint j = 0; j < n; j++)
      if (korean)
        g_string_append_unichar (word, (gunichar) g_rand_int_range (random, 0xac00, 0xd7a4));
      else
        g_string_append (word, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
    words[i] = g_string_free (word, FALSE);
  }
}

static char *
make_text (GRand *random, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    const char *word = pick (random);
    g_string_append_c (text, g_rand_int (random) % 8 == 0 ? g_ascii_toupper (*word) : *word);
    g_string_append (text, word + 1);
    g_string_append (text, i + 1 == n ? "." : g_rand_int (random) % 12 == 0 ? ", " : " ");
  }
  return g_string_free (text, FALSE);
}

/* As people write them: (a | b*) (c | "d e") -f */
static char *
make_query (GRand *random)
{
  const char *w[7];

  for (guint i = 0; i < G_N_ELEMENTS (w); i++)
    w[i] = words[g_rand_int_range (random, 200, N_WORDS)];
  switch (g_rand_int (random) % 4) {
  case 0:
    return g_strdup_printf ("(%s | %s*) (%s | %s) -%s", w[0], w[1], pick (random), w[3], w[4]);
  case 1:
    return g_strdup_printf ("\"%s %s\" | %s", w[0], w[1], w[2]);
  case 2:
    return g_strdup_printf ("%s (%s | %s | %s* | %s)", pick (random), w[1], w[2], w[3], w[4]);
  default:
    return g_strdup_printf ("%s | %s | \"%s %s\" | %s", w[0], w[1], w[2], w[3], w[4]);
  }
}

static double
cpu_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

static GPtrArray *
make_queries (GRand *random, guint n)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_query_free);

  while (queries->len < n) {
    g_autofree char *text = make_query (random);
    TruceQuery *query = truce_query_parse (text, NULL);
    if (query)
      g_ptr_array_add (queries, query);
  }
  return queries;
}

static GPtrArray *
make_items (GRand *random, guint n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);

  for (guint i = 0; i < n; i++) {
    TruceItem *item = truce_item_new ();
    g_free (item->title);
    g_free (item->summary);
    item->title = make_text (random, TITLE_WORDS);
    item->summary = make_text (random, SUMMARY_WORDS);
    g_ptr_array_add (items, item);
  }
  return items;
}

static void
fold_all (const GPtrArray *items, double n_bytes)
{
  TruceFolded folded = { 0 };
  double start = cpu_seconds ();

  for (guint i = 0; i < items->len; i++) {
    const TruceItem *item = g_ptr_array_index (items, i);
    truce_fold (&folded, item->title, strlen (item->title), TRUCE_FOLD_PLAIN);
    truce_fold (&folded, item->summary, strlen (item->summary), TRUCE_FOLD_PLAIN);
  }
  printf ("fold_mb_s %.0f\n", n_bytes / 1e6 / (cpu_seconds () - start));
  truce_folded_clear (&folded);
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_queries = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000;
  guint n_items = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 10000;
  double n_bytes = 0;
  guint64 n_hits = 0;

  make_words (random);
  g_autoptr (GPtrArray) items = make_items (random, n_items);
  double start = cpu_seconds ();
  g_autoptr (GPtrArray) queries = make_queries (random, n_queries);
  double parsed = cpu_seconds ();
  g_autoptr (TruceMatcher) matcher =
      truce_matcher_new ((const TruceQuery *const *) (gpointer) queries->pdata, queries->len);
  double compiled = cpu_seconds ();
  for (guint i = 0; i < items->len; i++) {
    const TruceItem *item = g_ptr_array_index (items, i);
    n_bytes += (double) (strlen (item->title) + strlen (item->summary));
  }
  fold_all (items, n_bytes);
  g_autoptr (GArray) hits = truce_hits_new ();
  double begun = cpu_seconds ();
  for (guint i = 0; i < items->len; i++) {
    truce_matcher_run (matcher, g_ptr_array_index (items, i), NULL, hits);
    n_hits += hits->len;
    g_array_set_size (hits, 0);
  }
  double seconds = cpu_seconds () - begun;
  printf ("queries %u\nitems %u\nbytes %.0f\nhits %" G_GUINT64_FORMAT "\n", queries->len, items->len, n_bytes, n_hits);
  printf ("parse_ms %.1f\ncompile_ms %.1f\n", 1e3 * (parsed - start), 1e3 * (compiled - parsed));
  printf ("match_s %.4f\nmatch_mb_s %.0f\nmatch_items_s %.0f\n", seconds, n_bytes / 1e6 / seconds,
          (double) items->len / seconds);
  for (guint i = 0; i < N_WORDS; i++)
    g_free (words[i]);
  return 0;
}
