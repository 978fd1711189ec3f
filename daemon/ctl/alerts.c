/* SPDX-License-Identifier: MIT */
/* news and alerts: what has been told. */
#include <stdio.h>

#include "alert/render.h"
#include "base/text.h"
#include "ctl/client.h"
#include "ctl/headlines.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"

#define NEWS_SINCE_DEFAULT "7d"

static char *option_milestone, *option_since, *option_kind;
static gboolean option_follow, option_unacknowledged;

const GOptionEntry truce_news_options[] = {
  { "milestone", 0, 0, G_OPTION_ARG_FILENAME, &option_milestone, NULL, NULL },
  { "since", 0, 0, G_OPTION_ARG_FILENAME, &option_since, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_alerts_options[] = {
  { "follow", 'f', 0, G_OPTION_ARG_NONE, &option_follow, NULL, NULL },
  { "unacknowledged", 'u', 0, G_OPTION_ARG_NONE, &option_unacknowledged, NULL, NULL },
  { "kind", 0, 0, G_OPTION_ARG_FILENAME, &option_kind, NULL, NULL },
  { "milestone", 0, 0, G_OPTION_ARG_FILENAME, &option_milestone, NULL, NULL },
  { "since", 0, 0, G_OPTION_ARG_FILENAME, &option_since, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
option_is_text (const char *name, const char *value)
{
  if (!value || g_utf8_validate (value, -1, NULL))
    return TRUE;
  truce_ctl_fail (TRUCE_EXIT_USAGE, "--%s: not UTF-8", name);
  return FALSE;
}

/* The filter of ListAlerts from the options; `kind` and `since` may be set by the verb. Floating. */
static TruceExit
make_filter (const TruceCtl *ctl, const char *kind, const char *since, GVariant **ret_filter)
{
  g_autoptr (GError) error = NULL;
  GVariantDict filter;
  char text[TRUCE_TIME_TEXT_SIZE];
  TruceTime at;

  if (!option_is_text ("milestone", option_milestone) || !option_is_text ("kind", kind))
    return TRUCE_EXIT_USAGE;
  if (since && !truce_ctl_read_since (ctl, since, &at, &error))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--since: %s", error->message);
  g_variant_dict_init (&filter, NULL);
  if (kind)
    g_variant_dict_insert (&filter, "kind", "s", kind);
  if (option_milestone)
    g_variant_dict_insert (&filter, "milestone", "s", option_milestone);
  if (option_unacknowledged)
    g_variant_dict_insert (&filter, "unacknowledged", "b", TRUE);
  if (since)
    g_variant_dict_insert (&filter, "since", "s", truce_time_to_text (at, text));
  *ret_filter = g_variant_dict_end (&filter);
  return TRUCE_EXIT_DONE;
}

/* Of no alerts: are there none because there is no such milestone? Then says so. What is no longer configured may have
 * been told of, so that is asked only then. */
static TruceExit
check_milestone (TruceCtl *ctl, const json_t *records)
{
  g_autoptr (json_t) milestone = NULL;

  if (!option_milestone || json_array_size (records) > 0)
    return TRUCE_EXIT_DONE;
  return truce_client_read (ctl, "GetMilestone", g_variant_new ("(s)", option_milestone), &milestone);
}

TruceExit
truce_verb_news (TruceCtl *ctl)
{
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  GVariant *filter = NULL;
  size_t index;
  TruceExit status = make_filter (ctl, NULL, option_since ? option_since : NEWS_SINCE_DEFAULT, &filter);

  if (status == TRUCE_EXIT_DONE)
    status = truce_headlines_read (ctl, filter, &records);
  if (status == TRUCE_EXIT_DONE)
    status = check_milestone (ctl, records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  truce_sort_headlines (records);
  if (ctl->json) {
    truce_print_records (records);
    return TRUCE_EXIT_DONE;
  }
  status = truce_headlines_name_feeds (ctl, records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  json_array_foreach (records, index, record) {
    truce_print_headline (ctl, record);
  }
  if (json_array_size (records) == 0)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "No headline has matched.");
  return TRUCE_EXIT_DONE;
}

/* While following: the ids that the list at the beginning showed. */
static GHashTable *listed;

/* Is it about `milestone`, or names it too? As truced's own list has it. */
static gboolean
is_about (const json_t *record, const char *milestone)
{
  g_autofree char *named = g_strconcat ("milestone:", milestone, NULL);
  const json_t *also;
  size_t index;

  if (g_strcmp0 (truce_json_get_text (record, "milestone"), milestone) == 0)
    return TRUE;
  json_array_foreach (json_object_get (record, "also"), index, also) {
    if (g_strcmp0 (json_string_value (also), named) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
on_raised (const json_t *record, gpointer user_data)
{
  TruceCtl *ctl = user_data;
  const char *kind = truce_json_get_text (record, "kind");
  const char *id = truce_json_get_text (record, "id");

  if (listed && id && g_hash_table_contains (listed, id))
    return; /* raised between the beginning and the list */
  if ((option_milestone && !is_about (record, option_milestone)) || (option_kind && g_strcmp0 (kind, option_kind) != 0))
    return;
  if (ctl->json) {
    truce_print_record (record);
  } else {
    TruceAlert *alert = truce_alert_from_json (record);

    if (alert) {
      g_autofree char *text = truce_render_terminal (alert, ctl->zone, ctl->colour);

      fputs (text, stdout);
      truce_alert_unref (alert);
    }
  }
  if (fflush (stdout) != 0)
    truce_client_stop (ctl); /* whoever read this has gone */
}

static TruceExit
list_alerts (TruceCtl *ctl)
{
  g_autoptr (json_t) records = NULL;
  GVariant *filter = NULL;
  TruceExit status = make_filter (ctl, option_kind, option_since, &filter);

  if (status == TRUCE_EXIT_DONE)
    status = truce_client_read (ctl, "ListAlerts", g_variant_new ("(@a{sv})", filter), &records);
  if (status == TRUCE_EXIT_DONE)
    status = check_milestone (ctl, records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  gsize n_records = json_array_size (records);
  for (gsize i = 0; i < n_records; i++) {
    /* Whoever follows reads downwards in time. */
    const json_t *record = json_array_get (records, option_follow ? n_records - 1 - i : i);

    if (listed)
      g_hash_table_add (listed, g_strdup (truce_json_get_text (record, "id")));
    if (ctl->json)
      truce_print_record (record);
    else
      truce_print_alert_row (ctl, record);
  }
  if (n_records == 0 && !ctl->json && !option_follow)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "No alerts.");
  fflush (stdout);
  return TRUCE_EXIT_DONE;
}

static TruceExit
list_first (gpointer user_data)
{
  return list_alerts (user_data);
}

TruceExit
truce_verb_alerts (TruceCtl *ctl)
{
  TruceAlertKind kind;

  if (option_kind && !truce_alert_kind_from_text (option_kind, &kind))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--kind: there is no such kind; trucectl alerts --help lists them");
  if (!option_follow)
    return list_alerts (ctl);
  if (!option_since) { /* else the list at the beginning says so */
    TruceExit known = option_is_text ("milestone", option_milestone) ? check_milestone (ctl, NULL) : TRUCE_EXIT_USAGE;
    if (known != TRUCE_EXIT_DONE)
      return known;
  }
  listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TruceExit status = truce_client_follow (ctl, option_since ? list_first : NULL, on_raised, ctl);
  g_clear_pointer (&listed, g_hash_table_unref);
  return status;
}
