/* SPDX-License-Identifier: MIT */
/* The one wake-up. A test must not set the clock of the machine it runs on: what the kernel answers after a step is put
 * in the place of its true answer, by the linker's --wrap. */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "io/clock_private.h"

int __real_timerfd_settime (int fd, int flags, const struct itimerspec *when, struct itimerspec *before);
int __wrap_timerfd_settime (int fd, int flags, const struct itimerspec *when, struct itimerspec *before);
ssize_t __real_read (int fd, void *buffer, size_t length);
ssize_t __wrap_read (int fd, void *buffer, size_t length);

static guint n_steps_when_arming, n_steps_when_reading;
static struct itimerspec last_armed;
static int last_flags;

/* Arms and says ECANCELED all the same, as the kernel does when the clock was set meanwhile. */
int
__wrap_timerfd_settime (int fd, int flags, const struct itimerspec *when, struct itimerspec *before)
{
  int result = __real_timerfd_settime (fd, flags, when, before);

  last_armed = *when;
  last_flags = flags;
  if (n_steps_when_arming == 0)
    return result;
  n_steps_when_arming--;
  errno = ECANCELED;
  return -1;
}

ssize_t
__wrap_read (int fd, void *buffer, size_t length)
{
  ssize_t result = __real_read (fd, buffer, length);

  if (n_steps_when_reading == 0 || length != sizeof (guint64))
    return result;
  n_steps_when_reading--;
  errno = ECANCELED;
  return -1;
}

#define PATIENCE (10 * G_TIME_SPAN_SECOND) /* a busy machine, not a broken one */
#define SHORT (80 * TRUCE_MILLISECOND)

typedef struct {
  TruceClock *clock;
  TruceClockPort port;
  char *folder, *zone, *rules;
  guint n_wakes;
  TruceWakeReason reason;
  TruceTime at;
} Fixture;

static void
on_wake (TruceWakeReason reason, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_wakes++;
  fixture->reason = reason;
  fixture->at = truce_clock_now ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("truced-clock-XXXXXX", NULL);
  fixture->zone = g_build_filename (fixture->folder, "localtime", NULL);
  g_assert_cmpint (symlink ("/usr/share/zoneinfo/UTC", fixture->zone), ==, 0);
  fixture->rules = g_build_filename (fixture->folder, "zoneinfo", NULL);
  g_assert_cmpint (g_mkdir (fixture->rules, 0700), ==, 0);
  fixture->clock = truce_clock_new_watching (fixture->zone, fixture->rules, on_wake, fixture, &error);
  g_assert_no_error (error);
  truce_clock_port (fixture->clock, &fixture->port);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  truce_clock_free (fixture->clock);
  (void) g_unlink (fixture->zone);
  g_assert_cmpint (g_rmdir (fixture->rules), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->zone);
  g_free (fixture->rules);
  g_free (fixture->folder);
}

/* Runs the loop until there were `n` wakes in all. */
static void
await_wakes (Fixture *fixture, guint n)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  while (fixture->n_wakes < n) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

static gboolean
stop_waiting (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the loop for a while in which nothing may wake us; the number of times that the loop turned. */
static guint
stay_quiet (Fixture *fixture, guint milliseconds)
{
  gboolean over = FALSE;
  guint n_before = fixture->n_wakes, n_turns = 0;

  g_timeout_add (milliseconds, stop_waiting, &over);
  while (!over) {
    g_main_context_iteration (NULL, TRUE);
    n_turns++;
  }
  g_assert_cmpuint (fixture->n_wakes, ==, n_before);
  return n_turns;
}

static void
test_due (Fixture *fixture, gconstpointer data)
{
  TruceTime due = truce_clock_now () + SHORT;

  fixture->port.arm (fixture->port.self, due);
  await_wakes (fixture, 1);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_DUE);
  g_assert_cmpint (fixture->at, >=, due);
  stay_quiet (fixture, 50); /* once */
}

