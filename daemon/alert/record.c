/* SPDX-License-Identifier: MIT */
/* The one JSON record of an alert (truced-alerts(7)), written and read. */
#include <string.h>

#include "alert/alert.h"
#include "alert/alert_private.h"
#include "base/reason.h"

static json_t *
items_to_json (const TruceAlert *alert)
{
  json_t *array = json_array ();

  for (guint i = 0; alert->items && i < alert->items->len; i++) {
    const TruceAlertItem *item = g_ptr_array_index (alert->items, i);
    json_t *object = json_object ();
    truce_json_set_text (object, "title", item->title);
    truce_json_set_text (object, "link", item->link);
    truce_json_set_text (object, "feed", item->feed);
    truce_json_set_text (object, "tier", truce_tier_to_text (item->tier));
    truce_json_set_time (object, "published", item->published);
    truce_json_set_text (object, "publisher", item->publisher);
    truce_json_set_time (object, "joined", item->joined);
    if (item->copy)
      truce_json_set_boolean (object, "copy", TRUE);
    json_array_append_new (array, object);
  }
  return array;
}

/* One date of a milestone that repeats is named apart from it, so that programs that watch for the milestone find all.
 */
static void
set_milestone (json_t *record, const char *id)
{
  const char *mark = id ? strchr (id, TRUCE_OCCURRENCE_MARK) : NULL;
  g_autofree char *series = mark ? g_strndup (id, (gsize) (mark - id)) : NULL;

  truce_json_set_text (record, "milestone", series ? series : id);
  if (mark)
    truce_json_set_text (record, "occurrence", mark + 1);
}

/* (transfer full) */
static char *
get_milestone (const json_t *record)
{
  const char *id = truce_json_get_text (record, "milestone"), *occurrence = truce_json_get_text (record, "occurrence");

  return id && occurrence ? g_strdup_printf ("%s%c%s", id, TRUCE_OCCURRENCE_MARK, occurrence) : g_strdup (id);
}

static json_t *
alerts_to_json (const TruceAlert *alert)
{
  json_t *array = json_array ();

  for (guint i = 0; alert->alerts && i < alert->alerts->len; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (alert->alerts, i);
    json_t *object = json_object ();
    truce_json_set_text (object, "id", brief->id);
    truce_json_set_text (object, "kind", truce_alert_kind_to_text (brief->kind));
    truce_json_set_text (object, "urgency", truce_urgency_to_text (brief->urgency));
    truce_json_set_text (object, "title", brief->title);
    set_milestone (object, brief->milestone);
    truce_json_set_text (object, "url", brief->url);
    json_array_append_new (array, object);
  }
  return array;
}

/* Whole days between two instants, rounded to the nearest: a day with a clock change has 23 or 25 hours. */
static gint64
delta_days (TruceTime from, TruceTime to)
{
  TruceTime delta = to - from;

  return (delta + (delta >= 0 ? TRUCE_DAY / 2 : -TRUCE_DAY / 2)) / TRUCE_DAY;
}

/* A date that was said more exactly than before: the two as spans again. */
static gboolean
tightens (const TruceAlert *alert)
{
  const TruceSpan old = {
    .earliest = alert->old_due,
    .latest = alert->old_due_latest == TRUCE_TIME_NONE ? alert->old_due : alert->old_due_latest,
  };
  const TruceSpan new = {
    .earliest = alert->due,
    .latest = alert->due_latest == TRUCE_TIME_NONE ? alert->due : alert->due_latest,
  };

  return truce_span_tightens (&new, &old);
}

static json_t *
reported_to_json (const TruceAlertMove *move)
{
  json_t *object = json_object ();

  truce_json_set_text (object, "id", move->id);
  truce_json_set_text (object, "label", move->label);
  truce_json_set_time (object, "old_due", move->old_due);
  truce_json_set_time (object, "old_due_latest", move->old_due_latest);
  truce_json_set_time (object, "new_due", move->new_due);
  truce_json_set_time (object, "new_due_latest", move->new_due_latest);
  if (move->new_due != TRUCE_TIME_NONE)
    truce_json_set_integer (object, "delta_days", move->delta_days);
  truce_json_set_text (object, "quote", move->quote);
  truce_json_set_text (object, "status", move->status);
  return object;
}

static json_t *
move_to_json (const TruceAlert *alert)
{
  json_t *object;

  if (alert->move)
    return reported_to_json (alert->move);
  if (alert->kind != TRUCE_ALERT_CHANGED)
    return NULL;
  object = json_object ();
  if (alert->label) {
    truce_json_set_text (object, "label", alert->label);
  } else {
    truce_json_set_text (object, "label", tightens (alert) ? "tightened" : "moved");
    truce_json_set_time (object, "old_due", alert->old_due);
    truce_json_set_time (object, "old_due_latest", alert->old_due_latest);
    truce_json_set_time (object, "new_due", alert->due);
    truce_json_set_time (object, "new_due_latest", alert->due_latest);
    truce_json_set_integer (object, "delta_days", delta_days (alert->old_due, alert->due));
  }
  truce_json_set_text (object, "status", "accepted");
  return object;
}

