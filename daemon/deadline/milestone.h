/* SPDX-License-Identifier: MIT */
/* milestone.h: a configured deadline with its history, and the firings that its leads make.
 *
 * A milestone is plain, immutable data once its config is built. Its history is a list of revisions: the first is the
 * configured due, each further one a `revised` line in force from its `since`. */
#pragma once

#include "base/arena.h"
#include "deadline/lead.h"
#include "deadline/series.h"

G_BEGIN_DECLS

typedef struct {
  TruceTime since; /* in force from then; TRUCE_TIME_MIN for the first */
  TruceTime said;  /* the same, but by the clock that showed when it was said, which may have been set back since */
  TruceSpan span;
  const char *statement; /* the words it was given in */
  const char *why;       /* NULL: not said */
  unsigned line;         /* of the config, 0 unknown */
  /* Where it comes from, when it is not a line of the config of its own. */
  gboolean follows; /* the date that it is based on has moved */
  const char *by;   /* who gave it through trucectl (amendment.h), or the one that it follows; else NULL */
  gint64 amendment; /* the number of that, else 0 */
} TruceRevision;

/* met or cancelled */
typedef struct {
  TruceTime at; /* TRUCE_TIME_NONE: has not happened */
  const char *why;
  const char *by; /* who said so through trucectl; NULL: the config */
} TruceEnding;

/* The event of a calendar that a milestone is; in its arena. */
typedef struct {
  const char *calendar; /* the id of its section */
  const char *uid;
  guint sequence;
} TruceEventRef;

/* What a milestone does when the news says that its date has moved. */
#define TRUCE_ON_MOVE_ASK 0
#define TRUCE_ON_MOVE_OFFICIAL (-1) /* moves, when an official feed says to when */

/* Its texts and lists stand in its arena and go with it: who sets one takes it from there (truce_arena_text). What has
 * references of its own is let go by truce_milestone_free. */
typedef struct {
  const char *id;
  TruceArena *arena;
  const char *title;
  const char *url;          /* NULL */
  const char *match;        /* the query's text, NULL: no news */
  const char *const *feeds; /* ids, tags, "*"; NULL: all */
  const char *const *tags;  /* NULL */
  TruceZone *zone;
  TruceCalendar *calendar;      /* what its business days are counted on; NULL: none */
  const char *starts_statement; /* the words of it; NULL none */
  TruceSpan starts;
  gboolean has_starts;
  int remind_at;            /* minutes of the civil day */
  GArray *leads;            /* TruceLead, longest before first, without repeats */
  TruceRevision *revisions; /* by `since` */
  guint n_revisions;        /* at least one */
  int on_move;              /* how many independent sources have it move without asking; or one of those below */
  guint budget;             /* headlines about it in an hour, at most */
  int urgency;              /* of the alerts of its date: a TruceUrgency; -1: by how close it is */
  gboolean has_nag;         /* once it has passed it is told again and again (nag.h) */
  TruceLead nag;            /* how often, `after` */
  TruceTime silent_after;   /* near it, no news for so long is told: a length; 0: never */
  TruceEnding met;
  TruceEnding cancelled;
  TruceTime silenced;      /* nothing but changes is told before then; NONE: not silenced */
  const char *silenced_by; /* NULL */
  TruceEventRef *event;    /* of a calendar; NULL: it is configured */
  TruceTime modified;      /* when its date became what it is, if later than its revision says; 0: not said */
  unsigned line;           /* of its section in the config */
  TruceSeries *series;     /* by which it repeats; NULL: it does not */
  const char *series_id;   /* of one occurrence of a series: the id of that, its own being "ID@2026-04-15"; else NULL */
  gint64 occurrence;       /* and the day that names it */
} TruceMilestone;

/* Between the id of a series and what names one of its occurrences, "2026-04-15", or all of them. */
#define TRUCE_OCCURRENCE_MARK '@'
#define TRUCE_OCCURRENCE_ALL "all"
/* Is `id` that of `wanted`, or of an occurrence of it? */
gboolean truce_milestone_id_is_of (const char *id, const char *wanted);
/* How long before its date its leads begin, and how long after it they end, at most. */
TruceTime truce_milestone_reach_before (const TruceMilestone *milestone);
TruceTime truce_milestone_reach_after (const TruceMilestone *milestone);

