/* SPDX-License-Identifier: MIT */
/* event_book.h: what is remembered of a polled calendar: its events, each under one id for good, and the dates that
 * each has had. Kept over restarts, so that an event is known while its calendar cannot be read.
 *
 * Pure. A calendar that could not be read changes nothing in it. */
#pragma once

#include "base/json.h"
#include "config/event.h"

G_BEGIN_DECLS

#define TRUCE_BOOK_DATES_MAX 50              /* of one event; the first and the latest are kept */
#define TRUCE_BOOK_NOTES_MAX 20              /* of what is left out; the rest is counted */
#define TRUCE_BOOK_KEPT_FOR (31 * TRUCE_DAY) /* after its date has passed, or it has ended */

typedef struct {
  TruceTime since; /* TRUCE_TIME_MIN for the first */
  char *statement; /* in the date language */
  char *why;       /* NULL for the first */
} TruceBookDate;

typedef struct {
  char *uid; /* with its date, where several have one uid; of an occurrence "UID/2026-04-15" */
  char *id;  /* of its milestone: "CALENDAR.slug" */
  char *title;
  char *url;   /* NULL */
  char *leads; /* of its alarms, "" none */
  char *tags;  /* of its categories, "" none */
  guint sequence;
  TruceTime modified; /* NONE: not said */
  TruceTime met;      /* a to-do that was done; NONE */
  TruceTime ended;    /* cancelled, or gone; NONE: it is on */
  gboolean gone;      /* it is no longer in the calendar; of an occurrence: it is as the rule has it again */
  GPtrArray *dates;   /* TruceBookDate *, at least one; of what repeats one, the first */
  char *rule;         /* by which it repeats; NULL: it does not */
  char *excepts;      /* its dates that are left out, parted by commas; "" none */
  char *series;       /* the uid of the event of which it is an occurrence; NULL: it is none */
  gint64 occurrence;  /* which */
} TruceBookEvent;

typedef struct {
  char *calendar;      /* its id */
  GPtrArray *events;   /* TruceBookEvent *, in the order in which they were first seen */
  GPtrArray *left_out; /* char *: what the calendar has that is no milestone, a sentence each */
  gboolean read;       /* it has been, once */
  gboolean partial; /* when it was last read, more than single events could not be: it was cut off, or is too large */
} TruceEventBook;

TruceEventBook *truce_event_book_new (const char *calendar);
void truce_event_book_free (TruceEventBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceEventBook, truce_event_book_free)

json_t *truce_event_book_to_json (const TruceEventBook *book); /* (transfer full) */
/* What is damaged in `record` is left out; NULL is an empty book. (transfer full) */
TruceEventBook *truce_event_book_from_json (const char *calendar, const json_t *record);

/* What is told of an event whose date is the same. */
typedef enum { TRUCE_BOOK_CANCELLED, TRUCE_BOOK_GONE, TRUCE_BOOK_RESUMED } TruceBookChangeKind;

typedef struct {
  TruceBookChangeKind kind;
  const TruceBookEvent *event;
} TruceBookChange;

/* How a calendar is taken in. */
typedef struct {
  const char *address; /* where it was read: the evidence for a change */
  TruceZone *zone;     /* of dates that name none */
  /* Is an event that passed long ago still needed, since another date hangs on it? */
  gboolean (*is_needed) (const char *id, gpointer user_data);
  gpointer user_data;
} TruceBookTaking;

/* Takes in `calendar`, read at `now`: new events that are ahead, dates that have changed, events that were cancelled or
 * are gone (only of a calendar that is whole), and those that are on again. Appends what there is to tell, beside
 * dates, to `ret_changes` (of TruceBookChange). TRUE when anything in the book is another than before. */
gboolean truce_event_book_take (TruceEventBook *book, const TruceEventCalendar *calendar, const TruceBookTaking *taking,
                                TruceTime now, GArray *ret_changes);

/* The date of `event` that is in force. (transfer none) */
const TruceBookDate *truce_book_event_date (const TruceBookEvent *event);
/* The dates of an event that repeats, whose own are in `zone` unless they say another; NULL when it does not, or cannot
 * any more. (transfer full) */
TruceSeries *truce_book_series (const TruceBookEvent *event, TruceZone *zone);
/* What `statement` stands for; FALSE when it is none. `ret_span` to be cleared. */
gboolean truce_book_span (const char *statement, TruceZone *zone, TruceSpan *ret_span);

G_END_DECLS
