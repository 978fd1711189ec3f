/* SPDX-License-Identifier: MIT */
/* Any bytes as a configuration file, alone and as a drop-in beside a good one. */
#include "config/config.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* 2026-11-24T00:00:00Z */
#define NOW ((TruceTime) 1795478400 * TRUCE_SECOND)

static void
parse (const TruceConfigFile *files, guint n_files)
{
  g_autoptr (TruceZone) local = truce_zone_new ("UTC", NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_parse (files, n_files, local, NOW, diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  if ((config == NULL) != truce_diags_failed (diags))
    g_error ("a config and an error, or neither");
  if (!g_utf8_validate (findings, -1, NULL))
    g_error ("a finding that cannot be shown");
  for (guint i = 0; config && i < truce_config_n_milestones (config); i++)
    if (truce_config_milestone (config, i)->n_revisions == 0)
      g_error ("a milestone without a date");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char good[] = "[truced]\ntimezone = UTC\n[feed a]\nurl = https://example.org/a\ntags = t\n"
                             "[milestone a]\ndue = 2027-01-10\n";
  const TruceConfigFile files[] = { { "good", good, strlen (good) }, { "f", (const char *) data, size } };

  parse (files + 1, 1);
  parse (files, 2);
  return 0;
}
