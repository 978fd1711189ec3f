/* SPDX-License-Identifier: MIT */
/* What the news says of a date, told to people: that it has moved or ended, on whose word, and what to do. */
#include <string.h>

#include "alert/alert.h"
#include "alert/alert_private.h"

#define ITEMS_MAX 8 /* that an alert names: a popup shows fewer, and "trucectl moves" has all */
#define SHORT_ID 8  /* digits that trucectl is told */

void
truce_alert_set_move (TruceAlert *alert, const TruceProposal *proposal)
{
  const TruceEvidence *best = truce_proposal_best (proposal);
  TruceAlertMove *move = truce_alert_add_move (alert);

  move->id = g_strdup (proposal->id);
  move->label = g_strdup (truce_move_label_to_text (proposal->label));
  move->status = g_strdup (truce_proposal_status_to_text (proposal->status));
  move->quote = g_strdup (best ? best->quote : NULL);
  move->old_due = proposal->old_due;
  if (proposal->old_latest > proposal->old_due)
    move->old_due_latest = proposal->old_latest;
  move->new_due = proposal->due;
  if (proposal->latest > proposal->due)
    move->new_due_latest = truce_proposal_is_dated (proposal) ? proposal->latest : TRUCE_TIME_NONE;
  move->delta_days = truce_proposal_delta_days (proposal);
}

static void
add_items (TruceAlert *alert, const TruceProposal *proposal)
{
  for (guint i = 0; i < proposal->evidence->len && (!alert->items || alert->items->len < ITEMS_MAX); i++) {
    const TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
    TruceAlertItem *item;
    if (evidence->copy)
      continue;
    item = truce_alert_add_item (alert);
    item->title = g_strdup (evidence->title);
    item->link = g_strdup (evidence->link);
    item->feed = g_strdup (evidence->feed);
    item->tier = evidence->tier;
    item->published = evidence->published;
  }
}

/* "US-China tariff truce ends: moved to Mon 10 Nov 2025, example.org reports" */
static char *
move_title (const TruceProposal *proposal, const TruceDue *due, guint n_others)
{
  const TruceEvidence *best = truce_proposal_best (proposal);
  g_autofree char *words = truce_proposal_to_words (proposal);
  GString *title = g_string_new (due->milestone->title);

  if (proposal->n_official > 0)
    g_string_append_printf (title, ": %s, says %s (official)", words, best->publisher);
  else if (proposal->sources > 1)
    g_string_append_printf (title, ": %s, %u sources say", words, proposal->sources);
  else
    g_string_append_printf (title, ": %s, reports %s", words, best ? best->publisher : "nobody any more");
  if (n_others > 0)
    g_string_append_printf (title, "; %u %s otherwise", n_others, n_others == 1 ? "report says" : "reports say");
  return g_string_free (title, FALSE);
}

static void
append_lines (GString *body, const char *heading, const char *const *lines)
{
  for (guint i = 0; lines && lines[i]; i++)
    g_string_append_printf (body, "\n%s %s.", heading, lines[i]);
}

/* What to do about it; until then nothing is changed. */
static void
append_advice (GString *body, const TruceProposal *proposal)
{
  const char *id = proposal->milestone;

  if (proposal->label == TRUCE_MOVE_MOVED && !truce_proposal_is_dated (proposal))
    g_string_append_printf (body, "\nNo new date is named. When you know it: trucectl due %s 'DATE' --because '...'",
                            id);
  else
    g_string_append_printf (body, "\nUntil it is accepted the date stays: trucectl accept %.*s, or reject %.*s",
                            SHORT_ID, proposal->id, SHORT_ID, proposal->id);
}

static char *
move_body (const TruceProposal *proposal, const TruceDue *due, const char *const *others, const char *const *along,
           TruceTime now)
{
  const TruceEvidence *best = truce_proposal_best (proposal);
  g_autofree char *old = truce_span_to_words (due->span);
  g_autofree char *left = truce_zone_words_until (due->span->zone, due->span->earliest, now);
  g_autofree char *publishers = truce_proposal_publishers (proposal);
  gint64 delta = truce_proposal_delta_days (proposal);
  GString *body = g_string_new (NULL);

  g_string_append_printf (body, "Now %s, %s", old, left);
  if (truce_proposal_is_dated (proposal)) {
    TruceSpan span = TRUCE_SPAN_INIT;
    if (truce_proposal_span (proposal, &span)) {
      g_autofree char *words = truce_span_to_words (&span);
      g_string_append_printf (body, "; then %s, %+" G_GINT64_FORMAT " %s", words, delta,
                              ABS (delta) == 1 ? "day" : "days");
    }
    truce_span_clear (&span);
  }
  g_string_append_c (body, '.');
  if (best && *best->quote)
    g_string_append_printf (body, "\n\xe2\x80\x9c%s\xe2\x80\x9d", best->quote);
  g_string_append_printf (body, "\nBy %s.", publishers);
  append_lines (body, "But:", others);
  append_lines (body, "With it:", along);
  append_advice (body, proposal);
  return g_string_free (body, FALSE);
}

TruceAlert *
truce_alert_for_move (const TruceProposal *proposal, const TruceDue *due, guint n_others, const char *const *others,
                      const char *const *along, TruceTime now)
{
  const TruceEvidence *best = truce_proposal_best (proposal);
  const char *const cause[] = { proposal->id, truce_proposal_status_to_text (proposal->status), NULL };
  TruceAlert *alert = truce_alert_new (TRUCE_ALERT_MOVE, cause, now);

  truce_alert_set_due (alert, due, now);
  /* Whoever plans by the old date must hear of it, and of one that is denied too. */
  alert->urgency = TRUCE_URGENCY_CRITICAL;
  alert->title = move_title (proposal, due, n_others);
  alert->body = move_body (proposal, due, others, along, now);
  alert->url = g_strdup (best && best->link ? best->link : due->milestone->url);
  truce_alert_set_move (alert, proposal);
  add_items (alert, proposal);
  alert->count = alert->items ? alert->items->len : 0;
  return alert;
}

TruceAlert *
truce_alert_grow_move (const TruceAlert *alert, TruceAlert *fresh, const TruceItem *item, const TruceFeed *feed,
                       TruceTime now)
{
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  TruceAlert *grown = truce_alert_from_json (record);

  if (fresh) {
    g_free (grown->title);
    g_free (grown->body);
    g_free (grown->url);
    grown->title = g_steal_pointer (&fresh->title);
    grown->body = g_steal_pointer (&fresh->body);
    grown->url = g_steal_pointer (&fresh->url);
    *truce_alert_add_move (grown) = *fresh->move;
    g_clear_pointer (&fresh->move, g_free); /* what it names is the grown one's now */
    truce_alert_unref (fresh);
  }
  grown->count++;
  grown->grown = now;
  if (!grown->items || grown->items->len < TRUCE_ALERT_ITEMS_MAX)
    truce_alert_add_entry (grown, item, feed, now)->joined = now;
  return grown;
}
