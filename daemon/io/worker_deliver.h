/* SPDX-License-Identifier: MIT */
/* worker_deliver.h: what is brought to sinks by a truced-net of its own, which never sees a feed. */
#pragma once

#include "io/worker.h"

G_BEGIN_DECLS

/* Copied; NULL for none. Of HTTP: method, url, headers, body; of mail ("MAIL"): url, from, to, body. */
typedef struct {
  const char *method, *url;
  const char *const *headers;
  const char *user, *password;
  const char *from;
  const char *const *to;
  TruceTime timeout;
  gboolean plain; /* mail without TLS */
  const char *body;
  const char *alone; /* has a process of its own, under this name: what nothing else shall wait for; NULL */
} TruceDispatch;

typedef struct {
  TruceFetchResult result;
  guint status;
  const char *error; /* NULL when answered */
  const char *said;  /* by the far end: "" nothing */
  TruceTime retry_after;
  gboolean ours; /* what was answered is about what was brought */
} TruceDispatched;

typedef void (*TruceDispatchedFunc) (const TruceDispatched *dispatched, gpointer user_data);

/* `done` is called once, from the main loop; then `free_data`. After truce_workers_free() only that. */
void truce_workers_dispatch (TruceWorkers *workers, const TruceDispatch *dispatch, TruceDispatchedFunc done,
                             gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
