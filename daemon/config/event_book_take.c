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

typedef struct {
  TruceEventBook *book;
  const TruceEventCalendar *calendar;
  const TruceBookTaking *way;
  TruceTime now;
  GArray *changes;      /* TruceBookChange */
  GHashTable *known;    /* uid -> TruceBookEvent * */
  GHashTable *ids;      /* set of the ids that are taken */
  GHashTable *versions; /* uid -> Versions * */
  GHashTable *present;  /* set of the uids that the calendar has */
  GPtrArray *notes;     /* char * */
  guint n_notes;
  gboolean changed;
} Taking;

static void
note (Taking *taking, const TruceEvent *event, const char *what)
{
  g_autofree char *title = truce_text_cut (event->summary, NOTE_TITLE_MAX);

  if (taking->n_notes++ < TRUCE_BOOK_NOTES_MAX)
    g_ptr_array_add (taking->notes, g_strdup_printf ("\"%s\" %s", title, what));
}

static void
tell (Taking *taking, TruceBookChangeKind kind, const TruceBookEvent *event)
{
  const TruceBookChange change = { kind, event };

  g_array_append_val (taking->changes, change);
}

static void
set_text (Taking *taking, char **slot, const char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    return;
  g_free (*slot);
  *slot = g_strdup (text);
  taking->changed = TRUE;
}

static void
set_time (Taking *taking, TruceTime *slot, TruceTime at)
{
  taking->changed = taking->changed || *slot != at;
  *slot = at;
}

/* --- which event it is --- */

static void
count_versions (Taking *taking)
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
key_of (const Taking *taking, const TruceEvent *event, const char *statement)
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
new_id (Taking *taking, const char *key, const char *title)
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

/* --- what is new of it --- */

/* A copy from before what is known, from a server that lags behind; but what was gone is taken as it comes. */
static gboolean
is_stale (const TruceBookEvent *known, const TruceEvent *event)
{
  return event->sequence < known->sequence && !known->gone &&
         (event->modified == TRUCE_TIME_NONE || known->modified == TRUCE_TIME_NONE ||
          event->modified <= known->modified);
}

/* "SEQUENCE 2, LAST-MODIFIED 2026-04-01T00:00:00Z <https://example.org/calendar.ics>" (transfer full) */
static char *
evidence_of (const Taking *taking, const TruceEvent *event)
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
describe (Taking *taking, TruceBookEvent *known, const TruceEvent *event)
{
  g_autofree char *leads = truce_event_leads (event), *tags = truce_event_tags (event);
  g_autofree char *title = truce_text_cut (*event->summary ? event->summary : "(no title)", TRUCE_EVENT_TITLE_MAX);

  set_text (taking, &known->title, title);
  set_text (taking, &known->url, truce_event_page (event));
  set_text (taking, &known->leads, leads);
  set_text (taking, &known->tags, tags);
  set_time (taking, &known->modified, event->modified);
  set_time (taking, &known->met,
            event->completed == TRUCE_TIME_NONE ? event->completed : MIN (event->completed, taking->now));
  taking->changed = taking->changed || known->sequence != event->sequence;
  known->sequence = event->sequence;
}

static gboolean
is_ahead (const Taking *taking, const TruceSpan *span)
{
  return MAX (span->latest, span->earliest + 1) > taking->now;
}

static void
end_event (Taking *taking, TruceBookEvent *known, gboolean gone, gboolean ahead)
{
  taking->changed = taking->changed || known->ended == TRUCE_TIME_NONE || known->gone != gone;
  if (known->ended == TRUCE_TIME_NONE && known->met == TRUCE_TIME_NONE && ahead)
    tell (taking, gone ? TRUCE_BOOK_GONE : TRUCE_BOOK_CANCELLED, known);
  if (known->ended == TRUCE_TIME_NONE)
    known->ended = taking->now;
  known->gone = gone;
}

static void
update (Taking *taking, TruceBookEvent *known, const TruceEvent *event, const char *statement, const TruceSpan *span)
{
  gboolean moved = TRUE, was_ahead = FALSE;
  TruceSpan old;

  if (is_stale (known, event))
    return;
  describe (taking, known, event);
  if (truce_book_span (truce_book_event_date (known)->statement, taking->way->zone, &old)) {
    moved = !truce_span_same_due (&old, span);
    was_ahead = is_ahead (taking, &old);
    truce_span_clear (&old);
  }
  if (event->cancelled) {
    end_event (taking, known, FALSE, was_ahead);
    return;
  }
  if (moved) {
    g_autofree char *evidence = evidence_of (taking, event);
    TruceTime last = truce_book_event_date (known)->since;
    truce_book_event_add_date (known, MAX (taking->now, last + 1), statement, evidence);
    taking->changed = TRUE;
  }
  if (known->ended == TRUCE_TIME_NONE)
    return;
  if (!moved && known->met == TRUCE_TIME_NONE && is_ahead (taking, span))
    tell (taking, TRUCE_BOOK_RESUMED, known);
  set_time (taking, &known->ended, TRUCE_TIME_NONE);
  known->gone = FALSE;
}

