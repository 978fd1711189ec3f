/* SPDX-License-Identifier: MIT */
/* The verbs by which a user says something of a milestone, and takes it back. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/verbs.h"

static char *option_because, *option_until;
static gboolean option_dry_run;

const GOptionEntry truce_due_options[] = {
  { "because", 0, 0, G_OPTION_ARG_FILENAME, &option_because, NULL, NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &option_dry_run, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_ending_options[] = {
  { "because", 0, 0, G_OPTION_ARG_FILENAME, &option_because, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_silence_options[] = {
  { "until", 0, 0, G_OPTION_ARG_FILENAME, &option_until, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

/* The reason as given, "" for none; FALSE, having said so, when it is not text. */
static gboolean
read_because (const char **ret_why)
{
  *ret_why = option_because ? option_because : "";
  if (g_utf8_validate (*ret_why, -1, NULL))
    return TRUE;
  truce_ctl_fail (TRUCE_EXIT_USAGE, "--because: not UTF-8");
  return FALSE;
}

/* --- due --- */

static void
print_change (const TruceCtl *ctl, const json_t *change)
{
  gint64 delta = truce_json_get_integer (change, "delta_days", 0);
  const char *title = truce_json_get_text (change, "title");
  g_autofree char *days =
      g_strdup_printf ("%+" G_GINT64_FORMAT " %s", delta, delta == 1 || delta == -1 ? "day" : "days");
  const char *words = truce_json_get_text (change, "words"), *old = truce_json_get_text (change, "old_words");

  truce_print_ends (ctl, 0, title ? title : "", delta < 0 ? TRUCE_STYLE_ALARM : TRUCE_STYLE_PLAIN, days);
  truce_print_line (ctl, TRUCE_STYLE_DIM, "  was  %s", old ? old : "");
  truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  %s  %s", option_dry_run ? "new" : "now", words ? words : "");
}

TruceExit
truce_verb_due (TruceCtl *ctl)
{
  g_autofree char *statement = g_strjoinv (" ", ctl->arguments + 1);
  g_autoptr (json_t) changes = NULL;
  const char *why;
  const json_t *change;
  size_t index;
  TruceExit status;

  if (!read_because (&why))
    return TRUCE_EXIT_USAGE;
  if (!option_dry_run && !*why)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "due: say why with --because; or try it with --dry-run");
  if (option_dry_run)
    status = truce_client_read (ctl, "PreviewDue", g_variant_new ("(ss)", ctl->arguments[0], statement), &changes);
  else
    status = truce_client_read (ctl, "SetDue", g_variant_new ("(sss)", ctl->arguments[0], statement, why), &changes);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_records (changes);
    return TRUCE_EXIT_DONE;
  }
  json_array_foreach (changes, index, change) {
    if (index == 1)
      truce_print_heading (ctl, option_dry_run ? "What would move along" : "What has moved along");
    print_change (ctl, change);
  }
  if (option_dry_run)
    printf ("\nNothing has been changed.\n");
  return TRUCE_EXIT_DONE;
}

/* --- met, cancel, silence --- */

static TruceExit
end (TruceCtl *ctl, const char *method)
{
  g_autoptr (GVariant) reply = NULL;
  const char *why;

  if (!read_because (&why))
    return TRUCE_EXIT_USAGE;
  return truce_client_call (ctl, method, g_variant_new ("(ss)", ctl->arguments[0], why), "()", &reply);
}

TruceExit
truce_verb_met (TruceCtl *ctl)
{
  return end (ctl, "Met");
}

TruceExit
truce_verb_cancel (TruceCtl *ctl)
{
  return end (ctl, "Cancel");
}

TruceExit
truce_verb_silence (TruceCtl *ctl)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  char text[TRUCE_TIME_TEXT_SIZE];
  TruceTime until, length;

  if (!option_until || !g_utf8_validate (option_until, -1, NULL))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "silence: say until when with --until, such as 3d or a date");
  if (truce_duration_from_text (option_until, &length))
    until = length < TRUCE_TIME_MAX - ctl->now ? ctl->now + length : TRUCE_TIME_MAX;
  else if (!truce_ctl_read_time (option_until, ctl->zone, FALSE, &until, &error))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--until %s: %s", option_until, error->message);
  TruceExit status = truce_client_call (
      ctl, "Silence", g_variant_new ("(ss)", ctl->arguments[0], truce_time_to_text (until, text)), "()", &reply);
  if (status != TRUCE_EXIT_DONE || ctl->json)
    return status;
  g_autofree char *words = truce_zone_format (ctl->zone, until);
  printf ("Nothing of it is told before %s, unless its date changes.\n", words);
  return TRUCE_EXIT_DONE;
}

/* --- undo --- */

TruceExit
truce_verb_undo (TruceCtl *ctl)
{
  const char *id = ctl->n_arguments == 1 ? ctl->arguments[0] : "";
  g_autoptr (json_t) record = NULL;
  TruceExit status = truce_client_read (ctl, "Undo", g_variant_new ("(s)", id), &record);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_record (record);
    return TRUCE_EXIT_DONE;
  }
  const char *statement = truce_json_get_text (record, "statement"), *by = truce_json_get_text (record, "by");
  g_autofree char *at = truce_zone_format (ctl->zone, truce_json_get_time (record, "at"));
  printf ("Taken back: %s %s%s%s (%s, %s)\n", truce_json_get_text (record, "milestone"),
          truce_json_get_text (record, "kind"), statement ? " " : "", statement ? statement : "", by ? by : "", at);
  return TRUCE_EXIT_DONE;
}
