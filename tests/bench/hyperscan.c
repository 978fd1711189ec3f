/* SPDX-License-Identifier: MIT */
/* bench-hyperscan PHRASES TEXT [NUMBERS]: what bench-scan does, by Hyperscan's literals. Whole words are its callback's
 * work. It is given each line twice: folded, where it has to find the same places, and as it is, where it knows the
 * case of ASCII and no more. Prints one figure a line; writes the numbers of the lines in which it found any by the
 * latter way to NUMBERS.
 *
 *   compile_ms, memory_kb   the folded phrases; the database and its scratch space
 *   scan_s, found           the text folded before, unlike in bench-scan: time for folding comes on top
 *   raw_scan_s              the text as it is, caseless */
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "measure.h"
#include "news/fold.h"
#include "news/query_private.h"

typedef struct {
  GPtrArray *phrases;  /* char * */
  GArray *lengths;     /* guint32 */
  GArray *open_starts; /* gboolean */
  GArray *open_ends;
  hs_database_t *database;
  hs_scratch_t *scratch;
} Peer;

typedef struct {
  const Peer *peer;
  const char *text;
  guint length;
  gboolean raw;
  guint line;
  guint64 n;
  BenchFound *found; /* NULL while time is taken */
} Search;

static void
check (hs_error_t error, const char *what)
{
  if (error == HS_SUCCESS)
    return;
  fprintf (stderr, "bench-hyperscan: %s: error %d\n", what, error);
  exit (1);
}

static void
read_phrases (Peer *peer, const BenchLines *lines, gboolean raw)
{
  peer->phrases = g_ptr_array_new_with_free_func (g_free);
  peer->lengths = g_array_new (FALSE, FALSE, sizeof (guint32));
  peer->open_starts = g_array_new (FALSE, FALSE, sizeof (gboolean));
  peer->open_ends = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < lines->lines->len; i++) {
    g_autofree char *quoted = g_strdup_printf ("\"%s\"", bench_line (lines, i));
    g_autoptr (TruceQuery) query = truce_query_parse (quoted, NULL);
    const TruceTerm *term = truce_query_term (query, 0);
    const char *text = raw ? bench_line (lines, i) : term->folded;
    guint32 length = (guint32) strlen (text);
    g_ptr_array_add (peer->phrases, g_strdup (text));
    g_array_append_val (peer->lengths, length);
    g_array_append_val (peer->open_starts, term->open_start);
    g_array_append_val (peer->open_ends, term->open_end);
  }
}

static double
compile (Peer *peer, gboolean raw)
{
  guint n = peer->phrases->len;
  unsigned *flags = g_new0 (unsigned, n);
  unsigned *ids = g_new0 (unsigned, n);
  size_t *lengths = g_new0 (size_t, n);
  hs_compile_error_t *error = NULL;
  double start = bench_cpu_seconds ();

  for (guint i = 0; i < n; i++) {
    ids[i] = i;
    flags[i] = raw ? HS_FLAG_CASELESS : 0;
    lengths[i] = g_array_index (peer->lengths, guint32, i);
  }
  hs_error_t outcome = hs_compile_lit_multi ((const char *const *) (gpointer) peer->phrases->pdata, flags, ids, lengths,
                                             n, HS_MODE_BLOCK, NULL, &peer->database, &error);
  check (outcome, error ? error->message : "compile");
  check (hs_alloc_scratch (peer->database, &peer->scratch), "scratch");
  double seconds = bench_cpu_seconds () - start;
  g_free (flags);
  g_free (ids);
  g_free (lengths);
  return seconds;
}

static void
peer_clear (Peer *peer)
{
  hs_free_scratch (peer->scratch);
  hs_free_database (peer->database);
  g_ptr_array_unref (peer->phrases);
  g_array_unref (peer->lengths);
  g_array_unref (peer->open_starts);
  g_array_unref (peer->open_ends);
}

