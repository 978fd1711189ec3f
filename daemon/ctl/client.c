/* SPDX-License-Identifier: MIT */
#include "ctl/client.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#include "bus/address.h"
#include "bus/service.h"
#include "bus/variant.h"

#define CALL_LIMIT_MS 10000 /* a truced that is stuck is as good as none; its answers take milliseconds */

struct _TruceClient {
  GDBusConnection *connection;
  char *bus;            /* in words */
  GMainLoop *following; /* NULL: not */
  gboolean stopped;
};

void
truce_client_free (TruceClient *client)
{
  if (!client)
    return;
  g_clear_object (&client->connection);
  g_free (client->bus);
  g_free (client);
}

/* Is there a truced on `connection`? It is not started by asking. */
static gboolean
has_daemon (GDBusConnection *connection, GError **error)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "NameHasOwner", g_variant_new ("(s)", TRUCE_BUS_NAME), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS, NULL, error);
  gboolean has = FALSE;

  if (!reply)
    return FALSE;
  g_variant_get (reply, "(b)", &has);
  if (!has)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no truced is running there");
  return has;
}

static GDBusConnection *
connect_to (const char *bus, GError **error)
{
  g_autofree char *address = truce_bus_address (bus);
  g_autoptr (GDBusConnection) connection = NULL;

  if (!address) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "this session has none");
    return NULL;
  }
  connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, error);
  if (!connection)
    return NULL;
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return has_daemon (connection, error) ? g_steal_pointer (&connection) : NULL;
}

/* How to start one, in the words of whoever asks. */
static void
advise_start (const TruceCtl *ctl)
{
  g_autoptr (GString) command = g_string_new ("truced");

  if (ctl->config) {
    g_autofree char *quoted = g_shell_quote (ctl->config);
    g_string_append_printf (command, " --config %s", quoted);
  }
  if (ctl->state) {
    g_autofree char *quoted = g_shell_quote (ctl->state);
    g_string_append_printf (command, " --state %s", quoted);
  }
  fprintf (stderr,
           "Start it for yourself:  systemctl --user start truced\n"
           "     for this machine:  systemctl start truced\n"
           "    in the foreground:  %s\n",
           command->str);
}

/* FALSE: `reasons` says why, bus by bus. */
static gboolean
try_to_connect (TruceCtl *ctl, GString *reasons)
{
  static const char *const usual[] = { "session", "system", NULL };
  const char *const named[] = { ctl->bus, NULL };
  const char *const *buses = ctl->bus ? named : usual;

  for (guint i = 0; buses[i]; i++) {
    g_autoptr (GError) error = NULL;
    GDBusConnection *connection = connect_to (buses[i], &error);

    if (connection) {
      ctl->client = g_new0 (TruceClient, 1);
      ctl->client->connection = connection;
      ctl->client->bus = truce_bus_words (buses[i]);
      return TRUE;
    }
    g_autofree char *words = truce_bus_words (buses[i]);
    g_string_append_printf (reasons, "%s%s: %s", i > 0 ? "; " : "", words, error->message);
  }
  return FALSE;
}

gboolean
truce_client_try (TruceCtl *ctl, char **ret_reasons)
{
  GString *reasons = g_string_new (NULL);
  gboolean reached = ctl->client || try_to_connect (ctl, reasons);

  *ret_reasons = g_string_free (reasons, FALSE);
  return reached;
}

const char *
truce_client_bus (const TruceCtl *ctl)
{
  return ctl->client->bus;
}

static TruceExit
connect_client (TruceCtl *ctl)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  if (try_to_connect (ctl, reasons))
    return TRUCE_EXIT_DONE;
  truce_ctl_fail (TRUCE_EXIT_UNREACHABLE, "truced cannot be reached (%s)", reasons->str);
  advise_start (ctl);
  return TRUCE_EXIT_UNREACHABLE;
}

/* truced's own answer is a no; anything else means that it was not reached. */
static TruceExit
report_failure (const TruceCtl *ctl, GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  g_dbus_error_strip_remote_error (error);
  if (name && g_str_has_prefix (name, "org.truced.Error."))
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s", g_strchomp (error->message));
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    return truce_ctl_fail (TRUCE_EXIT_NO, "not permitted: changing is for root and the members of the group truced");
  return truce_ctl_fail (TRUCE_EXIT_UNREACHABLE, "truced on %s does not answer: %s", ctl->client->bus, error->message);
}

