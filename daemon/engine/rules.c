/* SPDX-License-Identifier: MIT */
/* A country has changed its clocks: the same words about a date are another instant by the new zone database.
 *
 * Whoever lives by that clock sees no change: 17:00 is 17:00. The date keeps its number then, and what was told of it
 * stays told; only its instant is another. For everyone else it moves, and they are told. */
#include <string.h>

#include "engine/engine_private.h"

/* Clocks are changed by an hour or so. Whole days are a holiday, or a date that this one is based on. */
#define SHIFT_MAX (12 * TRUCE_HOUR)

/* What a date is based on may have moved instead, which is none of the zone database's doing. */
static gboolean
is_relative (const char *statement)
{
  return strstr (statement, "milestone:") || strstr (statement, "starts");
}

static gboolean
is_shift (TruceTime from, TruceTime to)
{
  return ABS (to - from) < SHIFT_MAX;
}

gboolean
truce_rules_shifted (const TruceEngine *engine, const TruceStoredRevision *old, const TruceRevision *revision)
{
  return g_strcmp0 (old->statement, revision->statement) == 0 &&
         g_strcmp0 (old->zone, truce_zone_name (revision->span.zone)) == 0 &&
         is_shift (old->due, revision->span.earliest) && is_shift (old->due_latest, revision->span.latest) &&
         (engine->rules_changed || !is_relative (revision->statement));
}

char *
truce_rules_reason (const TruceEngine *engine, const TruceStoredRevision *old, const TruceRevision *revision)
{
  const char *zone = truce_zone_name (revision->span.zone);

  if (truce_rules_shifted (engine, old, revision))
    return g_strdup (TRUCE_WHY_RULES);
  if (g_strcmp0 (old->statement, revision->statement) == 0 && old->zone && strcmp (old->zone, zone) != 0)
    return g_strdup_printf ("its time zone is %s now, and was %s", zone, old->zone);
  return NULL;
}

gboolean
truce_rules_are_ours (const TruceEngine *engine, const TruceStoredRevision *old)
{
  return g_strcmp0 (old->zone, truce_zone_name (truce_config_zone (engine->config))) == 0;
}

TruceTime
truce_rules_shift (TruceEngine *engine, TruceCommit *commit, const TruceStoredRevision *old,
                   const TruceRevision *revision)
{
  TruceStoredRevision *shifted = truce_stored_revision_copy (old);
  TruceTime overlap = MAX (ABS (revision->span.earliest - old->due), ABS (revision->span.latest - old->due_latest));

  shifted->due = revision->span.earliest;
  shifted->due_latest = revision->span.latest;
  truce_deadlines_take (engine, commit, shifted);
  return overlap;
}
