/* SPDX-License-Identifier: MIT */
/* event.h: what a calendar says of its events, and how that reads in the words of a milestone. */
#pragma once

#include "deadline/milestone.h"

G_BEGIN_DECLS

typedef struct {
  gint64 seconds; /* from the start, or from the end */
  gboolean from_end;
} TruceEventAlarm;

/* What a calendar says of one event or to-do; texts are clean, a line each, and "" where it says nothing. */
typedef struct {
  char *uid;
  guint sequence;
  char *summary;
  char *url;
  gboolean cancelled;
  char *start;           /* "2026-04-15", or "2026-04-15 17:00:00" in `zone` */
  char *end;             /* the first day after it, or the moment */
  char *zone;            /* as the calendar names it: not all names are IANA's; "" floating */
  TruceTime start_at;    /* by the calendar's own definition of the zone; NONE: it has none */
  char *rule;            /* by which others follow `start`; "" none */
  GPtrArray *exceptions; /* char *: those of them that are none: as `start`, or in UTC and ended by Z */
  TruceTime modified, completed;
  GPtrArray *categories; /* char * */
  GArray *alarms;        /* TruceEventAlarm */
  GPtrArray *keys;       /* char *: a key of a milestone's section, its value, and so on, of what truced exported */
} TruceEvent;

TruceEvent *truce_event_new (void);
void truce_event_free (TruceEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceEvent, truce_event_free)

/* A calendar as truced-parse read it. */
typedef struct {
  char *name;          /* "" none */
  gboolean whole;      /* nothing that it has was lost but what `unread` names */
  GPtrArray *left_out; /* char *: what the calendar has that was not read, a sentence each */
  GPtrArray *unread;   /* char *: the uids of events that were not read */
  GPtrArray *events;   /* TruceEvent * */
} TruceEventCalendar;

/* `calendar` NULL: `error` says why. It is (transfer none). `worker_died`: the parser was killed by this body. */
typedef void (*TruceEventCalendarFunc) (const TruceEventCalendar *calendar, const char *error, gboolean worker_died,
                                        gpointer user_data);

#define TRUCE_EVENT_TITLE_MAX 400 /* bytes of a milestone's title */

/* Its date as `due` has it: a day, days or an instant. All (transfer full). */
/* The same for one that repeats, whose time of day is kept where `zone`, that of the reader, is that of a calendar
 * whose name of it is not known. (transfer full) */
char *truce_event_repeating_due (const TruceEvent *event, TruceZone *zone);
/* The dates that the event has from `first` on; `excepts` gets those of its exceptions that are among them, lines of
 * configuration. NULL and the reason when its rule is none, or none that is read. (transfer full) */
TruceSeries *truce_event_series (const TruceEvent *event, const TruceSpan *first, GString *excepts, char **ret_reason);
char *truce_event_due (const TruceEvent *event);
/* The name of its zone, when nothing says what that is: its times are then read as if it had none. (transfer none);
 * NULL
 */
const char *truce_event_unknown_zone (const TruceEvent *event);
/* Its alarms as `lead` has them, and its categories as `tags`; "" none. */
char *truce_event_leads (const TruceEvent *event);
char *truce_event_tags (const TruceEvent *event);
/* A title in the letters of an id; "" when it has none of them. */
char *truce_event_slug (const char *text);
/* The address of a page about it; NULL when that is no web address. (transfer none) */
const char *truce_event_page (const TruceEvent *event);

G_END_DECLS
