/* SPDX-License-Identifier: MIT */
#include "bus/service.h"

#include "bus/address.h"
#include "bus/gate.h"
#include "bus/interface.h"
#include "bus/service_private.h"
#include "bus/variant.h"

#define CONNECT_LIMIT_SECONDS 25 /* a bus that accepts and never greets is as good as none */
#define RELEASE_LIMIT_MS 1000    /* for the last signals to go out */
#define RETRY_SECONDS_MAX 300    /* a bus that comes back is seen by its socket; this is for the others */

#define DBUS_NAME "org.freedesktop.DBus" /* the bus itself, and its interface */
#define DBUS_PATH "/org/freedesktop/DBus"
#define REQUEST_NAME_IN_QUEUE 2 /* DBUS_REQUEST_NAME_REPLY_IN_QUEUE of the D-Bus specification */

static const char *const changed_words[] = { "milestones", "alerts", "feeds", "config", "moves" };

/* An attempt outlives the service when that goes first, since GDBus always calls back. */
typedef struct _TruceBusAttempt {
  TruceService *service; /* NULL: given up */
  GCancellable *cancellable;
} TruceBusAttempt;

static void try_connect (TruceService *service);

static void
clear_source (GSource **source)
{
  if (*source) {
    g_source_destroy (*source);
    g_clear_pointer (source, g_source_unref);
  }
}

static void
set_timer (TruceService *service, guint seconds, GSourceFunc func)
{
  clear_source (&service->timer);
  service->timer = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (service->timer, func, service, NULL);
  g_source_attach (service->timer, g_main_context_get_thread_default ());
}

static gboolean
on_retry (gpointer user_data)
{
  try_connect (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_socket (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  TruceService *service = user_data;

  if (event != G_FILE_MONITOR_EVENT_CREATED || service->attempt)
    return;
  service->failures = 0; /* it may be there a moment before it listens */
  set_timer (service, 0, on_retry);
}

/* The socket's appearance says that the bus is there; only where its folder exists, since GLib polls for missing
 * folders. */
static void
watch_socket (TruceService *service)
{
  g_autofree char *address = truce_bus_address (service->bus);
  g_autofree char *path = truce_bus_socket_path (address);
  g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;

  if (service->socket || !folder || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  service->socket = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (service->socket)
    g_signal_connect (service->socket, "changed", G_CALLBACK (on_socket), service);
}

static void
unwatch_socket (TruceService *service)
{
  if (service->socket)
    g_signal_handlers_disconnect_by_data (service->socket, service);
  g_clear_object (&service->socket);
}

static void
settle (TruceService *service)
{
  if (service->settled)
    return;
  service->settled = TRUE;
  if (service->actions.settled)
    service->actions.settled (service->actions.user_data);
}

/* There is no bus: said once, and tried again later. */
static void
wait_for_bus (TruceService *service, const char *reason)
{
  if (!service->told) {
    g_autofree char *bus = truce_bus_words (service->bus);

    g_warning ("%s cannot be reached: %s; going on without it until it comes", bus, reason);
    service->told = TRUE;
  }
  watch_socket (service);
  guint delay = 1u << MIN (service->failures, 10);
  service->failures++;
  set_timer (service, MIN (delay, RETRY_SECONDS_MAX), on_retry);
  settle (service);
}

static void
attempt_free (TruceBusAttempt *attempt)
{
  g_clear_object (&attempt->cancellable);
  g_free (attempt);
}

static void
give_up_attempt (TruceService *service)
{
  TruceBusAttempt *attempt = g_steal_pointer (&service->attempt);

  if (attempt) {
    attempt->service = NULL;
    g_cancellable_cancel (attempt->cancellable);
  }
}

static gboolean
on_attempt_limit (gpointer user_data)
{
  TruceService *service = user_data;

  give_up_attempt (service);
  wait_for_bus (service, "it accepts connections but does not answer");
  return G_SOURCE_REMOVE;
}

/* Leaves the connection; what is queued on it is not waited for. */
static void
disconnect (TruceService *service)
{
  if (service->name_signals)
    g_dbus_connection_signal_unsubscribe (service->connection, service->name_signals);
  service->name_signals = 0;
  if (service->registration)
    g_dbus_connection_unregister_object (service->connection, service->registration);
  service->registration = 0;
  if (service->closed_handler)
    g_signal_handler_disconnect (service->connection, service->closed_handler);
  service->closed_handler = 0;
  g_clear_object (&service->connection);
}

static void
on_closed (GDBusConnection *connection, gboolean remote_peer_vanished, GError *error, gpointer user_data)
{
  TruceService *service = user_data;

  disconnect (service);
  wait_for_bus (service, error ? error->message : "it has closed the connection");
}

static void
name_acquired (TruceService *service)
{
  if (service->told) {
    g_autofree char *bus = truce_bus_words (service->bus);

    g_message ("reached %s", bus);
  }
  service->told = FALSE;
  service->failures = 0;
  settle (service);
}

static void
name_missing (TruceService *service, const char *reason)
{
  g_autofree char *bus = truce_bus_words (service->bus);

  g_warning ("clients cannot reach this truced on %s: %s", bus, reason);
  service->told = TRUE;
  settle (service);
}

/* NameAcquired and NameLost */
static void
on_name_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *signal_name, GVariant *arguments, gpointer user_data)
{
  if (g_str_equal (signal_name, "NameAcquired"))
    name_acquired (user_data);
  else if (g_str_equal (signal_name, "NameLost"))
    name_missing (user_data, "another program has taken its name");
}

static void
on_name_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TruceService *service = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint32 answer;

  if (reply) {
    g_variant_get (reply, "(u)", &answer);
    if (answer == REQUEST_NAME_IN_QUEUE)
      name_missing (service, "another program has its name; waiting for it");
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
             !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED)) { /* these are told where they are noticed */
    g_dbus_error_strip_remote_error (error);
    name_missing (service, error->message);
  }
}

