/* SPDX-License-Identifier: MIT */
/* What a config gives to those who use it. */
#include "config/config.h"

#include <string.h>

/* 2026-11-24T00:00:00Z */
#define NOW ((TruceTime) 1795478400 * TRUCE_SECOND)

static TruceConfig *
parse_files (const char *const *texts, TruceDiags *diags)
{
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (TruceConfigFile));
  g_autoptr (TruceZone) local = truce_zone_new ("Asia/Seoul", NULL);
  static const char *const paths[] = { "one", "two", "three" };

  for (guint i = 0; texts[i]; i++) {
    TruceConfigFile file = { paths[i], texts[i], strlen (texts[i]) };
    g_array_append_val (files, file);
  }
  return truce_config_parse ((const TruceConfigFile *) (gpointer) files->data, files->len, local, NOW, diags);
}

/* A config that must be without a finding. */
static TruceConfig *
parse_good (const char *text)
{
  const char *const texts[] = { text, NULL };
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  TruceConfig *config = parse_files (texts, diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  g_assert_cmpstr (findings, ==, "");
  g_assert_nonnull (config);
  return config;
}

static const TruceRevision *
revision (const TruceMilestone *milestone, guint index)
{
  g_assert_cmpuint (index, <, milestone->n_revisions);
  return truce_milestone_revision (milestone, index);
}

static void
assert_time (TruceTime at, const char *expected)
{
  char text[TRUCE_TIME_TEXT_SIZE];

  g_assert_cmpstr (truce_time_to_text (at, text), ==, expected);
}

/* "30d 14d ..." */
static char *
leads_text (const TruceMilestone *milestone)
{
  GString *text = g_string_new (NULL);
  char buffer[TRUCE_LEAD_TEXT_SIZE];

  for (guint i = 0; i < milestone->leads->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
                            truce_lead_to_text (&g_array_index (milestone->leads, TruceLead, i), buffer));
  return g_string_free (text, FALSE);
}

/* An empty file is a config: of defaults. */
static void
test_defaults (void)
{
  g_autoptr (TruceConfig) config =
      parse_good ("[milestone a]\ndue = 2027-01-10\n[feed f]\nurl = http://example.org/f\n");
  const TruceMilestone *milestone = truce_config_milestone (config, 0);
  const TruceFeed *feed = truce_config_feed (config, 0);
  g_autofree char *leads = leads_text (milestone);

  g_assert_cmpstr (truce_zone_name (truce_config_zone (config)), ==, "Asia/Seoul");
  g_assert_cmpint (truce_config_grace (config), ==, TRUCE_GRACE_DEFAULT);
  g_assert_cmpstr (milestone->title, ==, "a");
  g_assert_cmpstr (leads, ==, "30d 14d 7d 3d 1d 0");
  g_assert_cmpint (milestone->remind_at, ==, TRUCE_REMIND_AT_DEFAULT);
  g_assert_true (milestone->met.at == TRUCE_TIME_NONE && milestone->cancelled.at == TRUCE_TIME_NONE);
  assert_time (revision (milestone, 0)->span.earliest, "2027-01-09T15:00:00Z"); /* Seoul's midnight */
  g_assert_cmpint (feed->interval, ==, TRUCE_POLL_DEFAULT);
  g_assert_cmpint (feed->backfill, ==, TRUCE_BACKFILL_DEFAULT);
  g_assert_cmpint (feed->tier, ==, TRUCE_TIER_PRESS);
  g_assert_cmpuint (truce_config_n_sinks (config), ==, 2);
  g_assert_cmpint (truce_config_sink (config, 0)->kind, ==, TRUCE_SINK_JOURNAL);
  g_assert_cmpint (truce_config_sink (config, 1)->kind, ==, TRUCE_SINK_DESKTOP);
  g_assert_cmpuint (truce_config_n_queries (config), ==, 0);
  g_assert_null (truce_config_find_milestone (config, "b"));
}

/* A later file's word in [truced] replaces the earlier's, and other sections add up. */
static void
test_drop_ins (void)
{
  const char *const texts[] = {
    "[truced]\ntimezone = UTC\npoll = 1h\nlead = 1d\n[feed a]\nurl = http://example.org/a\n",
    "[truced]\npoll = 2h\nalert-to = stdout\n[milestone m]\ndue = 2027-01-10\n",
    "[truced]\npoll = 3h\n[feed b]\nurl = http://example.org/b\n",
    NULL,
  };
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = parse_files (texts, diags);

  g_assert_cmpuint (truce_diags_count (diags), ==, 0);
  g_assert_cmpuint (truce_config_n_feeds (config), ==, 2);
  g_assert_cmpstr (truce_config_feed (config, 1)->id, ==, "b");
  g_assert_cmpint (truce_config_feed (config, 0)->interval, ==, 3 * TRUCE_HOUR);
  g_assert_cmpint (truce_config_sink (config, 0)->kind, ==, TRUCE_SINK_STDOUT);
  g_autofree char *leads = leads_text (truce_config_milestone (config, 0));
  g_assert_cmpstr (leads, ==, "1d");
}

/* Findings of several files come file by file, each in the order of its lines. */
static void
test_order_of_findings (void)
{
  const char *const texts[] = { "[milestone a]\nx = 1\n", "[truced]\npoll = x\n[milestone a]\n", NULL };
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  g_assert_null (parse_files (texts, diags));
  g_autofree char *findings = truce_diags_to_text (diags);
  g_assert_cmpstr (findings, ==,
                   "one:1: [milestone a]: a milestone needs due, its date\n"
                   "one:2: [milestone a].x: 1: [milestone] has no such key\n"
                   "two:2: [truced].poll: x: not a length of time such as 90s, 15m, 1h, 7d or 2w\n"
                   "two:3: [milestone a] stands already at one:1\n");
}

/* The history of a date that hangs on another is the other's, and its own revisions end that. */
static void
test_following (void)
{
  g_autoptr (TruceConfig) config = parse_good ("[truced]\ntimezone = UTC\n"
                                               "[milestone after]\ndue = milestone:base + 10d\n"
                                               "revised = 2026-03-15: 2027-06-01: by hand\n"
                                               "revised = 2026-04-15: milestone:base + 20d\n"
                                               "[milestone base]\ndue = 2027-01-01\n"
                                               "revised = 2026-02-01: 2027-02-01: a month\n"
                                               "revised = 2026-04-01: 2027-03-01\n"
                                               "revised = 2026-05-01: 2027-04-01: last\n");
  const TruceMilestone *after = truce_config_find_milestone (config, "after");
  static const struct {
    const char *since, *due, *why;
  } expected[] = {
    { "0001-01-01T00:00:00Z", "2027-01-11T00:00:00Z", NULL },
    { "2026-02-01T00:00:00Z", "2027-02-11T00:00:00Z", "follows base: a month" },
    { "2026-03-15T00:00:00Z", "2027-06-01T00:00:00Z", "by hand" },
    { "2026-04-15T00:00:00Z", "2027-03-21T00:00:00Z", NULL },
    { "2026-05-01T00:00:00Z", "2027-04-21T00:00:00Z", "follows base: last" },
  };

  g_assert_cmpuint (after->n_revisions, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    assert_time (revision (after, i)->since, expected[i].since);
    assert_time (revision (after, i)->span.earliest, expected[i].due);
    g_assert_cmpstr (revision (after, i)->why, ==, expected[i].why);
  }
}

/* A chain of any length is resolved, whichever way round the file has it, without a stack that grows with it. */
static void
test_long_chain (void)
{
  enum { LENGTH = 20000 };
  g_autoptr (GString) text = g_string_new ("[truced]\ntimezone = UTC\nlead = 0\n");

  for (guint i = 0; i < LENGTH; i++)
    g_string_append_printf (text, "[milestone m%u]\ndue = milestone:m%u + 1h\n", i, i + 1);
  g_string_append_printf (text, "[milestone m%u]\ndue = 2027-01-10 00:00\n", LENGTH);
  g_autoptr (TruceConfig) config = parse_good (text->str);
  const TruceMilestone *first = truce_config_find_milestone (config, "m0");
  assert_time (revision (first, 0)->span.earliest, "2029-04-22T08:00:00Z"); /* 833 days and 8 hours on */
}

/* Hits are numbered as the owners are: milestones before watches. */
static void
test_queries (void)
{
  g_autoptr (TruceConfig) config = parse_good ("[watch w]\ntitle = W\nmatch = 희토류\n"
                                               "[milestone quiet]\ndue = 2027-01-10\n"
                                               "[milestone m]\ndue = 2027-01-10\nmatch = truce\n"
                                               "[feed f]\nurl = http://example.org/f\n");
  g_autoptr (TruceItem) item = truce_item_new ();
  g_autoptr (GArray) hits = truce_hits_new ();
  const TruceMatchContext context = { .feed = "f" };

  g_assert_cmpuint (truce_config_n_queries (config), ==, 2);
  g_assert_cmpstr (truce_config_match_owner (config, 0)->milestone->id, ==, "m");
  g_assert_null (truce_config_match_owner (config, 0)->watch);
  g_assert_cmpstr (truce_config_match_owner (config, 1)->watch->id, ==, "w");
  g_assert_null (truce_config_match_owner (config, 1)->milestone);
  g_free (item->title);
  item->title = g_strdup ("중국, 희토류 수출통제");
  truce_matcher_run (truce_config_matcher (config), item, &context, hits);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpuint (g_array_index (hits, TruceHit, 0).query, ==, 1);
}

static gboolean
takes (const TruceConfig *config, const TruceSink *sink, TruceAlertKind kind, TruceUrgency urgency)
{
  static const char *const cause[] = { "test", NULL };
  g_autoptr (TruceAlert) alert = truce_alert_new (kind, cause, NOW);

  alert->urgency = urgency;
  return truce_sink_takes (config, sink, alert);
}

static void
test_sinks (void)
{
  g_autoptr (TruceConfig) config =
      parse_good ("[truced]\nalert-to = pager journal told\n"
                  "[sink pager]\nkind = syslog\nalerts = deadline changed\nmin-urgency = normal\n"
                  "[sink told]\nkind = syslog\nformat = rfc5424\n");
  const TruceSink *pager = truce_config_sink (config, 0), *journal = truce_config_sink (config, 1);

  g_assert_true (pager == truce_config_find_sink (config, "pager"));
  g_assert_cmpstr (truce_sink_kind_to_text (pager->kind), ==, "syslog");
  g_assert_true (pager->rfc3164);
  g_assert_false (truce_config_find_sink (config, "told")->rfc3164);
  g_assert_cmpstr (journal->id, ==, "journal");
  for (guint kind = 0; kind < TRUCE_N_ALERT_KINDS; kind++) {
    gboolean wanted = kind <= TRUCE_ALERT_PASSED || kind == TRUCE_ALERT_CHANGED || kind == TRUCE_ALERT_TEST;
    g_assert_cmpint (takes (config, pager, (TruceAlertKind) kind, TRUCE_URGENCY_NORMAL), ==, wanted);
    g_assert_cmpint (takes (config, pager, (TruceAlertKind) kind, TRUCE_URGENCY_LOW), ==, kind == TRUCE_ALERT_TEST);
    g_assert_cmpint (takes (config, journal, (TruceAlertKind) kind, TRUCE_URGENCY_LOW), ==, kind != TRUCE_ALERT_DIGEST);
  }
}

/* A digest goes where any of the alerts in it goes. */
static void
test_a_digest_goes_where_its_alerts_go (void)
{
  g_autoptr (TruceConfig) config =
      parse_good ("[truced]\nalert-to = dates news journal\n"
                  "[sink dates]\nkind = stdout\nalerts = deadline\n"
                  "[sink news]\nkind = stdout\nalerts = news problem\nmin-urgency = critical\n");
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  const char *const cause[] = { "cause", NULL };

  g_ptr_array_add (alerts, truce_alert_new (TRUCE_ALERT_LEAD, cause, NOW));
  g_ptr_array_add (alerts, truce_alert_new (TRUCE_ALERT_NEWS, cause, NOW));
  for (guint i = 0; i < alerts->len; i++)
    ((TruceAlert *) g_ptr_array_index (alerts, i))->title = g_strdup ("A");
  g_autoptr (TruceAlert) digest = truce_alert_for_digest (alerts, TRUCE_DIGEST_QUIET, NULL, NULL, NOW);
  g_assert_true (truce_sink_takes (config, truce_config_find_sink (config, "dates"), digest));
  g_assert_false (truce_sink_takes (config, truce_config_find_sink (config, "news"), digest));
  g_assert_true (truce_sink_takes (config, truce_config_find_sink (config, "journal"), digest));
}

static void
free_item (gpointer data)
{
  TruceAlertItem *item = data;

  g_free (item->title);
  g_free (item->feed);
  g_free (item);
}

static TruceAlert *
about (const char *milestone, const char *watch, const char *also, const char *feed)
{
  static const char *const cause[] = { "tags", NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_NEWS, cause, NOW);
  const char *const others[] = { also, NULL };

  alert->milestone = g_strdup (milestone);
  alert->watch = g_strdup (watch);
  alert->also = also ? g_strdupv ((char **) others) : NULL;
  if (feed) {
    TruceAlertItem *item = g_new0 (TruceAlertItem, 1);
    item->title = g_strdup ("A headline");
    item->feed = g_strdup (feed);
    alert->items = g_ptr_array_new_with_free_func (free_item);
    g_ptr_array_add (alert->items, item);
  }
  return alert;
}

/* By the tags of the milestone, the watch, the others that an item matched, and the feed. */
static void
test_tags_of_sinks (void)
{
  static const struct {
    const char *milestone, *watch, *also, *feed;
    gboolean taken;
  } table[] = {
    { "truce", NULL, NULL, NULL, TRUE },
    { "tax", NULL, NULL, NULL, FALSE },
    { NULL, "chips", NULL, "press", TRUE },
    { NULL, "weather", NULL, "press", FALSE },
    { "tax", NULL, "watch:chips", NULL, TRUE },
    { "tax", NULL, "truce", NULL, TRUE },
    { "tax", NULL, "watch:weather", NULL, FALSE },
    { "tax", NULL, NULL, "wire", TRUE },
    { "gone", NULL, NULL, NULL, TRUE },
    { NULL, NULL, NULL, NULL, TRUE },
  };
  g_autoptr (TruceConfig) config = parse_good (
      "[truced]\nalert-to = traders\n[sink traders]\nkind = stdout\ntags = trade chips wires\n"
      "[milestone truce]\ndue = 2027-01-10\ntags = asia trade\n[milestone tax]\ndue = 2027-04-15\ntags = tax\n"
      "[watch chips]\nmatch = chip*\ntags = chips\n[watch weather]\nmatch = storm\n"
      "[feed wire]\nurl = https://example.org/\ntags = wires\n[feed press]\nurl = https://example.com/\n");
  const TruceSink *sink = truce_config_sink (config, 0);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (TruceAlert) alert = about (table[i].milestone, table[i].watch, table[i].also, table[i].feed);
    g_test_message ("%u", i);
    g_assert_cmpint (truce_sink_takes (config, sink, alert), ==, table[i].taken);
  }
}

