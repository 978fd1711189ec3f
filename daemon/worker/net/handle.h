/* SPDX-License-Identifier: MIT */
/* handle.h: what every transfer of truced-net has in common, whatever it carries. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

#include "worker/net/reason.h"

G_BEGIN_DECLS

#define TRUCE_NET_USER_AGENT "truced/" TRUCED_VERSION " (+" TRUCED_URL ")"

typedef struct {
  TruceNetTimeouts timeouts;
  const char *ca_file; /* certificates to trust, PEM; NULL or "" for those of the system */
} TruceNetSettings;

/* A handle that speaks `protocols` only ("http,https"), follows no redirect, asks no proxy, and gives up in time. */
CURL *truce_net_handle_new (const char *protocols, const TruceNetSettings *settings);

G_END_DECLS
