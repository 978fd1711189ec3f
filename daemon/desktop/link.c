/* SPDX-License-Identifier: MIT */
#include "desktop/link.h"

#include "bus/address.h"
#include "bus/service.h"
#include "bus/variant.h"

#define RECONNECT_FIRST 1 /* seconds; doubled each time */
#define RECONNECT_CAP 60
#define PROGRAM "truced-desktop" /* what it is called in "via" */
#define CALL_TIMEOUT 25000       /* milliseconds; truced answers in a few, unless the machine is very busy */

struct _TruceLink {
  char *bus;
  char *words; /* for people */
  TruceLinkEvents events;
  GCancellable *cancellable;   /* of everything under way */
  GDBusConnection *connection; /* NULL: not connected */
  gulong closed;               /* handler */
  char *owner;                 /* truced's unique name; NULL: it is not there */
  guint watch, signals;
  guint reconnect;            /* source */
  guint reconnect_after;      /* seconds */
  gboolean complained;        /* of not being able to connect, in this streak */
  gboolean asking, ask_again; /* ListPending */
  GHashTable *unconfirmed;    /* ids on the screen that truced has not heard of yet */
};

const char *
truce_link_words (const TruceLink *link)
{
  return link->words;
}

/* What an answer belongs to. */
typedef struct {
  TruceLink *link; /* not to be touched when the call was cancelled: the link has gone */
  char *id;
  TruceLinkDone done;
  gpointer user_data;
} Call;

static void connect_to_bus (TruceLink *link);
static void ask_pending (TruceLink *link);

static Call *
call_new (TruceLink *link, const char *id, TruceLinkDone done, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);
  call->link = link;
  call->id = g_strdup (id);
  call->done = done;
  call->user_data = user_data;
  return call;
}

static void
call_free (Call *call)
{
  g_free (call->id);
  g_free (call);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Calls the truced that is there now: never starts one. */
static void
ask (TruceLink *link, const char *method, GVariant *parameters, const char *reply, GAsyncReadyCallback answered,
     gpointer user_data)
{
  g_dbus_connection_call (link->connection, link->owner, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, method, parameters,
                          G_VARIANT_TYPE (reply), G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT, link->cancellable,
                          answered, user_data);
}

/* The answer to a call, or NULL and an error. `ret_cancelled`: the link is no more. */
static GVariant *
finish (GObject *connection, GAsyncResult *result, gboolean *ret_cancelled, GError **error)
{
  g_autoptr (GError) local = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &local);
  *ret_cancelled = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (local) {
    g_dbus_error_strip_remote_error (local);
    g_propagate_error (error, g_steal_pointer (&local));
  }
  return answer;
}

/* --- what waits --- */

/* The records of an (aa{sv}) answer, without those that are on the screen already. */
static GPtrArray *
pending_from_answer (TruceLink *link, GVariant *answer)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  g_autoptr (GVariant) records = g_variant_get_child_value (answer, 0);
  for (gsize i = 0; i < g_variant_n_children (records); i++) {
    g_autoptr (GVariant) record = g_variant_get_child_value (records, i);
    g_autoptr (json_t) json = truce_variant_to_json (record);
    g_autoptr (TruceAlert) alert = json ? truce_alert_from_json (json) : NULL;
    if (!alert)
      g_warning ("truced on %s sent a record that is no alert, ignoring", link->words);
    else if (g_hash_table_contains (link->unconfirmed, alert->id))
      truce_link_shown (link, alert->id); /* it had not arrived */
    else
      g_ptr_array_add (alerts, g_steal_pointer (&alert));
  }
  return alerts;
}

static void
on_pending (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  TruceLink *link = user_data;
  gboolean cancelled;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = finish (connection, result, &cancelled, &error);
  if (cancelled)
    return;
  link->asking = FALSE;
  if (answer) {
    g_autoptr (GPtrArray) alerts = pending_from_answer (link, answer);
    link->events.pending (link, alerts, link->events.user_data);
  } else if (link->owner) {
    g_warning ("truced on %s does not say what waits: %s", link->words, error->message);
  }
  if (link->ask_again)
    ask_pending (link);
}

/* One question at a time: a burst of signals makes two. */
static void
ask_pending (TruceLink *link)
{
  link->ask_again = link->asking;
  if (link->asking || !link->owner)
    return;
  link->asking = TRUE;
  ask (link, "ListPending", NULL, "(aa{sv})", on_pending, link);
}

/* --- what is done with --- */

/* Those that have not grown are on the screen as they are. */
static void
add_grown (GVariant *record, GPtrArray *grown)
{
  g_autoptr (GVariant) at = g_variant_lookup_value (record, "grown", G_VARIANT_TYPE_STRING);
  g_autoptr (json_t) json = at ? truce_variant_to_json (record) : NULL;
  TruceAlert *alert = json ? truce_alert_from_json (json) : NULL;
  if (alert)
    g_ptr_array_add (grown, alert);
}

