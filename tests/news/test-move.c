/* SPDX-License-Identifier: MIT */
/* What is read out of news: the labelled set of moves.jsonl item by item, dates in running text one by one, and lengths
 * counted from the current due. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "news/move.h"

static TruceTime
time_of (const char *day)
{
  g_autofree char *text = g_strconcat (day, "T12:00:00Z", NULL);
  TruceTime at;

  g_assert_true (truce_time_from_text (text, &at));
  return at;
}

/* "2026-03-04", or "2026-03-01/2026-03-31"; "" for none. */
static char *
days_to_text (const TruceMove *move)
{
  int year, month, day, last_year, last_month, last_day;

  if (!move->dated)
    return g_strdup ("");
  truce_date_from_days (move->first, &year, &month, &day);
  truce_date_from_days (move->end - 1, &last_year, &last_month, &last_day);
  if (move->end - move->first == 1)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return g_strdup_printf ("%04d-%02d-%02d/%04d-%02d-%02d", year, month, day, last_year, last_month, last_day);
}

/* A labelled date (EDTF: a day, month, year or interval) in the form of days_to_text. */
static char *
label_to_days (const char *label)
{
  int year, month;

  if (!label)
    return g_strdup ("");
  if (strlen (label) == 4)
    return g_strdup_printf ("%s-01-01/%s-12-31", label, label);
  if (strlen (label) == 7 && sscanf (label, "%d-%d", &year, &month) == 2)
    return g_strdup_printf ("%s-01/%s-%02d", label, label, truce_civil_days_in_month (year, month));
  return g_strdup (label);
}

static TruceMove *
classify (const char *title, const char *summary, const char *published, const TruceSpan *due)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  const TruceMoveNews news = { .title = title,
                               .summary = summary,
                               .published = published ? time_of (published) : TRUCE_TIME_NONE,
                               .zone = utc,
                               .due = due };

  return truce_move_classify (&news);
}

/* --- the labelled set --- */

static void
check_item (const json_t *item)
{
  const char *title = truce_json_get_text (item, "title"), *lede = truce_json_get_text (item, "lede");
  const char *id = truce_json_get_text (item, "id");
  g_autoptr (TruceMove) move = classify (title, lede, truce_json_get_text (item, "published"), NULL);
  g_autofree char *wanted = label_to_days (truce_json_get_text (item, "new_date"));
  g_autofree char *got = days_to_text (move);
  g_autofree char *text = g_strconcat (title, "\n", lede, NULL);
  const char *label = truce_move_label_to_text (move->label);

  g_assert_cmpfloat (move->confidence, >, 0);
  g_assert_cmpfloat (move->confidence, <=, 1);
  if (move->quote)
    g_assert_nonnull (strstr (text, move->quote));
  else
    g_assert_cmpstr (label, ==, "unrelated");
  if (truce_json_get_boolean (item, "hard"))
    return;
  if (!g_str_equal (label, truce_json_get_text (item, "label")) || !g_str_equal (got, wanted) ||
      move->delta_days != truce_json_get_integer (item, "delta_days", 0)) {
    g_test_message ("%s: %s: %s, \"%s\", %d days", id, title, label, got, move->delta_days);
    g_test_fail ();
  }
}

static void
test_labelled (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "tests", "news", "moves.jsonl", NULL);
  g_autofree char *contents = NULL;
  guint n = 0, seen = 0;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line && **line; line++, n++) {
    g_autoptr (json_t) item = json_loads (*line, 0, NULL);

    g_assert_nonnull (item);
    for (int label = 0; label < TRUCE_N_MOVE_LABELS; label++)
      if (g_strcmp0 (truce_json_get_text (item, "label"), truce_move_label_to_text (label)) == 0)
        seen |= 1u << label;
    check_item (item);
  }
  g_assert_cmpuint (n, >=, 150);
  g_assert_cmpuint (seen, ==, (1u << TRUCE_N_MOVE_LABELS) - 1);
}

/* A quote ends where words end, also where a word is many tokens and no blank stands between words. */
static void
test_quotes (void)
{
  static const struct {
    const char *title, *quote;
  } rows[] = {
    { "어업협정 휴전 연장 무산", "연장 무산" },
    { "어업협정 3월 10일까지 연장한다", "3월 10일까지 연장한다" },
    { "渔业协定不再延长", "渔业协定不再延长" },
    { "渔业部：渔业协定不再延长，6月到期", "渔业协定不再延长" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TruceMove) move = classify (rows[i].title, NULL, "2027-02-01", NULL);

    g_assert_cmpstr (move->quote, ==, rows[i].quote);
  }
}

