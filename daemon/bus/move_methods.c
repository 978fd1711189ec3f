/* SPDX-License-Identifier: MIT */
#include "bus/service_private.h"
#include "engine/moves.h"

GVariant *
truce_method_list_moves (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *milestone;
  gboolean all;

  if (!truce_method_get_id (arguments, TRUE, &milestone, error))
    return NULL;
  g_variant_get_child (arguments, 1, "b", &all);
  return truce_method_reply_records (truce_view_moves (service->engine, milestone, all, error));
}

typedef json_t *(*AnswerFunc) (TruceEngine *engine, const char *move, const char *why, const TruceOrigin *origin,
                               GError **error);

static GVariant *
answer (TruceService *service, GVariant *arguments, AnswerFunc func, const TruceOrigin *caller, GError **error)
{
  const char *move, *why;

  if (!truce_method_get_id (arguments, FALSE, &move, error))
    return NULL;
  g_variant_get_child (arguments, 1, "&s", &why);
  return truce_method_reply_record (func (service->engine, move, why, caller, error));
}

GVariant *
truce_method_accept_move (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  return answer (service, arguments, truce_engine_accept_move, caller, error);
}

GVariant *
truce_method_reject_move (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  return answer (service, arguments, truce_engine_reject_move, caller, error);
}
