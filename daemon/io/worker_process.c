/* SPDX-License-Identifier: MIT */
#include "io/worker_process.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE 65536
#define READS_AT_A_TIME 16 /* a megabyte, then other sources have their turn */

struct _TruceWorkerProcess {
  char *name;
  TruceWorkerProcessFuncs funcs;
  gpointer user_data;
  gboolean freed;
  GSubprocess *child;
  int fd; /* our end; -1 once it is given up */
  GSource *readable, *writable;
  TruceWireReader *reader;
  GQueue output;     /* GBytes * */
  gsize output_sent; /* of the first */
  char *why;         /* that we ended it; NULL: it ends by itself */
};

/* What the worker must not take for its own. */
static const char *const not_inherited[] = { "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC",
                                             "LISTEN_FDS",    "LISTEN_PID",   "CREDENTIALS_DIRECTORY" };

static void
drop_source (GSource **source)
{
  if (*source) {
    g_source_destroy (*source);
    g_source_unref (*source);
    *source = NULL;
  }
}

static void
stop_talking (TruceWorkerProcess *process)
{
  drop_source (&process->readable);
  drop_source (&process->writable);
  if (process->fd >= 0)
    close (process->fd);
  process->fd = -1;
}

static void
clear_process (gpointer data)
{
  TruceWorkerProcess *process = data;

  stop_talking (process);
  g_queue_clear_full (&process->output, (GDestroyNotify) g_bytes_unref);
  truce_wire_reader_free (process->reader);
  g_clear_object (&process->child);
  g_free (process->name);
  g_free (process->why);
}

static void
unref_process (TruceWorkerProcess *process)
{
  g_rc_box_release_full (process, clear_process);
}

/* Its end is waited for in any case: `ended` is called by then and not before. */
static void
give_up (TruceWorkerProcess *process)
{
  stop_talking (process);
  g_subprocess_force_exit (process->child);
}

void
truce_worker_process_kill (TruceWorkerProcess *process, const char *why)
{
  if (!process->why)
    process->why = g_strdup_printf ("%s %s", process->name, why);
  give_up (process);
}

static void
deliver_frames (TruceWorkerProcess *process)
{
  TruceWireKind kind;

  while (!process->freed && !process->why) {
    g_autoptr (GVariant) payload = truce_wire_reader_pop (process->reader, &kind);

    if (!payload)
      return;
    if (!process->funcs.frame (kind, payload, process->user_data) && !process->freed)
      truce_worker_process_kill (process, "sent a frame that makes no sense");
  }
}