static void
assert_same (const TruceMove *move, const TruceMove *other)
{
  g_assert_cmpint (move->label, ==, other->label);
  g_assert_cmpint (move->dated, ==, other->dated);
  g_assert_cmpint (move->first, ==, other->first);
  g_assert_cmpint (move->end, ==, other->end);
  g_assert_cmpint (move->delta_days, ==, other->delta_days);
  g_assert_cmpfloat (move->confidence, ==, other->confidence);
  g_assert_cmpstr (move->quote, ==, other->quote);
}

/* One text read against one milestone after another says of each what it says by itself: in another zone it may be
 * another day, and what a due settles must not be settled for the next. */
static void
test_many_milestones (void)
{
  static const char *const texts[] = { "Deadline extended to March 31", "Ban delayed until Monday",
                                       "Truce extended by another 90 days", "Filing date put off until tomorrow" };
  static const char *const published[] = { "2026-03-20", "2026-03-23", "2025-12-31" };
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL), auckland = truce_zone_new ("Pacific/Auckland", NULL);
  TruceZone *const zones[] = { utc, auckland, utc, auckland };
  const TruceSpan dues[] = { { .earliest = time_of ("2026-04-15"), .latest = time_of ("2026-04-15") },
                             { .earliest = time_of ("2026-03-31"), .latest = time_of ("2026-03-31") } };
  const TruceSpan *const due[] = { &dues[0], NULL, &dues[1], &dues[0] };

  for (guint t = 0; t < G_N_ELEMENTS (texts) * G_N_ELEMENTS (published); t++) {
    TruceMoveNews news = { .title = texts[t / G_N_ELEMENTS (published)],
                           .published = time_of (published[t % G_N_ELEMENTS (published)]) };
    g_autoptr (TruceMoveReader) reader = truce_move_reader_new (&news);

    for (guint i = 0; i < G_N_ELEMENTS (zones); i++) {
      news.zone = zones[i];
      news.due = due[i];
      g_autoptr (TruceMove) move = truce_move_reader_read (reader, zones[i], due[i]);
      g_autoptr (TruceMove) alone = truce_move_classify (&news);

      assert_same (move, alone);
    }
  }
}

/* Headlines of their own, labels only: those marked as hard may be wrong, but all together must be read well, and a
 * move is worth more missed than invented. */
static void
test_headlines (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "tests", "news", "move-labels.jsonl", NULL);
  g_autofree char *contents = NULL;
  guint told[TRUCE_N_MOVE_LABELS] = { 0 }, there[TRUCE_N_MOVE_LABELS] = { 0 }, right[TRUCE_N_MOVE_LABELS] = { 0 };
  double sum = 0;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line && **line; line++) {
    g_autoptr (json_t) item = json_loads (*line, 0, NULL);
    const char *title = truce_json_get_text (item, "title"), *label = truce_json_get_text (item, "label");
    g_autoptr (TruceMove) move =
        classify (title, truce_json_get_text (item, "lede"), truce_json_get_text (item, "published"), NULL);

    for (int k = 0; k < TRUCE_N_MOVE_LABELS; k++)
      if (g_str_equal (label, truce_move_label_to_text (k))) {
        there[k]++;
        right[k] += (int) move->label == k ? 1 : 0;
      }
    told[move->label]++;
    if (!truce_json_get_boolean (item, "hard") && !g_str_equal (label, truce_move_label_to_text (move->label))) {
      g_test_message ("%s: %s, not %s", title, truce_move_label_to_text (move->label), label);
      g_test_fail ();
    }
  }
  for (guint k = 0; k < TRUCE_N_MOVE_LABELS; k++) {
    g_assert_cmpuint (there[k], >=, 50);
    sum += 2.0 * right[k] / (told[k] + there[k]);
  }
  g_test_message ("macro-F1 %.3f, precision of moved %.3f", sum / TRUCE_N_MOVE_LABELS,
                  (double) right[TRUCE_MOVE_MOVED] / told[TRUCE_MOVE_MOVED]);
  g_assert_cmpfloat (sum / TRUCE_N_MOVE_LABELS, >=, 0.9);
  g_assert_cmpfloat ((double) right[TRUCE_MOVE_MOVED] / told[TRUCE_MOVE_MOVED], >=, 0.95);
}

