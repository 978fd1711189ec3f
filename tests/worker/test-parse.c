/* SPDX-License-Identifier: MIT */
/* Golden tests: each fixture's items, or the sentence why it is no feed, are in the .expected file beside it. */
#include "print_document.h"
#include "worker/parse/parse.h"

#include <string.h>

#define BASE "https://example.org/feeds/feed.xml"

static char *
read_text (const char *path, gsize *ret_length)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, ret_length, &error);
  g_assert_no_error (error);
  return text;
}

static char *
parse_file (const char *path)
{
  g_autofree char *http = g_strconcat (path, ".http", NULL), *type = NULL;
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  char *bytes = read_text (path, &length);

  body = g_bytes_new_take (bytes, length);
  if (g_file_test (http, G_FILE_TEST_EXISTS))
    type = g_strstrip (read_text (http, NULL));
  document = truce_parse_feed (body, BASE, type, &error);
  g_assert_true ((document != NULL) == (error == NULL));
  return document ? print_document (document, TRUE) : g_strdup_printf ("%s\n", error->message);
}

static void
test_fixture (gconstpointer path)
{
  g_autofree char *expected_path = g_strconcat (path, ".expected", NULL);
  g_autofree char *expected = read_text (expected_path, NULL), *got = parse_file (path);

  g_assert_cmpstr (got, ==, expected);
}

/* A document of `n` items, each of `filler` bytes of text. */
static TruceFeedDocument *
parse_many (guint n, gsize filler)
{
  GString *text = g_string_new ("<rss version='2.0'><channel><title>Many</title>");
  g_autofree char *words = g_strnfill (filler, 'x');
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  TruceFeedDocument *document;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "<item><guid>%u</guid><description>%s</description></item>", i, words);
  g_string_append (text, "</channel></rss>");
  body = g_string_free_to_bytes (text);
  document = truce_parse_feed (body, NULL, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static void
test_item_limit (void)
{
  g_autoptr (TruceFeedDocument) fitting = parse_many (500, 10), more = parse_many (501, 10);

  g_assert_cmpuint (fitting->items->len, ==, 500);
  g_assert_cmpint (fitting->lack, ==, TRUCE_FEED_WHOLE);
  g_assert_cmpuint (more->items->len, ==, 500);
  g_assert_cmpint (more->lack, ==, TRUCE_FEED_LIMITED);
}

/* The first item's link of a document that was read from nowhere in particular. */
static char *
link_without_base (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceFeedDocument) document = truce_parse_feed (body, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->items->len, ==, 1);
  return g_strdup (((const TruceItem *) document->items->pdata[0])->link);
}

/* What links are relative to when only the document can say it: the channel's link, else where the feed says it is. */
static void
test_no_base (void)
{
  g_autofree char *of_channel = link_without_base (
      "<rss><channel><link>https://example.org/news/</link><item><link>1.html</link></item></channel></rss>");
  g_autofree char *of_self = link_without_base (
      "<feed><link rel='self' href='https://example.org/feeds/atom.xml'/><entry><link href='1.html'/></entry></feed>");
  g_autofree char *of_nothing = link_without_base ("<rss><channel><item><link>1.html</link></item></channel></rss>");

  g_assert_cmpstr (of_channel, ==, "https://example.org/news/1.html");
  g_assert_cmpstr (of_self, ==, "https://example.org/feeds/1.html");
  g_assert_null (of_nothing);
}

/* A relative address is written as an absolute one is, whatever is in it. */
static void
test_relative_as_written (void)
{
  static const char *const tails[] = { "caf\xc3\xa9/1.html",
                                       "\xe6\x96\xb0\xe9\x97\xbb?q=\xc3\xa9#\xc3\xa9",
                                       "caf%C3%A9/%7B1%7D.html",
                                       "a{b}|c^d`e",
                                       "100%zz%",
                                       "a;b=c,d@e!f$g'h(i)*j+k?l=m&n[]=o:p",
                                       "%2e%2E/a%2Fb",
                                       "a%25b%2541" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *expected = g_strconcat ("https://example.org/%C3%A9/\xc3\xa8/", tails[i], NULL);
    const char *bases[] = { "https://example.org/%C3%A9/\xc3\xa8/", "" };
    const char *relative[] = { tails[i], expected };

    for (guint k = 0; k < 2; k++) {
      g_autofree char *text = g_markup_printf_escaped (
          "<rss><channel><link>%s</link><item><link>%s</link></item></channel></rss>", bases[k], relative[k]);
      g_autofree char *link = link_without_base (text);

      g_assert_cmpstr (link, ==, expected);
    }
  }
}

