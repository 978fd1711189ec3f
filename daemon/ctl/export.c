/* SPDX-License-Identifier: MIT */
/* export: milestones as a calendar, from a running truced or from a configuration. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/verbs.h"
#include "deadline/icalendar.h"
#include "engine/agenda.h"
#include "io/config_load.h"

/* --- from a configuration --- */

static TruceExit
export_config (TruceCtl *ctl, GString *calendar)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) config = truce_config_load (ctl->config, ctl->now, diags);

  if (!config) {
    g_autofree char *findings = truce_diags_to_text (diags);
    fputs (findings, stderr);
    return TRUCE_EXIT_NO;
  }
  for (guint i = 1; i < ctl->n_arguments; i++) {
    const TruceMilestone *milestone = truce_config_find_milestone (config, ctl->arguments[i]);

    if (!milestone)
      return truce_ctl_fail (TRUCE_EXIT_NO, "no milestone has the id \"%s\"", ctl->arguments[i]);
    truce_icalendar_add (calendar, milestone, NULL, ctl->now);
  }
  for (guint i = 0; i < truce_config_n_milestones (config) && ctl->n_arguments == 1; i++)
    truce_icalendar_add (calendar, truce_config_milestone (config, i), NULL, ctl->now);
  return TRUCE_EXIT_DONE;
}

/* --- from truced, whose records have all that a calendar needs --- */

/* `whole`: what it repeats by, too. */
static TruceExit
export_one (TruceCtl *ctl, const char *id, gboolean whole, GString *calendar)
{
  g_autoptr (json_t) record = NULL;
  TruceExit status = truce_client_read (ctl, "GetMilestone", g_variant_new ("(s)", id), &record);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (whole && !truce_agenda_add (calendar, record, NULL, ctl->now))
    return truce_ctl_fail (TRUCE_EXIT_UNREACHABLE, "%s: no such record as expected: is truced of another version?", id);
  truce_agenda_add_moved (calendar, record, NULL, ctl->now);
  return TRUCE_EXIT_DONE;
}

static TruceExit
export_running (TruceCtl *ctl, GString *calendar)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  TruceExit status = TRUCE_EXIT_DONE;
  size_t index;

  for (guint i = 1; i < ctl->n_arguments && status == TRUCE_EXIT_DONE; i++)
    status = export_one (ctl, ctl->arguments[i], TRUE, calendar);
  if (ctl->n_arguments > 1)
    return status;
  status = truce_client_read (ctl, "ListMilestones", NULL, &records);
  json_array_foreach (records, index, record) {
    const char *id = truce_json_get_text (record, "id"), *name = truce_json_get_text (record, "occurrence");
    gboolean whole = id && g_hash_table_add (seen, (gpointer) id); /* of what repeats, several dates may be listed */
    g_autofree char *date = name ? g_strdup_printf ("%s%c%s", id, TRUCE_OCCURRENCE_MARK, name) : g_strdup (id);

    if (status == TRUCE_EXIT_DONE && (whole || (name && truce_json_get_integer (record, "revision", 0) > 0)))
      status = export_one (ctl, date, whole, calendar);
  }
  return status;
}

TruceExit
truce_verb_export (TruceCtl *ctl)
{
  g_autoptr (GString) calendar = g_string_new (NULL);
  TruceExit status;

  if (strcmp (ctl->arguments[0], "opml") == 0)
    return truce_export_opml (ctl);
  if (strcmp (ctl->arguments[0], "ics") != 0)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "export: \"%s\" is no format; there are ics and opml", ctl->arguments[0]);
  truce_icalendar_begin (calendar, NULL);
  status = ctl->config ? export_config (ctl, calendar) : export_running (ctl, calendar);
  truce_icalendar_end (calendar);
  if (status == TRUCE_EXIT_DONE)
    fputs (calendar->str, stdout);
  return status;
}
