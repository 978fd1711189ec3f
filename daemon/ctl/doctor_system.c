/* SPDX-License-Identifier: MIT */
/* What doctor asks of the machine: its clock, its journal, its log, its notification server. */
#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/address.h"
#include "ctl/client.h"
#include "ctl/doctor_private.h"

#define ASK_LIMIT_MS 3000 /* a notification server that takes longer is one that hangs */
#define JOURNAL_SOCKET "/run/systemd/journal/socket"
#define SYSLOG_SOCKET "/dev/log"

/* NULL: there is none. (transfer full) */
static GDBusConnection *
connect_bus (const char *bus)
{
  g_autofree char *address = truce_bus_address (bus);
  GDBusConnection *connection =
      address
          ? g_dbus_connection_new_for_address_sync (
                address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                NULL, NULL, NULL)
          : NULL;

  if (connection)
    g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

static GVariant *
ask (GDBusConnection *bus, const char *name, const char *path, const char *interface, const char *method,
     GVariant *arguments, const char *type, GDBusCallFlags flags)
{
  return g_dbus_connection_call_sync (bus, name, path, interface, method, arguments, G_VARIANT_TYPE (type), flags,
                                      ASK_LIMIT_MS, NULL, NULL);
}

/* (transfer full) NULL: nobody says. */
static GVariant *
ask_property (GDBusConnection *bus, const char *name, const char *path, const char *interface, const char *property,
              const char *type)
{
  g_autoptr (GVariant) reply = ask (bus, name, path, "org.freedesktop.DBus.Properties", "Get",
                                    g_variant_new ("(ss)", interface, property), "(v)", G_DBUS_CALL_FLAGS_NONE);
  GVariant *value = NULL;

  if (!reply)
    return NULL;
  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
    return value;
  g_variant_unref (value);
  return NULL;
}

void
truce_doctor_check_clock (TruceDoctor *doctor)
{
  g_autoptr (GDBusConnection) bus = connect_bus ("system");
  const char *problem = doctor->status ? truce_json_get_text (doctor->status, "clock_problem") : NULL;
  g_autoptr (GVariant) synchronized =
      bus ? ask_property (bus, "org.freedesktop.timedate1", "/org/freedesktop/timedate1", "org.freedesktop.timedate1",
                          "NTPSynchronized", "b")
          : NULL;
  g_autofree char *reads = truce_zone_format (doctor->ctl->zone, doctor->ctl->now);

  if (problem)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "clock",
                         "Set it: timedatectl set-ntp true. If it is right, acknowledge the problem.", "%s", problem);
  else if (!synchronized)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, "clock", "Compare it with another one.",
                         "reads %s; nobody here says whether it is kept right", reads);
  else if (!g_variant_get_boolean (synchronized))
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, "clock", "Have it kept right: timedatectl set-ntp true",
                         "reads %s, and is not kept right by a time server", reads);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "clock", NULL, "reads %s, kept right by a time server", reads);
}

/* --- sinks --- */

static gboolean
is_socket (const char *path)
{
  struct stat about;

  return stat (path, &about) == 0 && S_ISSOCK (about.st_mode);
}

static void
check_socket (TruceDoctor *doctor, const TruceSink *sink, const char *path, const char *advice)
{
  if (is_socket (path))
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, sink->id, NULL, "%s takes messages", path);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id, advice, "%s is no socket", path);
}

/* (transfer full) "dunst 1.9.0"; NULL: it does not answer. */
static char *
server_name (GDBusConnection *session)
{
  g_autoptr (GVariant) reply =
      ask (session, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
           "GetServerInformation", NULL, "(ssss)", G_DBUS_CALL_FLAGS_NONE);
  const char *name, *vendor, *version, *specification;

  if (!reply)
    return NULL;
  g_variant_get (reply, "(&s&s&s&s)", &name, &vendor, &version, &specification);
  return g_strdup_printf ("%s %s", name, version);
}

/* Does the user's systemd run it? NULL: there is none to ask. */
static const char *
unit_state (GDBusConnection *session, const char *unit)
{
  g_autoptr (GVariant) reply =
      ask (session, "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
           "LoadUnit", g_variant_new ("(s)", unit), "(o)", G_DBUS_CALL_FLAGS_NO_AUTO_START);
  const char *path;

  if (!reply)
    return NULL;
  g_variant_get (reply, "(&o)", &path);
  g_autoptr (GVariant) state =
      ask_property (session, "org.freedesktop.systemd1", path, "org.freedesktop.systemd1.Unit", "ActiveState", "s");
  return state ? g_intern_string (g_variant_get_string (state, NULL)) : NULL;
}

