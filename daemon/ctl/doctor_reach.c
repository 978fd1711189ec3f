/* SPDX-License-Identifier: MIT */
/* What doctor asks of where alerts go beyond this machine's own services: files that are kept current, and hosts. A
 * host is connected to, and told nothing. */
#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/doctor_private.h"
#include "io/secret.h"

#define REACH_LIMIT_MS 3000 /* what is slower is told so; a resolver that nobody answers takes longer */

/* --- files --- */

/* What keeps a file from being put at `path`, in its folder; NULL: nothing, as far as this user can see. */
static const char *
file_fault (const char *path, const char *folder)
{
  struct stat about, inside;

  if (stat (folder, &about) != 0)
    return errno == ENOENT ? "its folder is not there" : g_strerror (errno);
  if (!S_ISDIR (about.st_mode))
    return "what it lies in is no folder";
  if (access (folder, W_OK | X_OK) != 0)
    return "its folder cannot be written to";
  if (lstat (path, &inside) != 0)
    return errno == ENOENT ? NULL : g_strerror (errno);
  if (S_ISDIR (inside.st_mode))
    return "it is a folder";
  if (about.st_mode & S_ISVTX && geteuid () != 0 && inside.st_uid != geteuid () && about.st_uid != geteuid ())
    return "it is somebody else's, in a folder where that cannot be replaced";
  return NULL;
}

void
truce_doctor_check_file (TruceDoctor *doctor, const TruceSink *sink)
{
  g_autofree char *folder = g_path_get_dirname (sink->path);
  gboolean other = truce_doctor_is_confined (doctor);
  const char *fault = file_fault (sink->path, folder);

  if (other && truce_doctor_is_hidden (sink->path))
    truce_doctor_report (
        doctor, TRUCE_VERDICT_BAD, sink->id,
        "Name another, such as one in /var/lib/truced, or let the service see it: systemctl edit truced.",
        "the system service does not see %s", sink->path);
  else if (other && geteuid () != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, sink->id, "Problems, above, have it if it cannot.",
                         "%s is written by the system service, as another user", sink->path);
  else if (fault)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id,
                         "Make the folder, or give it to the user that truced runs as; a service must be let write "
                         "there by ReadWritePaths=.",
                         "%s: %s", sink->path, fault);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, sink->id, NULL, "%s can be written", sink->path);
}

/* --- hosts --- */

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  GError *error;
  gboolean late;
} Reach;

static void
on_connected (GObject *client, GAsyncResult *result, gpointer user_data)
{
  Reach *reach = user_data;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &reach->error);

  g_main_loop_quit (reach->loop);
}

static gboolean
on_late (gpointer user_data)
{
  Reach *reach = user_data;

  reach->late = TRUE;
  g_cancellable_cancel (reach->cancellable);
  return G_SOURCE_REMOVE;
}

/* Why nobody can be reached there; NULL: somebody is there. (transfer full) */
static char *
reach_fault (GSocketConnectable *address)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSource) limit = g_timeout_source_new (REACH_LIMIT_MS);
  Reach reach = { loop, cancellable, NULL, FALSE };
  char *fault;

  g_main_context_push_thread_default (context);
  g_socket_client_set_enable_proxy (client, FALSE); /* truced-net uses none */
  g_source_set_callback (limit, on_late, &reach, NULL);
  g_source_attach (limit, context);
  g_socket_client_connect_async (client, address, cancellable, on_connected, &reach);
  g_main_loop_run (loop);
  g_source_destroy (limit);
  g_main_context_pop_thread_default (context);
  fault = !reach.error ? NULL
          : reach.late ? g_strdup_printf ("nobody answers within %d s", REACH_LIMIT_MS / 1000)
                       : g_strdup (reach.error->message);
  g_clear_error (&reach.error);
  return fault;
}

void
truce_doctor_check_host (TruceDoctor *doctor, const TruceSink *sink)
{
  const char *url = sink->net->url;
  g_autoptr (GError) error = NULL;
  char *secret = truce_is_secret_reference (url) ? truce_secret_read (url, &error) : NULL;
  g_autoptr (GUri) uri = secret || !error ? g_uri_parse (secret ? secret : url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;
  int port = uri ? g_uri_get_port (uri) : -1;

  truce_secret_free (secret);
  if (!uri || !g_uri_get_host (uri)) {
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, sink->id, "Try it: trucectl test-alert",
                         "where it is is a secret, which cannot be read here: %s",
                         error ? error->message : "no address");
    return;
  }
  if (port < 0)
    port = strcmp (scheme, "https") == 0 ? 443 : 80; /* of mail, it is always said */
  g_autoptr (GSocketConnectable) address = g_network_address_new (g_uri_get_host (uri), (guint16) port);
  g_autofree char *fault = reach_fault (address);
  if (fault)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink->id,
                         "Is it up, and is there a network? Alerts wait for it, in their order.", "%s, port %d: %s",
                         g_uri_get_host (uri), port, fault);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, sink->id, NULL, "%s, port %d, can be reached",
                         g_uri_get_host (uri), port);
}
