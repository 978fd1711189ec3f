/* SPDX-License-Identifier: MIT */
#include "bus/address.h"

#include <gio/gio.h>

#define SYSTEM_BUS_ADDRESS "unix:path=/run/dbus/system_bus_socket"

char *
truce_bus_address (const char *bus)
{
  if (g_strcmp0 (bus, "system") == 0) {
    const char *named = g_getenv ("DBUS_SYSTEM_BUS_ADDRESS");

    return g_strdup (named && *named ? named : SYSTEM_BUS_ADDRESS);
  }
  if (g_strcmp0 (bus, "session") != 0)
    return g_strdup (bus);

  const char *named = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  if (named && *named)
    return g_strdup (named);

  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  if (!runtime || !*runtime)
    return NULL;
  g_autofree char *path = g_build_filename (runtime, "bus", NULL);
  g_autofree char *escaped = g_dbus_address_escape_value (path);
  return g_strconcat ("unix:path=", escaped, NULL);
}

char *
truce_bus_socket_path (const char *address)
{
  const char *prefix = "unix:path=";

  if (!address || !g_str_has_prefix (address, prefix))
    return NULL;
  const char *value = address + strlen (prefix);
  g_autofree char *escaped = g_strndup (value, strcspn (value, ",;"));
  return g_uri_unescape_string (escaped, NULL);
}

char *
truce_bus_words (const char *bus)
{
  if (g_strcmp0 (bus, "session") == 0 || g_strcmp0 (bus, "system") == 0)
    return g_strdup_printf ("the %s bus", bus);
  return g_strdup_printf ("the bus at %s", bus);
}
