/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "bus/service_private.h"
#include "bus/variant.h"
#include "engine/view.h"

#define ERROR_PREFIX "org.truced.Error."
#define ID_MAX 128       /* bytes: ids of alerts have 32, names in the config at most TRUCE_CONFIG_NAME_MAX */
#define ALERTS_MAX 10000 /* of one reply: about 10 MB, and a bus takes 32 */

typedef struct {
  const char *name;
  TruceMethodFunc call;
  gboolean wants_caller;
  gboolean reads;         /* and does nothing else: without somebody who waits for the reply it is not called */
  const char *error_name; /* of every failure; NULL: by the engine's code */
} TruceMethod;

void
truce_method_set_invalid (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, message);
}

/* Short, and of characters that may be shown again in a message. */
static gboolean
is_id (const char *id)
{
  if (!*id || strlen (id) > ID_MAX)
    return FALSE;
  for (const char *at = id; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isgraph (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
truce_method_get_id (GVariant *arguments, gboolean may_be_empty, const char **ret_id, GError **error)
{
  const char *id;

  g_variant_get_child (arguments, 0, "&s", &id);
  if (*id ? !is_id (id) : !may_be_empty) {
    truce_method_set_invalid (error, *id ? "that is no id" : "an id is needed");
    return FALSE;
  }
  *ret_id = *id ? id : NULL;
  return TRUE;
}

GVariant *
truce_method_reply_record (json_t *record /* (transfer full) */)
{
  g_autoptr (json_t) owned = record;

  return owned ? g_variant_new ("(@a{sv})", truce_variant_from_record (owned)) : NULL;
}

GVariant *
truce_method_reply_records (json_t *records /* (transfer full) */)
{
  g_autoptr (json_t) owned = records;

  return owned ? g_variant_new ("(@aa{sv})", truce_variant_from_records (owned)) : NULL;
}

static GVariant *
method_status (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  json_t *status = truce_view_status (service->engine);

  if (service->actions.describe)
    service->actions.describe (service->actions.user_data, status);
  return truce_method_reply_record (status);
}

static GVariant *
method_list_milestones (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  return truce_method_reply_records (truce_view_milestones (service->engine));
}

static GVariant *
method_get_milestone (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  return truce_method_reply_record (truce_view_milestone (service->engine, id, error));
}

/* The members of a filter, each with the one type it has. */
static gboolean
read_filter_entry (const char *key, GVariant *value, TruceAlertFilter *filter, GError **error)
{
  const char *type = g_variant_get_type_string (value);
  TruceAlertKind kind;

  if (g_str_equal (key, "since") && g_str_equal (type, "s")) {
    if (truce_time_from_text (g_variant_get_string (value, NULL), &filter->since))
      return TRUE;
    truce_method_set_invalid (error, "since: not an RFC 3339 time with a zone");
  } else if (g_str_equal (key, "kind") && g_str_equal (type, "s")) {
    filter->kind = g_variant_get_string (value, NULL);
    if (truce_alert_kind_from_text (filter->kind, &kind))
      return TRUE;
    truce_method_set_invalid (error, "kind: there is no such kind of alert");
  } else if (g_str_equal (key, "milestone") && g_str_equal (type, "s")) {
    filter->milestone = g_variant_get_string (value, NULL);
    if (is_id (filter->milestone))
      return TRUE;
    truce_method_set_invalid (error, "milestone: that is no id");
  } else if (g_str_equal (key, "unacknowledged") && g_str_equal (type, "b")) {
    filter->unacknowledged = g_variant_get_boolean (value);
    return TRUE;
  } else if (g_str_equal (key, "limit") && g_str_equal (type, "x")) {
    gint64 limit = g_variant_get_int64 (value);

    if (limit >= 0) {
      filter->limit = limit == 0 ? ALERTS_MAX : (guint) MIN (limit, ALERTS_MAX);
      return TRUE;
    }
    truce_method_set_invalid (error, "limit: less than nothing");
  } else {
    truce_method_set_invalid (error, "%.40s: not a key of the filter, or not of its type", key);
  }
  return FALSE;
}

static GVariant *
method_list_alerts (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  g_autoptr (GVariant) entries = g_variant_get_child_value (arguments, 0);
  TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .limit = ALERTS_MAX };

  for (gsize i = 0; i < g_variant_n_children (entries); i++) {
    g_autoptr (GVariant) entry = g_variant_get_child_value (entries, i);
    g_autoptr (GVariant) value = NULL;
    const char *key;

    g_variant_get (entry, "{&sv}", &key, &value);
    /* The filter points into `arguments`, which outlives it. */
    if (!read_filter_entry (key, value, &filter, error))
      return NULL;
  }
  return truce_method_reply_records (truce_view_alerts (service->engine, &filter));
}

static GVariant *
method_list_feeds (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, TRUE, &id, error))
    return NULL;
  return truce_method_reply_records (truce_view_feeds (service->engine, id, error));
}

