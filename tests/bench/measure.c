/* SPDX-License-Identifier: MIT */
#include "measure.h"

#include <malloc.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

double
bench_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

double
bench_memory_kb (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd) / 1024;
}

double
bench_resident_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long pages = 0;

  malloc_trim (0);
  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %lu", &pages);
  return (double) pages * (double) sysconf (_SC_PAGESIZE);
}
