/* SPDX-License-Identifier: MIT */
#include "engine/view.h"

#include <string.h>

#include "base/reason.h"
#include "deadline/nag.h"
#include "engine/amend.h"
#include "engine/moves_private.h"
#include "engine/view_private.h"
#include "news/polllog.h"
#include "truced-config.h"

const char *
truce_view_state_of (const TruceMilestone *milestone, const TruceSpan *span, TruceTime now)
{
  if (now >= milestone->met.at)
    return "met";
  if (now >= milestone->cancelled.at)
    return "cancelled";
  if (now < span->earliest)
    return "ahead";
  return now < span->latest ? "open" : "passed";
}

static gint64
seconds_between (TruceTime from, TruceTime to)
{
  return (to - from) / TRUCE_SECOND;
}

void
truce_view_set_span (json_t *record, const TruceSpan *span)
{
  g_autofree char *words = truce_span_to_words (span);

  truce_json_set_time (record, "due", span->earliest);
  if (span->latest > span->earliest)
    truce_json_set_time (record, "due_latest", span->latest);
  truce_json_set_text (record, "precision", truce_precision_to_text (span->precision));
  if (span->approximate)
    truce_json_set_boolean (record, "approximate", TRUE);
  truce_json_set_text (record, "zone", truce_zone_name (span->zone));
  truce_json_set_text (record, "words", words);
}

/* What a bar over the grace period begins at: the start that is configured, else when the date came into force, else
 * when truced first saw it. */
static TruceTime
began (TruceEngine *engine, const TruceMilestone *milestone, const TruceRevision *revision)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);

  if (milestone->has_starts)
    return milestone->starts.earliest;
  if (milestone->series_id)
    return truce_view_series_began (milestone, stored ? stored->since : TRUCE_TIME_NONE);
  if (revision->since > TRUCE_TIME_MIN)
    return revision->since;
  return stored ? stored->since : TRUCE_TIME_NONE;
}

static json_t *
leads_to_json (const TruceMilestone *milestone)
{
  json_t *leads = json_array ();

  for (guint i = 0; i < milestone->leads->len; i++) {
    char buffer[TRUCE_LEAD_TEXT_SIZE];
    const char *text = truce_lead_to_text (&g_array_index (milestone->leads, TruceLead, i), buffer);
    json_array_append_new (leads, json_string (text));
  }
  return leads;
}

/* When the next repetition is told, and its number; NONE: none, since somebody has answered, or it had passed when it
 * was first seen. */
static TruceTime
next_nag (TruceEngine *engine, const TruceMilestone *milestone, guint revision, const TruceSpan *span, TruceTime now,
          guint *ret_number)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);

  if (!milestone->has_nag || (stored && stored->since >= span->latest) ||
      (span->latest <= now && truce_nagging_holds (engine, milestone, revision, now)))
    return TRUCE_TIME_NONE;
  return truce_nag_next (milestone, span, now, ret_number);
}

/* The next firing of a milestone as {"lead","at"} keys of `record`. */
static void
set_next_lead (TruceEngine *engine, json_t *record, const TruceMilestone *milestone, guint revision,
               const TruceSpan *span, TruceTime now)
{
  guint number = 0;
  TruceTime at = truce_milestone_next_firing (milestone, span, now);
  TruceTime nag = next_nag (engine, milestone, revision, span, now, &number);
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));

  if (nag < at) {
    g_autofree char *key = g_strdup_printf ("nag%u", number);
    truce_json_set_text (record, "next_lead", key);
    truce_json_set_time (record, "next_lead_at", nag);
    return;
  }
  if (at == TRUCE_TIME_NONE)
    return;
  truce_milestone_firings (milestone, revision, span, at - 1, at, firings);
  truce_json_set_text (record, "next_lead", g_array_index (firings, TruceFiring, 0).key);
  truce_json_set_time (record, "next_lead_at", at);
}

/* --- milestones --- */

/* Why its state or its date is what it is, and who says so unless it is the configuration. */
static void
set_reason (json_t *record, const TruceMilestone *milestone, const TruceRevision *revision, TruceTime now)
{
  const TruceEnding *ending = now >= milestone->met.at         ? &milestone->met
                              : now >= milestone->cancelled.at ? &milestone->cancelled
                                                               : NULL;

  truce_json_set_reason (record, ending ? ending->why : revision->why);
  truce_json_set_text (record, "by", ending ? ending->by : revision->by);
}

/* What a calendar that has it numbers its versions by. A move that was taken back has moved it twice, and what is based
 * on it too: who has seen it would take no lower number. Of what repeats, whose rule moves nothing, it is its
 * calendar's. */
