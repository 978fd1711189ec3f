/* SPDX-License-Identifier: MIT */
/* What a reading of a calendar changes in what is remembered of it. */
#include <string.h>

#include "base/reason.h"
#include "base/text.h"
#include "config/event_book.h"
#include "config/event_book_private.h"

#define NOTE_TITLE_MAX 120 /* bytes of a title within a sentence */

/* Of events with one uid, the latest version and how many there are of it. */
typedef struct {
  guint sequence, count;
} Versions;

static void
note (TruceTaking *taking, const TruceEvent *event, const char *what)
{
  g_autofree char *title = truce_text_cut (event->summary, NOTE_TITLE_MAX);

  if (taking->n_notes++ < TRUCE_BOOK_NOTES_MAX)
    g_ptr_array_add (taking->notes, g_strdup_printf ("\"%s\" %s", title, what));
}

void
truce_taking_tell (TruceTaking *taking, TruceBookChangeKind kind, const TruceBookEvent *event)
{
  const TruceBookChange change = { kind, event };

  g_array_append_val (taking->changes, change);
}

static void
set_text (TruceTaking *taking, char **slot, const char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    return;
  g_free (*slot);
  *slot = g_strdup (text);
  taking->changed = TRUE;
}

void
truce_taking_set_time (TruceTaking *taking, TruceTime *slot, TruceTime at)
{
  taking->changed = taking->changed || *slot != at;
  *slot = at;
}

/* --- which event it is --- */

static void
count_versions (TruceTaking *taking)
{
  for (guint i = 0; i < taking->calendar->events->len; i++) {
    const TruceEvent *event = g_ptr_array_index (taking->calendar->events, i);
    Versions *versions = g_hash_table_lookup (taking->versions, event->uid);

    if (!versions) {
      versions = g_new0 (Versions, 1);
      versions->sequence = event->sequence;
      g_hash_table_insert (taking->versions, event->uid, versions);
    }
    if (event->sequence > versions->sequence)
      *versions = (Versions){ event->sequence, 0 };
    if (event->sequence == versions->sequence)
      versions->count++;
  }
}

/* What it is known by: its uid, or where that is not its alone, its date too. NULL: a later version of it is there.
 * (transfer full) */
static char *
key_of (const TruceTaking *taking, const TruceEvent *event, const char *statement)
{
  const Versions *versions = g_hash_table_lookup (taking->versions, event->uid);
  const TruceBookEvent *known = g_hash_table_lookup (taking->known, event->uid);

  if (!*event->uid)
    return g_strdup_printf ("%s\n%s", event->summary, event->start);
  if (event->sequence < versions->sequence)
    return NULL;
  if (versions->count == 1 || (known && strcmp (truce_book_event_date (known)->statement, statement) == 0))
    return g_strdup (event->uid);
  return g_strdup_printf ("%s\n%s", event->uid, event->start);
}

/* An id for a new event that is no other's. (transfer full) */
static char *
new_id (TruceTaking *taking, const char *key, const char *title)
{
  g_autofree char *slug = truce_event_slug (title);
  guint64 hash = truce_hash64 (key, -1);
  char *id = *slug ? g_strdup_printf ("%s.%s", taking->book->calendar, slug) : NULL;

  while (!id || g_hash_table_contains (taking->ids, id)) {
    g_free (id);
    id = g_strdup_printf ("%s.%s-%06x", taking->book->calendar, *slug ? slug : "event", (guint) (hash++ & 0xffffff));
  }
  return id;
}

static void
rename_event (TruceTaking *taking, TruceBookEvent *known, const char *uid, char *id)
{
  g_hash_table_remove (taking->known, known->uid);
  g_hash_table_remove (taking->ids, known->id);
  g_free (known->uid);
  g_free (known->id);
  known->uid = g_strdup (uid);
  known->id = id;
  g_hash_table_insert (taking->known, known->uid, known);
  g_hash_table_add (taking->ids, known->id);
  taking->changed = TRUE;
}

/* The event in the book, NULL: it is new. One that has come to be an occurrence of what repeats, or is none any more,
 * has another id from then on. */
