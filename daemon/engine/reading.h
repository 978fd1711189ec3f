/* SPDX-License-Identifier: MIT */
/* reading.h: a feed's document from its arrival until it is told.
 *
 * What its entries match, what they say of dates and what they are to be compared by is found out once an entry, when
 * it is first asked for. That changes nothing, and is most of the work: of a long document a part is found out in each
 * turn of the main loop, so that nobody waits for all of it, and what follows of the whole is done in one turn and
 * written in one transaction. */
#pragma once

#include "engine/recognise.h"
#include "news/matcher.h"
#include "news/move.h"
#include "news/story.h"

G_BEGIN_DECLS

typedef struct _TruceReading TruceReading;

#define TRUCE_READING_A_TURN 50 /* entries at the most: those of an ordinary feed, which is read at once */

/* The items of `brought` stay the caller's, and live as long as this does; `brought->identity` is written to now.
 * NULL: the store cannot say which of them are new. */
TruceReading *truce_reading_new (TruceEngine *engine, const TruceFeed *feed, const TruceBrought *brought);
void truce_reading_free (TruceReading *reading); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceReading, truce_reading_free)

/* Finds out more, in a turn that began at `began`: by the configuration that holds, and where that is another by now,
 * from the beginning. */
void truce_reading_go_on (TruceReading *reading, TruceEngine *engine, const TruceFeed *feed, TruceTime began);
/* Is there no more to find out? */
gboolean truce_reading_is_done (const TruceReading *reading, const TruceEngine *engine);
/* Puts what it gives rise to into `commit`: what was seen, and alerts. How many entries were new. (news.c) */
guint truce_news_tell (TruceEngine *engine, const TruceFeed *feed, TruceReading *reading, TruceTime now,
                       TruceCommit *commit);

/* Marks all as seen in `commit`, and gives its entries (TruceEntry), in the order of the document: (transfer none). */
const GArray *truce_reading_end (TruceReading *reading, TruceCommit *commit);

/* Is an entry of it that is new, or has another headline, told, or only marked seen? */
gboolean truce_reading_is_news (const TruceReading *reading, const TruceFeed *feed, const TruceEntry *entry,
                                TruceTime now);

/* --- what is known of an entry, found out where it is not yet --- */

/* The queries that it matches and that count in that feed: TruceHit. (transfer none) */
const GArray *truce_findings_hits (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceTime now);
/* The words that they found in it, and the expression that was given up on it, or NULL: after truce_findings_hits().
 * (transfer none) */
const char *const *truce_findings_words (const TruceEntry *entry);
const char *truce_findings_gave_up (const TruceEntry *entry);
/* What `news`, which are its words, say of the date of `milestone`. (transfer none) */
const TruceMove *truce_findings_said (const TruceEntry *entry, const TruceMilestone *milestone,
                                      const TruceMoveNews *news);
/* As truce_story_sign() has it for an alert that these words found. (transfer none) */
const TruceStorySignature *truce_findings_signature (const TruceFeed *feed, const TruceEntry *entry,
                                                     const char *const *words, TruceTime now);

G_END_DECLS
