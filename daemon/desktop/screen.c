/* SPDX-License-Identifier: MIT */
#include "desktop/screen.h"

#include <libnotify/notify.h>

#include "base/text.h"

#define APP_NAME "truced"
#define DESKTOP_ENTRY "truced" /* truced.desktop: the name, the icon and the settings that a desktop keeps for it */
#define ICON "truced"          /* for servers that look no further */

struct _TruceScreen {
  TruceServer *server;
  GHashTable *shown; /* cause -> Shown */
};

typedef struct {
  TruceScreen *screen;
  TruceLink *link;
  TrucePopup *popup;
  NotifyNotification *notification;
  gulong closed;   /* handler */
  gboolean behind; /* a part of what it tells has been answered */
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;
  g_signal_handler_disconnect (shown->notification, shown->closed);
  g_object_unref (shown->notification);
  truce_popup_free (shown->popup);
  g_free (shown);
}

/* --- clicks --- */

typedef struct {
  char *what;
  char *bus;
} Wish;

/* A click that came to nothing must not look as if it had worked. */
static void
on_wish_done (const GError *error, gpointer user_data)
{
  Wish *wish = user_data;
  if (error) {
    g_warning ("truced on %s: cannot %s: %s", wish->bus, wish->what, error->message);
    g_autofree char *body = g_strdup_printf ("truced on %s says: %s", wish->bus, error->message);
    g_autofree char *escaped = truce_text_escape_markup (body);
    g_autofree char *summary = g_strdup_printf ("Could not %s", wish->what);
    NotifyNotification *notification = notify_notification_new (summary, escaped, ICON);
    notify_notification_set_app_name (notification, APP_NAME);
    notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (DESKTOP_ENTRY));
    notify_notification_show (notification, NULL);
    g_object_unref (notification);
  }
  g_free (wish->what);
  g_free (wish->bus);
  g_free (wish);
}

static Wish *
wish_new (const Shown *shown, const char *what)
{
  Wish *wish = g_new0 (Wish, 1);
  wish->what = g_strdup (what);
  wish->bus = g_strdup (truce_link_words (shown->link));
  return wish;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *url = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_warning ("cannot open %s: %s", url, error->message);
}

static void
on_open (NotifyNotification *notification, char *action, gpointer user_data)
{
  const Shown *shown = user_data;
  g_app_info_launch_default_for_uri_async (shown->popup->url, NULL, NULL, on_opened, g_strdup (shown->popup->url));
}

/* What hinders one hinders all of them: it is said once. */
static void
on_further_done (const GError *error, gpointer user_data)
{
  if (error)
    g_info ("an alert is not acknowledged: %s", error->message);
}

static void
on_acknowledge (NotifyNotification *notification, char *action, gpointer user_data)
{
  const Shown *shown = user_data;
  char **ids = shown->popup->alerts;
  truce_link_acknowledge (shown->link, ids[0], on_wish_done, wish_new (shown, "acknowledge the alert"));
  for (guint i = 1; ids[i]; i++)
    truce_link_acknowledge (shown->link, ids[i], on_further_done, NULL);
}

static void
on_snooze (NotifyNotification *notification, char *action, gpointer user_data)
{
  const Shown *shown = user_data;
  truce_link_snooze (shown->link, shown->popup->alerts[0], TRUCE_DESKTOP_SNOOZE, on_wish_done,
                     wish_new (shown, "snooze the alert"));
}

/* What is outdated is refused by truced, which says why. */
static void
on_accept (NotifyNotification *notification, char *action, gpointer user_data)
{
  const Shown *shown = user_data;
  truce_link_accept (shown->link, shown->popup->move, on_wish_done, wish_new (shown, "accept the move"));
}

/* Expired, dismissed or clicked: its id is worth nothing now. Not an acknowledgement. */
static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  Shown *shown = user_data;
  g_hash_table_remove (shown->screen->shown, shown->popup->cause);
}

/* --- showing --- */

