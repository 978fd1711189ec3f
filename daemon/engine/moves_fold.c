/* SPDX-License-Identifier: MIT */
/* News that tells ever other dates of one milestone, and news that moves many milestones at once: whoever is told of
 * each stops looking. What is not told by itself is in the alert that stands for it, and all is kept. */
#include <string.h>

#include "engine/moves_private.h"
#include "engine/stories.h"

/* That the news is at odds is known by then: what more it says within the hour joins the last of them. */
#define TOLD_AN_HOUR 3
/* Of one poll: more are one alert that names them. */
#define TOLD_SINGLY 5

/* What was told of a milestone's date in the last hour. */
typedef struct {
  const TruceProposal *move;
  guint revision; /* of that date */
  TruceTime since;
  GHashTable *ids; /* a set */
  char *last;      /* of those that nobody has answered; NULL */
} Lately;

/* Is it of a move that weighs as much? What is only reported must not keep quiet what is confirmed. */
static gboolean
counts (const Lately *lately, const TruceAlert *alert)
{
  const char *confirmed = truce_proposal_status_to_text (TRUCE_PROPOSAL_CONFIRMED);

  return alert->kind == TRUCE_ALERT_MOVE && alert->move && alert->raised > lately->since &&
         alert->revision == lately->revision && g_strcmp0 (alert->milestone, lately->move->milestone) == 0 &&
         (lately->move->status != TRUCE_PROPOSAL_CONFIRMED || g_strcmp0 (alert->move->status, confirmed) == 0);
}

static void
note (Lately *lately, const TruceAlert *alert, gboolean answered)
{
  if (!counts (lately, alert) || !g_hash_table_add (lately->ids, g_strdup (alert->id)) || answered || lately->last)
    return;
  lately->last = g_strdup (alert->id);
}

static void
note_commit (Lately *lately, const TruceCommit *commit)
{
  for (guint i = commit->alerts->len; i > 0; i--)
    note (lately, g_ptr_array_index (commit->alerts, i - 1), FALSE);
}

/* The newest first. */
static void
look (TruceEngine *engine, const TruceCommit *commit, Lately *lately)
{
  const TruceAlertFilter filter = { .since = lately->since,
                                    .kind = truce_alert_kind_to_text (TRUCE_ALERT_MOVE),
                                    .milestone = lately->move->milestone };
  g_autoptr (GPtrArray) alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);

  note_commit (lately, commit);
  for (GList *link = engine->unsaved.tail; link; link = link->prev)
    note_commit (lately, link->data);
  for (guint i = 0; i < alerts->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
    note (lately, stored->alert, stored->acknowledged != TRUCE_TIME_NONE || stored->snoozed != TRUCE_TIME_NONE);
  }
}

/* What the alert is about from now on: what weighs more, else what was said last. */
static const TruceProposal *
subject_of (TruceEngine *engine, const TruceAlert *alert, const TruceProposal *move, TruceTime now)
{
  const TruceProposal *before = truce_moves_get (engine, alert->move->id);

  return before && truce_proposal_is_alive (before) && truce_move_is_current (engine, before, now) &&
                 truce_proposal_weight (before) > truce_proposal_weight (move)
             ? before
             : move;
}

gboolean
truce_moves_fold (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone,
                  const TruceFeed *feed, const TruceItem *item, TruceTime now, TruceCommit *commit)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Lately lately = { .move = move, .since = now - TRUCE_HOUR, .ids = ids };
  TruceSpan span;
  gboolean folded = FALSE;

  truce_deadlines_current (engine, milestone, now, &lately.revision, &span);
  truce_span_clear (&span);
  look (engine, commit, &lately);
  g_autofree char *last = lately.last;
  g_autoptr (TruceAlert) before =
      last && g_hash_table_size (ids) >= TOLD_AN_HOUR ? truce_told_find (engine, commit, last) : NULL;
  if (before && before->move) {
    const TruceProposal *subject = subject_of (engine, before, move, now);
    TruceAlert *fresh = truce_moves_alert (engine, subject, milestone, now);
    truce_told_grow (commit, truce_alert_grow_move (before, fresh, item, feed, now), NULL);
    folded = TRUE;
  }
  return folded;
}

void
truce_moves_fold_many (TruceEngine *engine, const TruceFeed *feed, TruceCommit *commit)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new ();

  for (guint i = 0; i < commit->alerts->len; i++) {
    TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    if (alert->kind == TRUCE_ALERT_MOVE)
      g_ptr_array_add (alerts, alert);
  }
  if (alerts->len > TOLD_SINGLY)
    truce_engine_tell_as_one (engine, commit, alerts, TRUCE_DIGEST_FEED, feed->title ? feed->title : feed->id);
}
