/* SPDX-License-Identifier: MIT */
/* alert.h: one thing to tell the user, with a stable id made from its cause: raising it twice is harmless. */
#pragma once

#include "base/json.h"
#include "deadline/milestone.h"
#include "news/feed.h"
#include "news/item.h"
#include "news/proposal.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_ALERT_LEAD,
  TRUCE_ALERT_DUE,
  TRUCE_ALERT_WINDOW_OPEN,
  TRUCE_ALERT_PASSED,
  TRUCE_ALERT_NEWS,
  TRUCE_ALERT_MOVE, /* what the news says of a date */
  TRUCE_ALERT_CHANGED,
  TRUCE_ALERT_FEED,
  TRUCE_ALERT_SILENT, /* near a date its feeds bring nothing of it, or none of them works */
  TRUCE_ALERT_DIGEST, /* several alerts in one */
  TRUCE_ALERT_PROBLEM,
  TRUCE_ALERT_TEST, /* trucectl test-alert */
} TruceAlertKind;
#define TRUCE_N_ALERT_KINDS 12
const char *truce_alert_kind_to_text (TruceAlertKind kind); /* "lead", "window-open", ... */
gboolean truce_alert_kind_from_text (const char *text, TruceAlertKind *ret_kind);

typedef enum { TRUCE_URGENCY_LOW, TRUCE_URGENCY_NORMAL, TRUCE_URGENCY_CRITICAL } TruceUrgency;
#define TRUCE_N_URGENCIES 3
const char *truce_urgency_to_text (TruceUrgency urgency);
gboolean truce_urgency_from_text (const char *text, TruceUrgency *ret_urgency);

/* A headline that an alert rests on. */
typedef struct {
  char *title;
  char *link; /* NULL */
  char *feed; /* id */
  TruceTier tier;
  TruceTime published; /* NONE: not said */
  TruceTime joined; /* when it was added to an alert that told of the same news; NONE: it is what that was raised for */
  char *publisher;  /* of truce_story_publisher(); NULL */
  gboolean copy;    /* of an earlier one's text, or from the same agency */
} TruceAlertItem;

/* An alert that a digest tells of. */
typedef struct {
  char *id;
  TruceAlertKind kind;
  TruceUrgency urgency;
  char *title;
  char *milestone; /* NULL */
  char *url;       /* NULL */
} TruceAlertBrief;

/* What the news says of a milestone's date (news/proposal.h), as of when it was told. */
typedef struct {
  char *id; /* of the proposal */
  char *label, *status;
  TruceTime old_due, old_due_latest; /* `latest` NONE for an instant */
  TruceTime new_due, new_due_latest; /* NONE: none is named */
  gint64 delta_days;
  char *quote;
} TruceAlertMove;

/* Reference counted; filled in by its maker, immutable once it has been raised: an alert that grows is another one
 * under the same id (truce_alert_grow). Unused members are NULL, NONE, 0. */
typedef struct {
  gatomicrefcount references;
  char *id; /* 32 hexadecimal digits */
  TruceAlertKind kind;
  TruceUrgency urgency;
  char *title; /* stands alone: many consumers see nothing else */
  char *body;  /* "" */
  TruceTime raised;
  gboolean late; /* told after its instant: truced was not running, or the clock jumped */

  char *milestone; /* ids */
  char *watch;
  char **also; /* further milestones and watches that the item matched: "watch:fentanyl"; NULL */
  char *feed;  /* of kind feed: the feed's id */
  gboolean has_due;
  guint revision;
  char *lead;                /* canonical text */
  guint nag;                 /* of kind passed: which repetition it is; 0 the first telling */
  TruceTime due, due_latest; /* due_latest NONE for an instant */
  char *zone;
  gint64 seconds_left;               /* of the due instant when raised; negative when it has passed */
  TruceTime old_due, old_due_latest; /* of kind changed */
  char *label; /* of kind changed, where it is not the date: cancelled or resumed; NULL: the date */
  char *why;   /* of kind changed: the reason given and the evidence (base/reason.h); of kind digest: quiet, late,
                * budget, waited, daily, calendar,
                * feed; of kind silent: no-news, no-feed */
  char *by;    /* of kind changed: who gave the date; NULL: the configuration */
  TruceAlertMove *move; /* of kind move, and of news that says something of a date; else NULL */
  char *no_move;        /* of kind news, about a milestone: why it was not read as a move of the date; NULL */
  char *contested;      /* of one about a date that the news says is no more: what it says; NULL */
  char *corrects;       /* of kind news: the id of the alert that told of the same entry under another headline */
  char *old_title;      /* then: that headline */
  gboolean silenced;    /* went to no sink: its milestone was silenced */
  char *follows;        /* of kind news: the id of an alert that told of the matter before; NULL */
  guint sources;        /* of kind news: publishers and agencies that tell it, copies apart */
  guint official;       /* entries of official feeds among `count` */
  TruceTime grown;      /* when the last entry was added; NONE: none was */
  TruceTime confirmed;  /* when an official feed told what only press had: then it was told again; NONE */

  GPtrArray *items;  /* TruceAlertItem *, NULL none */
  GPtrArray *alerts; /* of kind digest: TruceAlertBrief *, the most urgent first; NULL none */
  guint count;       /* how many a digest tells of, or entries tell this news: more than are named, when very many */
  char **matched;
  char *url;
} TruceAlert;

