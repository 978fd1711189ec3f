/* SPDX-License-Identifier: MIT */
/* service_private.h: what service.c (the connection) and methods.c (the calls) share. */
#pragma once

#include "bus/callers.h"
#include "bus/properties.h"
#include "bus/queue.h"
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

  TruceCallers *callers; /* what their programs are called */
  TruceQueue *queue;     /* their calls */
  gint64 caller_user;    /* whose call is served, by the system's number; -1: not asked for, or not known */

  TruceProperties *properties; /* NULL: there is no engine yet */

  guint changed; /* bit per word of Changed not yet sent */
  GSource *changed_source;
};

/* A handler gives the reply, or NULL and an error. `caller` is who asks and through
 * what, for methods that want to know. */
typedef GVariant *(*TruceMethodFunc) (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                      GError **error);

/* methods.c, for all handlers. */
void truce_method_set_invalid (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Reads an id, the first argument: short, and of characters that may be shown again in a message. "" is NULL. */
gboolean truce_method_get_id (GVariant *arguments, gboolean may_be_empty, const char **ret_id, GError **error);
/* (transfer full) of what they are given; NULL for NULL. */
GVariant *truce_method_reply_record (json_t *record);
GVariant *truce_method_reply_records (json_t *records);

/* amend_methods.c: what people say of milestones. */
GVariant *truce_method_preview_due (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                    GError **error);
GVariant *truce_method_set_due (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error);
GVariant *truce_method_met (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error);
GVariant *truce_method_cancel (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error);
GVariant *truce_method_silence (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error);
GVariant *truce_method_list_undoable (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                      GError **error);
GVariant *truce_method_undo (TruceService *service, GVariant *arguments, const TruceOrigin *caller, GError **error);
GVariant *truce_method_list_amendments (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                        GError **error);

/* move_methods.c: what the news says of milestones' dates. */
GVariant *truce_method_list_moves (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                   GError **error);
GVariant *truce_method_accept_move (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                    GError **error);
GVariant *truce_method_reject_move (TruceService *service, GVariant *arguments, const TruceOrigin *caller,
                                    GError **error);

/* Serves one call from the queue, and drops one. */
void truce_method_serve (gpointer invocation, gpointer service);
void truce_method_drop (gpointer invocation);

extern const GDBusInterfaceVTable truce_service_vtable; /* user_data: the TruceService */

G_END_DECLS
