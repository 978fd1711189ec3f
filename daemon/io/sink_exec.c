/* SPDX-License-Identifier: MIT */
/* A program that is run for an alert: its record on standard input, no shell, no descriptor of ours, and an end to its
 * patience. */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "alert/render.h"
#include "base/json.h"
#include "base/text.h"
#include "io/sinks_private.h"

#define KILL_AFTER 2       /* seconds from the polite end to the other */
#define SAID_KEPT 4096     /* bytes of the end of what it says on standard error */
#define ERROR_MAX 300      /* bytes of its last line: it is kept with each attempt */
#define DESCRIPTORS 256    /* that it may have open */
#define CPU_ALLOWANCE 1    /* seconds beyond its timeout, after which its CPU time is over too */
#define READ_AT_ONCE 65536 /* bytes of standard error in one go: then others have their turn */

struct _TruceExec {
  char *sink, *alert;
  char *program; /* as messages name it */
  TruceExecEndedFunc ended;
  gpointer user_data;
  GSubprocess *child; /* NULL: it has ended */
  pid_t group;
  GCancellable *forgotten;
  int errors; /* our end of its standard error */
  guint errors_source, timer;
  GString *said;
  TruceTime timeout;
  gboolean timed_out;
};

/* What is ours alone: a program must not speak to our service manager. */
static const char *const not_inherited[] = { "NOTIFY_SOCKET", "WATCHDOG_PID",          "WATCHDOG_USEC", "LISTEN_FDS",
                                             "LISTEN_PID",    "CREDENTIALS_DIRECTORY", "JOURNAL_STREAM" };

static void
stop_listening (TruceExec *exec)
{
  g_clear_handle_id (&exec->errors_source, g_source_remove);
  if (exec->errors >= 0)
    close (exec->errors);
  exec->errors = -1;
}

static void
free_exec (TruceExec *exec)
{
  stop_listening (exec);
  g_clear_handle_id (&exec->timer, g_source_remove);
  g_clear_object (&exec->child);
  g_clear_object (&exec->forgotten);
  g_string_free (exec->said, TRUE);
  g_free (exec->program);
  g_free (exec->sink);
  g_free (exec->alert);
  g_free (exec);
}

const char *
truce_exec_sink (const TruceExec *exec)
{
  return exec->sink;
}

const char *
truce_exec_alert (const TruceExec *exec)
{
  return exec->alert;
}

/* Its group has the number of its first process, and no other can have it while that is not reaped. */
static void
signal_group (const TruceExec *exec, int number)
{
  if (exec->child && exec->group && g_subprocess_get_identifier (exec->child))
    (void) kill (-exec->group, number);
}

/* Those that it has left behind, though it has heeded SIGTERM itself: their group's number is given to nobody while one
 * of them lives, and not again so soon when none does. */
static void
end_stragglers (const TruceExec *exec)
{
  if (exec->timed_out && exec->group)
    (void) kill (-exec->group, SIGKILL);
}

/* --- what it says --- */

/* FALSE: there is no more, for now or at all. */
static gboolean
read_errors (TruceExec *exec)
{
  char buffer[SAID_KEPT];
  ssize_t length = read (exec->errors, buffer, sizeof buffer);

  if (length < 0 && errno == EINTR)
    return TRUE;
  if (length <= 0)
    return FALSE;
  g_string_append_len (exec->said, buffer, length);
  if (exec->said->len > SAID_KEPT)
    g_string_erase (exec->said, 0, (gssize) (exec->said->len - SAID_KEPT));
  return TRUE;
}

