/* SPDX-License-Identifier: MIT */
#include "io/zone_watch.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define SETTLE 2          /* seconds without a change: a package manager renames its files in one go */
#define SETTLE_LONGEST 30 /* seconds: whoever goes on writing there is no package manager */
#define DEPTH_MAX 3       /* America/Argentina/Ushuaia */
#define FOLDERS_MAX 100   /* there are 20 */
#define CHANGES (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

struct _TruceZoneWatch {
  void (*changed) (gpointer user_data);
  gpointer user_data;
  char *folder;
  int inotify;
  guint source;
  guint settling;
  gint64 first; /* change of those that settle, on the monotonic clock of the main loop */
};

/* Watching what is watched already changes nothing. FALSE: there is no such folder. */
static gboolean
watch_folder (TruceZoneWatch *watch, const char *path, guint depth, guint *n_folders)
{
  g_autoptr (GDir) entries = NULL;
  const char *name;

  if (inotify_add_watch (watch->inotify, path, CHANGES | IN_ONLYDIR) < 0)
    return FALSE;
  ++*n_folders;
  entries = depth < DEPTH_MAX ? g_dir_open (path, 0, NULL) : NULL;
  while (entries && *n_folders < FOLDERS_MAX && (name = g_dir_read_name (entries))) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    if (depth > 1 || (strcmp (name, "posix") != 0 && strcmp (name, "right") != 0)) /* the same again, and not used */
      (void) watch_folder (watch, inside, depth + 1, n_folders);
  }
  return TRUE;
}

/* While there is none, the folder that it would appear in. */
static void
watch_all (TruceZoneWatch *watch)
{
  guint n_folders = 0;
  g_autofree char *parent = g_path_get_dirname (watch->folder);

  if (!watch_folder (watch, watch->folder, 1, &n_folders))
    (void) inotify_add_watch (watch->inotify, parent, IN_CREATE | IN_MOVED_TO | IN_ONESHOT | IN_ONLYDIR);
}

static gboolean
on_settled (gpointer user_data)
{
  TruceZoneWatch *watch = user_data;

  watch->settling = 0;
  watch_all (watch); /* folders that have come */
  watch->changed (watch->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_change (int fd, GIOCondition condition, gpointer user_data)
{
  TruceZoneWatch *watch = user_data;
  char events[4096] G_GNUC_UNUSED __attribute__ ((aligned (__alignof__(struct inotify_event))));
  gint64 now = g_source_get_time (g_main_current_source ());

  while (read (fd, events, sizeof events) > 0)
    ; /* which events they were does not matter */
  if (watch->settling == 0)
    watch->first = now;
  else if (now - watch->first > SETTLE_LONGEST * G_TIME_SPAN_SECOND)
    return G_SOURCE_CONTINUE;
  g_clear_handle_id (&watch->settling, g_source_remove);
  watch->settling = g_timeout_add_seconds (SETTLE, on_settled, watch);
  return G_SOURCE_CONTINUE;
}

TruceZoneWatch *
truce_zone_watch_new (const char *folder, void (*changed) (gpointer user_data), gpointer user_data)
{
  TruceZoneWatch *watch;
  int inotify = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);

  if (inotify < 0)
    return NULL;
  watch = g_new0 (TruceZoneWatch, 1);
  watch->changed = changed;
  watch->user_data = user_data;
  watch->folder = g_strdup (folder);
  watch->inotify = inotify;
  watch->source = g_unix_fd_add (inotify, G_IO_IN, on_change, watch);
  watch_all (watch);
  return watch;
}

void
truce_zone_watch_free (TruceZoneWatch *watch)
{
  if (!watch)
    return;
  g_clear_handle_id (&watch->settling, g_source_remove);
  g_source_remove (watch->source);
  close (watch->inotify);
  g_free (watch->folder);
  g_free (watch);
}
