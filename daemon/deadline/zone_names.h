/* SPDX-License-Identifier: MIT */
/* zone_names.h: which zone somebody may have meant. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The known zone nearest to `name`: the current name of an old one, the zone of that city, or one spelt alike; NULL
 * when nothing is near or the zone list is not installed. (transfer none) */
const char *truce_zone_nearest (const char *name);

G_END_DECLS
