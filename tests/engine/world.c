/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

typedef struct {
  int status; /* 0: no answer */
  char *etag;
  char *items;
  char *moved_to;
} Answer;

typedef struct {
  char *url;
  char *etag;
  TruceFetchedFunc done;
  gpointer user_data;
} Fetch;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->etag);
  g_free (answer->items);
  g_free (answer->moved_to);
  g_free (answer);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->url);
  g_free (fetch->etag);
  g_free (fetch);
}

TruceTime
world_time (const char *text)
{
  TruceTime at;

  g_assert_true (truce_time_from_text (text, &at));
  return at;
}

/* --- ports --- */

static TruceTime
clock_now (gpointer self)
{
  return ((World *) self)->now;
}

static void
clock_arm (gpointer self, TruceTime at)
{
  ((World *) self)->armed = at;
}

static guint32
clock_random (gpointer self)
{
  return ((World *) self)->is_regular ? 0 : (guint32) g_test_rand_int ();
}

static void
net_fetch (gpointer self, const TruceFetch *request, TruceFetchedFunc done, gpointer user_data)
{
  World *world = self;
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->url = g_strdup (request->url);
  fetch->etag = g_strdup (request->etag);
  fetch->done = done;
  fetch->user_data = user_data;
  g_queue_push_tail (&world->fetches, fetch);
  g_ptr_array_add (world->asked, g_strdup (request->url));
  g_array_append_val (world->asked_alone, request->alone);
  g_ptr_array_add (world->asked_etags, g_strdup (request->etag ? request->etag : ""));
}

/* "TITLE|RFC 3339|LINK|ID" a line; all but the title may be missing. */
static TruceFeedDocument *
document_from_lines (const char *text)
{
  TruceFeedDocument *document = truce_feed_document_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++) {
    if (!*lines[i])
      continue;
    g_auto (GStrv) parts = g_strsplit (lines[i], "|", 4);
    guint n_parts = g_strv_length (parts);
    TruceItem *item = truce_item_new ();
    g_free (item->title);
    item->title = g_strdup (parts[0]);
    if (n_parts > 2)
      item->link = *parts[2] ? g_strdup (parts[2]) : NULL;
    else
      item->link = g_strdup_printf ("https://example.org/%s", parts[0]);
    if (n_parts > 3)
      item->id = g_strdup (parts[3]);
    if (n_parts > 1 && *parts[1])
      item->published = world_time (parts[1]);
    g_ptr_array_add (document->items, item);
  }
  return document;
}

static void
parse_body (gpointer self, const TruceParse *parse, TruceParsedFunc done, gpointer user_data)
{
  gsize length;
  const char *bytes = g_bytes_get_data (parse->body, &length);
  g_autofree char *text = g_strndup (bytes ? bytes : "", length);

  if (*text == '<') {
    done (NULL, "HTML page, not a feed", FALSE, user_data);
    return;
  }
  done (document_from_lines (text), NULL, FALSE, user_data);
}

/* "UID|TITLE|START|FLAG|FLAG..." a line; flags are cancelled, done, seq=N, zone=Z, rule=R, except=DATE,
 * alarm=SECONDS, tag=TAG; an occurrence of what repeats has the UID "UID/DATE", which its series excepts too. A
 * line "-UID" is an event that could not be read; "-" alone says that more may be lost. */
static TruceEvent *
event_from_line (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", -1);
  TruceEvent *event = truce_event_new ();

  g_assert_cmpuint (g_strv_length (parts), >=, 3);
  event->uid = g_strdup (parts[0]);
  event->summary = g_strdup (parts[1]);
  event->start = g_strdup (parts[2]);
  event->zone = event->rule = NULL;
  for (char **flag = &parts[3]; *flag; flag++) {
    const char *value = strchr (*flag, '=') ? strchr (*flag, '=') + 1 : "";
    TruceEventAlarm alarm = { g_ascii_strtoll (value, NULL, 10), FALSE };
    if (strcmp (*flag, "cancelled") == 0)
      event->cancelled = TRUE;
    else if (strcmp (*flag, "done") == 0)
      event->completed = world_time ("2025-01-01T00:00:00Z");
    else if (g_str_has_prefix (*flag, "seq="))
      event->sequence = (guint) atoi (value);
    else if (g_str_has_prefix (*flag, "zone="))
      event->zone = g_strdup (value);
    else if (g_str_has_prefix (*flag, "rule="))
      event->rule = g_strdup (value);
    else if (g_str_has_prefix (*flag, "except="))
      g_ptr_array_add (event->exceptions, g_strdup (value));
    else if (g_str_has_prefix (*flag, "alarm="))
      g_array_append_val (event->alarms, alarm);
    else
      g_ptr_array_add (event->categories, g_strdup (value));
  }
  event->url = g_strdup ("");
  event->end = g_strdup ("");
  event->zone = event->zone ? event->zone : g_strdup ("");
  event->rule = event->rule ? event->rule : g_strdup ("");
  return event;
}

