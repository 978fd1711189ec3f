/* SPDX-License-Identifier: MIT */
#include "worker/net/reason.h"

#include <errno.h>
#include <string.h>

#include "worker/net/limits.h"

#define CLOCKS_DIFFER_MS 20 /* libcurl begins to count for its time limits before it counts for its figures */

static gboolean
has_happened (CURL *easy, CURLINFO when)
{
  curl_off_t at = 0;

  return curl_easy_getinfo (easy, when, &at) == CURLE_OK && at > 0;
}

gboolean
truce_net_reached (CURL *easy)
{
  return has_happened (easy, CURLINFO_PRETRANSFER_TIME_T);
}

static char *
seconds_text (long milliseconds)
{
  return milliseconds % 1000 == 0 ? g_strdup_printf ("%ld s", milliseconds / 1000)
                                  : g_strdup_printf ("%ld ms", milliseconds);
}

static char *
timeout_reason (CURL *easy, const char *host, gint64 spent_ms, const TruceNetTimeouts *timeouts)
{
  gboolean out_of_time = spent_ms + CLOCKS_DIFFER_MS >= timeouts->total_ms;
  g_autofree char *length = seconds_text (out_of_time ? timeouts->total_ms : timeouts->connect_ms);

  if (!has_happened (easy, CURLINFO_NAMELOOKUP_TIME_T))
    return g_strdup_printf ("cannot resolve host %s: timed out after %s", host, length);
  if (!has_happened (easy, CURLINFO_PRETRANSFER_TIME_T))
    return g_strdup_printf ("cannot connect to %s: timed out after %s", host, length);
  if (!out_of_time)
    return g_strdup_printf ("slower than %d bytes a second for %ld s", TRUCE_NET_LOW_SPEED,
                            timeouts->low_speed_seconds);
  if (!has_happened (easy, CURLINFO_STARTTRANSFER_TIME_T))
    return g_strdup_printf ("timed out after %s without an answer", length);
  return g_strdup_printf ("timed out after %s", length);
}

static char *
connect_reason (CURL *easy, const char *host)
{
  long cause = 0;

  curl_easy_getinfo (easy, CURLINFO_OS_ERRNO, &cause);
  switch (cause) {
  case ECONNREFUSED:
    return g_strdup_printf ("connection refused by %s", host);
  case ENETUNREACH:
  case EHOSTUNREACH:
    return g_strdup_printf ("%s cannot be reached: no route", host);
  default:
    return g_strdup_printf ("cannot connect to %s", host);
  }
}

static char *
certificate_reason (CURL *easy, const char *host, const char *detail)
{
  long verdict = 0;
  const char *colon = strrchr (detail, ':');

  /* libcurl compares the name only after the handshake has found the chain good; until it has done so the verdict is 1,
   * "unspecified". */
  if (curl_easy_getinfo (easy, CURLINFO_SSL_VERIFYRESULT, &verdict) == CURLE_OK && verdict <= 1)
    return g_strdup_printf ("certificate is not valid for %s", host);
  return g_strdup_printf ("certificate of %s is not trusted: %s", host,
                          colon ? g_strchug ((char *) colon + 1) : detail);
}

char *
truce_net_reason (CURL *easy, CURLcode code, const char *host, const char *detail, gint64 spent_ms,
                  const TruceNetTimeouts *timeouts)
{
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return g_strdup_printf ("cannot resolve host %s", host);
  case CURLE_COULDNT_CONNECT:
    return connect_reason (easy, host);
  case CURLE_OPERATION_TIMEDOUT:
    return timeout_reason (easy, host, spent_ms, timeouts);
  case CURLE_PEER_FAILED_VERIFICATION:
    return certificate_reason (easy, host, detail);
  case CURLE_SSL_CONNECT_ERROR:
    return g_strdup_printf ("TLS with %s failed: %s", host, detail);
  case CURLE_GOT_NOTHING:
    return g_strdup_printf ("%s closed the connection without an answer", host);
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
    return g_strdup_printf ("the connection to %s broke", host);
  case CURLE_PARTIAL_FILE:
    return g_strdup ("the answer ended early");
  case CURLE_BAD_CONTENT_ENCODING:
    return g_strdup ("the answer's compression is broken");
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_WEIRD_SERVER_REPLY:
    return g_strdup_printf ("%s does not answer in HTTP", host);
  default:
    return g_strdup_printf ("%s: %s", host, *detail ? detail : curl_easy_strerror (code));
  }
}
