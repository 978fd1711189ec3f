/* SPDX-License-Identifier: MIT */
/* Whether two entries tell the same news: on the labelled set of stories.jsonl, of which one half was not looked at
 * while the rules were made, and rule by rule. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "news/story.h"

/* --- the labelled set --- */

typedef struct {
  char *id, *cluster, *story;
  char *text; /* of which it is a copy, else its own id */
  TruceStorySignature signature;
} Labelled;

static void
labelled_free (gpointer data)
{
  Labelled *labelled = data;

  g_free (labelled->id);
  g_free (labelled->cluster);
  g_free (labelled->story);
  g_free (labelled->text);
  g_free (labelled);
}

static void
sign (const char *title, const char *summary, const char *link, const char *feed, TruceTime published,
      const char *const *topic, TruceStorySignature *ret_signature)
{
  g_autoptr (TruceItem) item = truce_item_new ();

  g_free (item->title);
  g_free (item->summary);
  item->title = g_strdup (title);
  item->summary = g_strdup (summary);
  item->link = g_strdup (link);
  item->published = published;
  truce_story_sign (item, feed, topic, published, ret_signature);
}

static Labelled *
labelled_from_json (const json_t *record)
{
  Labelled *labelled = g_new0 (Labelled, 1);
  const char *topic[8] = { NULL }, *copy_of = truce_json_get_text (record, "copy_of");
  const json_t *word;
  size_t i;

  labelled->id = g_strdup (truce_json_get_text (record, "id"));
  labelled->cluster = g_strdup (truce_json_get_text (record, "cluster"));
  labelled->story = g_strdup (truce_json_get_text (record, "story"));
  labelled->text = g_strdup (copy_of ? copy_of : labelled->id);
  json_array_foreach (json_object_get (record, "topic"), i, word) {
    topic[i] = json_string_value (word);
  }
  sign (truce_json_get_text (record, "title"), truce_json_get_text (record, "summary"),
        truce_json_get_text (record, "link"), truce_json_get_text (record, "feed"),
        truce_json_get_time (record, "published"), topic, &labelled->signature);
  return labelled;
}

static GPtrArray *
load (const char *part)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "tests", "news", "stories.jsonl", NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func (labelled_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_autoptr (json_t) record = json_loads (lines[i], 0, NULL);
    if (record && g_strcmp0 (truce_json_get_text (record, "part"), part) == 0)
      g_ptr_array_add (all, labelled_from_json (record));
  }
  g_assert_cmpuint (all->len, >, 50);
  return all;
}

typedef struct {
  guint found, wrong, missed, swallowed;
  guint copies_found, copies_wrong, copies_missed;
} Score;

static void
count_pair (const Labelled *one, const Labelled *other, Score *score)
{
  gboolean same_cluster = strcmp (one->cluster, other->cluster) == 0;
  gboolean same = same_cluster && strcmp (one->story, other->story) == 0, copy = strcmp (one->text, other->text) == 0;
  double alike;
  TruceStoryRelation relation = truce_story_compare (&one->signature, &other->signature, &alike);
  gboolean joined = relation >= TRUCE_STORY_SAME;

  score->found += same && joined;
  score->missed += same && !joined;
  score->wrong += !same && joined;
  score->swallowed += same_cluster && !same && joined;
  score->copies_found += copy && relation == TRUCE_STORY_COPY;
  score->copies_missed += copy && relation != TRUCE_STORY_COPY;
  score->copies_wrong += !copy && relation == TRUCE_STORY_COPY;
  if (same != joined)
    g_test_message ("%s and %s (%s): %s, %.2f alike", one->id, other->id, one->cluster,
                    truce_story_relation_to_text (relation), alike);
}

static double
share (guint part, guint rest)
{
  return part + rest > 0 ? (double) part / (part + rest) : 1;
}

