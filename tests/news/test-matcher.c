/* SPDX-License-Identifier: MIT */
/* What a query finds and what it does not, and the words that are shown for it. */
#include <string.h>

#include "news/matcher.h"

typedef struct {
  const char *query;
  const char *title;
  const char *summary;
  const char *matched; /* the words, with '/' between; NULL: no match */
} Case;

static const Case cases[] = {
  /* Whole words, whatever their case and their neighbours. */
  { "truce", "The truce holds", "", "truce" },
  { "TRUCE", "A Truce, at last", "", "Truce" },
  { "truce", "Truces were signed", "", NULL },
  { "truce", "", "(truce)", "truce" },
  { "AI", "He said it again", "maintain", NULL },
  { "AI", "AI: what now?", "", "AI" },
  { "ai", "On \"AI\"", "and ai", "AI" },
  { "90", "In 90 days", "", "90" },
  { "90", "In 1990", "", NULL },
  { "90-day", "A 90-day truce", "", "90-day" },
  { "90-day", "A 90 day truce", "", "90 day" },
  { "90-day", "90 more days", "", NULL },
  { "R&D", "R&D money", "", "R&D" },
  { "TikTok", "TikTok\xe2\x84\xa2 sold", "", "TikTok" },
  /* Both texts count, but no phrase crosses from one into the other. */
  { "truce China", "Truce", "with China", "Truce/China" },
  { "\"truce China\"", "Truce", "China", NULL },
  { "\"rare earth\"", "Exports of rare", "earth and more", NULL },
  { "\"rare earth\"", "Exports", "of rare earth and more", "rare earth" },
  /* Phrases: any blanks and punctuation between, nothing else. */
  { "\"rare earth\"", "Rare-earth magnets", "", "Rare-earth" },
  { "\"rare earth\"",
    "rare\xc2\xa0"
    "earth magnets",
    "",
    "rare\xc2\xa0"
    "earth" },
  { "\"rare earth\"",
    "rare\xe2\x80\x91"
    "earth",
    "",
    "rare\xe2\x80\x91"
    "earth" },
  { "\"rare earth\"", "rare blue earth", "", NULL },
  { "\"rare earth\"", "rare earths", "", NULL },
  { "\"rare earth export\"", "Rare earth exports", "", NULL },
  { "\"rare earth export*\"", "Rare earth exports", "", "Rare earth exports" },
  { "\"rare earth export\"", "Rare earth", "export", NULL },
  { "\"rare earth*\"", "Rare earths", "", "Rare earths" },
  { "\"rare earth\"", "earth rare earth", "", "rare earth" },
  { "rare-earth", "rare earth", "", "rare earth" },
  { "\"rare rare earth\"", "rare rare rare earth", "", "rare rare earth" },
  /* Apostrophes and quotes of any kind. */
  { "China", "China's exports", "", "China" },
  { "China", "China\xe2\x80\x99s exports", "", "China" },
  { "China's", "China\xe2\x80\x99s exports", "", "China\xe2\x80\x99s" },
  { "China's", "China exports", "", NULL },
  { "O\xe2\x80\x99"
    "Brien",
    "O'Brien said", "", "O'Brien" },
  /* Initials. */
  { "US", "The U.S. and China", "", "U.S." },
  { "U.S.", "The US and China", "", "US" },
  { "US-China", "U.S.-China talks", "", "U.S.-China" },
  { "US-China",
    "US\xe2\x80\x93"
    "China talks",
    "",
    "US\xe2\x80\x93"
    "China" },
  { "US-China", "US, China agree", "", "US, China" },
  { "US-China", "US and China", "", NULL },
  { "\"12:01 am\"", "At 12:01 a.m. on Tuesday", "", "12:01 a.m." },
  { "B", "Plan B.Sc", "", "B" },
  { "bsc", "Plan B.Sc", "", NULL },
  /* Beginnings. */
  { "divest*", "Divestiture of TikTok", "", "Divestiture" },
  { "divest*", "to divest, divesting and divestment", "", "divest/divesting/divestment" },
  { "divest*", "dives", "", NULL },
  { "divest*", "undivested", "", NULL },
  { "tariff*", "Tariffs, tariff, TARIFFS", "", "Tariffs/tariff" },
  { "\xc3\xa9l*",
    "\xc3\x89lys\xc3\xa9"
    "e",
    "",
    "\xc3\x89lys\xc3\xa9"
    "e" },
  /* Unicode: composed, decomposed, full-width, ligatures, case that changes length; accents count. */
  { "caf\xc3\xa9", "Cafe\xcc\x81 open", "", "Cafe\xcc\x81" },
  { "cafe\xcc\x81", "CAF\xc3\x89 open", "", "CAF\xc3\x89" },
  { "cafe", "caf\xc3\xa9", "", NULL },
  { "caf\xc3\xa9", "cafe", "", NULL },
  { "AI", "\xef\xbc\xa1\xef\xbc\xa9 chips", "", "\xef\xbc\xa1\xef\xbc\xa9" },
  { "strasse",
    "Die Stra\xc3\x9f"
    "e",
    "",
    "Stra\xc3\x9f"
    "e" },
  { "fiscal", "\xef\xac\x81scal year", "", "\xef\xac\x81scal" },
  { "\xce\xb1\xce\xb8\xce\xb7\xce\xbd\xce\xb1\xcf\x82", "\xce\x91\xce\x98\xce\x97\xce\x9d\xce\x91\xce\xa3", "",
    "\xce\x91\xce\x98\xce\x97\xce\x9d\xce\x91\xce\xa3" },
  { "fentanyl", "fen\xc2\xadtanyl", "", "fen\xc2\xadtanyl" },
  { "\xd1\x82\xd0\xb0\xd1\x80\xd0\xb8\xd1\x84*", "\xd0\xa2\xd0\x90\xd0\xa0\xd0\x98\xd0\xa4\xd0\xab", "",
    "\xd0\xa2\xd0\x90\xd0\xa0\xd0\x98\xd0\xa4\xd0\xab" },
  /* Scripts without spaces: anywhere inside a run of them, beside Latin or not. */
  { "희토류", "중국 희토류를 통제", "", "희토류" },
  { "틱톡", "틱톡을 매각", "", "틱톡" },
  { "틱톡", "미국틱톡이", "", "틱톡" },
  { "틱톡 매각", "매각된 틱톡", "", "매각/틱톡" },
  { "\"틱톡 매각\"", "틱톡 매각설", "", "틱톡 매각" },
  { "\"틱톡 매각\"", "매각 틱톡", "", NULL },
  /* Particles on the inner words of a phrase. */
  { "\"틱톡 매각\"", "미국 틱톡의 매각은", "", "틱톡의 매각" },
  { "\"틱톡 매각\"", "틱톡을, 매각", "", "틱톡을, 매각" },
  { "\"틱톡 매각\"", "틱톡커 매각", "", NULL },
  { "\"틱톡 매각\"", "틱톡의", "", NULL },
  { "\"틱톡 매각\"", "틱톡의 인수", "", NULL },
  { "\"TikTok 매각\"", "TikTok의 매각", "", "TikTok의 매각" },
  { "\"TikTok 매각\"", "TikTok 매각", "", "TikTok 매각" },
  { "\"TikTok 매각\"", "TikTok커 매각", "", NULL },
  { "\"희토류 수출 통제\"", "희토류의 수출을 통제", "", "희토류의 수출을 통제" },
  { "=\"TikTok 매각\"", "TikTok의 매각", "", NULL },
  /* NEAR: in either order, not counting the two, within one text. */
  { "truce NEAR/1 extended", "Truce is extended", "", "Truce/extended" },
  { "truce NEAR/0 extended", "Truce is extended", "", NULL },
  { "truce NEAR/0 extended", "Truce: extended", "", "Truce/extended" },
  { "truce NEAR/0 extended", "An extended truce", "", "extended/truce" },
  { "truce NEAR/2 extended", "Truce for now is extended", "", NULL },
  { "truce NEAR/2 extended", "Truce", "is extended", NULL },
  { "truce NEAR/2 extended", "Truce a b c d e truce f extended", "", "Truce/extended" },
  { "truce NEAR/2 truce", "The truce holds", "", NULL },
  { "truce NEAR/2 truce", "Truce or truce", "", "Truce" },
  { "\"rare earth\" NEAR/3 earth", "rare earth", "", NULL },
  { "\"rare earth\" NEAR/3 earth", "earth and rare earth", "", "earth/rare earth" },
  { "(chip* | semiconductor*) NEAR/3 (ban | curb*)", "New curbs on AI chips", "", "curbs/chips" },
  { "-truce NEAR/1 extended truce", "Truce not extended", "", NULL },
  { "-truce NEAR/1 extended truce", "Truce was not extended", "", "Truce" },
  { "=US NEAR/3 china", "US and China", "", "US/China" },
  { "=US NEAR/3 china", "us and China", "", NULL },
  { "ai NEAR/0 fine", "fine truce/\xef\xbc\xa1\xef\xbc\xa9土 fine", "", "fine/\xef\xbc\xa1\xef\xbc\xa9" },
  { "休战 NEAR/2 延长", "休战协议再延长", "", "休战/延长" },
  { "休战 NEAR/0 延长", "休战协议再延长", "", NULL },
  { "틱톡 NEAR/0 매각", "매각될 틱톡", "", "매각/틱톡" },
  /* Regular expressions, on the text as it stands. */
  { "/tariffs? of \\d+ ?%/i", "Tariff of 25% from May", "", "Tariff of 25%" },
  { "/tariffs? of \\d+ ?%/", "Tariff of 25% from May", "", NULL },
  { "title:/truce/", "A", "truce", NULL },
  { "summary:/truce/", "A", "truce", "truce" },
  { "China /\\b(20|30)%/", "China: 30% off", "", "China/30%" },
  { "China /\\b(20|30)%/", "China: 130% off", "", NULL },
  { "China -/\\d%/", "China: 30% off", "", NULL },
  { "/(?=,)/", "Now, China", "", "/(?=,)/" },
  { "/^\\w+$/", "caf\xc3\xa9", "", "caf\xc3\xa9" },
  { "틱톡", "톡틱", "", NULL },
  { "稀土", "中国稀土出口", "", "稀土" },
  { "稀土", "稀、土", "", NULL },
  { "稀土 | rare", "中国稀土出口", "", "稀土" },
  { "AI", "美国AI芯片", "", "AI" },
  { "AI芯片", "美国AI芯片", "", "AI芯片" },
  { "AI芯片", "美国 AI 芯片", "", "AI 芯片" },
  { "AI芯片", "美国 XAI 芯片", "", NULL },
  { "芯片AI", "芯片 AI", "", "芯片 AI" },
  { "レアアース", "ﾚｱｱｰｽの輸出", "", "ﾚｱｱｰｽ" },
  { "アース", "レアアース", "", "アース" },
  { "がん", "か\xe3\x82\x99んばる", "", "か\xe3\x82\x99ん" },
  { "美", "美国", "", "美" },
  { "美 -国", "美国", "", NULL },
  { "한국", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xae\xe1\x86\xa8", "",
    "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xae\xe1\x86\xa8" },
  { "2025年", "在2025年11月", "", "2025年" },
  { "ภาษี", "ขึ้นภาษีนำเข้า", "", "ภาษี" },
  /* Operators. */
  { "truce -steel", "Truce", "on steel", NULL },
  { "truce -steel", "Truce", "on grain", "Truce" },
  { "truce | tariff*", "Tariffs", "and a truce", "Tariffs/truce" },
  { "truce (China | Beijing)", "Beijing wants truce", "", "Beijing/truce" },
  { "truce (China | Beijing)", "Rome wants truce", "", NULL },
  { "NOT (steel | grain) truce", "truce", "grain", NULL },
  { "truce NOT (steel grain)", "truce", "grain", "truce" },
  { "a | b c", "c", "", NULL },
  { "a | b c", "c b", "", "c/b" },
  { "(a b) | c", "c b", "", "c" },
  { "-(-a)", "a", "", "a" },
  { "a -(b -c)", "a b c", "", "a/c" },
  { "a -(b -c)", "a b", "", NULL },
  /* Exact case. */
  { "=AI", "ai", "AI", "AI" },
  { "=AI", "Ai ai", "", NULL },
  { "=US", "tell us, US!", "", "US" },
  { "=US", "The U.S.", "", "U.S." },
  { "=US", "the u.s.", "", NULL },
  { "=\"May Day\"", "May Day", "", "May Day" },
  { "=\"May Day\"", "may day", "May day", NULL },
  { "=Tik*", "tiktok", "TikTok", "TikTok" },
  { "=\xc3\x89lys\xc3\xa9"
    "e",
    "E\xcc\x81lys\xc3\xa9"
    "e",
    "",
    "E\xcc\x81lys\xc3\xa9"
    "e" },
  { "=\xc3\x89lys\xc3\xa9"
    "e",
    "\xc3\xa9lys\xc3\xa9"
    "e",
    "", NULL },
  /* Fields. */
  { "title:truce", "", "truce", NULL },
  { "title:truce", "truce", "", "truce" },
  { "summary:truce", "truce", "", NULL },
  { "summary:(truce | tariff)", "truce", "tariff", "tariff" },
  { "title:a summary:a", "a", "a", "a" },
  { "title:a summary:a", "a", "b", NULL },
  { "author:doe truce", "truce", "", "truce/Doe" },
  { "doe", "truce", "", NULL },
  { "author:\"jane doe\"", "x", "", "Jane Doe" },
  { "url:example.org", "x", "", "example.org" },
  { "url:ample.org", "x", "", NULL },
  { "url:org/trade", "x", "", "org/trade" },
  { "feed:ustr-press", "x", "", "ustr-press" },
  { "feed:ustr", "x", "", NULL },
  { "feed:ustr*", "x", "", "ustr-press" },
  { "feed:press", "x", "", NULL },
  { "tag:trade", "x", "", "Trade" },
  { "tag:무역", "x", "", NULL },
  { "tag:무*", "x", "", "무역통상" },
  { "tag:통상", "x", "", NULL },
  { "x -tag:trade", "x", "", NULL },
  { "x -tag:steel", "x", "", "x" },
};

