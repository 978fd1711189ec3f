/* SPDX-License-Identifier: MIT */
/* Any bytes as a query, and, behind a NUL, as a text: whatever is taken for a query must read back as itself and match
 * without harm. */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "news/matcher.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char fixed_title[] =
    "U.S. and China extend the tariff truce; ByteDance's TikTok, rare-earth exports and AI";
static const char fixed_summary[] = "중국 희토류 수출, 틱톡을 매각. 美国AI芯片和稀土出口. The café said: 90 days, "
                                    "fentanyl, ＡＩ.";

static void
check_error (const GError *error)
{
  if (!error || !g_str_has_prefix (error->message, "character ") || !g_utf8_validate (error->message, -1, NULL))
    g_error ("an unclear refusal: %s", error ? error->message : "none");
}

static void
match (const TruceQuery *query, const char *text)
{
  const TruceQuery *queries[] = { query, query };
  const char *const tags[] = { "trade", text, NULL };
  TruceMatchContext context = { "ustr", tags };
  g_autoptr (TruceMatcher) matcher = truce_matcher_new (queries, 2);
  g_autoptr (GArray) hits = truce_hits_new ();
  g_autoptr (TruceItem) item = truce_item_new ();

  g_free (item->title);
  item->title = g_strdup (fixed_title);
  g_free (item->summary);
  item->summary = g_strconcat (fixed_summary, text, NULL);
  item->author = g_strdup (text);
  item->link = g_strdup (text);
  truce_matcher_run (matcher, item, &context, hits);
  if (hits->len != 0 && hits->len != 2)
    g_error ("the same query matches once and not twice");
  for (guint i = 0; i < hits->len; i++)
    for (char **word = g_array_index (hits, TruceHit, i).matched; *word; word++)
      if (!g_utf8_validate (*word, -1, NULL))
        g_error ("half a character is shown");
  truce_matcher_run (matcher, item, NULL, hits);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  size_t length = strlen (bytes);
  g_autofree char *text =
      length < size ? truce_text_clean ((const char *) data + length + 1, (gssize) (size - length - 1)) : g_strdup ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceQuery) query = truce_query_parse (bytes, &error);

  if (!query) {
    check_error (error);
    return 0;
  }
  g_autofree char *reading = truce_query_reading (query);
  if (!g_utf8_validate (reading, -1, NULL))
    g_error ("a broken reading: %s", reading);
  match (query, text);
  return 0;
}
