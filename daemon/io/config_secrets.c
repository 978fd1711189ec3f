/* SPDX-License-Identifier: MIT */
/* What can be said of the secrets that a configuration refers to, without using them. A sink whose secret is missing
 * waits for it, and all others go on: so these are warnings. */
#include <sys/stat.h>

#include "io/config_secrets.h"
#include "io/secret.h"

static void
check (const TruceSink *sink, const char *key, const char *reference, TruceDiags *diags)
{
  g_autofree char *section = g_strconcat ("sink ", sink->id, NULL);
  const TrucePlace place = { sink->file, sink->line, section, key, NULL };
  g_autofree char *fault = reference && truce_is_secret_reference (reference) ? truce_secret_fault (reference) : NULL;

  if (fault)
    truce_diags_add (diags, TRUCE_SEVERITY_WARNING, &place, "%s", fault);
}

/* The address of a hook is all that it takes to post there. */
static void
check_address (const TruceSink *sink, TruceDiags *diags)
{
  const TruceNetSink *net = sink->net;
  g_autofree char *section = g_strconcat ("sink ", sink->id, NULL);
  const TrucePlace place = { sink->file, net->url_line, section, "url", NULL };
  struct stat status;

  if (sink->kind == TRUCE_SINK_WEBHOOK && (net->format == TRUCE_HOOK_SLACK || net->format == TRUCE_HOOK_MATTERMOST) &&
      net->url && !truce_is_secret_reference (net->url) && stat (sink->file, &status) == 0 && status.st_mode & S_IROTH)
    truce_diags_add (
        diags, TRUCE_SEVERITY_WARNING, &place,
        "whoever can read this file can post there: keep the address in a file of its own, url = file:/PATH");
}

void
truce_config_check_secrets (const TruceConfig *config, TruceDiags *diags)
{
  for (guint i = 0; i < truce_config_n_sinks (config); i++) {
    const TruceSink *sink = truce_config_sink (config, i);
    if (!sink->net)
      continue;
    check (sink, "url", sink->net->url, diags);
    check (sink, "token", sink->net->token, diags);
    check (sink, "sign-with", sink->net->sign_with, diags);
    check (sink, "password", sink->net->password, diags);
    for (char **header = sink->net->headers; header && *header; header++)
      check (sink, "header", truce_header_value (*header), diags);
    check_address (sink, diags);
  }
}
