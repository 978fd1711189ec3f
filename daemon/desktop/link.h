/* SPDX-License-Identifier: MIT */
/* link.h: one bus on which a truced may be, and what is asked of it there.
 *
 * All calls are asynchronous. The signals only say that something is to be asked for: what is shown is what ListPending
 * answers, so that a signal missed or seen twice changes nothing. */
#pragma once

#include <gio/gio.h>

#include "alert/alert.h"

G_BEGIN_DECLS

typedef struct _TruceLink TruceLink;

typedef struct {
  /* The alerts that wait for the desktop, oldest first (TruceAlert *), without those already shown. (transfer none) */
  void (*pending) (TruceLink *link, GPtrArray *alerts, gpointer user_data);
  /* Somebody changed the alerts: ones that are done with may be among those on the screen. */
  void (*changed) (TruceLink *link, gpointer user_data);
  /* The answer to truce_link_ask_open(): a set of ids; and of those the stories that have grown (TruceAlert *).
   * (transfer none) */
  void (*open) (TruceLink *link, GHashTable *ids, GPtrArray *grown, gpointer user_data);
  /* There is no truced (any more): nothing waits. */
  void (*vanished) (TruceLink *link, gpointer user_data);
  gpointer user_data;
} TruceLinkEvents;

/* `bus`: "session", "system" or a D-Bus address. Connects in the background, and again when it is lost. */
TruceLink *truce_link_new (const char *bus, const TruceLinkEvents *events);
void truce_link_free (TruceLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceLink, truce_link_free)

const char *truce_link_words (const TruceLink *link); /* "the session bus" */

/* Asks which of the alerts raised at or after `since` are still to be seen: neither acknowledged nor snoozed. */
void truce_link_ask_open (TruceLink *link, TruceTime since);

/* The notification server has accepted `id`: truced is told until it has heard. */
void truce_link_shown (TruceLink *link, const char *id);

/* What a click asks for; truced is started when it is not running. `done` gets NULL or what went wrong. */
typedef void (*TruceLinkDone) (const GError *error, gpointer user_data);
#define TRUCE_DESKTOP_SNOOZE (24 * 60 * 60) /* seconds: "Snooze 1 day" */
void truce_link_acknowledge (TruceLink *link, const char *id, TruceLinkDone done, gpointer user_data);
void truce_link_snooze (TruceLink *link, const char *id, gint64 seconds, TruceLinkDone done, gpointer user_data);
void truce_link_accept (TruceLink *link, const char *move, TruceLinkDone done, gpointer user_data);

G_END_DECLS
