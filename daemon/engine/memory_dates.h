/* SPDX-License-Identifier: MIT */
/* memory_dates.h: what the store in memory keeps of dates: their history, what was told of them, what users
 * have said, and what is remembered of calendars. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceMemoryDates TruceMemoryDates;

TruceMemoryDates *truce_memory_dates_new (void);
void truce_memory_dates_free (TruceMemoryDates *dates);
/* Takes copies of the commit's window, firings, revisions, amendments, moves and what it remembers of a calendar. */
void truce_memory_dates_commit (TruceMemoryDates *dates, const TruceCommit *commit);
TruceTime truce_memory_dates_window (const TruceMemoryDates *dates);
TruceTime truce_memory_dates_reached (const TruceMemoryDates *dates);
TruceTime truce_memory_dates_leapt (const TruceMemoryDates *dates);
gboolean truce_memory_dates_firing_done (const TruceMemoryDates *dates, const char *milestone, guint revision,
                                         const char *key);
GPtrArray *truce_memory_dates_firings_after (const TruceMemoryDates *dates, TruceTime after);
GPtrArray *truce_memory_dates_firings_of (const TruceMemoryDates *dates, const char *milestone, guint revision);
/* Copies, as the store port gives them. */
GPtrArray *truce_memory_dates_latest (const TruceMemoryDates *dates);
GPtrArray *truce_memory_dates_history (const TruceMemoryDates *dates, const char *milestone);
GPtrArray *truce_memory_dates_amendments (const TruceMemoryDates *dates);
GPtrArray *truce_memory_dates_moves (const TruceMemoryDates *dates);
/* Forgets what was told before `oldest`, moves that were last heard of before it, and of
 * what repeats, the dates that passed before it, but for the last. */
void truce_memory_dates_expire (TruceMemoryDates *dates, TruceTime oldest);
char *truce_memory_dates_book (const TruceMemoryDates *dates, const char *calendar); /* NULL: none */

G_END_DECLS
