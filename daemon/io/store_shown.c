/* SPDX-License-Identifier: MIT */
/* Which user was shown what: a sink whose consumers pull has one queue, and each of its users a place of their own. */
#include "io/store_private.h"

static GPtrArray *
store_to_show (gpointer self, const char *sink, guint32 user, TruceTime since, guint limit)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_TO_SHOW);

  truce_bind_text (question, 1, sink);
  truce_bind_integer (question, 2, user);
  truce_bind_integer (question, 3, since);
  truce_bind_integer (question, 4, limit);
  while (truce_store_next (self, question))
    g_ptr_array_add (ids, truce_column_text (question, 0));
  return ids;
}

static gboolean
mark_shown (TruceStore *store, const char *id, guint32 user, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_SHOWN);

  truce_bind_text (question, 1, id);
  truce_bind_integer (question, 2, user);
  return truce_store_run (store, question, error);
}

/* Lost with the power, it is shown once more. */
static gboolean
store_shown (gpointer self, const char *id, guint32 user, GError **error)
{
  return truce_store_begin_light (self, error) && truce_store_end (self, mark_shown (self, id, user, error), error);
}

gboolean
truce_store_forget_shown (TruceStore *store, const char *id, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_FORGET_SHOWN);

  truce_bind_text (question, 1, id);
  return truce_store_run (store, question, error);
}

#define SHOWN_RETENTION (90 * TRUCE_DAY) /* far longer than anything is shown to whoever comes late */

gboolean
truce_store_expire_shown (TruceStore *store, TruceTime now, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_EXPIRE_SHOWN);

  truce_bind_integer (question, 1, now - SHOWN_RETENTION);
  return truce_store_run (store, question, error);
}

void
truce_store_shown_members (TruceStorePort *port)
{
  port->to_show = store_to_show;
  port->shown = store_shown;
}
