/* SPDX-License-Identifier: MIT */
/* config show: the configuration with what users have said beside it. */
#include <stdio.h>
#include <string.h>

#include "base/reason.h"
#include "config/amended.h"
#include "ctl/client.h"
#include "ctl/print.h"
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

/* The configuration of the running truced, unless another is named; `ret_read` is when it was read, NONE: not known.
 * (transfer full) */
static TruceExit
find_config (TruceCtl *ctl, char **ret_path, TruceTime *ret_read)
{
  g_autoptr (json_t) running = NULL;
  const char *path;
  TruceExit status = truce_client_read (ctl, "Status", NULL, &running);

  if (status != TRUCE_EXIT_DONE)
    return status;
  path = ctl->config ? NULL : truce_json_get_text (running, "config");
  *ret_path = path ? g_strdup (path) : truce_ctl_config_path (ctl, NULL);
  *ret_read = path ? truce_json_get_time (running, "config_read") : TRUCE_TIME_NONE;
  return TRUCE_EXIT_DONE;
}

/* The files with what was said since; NULL, having said so. (transfer full) */
static char *
show (TruceCtl *ctl, const char *path, const json_t *records)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GPtrArray) amendments = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  g_autoptr (TruceConfig) config = truce_config_load (path, ctl->now, diags);
  const json_t *record;
  char *text = NULL;
  size_t index;

  json_array_foreach (records, index, record) {
    TruceAmendment *amendment = amendment_from_json (record);
    if (amendment)
      g_ptr_array_add (amendments, amendment);
  }
  if (config) {
    g_autoptr (TruceConfig) amended = truce_config_amend (config, amendments, ctl->now);
    text = truce_config_load_shown (path, amended, diags);
  }
  if (!text) {
    g_autofree char *findings = truce_diags_to_text (diags);
    fputs (findings, stderr);
    truce_ctl_fail (TRUCE_EXIT_NO, "%s cannot be shown", path);
  }
  return text;
}

TruceExit
truce_verb_config (TruceCtl *ctl)
{
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (json_t) records = NULL;
  TruceTime read = TRUCE_TIME_NONE;

  if (strcmp (ctl->arguments[0], "show") != 0)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "config: there is only config show");
  TruceExit status = find_config (ctl, &path, &read);
  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (ctl, "ListAmendments", g_variant_new ("(s)", ""), &records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  text = show (ctl, path, records);
  if (!text)
    return TRUCE_EXIT_NO;
  TruceTime written = truce_config_last_written (path);
  gboolean stale = read != TRUCE_TIME_NONE && written != TRUCE_TIME_NONE && written > read;
  if (stale)
    fprintf (stderr, "trucectl: %s has been written since truced read it: trucectl reload has it hold\n", path);
  if (ctl->json) {
    g_autoptr (json_t) whole = json_object ();

    truce_json_set_text (whole, "path", path);
    truce_json_set_boolean (whole, "stale", stale);
    truce_json_set_text (whole, "config", text);
    truce_print_record (whole);
  } else {
    fputs (text, stdout);
  }
  return TRUCE_EXIT_DONE;
}
