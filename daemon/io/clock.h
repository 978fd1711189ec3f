/* SPDX-License-Identifier: MIT */
/* clock.h: the wall clock, and the one wake-up that follows it through steps, suspend and zone changes.
 *
 * A one-shot timerfd(CLOCK_REALTIME) with ABSTIME and CANCEL_ON_SET: it fires at the instant whatever the clock did
 * meanwhile, and at once when the clock is set or the machine resumes. The only place in truced that reads the time. */
#pragma once

#include <gio/gio.h>

#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceClock TruceClock;

typedef enum {
  TRUCE_WAKE_DUE,   /* the armed instant has come */
  TRUCE_WAKE_STEP,  /* the clock was set, or the machine resumed */
  TRUCE_WAKE_ZONE,  /* /etc/localtime changed */
  TRUCE_WAKE_RULES, /* the zone database changed */
} TruceWakeReason;

typedef void (*TruceWakeFunc) (TruceWakeReason reason, gpointer user_data);

#define TRUCE_CLOCK_LONGEST_SLEEP (6 * TRUCE_HOUR) /* belt and braces against a timer that the kernel lost */

TruceClock *truce_clock_new (TruceWakeFunc wake, gpointer user_data, GError **error);
void truce_clock_free (TruceClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceClock, truce_clock_free)
void truce_clock_port (TruceClock *clock, TruceClockPort *ret_port);

/* The wall clock, for programs that need no wake-ups (trucectl). */
TruceTime truce_clock_now (void);

G_END_DECLS
