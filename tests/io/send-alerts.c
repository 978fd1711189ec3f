/* SPDX-License-Identifier: MIT */
/* send-alerts CONFIG SINK [KIND]: delivers a sample alert of every kind, or of one, to a sink of a configuration file,
 * and prints for each "KIND DELIVERY ID" and what was said, on standard error. For the tests of sinks with real
 * receivers. */
#include <stdio.h>

#include "io/sinks.h"
#include "sample-alerts.h"

static TruceConfig *
load (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceZone) local = truce_zone_new ("UTC", NULL);
  TruceConfig *config;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    g_error ("cannot read %s", path);
  config = truce_config_parse (&(TruceConfigFile){ path, bytes, length }, 1, local, SAMPLE_RAISED, diags);
  if (!config) {
    g_autofree char *text = truce_diags_to_text (diags);
    g_error ("%s", text);
  }
  return config;
}

static const char *const deliveries[] = {
  [TRUCE_DELIVERY_DONE] = "done",     [TRUCE_DELIVERY_RETRY] = "retry",     [TRUCE_DELIVERY_REFUSED] = "refused",
  [TRUCE_DELIVERY_PULLED] = "pulled", [TRUCE_DELIVERY_PENDING] = "pending",
};

typedef struct {
  gboolean ended;
  TruceDelivery outcome;
  char *error;
} End;

static void
on_ended (const char *sink, const char *alert, TruceDelivery outcome, const char *error, TruceTime retry_after,
          gpointer user_data)
{
  End *end = user_data;

  end->ended = TRUE;
  end->outcome = outcome;
  end->error = g_strdup (error);
}

/* Sends it, and waits for the end of that. */
static void
send_one (const TruceSinkPort *port, const char *sink, const TruceAlert *alert, End *end)
{
  g_autoptr (GError) error = NULL;

  *end = (End){ 0 };
  TruceDelivery delivery = port->deliver (port->self, sink, alert, alert->id, &error);
  if (delivery == TRUCE_DELIVERY_PENDING) {
    while (!end->ended)
      g_main_context_iteration (NULL, TRUE);
    return;
  }
  end->outcome = delivery;
  end->error = error ? g_strdup (error->message) : NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (TruceConfig) config = load (argv[1]);
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  TruceSinks *sinks = truce_sinks_new (config, workers);
  TruceSinkPort port;
  End end;

  truce_sinks_port (sinks, &port);
  truce_sinks_set_ended (sinks, on_ended, &end);
  for (guint kind = 0; kind < TRUCE_N_ALERT_KINDS; kind++) {
    g_autoptr (TruceAlert) alert = sample_alert ((TruceAlertKind) kind);

    if (argc > 3 && g_strcmp0 (argv[3], truce_alert_kind_to_text (alert->kind)) != 0)
      continue;
    send_one (&port, argv[2], alert, &end);
    g_printerr ("%s %s %s%s%s\n", truce_alert_kind_to_text (alert->kind), deliveries[end.outcome], alert->id,
                end.error ? " " : "", end.error ? end.error : "");
    g_free (end.error);
  }
  truce_workers_free (g_steal_pointer (&workers));
  truce_sinks_free (sinks);
  return 0;
}
