/* SPDX-License-Identifier: MIT */
/* What is owed and when, in every zone of the tz database, against an oracle that knows nothing of truced; and that a
 * span of time may be cut anywhere: due (a, b) and due (b, c) are due (a, c), and next (a) is the first after a.
 *
 * PROVE=long in the environment makes it twenty times as long. */
#include <string.h>

#include "deadline/nag.h"
#include "oracle/oracle.h"

#define MILESTONES 2 /* a zone */
#define CUTS 6
#define YEARS_FROM 1974 /* before, some clocks were off by seconds */
#define YEARS_UPTO 2091
#define BEYOND (60 * 1440) /* minutes after a date in which its repetitions are looked at */

static const TruceFiringKind kinds[] = {
  [ORACLE_LEAD] = TRUCE_FIRING_LEAD,
  [ORACLE_DUE] = TRUCE_FIRING_DUE,
  [ORACLE_WINDOW_OPEN] = TRUCE_FIRING_WINDOW_OPEN,
  [ORACLE_PASSED] = TRUCE_FIRING_PASSED,
  [ORACLE_NAG] = TRUCE_FIRING_NAG,
};

static TruceMilestone *
milestone_of (const OracleManner *manner)
{
  TruceMilestone *milestone = truce_milestone_new ("m");
  TruceLead leads[16];

  for (guint i = 0; i < manner->n_leads; i++)
    g_assert_true (truce_lead_parse (oracle_leads[manner->leads[i]].text, &leads[i]));
  truce_milestone_set_leads (milestone, leads, manner->n_leads);
  milestone->remind_at = manner->remind_at;
  milestone->has_nag = manner->nag != NULL;
  if (manner->nag) {
    g_assert_true (truce_lead_parse (manner->nag->text, &milestone->nag));
    milestone->nag.after = TRUE;
  }
  return milestone;
}

static void
read_date (const char *text, TruceZone *zone, TruceSpan *ret_span)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, &error);

  if (!when || !truce_when_resolve (when, NULL, ret_span, NULL, &error))
    g_error ("'%s': %s", text, error->message);
}

/* What truced says is owed in (after, upto]. */
static GArray *
firings_in (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after, TruceTime upto)
{
  GArray *firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));

  truce_milestone_firings (milestone, 0, span, after, upto, firings);
  truce_nag_firings (milestone, 0, span, after, upto, firings);
  return firings;
}

static char *
describe (const char *zone, const char *date, const OracleManner *manner)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s in %s, remind-at %02d:%02d, nag %s, lead", date, zone, manner->remind_at / 60,
                          manner->remind_at % 60, manner->nag ? manner->nag->text : "no");
  for (guint i = 0; i < manner->n_leads; i++)
    g_string_append_printf (text, " %s", oracle_leads[manner->leads[i]].text);
  return g_string_free (text, FALSE);
}

static int
compare_firings (gconstpointer a, gconstpointer b)
{
  const TruceFiring *x = a, *y = b;

  return x->at != y->at ? (x->at < y->at ? -1 : 1) : strcmp (x->key, y->key);
}

static void
compare_with_oracle (const char *what, GArray *firings, const GArray *owed)
{
  g_array_sort (firings, compare_firings);
  for (guint i = 0; i < MAX (firings->len, owed->len); i++) {
    const TruceFiring *firing = i < firings->len ? &g_array_index (firings, TruceFiring, i) : NULL;
    const OracleOwed *one = i < owed->len ? &g_array_index (owed, OracleOwed, i) : NULL;
    char at[TRUCE_TIME_TEXT_SIZE], wanted[TRUCE_TIME_TEXT_SIZE];
    if (firing && one && firing->at == one->at * TRUCE_MINUTE && strcmp (firing->key, one->key) == 0 &&
        firing->kind == kinds[one->kind] && firing->after == one->after)
      continue;
    g_error ("%s: truced has %s at %s, the oracle %s at %s", what, firing ? firing->key : "nothing",
             firing ? truce_time_to_text (firing->at, at) : "any time", one ? one->key : "nothing",
             one ? truce_time_to_text (one->at * TRUCE_MINUTE, wanted) : "any time");
  }
}

