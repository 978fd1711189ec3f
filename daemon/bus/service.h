/* SPDX-License-Identifier: MIT */
/* service.h: org.truced.Truced1 on the session or system bus, on top of the engine. */
#pragma once

#include <gio/gio.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define TRUCE_BUS_NAME "org.truced.Truced1"
#define TRUCE_BUS_PATH "/org/truced/Truced1"
#define TRUCE_BUS_INTERFACE "org.truced.Truced1"

/* What the service cannot do by itself. */
typedef struct {
  /* Reads the configuration anew and adopts it; FALSE and the findings' text as error when it has errors.
   * `ret_findings`: the text of warnings, "" for none; (transfer full). */
  gboolean (*reload) (gpointer user_data, char **ret_findings, GError **error);
  /* Adds to the status record what only the program knows: which configuration it runs. NULL: nothing. */
  void (*describe) (gpointer user_data, json_t *status);
  /* Called once: clients can reach the service, or it is known why not yet. May come from within truce_service_new().
   * NULL: nobody asks. */
  void (*settled) (gpointer user_data);
  gpointer user_data;
} TruceServiceActions;

typedef struct _TruceService TruceService;

/* `address`: "session", "system", or a D-Bus address. The service connects in the background, says once when it cannot,
 * and waits for the bus to come (it tries again with backoff; the session and system buses also when their socket
 * appears): the daemon runs without one. */
TruceService *truce_service_new (const char *address, const TruceServiceActions *actions);
/* The engine is made after the sinks, which need `raised` and `changed`. */
void truce_service_set_engine (TruceService *service, TruceEngine *engine);
void truce_service_free (TruceService *service); /* flushes signals, gives up the name */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceService, truce_service_free)

/* Sets `raised` and `changed` of the sink port. Deliveries go through the service to the port's former `self`, since a
 * port has one `self` only: so `deliver` is filled in before. */
void truce_service_fill_port (TruceService *service, TruceSinkPort *port);

G_END_DECLS
