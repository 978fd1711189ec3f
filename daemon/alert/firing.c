/* SPDX-License-Identifier: MIT */
/* What is said when a date draws near, comes or has passed: when it falls due, and again when it is told later. */
#include <string.h>

#include "alert/alert.h"
#include "alert/alert_private.h"

static gboolean
is_wide (const TruceSpan *span)
{
  return span->precision != TRUCE_PRECISION_INSTANT && span->precision != TRUCE_PRECISION_DAY;
}

/* The last moment of the date: within its last day, not past it. */
static TruceTime
last_of (const TruceSpan *span)
{
  return span->latest > span->earliest ? span->latest - 1 : span->latest;
}

/* "The truce ends: overdue for 3 days" */
static char *
overdue_title (const TruceDue *due, TruceTime now)
{
  g_autofree char *words = truce_zone_words_until (due->span->zone, last_of (due->span), now);

  if (g_str_has_suffix (words, " ago"))
    words[strlen (words) - strlen (" ago")] = '\0';
  return g_strdup_printf ("%s: overdue for %s", due->milestone->title, words);
}

static char *
firing_title (const TruceFiring *firing, const TruceDue *due, TruceTime now)
{
  const TruceSpan *span = due->span;
  const char *title = due->milestone->title;

  switch (firing->kind) {
  case TRUCE_FIRING_DUE:
    return g_strdup_printf (span->precision == TRUCE_PRECISION_DAY ? "%s: today" : "%s: due now", title);
  case TRUCE_FIRING_WINDOW_OPEN:
    return g_strdup_printf ("%s: may be any day from now on", title);
  case TRUCE_FIRING_PASSED:
    return g_strdup_printf ("%s: the date has passed", title);
  case TRUCE_FIRING_NAG:
    return overdue_title (due, now);
  case TRUCE_FIRING_LEAD:
    break;
  }
  g_autofree char *words = truce_zone_words_until (span->zone, firing->after ? last_of (span) : span->earliest, now);
  if (is_wide (span) && !firing->after)
    return g_strdup_printf ("%s: %s at the earliest", title, words);
  return g_strdup_printf (firing->after ? "%s: was due %s" : "%s %s", title, words);
}

static void
append_contested (GString *body, const char *contested)
{
  if (contested)
    g_string_append_printf (body, "\nContested: %s.", contested);
}

static char *
firing_body (const TruceFiring *firing, const TruceDue *due, gboolean late)
{
  g_autofree char *words = truce_span_to_words (due->span);
  GString *body = g_string_new (words);

  if (late) {
    g_autofree char *instant = truce_zone_format (due->span->zone, firing->at);
    g_string_append_printf (body, "\nTold late: this was for %s.", instant);
  }
  if (firing->kind == TRUCE_FIRING_NAG)
    g_string_append_printf (body,
                            "\nReminder %u. They end when one is acknowledged, or the milestone is met, cancelled or "
                            "moved.",
                            firing->number);
  append_contested (body, due->contested);
  return g_string_free (body, FALSE);
}

void
truce_alert_set_due (TruceAlert *alert, const TruceDue *due, TruceTime now)
{
  const TruceSpan *span = due->span;
  TruceTime left = span->earliest - now;

  g_free (alert->milestone);
  g_free (alert->zone);
  alert->milestone = g_strdup (due->milestone->id);
  alert->has_due = TRUE;
  alert->revision = due->revision;
  alert->due = span->earliest;
  alert->due_latest = span->latest > span->earliest ? span->latest : TRUCE_TIME_NONE;
  alert->zone = g_strdup (truce_zone_name (span->zone));
  alert->seconds_left = left >= 0 ? left / TRUCE_SECOND : -(-left / TRUCE_SECOND);
}

/* The milestone's own word on it counts; else, once the date has passed, nothing is left to hurry for. */
static TruceUrgency
urgency_of (const TruceAlert *alert, const TruceDue *due, gboolean over)
{
  if (due->milestone->urgency >= 0)
    return (TruceUrgency) due->milestone->urgency;
  return over ? TRUCE_URGENCY_NORMAL : truce_urgency_by_closeness (alert->seconds_left);
}

TruceAlert *
truce_alert_for_firing (const TruceFiring *firing, const TruceDue *due, TruceTime now)
{
  static const TruceAlertKind kinds[] = {
    [TRUCE_FIRING_LEAD] = TRUCE_ALERT_LEAD,
    [TRUCE_FIRING_DUE] = TRUCE_ALERT_DUE,
    [TRUCE_FIRING_WINDOW_OPEN] = TRUCE_ALERT_WINDOW_OPEN,
    [TRUCE_FIRING_PASSED] = TRUCE_ALERT_PASSED,
    [TRUCE_FIRING_NAG] = TRUCE_ALERT_PASSED,
  };
  g_autofree char *revision = g_strdup_printf ("%u", due->revision);
  const char *const cause[] = { due->milestone->id, revision, firing->key, NULL };
  TruceAlert *alert = truce_alert_new (kinds[firing->kind], cause, now);

  truce_alert_set_due (alert, due, now);
  alert->late = now - firing->at > TRUCE_LATE_AFTER;
  alert->title = firing_title (firing, due, now);
  alert->body = firing_body (firing, due, alert->late);
  alert->lead = alert->kind == TRUCE_ALERT_PASSED ? NULL : g_strdup (firing->key);
  alert->nag = firing->number;
  alert->contested = g_strdup (due->contested);
  alert->url = g_strdup (due->milestone->url);
  alert->urgency = urgency_of (alert, due, firing->after);
  return alert;
}

gboolean
truce_alert_counts_time (const TruceAlert *alert)
{
  return alert->kind == TRUCE_ALERT_LEAD || alert->kind == TRUCE_ALERT_DUE || alert->kind == TRUCE_ALERT_WINDOW_OPEN ||
         alert->kind == TRUCE_ALERT_PASSED;
}

/* What there is to say at `now`, whatever it was that fell due once. */
static char *
title_now (const TruceAlert *alert, const TruceDue *due, TruceTime now)
{
  const TruceSpan *span = due->span;
  TruceFiring firing = { .kind = TRUCE_FIRING_LEAD };

  if (now >= span->latest) {
    firing.after = TRUE;
    firing.kind = alert->nag ? TRUCE_FIRING_NAG : TRUCE_FIRING_LEAD;
  } else if (now >= span->earliest) {
    firing.kind = is_wide (span) ? TRUCE_FIRING_WINDOW_OPEN : TRUCE_FIRING_DUE;
  }
  return firing_title (&firing, due, now);
}

TruceAlert *
truce_alert_renewed (TruceAlert *alert, const TruceDue *due, TruceTime now)
{
  g_autoptr (json_t) record = NULL;
  TruceAlert *renewed;

  if (!truce_alert_counts_time (alert) || now - alert->raised < TRUCE_RENEW_AFTER)
    return truce_alert_ref (alert);
  record = truce_alert_to_json (alert);
  renewed = truce_alert_from_json (record);
  truce_alert_set_due (renewed, due, now);
  g_autofree char *words = truce_span_to_words (due->span);
  g_autofree char *raised = truce_zone_format (due->span->zone, alert->raised);
  g_free (renewed->title);
  g_free (renewed->body);
  renewed->title = title_now (alert, due, now);
  GString *body = g_string_new (words);
  g_string_append_printf (body, "\nRaised %s.", raised);
  append_contested (body, due->contested);
  renewed->body = g_string_free (body, FALSE);
  g_free (renewed->contested);
  renewed->contested = g_strdup (due->contested);
  renewed->urgency = urgency_of (renewed, due, now >= due->span->latest);
  return renewed;
}
