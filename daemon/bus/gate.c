/* SPDX-License-Identifier: MIT */
#include "bus/gate.h"

/* The filter has one reference, the source in the main loop another. */
typedef struct {
  GMainContext *context; /* of the main loop */
  GMutex mutex;          /* of what follows, which two threads touch */
  GHashTable *passed;    /* sender -> how many since the loop has last turned */
} Gate;

static void
gate_clear (gpointer data)
{
  Gate *gate = data;

  g_main_context_unref (gate->context);
  g_hash_table_unref (gate->passed);
  g_mutex_clear (&gate->mutex);
}

static void
gate_unref (gpointer gate)
{
  g_atomic_rc_box_release_full (gate, gate_clear);
}

/* In the main loop: what was let through before this was queued has been looked at. */
static gboolean
on_turned (gpointer user_data)
{
  Gate *gate = user_data;

  g_mutex_lock (&gate->mutex);
  g_hash_table_remove_all (gate->passed);
  g_mutex_unlock (&gate->mutex);
  return G_SOURCE_REMOVE;
}

static void
reset_later (Gate *gate)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_turned, g_atomic_rc_box_acquire (gate), gate_unref);
  g_source_attach (source, gate->context);
  g_source_unref (source);
}

static gboolean
passes (Gate *gate, const char *sender)
{
  g_mutex_lock (&gate->mutex);
  guint passed = GPOINTER_TO_UINT (g_hash_table_lookup (gate->passed, sender));
  gboolean few = passed < TRUCE_GATE_MAX;

  if (g_hash_table_size (gate->passed) == 0)
    reset_later (gate);
  if (few)
    g_hash_table_insert (gate->passed, g_strdup (sender), GUINT_TO_POINTER (passed + 1));
  g_mutex_unlock (&gate->mutex);
  return few;
}

/* In GDBus's thread. */
static GDBusMessage *
on_message (GDBusConnection *connection, GDBusMessage *message /* (transfer full) */, gboolean incoming,
            gpointer user_data)
{
  const char *sender = g_dbus_message_get_sender (message);

  if (!incoming || !sender || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL ||
      !(g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) || passes (user_data, sender))
    return message;
  g_object_unref (message);
  return NULL;
}

void
truce_gate_put (GDBusConnection *connection)
{
  Gate *gate = g_atomic_rc_box_new0 (Gate);

  gate->context = g_main_context_ref_thread_default ();
  g_mutex_init (&gate->mutex);
  gate->passed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_dbus_connection_add_filter (connection, on_message, gate, gate_unref);
}
