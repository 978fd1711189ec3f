/* SPDX-License-Identifier: MIT */
#include "desktop/popup.h"

#include <string.h>

#include "base/text.h"

void
truce_popup_free (TrucePopup *popup)
{
  if (!popup)
    return;
  g_free (popup->cause);
  g_free (popup->summary);
  g_free (popup->body);
  g_free (popup->url);
  g_free (popup->move);
  g_strfreev (popup->alerts);
  g_clear_pointer (&popup->told, g_ptr_array_unref);
  g_strfreev (popup->covers);
  g_free (popup);
}

/* Deadline alerts of one milestone follow one another, as do those of one feed; every piece of news stands for
 * itself, and a correction for the one that it corrects (whose id it then has here). */
static char *
cause_of_kind (TruceAlertKind kind, const char *id, const char *milestone, const char *feed, const char *origin)
{
  switch (kind) {
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
  case TRUCE_ALERT_PASSED:
  case TRUCE_ALERT_CHANGED:
  case TRUCE_ALERT_SILENT:
    if (milestone)
      return g_strdup_printf ("%s deadline %s", origin, milestone);
    break;
  case TRUCE_ALERT_MOVE: /* of kind move, `id` is that of the move: what is confirmed replaces what was reported */
    break;
  case TRUCE_ALERT_FEED:
    if (feed)
      return g_strdup_printf ("%s feed %s", origin, feed);
    break;
  case TRUCE_ALERT_TEST:
    return g_strdup_printf ("%s test", origin);
  case TRUCE_ALERT_NEWS:
  case TRUCE_ALERT_DIGEST:
  case TRUCE_ALERT_PROBLEM:
    break;
  }
  return g_strdup_printf ("%s alert %s", origin, id);
}

static char *
cause_of (const TruceAlert *alert, const char *origin)
{
  const char *move = alert->kind == TRUCE_ALERT_MOVE && alert->move ? alert->move->id : NULL;

  return cause_of_kind (alert->kind,
                        move              ? move
                        : alert->corrects ? alert->corrects
                                          : alert->id,
                        alert->milestone, alert->feed, origin);
}

/* What a digest says replaces what was said before of the same. */
static char **
covers_of (const TruceAlert *digest, const char *origin)
{
  g_autoptr (GStrvBuilder) causes = g_strv_builder_new ();

  for (guint i = 0; digest->alerts && i < digest->alerts->len; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (digest->alerts, i);
    g_autofree char *cause = cause_of_kind (brief->kind, brief->id, brief->milestone, NULL, origin);
    g_strv_builder_add (causes, cause);
  }
  return digest->alerts ? g_strv_builder_end (causes) : NULL;
}

static const char *
category_of (TruceAlertKind kind)
{
  switch (kind) {
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
  case TRUCE_ALERT_PASSED:
    return "x-truced.deadline";
  case TRUCE_ALERT_NEWS:
    return "x-truced.news";
  case TRUCE_ALERT_MOVE:
    return "x-truced.move";
  case TRUCE_ALERT_CHANGED:
    return "x-truced.changed";
  case TRUCE_ALERT_FEED:
    return "x-truced.feed";
  case TRUCE_ALERT_SILENT:
    return "x-truced.silent";
  case TRUCE_ALERT_DIGEST:
    return "x-truced.digest";
  case TRUCE_ALERT_PROBLEM:
    return "x-truced.problem";
  case TRUCE_ALERT_TEST:
    return "x-truced.test";
  }
  return "x-truced";
}

/* Links come from strangers: nothing but the web is opened. */
static gboolean
is_web_address (const char *url)
{
  return url && (g_ascii_strncasecmp (url, "https://", 8) == 0 || g_ascii_strncasecmp (url, "http://", 7) == 0);
}

static char *
url_of (const TruceAlert *alert)
{
  if (is_web_address (alert->url))
    return g_strdup (alert->url);
  for (guint i = 0; alert->items && i < alert->items->len; i++) {
    const TruceAlertItem *item = g_ptr_array_index (alert->items, i);
    if (is_web_address (item->link))
      return g_strdup (item->link);
  }
  return NULL;
}

/* A move can be accepted that names a date, or an end. */
static char *
acceptable_move_of (const TruceAlert *alert)
{
  const TruceAlertMove *move = alert->kind == TRUCE_ALERT_MOVE ? alert->move : NULL;
  gboolean names_date = move && move->new_due != TRUCE_TIME_NONE;

  if (!move || !move->id || (!names_date && g_strcmp0 (move->label, "moved") == 0))
    return NULL;
  return g_strdup (move->id);
}

