/* SPDX-License-Identifier: MIT */
/* stories.h: the same news from many feeds is one alert that grows. */
#pragma once

#include "engine/recognise.h"

G_BEGIN_DECLS

/* `alert` (transfer full) tells of `entry`, which `feed` brought: into `commit` goes that, or the alert of the story
 * that the entry joins, grown by it. */
void truce_stories_tell (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceAlert *alert,
                         TruceTime now, TruceCommit *commit);

/* `alert` (transfer full), about a move that `entry` says, goes into `commit`, and stands for the story of that: what
 * joins it says the same of the date, and does not ring. */
void truce_stories_begin (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceAlert *alert,
                          TruceTime now, TruceCommit *commit);

/* The alert `id` as it is by now, be it in `commit` still. NULL: it has aged out, or cannot be read. (transfer full) */
TruceAlert *truce_told_find (TruceEngine *engine, const TruceCommit *commit, const char *id);
/* Puts `after` (transfer full), which an alert has grown to, into `commit`, once: its last form counts. `sinks` are
 * told again; NULL: none. */
void truce_told_grow (TruceCommit *commit, TruceAlert *after, const char *const *sinks);

G_END_DECLS
