/* SPDX-License-Identifier: MIT */
/* The verbs by which a user says something of a milestone, and takes it back. */
#include <stdio.h>

#include "base/reason.h"
#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"

#define ALERT_ID_SHOWN 8 /* digits, as everywhere: they are enough to name it */

static char *option_because, *option_evidence, *option_until;
static gboolean option_dry_run, option_list;

const GOptionEntry truce_due_options[] = {
  { "because", 0, 0, G_OPTION_ARG_FILENAME, &option_because, NULL, NULL },
  { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &option_evidence, NULL, NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &option_dry_run, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_ending_options[] = {
  { "because", 0, 0, G_OPTION_ARG_FILENAME, &option_because, NULL, NULL },
  { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &option_evidence, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_silence_options[] = {
  { "until", 0, 0, G_OPTION_ARG_FILENAME, &option_until, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_undo_options[] = {
  { "list", 'l', 0, G_OPTION_ARG_NONE, &option_list, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

/* The reason and the evidence as they are sent, "" for none; (transfer full). NULL, having said so, when they are not
 * such. */
static char *
read_reason (void)
{
  if (option_because && !g_utf8_validate (option_because, -1, NULL)) {
    truce_ctl_fail (TRUCE_EXIT_USAGE, "--because: not UTF-8");
    return NULL;
  }
  if (option_evidence &&
      (!g_utf8_validate (option_evidence, -1, NULL) || !truce_reason_is_evidence (option_evidence))) {
    truce_ctl_fail (TRUCE_EXIT_USAGE, "--evidence: not the address of a document: https://...");
    return NULL;
  }
  return truce_reason_join (option_because ? option_because : "", option_evidence);
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
  TruceTime latest = truce_json_get_time (change, "due_latest");
  TruceTime end = latest == TRUCE_TIME_NONE ? truce_json_get_time (change, "due") : latest;

  truce_print_ends_whole (ctl, title ? title : "", delta < 0 ? TRUCE_STYLE_ALARM : TRUCE_STYLE_PLAIN, days);
  truce_print_line (ctl, TRUCE_STYLE_DIM, "  was  %s", old ? old : "");
  truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  %s  %s", option_dry_run ? "new" : "now", words ? words : "");
  if (end <= ctl->now)
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_WARN, "That has passed: it is not counted down to. Is the year right?");
}

TruceExit
truce_verb_due (TruceCtl *ctl)
{
  g_autofree char *statement = g_strjoinv (" ", ctl->arguments + 1);
  g_autoptr (json_t) changes = NULL;
  g_autofree char *why = read_reason ();
  const json_t *change;
  size_t index;
  TruceExit status;

  if (!why)
    return TRUCE_EXIT_USAGE;
  if (!option_dry_run && (!option_because || !*option_because))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "due: say why with --because; or try it with --dry-run");
  if (option_dry_run)
    status = truce_client_read (ctl, "PreviewDue", g_variant_new ("(ss)", ctl->arguments[0], statement), &changes);
  else
    status = truce_client_say (ctl, "SetDue", g_variant_new ("(sss)", ctl->arguments[0], statement, why), &changes);
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

/* In the words of the list of what can be taken back. */
static void
print_said (const TruceCtl *ctl, const json_t *record)
{
  const char *kind = truce_json_get_text (record, "kind"), *milestone = truce_json_get_text (record, "milestone");
  const char *statement = truce_json_get_text (record, "statement"), *alert = truce_json_get_text (record, "alert");
  const char *title = truce_json_get_text (record, "title");
  TruceTime until = truce_json_get_time (record, "until");
  g_autofree char *last = until == TRUCE_TIME_NONE ? NULL : truce_zone_format (ctl->zone, until);

  if (alert)
    printf ("%.8s %s%s%s: %s", alert, kind, last ? " until " : "", last ? last : "", title ? title : "");
  else
    printf ("%s %s%s%s%s%s", milestone, kind, statement ? " " : "", statement ? statement : "", last ? " until " : "",
            last ? last : "");
}

static TruceExit
end (TruceCtl *ctl, const char *method)
{
  g_autoptr (json_t) record = NULL;
  g_autofree char *why = read_reason ();

  if (!why)
    return TRUCE_EXIT_USAGE;
  TruceExit status = truce_client_say (ctl, method, g_variant_new ("(ss)", ctl->arguments[0], why), &record);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json)
    truce_print_record (record);
  else if (g_strcmp0 (truce_json_get_text (record, "milestone"), ctl->arguments[0]) == 0)
    printf ("Nothing more is told of it, unless that is taken back: trucectl undo %s\n", ctl->arguments[0]);
  else /* one date of what repeats, or all */
    printf ("Nothing more is told of %s, unless that is taken back: trucectl undo %s\n",
            truce_json_get_text (record, "milestone"), truce_json_get_text (record, "milestone"));
  return TRUCE_EXIT_DONE;
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

/* A date without a zone is one in the milestone's, as truced-dates(7) has it. */
static TruceExit
read_until (TruceCtl *ctl, TruceTime *ret_until)
{
  g_autoptr (json_t) milestone = NULL;
  g_autoptr (GError) error = NULL;
  TruceExit status = truce_client_read (ctl, "GetMilestone", g_variant_new ("(s)", ctl->arguments[0]), &milestone);

  if (status != TRUCE_EXIT_DONE)
    return status;
  g_autoptr (TruceZone) zone = truce_print_zone_of (ctl, milestone);
  if (!truce_ctl_read_asked (ctl, option_until, zone, ret_until, &error))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--until %s: %s", option_until, error->message);
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_silence (TruceCtl *ctl)
{
  g_autoptr (json_t) record = NULL;
  g_autoptr (GError) error = NULL;
  TruceExit status = TRUCE_EXIT_DONE;
  char text[TRUCE_TIME_TEXT_SIZE];
  TruceTime until, length;

  if (!option_until || !g_utf8_validate (option_until, -1, NULL))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "silence: say until when with --until, such as 3d or a date");
  if (truce_duration_from_text (option_until, &length))
    until = length < TRUCE_TIME_MAX - ctl->now ? ctl->now + length : TRUCE_TIME_MAX;
  else if (truce_ctl_is_no_length (option_until, &error) ||
           !truce_ctl_read_asked (ctl, option_until, ctl->zone, &until, &error)) /* no date, whatever the zone */
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--until %s: %s", option_until, error->message);
  else
    status = read_until (ctl, &until);
  if (status != TRUCE_EXIT_DONE)
    return status;
  status = truce_client_say (ctl, "Silence",
                             g_variant_new ("(ss)", ctl->arguments[0], truce_time_to_text (until, text)), &record);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_record (record);
    return TRUCE_EXIT_DONE;
  }
  g_autofree char *words = truce_zone_format (ctl->zone, until);
  printf ("Nothing of it is told before %s, unless its date changes.\n", words);
  return TRUCE_EXIT_DONE;
}

/* --- undo --- */

/* "(ada with truced-desktop, Tue 1 Sep 2026 10:00 UTC)" */
static void
print_origin (const TruceCtl *ctl, const json_t *record)
{
  const char *by = truce_json_get_text (record, "by"), *via = truce_json_get_text (record, "via");
  TruceTime at = truce_json_get_time (record, "at");
  g_autofree char *when = truce_zone_format (ctl->zone, at - at % TRUCE_SECOND);

  printf (" (%s%s%s, %s)%s\n", by ? by : "somebody", via ? " with " : "", via ? via : "", when,
          truce_json_get_boolean (record, "idle") ? ": kept, though its date is there no more" : "");
}

static TruceExit
list_undoable (TruceCtl *ctl, const char *id)
{
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  size_t index;
  TruceExit status = truce_client_read (ctl, "ListUndoable", g_variant_new ("(s)", id), &records);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_records (records);
    return TRUCE_EXIT_DONE;
  }
  if (json_array_size (records) == 0)
    puts ("There is nothing to take back.");
  json_array_foreach (records, index, record) {
    print_said (ctl, record);
    print_origin (ctl, record);
  }
  return TRUCE_EXIT_DONE;
}

/* What others have said since `taken` was: whoever names nothing may have meant that. */
static TruceExit
print_later (TruceCtl *ctl, TruceTime taken)
{
  g_autoptr (json_t) records = NULL;
  TruceExit status = truce_client_read (ctl, "ListUndoable", g_variant_new ("(s)", ""), &records);
  const json_t *last = json_array_get (records, 0);

  if (status != TRUCE_EXIT_DONE || !last || truce_json_get_time (last, "at") <= taken)
    return status;
  const char *alert = truce_json_get_text (last, "alert");
  g_autofree char *id = alert ? g_strndup (alert, ALERT_ID_SHOWN) : g_strdup (truce_json_get_text (last, "milestone"));
  printf ("Said since, and left: ");
  print_said (ctl, last);
  print_origin (ctl, last);
  printf ("To take that back too: trucectl undo %s\n", id);
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_undo (TruceCtl *ctl)
{
  const char *id = ctl->n_arguments == 1 ? ctl->arguments[0] : "";
  g_autoptr (json_t) record = NULL;

  if (option_list)
    return list_undoable (ctl, id);
  TruceExit status = truce_client_say (ctl, "Undo", g_variant_new ("(s)", id), &record);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_record (record);
    return TRUCE_EXIT_DONE;
  }
  printf ("Taken back: ");
  print_said (ctl, record);
  print_origin (ctl, record);
  const char *move = truce_json_get_text (record, "move");
  if (move)
    printf ("The move in the news waits for an answer again: trucectl accept %.8s, or reject %.8s\n", move, move);
  return *id ? TRUCE_EXIT_DONE : print_later (ctl, truce_json_get_time (record, "at"));
}
