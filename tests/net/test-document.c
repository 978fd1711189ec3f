/* SPDX-License-Identifier: MIT */
#include "io/worker_document.h"

static TruceFeedDocument *
document_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE ("(sssxuyya(sssssxxasas))"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return truce_document_from_variant (variant);
}

static void
test_all_values (void)
{
  g_autoptr (TruceFeedDocument) document =
      document_of ("('News','https://e/','atom',60000000,3,5,3,"
                   "[('i1','http://e/1','Title','Summary','Author',1000000,2000000,['a','b'],['https://e/x.ics'])])");
  TruceItem *item = document->items->pdata[0];

  g_assert_cmpstr (document->title, ==, "News");
  g_assert_cmpstr (document->link, ==, "https://e/");
  g_assert_cmpstr (document->format, ==, "atom");
  g_assert_cmpint (document->ttl, ==, TRUCE_MINUTE);
  g_assert_cmpuint (document->skip_hours, ==, 3);
  g_assert_cmpuint (document->skip_days, ==, 5);
  g_assert_cmpint (document->lack, ==, TRUCE_FEED_CUT_OFF);
  g_assert_cmpuint (document->items->len, ==, 1);
  g_assert_cmpstr (item->id, ==, "i1");
  g_assert_cmpstr (item->link, ==, "http://e/1");
  g_assert_cmpstr (item->title, ==, "Title");
  g_assert_cmpstr (item->summary, ==, "Summary");
  g_assert_cmpstr (item->author, ==, "Author");
  g_assert_cmpint (item->published, ==, TRUCE_SECOND);
  g_assert_cmpint (item->updated, ==, 2 * TRUCE_SECOND);
  g_assert_cmpuint (g_strv_length (item->categories), ==, 2);
  g_assert_cmpstr (item->enclosures[0], ==, "https://e/x.ics");
}

static void
test_nothing (void)
{
  g_autoptr (TruceFeedDocument) document =
      document_of ("('','','rss',0,0,0,0,[('','','','','',9223372036854775807,9223372036854775807,[],[])])");
  TruceItem *item = document->items->pdata[0];

  g_assert_cmpstr (document->title, ==, "");
  g_assert_null (document->link);
  g_assert_null (item->id);
  g_assert_null (item->link);
  g_assert_null (item->author);
  g_assert_null (item->categories);
  g_assert_null (item->enclosures);
  g_assert_cmpstr (item->title, ==, "");
  g_assert_cmpstr (item->summary, ==, "");
  g_assert_cmpint (item->published, ==, TRUCE_TIME_NONE);
}

