/* SPDX-License-Identifier: MIT */
/* drafts.h: milestones on the way from a section to data. A date may be based on another milestone's, so all are read
 * (milestones.c) before any is resolved (drafts.c), each after those that it is based on.
 *
 * Private to the room. */
#pragma once

#include "config/builder.h"

G_BEGIN_DECLS

/* One `due` or `revised`. */
typedef struct {
  TruceValue value;
  TruceTime since;  /* TRUCE_TIME_MIN for `due` */
  const char *text; /* the date's part of the value; of the milestone's arena, as `why` */
  TruceWhen *when;  /* NULL: not understood, which has been reported */
  const char *why;  /* NULL: not said */
} TruceStatement;

typedef enum { TRUCE_DRAFT_UNVISITED, TRUCE_DRAFT_OPEN, TRUCE_DRAFT_DONE } TruceDraftMark;

typedef struct {
  TruceMilestone *milestone; /* the config's */
  TruceValue place;          /* of the section */
  TruceValue starts_at;      /* of its keys; place.value NULL: not there */
  TruceValue lead_at;
  TruceWhen *starts;    /* NULL: not there */
  GArray *statements;   /* TruceStatement; `due` first */
  gboolean failed;      /* something in it has been reported: what leans on it is not reported too */
  TruceValue repeat_at; /* place.value NULL: it does not repeat */
  GArray *excepts;      /* TruceValue; NULL: none */
  gboolean own_leads;   /* its leads are somebody's wish, though no line of its section has them */
  TruceDraftMark mark;
  guint next_base; /* while open: which of its bases is looked at next */
  char *waits_for; /* what it hangs on that is not known, or waits in turn; NULL */
} TruceDraft;

/* repeat.c: makes the milestone, whose date is resolved, a series, and its leads fit for one; reports what is wrong
 * with that, and what is odd. */
void truce_draft_repeat (TruceDraft *draft);
/* What there is to say of its dates at `now`. */
void truce_draft_check_series (const TruceDraft *draft, TruceTime now);

/* Most dates lean on no other milestone and are sound: such a draft is resolved at once and its memory used for the
 * next. Kept are those that have to wait, and those that failed, so that what leans on them is not reported too. */
typedef struct {
  const TruceConfig *config; /* which has the milestones of all drafts, whether kept or not */
  TruceTime now;
  GPtrArray *kept;    /* TruceDraft *, in the order of the files */
  GHashTable *by_id;  /* the same */
  TruceDraft *spare;  /* NULL: the next one is to be made */
  GPtrArray *doubts;  /* of the date being resolved */
  const char **known; /* ids of all milestones, NULL-terminated; made when the first unknown one is reported */
} TruceDrafts;

void truce_drafts_init (TruceDrafts *drafts, const TruceConfig *config, TruceTime now);
void truce_drafts_clear (TruceDrafts *drafts);

/* An empty draft of `milestone`, which is given back by truce_drafts_add. */
TruceDraft *truce_drafts_begin (TruceDrafts *drafts, TruceMilestone *milestone);
void truce_drafts_add (TruceDrafts *drafts, TruceDraft *draft);
/* When all have been added: gives each milestone that waits for others its starts and its revisions; reports what
 * cannot be resolved, cycles, and dates that contradict each other. */
void truce_drafts_resolve (TruceDrafts *drafts);

/* event_drafts.c: the events of the calendars, as far as they are known. */

void truce_drafts_add_events (TruceDrafts *drafts, TruceConfigBuilder *builder);
/* event_overrides.c: of `milestone`, which is the event `series` of `book`, the occurrences that have an event of their
 * own. */
void truce_drafts_add_overrides (TruceConfigBuilder *builder, const TruceMilestone *milestone,
                                 const TruceEventSource *source, const TruceEventBook *book,
                                 const TruceBookEvent *series);
/* What `calendar` says of the ending of `milestone`, which is `event`. */
void truce_draft_set_endings (TruceMilestone *milestone, const TruceBookEvent *event, const char *calendar);
/* May `id` be that of an event of one of the calendars? */
gboolean truce_drafts_is_event (const TruceDrafts *drafts, const char *id);
/* When all are resolved: leaves out the milestones that wait. */
void truce_drafts_let_wait (TruceDrafts *drafts, TruceConfigBuilder *builder);

G_END_DECLS
