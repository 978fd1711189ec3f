/* SPDX-License-Identifier: MIT */
/* Alerts that have nothing to say any more: their date has moved, their milestone has ended or is gone, or the move
 * that they tell of has been answered or told anew. */
#include "engine/moves_private.h"

gboolean
truce_alert_is_outdated (TruceEngine *engine, const TruceAlert *alert, TruceTime now)
{
  const TruceMilestone *milestone;
  const TruceStoredRevision *stored;
  const TruceProposal *move;

  switch (alert->kind) {
  case TRUCE_ALERT_MOVE:
    move = alert->move && alert->move->id ? truce_moves_get (engine, alert->move->id) : NULL;
    return !move || !truce_proposal_is_alive (move) ||
           g_strcmp0 (alert->move->status, truce_proposal_status_to_text (move->status)) != 0;
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
  case TRUCE_ALERT_PASSED:
  case TRUCE_ALERT_CHANGED:
    break;
  default:
    return FALSE;
  }
  if (alert->label)
    return FALSE; /* it is about more than its date */
  milestone = alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;
  if (!milestone || truce_milestone_ended_at (milestone, now))
    return TRUE;
  stored = g_hash_table_lookup (engine->revisions, milestone->id);
  return stored && stored->revision > alert->revision;
}

void
truce_outdated_withdraw (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    g_autoptr (GPtrArray) pulled = store->outbox_pulled (store->self, sink);
    for (guint j = 0; j < pulled->len; j++) {
      TruceStoredAlert *stored = store->alert (store->self, g_ptr_array_index (pulled, j), NULL);
      if (stored && truce_alert_is_outdated (engine, stored->alert, now))
        store->give_up (store->self, stored->alert->id, sink, now, "its date has moved or its milestone has ended",
                        NULL);
      truce_stored_alert_free (stored);
    }
  }
}
