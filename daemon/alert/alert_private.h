/* SPDX-License-Identifier: MIT */
/* What alert.c, firing.c, news.c, growth.c, digest.c and record.c share of making an alert. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

/* Normal urgency, no times, all else 0; one reference. */
TruceAlert *truce_alert_new_empty (void);
/* Adds an empty item and returns it, owned by the alert. */
TruceAlertItem *truce_alert_add_item (TruceAlert *alert);
/* The same for an entry of a feed. */
TruceAlertItem *truce_alert_add_entry (TruceAlert *alert, const TruceItem *item, const TruceFeed *feed, TruceTime now);
/* An empty move in place of what is there, owned by the alert. */
TruceAlertMove *truce_alert_add_move (TruceAlert *alert);
/* Likewise, of a digest. */
TruceAlertBrief *truce_alert_add_brief (TruceAlert *alert);
/* What every alert about a date says of it. */
void truce_alert_set_due (TruceAlert *alert, const TruceDue *due, TruceTime now);

G_END_DECLS
