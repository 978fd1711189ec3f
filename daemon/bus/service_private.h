/* SPDX-License-Identifier: MIT */
/* service_private.h: what service.c (the connection) and methods.c (the calls) share. */
#pragma once

#include "bus/service.h"

G_BEGIN_DECLS

struct _TruceService {
  char *bus; /* "session", "system", or an address */
  TruceServiceActions actions;
  TruceEngine *engine;
  TruceSinkPort sinks;    /* that deliveries are handed on to */
  GCancellable *lifetime; /* cancelled when the service goes: answers that come later touch nothing */

  GDBusConnection *connection; /* NULL while there is no bus */
  gulong closed_handler;
  guint registration; /* of the object; 0 none */
  guint name_signals; /* of NameAcquired and NameLost; 0 none */

  struct _TruceBusAttempt *attempt; /* to connect, under way */
  GSource *timer;                   /* ends an attempt or begins the next; only while there is no bus */
  GFileMonitor *socket;             /* likewise */
  guint failures;                   /* attempts in a row */
  gboolean told;                    /* that there is no bus */
  gboolean settled;                 /* actions.settled has been called */

  guint changed; /* bit per word of Changed not yet sent */
  GSource *changed_source;
};

extern const GDBusInterfaceVTable truce_service_vtable; /* user_data: the TruceService */

G_END_DECLS