/* The object is there before the name is, so that no client meets a name without it. */
static void
publish (TruceService *service)
{
  g_autoptr (GError) error = NULL;

  if (!service->connection || !service->engine || service->registration)
    return;
  service->registration = g_dbus_connection_register_object (service->connection, TRUCE_BUS_PATH,
                                                             (GDBusInterfaceInfo *) &org_truced_truced1_interface,
                                                             &truce_service_vtable, service, NULL, &error);
  if (!service->registration) {
    g_warning ("%s cannot be put on the bus: %s", TRUCE_BUS_PATH, error->message);
    return;
  }
  service->name_signals =
      g_dbus_connection_signal_subscribe (service->connection, DBUS_NAME, DBUS_NAME, NULL, DBUS_PATH, TRUCE_BUS_NAME,
                                          G_DBUS_SIGNAL_FLAGS_NO_MATCH_RULE, on_name_signal, service, NULL);
  /* By hand, since g_bus_unown_name() would wait 25 s for a bus that is stuck. */
  g_dbus_connection_call (service->connection, DBUS_NAME, DBUS_PATH, DBUS_NAME, "RequestName",
                          g_variant_new ("(su)", TRUCE_BUS_NAME, 0u), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE,
                          -1, service->lifetime, on_name_requested, service);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TruceBusAttempt *attempt = user_data;
  TruceService *service = attempt->service;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_finish (result, &error);

  if (service)
    service->attempt = NULL;
  attempt_free (attempt);
  if (connection)
    g_dbus_connection_set_exit_on_close (connection, FALSE);
  if (!service)
    return;
  clear_source (&service->timer);
  if (!connection) {
    wait_for_bus (service, error->message);
    return;
  }
  unwatch_socket (service);
  service->connection = g_steal_pointer (&connection);
  truce_gate_put (service->connection);
  service->closed_handler = g_signal_connect (service->connection, "closed", G_CALLBACK (on_closed), service);
  if (g_dbus_connection_is_closed (service->connection)) {
    disconnect (service);
    wait_for_bus (service, "it has closed the connection");
    return;
  }
  publish (service);
}

static void
try_connect (TruceService *service)
{
  g_autofree char *address = truce_bus_address (service->bus);

  clear_source (&service->timer);
  if (!address) {
    wait_for_bus (service, "neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR is set");
    return;
  }
  TruceBusAttempt *attempt = g_new0 (TruceBusAttempt, 1);
  attempt->service = service;
  attempt->cancellable = g_cancellable_new ();
  service->attempt = attempt;
  set_timer (service, CONNECT_LIMIT_SECONDS, on_attempt_limit);
  g_dbus_connection_new_for_address (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      attempt->cancellable, on_connected, attempt);
}

