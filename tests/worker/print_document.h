/* SPDX-License-Identifier: MIT */
/* print_document.h: a document as lines of JSON, as `trucectl feed` prints them. */
#pragma once

#include "news/item.h"

/* One line for the feed when `feed` is set, then one for each item. (transfer full) */
char *print_document (const TruceFeedDocument *document, gboolean feed);
