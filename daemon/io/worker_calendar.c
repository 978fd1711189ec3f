/* SPDX-License-Identifier: MIT */
/* truced-parse has read a stranger's bytes: its frame is sound, what it says may not be. Every text is cleaned here, so
 * that nothing of it can be more than a line, and every time is one that can be written, or none. */
#include "io/worker_calendar.h"

#include "base/text.h"
#include "io/worker_private.h"

#define EVENT_TYPE "(&su&s&s&s&s&s&sxx&sxxasa(xb)a(ss)as)"

typedef struct {
  GBytes *body;
  char *content_type;
  TruceEventCalendarFunc done;
  gpointer user_data;
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_bytes_unref (reading->body);
  g_free (reading->content_type);
  g_free (reading);
}

static char *
clean (const char *text)
{
  return truce_text_clean (text, -1);
}

static TruceTime
some_time (gint64 at)
{
  return at >= TRUCE_TIME_MIN && at <= TRUCE_TIME_MAX ? at : TRUCE_TIME_NONE;
}

static TruceEvent *
event_from_variant (GVariant *variant)
{
  TruceEvent *event = truce_event_new ();
  const char *uid, *summary, *url, *status, *start, *end, *zone, *rule, *text, *value;
  gint64 start_at, end_at, modified, completed;
  g_autoptr (GVariantIter) categories = NULL, alarms = NULL, keys = NULL, exceptions = NULL;
  TruceEventAlarm alarm;

  g_variant_get (variant, EVENT_TYPE, &uid, &event->sequence, &summary, &url, &status, &start, &end, &zone, &start_at,
                 &end_at, &rule, &modified, &completed, &categories, &alarms, &keys, &exceptions);
  event->uid = clean (uid);
  event->summary = clean (summary);
  event->url = clean (url);
  event->cancelled = g_str_equal (status, "cancelled");
  event->start = clean (start);
  event->end = clean (end);
  event->zone = clean (zone);
  event->rule = clean (rule);
  event->start_at = some_time (start_at);
  event->modified = some_time (modified);
  event->completed = some_time (completed);
  while (g_variant_iter_next (categories, "&s", &text))
    g_ptr_array_add (event->categories, clean (text));
  while (event->alarms->len < TRUCE_LEADS_MAX && g_variant_iter_next (alarms, "(xb)", &alarm.seconds, &alarm.from_end))
    if (ABS (alarm.seconds) < G_MAXINT32)
      g_array_append_val (event->alarms, alarm);
  while (g_variant_iter_next (keys, "(&s&s)", &text, &value)) {
    g_ptr_array_add (event->keys, clean (text));
    g_ptr_array_add (event->keys, clean (value));
  }
  while (g_variant_iter_next (exceptions, "&s", &text))
    g_ptr_array_add (event->exceptions, clean (text));
  return event;
}

static void
free_event (gpointer event)
{
  truce_event_free (event);
}

static void
take_calendar (const Reading *reading, GVariant *variant)
{
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (free_event);
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GVariantIter) notes = NULL, uids = NULL, list = NULL;
  const char *name, *text;
  gboolean whole;
  GVariant *event;

  g_variant_get (variant, "(&sbasasa*)", &name, &whole, &notes, &uids, &list);
  while (g_variant_iter_next (notes, "&s", &text))
    g_ptr_array_add (left_out, clean (text));
  while (g_variant_iter_next (uids, "&s", &text))
    g_ptr_array_add (unread, clean (text));
  while (events->len < TRUCE_CALENDAR_EVENTS_READ_MAX && (event = g_variant_iter_next_value (list))) {
    g_ptr_array_add (events, event_from_variant (event));
    g_variant_unref (event);
  }
  g_autofree char *clean_name = clean (name);
  const TruceEventCalendar calendar = { clean_name, whole, left_out, unread, events };
  reading->done (&calendar, NULL, FALSE, reading->user_data);
}

static GVariant *
ask (guint64 request, gpointer data)
{
  const Reading *reading = data;

  return g_variant_new ("(ts@ay)", request, reading->content_type,
                        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, reading->body, TRUE));
}

static void
take_answer (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  const Reading *reading = data;
  g_autoptr (GVariant) calendar = NULL;
  const char *error = why;

  if (result == TRUCE_WORKER_ANSWERED)
    g_variant_get_child (answer, 1, "&s", &error);
  if (error && *error) {
    g_autofree char *text = clean (error);

    reading->done (NULL, text, result == TRUCE_WORKER_DIED, reading->user_data);
    return;
  }
  calendar = g_variant_get_child_value (answer, 2);
  take_calendar (reading, calendar);
}

void
truce_workers_read_calendar (TruceWorkers *workers, GBytes *body, const char *content_type, TruceEventCalendarFunc done,
                             gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->body = g_bytes_ref (body);
  reading->content_type = g_utf8_make_valid (content_type ? content_type : "", -1);
  reading->done = done;
  reading->user_data = user_data;
  truce_worker_client_ask (truce_workers_calendar_client (workers), ask, take_answer, reading, free_reading);
}

void
truce_workers_port_calendar (gpointer self, const TruceParse *parse, TruceEventCalendarFunc done, gpointer user_data)
{
  truce_workers_read_calendar (self, parse->body, parse->content_type, done, user_data);
}