static void
check_desktop (TruceDoctor *doctor, const TruceSink *sink)
{
  g_autoptr (GDBusConnection) session = connect_bus ("session");
  g_autofree char *server = session ? server_name (session) : NULL;
  const char *state = session ? unit_state (session, "truced-desktop.service") : NULL;

  if (!session) {
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, sink->id, "Run this on the desktop that is to show alerts.",
                         "no session bus here");
    return;
  }
  if (!server)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id,
                         "Start one: most desktops have one; dunst and mako are small.",
                         "no notification server answers");
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, sink->id, NULL, "%s shows notifications", server);
  if (!state)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, "truced-desktop", "Have it started with your session.",
                         "no systemd here knows whether it runs");
  else if (g_strcmp0 (state, "active") != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "truced-desktop",
                         "Start it: systemctl --user enable --now truced-desktop", "is %s", state);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "truced-desktop", NULL, "runs");
}

gboolean
truce_doctor_is_confined (const TruceDoctor *doctor)
{
  return doctor->status && strcmp (truce_client_bus (doctor->ctl), "the system bus") == 0;
}

gboolean
truce_doctor_is_hidden (const char *path)
{
  static const char *const hidden[] = { "/home/", "/root/", "/run/user/", "/tmp/", "/var/tmp/" };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    if (g_str_has_prefix (path, hidden[i]))
      return TRUE;
  return FALSE;
}

/* The program of a sink of kind exec: what it does, trucectl test-alert tries. */
static void
check_program (TruceDoctor *doctor, const TruceSink *sink)
{
  static const char move[] = "Put it elsewhere, such as into /usr/local/bin, or let the service see it: systemctl edit "
                             "truced, with ProtectHome=read-only or PrivateTmp=no below [Service].";
  static const char less[] = "Where it needs those: systemctl edit truced, with NoNewPrivileges=no below [Service].";
  const char *name = sink->command[0];
  g_autofree char *path = strchr (name, '/') ? g_strdup (name) : g_find_program_in_path (name);
  g_autofree char *real = path ? realpath (path, NULL) : NULL;
  gboolean confined = truce_doctor_is_confined (doctor);
  struct stat about;

  if (confined && path && (truce_doctor_is_hidden (path) || (real && truce_doctor_is_hidden (real))))
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id, move, "the system service does not see %s",
                         real ? real : path);
  else if (!path || (stat (path, &about) != 0 && errno == ENOENT))
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id, "Install it, or name another in its command.",
                         "there is no program %s", name);
  else if (stat (path, &about) != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, sink->id, "Try it: trucectl test-alert", "%s: %s", path,
                         g_strerror (errno));
  else if (confined && about.st_mode & (S_ISUID | S_ISGID))
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id, less,
                         "%s has privileges of its own, which the system service takes away", path);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, sink->id, NULL, "runs %s", path);
}

void
truce_doctor_check_sinks (TruceDoctor *doctor)
{
  for (guint i = 0; doctor->config && i < truce_config_n_sinks (doctor->config); i++) {
    const TruceSink *sink = truce_config_sink (doctor->config, i);
    switch (sink->kind) {
    case TRUCE_SINK_JOURNAL:
      check_socket (doctor, sink, JOURNAL_SOCKET, "There is no journal here: take it out of alert-to.");
      break;
    case TRUCE_SINK_SYSLOG:
      check_socket (doctor, sink, sink->path ? sink->path : SYSLOG_SOCKET,
                    "Start a syslog service such as rsyslog, or take it out of alert-to.");
      break;
    case TRUCE_SINK_DESKTOP:
      check_desktop (doctor, sink);
      break;
    case TRUCE_SINK_EXEC:
      check_program (doctor, sink);
      break;
    case TRUCE_SINK_WEBHOOK:
    case TRUCE_SINK_MAIL:
      truce_doctor_check_host (doctor, sink);
      break;
    case TRUCE_SINK_STDOUT:
    case TRUCE_SINK_ICS:
    case TRUCE_SINK_PROMETHEUS:
      break;
    }
  }
  for (guint i = 0; doctor->config && i < truce_config_n_files (doctor->config); i++)
    truce_doctor_check_file (doctor, truce_config_file (doctor->config, i));
}
