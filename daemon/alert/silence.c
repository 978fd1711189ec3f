/* SPDX-License-Identifier: MIT */
/* A date draws near and nothing is heard of it. */
#include "alert/alert.h"
#include "alert/alert_private.h"

static const char *const words[] = { [TRUCE_SILENCE_NO_NEWS] = "no-news", [TRUCE_SILENCE_NO_FEED] = "no-feed" };

char *
truce_alert_silence_id (const char *milestone, guint revision, TruceSilence silence)
{
  g_autofree char *number = g_strdup_printf ("%u", revision);
  const char *const cause[] = { milestone, number, words[silence], NULL };

  return truce_alert_id (TRUCE_ALERT_SILENT, cause);
}

TruceAlert *
truce_alert_for_silence (const TruceDue *due, TruceSilence silence, TruceTime since, const char *details, TruceTime now)
{
  g_autofree char *number = g_strdup_printf ("%u", due->revision);
  const char *const cause[] = { due->milestone->id, number, words[silence], NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_SILENT, cause, now);
  g_autofree char *date = truce_span_to_words (due->span);
  g_autofree char *left = truce_zone_words_until (due->span->zone, due->span->earliest, now);
  g_autofree char *heard = truce_zone_format (due->span->zone, since);

  truce_alert_set_due (alert, due, now);
  alert->why = g_strdup (words[silence]);
  alert->urgency = MAX (TRUCE_URGENCY_NORMAL, truce_urgency_by_closeness (alert->seconds_left));
  alert->url = g_strdup (due->milestone->url);
  if (silence == TRUCE_SILENCE_NO_FEED)
    alert->title = g_strdup_printf ("%s: %s, and none of its feeds works", due->milestone->title, left);
  else
    alert->title = g_strdup_printf ("%s: %s, and no news of it", due->milestone->title, left);
  alert->body = g_strdup_printf ("%s\n%s%s.%s%s", date,
                                 silence == TRUCE_SILENCE_NO_FEED ? "No news of it can come in. Last heard of it: "
                                                                  : "Nothing that matches since ",
                                 heard, *details ? "\n" : "", details);
  return alert;
}