/* All else empty: the config fills it in. It has an arena of its own. */
TruceMilestone *truce_milestone_new (const char *id);
/* One of many that stand in `arena`, as does `id`. Each keeps the whole arena. */
TruceMilestone *truce_milestone_new_in (TruceArena *arena, const char *id);
void truce_milestone_free (TruceMilestone *milestone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceMilestone, truce_milestone_free)

/* All but its revisions, in an arena of its own. A new member that is not a plain value is copied here. */
TruceMilestone *truce_milestone_copy_without_revisions (const TruceMilestone *milestone);

/* Adds a revision, keeping the order of `since` (equal ones stay in the order added). The span is copied; the texts
 * must last as long as the milestone, as those of its arena do. What it returns is the milestone's, for the rest to be
 * filled in before another is added. */
TruceRevision *truce_milestone_add_revision (TruceMilestone *milestone, TruceTime since, const TruceSpan *span,
                                             const char *statement, const char *why, unsigned line);
const TruceRevision *truce_milestone_revision (const TruceMilestone *milestone, guint index);
/* Copies the texts. */
void truce_milestone_set_event (TruceMilestone *milestone, const char *calendar, const char *uid, guint sequence);
/* Sorts leads, longest before first, and drops repeats. */
void truce_milestone_set_leads (TruceMilestone *milestone, const TruceLead *leads, guint n_leads);
/* The leads of `other`, which most milestones of a configuration have in common: one array for all of them. */
void truce_milestone_share_leads (TruceMilestone *milestone, const TruceMilestone *other);

/* When it was met or cancelled; NONE: not. */
TruceTime truce_milestone_end (const TruceMilestone *milestone);
/* The index of the revision in force at `at`. What has ended keeps the date that it ended with. */
guint truce_milestone_revision_at (const TruceMilestone *milestone, TruceTime at);
/* What a calendar numbers its versions by, at the revision `index`: how often its date has moved; an event of another
 * calendar, whose UID it bears, goes on from the number that it has there. */
guint truce_milestone_sequence (const TruceMilestone *milestone, guint index);
/* Met or cancelled by `at`? */
gboolean truce_milestone_ended_at (const TruceMilestone *milestone, TruceTime at);
/* The next instant after `after` at which a revision comes into force, or it is met or cancelled; NONE. */
TruceTime truce_milestone_next_change (const TruceMilestone *milestone, TruceTime after);

typedef enum {
  TRUCE_FIRING_LEAD,        /* before the due date, or after it (lead.after) */
  TRUCE_FIRING_DUE,         /* at it: an instant or a whole day */
  TRUCE_FIRING_WINDOW_OPEN, /* at the earliest of an imprecise date */
  TRUCE_FIRING_PASSED,      /* at the latest of anything but an instant */
  TRUCE_FIRING_NAG,         /* again, after it has passed (nag.h) */
} TruceFiringKind;

/* One lead of one revision falling due. Its identity is (milestone id, revision number, key). */
typedef struct {
  const TruceMilestone *milestone;
  guint revision;
  TruceFiringKind kind;
  TruceTime at;
  char key[TRUCE_LEAD_TEXT_SIZE]; /* the lead's canonical text, "passed", or "nag1" */
  gboolean after;                 /* it counts from the latest: told even though the date has passed */
  guint number;                   /* of kind nag: the first is 1; else 0 */
} TruceFiring;

/* Appends to `ret_firings` (of TruceFiring) every firing of `milestone`, were its due `span` under the number
 * `revision`, in (after, upto], ordered by instant and then key. Pure: the same for any split of the window. Leads fire
 * as configured; lead 0 is `due`, or `window-open` for spans wider than a day. `window-open` and `passed` belong to
 * every span wider than a day whether 0 is a lead or not; a whole day has `passed` at its end. */
void truce_milestone_firings (const TruceMilestone *milestone, guint revision, const TruceSpan *span, TruceTime after,
                              TruceTime upto, GArray *ret_firings);
/* The instant of the next firing after `after`, or TRUCE_TIME_NONE. */
TruceTime truce_milestone_next_firing (const TruceMilestone *milestone, const TruceSpan *span, TruceTime after);

G_END_DECLS