static GVariant *
method_why (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  return truce_method_reply_record (truce_view_why (service->engine, id, error));
}

static GVariant *
method_acknowledge (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;

  if (!truce_method_get_id (arguments, FALSE, &id, error) ||
      !truce_engine_acknowledge (service->engine, id, caller, error))
    return NULL;
  return truce_method_reply_record (truce_view_alert (service->engine, id, error));
}

static GVariant *
method_snooze (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;
  gint64 seconds;

  if (!truce_method_get_id (arguments, FALSE, &id, error))
    return NULL;
  g_variant_get_child (arguments, 1, "x", &seconds);
  if (seconds < 1 || seconds > TRUCE_SNOOZE_MAX / TRUCE_SECOND) {
    truce_method_set_invalid (error, "an alert can be snoozed for a second up to %d days",
                              (int) (TRUCE_SNOOZE_MAX / TRUCE_DAY));
    return NULL;
  }
  if (!truce_engine_snooze (service->engine, id, seconds * TRUCE_SECOND, caller, error))
    return NULL;
  return truce_method_reply_record (truce_view_alert (service->engine, id, error));
}

static GVariant *
method_refresh (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;
  guint count = 0;

  if (!truce_method_get_id (arguments, TRUE, &id, error) || !truce_engine_refresh (service->engine, id, &count, error))
    return NULL;
  return g_variant_new ("(u)", count);
}

static GVariant *
method_reload (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  g_autofree char *findings = NULL;

  if (!service->actions.reload) {
    truce_method_set_invalid (error, "this truced cannot reload");
    return NULL;
  }
  if (!service->actions.reload (service->actions.user_data, &findings, error))
    return NULL;
  return g_variant_new ("(s)", findings ? findings : "");
}

static GVariant *
method_test_alert (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *sink;

  if (!truce_method_get_id (arguments, TRUE, &sink, error))
    return NULL;
  g_autofree char *id = truce_engine_test (service->engine, sink, error);
  return id ? g_variant_new ("(s)", id) : NULL;
}

/* Each user of the machine has a place of his own in what is shown. */
static gboolean
get_user (TruceService *service, guint32 *ret_user, GError **error)
{
  if (service->caller_user < 0) {
    truce_method_set_invalid (error, "the bus does not know whose call this is");
    return FALSE;
  }
  *ret_user = (guint32) service->caller_user;
  return TRUE;
}

static GVariant *
method_list_pending (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  json_t *records;
  guint32 user;

  if (!get_user (service, &user, error))
    return NULL;
  g_autoptr (GPtrArray) pending = truce_engine_pending (service->engine, user);
  records = json_array ();
  for (guint i = 0; i < pending->len; i++)
    json_array_append_new (records,
                           truce_alert_to_json (((const TruceStoredAlert *) g_ptr_array_index (pending, i))->alert));
  return truce_method_reply_records (records);
}

static GVariant *
method_shown (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error)
{
  const char *id;
  guint32 user;

  if (!truce_method_get_id (arguments, FALSE, &id, error) || !get_user (service, &user, error) ||
      !truce_engine_shown (service->engine, id, user, error))
    return NULL;
  return g_variant_new ("()");
}

static const TruceMethod methods[] = {
  { .name = "Status", .call = method_status, .reads = TRUE },
  { .name = "ListMilestones", .call = method_list_milestones, .reads = TRUE },
  { .name = "GetMilestone", .call = method_get_milestone, .reads = TRUE },
  { .name = "ListAlerts", .call = method_list_alerts, .reads = TRUE },
  { .name = "ListFeeds", .call = method_list_feeds, .reads = TRUE },
  { .name = "Why", .call = method_why, .reads = TRUE },
  { .name = "Acknowledge", .call = method_acknowledge, .wants_caller = TRUE },
  { .name = "Snooze", .call = method_snooze, .wants_caller = TRUE },
  { .name = "PreviewDue", .call = truce_method_preview_due, .reads = TRUE },
  { .name = "SetDue", .call = truce_method_set_due, .wants_caller = TRUE },
  { .name = "Met", .call = truce_method_met, .wants_caller = TRUE },
  { .name = "Cancel", .call = truce_method_cancel, .wants_caller = TRUE },
  { .name = "Silence", .call = truce_method_silence, .wants_caller = TRUE },
  { .name = "Undo", .call = truce_method_undo, .wants_caller = TRUE },
  { .name = "ListAmendments", .call = truce_method_list_amendments, .reads = TRUE },
  { .name = "ListUndoable", .call = truce_method_list_undoable, .reads = TRUE },
  { .name = "ListMoves", .call = truce_method_list_moves, .reads = TRUE },
  { .name = "AcceptMove", .call = truce_method_accept_move, .wants_caller = TRUE },
  { .name = "RejectMove", .call = truce_method_reject_move, .wants_caller = TRUE },
  { .name = "Refresh", .call = method_refresh },
  { .name = "Reload", .call = method_reload, .error_name = ERROR_PREFIX "Config" },
  { .name = "TestAlert", .call = method_test_alert },
  { .name = "ListPending", .call = method_list_pending, .wants_caller = TRUE, .reads = TRUE },
  { .name = "Shown", .call = method_shown, .wants_caller = TRUE },
};