static guint
sequence_of (TruceEngine *engine, const TruceMilestone *milestone, guint index)
{
  guint sequence = truce_milestone_sequence (milestone, index);

  if (milestone->series)
    return milestone->event ? milestone->event->sequence : 0;
  for (guint i = 0; i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (amendment->kind == TRUCE_AMENDMENT_DUE && amendment->undone != TRUCE_TIME_NONE &&
        strcmp (amendment->milestone, milestone->id) == 0)
      sequence += 2;
  }
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  return stored ? MAX (sequence, stored->revision) : sequence;
}

/* When its date became what it is: of one that was moved back by an undo, then. */
static TruceTime
modified (TruceEngine *engine, const TruceMilestone *milestone, guint index)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  TruceTime since = truce_milestone_revision (milestone, index)->since;

  return stored && stored->revision > index ? MAX (since, stored->since) : since;
}

static json_t *
milestone_to_json (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  guint index = truce_milestone_revision_at (milestone, now), number;
  const TruceRevision *revision = truce_milestone_revision (milestone, index);
  g_autofree char *history = truce_view_history (engine, milestone, now);
  json_t *record = json_object ();
  TruceSpan span;

  truce_deadlines_current (engine, milestone, now, &number, &span);
  const char *state = truce_view_state_of (milestone, &span, now);
  truce_json_set_text (record, "id", milestone->series_id ? milestone->series_id : milestone->id);
  truce_json_set_text (record, "title", milestone->title);
  truce_json_set_text (record, "state", state);
  if (truce_nagging_is_overdue (engine, milestone, now))
    truce_json_set_boolean (record, "overdue", TRUE);
  if (milestone->series)
    truce_view_set_series (record, engine, milestone);
  truce_view_set_span (record, &span);
  truce_json_set_text (record, "statement", revision->statement);
  truce_json_set_integer (record, "seconds_left", seconds_between (now, span.earliest));
  truce_json_set_integer (record, "revision", number);
  truce_json_set_text (record, "history", history);
  if (milestone->has_starts)
    truce_json_set_time (record, "starts", milestone->starts.earliest);
  truce_json_set_time (record, "began", began (engine, milestone, revision));
  if (!truce_milestone_ended_at (milestone, now))
    set_next_lead (engine, record, milestone, number, &span, now);
  truce_json_set_steal (record, "leads", leads_to_json (milestone));
  g_autofree char *remind_at = g_strdup_printf ("%02d:%02d", milestone->remind_at / 60, milestone->remind_at % 60);
  truce_json_set_text (record, "remind_at", remind_at);
  if (milestone->has_nag) {
    char nag[TRUCE_LEAD_TEXT_SIZE];
    truce_lead_to_text (&milestone->nag, nag);
    truce_json_set_text (record, "nag", nag + (*nag == '+'));
  }
  truce_json_set_text (record, "timezone", truce_zone_name (milestone->zone));
  if (truce_milestone_ended_at (milestone, now))
    truce_json_set_time (record, "ended", MIN (milestone->met.at, milestone->cancelled.at));
  set_reason (record, milestone, revision, now);
  if (milestone->silenced > now && milestone->silenced != TRUCE_TIME_NONE) {
    truce_json_set_time (record, "silenced", milestone->silenced);
    truce_json_set_text (record, "silenced_by", milestone->silenced_by);
  }
  g_autofree char *contested = truce_moves_contest (engine, milestone, now);
  truce_json_set_text (record, "contested", contested);
  if (truce_moves_waiting (engine, milestone->id) > 0)
    truce_json_set_integer (record, "moves", truce_moves_waiting (engine, milestone->id));
  truce_json_set_text (record, "match", milestone->match);
  truce_json_set_strv (record, "tags", milestone->tags);
  truce_json_set_text (record, "url", milestone->url);
  if (milestone->event) {
    truce_json_set_text (record, "calendar", milestone->event->calendar);
    truce_json_set_text (record, "uid", milestone->event->uid);
  }
  truce_json_set_integer (record, "sequence", sequence_of (engine, milestone, index));
  if (!milestone->series && modified (engine, milestone, index) > TRUCE_TIME_MIN)
    truce_json_set_time (record, "modified", modified (engine, milestone, index));
  truce_span_clear (&span);
  return record;
}

typedef struct {
  const TruceMilestone *milestone;
  TruceTime due;
  guint rank; /* what is ahead before what has passed before what has ended */
} Ordered;

static int
compare_ordered (gconstpointer a, gconstpointer b)
{
  const Ordered *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return (x->due > y->due) - (x->due < y->due);
}

