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
  g_autoptr (GString) text = g_string_new (NULL);

  truce_html_to_text (text, html, strlen (html), markup);
  return truce_text_clean (text->str, (gssize) text->len);
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
  g_test_add_func ("/html/linear", test_linear);
  return g_test_run ();
}
