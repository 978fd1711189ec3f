/* SPDX-License-Identifier: MIT */
/* config show: the configuration with what users have said beside it. */
#include <stdio.h>
#include <string.h>

#include "base/reason.h"
#include "config/amended.h"
#include "ctl/client.h"
#include "ctl/verbs.h"
#include "io/config_load.h"

/* NULL for one that is not understood: of a truced that is newer. (transfer full) */
static TruceAmendment *
amendment_from_json (const json_t *record)
{
  const char *kind_text = truce_json_get_text (record, "kind"), *milestone = truce_json_get_text (record, "milestone");
  const char *by = truce_json_get_text (record, "by");
  TruceAmendmentKind kind;
  TruceAmendment *amendment;

  if (!milestone || !kind_text || !truce_amendment_kind_from_text (kind_text, &kind))
    return NULL;
  g_autofree char *reason = truce_json_get_reason (record);
  amendment = truce_amendment_new (kind, milestone, truce_json_get_time (record, "at"), by ? by : "somebody", reason);
  amendment->number = truce_json_get_integer (record, "number", 0);
  amendment->statement = g_strdup (truce_json_get_text (record, "statement"));
  amendment->zone = g_strdup (truce_json_get_text (record, "zone"));
  amendment->due = truce_json_get_time (record, "due");
  amendment->latest = truce_json_get_time (record, "due_latest");
  amendment->over = g_strdup (truce_json_get_text (record, "over"));
  amendment->until = truce_json_get_time (record, "until");
  amendment->undone = truce_json_get_time (record, "undone");
  return amendment;
}

TruceExit
truce_verb_config (TruceCtl *ctl)
{
  g_autofree char *path = truce_ctl_config_path (ctl, NULL), *text = NULL;
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GPtrArray) amendments = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  size_t index;

  if (strcmp (ctl->arguments[0], "show") != 0)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "config: there is only config show");
  TruceExit status = truce_client_read (ctl, "ListAmendments", g_variant_new ("(s)", ""), &records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autoptr (TruceConfig) config = truce_config_load (path, ctl->now, diags);
  if (!config)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s has errors; trucectl check lists them", path);
  json_array_foreach (records, index, record) {
    TruceAmendment *amendment = amendment_from_json (record);
    if (amendment)
      g_ptr_array_add (amendments, amendment);
  }
  g_autoptr (TruceConfig) amended = truce_config_amend (config, amendments, ctl->now);
  text = truce_config_load_shown (path, amended, diags);
  if (!text)
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s cannot be read any more", path);
  if (ctl->json) {
    g_autoptr (json_t) whole = json_object ();
    g_autofree char *line = NULL;

    truce_json_set_text (whole, "config", text);
    line = truce_json_to_line (whole);
    puts (line);
  } else {
    fputs (text, stdout);
  }
  return TRUCE_EXIT_DONE;
}
