/* SPDX-License-Identifier: MIT */
/* What users have said beside the configuration. */
#include "io/store_private.h"

static gboolean
put_amendment (TruceStore *store, const TruceAmendment *amendment, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_PUT_AMENDMENT);

  truce_bind_integer (question, 1, amendment->number);
  truce_bind_text (question, 2, amendment->milestone);
  truce_bind_text (question, 3, truce_amendment_kind_to_text (amendment->kind));
  truce_bind_integer (question, 4, amendment->at);
  truce_bind_text (question, 5, amendment->by);
  truce_bind_text (question, 6, amendment->why);
  truce_bind_text (question, 7, amendment->statement);
  truce_bind_text (question, 8, amendment->zone);
  truce_bind_time (question, 9, amendment->due);
  truce_bind_time (question, 10, amendment->latest);
  truce_bind_text (question, 11, amendment->over);
  truce_bind_time (question, 12, amendment->until);
  truce_bind_time (question, 13, amendment->undone);
  truce_bind_text (question, 14, amendment->undone_by);
  truce_bind_text (question, 15, amendment->via);
  truce_bind_text (question, 16, amendment->undone_via);
  return truce_store_run (store, question, error);
}

gboolean
truce_store_put_amendments (TruceStore *store, GPtrArray *amendments, GError **error)
{
  for (guint i = 0; i < amendments->len; i++)
    if (!put_amendment (store, g_ptr_array_index (amendments, i), error))
      return FALSE;
  return TRUE;
}

/* NULL when the row is damaged, or of a kind that is not known. */
static TruceAmendment *
read_amendment (TruceStore *store, TruceQuestion *question)
{
  g_autofree char *milestone = truce_column_text (question, 1), *kind_text = truce_column_text (question, 2);
  TruceAmendmentKind kind;
  TruceAmendment *amendment;

  if (!milestone || !kind_text || !truce_amendment_kind_from_text (kind_text, &kind)) {
    g_warning ("%s: left out an amendment that is damaged", store->path);
    return NULL;
  }
  amendment = truce_amendment_new (kind, milestone, truce_column_time (question, 3), NULL, NULL);
  amendment->number = sqlite3_column_int64 (question, 0);
  amendment->by = truce_column_text (question, 4);
  amendment->why = truce_column_text (question, 5);
  amendment->statement = truce_column_text (question, 6);
  amendment->zone = truce_column_text (question, 7);
  amendment->due = truce_column_time (question, 8);
  amendment->latest = truce_column_time (question, 9);
  amendment->over = truce_column_text (question, 10);
  amendment->until = truce_column_time (question, 11);
  amendment->undone = truce_column_time (question, 12);
  amendment->undone_by = truce_column_text (question, 13);
  amendment->via = truce_column_text (question, 14);
  amendment->undone_via = truce_column_text (question, 15);
  return amendment;
}

GPtrArray *
truce_store_amendments (gpointer self)
{
  GPtrArray *amendments = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_AMENDMENTS);

  while (truce_store_next (self, question)) {
    TruceAmendment *amendment = read_amendment (self, question);
    if (amendment)
      g_ptr_array_add (amendments, amendment);
  }
  return amendments;
}