/* `cause` are the words that make the id, NULL-terminated; the kind counts among them. */
TruceAlert *truce_alert_new (TruceAlertKind kind, const char *const *cause, TruceTime raised);
TruceAlert *truce_alert_ref (TruceAlert *alert);
void truce_alert_unref (TruceAlert *alert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceAlert, truce_alert_unref)

/* The one JSON record of DESIGN section 6; and back, for the store: NULL when `record` lacks what every alert has. */
json_t *truce_alert_to_json (const TruceAlert *alert);
TruceAlert *truce_alert_from_json (const json_t *record);

/* The id that `cause`, NULL-terminated, has in this kind. (transfer full) */
char *truce_alert_id (TruceAlertKind kind, const char *const *cause);

/* A milestone's due date as of a revision: what alerts about it say. */
typedef struct {
  const TruceMilestone *milestone;
  guint revision;
  const TruceSpan *span;
  const char *contested; /* what the news says against it; NULL */
} TruceDue;

/* For the firings of one milestone that fell due together: the last of them speaks, `late` when its instant is over
 * TRUCE_LATE_AFTER ago. */
#define TRUCE_LATE_AFTER TRUCE_MINUTE /* timer slack and a busy machine are not lateness */
TruceAlert *truce_alert_for_firing (const TruceFiring *firing, const TruceDue *due, TruceTime now);
/* One of the kinds that say how far it is to a date: what they say grows old. */
gboolean truce_alert_counts_time (const TruceAlert *alert);
/* `alert`, which is told (again) at `now`, with its words and urgency as of now; as it is when it is not of such a
 * kind, or was raised less than TRUCE_RENEW_AFTER ago. `due` is its milestone's, which it must still be about.
 * (transfer full)
 */
#define TRUCE_RENEW_AFTER TRUCE_HOUR /* "in 15 hours" may be off by one */
TruceAlert *truce_alert_renewed (TruceAlert *alert, const TruceDue *due, TruceTime now);
/* For an item that matched; `name` is the entry's for good (news/identity.h); `watch` (an id) may be NULL, as may
 * `due`, the milestone's. */
TruceAlert *truce_alert_for_news (const TruceItem *item, guint64 name, const TruceFeed *feed, const TruceDue *due,
                                  const char *watch, const char *watch_title, const char *const *also,
                                  const char *const *matched, TruceTime now);
/* The id of the alert for the entry `name`; with a `headline` (TruceItemTraits), of the one that corrects it to that.
 * (transfer full) */
char *truce_alert_news_id (const char *feed, guint64 name, guint64 headline);
/* Makes `alert`, of truce_alert_for_news() and not raised yet, the correction of `original`: the same entry under
 * another headline. What it is about is the original's where it matches nothing itself. */
void truce_alert_correct (TruceAlert *alert, const TruceAlert *original, const char *old_title, guint64 name,
                          guint64 headline);
/* An entry more that tells what `alert`, of kind news, was raised for. */
typedef struct {
  const TruceItem *item;
  const TruceFeed *feed;
  gboolean copy;
  guint sources;            /* of the story, with it */
  const char *first_source; /* what the feed that told it first is called */
  char *const *matched;     /* NULL */
} TruceAlertGrowth;
#define TRUCE_ALERT_ITEMS_MAX 20 /* entries that an alert names: a record that every sink can carry */
/* `alert` with that entry: the same alert, with the same title. When an official feed is the first to tell what only
 * press had told, it is `confirmed`. (transfer full) */
TruceAlert *truce_alert_grow (const TruceAlert *alert, const TruceAlertGrowth *growth, TruceTime now);
/* "and 11 more: 3 official", of the entries beyond the first; NULL when there is none. (transfer full) */
char *truce_alert_growth_words (const TruceAlert *alert);

/* For what the news says: that `due` has moved, or has ended. `others` (NULL-terminated, as `along`) say what else is
 * said of it, by `n_others` in all, and `along` what would move with it, a line each. */
TruceAlert *truce_alert_for_move (const TruceProposal *proposal, const TruceDue *due, guint n_others,
                                  const char *const *others, const char *const *along, TruceTime now);
/* `alert`, of kind move, with the words and the move of `fresh` (transfer full), of the same kind, and an entry more
 * that says otherwise; `fresh` NULL: one that says the same. The same alert. (transfer full) */
