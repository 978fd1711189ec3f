/* SPDX-License-Identifier: MIT */
/* Sinks that are reached over the network: what they are sent, by the truced-net that delivers, and what their answers
 * mean. */
#include <string.h>

#include "alert/hook.h"
#include "alert/mail.h"
#include "base/text.h"
#include "engine/agenda.h"
#include "io/clock.h"
#include "io/redact.h"
#include "io/secret.h"
#include "io/sinks_private.h"
#include "io/worker_deliver.h"

#define REJECTIONS_MAX 2 /* of one alert, by an answer that blames what was sent: a receiver may be wrong once */

typedef struct {
  char *alert;
  guint count;
} Rejections;

struct _TruceNetSinks {
  TruceWorkers *workers;
  TruceEngine *engine;    /* NULL: nothing goes with mail */
  GHashTable *rejections; /* sink id -> Rejections *, of the alert that it was sent last */
  TruceDeliveryEndedFunc ended;
  gpointer ended_data;
};

/* One delivery that is under way. */
typedef struct {
  TruceNetSinks *sinks;
  char *sink, *alert;
  gboolean is_mail;
  GPtrArray *secrets; /* that it knows, so that no answer can have them told */
} Flight;

static void
free_rejections (gpointer data)
{
  Rejections *rejections = data;

  g_free (rejections->alert);
  g_free (rejections);
}

TruceNetSinks *
truce_net_sinks_new (TruceWorkers *workers, TruceDeliveryEndedFunc ended, gpointer user_data)
{
  TruceNetSinks *sinks = g_new0 (TruceNetSinks, 1);

  sinks->workers = workers;
  sinks->rejections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_rejections);
  sinks->ended = ended;
  sinks->ended_data = user_data;
  return sinks;
}

void
truce_net_sinks_free (TruceNetSinks *sinks)
{
  if (!sinks)
    return;
  g_hash_table_unref (sinks->rejections);
  g_free (sinks);
}

void
truce_net_sinks_set_engine (TruceNetSinks *sinks, TruceEngine *engine)
{
  sinks->engine = engine;
}

static void
free_flight (gpointer data)
{
  Flight *flight = data;

  g_ptr_array_unref (flight->secrets);
  g_free (flight->sink);
  g_free (flight->alert);
  g_free (flight);
}

/* --- what an answer means --- */

/* Does a status say that it is what was sent which cannot be taken, and not by whom, whereto or when? Then the next may
 * be. What 401, 403, 404 or 410 says is true of all alerts, which wait in their order until it is mended. */
static gboolean
blames_message (const Flight *flight, const TruceDispatched *dispatched)
{
  static const guint statuses[] = { 400, 406, 413, 414, 415, 422, 431 };

  if (flight->is_mail)
    return dispatched->ours && dispatched->status >= 500;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (dispatched->status == statuses[i])
      return TRUE;
  return FALSE;
}

static TruceDelivery
count_rejection (TruceNetSinks *sinks, const Flight *flight)
{
  Rejections *rejections = g_hash_table_lookup (sinks->rejections, flight->sink);

  if (!rejections || strcmp (rejections->alert, flight->alert) != 0) {
    rejections = g_new0 (Rejections, 1);
    rejections->alert = g_strdup (flight->alert);
    g_hash_table_insert (sinks->rejections, g_strdup (flight->sink), rejections);
  }
  rejections->count++;
  return rejections->count >= REJECTIONS_MAX ? TRUCE_DELIVERY_REFUSED : TRUCE_DELIVERY_RETRY;
}

/* (transfer full) */
static char *
describe_answer (const Flight *flight, const TruceDispatched *dispatched)
{
  g_autofree char *said = truce_redact (dispatched->said, flight->secrets);
  g_autofree char *code = g_strdup_printf ("%u", dispatched->status);

  if (dispatched->error)
    return truce_redact (dispatched->error, flight->secrets);
  if (flight->is_mail) /* the reply begins with its code */
    return g_strdup_printf ("SMTP %s", g_str_has_prefix (said, code) ? said : code);
  if (dispatched->status >= 300 && dispatched->status < 400)
    return g_strdup_printf ("HTTP %u: it sends us elsewhere; its new address belongs into the configuration",
                            dispatched->status);
  return g_strdup_printf ("HTTP %u%s%s", dispatched->status, *said ? ": " : "", said);
}

