/* SPDX-License-Identifier: MIT */
/* What the engine's parts share: its state, and the step of each part. */
#pragma once

#include "deadline/schedule.h"
#include "engine/engine.h"
#include "engine/story_index.h"
#include "news/pollplan.h"

G_BEGIN_DECLS

/* A configured feed while it runs. */
typedef struct {
  const TruceFeed *feed; /* of the running config */
  TruceFeedState state;
  char *host;     /* what politeness counts by; NULL for a file */
  TruceTime next; /* when it is looked at next: due, or when its host is free again */
  gboolean in_flight;
  gboolean waits;     /* in its host's queue */
  gboolean unread;    /* its state could not be read yet */
  guint losses;       /* how often a fetcher that works was lost on it, in a row */
  guint64 lost_after; /* engine->n_answers at the last loss */
} FeedRun;

/* A host while feeds of it are polled. */
typedef struct {
  guint n_feeds; /* whose `host` it is */
  gboolean busy;
  gboolean held; /* until then because it said so (429), not for the usual pause */
  TruceTime not_before;
  GQueue waiting; /* FeedRun * */
} HostRun;

struct _TruceEngine {
  TruceConfig *configured;
  TruceConfig *base;         /* with the milestones of its calendars */
  TruceConfig *config;       /* with the amendments laid over it: what holds */
  GPtrArray *amendments;     /* TruceAmendment *, all that were ever made, by number */
  char *occasion;            /* why dates change in this step, where it is not their own reason; NULL */
  char *occasion_by;         /* and who has it so */
  gboolean occasion_is_date; /* a date was taken back, and not that it was met or cancelled */
  TrucePorts ports;
  TruceEngineOptions options;
  TruceTime last_now; /* of the last wake: a smaller one now is a backward step */
  TruceTime armed;    /* for when; MIN before the first step */
  TruceTime next_expiry;
  TruceTime next_hour;                  /* when what shows how time goes on is told of it */
  gint64 n_raised[TRUCE_N_ALERT_KINDS]; /* alerts, since the engine was made */
  GQueue words;                         /* Word *: of alerts that are stored, and not announced yet */
  gboolean waking, wake_again, wake_soon;
  gboolean held_told;     /* hold.c: the alert was raised */
  gboolean rules_changed; /* rules.c: the zone database has, since the last step */
  gboolean look_back;     /* deadlines.c: a clock that was ahead may have recorded what is still to come */

  /* hold.c */
  TruceTime held_since; /* deadlines wait, since then by that clock; NONE: they do not */
  TruceTime held_floor; /* it is later than that */
  char *held_alert;     /* the id of the alert that says so */
  TruceTime reached;    /* the latest that the clock is known to have been; NONE: nothing is known */
  TruceTime leapt;      /* a leap ahead that nobody may believe yet; NONE */
  TruceTime leapt_kept; /* what the store was given of that: MAX none */

  /* deadlines.c */
  TruceSchedule *schedule;
  TruceTime looked;         /* what was due up to then has been looked at; NONE: never */
  GHashTable *revisions;    /* milestone id -> TruceStoredRevision *: the dates in force */
  TruceTime next_change;    /* when a configured revision or ending comes into force */
  gboolean schedule_is_old; /* rebuild before taking from it */
  GHashTable *unanswered;   /* nagging.c: the dates of which nobody has answered an alert */

  /* unsaved.c */
  GQueue unsaved;              /* TruceCommit *: could not be written yet */
  GHashTable *unsaved_ids;     /* set of the ids of alerts that were told since the first of them */
  GHashTable *unsaved_firings; /* set of "milestone revision key" */
  GHashTable *unsaved_told;    /* alert id -> GPtrArray of TruceDeliveryRecord *: what its sinks have said meanwhile */
  TruceTime retry_unsaved;
  TruceTime trouble_since, trouble_last; /* of the store: NONE never */

  /* unread.c */
  char *unread;           /* why something could not be read, which is still to be told; NULL */
  TruceTime retry_unread; /* NONE: all can be read */

  /* together.c */
  GPtrArray *together; /* TruceCommit *: polls that raised nothing, to be written as one */
  TruceTime together_since;

