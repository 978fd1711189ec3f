/* SPDX-License-Identifier: MIT */
/* screen.h: the popups that are on the screen, by cause, and what a click on one means. Calls libnotify. */
#pragma once

#include "desktop/link.h"
#include "desktop/popup.h"
#include "desktop/server.h"

G_BEGIN_DECLS

typedef struct _TruceScreen TruceScreen;

/* `server` closes popups; it must outlive the screen. */
TruceScreen *truce_screen_new (TruceServer *server);
/* Leaves the popups where they are: an alert is not unsaid because this program ends. */
void truce_screen_free (TruceScreen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceScreen, truce_screen_free)

/* Puts a popup of `link`'s on the screen, in the place of an older one of the same cause. Takes `popup`. Blocks for one
 * round trip: the server has just answered. */
gboolean truce_screen_show (TruceScreen *screen, TruceLink *link, TrucePopup *popup,
                            const TruceServerAbilities *abilities, GError **error);

/* Is what `popup` tells on the screen as it was before it grew? */
gboolean truce_screen_is_behind (TruceScreen *screen, const TrucePopup *popup);
/* When the oldest alert of `link` on the screen was raised; NONE: there is none. */
TruceTime truce_screen_oldest (TruceScreen *screen, TruceLink *link);
/* Closes the popups of `link` of which no alert is in `ids`. TRUE: of some that tell several, a part is not, and they
 * are to be renewed. */
gboolean truce_screen_keep (TruceScreen *screen, TruceLink *link, GHashTable *ids);
/* Has those tell what is left of them. */
void truce_screen_renew (TruceScreen *screen, TruceLink *link, const TruceServerAbilities *abilities);
/* The server has gone, and the popups with it. */
void truce_screen_forget (TruceScreen *screen);

G_END_DECLS
