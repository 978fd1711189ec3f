/* SPDX-License-Identifier: MIT */
/* stories.h: the same news from many feeds is one alert that grows. */
#pragma once

#include "engine/recognise.h"

G_BEGIN_DECLS

/* `alert` (transfer full) tells of `entry`, which `feed` brought: into `commit` goes that, or the alert of the story
 * that the entry joins, grown by it. */
void truce_stories_tell (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceAlert *alert,
                         TruceTime now, TruceCommit *commit);

G_END_DECLS
