/* SPDX-License-Identifier: MIT */
/* net_sink.h: what a sink says that is reached over the network: a webhook, or a server of mail. */
#pragma once

#include "alert/hook.h"

G_BEGIN_DECLS

/* A secret is never in the configuration: a reference says where it is, "credential:NAME" (of the service manager) or
 * "file:/PATH". Whatever is marked so may be one. */
typedef struct {
  TruceHookFormat format;
  char *url;       /* or a reference; of mail: smtp://HOST:PORT or smtps://HOST:PORT */
  char *room;      /* matrix */
  char **headers;  /* "Name: VALUE" or "Name: REFERENCE"; NULL none */
  char *token;     /* a reference: sent as a bearer token; NULL none */
  char *sign_with; /* a reference: what the body is signed with; NULL none */
  char *user;      /* NULL none */
  char *password;  /* a reference; NULL none */
  char *from;      /* mail: its address */
  char *from_name; /* NULL none */
  char **to;       /* mail: addresses */
  gboolean plain;  /* mail: without TLS */
  unsigned url_line;
} TruceNetSink;

void truce_net_sink_free (TruceNetSink *net);

#define TRUCE_NET_SINK_TIMEOUT_LEAST TRUCE_SECOND
#define TRUCE_NET_SINK_TIMEOUT_MOST (30 * TRUCE_SECOND) /* what truced-net gives any transfer, and the default */

/* Is `text` a reference to a secret? */
gboolean truce_is_secret_reference (const char *text);
/* The value of "Name: VALUE", within it. */
const char *truce_header_value (const char *header);

G_END_DECLS
