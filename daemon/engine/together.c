/* SPDX-License-Identifier: MIT */
/* Polls that raise nothing are written together, since a transaction costs more than what is in it: a round's as they
 * come, a single one at once. Should truced end before, they are made again. */
#include "engine/engine_private.h"

#define TOGETHER_MAX 32                        /* a millisecond of writing */
#define TOGETHER_FOR (100 * TRUCE_MILLISECOND) /* what a crash may cost; no feed is polled again sooner */

void
truce_together_init (TruceEngine *engine)
{
  engine->together = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_commit_free);
  engine->together_since = TRUCE_TIME_NONE;
}

/* What cannot be written now is made again: nobody is told any more. */
void
truce_together_clear (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;
  const GPtrArray *commits = engine->together;

  if (commits->len > 0 && g_queue_is_empty (&engine->unsaved))
    (void) store->commit_all (store->self, (TruceCommit *const *) commits->pdata, commits->len, NULL);
  g_ptr_array_unref (engine->together);
}

void
truce_together_write (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) commits = engine->together;

  if (commits->len == 0) {
    g_steal_pointer (&commits);
    return;
  }
  truce_together_init (engine);
  if (g_queue_is_empty (&engine->unsaved) &&
      store->commit_all (store->self, (TruceCommit *const *) commits->pdata, commits->len, NULL))
    return;
  g_ptr_array_set_free_func (commits, NULL);
  for (guint i = 0; i < commits->len; i++)
    truce_engine_commit (engine, g_ptr_array_index (commits, i)); /* whichever of them cannot be written is kept */
}

void
truce_together_commit (TruceEngine *engine, TruceCommit *commit)
{
  if (!truce_commit_may_be_forgotten (commit)) {
    truce_engine_commit (engine, commit);
    return;
  }
  if (engine->together->len == 0)
    engine->together_since = commit->now;
  g_ptr_array_add (engine->together, commit);
  if (engine->together->len == TOGETHER_MAX)
    truce_together_write (engine);
}

void
truce_together_step (TruceEngine *engine, TruceTime now)
{
  if (engine->in_flight == 0 || now < engine->together_since || now >= truce_together_next (engine))
    truce_together_write (engine);
}

TruceTime
truce_together_next (const TruceEngine *engine)
{
  return engine->together->len > 0 ? engine->together_since + TOGETHER_FOR : TRUCE_TIME_NONE;
}
