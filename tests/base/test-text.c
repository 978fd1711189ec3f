/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"

static void
test_clean_table (void)
{
  static const struct {
    const char *text, *clean;
  } table[] = {
    { "", "" },
    { "  Trade \t\r\n talks  ", "Trade talks" },
    { "a\xc2\xa0\xc2\xa0"
      "b",
      "a b" },
    { "\x1b[31mred\x1b[0m", "[31mred[0m" },
    { "bell\a, del\x7f, nel\xc2\x85line", "bell, del, nel line" },
    { "\xe2\x80\xae"
      "evil\xe2\x80\xac \xe2\x81\xa6x\xe2\x81\xa9",
      "evil x" },
    { "\xef\xbb\xbftitle", "title" },
    { "bad \xff\xfe bytes \xc3", "bad \xef\xbf\xbd\xef\xbf\xbd bytes \xef\xbf\xbd" },
    { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
    { "틱톡\xe3\x80\x80稀土", "틱톡 稀土" },
    { "e\xcc\x81", "e\xcc\x81" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *clean = truce_text_clean (table[i].text, -1);
    g_assert_cmpstr (clean, ==, table[i].clean);
  }
  g_autofree char *nul = truce_text_clean ("a\0b", 3);
  g_assert_cmpstr (nul, ==, "ab");
}

/* Whatever the bytes, what comes out is valid, clean, and cleaning it again changes nothing. */
static void
test_clean_property (void)
{
  for (int round = 0; round < 20000; round++) {
    char bytes[64];
    gssize length = g_test_rand_int_range (0, sizeof bytes);
    for (gssize i = 0; i < length; i++)
      bytes[i] = (char) g_test_rand_int_range (0, 256);
    g_autofree char *clean = truce_text_clean (bytes, length);
    g_autofree char *again = truce_text_clean (clean, -1);
    g_assert_true (g_utf8_validate (clean, -1, NULL));
    g_assert_cmpstr (again, ==, clean);
    g_assert_true (truce_text_is_clean (clean, strlen (clean)));
    for (const char *p = clean; *p; p++)
      g_assert_true ((guchar) *p >= ' ' && *p != 0x7f);
    g_assert_null (strstr (clean, "  "));
    g_assert_false (g_str_has_suffix (clean, " "));
  }
}

/* The same answer as cleaning gives, for what may come near each limit of the rule. */
static void
test_is_clean_property (void)
{
  static const char *const parts[] = { "a",      "b",      " ",        " ",          "é",  "稀",
                                       "\u2014", "\u202e", "\xc2\xa0", "\xc2\x85",   "\t", "\x7f",
                                       "\xc3",   "\u3000", "\ufeff",   "\U0001f600", "" };

  for (int round = 0; round < 20000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (int left = g_test_rand_int_range (0, 6); left > 0; left--)
      g_string_append (text, parts[g_test_rand_int_range (0, round % 2 ? 7 : G_N_ELEMENTS (parts))]);
    g_autofree char *clean = truce_text_clean (text->str, (gssize) text->len);
    g_assert_cmpint (truce_text_is_clean (text->str, text->len), ==, strcmp (clean, text->str) == 0);
  }
  g_assert_false (truce_text_is_clean ("a\0b", 3));
}

static void
test_cut_and_fit (void)
{
  const char *const text = "déjà vu 稀土";

  for (gsize n = 0; n <= strlen (text) + 1; n++) {
    g_autofree char *cut = truce_text_cut (text, n);
    g_autofree char *fit = truce_text_fit (text, n);
    g_assert_cmpuint (strlen (cut), <=, n);
    g_assert_true (g_utf8_validate (cut, -1, NULL));
    g_assert_cmpuint (truce_text_columns (fit), <=, n);
    g_assert_true (g_utf8_validate (fit, -1, NULL));
  }
  g_autofree char *fit = truce_text_fit ("rare earths", 6);
  g_assert_cmpstr (fit, ==, "rare…");
  g_assert_cmpuint (truce_text_columns ("稀土"), ==, 4);
  g_assert_cmpuint (truce_text_columns ("e\xcc\x81"), ==, 1);
}

static void
test_escape (void)
{
  g_autofree char *escaped = truce_text_escape_markup ("AT&T <b>\"R&D\"</b>");

  g_assert_cmpstr (escaped, ==, "AT&amp;T &lt;b&gt;\"R&amp;D\"&lt;/b&gt;");
}

static void
test_nearest (void)
{
  static const char *const known[] = { "title", "due", "starts", "lead", "remind-at", "match", NULL };

  g_assert_cmpstr (truce_text_nearest ("titel", known), ==, "title");
  g_assert_cmpstr (truce_text_nearest ("START", known), ==, "starts");
  g_assert_cmpstr (truce_text_nearest ("remindat", known), ==, "remind-at");
  g_assert_cmpstr (truce_text_nearest ("de", known), ==, "due");
  g_assert_null (truce_text_nearest ("colour", known));
  g_autofree char *longer = g_strnfill (100000, 't');
  g_assert_null (truce_text_nearest (longer, known));
}

static void
test_hash (void)
{
  /* SHA-256 of nothing and of "abc" begin so (FIPS 180-4): the store keeps these numbers. */
  g_assert_cmphex (truce_hash64 ("", -1), ==, 0xe3b0c44298fc1c14u);
  g_assert_cmphex (truce_hash64 ("abc", -1), ==, 0xba7816bf8f01cfeau);
  g_assert_cmphex (truce_hash64 ("abcd", 3), ==, 0xba7816bf8f01cfeau);
  for (gsize length = 0; length <= 300; length++) { /* what is kept in stores rests on it */
    g_autofree char *text = g_malloc (length + 1), *digest = NULL;
    char hex[17];
    for (gsize i = 0; i < length; i++)
      text[i] = (char) g_test_rand_int ();
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
    g_snprintf (hex, sizeof hex, "%016" G_GINT64_MODIFIER "x", truce_hash64 (text, (gssize) length));
    digest[sizeof hex - 1] = '\0';
    g_assert_cmpstr (hex, ==, digest);
  }
}

/* The store has such ones: they must not change from release to release. */
static void
test_fingerprint (void)
{
  guint8 bytes[67] = { 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  g_assert_cmphex (truce_fingerprint64 (NULL, 0), ==, 0x96efaa916bbe48dau);
  g_assert_cmphex (truce_fingerprint64 ("abc", 3), ==, 0x7bd9527e18619a51u);
  g_assert_cmphex (truce_fingerprint64 ("A tariff truce ends in 90 days", 30), ==, 0xe1ad69b86c3e4885u);
  /* Zeros of every length, and every bit of them turned, are all different. */
  for (gsize length = 0; length <= sizeof bytes; length++)
    for (gsize bit = 0; bit <= length * 8; bit++) {
      guint64 *hash = g_new (guint64, 1);

      if (bit > 0)
        bytes[(bit - 1) / 8] = (guint8) (1u << (bit - 1) % 8);
      *hash = truce_fingerprint64 (bytes, length);
      g_assert_true (g_hash_table_add (seen, hash));
      memset (bytes, 0, sizeof bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/clean", test_clean_table);
  g_test_add_func ("/text/clean/any-bytes", test_clean_property);
  g_test_add_func ("/text/is-clean", test_is_clean_property);
  g_test_add_func ("/text/cut-and-fit", test_cut_and_fit);
  g_test_add_func ("/text/escape", test_escape);
  g_test_add_func ("/text/nearest", test_nearest);
  g_test_add_func ("/text/hash", test_hash);
  g_test_add_func ("/text/fingerprint", test_fingerprint);
  return g_test_run ();
}
