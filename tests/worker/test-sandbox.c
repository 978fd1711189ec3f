/* SPDX-License-Identifier: MIT */
/* What a confined process can still do: each attempt runs in a child of its own. */
#include "worker/sandbox_private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define DONE 0 /* exit status of a child whose attempt worked; any other is the errno */

static guint16 listening_port;

static int
outcome (long result)
{
  return result < 0 ? errno : DONE;
}

static int
try_write_file (void)
{
  return outcome (open ("/tmp/truced-test-sandbox", O_WRONLY | O_CREAT, 0600));
}

static int
try_read_secret (void)
{
  return outcome (open ("/etc/passwd", O_RDONLY));
}

static int
try_read_hosts (void)
{
  return outcome (open ("/etc/hosts", O_RDONLY));
}

static int
try_unlink (void)
{
  return outcome (unlink ("/tmp/truced-test-sandbox-none"));
}

static int
try_fork (void)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  return outcome (child);
}

static int
try_exec (void)
{
  return outcome (execl ("/bin/true", "true", NULL));
}

static int
try_kill (void)
{
  return outcome (kill (getppid (), 0));
}

static int
try_trace (void)
{
  return outcome (ptrace (PTRACE_TRACEME, 0, NULL, NULL));
}

static int
try_packet_socket (void)
{
  return outcome (socket (AF_PACKET, SOCK_RAW, 0));
}

static int
try_netlink_socket (void)
{
  return outcome (socket (AF_NETLINK, SOCK_RAW, 0));
}

static int
try_connect (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (listening_port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  return fd < 0 ? errno : outcome (connect (fd, (struct sockaddr *) &address, sizeof address));
}

static int
try_bind (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  return fd < 0 ? errno : outcome (bind (fd, (struct sockaddr *) &address, sizeof address));
}

static int
try_resolve (void)
{
  struct addrinfo *found = NULL;

  return getaddrinfo ("localhost", "80", NULL, &found) == 0 ? DONE : ENOENT;
}

static void *
answer (void *data)
{
  *(int *) data = 42;
  return NULL;
}

static int
try_thread (void)
{
  pthread_t thread;
  int result = 0;
  int code = pthread_create (&thread, NULL, answer, &result);

  if (code != 0)
    return code;
  pthread_join (thread, NULL);
  return result == 42 ? DONE : EINVAL;
}

static int
try_executable_memory (void)
{
  long page = sysconf (_SC_PAGESIZE);
  void *memory = NULL;

  if (posix_memalign (&memory, (size_t) page, (size_t) page) != 0)
    return ENOMEM;
  return outcome (mprotect (memory, (size_t) page, PROT_READ | PROT_WRITE | PROT_EXEC));
}

/* What the parser lives on. */
static int
try_work (void)
{
  for (int i = 0; i < 100; i++) {
    g_autofree char *memory = g_malloc0 (1u << 20);
    g_autofree char *text = g_strdup_printf ("%p", (void *) memory);
    if (write (STDERR_FILENO, text, 0) < 0)
      return errno;
  }
  return DONE;
}

/* Runs `attempt` in a child that is confined, and returns its wait status. */
static int
run_confined (TruceSandboxKind kind, int (*attempt) (void))
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    g_free (truce_sandbox_enter (kind));
    _exit (attempt ());
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

typedef struct {
  const char *name;
  int (*attempt) (void);
  int parse, net; /* KILLED, DONE or the errno */
} Attempt;

#define KILLED -1

static const Attempt attempts[] = {
  { "work", try_work, DONE, DONE },
  { "write-file", try_write_file, KILLED, KILLED },
  { "unlink", try_unlink, KILLED, KILLED },
  { "read-secret", try_read_secret, KILLED, EACCES },
  { "read-hosts", try_read_hosts, KILLED, DONE },
  { "fork", try_fork, KILLED, KILLED },
  { "exec", try_exec, KILLED, KILLED },
  { "kill", try_kill, KILLED, KILLED },
  { "trace", try_trace, KILLED, KILLED },
  { "packet-socket", try_packet_socket, KILLED, KILLED },
  { "netlink-socket", try_netlink_socket, KILLED, EAFNOSUPPORT },
  { "connect", try_connect, KILLED, DONE },
  { "bind", try_bind, KILLED, KILLED },
  { "resolve", try_resolve, KILLED, DONE },
  { "thread", try_thread, KILLED, DONE },
  { "executable-memory", try_executable_memory, KILLED, KILLED },
};

/* What this kernel lacks, as a child sees it; "" for nothing. */
static char *
kernel_note (TruceSandboxKind kind)
{
  char text[512] = "";
  int ends[2];
  pid_t child;
  ssize_t n;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0) {
    g_autofree char *note = truce_sandbox_enter (kind);
    if (note && write (ends[1], note, strlen (note)) < 0)
      _exit (1);
    _exit (0);
  }
  close (ends[1]);
  n = read (ends[0], text, sizeof text - 1);
  close (ends[0]);
  waitpid (child, NULL, 0);
  return g_strndup (text, n > 0 ? (gsize) n : 0);
}

