/* SPDX-License-Identifier: MIT */
#include "worker/net/handle.h"

#include "worker/net/limits.h"

static void
set_limits (CURL *easy, const char *protocols, const TruceNetTimeouts *timeouts)
{
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L); /* each hop is looked at by us */
  curl_easy_setopt (easy, CURLOPT_PROXY, "");          /* whatever the environment says */
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, timeouts->connect_ms);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long) TRUCE_NET_LOW_SPEED);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, timeouts->low_speed_seconds);
  curl_easy_setopt (easy, CURLOPT_DNS_CACHE_TIMEOUT,
                    0L); /* the system caches; libcurl's goes through all it has at each look */
#if LIBCURL_VERSION_NUM >= 0x075700
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L); /* a resolver thread that hangs holds up nobody */
#endif
}

static void
set_trust (CURL *easy, const char *file)
{
  if (file && *file)
    curl_easy_setopt (easy, CURLOPT_CAINFO, file);
  else if (!curl_version_info (CURLVERSION_NOW)->cainfo)
    return;
  /* libcurl keeps the parsed certificates between connections only when there is no folder of them beside the file. */
  curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
}

CURL *
truce_net_handle_new (const char *protocols, const TruceNetSettings *settings)
{
  CURL *easy = curl_easy_init ();

  if (!easy)
    g_error ("curl_easy_init failed");
  set_limits (easy, protocols, &settings->timeouts);
  set_trust (easy, settings->ca_file);
  return easy;
}