static char *
match (const char *text, const TruceItem *item)
{
  const char *const tags[] = { "Trade", "무역통상", NULL };
  TruceMatchContext context = { "ustr-press", tags };
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceQuery) query = truce_query_parse (text, &error);
  g_autoptr (GArray) hits = truce_hits_new ();

  g_assert_no_error (error);
  const TruceQuery *queries[] = { query };
  g_autoptr (TruceMatcher) matcher = truce_matcher_new (queries, 1);
  truce_matcher_run (matcher, item, &context, hits);
  g_assert_cmpuint (hits->len, <=, 1);
  return hits->len ? g_strjoinv ("/", g_array_index (hits, TruceHit, 0).matched) : NULL;
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceItem) item = truce_item_new ();
    g_free (item->title);
    item->title = g_strdup (cases[i].title);
    g_free (item->summary);
    item->summary = g_strdup (cases[i].summary);
    item->author = g_strdup ("Jane Doe");
    item->link = g_strdup ("https://example.org/trade/1.html");
    g_autofree char *matched = match (cases[i].query, item);
    g_test_message ("%s in \"%s\", \"%s\"", cases[i].query, cases[i].title, cases[i].summary);
    g_assert_cmpstr (matched, ==, cases[i].matched);
  }
}

static void
test_no_context (void)
{
  g_autoptr (GArray) hits = truce_hits_new ();
  g_autoptr (TruceItem) item = truce_item_new ();
  g_autoptr (TruceQuery) by_feed = truce_query_parse ("feed:a | tag:b | author:c | url:d", NULL);
  g_autoptr (TruceQuery) by_word = truce_query_parse ("truce", NULL);
  const TruceQuery *queries[] = { by_feed, by_word, by_word };
  TruceMatchContext context = { NULL, NULL };
  g_autoptr (TruceMatcher) none = truce_matcher_new (NULL, 0);
  g_autoptr (TruceMatcher) matcher = truce_matcher_new (queries, 3);

  truce_matcher_run (none, item, NULL, hits);
  truce_matcher_run (matcher, item, NULL, hits);
  g_assert_cmpuint (hits->len, ==, 0);
  g_free (item->title);
  item->title = g_strdup ("Truce");
  truce_matcher_run (none, item, NULL, hits);
  truce_matcher_run (matcher, item, &context, hits);
  /* In the queries' order, and appended: the caller empties the array. */
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpuint (g_array_index (hits, TruceHit, 0).query, ==, 1);
  g_assert_cmpuint (g_array_index (hits, TruceHit, 1).query, ==, 2);
  truce_matcher_run (matcher, item, NULL, hits);
  g_assert_cmpuint (hits->len, ==, 4);
  g_array_set_size (hits, 0);
  truce_matcher_free (NULL);
  truce_query_free (NULL);
}

