/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/arena.h"

/* Pieces of all sizes, texts between them: none overlaps another, structures are aligned, and new ones are empty. */
static void
test_pieces (void)
{
  g_autoptr (TruceArena) arena = truce_arena_new ();
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();

  for (int i = 0; i < 5000; i++) {
    gsize length = (gsize) g_test_rand_int_range (0, i % 100 == 0 ? 400000 : 300);
    g_autofree char *filler = g_strnfill (length, (char) ('a' + i % 26));
    char *piece;
    if (i % 3 == 0) {
      piece = (char *) truce_arena_text_of (arena, filler, length);
    } else {
      piece = truce_arena_take (arena, length + 1);
      g_assert_cmpuint (GPOINTER_TO_SIZE (piece) % sizeof (gint64), ==, 0);
      for (gsize j = 0; j <= length; j++)
        g_assert_cmpint (piece[j], ==, 0);
      memcpy (piece, filler, length);
    }
    g_ptr_array_add (pieces, piece);
    g_array_append_val (lengths, length);
  }
  for (guint i = 0; i < pieces->len; i++) {
    gsize length = g_array_index (lengths, gsize, i);
    g_autofree char *filler = g_strnfill (length, (char) ('a' + i % 26));
    g_assert_cmpstr (pieces->pdata[i], ==, filler);
  }
}

static void
test_texts (void)
{
  const char *const texts[] = { "", "truce", "한국", NULL }, *const none[] = { NULL };
  TruceArena *arena = truce_arena_new ();
  const char *const *copies = truce_arena_texts (arena, texts);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_cmpstr (copies[i], ==, texts[i]);
    g_assert_true (!texts[i] || copies[i] != texts[i]);
  }
  g_assert_null (truce_arena_texts (arena, none)[0]);
  g_assert_null (truce_arena_texts (arena, NULL));
  g_assert_null (truce_arena_text (arena, NULL));
  g_assert_cmpstr (truce_arena_text_of (arena, "truced", 5), ==, "truce");

  truce_arena_ref (arena);
  truce_arena_unref (arena);
  g_assert_cmpstr (copies[1], ==, "truce"); /* the other reference holds it */
  truce_arena_unref (arena);
  truce_arena_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arena/pieces", test_pieces);
  g_test_add_func ("/arena/texts", test_texts);
  return g_test_run ();
}