static void
test_quiet (void)
{
  g_autoptr (TruceConfig) config = parse_good ("[truced]\nalert-to = desktop log early\nquiet = 22:00-07:00\n"
                                               "[sink log]\nkind = stdout\nquiet = no\n"
                                               "[sink early]\nkind = stdout\nquiet = 20:30 - 06:15\n");
  const TruceSink *desktop = truce_config_find_sink (config, "desktop");
  const TruceSink *early = truce_config_find_sink (config, "early");

  g_assert_true (desktop->quiet.set);
  g_assert_cmpint (desktop->quiet.from, ==, 22 * 60);
  g_assert_cmpint (desktop->quiet.to, ==, 7 * 60);
  g_assert_false (truce_config_find_sink (config, "log")->quiet.set);
  g_assert_cmpint (early->quiet.from, ==, 20 * 60 + 30);
  g_assert_cmpint (early->quiet.to, ==, 6 * 60 + 15);
}

/* A reload keeps the old config for those who still hold it. */
static void
test_references (void)
{
  TruceConfig *config = parse_good ("[milestone a]\ndue = 2027-01-10\n");
  TruceConfig *held = truce_config_ref (config);

  truce_config_unref (config);
  g_assert_cmpstr (truce_config_milestone (held, 0)->id, ==, "a");
  truce_config_unref (held);
  truce_config_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/defaults", test_defaults);
  g_test_add_func ("/config/drop-ins", test_drop_ins);
  g_test_add_func ("/config/order of findings", test_order_of_findings);
  g_test_add_func ("/config/following", test_following);
  g_test_add_func ("/config/long chain", test_long_chain);
  g_test_add_func ("/config/queries", test_queries);
  g_test_add_func ("/config/sinks", test_sinks);
  g_test_add_func ("/config/sinks/tags", test_tags_of_sinks);
  g_test_add_func ("/config/digest", test_a_digest_goes_where_its_alerts_go);
  g_test_add_func ("/config/quiet", test_quiet);
  g_test_add_func ("/config/references", test_references);
  return g_test_run ();
}
