/* SPDX-License-Identifier: MIT */
#include "desktop/desk.h"

#include "desktop/link.h"
#include "desktop/screen.h"
#include "desktop/server.h"

#define RETRY_AFTER 60 /* seconds, after a server has refused a popup: it may have too many of them */

/* One bus, and what waits there. */
typedef struct {
  TruceLink *link;
  GPtrArray *waiting; /* TruceAlert *, NULL none; the last answer of truced */
  GPtrArray *grown;   /* TruceAlert *, NULL none; stories that have, some of which may be on the screen */
  gboolean began;     /* something of it has been shown, or there was nothing to show at start */
} Place;

struct _TruceDesk {
  TruceServer *server;
  TruceScreen *screen;
  GPtrArray *places; /* Place * */
  guint retry;       /* source */
  gboolean refused;  /* has been said */
};

static void
place_free (gpointer data)
{
  Place *place = data;
  truce_link_free (place->link);
  g_clear_pointer (&place->waiting, g_ptr_array_unref);
  g_clear_pointer (&place->grown, g_ptr_array_unref);
  g_free (place);
}

static Place *
find_place (TruceDesk *desk, TruceLink *link)
{
  for (guint i = 0; i < desk->places->len; i++) {
    Place *place = g_ptr_array_index (desk->places, i);
    if (place->link == link)
      return place;
  }
  return NULL;
}

/* --- showing --- */

static gboolean
on_retry (gpointer user_data)
{
  TruceDesk *desk = user_data;
  desk->retry = 0;
  truce_server_want (desk->server);
  return G_SOURCE_REMOVE;
}

static gboolean
show (TruceDesk *desk, Place *place, TrucePopup *popup, const TruceServerAbilities *abilities)
{
  g_auto (GStrv) ids = g_strdupv (popup->alerts);
  g_autoptr (GError) error = NULL;
  if (!truce_screen_show (desk->screen, place->link, popup, abilities, &error)) {
    if (!desk->refused)
      g_warning ("the notification server does not show an alert, trying again: %s", error->message);
    desk->refused = TRUE;
    if (!desk->retry)
      desk->retry = g_timeout_add_seconds (RETRY_AFTER, on_retry, desk);
    return FALSE;
  }
  desk->refused = FALSE;
  for (char **id = ids; *id; id++)
    truce_link_shown (place->link, *id);
  return TRUE;
}

/* What was answered or outdated between truced's word and the popup is on the screen now, and nobody will say so. */
static void
ask_again (TruceDesk *desk, Place *place)
{
  TruceTime oldest = truce_screen_oldest (desk->screen, place->link);
  if (oldest != TRUCE_TIME_NONE)
    truce_link_ask_open (place->link, oldest);
}

/* Shows what waits at one place; what the server does not take stays waiting. */
static void
show_place (TruceDesk *desk, Place *place, const TruceServerAbilities *abilities)
{
  const char *origin = truce_link_words (place->link);
  guint waited = place->waiting->len;
  gboolean login = !place->began && place->waiting->len > 1;
  if (login || place->waiting->len > TRUCE_POPUP_FLOOD) {
    if (show (desk, place, truce_popup_for_many (place->waiting, origin, !place->began, abilities->markup), abilities))
      g_ptr_array_set_size (place->waiting, 0);
  }
  while (!login && place->waiting->len > 0 && place->waiting->len <= TRUCE_POPUP_FLOOD) {
    const TruceAlert *alert = g_ptr_array_index (place->waiting, 0);
    if (!show (desk, place, truce_popup_for_alert (alert, origin, abilities->markup), abilities))
      break;
    g_ptr_array_remove_index (place->waiting, 0);
  }
  if (place->waiting->len == 0)
    place->began = TRUE;
  if (place->waiting->len < waited)
    ask_again (desk, place);
}

/* Brings the popups of stories that have grown up to date. */
static void
refresh (TruceDesk *desk, Place *place, const TruceServerAbilities *abilities)
{
  g_autoptr (GPtrArray) grown = g_steal_pointer (&place->grown);
  for (guint i = 0; grown && i < grown->len; i++) {
    TrucePopup *popup =
        truce_popup_for_alert (g_ptr_array_index (grown, i), truce_link_words (place->link), abilities->markup);
    popup->silent = TRUE;
    /* One that the server does not take is as it was: nothing is lost. */
    if (truce_screen_is_behind (desk->screen, popup))
      truce_screen_show (desk->screen, place->link, popup, abilities, NULL);
    else
      truce_popup_free (popup);
  }
}

static void
on_ready (const TruceServerAbilities *abilities, gpointer user_data)
{
  TruceDesk *desk = user_data;
  for (guint i = 0; i < desk->places->len; i++) {
    Place *place = g_ptr_array_index (desk->places, i);
    if (place->waiting)
      show_place (desk, place, abilities);
    refresh (desk, place, abilities);
    truce_screen_renew (desk->screen, place->link, abilities);
  }
}

static void
on_gone (gpointer user_data)
{
  TruceDesk *desk = user_data;
  truce_screen_forget (desk->screen);
}

/* --- truced --- */

static void
on_pending (TruceLink *link, GPtrArray *alerts, gpointer user_data)
{
  TruceDesk *desk = user_data;
  Place *place = find_place (desk, link);
  g_clear_pointer (&place->waiting, g_ptr_array_unref);
  place->waiting = g_ptr_array_ref (alerts);
  if (alerts->len > 0)
    truce_server_want (desk->server);
  else
    place->began = TRUE;
}

static void
on_changed (TruceLink *link, gpointer user_data)
{
  TruceDesk *desk = user_data;
  ask_again (desk, find_place (desk, link));
}

static void
on_open (TruceLink *link, GHashTable *ids, GPtrArray *grown, gpointer user_data)
{
  TruceDesk *desk = user_data;
  Place *place = find_place (desk, link);
  gboolean renew = truce_screen_keep (desk->screen, link, ids);
  g_clear_pointer (&place->grown, g_ptr_array_unref);
  if (grown->len > 0)
    place->grown = g_ptr_array_ref (grown);
  if (grown->len > 0 || renew)
    truce_server_want (desk->server);
}

static void
on_vanished (TruceLink *link, gpointer user_data)
{
  TruceDesk *desk = user_data;
  Place *place = find_place (desk, link);
  g_clear_pointer (&place->waiting, g_ptr_array_unref); /* it tells them again when it is back */
}

/* --- the desk --- */

TruceDesk *
truce_desk_new (GDBusConnection *session, const char *const *buses)
{
  TruceDesk *desk = g_new0 (TruceDesk, 1);
  TruceServerEvents server_events = { .ready = on_ready, .gone = on_gone, .user_data = desk };
  TruceLinkEvents link_events = {
    .pending = on_pending,
    .changed = on_changed,
    .open = on_open,
    .vanished = on_vanished,
    .user_data = desk,
  };
  desk->places = g_ptr_array_new_with_free_func (place_free);
  desk->server = truce_server_new (session, &server_events);
  desk->screen = truce_screen_new (desk->server);
  for (; *buses; buses++) {
    Place *place = g_new0 (Place, 1);
    place->link = truce_link_new (*buses, &link_events);
    g_ptr_array_add (desk->places, place);
  }
  return desk;
}

void
truce_desk_free (TruceDesk *desk)
{
  if (!desk)
    return;
  if (desk->retry)
    g_source_remove (desk->retry);
  truce_screen_free (desk->screen);
  g_ptr_array_unref (desk->places);
  truce_server_free (desk->server);
  g_free (desk);
}