static void
parse_calendar (gpointer self, const TruceParse *parse, TruceEventCalendarFunc done, gpointer user_data)
{
  gsize length;
  const char *bytes = g_bytes_get_data (parse->body, &length);
  g_autofree char *text = g_strndup (bytes ? bytes : "", length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new (), unread = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_event_free);
  TruceEventCalendar calendar = { (char *) "", TRUE, left_out, unread, events };

  if (*text == '<') {
    done (NULL, "no calendar", FALSE, user_data);
    return;
  }
  for (char **line = lines; *line; line++) {
    if (strcmp (*line, "-") == 0)
      calendar.whole = FALSE;
    else if (**line == '-')
      g_ptr_array_add (unread, *line + 1);
    else if (**line)
      g_ptr_array_add (events, event_from_line (*line));
  }
  done (&calendar, NULL, FALSE, user_data);
}

static GBytes *
parse_read_file (gpointer self, const char *path, GError **error)
{
  World *world = self;
  const Answer *answer = g_hash_table_lookup (world->answers, path);

  if (answer && answer->items)
    return g_bytes_new (answer->items, strlen (answer->items));
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such file", path);
  return NULL;
}

static TruceDelivery
sink_deliver (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling, GError **error)
{
  World *world = self;

  if (g_hash_table_contains (world->dead_sinks, sink_id)) {
    g_set_error (error, G_IO_CHANNEL_ERROR, G_IO_CHANNEL_ERROR_FAILED, "%s is dead", sink_id);
    return TRUCE_DELIVERY_RETRY;
  }
  if (strcmp (sink_id, "desktop") == 0)
    return TRUCE_DELIVERY_PULLED;
  if (g_hash_table_contains (world->slow_sinks, sink_id)) {
    g_ptr_array_add (world->begun, g_strdup_printf ("%s %s", sink_id, alert->id));
    g_free (world->telling);
    world->telling = g_strdup (telling);
    return TRUCE_DELIVERY_PENDING;
  }
  g_ptr_array_add (world->delivered, g_strdup_printf ("%s %s", sink_id, alert->id));
  return TRUCE_DELIVERY_DONE;
}

static void
sink_raised (gpointer self, const TruceAlert *alert)
{
  World *world = self;

  g_ptr_array_add (world->raised, truce_alert_ref ((TruceAlert *) alert));
}

static void
sink_changed (gpointer self, const char *what)
{
  World *world = self;

  world->n_hours += strcmp (what, "time") == 0;
}

static gboolean
store_commit (gpointer self, const TruceCommit *commit, GPtrArray **ret_new, GError **error)
{
  World *world = self;

  if (world->store_is_full) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the disk is full");
    return FALSE;
  }
  world->now += world->store_takes;
  return world->store_port.commit (world->store_port.self, commit, ret_new, error);
}

static gboolean
store_commit_all (gpointer self, TruceCommit *const *commits, guint n_commits, GError **error)
{
  World *world = self;

  if (world->store_is_full) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the disk is full");
    return FALSE;
  }
  return world->store_port.commit_all (world->store_port.self, commits, n_commits, error);
}

/* --- the other store functions pass through: the port has one self only --- */

#define THROUGH(type, name, parameters, arguments)              \
  static type store_##name parameters                           \
  {                                                             \
    const TruceStorePort *port = &((World *) self)->store_port; \
    self = port->self;                                          \
    return port->name arguments;                                \
  }

