/* SPDX-License-Identifier: MIT */
/* Alerts for entries of feeds, and for those whose headline was changed after they had been told. */
#include <string.h>

#include "alert/alert_private.h"
#include "base/text.h"
#include "deadline/zone.h"
#include "news/story.h"

#define NEWS_SUMMARY_MAX 300 /* bytes: what a popup or a terminal shows at a glance */

static char *
news_body (const TruceItem *item, const TruceFeed *feed, const TruceDue *due, const char *watch_title, TruceTime now)
{
  GString *body = g_string_new (feed->title ? feed->title : feed->id);

  if (due) {
    g_autofree char *words = truce_zone_words_until (due->span->zone, due->span->earliest, now);
    g_string_append_printf (body, " \xe2\x80\x94 %s (%s)", due->milestone->title, words);
  } else if (watch_title) {
    g_string_append_printf (body, " \xe2\x80\x94 %s", watch_title);
  }
  if (*item->summary && strcmp (item->summary, item->title) != 0) {
    g_autofree char *summary = truce_text_cut (item->summary, NEWS_SUMMARY_MAX);
    g_string_append_printf (body, "\n%s", summary);
  }
  return g_string_free (body, FALSE);
}

TruceAlertItem *
truce_alert_add_entry (TruceAlert *alert, const TruceItem *item, const TruceFeed *feed, TruceTime now)
{
  TruceAlertItem *evidence = truce_alert_add_item (alert);

  evidence->title = g_strdup (item->title);
  evidence->link = g_strdup (item->link);
  evidence->feed = g_strdup (feed->id);
  evidence->tier = feed->tier;
  evidence->published = truce_item_time (item);
  if (evidence->published != TRUCE_TIME_NONE) /* no news is from the future: a publisher's zone is wrong */
    evidence->published = MIN (evidence->published, now);
  evidence->publisher = truce_story_publisher (item, feed->id);
  return evidence;
}

TruceAlert *
truce_alert_for_news (const TruceItem *item, guint64 name, const TruceFeed *feed, const TruceDue *due,
                      const char *watch, const char *watch_title, const char *const *also, const char *const *matched,
                      TruceTime now)
{
  TruceAlert *alert = truce_alert_new_empty ();

  alert->kind = TRUCE_ALERT_NEWS;
  alert->id = truce_alert_news_id (feed->id, name, 0);
  alert->raised = now;
  alert->title = g_strdup (*item->title ? item->title : "(no headline)");
  alert->body = news_body (item, feed, due, watch_title, now);
  if (due)
    truce_alert_set_due (alert, due, now);
  alert->watch = g_strdup (watch);
  alert->also = also && also[0] ? g_strdupv ((char **) also) : NULL;
  alert->matched = g_strdupv ((char **) matched);
  alert->url = g_strdup (item->link);
  alert->count = alert->sources = 1;
  alert->official = feed->tier == TRUCE_TIER_OFFICIAL;
  truce_alert_add_entry (alert, item, feed, now);
  return alert;
}

char *
truce_alert_news_id (const char *feed, guint64 name, guint64 headline)
{
  g_autofree char *key = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", name);
  g_autofree char *words = headline ? g_strdup_printf ("%016" G_GINT64_MODIFIER "x", headline) : NULL;
  const char *const cause[] = { feed, key, words, NULL };

  return truce_alert_id (TRUCE_ALERT_NEWS, cause);
}

static void
take_subject (TruceAlert *alert, const TruceAlert *original)
{
  alert->watch = g_strdup (original->watch);
  alert->also = g_strdupv (original->also);
  g_strfreev (alert->matched);
  alert->matched = g_strdupv (original->matched);
  alert->milestone = alert->milestone ? alert->milestone : g_strdup (original->milestone);
}

void
truce_alert_correct (TruceAlert *alert, const TruceAlert *original, const char *old_title, guint64 name,
                     guint64 headline)
{
  g_autofree char *title = alert->title, *body = alert->body;
  const TruceAlertItem *item = g_ptr_array_index (alert->items, 0);

  g_free (alert->id);
  alert->id = truce_alert_news_id (item->feed, name, headline);
  alert->title = g_strdup_printf ("Corrected: %s", title);
  alert->body = g_strdup_printf ("It was \"%s\"\n%s", old_title, body);
  alert->corrects = g_strdup (original->id);
  alert->urgency = MAX (alert->urgency, original->urgency); /* whoever was woken by it must hear of it */
  alert->old_title = g_strdup (old_title);
  if (!alert->matched || !alert->matched[0])
    take_subject (alert, original);
}
