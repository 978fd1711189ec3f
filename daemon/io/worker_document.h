/* SPDX-License-Identifier: MIT */
/* worker_document.h: a parsed feed out of the frame that brought it. */
#pragma once

#include "news/item.h"

G_BEGIN_DECLS

#define TRUCE_DOCUMENT_ITEMS_MAX 500 /* of one feed; the parser leaves out the rest itself */

/* `document` as in a PARSED frame, from a process that has read a stranger's bytes: its frame is sound, what it says
 * may not be. Text is cleaned, addresses are http(s) or left out, times are instants that can be written or none.
 * (transfer full) */
TruceFeedDocument *truce_document_from_variant (GVariant *document);

G_END_DECLS
