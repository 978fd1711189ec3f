/* SPDX-License-Identifier: MIT */
/* The answer is written byte by byte: whatever the document, they are the bytes that GVariant would have made of it. */
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <string.h>

static const char *
or_empty (const char *text)
{
  return text ? text : "";
}

static GVariant *
list_of (char **strings)
{
  return g_variant_new_strv ((const char *const *) strings, strings ? -1 : 0);
}

static GVariant *
by_gvariant (guint64 request, const TruceFeedDocument *document, const char *error)
{
  GVariantBuilder items;

  g_variant_builder_init (&items, G_VARIANT_TYPE ("a(sssssxxasas)"));
  if (!document)
    return g_variant_new ("(ts(sssxuyya(sssssxxasas)))", request, error, "", "", "", (gint64) 0, 0u, (guchar) 0,
                          (guchar) 0, &items);
  for (guint i = 0; i < document->items->len; i++) {
    const TruceItem *item = document->items->pdata[i];

    g_variant_builder_add (&items, "(sssssxx@as@as)", or_empty (item->id), or_empty (item->link), item->title,
                           item->summary, or_empty (item->author), item->published, item->updated,
                           list_of (item->categories), list_of (item->enclosures));
  }
  return g_variant_new ("(ts(sssxuyya(sssssxxasas)))", request, "", document->title, or_empty (document->link),
                        document->format, document->ttl, document->skip_hours, document->skip_days,
                        (guchar) document->lack, &items);
}

static void
check (guint64 request, const TruceFeedDocument *document, const char *error)
{
  g_autoptr (GVariant) ours = g_variant_ref_sink (truce_parse_answer (request, document, error));
  g_autoptr (GVariant) theirs = g_variant_ref_sink (by_gvariant (request, document, error));

  g_assert_true (g_variant_is_of_type (ours, truce_wire_type (TRUCE_WIRE_PARSED)));
  g_assert_cmpuint (g_variant_get_size (ours), ==, g_variant_get_size (theirs));
  g_assert_true (memcmp (g_variant_get_data (ours), g_variant_get_data (theirs), g_variant_get_size (ours)) == 0);
}

/* Lengths around those at which offsets grow. */
static char *
random_text (void)
{
  static const int lengths[] = { 0, 1, 7, 100, 240, 256, 1000, 65000, 66000 };
  int kind = g_test_rand_int_range (0, 40);

  return g_strnfill ((gsize) (kind < (int) G_N_ELEMENTS (lengths) ? lengths[kind] : kind), 'x');
}

static char **
random_list (void)
{
  int n = g_test_rand_int_range (0, 5);
  char **list = n > 0 ? g_new0 (char *, n + 1) : NULL;

  for (int i = 0; i < n; i++)
    list[i] = random_text ();
  return list;
}

static TruceItem *
random_item (void)
{
  TruceItem *item = truce_item_new ();

  g_free (item->title);
  g_free (item->summary);
  item->title = random_text ();
  item->summary = random_text ();
  item->id = g_test_rand_bit () ? random_text () : NULL;
  item->link = g_test_rand_bit () ? random_text () : NULL;
  item->author = g_test_rand_bit () ? random_text () : NULL;
  item->published = g_test_rand_bit () ? g_test_rand_int () : TRUCE_TIME_NONE;
  item->updated = g_test_rand_int ();
  item->categories = random_list ();
  item->enclosures = random_list ();
  return item;
}

static void
test_documents (void)
{
  for (int round = 0; round < 400; round++) {
    g_autoptr (TruceFeedDocument) document = truce_feed_document_new ();

    g_free (document->title);
    document->title = random_text ();
    document->link = g_test_rand_bit () ? random_text () : NULL;
    document->format = g_strdup (g_test_rand_bit () ? "rss" : "atom");
    document->ttl = g_test_rand_int ();
    document->skip_hours = (guint32) g_test_rand_int ();
    document->skip_days = (guint8) g_test_rand_int_range (0, 128);
    document->lack = (TruceFeedLack) g_test_rand_int_range (0, TRUCE_FEED_CUT_OFF + 1);
    for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
      g_ptr_array_add (document->items, random_item ());
    check ((guint64) g_test_rand_int (), document, "");
  }
}

static void
test_errors (void)
{
  check (7, NULL, "HTML page, not a feed");
  check (G_MAXUINT64, NULL, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/documents", test_documents);
  g_test_add_func ("/answer/errors", test_errors);
  return g_test_run ();
}
