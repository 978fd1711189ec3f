/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "alert/render.h"
#include "io/sinks_private.h"

void
truce_stream_init (TruceStream *stream, int fd)
{
  const char *no_colour = g_getenv ("NO_COLOR"), *terminal = g_getenv ("TERM");

  stream->fd = fd;
  stream->terminal = isatty (fd) == 1;
  stream->colour = stream->terminal && !(no_colour && *no_colour) && terminal && strcmp (terminal, "dumb") != 0;
  stream->rest = g_string_new (NULL);
}

/* write(), but a reader that has gone is an error and not a signal, whatever the program does about SIGPIPE. */
static ssize_t
write_quietly (int fd, const char *bytes, gsize length)
{
  static const struct timespec at_once = { 0 };
  sigset_t pipe, before;
  ssize_t written;
  int code;

  (void) sigemptyset (&pipe);
  (void) sigaddset (&pipe, SIGPIPE);
  (void) pthread_sigmask (SIG_BLOCK, &pipe, &before);
  written = write (fd, bytes, length);
  code = errno;
  if (written < 0 && code == EPIPE && !sigismember (&before, SIGPIPE))
    (void) sigtimedwait (&pipe, NULL, &at_once);
  (void) pthread_sigmask (SIG_SETMASK, &before, NULL);
  errno = code;
  return written;
}

/* Writes what is taken without waiting: a pipe that is ready takes PIPE_BUF bytes. 0 or an errno. */
static int
flush (TruceStream *stream)
{
  while (stream->rest->len > 0) {
    struct pollfd ready = { .fd = stream->fd, .events = POLLOUT };
    ssize_t written;

    if (poll (&ready, 1, 0) != 1)
      return EAGAIN;
    written = write_quietly (stream->fd, stream->rest->str, MIN (stream->rest->len, PIPE_BUF));
    if (written < 0)
      return errno;
    g_string_erase (stream->rest, 0, written);
  }
  return 0;
}

void
truce_stream_clear (TruceStream *stream)
{
  (void) flush (stream); /* a line that has begun is ended if it can be */
  g_string_free (stream->rest, TRUE);
}

static char *
render (const TruceStream *stream, const TruceZone *zone, const TruceAlert *alert)
{
  g_autoptr (json_t) record = NULL;
  g_autofree char *line = NULL;

  if (stream->terminal)
    return truce_render_terminal (alert, zone, stream->colour);
  record = truce_alert_to_json (alert);
  line = truce_json_to_line (record);
  return g_strconcat (line, "\n", NULL);
}

TruceDelivery
truce_sink_stream (TruceStream *stream, const TruceZone *zone, const TruceAlert *alert, GError **error)
{
  int code = flush (stream);
  g_autofree char *text = NULL;
  gsize length;

  if (code != 0)
    return truce_sink_retry (error, code, "cannot write to standard output");
  text = render (stream, zone, alert);
  length = strlen (text);
  g_string_assign (stream->rest, text);
  code = flush (stream);
  if (code == 0 || stream->rest->len < length)
    return TRUCE_DELIVERY_DONE; /* what has begun is ended before the next */
  g_string_truncate (stream->rest, 0);
  return truce_sink_retry (error, code, "cannot write to standard output");
}
