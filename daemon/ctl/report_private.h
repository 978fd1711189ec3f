/* SPDX-License-Identifier: MIT */
/* What the parts of trucectl report share. */
#pragma once

#include "ctl/ctl.h"

G_BEGIN_DECLS

/* Appends `text` so that it is nothing but text there: what strangers wrote must not become markup. NULL is fine. */
void truce_html_text (GString *page, const char *text);
/* "11 Aug 2025", in the reader's zone; "" for NONE. (transfer full) */
char *truce_html_day (const TruceCtl *ctl, TruceTime at);
/* `text` as a link to `url`, where that is an address of the web; else alone. */
void truce_html_link (GString *page, const char *url, const char *text);

/* report_svg.c */

/* Does a record of ListMoves wait for an answer? */
gboolean truce_move_waits (const json_t *move);
/* The dates that a milestone has had (a record of GetMilestone), a row each: from when it was known to when it was due,
 * under one axis with today in it. Below them those that `moves` (records of ListMoves) would give it, while they wait
 * for an answer. */
void truce_svg_timeline (GString *page, const TruceCtl *ctl, const json_t *milestone, const json_t *moves);
/* How many `times` (TruceTime) fall on each day from `since` to now, and on which days `moves` were first in it. */
void truce_svg_density (GString *page, const TruceCtl *ctl, GArray *times, const json_t *moves, TruceTime since);

G_END_DECLS