json_t *
truce_view_milestones (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (Ordered));
  json_t *array = json_array ();

  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    guint index = truce_milestone_revision_at (milestone, now);
    const TruceSpan *span = &truce_milestone_revision (milestone, index)->span;
    guint rank = truce_milestone_ended_at (milestone, now) ? 2 : now >= MAX (span->latest, span->earliest + 1) ? 1 : 0;
    if (!truce_config_shows (engine->config, milestone))
      continue;
    Ordered entry = { milestone, span->earliest, rank };
    g_array_append_val (order, entry);
  }
  g_array_sort (order, compare_ordered);
  for (guint i = 0; i < order->len; i++)
    json_array_append_new (array, milestone_to_json (engine, g_array_index (order, Ordered, i).milestone, now));
  return array;
}

json_t *
truce_view_milestone (TruceEngine *engine, const char *id, GError **error)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, id);
  TruceTime now = truce_engine_now (engine);
  json_t *record;

  if (!milestone) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no milestone has the id \"%.64s\"", id);
    return NULL;
  }
  record = milestone_to_json (engine, milestone, now);
  truce_json_set_steal (record, "amendments", truce_view_amendments (engine, id));
  if (milestone->series)
    truce_json_set_steal (record, "series", truce_view_series (engine, milestone, now));
  truce_json_set_steal (record, "revisions", truce_view_revisions (engine, milestone, now));
  return record;
}

/* --- feeds --- */

static const char *
state_of (TruceEngine *engine, const TruceFeed *feed, const TruceFeedState *state)
{
  if (state->due == TRUCE_TIME_MAX)
    return "gone";
  if (state->error)
    return "failing";
  if (state->last_200 == TRUCE_TIME_NONE && state->last_304 == TRUCE_TIME_NONE)
    return "new";
  if (feed->is_calendar ? truce_view_is_partial (engine, feed->id)
                        : truce_poll_log_lack (state->polls) != TRUCE_FEED_WHOLE)
    return "partial";
  return state->stale ? "stale" : "ok";
}

static json_t *
feed_to_json (TruceEngine *engine, const TruceFeed *feed, const FeedRun *run)
{
  const TruceFeedState *state = &run->state;
  json_t *record = json_object ();
  const char *reason;
  TruceTime due = truce_polls_next_of (engine, run, &reason);

  truce_json_set_text (record, "id", feed->id);
  truce_json_set_text (record, "title", feed->title ? feed->title : state->title);
  truce_json_set_text (record, "url", feed->url);
  truce_json_set_text (record, "path", feed->path);
  if (feed->is_calendar)
    truce_view_set_calendar (engine, record, feed->id);
  else
    truce_json_set_text (record, "tier", truce_tier_to_text (feed->tier));
  truce_json_set_strv (record, "tags", (const char *const *) feed->tags);
  truce_json_set_text (record, "state", state_of (engine, feed, state));
  if (run->in_flight)
    truce_json_set_boolean (record, "asking", TRUE);
  truce_json_set_integer (record, "failures", state->failures);
  truce_json_set_text (record, "error", state->error);
  truce_json_set_text (record, "lacks",
                       feed->is_calendar ? NULL : truce_feed_lack_words (truce_poll_log_lack (state->polls)));
  if (due != TRUCE_TIME_MAX)
    truce_json_set_time (record, "due", due);
  truce_json_set_text (record, "due_reason", reason);
  truce_json_set_time (record, "last_try", state->last_try);
  truce_json_set_time (record, "last_200", state->last_200);
  truce_json_set_time (record, "last_304", state->last_304);
  truce_json_set_time (record, "last_new", state->last_new);
  return record;
}

json_t *
truce_view_feeds (TruceEngine *engine, const char *id, GError **error)
{
  json_t *array = json_array ();

  for (guint i = 0; i < truce_config_n_polled (engine->config); i++) {
    const TruceFeed *feed = truce_config_polled (engine->config, i);
    if (id && strcmp (feed->id, id) != 0)
      continue;
    const FeedRun *run = truce_polls_find (engine, feed->id);
    json_t *record = feed_to_json (engine, feed, run);
    if (id)
      truce_view_feed_story (record, &run->state);
    json_array_append_new (array, record);
  }
  if (id && json_array_size (array) == 0) {
    json_decref (array);
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no feed has the id \"%.64s\"", id);
    return NULL;
  }
  return array;
}

/* --- status --- */

