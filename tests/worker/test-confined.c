/* SPDX-License-Identifier: MIT */
/* The real truced-net and truced-parse, in each of which something tries what it must not once the worker says that it
 * is ready. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "misbehave.h"
#include "worker/wire.h"

#define KILLED -1

typedef struct {
  const char *how;
  int parse, net; /* KILLED, MISBEHAVE_DONE or the errno */
} Attempt;

static const Attempt attempts[] = {
  { "nothing", MISBEHAVE_DONE, MISBEHAVE_DONE },
  { "read-file", KILLED, EACCES }, /* truced-net reads what the resolver and TLS need, and nothing else */
  { "write-file", KILLED, KILLED },
  { "make-folder", KILLED, KILLED },
  { "rename", KILLED, KILLED },
  { "execute", KILLED, KILLED },
  { "fork", KILLED, KILLED },
  { "internet-socket", KILLED, MISBEHAVE_DONE }, /* its trade */
  { "packet-socket", KILLED, KILLED },
  { "listen", KILLED, KILLED },
  { "kill-truced", KILLED, KILLED },
  { "trace-truced", KILLED, KILLED },
};

static void
exec_worker (const char *name, const char *how, int fd)
{
  g_autofree char *program = g_build_filename (g_getenv ("TRUCED_LIBEXEC"), name, NULL);
  g_autofree char *sanitizer = g_strdup_printf ("%s:verify_asan_link_order=0", g_getenv ("ASAN_OPTIONS"));

  g_setenv ("LD_PRELOAD", g_getenv ("MISBEHAVE_LIBRARY"), TRUE);
  g_setenv ("ASAN_OPTIONS", sanitizer, TRUE);
  g_setenv ("MISBEHAVE", how, TRUE);
  dup2 (fd, STDIN_FILENO);
  execl (program, name, NULL);
  _exit (127);
}

/* Starts the worker, lets it misbehave, and returns how it ended. `ret_note`: what this kernel lacks. */
static int
run (const char *name, const char *how, char **ret_note)
{
  g_autoptr (TruceWireReader) reader = truce_wire_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) ready = NULL;
  TruceWireKind kind;
  int ends[2], status;
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  child = fork ();
  if (child == 0)
    exec_worker (name, how, ends[1]);
  close (ends[1]);
  ready = truce_wire_read (ends[0], reader, &kind, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, TRUCE_WIRE_READY);
  g_variant_get (ready, "(us)", NULL, ret_note);
  g_assert_cmpint (kill (child, SIGUSR1), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (ends[0]);
  return status;
}

static void
check (const char *name, const char *how, int expected)
{
  g_autofree char *note = NULL;
  int status = run (name, how, &note);

  if (strstr (note, "seccomp") || (expected == EACCES && strstr (note, "Landlock"))) {
    g_test_skip (note);
    return;
  }
  if (expected == KILLED) {
    g_assert_true (WIFSIGNALED (status));
    g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
  } else {
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, expected);
  }
}

static void
test_parse (gconstpointer data)
{
  const Attempt *attempt = data;

  check ("truced-parse", attempt->how, attempt->parse);
}

static void
test_net (gconstpointer data)
{
  const Attempt *attempt = data;

  check ("truced-net", attempt->how, attempt->net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_autofree char *parse = g_strdup_printf ("/confined/parse/%s", attempts[i].how);
    g_autofree char *net = g_strdup_printf ("/confined/net/%s", attempts[i].how);

    g_test_add_data_func (parse, &attempts[i], test_parse);
    g_test_add_data_func (net, &attempts[i], test_net);
  }
  return g_test_run ();
}
