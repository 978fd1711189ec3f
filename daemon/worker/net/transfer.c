/* SPDX-License-Identifier: MIT */
#include "worker/net/transfer.h"

#include <string.h>
#include <unistd.h>

#include "truced-config.h"
#include "base/address.h"
#include "worker/net/freshness.h"
#include "worker/net/limits.h"
#include "worker/net/outcome.h"
#include "worker/wire.h"

#define ACCEPT                                                                                      \
  "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, " \
  "application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

struct _TruceTransfer {
  const TruceNetSettings *settings;
  guint64 request;
  gboolean allow_private;
  CURL *easy;
  struct curl_slist *headers; /* of the request */
  char *url;                  /* of the hop */
  char *host;                 /* of the hop */
  gint64 elapsed_ms;          /* in earlier hops */
  guint hops;
  gboolean moved_for_good; /* each hop so far was a 301 or 308 */
  char detail[CURL_ERROR_SIZE];

  /* of the hop */
  gboolean head_done;
  guint opened;    /* sockets */
  char *forbidden; /* the last address that was not to be connected to; NULL none */

  gsize head_bytes; /* of all hops */
  gsize drained;
  GByteArray *body;
  char *refusal; /* by our own limits; NULL none */

  TruceOutcome outcome;
};

static void
refuse (TruceTransfer *transfer, char *why)
{
  if (transfer->refusal)
    g_free (why);
  else
    transfer->refusal = why;
}

static gboolean
may_connect (TruceTransfer *transfer, const char *class, const char *address)
{
  if (!class || transfer->allow_private)
    return TRUE;
  g_free (transfer->forbidden);
  transfer->forbidden = g_strdup_printf ("address %s is %s; say allow-private = yes", address, class);
  return FALSE;
}

