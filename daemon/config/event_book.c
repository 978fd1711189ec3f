/* SPDX-License-Identifier: MIT */
#include "config/event_book.h"

#include "config/event_book_private.h"
#include "deadline/except.h"

static void
date_free (gpointer data)
{
  TruceBookDate *date = data;

  g_free (date->statement);
  g_free (date->why);
  g_free (date);
}

static void
event_free (gpointer data)
{
  TruceBookEvent *event = data;

  g_free (event->uid);
  g_free (event->id);
  g_free (event->title);
  g_free (event->url);
  g_free (event->leads);
  g_free (event->tags);
  g_free (event->rule);
  g_free (event->excepts);
  g_free (event->series);
  g_ptr_array_unref (event->dates);
  g_free (event);
}

TruceBookEvent *
truce_book_event_new (const char *uid, const char *id)
{
  TruceBookEvent *event = g_new0 (TruceBookEvent, 1);

  event->uid = g_strdup (uid);
  event->id = g_strdup (id);
  event->modified = event->met = event->ended = TRUCE_TIME_NONE;
  event->dates = g_ptr_array_new_with_free_func (date_free);
  event->excepts = g_strdup ("");
  return event;
}

void
truce_book_event_add_date (TruceBookEvent *event, TruceTime since, const char *statement, const char *why)
{
  TruceBookDate *date = g_new0 (TruceBookDate, 1);

  date->since = since;
  date->statement = g_strdup (statement);
  date->why = g_strdup (why);
  g_ptr_array_add (event->dates, date);
  if (event->dates->len > TRUCE_BOOK_DATES_MAX)
    g_ptr_array_remove_index (event->dates, 1);
}

const TruceBookDate *
truce_book_event_date (const TruceBookEvent *event)
{
  return g_ptr_array_index (event->dates, event->dates->len - 1);
}

TruceEventBook *
truce_event_book_new (const char *calendar)
{
  TruceEventBook *book = g_new0 (TruceEventBook, 1);

  book->calendar = g_strdup (calendar);
  book->events = g_ptr_array_new_with_free_func (event_free);
  book->left_out = g_ptr_array_new_with_free_func (g_free);
  return book;
}

void
truce_event_book_free (TruceEventBook *book)
{
  if (!book)
    return;
  g_free (book->calendar);
  g_ptr_array_unref (book->events);
  g_ptr_array_unref (book->left_out);
  g_free (book);
}

gboolean
truce_book_span (const char *statement, TruceZone *zone, TruceSpan *ret_span)
{
  g_autoptr (TruceWhen) when = truce_when_parse (statement, zone, NULL);
  const TruceWhenContext context = { .starts = NULL };

  return when && truce_when_resolve (when, &context, ret_span, NULL, NULL);
}

TruceSeries *
truce_book_series (const TruceBookEvent *event, TruceZone *zone)
{
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
  TruceSeries *series;
  TruceSpan first;

  if (!event->rule || !truce_book_span (truce_book_event_date (event)->statement, zone, &first))
    return NULL;
  series = truce_series_new (event->rule, &first, NULL);
  truce_span_clear (&first);
  if (series && !truce_series_except (series, event->excepts, doubts, NULL))
    g_clear_pointer (&series, truce_series_unref);
  return series;
}

/* --- as it is stored --- */

static json_t *
date_to_json (const TruceBookDate *date)
{
  json_t *record = json_object ();

  if (date->since > TRUCE_TIME_MIN)
    truce_json_set_time (record, "since", date->since);
  truce_json_set_text (record, "statement", date->statement);
  truce_json_set_text (record, "why", date->why);
  return record;
}

