/* SPDX-License-Identifier: MIT */
/* poll_private.h: what one poll says of its feed's health, its address, and of who is to blame for its failure. */
#pragma once

#include "engine/engine_private.h"

G_BEGIN_DECLS

/* --- health.c --- */

/* Into the log of its polls. */
void truce_health_record (FeedRun *run, const TrucePollFacts *facts, guint64 bytes, guint items, guint n_new,
                          TruceTime now);
/* Counts a poll among its last ones; and takes the last one back, since that was not the feed's fault. */
void truce_health_count (FeedRun *run, gboolean failed);
void truce_health_discount (FeedRun *run);
/* What of it is told. */
void truce_health_tell (TruceEngine *engine, TruceCommit *commit, FeedRun *run, const TrucePollFacts *facts,
                        TruceTime now);

/* --- moved.c --- */

/* Where it is polled: where it has moved to, else where it is configured to be; NULL for a file. */
const char *truce_moved_address (const FeedRun *run);
/* A poll was answered; `moved_to`: by a redirect for good to there, NULL: by none. */
void truce_moved_follow (TruceEngine *engine, FeedRun *run, const TrucePollFacts *facts, const char *moved_to,
                         TruceCommit *commit, TruceTime now);
/* Has the feed of `state` moved to `url`, where it is configured to be now? Then it is the state of that. */
gboolean truce_moved_is_there (TruceFeedState *state, const char *url);

/* --- blame.c --- */

/* `run`, whose poll began at `began`, had no answer, or had one (which is good news for all). */
void truce_blame_no_answer (TruceEngine *engine, const FeedRun *run, TruceTime began, TruceTime now);
void truce_blame_answer (TruceEngine *engine, FeedRun *run, TruceTime now);
/* The fetcher was lost while it was on `run`. TRUE: `run` is to blame. */
gboolean truce_blame_lost (TruceEngine *engine, FeedRun *run, const char *error);
/* Tells what is wrong for all, once an outage, when the round that found it has ended: so that all are named. */
void truce_blame_tell (TruceEngine *engine, TruceTime now);

G_END_DECLS