static void
test_field_limit (void)
{
  g_autoptr (TruceFeedDocument) document = parse_many (1, 300000);
  const TruceItem *item = document->items->pdata[0];

  g_assert_cmpuint (strlen (item->summary), <=, 64u << 10);
  g_assert_cmpuint (strlen (item->summary), >, 60000);
  g_assert_true (g_str_has_suffix (item->summary, "…"));
}

/* A whole post for a title: cut there, and whole in the summary where there is no other. */
static void
test_title_limit (void)
{
  g_autofree char *post = g_strnfill (3000, 'x');
  g_autofree char *text = g_strdup_printf ("<rss><channel><title>Posts</title><item><title>%s tariff</title></item>"
                                           "<item><title>%s tariff</title><description>Other</description></item>"
                                           "<item><description>First</description><title>%s tariff</title></item>"
                                           "</channel></rss>",
                                           post, post, post);
  static const char *const summaries[] = { NULL, "Other", "First" };
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (TruceFeedDocument) document = truce_parse_feed (body, NULL, NULL, NULL);

  g_assert_cmpuint (document->items->len, ==, G_N_ELEMENTS (summaries));
  for (guint i = 0; i < G_N_ELEMENTS (summaries); i++) {
    const TruceItem *item = document->items->pdata[i];
    g_assert_cmpuint (strlen (item->title), <=, 1024);
    g_assert_true (g_str_has_suffix (item->title, "x…"));
    if (summaries[i])
      g_assert_cmpstr (item->summary, ==, summaries[i]);
    else
      g_assert_true (g_str_has_suffix (item->summary, "x tariff"));
  }
}

/* However the items are made, the answer fits a frame. */
static void
test_answer_fits (void)
{
  g_autoptr (TruceFeedDocument) document = parse_many (120, 65000);
  g_autoptr (GVariant) answer = g_variant_ref_sink (truce_parse_answer (1, document, ""));

  g_assert_cmpint (document->lack, ==, TRUCE_FEED_LIMITED);
  g_assert_cmpuint (document->items->len, >, 50);
  g_assert_cmpuint (g_variant_get_size (answer), <, 9u << 20);
}

static void
test_body_limit (void)
{
  gsize length = (8u << 20) + 1;
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (length, ' '), length);
  g_autoptr (GError) error = NULL;

  g_assert_null (truce_parse_feed (body, NULL, NULL, &error));
  g_assert_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED);
}

/* Cut at every byte: never a crash, never an item that was not there, and never fewer whole items than before. */
static void
test_every_truncation (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "feeds", "rss-2.0.xml", NULL);
  gsize length;
  g_autofree char *text = read_text (path, &length);
  guint last = 0;

  for (gsize kept = 0; kept <= length; kept++) {
    g_autoptr (GBytes) body = g_bytes_new (text, kept);
    g_autoptr (TruceFeedDocument) document = truce_parse_feed (body, NULL, NULL, NULL);
    guint n = document ? document->items->len : 0;

    g_assert_cmpuint (n, >=, last);
    g_assert_cmpuint (n, <=, 3);
    last = n;
  }
  g_assert_cmpuint (last, ==, 3);
}

static void
add_fixtures (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *name;

  g_assert_nonnull (names);
  while ((name = g_dir_read_name (names))) {
    g_autofree char *test = NULL;

    if (g_str_has_suffix (name, ".expected") || g_str_has_suffix (name, ".http"))
      continue;
    test = g_strdup_printf ("/parse/fixture/%s", name);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_fixture, g_free);
    n++;
  }
  g_assert_cmpuint (n, >, 40);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);
  truce_parse_preload ();
  folder = g_test_build_filename (G_TEST_DIST, "feeds", NULL);
  add_fixtures (folder);
  g_test_add_func ("/parse/item-limit", test_item_limit);
  g_test_add_func ("/parse/field-limit", test_field_limit);
  g_test_add_func ("/parse/title-limit", test_title_limit);
  g_test_add_func ("/parse/no-base", test_no_base);
  g_test_add_func ("/parse/relative-as-written", test_relative_as_written);
  g_test_add_func ("/parse/answer-fits", test_answer_fits);
  g_test_add_func ("/parse/body-limit", test_body_limit);
  g_test_add_func ("/parse/every-truncation", test_every_truncation);
  return g_test_run ();
}
