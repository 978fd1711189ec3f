/* SPDX-License-Identifier: MIT */
/* After a clock that was ahead has been put right: what it recorded of dates that are still to come.
 *
 * By that clock, leads were past that are not: some as older than the grace, and untold; some within the one alert for
 * all that had been crossed; some in an alert of their own, at the wrong time. None of them would fall due again. So
 * the date gets another number: its leads are told anew, each at its time, and whatever popup still says otherwise is
 * withdrawn. What was told in time is told no second time: it is taken along under the new number. */
#include <string.h>

#include "engine/engine_private.h"
#include "engine/unsaved_private.h"

#define AHEAD_ALLOWED TRUCE_DAY /* what was told by a clock that was less ahead was told in time */

/* Was it judged by a clock that was ahead, or never told? */
static gboolean
is_void (TruceEngine *engine, const TruceStoredFiring *firing, TruceTime now)
{
  TruceStoredAlert *stored;
  gboolean ahead;

  if (!firing->alert)
    return TRUE;
  stored = engine->ports.store.alert (engine->ports.store.self, firing->alert, NULL);
  ahead = stored && stored->alert->raised > now + AHEAD_ALLOWED;
  truce_stored_alert_free (stored);
  return ahead;
}

/* Repetitions come of themselves, and one that is not told was acknowledged. */
static gboolean
is_repetition (const TruceStoredFiring *firing)
{
  return g_str_has_prefix (firing->key, "nag");
}

/* Has the date been known since before it? */
static gboolean
is_since_known (const TruceStoredFiring *firing, const TruceStoredRevision *stored, TruceTime now)
{
  return firing->at > MIN (stored->since, now);
}

/* Has a later one of its date been told in time? Then that spoke for it. */
static gboolean
is_spoken_for (TruceEngine *engine, const TruceStoredFiring *firing, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) own = store->firings_of (store->self, firing->milestone, firing->revision);

  for (guint i = 0; i < own->len; i++) {
    const TruceStoredFiring *other = g_ptr_array_index (own, i);
    if (other->at > firing->at && !is_void (engine, other, now))
      return TRUE;
  }
  return FALSE;
}

/* Is it still to be told, or late and worth telling? */
static gboolean
is_owed (TruceEngine *engine, const TruceStoredFiring *firing, const TruceStoredRevision *stored, TruceTime now)
{
  return is_since_known (firing, stored, now) && now - firing->at <= truce_config_grace (engine->config) &&
         !is_repetition (firing) && is_void (engine, firing, now) && !is_spoken_for (engine, firing, now);
}

/* All that is recorded of the date, but for what is void later than `after`: the next step back must find it too. */
static void
carry_over (TruceEngine *engine, TruceCommit *commit, const TruceStoredRevision *from, TruceTime after, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) own = store->firings_of (store->self, from->milestone, from->revision);

  for (guint i = 0; i < own->len; i++) {
    const TruceStoredFiring *firing = g_ptr_array_index (own, i);
    if (firing->at <= after || !is_since_known (firing, from, now) || !is_void (engine, firing, now))
      truce_commit_carry_firing (commit, firing, from->milestone, from->revision + 1);
  }
}

/* Had the date passed when it was first seen, by a clock that was ahead, so that nobody was told? Then it is seen for
 * the first time now: it may lie ahead, or some lead after it. */
static gboolean
is_unheard (TruceEngine *engine, const TruceStoredRevision *stored, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  guint n_unsaved;
  gboolean told;

  if (stored->since <= now || stored->due_latest > stored->since)
    return FALSE;
  n_unsaved = truce_unsaved_firings_of (engine, stored->milestone, stored->revision, &told);
  g_autoptr (GPtrArray) own = store->firings_of (store->self, stored->milestone, stored->revision);
  for (guint i = 0; i < own->len; i++)
    told |= ((const TruceStoredFiring *) g_ptr_array_index (own, i))->alert != NULL;
  return !told && own->len + n_unsaved > 0;
}

static void
renew (TruceEngine *engine, TruceCommit *commit, const TruceStoredRevision *stored, TruceTime after, TruceTime now,
       GArray *firings)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, stored->milestone);
  TruceStoredRevision *fresh = truce_stored_revision_copy (stored);
  gboolean first_seen_ahead = stored->since > now + AHEAD_ALLOWED || is_unheard (engine, stored, now);

  fresh->revision = stored->revision + 1;
  fresh->since = MIN (stored->since, now);
  if (!first_seen_ahead) {
    carry_over (engine, commit, stored, after, now);
  } else if (milestone && !truce_milestone_ended_at (milestone, now)) {
    const TruceRevision *revision = truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, now));
    truce_deadlines_greet (engine, commit, milestone, fresh->revision, &revision->span, FALSE, now, firings);
  }
  truce_deadlines_take (engine, commit, fresh);
}

/* Whatever of them is still to come. */
static void
renew_unheard (TruceEngine *engine, TruceCommit *commit, TruceTime after, TruceTime now, GArray *firings)
{
  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const char *id = truce_config_milestone (engine->config, i)->id;
    const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, id);
    if (stored && is_unheard (engine, stored, now))
      renew (engine, commit, stored, after, now, firings);
  }
}

void
truce_hindsight_correct (TruceEngine *engine, TruceCommit *commit, TruceTime now, GArray *firings)
{
  const TruceStorePort *store = &engine->ports.store;
  TruceTime window = store->window (store->self);
  TruceTime after = window == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : MIN (window, now);
  g_autoptr (GPtrArray) late = store->firings_after (store->self, after);

  renew_unheard (engine, commit, after, now, firings);
  for (guint i = 0; i < late->len; i++) {
    const TruceStoredFiring *firing = g_ptr_array_index (late, i);
    const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, firing->milestone);
    if (!stored || stored->revision != firing->revision || !is_owed (engine, firing, stored, now))
      continue;
    /* Under another number from here on, so that the next of it is passed over. */
    renew (engine, commit, stored, after, now, firings);
  }
}