static gboolean
on_errors (int fd, GIOCondition condition, gpointer user_data)
{
  TruceExec *exec = user_data;

  for (guint i = 0; i < READ_AT_ONCE / SAID_KEPT; i++)
    if (!read_errors (exec)) {
      if (errno == EAGAIN && !(condition & G_IO_HUP))
        return G_SOURCE_CONTINUE;
      exec->errors_source = 0;
      stop_listening (exec);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* What it has left behind may go on to write, and faster than we read. */
static void
read_rest (TruceExec *exec)
{
  for (guint i = 0; i < READ_AT_ONCE / SAID_KEPT; i++)
    if (exec->errors < 0 || !read_errors (exec))
      return;
}

/* (transfer full); NULL: it said nothing. */
static char *
last_line (const TruceExec *exec)
{
  g_auto (GStrv) lines = g_strsplit_set (exec->said->str, "\r\n", -1);

  for (guint i = g_strv_length (lines); i > 0; i--) {
    g_autofree char *clean = truce_text_clean (lines[i - 1], -1);
    if (*g_strstrip (clean))
      return truce_text_cut (clean, ERROR_MAX);
  }
  return NULL;
}

/* --- its end --- */

/* (transfer full) */
static char *
describe_end (TruceExec *exec)
{
  int number;

  if (exec->timed_out)
    return g_strdup_printf ("%s took longer than %" G_GINT64_FORMAT " s", exec->program, exec->timeout / TRUCE_SECOND);
  if (g_subprocess_get_if_exited (exec->child))
    return g_strdup_printf ("%s exited with status %d", exec->program, g_subprocess_get_exit_status (exec->child));
  number = g_subprocess_get_term_sig (exec->child);
  return g_strdup_printf ("%s was ended by signal %d (%s)", exec->program, number, g_strsignal (number));
}

static TruceDelivery
outcome_of (TruceExec *exec)
{
  if (exec->timed_out || !g_subprocess_get_if_exited (exec->child))
    return TRUCE_DELIVERY_RETRY;
  switch (g_subprocess_get_exit_status (exec->child)) {
  case EX_OK:
    return TRUCE_DELIVERY_DONE;
  case EX_DATAERR: /* it is this alert that it cannot take, however often */
    return TRUCE_DELIVERY_REFUSED;
  default:
    return TRUCE_DELIVERY_RETRY;
  }
}

static void
on_exit_of_child (GObject *child, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  TruceExec *exec;

  g_subprocess_wait_finish (G_SUBPROCESS (child), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* `user_data` has gone */
  exec = user_data;
  end_stragglers (exec);
  read_rest (exec);
  TruceDelivery outcome = outcome_of (exec);
  g_autofree char *end = describe_end (exec), *line = last_line (exec);
  g_autofree char *why = line ? g_strdup_printf ("%s: %s", end, line) : g_steal_pointer (&end);
  g_clear_object (&exec->child);
  exec->ended (exec, outcome, outcome == TRUCE_DELIVERY_DONE ? NULL : why, exec->user_data);
}

static gboolean
on_kill (gpointer user_data)
{
  TruceExec *exec = user_data;

  exec->timer = 0;
  signal_group (exec, SIGKILL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer user_data)
{
  TruceExec *exec = user_data;

  exec->timed_out = TRUE;
  signal_group (exec, SIGTERM);
  exec->timer = g_timeout_add_seconds (KILL_AFTER, on_kill, exec);
  return G_SOURCE_REMOVE;
}

/* --- its start --- */

/* A descriptor that reads `alert` from its beginning: a pipe could be too small for it, or be left unread. */
static int
record_of (const TruceAlert *alert, GError **error)
{
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  g_autofree char *line = truce_json_to_line (record);
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  gsize length = strlen (text);
  int fd = memfd_create ("truced-alert", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, text, length) == (ssize_t) length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  truce_sink_retry (error, errno, "cannot hand the alert over");
  if (fd >= 0)
    close (fd);
  return -1;
}

/* In the child, between fork and exec. */
static void
confine (gpointer data)
{
  const TruceExec *exec = data;
  rlim_t seconds = (rlim_t) (exec->timeout / TRUCE_SECOND) + CPU_ALLOWANCE;
  const struct rlimit no_core = { 0, 0 }, cpu = { seconds, seconds }, descriptors = { DESCRIPTORS, DESCRIPTORS };

  (void) setsid ();
  (void) setrlimit (RLIMIT_CORE, &no_core);
  (void) setrlimit (RLIMIT_CPU, &cpu);
  (void) setrlimit (RLIMIT_NOFILE, &descriptors);
}

static void
set_environment (GSubprocessLauncher *launcher, const TruceSink *sink, const TruceAlert *alert)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_inherited); i++)
    g_subprocess_launcher_unsetenv (launcher, not_inherited[i]);
  g_subprocess_launcher_setenv (launcher, "TRUCED_SINK", sink->id, TRUE);
  g_subprocess_launcher_setenv (launcher, "TRUCED_ID", alert->id, TRUE);
  g_subprocess_launcher_setenv (launcher, "TRUCED_KIND", truce_alert_kind_to_text (alert->kind), TRUE);
  g_subprocess_launcher_setenv (launcher, "TRUCED_URGENCY", truce_urgency_to_text (alert->urgency), TRUE);
  g_subprocess_launcher_setenv (launcher, "TRUCED_TITLE", alert->title, TRUE);
  g_subprocess_launcher_setenv (launcher, "TRUCED_MILESTONE", alert->milestone ? alert->milestone : "", TRUE);
}

/* Takes both descriptors over. */
static GSubprocess *
spawn (TruceExec *exec, const TruceSink *sink, const TruceAlert *alert, int record, int errors, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  g_subprocess_launcher_take_stdin_fd (launcher, record);
  g_subprocess_launcher_take_stderr_fd (launcher, errors);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_set_child_setup (launcher, confine, exec, NULL);
  set_environment (launcher, sink, alert);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) sink->command, error);
}

