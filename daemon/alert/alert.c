/* SPDX-License-Identifier: MIT */
#include "alert/alert.h"

#include <string.h>

#include "alert/alert_private.h"
#include "base/reason.h"
#include "base/text.h"

static const char *const kind_names[] = {
  [TRUCE_ALERT_LEAD] = "lead",       [TRUCE_ALERT_DUE] = "due",         [TRUCE_ALERT_WINDOW_OPEN] = "window-open",
  [TRUCE_ALERT_PASSED] = "passed",   [TRUCE_ALERT_NEWS] = "news",       [TRUCE_ALERT_MOVE] = "move",
  [TRUCE_ALERT_CHANGED] = "changed", [TRUCE_ALERT_FEED] = "feed",       [TRUCE_ALERT_SILENT] = "silent",
  [TRUCE_ALERT_DIGEST] = "digest",   [TRUCE_ALERT_PROBLEM] = "problem", [TRUCE_ALERT_TEST] = "test",
};
G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == TRUCE_N_ALERT_KINDS);

static const char *const urgency_names[] = { "low", "normal", "critical" };
G_STATIC_ASSERT (G_N_ELEMENTS (urgency_names) == TRUCE_N_URGENCIES);

static gboolean
find_name (const char *const *names, guint n_names, const char *text, guint *ret_index)
{
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], text) == 0) {
      *ret_index = i;
      return TRUE;
    }
  return FALSE;
}

const char *
truce_alert_kind_to_text (TruceAlertKind kind)
{
  return kind_names[kind];
}

gboolean
truce_alert_kind_from_text (const char *text, TruceAlertKind *ret_kind)
{
  guint index;

  if (!find_name (kind_names, TRUCE_N_ALERT_KINDS, text, &index))
    return FALSE;
  *ret_kind = (TruceAlertKind) index;
  return TRUE;
}

const char *
truce_urgency_to_text (TruceUrgency urgency)
{
  return urgency_names[urgency];
}

gboolean
truce_urgency_from_text (const char *text, TruceUrgency *ret_urgency)
{
  guint index;

  if (!find_name (urgency_names, TRUCE_N_URGENCIES, text, &index))
    return FALSE;
  *ret_urgency = (TruceUrgency) index;
  return TRUE;
}

#define CRITICAL_WITHIN (24 * 3600) /* seconds; DESIGN section 6 */
#define NORMAL_WITHIN (14 * 24 * 3600)

TruceUrgency
truce_urgency_by_closeness (gint64 seconds_left)
{
  if (seconds_left <= CRITICAL_WITHIN)
    return TRUCE_URGENCY_CRITICAL;
  return seconds_left <= NORMAL_WITHIN ? TRUCE_URGENCY_NORMAL : TRUCE_URGENCY_LOW;
}

/* 128 bits: no two causes will ever meet, and it is still short enough to type the beginning of. */
#define ID_DIGITS 32

char *
truce_alert_id (TruceAlertKind kind, const char *const *cause)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  /* Each word with its NUL, so that ("ab", "c") and ("a", "bc") differ. */
  g_checksum_update (checksum, (const guchar *) kind_names[kind], (gssize) strlen (kind_names[kind]) + 1);
  for (guint i = 0; cause[i]; i++)
    g_checksum_update (checksum, (const guchar *) cause[i], (gssize) strlen (cause[i]) + 1);
  return g_strndup (g_checksum_get_string (checksum), ID_DIGITS);
}

TruceAlert *
truce_alert_new_empty (void)
{
  TruceAlert *alert = g_new0 (TruceAlert, 1);

  g_atomic_ref_count_init (&alert->references);
  alert->due = alert->due_latest = alert->old_due = alert->old_due_latest = TRUCE_TIME_NONE;
  alert->grown = alert->confirmed = TRUCE_TIME_NONE;
  alert->urgency = TRUCE_URGENCY_NORMAL;
  return alert;
}

