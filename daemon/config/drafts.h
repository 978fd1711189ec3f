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
  TruceMilestone *milestone;
  TruceValue place;     /* of the section */
  TruceValue starts_at; /* of its keys; place.value NULL: not there */
  TruceValue lead_at;
  TruceWhen *starts;  /* NULL: not there */
  GArray *statements; /* TruceStatement; `due` first */
  gboolean failed;    /* something in it has been reported: what leans on it is not reported too */
  TruceDraftMark mark;
  guint next_base; /* while open: which of its bases is looked at next */
} TruceDraft;

/* (element-type TruceDraft) in the order of the files; `by_id` finds them. */
typedef struct {
  GPtrArray *all;
  GHashTable *by_id;
  const char **ids; /* sorted by nothing, NULL-terminated; made when the first unknown one is reported */
} TruceDrafts;

/* Resolves a draft that leans on no other milestone at once, and lets go of what it was read into: of the most there is
 * only one at a time. */
void truce_drafts_resolve_alone (const TruceDrafts *drafts, TruceDraft *draft);
/* Gives every other draft's milestone its starts and its revisions; reports what cannot be resolved, cycles, and dates
 * that contradict each other. */
void truce_drafts_resolve (TruceDrafts *drafts, TruceTime now);

G_END_DECLS