static TruceBookEvent *
find_known (TruceTaking *taking, const TruceGiven *given, const char *key)
{
  TruceBookEvent *known = g_hash_table_lookup (taking->known, key);

  if (!known && given->series)
    known = g_hash_table_lookup (taking->known, given->event->uid);
  if (!known || !known->series == !given->series)
    return known;
  g_clear_pointer (&known->series, g_free);
  if (given->series) {
    char name[TRUCE_OCCURRENCE_NAME_SIZE];
    known->series = g_strdup (given->series->uid);
    known->occurrence = given->occurrence;
    rename_event (taking, known, key,
                  g_strdup_printf ("%s%c%s", given->series->id, TRUCE_OCCURRENCE_MARK,
                                   truce_occurrence_name (given->occurrence, name)));
  } else {
    rename_event (taking, known, key, new_id (taking, key, given->event->summary));
  }
  return known;
}

/* What is known of an occurrence, whose `*key` is another then: the uid of what repeats, and its day. */
static void
look_for_series (TruceTaking *taking, TruceGiven *given, char **key)
{
  gsize length = 0;
  g_autofree char *original = truce_given_replaces (given->event->uid, &length);
  g_autofree char *uid = original ? g_strndup (given->event->uid, length) : NULL;
  const TruceBookEvent *series =
      uid && g_hash_table_contains (taking->series, uid) ? g_hash_table_lookup (taking->known, uid) : NULL;
  char name[TRUCE_OCCURRENCE_NAME_SIZE];

  if (!series || !truce_given_be_occurrence (given, series, original, taking->way->zone))
    return;
  g_free (*key);
  *key = g_strdup_printf ("%s/%s", uid, truce_occurrence_name (given->occurrence, name));
  if (g_hash_table_contains (taking->present, *key)) /* said twice: the first holds */
    g_clear_pointer (key, g_free);
}

/* --- what is new of it --- */

/* A copy from before what is known, from a server that lags behind; but what was gone is taken as it comes. */
static gboolean
is_stale (const TruceBookEvent *known, const TruceEvent *event)
{
  return event->sequence < known->sequence && !known->gone &&
         (event->modified == TRUCE_TIME_NONE || known->modified == TRUCE_TIME_NONE ||
          event->modified <= known->modified);
}

char *
truce_taking_evidence (const TruceTaking *taking, const TruceEvent *event)
{
  g_autoptr (GString) version = g_string_new (NULL);
  const char *address = taking->way->address;
  char modified[TRUCE_TIME_TEXT_SIZE];

  g_string_append_printf (version, "SEQUENCE %u", event->sequence);
  if (event->modified != TRUCE_TIME_NONE)
    g_string_append_printf (version, ", LAST-MODIFIED %s", truce_time_to_text (event->modified, modified));
  if (truce_reason_is_evidence (address))
    return truce_reason_join (version->str, address);
  return g_strdup_printf ("%s in %s", version->str, address);
}

static void
describe (TruceTaking *taking, TruceBookEvent *known, const TruceEvent *event)
{
  g_autofree char *leads = truce_event_leads (event), *tags = truce_event_tags (event);
  g_autofree char *title = truce_text_cut (*event->summary ? event->summary : "(no title)", TRUCE_EVENT_TITLE_MAX);

  set_text (taking, &known->title, title);
  set_text (taking, &known->url, truce_event_page (event));
  set_text (taking, &known->leads, leads);
  set_text (taking, &known->tags, tags);
  truce_taking_set_time (taking, &known->modified, event->modified);
  /* One date of what repeats is not all. */
  truce_taking_set_time (taking, &known->met,
                         event->completed == TRUCE_TIME_NONE || *event->rule ? TRUCE_TIME_NONE
                                                                             : MIN (event->completed, taking->now));
  taking->changed = taking->changed || known->sequence != event->sequence;
  known->sequence = event->sequence;
}

gboolean
truce_taking_ruled_span (const TruceTaking *taking, const TruceBookEvent *event, TruceSpan *ret_span)
{
  const TruceBookEvent *of = event->series ? g_hash_table_lookup (taking->known, event->series) : NULL;
  g_autoptr (TruceSeries) series = of ? truce_book_series (of, taking->way->zone) : NULL;

  if (!series || !truce_series_has (series, event->occurrence))
    return FALSE;
  truce_series_span (series, event->occurrence, ret_span);
  return TRUE;
}