static void
test_words_limit (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TruceItem) item = truce_item_new ();
  g_autoptr (TruceQuery) query = truce_query_parse ("word*", NULL);
  const TruceQuery *queries[] = { query };
  g_autoptr (TruceMatcher) matcher = truce_matcher_new (queries, 1);
  g_autoptr (GArray) hits = truce_hits_new ();

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "word%u ", i);
  g_free (item->summary);
  item->summary = g_strdup (text->str);
  truce_matcher_run (matcher, item, NULL, hits);
  g_assert_cmpuint (hits->len, ==, 1);
  char **matched = g_array_index (hits, TruceHit, 0).matched;
  g_assert_cmpuint (g_strv_length (matched), ==, TRUCE_HIT_WORDS_MAX);
  g_assert_cmpstr (matched[0], ==, "word0");
  g_assert_cmpstr (matched[1], ==, "word1");
}

static char *
repeat (const char *text, guint n, const char *after)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  g_string_append (all, after);
  return g_string_free (all, FALSE);
}

/* One word over and over, matched by many queries, must not cost their product; nor may a "phrase" be a whole page. */
static void
test_repeats (void)
{
  enum { QUERIES = 2000 };
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_query_free);
  g_autoptr (TruceItem) item = truce_item_new ();
  g_autoptr (GArray) hits = truce_hits_new ();

  for (guint i = 0; i < QUERIES; i++) {
    g_autofree char *text = g_strdup_printf ("truce -never%u | \"rare earth\"", i);
    g_ptr_array_add (queries, truce_query_parse (text, NULL));
  }
  g_autoptr (TruceMatcher) matcher =
      truce_matcher_new ((const TruceQuery *const *) (gpointer) queries->pdata, queries->len);
  g_free (item->title);
  item->title = repeat ("truce ", 10000, "");
  gint64 start = g_get_monotonic_time ();
  truce_matcher_run (matcher, item, NULL, hits);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (hits->len, ==, QUERIES);
  g_assert_cmpuint (g_strv_length (g_array_index (hits, TruceHit, QUERIES - 1).matched), ==, 1);

  g_array_set_size (hits, 0);
  g_autofree char *dots = repeat (".", 50000, " earth");
  g_free (item->title);
  item->title = g_strconcat ("rare ", dots, NULL);
  truce_matcher_run (matcher, item, NULL, hits);
  g_assert_cmpuint (hits->len, ==, QUERIES);
  const char *word = g_array_index (hits, TruceHit, 0).matched[0];
  g_assert_true (g_str_has_prefix (word, "rare ..."));
  g_assert_cmpuint (strlen (word), <=, TRUCE_HIT_WORD_BYTES_MAX);
}

