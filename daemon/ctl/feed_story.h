/* SPDX-License-Identifier: MIT */
/* feed_story.h: one feed in full: how it fares, what was learned of it, and its last polls. */
#pragma once

#include "ctl/print.h"

G_BEGIN_DECLS

/* `feed` is a record of truce_view_feeds() for that feed alone. */
void truce_print_feed_story (const TruceCtl *ctl, const json_t *feed);

G_END_DECLS