/* --- dates --- */

static void
test_dates (void)
{
  static const struct {
    const char *published, *words, *days;
  } cases[] = {
    { "2026-03-04", "May 5", "2026-05-05" },
    { "2026-03-04", "5 May", "2026-05-05" },
    { "2026-03-04", "May 5th, 2027", "2027-05-05" },
    { "2026-03-04", "the 5th of May", "2026-05-05" },
    { "2026-03-04", "Sept. 30", "2026-09-30" },
    { "2026-03-04", "2026-09-30", "2026-09-30" },
    { "2026-03-04", "12:01 a.m. on May 5", "2026-05-05" },
    { "2026-03-04", "midnight on Friday", "2026-03-06" },
    { "2026-03-04", "Friday, March 13", "2026-03-13" },
    { "2026-03-04", "next Friday", "2026-03-13" },
    { "2026-03-04", "tomorrow", "2026-03-05" },
    { "2026-12-20", "January 8", "2027-01-08" }, /* the year rolls */
    { "2026-12-20", "mid-February", "2027-02-11/2027-02-20" },
    { "2026-03-04", "May", "2026-05-01/2026-05-31" },
    { "2026-03-04", "May 2027", "2027-05-01/2027-05-31" },
    { "2026-03-04", "May next year", "2027-05-01/2027-05-31" },
    { "2026-03-04", "early May", "2026-05-01/2026-05-10" },
    { "2026-03-04", "late May 2028", "2028-05-21/2028-05-31" },
    { "2026-03-04", "the end of May", "2026-05-31" },
    { "2026-03-04", "the end of the month", "2026-03-31" },
    { "2026-03-04", "the end of the year", "2026-12-31" },
    { "2026-03-04", "year-end", "2026-12-31" },
    { "2026-03-04", "the end of next year", "2027-12-31" },
    { "2026-03-04", "next week", "2026-03-09/2026-03-15" },
    { "2026-03-04", "next month", "2026-04-01/2026-04-30" },
    { "2026-03-04", "next year", "2027-01-01/2027-12-31" },
    { "2026-03-04", "2028", "2028-01-01/2028-12-31" },
    { "2026-03-04", "the end of 2028", "2028-12-31" },
    { "2026-03-04", "the third quarter of 2027", "2027-07-01/2027-09-30" },
    { "2026-03-04", "Q3 2027", "2027-07-01/2027-09-30" },
    { "2026-03-04", "the second half of 2027", "2027-07-01/2027-12-31" },
    { "2026-03-04", "the summer of 2027", "2027-06-01/2027-08-31" },
    { "2026-03-04", "February 30", "" },
    { NULL, "Friday", "" }, /* nothing to count from */
    { NULL, "May 5, 2027", "2027-05-05" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *title = g_strdup_printf ("Ministry extends the filing deadline until %s", cases[i].words);
    g_autoptr (TruceMove) move = classify (title, NULL, cases[i].published, NULL);
    g_autofree char *days = days_to_text (move);

    g_test_message ("%s", title);
    g_assert_cmpstr (days, ==, cases[i].days);
    g_assert_cmpint (move->label, ==, TRUCE_MOVE_MOVED);
  }
}

/* A length is counted from the current due, in civil months where it is stated in months. */
static void
test_lengths (void)
{
  static const struct {
    const char *due, *words, *days;
    int delta;
  } cases[] = {
    { "2026-08-12", "by another 90 days", "2026-11-10", 90 },
    { "2026-08-12", "by two weeks", "2026-08-26", 14 },
    { "2026-01-31", "for a month", "2026-02-28", 30 },
    { "2026-08-12", "for a further six months", "2027-02-12", 180 },
    { "2026-08-12", "by one year", "2027-08-12", 365 },
    { "mid-June 2026", "by ten days", "2026-06-30", 10 }, /* from its last day */
    { "2026-08-12", "by a year to September 1, 2027", "2027-09-01", 365 },
    { "2026-08-12 00:01", "by 90 days", "2026-11-10", 90 },
  };
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *title = g_strdup_printf ("Ministry extends the filing deadline %s", cases[i].words);
    g_autoptr (TruceWhen) when = truce_when_parse (cases[i].due, utc, NULL);
    const TruceWhenContext context = { .starts = NULL };
    TruceSpan due;

    g_assert_true (truce_when_resolve (when, &context, &due, NULL, NULL));
    g_autoptr (TruceMove) move = classify (title, NULL, "2026-01-05", &due);
    g_autofree char *days = days_to_text (move);
    g_test_message ("%s", title);
    g_assert_cmpstr (days, ==, cases[i].days);
    g_assert_cmpint (move->delta_days, ==, cases[i].delta);
    g_assert_true (move->stated == (strchr (cases[i].words, ',') != NULL));
    truce_span_clear (&due);
  }
}

