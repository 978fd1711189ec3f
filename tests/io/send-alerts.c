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

int
main (int argc, char **argv)
{
  static const char *const deliveries[] = {
    [TRUCE_DELIVERY_DONE] = "done",
    [TRUCE_DELIVERY_RETRY] = "retry",
    [TRUCE_DELIVERY_REFUSED] = "refused",
    [TRUCE_DELIVERY_PULLED] = "pulled",
    [TRUCE_DELIVERY_PENDING] = "pending",
  };
  g_autoptr (TruceConfig) config = load (argv[1]);
  g_autoptr (TruceSinks) sinks = truce_sinks_new (config);
  TruceSinkPort port;

  truce_sinks_port (sinks, &port);
  for (guint kind = 0; kind < TRUCE_N_ALERT_KINDS; kind++) {
    g_autoptr (TruceAlert) alert = sample_alert ((TruceAlertKind) kind);
    g_autoptr (GError) error = NULL;
    TruceDelivery delivery;

    if (argc > 3 && g_strcmp0 (argv[3], truce_alert_kind_to_text (alert->kind)) != 0)
      continue;
    delivery = port.deliver (port.self, argv[2], alert, &error);
    g_printerr ("%s %s %s%s%s\n", truce_alert_kind_to_text (alert->kind), deliveries[delivery], alert->id,
                error ? " " : "", error ? error->message : "");
  }
  return 0;
}
