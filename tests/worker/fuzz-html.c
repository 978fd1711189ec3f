/* SPDX-License-Identifier: MIT */
/* The first byte says what the rest is said to be: nothing of it may come out as anything but clean text, and text that
 * has no markup as what truce_text_clean() makes of it. */
#include "base/text.h"
#include "worker/parse/html.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *
text_of (const char *html, gsize length, TruceMarkup markup)
{
  GString *text = g_string_new (NULL);
  TrucePlain plain;

  truce_plain_begin (&plain, text, length);
  truce_html_to_text (&plain, html, length, markup);
  truce_plain_end (&plain, text);
  return g_string_free (text, FALSE);
}

/* Does it hold U+0080 to U+009F, which become what windows-1252 has there? */
static gboolean
has_c1 (const char *text, gsize length)
{
  for (gsize i = 1; i < length; i++)
    if ((guchar) text[i - 1] == 0xc2 && (guchar) text[i] >= 0x80 && (guchar) text[i] <= 0x9f)
      return TRUE;
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *html = (const char *) data + 1;
  g_autofree char *text = NULL, *clean = NULL, *single = NULL;
  gsize length;

  if (size == 0)
    return 0;
  text = text_of (html, size - 1, (TruceMarkup) (data[0] % 3));
  clean = truce_text_clean (text, -1);
  if (strcmp (text, clean) != 0)
    abort ();
  if (data[0] % 3 == TRUCE_MARKUP_NONE && !has_c1 (html, size - 1)) {
    g_free (clean);
    clean = truce_text_clean (html, (gssize) (size - 1));
    if (strcmp (text, clean) != 0)
      abort ();
  }
  single = truce_plain_undouble (html, size - 1, &length);
  if (single && (length > size - 1 || !g_utf8_validate_len (single, length, NULL)))
    abort ();
  return 0;
}
