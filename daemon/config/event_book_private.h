/* SPDX-License-Identifier: MIT */
/* The making of what is in a book. */
#pragma once

#include "config/event_book.h"

G_BEGIN_DECLS

/* Without a date, which it must be given, and with no texts but these. */
TruceBookEvent *truce_book_event_new (const char *uid, const char *id);
void truce_book_event_add_date (TruceBookEvent *event, TruceTime since, const char *statement, const char *why);

G_END_DECLS