  /* polls.c */
  GHashTable *feeds;    /* feed id -> FeedRun * */
  GTree *by_next;       /* FeedRun * not in flight and not waiting, by `next` */
  GHashTable *hosts;    /* host key -> HostRun * */
  GHashTable *requests; /* set of Request * under way */
  guint in_flight;
  GQueue readings;         /* Request *: whose documents are gone through */
  gboolean has_read;       /* in this turn */
  GHashTable *unreachable; /* ids of feeds whose last poll had no answer, since the last answer from anywhere */
  gboolean network_down;
  TruceTime network_retry; /* no poll before, while it is down */
  TruceTime network_since; /* the first failure of this outage; NONE */
  gboolean network_told;
  guint64 n_answers;     /* of any feed: that the fetcher works */
  TruceTime last_answer; /* of any feed; MIN: none */
  TruceTime lost_since;  /* the first loss of the fetcher since an answer; NONE */
  char *lost_error;
  gboolean lost_told;

  /* silence.c */
  GHashTable *heard;      /* milestone id -> TruceTime: when an entry last matched it */
  TruceTime silence_next; /* when it is looked for next */
  GHashTable *archive;    /* simulate.c: id -> TruceFeed *: nothing is polled, and these work all the while; NULL */

  /* stories.c */
  TruceStoryIndex *stories; /* of the last days */
  TruceTime stories_forget; /* when older ones are let go next */

  /* moves.c */
  GPtrArray *moves;         /* TruceProposal *, as they were first seen */
  TruceProposal *accepting; /* what the amendment comes from that is being written; NULL */

  /* calendars.c */
  gboolean calendars_are_old; /* what is remembered has changed: to be laid on anew */
  GHashTable *books;          /* calendar -> TruceEventBook * */
  GHashTable *unread_books;   /* set of the calendars whose book could not be read, and is empty until it can */

  /* outbox.c */
  GHashTable *sinks;         /* sink id -> SinkRun * */
  GHashTable *told;          /* budget.c: sink and subject -> GArray of TruceTime */
  gboolean calm_is_old;      /* what waits is to be judged anew */
  GPtrArray *unsaved_pulled; /* desk.c: alerts that could not be written, and wait to be pulled */
  GHashTable *unrecorded;    /* set of "sink alert": delivered while that could not be written */

  /* glance.c */
  TruceTime glance_until; /* when the soonest date passes; MIN: not known, NONE: there is none */
};

/* --- engine.c --- */

/* Writes `commit` (transfer full), tells `raised` of what is new in it, and keeps it for later when it cannot be
 * written; then its alerts are delivered all the same. */
void truce_engine_commit (TruceEngine *engine, TruceCommit *commit);
/* Tells the bus of alerts (TruceAlert *) that are new. */
void truce_engine_tell_raised (TruceEngine *engine, GPtrArray *alerts);
/* The same, but writes it now or not at all: FALSE when it cannot be written. */
gboolean truce_engine_try_commit (TruceEngine *engine, TruceCommit *commit);
gboolean truce_engine_takes (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert);
/* The ids of the sinks that take `alert`, (transfer full). */
char **truce_engine_sinks_for (TruceEngine *engine, const TruceAlert *alert);
/* Tells of alerts (TruceAlert *) that have grown. */
void truce_engine_tell_grown (TruceEngine *engine, const GPtrArray *alerts);
/* Adds `alert` (transfer full) to `commit` for all sinks that take it. */
void truce_engine_add_alert (TruceEngine *engine, TruceCommit *commit, TruceAlert *alert);
/* Has `alerts` of `commit` (not owned) told by one digest to all sinks that take that too. `subject`: see
 * truce_alert_for_digest(). */
void truce_engine_tell_as_one (TruceEngine *engine, TruceCommit *commit, GPtrArray *alerts, TruceDigestReason reason,
                               const char *subject);
void truce_engine_changed (TruceEngine *engine, const char *what);
/* Wakes now, or once others have had their turn when there was much to do since `began`. */
void truce_engine_wake_after (TruceEngine *engine, TruceTime began);
/* May this step begin on more of what the next one could do? */
gboolean truce_engine_has_time (TruceEngine *engine);
/* Arms the one wake-up. */
void truce_engine_arm (TruceEngine *engine, TruceTime now);

/* --- together.c --- */

void truce_together_init (TruceEngine *engine);
void truce_together_clear (TruceEngine *engine);
/* The end of a poll (transfer full): written soon, with others, when it may be forgotten; else now, after those. */
void truce_together_commit (TruceEngine *engine, TruceCommit *commit);
/* Writes all that waits: before the store is changed or asked by anything else. */
void truce_together_write (TruceEngine *engine);
/* Writes them when it is time, or no more polls are under way. */
void truce_together_step (TruceEngine *engine, TruceTime now);
TruceTime truce_together_next (const TruceEngine *engine);

