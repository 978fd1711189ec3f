/* SPDX-License-Identifier: MIT */
#include "news/particle.h"

#include <string.h>

/* Those that news uses between nouns, as the grammars list them; endings of verbs are another matter. */
static const char *const particles[] = {
  "은",   "는",     "이",   "가",   "을",   "를",   "의",   "에",     "와",     "과",     "도",   "만",   "로",
  "으로", "에서",   "에게", "한테", "까지", "부터", "보다", "처럼",   "마다",   "이나",   "에는", "에도", "에서는",
  "에서", "에서의", "와의", "과의", "로의", "로는", "만의", "으로의", "으로는", "까지의", "께서", "이란",
};

/* U+AC00 to U+D7A3, the composed syllables: text is folded by NFKC. */
gboolean
truce_particle_has_hangul (const char *folded, gsize length)
{
  for (const char *at = folded; at < folded + length; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (c >= 0xac00 && c <= 0xd7a3)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_particle (const char *word, guint32 length)
{
  for (guint i = 0; i < G_N_ELEMENTS (particles); i++)
    if (strlen (particles[i]) == length && memcmp (particles[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

static guint32
word_end (const char *bytes, guint32 at, guint32 end)
{
  const char *space = memchr (bytes + at, ' ', end - at);

  return space ? (guint32) (space - bytes) : end;
}

/* One word of the phrase has been found to end at `at`: the end of it with its particle, or 0 when more letters follow
 * that are none. `next` is the word that the phrase goes on with. */
static guint32
step_over_particle (const TruceFolded *folded, guint32 at, const char *next, guint32 next_length)
{
  guint32 end = word_end (folded->bytes, at, folded->length);

  if (end > at)
    return is_particle (folded->bytes + at, end - at) ? end : 0;
  if (end == folded->length || (guchar) folded->bytes[at - 1] >= 0x80)
    return end;
  guint32 after = word_end (folded->bytes, end + 1, folded->length);
  gboolean goes_on = after - end - 1 >= next_length && memcmp (folded->bytes + end + 1, next, next_length) == 0;
  return !goes_on && is_particle (folded->bytes + end + 1, after - end - 1) ? after : end;
}

guint32
truce_particle_match (const char *words, guint32 length, const TruceFolded *folded, guint32 start)
{
  guint32 at = start;

  for (guint32 word = 0;;) {
    guint32 end = word_end (words, word, length);
    if (end - word > folded->length - at || memcmp (folded->bytes + at, words + word, end - word) != 0)
      return 0;
    at += end - word;
    if (end == length)
      return at;
    word = end + 1;
    at = step_over_particle (folded, at, words + word, word_end (words, word, length) - word);
    if (at == 0 || at == folded->length)
      return 0;
    at++;
  }
}