TruceAlert *truce_alert_grow_move (const TruceAlert *alert, TruceAlert *fresh, const TruceItem *item,
                                   const TruceFeed *feed, TruceTime now);
/* Has `alert` say what `proposal` is. */
void truce_alert_set_move (TruceAlert *alert, const TruceProposal *proposal);
/* For a date that was changed; `old` is the span before; `back`: since what changed it was taken back. `why` and who,
 * `by`, may be NULL. */
TruceAlert *truce_alert_for_change (const TruceDue *due, const TruceSpan *old, gboolean back, const char *why,
                                    const char *by, TruceTime now);
/* For a milestone that its calendar has cancelled, has no longer, or has again, under that title: of kind changed. */
typedef enum {
  TRUCE_ALERT_EVENT_CANCELLED,
  TRUCE_ALERT_EVENT_GONE,
  TRUCE_ALERT_EVENT_RESUMED,
} TruceAlertEventCondition;
TruceAlert *truce_alert_for_event (const TruceDue *due, TruceAlertEventCondition condition, const TruceFeed *calendar,
                                   const char *title, TruceTime now);
/* For a date of what repeats that is one again, left out until now: before `next`, which was the next. `edit`: which
 * edit of the rule. Of kind changed. */
TruceAlert *truce_alert_for_return (const TruceDue *due, const TruceSpan *next, const char *why, guint edit,
                                    TruceTime now);
/* For what a calendar has that is not counted down to; the same `text` (a line each) is the same alert. */
TruceAlert *truce_alert_for_left_out (const TruceFeed *calendar, const char *text, TruceTime now);
/* For what becomes of a feed; `since` (of the streak) makes it one alert a streak. */
typedef enum {
  TRUCE_FEED_FAILING,
  TRUCE_FEED_RECOVERED,
  TRUCE_FEED_GONE,  /* 410 */
  TRUCE_FEED_STALE, /* answers, and has had nothing new for far longer than it ever had */
  TRUCE_FEED_FRESH, /* no longer stale */
  TRUCE_FEED_MOVED, /* for good, and polled there from now on */
} TruceFeedCondition;
TruceAlert *truce_alert_for_feed (const TruceFeed *feed, TruceFeedCondition condition, const char *reason,
                                  TruceTime since, TruceTime now);
/* For a date that draws near in silence: once a revision and kind of it. `since` is when the last was heard of it;
 * `details` are lines for people, "" none. */
typedef enum {
  TRUCE_SILENCE_NO_NEWS, /* its feeds work, and nothing in them matched */
  TRUCE_SILENCE_NO_FEED, /* none of them works */
} TruceSilence;
TruceAlert *truce_alert_for_silence (const TruceDue *due, TruceSilence silence, TruceTime since, const char *details,
                                     TruceTime now);
/* The id of that. (transfer full) */
char *truce_alert_silence_id (const char *milestone, guint revision, TruceSilence silence);
/* For trouble of truced's own: `what` names it and makes it one alert until `since` differs. */
TruceAlert *truce_alert_for_problem (const char *what, const char *title, const char *body, TruceTime since,
                                     TruceTime now);
/* For alerts (TruceAlert *, oldest first, two or more but in a summary) that are told as one. */
typedef enum {
  TRUCE_DIGEST_WAITED,   /* for different reasons */
  TRUCE_DIGEST_QUIET,    /* for quiet hours to end */
  TRUCE_DIGEST_BUDGET,   /* there were too many of them in an hour */
  TRUCE_DIGEST_LATE,     /* truced was not running, or the clock jumped */
  TRUCE_DIGEST_DAILY,    /* for the time of day at which a sink wants all that is not critical: one will do */
  TRUCE_DIGEST_CALENDAR, /* one reading of a calendar brought many */
  TRUCE_DIGEST_FEED,     /* one reading of a feed moved many dates */
} TruceDigestReason;
#define TRUCE_DIGEST_DAILY_WORD "daily" /* its `why` */
#define TRUCE_DIGEST_NAMED_MAX 100      /* alerts that a digest names: a record that every sink can carry */
/* `subject` is the title of the one milestone or watch that all are about, NULL: they differ; or of the calendar or
 * feed. `sinks` are told so: ids, NULL for all that take it. */
TruceAlert *truce_alert_for_digest (GPtrArray *alerts, TruceDigestReason reason, const char *subject,
                                    const char *const *sinks, TruceTime now);
/* A daily one, with what is `coming` (lines, "" none). */
TruceAlert *truce_alert_for_summary (GPtrArray *alerts, const char *subject, const char *const *sinks,
                                     const char *coming, TruceTime now);
TruceAlert *truce_alert_for_test (TruceTime now);

/* Low beyond 14 d, normal within 14 d, critical within 1 d and when due (DESIGN section 6). */
TruceUrgency truce_urgency_by_closeness (gint64 seconds_left);

G_END_DECLS
