/* SPDX-License-Identifier: MIT */
#include "deadline/milestone.h"
#include "random_milestone.h"
#include "statement.h"

static TruceMilestone *
milestone_with_leads (const char *texts)
{
  TruceMilestone *milestone = truce_milestone_new ("m");
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);
  TruceLead leads[TRUCE_LEADS_MAX];
  guint n_leads = 0;

  for (char **word = words; *word && **word; word++)
    g_assert_true (truce_lead_parse (*word, &leads[n_leads++]));
  truce_milestone_set_leads (milestone, leads, n_leads);
  return milestone;
}

static char *
leads_to_text (const TruceMilestone *milestone)
{
  GString *text = g_string_new (NULL);
  char buffer[TRUCE_LEAD_TEXT_SIZE];

  for (guint i = 0; i < milestone->leads->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
                            truce_lead_to_text (&g_array_index (milestone->leads, TruceLead, i), buffer));
  return g_string_free (text, FALSE);
}

static void
test_leads (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "0 1d 30d +1d 7d", "30d 7d 1d 0 +1d" },
    { "7d 1w 7d 168h", "7d 168h" },
    { "+2d +1d +6h 0 0h", "0 +6h +1d +2d" },
    { "6h 1y 1mo 30d 31d 12mo", "1y 31d 1mo 30d 6h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceMilestone) milestone = milestone_with_leads (cases[i][0]);
    g_autofree char *text = leads_to_text (milestone);
    g_assert_cmpstr (text, ==, cases[i][1]);
  }
}

/* --- revisions and endings --- */

static void
test_revisions (void)
{
  g_autoptr (TruceMilestone) milestone = truce_milestone_new ("m");
  TruceSpan span;

  span_of ("2025-08-12", "UTC", &span);
  truce_milestone_add_revision (milestone, TRUCE_TIME_MIN, &span, "first", NULL, 3);
  truce_milestone_add_revision (milestone, 300, &span, "third", "why", 5);
  truce_milestone_add_revision (milestone, 100, &span, "second", NULL, 4);
  truce_milestone_add_revision (milestone, 300, &span, "fourth", NULL, 6);
  truce_span_clear (&span);

  static const char *const order[] = { "first", "second", "third", "fourth" };
  for (guint i = 0; i < 4; i++) {
    const TruceRevision *revision = truce_milestone_revision (milestone, i);
    g_assert_cmpstr (revision->statement, ==, order[i]);
    g_assert_cmpstr (truce_zone_name (revision->span.zone), ==, "UTC");
  }
  static const struct {
    TruceTime at;
    guint revision;
    TruceTime next;
  } cases[] = {
    { TRUCE_TIME_MIN, 0, 100 },  { 99, 0, 100 }, { 100, 1, 300 }, { 299, 1, 300 }, { 300, 3, TRUCE_TIME_NONE },
    { 301, 3, TRUCE_TIME_NONE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpuint (truce_milestone_revision_at (milestone, cases[i].at), ==, cases[i].revision);
    g_assert_cmpint (truce_milestone_next_change (milestone, cases[i].at), ==, cases[i].next);
    g_assert_false (truce_milestone_ended_at (milestone, cases[i].at));
  }
}

static void
test_endings (void)
{
  g_autoptr (TruceMilestone) met = truce_milestone_new ("met");
  g_autoptr (TruceMilestone) cancelled = truce_milestone_new ("cancelled");

  met->met.at = 200;
  cancelled->cancelled.at = 200;
  const TruceMilestone *both[] = { met, cancelled };
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++) {
    g_assert_false (truce_milestone_ended_at (both[i], 199));
    g_assert_true (truce_milestone_ended_at (both[i], 200));
    g_assert_cmpint (truce_milestone_next_change (both[i], 199), ==, 200);
    g_assert_cmpint (truce_milestone_next_change (both[i], 200), ==, TRUCE_TIME_NONE);
  }
  truce_milestone_free (NULL);
}

/* --- firings --- */

static const char *const kinds[] = { "lead", "due", "window-open", "passed" };

static char *
firings_to_text (const GArray *firings)
{
  GString *text = g_string_new (NULL);
  char at[TRUCE_TIME_TEXT_SIZE];

  for (guint i = 0; i < firings->len; i++) {
    const TruceFiring *firing = &g_array_index (firings, TruceFiring, i);
    g_string_append_printf (text, "%s %s %s%s\n", truce_time_to_text (firing->at, at), firing->key, kinds[firing->kind],
                            firing->after ? " after" : "");
  }
  return g_string_free (text, FALSE);
}

