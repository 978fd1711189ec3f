/* SPDX-License-Identifier: MIT */
#include "io/clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "deadline/zone.h"
#include "io/clock_private.h"
#include "io/zone_watch.h"

/* A set clock may be set again while we arm; after so many times in a row the timer stands as it is, and fires anyway.
 */
#define ARM_ATTEMPTS 3

/* What /etc/localtime is: another one of these is another zone. */
typedef struct {
  gboolean exists;
  dev_t device;
  ino_t inode;
  struct timespec changed;
} ZoneStamp;

struct _TruceClock {
  TruceWakeFunc wake;
  gpointer user_data;
  int timer;
  int watcher; /* inotify; -1 when the kernel gives none, and the zone is then re-read at the longest sleep's end */
  guint timer_source;
  guint watcher_source;
  char *zone_path;
  ZoneStamp zone;
  TruceZoneWatch *rules;
  gboolean stepped; /* arming found that the clock had been set */
};

TruceTime
truce_clock_now (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_REALTIME, &now);
  return now.tv_sec * TRUCE_SECOND + now.tv_nsec / 1000;
}

static TruceTime
clock_now (gpointer self)
{
  return truce_clock_now ();
}

static guint32
clock_random (gpointer self)
{
  guint32 number;

  return getrandom (&number, sizeof number, GRND_NONBLOCK) == sizeof number ? number : g_random_int ();
}

/* FALSE: the clock was set since this timer was last looked at. It is armed all the same. */
static gboolean
set_timer (TruceClock *clock, TruceTime at)
{
  struct itimerspec when = { 0 };

  when.it_value.tv_sec = (time_t) (at / TRUCE_SECOND);
  when.it_value.tv_nsec = (long) (at % TRUCE_SECOND * 1000);
  return timerfd_settime (clock->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) == 0 ||
         errno != ECANCELED;
}

/* NONE too is armed, as the latest of all: a timer that is not armed does not tell that the clock was set, and by a
 * clock that is ahead nothing may be owed any more. */
static void
clock_arm (gpointer self, TruceTime at)
{
  TruceClock *clock = self;

  /* 0 would disarm it: an instant that has passed is any instant that has passed. */
  at = MAX (at, 1);
  for (guint i = 0; i < ARM_ATTEMPTS; i++) {
    if (set_timer (clock, MIN (at, truce_clock_now () + TRUCE_CLOCK_LONGEST_SLEEP)))
      return;
    /* Whoever asked for `at` worked it out before the step, and must look again: from the main loop, not from here. */
    clock->stepped = TRUE;
    at = 1;
  }
}

static gboolean
on_timer (int fd, GIOCondition condition, gpointer user_data)
{
  TruceClock *clock = user_data;
  guint64 ticks;
  TruceWakeReason reason = clock->stepped ? TRUCE_WAKE_STEP : TRUCE_WAKE_DUE;

  if (read (fd, &ticks, sizeof ticks) < 0) {
    if (errno != ECANCELED)
      return G_SOURCE_CONTINUE; /* armed anew since it was found readable */
    reason = TRUCE_WAKE_STEP;
  }
  clock->stepped = FALSE;
  clock->wake (reason, clock->user_data);
  return G_SOURCE_CONTINUE;
}

static ZoneStamp
look_at_zone (const char *path)
{
  struct stat status;
  ZoneStamp stamp = { 0 };

  if (lstat (path, &status) == 0)
    stamp = (ZoneStamp){ TRUE, status.st_dev, status.st_ino, status.st_ctim };
  return stamp;
}

static gboolean
same_zone (const ZoneStamp *left, const ZoneStamp *right)
{
  return left->exists == right->exists && left->device == right->device && left->inode == right->inode &&
         left->changed.tv_sec == right->changed.tv_sec && left->changed.tv_nsec == right->changed.tv_nsec;
}

/* Watches the link itself (replacing it takes away its last name), so that nothing else in /etc wakes us; while there
 * is none, the folder, until one appears. Watching what is watched already changes nothing. */
static void
watch_zone (TruceClock *clock)
{
  g_autofree char *folder = g_path_get_dirname (clock->zone_path);

  if (inotify_add_watch (clock->watcher, clock->zone_path,
                         IN_ATTRIB | IN_CLOSE_WRITE | IN_MOVE_SELF | IN_DELETE_SELF | IN_DONT_FOLLOW) >= 0)
    return;
  (void) inotify_add_watch (clock->watcher, folder, IN_CREATE | IN_MOVED_TO | IN_ONESHOT);
  /* It may have come in between. */
  if (access (clock->zone_path, F_OK) == 0)
    (void) inotify_add_watch (clock->watcher, clock->zone_path,
                              IN_ATTRIB | IN_CLOSE_WRITE | IN_MOVE_SELF | IN_DELETE_SELF | IN_DONT_FOLLOW);
}

static gboolean
on_zone (int fd, GIOCondition condition, gpointer user_data)
{
  TruceClock *clock = user_data;
  char events[4096] G_GNUC_UNUSED __attribute__ ((aligned (__alignof__(struct inotify_event))));
  ZoneStamp seen;

  while (read (fd, events, sizeof events) > 0)
    ; /* which events they were does not matter: what is there now is compared */
  watch_zone (clock);
  seen = look_at_zone (clock->zone_path);
  if (same_zone (&seen, &clock->zone))
    return G_SOURCE_CONTINUE;
  clock->zone = seen;
  clock->wake (TRUCE_WAKE_ZONE, clock->user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_rules (gpointer user_data)
{
  TruceClock *clock = user_data;

  clock->wake (TRUCE_WAKE_RULES, clock->user_data);
}

TruceClock *
truce_clock_new_watching (const char *zone_path, const char *rules, TruceWakeFunc wake, gpointer user_data,
                          GError **error)
{
  g_autoptr (TruceClock) clock = g_new0 (TruceClock, 1);

  clock->wake = wake;
  clock->user_data = user_data;
  clock->zone_path = g_strdup (zone_path);
  clock->watcher = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  clock->timer = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (clock->timer < 0) {
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "no timer for the wall clock: %s",
                 g_strerror (errno));
    return NULL;
  }
  clock->timer_source = g_unix_fd_add (clock->timer, G_IO_IN, on_timer, clock);
  if (clock->watcher >= 0) {
    watch_zone (clock);
    clock->zone = look_at_zone (clock->zone_path);
    clock->watcher_source = g_unix_fd_add (clock->watcher, G_IO_IN, on_zone, clock);
  }
  clock->rules = truce_zone_watch_new (rules, on_rules, clock);
  return g_steal_pointer (&clock);
}

TruceClock *
truce_clock_new (TruceWakeFunc wake, gpointer user_data, GError **error)
{
  g_autofree char *rules = truce_zone_folder ();

  return truce_clock_new_watching ("/etc/localtime", rules, wake, user_data, error);
}

void
truce_clock_free (TruceClock *clock)
{
  if (!clock)
    return;
  g_clear_handle_id (&clock->timer_source, g_source_remove);
  g_clear_handle_id (&clock->watcher_source, g_source_remove);
  truce_zone_watch_free (clock->rules);
  if (clock->timer >= 0)
    close (clock->timer);
  if (clock->watcher >= 0)
    close (clock->watcher);
  g_free (clock->zone_path);
  g_free (clock);
}

void
truce_clock_port (TruceClock *clock, TruceClockPort *ret_port)
{
  *ret_port = (TruceClockPort){ .self = clock, .now = clock_now, .arm = clock_arm, .random = clock_random };
}