gboolean
truce_taking_last_of (const TruceTaking *taking, const TruceBookEvent *event, TruceTime *ret_last)
{
  TruceSpan span, other;
  gint64 day;

  if (!truce_book_span (truce_book_event_date (event)->statement, taking->way->zone, &span))
    return FALSE;
  *ret_last = MAX (span.latest, span.earliest + 1);
  truce_span_clear (&span);
  g_autoptr (TruceSeries) series = truce_book_series (event, taking->way->zone);
  gboolean more = series && truce_series_previous (series, G_MAXINT32, &day);
  if (more)
    truce_series_span (series, day, &other);
  if (more || truce_taking_ruled_span (taking, event, &other)) {
    *ret_last = MAX (*ret_last, MAX (other.latest, other.earliest + 1));
    truce_span_clear (&other);
  }
  return TRUE;
}

gboolean
truce_taking_is_ahead (const TruceTaking *taking, TruceTime last)
{
  return last > taking->now;
}

void
truce_taking_end (TruceTaking *taking, TruceBookEvent *known, gboolean gone, gboolean ahead)
{
  taking->changed = taking->changed || known->ended == TRUCE_TIME_NONE || known->gone != gone;
  if (known->ended == TRUCE_TIME_NONE && known->met == TRUCE_TIME_NONE && ahead)
    truce_taking_tell (taking, gone ? TRUCE_BOOK_GONE : TRUCE_BOOK_CANCELLED, known);
  if (known->ended == TRUCE_TIME_NONE)
    known->ended = taking->now;
  known->gone = gone;
}

/* A rule that was edited is told by the dates that it makes, as in a configuration. */
static void
set_date (TruceTaking *taking, TruceBookEvent *known, const TruceGiven *given, gboolean moved)
{
  gboolean repeats = known->rule || given->rule;

  set_text (taking, &known->rule, given->rule);
  set_text (taking, &known->excepts, given->excepts ? given->excepts : "");
  if (repeats && strcmp (truce_book_event_date (known)->statement, given->statement) != 0) {
    g_ptr_array_set_size (known->dates, 0);
    truce_book_event_add_date (known, TRUCE_TIME_MIN, given->statement, NULL);
    taking->changed = TRUE;
  } else if (!repeats && moved) {
    g_autofree char *evidence = truce_taking_evidence (taking, given->event);
    TruceTime last = truce_book_event_date (known)->since;
    truce_book_event_add_date (known, MAX (taking->now, last + 1), given->statement, evidence);
    taking->changed = TRUE;
  }
}

static void
update (TruceTaking *taking, TruceBookEvent *known, const TruceGiven *given)
{
  const TruceEvent *event = given->event;
  gboolean moved = TRUE;
  TruceTime last = TRUCE_TIME_MIN;
  TruceSpan old;

  if (is_stale (known, event))
    return;
  describe (taking, known, event);
  truce_taking_last_of (taking, known, &last);
  if (truce_book_span (truce_book_event_date (known)->statement, taking->way->zone, &old)) {
    moved = !truce_span_same_due (&old, &given->span);
    truce_span_clear (&old);
  }
  if (event->cancelled) {
    truce_taking_end (taking, known, FALSE, truce_taking_is_ahead (taking, last));
    return;
  }
  set_date (taking, known, given, moved);
  taking->changed = taking->changed || known->gone;
  known->gone = FALSE;
  if (known->ended == TRUCE_TIME_NONE)
    return;
  if (!moved && known->met == TRUCE_TIME_NONE && truce_taking_is_ahead (taking, given->last))
    truce_taking_tell (taking, TRUCE_BOOK_RESUMED, known);
  truce_taking_set_time (taking, &known->ended, TRUCE_TIME_NONE);
}

