/* SPDX-License-Identifier: MIT */
/* readonly.so, preloaded into truced: while the file that READONLY_WHILE names exists, nothing can be written, as on a
 * file system that the kernel has made read-only after an error. mount(8) does that to none that has files open to
 * write. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
is_readonly (int fd)
{
  const char *file = getenv ("READONLY_WHILE");
  struct stat about;

  return file && access (file, F_OK) == 0 && fstat (fd, &about) == 0 && S_ISREG (about.st_mode) &&
         strcmp (program_invocation_short_name, "truced") == 0;
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t length, off64_t at)
{
  static ssize_t (*real) (int, const void *, size_t, off64_t);

  if (!real)
    real = (ssize_t (*) (int, const void *, size_t, off64_t)) dlsym (RTLD_NEXT, "pwrite64");
  if (is_readonly (fd)) {
    errno = EROFS;
    return -1;
  }
  return real (fd, bytes, length, at);
}
