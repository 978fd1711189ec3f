/* SPDX-License-Identifier: MIT */
/* queue.h: calls wait here for their turn, a client at a time: one that floods waits for itself, and others are
 * answered in between, as are the timers of the main loop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_QUEUE_LINE_MAX 64 /* waiting calls of one client: no program of ours has more than a few */
#define TRUCE_QUEUE_ALL_MAX 4096

typedef struct _TruceQueue TruceQueue;

typedef void (*TruceQueueServe) (gpointer call, gpointer user_data);

/* `serve` takes the call over; `drop` is for those that are left when the queue goes. */
TruceQueue *truce_queue_new (TruceQueueServe serve, GDestroyNotify drop, gpointer user_data);
void truce_queue_free (TruceQueue *queue); /* NULL is fine */
/* `call` of `sender` is served from the main loop, after those of the same sender before it. FALSE: too many wait, and
 * the caller keeps it. */
gboolean truce_queue_put (TruceQueue *queue, const char *sender, gpointer call);

G_END_DECLS
