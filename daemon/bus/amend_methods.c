/* SPDX-License-Identifier: MIT */
#include "bus/service_private.h"
#include "engine/amend.h"

GVariant *
truce_method_preview_due (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id, *statement;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  g_variant_get_child (arguments, 1, "&s", &statement);
  return truce_method_reply_records (truce_engine_preview_due (service->engine, id, statement, error));
}

GVariant *
truce_method_set_due (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id, *statement, *why;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  g_variant_get_child (arguments, 1, "&s", &statement);
  g_variant_get_child (arguments, 2, "&s", &why);
  return truce_method_reply_records (truce_engine_set_due (service->engine, id, statement, why, caller, error));
}

/* What has just been said of it. */
static GVariant *
reply_last (TruceService *service, const char *id)
{
  return truce_method_reply_record (truce_view_last_amendment (service->engine, id));
}

static GVariant *
end (TruceService *service, GVariant *arguments, TruceAmendmentKind kind, const TruceOrigin *caller, GError **error)
{
  const char *id, *why;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  g_variant_get_child (arguments, 1, "&s", &why);
  return truce_engine_end (service->engine, id, kind, why, caller, error) ? reply_last (service, id) : NULL;
}

GVariant *
truce_method_met (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  return end (service, arguments, TRUCE_AMENDMENT_MET, caller, error);
}

GVariant *
truce_method_cancel (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  return end (service, arguments, TRUCE_AMENDMENT_CANCELLED, caller, error);
}

GVariant *
truce_method_silence (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id, *text;
  TruceTime until;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  g_variant_get_child (arguments, 1, "&s", &text);
  if (!truce_time_from_text (text, &until)) {
    truce_method_set_invalid (error, "until: not an RFC 3339 time with a zone");
    return NULL;
  }
  return truce_engine_silence (service->engine, id, until, caller, error) ? reply_last (service, id) : NULL;
}

GVariant *
truce_method_undo (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, TRUE, &id, error))
    return NULL;
  return truce_method_reply_record (truce_engine_undo (service->engine, id, caller, error));
}

GVariant *
truce_method_list_undoable (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, TRUE, &id, error))
    return NULL;
  return truce_method_reply_records (truce_view_undoable (service->engine, id, error));
}

GVariant *
truce_method_list_amendments (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, TRUE, &id, error))
    return NULL;
  return truce_method_reply_records (truce_view_amendments (service->engine, id));
}
