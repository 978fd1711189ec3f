/* SPDX-License-Identifier: MIT */
/* desk.h: what waits on the buses goes to the screen when there is a server to show it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TruceDesk TruceDesk;

/* `session` is where the notification server is; `buses` (NULL-terminated) where truced may be. */
TruceDesk *truce_desk_new (GDBusConnection *session, const char *const *buses);
void truce_desk_free (TruceDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceDesk, truce_desk_free)

G_END_DECLS
