/* SPDX-License-Identifier: MIT */
/* hook_private.h: one body a format. All that is in an alert may be a stranger's words: it is escaped as the receiver
 * wants it, and cut to what that takes. */
#pragma once

#include "alert/hook.h"

G_BEGIN_DECLS

/* Cut to so many characters, "…" the last of them. (transfer full) */
char *truce_hook_cut (const char *text, glong most);
/* The title on one line, and the body in lines, clean. (transfer full) */
char *truce_hook_title (const TruceAlert *alert);
char *truce_hook_lines (const TruceAlert *alert);
/* `url` if it may become a link: of the web, since what a stranger gave may be a script or a file; else NULL. */
const char *truce_hook_link (const char *url);
/* "critical · lead · us-china-truce · 4d583799": by what it is found again. (transfer full) */
char *truce_hook_about (const TruceAlert *alert);

/* (transfer full) */
json_t *truce_hook_slack (const TruceAlert *alert);
json_t *truce_hook_mattermost (const TruceAlert *alert);
json_t *truce_hook_ntfy (const TruceAlert *alert, const char *topic);
json_t *truce_hook_matrix (const TruceAlert *alert);
json_t *truce_hook_alertmanager (const TruceAlert *alert, TruceTime now);

G_END_DECLS