/* --- hold.c --- */

void truce_hold_init (TruceEngine *engine);
void truce_hold_clear (TruceEngine *engine);
/* At every step. TRUE: deadlines are not to be looked at. */
gboolean truce_hold_step (TruceEngine *engine, TruceTime now);
/* Puts into `commit` that they have been looked at up to `now`. */
void truce_hold_reached (TruceEngine *engine, TruceCommit *commit, TruceTime now);
/* When to look again while deadlines wait. */
TruceTime truce_hold_next (const TruceEngine *engine);
/* Has the clock leapt so far ahead that nothing may be forgotten, and nothing taken as past, on its word alone? */
gboolean truce_hold_doubts (const TruceEngine *engine);
/* What the clock reads and why that cannot be, while deadlines wait; NULL: they do not. (transfer full) */
char *truce_hold_words (TruceEngine *engine, TruceTime now);
/* TRUE, and an error, while deadlines wait: what is said of dates now would be dated wrongly. */
gboolean truce_hold_refuses (TruceEngine *engine, GError **error);
/* Did truced itself acknowledge this, since the clock was set? No user said so, and none can take it back. */
gboolean truce_hold_withdrew (const TruceStoredAlert *stored);

/* --- hindsight.c --- */

/* Puts into `commit` what takes back the judgements of a clock that was ahead. */
void truce_hindsight_correct (TruceEngine *engine, TruceCommit *commit, TruceTime now, GArray *firings);

/* --- rules.c --- */

/* Is the date of `revision` another instant than `old` for no other reason than that its zone's rules have changed? */
gboolean truce_rules_shifted (const TruceEngine *engine, const TruceStoredRevision *old, const TruceRevision *revision);
/* Why the words of a date stand for another instant, when its zone or the rules of that are why; NULL. (transfer full)
 */
char *truce_rules_reason (const TruceEngine *engine, const TruceStoredRevision *old, const TruceRevision *revision);
#define TRUCE_WHY_RULES "the time zone database has changed" /* why a date moved that nobody has moved */
/* Is the zone of `old` the one that its readers live by? */
gboolean truce_rules_are_ours (const TruceEngine *engine, const TruceStoredRevision *old);
/* Has `old` be at the instants of `revision`, under the same number. How far back to look for firings of it, a length:
 * those that have come to lie before now, and were not told. */
TruceTime truce_rules_shift (TruceEngine *engine, TruceCommit *commit, const TruceStoredRevision *old,
                             const TruceRevision *revision);

/* --- deadlines.c --- */

void truce_deadlines_init (TruceEngine *engine);
void truce_deadlines_clear (TruceEngine *engine);
/* After a config was adopted, or the clock stepped back: nothing of the schedule holds. */
void truce_deadlines_reset (TruceEngine *engine);
void truce_deadlines_step (TruceEngine *engine, TruceTime now);
TruceTime truce_deadlines_next (TruceEngine *engine);
/* Records `revision` (transfer full) as the date in force, in memory and in `commit`. */
void truce_deadlines_take (TruceEngine *engine, TruceCommit *commit, TruceStoredRevision *revision);
/* Tells of a milestone that is seen for the first time and within its leads; `quiet`: only records which have been
 * crossed. `firings` is to work in. */
void truce_deadlines_greet (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, guint number,
                            const TruceSpan *span, gboolean quiet, TruceTime now, GArray *firings);
/* The date in force of `milestone`: `ret_span` to be cleared. */
void truce_deadlines_current (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now, guint *ret_revision,
                              TruceSpan *ret_span);

/* --- repeating.c --- */

/* How a date is met that truced has not seen before. */
typedef enum {
  TRUCE_WELCOME_TOLD,     /* what of its leads has passed is told at once */
  TRUCE_WELCOME_QUIET,    /* it is not */
  TRUCE_WELCOME_EXPECTED, /* it was known to come: its leads are told as if it had always been there */
} TruceWelcome;
/* Is it no date, but the rule of dates that repeat, as it is remembered under their common id? */
gboolean truce_repeating_is_rule (const TruceStoredRevision *stored);
/* `number`: of its date; `ret_since`: since when it counts as known. Into `commit` goes what was told of it before it
 * began to repeat. */
