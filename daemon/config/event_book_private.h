/* SPDX-License-Identifier: MIT */
/* The making of what is in a book. */
#pragma once

#include "config/event_book.h"

G_BEGIN_DECLS

/* Without a date, which it must be given, and with no texts but these. */
TruceBookEvent *truce_book_event_new (const char *uid, const char *id);
void truce_book_event_add_date (TruceBookEvent *event, TruceTime since, const char *statement, const char *why);

/* event_book_given.c: what a calendar says of an event now. */
typedef struct {
  const TruceEvent *event;
  char *statement; /* there is always one */
  TruceSpan span;
  TruceTime last;               /* until then it lies ahead: of what repeats, until the last of its dates has passed */
  char *rule, *excepts;         /* as in TruceBookEvent */
  const TruceBookEvent *series; /* of which it is an occurrence; NULL: it is none */
  gint64 occurrence;
} TruceGiven;

/* `uids` is a set of all that the calendar has. `ret_given` is filled as far as can be, and always to be cleared; FALSE
 * and the reason (transfer full) when there is nothing to be had of it. */
gboolean truce_given_read (const TruceEvent *event, TruceZone *zone, GHashTable *uids, TruceGiven *ret_given,
                           char **ret_reason);
void truce_given_clear (TruceGiven *given);
/* The occurrence that the event `uid` stands for, if it does: truced-parse ends the uid with '/' and when that would
 * be. Its uid is what is before, `ret_length` long. (transfer full); NULL: none */
char *truce_given_replaces (const char *uid, gsize *ret_length);
/* Makes it the occurrence of `event` that would be `original`; FALSE: there is none. */
gboolean truce_given_be_occurrence (TruceGiven *given, const TruceBookEvent *event, const char *original,
                                    TruceZone *zone);

/* event_book_take.c, event_book_rest.c: a calendar being taken in. */
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
  GHashTable *series;   /* uid -> TruceEvent *: what repeats, and is in the book */
  GHashTable *fresh;    /* set of TruceBookEvent *: those that came to be known by this reading */
  GPtrArray *notes;     /* char * */
  guint n_notes;
  gboolean changed;
} TruceTaking;

/* All texts are (transfer full). */
void truce_taking_tell (TruceTaking *taking, TruceBookChangeKind kind, const TruceBookEvent *event);
void truce_taking_set_time (TruceTaking *taking, TruceTime *slot, TruceTime at);
/* "SEQUENCE 2, LAST-MODIFIED 2026-04-01T00:00:00Z <https://example.org/calendar.ics>" */
char *truce_taking_evidence (const TruceTaking *taking, const TruceEvent *event);
gboolean truce_taking_is_ahead (const TruceTaking *taking, TruceTime last);
/* Until when it lies ahead, as the book has it: TruceGiven's `last`. FALSE when its date cannot be read any more. */
gboolean truce_taking_last_of (const TruceTaking *taking, const TruceBookEvent *event, TruceTime *ret_last);
/* The date that the rule has for the occurrence `event`, to be cleared. FALSE: it has none any more. */
gboolean truce_taking_ruled_span (const TruceTaking *taking, const TruceBookEvent *event, TruceSpan *ret_span);
/* It is cancelled, or `gone`; told if it lay `ahead`. */
void truce_taking_end (TruceTaking *taking, TruceBookEvent *known, gboolean gone, gboolean ahead);
/* Once all its events were taken in: what of the book it has no longer, and what it leaves out. */
void truce_taking_rest (TruceTaking *taking);

G_END_DECLS
