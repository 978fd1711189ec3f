/* SPDX-License-Identifier: MIT */
#include "desktop/server.h"

#define NOTIFICATIONS_NAME "org.freedesktop.Notifications"
#define NOTIFICATIONS_PATH "/org/freedesktop/Notifications"

struct _TruceServer {
  GDBusConnection *session;
  TruceServerEvents events;
  GCancellable *cancellable;
  guint watch;
  char *owner;     /* its unique name; NULL: there is none */
  gboolean known;  /* the bus has said whether there is one */
  gboolean wanted; /* something waits to be shown */
  gboolean asking; /* its abilities, or the bus to start it */
  TruceServerAbilities abilities;
  gboolean complained; /* of its absence, since it was last there */
};

static void call (TruceServer *server, const char *name, const char *path, const char *interface, const char *method,
                  GVariant *parameters, const char *reply, GAsyncReadyCallback answered);

/* No ability says so, and each has its reasons: on these a click closes the popup. */
static gboolean
has_default_button (const char *name)
{
  return g_str_equal (name, "Xfce Notify Daemon") || g_str_equal (name, "lxqt-notificationd");
}

/* One that does not say who it is, is no other for that. */
static void
on_information (GObject *session, GAsyncResult *result, gpointer user_data)
{
  TruceServer *server = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (session), result, &error);
  const char *name = "";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  server->asking = FALSE;
  if (answer)
    g_variant_get (answer, "(&s&s&s&s)", &name, NULL, NULL, NULL);
  server->abilities.default_button = has_default_button (name);
  server->wanted = FALSE;
  server->events.ready (&server->abilities, server->events.user_data);
}

static void
on_abilities (GObject *session, GAsyncResult *result, gpointer user_data)
{
  TruceServer *server = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (session), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!answer) {
    server->asking = FALSE;
    g_info ("the notification server does not answer: %s", error->message);
    return;
  }
  g_autofree const char **list = NULL;
  g_variant_get (answer, "(^a&s)", &list);
  server->abilities = (TruceServerAbilities){
    .markup = g_strv_contains (list, "body-markup"),
    .actions = g_strv_contains (list, "actions"),
  };
  call (server, server->owner, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME, "GetServerInformation", NULL, "(ssss)",
        on_information);
}

static void
on_started (GObject *session, GAsyncResult *result, gpointer user_data)
{
  TruceServer *server = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (session), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  server->asking = FALSE;
  if (answer || server->complained)
    return; /* on_appeared goes on */
  server->complained = TRUE;
  g_dbus_error_strip_remote_error (error);
  g_message ("there is no notification server on the session bus, alerts wait for one: %s", error->message);
}

static void
call (TruceServer *server, const char *name, const char *path, const char *interface, const char *method,
      GVariant *parameters, const char *reply, GAsyncReadyCallback answered)
{
  /* Without a time limit: an answer that comes after a minute is what was waited for. */
  g_dbus_connection_call (server->session, name, path, interface, method, parameters, G_VARIANT_TYPE (reply),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, server->cancellable, answered, server);
}

void
truce_server_want (TruceServer *server)
{
  server->wanted = TRUE;
  if (server->asking || !server->known)
    return;
  server->asking = TRUE;
  if (server->owner)
    call (server, server->owner, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME, "GetCapabilities", NULL, "(as)", on_abilities);
  else
    call (server, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "StartServiceByName",
          g_variant_new ("(su)", NOTIFICATIONS_NAME, 0), "(u)", on_started);
}

void
truce_server_close (TruceServer *server, guint32 id)
{
  if (server->owner)
    g_dbus_connection_call (server->session, server->owner, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME, "CloseNotification",
                            g_variant_new ("(u)", id), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* What was asked of the owner before is not worth waiting for. */
static void
change_owner (TruceServer *server, const char *owner)
{
  gboolean was_there = server->owner != NULL;
  g_cancellable_cancel (server->cancellable);
  g_object_unref (server->cancellable);
  server->cancellable = g_cancellable_new ();
  server->asking = FALSE;
  server->known = TRUE;
  g_free (server->owner);
  server->owner = g_strdup (owner);
  if (was_there)
    server->events.gone (server->events.user_data);
}

static void
on_appeared (GDBusConnection *session, const char *name, const char *owner, gpointer user_data)
{
  TruceServer *server = user_data;
  change_owner (server, owner);
  server->complained = FALSE;
  if (server->wanted)
    truce_server_want (server);
}

static void
on_vanished (GDBusConnection *session, const char *name, gpointer user_data)
{
  TruceServer *server = user_data;
  gboolean first = !server->known;
  change_owner (server, NULL);
  /* Started for what waited at start-up; one that has just gone is not: it may be crashing at every start. */
  if (first && server->wanted)
    truce_server_want (server);
}

TruceServer *
truce_server_new (GDBusConnection *session, const TruceServerEvents *events)
{
  TruceServer *server = g_new0 (TruceServer, 1);
  server->session = g_object_ref (session);
  server->events = *events;
  server->cancellable = g_cancellable_new ();
  server->watch = g_bus_watch_name_on_connection (session, NOTIFICATIONS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                  on_appeared, on_vanished, server, NULL);
  return server;
}

void
truce_server_free (TruceServer *server)
{
  if (!server)
    return;
  g_cancellable_cancel (server->cancellable);
  g_bus_unwatch_name (server->watch);
  g_object_unref (server->cancellable);
  g_object_unref (server->session);
  g_free (server->owner);
  g_free (server);
}
