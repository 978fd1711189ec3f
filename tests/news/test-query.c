/* SPDX-License-Identifier: MIT */
/* How queries are read, and where the ones that cannot be are said to go wrong. */
#include <string.h>

#include "news/query.h"

typedef struct {
  const char *query;
  const char *reading;
} Reading;

static const Reading readings[] = {
  /* words */
  { "truce", "truce" },
  { "  Truce\t", "truce" },
  { "\xc2\xa0truce\xe3\x80\x80", "truce" },
  { "STRASSE Straße", "strasse AND strasse" },
  { "ＡＩ", "ai" },
  { "cafe\xcc\x81", "café" },
  { "TikTok™", "tiktok" },
  { "fen\xc2\xadtanyl", "fentanyl" },
  { "90", "90" },
  { "12:01", "\"12 01\"" },
  { "or and not", "or AND and AND not" },
  { "near", "near" },
  { "ORbit NOTe ANDes NEARly", "orbit AND note AND andes AND nearly" },
  /* bare terms with punctuation inside are phrases */
  { "US-China", "\"us china\"" },
  { "US\xe2\x80\x93"
    "China",
    "\"us china\"" },
  { "U.S.-China's", "\"us china s\"" },
  { "U.S.", "us" },
  { "U.S", "us" },
  { "a.b.cd", "\"ab cd\"" },
  { "AT&T", "\"at t\"" },
  { "and/or", "\"and or\"" },
  { "\xe2\x80\x98tis", "tis" },
  { "20%", "20" },
  { "'truce'", "truce" },
  /* prefixes */
  { "divest*", "divest*" },
  { "rare-earth*", "\"rare earth*\"" },
  { "\"vitamin c*\"", "\"vitamin c*\"" },
  { "희토*", "*희토*" },
  { "美*", "*美*" },
  { "é́l＊", "é́l*" },
  /* phrases */
  { "\"rare earth\"", "\"rare earth\"" },
  { "\"rare,  EARTH!\"", "\"rare earth\"" },
  { "“rare earth”", "\"rare earth\"" },
  { "„rare earth“", "\"rare earth\"" },
  { "＂rare earth＂", "\"rare earth\"" },
  { "\"truce\"", "truce" },
  { "\"OR\"", "or" },
  { "\"a (b | c) -d\"", "\"a b c d\"" },
  { "a\"b c\"d", "a AND \"b c\" AND d" },
  { "\"/x/\"", "x" },
  /* scripts without spaces */
  { "희토류", "*희토류*" },
  { "稀土", "*稀土*" },
  { "美国AI芯片", "\"*美国 ai 芯片*\"" },
  { "AI芯片", "\"ai 芯片*\"" },
  { "芯片AI", "\"*芯片 ai\"" },
  { "ﾚｱｱｰｽ", "*レアアース*" },
  { "\"틱톡 매각\"", "\"*틱톡 매각*\"" },
  { "희토류 rare", "*희토류* AND rare" },
  { "2025年", "\"2025 年*\"" },
  /* operators */
  { "a b", "a AND b" },
  { "a AND b", "a AND b" },
  { "a | b", "a OR b" },
  { "a|b", "a OR b" },
  { "a OR b", "a OR b" },
  { "a ｜ b", "a OR b" },
  { "a b | c d", "(a AND b) OR (c AND d)" },
  { "a (b | c)", "a AND (b OR c)" },
  { "a | b | c", "a OR b OR c" },
  { "（a ｜ b） c", "(a OR b) AND c" },
  { "(a)(b)", "a AND b" },
  { "((a))", "a" },
  { "a -b", "a AND NOT b" },
  { "a NOT b", "a AND NOT b" },
  { "NOT a b", "NOT a AND b" },
  { "a -b c", "a AND NOT b AND c" },
  { "a -(b | c)", "a AND NOT (b OR c)" },
  { "a -(b c) | d", "(a AND NOT (b AND c)) OR d" },
  { "a −b", "a AND NOT b" },
  { "a –b", "a AND NOT b" },
  { "a－b", "\"a b\"" },
  { "-(-a)", "NOT NOT a" },
  { "--a", "NOT NOT a" },
  { "a -\"b c\"", "a AND NOT \"b c\"" },
  { "a AND NOT b", "a AND NOT b" },
  { "a AND -b", "a AND NOT b" },
  { "(truce | tariff*) (China | Beijing)", "(truce OR tariff*) AND (china OR beijing)" },
  { "TikTok (sale | sell | divest* | ByteDance)", "tiktok AND (sale OR sell OR divest* OR bytedance)" },
  { "\"rare earth\" | \"critical mineral\" | 희토류 | 稀土",
    "\"rare earth\" OR \"critical mineral\" OR *희토류* OR *稀土*" },
  /* exact case */
  { "=AI", "=AI" },
  { "=U.S.", "=US" },
  { "=\"May Day\"", "=\"May Day\"" },
  { "=Tik*", "=Tik*" },
  { "a -=AI", "a AND NOT =AI" },
  /* fields */
  { "title:truce", "title:truce" },
  { "title:=AI", "title:=AI" },
  { "title:\"rare earth\"", "title:\"rare earth\"" },
  { "title:(a | b) c", "(title:a OR title:b) AND c" },
  { "title:(a (b | c))", "title:a AND (title:b OR title:c)" },
  { "-author:doe a", "NOT author:doe AND a" },
  { "title：truce", "title:truce" },
  { "url:ustr.gov/press", "url:\"ustr gov press\"" },
  { "url:https://ustr.gov", "url:\"https ustr gov\"" },
  { "feed:ustr-press", "feed:\"ustr press\"" },
  { "tag:trade tag:china", "tag:trade AND tag:china" },
  { "tag:무역", "tag:무역" },
  { "summary:稀土", "summary:*稀土*" },
  { "\"title:truce\"", "\"title truce\"" },
  /* NEAR */
  { "a NEAR/5 b", "a NEAR/5 b" },
  { "a NEAR b", "a NEAR/10 b" },
  { "a NEAR/0 \"b c\" d", "(a NEAR/0 \"b c\") AND d" },
  { "a NEAR/5 b | c", "(a NEAR/5 b) OR c" },
  { "-a NEAR/5 b c", "NOT (a NEAR/5 b) AND c" },
  { "(truce | =US) NEAR/100 (extend* | (x | y))", "(truce OR =US) NEAR/100 (extend* OR (x OR y))" },
  { "title:(a NEAR/5 b)", "title:a NEAR/5 title:b" },
  { "title:a NEAR/5 b", "title:a NEAR/5 b" },
  { "\"NEAR/5\"", "\"near 5\"" },
  { "a b -(a NEAR/5 b)", "a AND b AND NOT (a NEAR/5 b)" },
  /* regular expressions */
  { "/tariffs?/", "/tariffs?/" },
  { "title:/^US \\d+%/i", "title:/^US \\d+%/i" },
  { "title:(/a b/ c)", "title:/a b/ AND title:c" },
  { "a -/b|c/", "a AND NOT /b|c/" },
  { "(/a\\/b/)", "/a\\/b/" },
  { "a/b", "\"a b\"" },
  /* what looks impossible and is not */
  { "a -\"a b\"", "a AND NOT \"a b\"" },
  { "\"rare earth\" -arth", "\"rare earth\" AND NOT arth" },
  { "feed:bb* -feed:bb", "feed:bb* AND NOT feed:bb" },
  { "tariff* -tariff", "tariff* AND NOT tariff" },
  { "a -title:a", "a AND NOT title:a" },
  { "a -=A", "a AND NOT =A" },
  { "(a | b) -a", "(a OR b) AND NOT a" },
  { "AI -AI芯片", "ai AND NOT \"ai 芯片*\"" },
  { "tag:a tag:b", "tag:a AND tag:b" },
  { "feed:bb* feed:bbc", "feed:bb* AND feed:bbc" },
  { "稀土 -稀土类", "*稀土* AND NOT *稀土类*" },
};

