/* SPDX-License-Identifier: MIT */
/* Polled calendars: what a reading changes, and what is told of it. A date that has moved is told when it is in force,
 * like any other; what no date says (an event was cancelled, is gone, is on again, cannot be read) is told here. */
#include <string.h>

#include "engine/unsaved_private.h"
#include "engine/view_private.h"

#define TOLD_SINGLY 3 /* alerts of one calendar at a time: what is more comes as one */

void
truce_calendars_init (TruceEngine *engine)
{
  engine->books = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) truce_event_book_free);
  engine->unread_books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
truce_calendars_clear (TruceEngine *engine)
{
  g_hash_table_unref (engine->books);
  g_hash_table_unref (engine->unread_books);
}

/* What is remembered of a calendar, read from the store when it is first asked for, and until it can be read. */
static TruceEventBook *
book_of (TruceEngine *engine, const char *calendar)
{
  TruceEventBook *book = g_hash_table_lookup (engine->books, calendar);
  const TruceStorePort *store = &engine->ports.store;

  if (book && !g_hash_table_contains (engine->unread_books, calendar))
    return book;
  (void) truce_unread_look (engine); /* of what others have asked */
  g_autofree char *text = store->event_book (store->self, calendar);
  g_autoptr (json_t) record = text ? json_loads (text, 0, NULL) : NULL;
  gboolean unread = truce_unread_look (engine);
  if (book && unread)
    return book;
  book = truce_event_book_from_json (calendar, record);
  g_hash_table_replace (engine->books, book->calendar, book);
  if (unread)
    g_hash_table_add (engine->unread_books, g_strdup (calendar));
  else if (g_hash_table_remove (engine->unread_books, calendar))
    engine->calendars_are_old = TRUE;
  return book;
}

gboolean
truce_calendars_is_unread (TruceEngine *engine, const char *calendar)
{
  (void) book_of (engine, calendar);
  return g_hash_table_contains (engine->unread_books, calendar);
}

static const TruceEventBook *
give_book (const char *calendar, gpointer user_data)
{
  return book_of (user_data, calendar);
}

TruceConfig *
truce_calendars_lay (TruceEngine *engine, TruceConfig *config)
{
  const TruceBooks books = { give_book, engine };
  gboolean any = FALSE;

  for (guint i = 0; i < truce_config_n_calendars (config); i++)
    any = any || book_of (engine, truce_config_event_source (config, i)->feed->id)->events->len > 0;
  engine->calendars_are_old = FALSE;
  return any ? truce_config_with_events (config, &books, truce_engine_now (engine)) : truce_config_ref (config);
}

static const char *
name_of (const TruceFeed *calendar)
{
  return calendar->title ? calendar->title : calendar->id;
}

/* --- several as one --- */

/* How many of the commit's alerts are about events of `calendar`; they are appended to `ret_alerts` (not owned). */
static void
alerts_of (TruceEngine *engine, const TruceCommit *commit, const char *calendar, GPtrArray *ret_alerts)
{
  for (guint i = 0; i < commit->alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    const TruceMilestone *milestone =
        alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;
    if (milestone && milestone->event && strcmp (milestone->event->calendar, calendar) == 0)
      g_ptr_array_add (ret_alerts, (gpointer) alert);
  }
}

void
truce_calendars_fold (TruceEngine *engine, TruceCommit *commit)
{
  for (guint i = 0; commit->alerts->len > TOLD_SINGLY && i < truce_config_n_calendars (engine->config); i++) {
    const TruceFeed *calendar = truce_config_event_source (engine->config, i)->feed;
    g_autoptr (GPtrArray) alerts = g_ptr_array_new ();
    alerts_of (engine, commit, calendar->id, alerts);
    if (alerts->len > TOLD_SINGLY)
      truce_engine_tell_as_one (engine, commit, alerts, TRUCE_DIGEST_CALENDAR, name_of (calendar));
  }
}

/* --- a reading --- */

/* Is it the calendar that has cancelled it, and nobody else? */
static gboolean
is_by_calendar (TruceEngine *engine, const TruceMilestone *milestone)
{
  const TruceMilestone *stated = truce_config_find_milestone (engine->base, milestone->id);

  if (stated) /* one occurrence is made of what is stated, and of what was said since */
    return milestone->cancelled.at == stated->cancelled.at;
  return milestone->event && milestone->cancelled.by && g_str_has_prefix (milestone->cancelled.by, "the calendar ") &&
         strcmp (milestone->cancelled.by + strlen ("the calendar "), milestone->event->calendar) == 0;
}

/* An event whose milestone a user has ended, or that is none (`match`), tells nothing. */
static void
tell_change (TruceEngine *engine, TruceCommit *commit, const TruceFeed *calendar, const TruceBookChange *change,
             TruceTime now)
{
  static const TruceAlertEventCondition conditions[] = {
    [TRUCE_BOOK_CANCELLED] = TRUCE_ALERT_EVENT_CANCELLED,
    [TRUCE_BOOK_GONE] = TRUCE_ALERT_EVENT_GONE,
    [TRUCE_BOOK_RESUMED] = TRUCE_ALERT_EVENT_RESUMED,
  };
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, change->event->id);
  gboolean resumed = change->kind == TRUCE_BOOK_RESUMED;
  TruceDue due = { .milestone = milestone };
  TruceSpan span;

  if (!milestone || now >= milestone->met.at)
    return;
  /* What is on again counts as cancelled until now; but what a user has cancelled stays so. */
  if (now >= milestone->cancelled.at && !(resumed && is_by_calendar (engine, milestone)))
    return;
  truce_deadlines_current (engine, milestone, now, &due.revision, &span);
  due.span = &span;
  truce_engine_add_alert (engine, commit,
                          truce_alert_for_event (&due, conditions[change->kind], calendar, change->event->title, now));
  truce_span_clear (&span);
}