static void
test_past (Fixture *fixture, gconstpointer data)
{
  const TruceTime pasts[] = { truce_clock_now () - 1, 1, 0, -1, -TRUCE_DAY, TRUCE_TIME_MIN };

  for (guint i = 0; i < G_N_ELEMENTS (pasts); i++) {
    fixture->port.arm (fixture->port.self, pasts[i]);
    g_assert_cmpuint (fixture->n_wakes, ==, i); /* from the loop, not from the call */
    await_wakes (fixture, i + 1);
    g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_DUE);
  }
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  TruceTime now = truce_clock_now ();

  fixture->port.arm (fixture->port.self, now + SHORT);
  fixture->port.arm (fixture->port.self, now + 3 * SHORT);
  await_wakes (fixture, 1);
  g_assert_cmpint (fixture->at, >=, now + 3 * SHORT);
  fixture->port.arm (fixture->port.self, truce_clock_now () + TRUCE_HOUR);
  fixture->port.arm (fixture->port.self, truce_clock_now () + SHORT);
  await_wakes (fixture, 2);
  stay_quiet (fixture, 50);
}

/* What is armed and then replaced while it is already due must not wake for the old instant. */
static void
test_replace_due (Fixture *fixture, gconstpointer data)
{
  fixture->port.arm (fixture->port.self, truce_clock_now ());
  g_usleep (2000);
  fixture->port.arm (fixture->port.self, truce_clock_now () + TRUCE_HOUR);
  stay_quiet (fixture, 50);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  fixture->port.arm (fixture->port.self, truce_clock_now () + 5 * TRUCE_MILLISECOND);
  fixture->port.arm (fixture->port.self, TRUCE_TIME_NONE);
  stay_quiet (fixture, 100);
}

/* Idle costs nothing: the loop turns for the test's own timeout and for nothing else. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  fixture->port.arm (fixture->port.self, truce_clock_now () + TRUCE_HOUR);
  g_assert_cmpuint (stay_quiet (fixture, 200), <=, 2);
}

/* And when nothing is owed: by a clock that is ahead nothing may be, and that it is set back must be seen. */
static void
test_longest_sleep (Fixture *fixture, gconstpointer data)
{
  static const TruceTime lates[] = { TRUCE_TIME_MAX, TRUCE_TIME_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (lates); i++) {
    TruceTime before = truce_clock_now (), armed;
    fixture->port.arm (fixture->port.self, lates[i]);
    armed = last_armed.it_value.tv_sec * TRUCE_SECOND + last_armed.it_value.tv_nsec / 1000;
    g_assert_cmpint (armed, >=, before + TRUCE_CLOCK_LONGEST_SLEEP);
    g_assert_cmpint (armed, <=, truce_clock_now () + TRUCE_CLOCK_LONGEST_SLEEP);
    g_assert_cmpint (last_armed.it_interval.tv_sec, ==, 0);
    g_assert_cmpint (last_flags, ==, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
  }
}

static void
test_step_when_reading (Fixture *fixture, gconstpointer data)
{
  n_steps_when_reading = 1;
  fixture->port.arm (fixture->port.self, truce_clock_now ());
  await_wakes (fixture, 1);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_STEP);
  fixture->port.arm (fixture->port.self, truce_clock_now () + SHORT);
  await_wakes (fixture, 2);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_DUE);
}

/* The clock was set between working out what is due and arming for it: one wake, soon, to work it out again. */
static void
test_step_when_arming (Fixture *fixture, gconstpointer data)
{
  for (guint n_steps = 1; n_steps <= 4; n_steps++) {
    guint n_before = fixture->n_wakes;

    n_steps_when_arming = n_steps;
    fixture->port.arm (fixture->port.self, truce_clock_now () + TRUCE_HOUR);
    n_steps_when_arming = 0;
    g_assert_cmpuint (fixture->n_wakes, ==, n_before);
    await_wakes (fixture, n_before + 1);
    g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_STEP);
    fixture->port.arm (fixture->port.self, truce_clock_now () + TRUCE_HOUR);
    stay_quiet (fixture, 20);
  }
}