static void
test_readings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TruceQuery) query = truce_query_parse (readings[i].query, &error);
    g_test_message ("%s", readings[i].query);
    g_assert_no_error (error);
    g_autofree char *reading = truce_query_reading (query);
    g_assert_cmpstr (reading, ==, readings[i].reading);
    g_assert_cmpstr (truce_query_text (query), ==, readings[i].query);
  }
}

typedef struct {
  const char *query;
  guint character;
  const char *reason; /* a part of it */
} Refusal;

static const Refusal refusals[] = {
  { "", 1, "empty" },
  { " \t", 1, "empty" },
  { "|", 1, "before |" },
  { "| a", 1, "before |" },
  { "OR a", 1, "before OR" },
  { "AND a", 1, "before AND" },
  { "a (OR b)", 4, "before OR" },
  { "a |", 3, "follows |" },
  { "a OR ", 3, "follows OR" },
  { "a AND", 3, "follows AND" },
  { "a AND AND b", 3, "follows AND" },
  { "a || b", 3, "follows |" },
  { "희토류 | | b", 5, "follows |" },
  { "(a |) b", 4, "follows |" },
  { "()", 1, "nothing in" },
  { "a ( ) b", 3, "nothing in" },
  { "(", 1, "not closed" },
  { "a ( ", 3, "not closed" },
  { "title:(", 7, "not closed" },
  { "(a", 1, "not closed" },
  { "a (b (c)", 3, "not closed" },
  { "a)", 2, "closes nothing" },
  { ")", 1, "closes nothing" },
  { "희토류)", 4, "closes nothing" },
  { "(a))", 4, "closes nothing" },
  { "\"a", 1, "not closed" },
  { "cafe\xcc\x81 \"a", 7, "not closed" },
  { "a\"", 2, "not closed" },
  { "\"\"", 1, "no words" },
  { "a \" \"", 3, "no letters" },
  { "a \"-\"", 3, "no letters" },
  { "a & b", 3, "\"&\" has no letters" },
  { "😀", 1, "no letters" },
  { "-", 1, "directly before" },
  { "a - b", 3, "directly before" },
  { "a -", 3, "directly before" },
  { "a -)", 3, "directly before" },
  { "NOT", 1, "follows NOT" },
  { "a NOT ", 3, "follows NOT" },
  { "a NOT OR b", 7, "before OR" },
  { "=", 1, "directly before" },
  { "a = b", 3, "directly before" },
  { "a =(b)", 3, "directly before" },
  { "a*", 1, "nearly everything" },
  { "b a*", 3, "nearly everything" },
  { "*", 1, "directly follow" },
  { "a *", 3, "directly follow" },
  { "*a", 1, "only stand at the end" },
  { "di*st", 3, "only stand at the end" },
  { "divest**", 7, "only stand at the end" },
  { "\"rare* earth\"", 6, "only stand at the end" },
  { "\"rare *\"", 7, "directly follow" },
  { "titel:a", 1, "did you mean \"title:\"" },
  { "a foo:b", 3, "no field \"foo:\"" },
  { "http://example.org", 1, "no field \"http:\"" },
  { "title:", 1, "follows \"title:\"" },
  { "a title: b", 3, "follows \"title:\"" },
  { "title:()", 7, "nothing in" },
  { "title:(summary:a)", 8, "inside title:" },
  { "title:title:a", 7, "behind title:" },
  { "=title:AI", 1, "directly before" },
  /* NEAR */
  { "NEAR b", 1, "before NEAR" },
  { "a | NEAR/5 b", 3, "follows |" },
  { "a NEAR", 3, "follows NEAR" },
  { "a NEAR/5", 3, "follows NEAR" },
  { "a NEAR/ b", 3, "number of words" },
  { "a NEAR/x b", 3, "number of words" },
  { "a NEAR/-1 b", 3, "number of words" },
  { "a NEAR/101 b", 3, "0 to 100" },
  { "a NEAR/99999999999999999999 b", 3, "0 to 100" },
  { "a NEAR/5 -b", 3, "joins two words" },
  { "a NEAR/5 NOT b", 3, "joins two words" },
  { "a NEAR/5 (b c)", 3, "joins two words" },
  { "(a -b) NEAR/5 c", 8, "joins two words" },
  { "(a | -b) NEAR/5 c", 10, "joins two words" },
  { "a NEAR/5 /b/", 3, "joins two words" },
  { "a NEAR/5 feed:b", 3, "joins two words" },
  { "a NEAR/5 b NEAR/5 c", 12, "joins two: write" },
  { "title:a NEAR/5 summary:b", 9, "different fields" },
  { "-(a NEAR/5 b)", 1, "nearly everything" },
  { "(a NEAR/5 b) -a", 15, "can never match" },
  /* regular expressions */
  { "/a", 1, "not closed" },
  { "b /a\\/", 3, "not closed" },
  { "/a/g", 4, "only i" },
  { "/a/ii", 5, "only i" },
  { "희토류 /a(b/", 9, "missing closing parenthesis" },
  { "희토류 /é+(?<n/", 12, "regular expression" },
  { "/(a+)+$/", 2, "too costly" },
  { "/([a-z ]*)*x/i", 2, "too costly" },
  { "/(\\w+\\s?)+!/", 2, "too costly" },
  { "//", 2, "empty text" },
  { "/a*/", 2, "nearly everything" },
  { "/\\C/", 4, "\\C" },
  { "-/b/", 1, "nearly everything" },
  { "ab\xff"
    "c",
    3, "UTF-8" },
  { "é\xff", 2, "UTF-8" },
  /* matches nearly everything */
  { "-a", 1, "nearly everything" },
  { "NOT a", 1, "nearly everything" },
  { "a | -b", 5, "nearly everything" },
  { "-a -b", 1, "nearly everything" },
  { "(a | NOT b) | c", 6, "nearly everything" },
  { "-(a b)", 1, "nearly everything" },
  { "(a | -b) (c | -d)", 6, "nearly everything" },
  /* can never match */
  { "a -a", 4, "can never match" },
  { "a NOT A", 7, "can never match" },
  { "a (b -a)", 7, "can never match" },
  { "-a b a", 6, "can never match" },
  { "tariff -tariff*", 9, "can never match" },
  { "tariffs -tariff*", 10, "can never match" },
  { "\"rare earth\" -earth", 15, "can never match" },
  { "AI芯片 -AI", 7, "can never match" },
  { "稀土类 -稀土", 6, "can never match" },
  { "title:a -a", 10, "can never match" },
  { "=AI -ai", 6, "can never match" },
  { "(a | b) -a -b", 10, "can never match" },
  { "(a -a) | (b -b)", 5, "can never match" },
  { "feed:a feed:b", 8, "can never match" },
  { "feed:bbc -feed:bb*", 11, "can never match" },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *place = g_strdup_printf ("character %u: ", refusals[i].character);
    g_autoptr (TruceQuery) query = truce_query_parse (refusals[i].query, &error);
    g_autofree char *shown = g_strescape (refusals[i].query, NULL);
    g_test_message ("%s", shown);
    g_assert_null (query);
    g_assert_error (error, TRUCE_QUERY_ERROR, TRUCE_QUERY_ERROR_SYNTAX);
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, place));
    g_assert_nonnull (strstr (error->message, refusals[i].reason));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

