/* SPDX-License-Identifier: MIT */
/* headlines.h: what the news has told: alerts of kind news, and those of kind move, which stand for theirs. */
#pragma once

#include "ctl/ctl.h"

G_BEGIN_DECLS

/* Those among `alerts` (newest first), of each move the last. (transfer full) */
json_t *truce_headlines_of (const json_t *alerts);
/* Those that `filter` (floating, a{sv} as of ListAlerts, without "kind") takes, in no order. */
TruceExit truce_headlines_read (TruceCtl *ctl, GVariant *filter, json_t **ret_headlines);
/* What it says of a date: "moved", "proposed", ...; NULL: nothing. */
const char *truce_headline_mark (const json_t *alert);

/* Has each of `headlines` know the title of its feed: for people, whom its id tells less. */
TruceExit truce_headlines_name_feeds (TruceCtl *ctl, json_t *headlines);
/* The same by `feeds`, records of ListFeeds. */
void truce_headlines_set_feeds (json_t *headlines, const json_t *feeds);
/* That title; without one, the feed's id. */
const char *truce_headline_feed (const json_t *alert);

G_END_DECLS