/* What a parser that has been taken over might say. */
static void
test_malice (void)
{
  g_autoptr (TruceFeedDocument) document =
      document_of ("('\\u001b]0;owned\\u0007News','javascript:alert(1)','elf',-5,4294967295,255,255,"
                   "[('i','file:///etc/passwd','a\\u202eb','c\\u001b[2J','\\n',-9223372036854775807,"
                   "253402300800000000,['\\u0007','ok'],['http://e/a b','HTTPS://e/ok','ftp://e/'])])");
  TruceItem *item = document->items->pdata[0];

  g_assert_cmpstr (document->title, ==, "]0;ownedNews");
  g_assert_null (document->link);
  g_assert_cmpstr (document->format, ==, "rss");
  g_assert_cmpint (document->ttl, ==, 0);
  g_assert_cmpuint (document->skip_hours, ==, 0xffffff);
  g_assert_cmpuint (document->skip_days, ==, 0x7f);
  g_assert_null (item->link);
  g_assert_null (item->author);
  g_assert_cmpstr (item->summary, ==, "c[2J");
  g_assert_cmpint (item->published, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (item->updated, ==, TRUCE_TIME_NONE);
  g_assert_cmpuint (g_strv_length (item->categories), ==, 1);
  g_assert_cmpuint (g_strv_length (item->enclosures), ==, 1);
  g_assert_cmpstr (item->enclosures[0], ==, "HTTPS://e/ok");
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("('','','rss',0,0,0,0,[");
  g_autoptr (TruceFeedDocument) document = NULL;

  for (int i = 0; i < TRUCE_DOCUMENT_ITEMS_MAX + 1; i++)
    g_string_append_printf (text, "%s('%d','','','','',0,0,[],[])", i > 0 ? "," : "", i);
  g_string_append (text, "])");
  document = document_of (text->str);
  g_assert_cmpuint (document->items->len, ==, TRUCE_DOCUMENT_ITEMS_MAX);
  g_assert_cmpint (document->lack, ==, TRUCE_FEED_LIMITED);
  g_assert_cmpstr (((TruceItem *) document->items->pdata[TRUCE_DOCUMENT_ITEMS_MAX - 1])->id, ==, "499");
}

/* Of lengths on both sides of where ends begin to take another byte. */
static char *
random_text (void)
{
  static const guint lengths[] = { 0, 1, 7, 40, 200, 250, 256, 3000, 65000 };
  gsize length = lengths[g_test_rand_int_range (0, g_test_rand_int_range (1, G_N_ELEMENTS (lengths) + 1))];
  g_autofree char *body = g_strnfill (length, (char) g_test_rand_int_range ('a', 'z' + 1));

  return g_strconcat ("https://e/", body, NULL);
}

static char **
random_list (void)
{
  GStrvBuilder *list = g_strv_builder_new ();
  char **texts;

  for (int left = g_test_rand_int_range (0, 4); left > 0; left--) {
    g_autofree char *text = random_text ();
    g_strv_builder_add (list, text);
  }
  texts = g_strv_builder_end (list);
  g_strv_builder_unref (list);
  return texts;
}

static void
assert_list (char **list, char **expected)
{
  if (*expected)
    g_assert_cmpstrv (list, expected);
  else
    g_assert_null (list);
}

/* However long its parts are, an item is read as it was written. */
static void
test_lengths (void)
{
  for (int round = 0; round < 500; round++) {
    g_autofree char *id = random_text (), *link = random_text (), *title = random_text ();
    g_autofree char *summary = random_text (), *author = random_text ();
    g_auto (GStrv) categories = random_list ();
    g_auto (GStrv) enclosures = random_list ();
    gint64 at = g_test_rand_int ();
    GVariantBuilder items;
    g_variant_builder_init (&items, G_VARIANT_TYPE ("a(sssssxxasas)"));
    for (int left = 2; left > 0; left--)
      g_variant_builder_add (&items, "(sssssxx^as^as)", id, link, title, summary, author, at, at + 1, categories,
                             enclosures);
    g_autoptr (GVariant) variant = g_variant_ref_sink (
        g_variant_new ("(sssxuyya(sssssxxasas))", "", "", "rss", (gint64) 0, 0u, (guchar) 0, (guchar) 0, &items));
    g_autoptr (TruceFeedDocument) document = truce_document_from_variant (variant);
    const TruceItem *item = document->items->pdata[1];

    g_assert_cmpuint (document->items->len, ==, 2);
    g_assert_cmpstr (item->id, ==, id);
    g_assert_cmpstr (item->link, ==, link);
    g_assert_cmpstr (item->title, ==, title);
    g_assert_cmpstr (item->summary, ==, summary);
    g_assert_cmpstr (item->author, ==, author);
    g_assert_cmpint (item->published, ==, at);
    g_assert_cmpint (item->updated, ==, at + 1);
    assert_list (item->categories, categories);
    assert_list (item->enclosures, enclosures);
  }
}

/* Bytes that no frame would be let through with: whatever is read, it is read from them. */
static void
test_bytes_that_are_no_document (void)
{
  for (int round = 0; round < 2000; round++) {
    gsize size = (gsize) g_test_rand_int_range (1, 400);
    guint8 *bytes = g_malloc (size);
    for (gsize i = 0; i < size; i++)
      bytes[i] = (guint8) (g_test_rand_int_range (0, 3) ? g_test_rand_int_range (0, (int) MIN (size, 256)) : 0);
    g_autoptr (GBytes) all = g_bytes_new_take (bytes, size);
    g_autoptr (GVariant) variant =
        g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sssxuyya(sssssxxasas))"), all, FALSE));
    g_autoptr (TruceFeedDocument) document = truce_document_from_variant (variant);

    for (guint i = 0; i < document->items->len; i++)
      g_assert_nonnull (((const TruceItem *) document->items->pdata[i])->title);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/all-values", test_all_values);
  g_test_add_func ("/document/nothing", test_nothing);
  g_test_add_func ("/document/malice", test_malice);
  g_test_add_func ("/document/too-many", test_too_many);
  g_test_add_func ("/document/lengths", test_lengths);
  g_test_add_func ("/document/no-document", test_bytes_that_are_no_document);
  return g_test_run ();
}
