/* SPDX-License-Identifier: MIT */
/* record_print.h: milestones, alerts and feeds as lines for people, the same in every verb. */
#pragma once

#include "alert/alert.h"
#include "ctl/ctl.h"

G_BEGIN_DECLS

/* Its title (cut to a line, unless `whole`) and how long is left, the bar from when it began, its date, and whether
 * that has moved. */
void truce_print_milestone_block (const TruceCtl *ctl, const json_t *milestone, gboolean whole);
/* Two lines: title and how long is left; id and date. */
void truce_print_milestone_row (const TruceCtl *ctl, const json_t *milestone);

/* Orders headlines newest first, by what truce_print_headline() shows. */
void truce_sort_headlines (json_t *alerts);
/* "3 hours   federal-register  The headline". */
void truce_print_headline (const TruceCtl *ctl, const json_t *alert);
/* "1f2e3d4c  3 hours   lead  The alert's title". */
void truce_print_alert_row (const TruceCtl *ctl, const json_t *alert);
/* The newest of `count` alerts about one thing: "... The alert's title (5 alerts)". */
void truce_print_alerts_row (const TruceCtl *ctl, const json_t *alert, guint count);

/* "Truce extended and 11 more: 3 official", of which the title is cut behind `used` columns of a line; `title` where no
 * more have told it. (transfer full) */
char *truce_print_grown_title (const TruceCtl *ctl, const TruceAlert *alert, const char *title, guint used);

/* "federal-register  ok  4 minutes  in 56 minutes". */
void truce_print_feed_row (const TruceCtl *ctl, const json_t *feed);
/* Can it be read, and yet something is wrong with it: nothing new for long, or part of it missing? */
gboolean truce_feed_is_doubtful (const json_t *feed);
/* "blog  nothing new for 90 d, far longer than usual". */
void truce_print_doubtful_feed (const TruceCtl *ctl, const json_t *feed);
/* "federal-register  HTTP 503". */
void truce_print_failing_feed (const TruceCtl *ctl, const json_t *feed);

/* The zone that a milestone's days are counted in. (transfer full) */
TruceZone *truce_print_zone_of (const TruceCtl *ctl, const json_t *milestone);
/* The texts of an array, joined by spaces. (transfer full); NULL for none */
char *truce_print_join (const json_t *array);
/* A record's instant for people: "in 12 days, Tue 12 Aug 2025 00:01 EDT" in the reader's zone. (transfer full); NULL
 * when it has none. */
char *truce_print_time_of (const TruceCtl *ctl, const json_t *record, const char *key);

G_END_DECLS
