/* SPDX-License-Identifier: MIT */
/* What makes two addresses one, and what does not. */
#include "news/address.h"

/* Each line's addresses are all the same page. */
static const char *const same[][4] = {
  { "https://example.org/a", "http://example.org/a", "HTTPS://WWW.Example.ORG:443/a",
    "http://user:pw@example.org./a/" },
  { "https://example.org/a?utm_source=rss&utm_medium=feed", "https://example.org/a?fbclid=IwAR0&gclid=1#utm_source=x",
    "https://example.org/a?", "https://example.org/a#0" },
  { "https://example.org/a?id=5&utm_campaign=x", "https://example.org/a?UTM_Source=rss&id=5",
    "https://example.org/a?id=5", "https://example.org/a?id=5&ref=rss&mod=rss_markets_main&partner=rss&emc=rss" },
  { "https://example.org/%7euser/%e2%82%ac", "https://example.org/~user/%E2%82%AC", NULL, NULL },
  { "https://example.org/", "http://www.example.org", "https://example.org?utm_source=feed",
    "https://example.org/?rss=1" },
  { "https://bbc.example/news/1?at_medium=RSS&at_campaign=KARANGA", "https://bbc.example/news/1#3", NULL, NULL },
  { "https://example.org/a?b=1;c=2", "https://example.org/a?b=1&c=2", NULL, NULL },
};

/* Each is a page of its own. */
static const char *const different[] = {
  "https://example.org/a",
  "https://example.org/A",
  "https://example.org/a/b",
  "https://example.org:8443/a",
  "https://sub.example.org/a",
  "https://example.org/a?id=5",
  "https://example.org/a?id=6",
  "https://example.org/a?ref=main",
  "https://example.org/a?source=reuters",
  "https://example.org/changes#v1.2",
  "https://example.org/changes#v1.3",
  "https://example.org/a%2Fb",
  "https://example.org/%zz",
};

static void
test_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *first = truce_address_normal (same[i][0]);
    for (guint j = 1; j < G_N_ELEMENTS (same[i]) && same[i][j]; j++) {
      g_autofree char *other = truce_address_normal (same[i][j]);
      g_assert_cmpstr (other, ==, first);
    }
  }
}

static void
test_different (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (different); i++) {
    char *normal = truce_address_normal (different[i]);
    g_assert_nonnull (normal);
    g_test_message ("%s: %s", different[i], normal);
    g_assert_true (g_hash_table_add (known, normal));
  }
}

static void
test_none (void)
{
  static const char *const none[] = {
    "", "example.org/a", "ftp://example.org/", "urn:uuid:1", "http://", "mailto:a@b"
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (truce_address_normal (none[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/same", test_same);
  g_test_add_func ("/address/different", test_different);
  g_test_add_func ("/address/none", test_none);
  return g_test_run ();
}