TruceWelcome truce_repeating_welcome (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone,
                                      guint number, TruceTime now, TruceTime *ret_since);
/* The date that `milestone` had last, where `seen` is what is remembered under its id: when that is the rule of what
 * repeats no more, it is one of those dates, and what was told of that goes into `commit`. */
const TruceStoredRevision *truce_repeating_single_out (TruceEngine *engine, TruceCommit *commit,
                                                       const TruceMilestone *milestone, const TruceRevision *revision,
                                                       const TruceStoredRevision *seen, TruceTime now);
/* Is it an occurrence, and not the one that comes next? A change of the rule is told of that one. */
gboolean truce_repeating_is_aside (TruceEngine *engine, const TruceMilestone *milestone);
/* When all occurrences were met: remembers rules, and tells where an edited one has taken a date away. */
void truce_repeating_settle (TruceEngine *engine, TruceCommit *commit, TruceTime now);

/* --- nagging.c --- */

/* Are repetitions of `milestone` under `revision` not to be told at `now`? Once one of the alerts that say that the
 * date has come was acknowledged, for good; while one is snoozed, until it returns. */
gboolean truce_nagging_holds (TruceEngine *engine, const TruceMilestone *milestone, guint revision, TruceTime now);
/* Somebody may have answered an alert meanwhile: what was found is looked up again. */
void truce_nagging_look_again (TruceEngine *engine);
/* Has its date passed, and has nobody met, cancelled or acknowledged it? Not if it had when it was first seen. */
gboolean truce_nagging_is_overdue (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);
/* How many of those that are shown. */
guint truce_nagging_n_overdue (TruceEngine *engine, TruceTime now);
/* The ids of the acknowledged alerts that this rests on, which must not be forgotten. (transfer full) */
char **truce_nagging_answers (TruceEngine *engine, TruceTime now);

/* --- amend.c --- */

/* Reads the amendments and lays them over `config`. */
void truce_amend_init (TruceEngine *engine, TruceConfig *config);
void truce_amend_clear (TruceEngine *engine);
void truce_amend_adopt (TruceEngine *engine, TruceConfig *config);
/* The same with the configuration as it was, when what is remembered of calendars has changed. */
void truce_amend_rebase (TruceEngine *engine);
/* Lays them over it again: after one more, one less, or a backward step. */
void truce_amend_again (TruceEngine *engine);

/* --- calendars.c --- */

void truce_calendars_init (TruceEngine *engine);
void truce_calendars_clear (TruceEngine *engine);
/* `config` with what is remembered of its calendars. (transfer full) */
TruceConfig *truce_calendars_lay (TruceEngine *engine, TruceConfig *config);
/* Is it not known what was in it before? Then nothing can be said of what is in it now. */
gboolean truce_calendars_is_unread (TruceEngine *engine, const char *calendar);
/* Takes in what `calendar` was read as, and puts what comes of it into `commit`. TRUE when anything was new. */
gboolean truce_calendars_collect (TruceEngine *engine, const TruceFeed *calendar, const TruceEventCalendar *read,
                                  TruceTime now, TruceCommit *commit);
/* Lays it on, when it has changed. */
void truce_calendars_step (TruceEngine *engine, TruceTime now);
/* Has the alerts about many events of one calendar told as one. */
void truce_calendars_fold (TruceEngine *engine, TruceCommit *commit);

/* --- outdated.c --- */

/* Does `alert` speak of a date that has moved since, or of a milestone that has ended or is gone? */
gboolean truce_alert_is_outdated (TruceEngine *engine, const TruceAlert *alert, TruceTime now);
/* Nobody who pulls is to find what is outdated: it would only be withdrawn again. Records (a journal) get it late. */
void truce_outdated_withdraw (TruceEngine *engine, TruceTime now);

/* --- polls.c --- */

void truce_polls_init (TruceEngine *engine);
void truce_polls_clear (TruceEngine *engine);
void truce_polls_adopt (TruceEngine *engine);
void truce_polls_step (TruceEngine *engine, TruceTime now);
/* Nothing was polled for a while: those that have been due for longer than `late` come one after another over a few
 * minutes, not all at once. */
