/* SPDX-License-Identifier: MIT */
/* worker_outline.h: the feeds that an OPML file or a web page names, read by truced-parse. */
#pragma once

#include "io/worker.h"
#include "news/outline.h"

G_BEGIN_DECLS

/* `list` NULL: it is neither, `error` says what. It is (transfer none). */
typedef void (*TruceOutlineFunc) (const TruceOutlineList *list, const char *error, gpointer user_data);

/* `base_url` and `content_type` may be NULL. `done` is called once, from the main loop. */
void truce_workers_read_outline (TruceWorkers *workers, GBytes *body, const char *base_url, const char *content_type,
                                 TruceOutlineFunc done, gpointer user_data);

G_END_DECLS