static void
on_open (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  TruceLink *link = user_data;
  gboolean cancelled;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = finish (connection, result, &cancelled, &error);
  if (cancelled)
    return;
  if (!answer) {
    g_debug ("truced on %s does not list its alerts: %s", link->words, error->message);
    return;
  }
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) grown = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  g_autoptr (GVariant) records = g_variant_get_child_value (answer, 0);
  for (gsize i = 0; i < g_variant_n_children (records); i++) {
    g_autoptr (GVariant) record = g_variant_get_child_value (records, i);
    g_autoptr (GVariant) snoozed = g_variant_lookup_value (record, "snoozed", G_VARIANT_TYPE_STRING);
    gboolean superseded = FALSE;
    const char *id;
    (void) g_variant_lookup (record, "superseded", "b", &superseded); /* its date has moved: there is nothing to do */
    /* One that has come back counts as snoozed until truced has heard that it was shown. */
    if (g_variant_lookup (record, "id", "&s", &id) && !superseded &&
        (!snoozed || g_hash_table_contains (link->unconfirmed, id))) {
      g_hash_table_add (ids, g_strdup (id));
      add_grown (record, grown);
    }
  }
  link->events.open (link, ids, grown, link->events.user_data);
}

void
truce_link_ask_open (TruceLink *link, TruceTime since)
{
  if (!link->owner)
    return;
  char text[TRUCE_TIME_TEXT_SIZE];
  GVariantBuilder filter;
  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "unacknowledged", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&filter, "{sv}", "since", g_variant_new_string (truce_time_to_text (since, text)));
  ask (link, "ListAlerts", g_variant_new ("(a{sv})", &filter), "(aa{sv})", on_open, link);
}

/* --- what truced is told --- */

static void
on_confirmed (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  gboolean cancelled;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = finish (connection, result, &cancelled, &error);
  if (cancelled)
    return;
  TruceLink *link = call->link;
  if (answer || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)) {
    /* Whoever may not confirm keeps the id, so that this program at least does not show the alert again. */
    if (answer)
      g_hash_table_remove (link->unconfirmed, call->id);
    else if (!link->complained)
      g_warning ("this user may not tell truced on %s that alerts were shown (the group truced may): %s", link->words,
                 error->message);
    link->complained = !answer;
    return;
  }
  g_info ("truced on %s has not heard that %s was shown: %s", link->words, call->id, error->message);
}

void
truce_link_shown (TruceLink *link, const char *id)
{
  g_hash_table_add (link->unconfirmed, g_strdup (id));
  if (link->owner)
    ask (link, "Shown", g_variant_new ("(s)", id), "()", on_confirmed, call_new (link, id, NULL, NULL));
}

static void
on_click_done (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  gboolean cancelled;
  g_autoptr (GError) error = NULL;
  GVariant *answer = finish (connection, result, &cancelled, &error);
  g_clear_pointer (&answer, g_variant_unref);
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)) { /* a bus says that in many words */
    g_clear_error (&error);
    g_set_error (&error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED, "only members of the group truced may");
  }
  if (!cancelled)
    call->done (error, call->user_data);
}

/* By the well-known name, so that the bus starts truced when it is not running: somebody has clicked. */
static void
click (TruceLink *link, const char *method, GVariant *parameters, TruceLinkDone done, gpointer user_data)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (parameters);
  if (link->connection) {
    /* No answer is needed: a truced that does not know of it takes the click all the same. */
    g_dbus_connection_call (link->connection, TRUCE_BUS_NAME, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, "Introduce",
                            g_variant_new ("(s)", PROGRAM), NULL, G_DBUS_CALL_FLAGS_NONE, CALL_TIMEOUT, NULL, NULL,
                            NULL);
    g_dbus_connection_call (link->connection, TRUCE_BUS_NAME, TRUCE_BUS_PATH, TRUCE_BUS_INTERFACE, method, sunk, NULL,
                            G_DBUS_CALL_FLAGS_NONE, CALL_TIMEOUT, link->cancellable, on_click_done,
                            call_new (link, NULL, done, user_data));
    return;
  }
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "not connected to %s", link->words);
  done (error, user_data);
}

void
truce_link_acknowledge (TruceLink *link, const char *id, TruceLinkDone done, gpointer user_data)
{
  click (link, "Acknowledge", g_variant_new ("(s)", id), done, user_data);
}

void
truce_link_snooze (TruceLink *link, const char *id, gint64 seconds, TruceLinkDone done, gpointer user_data)
{
  click (link, "Snooze", g_variant_new ("(sx)", id, seconds), done, user_data);
}