/* What governs a verb, from the inside out. */
static void
test_mood (void)
{
  static const struct {
    const char *title;
    TruceMoveLabel label;
  } cases[] = {
    { "Premier extends truce", TRUCE_MOVE_MOVED },
    { "Deadline moved to Dec. 15", TRUCE_MOVE_MOVED }, /* what is shifted and its verb stand alone */
    { "The deadline moved to Dec. 15", TRUCE_MOVE_MOVED },
    { "Launch slips two weeks", TRUCE_MOVE_MOVED },
    { "Move the deadline, firms say", TRUCE_MOVE_PROPOSED },
    { "Premier may extend truce", TRUCE_MOVE_PROPOSED },
    { "Premier will not extend truce", TRUCE_MOVE_REJECTED },
    { "Premier rules out extending truce", TRUCE_MOVE_REJECTED },
    { "Premier refuses to rule out extending truce", TRUCE_MOVE_PROPOSED },
    { "Premier agrees to extend truce", TRUCE_MOVE_MOVED },
    { "Premier agrees to consider extending truce", TRUCE_MOVE_PROPOSED },
    { "Premier approves request to extend truce", TRUCE_MOVE_MOVED },
    { "Premier rejects request to extend truce", TRUCE_MOVE_REJECTED },
    { "Premier threatens not to extend truce", TRUCE_MOVE_MENTION },
    { "Premier yet to decide whether to extend truce", TRUCE_MOVE_MENTION },
    { "Will the premier extend the truce?", TRUCE_MOVE_MENTION },
    { "Premier to extend truce", TRUCE_MOVE_MOVED },
    { "Truce extended", TRUCE_MOVE_MOVED },
    { "Truce extension ruled out", TRUCE_MOVE_REJECTED },
    { "Truce extension likely", TRUCE_MOVE_PROPOSED },
    { "", TRUCE_MOVE_UNRELATED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceMove) move = classify (cases[i].title, NULL, "2026-01-05", NULL);

    g_test_message ("%s", cases[i].title);
    g_assert_cmpstr (truce_move_label_to_text (move->label), ==, truce_move_label_to_text (cases[i].label));
  }
}