static void
on_dispatched (const TruceDispatched *dispatched, gpointer user_data)
{
  Flight *flight = user_data;
  TruceNetSinks *sinks = flight->sinks;
  TruceDelivery outcome = TRUCE_DELIVERY_RETRY;
  g_autofree char *why = NULL;

  if (!dispatched->error && dispatched->status >= 200 && dispatched->status < 300)
    outcome = TRUCE_DELIVERY_DONE;
  else if (!dispatched->error && blames_message (flight, dispatched))
    outcome = count_rejection (sinks, flight);
  if (outcome != TRUCE_DELIVERY_RETRY)
    g_hash_table_remove (sinks->rejections, flight->sink);
  why = outcome == TRUCE_DELIVERY_DONE ? NULL : describe_answer (flight, dispatched);
  sinks->ended (flight->sink, flight->alert, outcome, why, dispatched->retry_after, sinks->ended_data);
}

/* --- what is sent --- */

/* What `text` says, or what it refers to; NULL and an error. (transfer none) */
static const char *
resolve (Flight *flight, const char *text, GError **error)
{
  char *secret;

  if (!text || !truce_is_secret_reference (text))
    return text;
  secret = truce_secret_read (text, error);
  if (secret)
    g_ptr_array_add (flight->secrets, secret);
  return secret;
}

#define KEY_PREFIX "whsec_"
#define KEY_LEAST 16 /* bytes; the standard has 24 to 64 */

/* The key that `secret` is: behind the prefix it is in base64. Sets `ret_decoded`, unless it is `secret` itself. NULL:
 * what is there is too short, or not base64, and would sign nothing. */
static const guchar *
key_of (const char *secret, guchar **ret_decoded, gsize *ret_length)
{
  *ret_length = strlen (secret);
  if (!g_str_has_prefix (secret, KEY_PREFIX))
    return (const guchar *) secret;
  *ret_decoded = g_base64_decode (secret + strlen (KEY_PREFIX), ret_length);
  return *ret_length >= KEY_LEAST ? *ret_decoded : NULL;
}

/* Signed as the Standard Webhooks have it: the receiver can tell that it comes from us, is whole, and is not an old
 * one. */
static gboolean
add_signature (GPtrArray *headers, const char *secret, const char *telling, TruceTime now, const char *body)
{
  g_autofree char *stamp = g_strdup_printf ("%" G_GINT64_FORMAT, now / TRUCE_SECOND);
  g_autofree char *content = g_strjoin (".", telling, stamp, body, NULL);
  g_autofree guchar *decoded = NULL;
  gsize key_length, digest_length = 32;
  const guchar *key = key_of (secret, &decoded, &key_length);
  guint8 digest[32];

  if (!key)
    return FALSE;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  g_hmac_update (hmac, (const guchar *) content, (gssize) strlen (content));
  g_hmac_get_digest (hmac, digest, &digest_length);
  g_hmac_unref (hmac);
  g_autofree char *text = g_base64_encode (digest, digest_length);
  g_ptr_array_add (headers, g_strdup_printf ("webhook-id: %s", telling));
  g_ptr_array_add (headers, g_strdup_printf ("webhook-timestamp: %s", stamp));
  g_ptr_array_add (headers, g_strdup_printf ("webhook-signature: v1,%s", text));
  return TRUE;
}

static gboolean
add_own_headers (Flight *flight, const TruceNetSink *net, GPtrArray *headers, GError **error)
{
  for (char **header = net->headers; *header; header++) {
    const char *inner = truce_header_value (*header), *value = resolve (flight, inner, error);
    if (!value)
      return FALSE;
    g_ptr_array_add (headers, g_strdup_printf ("%.*s: %s", (int) strcspn (*header, ":"), *header, value));
  }
  return TRUE;
}