/* Everything that each kind of date tells, in order. */
static void
test_firings (void)
{
  static const struct {
    const char *date, *leads, *firings;
  } cases[] = {
    { "2025-08-12 00:01", "30d 1d 6h 0 +1d",
      "2025-07-13T13:00:00Z 30d lead\n"
      "2025-08-11T13:00:00Z 1d lead\n"
      "2025-08-11T22:01:00Z 6h lead\n"
      "2025-08-12T04:01:00Z 0 due\n"
      "2025-08-13T13:00:00Z +1d lead after\n" },
    { "2025-08-12 00:01", "", "" },
    { "2025-06-19", "1d 0 +1d",
      "2025-06-18T13:00:00Z 1d lead\n"
      "2025-06-19T04:00:00Z 0 due\n"
      "2025-06-20T04:00:00Z passed passed after\n"
      "2025-06-20T13:00:00Z +1d lead after\n" },
    { "2025-06-19", "", "2025-06-20T04:00:00Z passed passed after\n" },
    { "mid-June 2025", "1d 0",
      "2025-06-10T13:00:00Z 1d lead\n"
      "2025-06-11T04:00:00Z 0 window-open\n"
      "2025-06-21T04:00:00Z passed passed after\n" },
    { "mid-June 2025", "",
      "2025-06-11T04:00:00Z 0 window-open\n"
      "2025-06-21T04:00:00Z passed passed after\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceMilestone) milestone = milestone_with_leads (cases[i].leads);
    g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    TruceSpan span;
    span_of (cases[i].date, "America/New_York", &span);
    truce_milestone_firings (milestone, 7, &span, TRUCE_TIME_MIN, TRUCE_TIME_MAX, firings);
    g_autofree char *text = firings_to_text (firings);
    g_assert_cmpstr (text, ==, cases[i].firings);
    for (guint j = 0; j < firings->len; j++)
      g_assert_cmpuint (g_array_index (firings, TruceFiring, j).revision, ==, 7);
    truce_span_clear (&span);
  }
}

static void
keep_within (GArray *firings, TruceTime after, TruceTime upto)
{
  for (guint i = firings->len; i > 0; i--) {
    TruceTime at = g_array_index (firings, TruceFiring, i - 1).at;
    if (at <= after || at > upto)
      g_array_remove_index (firings, i - 1);
  }
  g_array_sort (firings, order_of_firings);
}

static TruceTime
random_time_near (const TruceSpan *span)
{
  return span->earliest + (TruceTime) ((g_test_rand_double () - 0.7) * 1000 * (double) TRUCE_DAY);
}

/* due(a,b) + due(b,c) = due(a,c), and all of them what the plain reckoning says. */
static void
test_any_split (void)
{
  for (int round = 0; round < 1000; round++) {
    g_autoptr (TruceMilestone) milestone = random_milestone ("m");
    g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    TruceSpan span;
    random_span (&span);
    TruceTime a = random_time_near (&span), b = random_time_near (&span), c = random_time_near (&span);
    TruceTime first = MIN (MIN (a, b), c), last = MAX (MAX (a, b), c), middle = a ^ b ^ c ^ first ^ last;

    truce_milestone_firings (milestone, 1, &span, first, last, whole);
    truce_milestone_firings (milestone, 1, &span, first, middle, parts);
    truce_milestone_firings (milestone, 1, &span, middle, last, parts);
    every_firing (milestone, 1, &span, plain);
    keep_within (plain, first, last);
    assert_same_firings (whole, plain);
    assert_same_firings (parts, plain);
    truce_span_clear (&span);
  }
}

/* next(a) > a, due(a, next(a) - 1us) is empty, and by next() alone one meets every firing. */
static void
test_next (void)
{
  for (int round = 0; round < 500; round++) {
    g_autoptr (TruceMilestone) milestone = random_milestone ("m");
    g_autoptr (GArray) met = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    TruceSpan span;
    random_span (&span);

    TruceTime at = TRUCE_TIME_MIN, next;
    while ((next = truce_milestone_next_firing (milestone, &span, at)) != TRUCE_TIME_NONE) {
      guint n_met = met->len;
      g_assert_cmpint (next, >, at);
      truce_milestone_firings (milestone, 1, &span, at, next - 1, met);
      g_assert_cmpuint (met->len, ==, n_met);
      truce_milestone_firings (milestone, 1, &span, next - 1, next, met);
      g_assert_cmpuint (met->len, >, n_met);
      at = next;
    }
    every_firing (milestone, 1, &span, plain);
    g_array_sort (plain, order_of_firings);
    assert_same_firings (met, plain);
    truce_span_clear (&span);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/milestone/leads", test_leads);
  g_test_add_func ("/milestone/revisions", test_revisions);
  g_test_add_func ("/milestone/endings", test_endings);
  g_test_add_func ("/milestone/firings", test_firings);
  g_test_add_func ("/milestone/any-split", test_any_split);
  g_test_add_func ("/milestone/next", test_next);
  return g_test_run ();
}
