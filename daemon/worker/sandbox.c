/* SPDX-License-Identifier: MIT */
#include "worker/sandbox_private.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef UNDER_ADDRESS_SANITIZER
#define UNDER_ADDRESS_SANITIZER 0
#endif

#if UNDER_ADDRESS_SANITIZER
static gboolean confined;

/* The leak check at exit traces this process from a clone of it, which is just what the sandbox forbids. */
int __lsan_is_turned_off (void);
__attribute__ ((visibility ("default"))) int
__lsan_is_turned_off (void)
{
  return confined;
}
#endif

static void
add_note (GPtrArray *notes, char *note)
{
  if (note)
    g_ptr_array_add (notes, note);
}

static char *
limit (__rlimit_resource_t resource, rlim_t value, const char *what)
{
  struct rlimit both = { .rlim_cur = value, .rlim_max = value };

  if (setrlimit (resource, &both) == 0)
    return NULL;
  return g_strdup_printf ("no limit on %s (%s)", what, g_strerror (errno));
}

static gboolean
is_regular_file (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

static void
limit_resources (TruceSandboxKind kind, GPtrArray *notes)
{
  /* The sanitizer's shadow is terabytes of address space. */
  if (!UNDER_ADDRESS_SANITIZER)
    add_note (notes, limit (RLIMIT_AS, kind == TRUCE_SANDBOX_PARSE ? TRUCE_PARSE_MEMORY : TRUCE_NET_MEMORY, "memory"));
  /* A core holds what strangers sent, and would be the one file written. */
  add_note (notes, limit (RLIMIT_CORE, 0, "core dumps"));
  /* Messages may go to a file that truced was given as its standard error; no other file is open for writing. */
  if (!is_regular_file (STDERR_FILENO))
    add_note (notes, limit (RLIMIT_FSIZE, 0, "written files"));
  if (kind == TRUCE_SANDBOX_PARSE) {
    add_note (notes, limit (RLIMIT_NPROC, 0, "new processes"));
    /* What is open stays so; nothing can be opened. */
    add_note (notes, limit (RLIMIT_NOFILE, 0, "open files"));
  }
}

char *
truce_sandbox_enter (TruceSandboxKind kind)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

#if UNDER_ADDRESS_SANITIZER
  confined = TRUE;
#endif
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    add_note (notes, g_strdup_printf ("no_new_privs is refused (%s)", g_strerror (errno)));
  /* Another process of the same user must not look into this one's memory, nor this one's files through /proc. */
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    add_note (notes, g_strdup_printf ("the process stays traceable (%s)", g_strerror (errno)));
  add_note (notes, truce_sandbox_landlock (kind));
  limit_resources (kind, notes);
  add_note (notes, truce_sandbox_seccomp (kind));
  if (notes->len == 0)
    return NULL;
  g_ptr_array_add (notes, NULL);
  return g_strjoinv ("; ", (char **) notes->pdata);
}

void
truce_sandbox_allow_cpu (unsigned seconds)
{
  struct rusage used;
  struct rlimit both;

  if (getrusage (RUSAGE_SELF, &used) != 0 || getrlimit (RLIMIT_CPU, &both) != 0)
    return;
  /* The limit counts whole seconds since the start; the part of a second that is gone already is given again. */
  both.rlim_cur = (rlim_t) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 2 + seconds - 1;
  both.rlim_cur = MIN (both.rlim_cur, both.rlim_max);
  setrlimit (RLIMIT_CPU, &both);
}