TruceAlert *
truce_alert_new (TruceAlertKind kind, const char *const *cause, TruceTime raised)
{
  TruceAlert *alert = truce_alert_new_empty ();

  alert->kind = kind;
  alert->id = truce_alert_id (kind, cause);
  alert->raised = raised;
  return alert;
}

TruceAlert *
truce_alert_ref (TruceAlert *alert)
{
  g_atomic_ref_count_inc (&alert->references);
  return alert;
}

static void
alert_item_free (gpointer data)
{
  TruceAlertItem *item = data;

  g_free (item->title);
  g_free (item->link);
  g_free (item->feed);
  g_free (item->publisher);
  g_free (item);
}

static void
alert_brief_free (gpointer data)
{
  TruceAlertBrief *brief = data;

  g_free (brief->id);
  g_free (brief->title);
  g_free (brief->milestone);
  g_free (brief->url);
  g_free (brief);
}

static void
alert_move_free (TruceAlertMove *move)
{
  if (!move)
    return;
  g_free (move->id);
  g_free (move->label);
  g_free (move->status);
  g_free (move->quote);
  g_free (move);
}

TruceAlertMove *
truce_alert_add_move (TruceAlert *alert)
{
  alert_move_free (alert->move);
  alert->move = g_new0 (TruceAlertMove, 1);
  alert->move->old_due = alert->move->old_due_latest = TRUCE_TIME_NONE;
  alert->move->new_due = alert->move->new_due_latest = TRUCE_TIME_NONE;
  return alert->move;
}

void
truce_alert_unref (TruceAlert *alert)
{
  if (!alert || !g_atomic_ref_count_dec (&alert->references))
    return;
  g_free (alert->id);
  g_free (alert->title);
  g_free (alert->body);
  g_free (alert->milestone);
  g_free (alert->watch);
  g_strfreev (alert->also);
  g_free (alert->feed);
  g_free (alert->lead);
  g_free (alert->zone);
  g_free (alert->label);
  g_free (alert->why);
  alert_move_free (alert->move);
  g_free (alert->no_move);
  g_free (alert->contested);
  g_free (alert->corrects);
  g_free (alert->follows);
  g_free (alert->old_title);
  g_free (alert->by);
  g_clear_pointer (&alert->items, g_ptr_array_unref);
  g_clear_pointer (&alert->alerts, g_ptr_array_unref);
  g_strfreev (alert->matched);
  g_free (alert->url);
  g_free (alert);
}

TruceAlertItem *
truce_alert_add_item (TruceAlert *alert)
{
  TruceAlertItem *item = g_new0 (TruceAlertItem, 1);

  item->published = item->joined = TRUCE_TIME_NONE;
  if (!alert->items)
    alert->items = g_ptr_array_new_with_free_func (alert_item_free);
  g_ptr_array_add (alert->items, item);
  return item;
}

TruceAlertBrief *
truce_alert_add_brief (TruceAlert *alert)
{
  TruceAlertBrief *brief = g_new0 (TruceAlertBrief, 1);

  if (!alert->alerts)
    alert->alerts = g_ptr_array_new_with_free_func (alert_brief_free);
  g_ptr_array_add (alert->alerts, brief);
  return brief;
}

/* --- what an alert says --- */

