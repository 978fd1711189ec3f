/* SPDX-License-Identifier: MIT */
#include "sample-alerts.h"

static void
set_due (TruceAlert *alert)
{
  alert->milestone = g_strdup ("us-china-truce");
  alert->has_due = TRUE;
  alert->revision = 2;
  alert->due = SAMPLE_DUE;
  alert->zone = g_strdup ("America/New_York");
  alert->seconds_left = (SAMPLE_DUE - SAMPLE_RAISED) / TRUCE_SECOND;
}

static TruceAlert *
about_date (TruceAlertKind kind, const char *title, const char *lead)
{
  const char *const cause[] = { "us-china-truce", "2", lead, NULL };
  TruceAlert *alert = truce_alert_new (kind, cause, SAMPLE_RAISED);

  set_due (alert);
  alert->title = g_strdup (title);
  alert->body = g_strdup ("Tue 12 Aug 2025 00:01 EDT (America/New_York)");
  alert->lead = g_strdup (lead);
  return alert;
}

static TruceAlert *
about_silence (void)
{
  const char *const cause[] = { "us-china-truce", "2", "no-news", NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_SILENT, cause, SAMPLE_RAISED);

  set_due (alert);
  alert->why = g_strdup ("no-news");
  alert->title = g_strdup ("US-China tariff truce ends: in 7 days, and no news of it");
  alert->body = g_strdup ("Tue 12 Aug 2025 00:01 EDT (America/New_York)\nNothing that matches since yesterday.");
  return alert;
}

static TruceAlert *
about_news (void)
{
  static const char *const matched[] = { "rare earth", "稀土", NULL };
  static const char *const also[] = { "watch:rare-earths", "milestone:tiktok-divestiture", NULL };
  TruceItem item = { .id = (char *) "1",
                     .link = (char *) "https://example.org/a?b=c&d=%5D",
                     .title = (char *) "China's \"rare earth\" curbs [update] \\ 稀土 희토류 – 5 % = more; \x1b[31mred",
                     .summary = (char *) "Line one\nline two\x07\r\n\"quoted\" ]more[",
                     .published = SAMPLE_RAISED - TRUCE_HOUR,
                     .updated = TRUCE_TIME_NONE };
  TruceFeed feed = { .id = (char *) "ustr", .title = (char *) "Federal Register", .tier = TRUCE_TIER_OFFICIAL };
  TruceAlert *alert =
      truce_alert_for_news (&item, 1, &feed, NULL, "tariffs", "Tariffs on goods", also, matched, SAMPLE_RAISED);
  TruceAlertItem *second = g_new0 (TruceAlertItem, 1);

  second->title = g_strdup ("The same told elsewhere");
  second->feed = g_strdup ("reuters");
  second->published = TRUCE_TIME_NONE;
  g_ptr_array_add (alert->items, second);
  alert->count = 12;
  alert->sources = 7;
  alert->official = 4;
  alert->grown = alert->raised + TRUCE_HOUR;
  alert->confirmed = alert->raised + TRUCE_MINUTE;
  alert->follows = g_strdup ("00112233445566778899aabbccddeeff");
  return alert;
}