/* And those that write refuse while the disk is full. */
#define THROUGH_UNLESS_FULL(name, parameters, arguments)                                     \
  static gboolean store_##name parameters                                                    \
  {                                                                                          \
    const TruceStorePort *port = &((World *) self)->store_port;                              \
    if (((World *) self)->store_is_full) {                                                   \
      g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the disk is full"); \
      return FALSE;                                                                          \
    }                                                                                        \
    self = port->self;                                                                       \
    return port->name arguments;                                                             \
  }

/* While it cannot be read, these answer as if nothing were there. */
#define THROUGH_UNLESS_UNREAD(type, none, name, parameters, arguments)       \
  static type store_##name parameters                                        \
  {                                                                          \
    World *world = self;                                                     \
    self = world->store_port.self;                                           \
    world->store_read_failed |= world->store_is_unread;                      \
    return world->store_is_unread ? none : world->store_port.name arguments; \
  }

static gboolean
store_read_failed (gpointer self, GError **error)
{
  World *world = self;
  gboolean failed = world->store_read_failed;

  world->store_read_failed = FALSE;
  if (failed)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the disk cannot be read");
  else if (world->store_port.read_failed)
    failed = world->store_port.read_failed (world->store_port.self, error);
  return failed;
}

THROUGH_UNLESS_UNREAD (TruceTime, TRUCE_TIME_NONE, window, (gpointer self), (self))
THROUGH (TruceTime, reached, (gpointer self), (self))
THROUGH (TruceTime, leapt, (gpointer self), (self))
THROUGH_UNLESS_UNREAD (gboolean, FALSE, firing_done,
                       (gpointer self, const char *milestone, guint revision, const char *key),
                       (self, milestone, revision, key))
THROUGH (GPtrArray *, firings_after, (gpointer self, TruceTime after), (self, after))
THROUGH (GPtrArray *, firings_of, (gpointer self, const char *milestone, guint revision), (self, milestone, revision))
THROUGH (GPtrArray *, revisions, (gpointer self), (self))
THROUGH (GPtrArray *, history, (gpointer self, const char *milestone), (self, milestone))
THROUGH (GPtrArray *, amendments, (gpointer self), (self))
THROUGH (GPtrArray *, moves, (gpointer self), (self))
THROUGH_UNLESS_UNREAD (gboolean, FALSE, feed_state, (gpointer self, const char *feed, TruceFeedState *state),
                       (self, feed, state))
THROUGH_UNLESS_UNREAD (gboolean, FALSE, find_seen, (gpointer self, const char *feed, GArray *seen), (self, feed, seen))
THROUGH (GPtrArray *, stories, (gpointer self, TruceTime since), (self, since))
THROUGH_UNLESS_UNREAD (char *, NULL, event_book, (gpointer self, const char *calendar), (self, calendar))
THROUGH (guint, unacknowledged, (gpointer self), (self))
THROUGH (GPtrArray *, alerts, (gpointer self, const TruceAlertFilter *filter), (self, filter))
THROUGH_UNLESS_FULL (acknowledge,
                     (gpointer self, const char *id, TruceTime at, const TruceOrigin *origin, GError **error),
                     (self, id, at, origin, error))
THROUGH_UNLESS_FULL (snooze,
                     (gpointer self, const char *id, const char *const *sinks, TruceTime until, TruceTime at,
                      const TruceOrigin *origin, GError **error),
                     (self, id, sinks, until, at, origin, error))
THROUGH_UNLESS_FULL (reopen, (gpointer self, const char *id, const char *const *sinks, TruceTime at, GError **error),
                     (self, id, sinks, at, error))
THROUGH_UNLESS_UNREAD (GPtrArray *, g_ptr_array_new (), outbox_due,
                       (gpointer self, const char *sink, TruceTime now, guint limit), (self, sink, now, limit))
THROUGH_UNLESS_UNREAD (TruceTime, TRUCE_TIME_NONE, outbox_next, (gpointer self, const char *sink), (self, sink))
THROUGH (GPtrArray *, outbox_pulled, (gpointer self, const char *sink), (self, sink))
THROUGH (GPtrArray *, to_show, (gpointer self, const char *sink, guint32 user, TruceTime since, guint limit),
         (self, sink, user, since, limit))
THROUGH_UNLESS_FULL (shown, (gpointer self, const char *id, guint32 user, GError **error), (self, id, user, error))
THROUGH_UNLESS_FULL (delivered, (gpointer self, const char *id, const char *sink, TruceTime at, GError **error),
                     (self, id, sink, at, error))
THROUGH_UNLESS_FULL (postpone,
                     (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, gboolean failed,
                      TruceTime next_try, GError **error),
                     (self, id, sink, at, why, failed, next_try, error))
THROUGH_UNLESS_FULL (give_up,
                     (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, GError **error),
                     (self, id, sink, at, why, error))
THROUGH (GPtrArray *, deliveries, (gpointer self, const char *id), (self, id))
THROUGH (GPtrArray *, refused, (gpointer self), (self))
THROUGH_UNLESS_FULL (put_back, (gpointer self, const char *id, const char *sink, TruceTime at, GError **error),
                     (self, id, sink, at, error))

static TruceStoredAlert *
store_alert (gpointer self, const char *id, GError **error)
{
  const World *world = self;

  if (!world->store_is_blind)
    return world->store_port.alert (world->store_port.self, id, error);
  g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the disk cannot be read");
  return NULL;
}

static void
store_expire (gpointer self, TruceTime now, const char *const *kept)
{
  const World *world = self;

  if (!world->store_keeps_all)
    world->store_port.expire (world->store_port.self, now, kept);
}

/* --- the world --- */

TruceConfig *
world_config (const char *text, TruceTime now)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  const TruceConfigFile file = { "test.conf", text, strlen (text) };
  TruceConfig *config = truce_config_parse (&file, 1, zone, now, diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  if (!config)
    g_error ("%s", findings);
  return config;
}

static void
start_engine (World *world)
{
  const TrucePorts ports = {
    .clock = { world, clock_now, clock_arm, clock_random },
    .net = { world, net_fetch },
    .parse = { world, parse_body, parse_calendar, parse_read_file },
    .sink = { world, sink_deliver, sink_raised, .changed = sink_changed },
    .store = {
      .self = world,
      .commit = store_commit,
      .commit_all = store_commit_all,
      .read_failed = store_read_failed,
      .window = store_window,
      .reached = store_reached,
      .leapt = store_leapt,
      .firing_done = store_firing_done,
      .firings_after = store_firings_after,
      .firings_of = store_firings_of,
      .revisions = store_revisions,
      .history = store_history,
      .amendments = store_amendments,
      .moves = store_moves,
      .feed_state = store_feed_state,
      .find_seen = store_find_seen,
      .event_book = store_event_book,
      .stories = store_stories,
      .alert = store_alert,
      .alerts = store_alerts,
      .unacknowledged = store_unacknowledged,
      .acknowledge = store_acknowledge,
      .snooze = store_snooze,
      .reopen = store_reopen,
      .outbox_due = store_outbox_due,
      .outbox_next = store_outbox_next,
      .outbox_pulled = store_outbox_pulled,
      .to_show = store_to_show,
      .shown = store_shown,
      .delivered = store_delivered,
      .postpone = store_postpone,
      .give_up = store_give_up,
      .deliveries = store_deliveries,
      .refused = store_refused,
      .put_back = store_put_back,
      .expire = store_expire,
    },
  };

  world->engine = truce_engine_new (world->config, &ports, &world->options);
}

World *
world_new (const char *text, const char *now)
{
  World *world = g_new0 (World, 1);

  world->now = world_time (now);
  world->armed = TRUCE_TIME_NONE;
  world->options.poll = TRUE;
  world->store = truce_memory_store_new ();
  truce_memory_store_port (world->store, &world->store_port);
  world->raised = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  world->delivered = g_ptr_array_new_with_free_func (g_free);
  world->dead_sinks = g_hash_table_new (g_str_hash, g_str_equal);
  world->slow_sinks = g_hash_table_new (g_str_hash, g_str_equal);
  world->begun = g_ptr_array_new_with_free_func (g_free);
  world->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  g_queue_init (&world->fetches);
  world->asked = g_ptr_array_new_with_free_func (g_free);
  world->asked_alone = g_array_new (FALSE, FALSE, sizeof (gboolean));
  world->asked_etags = g_ptr_array_new_with_free_func (g_free);
  world->config = world_config (text, world->now);
  start_engine (world);
  return world;
}

void
world_free (World *world)
{
  g_queue_clear_full (&world->fetches, fetch_free);
  truce_engine_free (world->engine);
  truce_config_unref (world->config);
  truce_memory_store_free (world->store);
  g_ptr_array_unref (world->raised);
  g_ptr_array_unref (world->delivered);
  g_hash_table_unref (world->dead_sinks);
  g_hash_table_unref (world->slow_sinks);
  g_ptr_array_unref (world->begun);
  g_free (world->telling);
  g_hash_table_unref (world->answers);
  g_ptr_array_unref (world->asked);
  g_array_unref (world->asked_alone);
  g_ptr_array_unref (world->asked_etags);
  g_free (world);
}

void
world_set_time (World *world, const char *now)
{
  world->now = world_time (now);
}

void
world_run_until (World *world, const char *until)
{
  TruceTime end = world_time (until);

  truce_engine_wake (world->engine);
  world_answer_all (world);
  for (guint wakes = 0; world->armed <= end; wakes++) {
    g_assert_cmpuint (wakes, <, 100000); /* progress */
    world->now = MAX (world->now, world->armed);
    truce_engine_wake (world->engine);
    world_answer_all (world);
  }
  world->now = end;
}

void
world_restart (World *world)
{
  g_queue_clear_full (&world->fetches, fetch_free); /* an engine that has gone is answered no more */
  truce_engine_free (world->engine);
  start_engine (world);
}

void
world_reload (World *world, const char *text)
{
  TruceConfig *fresh = world_config (text, world->now);

  truce_engine_adopt (world->engine, fresh);
  truce_config_unref (world->config);
  world->config = fresh;
}

void
world_script (World *world, const char *url, int status, const char *etag, const char *items)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->etag = g_strdup (etag);
  answer->items = g_strdup (items);
  g_hash_table_insert (world->answers, g_strdup (url), answer);
}

void
world_move (World *world, const char *url, const char *to)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->moved_to = g_strdup (to);
  g_hash_table_insert (world->answers, g_strdup (url), answer);
}