/* One read and what it brings. FALSE: there is no more for now. */
static gboolean
read_some (TruceWorkerProcess *process)
{
  char buffer[READ_SIZE];
  g_autoptr (GError) error = NULL;
  ssize_t length = recv (process->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (length < 0 && errno == EINTR)
    return TRUE;
  if (length < 0 && errno == EAGAIN)
    return FALSE;
  if (length <= 0) {
    give_up (process);
    return FALSE;
  }
  if (!truce_wire_reader_push (process->reader, buffer, (gsize) length, &error)) {
    g_autofree char *why = g_strdup_printf ("broke the protocol: %s", error->message);

    truce_worker_process_kill (process, why);
    return FALSE;
  }
  deliver_frames (process);
  return !process->freed && process->fd >= 0 && (gsize) length == sizeof buffer; /* else it was all */
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  TruceWorkerProcess *process = g_rc_box_acquire (data);

  for (int i = 0; i < READS_AT_A_TIME && read_some (process); i++)
    ;
  unref_process (process);
  return G_SOURCE_CONTINUE; /* a source that is given up is destroyed */
}

/* Sends what the socket takes. FALSE: nothing is left to send, or nobody to send it to. */
static gboolean
write_some (TruceWorkerProcess *process)
{
  GBytes *frame;

  while ((frame = g_queue_peek_head (&process->output))) {
    gsize size;
    const char *bytes = g_bytes_get_data (frame, &size);
    ssize_t sent =
        send (process->fd, bytes + process->output_sent, size - process->output_sent, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (sent < 0)
      return errno == EAGAIN || errno == EINTR; /* its end is read of elsewhere */
    process->output_sent += (gsize) sent;
    if (process->output_sent == size) {
      g_bytes_unref (g_queue_pop_head (&process->output));
      process->output_sent = 0;
    }
  }
  return FALSE;
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer data)
{
  TruceWorkerProcess *process = data;

  if (!write_some (process))
    drop_source (&process->writable);
  return G_SOURCE_CONTINUE;
}

static GSource *
watch (TruceWorkerProcess *process, GIOCondition condition, GUnixFDSourceFunc func)
{
  GSource *source = g_unix_fd_source_new (process->fd, condition);

  g_source_set_callback (source, G_SOURCE_FUNC (func), process, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

void
truce_worker_process_send (TruceWorkerProcess *process, GBytes *frame)
{
  g_queue_push_tail (&process->output, g_bytes_ref (frame));
  if (process->fd >= 0 && !process->writable && write_some (process))
    process->writable = watch (process, G_IO_OUT, on_writable);
}

gboolean
truce_worker_process_is_sending (const TruceWorkerProcess *process)
{
  return process->writable != NULL;
}

/* (transfer full) */
static char *
describe_end (TruceWorkerProcess *process)
{
  int signal_number;

  if (process->why)
    return g_strdup (process->why);
  if (g_subprocess_get_if_exited (process->child))
    return g_strdup_printf ("%s exited with status %d", process->name, g_subprocess_get_exit_status (process->child));
  signal_number = g_subprocess_get_term_sig (process->child);
  switch (signal_number) {
  case SIGXCPU:
    return g_strdup_printf ("%s used more CPU time than it may", process->name);
  case SIGSYS:
    return g_strdup_printf ("%s made a system call that its sandbox forbids", process->name);
  default:
    return g_strdup_printf ("%s was ended by signal %d (%s)", process->name, signal_number,
                            g_strsignal (signal_number));
  }
}

static void
on_exit_of_child (GObject *child, GAsyncResult *result, gpointer data)
{
  TruceWorkerProcess *process = data;

  g_subprocess_wait_finish (G_SUBPROCESS (child), result, NULL);
  if (!process->freed) {
    /* What it wrote before it ended still counts. */
    while (process->fd >= 0 && read_some (process))
      ;
    stop_talking (process);
  }
  if (!process->freed) {
    g_autofree char *why = describe_end (process);

    gboolean killed = !process->why && g_subprocess_get_if_signaled (process->child) &&
                      g_subprocess_get_term_sig (process->child) == SIGKILL;

    process->funcs.ended (why, killed, process->output.length, process->user_data);
  }
  unref_process (process);
}

/* In the child: Ctrl-C in a terminal and `systemctl stop` reach truced and its workers alike. It is truced that stops;
 * workers end when it closes their socket, so that no fetch seems to have failed meanwhile. */
static void
leave_stopping_to_truced (gpointer data)
{
  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
}

static GSubprocess *
start_child (const char *program, const char *argument, int its_end, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) lost = NULL;
  GSubprocess *child;

  g_subprocess_launcher_take_stdin_fd (launcher, its_end);
  g_subprocess_launcher_set_child_setup (launcher, leave_stopping_to_truced, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (not_inherited); i++)
    g_subprocess_launcher_unsetenv (launcher, not_inherited[i]);
  child = g_subprocess_launcher_spawn (launcher, &lost, program, argument, NULL);
  if (child)
    return child;
  if (g_error_matches (lost, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT,
                 "there is no %s: install truced, or name the folder that has it in TRUCED_LIBEXEC", program);
  else
    g_propagate_error (error, g_steal_pointer (&lost));
  return NULL;
}

TruceWorkerProcess *
truce_worker_process_start (const char *program, const char *argument, const TruceWorkerProcessFuncs *funcs,
                            gpointer user_data, GError **error)
{
  TruceWorkerProcess *process;
  GSubprocess *child;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), "no socket for %s: %s", program,
                 g_strerror (errno));
    return NULL;
  }
  child = start_child (program, argument, ends[1], error);
  if (!child) {
    close (ends[0]);
    return NULL;
  }
  process = g_rc_box_new0 (TruceWorkerProcess);
  process->name = g_path_get_basename (program);
  process->funcs = *funcs;
  process->user_data = user_data;
  process->child = child;
  process->fd = ends[0];
  process->reader = truce_wire_reader_new ();
  g_queue_init (&process->output);
  process->readable = watch (process, G_IO_IN, on_readable);
  g_subprocess_wait_async (child, NULL, on_exit_of_child, g_rc_box_acquire (process));
  return process;
}

void
truce_worker_process_free (TruceWorkerProcess *process)
{
  if (!process)
    return;
  process->freed = TRUE;
  give_up (process);
  g_subprocess_wait (process->child, NULL, NULL); /* it was killed: this is over at once */
  unref_process (process);
}
