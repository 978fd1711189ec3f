/* SPDX-License-Identifier: MIT */
/* transfer.h: one FETCH: an address and the redirects from it, within the limits, to one FETCHED. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

#include "worker/net/handle.h"

G_BEGIN_DECLS

typedef struct _TruceTransfer TruceTransfer;

/* `fetch` is a FETCH payload; `settings` must outlive the transfer. */
TruceTransfer *truce_transfer_new (GVariant *fetch, const TruceNetSettings *settings);
/* Its handle must be out of the multi handle before. */
void truce_transfer_free (TruceTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceTransfer, truce_transfer_free)

/* The handle to add to the multi handle; CURLOPT_PRIVATE is the transfer. */
CURL *truce_transfer_easy (TruceTransfer *transfer);

/* Before the first hop, and again after each hop: TRUE when there is one more to make, FALSE when the answer is ready.
 */
gboolean truce_transfer_begin (TruceTransfer *transfer);
gboolean truce_transfer_hop_ended (TruceTransfer *transfer, CURLcode code);

/* The FETCHED payload, once it is ready. (transfer full, floating) */
GVariant *truce_transfer_answer (TruceTransfer *transfer);

G_END_DECLS