TruceExit
truce_client_call (TruceCtl *ctl, const char *method, GVariant *arguments, const char *reply_type, GVariant **ret_reply)
{
  g_autoptr (GVariant) owned = arguments ? g_variant_ref_sink (arguments) : NULL;
  g_autoptr (GError) error = NULL;

  if (!ctl->client) {
    TruceExit status = connect_client (ctl);

    if (status != TRUCE_EXIT_DONE)
      return status;
  }
  GVariant *reply = g_dbus_connection_call_sync (ctl->client->connection, TRUCE_BUS_NAME, TRUCE_BUS_PATH,
                                                 TRUCE_BUS_INTERFACE, method, owned, G_VARIANT_TYPE (reply_type),
                                                 G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_LIMIT_MS, NULL, &error);
  if (!reply)
    return report_failure (ctl, error);
  *ret_reply = reply;
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_client_read (TruceCtl *ctl, const char *method, GVariant *arguments, json_t **ret_records)
{
  g_autoptr (GVariant) reply = NULL;
  TruceExit status = truce_client_call (ctl, method, arguments, "(*)", &reply);

  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autoptr (GVariant) value = g_variant_get_child_value (reply, 0);
  json_t *records = truce_variant_to_json (value);
  if (!records)
    return truce_ctl_fail (TRUCE_EXIT_UNREACHABLE,
                           "truced on %s answers with what is no record: is it of another version?", ctl->client->bus);
  *ret_records = records;
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_client_say (TruceCtl *ctl, const char *method, GVariant *arguments, json_t **ret_record)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (arguments);
  TruceExit status = ctl->client ? TRUCE_EXIT_DONE : connect_client (ctl);

  if (status != TRUCE_EXIT_DONE)
    return status;
  /* No answer is waited for: what comes behind it finds it said. */
  g_dbus_connection_call (ctl->client->connection, TRUCE_BUS_NAME, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, "Introduce",
                          g_variant_new ("(s)", "trucectl"), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL,
                          NULL);
  return truce_client_read (ctl, method, owned, ret_record);
}

typedef struct {
  GMainLoop *loop;
  TruceRaisedFunc raised;
  gpointer user_data;
} TruceFollow;

static void
on_raised (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
           const char *signal_name, GVariant *arguments, gpointer user_data)
{
  TruceFollow *follow = user_data;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(a{sv})")))
    return;
  g_autoptr (GVariant) value = g_variant_get_child_value (arguments, 0);
  g_autoptr (json_t) record = truce_variant_to_json (value);
  if (record)
    follow->raised (record, follow->user_data);
}

static void
on_bus_closed (GDBusConnection *connection, gboolean vanished, GError *error, gpointer user_data)
{
  TruceFollow *follow = user_data;

  g_main_loop_quit (follow->loop);
}

/* Whoever read our output has gone: the next alert need not come for that to be known. */
static gboolean
on_reader_gone (int fd, GIOCondition condition, gpointer user_data)
{
  truce_client_stop (user_data);
  return G_SOURCE_CONTINUE;
}

void
truce_client_stop (TruceCtl *ctl)
{
  ctl->client->stopped = TRUE;
  if (ctl->client->following)
    g_main_loop_quit (ctl->client->following);
}

TruceExit
truce_client_follow (TruceCtl *ctl, TruceBegunFunc begun, TruceRaisedFunc raised, gpointer user_data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceFollow follow = { loop, raised, user_data };
  TruceExit status = ctl->client ? TRUCE_EXIT_DONE : connect_client (ctl);

  if (status != TRUCE_EXIT_DONE)
    return status;
  GDBusConnection *connection = ctl->client->connection;
  gulong closed = g_signal_connect (connection, "closed", G_CALLBACK (on_bus_closed), &follow);
  guint subscription =
      g_dbus_connection_signal_subscribe (connection, TRUCE_BUS_NAME, TRUCE_BUS_INTERFACE, "AlertRaised",
                                          TRUCE_BUS_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_raised, &follow, NULL);
  guint reader = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_reader_gone, ctl);
  ctl->client->following = loop;
  status = begun ? begun (user_data) : TRUCE_EXIT_DONE;
  if (status == TRUCE_EXIT_DONE && !ctl->client->stopped && !g_dbus_connection_is_closed (connection))
    g_main_loop_run (loop);
  g_source_remove (reader);
  g_dbus_connection_signal_unsubscribe (connection, subscription);
  g_signal_handler_disconnect (connection, closed);
  ctl->client->following = NULL;
  if (status != TRUCE_EXIT_DONE || ctl->client->stopped)
    return status != TRUCE_EXIT_DONE ? status : TRUCE_EXIT_NO;
  return truce_ctl_fail (TRUCE_EXIT_UNREACHABLE, "%s has gone", ctl->client->bus);
}