/* Sees the resolved address of every attempt, whatever name or number the URL has. */
static curl_socket_t
open_socket (void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
  TruceTransfer *transfer = data;
  g_autofree char *text = truce_address_to_text (&address->addr);

  if (!may_connect (transfer, truce_address_class (&address->addr), text))
    return CURL_SOCKET_BAD;
  transfer->opened++;
  return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A kept connection opens no socket, and may have been opened for a feed that is allowed more. */
static int
before_request (void *data, char *address, char *local_address, int port, int local_port)
{
  TruceTransfer *transfer = data;

  if (may_connect (transfer, truce_address_class_of_text (address), address))
    return CURL_PREREQFUNC_OK;
  transfer->opened = 0;
  return CURL_PREREQFUNC_ABORT;
}

static long
status_of (TruceTransfer *transfer)
{
  long status = 0;

  curl_easy_getinfo (transfer->easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

static size_t
take_header (char *line, size_t size, size_t count, void *data)
{
  TruceTransfer *transfer = data;
  gsize length = size * count;

  transfer->head_bytes += length;
  if (transfer->head_bytes > TRUCE_NET_HEADERS_MAX) {
    refuse (transfer, g_strdup_printf ("headers over %u KiB", TRUCE_NET_HEADERS_MAX >> 10));
    return 0;
  }
  if ((line[0] == '\r' || line[0] == '\n') && status_of (transfer) >= 200)
    transfer->head_done = TRUE;
  return length;
}

static gboolean
is_bomb (TruceTransfer *transfer, gsize decoded)
{
  curl_off_t wire = 0;

  curl_easy_getinfo (transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
  return decoded > TRUCE_NET_RATIO_FROM && decoded / TRUCE_NET_RATIO_MAX > (guint64) MAX (wire, 1);
}

/* Gets decoded bytes: libcurl's own size limit sees only those on the wire. */
static size_t
take_body (char *bytes, size_t size, size_t count, void *data)
{
  TruceTransfer *transfer = data;
  gsize length = size * count;

  if (status_of (transfer) != 200) {
    transfer->drained += length;
    return transfer->drained > TRUCE_NET_DRAIN_MAX ? 0 : length;
  }
  if (transfer->body->len + length > TRUCE_BODY_MAX) {
    refuse (transfer, g_strdup_printf ("over %u MiB", TRUCE_BODY_MAX >> 20));
    return 0;
  }
  if (is_bomb (transfer, transfer->body->len + length)) {
    refuse (transfer, g_strdup_printf ("unpacks to more than %d times its size", TRUCE_NET_RATIO_MAX));
    return 0;
  }
  g_byte_array_append (transfer->body, (const guint8 *) bytes, (guint) length);
  return length;
}

/* A value that was an answer's header, echoed as this request's. One that is over-long, or has control characters, is
 * not: a full answer is better than none. */
static void
add_validator (TruceTransfer *transfer, const char *name, const char *value)
{
  g_autofree char *header = NULL;

  if (*value == '\0' || strlen (value) > TRUCE_NET_VALIDATOR_MAX || strpbrk (value, "\r\n"))
    return;
  header = g_strdup_printf ("%s: %s", name, value);
  transfer->headers = curl_slist_append (transfer->headers, header);
}

static void
set_callbacks (TruceTransfer *transfer)
{
  CURL *easy = transfer->easy;

  curl_easy_setopt (easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, transfer->detail);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, transfer);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, transfer);
}

TruceTransfer *
truce_transfer_new (GVariant *fetch, const TruceNetSettings *settings)
{
  TruceTransfer *transfer = g_new0 (TruceTransfer, 1);
  const char *etag, *last_modified;
  guint32 flags;

  transfer->settings = settings;
  g_variant_get (fetch, "(ts&s&sbu)", &transfer->request, &transfer->url, &etag, &last_modified,
                 &transfer->allow_private, &flags);
  transfer->host = g_strdup ("");
  transfer->moved_for_good = TRUE;
  transfer->body = g_byte_array_new ();
  transfer->easy = truce_net_handle_new ("http,https", settings);

  transfer->headers = curl_slist_append (NULL, ACCEPT);
  add_validator (transfer, "If-None-Match", etag);
  add_validator (transfer, "If-Modified-Since", last_modified);
  curl_easy_setopt (transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
  curl_easy_setopt (transfer->easy, CURLOPT_USERAGENT, TRUCE_NET_USER_AGENT);
  curl_easy_setopt (transfer->easy, CURLOPT_ACCEPT_ENCODING, "");
  /* Kept, it would only be closed for the next host's. libcurl 7.88 leaves an empty entry for its
   * host then, and goes through those of all hosts at each new connection. */
  if (flags & TRUCE_WIRE_FETCH_ALONE)
    curl_easy_setopt (transfer->easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt (transfer->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) TRUCE_BODY_MAX);
  set_callbacks (transfer);
  return transfer;
}

void
truce_transfer_free (TruceTransfer *transfer)
{
  if (!transfer)
    return;
  curl_easy_cleanup (transfer->easy);
  curl_slist_free_all (transfer->headers);
  g_clear_pointer (&transfer->body, g_byte_array_unref);
  truce_outcome_clear (&transfer->outcome);
  g_free (transfer->url);
  g_free (transfer->host);
  g_free (transfer->forbidden);
  g_free (transfer->refusal);
  g_free (transfer);
}

CURL *
truce_transfer_easy (TruceTransfer *transfer)
{
  return transfer->easy;
}

/* Makes `url`, relative to the present address, the address of the next hop. FALSE: it may not be. */
static gboolean
go_to (TruceTransfer *transfer, const char *url)
{
  CURLU *parts = curl_url ();
  char *scheme = NULL, *host = NULL, *whole = NULL;
  const char *from = transfer->hops > 0 ? transfer->url : NULL;
  gboolean was_secure = from && g_ascii_strncasecmp (from, "https:", 6) == 0;
  gboolean ok = (!from || curl_url_set (parts, CURLUPART_URL, from, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) &&
                curl_url_set (parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE) == CURLUE_OK &&
                curl_url_set (parts, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
                curl_url_get (parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK;

  if (!ok)
    refuse (transfer, from ? g_strdup ("redirect to what is no address") : g_strdup ("not an address"));
  else if (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0)
    refuse (transfer, g_strdup_printf ("%s is not http or https", scheme));
  else if (was_secure && strcmp (scheme, "https") != 0)
    refuse (transfer, g_strdup ("redirect from https to http"));
  else if (curl_url_get (parts, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
           curl_url_get (parts, CURLUPART_URL, &whole, 0) != CURLUE_OK)
    refuse (transfer, g_strdup ("address without a host"));
  else {
    g_free (transfer->url);
    g_free (transfer->host);
    transfer->url = g_strdup (whole);
    transfer->host = g_strdup (host);
    curl_easy_setopt (transfer->easy, CURLOPT_URL, whole);
  }
  curl_free (scheme);
  curl_free (host);
  curl_free (whole);
  curl_url_cleanup (parts);
  return !transfer->refusal;
}

/* What is left for the next hop. FALSE: nothing. */
static gboolean
give_time (TruceTransfer *transfer)
{
  gint64 left = transfer->settings->timeouts.total_ms - transfer->elapsed_ms;

  if (left <= 0)
    return FALSE;
  curl_easy_setopt (transfer->easy, CURLOPT_TIMEOUT_MS, (long) left);
  transfer->head_done = FALSE;
  transfer->opened = 0;
  transfer->drained = 0;
  transfer->detail[0] = '\0';
  g_clear_pointer (&transfer->forbidden, g_free);
  return TRUE;
}

static void
settle_refused (TruceTransfer *transfer, char **why)
{
  transfer->outcome.result = TRUCE_FETCH_REFUSED;
  transfer->outcome.error = g_steal_pointer (why);
}

static gint64
spent_ms (TruceTransfer *transfer)
{
  curl_off_t spent = 0;

  curl_easy_getinfo (transfer->easy, CURLINFO_TOTAL_TIME_T, &spent);
  return transfer->elapsed_ms + spent / 1000;
}

static void
settle_failed (TruceTransfer *transfer, CURLcode code)
{
  gboolean reached = transfer->hops > 0 || truce_net_reached (transfer->easy);

  transfer->outcome.result = reached ? TRUCE_FETCH_BROKEN : TRUCE_FETCH_FAILED;
  transfer->outcome.error = truce_net_reason (transfer->easy, code, transfer->host, transfer->detail,
                                              spent_ms (transfer), &transfer->settings->timeouts);
}

static void
settle_answered (TruceTransfer *transfer, long status)
{
  TruceOutcome *outcome = &transfer->outcome;

  outcome->result = TRUCE_FETCH_ANSWERED;
  outcome->status = (guint) status;
  outcome->final_url = g_strdup (transfer->url);
  if (transfer->hops > 0 && transfer->moved_for_good)
    outcome->moved_to = g_strdup (transfer->url);
  truce_outcome_read_headers (outcome, transfer->easy);
}

gboolean
truce_transfer_begin (TruceTransfer *transfer)
{
  g_autofree char *url = g_strdup (transfer->url);

  if (go_to (transfer, url))
    return give_time (transfer);
  settle_refused (transfer, &transfer->refusal);
  return FALSE;
}

/* The Location of a redirect, or NULL. */
static const char *
redirect_of (TruceTransfer *transfer, long status)
{
  struct curl_header *location;

  if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308)
    return NULL;
  if (curl_easy_header (transfer->easy, "Location", 0, CURLH_HEADER, -1, &location) != CURLHE_OK)
    return NULL;
  return location->value;
}

static gboolean
follow (TruceTransfer *transfer, long status, const char *location)
{
  g_autofree char *target = g_strdup (location); /* the handle's own goes with its next address */

  transfer->elapsed_ms = spent_ms (transfer);
  transfer->moved_for_good = transfer->moved_for_good && (status == 301 || status == 308);
  if (transfer->hops == TRUCE_NET_REDIRECTS)
    refuse (transfer, g_strdup_printf ("more than %d redirects", TRUCE_NET_REDIRECTS));
  else {
    transfer->hops++;
    if (go_to (transfer, target)) {
      if (give_time (transfer))
        return TRUE;
      settle_failed (transfer, CURLE_OPERATION_TIMEDOUT);
      return FALSE;
    }
  }
  settle_refused (transfer, &transfer->refusal);
  return FALSE;
}

gboolean
truce_transfer_hop_ended (TruceTransfer *transfer, CURLcode code)
{
  long status = status_of (transfer);
  /* An error's body is not wanted, so neither is it missed. */
  gboolean answered = code == CURLE_OK || (transfer->head_done && status != 200);
  const char *location = answered ? redirect_of (transfer, status) : NULL;

  if (transfer->refusal)
    settle_refused (transfer, &transfer->refusal);
  else if (location)
    return follow (transfer, status, location);
  else if (answered)
    settle_answered (transfer, status);
  else if (transfer->forbidden && transfer->opened == 0)
    settle_refused (transfer, &transfer->forbidden);
  else if (code == CURLE_FILESIZE_EXCEEDED) {
    refuse (transfer, g_strdup_printf ("over %u MiB", TRUCE_BODY_MAX >> 20));
    settle_refused (transfer, &transfer->refusal);
  } else
    settle_failed (transfer, code);
  return FALSE;
}

GVariant *
truce_transfer_answer (TruceTransfer *transfer)
{
  g_autoptr (GBytes) body = NULL;

  if (transfer->outcome.result == TRUCE_FETCH_ANSWERED && transfer->outcome.status == 200)
    body = g_byte_array_free_to_bytes (g_steal_pointer (&transfer->body));
  return truce_outcome_to_variant (&transfer->outcome, transfer->request, body);
}
