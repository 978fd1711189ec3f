/* SPDX-License-Identifier: MIT */
/* Preloaded into a worker: at SIGUSR1 the worker itself tries what $MISBEHAVE names, as code of a stranger's would that
 * had got hold of it, and ends with DONE or the errno when it was let live. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "misbehave.h"

static int
misbehave (const char *how)
{
  const struct sockaddr any = { .sa_family = AF_INET };

  if (strcmp (how, "read-file") == 0)
    return open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
  if (strcmp (how, "write-file") == 0)
    return open ("misbehaved", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (strcmp (how, "make-folder") == 0)
    return mkdir ("misbehaved", 0700);
  if (strcmp (how, "rename") == 0)
    return rename ("/tmp/misbehaved", "/tmp/misbehaved-too");
  if (strcmp (how, "execute") == 0)
    return execl ("/bin/true", "true", NULL);
  if (strcmp (how, "fork") == 0)
    return fork ();
  if (strcmp (how, "internet-socket") == 0)
    return socket (AF_INET, SOCK_STREAM, 0);
  if (strcmp (how, "packet-socket") == 0)
    return socket (AF_PACKET, SOCK_RAW, 0);
  if (strcmp (how, "listen") == 0)
    return bind (socket (AF_INET, SOCK_STREAM, 0), &any, sizeof any);
  if (strcmp (how, "kill-truced") == 0)
    return kill (getppid (), SIGTERM);
  if (strcmp (how, "trace-truced") == 0)
    return (int) ptrace (PTRACE_ATTACH, getppid (), NULL, NULL);
  return 0; /* "nothing": the handler itself does no harm */
}

static void
on_signal (int number)
{
  _exit (misbehave (getenv ("MISBEHAVE")) < 0 ? errno : MISBEHAVE_DONE);
}

__attribute__ ((constructor)) static void
lie_in_wait (void)
{
  signal (SIGUSR1, on_signal);
}
