/* SPDX-License-Identifier: MIT */
/* Lists of feeds: whatever the bytes, the answer is a sound frame of clean texts and web addresses, each once. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "worker/parse/outline.h"
#include "worker/parse/parse.h"
#include "worker/wire.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_clean (const char *text)
{
  g_autofree char *clean = truce_text_clean (text, -1);

  if (strcmp (clean, text) != 0)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static gboolean ready = FALSE;
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GHashTable) urls = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GVariant) answer = NULL, list = NULL;
  g_autoptr (GVariantIter) feeds = NULL;
  const char *format, *title, *url;
  GVariantIter *folders;

  if (!ready) {
    truce_parse_preload ();
    ready = TRUE;
  }
  answer = g_variant_ref_sink (truce_outline_answer (1, body, "https://example.org/page", NULL));
  if (g_variant_get_size (answer) > TRUCE_WIRE_PAYLOAD_MAX || !g_variant_is_normal_form (answer) ||
      !g_variant_is_of_type (answer, truce_wire_type (TRUCE_WIRE_OUTLINE)))
    abort ();
  list = g_variant_get_child_value (answer, 2);
  g_variant_get (list, "(&s&sb@asa(ssas))", &format, &title, NULL, NULL, &feeds);
  check_clean (title);
  while (g_variant_iter_loop (feeds, "(&s&sas)", &url, &title, &folders)) {
    check_clean (title);
    if (!g_str_has_prefix (url, "http") && g_ascii_strncasecmp (url, "http", 4) != 0)
      abort ();
    if (strpbrk (url, " \t\r\n") || !g_hash_table_add (urls, (gpointer) url))
      abort ();
  }
  return 0;
}