/* What has passed, was done or was cancelled before it was first seen is no news to anybody. */
static void
add (TruceTaking *taking, const char *key, const TruceGiven *given)
{
  const TruceEvent *event = given->event;

  if (!truce_taking_is_ahead (taking, given->last) || event->cancelled ||
      (event->completed != TRUCE_TIME_NONE && !given->rule))
    return;
  g_autofree char *id = new_id (taking, key, event->summary);
  TruceBookEvent *fresh = truce_book_event_new (key, id);

  describe (taking, fresh, event);
  set_text (taking, &fresh->rule, given->rule);
  set_text (taking, &fresh->excepts, given->excepts ? given->excepts : "");
  truce_book_event_add_date (fresh, TRUCE_TIME_MIN, given->statement, NULL);
  g_ptr_array_add (taking->book->events, fresh);
  g_hash_table_add (taking->ids, fresh->id);
  g_hash_table_insert (taking->known, fresh->uid, fresh);
  g_hash_table_add (taking->fresh, fresh);
  taking->changed = TRUE;
}

/* It takes the place of a date that is known, unless the whole series has come with it. */
static void
add_occurrence (TruceTaking *taking, const char *key, const TruceGiven *given)
{
  const TruceEvent *event = given->event;
  gboolean is_news = !g_hash_table_contains (taking->fresh, given->series);
  g_autofree char *evidence = is_news ? truce_taking_evidence (taking, event) : NULL, *id = NULL;
  char name[TRUCE_OCCURRENCE_NAME_SIZE];

  if (taking->now - given->last > TRUCE_BOOK_KEPT_FOR)
    return;
  id = g_strdup_printf ("%s%c%s", given->series->id, TRUCE_OCCURRENCE_MARK,
                        truce_occurrence_name (given->occurrence, name));
  TruceBookEvent *fresh = truce_book_event_new (key, id);
  fresh->series = g_strdup (given->series->uid);
  fresh->occurrence = given->occurrence;
  describe (taking, fresh, event);
  truce_book_event_add_date (fresh, is_news ? taking->now : TRUCE_TIME_MIN, given->statement, evidence);
  g_ptr_array_add (taking->book->events, fresh);
  g_hash_table_add (taking->ids, fresh->id);
  g_hash_table_insert (taking->known, fresh->uid, fresh);
  if (event->cancelled)
    truce_taking_end (taking, fresh, FALSE, is_news && truce_taking_is_ahead (taking, given->last));
  taking->changed = TRUE;
}

static void
take_event (TruceTaking *taking, const TruceEvent *event)
{
  g_autofree char *reason = NULL, *key = NULL;
  TruceGiven given;
  gboolean sound = truce_given_read (event, taking->way->zone, taking->versions, &given, &reason);

  key = key_of (taking, event, given.statement);
  if (key && sound && !given.rule)
    look_for_series (taking, &given, &key);
  if (key) {
    TruceBookEvent *known = find_known (taking, &given, key);
    g_hash_table_add (taking->present, g_strdup (key));
    if (!sound)
      note (taking, event, reason);
    else if (known)
      update (taking, known, &given);
    else if (given.series)
      add_occurrence (taking, key, &given);
    else
      add (taking, key, &given);
    if (sound && given.rule && strcmp (key, event->uid) == 0 && g_hash_table_contains (taking->known, key))
      g_hash_table_insert (taking->series, event->uid, (gpointer) event);
  }
  truce_given_clear (&given);
}

/* What repeats comes first, so that its occurrences can be told from other events. */
static void
take_events (TruceTaking *taking)
{
  const GPtrArray *events = taking->calendar->events;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < events->len; i++) {
      const TruceEvent *event = g_ptr_array_index (events, i);
      if ((*event->rule != '\0') == (pass == 0))
        take_event (taking, event);
    }
}

gboolean
truce_event_book_take (TruceEventBook *book, const TruceEventCalendar *calendar, const TruceBookTaking *way,
                       TruceTime now, GArray *ret_changes)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) series = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) fresh = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  TruceTaking taking = {
    .book = book,
    .calendar = calendar,
    .way = way,
    .now = now,
    .changes = ret_changes,
    .known = known,
    .ids = ids,
    .versions = versions,
    .present = present,
    .series = series,
    .fresh = fresh,
    .notes = notes,
    .changed = !book->read,
  };

  book->read = TRUE;
  for (guint i = 0; i < book->events->len; i++) {
    TruceBookEvent *event = g_ptr_array_index (book->events, i);
    g_hash_table_insert (known, event->uid, event);
    g_hash_table_add (ids, event->id);
  }
  count_versions (&taking);
  take_events (&taking);
  truce_taking_rest (&taking);
  return taking.changed;
}
