/* SPDX-License-Identifier: MIT */
/* zone_watch.h: says when the zone database has been replaced by another version. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TruceZoneWatch TruceZoneWatch;

/* Calls `changed` from the main loop once something in `folder` or below has changed and nothing has for a while, so
 * that a version which is being unpacked is whole. NULL where the kernel gives no inotify. */
TruceZoneWatch *truce_zone_watch_new (const char *folder, void (*changed) (gpointer user_data), gpointer user_data);
void truce_zone_watch_free (TruceZoneWatch *watch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceZoneWatch, truce_zone_watch_free)

G_END_DECLS