static void
add_actions (Shown *shown, const TruceServerAbilities *abilities)
{
  NotifyNotification *notification = shown->notification;
  if (shown->popup->url) {
    notify_notification_add_action (notification, "default", "Open", on_open, shown, NULL); /* a click on the popup */
    if (!abilities->default_button)
      notify_notification_add_action (notification, "open", "Open", on_open, shown, NULL); /* the button */
  }
  if (shown->popup->move)
    notify_notification_add_action (notification, "accept", "Accept", on_accept, shown, NULL);
  gboolean single = g_strv_length (shown->popup->alerts) == 1;
  if (!shown->popup->partial) /* nobody answers what he has not read */
    notify_notification_add_action (notification, "acknowledge", single ? "Acknowledge" : "Acknowledge all",
                                    on_acknowledge, shown, NULL);
  if (single) {
    notify_notification_add_action (notification, "snooze", "Snooze 1 day", on_snooze, shown, NULL);
  }
}

static void
dress (Shown *shown, const TruceServerAbilities *abilities)
{
  static const NotifyUrgency urgencies[TRUCE_N_URGENCIES] = {
    [TRUCE_URGENCY_LOW] = NOTIFY_URGENCY_LOW,
    [TRUCE_URGENCY_NORMAL] = NOTIFY_URGENCY_NORMAL,
    [TRUCE_URGENCY_CRITICAL] = NOTIFY_URGENCY_CRITICAL,
  };
  const TrucePopup *popup = shown->popup;
  NotifyNotification *notification = shown->notification;
  notify_notification_clear_hints (notification);
  notify_notification_clear_actions (notification);
  notify_notification_update (notification, popup->summary, popup->body, ICON);
  notify_notification_set_app_name (notification, APP_NAME);
  notify_notification_set_category (notification, popup->category);
  notify_notification_set_urgency (notification, urgencies[popup->urgency]);
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (DESKTOP_ENTRY));
  if (popup->silent)
    notify_notification_set_hint (notification, "suppress-sound", g_variant_new_boolean (TRUE));
  notify_notification_set_timeout (notification, popup->urgency == TRUCE_URGENCY_CRITICAL ? NOTIFY_EXPIRES_NEVER
                                                                                          : NOTIFY_EXPIRES_DEFAULT);
  if (abilities->actions)
    add_actions (shown, abilities);
}

/* The notification of the same cause that is on the screen, or a new one. */
static Shown *
shown_new (TruceScreen *screen, TruceLink *link, TrucePopup *popup)
{
  const Shown *older = g_hash_table_lookup (screen->shown, popup->cause);
  Shown *shown = g_new0 (Shown, 1);
  shown->screen = screen;
  shown->link = link;
  shown->popup = popup;
  shown->notification =
      older ? g_object_ref (older->notification) : notify_notification_new (popup->summary, popup->body, ICON);
  shown->closed = g_signal_connect (shown->notification, "closed", G_CALLBACK (on_closed), shown);
  return shown;
}

static void
close_shown (const Shown *shown)
{
  gint id;
  g_object_get (shown->notification, "id", &id, NULL);
  truce_server_close (shown->screen->server, (guint32) id);
}

/* The popups whose place `popup` takes are closed: not acknowledged, but said again in it. */
static void
close_covered (TruceScreen *screen, const TrucePopup *popup)
{
  for (char **cause = popup->covers; cause && *cause; cause++) {
    const Shown *shown = g_hash_table_lookup (screen->shown, *cause);
    if (!shown)
      continue;
    close_shown (shown);
    g_hash_table_remove (screen->shown, *cause);
  }
}

gboolean
truce_screen_show (TruceScreen *screen, TruceLink *link, TrucePopup *popup, const TruceServerAbilities *abilities,
                   GError **error)
{
  Shown *shown = shown_new (screen, link, popup);
  g_autofree char *cause = g_strdup (popup->cause);
  dress (shown, abilities);
  gboolean accepted = notify_notification_show (shown->notification, error);
  if (accepted) {
    g_hash_table_replace (screen->shown, g_steal_pointer (&cause), shown);
    close_covered (screen, popup);
  } else {
    g_hash_table_remove (screen->shown, cause); /* its buttons would be the failed one's */
    shown_free (shown);
  }
  return accepted;
}