void truce_polls_spread (TruceEngine *engine, TruceTime late, TruceTime now);
/* Is there no other feed of its host? */
gboolean truce_polls_is_alone (TruceEngine *engine, const FeedRun *run);
/* Until then its host is asked nothing, for any feed. */
void truce_polls_hold_host (TruceEngine *engine, const FeedRun *run, TruceTime until);
/* When it is polled next, and why then: (transfer none). */
TruceTime truce_polls_next_of (TruceEngine *engine, const FeedRun *run, const char **ret_reason);
TruceTime truce_polls_next (TruceEngine *engine, TruceTime now);
/* Is a poll due that has not been made, be it that its host is still busy? None is while the network is down. */
gboolean truce_polls_owed (TruceEngine *engine, TruceTime now);
/* The clock was set back to `now`: what was to be waited is waited from here. */
void truce_polls_set_back (TruceEngine *engine, TruceTime now);
FeedRun *truce_polls_find (TruceEngine *engine, const char *id);
void truce_polls_reschedule (TruceEngine *engine, FeedRun *run, TruceTime next);
/* Ends a poll: its host is free again, and the feed waits for its next due time. */
void truce_polls_ended (TruceEngine *engine, FeedRun *run, TruceTime now);

/* --- poll.c: one poll from its start to its end --- */

void truce_poll_start (TruceEngine *engine, FeedRun *run, TruceTime now);
/* Goes on with a document that takes several turns: a part of it, or its end. */
void truce_poll_go_on (TruceEngine *engine);
/* An empty set of polls under way, which owns them. */
GHashTable *truce_poll_requests_new (void);

/* --- blame.c (engine/poll_private.h) --- */

void truce_set_text (char **slot, const char *text); /* frees what was there; `text` is copied and may be NULL */

/* --- news.c --- */

/* What a poll brought. */
typedef struct {
  GPtrArray *items; /* TruceItem * */
  const char *home; /* the feed's own page; NULL */
  gboolean first;   /* nothing was read at this address before */
  guint8 *identity; /* TruceIdentityFlags: what is known of the feed, and more may be noticed */
} TruceBrought;

/* --- stories.c (engine/stories.h) --- */

void truce_stories_init (TruceEngine *engine);
void truce_stories_clear (TruceEngine *engine);

/* --- control.c --- */

/* The alert whose id begins with `prefix`, (transfer full); NULL and an error when there is none or several. */
TruceStoredAlert *truce_engine_find_alert (TruceEngine *engine, const char *prefix, GError **error);

/* --- returning.c --- */

/* What is told at `now` of an alert that was raised earlier: its words as of now. NULL, and why in `ret_why`, when it
 * was put off (`put_off`) and has nothing to say any more: its milestone has moved, has ended or is gone. */
TruceAlert *truce_returning_alert (TruceEngine *engine, TruceAlert *alert, gboolean put_off, TruceTime now,
                                   const char **ret_why);
/* By what a receiver knows this telling of it from an earlier one. (transfer full) */
char *truce_returning_name (const TruceStoredAlert *stored);

/* --- calm.c --- */

/* Does it come at another time than it was raised because somebody wanted it so, and not because its sink failed? */
gboolean truce_calm_put_off (const TruceOutboxEntry *entry, const TruceStoredAlert *stored);
/* Until when `sink` is not told of `alert` at `now`; an instant that has passed: it is. */
TruceTime truce_calm_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now);
/* Puts it off until then, and writes down why where a budget holds it back. FALSE: that could not be written. */
gboolean truce_calm_put_by (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime until,
                            TruceTime now);
/* Before the sinks are served: makes digests of what comes as one. */
void truce_calm_step (TruceEngine *engine, TruceTime now);

/* --- budget.c --- */

/* Until when the budget of its milestone or watch holds `alert` back from `sink`; an instant that has passed: it does
 * not. */
TruceTime truce_budget_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now);
/* How much of it is spent, where that holds `alert` back from `sink` until `until`; NULL: it is not that.
 * (transfer full) */
char *truce_budget_why (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime until,
                        TruceTime now);
/* The same as "told", "budget" and "since", of one that waits. */
void truce_budget_to_json (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now,
                           json_t *waiting);
/* The line that it, a digest of headlines, goes back to. (transfer full) */
char *truce_budget_rule (TruceEngine *engine, const TruceAlert *digest);
/* `sink` was told of it. */
void truce_budget_told (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now);

/* --- outbox.c --- */

