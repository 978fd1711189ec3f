/* SPDX-License-Identifier: MIT */
/* import.h: an event of a calendar as a section of configuration. */
#pragma once

#include "config/event.h"

G_BEGIN_DECLS

/* The section [milestone ID] that the event makes, ended by an empty line. `zone` is that of dates which name none;
 * `used` has the ids that are taken, and gets this one. `ret_latest` is when it has passed. NULL and the reason when
 * its date cannot be stated. (transfer full) */
char *truce_event_to_section (const TruceEvent *event, TruceZone *zone, GHashTable *used, TruceTime *ret_latest,
                              char **ret_reason);

G_END_DECLS