TruceAlert *
truce_alert_for_change (const TruceDue *due, const TruceSpan *old, gboolean back, const char *why, const char *by,
                        TruceTime now)
{
  g_autofree char *revision = g_strdup_printf ("%u", due->revision);
  char when[TRUCE_TIME_TEXT_SIZE];
  const char *const cause[] = { due->milestone->id, revision, truce_time_to_text (due->span->earliest, when), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_CHANGED, cause, now);
  g_autofree char *words = truce_span_to_words (due->span);
  g_autofree char *old_words = truce_span_to_words (old);
  g_autofree char *left = truce_zone_words_until (due->span->zone, due->span->earliest, now);
  g_autofree char *said = NULL, *evidence = NULL;

  gboolean tightens = truce_span_tightens (due->span, old);

  truce_alert_set_due (alert, due, now);
  /* Whoever plans by the old date must hear that it moved; one that is only more exact than before upsets no plan. */
  alert->urgency =
      tightens ? MAX (TRUCE_URGENCY_NORMAL, truce_urgency_by_closeness (alert->seconds_left)) : TRUCE_URGENCY_CRITICAL;
  alert->old_due = old->earliest;
  alert->old_due_latest = old->latest > old->earliest ? old->latest : TRUCE_TIME_NONE;
  alert->why = g_strdup (why);
  alert->by = g_strdup (by);
  truce_reason_split (why, &said, &evidence);
  alert->url = g_strdup (evidence ? evidence : due->milestone->url);
  const char *how = !tightens ? "moved to" : due->span->precision <= TRUCE_PRECISION_DAY ? "now exact," : "narrowed to";
  alert->title = back ? g_strdup_printf ("%s: taken back, again due %s", due->milestone->title, words)
                      : g_strdup_printf ("%s: %s %s", due->milestone->title, how, words);
  alert->body = g_strdup_printf ("It was %s. Now %s.%s%s%s%s%s", old_words, left, said ? "\n" : "", said ? said : "",
                                 said && by ? " (" : "", said && by ? by : "", said && by ? ")" : "");
  return alert;
}

/* By TruceFeedCondition: the word in the cause, what is said, and how loudly. */
static const struct {
  const char *word;
  const char *title; /* around the feed's name, after "Feed" or "Calendar" */
  TruceUrgency urgency;
} feed_conditions[] = {
  [TRUCE_FEED_FAILING] = { "failing", " %s fails", TRUCE_URGENCY_NORMAL },
  [TRUCE_FEED_RECOVERED] = { "recovered", " %s works again", TRUCE_URGENCY_LOW },
  [TRUCE_FEED_GONE] = { "gone", " %s is gone: it is no longer polled", TRUCE_URGENCY_NORMAL },
  [TRUCE_FEED_STALE] = { "stale", " %s brings nothing new", TRUCE_URGENCY_NORMAL },
  [TRUCE_FEED_FRESH] = { "fresh", " %s brings news again", TRUCE_URGENCY_LOW },
  [TRUCE_FEED_MOVED] = { "moved", " %s has moved for good", TRUCE_URGENCY_LOW },
};

TruceAlert *
truce_alert_for_feed (const TruceFeed *feed, TruceFeedCondition condition, const char *reason, TruceTime since,
                      TruceTime now)
{
  char when[TRUCE_TIME_TEXT_SIZE];
  const char *const cause[] = { feed->id, feed_conditions[condition].word, truce_time_to_text (since, when), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_FEED, cause, now);
  const char *title = feed_conditions[condition].title, *at = strstr (title, "%s");

  alert->feed = g_strdup (feed->id);
  alert->title = g_strdup_printf ("%s%.*s%s%s", feed->is_calendar ? "Calendar" : "Feed", (int) (at - title), title,
                                  feed->title ? feed->title : feed->id, at + strlen ("%s"));
  alert->body = g_strdup (reason ? reason : "");
  alert->urgency = feed_conditions[condition].urgency;
  alert->url = g_strdup (feed->url);
  return alert;
}

TruceAlert *
truce_alert_for_problem (const char *what, const char *title, const char *body, TruceTime since, TruceTime now)
{
  char when[TRUCE_TIME_TEXT_SIZE];
  const char *const cause[] = { what, truce_time_to_text (since, when), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_PROBLEM, cause, now);

  alert->title = g_strdup (title);
  alert->body = g_strdup (body ? body : "");
  return alert;
}

TruceAlert *
truce_alert_for_test (TruceTime now)
{
  char when[TRUCE_TIME_TEXT_SIZE];
  const char *const cause[] = { truce_time_to_text (now, when), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_TEST, cause, now);

  alert->title = g_strdup ("Test alert from truced");
  alert->body = g_strdup ("If you can read this, alerts reach you here.");
  return alert;
}
