/* SPDX-License-Identifier: MIT */
/* What the news says of dates. */
#include "io/store_private.h"

static gboolean
put_move (TruceStore *store, const TruceProposal *move, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_PUT_MOVE);
  g_autoptr (json_t) record = truce_proposal_to_json (move);
  g_autofree char *line = truce_json_to_line (record);

  truce_bind_text (question, 1, move->id);
  truce_bind_text (question, 2, move->milestone);
  truce_bind_text (question, 3, truce_proposal_status_to_text (move->status));
  truce_bind_integer (question, 4, truce_proposal_last_heard (move));
  truce_bind_text (question, 5, line);
  return truce_store_run (store, question, error);
}

gboolean
truce_store_put_moves (TruceStore *store, GPtrArray *moves, GError **error)
{
  for (guint i = 0; i < moves->len; i++)
    if (!put_move (store, g_ptr_array_index (moves, i), error))
      return FALSE;
  return TRUE;
}

GPtrArray *
truce_store_moves (gpointer self)
{
  TruceStore *store = self;
  GPtrArray *moves = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_proposal_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_MOVES);

  while (truce_store_next (store, question)) {
    g_autofree char *id = truce_column_text (question, 0), *line = truce_column_text (question, 1);
    g_autoptr (json_t) record = line ? json_loads (line, 0, NULL) : NULL;
    TruceProposal *move = record ? truce_proposal_from_json (record) : NULL;
    if (move)
      g_ptr_array_add (moves, move);
    else
      g_warning ("%s: left out the move %s, whose record is damaged", store->path, id ? id : "");
  }
  return moves;
}
