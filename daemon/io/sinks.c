/* SPDX-License-Identifier: MIT */
#include "io/sinks.h"

#include <unistd.h>

#include "io/sinks_private.h"

#define STOP_PATIENCE (300 * 1000) /* microseconds: who stops truced waits for two seconds, and for more than this */
#define STOP_LOOK (5 * 1000)       /* likewise */

struct _TruceSinks {
  TruceConfig *config;
  TruceStream output;
  GHashTable *waiting; /* ids of sinks whose last delivery had to be put off */
  GHashTable *running; /* sink id -> TruceExec * */
  TruceNetSinks *net;
  TruceDeliveryEndedFunc ended;
  gpointer ended_data;
};

TruceDelivery
truce_sink_retry (GError **error, int number, const char *doing)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", doing, g_strerror (number));
  return TRUCE_DELIVERY_RETRY;
}

static void on_dispatch_ended (const char *sink, const char *alert, TruceDelivery outcome, const char *error,
                               TruceTime retry_after, gpointer user_data);

TruceSinks *
truce_sinks_new (TruceConfig *config, TruceWorkers *workers)
{
  TruceSinks *sinks = g_new0 (TruceSinks, 1);

  sinks->config = truce_config_ref (config);
  sinks->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sinks->running = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) truce_exec_free);
  sinks->net = truce_net_sinks_new (workers, on_dispatch_ended, sinks);
  truce_stream_init (&sinks->output, STDOUT_FILENO);
  return sinks;
}

/* Programs that heed SIGTERM get to do so; the others are killed when they are freed. */
static void
stop_programs (TruceSinks *sinks)
{
  gint64 until = g_get_monotonic_time () + STOP_PATIENCE;
  GHashTableIter iter;
  gpointer exec;

  g_hash_table_iter_init (&iter, sinks->running);
  while (g_hash_table_iter_next (&iter, NULL, &exec))
    truce_exec_stop (exec);
  g_hash_table_iter_init (&iter, sinks->running);
  while (g_hash_table_iter_next (&iter, NULL, &exec))
    while (!truce_exec_is_gone (exec) && g_get_monotonic_time () < until)
      g_usleep (STOP_LOOK);
}

void
truce_sinks_free (TruceSinks *sinks)
{
  if (!sinks)
    return;
  stop_programs (sinks);
  truce_config_unref (sinks->config);
  g_hash_table_unref (sinks->running);
  g_hash_table_unref (sinks->waiting);
  truce_net_sinks_free (sinks->net);
  truce_stream_clear (&sinks->output);
  g_free (sinks);
}

void
truce_sinks_adopt (TruceSinks *sinks, TruceConfig *config)
{
  truce_config_ref (config);
  truce_config_unref (sinks->config);
  sinks->config = config;
}

void
truce_sinks_set_ended (TruceSinks *sinks, TruceDeliveryEndedFunc ended, gpointer user_data)
{
  sinks->ended = ended;
  sinks->ended_data = user_data;
}

void
truce_sinks_set_engine (TruceSinks *sinks, TruceEngine *engine)
{
  truce_net_sinks_set_engine (sinks->net, engine);
}

/* The caller keeps the reason of every attempt; a notice of it is given once, when the waiting begins, and once when it
 * ends. */
static void
note_waiting (TruceSinks *sinks, const char *sink_id, const char *alert, TruceDelivery delivery, const char *reason)
{
  gboolean began = delivery == TRUCE_DELIVERY_RETRY && g_hash_table_add (sinks->waiting, g_strdup (sink_id));
  gboolean ended = delivery == TRUCE_DELIVERY_DONE && g_hash_table_remove (sinks->waiting, sink_id);
  g_autofree char *words = began   ? g_strdup_printf ("alerts wait for it: %s", reason)
                           : ended ? g_strdup ("it takes alerts again")
                           : delivery == TRUCE_DELIVERY_REFUSED
                               ? g_strdup_printf ("it will not take alert %.8s, which is set aside: %s", alert, reason)
                           : delivery == TRUCE_DELIVERY_RETRY ? g_strdup_printf ("alert %.8s waits: %s", alert, reason)
                           : delivery == TRUCE_DELIVERY_DONE  ? g_strdup_printf ("alert %.8s is delivered", alert)
                                                              : NULL;
  gboolean notice = began || ended || delivery == TRUCE_DELIVERY_REFUSED;

  if (words)
    g_log_structured (G_LOG_DOMAIN, notice ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_INFO, "TRUCED_SINK", sink_id,
                      "TRUCED_ALERT", alert, "MESSAGE", "sink %s: %s", sink_id, words);
}