/* "12 d" by the calendar, as alerts count; "5 h" and "30 min" when it is near. */
static char *
short_length (const TruceZone *zone, TruceTime at, TruceTime now)
{
  gint64 days = truce_zone_day_of (zone, at) - truce_zone_day_of (zone, now);
  TruceTime length = at - now;

  if (days >= 2)
    return g_strdup_printf ("%" G_GINT64_FORMAT " d", days);
  if (length >= TRUCE_HOUR)
    return g_strdup_printf ("%" G_GINT64_FORMAT " h", length / TRUCE_HOUR);
  return g_strdup_printf ("%" G_GINT64_FORMAT " min", length / TRUCE_MINUTE);
}

char *
truce_view_status_line (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine), due;
  guint milestones = truce_config_n_shown (engine->config), feeds = truce_config_n_feeds (engine->config);
  guint calendars = truce_config_n_calendars (engine->config), failing = truce_glance_failing (engine);
  const TruceMilestone *next = truce_glance_next (engine, now, &due);
  g_autofree char *length = next ? short_length (next->zone, due, now) : NULL;
  guint overdue = truce_nagging_n_overdue (engine, now);
  GString *line = g_string_new (NULL);

  if (overdue > 0)
    g_string_append_printf (line, "%u overdue, ", overdue);
  g_string_append_printf (line, "%u %s", milestones, milestones == 1 ? "milestone" : "milestones");
  if (truce_engine_holds (engine))
    g_string_append (line, ", waiting: the clock cannot be right");
  else if (length)
    g_string_append_printf (line, ", next in %s", length);
  else if (milestones > 0)
    g_string_append (line, ", none ahead");
  g_string_append_printf (line, "; %u %s", feeds, feeds == 1 ? "feed" : "feeds");
  if (calendars > 0)
    g_string_append_printf (line, ", %u %s", calendars, calendars == 1 ? "calendar" : "calendars");
  if (engine->network_down)
    g_string_append (line, ", the network is down");
  else if (failing > 0)
    g_string_append_printf (line, ", %u failing", failing);
  return g_string_free (line, FALSE);
}

static json_t *
sinks_to_json (TruceEngine *engine)
{
  json_t *ids = json_array ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++)
    json_array_append_new (ids, json_string (truce_config_sink (engine->config, i)->id));
  return ids;
}

static json_t *
watches_to_json (TruceEngine *engine)
{
  json_t *array = json_array ();

  for (guint i = 0; i < truce_config_n_watches (engine->config); i++) {
    const TruceWatch *watch = truce_config_watch (engine->config, i);
    json_t *record = json_object ();
    truce_json_set_text (record, "id", watch->id);
    truce_json_set_text (record, "title", watch->title);
    json_array_append_new (array, record);
  }
  return array;
}

json_t *
truce_view_status (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine), due;
  const TruceMilestone *next = truce_glance_next (engine, now, &due);
  g_autofree char *line = truce_view_status_line (engine);
  json_t *record = json_object ();

  truce_json_set_time (record, "now", now);
  truce_json_set_text (record, "zone", truce_zone_name (truce_config_zone (engine->config)));
  truce_json_set_integer (record, "milestones", truce_config_n_shown (engine->config));
  truce_json_set_integer (record, "overdue", truce_nagging_n_overdue (engine, now));
  if (truce_engine_holds (engine)) {
    g_autofree char *words = truce_hold_words (engine, now);
    truce_json_set_text (record, "clock_problem", words);
    truce_json_set_time (record, "clock_expected", engine->held_floor);
  }
  if (next) {
    json_t *object = json_object ();
    truce_json_set_text (object, "milestone", next->id);
    truce_json_set_text (object, "title", next->title);
    truce_json_set_time (object, "at", due);
    truce_json_set_integer (object, "seconds_left", seconds_between (now, due));
    truce_json_set_steal (record, "next", object);
  }
  truce_json_set_integer (record, "feeds", truce_config_n_feeds (engine->config));
  if (truce_config_n_calendars (engine->config) > 0)
    truce_json_set_integer (record, "calendars", truce_config_n_calendars (engine->config));
  truce_json_set_integer (record, "failing", truce_glance_failing (engine));
  truce_json_set_steal (record, "watches", watches_to_json (engine));
  truce_json_set_steal (record, "sinks", sinks_to_json (engine));
  truce_json_set_steal (record, "deaf", truce_silence_deaf (engine, now));
  if (engine->network_down)
    truce_json_set_boolean (record, "network_down", TRUE);
  truce_view_trouble (engine, record);
  truce_json_set_integer (record, "unacknowledged", engine->ports.store.unacknowledged (engine->ports.store.self));
  truce_json_set_integer (record, "moves", truce_moves_waiting (engine, NULL));
  truce_json_set_text (record, "status_line", line);
  truce_json_set_text (record, "version", TRUCED_VERSION);
  return record;
}
