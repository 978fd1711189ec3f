/* SPDX-License-Identifier: MIT */
#include "engine/glance.h"

#include "engine/moves_private.h"

guint
truce_glance_failing (TruceEngine *engine)
{
  guint failing = 0;

  for (guint i = 0; i < truce_config_n_polled (engine->config); i++)
    failing += truce_polls_find (engine, truce_config_polled (engine->config, i)->id)->state.error != NULL;
  return failing;
}

const TruceMilestone *
truce_glance_next (TruceEngine *engine, TruceTime now, TruceTime *ret_due)
{
  const TruceMilestone *next = NULL;

  *ret_due = TRUCE_TIME_NONE;
  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
    if (stored && !truce_milestone_ended_at (milestone, now) && stored->due > now && stored->due < *ret_due) {
      *ret_due = stored->due;
      next = milestone;
    }
  }
  return next;
}

void
truce_glance_read (TruceEngine *engine, TruceGlance *ret_glance)
{
  TruceTime now = truce_engine_now (engine);
  const TruceMilestone *next = truce_glance_next (engine, now, &ret_glance->due);

  ret_glance->milestone = next ? g_strdup (next->id) : NULL;
  ret_glance->title = next ? g_strdup (next->title) : NULL;
  ret_glance->failing = truce_glance_failing (engine);
  ret_glance->unacknowledged = engine->ports.store.unacknowledged (engine->ports.store.self);
  ret_glance->moves = truce_moves_waiting (engine, NULL);
  ret_glance->network_down = engine->network_down;
  ret_glance->clock_doubted = truce_engine_holds (engine);
}

void
truce_glance_clear (TruceGlance *glance)
{
  g_free (glance->milestone);
  g_free (glance->title);
}

/* --- the soonest date passes: who shows it is told, though no lead of it may fall due then --- */

void
truce_glance_note_change (TruceEngine *engine)
{
  engine->glance_until = TRUCE_TIME_MIN;
}

TruceTime
truce_glance_turn (TruceEngine *engine, TruceTime now)
{
  if (engine->glance_until == TRUCE_TIME_MIN)
    truce_glance_next (engine, now, &engine->glance_until);
  return engine->glance_until;
}

void
truce_glance_step (TruceEngine *engine, TruceTime now)
{
  if (engine->glance_until == TRUCE_TIME_MIN || now < engine->glance_until)
    return;
  truce_engine_changed (engine, "milestones");
}
