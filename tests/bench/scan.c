/* SPDX-License-Identifier: MIT */
/* bench-scan PHRASES TEXT [NUMBERS]: the phrases of a file, one a line, looked for in each line of another, as truced
 * does it. Prints one figure a line; writes the numbers of the lines that hold a phrase to NUMBERS.
 *
 *   compile_ms, memory_kb   the phrases read as queries, and a scanner made of their words
 *   fold_s                  folding the text, alone
 *   scan_s                  folding it and finding every place of every phrase
 *   found                   those places and a digest of them, without phrases that Korean particles part
 *   queries_compile_ms, queries_memory_kb, match_s   the same by the matcher, each phrase a query and each line an
 * item, with the words to show for each hit */
#include <stdio.h>
#include <string.h>

#include "lines.h"
#include "measure.h"
#include "news/fold.h"
#include "news/matcher.h"
#include "news/query_private.h"
#include "news/scanner.h"

static GPtrArray *
read_queries (const BenchLines *phrases)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_query_free);

  for (guint i = 0; i < phrases->lines->len; i++) {
    g_autofree char *text = g_strdup_printf ("\"%s\"", bench_line (phrases, i));
    g_autoptr (GError) error = NULL;
    TruceQuery *query = truce_query_parse (text, &error);
    if (!query)
      g_error ("%s: %s", text, error->message);
    g_ptr_array_add (queries, query);
  }
  return queries;
}

static GArray *
literals_of (const GPtrArray *queries)
{
  GArray *literals = g_array_new (FALSE, FALSE, sizeof (TruceLiteral));

  for (guint i = 0; i < queries->len; i++) {
    const TruceTerm *term = truce_query_term (g_ptr_array_index (queries, i), 0);
    TruceLiteral literal = { term->folded, term->open_start, term->open_end };
    g_array_append_val (literals, literal);
  }
  return literals;
}

static double
fold_all (const BenchLines *text)
{
  TruceFolded folded = { 0 };
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < text->lines->len; i++)
    truce_fold (&folded, bench_line (text, i), strlen (bench_line (text, i)), TRUCE_FOLD_PLAIN);
  truce_folded_clear (&folded);
  return bench_cpu_seconds () - start;
}

static void
time_scan (const TruceScanner *scanner, const BenchLines *text)
{
  TruceFolded folded = { 0 };
  g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (TruceOccurrence));
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < text->lines->len; i++) {
    truce_fold (&folded, bench_line (text, i), strlen (bench_line (text, i)), TRUCE_FOLD_PLAIN);
    g_array_set_size (occurrences, 0);
    truce_scanner_run (scanner, &folded, occurrences);
  }
  printf ("scan_s %.6f\n", bench_cpu_seconds () - start);
  truce_folded_clear (&folded);
}

static void
tell_found (const TruceScanner *scanner, const GArray *literals, const BenchLines *text, const char *numbers)
{
  TruceFolded folded = { 0 };
  BenchFound found = { 0 };
  guint8 *set = g_new0 (guint8, text->lines->len);
  g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (TruceOccurrence));

  for (guint i = 0; i < text->lines->len; i++) {
    truce_fold (&folded, bench_line (text, i), strlen (bench_line (text, i)), TRUCE_FOLD_PLAIN);
    g_array_set_size (occurrences, 0);
    truce_scanner_run (scanner, &folded, occurrences);
    set[i] = occurrences->len > 0;
    for (guint o = 0; o < occurrences->len; o++) {
      const TruceOccurrence *at = &g_array_index (occurrences, TruceOccurrence, o);
      if (at->end - at->start == strlen (g_array_index (literals, TruceLiteral, at->literal).folded))
        bench_found_add (&found, i, at->literal, at->end);
    }
  }
  bench_found_print (&found, "found");
  if (numbers)
    bench_lines_write (set, text->lines->len, numbers);
  g_free (set);
  truce_folded_clear (&folded);
}

static void
time_match (TruceMatcher *matcher, const BenchLines *text)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
  g_autoptr (GArray) hits = truce_hits_new ();
  guint64 n_hits = 0;

  for (guint i = 0; i < text->lines->len; i++) {
    TruceItem *item = truce_item_new ();
    g_free (item->summary);
    item->summary = g_strdup (bench_line (text, i));
    g_ptr_array_add (items, item);
  }
  double start = bench_cpu_seconds ();
  for (guint i = 0; i < items->len; i++) {
    truce_matcher_run (matcher, g_ptr_array_index (items, i), NULL, hits);
    n_hits += hits->len;
    g_array_set_size (hits, 0);
  }
  printf ("match_s %.6f\nhits %" G_GUINT64_FORMAT "\n", bench_cpu_seconds () - start, n_hits);
}

int
main (int argc, char **argv)
{
  if (argc < 3) {
    fprintf (stderr, "usage: bench-scan PHRASES TEXT [NUMBERS]\n");
    return 2;
  }
  g_autoptr (BenchLines) phrases = bench_lines_read (argv[1]);
  g_autoptr (BenchLines) text = bench_lines_read (argv[2]);
  double memory = bench_memory_kb ();
  double start = bench_cpu_seconds ();
  g_autoptr (GPtrArray) queries = read_queries (phrases);
  double parsed = bench_cpu_seconds ();
  double parsed_memory = bench_memory_kb ();
  g_autoptr (GArray) literals = literals_of (queries);
  double begun = bench_cpu_seconds ();
  g_autoptr (TruceScanner) scanner =
      truce_scanner_new ((const TruceLiteral *) (gpointer) literals->data, literals->len);
  printf ("compile_ms %.2f\nmemory_kb %.0f\n", 1e3 * (bench_cpu_seconds () - begun + parsed - start),
          bench_memory_kb () - parsed_memory);
  begun = bench_cpu_seconds ();
  double before = bench_memory_kb ();
  g_autoptr (TruceMatcher) matcher =
      truce_matcher_new ((const TruceQuery *const *) (gpointer) queries->pdata, queries->len);
  printf ("queries_compile_ms %.2f\nqueries_memory_kb %.0f\n", 1e3 * (bench_cpu_seconds () - begun + parsed - start),
          bench_memory_kb () - before + parsed_memory - memory);
  fold_all (text); /* learns the characters, once for all */
  printf ("fold_s %.6f\n", fold_all (text));
  time_scan (scanner, text);
  tell_found (scanner, literals, text, argc > 3 ? argv[3] : NULL);
  time_match (matcher, text);
  return 0;
}