/* (element-type utf8) (transfer full); NULL and an error. */
static GPtrArray *
hook_headers (Flight *flight, const TruceNetSink *net, const TruceHookPlace *place, const char *body, GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_secret_free);
  const char *token = NULL, *key = NULL;

  if ((net->token && !(token = resolve (flight, net->token, error))) ||
      (net->sign_with && !(key = resolve (flight, net->sign_with, error))) ||
      !add_own_headers (flight, net, headers, error))
    return NULL;
  g_ptr_array_add (headers, g_strdup ("Content-Type: application/json"));
  g_ptr_array_add (headers, g_strdup_printf ("Idempotency-Key: %s", place->telling));
  if (token)
    g_ptr_array_add (headers, g_strdup_printf ("Authorization: Bearer %s", token));
  if (key && !add_signature (headers, key, place->telling, place->now, body)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "what %s says is no key: " KEY_PREFIX " goes on in base64",
                 net->sign_with);
    return NULL;
  }
  g_ptr_array_add (headers, NULL);
  return g_steal_pointer (&headers);
}

static gboolean
send_hook (Flight *flight, const TruceSink *sink, const TruceAlert *alert, const char *telling, GError **error)
{
  const TruceNetSink *net = sink->net;
  TruceHookPlace place = { net->format, resolve (flight, net->url, error), net->room, telling, truce_clock_now () };
  const char *fault = place.url ? truce_hook_url_fault (place.format, place.url) : NULL, *password;
  TruceHookRequest request;

  if (!place.url)
    return FALSE;
  if (fault || !g_str_has_prefix (place.url, "http")) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "what %s says: %s", net->url,
                 fault ? fault : "an address begins with http:// or https://");
    return FALSE;
  }
  password = resolve (flight, net->password, error);
  if (net->password && !password)
    return FALSE;
  truce_hook_render (&place, alert, &request);
  g_autoptr (GPtrArray) headers = hook_headers (flight, net, &place, request.body, error);
  if (headers) {
    const TruceDispatch dispatch = {
      .method = request.method,
      .url = request.url,
      .headers = (const char *const *) headers->pdata,
      .user = net->user,
      .password = password,
      .timeout = sink->timeout,
      .body = request.body,
    };
    truce_workers_dispatch (flight->sinks->workers, &dispatch, on_dispatched, flight, free_flight);
  }
  truce_hook_request_clear (&request);
  return headers != NULL;
}

static gboolean
send_mail (Flight *flight, const TruceSink *sink, const TruceAlert *alert, const char *telling, GError **error)
{
  const TruceNetSink *net = sink->net;
  TruceEngine *engine = flight->sinks->engine;
  g_autofree char *calendar = engine ? truce_agenda_for (engine, alert, net->from) : NULL;
  const TruceMailPlace place = { net->from, net->from_name,     (const char *const *) net->to,
                                 telling,   truce_clock_now (), calendar };
  const char *password = resolve (flight, net->password, error);

  if (net->password && !password)
    return FALSE;
  g_autofree char *message = truce_mail_render (&place, alert);
  const TruceDispatch dispatch = {
    .method = "MAIL",
    .url = net->url,
    .user = net->user,
    .password = password,
    .from = net->from,
    .to = place.to,
    .timeout = sink->timeout,
    .plain = net->plain,
    .body = message,
    .alone = flight->sink, /* libcurl does nothing else while it waits for a server to take what it has sent it */
  };
  truce_workers_dispatch (flight->sinks->workers, &dispatch, on_dispatched, flight, free_flight);
  return TRUE;
}

TruceDelivery
truce_net_sinks_deliver (TruceNetSinks *sinks, const TruceSink *sink, const TruceAlert *alert, const char *telling,
                         GError **error)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->sinks = sinks;
  flight->sink = g_strdup (sink->id);
  flight->alert = g_strdup (alert->id);
  flight->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_secret_free);
  flight->is_mail = sink->kind == TRUCE_SINK_MAIL;
  if (flight->is_mail ? send_mail (flight, sink, alert, telling, error)
                      : send_hook (flight, sink, alert, telling, error))
    return TRUCE_DELIVERY_PENDING;
  free_flight (flight);
  return TRUCE_DELIVERY_RETRY;
}