static void
set_story (json_t *record, const TruceAlert *alert)
{
  truce_json_set_integer (record, "sources", alert->sources);
  truce_json_set_integer (record, "count", alert->count);
  if (alert->official > 0)
    truce_json_set_integer (record, "official", alert->official);
  truce_json_set_time (record, "grown", alert->grown);
  truce_json_set_time (record, "confirmed", alert->confirmed);
  truce_json_set_text (record, "follows", alert->follows);
}

json_t *
truce_alert_to_json (const TruceAlert *alert)
{
  json_t *record = json_object ();

  truce_json_set_text (record, "id", alert->id);
  truce_json_set_text (record, "kind", truce_alert_kind_to_text (alert->kind));
  truce_json_set_text (record, "urgency", truce_urgency_to_text (alert->urgency));
  truce_json_set_text (record, "title", alert->title);
  truce_json_set_text (record, "body", alert->body);
  set_milestone (record, alert->milestone);
  if (alert->has_due)
    truce_json_set_integer (record, "revision", alert->revision);
  truce_json_set_text (record, "lead", alert->lead);
  if (alert->nag)
    truce_json_set_integer (record, "nag", alert->nag);
  truce_json_set_time (record, "due", alert->due);
  truce_json_set_time (record, "due_latest", alert->due_latest);
  truce_json_set_text (record, "zone", alert->zone);
  if (alert->has_due)
    truce_json_set_integer (record, "seconds_left", alert->seconds_left);
  truce_json_set_time (record, "raised", alert->raised);
  if (alert->late)
    truce_json_set_boolean (record, "late", TRUE);
  truce_json_set_text (record, "watch", alert->watch);
  truce_json_set_strv (record, "also", (const char *const *) alert->also);
  truce_json_set_text (record, "feed", alert->feed);
  truce_json_set_steal (record, "items", items_to_json (alert));
  if (alert->kind == TRUCE_ALERT_NEWS)
    set_story (record, alert);
  else if (alert->items)
    truce_json_set_integer (record, "sources", alert->items->len);
  if (alert->kind == TRUCE_ALERT_MOVE && alert->grown != TRUCE_TIME_NONE) {
    truce_json_set_integer (record, "count", alert->count);
    truce_json_set_time (record, "grown", alert->grown);
  }
  if (alert->kind == TRUCE_ALERT_DIGEST) {
    truce_json_set_steal (record, "alerts", alerts_to_json (alert));
    truce_json_set_integer (record, "count", alert->count);
  }
  truce_json_set_steal (record, "move", move_to_json (alert));
  truce_json_set_text (record, "no_move", alert->no_move);
  truce_json_set_text (record, "contested", alert->contested);
  truce_json_set_text (record, "corrects", alert->corrects);
  truce_json_set_text (record, "old_title", alert->old_title);
  truce_json_set_reason (record, alert->why);
  truce_json_set_text (record, "by", alert->by);
  if (alert->silenced)
    truce_json_set_boolean (record, "silenced", TRUE);
  truce_json_set_strv (record, "matched", (const char *const *) alert->matched);
  truce_json_set_text (record, "url", alert->url);
  return record;
}

static char **
strv_from_json (const json_t *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const json_t *value;
  size_t i;

  if (!json_is_array (array))
    return NULL;
  json_array_foreach (array, i, value) {
    if (json_is_string (value))
      g_strv_builder_add (builder, json_string_value (value));
  }
  return g_strv_builder_end (builder);
}

static void
items_from_json (TruceAlert *alert, const json_t *array)
{
  const json_t *object;
  size_t i;

  json_array_foreach (array, i, object) {
    TruceAlertItem *item = truce_alert_add_item (alert);
    item->title = g_strdup (truce_json_get_text (object, "title"));
    item->link = g_strdup (truce_json_get_text (object, "link"));
    item->feed = g_strdup (truce_json_get_text (object, "feed"));
    item->tier = g_strcmp0 (truce_json_get_text (object, "tier"), truce_tier_to_text (TRUCE_TIER_OFFICIAL)) == 0
                     ? TRUCE_TIER_OFFICIAL
                     : TRUCE_TIER_PRESS;
    item->published = truce_json_get_time (object, "published");
    item->publisher = g_strdup (truce_json_get_text (object, "publisher"));
    item->joined = truce_json_get_time (object, "joined");
    item->copy = truce_json_get_boolean (object, "copy");
  }
}

/* Those whose kind this version does not know are left out: a newer one wrote them. */
static void
alerts_from_json (TruceAlert *alert, const json_t *array)
{
  const json_t *object;
  size_t i;

  json_array_foreach (array, i, object) {
    const char *kind_text = truce_json_get_text (object, "kind"),
               *urgency_text = truce_json_get_text (object, "urgency");
    TruceUrgency urgency;
    TruceAlertKind kind;
    if (!kind_text || !truce_alert_kind_from_text (kind_text, &kind) || !urgency_text ||
        !truce_urgency_from_text (urgency_text, &urgency))
      continue;
    TruceAlertBrief *brief = truce_alert_add_brief (alert);
    brief->kind = kind;
    brief->urgency = urgency;
    brief->id = g_strdup (truce_json_get_text (object, "id"));
    brief->title = g_strdup (truce_json_get_text (object, "title"));
    brief->milestone = get_milestone (object);
    brief->url = g_strdup (truce_json_get_text (object, "url"));
  }
}

