/* SPDX-License-Identifier: MIT */
#include "check_document.h"

#include "base/text.h"
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <stdlib.h>
#include <string.h>

static void
check_text (const char *text)
{
  g_autofree char *clean = truce_text_clean (text, -1);

  if (strcmp (clean, text) != 0 || strlen (text) > (64u << 10))
    abort ();
}

static void
check_link (const char *link)
{
  check_text (link);
  if (g_ascii_strncasecmp (link, "http://", 7) != 0 && g_ascii_strncasecmp (link, "https://", 8) != 0)
    abort ();
}

static void
check_item (const TruceItem *item)
{
  check_text (item->title);
  check_text (item->summary);
  if (item->id)
    check_text (item->id);
  if (item->author)
    check_text (item->author);
  if (item->link)
    check_link (item->link);
  for (char **text = item->categories; text && *text; text++)
    check_text (*text);
  for (char **link = item->enclosures; link && *link; link++)
    check_link (*link);
}

void
check_document (const TruceFeedDocument *document, const char *error)
{
  g_autoptr (GVariant) answer = NULL;

  if ((document != NULL) == (error != NULL))
    abort ();
  for (guint i = 0; document && i < document->items->len; i++)
    check_item (document->items->pdata[i]);
  answer = g_variant_ref_sink (truce_parse_answer (1, document, error ? error : ""));
  if (g_variant_get_size (answer) > TRUCE_WIRE_PAYLOAD_MAX || !g_variant_is_normal_form (answer))
    abort ();
}