/* How a headline is built decides, whatever it is about. */
static void
test_constructions (void)
{
  static const struct {
    const char *title;
    TruceMoveLabel label;
  } cases[] = {
    /* what is acted on: the last noun of the object, the head of the subject */
    { "Lakeland extends lead", TRUCE_MOVE_UNRELATED },
    { "Lakeland extends fish deal", TRUCE_MOVE_MOVED },
    { "Lakeland extends unbeaten run in deal cup", TRUCE_MOVE_UNRELATED },
    { "Start of school meal scheme delayed", TRUCE_MOVE_MOVED },
    { "Lakeland suspends toll for two months", TRUCE_MOVE_MOVED },
    { "Lakeland suspends teacher over remark", TRUCE_MOVE_UNRELATED },
    { "Lakeland extends parking rules to schools", TRUCE_MOVE_UNRELATED },
    { "Lakeland extends parking rules by a year", TRUCE_MOVE_MOVED },
    /* a noun, and what it needs */
    { "Lakeland wins delay to toll", TRUCE_MOVE_MOVED },
    { "Delay to toll: what it costs", TRUCE_MOVE_MENTION },
    { "Toll faces two-year delay, minister confirms", TRUCE_MOVE_MOVED },
    { "Envoy welcomes extension of truce", TRUCE_MOVE_MOVED },
    /* a subject governs nothing, a participle's neighbour neither */
    { "Water pledge slips by a year", TRUCE_MOVE_MOVED },
    { "Landing attempt moved to Friday", TRUCE_MOVE_MOVED },
    { "Lakeland calls for toll to be put off", TRUCE_MOVE_PROPOSED },
    { "Lakeland pleads for deadline to slip", TRUCE_MOVE_PROPOSED },
    /* what stands before a colon, and behind the last comma */
    { "Proposed rule: delay of toll", TRUCE_MOVE_PROPOSED },
    { "Firms beg ministry: don't scrap grant scheme", TRUCE_MOVE_PROPOSED },
    { "Premier proposes extension of truce, Norvia rejects", TRUCE_MOVE_REJECTED },
    { "Put off toll, ministers told", TRUCE_MOVE_PROPOSED },
    /* one chamber of two */
    { "House extends flood insurance to May 5", TRUCE_MOVE_PROPOSED },
    { "White House extends flood insurance to May 5", TRUCE_MOVE_MOVED },
    /* what was, and what is not yet */
    { "Airlines count cost of cap extended last month", TRUCE_MOVE_MENTION },
    { "Lakeland misses extended deadline", TRUCE_MOVE_MENTION },
    { "Firms rush goods to port before truce runs out", TRUCE_MOVE_MENTION },
    { "Norvia has until Sunday to accept deal", TRUCE_MOVE_MENTION },
    { "Lakeland scraps January toll deadline, sets April 2027", TRUCE_MOVE_MOVED },
    { "Lakeland scraps January toll deadline", TRUCE_MOVE_CANCELLED },
    /* talks end as they were to, a truce for a time begins: neither is the end of what is to run out */
    { "Harbour talks end; extension of fishing truce awaits premier", TRUCE_MOVE_MENTION },
    { "Port city talks end with framework to revive fishing accord", TRUCE_MOVE_MENTION },
    { "Fishing truce ends as talks fail", TRUCE_MOVE_CANCELLED },
    { "Lakeland ends talks with Norvia", TRUCE_MOVE_CANCELLED },
    { "Lakeland and Norvia agree on 90-day fishing truce", TRUCE_MOVE_MENTION },
    { "Lakeland and Norvia agree truce until May 5", TRUCE_MOVE_MENTION },
    { "Lakeland and Norvia agree on fishing truce", TRUCE_MOVE_RESOLVED },
    { "Lakeland gives cab drivers until May 5 to fit meters", TRUCE_MOVE_MENTION },
    { "Lakeland gives kiosks until May 5 to renew licences", TRUCE_MOVE_MENTION },
    { "Lakeland gives short-let owners until May 5 to re-register", TRUCE_MOVE_MENTION },
    { "Lakeland gives cab drivers until May 5 to fit meters, a month longer", TRUCE_MOVE_MOVED },
    { "Bill would give farms until 2031 to drop cages", TRUCE_MOVE_PROPOSED },
    /* no verb of its own */
    { "Ferry toll now due on May 5", TRUCE_MOVE_MOVED },
    { "Toll comes a year later than planned", TRUCE_MOVE_MOVED },
    { "New tram won't run before 2030", TRUCE_MOVE_MOVED },
    /* who asks, who expects, and what is published */
    { "Chamber appeals ministry to extend filing date", TRUCE_MOVE_PROPOSED },
    { "Appeals court delays hearing until May 5", TRUCE_MOVE_MOVED },
    { "Good chance truce will be extended, envoy says", TRUCE_MOVE_PROPOSED },
    { "Delay of toll not a done deal", TRUCE_MOVE_PROPOSED },
    { "Skippers warn against plan to postpone toll", TRUCE_MOVE_PROPOSED },
    { "Senate votes against plan to delay toll", TRUCE_MOVE_REJECTED },
    { "Tax filing deadline extended to May 5", TRUCE_MOVE_MOVED },
    { "Extension of fishing permits gazetted", TRUCE_MOVE_MOVED },
    { "Lakeland joins Norvia in postponing toll", TRUCE_MOVE_MOVED },
    { "Order keeps ferry dock open for another two years", TRUCE_MOVE_MOVED },
    /* what only looks alike */
    { "Lakeland extends tram Line 4 into harbour quarter", TRUCE_MOVE_UNRELATED },
    { "Skipper moves into 8th in wins", TRUCE_MOVE_UNRELATED },
    { "Toll operator's shares jump in extended trading", TRUCE_MOVE_UNRELATED },
    { "Premier pushes back against critics of toll", TRUCE_MOVE_UNRELATED },
    { "No sign of truce extension", TRUCE_MOVE_MENTION },
    { "WHO extends fever emergency", TRUCE_MOVE_MOVED },
    { "Cease-fire extended", TRUCE_MOVE_MOVED },
    /* it did not come about, or it was refused */
    { "Envoys fail to reach deal before deadline", TRUCE_MOVE_MENTION },
    { "Parliament rejects deal with Norvia", TRUCE_MOVE_REJECTED },
    /* Korean: what governs stands behind; Chinese: a blank ends a clause */
    { "정부, 통행료 인상 유예 검토", TRUCE_MOVE_PROPOSED },
    { "정부, 통행료 인상 유예 검토 안 해", TRUCE_MOVE_REJECTED },
    { "정부, 통행료 인상 1년 유예하기로", TRUCE_MOVE_MOVED },
    { "여행사, 연장 12회 접전 끝 승리", TRUCE_MOVE_UNRELATED },
    { "渔业公司否认寻求债券展期 称将按期兑付", TRUCE_MOVE_REJECTED },
    { "议会否决推迟渔业税法生效日期的动议", TRUCE_MOVE_REJECTED },
    { "渔业新协议赶在旧约到期前签署", TRUCE_MOVE_RESOLVED },
    { "政府宣布渔业禁令推迟一年", TRUCE_MOVE_MOVED },
    { "渔民呼吁推迟禁令", TRUCE_MOVE_PROPOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceMove) move = classify (cases[i].title, NULL, "2026-01-05", NULL);

    g_test_message ("%s", cases[i].title);
    g_assert_cmpstr (truce_move_label_to_text (move->label), ==, truce_move_label_to_text (cases[i].label));
  }
}