/* Before there were stories, `sources` alone was kept, and was 1. */
static void
story_from_json (TruceAlert *alert, const json_t *record)
{
  guint n_items = alert->items ? alert->items->len : 0;

  alert->sources = (guint) truce_json_get_integer (record, "sources", n_items);
  alert->count = (guint) truce_json_get_integer (record, "count", n_items);
  alert->official = (guint) truce_json_get_integer (record, "official", 0);
  alert->grown = truce_json_get_time (record, "grown");
  alert->confirmed = truce_json_get_time (record, "confirmed");
  alert->follows = g_strdup (truce_json_get_text (record, "follows"));
}

/* Of a date that was changed, which is the alert's own; or of what the news says. */
static void
move_from_json (TruceAlert *alert, const json_t *object)
{
  TruceAlertMove *move;

  if (alert->kind == TRUCE_ALERT_CHANGED) {
    alert->old_due = truce_json_get_time (object, "old_due");
    alert->old_due_latest = truce_json_get_time (object, "old_due_latest");
    if (alert->old_due == TRUCE_TIME_NONE)
      alert->label = g_strdup (truce_json_get_text (object, "label"));
  } else if (object) {
    move = truce_alert_add_move (alert);
    move->id = g_strdup (truce_json_get_text (object, "id"));
    move->label = g_strdup (truce_json_get_text (object, "label"));
    move->status = g_strdup (truce_json_get_text (object, "status"));
    move->quote = g_strdup (truce_json_get_text (object, "quote"));
    move->old_due = truce_json_get_time (object, "old_due");
    move->old_due_latest = truce_json_get_time (object, "old_due_latest");
    move->new_due = truce_json_get_time (object, "new_due");
    move->new_due_latest = truce_json_get_time (object, "new_due_latest");
    move->delta_days = truce_json_get_integer (object, "delta_days", 0);
  }
}

TruceAlert *
truce_alert_from_json (const json_t *record)
{
  const char *kind = truce_json_get_text (record, "kind"), *urgency = truce_json_get_text (record, "urgency");
  const char *id = truce_json_get_text (record, "id"), *title = truce_json_get_text (record, "title");
  TruceTime raised = truce_json_get_time (record, "raised");
  g_autoptr (TruceAlert) alert = truce_alert_new_empty ();

  if (!id || !title || raised == TRUCE_TIME_NONE || !kind || !truce_alert_kind_from_text (kind, &alert->kind) ||
      !urgency || !truce_urgency_from_text (urgency, &alert->urgency))
    return NULL;
  alert->id = g_strdup (id);
  alert->title = g_strdup (title);
  alert->body = g_strdup (truce_json_get_text (record, "body"));
  if (!alert->body)
    alert->body = g_strdup ("");
  alert->raised = raised;
  alert->late = truce_json_get_boolean (record, "late");
  alert->milestone = get_milestone (record);
  alert->watch = g_strdup (truce_json_get_text (record, "watch"));
  alert->also = strv_from_json (json_object_get (record, "also"));
  alert->feed = g_strdup (truce_json_get_text (record, "feed"));
  alert->has_due = json_object_get (record, "revision") != NULL;
  alert->revision = (guint) truce_json_get_integer (record, "revision", 0);
  alert->lead = g_strdup (truce_json_get_text (record, "lead"));
  alert->nag = (guint) truce_json_get_integer (record, "nag", 0);
  alert->due = truce_json_get_time (record, "due");
  alert->due_latest = truce_json_get_time (record, "due_latest");
  alert->zone = g_strdup (truce_json_get_text (record, "zone"));
  alert->seconds_left = truce_json_get_integer (record, "seconds_left", 0);
  move_from_json (alert, json_object_get (record, "move"));
  alert->no_move = g_strdup (truce_json_get_text (record, "no_move"));
  alert->contested = g_strdup (truce_json_get_text (record, "contested"));
  alert->corrects = g_strdup (truce_json_get_text (record, "corrects"));
  alert->old_title = g_strdup (truce_json_get_text (record, "old_title"));
  alert->why = truce_json_get_reason (record);
  alert->by = g_strdup (truce_json_get_text (record, "by"));
  alert->silenced = truce_json_get_boolean (record, "silenced");
  alerts_from_json (alert, json_object_get (record, "alerts"));
  alert->count = (guint) truce_json_get_integer (record, "count", 0);
  items_from_json (alert, json_object_get (record, "items"));
  if (alert->kind == TRUCE_ALERT_NEWS || alert->kind == TRUCE_ALERT_MOVE)
    story_from_json (alert, record);
  alert->matched = strv_from_json (json_object_get (record, "matched"));
  alert->url = g_strdup (truce_json_get_text (record, "url"));
  return g_steal_pointer (&alert);
}