void
world_use_store (World *world, const TruceStorePort *port)
{
  truce_engine_free (world->engine);
  world->store_port = *port;
  start_engine (world);
}

void
world_answer_all (World *world)
{
  for (Fetch *fetch; (fetch = g_queue_pop_head (&world->fetches));) {
    const Answer *answer = g_hash_table_lookup (world->answers, fetch->url);
    const char *moved_to = answer ? answer->moved_to : NULL;
    if (moved_to)
      answer = g_hash_table_lookup (world->answers, moved_to);
    TruceFetched fetched = { .result = TRUCE_FETCH_FAILED, .error = "cannot resolve host" };
    g_autoptr (GBytes) body = NULL;
    if (answer && answer->status == WORLD_LOST) {
      fetched = (TruceFetched){ .result = TRUCE_FETCH_NO_WORKER, .error = "truced-net was lost" };
    } else if (answer && answer->status) {
      gboolean same = answer->etag && g_strcmp0 (answer->etag, fetch->etag) == 0;
      fetched = (TruceFetched){ .result = TRUCE_FETCH_ANSWERED, .status = same ? 304 : answer->status };
      fetched.etag = answer->etag;
      fetched.final_url = moved_to ? moved_to : fetch->url;
      fetched.moved_to = moved_to;
      if (fetched.status == 200)
        fetched.body = body = g_bytes_new (answer->items, strlen (answer->items));
    }
    fetch->done (&fetched, fetch->user_data);
    fetch_free (fetch);
  }
}

gboolean
world_end_delivery (World *world, const char *sink, TruceDelivery outcome, TruceTime retry_after)
{
  const char *last = NULL;

  for (guint i = 0; i < world->begun->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (world->begun, i), sink))
      last = g_ptr_array_index (world->begun, i);
  g_assert_nonnull (last);
  if (outcome == TRUCE_DELIVERY_DONE)
    g_ptr_array_add (world->delivered, g_strdup (last));
  return truce_engine_delivery_ended (world->engine, sink, strchr (last, ' ') + 1, outcome,
                                      outcome == TRUCE_DELIVERY_DONE ? NULL : "it says no", retry_after);
}

char *
world_take_raised (World *world)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    g_string_append_printf (text, "%s %s%s\n", truce_alert_kind_to_text (alert->kind), alert->title,
                            alert->late ? " (late)" : "");
  }
  g_ptr_array_set_size (world->raised, 0);
  return g_string_free (text, FALSE);
}

guint
world_count (World *world, TruceAlertKind kind)
{
  TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .kind = truce_alert_kind_to_text (kind) };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);

  return alerts->len;
}