/* What says that a date is what it was before, and what only refuses another move or tells of the last. */
static void
test_back (void)
{
  static const struct {
    const char *title;
    gboolean back;
  } rows[] = {
    { "Premier moves toll deadline back to May 5", TRUE },
    { "Toll deadline brought forward to May 5", TRUE },
    { "Toll deadline moved up to May 5", TRUE },
    { "Toll deadline is now May 5", TRUE },
    { "Toll deadline reverts to May 5", TRUE },
    { "Toll deadline restored to May 5", TRUE },
    { "Toll deadline remains May 5, premier says", TRUE },
    { "Premier reinstates toll deadline", TRUE },
    { "Toll deadline has not been extended", TRUE },
    { "Correction: Toll deadline was not extended", TRUE },
    { "Premier denies toll deadline was extended", TRUE },
    { "Premier denies extending toll deadline", TRUE },
    { "Court voids extension of toll deadline", TRUE },
    { "Court annuls order to postpone toll", TRUE },
    { "Extension of toll deadline overturned by appeals court", TRUE },
    { "대통령실 \"통행료 시한 연장 사실 아니다\"", TRUE },
    { "总理否认延长收费期限", TRUE },
    { "Premier pushes toll deadline back to May 5", FALSE },
    { "Premier extends toll deadline to May 5", FALSE },
    { "Toll deadline was extended to May 5", FALSE },
    { "How the premier moved the toll deadline from May 5 to June 30", FALSE },
    { "Premier will not extend toll deadline", FALSE },
    { "Toll deadline won't be extended", FALSE },
    { "Premier rules out further extension of toll deadline", FALSE },
    { "Toll deadline will not be extended beyond June 30", FALSE },
    { "Judge denies motion to postpone toll deadline", FALSE },
    { "Norvia blocks extension of toll deadline", FALSE },
    { "Firms fail in bid to have toll deadline postponed", FALSE },
    { "Toll deadline stands, premier says", FALSE },
    { "정부, 통행료 시한 연장 거부", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TruceMove) move = classify (rows[i].title, NULL, "2027-03-01", NULL);
    if (move->back != rows[i].back) {
      g_test_message ("%s: %d", rows[i].title, move->back);
      g_test_fail ();
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/news/move/labelled", test_labelled);
  g_test_add_func ("/news/move/quotes", test_quotes);
  g_test_add_func ("/news/move/many-milestones", test_many_milestones);
  g_test_add_func ("/news/move/dates", test_dates);
  g_test_add_func ("/news/move/lengths", test_lengths);
  g_test_add_func ("/news/move/headlines", test_headlines);
  g_test_add_func ("/news/move/back", test_back);
  g_test_add_func ("/news/move/mood", test_mood);
  g_test_add_func ("/news/move/constructions", test_constructions);
  return g_test_run ();
}
