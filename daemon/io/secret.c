/* SPDX-License-Identifier: MIT */
#include "io/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_MAX 4096 /* bytes: the longest tokens have two thousand */
#define CREDENTIALS "CREDENTIALS_DIRECTORY"
#define OTHERS (S_IRWXG | S_IRWXO)

static gboolean
is_credential (const char *reference)
{
  return g_str_has_prefix (reference, "credential:");
}

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_FAILED, format, arguments);
  va_end (arguments);
  return FALSE;
}

/* (transfer full); NULL: there are no credentials here. */
static char *
path_of (const char *reference, GError **error)
{
  const char *folder = g_getenv (CREDENTIALS), *name = strchr (reference, ':') + 1;

  if (!is_credential (reference))
    return g_strdup (name);
  if (folder && *folder)
    return g_build_filename (folder, name, NULL);
  fail (error, "there is no credential %s: its unit says no LoadCredential=", name);
  return NULL;
}

/* Of a credential the service manager has seen to it who can read it, by rights that the mode does not show. */
static gboolean
may_be_read (int fd, const char *path, gboolean credential, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail (error, "cannot read %s: %s", path, g_strerror (errno));
  if (!S_ISREG (status.st_mode))
    return fail (error, "%s is not a regular file", path);
  if (!credential && status.st_mode & OTHERS)
    return fail (error, "%s can be read by others than its owner: chmod 600 keeps it secret", path);
  if (!credential && status.st_uid != 0 && status.st_uid != geteuid ())
    return fail (error, "%s belongs to somebody else", path);
  if (status.st_size > SECRET_MAX)
    return fail (error, "%s is over %d bytes", path, SECRET_MAX);
  return TRUE;
}

/* -1 and an error. */
static int
open_secret (const char *reference, char **ret_path, GError **error)
{
  g_autofree char *path = path_of (reference, error);
  int fd;

  if (!path)
    return -1;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a FIFO would hold us up */
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "cannot read %s: %s", path,
                 g_strerror (errno));
  else if (!may_be_read (fd, path, is_credential (reference), error)) {
    close (fd);
    fd = -1;
  }
  *ret_path = g_steal_pointer (&path);
  return fd;
}

/* Without the line's end behind it, which editors write. */
static gboolean
is_sound (char *secret, gsize length, const char *path, GError **error)
{
  while (length > 0 && (secret[length - 1] == '\n' || secret[length - 1] == '\r'))
    secret[--length] = '\0';
  if (length == 0)
    return fail (error, "%s is empty", path);
  if (strlen (secret) != length || strpbrk (secret, "\r\n") || !g_utf8_validate (secret, -1, NULL))
    return fail (error, "%s is more than one line of text", path);
  return TRUE;
}

char *
truce_secret_read (const char *reference, GError **error)
{
  g_autofree char *path = NULL;
  int fd = open_secret (reference, &path, error);
  char *secret;
  ssize_t length;

  if (fd < 0)
    return NULL;
  secret = g_malloc0 (SECRET_MAX + 1);
  do
    length = read (fd, secret, SECRET_MAX);
  while (length < 0 && errno == EINTR);
  if (length < 0)
    fail (error, "cannot read %s: %s", path, g_strerror (errno));
  close (fd);
  if (length >= 0 && is_sound (secret, (gsize) length, path, error))
    return secret;
  explicit_bzero (secret, SECRET_MAX + 1);
  g_free (secret);
  return NULL;
}

void
truce_secret_free (char *secret)
{
  if (!secret)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* Whoever only looks at the configuration may be somebody else than the service: what is kept from them is as it should
 * be. */
char *
truce_secret_fault (const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd;

  if (is_credential (reference) && !g_getenv (CREDENTIALS))
    return NULL;
  fd = open_secret (reference, &path, &error);
  if (fd >= 0)
    close (fd);
  if (!error)
    return NULL;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? NULL : g_strdup (error->message);
}