static void
check_part (const char *part, double precision_min, double recall_min)
{
  g_autoptr (GPtrArray) all = load (part);
  Score score = { 0 };

  for (guint i = 0; i < all->len; i++)
    for (guint j = i + 1; j < all->len; j++)
      count_pair (g_ptr_array_index (all, i), g_ptr_array_index (all, j), &score);
  g_test_message (
      "%s: %u entries; pairs of one story: precision %.3f, recall %.3f; developments swallowed: %u; copies: "
      "precision %.3f, recall %.3f",
      part, all->len, share (score.found, score.wrong), share (score.found, score.missed), score.swallowed,
      share (score.copies_found, score.copies_wrong), share (score.copies_found, score.copies_missed));
  g_assert_cmpfloat (share (score.found, score.wrong), >=, precision_min);
  g_assert_cmpfloat (share (score.found, score.missed), >=, recall_min);
}

/* The bounds are what was measured, less a little: an entry may be added. */
static void
test_tuned (void)
{
  check_part ("tuned", 0.96, 0.74);
}

static void
test_aside (void)
{
  check_part ("aside", 0.91, 0.85);
}

/* --- rule by rule --- */

#define DAY_ONE (1762171200 * TRUCE_SECOND) /* 3 November 2025, noon, UTC */

static TruceStoryRelation
relate (const char *earlier, const char *later, const char *const *topic, double *ret_alike)
{
  TruceStorySignature one, other;

  sign (earlier, "", "https://one.example/1", "one", DAY_ONE, topic, &one);
  sign (later, "", "https://other.example/2", "other", DAY_ONE + TRUCE_HOUR, topic, &other);
  return truce_story_compare (&one, &other, ret_alike);
}