static TruceExec *
new_exec (const TruceSink *sink, const TruceAlert *alert, TruceExecEndedFunc ended, gpointer user_data)
{
  TruceExec *exec = g_new0 (TruceExec, 1);

  exec->sink = g_strdup (sink->id);
  exec->alert = g_strdup (alert->id);
  exec->program = g_path_get_basename (sink->command[0]);
  exec->ended = ended;
  exec->user_data = user_data;
  exec->forgotten = g_cancellable_new ();
  exec->errors = -1;
  exec->said = g_string_new (NULL);
  exec->timeout = sink->timeout;
  return exec;
}

TruceExec *
truce_exec_start (const TruceSink *sink, const TruceAlert *alert, TruceExecEndedFunc ended, gpointer user_data,
                  GError **error)
{
  int record = record_of (alert, error), ends[2];
  TruceExec *exec;

  if (record < 0)
    return NULL;
  if (pipe2 (ends, O_CLOEXEC) != 0) {
    truce_sink_retry (error, errno, "no pipe for a program");
    close (record);
    return NULL;
  }
  (void) fcntl (ends[0], F_SETFL, O_NONBLOCK);
  exec = new_exec (sink, alert, ended, user_data);
  exec->errors = ends[0];
  exec->child = spawn (exec, sink, alert, record, ends[1], error);
  if (!exec->child) {
    free_exec (exec);
    return NULL;
  }
  if (g_subprocess_get_identifier (exec->child)) /* else it has ended already */
    exec->group = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (exec->child), NULL, 10);
  exec->errors_source = g_unix_fd_add (exec->errors, G_IO_IN | G_IO_HUP, on_errors, exec);
  exec->timer = g_timeout_add ((guint) (exec->timeout / 1000), on_timeout, exec);
  g_subprocess_wait_async (exec->child, exec->forgotten, on_exit_of_child, exec);
  return exec;
}

void
truce_exec_stop (TruceExec *exec)
{
  signal_group (exec, SIGTERM);
}

gboolean
truce_exec_is_gone (const TruceExec *exec)
{
  return !exec->child || !exec->group || (kill (-exec->group, 0) != 0 && errno == ESRCH);
}

void
truce_exec_free (TruceExec *exec)
{
  if (!exec)
    return;
  if (!truce_exec_is_gone (exec))
    (void) kill (-exec->group, SIGKILL); /* its first process may have gone already: as above */
  g_cancellable_cancel (exec->forgotten);
  free_exec (exec);
}