/* A phrase that is far longer than the text which ends with its beginning. */
static void
test_long_phrase (void)
{
  g_autofree char *words = repeat ("earth ", 1000, "");
  g_autofree char *text = g_strdup_printf ("\"rare %s\"", words);
  g_autoptr (TruceItem) item = truce_item_new ();

  g_free (item->title);
  item->title = g_strdup ("rare earth");
  g_assert_null (match (text, item));
  g_free (item->title);
  item->title = g_strdup_printf ("A rare %s.", words);
  g_autofree char *matched = match (text, item);
  g_assert_true (g_str_has_prefix (matched, "rare earth earth"));
}

/* Texts that are made to be slow or odd: they must neither take long nor break anything. */
static void
test_hostile (void)
{
  g_autoptr (TruceQuery) query = truce_query_parse ("e\xcc\x81 | truce | 가 | end", NULL);
  const TruceQuery *queries[] = { query };
  g_autoptr (TruceMatcher) matcher = truce_matcher_new (queries, 1);
  g_autoptr (GArray) hits = truce_hits_new ();
  static const char *const pieces[] = { "\xcc\x81\xcc\xa3", "\xef\xb7\xba",     "U.",
                                        "a\xe7\xbe\x8e",    "\xe2\x80\x8d",     "\xe1\x84\x80",
                                        "\xe1\x85\xa1",     "\xf0\x9f\x98\x80", "\xcc\xa3" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (TruceItem) item = truce_item_new ();
    g_autoptr (GString) text = g_string_new ("x");
    while (text->len < 60000)
      g_string_append (text, pieces[i]);
    g_string_append (text, " end");
    g_free (item->summary);
    item->summary = g_strdup (text->str);
    truce_matcher_run (matcher, item, NULL, hits);
    g_assert_cmpuint (hits->len, ==, 1);
    g_assert_true (g_strv_contains ((const char *const *) g_array_index (hits, TruceHit, 0).matched, "end"));
    g_array_set_size (hits, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matcher/table", test_table);
  g_test_add_func ("/matcher/no-context", test_no_context);
  g_test_add_func ("/matcher/words-limit", test_words_limit);
  g_test_add_func ("/matcher/repeats", test_repeats);
  g_test_add_func ("/matcher/long-phrase", test_long_phrase);
  g_test_add_func ("/matcher/hostile", test_hostile);
  return g_test_run ();
}
