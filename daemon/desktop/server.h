/* SPDX-License-Identifier: MIT */
/* server.h: is there a notification server on the session bus, and is it well?
 *
 * libnotify is synchronous: a call to a server that hangs costs 25 seconds. So nothing is handed to libnotify before
 * the server has answered a question of ours, asked without waiting. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  gboolean markup;         /* in bodies */
  gboolean actions;        /* buttons */
  gboolean default_button; /* among them one for what a click on the popup does elsewhere */
} TruceServerAbilities;

typedef struct {
  /* The server answers: show what waits now. */
  void (*ready) (const TruceServerAbilities *abilities, gpointer user_data);
  /* It has gone, and all that it showed with it. */
  void (*gone) (gpointer user_data);
  gpointer user_data;
} TruceServerEvents;

typedef struct _TruceServer TruceServer;

TruceServer *truce_server_new (GDBusConnection *session, const TruceServerEvents *events);
void truce_server_free (TruceServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceServer, truce_server_free)

/* Something is to be shown: `ready` follows when the server answers, be it now, or when it wakes up, or when one comes.
 * A server that the bus can start is started. */
void truce_server_want (TruceServer *server);

/* Takes a notification off the screen, without waiting. */
void truce_server_close (TruceServer *server, guint32 id);

G_END_DECLS