static const char *
error_name (const TruceMethod *method, const GError *error)
{
  if (method->error_name)
    return method->error_name;
  if (error->domain != TRUCE_ENGINE_ERROR)
    return ERROR_PREFIX "Store"; /* what else can fail passes through as it came */
  switch ((TruceEngineError) error->code) {
  case TRUCE_ENGINE_ERROR_NOT_FOUND:
    return ERROR_PREFIX "NotFound";
  case TRUCE_ENGINE_ERROR_AMBIGUOUS:
    return ERROR_PREFIX "Ambiguous";
  case TRUCE_ENGINE_ERROR_INVALID:
    return ERROR_PREFIX "Invalid";
  case TRUCE_ENGINE_ERROR_STORE:
  default:
    return ERROR_PREFIX "Store";
  }
}

static void
run_method (TruceService *service, const TruceMethod *method, GDBusMethodInvocation *invocation /* (transfer full) */,
            const TruceOrigin *caller)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = method->call (service, g_dbus_method_invocation_get_parameters (invocation), caller, &error);

  if (reply) {
    g_dbus_method_invocation_return_value (invocation, reply);
    return;
  }
  /* Messages quote what callers sent, cut to a length in bytes; on a bus text that is not UTF-8 is none. */
  g_autofree char *message = g_utf8_make_valid (error->message, -1);
  g_dbus_method_invocation_return_dbus_error (invocation, error_name (method, error), message);
}

/* A call that waits for the bus to say whose it is. */
typedef struct {
  TruceService *service;
  const TruceMethod *method;
  GDBusMethodInvocation *invocation;
} TruceCall;

static char *
user_to_text (guint32 user)
{
  if (user == getuid ())
    return g_strdup (g_get_user_name ());
  if (user == 0)
    return g_strdup ("root");
  return g_strdup_printf ("uid %u", user); /* asking for the name may ask a network */
}

static void
on_caller (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree TruceCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *caller = NULL;
  guint32 user;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) { /* the service has gone */
    g_object_unref (call->invocation);
    return;
  }
  if (reply) {
    g_variant_get (reply, "(u)", &user);
    caller = user_to_text (user);
    call->service->caller_user = user;
  } else {
    caller = g_strdup (g_dbus_method_invocation_get_sender (call->invocation));
  }
  const TruceOrigin origin = {
    .by = caller,
    .via = truce_callers_program (call->service->callers, g_dbus_method_invocation_get_sender (call->invocation)),
  };
  run_method (call->service, call->method, call->invocation, &origin);
  call->service->caller_user = -1;
}

/* Of the caller alone, and answered at once: calls that come behind it count on it. */
static void
introduce (TruceService *service, const char *sender, GDBusMethodInvocation *invocation, GVariant *arguments)
{
  const char *program;

  g_variant_get (arguments, "(&s)", &program);
  if (truce_callers_introduce (service->callers, sender, program))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_dbus_error (invocation, ERROR_PREFIX "Invalid", "that is no name of a program");
}

static const TruceMethod *
find_method (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (name, methods[i].name))
      return &methods[i];
  return NULL;
}

void
truce_method_serve (gpointer data, gpointer user_data)
{
  TruceService *service = user_data;
  GDBusMethodInvocation *invocation = data;
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  const TruceMethod *method = find_method (g_dbus_method_invocation_get_method_name (invocation));

  if (!method->wants_caller) {
    run_method (service, method, invocation, NULL);
    return;
  }
  TruceCall *call = g_new0 (TruceCall, 1);
  *call = (TruceCall){ service, method, invocation };
  g_dbus_connection_call (g_dbus_method_invocation_get_connection (invocation), "org.freedesktop.DBus",
                          "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixUser",
                          g_variant_new ("(s)", sender), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          service->lifetime, on_caller, call);
}

void
truce_method_drop (gpointer invocation)
{
  g_object_unref (invocation);
}

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *name, GVariant *arguments, GDBusMethodInvocation *invocation, gpointer user_data)
{
  TruceService *service = user_data;
  const TruceMethod *method = find_method (name);
  GDBusMessageFlags flags = g_dbus_message_get_flags (g_dbus_method_invocation_get_message (invocation));

  if (g_str_equal (name, "Introduce"))
    introduce (service, sender, invocation, arguments);
  else if (!method)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.UnknownMethod", name);
  else if (method->reads && flags & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED)
    g_object_unref (invocation);
  else if (!truce_queue_put (service->queue, sender, invocation))
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.LimitsExceeded",
                                                "too many calls wait for an answer");
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *property, GError **error, gpointer user_data)
{
  return truce_properties_get (((TruceService *) user_data)->properties, property);
}

const GDBusInterfaceVTable truce_service_vtable = { .method_call = on_method_call, .get_property = on_get_property };
