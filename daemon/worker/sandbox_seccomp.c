/* SPDX-License-Identifier: MIT */
#include "truced-config.h"
#include "worker/sandbox_private.h"

#if HAVE_SECCOMP

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/* Names, not numbers: an architecture has some of them only. */
static const char *const both_calls[] = {
  /* frames and messages */
  "read",
  "write",
  "readv",
  "writev",
  "close",
  "fstat",
  "newfstatat",
  "getpeername",
  /* memory */
  "brk",
  "munmap",
  "mremap",
  "madvise",
  /* what libc does by itself */
  "futex",
  "getpid",
  "gettid",
  "tgkill",
  "getrandom",
  "rt_sigaction",
  "rt_sigprocmask",
  "rt_sigreturn",
  "sigaltstack",
  "sched_yield",
  "restart_syscall",
  "clock_gettime",
  "gettimeofday",
  "exit",
  "exit_group",
  /* the CPU allowance */
  "getrusage",
  "getrlimit",
  "setrlimit",
};

static const char *const net_calls[] = {
  /* sockets */
  "socketpair",
  "connect",
  "sendto",
  "sendmsg",
  "sendmmsg",
  "recvfrom",
  "recvmsg",
  "recvmmsg",
  "getsockname",
  "getsockopt",
  "setsockopt",
  "shutdown",
  "poll",
  "ppoll",
  "select",
  "pselect6",
  "epoll_create1",
  "epoll_ctl",
  "epoll_wait",
  "epoll_pwait",
  "eventfd2",
  "pipe2",
  "fcntl",
  "fcntl64",
  "dup",
  /* files of the resolver and of TLS: Landlock says which */
  "stat",
  "lstat",
  "statx",
  "fstatfs",
  "access",
  "faccessat",
  "faccessat2",
  "readlink",
  "readlinkat",
  "getdents64",
  "pread64",
  "lseek",
  "_llseek",
  "fadvise64",
  "getcwd",
  /* threads of the resolver */
  "set_robust_list",
  "rseq",
  "sched_getaffinity",
  "membarrier",
  /* what libraries ask */
  "getuid",
  "geteuid",
  "getgid",
  "getegid",
  "getresuid",
  "getresgid",
  "uname",
  "sysinfo",
  "clock_getres",
  "nanosleep",
  "clock_nanosleep",
  "timerfd_create",
  "timerfd_settime",
};

static struct scmp_arg_cmp
equal (unsigned argument, scmp_datum_t value)
{
  return (struct scmp_arg_cmp){ .arg = argument, .op = SCMP_CMP_EQ, .datum_a = value };
}

static struct scmp_arg_cmp
bits_equal (unsigned argument, scmp_datum_t bits, scmp_datum_t value)
{
  return (struct scmp_arg_cmp){ .arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = bits, .datum_b = value };
}

static int
allow (scmp_filter_ctx filter, const char *name, unsigned n, const struct scmp_arg_cmp *arguments)
{
  int call = seccomp_syscall_resolve_name (name);
  int result;

  if (call == __NR_SCMP_ERROR)
    return 0;
  result = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, call, n, arguments);
  /* Some architectures have the call by another name, which is in the list too. */
  return result == -EDOM || result == -EINVAL ? 0 : result;
}

static int
allow_all (scmp_filter_ctx filter, const char *const *names, gsize n)
{
  int result = 0;

  for (gsize i = 0; i < n && result == 0; i++)
    result = allow (filter, names[i], 0, NULL);
  return result;
}

static int
allow_if (scmp_filter_ctx filter, const char *name, struct scmp_arg_cmp argument)
{
  return allow (filter, name, 1, &argument);
}

/* Memory that can be run is never made anew, except that loading an NSS module maps its code from a file. */
static int
allow_memory (scmp_filter_ctx filter, TruceSandboxKind kind)
{
  const struct scmp_arg_cmp not_executable = bits_equal (2, PROT_EXEC, 0);
  int result = 0;

  for (gsize i = 0; i < 2 && result == 0; i++) {
    const char *name = i == 0 ? "mmap" : "mmap2";
    result = kind == TRUCE_SANDBOX_NET ? allow (filter, name, 0, NULL) : allow_if (filter, name, not_executable);
  }
  if (result == 0)
    result = allow_if (filter, "mprotect", not_executable);
  return result;
}

static int
allow_common (scmp_filter_ctx filter, TruceSandboxKind kind)
{
  int result = allow_all (filter, both_calls, G_N_ELEMENTS (both_calls));

  if (result == 0)
    result = allow_memory (filter, kind);
  /* Limits of this process only. */
  if (result == 0)
    result = allow_if (filter, "prlimit64", equal (0, 0));
  /* Is standard error a terminal? */
  if (result == 0)
    result = allow_if (filter, "ioctl", equal (1, TCGETS));
  return result;
}

static int
allow_sockets (scmp_filter_ctx filter)
{
  /* AF_UNIX: nss-resolve and nscd. */
  static const int families[] = { AF_INET, AF_INET6, AF_UNIX };
  int result = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (families) && result == 0; i++)
    result = allow_if (filter, "socket", equal (0, (scmp_datum_t) families[i]));
  /* The resolver asks netlink first, and does without when it is told that there is none. */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EAFNOSUPPORT), SCMP_SYS (socket), 1, equal (0, AF_NETLINK));
  for (gsize i = 0; i < 2 && result == 0; i++)
    result = allow_if (filter, "ioctl", equal (1, i == 0 ? FIONREAD : FIONBIO));
  return result;
}

static int
allow_threads (scmp_filter_ctx filter)
{
  int result = allow_if (filter, "clone", bits_equal (0, CLONE_THREAD, CLONE_THREAD));

  /* Its flags are behind a pointer, where a filter cannot look: libc falls back to clone. */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  /* Threads name themselves. */
  if (result == 0)
    result = allow_if (filter, "prctl", equal (0, PR_SET_NAME));
  return result;
}

static int
allow_reading_files (scmp_filter_ctx filter)
{
  const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
  int result = allow_if (filter, "openat", bits_equal (2, writing, O_RDONLY));

  if (result == 0)
    result = allow_if (filter, "open", bits_equal (1, writing, O_RDONLY));
  return result;
}

static int
allow_net (scmp_filter_ctx filter)
{
  int result = allow_all (filter, net_calls, G_N_ELEMENTS (net_calls));

  if (result == 0)
    result = allow_sockets (filter);
  if (result == 0)
    result = allow_threads (filter);
  if (result == 0)
    result = allow_reading_files (filter);
  return result;
}

char *
truce_sandbox_seccomp (TruceSandboxKind kind)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int result;

  if (!filter)
    return g_strdup ("no seccomp filter can be made");
  result = allow_common (filter, kind);
  if (result == 0 && kind == TRUCE_SANDBOX_NET)
    result = allow_net (filter);
  if (result == 0)
    result = seccomp_load (filter);
  seccomp_release (filter);
  return result == 0 ? NULL : g_strdup_printf ("seccomp is refused (%s)", g_strerror (-result));
}

#else

char *
truce_sandbox_seccomp (TruceSandboxKind kind)
{
  return g_strdup ("built without seccomp");
}

#endif