static json_t *
event_to_json (const TruceBookEvent *event)
{
  json_t *record = json_object (), *dates = json_array ();

  truce_json_set_text (record, "uid", event->uid);
  truce_json_set_text (record, "id", event->id);
  truce_json_set_text (record, "title", event->title);
  truce_json_set_text (record, "url", event->url);
  truce_json_set_text (record, "leads", event->leads);
  truce_json_set_text (record, "tags", event->tags);
  truce_json_set_integer (record, "sequence", event->sequence);
  truce_json_set_time (record, "modified", event->modified);
  truce_json_set_time (record, "met", event->met);
  truce_json_set_time (record, "ended", event->ended);
  if (event->gone)
    truce_json_set_boolean (record, "gone", TRUE);
  truce_json_set_text (record, "repeat", event->rule);
  if (event->rule)
    truce_json_set_text (record, "except", event->excepts);
  if (event->series) {
    truce_json_set_text (record, "series", event->series);
    truce_json_set_integer (record, "occurrence", event->occurrence);
  }
  for (guint i = 0; i < event->dates->len; i++)
    json_array_append_new (dates, date_to_json (g_ptr_array_index (event->dates, i)));
  truce_json_set_steal (record, "dates", dates);
  return record;
}

json_t *
truce_event_book_to_json (const TruceEventBook *book)
{
  json_t *record = json_object (), *events = json_array (), *left_out = json_array ();

  truce_json_set_boolean (record, "read", book->read);
  truce_json_set_boolean (record, "partial", book->partial);
  for (guint i = 0; i < book->left_out->len; i++)
    json_array_append_new (left_out, json_string (g_ptr_array_index (book->left_out, i)));
  truce_json_set_steal (record, "left_out", left_out);
  for (guint i = 0; i < book->events->len; i++)
    json_array_append_new (events, event_to_json (g_ptr_array_index (book->events, i)));
  truce_json_set_steal (record, "events", events);
  return record;
}

static char *
text_or (const json_t *record, const char *key, const char *fallback)
{
  const char *text = truce_json_get_text (record, key);

  return g_strdup (text ? text : fallback);
}

static void
add_event_from_json (TruceEventBook *book, const json_t *record)
{
  const char *uid = truce_json_get_text (record, "uid"), *id = truce_json_get_text (record, "id");
  const json_t *dates = json_object_get (record, "dates"), *date;
  size_t index;

  if (!uid || !id || json_array_size (dates) == 0)
    return;
  TruceBookEvent *event = truce_book_event_new (uid, id);
  event->title = text_or (record, "title", id);
  event->url = text_or (record, "url", NULL);
  event->leads = text_or (record, "leads", "");
  event->tags = text_or (record, "tags", "");
  event->sequence = (guint) truce_json_get_integer (record, "sequence", 0);
  event->modified = truce_json_get_time (record, "modified");
  event->met = truce_json_get_time (record, "met");
  event->ended = truce_json_get_time (record, "ended");
  event->gone = truce_json_get_boolean (record, "gone");
  event->rule = text_or (record, "repeat", NULL);
  g_free (event->excepts);
  event->excepts = text_or (record, "except", "");
  event->series = text_or (record, "series", NULL);
  event->occurrence = truce_json_get_integer (record, "occurrence", 0);
  json_array_foreach (dates, index, date) {
    TruceTime since = truce_json_get_time (date, "since");
    const char *statement = truce_json_get_text (date, "statement");
    if (statement)
      truce_book_event_add_date (event, since == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : since, statement,
                                 truce_json_get_text (date, "why"));
  }
  if (event->dates->len > 0)
    g_ptr_array_add (book->events, event);
  else
    event_free (event);
}

TruceEventBook *
truce_event_book_from_json (const char *calendar, const json_t *record)
{
  TruceEventBook *book = truce_event_book_new (calendar);
  const json_t *value;
  size_t index;

  book->read = truce_json_get_boolean (record, "read");
  book->partial = truce_json_get_boolean (record, "partial");
  json_array_foreach (json_object_get (record, "left_out"), index, value) {
    if (json_is_string (value))
      g_ptr_array_add (book->left_out, g_strdup (json_string_value (value)));
  }
  json_array_foreach (json_object_get (record, "events"), index, value) {
    add_event_from_json (book, value);
  }
  return book;
}