/* What has passed, was done or was cancelled before it was first seen is no news to anybody. */
static void
add (Taking *taking, const char *key, const TruceEvent *event, const char *statement, const TruceSpan *span)
{
  if (!is_ahead (taking, span) || event->cancelled || event->completed != TRUCE_TIME_NONE)
    return;
  g_autofree char *id = new_id (taking, key, event->summary);
  TruceBookEvent *fresh = truce_book_event_new (key, id);

  describe (taking, fresh, event);
  truce_book_event_add_date (fresh, TRUCE_TIME_MIN, statement, NULL);
  g_ptr_array_add (taking->book->events, fresh);
  g_hash_table_add (taking->ids, fresh->id);
  g_hash_table_insert (taking->known, fresh->uid, fresh);
  taking->changed = TRUE;
}

static void
take_event (Taking *taking, const TruceEvent *event)
{
  g_autofree char *statement = truce_event_due (event), *key = key_of (taking, event, statement);
  TruceBookEvent *known;
  TruceSpan span;

  if (!key)
    return;
  known = g_hash_table_lookup (taking->known, key);
  g_hash_table_add (taking->present, g_strdup (key));
  if (*event->rule) {
    g_autofree char *what = g_strdup_printf ("repeats (%s), which is not read", event->rule);
    note (taking, event, what);
  } else if (!truce_book_span (statement, taking->way->zone, &span)) {
    g_autofree char *what = g_strdup_printf ("has a date that cannot be stated: %s", statement);
    note (taking, event, what);
  } else {
    if (known)
      update (taking, known, event, statement, &span);
    else
      add (taking, key, event, statement, &span);
    truce_span_clear (&span);
  }
}

/* --- what is no longer there --- */

static void
learn_unread (Taking *taking)
{
  for (guint i = 0; i < taking->calendar->unread->len; i++)
    g_hash_table_add (taking->present, g_strdup (g_ptr_array_index (taking->calendar->unread, i)));
}

static gboolean
is_present (const Taking *taking, const TruceBookEvent *event)
{
  const char *end = strchr (event->uid, '\n');
  g_autofree char *uid = end ? g_strndup (event->uid, (gsize) (end - event->uid)) : NULL;

  return g_hash_table_contains (taking->present, event->uid) || (uid && g_hash_table_contains (taking->present, uid));
}

/* Nobody waits for it any more. */
static gboolean
is_over (const Taking *taking, const TruceBookEvent *event, const TruceSpan *span, gboolean present)
{
  TruceTime over = span->latest;

  if (event->ended != TRUCE_TIME_NONE && !present)
    over = MIN (over, event->ended);
  return taking->now - over > TRUCE_BOOK_KEPT_FOR &&
         !(taking->way->is_needed && taking->way->is_needed (event->id, taking->way->user_data));
}

static void
look_for_the_rest (Taking *taking)
{
  GPtrArray *events = taking->book->events;

  for (guint i = events->len; i > 0; i--) {
    TruceBookEvent *event = g_ptr_array_index (events, i - 1);
    gboolean present = is_present (taking, event);
    TruceSpan span;

    if (!truce_book_span (truce_book_event_date (event)->statement, taking->way->zone, &span))
      continue;
    if (!present && taking->calendar->whole && is_ahead (taking, &span))
      end_event (taking, event, TRUE, TRUE);
    if (is_over (taking, event, &span, present)) {
      g_ptr_array_remove_index (events, i - 1);
      taking->changed = TRUE;
    }
    truce_span_clear (&span);
  }
}

/* --- what it leaves out --- */

static gboolean
same_texts (const GPtrArray *one, const GPtrArray *other)
{
  gboolean same = one->len == other->len;

  for (guint i = 0; same && i < one->len; i++)
    same = strcmp (one->pdata[i], other->pdata[i]) == 0;
  return same;
}

static void
take_notes (Taking *taking)
{
  for (guint i = 0; i < taking->calendar->left_out->len; i++)
    g_ptr_array_add (taking->notes, g_strdup (g_ptr_array_index (taking->calendar->left_out, i)));
  if (taking->n_notes > TRUCE_BOOK_NOTES_MAX)
    g_ptr_array_add (taking->notes, g_strdup_printf ("%u more of such", taking->n_notes - TRUCE_BOOK_NOTES_MAX));
  if (same_texts (taking->notes, taking->book->left_out))
    return;
  g_ptr_array_unref (taking->book->left_out);
  taking->book->left_out = g_ptr_array_ref (taking->notes);
  taking->changed = TRUE;
}

gboolean
truce_event_book_take (TruceEventBook *book, const TruceEventCalendar *calendar, const TruceBookTaking *way,
                       TruceTime now, GArray *ret_changes)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) versions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  Taking taking = {
    .book = book,
    .calendar = calendar,
    .way = way,
    .now = now,
    .changes = ret_changes,
    .known = known,
    .ids = ids,
    .versions = versions,
    .present = present,
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
  for (guint i = 0; i < calendar->events->len; i++)
    take_event (&taking, g_ptr_array_index (calendar->events, i));
  learn_unread (&taking);
  look_for_the_rest (&taking);
  take_notes (&taking);
  return taking.changed;
}
