/* SPDX-License-Identifier: MIT */
/* worker_client.h: requests to one kind of worker, each answered once: the process is started when there is something
 * to ask, replaced when it dies, and let go when it is idle. */
#pragma once

#include "base/time.h"
#include "io/worker_process.h"

G_BEGIN_DECLS

typedef struct {
  TruceWireKind asks, answers; /* frames whose first value is the request's number */
  guint in_flight;             /* requests that the worker has at a time */
  gboolean in_turn;            /* it answers them one after the other: it is known which one killed it */
  TruceTime deadline;          /* for one answer */
  TruceTime idle;              /* after which it is let go */
  const char *argument;        /* that it is started with; NULL none */
} TruceWorkerTrade;

typedef enum {
  TRUCE_WORKER_ANSWERED,    /* `answer` is its frame */
  TRUCE_WORKER_DIED,        /* while it had the request; `why` says of what */
  TRUCE_WORKER_UNAVAILABLE, /* it cannot be started; `why` says */
} TruceWorkerResult;

/* The frame of a request, made when it is sent. (transfer floating or full) */
typedef GVariant *(*TruceWorkerAskFunc) (guint64 request, gpointer data);
typedef void (*TruceWorkerAnswerFunc) (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data);

typedef struct _TruceWorkerClient TruceWorkerClient;

TruceWorkerClient *truce_worker_client_new (const char *program, const TruceWorkerTrade *trade);
/* Kills the worker; what was asked is answered never, its data freed. */
void truce_worker_client_free (TruceWorkerClient *client);

/* `answer` is called later, from the main loop; then `data` is freed. */
void truce_worker_client_ask (TruceWorkerClient *client, TruceWorkerAskFunc ask, TruceWorkerAnswerFunc answer,
                              gpointer data, GDestroyNotify free_data);

G_END_DECLS