static inline gboolean
is_word_byte (const Search *search, guint64 at)
{
  char c = search->text[at];

  return search->raw ? g_ascii_isalnum (c) || c == '_' || (c & 0x80) : c != ' ';
}

static int
on_match (unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *data)
{
  Search *search = data;
  guint64 start = to - g_array_index (search->peer->lengths, guint32, id);

  (void) from;
  (void) flags;
  if (!g_array_index (search->peer->open_starts, gboolean, id) && start > 0 && is_word_byte (search, start - 1))
    return 0;
  if (!g_array_index (search->peer->open_ends, gboolean, id) && to < search->length && is_word_byte (search, to))
    return 0;
  search->n++;
  if (search->found)
    bench_found_add (search->found, search->line, id, (guint) to);
  return 0;
}

static void
scan_all (const Peer *peer, const GPtrArray *texts, gboolean raw, BenchFound *found, guint8 *set)
{
  for (guint i = 0; i < texts->len; i++) {
    const char *text = g_ptr_array_index (texts, i);
    Search search = { peer, text, (guint) strlen (text), raw, i, 0, found };
    check (hs_scan (peer->database, text, search.length, 0, peer->scratch, on_match, &search), "scan");
    if (set)
      set[i] = search.n > 0;
  }
}

static GPtrArray *
fold_lines (const BenchLines *lines)
{
  GPtrArray *folded_lines = g_ptr_array_new_with_free_func (g_free);
  TruceFolded folded = { 0 };

  for (guint i = 0; i < lines->lines->len; i++) {
    truce_fold (&folded, bench_line (lines, i), strlen (bench_line (lines, i)), TRUCE_FOLD_PLAIN);
    g_ptr_array_add (folded_lines, g_strndup (folded.bytes, folded.length));
  }
  truce_folded_clear (&folded);
  return folded_lines;
}

static void
run_folded (const BenchLines *phrases, const BenchLines *text)
{
  Peer peer = { 0 };
  BenchFound found = { 0 };
  size_t database_size, scratch_size;
  g_autoptr (GPtrArray) folded = fold_lines (text);

  read_phrases (&peer, phrases, FALSE);
  double compiling = compile (&peer, FALSE);
  check (hs_database_size (peer.database, &database_size), "size");
  check (hs_scratch_size (peer.scratch, &scratch_size), "size");
  printf ("compile_ms %.2f\nmemory_kb %.0f\n", 1e3 * compiling, (double) (database_size + scratch_size) / 1024);
  double start = bench_cpu_seconds ();
  scan_all (&peer, folded, FALSE, NULL, NULL);
  printf ("scan_s %.6f\n", bench_cpu_seconds () - start);
  scan_all (&peer, folded, FALSE, &found, NULL);
  bench_found_print (&found, "found");
  peer_clear (&peer);
}

static void
run_raw (const BenchLines *phrases, const BenchLines *text, const char *numbers)
{
  Peer peer = { 0 };
  guint8 *set = g_new0 (guint8, text->lines->len);

  read_phrases (&peer, phrases, TRUE);
  compile (&peer, TRUE);
  double start = bench_cpu_seconds ();
  scan_all (&peer, text->lines, TRUE, NULL, set);
  printf ("raw_scan_s %.6f\n", bench_cpu_seconds () - start);
  if (numbers)
    bench_lines_write (set, text->lines->len, numbers);
  g_free (set);
  peer_clear (&peer);
}

int
main (int argc, char **argv)
{
  if (argc < 3) {
    fprintf (stderr, "usage: bench-hyperscan PHRASES TEXT [NUMBERS]\n");
    return 2;
  }
  g_autoptr (BenchLines) phrases = bench_lines_read (argv[1]);
  g_autoptr (BenchLines) text = bench_lines_read (argv[2]);
  run_folded (phrases, text);
  run_raw (phrases, text, argc > 3 ? argv[3] : NULL);
  return 0;
}
