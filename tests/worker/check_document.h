/* SPDX-License-Identifier: MIT */
/* check_document.h: what the rooms behind the parser rely on, of whatever document. For the fuzz targets. */
#pragma once

#include "news/item.h"

/* Aborts when a text is not clean, a link not an address, or the answer does not fit a frame. */
void check_document (const TruceFeedDocument *document, const char *error);
