/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "worker/parse/html.h"

#include <string.h>

typedef struct {
  const char *html;
  const char *text;
} Case;

static char *
text_of (const char *html, TruceMarkup markup)
{
  GString *text = g_string_new (NULL);
  TrucePlain plain;

  truce_plain_begin (&plain, text, strlen (html));
  truce_html_to_text (&plain, html, strlen (html), markup);
  truce_plain_end (&plain, text);
  return g_string_free (text, FALSE);
}

static const Case html_cases[] = {
  { "", "" },
  { "plain", "plain" },
  { "<p>One</p><p>Two</p>", "One Two" },
  { "in<b>side</b> a word", "inside a word" },
  { "a<br>b<br/>c<BR />d", "a b c d" },
  { "<a href=\"x>y\" title='>'>link</a>", "link" },
  { "<a href='unclosed>text</a>", "text" },
  { "before<script>if (a < b) { x('</p>'); }</script>after", "beforeafter" },
  { "<SCRIPT>x</Script>after", "after" },
  { "<style>p { }</style>text", "text" },
  { "<script>never closed", "" },
  { "<script/>text", "text" },
  { "a <!-- <b>comment</b> --> b", "a b" },
  { "a <!-- never closed", "a" },
  { "<![CDATA[<b>]]>text", "<b>text" },
  { "<!DOCTYPE html><?php x ?>text", "text" },
  { "AT&amp;T &lt;3 &quot;x&quot; &apos;y&apos;", "AT&T <3 \"x\" 'y'" },
  { "&eacute;&Eacute;&nbsp;&mdash;&hellip;", "éÉ —…" },
  { "&#233;&#xE9;&#xe9;&#233 &#146;", "ééé\xc3\xa9 ’" },
  { "&#0;&#xD800;&#1114112;&#99999999999;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
  { "&amp;lt;b&amp;gt;", "&lt;b&gt;" },
  { "&unknown; & &; &#; &#x; &amp", "&unknown; & &; &#; &#x; &amp" },
  { "1 < 2 and 3 > 2, <3", "1 < 2 and 3 > 2, <3" },
  { "List<String> and A<B", "List<String> and A<B" },
  { "cut off in <a href=\"http", "cut off in" },
  { "<o:p>office</o:p> <my-tag>custom</my-tag> <foo x=\"1\">attribute</foo>", "office custom attribute" },
  { "<iframe src=x>inside</iframe><svg><title>t</title></svg>seen", "seen" },
  { "\xc2\x93quoted\xc2\x94", "“quoted”" },
};

static const Case text_cases[] = {
  { "How to use <video> and <b>", "How to use <video> and <b>" },
  { "Bold <b>claim</b>", "Bold claim" },
  { "AT&amp;T", "AT&T" },
};

static void
check (const Case *cases, gsize n, TruceMarkup markup)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *text = text_of (cases[i].html, markup);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_html (void)
{
  check (html_cases, G_N_ELEMENTS (html_cases), TRUCE_MARKUP_HTML);
}

static void
test_text (void)
{
  static const Case none = { "<b>&amp;</b>", "<b>&amp;</b>" };

  check (text_cases, G_N_ELEMENTS (text_cases), TRUCE_MARKUP_TEXT);
  check (&none, 1, TRUCE_MARKUP_NONE);
}

/* Whatever the pieces, and however they lie to the eight bytes that are looked at together, clean text is what
 * truce_text_clean() makes. */
static void
test_plain (void)
{
  static const char *const pieces[] = {
    "a",
    "word",
    " ",
    "  ",
    "\t",
    "\n",
    "<",
    "&",
    ">",
    "\x01",
    "\x7f",
    "\x1b",
    "é",
    "가",
    "中文",
    "あ",
    "😀",
    "\xc2\xa0",
    "\xc3",
    "\xe4\xb8",
    "\xff",
    "\xed\xa0\x80",
    "\xe2\x80\x8f",
    "’",
    "\xd8\x9c",
    "\xe3\x80\x80",
    "\xe1\x9a\x80",
    "\xef\xbb\xbf",
    "\xf4\x90\x80\x80",
    "ﻩ",
    "ۀ",
  };

  for (int round = 0; round < 20000; round++) {
    g_autoptr (GString) raw = g_string_new (NULL);
    g_autofree char *text = NULL, *clean = NULL;
    gboolean plain_words = g_test_rand_bit ();

    for (int i = g_test_rand_int_range (0, 24); i > 0; i--)
      g_string_append (raw, pieces[g_test_rand_int_range (0, plain_words ? 8 : (int) G_N_ELEMENTS (pieces))]);
    text = text_of (raw->str, TRUCE_MARKUP_NONE);
    clean = truce_text_clean (raw->str, -1);
    g_assert_cmpstr (text, ==, clean);
  }
}

/* Whatever is behind a lead of two or three bytes. U+0080 to U+009F are what windows-1252 has there. */
static void
test_sequences (void)
{
  for (guint bytes = 0xc000; bytes <= 0xefffff; bytes = bytes == 0xdfff ? 0xe00000 : bytes + 1) {
    const char three[] = { (char) (bytes >> 16), (char) (bytes >> 8), (char) bytes, 'a', '\0' };
    const char *raw = bytes < 0x10000 ? three + 1 : three;
    gboolean tails = ((guchar) three[2] & 0xc0) == 0x80 && (bytes < 0x10000 || ((guchar) three[1] & 0xc0) == 0x80);
    g_autofree char *text = NULL, *clean = NULL;

    if (!tails || (bytes >= 0xc280 && bytes <= 0xc29f))
      continue;
    text = text_of (raw, TRUCE_MARKUP_NONE);
    clean = truce_text_clean (raw, -1);
    g_assert_cmpstr (text, ==, clean);
  }
}

static void
test_undouble (void)
{
  static const Case doubled[] = {
    { "Ã©tÃ©", "été" },
    { "â€œquotedâ€\xc2\x9d and â€™", "“quoted” and ’" },
    { "FÃ¼nf Tote", "Fünf Tote" },
    { "æ—¥æœ¬", "日本" },
  };
  static const char *const single[] = { "été", "Ã", "Ã©tÃ© 日本", "Fünf “Tote”", "\xff", "déjà vu" };
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (doubled); i++) {
    g_autofree char *text = truce_plain_undouble (doubled[i].html, strlen (doubled[i].html), &length);

    g_assert_cmpstr (text, ==, doubled[i].text);
    g_assert_cmpuint (length, ==, strlen (text));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (single); i++)
    g_assert_null (truce_plain_undouble (single[i], strlen (single[i]), &length));
}

/* Input made to have every '<' look for an end that is not there must not take time that grows with its square. */
static void
test_linear (void)
{
  static const char *const units[] = { "<a ", "<a \"",   "<a='",      "<script>", "<!--",
                                       "</",  "<a x='>", "<a x=\"'>", "&#",       "&a" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    GString *html = g_string_new (NULL);
    g_autofree char *text = NULL;

    while (html->len < 400000)
      g_string_append (html, units[i]);
    g_test_timer_start ();
    text = text_of (html->str, TRUCE_MARKUP_HTML);
    g_assert_cmpfloat (g_test_timer_elapsed (), <, 5.0);
    g_string_free (html, TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html/html", test_html);
  g_test_add_func ("/html/text", test_text);
  g_test_add_func ("/html/plain", test_plain);
  g_test_add_func ("/html/sequences", test_sequences);
  g_test_add_func ("/html/undouble", test_undouble);
  g_test_add_func ("/html/linear", test_linear);
  return g_test_run ();
}