static TruceTime
next_after (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after)
{
  guint number;

  return MIN (truce_milestone_next_firing (milestone, span, after), truce_nag_next (milestone, span, after, &number));
}

/* Cuts the time anywhere, at the firings too: the parts are the whole, and next is the first of what is to come. */
static void
check_cuts (const char *what, const TruceMilestone *milestone, const TruceSpan *span, const GArray *whole,
            TruceTime upto)
{
  TruceTime after = TRUCE_TIME_MIN;
  guint seen = 0;

  for (guint i = 0; i <= CUTS; i++) {
    TruceTime cut = upto;
    if (i < CUTS && whole->len > 0) {
      cut = g_array_index (whole, TruceFiring, oracle_one_of ((int) whole->len)).at;
      cut += oracle_one_of (3) - 1;
      cut = CLAMP (cut, after, upto);
    }
    g_autoptr (GArray) part = firings_in (milestone, span, after, cut);
    TruceTime next = next_after (milestone, span, after);
    g_assert_cmpint (next, >, after);
    g_assert_cmpint (next <= cut, ==, part->len > 0);
    for (guint j = 0; j < part->len; j++) /* a repetition may fall together with a lead */
      g_assert_cmpint (g_array_index (part, TruceFiring, j).at, >=, next);
    seen += part->len;
    after = cut;
  }
  if (seen != whole->len)
    g_error ("%s: %u in parts, %u in all", what, seen, whole->len);
}

/* A milestone by chance in a year of the zone in use. */
static void
check_milestone (const char *name, TruceZone *zone, int year)
{
  OracleDate date;
  OracleManner manner;
  TruceSpan span;

  oracle_random_milestone (year, &date, &manner);
  g_autoptr (TruceMilestone) milestone = milestone_of (&manner);
  g_autofree char *text = oracle_date_to_text (&date);
  g_autofree char *what = describe (name, text, &manner);
  gint64 upto = oracle_latest (&date) + BEYOND;
  g_autoptr (GArray) owed = oracle_owed (&date, &manner, upto);

  read_date (text, zone, &span);
  if (span.earliest != oracle_earliest (&date) * TRUCE_MINUTE || span.latest != oracle_latest (&date) * TRUCE_MINUTE)
    g_error ("%s: the date is read otherwise", what);
  g_autoptr (GArray) firings = firings_in (milestone, &span, TRUCE_TIME_MIN, upto * TRUCE_MINUTE);
  check_cuts (what, milestone, &span, firings, upto * TRUCE_MINUTE);
  compare_with_oracle (what, firings, owed);
  truce_span_clear (&span);
}

static void
check_zone (const char *name, guint n_milestones)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceZone) zone = truce_zone_new (name, &error);

  g_assert_no_error (error);
  oracle_use_zone (name);
  for (guint i = 0; i < n_milestones; i++)
    check_milestone (name, zone, YEARS_FROM + oracle_one_of (YEARS_UPTO - YEARS_FROM));
}

/* Zones that crossed the date line have a day that never was. */
static void
test_days_that_were_not (void)
{
  static const struct {
    const char *zone;
    int year;
  } cases[] = {
    { "Pacific/Apia", 2011 },       { "Pacific/Fakaofo", 2011 },    { "Pacific/Kwajalein", 1993 },
    { "Pacific/Kiritimati", 1994 }, { "Pacific/Kiritimati", 1995 }, { "Pacific/Enderbury", 1994 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceZone) zone = truce_zone_new (cases[i].zone, NULL);
    oracle_use_zone (cases[i].zone);
    for (guint j = 0; j < 40; j++)
      check_milestone (cases[i].zone, zone, cases[i].year);
  }
}

static void
test_every_zone (void)
{
  g_autoptr (GPtrArray) zones = oracle_zones ();
  guint n = g_strcmp0 (g_getenv ("PROVE"), "long") == 0 ? 20 * MILESTONES : MILESTONES;

  for (guint i = 0; i < zones->len; i++)
    check_zone (g_ptr_array_index (zones, i), n);
  g_test_message ("%u milestones in each of %u zones", n, zones->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  oracle_seed ((guint32) g_test_rand_int ());
  g_test_add_func ("/every-zone", test_every_zone);
  g_test_add_func ("/days-that-were-not", test_days_that_were_not);
  return g_test_run ();
}
