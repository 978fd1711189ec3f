/* SPDX-License-Identifier: MIT */
/* random_milestone.h: milestones of every kind by chance, and their firings by the plainest reckoning. The chance is
 * that of g_test_rand_*, whose seed every run prints. */
#pragma once

#include <string.h>

#include "deadline/milestone.h"

static inline void
random_span (TruceSpan *ret_span)
{
  static const char *const zones[] = { "America/New_York", "UTC",          "Asia/Seoul",          "Europe/Dublin",
                                       "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe", "-03:00" };
  TruceZone *zone = truce_zone_new (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))], NULL);
  gint64 day = g_test_rand_int_range (15000, 21000);
  TruceSpan span = { .zone = zone };

  switch (g_test_rand_int_range (0, 4)) {
  case 0:
    span.earliest = span.latest = day * TRUCE_DAY + g_test_rand_int_range (0, 86400) * TRUCE_SECOND;
    span.precision = TRUCE_PRECISION_INSTANT;
    break;
  case 1:
    span.earliest = truce_zone_day_start (zone, day);
    span.latest = truce_zone_day_start (zone, day + 1);
    span.precision = TRUCE_PRECISION_DAY;
    break;
  case 2:
    span.earliest = truce_zone_day_start (zone, day);
    span.latest = truce_zone_day_start (zone, day + g_test_rand_int_range (2, 400));
    span.precision = TRUCE_PRECISION_PART_OF_MONTH;
    break;
  default:
    span.earliest = day * TRUCE_DAY + g_test_rand_int_range (0, 86400) * TRUCE_SECOND;
    span.latest = span.earliest + g_test_rand_int_range (1, 86400 * 20) * TRUCE_SECOND;
    span.precision = TRUCE_PRECISION_INTERVAL;
  }
  *ret_span = span;
}

static inline TruceMilestone *
random_milestone (const char *id)
{
  static const char *const texts[] = { "0",   "1d",   "3d",   "7d",    "14d",   "30d", "1mo",  "1y6mo",
                                       "2y",  "24h",  "6h",   "90m",   "25h",   "1s",  "+1d",  "+2d",
                                       "+6h", "+24h", "+1mo", "1d12h", "+1d1s", "31d", "1mo1d" };
  TruceMilestone *milestone = truce_milestone_new (id);
  guint n_leads = (guint) g_test_rand_int_range (0, 12);
  TruceLead leads[12];

  for (guint i = 0; i < n_leads; i++)
    truce_lead_parse (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))], &leads[i]);
  truce_milestone_set_leads (milestone, leads, n_leads);
  milestone->remind_at = g_test_rand_int_range (0, 24 * 60);
  return milestone;
}

static inline int
order_of_firings (gconstpointer a, gconstpointer b)
{
  const TruceFiring *left = a, *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  int order = strcmp (left->milestone->id, right->milestone->id);
  return order ? order : strcmp (left->key, right->key);
}

static inline void
add_firing (GArray *firings, const TruceMilestone *milestone, guint revision, TruceFiringKind kind, TruceTime at,
            const char *key, gboolean after)
{
  TruceFiring firing = { milestone, revision, kind, at, "", after, 0 };

  g_strlcpy (firing.key, key, sizeof firing.key);
  g_array_append_val (firings, firing);
}

/* Every firing that the milestone will ever have: each lead in turn, nothing left out as surely too early or late. */
static inline void
every_firing (const TruceMilestone *milestone, guint revision, const TruceSpan *span, GArray *ret_firings)
{
  gboolean wide = span->precision != TRUCE_PRECISION_INSTANT && span->precision != TRUCE_PRECISION_DAY;
  gboolean opened = FALSE;

  for (guint i = 0; i < milestone->leads->len; i++) {
    const TruceLead *lead = &g_array_index (milestone->leads, TruceLead, i);
    char key[TRUCE_LEAD_TEXT_SIZE];
    TruceFiringKind kind = TRUCE_FIRING_LEAD;
    if (truce_lead_is_at (lead)) {
      kind = wide ? TRUCE_FIRING_WINDOW_OPEN : TRUCE_FIRING_DUE;
      opened = TRUE;
    }
    add_firing (ret_firings, milestone, revision, kind, truce_lead_instant (lead, span, milestone->remind_at),
                truce_lead_to_text (lead, key), lead->after);
  }
  if (wide && !opened)
    add_firing (ret_firings, milestone, revision, TRUCE_FIRING_WINDOW_OPEN, span->earliest, "0", FALSE);
  if (span->precision != TRUCE_PRECISION_INSTANT)
    add_firing (ret_firings, milestone, revision, TRUCE_FIRING_PASSED, span->latest, "passed", TRUE);
}

static inline void
assert_same_firings (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const TruceFiring *left = &g_array_index (a, TruceFiring, i), *right = &g_array_index (b, TruceFiring, i);
    g_assert_cmpint (left->at, ==, right->at);
    g_assert_true (left->milestone == right->milestone);
    g_assert_cmpuint (left->revision, ==, right->revision);
    g_assert_cmpint (left->kind, ==, right->kind);
    g_assert_cmpstr (left->key, ==, right->key);
    g_assert_cmpint (left->after, ==, right->after);
  }
}