static void
check_attempt (const Attempt *attempt, TruceSandboxKind kind)
{
  int expected = kind == TRUCE_SANDBOX_PARSE ? attempt->parse : attempt->net;
  g_autofree char *note = kernel_note (kind);
  int status;

  if (strstr (note, "seccomp") || (expected == EACCES && strstr (note, "Landlock"))) {
    g_test_skip (note);
    return;
  }
  status = run_confined (kind, attempt->attempt);
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
  check_attempt (data, TRUCE_SANDBOX_PARSE);
}

static void
test_net (gconstpointer data)
{
  check_attempt (data, TRUCE_SANDBOX_NET);
}

/* Landlock by itself, as on a kernel or build without seccomp. */
static void
check_landlock (TruceSandboxKind kind, int (*attempt) (void), int expected)
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (truce_sandbox_landlock (kind))
      _exit (99);
    _exit (attempt ());
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 99)
    g_test_skip ("this kernel has no Landlock");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, expected);
}

static void
test_landlock (void)
{
  check_landlock (TRUCE_SANDBOX_PARSE, try_read_hosts, EACCES);
  check_landlock (TRUCE_SANDBOX_PARSE, try_write_file, EACCES);
  check_landlock (TRUCE_SANDBOX_PARSE, try_exec, EACCES);
  check_landlock (TRUCE_SANDBOX_NET, try_read_hosts, DONE);
  check_landlock (TRUCE_SANDBOX_NET, try_read_secret, EACCES);
  check_landlock (TRUCE_SANDBOX_NET, try_write_file, EACCES);
  check_landlock (TRUCE_SANDBOX_NET, try_exec, EACCES);
  check_landlock (TRUCE_SANDBOX_NET, try_resolve, DONE);
}

static int
spin (void)
{
  volatile guint64 turns = 0;

  truce_sandbox_allow_cpu (1);
  while (turns < G_MAXUINT64)
    turns = turns + 1;
  return DONE;
}

static int
spin_twice (void)
{
  struct rusage used;

  /* Renewed in time, it goes on beyond the first allowance. */
  do {
    truce_sandbox_allow_cpu (1);
    getrusage (RUSAGE_SELF, &used);
  } while (used.ru_utime.tv_sec + used.ru_stime.tv_sec < 3);
  return DONE;
}

static void
test_cpu (void)
{
  int status = run_confined (TRUCE_SANDBOX_PARSE, spin);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGXCPU);
  status = run_confined (TRUCE_SANDBOX_PARSE, spin_twice);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, DONE);
}

#ifndef __SANITIZE_ADDRESS__ /* which cannot live with a limit on memory: this file is also built without it */
static int
try_much_memory (void)
{
  return malloc ((size_t) TRUCE_PARSE_MEMORY * 2) ? DONE : ENOMEM;
}

static void
test_memory (void)
{
  int status = run_confined (TRUCE_SANDBOX_PARSE, try_much_memory);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, ENOMEM);
}
#endif

static int
listen_on_loopback (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 8), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  listening_port = ntohs (address.sin_port);
  return fd;
}

int
main (int argc, char **argv)
{
  int listener, result;

  g_test_init (&argc, &argv, NULL);
  listener = listen_on_loopback ();
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_autofree char *parse = g_strdup_printf ("/sandbox/parse/%s", attempts[i].name);
    g_autofree char *net = g_strdup_printf ("/sandbox/net/%s", attempts[i].name);

    g_test_add_data_func (parse, &attempts[i], test_parse);
    g_test_add_data_func (net, &attempts[i], test_net);
  }
  g_test_add_func ("/sandbox/landlock", test_landlock);
  g_test_add_func ("/sandbox/cpu", test_cpu);
#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/sandbox/memory", test_memory);
#endif
  result = g_test_run ();
  close (listener);
  return result;
}