static TruceAlert *
about_move (void)
{
  static const char *const others[] = { "moved to Sun 9 Nov 2025, by example.net", NULL };
  static const char *const along[] = { "The report moves to Wed 10 Dec 2025", NULL };
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);
  g_autoptr (TruceMilestone) milestone = truce_milestone_new ("us-china-truce");
  const TruceSpan old = { SAMPLE_DUE, SAMPLE_DUE, TRUCE_PRECISION_INSTANT, FALSE, zone };
  const TruceSpan new = { SAMPLE_NEW_DUE, SAMPLE_NEW_DUE + TRUCE_DAY, TRUCE_PRECISION_DAY, FALSE, zone };
  const TruceDue due = { milestone, 1, &old, NULL };
  g_autoptr (TruceProposal) move = truce_proposal_new (milestone->id, 1, TRUCE_MOVE_MOVED, &old, &new, SAMPLE_RAISED);
  TruceEvidence *evidence = g_new0 (TruceEvidence, 1);

  milestone->title = "US-China tariff truce ends";
  evidence->feed = g_strdup ("wire");
  evidence->publisher = g_strdup ("example.org");
  evidence->title = g_strdup ("US extends China tariff truce by 90 days");
  evidence->summary = g_strdup ("");
  evidence->link = g_strdup ("https://example.org/truce");
  evidence->published = SAMPLE_RAISED;
  evidence->quote = g_strdup ("extends China tariff truce by 90 days");
  evidence->confidence = 0.95;
  evidence->dated = TRUE;
  truce_proposal_add (move, evidence);
  return truce_alert_for_move (move, &due, 1, others, along, SAMPLE_RAISED);
}

static TruceAlert *
about_change (void)
{
  const char *const cause[] = { "us-china-truce", "2", NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_CHANGED, cause, SAMPLE_RAISED);

  set_due (alert);
  alert->urgency = TRUCE_URGENCY_CRITICAL;
  alert->title = g_strdup ("US-China tariff truce ends: moved to Tue 12 Aug 2025 00:01 EDT (America/New_York)");
  alert->body = g_strdup ("It was Wed 14 May 2025. Now in 7 days.\nexecutive order, 90 days more");
  alert->old_due = SAMPLE_DUE - 90 * TRUCE_DAY;
  alert->why = g_strdup ("executive order, 90 days more");
  return alert;
}

static TruceAlert *
about_several (void)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);

  g_ptr_array_add (alerts, sample_alert (TRUCE_ALERT_NEWS));
  g_ptr_array_add (alerts, sample_alert (TRUCE_ALERT_DUE));
  return truce_alert_for_digest (alerts, TRUCE_DIGEST_QUIET, NULL, NULL, SAMPLE_RAISED);
}

TruceAlert *
sample_alert (TruceAlertKind kind)
{
  TruceFeed feed = { .id = (char *) "ustr", .title = (char *) "Federal Register" };
  TruceAlert *alert;

  switch (kind) {
  case TRUCE_ALERT_LEAD:
    return about_date (kind, "US-China tariff truce ends in 7 days", "7d");
  case TRUCE_ALERT_DUE:
    alert = about_date (kind, "US-China tariff truce ends: due now", "0");
    alert->urgency = TRUCE_URGENCY_CRITICAL;
    return alert;
  case TRUCE_ALERT_WINDOW_OPEN:
    alert = about_date (kind, "US-China tariff truce ends: may be any day from now on", "0");
    alert->due_latest = SAMPLE_DUE + 10 * TRUCE_DAY;
    return alert;
  case TRUCE_ALERT_PASSED:
    alert = about_date (kind, "US-China tariff truce ends: the date has passed", NULL);
    alert->late = TRUE;
    alert->seconds_left = -5;
    alert->urgency = TRUCE_URGENCY_LOW;
    return alert;
  case TRUCE_ALERT_NEWS:
    return about_news ();
  case TRUCE_ALERT_MOVE:
    return about_move ();
  case TRUCE_ALERT_CHANGED:
    return about_change ();
  case TRUCE_ALERT_FEED:
    return truce_alert_for_feed (&feed, TRUCE_FEED_FAILING, "HTTP status 404", SAMPLE_RAISED, SAMPLE_RAISED);
  case TRUCE_ALERT_SILENT:
    return about_silence ();
  case TRUCE_ALERT_DIGEST:
    return about_several ();
  case TRUCE_ALERT_PROBLEM:
    return truce_alert_for_problem ("store", "The store was set aside", "It is damaged; deadlines go on.",
                                    SAMPLE_RAISED, SAMPLE_RAISED);
  case TRUCE_ALERT_TEST:
    return truce_alert_for_test (SAMPLE_RAISED);
  }
  g_assert_not_reached ();
}