/* --- what becomes of them --- */

gboolean
truce_screen_is_behind (TruceScreen *screen, const TrucePopup *popup)
{
  const Shown *shown = g_hash_table_lookup (screen->shown, popup->cause);
  return shown && g_str_equal (shown->popup->alerts[0], popup->alerts[0]) && shown->popup->grown != popup->grown;
}

TruceTime
truce_screen_oldest (TruceScreen *screen, TruceLink *link)
{
  TruceTime oldest = TRUCE_TIME_NONE;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, screen->shown);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Shown *shown = value;
    if (shown->link == link)
      oldest = MIN (oldest, shown->popup->since);
  }
  return oldest;
}

static gboolean
is_over (const Shown *shown, GHashTable *open)
{
  for (char **id = shown->popup->alerts; *id; id++) {
    if (g_hash_table_contains (open, *id))
      return FALSE;
  }
  return TRUE;
}

/* Leaves only what is `open` of those that are told; TRUE: some are not. */
static gboolean
leave_open (TrucePopup *popup, GHashTable *open)
{
  gboolean left_out = FALSE;
  for (guint i = popup->told ? popup->told->len : 0; i > 0; i--) {
    const TruceAlert *alert = g_ptr_array_index (popup->told, i - 1);
    if (g_hash_table_contains (open, alert->id))
      continue;
    g_ptr_array_remove_index (popup->told, i - 1);
    left_out = TRUE;
  }
  return left_out;
}

gboolean
truce_screen_keep (TruceScreen *screen, TruceLink *link, GHashTable *ids)
{
  gboolean renew = FALSE;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, screen->shown);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Shown *shown = value;
    if (shown->link != link)
      continue;
    if (is_over (shown, ids)) {
      close_shown (shown);
      g_hash_table_iter_remove (&iter);
    } else {
      shown->behind |= leave_open (shown->popup, ids);
      renew |= shown->behind;
    }
  }
  return renew;
}

/* What is left may have another cause: it takes the place of what told all. Where that cause is on the screen already,
 * there is newer word of it. */
static void
renew (TruceScreen *screen, Shown *shown, const TruceServerAbilities *abilities)
{
  const TrucePopup *old = shown->popup;
  TrucePopup *popup = truce_popup_for_many (old->told, truce_link_words (shown->link), old->away, abilities->markup);
  gboolean elsewhere = !g_str_equal (popup->cause, old->cause) && g_hash_table_contains (screen->shown, popup->cause);
  gpointer key;
  popup->silent = TRUE;
  g_hash_table_steal_extended (screen->shown, old->cause, &key, NULL);
  g_free (key);
  if (elsewhere) {
    close_shown (shown);
    shown_free (shown);
    truce_popup_free (popup);
    return;
  }
  g_hash_table_replace (screen->shown, g_strdup (popup->cause), shown);
  truce_screen_show (screen, shown->link, popup, abilities, NULL);
}

void
truce_screen_renew (TruceScreen *screen, TruceLink *link, const TruceServerAbilities *abilities)
{
  g_autoptr (GList) all = g_hash_table_get_values (screen->shown);
  for (GList *at = all; at; at = at->next) {
    Shown *shown = at->data;
    if (shown->link == link && shown->behind)
      renew (screen, shown, abilities);
  }
}

void
truce_screen_forget (TruceScreen *screen)
{
  g_hash_table_remove_all (screen->shown);
}

TruceScreen *
truce_screen_new (TruceServer *server)
{
  TruceScreen *screen = g_new0 (TruceScreen, 1);
  screen->server = server;
  screen->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shown_free);
  return screen;
}

void
truce_screen_free (TruceScreen *screen)
{
  if (!screen)
    return;
  g_hash_table_unref (screen->shown);
  g_free (screen);
}