static char *
fit_body (const char *text, gboolean markup)
{
  g_autofree char *cut = truce_text_cut (text, TRUCE_POPUP_BODY_MAX);
  return markup ? truce_text_escape_markup (cut) : g_steal_pointer (&cut);
}

TrucePopup *
truce_popup_for_alert (const TruceAlert *alert, const char *origin, gboolean markup)
{
  TrucePopup *popup = g_new0 (TrucePopup, 1);
  popup->cause = cause_of (alert, origin);
  popup->summary = truce_text_cut (alert->title, TRUCE_POPUP_SUMMARY_MAX);
  popup->body = fit_body (alert->body ? alert->body : "", markup);
  popup->category = category_of (alert->kind);
  popup->urgency = alert->urgency;
  popup->url = url_of (alert);
  popup->move = acceptable_move_of (alert);
  popup->alerts = g_new0 (char *, 2);
  popup->alerts[0] = g_strdup (alert->id);
  popup->since = alert->raised;
  popup->grown = alert->grown;
  popup->covers = covers_of (alert, origin);
  return popup;
}

/* The most urgent first, the newest of equals first. */
static gint
compare_weight (gconstpointer a, gconstpointer b)
{
  const TruceAlert *left = *(TruceAlert *const *) a;
  const TruceAlert *right = *(TruceAlert *const *) b;
  if (left->urgency != right->urgency)
    return left->urgency > right->urgency ? -1 : 1;
  if (left->raised != right->raised)
    return left->raised > right->raised ? -1 : 1;
  return strcmp (left->id, right->id);
}

/* Of several that would take one another's place the last stands for all: the newest word about a date. (transfer
 * full), borrowing the alerts. */
static GPtrArray *
last_of_each_cause (const GPtrArray *alerts, const char *origin)
{
  GPtrArray *last = g_ptr_array_new ();
  g_autoptr (GHashTable) causes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = alerts->len; i > 0; i--) {
    TruceAlert *alert = g_ptr_array_index (alerts, i - 1);
    if (g_hash_table_add (causes, cause_of (alert, origin)))
      g_ptr_array_insert (last, 0, alert);
  }
  return last;
}

static char *
list_titles (GPtrArray *alerts)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (alerts->len, TRUCE_POPUP_FLOOD); i++) {
    const TruceAlert *alert = g_ptr_array_index (alerts, i);
    g_autofree char *title = truce_text_cut (alert->title, TRUCE_POPUP_BODY_MAX / (TRUCE_POPUP_FLOOD + 1));
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", title);
  }
  if (alerts->len > TRUCE_POPUP_FLOOD)
    g_string_append_printf (text, "\nand %u more: trucectl alerts", alerts->len - TRUCE_POPUP_FLOOD);
  return g_string_free (text, FALSE);
}

static void
set_alerts (TrucePopup *popup, const GPtrArray *alerts)
{
  popup->alerts = g_new0 (char *, alerts->len + 1);
  popup->since = TRUCE_TIME_NONE;
  for (guint i = 0; i < alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (alerts, i);
    popup->alerts[i] = g_strdup (alert->id);
    popup->since = MIN (popup->since, alert->raised);
  }
  if (alerts->len < 2)
    return;
  popup->told = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  for (guint i = 0; i < alerts->len; i++)
    g_ptr_array_add (popup->told, truce_alert_ref (g_ptr_array_index (alerts, i)));
}

TrucePopup *
truce_popup_for_many (const GPtrArray *alerts, const char *origin, gboolean away, gboolean markup)
{
  g_autoptr (GPtrArray) said = last_of_each_cause (alerts, origin);
  TrucePopup *popup;

  if (said->len == 1)
    popup = truce_popup_for_alert (g_ptr_array_index (said, 0), origin, markup);
  else {
    g_ptr_array_sort (said, compare_weight);
    const TruceAlert *first = g_ptr_array_index (said, 0);
    g_autofree char *titles = list_titles (said);

    popup = g_new0 (TrucePopup, 1);
    popup->cause = g_strdup_printf ("%s many %s", origin, first->id);
    popup->summary = g_strdup_printf (away ? "%u alerts while you were away" : "%u new alerts", said->len);
    popup->body = fit_body (titles, markup);
    popup->category = "x-truced.digest";
    popup->urgency = first->urgency;
    popup->grown = TRUCE_TIME_NONE;
    popup->partial = said->len > TRUCE_POPUP_FLOOD;
  }
  g_strfreev (popup->alerts);
  set_alerts (popup, alerts);
  popup->away = away;
  return popup;
}
