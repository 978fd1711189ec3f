/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "alert/render.h"
#include "io/sinks_private.h"

#define DEFAULT_SOCKET "/dev/log"
#define BUSY_PATIENCE 50 /* milliseconds, once a try: a receiver that lives takes its next by then */
#define HOST_SIZE 256    /* HOST_NAME_MAX is 64; RFC 5424 allows 255 */

/* journald, which is what listens at /dev/log on most systems, takes the new form for one long word of the old. */
static gboolean
is_journal (const char *path)
{
  g_autofree char *real = realpath (path, NULL);
  return real && g_str_has_prefix (real, "/run/systemd/journal/");
}

static char *
render (const TruceSink *sink, const char *path, const TruceAlert *alert)
{
  char host[HOST_SIZE] = "";
  g_autoptr (TruceZone) zone = NULL;

  if (sink->rfc3164 || is_journal (path)) {
    zone = truce_zone_new_local ();
    return truce_render_syslog_3164 (alert, zone, (int) getpid ());
  }
  (void) gethostname (host, sizeof host - 1);
  return truce_render_syslog_5424 (alert, host, (int) getpid ());
}

/* A receiver's queue holds ten or so: one that is full for a moment is no dead receiver, and the rest of a burst need
 * not wait for the next try. */
static gboolean
is_free_soon (int fd, const struct sockaddr_un *address)
{
  struct pollfd waiting = { .fd = fd, .events = POLLOUT };

  return connect (fd, (const struct sockaddr *) address, sizeof *address) == 0 &&
         poll (&waiting, 1, BUSY_PATIENCE) == 1;
}

/* A socket for each: alerts are rare, and a receiver that was restarted is a new socket under the old name. */
TruceDelivery
truce_sink_syslog (const TruceSink *sink, const TruceAlert *alert, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const char *path = sink->path ? sink->path : DEFAULT_SOCKET;
  g_autofree char *text = render (sink, path, alert);
  g_autofree char *doing = g_strdup_printf ("cannot send to syslog at %s", path);
  ssize_t sent;
  int fd, code;

  if (g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path)
    return truce_sink_retry (error, ENAMETOOLONG, doing);
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return truce_sink_retry (error, errno, doing);
  sent = sendto (fd, text, strlen (text), MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *) &address, sizeof address);
  if (sent < 0 && errno == EAGAIN && is_free_soon (fd, &address))
    sent = send (fd, text, strlen (text), MSG_DONTWAIT | MSG_NOSIGNAL);
  code = sent < 0 ? errno : 0;
  close (fd);
  return code == 0 ? TRUCE_DELIVERY_DONE : truce_sink_retry (error, code, doing);
}