/* What a calendar leaves out is nobody's deadline: that is to be known, once. */
static void
tell_left_out (TruceEngine *engine, TruceCommit *commit, const TruceFeed *calendar, const TruceEventBook *book,
               TruceTime now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < book->left_out->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (book->left_out, i));
  if (text->len > 0)
    truce_engine_add_alert (engine, commit, truce_alert_for_left_out (calendar, text->str, now));
}

static gboolean
is_needed (const char *id, gpointer user_data)
{
  return truce_config_is_base (((TruceEngine *) user_data)->config, id);
}

static char *
texts_of (const TruceEventBook *book)
{
  g_ptr_array_add (book->left_out, NULL);
  char *texts = g_strjoinv ("\n", (char **) book->left_out->pdata);
  g_ptr_array_set_size (book->left_out, (int) book->left_out->len - 1);
  return texts;
}

gboolean
truce_calendars_collect (TruceEngine *engine, const TruceFeed *calendar, const TruceEventCalendar *read, TruceTime now,
                         TruceCommit *commit)
{
  const TruceEventSource *source = truce_config_find_event_source (engine->config, calendar->id);
  TruceEventBook *book = book_of (engine, calendar->id);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TruceBookChange));
  g_autofree char *left_out = texts_of (book), *left_out_now = NULL;
  const TruceBookTaking way = {
    .address = calendar->url ? calendar->url : calendar->path,
    .zone = source->zone,
    .is_needed = is_needed,
    .user_data = engine,
  };
  g_autoptr (json_t) record = NULL;

  if (!truce_event_book_take (book, read, &way, now, changes))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    tell_change (engine, commit, calendar, &g_array_index (changes, TruceBookChange, i), now);
  left_out_now = texts_of (book);
  if (strcmp (left_out, left_out_now) != 0)
    tell_left_out (engine, commit, calendar, book, now);
  truce_calendars_fold (engine, commit);
  record = truce_event_book_to_json (book);
  commit->event_book = truce_json_to_line (record);
  engine->calendars_are_old = TRUE;
  return TRUE;
}

/* --- what waits --- */

/* A date that hangs on an event which its calendar does not have is nobody's either: told once, as long as truced
 * runs. */
static void
tell_waiting (TruceEngine *engine, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);

  for (guint i = 0; i < truce_config_n_waiting (engine->base); i++) {
    const TruceWaiting *waiting = truce_config_waiting (engine->base, i);
    if (!waiting->calendar || !book_of (engine, waiting->calendar)->read)
      continue;
    g_autofree char *what = g_strdup_printf ("waiting %s %s", waiting->milestone, waiting->base);
    g_autofree char *title = g_strdup_printf ("[milestone %s] has no date", waiting->milestone);
    gboolean repeats = truce_config_find_milestone (engine->base, waiting->base) != NULL;
    g_autofree char *body =
        g_strdup_printf ("It hangs on %s, which %s the calendar %s%s. It is not counted down to before that is mended.",
                         waiting->base, repeats ? "repeats in" : "is not in", waiting->calendar,
                         repeats ? ", and which of its dates is meant is not said" : "");
    truce_engine_add_alert (engine, commit, truce_alert_for_problem (what, title, body, 0, now));
  }
  if (commit->alerts->len > 0)
    truce_engine_commit (engine, commit);
  else
    truce_commit_free (commit);
}

void
truce_calendars_step (TruceEngine *engine, TruceTime now)
{
  for (guint i = 0; g_hash_table_size (engine->unread_books) > 0 && i < truce_config_n_calendars (engine->config); i++)
    (void) book_of (engine, truce_config_event_source (engine->config, i)->feed->id);
  if (!engine->calendars_are_old)
    return;
  truce_amend_rebase (engine);
  tell_waiting (engine, now);
}

gboolean
truce_view_is_partial (TruceEngine *engine, const char *calendar)
{
  return book_of (engine, calendar)->partial;
}

void
truce_view_set_calendar (TruceEngine *engine, json_t *record, const char *calendar)
{
  const TruceEventBook *book = book_of (engine, calendar);
  json_t *left_out = json_array ();
  guint events = 0;

  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceEventRef *event = truce_config_milestone (engine->config, i)->event;
    events += event && !truce_repeating_is_aside (engine, truce_config_milestone (engine->config, i)) &&
              strcmp (event->calendar, calendar) == 0;
  }
  truce_json_set_boolean (record, "calendar", TRUE);
  truce_json_set_integer (record, "events", events);
  for (guint i = 0; i < book->left_out->len; i++)
    json_array_append_new (left_out, json_string (g_ptr_array_index (book->left_out, i)));
  truce_json_set_steal (record, "left_out", left_out);
}
