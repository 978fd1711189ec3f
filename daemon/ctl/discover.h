/* SPDX-License-Identifier: MIT */
/* discover.h: the feeds of a web page, as sections to configure. */
#pragma once

#include "ctl/ctl.h"
#include "io/worker.h"

G_BEGIN_DECLS

/* `body` came from `source` and is no feed, for the reason `error`: prints the feeds that it names if it is a web page,
 * and looks where feeds usually are when it names none and `url`, its address, is not NULL. */
TruceExit truce_discover (TruceCtl *ctl, TruceWorkers *workers, const char *source, GBytes *body, const char *url,
                          const char *content_type, const char *error);
/* The section for one feed, with `title` "" for none; `source` is an address or a file. (transfer full), NULL when
 * there is none for it. */
char *truce_discover_section (const char *source, const char *title);

G_END_DECLS