TruceService *
truce_service_new (const char *address, const TruceServiceActions *actions)
{
  TruceService *service = g_new0 (TruceService, 1);

  service->bus = g_strdup (address);
  if (actions)
    service->actions = *actions;
  service->lifetime = g_cancellable_new ();
  service->callers = truce_callers_new ();
  service->caller_user = -1;
  service->queue = truce_queue_new (truce_method_serve, truce_method_drop, service);
  try_connect (service);
  return service;
}

static void
tell_properties (GVariant *changed, gpointer user_data)
{
  TruceService *service = user_data;

  if (service->registration)
    g_dbus_connection_emit_signal (
        service->connection, NULL, TRUCE_BUS_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(s@a{sv}^as)", TRUCE_BUS_INTERFACE, changed, (const char *[]){ NULL }), NULL);
}

void
truce_service_set_engine (TruceService *service, TruceEngine *engine)
{
  service->engine = engine;
  service->properties = truce_properties_new (engine, tell_properties, service);
  publish (service);
}

/* Sends what has changed since, each word once however often it was said. */
static void
send_changed (TruceService *service)
{
  clear_source (&service->changed_source);
  for (guint i = 0; i < G_N_ELEMENTS (changed_words); i++) {
    if (service->registration && (service->changed & (1u << i)))
      g_dbus_connection_emit_signal (service->connection, NULL, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, "Changed",
                                     g_variant_new ("(s)", changed_words[i]), NULL);
  }
  service->changed = 0;
}

void
truce_service_free (TruceService *service)
{
  if (!service)
    return;
  send_changed (service);
  if (service->properties)
    truce_properties_flush (service->properties);
  g_cancellable_cancel (service->lifetime);
  give_up_attempt (service);
  clear_source (&service->timer);
  unwatch_socket (service);
  if (service->connection) {
    /* Once this is answered, all signals before it have been sent; a bus that is stuck is not waited for. */
    GVariant *released = g_dbus_connection_call_sync (service->connection, DBUS_NAME, DBUS_PATH, DBUS_NAME,
                                                      "ReleaseName", g_variant_new ("(s)", TRUCE_BUS_NAME), NULL,
                                                      G_DBUS_CALL_FLAGS_NONE, RELEASE_LIMIT_MS, NULL, NULL);

    g_clear_pointer (&released, g_variant_unref);
    disconnect (service);
  }
  g_clear_object (&service->lifetime);
  truce_properties_free (service->properties);
  truce_queue_free (service->queue);
  truce_callers_free (service->callers);
  g_free (service->bus);
  g_free (service);
}

static gboolean
on_changed (gpointer user_data)
{
  send_changed (user_data);
  return G_SOURCE_REMOVE;
}

static void
port_changed (gpointer self, const char *what)
{
  TruceService *service = self;

  for (guint i = 0; i < G_N_ELEMENTS (changed_words); i++) {
    if (g_strcmp0 (what, changed_words[i]) == 0)
      service->changed |= 1u << i;
  }
  if (service->properties)
    truce_properties_look (service->properties);
  if (!service->changed || service->changed_source)
    return;
  service->changed_source = g_idle_source_new ();
  g_source_set_callback (service->changed_source, on_changed, service, NULL);
  g_source_attach (service->changed_source, g_main_context_get_thread_default ());
}

static void
port_raised (gpointer self, const TruceAlert *alert)
{
  TruceService *service = self;

  if (!service->registration)
    return;
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  g_dbus_connection_emit_signal (service->connection, NULL, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, "AlertRaised",
                                 g_variant_new ("(@a{sv})", truce_variant_from_record (record)), NULL);
}

static TruceDelivery
port_deliver (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling, GError **error)
{
  TruceService *service = self;

  return service->sinks.deliver (service->sinks.self, sink_id, alert, telling, error);
}

void
truce_service_fill_port (TruceService *service, TruceSinkPort *port)
{
  service->sinks = *port;
  port->self = service;
  port->deliver = port_deliver;
  port->raised = port_raised;
  port->changed = port_changed;
}
