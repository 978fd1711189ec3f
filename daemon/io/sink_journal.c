/* SPDX-License-Identifier: MIT */
#define SD_JOURNAL_SUPPRESS_LOCATION /* where in our source it was sent from says nothing about an alert */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include "alert/render.h"
#include "io/sinks_private.h"

#define JOURNAL_SOCKET "/run/systemd/journal/socket" /* what sd_journal_sendv() sends to */

/* sd_journal_sendv() claims success when there is no journal, and waits when there is one that does not read: so both
 * are asked of the socket first. 0 or an errno. */
static int
journal_unready (void)
{
  static const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = JOURNAL_SOCKET };
  struct pollfd ready = { .events = POLLOUT };
  int code = 0;

  ready.fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (ready.fd < 0)
    return errno;
  if (connect (ready.fd, (const struct sockaddr *) &address, sizeof address) != 0)
    code = errno;
  else if (poll (&ready, 1, 0) != 1 || !(ready.revents & POLLOUT))
    code = EAGAIN;
  close (ready.fd);
  return code;
}

static void
add_field (GPtrArray *fields, const char *name, const char *value)
{
  g_ptr_array_add (fields, g_strconcat (name, "=", value, NULL));
}

static void
add_truced_field (const char *name, const char *value, gpointer user_data)
{
  g_autofree char *full = g_strconcat ("TRUCED_", name, NULL);
  add_field (user_data, full, value);
}

static GPtrArray *
fields_of (const TruceAlert *alert)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *message = truce_render_message (alert);
  g_autofree char *priority = g_strdup_printf ("%d", truce_render_priority (alert));

  add_field (fields, "MESSAGE", message);
  add_field (fields, "MESSAGE_ID", truce_render_message_id (alert->kind));
  add_field (fields, "PRIORITY", priority);
  add_field (fields, "SYSLOG_IDENTIFIER", "truced");
  truce_render_fields (alert, add_truced_field, fields);
  return fields;
}

TruceDelivery
truce_sink_journal (const TruceAlert *alert, GError **error)
{
  int code = journal_unready ();
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree struct iovec *vector = NULL;

  if (code != 0)
    return truce_sink_retry (error, code,
                             code == EAGAIN ? "the journal does not read" : "no journal at " JOURNAL_SOCKET);
  fields = fields_of (alert);
  vector = g_new (struct iovec, fields->len);
  for (guint i = 0; i < fields->len; i++) {
    vector[i].iov_base = g_ptr_array_index (fields, i);
    vector[i].iov_len = strlen (vector[i].iov_base);
  }
  code = sd_journal_sendv (vector, (int) fields->len);
  return code < 0 ? truce_sink_retry (error, -code, "cannot send to the journal") : TRUCE_DELIVERY_DONE;
}
