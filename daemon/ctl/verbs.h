/* SPDX-License-Identifier: MIT */
/* verbs.h: what each verb runs, and its own options, for the table in verbs.c. */
#pragma once

#include "ctl/ctl.h"

G_BEGIN_DECLS

/* status.c */
TruceExit truce_verb_status (TruceCtl *ctl);
/* list.c */
TruceExit truce_verb_milestones (TruceCtl *ctl);
TruceExit truce_verb_feeds (TruceCtl *ctl);
/* alerts.c */
TruceExit truce_verb_news (TruceCtl *ctl);
TruceExit truce_verb_alerts (TruceCtl *ctl);
TruceExit truce_verb_why (TruceCtl *ctl);
extern const GOptionEntry truce_news_options[];
extern const GOptionEntry truce_alerts_options[];
/* act.c */
TruceExit truce_verb_ack (TruceCtl *ctl);
TruceExit truce_verb_snooze (TruceCtl *ctl);
TruceExit truce_verb_refresh (TruceCtl *ctl);
TruceExit truce_verb_reload (TruceCtl *ctl);
TruceExit truce_verb_test_alert (TruceCtl *ctl);
extern const GOptionEntry truce_test_alert_options[];
/* amend.c */
TruceExit truce_verb_due (TruceCtl *ctl);
TruceExit truce_verb_met (TruceCtl *ctl);
TruceExit truce_verb_cancel (TruceCtl *ctl);
TruceExit truce_verb_silence (TruceCtl *ctl);
TruceExit truce_verb_undo (TruceCtl *ctl);
extern const GOptionEntry truce_due_options[];
extern const GOptionEntry truce_ending_options[]; /* of met and cancel */
extern const GOptionEntry truce_silence_options[];
extern const GOptionEntry truce_undo_options[];
/* moves.c */
TruceExit truce_verb_moves (TruceCtl *ctl);
TruceExit truce_verb_accept (TruceCtl *ctl);
TruceExit truce_verb_reject (TruceCtl *ctl);
extern const GOptionEntry truce_moves_options[];
extern const GOptionEntry truce_answer_options[]; /* of accept and reject */
/* show.c */
TruceExit truce_verb_config (TruceCtl *ctl);
/* report.c */
TruceExit truce_verb_report (TruceCtl *ctl);
extern const GOptionEntry truce_report_options[];
/* doctor.c */
TruceExit truce_verb_doctor (TruceCtl *ctl);
/* offline.c */
TruceExit truce_verb_check (TruceCtl *ctl);
TruceExit truce_verb_match (TruceCtl *ctl);
extern const GOptionEntry truce_match_options[];
/* when.c */
TruceExit truce_verb_when (TruceCtl *ctl);
extern const GOptionEntry truce_when_options[];
/* when_hints.c: after the reason why a date is not read: where it stops being understood, or (`understood`) what up to
 * there stands for no date, and what is read near it. On standard error. */
void truce_ctl_point_at (const TruceCtl *ctl, const char *text, gsize offset, gboolean understood);
/* classify.c */
TruceExit truce_verb_classify (TruceCtl *ctl);
extern const GOptionEntry truce_classify_options[];
/* feed.c */
TruceExit truce_verb_feed (TruceCtl *ctl);
extern const GOptionEntry truce_feed_options[];
/* export.c */
TruceExit truce_verb_export (TruceCtl *ctl);
/* export_opml.c */
TruceExit truce_export_opml (TruceCtl *ctl);
/* import.c */
TruceExit truce_verb_import (TruceCtl *ctl);
extern const GOptionEntry truce_import_options[];
/* simulate.c */
TruceExit truce_verb_simulate (TruceCtl *ctl);
extern const GOptionEntry truce_simulate_options[];

G_END_DECLS
