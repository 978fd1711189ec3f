/* SPDX-License-Identifier: MIT */
/* trade.h: what one truced-net does: fetch for the feeds, or deliver to the sinks. Never both: what delivers never sees
 * what a stranger has published, and what fetches never sees a secret. */
#pragma once

#include "worker/net/handle.h"
#include "worker/wire.h"

G_BEGIN_DECLS

/* Of one request, `errand` being its own. */
typedef struct {
  TruceWireKind asks, answers;
  gpointer (*begin) (GVariant *request, const TruceNetSettings *settings, gboolean *ret_ready); /* ready: answered */
  CURL *(*easy) (gpointer errand);
  gboolean (*ended) (gpointer errand, CURLcode code); /* TRUE: there is one more transfer to make */
  GVariant *(*answer) (gpointer errand);
  void (*free) (gpointer errand);
} TruceNetTrade;

extern const TruceNetTrade truce_net_fetching, truce_net_delivering;

G_END_DECLS
