/* SPDX-License-Identifier: MIT */
#include "io/worker_deliver.h"

#include <string.h>

#include "base/text.h"
#include "io/worker_private.h"
#include "worker/net/limits.h"

#define SAID_MAX 300 /* bytes */

/* What is sent is kept until it is answered: the worker may die before it has it. */
typedef struct {
  GVariant *dispatch; /* but for the request's number */
  TruceDispatchedFunc done;
  gpointer user_data;
  GDestroyNotify free_data;
} Errand;

static void
free_errand (gpointer data)
{
  Errand *errand = data;

  g_variant_unref (errand->dispatch);
  if (errand->free_data)
    errand->free_data (errand->user_data);
  g_free (errand);
}

static GVariant *
text (const char *value)
{
  return g_variant_new_take_string (g_utf8_make_valid (value ? value : "", -1));
}

static GVariant *
texts (const char *const *values)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (; values && *values; values++)
    g_variant_builder_add_value (&builder, text (*values));
  return g_variant_builder_end (&builder);
}

static GVariant *
ask (guint64 request, gpointer data)
{
  const Errand *errand = data;
  GVariant *values[11] = { g_variant_new_uint64 (request) };

  for (guint i = 1; i < G_N_ELEMENTS (values); i++)
    values[i] = g_variant_get_child_value (errand->dispatch, i - 1);
  GVariant *frame = g_variant_new_tuple (values, G_N_ELEMENTS (values));
  for (guint i = 1; i < G_N_ELEMENTS (values); i++)
    g_variant_unref (values[i]);
  return frame;
}

static char *
clean (const char *said)
{
  g_autofree char *clean = truce_text_clean (said, -1);

  return truce_text_cut (clean, SAID_MAX);
}

static void
take_answer (TruceWorkerResult result, GVariant *answer, const char *why, gpointer data)
{
  const Errand *errand = data;
  TruceDispatched dispatched = { .result = TRUCE_FETCH_NO_WORKER, .error = why, .said = "" };
  g_autofree char *error = NULL, *said = NULL;
  const char *raw_error, *raw_said;
  guint32 outcome;

  if (result == TRUCE_WORKER_ANSWERED) {
    g_variant_get (answer, "(tuu&s&sxb)", NULL, &outcome, &dispatched.status, &raw_error, &raw_said,
                   &dispatched.retry_after, &dispatched.ours);
    dispatched.result = MIN (outcome, TRUCE_FETCH_NO_WORKER);
    error = clean (*raw_error ? raw_error : "no reason given");
    said = clean (raw_said);
    dispatched.said = said;
    dispatched.error = dispatched.result == TRUCE_FETCH_ANSWERED ? NULL : error;
    dispatched.retry_after = CLAMP (dispatched.retry_after, 0, TRUCE_NET_WAIT_MAX);
  }
  errand->done (&dispatched, errand->user_data);
}

void
truce_workers_dispatch (TruceWorkers *workers, const TruceDispatch *dispatch, TruceDispatchedFunc done,
                        gpointer user_data, GDestroyNotify free_data)
{
  Errand *errand = g_new0 (Errand, 1);
  guint32 flags = dispatch->plain ? TRUCE_WIRE_DELIVER_PLAIN : 0u;

  errand->dispatch = g_variant_ref_sink (
      g_variant_new ("(@s@s@as@s@s@s@asuu@ay)", text (dispatch->method), text (dispatch->url),
                     texts (dispatch->headers), text (dispatch->user), text (dispatch->password), text (dispatch->from),
                     texts (dispatch->to), (guint32) (dispatch->timeout / TRUCE_MILLISECOND), flags,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, dispatch->body, strlen (dispatch->body), 1)));
  errand->done = done;
  errand->user_data = user_data;
  errand->free_data = free_data;
  truce_worker_client_ask (truce_workers_deliver_client (workers, dispatch->alone), ask, take_answer, errand,
                           free_errand);
}
