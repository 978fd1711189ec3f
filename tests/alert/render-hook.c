/* SPDX-License-Identifier: MIT */
/* render-hook FORMAT: reads records of alerts, one a line, and writes the body of the request that each becomes, one a
 * line. */
#include <stdio.h>
#include <string.h>

#include "alert/hook.h"

static TruceHookFormat
format_of (const char *name)
{
  guint format = 0;

  while (truce_hook_formats[format] && strcmp (truce_hook_formats[format], name) != 0)
    format++;
  g_assert_nonnull (truce_hook_formats[format]);
  return (TruceHookFormat) format;
}

int
main (int argc, char **argv)
{
  TruceHookFormat format = format_of (argv[argc - 1]);
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0) {
    g_autoptr (json_t) record = json_loads (line, 0, NULL);
    g_autoptr (TruceAlert) alert = record ? truce_alert_from_json (record) : NULL;
    TruceHookRequest request;
    if (!alert)
      g_error ("no record: %s", line);
    truce_hook_render (&(TruceHookPlace){ format, "https://example.org/hook", "!a:example.org", alert->id, 0 }, alert,
                       &request);
    printf ("%s\n", request.body);
    truce_hook_request_clear (&request);
  }
  g_free (line);
  return 0;
}
