/* SPDX-License-Identifier: MIT */
/* Where matched words stand in a text, and in which sentences. */
#include <string.h>

#include "alert/context.h"

static void
test_marks (void)
{
  static const struct {
    const char *text, *words, *marked;
  } rows[] = {
    { "China's rare-earth curbs", "rare earth", "China's [rare-earth] curbs" },
    { "Rare Earth, rare earths", "rare earth|earths", "[Rare Earth], rare [earths]" },
    { "AI said the AI act", "ai", "[AI] said the [AI] act" },
    { "said Airbus", "ai", "said Airbus" },
    { "중국의 희토류를 수출", "희토류", "중국의 [희토류]를 수출" },
    { "稀土出口管制", "稀土|管制", "[稀土]出口[管制]" },
    { "extended truce", "truce|extended truce", "[extended truce]" },
    { "C++ and a.b (x) [y]", "a.b|(x)", "C++ and [a.b] ([x]) [y]" },
    { "nothing", "", "nothing" },
    { "signs", "+|...", "signs" },
    { "", "x", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) words = g_strsplit (rows[i].words, "|", -1);
    g_autoptr (GArray) marks = truce_context_marks (rows[i].text, (const char *const *) words);
    g_autoptr (GString) marked = g_string_new (rows[i].text);
    for (guint j = marks->len; j > 0; j--) {
      const TruceContextMark *mark = &g_array_index (marks, TruceContextMark, j - 1);
      g_string_insert_c (marked, mark->to, ']');
      g_string_insert_c (marked, mark->from, '[');
    }
    g_assert_cmpstr (marked->str, ==, rows[i].marked);
  }
}

static void
test_sentences (void)
{
  static const char text[] =
      "The U.S. and Lakeland agreed. Nobody spoke of fish. The truce of the U.S. lasts 2.5 years!\n"
      "What next? A truce, says Mr. Smith.";
  const char *const words[] = { "truce", "Lakeland", NULL };
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  truce_context_sentences (text, words, 2, sentences);
  g_assert_cmpuint (sentences->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (sentences, 0), ==, "The U.S. and Lakeland agreed.");
  g_assert_cmpstr (g_ptr_array_index (sentences, 1), ==, "The truce of the U.S. lasts 2.5 years!");
  truce_context_sentences (text, NULL, 2, sentences);
  g_assert_cmpuint (sentences->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/context/marks", test_marks);
  g_test_add_func ("/context/sentences", test_sentences);
  return g_test_run ();
}
