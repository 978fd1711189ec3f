/* SPDX-License-Identifier: MIT */
/* What is said of dates that come and go by themselves: of events of calendars, and of what repeats. */
#include "alert/alert.h"
#include "alert/alert_private.h"
#include "base/text.h"

TruceAlert *
truce_alert_for_event (const TruceDue *due, TruceAlertEventCondition condition, const TruceFeed *calendar,
                       const char *title, TruceTime now)
{
  static const char *const causes[] = {
    [TRUCE_ALERT_EVENT_CANCELLED] = "cancelled",
    [TRUCE_ALERT_EVENT_GONE] = "gone",
    [TRUCE_ALERT_EVENT_RESUMED] = "resumed",
  };
  char when[TRUCE_TIME_TEXT_SIZE];
  const char *const cause[] = { due->milestone->id, causes[condition], truce_time_to_text (now, when), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_CHANGED, cause, now);
  const char *name = calendar->title ? calendar->title : calendar->id;
  g_autofree char *words = truce_span_to_words (due->span);
  g_autofree char *left = truce_zone_words_until (due->span->zone, due->span->earliest, now);
  gboolean resumed = condition == TRUCE_ALERT_EVENT_RESUMED;

  truce_alert_set_due (alert, due, now);
  alert->urgency = MAX (TRUCE_URGENCY_NORMAL, truce_urgency_by_closeness (alert->seconds_left));
  alert->label = g_strdup (resumed ? "resumed" : "cancelled");
  alert->by = g_strdup_printf ("the calendar %s", calendar->id);
  alert->url = g_strdup (due->milestone->url ? due->milestone->url : calendar->url);
  alert->feed = g_strdup (calendar->id);
  if (condition == TRUCE_ALERT_EVENT_CANCELLED) {
    alert->title = g_strdup_printf ("%s: cancelled", title);
    alert->why = g_strdup ("cancelled there");
  } else if (condition == TRUCE_ALERT_EVENT_GONE) {
    alert->title = g_strdup_printf ("%s: no longer in the calendar %s", title, name);
    alert->why = g_strdup ("no longer in the calendar");
  } else {
    alert->title = g_strdup_printf ("%s: on again, %s", title, left);
    alert->why = g_strdup ("in the calendar again");
  }
  alert->body = resumed ? g_strdup_printf ("%s, says the calendar %s.", words, name)
                        : g_strdup_printf ("It was to be %s, %s. The calendar %s %s, and it is no longer counted down "
                                           "to.",
                                           words, left, name,
                                           condition == TRUCE_ALERT_EVENT_GONE ? "has it no longer"
                                                                               : "says that it is cancelled");
  return alert;
}

TruceAlert *
truce_alert_for_return (const TruceDue *due, const TruceSpan *next, const char *why, guint edit, TruceTime now)
{
  g_autofree char *number = g_strdup_printf ("%u", edit);
  const char *const cause[] = { due->milestone->id, "returned", number, NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_CHANGED, cause, now);
  g_autofree char *words = truce_span_to_words (due->span), *next_words = truce_span_to_words (next);
  g_autofree char *left = truce_zone_words_until (due->span->zone, due->span->earliest, now);

  truce_alert_set_due (alert, due, now);
  alert->urgency = MAX (TRUCE_URGENCY_NORMAL, truce_urgency_by_closeness (alert->seconds_left));
  alert->label = g_strdup ("resumed");
  alert->why = g_strdup (why);
  alert->url = g_strdup (due->milestone->url);
  alert->title = g_strdup_printf ("%s: also on %s", due->milestone->title, words);
  alert->body = g_strdup_printf ("That is %s, before %s, which was the next and stays.\n%s", left, next_words, why);
  return alert;
}

TruceAlert *
truce_alert_for_left_out (const TruceFeed *calendar, const char *text, TruceTime now)
{
  g_autofree char *hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", truce_hash64 (text, -1));
  const char *const cause[] = { calendar->id, "left out", hash, NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_FEED, cause, now);

  alert->feed = g_strdup (calendar->id);
  alert->title =
      g_strdup_printf ("Calendar %s has what is not counted down to", calendar->title ? calendar->title : calendar->id);
  alert->body = g_strdup (text);
  alert->url = g_strdup (calendar->url);
  return alert;
}