static void
replace_zone (Fixture *fixture, const char *target)
{
  g_autofree char *beside = g_strconcat (fixture->zone, ".new", NULL);

  g_assert_cmpint (symlink (target, beside), ==, 0);
  g_assert_cmpint (g_rename (beside, fixture->zone), ==, 0);
}

static void
test_zone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "hostname", NULL);
  int file;

  /* As timedatectl does it; each time, since the watch must follow the new link. */
  replace_zone (fixture, "/usr/share/zoneinfo/America/New_York");
  await_wakes (fixture, 1);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_ZONE);
  stay_quiet (fixture, 20);
  replace_zone (fixture, "/usr/share/zoneinfo/Asia/Shanghai");
  await_wakes (fixture, 2);
  /* As an administrator does it by hand. */
  g_assert_cmpint (g_unlink (fixture->zone), ==, 0);
  await_wakes (fixture, 3);
  g_assert_cmpint (symlink ("/usr/share/zoneinfo/UTC", fixture->zone), ==, 0);
  await_wakes (fixture, 4);
  /* A copied file instead of a link, written in place. */
  g_assert_cmpint (g_unlink (fixture->zone), ==, 0);
  await_wakes (fixture, 5);
  g_assert_true (g_file_set_contents (fixture->zone, "TZif", -1, NULL));
  await_wakes (fixture, 6);
  file = open (fixture->zone, O_WRONLY | O_APPEND | O_CLOEXEC);
  g_assert_cmpint (write (file, "2", 1), ==, 1);
  g_assert_cmpint (close (file), ==, 0);
  await_wakes (fixture, 7);
  /* Whatever else happens beside it is nothing to us. */
  stay_quiet (fixture, 20);
  g_assert_true (g_file_set_contents (other, "x", -1, NULL));
  g_assert_cmpuint (stay_quiet (fixture, 50), <=, 2);
  g_assert_cmpint (g_unlink (other), ==, 0);
}

/* A version is unpacked file by file, and is one change; folders that come with it are watched from then on. */
static void
test_rules (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = g_build_filename (fixture->rules, "Asia", NULL);
  g_autofree char *list = g_build_filename (fixture->rules, "tzdata.zi", NULL);
  g_autofree char *file = g_build_filename (inner, "Beirut", NULL);

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "TZif", -1, NULL));
  g_assert_true (g_file_set_contents (list, "# version 1", -1, NULL));
  stay_quiet (fixture, 500);
  await_wakes (fixture, 1);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_RULES);
  g_assert_true (g_file_set_contents (file, "TZif2", -1, NULL)); /* as package managers do: written beside, renamed */
  await_wakes (fixture, 2);
  g_assert_cmpint (fixture->reason, ==, TRUCE_WAKE_RULES);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_unlink (list), ==, 0);
  g_assert_cmpint (g_rmdir (inner), ==, 0);
}

static void
test_now (Fixture *fixture, gconstpointer data)
{
  TruceTime before = g_get_real_time (), now = fixture->port.now (fixture->port.self), after = g_get_real_time ();

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  guint32 all = 0, none = G_MAXUINT32;

  for (guint i = 0; i < 100; i++) {
    guint32 number = fixture->port.random (fixture->port.self);
    all |= number;
    none &= number;
  }
  g_assert_cmphex (all, ==, G_MAXUINT32); /* every bit is set sometimes */
  g_assert_cmphex (none, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/due", test_due },
    { "/past", test_past },
    { "/replace", test_replace },
    { "/replace-due", test_replace_due },
    { "/none", test_none },
    { "/idle", test_idle },
    { "/longest-sleep", test_longest_sleep },
    { "/step/when-reading", test_step_when_reading },
    { "/step/when-arming", test_step_when_arming },
    { "/zone", test_zone },
    { "/rules", test_rules },
    { "/now", test_now },
    { "/random", test_random },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
