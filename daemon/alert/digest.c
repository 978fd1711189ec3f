/* SPDX-License-Identifier: MIT */
/* Several alerts told as one: after quiet hours, after an absence, and when there were too many. */
#include <string.h>

#include "alert/alert.h"
#include "alert/alert_private.h"

#define TITLES_SHOWN 10       /* in the body: a popup shows so many at a glance */
#define TITLES_SHOWN_DAILY 50 /* a summary is read */

static const char *const reason_words[] = {
  [TRUCE_DIGEST_WAITED] = "waited",
  [TRUCE_DIGEST_QUIET] = "quiet",
  [TRUCE_DIGEST_BUDGET] = "budget",
  [TRUCE_DIGEST_LATE] = "late",
  [TRUCE_DIGEST_DAILY] = TRUCE_DIGEST_DAILY_WORD,
  [TRUCE_DIGEST_CALENDAR] = "calendar",
  [TRUCE_DIGEST_FEED] = "feed",
};

static int
compare_by_urgency (gconstpointer a, gconstpointer b)
{
  const TruceAlert *x = *(TruceAlert *const *) a, *y = *(TruceAlert *const *) b;

  return (int) y->urgency - (int) x->urgency;
}

static char *
digest_title (guint count, gboolean all_news, TruceDigestReason reason, const char *subject)
{
  const char *what = all_news ? (count == 1 ? "headline" : "headlines") : count == 1 ? "alert" : "alerts";

  switch (reason) {
  case TRUCE_DIGEST_BUDGET:
    return g_strdup_printf (subject ? "%u more %s about %s" : "%u more %s", count, what, subject);
  case TRUCE_DIGEST_QUIET:
    return g_strdup_printf (subject ? "%u %s from the quiet hours about %s" : "%u %s from the quiet hours", count, what,
                            subject);
  case TRUCE_DIGEST_LATE:
    return g_strdup_printf ("%u %s told late", count, what);
  case TRUCE_DIGEST_DAILY:
    return g_strdup_printf (subject ? "Daily summary: %u %s about %s" : "Daily summary: %u %s", count, what, subject);
  case TRUCE_DIGEST_CALENDAR:
    return g_strdup_printf ("%u %s from the calendar %s", count, what, subject);
  case TRUCE_DIGEST_FEED:
    return g_strdup_printf ("%u reports of other dates in %s", count, subject);
  case TRUCE_DIGEST_WAITED:
    break;
  }
  return g_strdup_printf ("%u %s that waited", count, what);
}

static char *
digest_body (const TruceAlert *digest, gboolean all_news, guint most)
{
  GString *body = g_string_new (NULL);
  guint shown = MIN (digest->alerts->len, most);

  for (guint i = 0; i < shown; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (digest->alerts, i);
    g_string_append_printf (body, "%s%s", i ? "\n" : "", brief->title);
  }
  if (digest->count > shown)
    g_string_append_printf (body, "\nand %u more", digest->count - shown);
  g_string_append (body, "\nAll of them: trucectl ");
  if (all_news && digest->milestone)
    g_string_append_printf (body, "news --milestone %s", digest->milestone);
  else
    g_string_append (body, all_news ? "news" : "alerts");
  return g_string_free (body, FALSE);
}

/* Whose alerts they are: one milestone or watch, or several milestones. */
static void
set_owners (TruceAlert *digest, GPtrArray *alerts)
{
  const TruceAlert *first = g_ptr_array_index (alerts, 0);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean one_milestone = first->milestone != NULL, one_watch = !first->milestone && first->watch;

  for (guint i = 0; i < alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (alerts, i);
    one_milestone = one_milestone && g_strcmp0 (alert->milestone, first->milestone) == 0;
    one_watch = one_watch && !alert->milestone && g_strcmp0 (alert->watch, first->watch) == 0;
    if (alert->milestone && g_hash_table_add (known, alert->milestone))
      g_ptr_array_add (names, g_strconcat ("milestone:", alert->milestone, NULL));
  }
  if (one_milestone) {
    digest->milestone = g_strdup (first->milestone);
  } else if (one_watch) {
    digest->watch = g_strdup (first->watch);
  } else if (names->len > 0) {
    g_ptr_array_add (names, NULL);
    digest->also = g_strdupv ((char **) names->pdata);
  }
}

static void
add_briefs (TruceAlert *digest, GPtrArray *alerts)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_new (); /* owning nothing */

  g_ptr_array_extend (ordered, alerts, NULL, NULL);
  g_ptr_array_sort (ordered, compare_by_urgency); /* GLib's is stable: the oldest first among equals */
  for (guint i = 0; i < MIN (ordered->len, TRUCE_DIGEST_NAMED_MAX); i++) {
    const TruceAlert *alert = g_ptr_array_index (ordered, i);
    TruceAlertBrief *brief = truce_alert_add_brief (digest);
    brief->id = g_strdup (alert->id);
    brief->kind = alert->kind;
    brief->urgency = alert->urgency;
    brief->title = g_strdup (alert->title);
    brief->milestone = g_strdup (alert->milestone);
    brief->url = g_strdup (alert->url);
  }
}

TruceAlert *
truce_alert_for_digest (GPtrArray *alerts, TruceDigestReason reason, const char *subject, const char *const *sinks,
                        TruceTime now)
{
  g_autoptr (GPtrArray) cause = g_ptr_array_new ();
  char when[TRUCE_TIME_TEXT_SIZE];
  gboolean all_news = TRUE;
  TruceAlert *digest;

  for (guint i = 0; i < alerts->len; i++) {
    TruceAlert *alert = g_ptr_array_index (alerts, i);
    g_ptr_array_add (cause, alert->id);
    all_news = all_news && alert->kind == TRUCE_ALERT_NEWS;
  }
  /* A sink that comes to them later has its own: what has an id that is there goes nowhere. */
  g_ptr_array_add (cause, (char *) truce_time_to_text (now, when));
  for (guint i = 0; sinks && sinks[i]; i++)
    g_ptr_array_add (cause, (char *) sinks[i]);
  g_ptr_array_add (cause, (char *) reason_words[reason]); /* and so has one that gets them for another reason */
  g_ptr_array_add (cause, NULL);
  digest = truce_alert_new (TRUCE_ALERT_DIGEST, (const char *const *) cause->pdata, now);
  digest->count = alerts->len;
  digest->late = reason == TRUCE_DIGEST_LATE;
  digest->why = g_strdup (reason_words[reason]);
  set_owners (digest, alerts);
  add_briefs (digest, alerts);
  digest->urgency = ((TruceAlertBrief *) g_ptr_array_index (digest->alerts, 0))->urgency;
  digest->title = digest_title (alerts->len, all_news, reason, subject);
  digest->body = digest_body (digest, all_news, reason == TRUCE_DIGEST_DAILY ? TITLES_SHOWN_DAILY : TITLES_SHOWN);
  return digest;
}

TruceAlert *
truce_alert_for_summary (GPtrArray *alerts, const char *subject, const char *const *sinks, const char *coming,
                         TruceTime now)
{
  TruceAlert *summary = truce_alert_for_digest (alerts, TRUCE_DIGEST_DAILY, subject, sinks, now);

  if (*coming) {
    char *body = g_strdup_printf ("%s\n\nComing up:%s", summary->body, coming);
    g_free (summary->body);
    summary->body = body;
  }
  return summary;
}
