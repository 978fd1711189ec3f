/* SPDX-License-Identifier: MIT */
/* milestones and feeds: all in a line or two each, or one in full. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/feed_story.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"

/* Why, and who says so where it is not the configuration. (transfer full); NULL for neither */
static char *
reason_of (const json_t *record)
{
  const char *why = truce_json_get_text (record, "why"), *by = truce_json_get_text (record, "by");

  if (!by)
    return g_strdup (why);
  return why ? g_strdup_printf ("%s (%s)", why, by) : g_strdup_printf ("said %s", by);
}

static void
print_revisions (const TruceCtl *ctl, const json_t *milestone)
{
  const json_t *revisions = json_object_get (milestone, "revisions"), *revision;
  size_t index;

  if (json_array_size (revisions) < 2)
    return;
  truce_print_heading (ctl, "How the date has moved");
  json_array_foreach (revisions, index, revision) {
    TruceTime since = truce_json_get_time (revision, "since");
    gint64 delta = truce_json_get_integer (revision, "delta_days", 0);
    g_autofree char *why = reason_of (revision);
    const char *evidence = truce_json_get_text (revision, "evidence");
    g_autofree char *from = since == TRUCE_TIME_NONE ? g_strdup ("first") : truce_zone_format (ctl->zone, since);
    gboolean tightened = g_strcmp0 (truce_json_get_text (revision, "label"), "tightened") == 0;
    gboolean rules = g_strcmp0 (truce_json_get_text (revision, "label"), "rules") == 0;
    g_autofree char *change =
        index == 0  ? NULL
        : tightened ? g_strdup ("more exact")
        : rules     ? g_strdup ("other rules of its zone")
                    : g_strdup_printf ("%+" G_GINT64_FORMAT " %s", delta, ABS (delta) == 1 ? "day" : "days");
    const TruceCell cells[] = { { from, 26, TRUCE_STYLE_DIM },
                                { truce_json_get_text (revision, "words"), 26, TRUCE_STYLE_PLAIN },
                                { change, 0,
                                  delta < 0 && !tightened && !rules ? TRUCE_STYLE_ALARM : TRUCE_STYLE_PLAIN } };

    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
    if (truce_json_get_boolean (revision, "undone"))
      truce_print_wrapped (ctl, 30, TRUCE_STYLE_DIM, "(taken back)");
    if (why)
      truce_print_wrapped (ctl, 30, TRUCE_STYLE_DIM, why);
    if (evidence)
      truce_print_wrapped (ctl, 30, TRUCE_STYLE_DIM, evidence);
  }
}

/* The dates of one that repeats: those before, and those to come. */
static void
print_series (const TruceCtl *ctl, const json_t *milestone)
{
  const json_t *date, *dates = json_object_get (json_object_get (milestone, "series"), "dates");
  size_t index;

  if (json_array_size (dates) > 0)
    truce_print_heading (ctl, "Its dates");
  json_array_foreach (dates, index, date) {
    const char *history = truce_json_get_text (date, "history"), *why = truce_json_get_text (date, "why");
    g_autofree char *more = g_strdup_printf ("%s%s%s%s%s", truce_json_get_text (date, "state"), history ? ", " : "",
                                             history ? history : "", why ? ": " : "", why ? why : "");
    const TruceCell cells[] = { { truce_json_get_text (date, "occurrence"), 11, TRUCE_STYLE_BOLD },
                                { truce_json_get_text (date, "words"), 26, TRUCE_STYLE_PLAIN },
                                { more, 0, TRUCE_STYLE_DIM } };

    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

static void
print_milestone (const TruceCtl *ctl, const json_t *milestone)
{
  g_autofree char *leads = truce_print_join (json_object_get (milestone, "leads"));
  g_autofree char *tags = truce_print_join (json_object_get (milestone, "tags"));
  g_autofree char *starts = truce_print_time_of (ctl, milestone, "starts");
  g_autofree char *reason = reason_of (milestone);
  g_autofree char *then = truce_print_time_of (ctl, milestone, "then");

  truce_print_milestone_block (ctl, milestone, TRUE);
  putchar ('\n');
  truce_print_field (ctl, "id", truce_json_get_text (milestone, "id"));
  truce_print_field (ctl, "stated as", truce_json_get_text (milestone, "statement"));
  truce_print_field (ctl, "repeats", truce_json_get_text (milestone, "repeat"));
  truce_print_field (ctl, "this one", truce_json_get_text (milestone, "occurrence"));
  truce_print_field (ctl, "then", then);
  truce_print_field (ctl, "because", reason);
  truce_print_field (ctl, "evidence", truce_json_get_text (milestone, "evidence"));
  truce_print_field (ctl, "began", starts);
  truce_print_field (ctl, "told", leads);
  truce_print_field (ctl, "tags", tags);
  truce_print_field (ctl, "source", truce_json_get_text (milestone, "url"));
  truce_print_field (ctl, "calendar", truce_json_get_text (milestone, "calendar"));
  print_revisions (ctl, milestone);
  print_series (ctl, milestone);
}

TruceExit
truce_verb_milestones (TruceCtl *ctl)
{
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  size_t index;
  TruceExit status;

  if (ctl->n_arguments == 1)
    status = truce_client_read (ctl, "GetMilestone", g_variant_new ("(s)", ctl->arguments[0]), &records);
  else
    status = truce_client_read (ctl, "ListMilestones", NULL, &records);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->n_arguments == 1 && ctl->json)
    truce_print_record (records);
  else if (ctl->n_arguments == 1)
    print_milestone (ctl, records);
  else if (ctl->json)
    truce_print_records (records);
  else
    json_array_foreach (records, index, record) {
      truce_print_milestone_row (ctl, record);
    }
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_feeds (TruceCtl *ctl)
{
  const char *id = ctl->n_arguments == 1 ? ctl->arguments[0] : "";
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  size_t index;
  TruceExit status = truce_client_read (ctl, "ListFeeds", g_variant_new ("(s)", id), &records);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json) {
    truce_print_records (records);
  } else if (*id) {
    json_array_foreach (records, index, record) {
      truce_print_feed_story (ctl, record);
    }
  } else {
    const TruceCell heads[] = { { "FEED", 24, TRUCE_STYLE_BOLD },
                                { "STATE", 7, TRUCE_STYLE_BOLD },
                                { "TRIED", TRUCE_AGE_COLUMNS, TRUCE_STYLE_BOLD },
                                { "NEXT", TRUCE_AGE_COLUMNS, TRUCE_STYLE_BOLD },
                                { "", 0, TRUCE_STYLE_PLAIN } };

    truce_print_row (ctl, 0, heads, G_N_ELEMENTS (heads));
    json_array_foreach (records, index, record) {
      truce_print_feed_row (ctl, record);
    }
  }
  return TRUCE_EXIT_DONE;
}
