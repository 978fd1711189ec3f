/* SPDX-License-Identifier: MIT */
/* amended.h: a configuration with what users have said since (deadline/amendment.h) laid over it.
 *
 * Pure: the same configuration and the same amendments always make the same dates, so that taking an amendment back is
 * no more than laying on the others. */
#pragma once

#include "config/config.h"
#include "deadline/amendment.h"

G_BEGIN_DECLS

/* `config` as amended by `amendments` (of TruceAmendment, in their order): a configuration of its own that shares with
 * `config` whatever is not amended. (transfer full)
 *
 * - A date is in force from when it was given; a `revised` line with a later WHEN takes its place in turn.
 * - A date that took the place of a configured statement holds only while that statement stands: whoever has edited the
 *   file since has the last word.
 * - Dates that are based on an amended one move along, through any depth.
 * - A date that can no longer be read (its base is gone, or leans on it in turn) is what it was when it was given.
 * - Amendments that were taken back, or whose milestone is not there, are passed over.
 * - What was said of the date of a day goes along with it when it begins to repeat, and when it repeats no more.
 * - One made after `now` (the clock has been set back since) holds from `now`. */
TruceConfig *truce_config_amend (TruceConfig *config, const GPtrArray *amendments, TruceTime now);

/* Is there in `config`, an amended one, what `amendment` was said of? */
gboolean truce_config_has_said_of (const TruceConfig *config, const TruceAmendment *amendment);

/* Does the date of milestone `id`, at any remove, lean on itself, were it stated as `when`? */
gboolean truce_config_leans_on_itself (const TruceConfig *config, const char *id, const TruceWhen *when);

/* The configured statement in force at `at`: what a new date takes the place of. */
const char *truce_config_statement_at (const TruceConfig *config, const char *id, TruceTime at);

G_END_DECLS