/* Was it delivered, and could that not be written down yet? */
gboolean truce_outbox_is_unrecorded (TruceEngine *engine, const TruceOutboxEntry *entry);
/* Writes down what of that can be: before the outbox is served, or changed by anybody else. FALSE: not all. */
gboolean truce_outbox_record (TruceEngine *engine, TruceTime now, GError **error);
/* Is `sink` neither waiting for its next try nor at an alert? */
gboolean truce_outbox_is_open (TruceEngine *engine, const char *sink, TruceTime now);
/* When its next try is; an instant that has passed: it waits for none. */
TruceTime truce_outbox_opens (TruceEngine *engine, const char *sink);
/* The id of the alert that it is at; NULL: none. */
const char *truce_outbox_is_at (TruceEngine *engine, const char *sink);
/* Is any sink at an alert? */
gboolean truce_outbox_in_flight (TruceEngine *engine);

void truce_outbox_init (TruceEngine *engine);
void truce_outbox_clear (TruceEngine *engine);
/* Before the first step. */
void truce_outbox_begin (TruceEngine *engine);
/* Another configuration may have mended what a sink waits for. */
void truce_outbox_adopt (TruceEngine *engine);
/* Somebody wants `sink` to wait no longer for its next try. */
void truce_outbox_try_now (TruceEngine *engine, const char *sink, TruceTime now);
void truce_outbox_step (TruceEngine *engine, TruceTime now);
/* What became of deliveries is on the disk from here on; a step ends with it. */
void truce_outbox_sync (TruceEngine *engine);
TruceTime truce_outbox_next (TruceEngine *engine, TruceTime now);
/* The clock was set back to `now`: sinks that wait are tried again, with what they have not taken yet. */
void truce_outbox_set_back (TruceEngine *engine, TruceTime now);
/* An alert that could not be written when its sinks had it now is: `told` (TruceDeliveryRecord *) is what they said. */
void truce_outbox_record_told (TruceEngine *engine, const char *id, const GPtrArray *told);
/* Delivers without the store: for alerts that could not be written. (transfer full): the sinks that would not take it
 * now, and are owed it still. */
char **truce_outbox_deliver_unsaved (TruceEngine *engine, TruceAlert *alert, const char *const *sinks);

/* --- silence.c --- */

void truce_silence_init (TruceEngine *engine);
void truce_silence_clear (TruceEngine *engine);
/* To be looked for anew: dates or the clock have changed. */
void truce_silence_reset (TruceEngine *engine);
/* Nothing is polled: news is of `archive` (id -> TruceFeed *, for those that are not configured), which lives as long
 * as the engine. Its feeds have all that they ever had, so that they count as working. */
void truce_silence_assume (TruceEngine *engine, GHashTable *archive);
/* An entry has matched `milestone`. */
void truce_silence_heard (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now);
/* A poll has failed: perhaps it was of the last feed that worked. */
void truce_silence_look_again (TruceEngine *engine, TruceTime now);
void truce_silence_step (TruceEngine *engine, TruceTime now);
/* The ids of the milestones with a query of whose feeds none works, or that have none: an array. (transfer full) */
json_t *truce_silence_deaf (TruceEngine *engine, TruceTime now);
TruceTime truce_silence_next (const TruceEngine *engine);

/* --- desk.c --- */

void truce_desk_init (TruceEngine *engine);
void truce_desk_clear (TruceEngine *engine);
/* `alert` could not be written, and waits to be pulled all the same. */
void truce_desk_add_unsaved (TruceEngine *engine, TruceAlert *alert);
/* What could not be written now is: with it, who was shown it. */
void truce_desk_saved (TruceEngine *engine);

/* --- glance.c --- */

/* How many feeds and calendars fail. */
guint truce_glance_failing (TruceEngine *engine);
/* The milestone that is due soonest among those ahead, or NULL; `ret_due` NONE then. */
const TruceMilestone *truce_glance_next (TruceEngine *engine, TruceTime now, TruceTime *ret_due);
/* The dates may be others now. */
void truce_glance_note_change (TruceEngine *engine);
/* When the soonest date passes, which is told as a change. */
TruceTime truce_glance_turn (TruceEngine *engine, TruceTime now);
void truce_glance_step (TruceEngine *engine, TruceTime now);

/* --- view_trouble.c --- */

/* Adds to a status what cannot be written (`unsaved`), and the sinks that fail (`sinks_failing`). */
void truce_view_trouble (TruceEngine *engine, json_t *record);

G_END_DECLS
