/* SPDX-License-Identifier: MIT */
/* import.h: an event of a calendar as a section of configuration. */
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
  char *start;        /* "2026-04-15", or "2026-04-15 17:00:00" in `zone` */
  char *end;          /* the first day after it, or the moment */
  char *zone;         /* as the calendar names it: not all names are IANA's; "" floating */
  TruceTime start_at; /* by the calendar's own definition of the zone; NONE: it has none */
  char *rule;         /* of which `start` is one occurrence */
  TruceTime modified, completed;
  GPtrArray *categories; /* char * */
  GArray *alarms;        /* TruceEventAlarm */
  GPtrArray *keys;       /* char *: a key of a milestone's section, its value, and so on, of what truced exported */
} TruceEvent;

TruceEvent *truce_event_new (void);
void truce_event_free (TruceEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceEvent, truce_event_free)

/* The section [milestone ID] that the event makes, ended by an empty line. `zone` is that of dates which name none;
 * `used` has the ids that are taken, and gets this one. `ret_latest` is when it has passed. NULL and the reason when
 * its date cannot be stated. (transfer full) */
char *truce_event_to_section (const TruceEvent *event, TruceZone *zone, GHashTable *used, TruceTime *ret_latest,
                              char **ret_reason);

G_END_DECLS