static void
test_rules (void)
{
  static const struct {
    const char *earlier, *later;
    TruceStoryRelation relation;
  } rows[] = {
    /* words that stand for the same, and forms of one */
    { "Ministry extends heat pump grant deadline to March 31", "Heat pump grants: ministry prolongs cutoff to 31 March",
      TRUCE_STORY_SAME },
    { "Lakeland puts off fishing levy vote by three months", "Vote on Lakeland fishing levy postponed 90 days",
      TRUCE_STORY_SAME },
    /* another number, date, place, chamber, ordinal */
    { "Ministry extends heat pump grants by 30 days", "Ministry extends heat pump grants by 60 days",
      TRUCE_STORY_DEVELOPMENT },
    { "Ministry extends heat pump grants to March 31", "Ministry extends heat pump grants to April 30",
      TRUCE_STORY_DEVELOPMENT },
    { "Zoo ticket price rises by 12 percent", "Zoo ticket price rises by 15 percent", TRUCE_STORY_DEVELOPMENT },
    { "Wind levy of $5 million for Canada", "Wind levy of $5 million for Mexico", TRUCE_STORY_DEVELOPMENT },
    { "Senate passes fishing bill after long night", "House passes fishing bill after long night",
      TRUCE_STORY_DEVELOPMENT },
    { "Fishing bill fails a third time in committee", "Fishing bill fails a fourth time in committee",
      TRUCE_STORY_DEVELOPMENT },
    /* the opposite, a denial, what is only considered */
    { "Lakeland raises the fishing levy on trawlers", "Lakeland cuts the fishing levy on trawlers",
      TRUCE_STORY_DEVELOPMENT },
    { "Lakeland resumes ferry service to Norvia", "Lakeland suspends ferry service to Norvia",
      TRUCE_STORY_DEVELOPMENT },
    { "Ministry will extend heat pump grants", "Ministry will not extend heat pump grants", TRUCE_STORY_DEVELOPMENT },
    { "Ministry extends heat pump grants", "Ministry rules out longer heat pump grants", TRUCE_STORY_DEVELOPMENT },
    { "Ministry considers extending heat pump grants", "Ministry extends heat pump grants", TRUCE_STORY_DEVELOPMENT },
    /* what was planned is done; what is behind "as" is not the news; a date without a day */
    { "Ministry to extend heat pump grants", "Minister signs order extending heat pump grants",
      TRUCE_STORY_DEVELOPMENT },
    { "Ministry to extend heat pump grants to March", "Ministry extends heat pump grants to March", TRUCE_STORY_SAME },
    { "Builders worry about work as ministry extends heat pump grants", "Ministry extends heat pump grants",
      TRUCE_STORY_DEVELOPMENT },
    { "Ministry extends heat pump grants until March", "Ministry extends heat pump grants until May",
      TRUCE_STORY_DEVELOPMENT },
    { "Ministry extends heat pump grants until March", "Ministry extends heat pump grants until March 31",
      TRUCE_STORY_SAME },
    /* a month is no modal verb */
    { "Judge moves harbour trial to May 4", "Harbour trial moved to May 4 by judge", TRUCE_STORY_SAME },
    /* scripts without spaces */
    { "中美同意将关税休战延长90天", "中美关税休战再延长90天", TRUCE_STORY_SAME },
    { "中美同意将关税休战延长90天", "中美同意将关税休战延长60天", TRUCE_STORY_DEVELOPMENT },
    { "미중 관세 휴전 90일 연장 합의", "미중, 관세 휴전 90일 연장하기로", TRUCE_STORY_SAME },
    { "미국, 반도체 관세 부과 검토", "미국, 반도체 관세 부과", TRUCE_STORY_DEVELOPMENT },
    /* what is hung on a headline is none of it */
    { "Lakeland and Norvia agree on a fishing truce", "Lakeland and Norvia agree on a fishing truce | Other",
      TRUCE_STORY_COPY },
    { "Zoo opens new house for red pandas", "Lakeland and Norvia agree on a fishing truce", TRUCE_STORY_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double alike;
    TruceStoryRelation relation = relate (rows[i].earlier, rows[i].later, NULL, &alike);
    TruceStoryRelation back = relate (rows[i].later, rows[i].earlier, NULL, &alike);
    if (relation != rows[i].relation || back != rows[i].relation)
      g_test_message ("\"%s\" and \"%s\": %s, %s the other way; %.2f alike", rows[i].earlier, rows[i].later,
                      truce_story_relation_to_text (relation), truce_story_relation_to_text (back), alike);
    g_assert_cmpint (relation, ==, rows[i].relation);
    g_assert_cmpint (back, ==, rows[i].relation);
  }
}

/* All that a query finds has its words: they make nothing alike. */
static void
test_topic (void)
{
  const char *const topic[] = { "fishing", "truce", "Lakeland", NULL };
  const char *one = "Lakeland fishing truce worries harbour", *other = "Lakeland fishing truce cheers anglers";
  double plain, with_topic;

  relate (one, other, NULL, &plain);
  g_assert_cmpint (relate (one, other, topic, &with_topic), !=, TRUCE_STORY_SAME);
  g_assert_cmpfloat (with_topic, <, plain);
}

/* What is told every week is news every week; the same page stays the same page. */
static void
test_window (void)
{
  const char *title = "Lakeland harbour reports lowest catch of the year";
  TruceStorySignature one, other;

  sign (title, "", "https://one.example/1", "one", DAY_ONE, NULL, &one);
  sign (title, "", "https://other.example/2", "other", DAY_ONE + TRUCE_STORY_WINDOW, NULL, &other);
  g_assert_cmpint (truce_story_compare (&one, &other, NULL), ==, TRUCE_STORY_COPY);
  other.at++;
  g_assert_cmpint (truce_story_compare (&one, &other, NULL), ==, TRUCE_STORY_DEVELOPMENT);
  g_assert_cmpint (truce_story_compare (&other, &one, NULL), ==, TRUCE_STORY_DEVELOPMENT);
  sign (title, "", "https://www.one.example/1?utm_source=rss", "third", DAY_ONE + 9 * TRUCE_DAY, NULL, &other);
  g_assert_cmpint (truce_story_compare (&one, &other, NULL), ==, TRUCE_STORY_COPY);
}

/* An entry that is the same as one teller's and at odds with another's is not swallowed. */
static void
test_judge (void)
{
  TruceStorySignature told[2], item;

  sign ("Ministry extends heat pump grants by 30 days", "", NULL, "one", DAY_ONE, NULL, &told[0]);
  sign ("Ministry extends heat pump grants", "", NULL, "two", DAY_ONE, NULL, &told[1]);
  sign ("Heat pump grants extended by ministry", "", NULL, "three", DAY_ONE, NULL, &item);
  g_assert_cmpint (truce_story_judge (told, 2, &item, NULL), ==, TRUCE_STORY_SAME);
  sign ("Heat pump grants extended 60 days by ministry", "", NULL, "three", DAY_ONE, NULL, &item);
  g_assert_cmpint (truce_story_judge (&told[1], 1, &item, NULL), ==, TRUCE_STORY_SAME);
  g_assert_cmpint (truce_story_judge (told, 2, &item, NULL), ==, TRUCE_STORY_DEVELOPMENT);
}

/* --- who says it --- */

static TruceItem *
item_of (const char *title, const char *summary, const char *link)
{
  TruceItem *item = truce_item_new ();

  g_free (item->title);
  g_free (item->summary);
  item->title = g_strdup (title);
  item->summary = g_strdup (summary);
  item->link = g_strdup (link);
  return item;
}

static void
test_publisher (void)
{
  static const struct {
    const char *title, *link, *publisher, *headline;
  } rows[] = {
    { "Truce extended by a month", "https://www.examiner.example/a", "examiner.example", "Truce extended by a month" },
    { "Truce extended by a month", "https://news.bbc.co.uk/a", "bbc.co.uk", "Truce extended by a month" },
    { "Truce extended by a month", "https://jo.substack.com/a", "jo.substack.com", "Truce extended by a month" },
    { "Truce extended by a month", NULL, "wire", "Truce extended by a month" },
    { "Truce extended by a month - The New Examiner", "https://news.google.com/a", "thenewexaminer",
      "Truce extended by a month" },
    { "Truce extended by a month - Examiner", "https://examiner.example/a", "examiner.example",
      "Truce extended by a month" },
    { "Truce extended by a month | Politics | The Examiner", "https://x.example/a", "x.example",
      "Truce extended by a month | Politics" },
    { "Truce extended - by a month", "https://x.example/a", "x.example", "Truce extended - by a month" },
    { "Truce extended \xe2\x80\x94 Lakeland agrees", "https://x.example/a", "x.example",
      "Truce extended \xe2\x80\x94 Lakeland agrees" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TruceItem) item = item_of (rows[i].title, "", rows[i].link);
    g_autofree char *publisher = truce_story_publisher (item, "wire");
    g_autofree char *headline = truce_story_headline (item);
    g_assert_cmpstr (publisher, ==, rows[i].publisher);
    g_assert_cmpstr (headline, ==, rows[i].headline);
  }
}

/* Is a paper with that headline independent of another that has the news from Reuters? */
static gboolean
is_title_independent (const char *title)
{
  TruceStorySignature one, other;

  sign ("Grants for heat pumps run on", "LAKEVILLE (Reuters) - Households have until March.", "https://one.example/1",
        "one", DAY_ONE, NULL, &one);
  sign (title, "The cutoff moves to spring.", "https://other.example/1", "other", DAY_ONE, NULL, &other);
  return truce_story_independent (&one, &other);
}

static void
test_agency_in_title (void)
{
  static const char *const copies[] = {
    "More time for heat pump grants, according to Reuters",
    "More time for heat pump grants, Reuters says",
    "Reuters: more time for heat pump grants, Reuters reports",
    "More time for heat pump grants: Reuters",
    "More time for heat pump grants (Reuters)",
  };
  static const char *const own[] = { "More time for heat pump grants: AP", "More time for heat pump grants, AP reports",
                                     "More time for heat pump grants", "More time for heat pump grants: ministry" };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    g_assert_false (is_title_independent (copies[i]));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_true (is_title_independent (own[i]));
}

static gboolean
are_independent (const char *one_summary, const char *other_summary)
{
  TruceStorySignature one, other;

  sign ("Ministry extends heat pump grants", one_summary, "https://one.example/1", "one", DAY_ONE, NULL, &one);
  sign ("More time for heat pump grants", other_summary, "https://other.example/1", "other", DAY_ONE, NULL, &other);
  return truce_story_independent (&one, &other);
}

static void
test_independent (void)
{
  g_assert_true (are_independent ("Households have until March.", "The cutoff moves to spring."));
  g_assert_false (are_independent ("LAKEVILLE (Reuters) - Households have until March.",
                                   "The cutoff moves to spring, Reuters reported."));
  g_assert_false (are_independent ("Households have until March. (AP)", "The cutoff moves, according to AP."));
  g_assert_true (are_independent ("Households have until March. (AP)", "LAKEVILLE (Reuters) - The cutoff moves."));
  g_assert_false (are_independent ("Households have until March. (AP)", "The cutoff moves, AP says."));
  g_assert_true (are_independent ("Households map out March.", "Apt words were found.")); /* no "ap" in these */
  /* A long text names it where it begins or ends; on the way there it is quoted as others are. */
  g_autofree char *body = g_strnfill (3000, 'x');
  g_autofree char *after = g_strconcat (body, " (Reuters)", NULL);
  g_autofree char *before = g_strconcat ("LAKEVILLE (Reuters) - Households. ", body, NULL);
  g_autofree char *within = g_strconcat (body, ", Reuters reported. ", body, NULL);
  g_assert_false (are_independent (after, "The cutoff moves, Reuters reported."));
  g_assert_false (are_independent (before, "The cutoff moves, Reuters reported."));
  g_assert_true (are_independent (within, "The cutoff moves, Reuters reported."));
  /* The same lead under other headlines. */
  const char *lead =
      "Households in Lakeland have three more months to send in their applications, the ministry said on "
      "Tuesday after many had complained that builders are booked out until the spring.";
  g_assert_false (are_independent (lead, lead));
  /* One publisher with two feeds. */
  TruceStorySignature one, other;
  sign ("Ministry extends heat pump grants", "", "https://a.one.example/1", "one", DAY_ONE, NULL, &one);
  sign ("Zoo opens new house", "", "https://b.one.example/2", "two", DAY_ONE, NULL, &other);
  g_assert_false (truce_story_independent (&one, &other));
}

/* --- as bytes --- */

static void
test_bytes (void)
{
  g_autoptr (GPtrArray) all = load ("tuned");
  guint8 bytes[TRUCE_STORY_BYTES_MAX];

  for (guint i = 0; i < all->len; i++) {
    const TruceStorySignature *signature = &((Labelled *) g_ptr_array_index (all, i))->signature;
    TruceStorySignature back;
    gsize length = truce_story_write (signature, bytes);
    memset (&back, 0xff, sizeof back);
    g_assert_true (truce_story_read (bytes, length, &back));
    g_assert_true (memcmp (signature, &back, sizeof back) == 0);
    for (gsize cut = 0; cut < length; cut++)
      g_assert_false (truce_story_read (bytes, cut, &back));
    bytes[0]++;
    g_assert_false (truce_story_read (bytes, length, &back));
  }
}

/* Whatever strangers write. */
static void
test_odd (void)
{
  static const char *const odd[] = { "",
                                     "-",
                                     " - ",
                                     "90",
                                     "90 90 90",
                                     "May",
                                     "the of and",
                                     "\xe5\xa4\xa9",
                                     "a|b|c - d",
                                     "1,,2..3 $ % 4/5",
                                     "(",
                                     "【",
                                     "Nov. Nov. 31 Nov. 99" };
  const char *const topic[] = { "", "90", "of", odd[7], NULL };
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (words, "word%u %u%% \xe5\xa4\xa9\xe6\xb0\x94%u ", i, i, i);
  for (guint i = 0; i < G_N_ELEMENTS (odd) + 2; i++) {
    const char *text = i < G_N_ELEMENTS (odd) ? odd[i] : i == G_N_ELEMENTS (odd) ? endless : words->str;
    TruceStorySignature one, other;
    sign (text, text, text, "one", DAY_ONE, NULL, &one);
    sign ("", text, NULL, "other", DAY_ONE, topic, &other);
    truce_story_compare (&one, &other, NULL);
    g_assert_cmpint (truce_story_compare (&other, &one, NULL), ==, truce_story_compare (&one, &other, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/story/labelled/tuned", test_tuned);
  g_test_add_func ("/story/labelled/aside", test_aside);
  g_test_add_func ("/story/rules", test_rules);
  g_test_add_func ("/story/topic", test_topic);
  g_test_add_func ("/story/window", test_window);
  g_test_add_func ("/story/judge", test_judge);
  g_test_add_func ("/story/publisher", test_publisher);
  g_test_add_func ("/story/independent", test_independent);
  g_test_add_func ("/story/independent/title", test_agency_in_title);
  g_test_add_func ("/story/bytes", test_bytes);
  g_test_add_func ("/story/odd", test_odd);
  return g_test_run ();
}
