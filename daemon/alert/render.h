/* SPDX-License-Identifier: MIT */
/* render.h: an alert as text for a sink. Pure; the sinks in io/ do the sending. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

/* One line that stands alone: "US-China tariff truce ends in 7 days: Tue 12 Aug 2025 00:01 EDT". (transfer full) */
char *truce_render_message (const TruceAlert *alert);

/* The record's keys as flat text fields, the same for journal and syslog: ("ID", ...), ("MILESTONE", ...),
 * ("SECONDS_LEFT", ...), ("ITEM_TITLE", ...), in the record's order; nested ones joined by '_', lists numbered from the
 * second on ("ITEM_TITLE_2"). Calls `field` for each. */
typedef void (*TruceFieldFunc) (const char *name, const char *value, gpointer user_data);
void truce_render_fields (const TruceAlert *alert, TruceFieldFunc field, gpointer user_data);

/* RFC 5424 message (APP-NAME truced, MSGID the kind) with the fields above in lower case as structured data, as many as
 * fit, and the older RFC 3164 form without them; neither ends in a newline, neither holds a control character.
 * (transfer full) 3164 knows no zones: its time is in `zone`, the receiver's. It has no host either: that is how a
 * local receiver wants it. */
char *truce_render_syslog_5424 (const TruceAlert *alert, const char *host, int pid);
char *truce_render_syslog_3164 (const TruceAlert *alert, const TruceZone *zone, int pid);

/* syslog severity 0..7 of an alert: warning for critical, notice for normal, info for low; err and crit are for the
 * daemon's own faults, so kind problem is err. */
int truce_render_priority (const TruceAlert *alert);

/* The 128-bit MESSAGE_ID of a kind, 32 hexadecimal digits; systemd/truced.catalog explains each. */
const char *truce_render_message_id (TruceAlertKind kind);

/* For a terminal: a few lines, with ANSI colours when `colour`; `zone` is the reader's. Ends in '\n'. (transfer full)
 */
char *truce_render_terminal (const TruceAlert *alert, const TruceZone *zone, gboolean colour);

/* "[############--------] 62 %": how much of start..end has gone at now, `columns` wide for the bar's inside.
 * (transfer full) */
char *truce_render_bar (TruceTime start, TruceTime end, TruceTime now, guint columns);

G_END_DECLS
