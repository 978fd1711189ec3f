/* SPDX-License-Identifier: MIT */
/* client.h: the way to a running truced. Every call says itself what went wrong, so that a verb only passes the status
 * on. */
#pragma once

#include <gio/gio.h>

#include "ctl/ctl.h"

G_BEGIN_DECLS

/* Calls a method of org.truced.Truced1; connects first where need be. Anything but DONE has been said on standard
 * error. `arguments`: a floating tuple, NULL none. `ret_reply` (transfer full): a tuple of `reply_type`. */
TruceExit truce_client_call (TruceCtl *ctl, const char *method, GVariant *arguments, const char *reply_type,
                             GVariant **ret_reply);
/* The same for methods that answer one record or an array of them. */
TruceExit truce_client_read (TruceCtl *ctl, const char *method, GVariant *arguments, json_t **ret_records);

/* The same for methods by which something is said: with them goes what this program is called. `arguments`: a floating
 * tuple. */
TruceExit truce_client_say (TruceCtl *ctl, const char *method, GVariant *arguments, json_t **ret_record);

/* Calls `raised` for every alert from now on, until the bus goes; truced itself may come and go. `begun` (may be NULL)
 * is called once no alert can be missed any more: what it lists may come to `raised` as well. Anything but DONE from it
 * ends the following. */
typedef void (*TruceRaisedFunc) (const json_t *record, gpointer user_data);
typedef TruceExit (*TruceBegunFunc) (gpointer user_data);
TruceExit truce_client_follow (TruceCtl *ctl, TruceBegunFunc begun, TruceRaisedFunc raised, gpointer user_data);

/* Ends truce_client_follow() from within its callbacks, with status 1. */
void truce_client_stop (TruceCtl *ctl);

/* Connects without a word when that fails: `ret_reasons` (transfer full) are they, "" none. */
gboolean truce_client_try (TruceCtl *ctl, char **ret_reasons);
/* Of a client that is connected, in words: "the session bus". */
const char *truce_client_bus (const TruceCtl *ctl);

void truce_client_free (TruceClient *client); /* NULL is fine */

G_END_DECLS
