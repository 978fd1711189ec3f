/* SPDX-License-Identifier: MIT */
/* A file is replaced whole or not at all: whoever reads it meets the old one or the new one. */
#include "io/files.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/agenda.h"
#include "engine/metrics.h"

#define SOON 1            /* seconds in which further changes are awaited */
#define FEEDS_SOON 60     /* the same of feeds, which change with every poll */
#define RETRY_AFTER 300   /* seconds: until then somebody may have mended it */
#define MODE_DEFAULT 0644 /* others read it: what it has is no secret, as truced's state may be */

typedef struct {
  char *text;      /* as it was last written; NULL: not known */
  TruceTime since; /* it cannot be written; NONE: it can */
} File;

struct _TruceFiles {
  TruceEngine *engine;
  GHashTable *files; /* path -> File * */
  guint timer;
  gboolean in_a_minute; /* the timer is the longer one */
  gboolean dates;       /* may have changed */
  gboolean anew;        /* the metrics are to be written though nothing has changed: they show that truced lives */
};

static void
free_file (gpointer data)
{
  File *file = data;

  g_free (file->text);
  g_free (file);
}

TruceFiles *
truce_files_new (void)
{
  TruceFiles *files = g_new0 (TruceFiles, 1);

  files->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_file);
  return files;
}

void
truce_files_free (TruceFiles *files)
{
  if (!files)
    return;
  if (files->timer)
    truce_files_write (files);
  g_clear_handle_id (&files->timer, g_source_remove);
  g_hash_table_unref (files->files);
  g_free (files);
}

/* --- writing --- */

static gboolean
fail (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
write_whole (int fd, const char *text)
{
  gsize left = strlen (text);

  while (left > 0) {
    ssize_t written = write (fd, text, left);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    text += written;
    left -= (gsize) written;
  }
  return fsync (fd) == 0;
}

/* Beside `path`, which is put in its place; with the mode that somebody gave that. */
static gboolean
replace (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.new", name), *fresh = g_build_filename (folder, hidden, NULL);
  GStatBuf status;
  mode_t mode = g_stat (path, &status) == 0 ? status.st_mode & 0777 : MODE_DEFAULT;

  (void) g_unlink (fresh); /* of a truced that was killed */
  int fd = g_open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, path);
  gboolean done = write_whole (fd, text) && fchmod (fd, mode) == 0 && g_rename (fresh, path) == 0;
  if (!done) {
    fail (error, path);
    (void) g_unlink (fresh);
  }
  (void) close (fd);
  return done;
}

/* Is it the same but for when it was made? */
static gboolean
same_calendar (const char *one, const char *other)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1), b = g_strsplit (other, "\n", -1);
  guint i = 0;

  for (; a[i] && b[i]; i++)
    if (strcmp (a[i], b[i]) != 0 && !(g_str_has_prefix (a[i], "DTSTAMP:") && g_str_has_prefix (b[i], "DTSTAMP:")))
      return FALSE;
  return !a[i] && !b[i];
}

static gboolean
is_current (const TruceFiles *files, const TruceSink *sink, const File *file, const char *text)
{
  if (!file->text || !g_file_test (sink->path, G_FILE_TEST_EXISTS))
    return FALSE;
  if (sink->kind == TRUCE_SINK_ICS)
    return same_calendar (file->text, text);
  return !files->anew && strcmp (file->text, text) == 0;
}

static File *
file_of (TruceFiles *files, const char *path)
{
  File *file = g_hash_table_lookup (files->files, path);

  if (!file) {
    file = g_new0 (File, 1);
    file->since = TRUCE_TIME_NONE;
    (void) g_file_get_contents (path, &file->text, NULL, NULL);
    g_hash_table_insert (files->files, g_strdup (path), file);
  }
  return file;
}

/* TRUE: it could not be written. */
static gboolean
write_one (TruceFiles *files, const TruceSink *sink)
{
  File *file = file_of (files, sink->path);

  if (sink->kind == TRUCE_SINK_ICS && !files->dates && file->text)
    return FALSE;
  g_autofree char *text =
      sink->kind == TRUCE_SINK_ICS ? truce_agenda_of (files->engine, sink) : truce_metrics_text (files->engine);
  g_autofree char *name = g_strconcat ("file ", sink->id, NULL);
  g_autofree char *title = g_strdup_printf ("The file of the sink %s cannot be written", sink->id);
  g_autoptr (GError) error = NULL;

  if (is_current (files, sink, file, text))
    return FALSE;
  if (replace (sink->path, text, &error)) {
    g_free (file->text);
    file->text = g_steal_pointer (&text);
    file->since = TRUCE_TIME_NONE;
    return FALSE;
  }
  g_clear_pointer (&file->text, g_free);
  if (file->since == TRUCE_TIME_NONE)
    file->since = truce_engine_now (files->engine);
  truce_engine_problem (files->engine, name, title, error->message, file->since);
  return TRUE;
}

/* --- when --- */

static void arm (TruceFiles *files, guint seconds);

void
truce_files_write (TruceFiles *files)
{
  TruceConfig *config = truce_config_ref (truce_engine_config (files->engine));
  gboolean failed = FALSE;

  g_clear_handle_id (&files->timer, g_source_remove);
  for (guint i = 0; i < truce_config_n_files (config); i++)
    failed |= write_one (files, truce_config_file (config, i));
  truce_config_unref (config);
  files->anew = files->dates = FALSE;
  if (failed)
    arm (files, RETRY_AFTER);
}

static gboolean
on_time (gpointer user_data)
{
  TruceFiles *files = user_data;

  files->timer = 0;
  truce_files_write (files);
  return G_SOURCE_REMOVE;
}

static void
arm (TruceFiles *files, guint seconds)
{
  g_clear_handle_id (&files->timer, g_source_remove);
  files->in_a_minute = seconds != SOON;
  files->timer = g_timeout_add_seconds (seconds, on_time, files);
}

void
truce_files_note (TruceFiles *files, const char *what)
{
  if (!files || !files->engine || truce_config_n_files (truce_engine_config (files->engine)) == 0)
    return;
  files->dates = files->dates || strcmp (what, "milestones") == 0 || strcmp (what, "config") == 0;
  files->anew = files->anew || strcmp (what, "time") == 0;
  if (strcmp (what, "feeds") != 0 && (!files->timer || files->in_a_minute))
    arm (files, SOON);
  else if (!files->timer)
    arm (files, FEEDS_SOON);
}

void
truce_files_set_engine (TruceFiles *files, TruceEngine *engine)
{
  files->engine = engine;
  truce_files_note (files, "config");
}