static void
on_dispatch_ended (const char *sink, const char *alert, TruceDelivery outcome, const char *error, TruceTime retry_after,
                   gpointer user_data)
{
  TruceSinks *sinks = user_data;

  note_waiting (sinks, sink, alert, outcome, error);
  sinks->ended (sink, alert, outcome, error, retry_after, sinks->ended_data);
}

static void
on_program_ended (TruceExec *exec, TruceDelivery outcome, const char *error, gpointer user_data)
{
  TruceSinks *sinks = user_data;
  g_autofree char *sink = g_strdup (truce_exec_sink (exec)), *alert = g_strdup (truce_exec_alert (exec));

  g_hash_table_remove (sinks->running, sink);
  note_waiting (sinks, sink, alert, outcome, error);
  sinks->ended (sink, alert, outcome, error, 0, sinks->ended_data);
}

static TruceDelivery
start_program (TruceSinks *sinks, const TruceSink *sink, const TruceAlert *alert, GError **error)
{
  TruceExec *exec;

  g_return_val_if_fail (sinks->ended && !g_hash_table_contains (sinks->running, sink->id), TRUCE_DELIVERY_RETRY);
  exec = truce_exec_start (sink, alert, on_program_ended, sinks, error);
  if (!exec)
    return TRUCE_DELIVERY_RETRY;
  g_hash_table_insert (sinks->running, (gpointer) truce_exec_sink (exec), exec);
  return TRUCE_DELIVERY_PENDING;
}

static TruceDelivery
deliver_by_kind (TruceSinks *sinks, const TruceSink *sink, const TruceAlert *alert, const char *telling, GError **error)
{
  switch (sink->kind) {
  case TRUCE_SINK_JOURNAL:
    return truce_sink_journal (alert, error);
  case TRUCE_SINK_SYSLOG:
    return truce_sink_syslog (sink, alert, error);
  case TRUCE_SINK_STDOUT:
    return truce_sink_stream (&sinks->output, truce_config_zone (sinks->config), alert, error);
  case TRUCE_SINK_DESKTOP:
    return TRUCE_DELIVERY_PULLED;
  case TRUCE_SINK_EXEC:
    return start_program (sinks, sink, alert, error);
  case TRUCE_SINK_WEBHOOK:
  case TRUCE_SINK_MAIL:
    g_return_val_if_fail (sinks->ended, TRUCE_DELIVERY_RETRY);
    return truce_net_sinks_deliver (sinks->net, sink, alert, telling, error);
  case TRUCE_SINK_ICS:
  case TRUCE_SINK_PROMETHEUS:
    break; /* no alert goes to a file that is kept current */
  }
  g_assert_not_reached ();
}

static TruceDelivery
sinks_deliver (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling, GError **error)
{
  TruceSinks *sinks = self;
  const TruceSink *sink = truce_config_find_sink (sinks->config, sink_id);
  g_autoptr (GError) reason = NULL;
  TruceDelivery delivery;

  if (!sink) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the configuration has no sink “%s” any more", sink_id);
    return TRUCE_DELIVERY_REFUSED;
  }
  delivery = deliver_by_kind (sinks, sink, alert, telling, &reason);
  note_waiting (sinks, sink_id, alert->id, delivery, reason ? reason->message : "");
  if (reason)
    g_propagate_error (error, g_steal_pointer (&reason));
  return delivery;
}

void
truce_sinks_port (TruceSinks *sinks, TruceSinkPort *ret_port)
{
  *ret_port = (TruceSinkPort){ .self = sinks, .deliver = sinks_deliver };
}
