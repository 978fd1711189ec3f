/* SPDX-License-Identifier: MIT */
/* turns.so, preloaded into truced: how long a turn of its main loop lasts, which is how long whoever asks it something waits.
 * A turn is from the return of one poll() to the call of the next. Each that is longer than all before it leaves a
 * line in the file that TRUCED_TURNS names: its CPU time and that of the clock in microseconds, and how often it
 * waited for the disk. CPU time is the program's own, however busy the machine is with others. */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
  int active; /* -1: this is another program */
  long cpu, wall, syncs;
  long longest_cpu, longest_wall;
} turn;

static long
microseconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
end_turn (const char *file)
{
  long cpu = microseconds (CLOCK_THREAD_CPUTIME_ID) - turn.cpu, wall = microseconds (CLOCK_MONOTONIC) - turn.wall;
  FILE *lines;

  if (cpu <= turn.longest_cpu && wall <= turn.longest_wall)
    return;
  turn.longest_cpu = cpu > turn.longest_cpu ? cpu : turn.longest_cpu;
  turn.longest_wall = wall > turn.longest_wall ? wall : turn.longest_wall;
  lines = fopen (file, "ae");
  if (!lines)
    return;
  fprintf (lines, "%ld %ld %ld\n", cpu, wall, turn.syncs);
  fclose (lines);
}

int
poll (struct pollfd *fds, nfds_t n_fds, int timeout)
{
  static int (*real) (struct pollfd *, nfds_t, int);
  const char *file = getenv ("TRUCED_TURNS");
  int result, code;

  if (!real)
    real = (int (*) (struct pollfd *, nfds_t, int)) dlsym (RTLD_NEXT, "poll");
  if (!file || turn.active < 0 || gettid () != getpid ())
    return real (fds, n_fds, timeout);
  if (turn.active > 0)
    end_turn (file);
  result = real (fds, n_fds, timeout);
  code = errno;
  if (turn.active == 0) /* its workers have a sandbox, and a loop of their own */
    turn.active = strcmp (program_invocation_short_name, "truced") == 0 ? 1 : -1;
  if (turn.active > 0) {
    turn.cpu = microseconds (CLOCK_THREAD_CPUTIME_ID);
    turn.wall = microseconds (CLOCK_MONOTONIC);
    turn.syncs = 0;
  }
  errno = code;
  return result;
}

int
fdatasync (int fd)
{
  static int (*real) (int);

  if (!real)
    real = (int (*) (int)) dlsym (RTLD_NEXT, "fdatasync");
  turn.syncs++;
  return real (fd);
}