void
truce_link_accept (TruceLink *link, const char *move, TruceLinkDone done, gpointer user_data)
{
  click (link, "AcceptMove", g_variant_new ("(ss)", move, ""), done, user_data);
}

/* --- truced comes and goes --- */

static void
on_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *signal,
           GVariant *parameters, gpointer user_data)
{
  TruceLink *link = user_data;
  if (g_str_equal (signal, "AlertRaised")) {
    ask_pending (link);
  } else if (g_str_equal (signal, "Changed") && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)"))) {
    const char *what;
    g_variant_get (parameters, "(&s)", &what);
    if (g_str_equal (what, "alerts")) {
      ask_pending (link); /* a snoozed one may have come back */
      link->events.changed (link, link->events.user_data);
    }
  }
}

static void
forget_owner (TruceLink *link)
{
  if (link->signals)
    g_dbus_connection_signal_unsubscribe (link->connection, link->signals);
  link->signals = 0;
  link->ask_again = FALSE;
  g_clear_pointer (&link->owner, g_free);
}

static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  TruceLink *link = user_data;
  forget_owner (link);
  g_info ("truced is on %s", link->words);
  link->owner = g_strdup (owner);
  /* By the owner's own name: nobody else's signals are believed. */
  link->signals = g_dbus_connection_signal_subscribe (connection, owner, TRUCE_BUS_INTERFACE, NULL, TRUCE_BUS_PATH,
                                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, link, NULL);
  ask_pending (link);
  link->events.changed (link, link->events.user_data); /* while it was away, too */
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  TruceLink *link = user_data;
  if (!connection)
    return; /* on_closed says it */
  g_info ("truced is not on %s, waiting for it", link->words);
  forget_owner (link);
  link->events.vanished (link, link->events.user_data);
}

/* --- the bus comes and goes --- */

static void
drop_connection (TruceLink *link)
{
  if (!link->connection)
    return;
  forget_owner (link);
  g_bus_unwatch_name (link->watch);
  g_signal_handler_disconnect (link->connection, link->closed);
  link->watch = 0;
  link->closed = 0;
  g_clear_object (&link->connection);
}

static gboolean
on_reconnect (gpointer user_data)
{
  TruceLink *link = user_data;
  link->reconnect = 0;
  connect_to_bus (link);
  return G_SOURCE_REMOVE;
}

static void
reconnect_later (TruceLink *link)
{
  link->reconnect = g_timeout_add_seconds (link->reconnect_after, on_reconnect, link);
  link->reconnect_after = MIN (2 * link->reconnect_after, RECONNECT_CAP);
}

static void
on_closed (GDBusConnection *connection, gboolean vanished, GError *error, gpointer user_data)
{
  TruceLink *link = user_data;
  g_message ("%s has gone, waiting for it", link->words);
  drop_connection (link);
  link->events.vanished (link, link->events.user_data);
  reconnect_later (link);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TruceLink *link = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!connection) {
    if (!link->complained)
      g_message ("cannot connect to %s, trying again: %s", link->words, error->message);
    link->complained = TRUE;
    reconnect_later (link);
    return;
  }
  link->complained = FALSE;
  link->reconnect_after = RECONNECT_FIRST;
  link->connection = connection;
  link->closed = g_signal_connect (connection, "closed", G_CALLBACK (on_closed), link);
  link->watch = g_bus_watch_name_on_connection (connection, TRUCE_BUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                on_vanished, link, NULL);
}

static void
connect_to_bus (TruceLink *link)
{
  g_autofree char *address = truce_bus_address (link->bus);
  if (!address) {
    if (!link->complained)
      g_message ("the environment does not say where %s is", link->words);
    link->complained = TRUE;
    reconnect_later (link);
    return;
  }
  /* A connection of our own, not the shared one: that bus may end without ending this program. */
  g_dbus_connection_new_for_address (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      link->cancellable, on_connected, link);
}

TruceLink *
truce_link_new (const char *bus, const TruceLinkEvents *events)
{
  TruceLink *link = g_new0 (TruceLink, 1);
  link->bus = g_strdup (bus);
  link->words = truce_bus_words (bus);
  link->events = *events;
  link->cancellable = g_cancellable_new ();
  link->reconnect_after = RECONNECT_FIRST;
  link->unconfirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  connect_to_bus (link);
  return link;
}

void
truce_link_free (TruceLink *link)
{
  if (!link)
    return;
  g_cancellable_cancel (link->cancellable);
  drop_connection (link);
  if (link->reconnect)
    g_source_remove (link->reconnect);
  g_object_unref (link->cancellable);
  g_hash_table_unref (link->unconfirmed);
  g_free (link->bus);
  g_free (link->words);
  g_free (link);
}