static char *
repeated (const char *before, const char *text, guint n, const char *after)
{
  GString *all = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  g_string_append (all, after);
  return g_string_free (all, FALSE);
}

static void
check_limit (char *text, gboolean refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceQuery) query = truce_query_parse (text, &error);

  g_assert_true ((query == NULL) == refused);
  if (refused)
    g_assert_error (error, TRUCE_QUERY_ERROR, TRUCE_QUERY_ERROR_LIMIT);
  else
    g_assert_no_error (error);
  g_free (text);
}

static void
test_limits (void)
{
  g_autofree char *deep = repeated ("", "(", TRUCE_QUERY_DEPTH_MAX, "a");
  g_autofree char *closed = repeated (deep, ")", TRUCE_QUERY_DEPTH_MAX, "");

  check_limit (g_strdup (closed), FALSE);
  check_limit (g_strdup_printf ("(%s)", closed), TRUE);
  /* Side by side is not nested. */
  check_limit (repeated ("", "(a) ", 2 * TRUCE_QUERY_DEPTH_MAX, ""), FALSE);
  check_limit (repeated ("a ", "-b ", 2 * TRUCE_QUERY_DEPTH_MAX, ""), FALSE);
  check_limit (repeated ("", "(", TRUCE_QUERY_TEXT_MAX, ""), TRUE);
  check_limit (repeated ("", "-", TRUCE_QUERY_TEXT_MAX - 1, "a"), TRUE);
  check_limit (repeated ("", "NOT ", 2000, "a"), TRUE);
  check_limit (repeated ("", "a ", TRUCE_QUERY_TERMS_MAX, ""), FALSE);
  check_limit (repeated ("", "a ", TRUCE_QUERY_TERMS_MAX, "b"), TRUE);
  check_limit (repeated ("", "x", TRUCE_QUERY_TEXT_MAX, ""), FALSE);
  check_limit (repeated ("", "x", TRUCE_QUERY_TEXT_MAX + 1, ""), TRUE);
}

/* Whether a query can match is a hard question at worst: no query may take long over it. */
static void
test_hard (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "(a%u | b%u) ", i % 20, (i * 7 + 3) % 20);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "(-a%u | -b%u) ", (i * 3) % 20, (i * 11 + 1) % 20);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (TruceQuery) query = truce_query_parse (text->str, NULL);
  g_test_message ("%s", query ? "taken" : "refused");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/readings", test_readings);
  g_test_add_func ("/query/refusals", test_refusals);
  g_test_add_func ("/query/limits", test_limits);
  g_test_add_func ("/query/hard", test_hard);
  return g_test_run ();
}
