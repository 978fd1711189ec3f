/* SPDX-License-Identifier: MIT */
/* when: what a date statement stands for, what was assumed, and when people would be told of it. */
#include <stdio.h>

#include "ctl/print.h"
#include "ctl/repeat.h"
#include "ctl/verbs.h"
#include "deadline/milestone.h"
#include "io/config_load.h"
#include "io/holidays.h"

static char *option_now, *option_zone, *option_holidays, *option_repeat, *option_except;

const GOptionEntry truce_when_options[] = {
  { "now", 0, 0, G_OPTION_ARG_FILENAME, &option_now, NULL, NULL },
  { "holidays", 0, 0, G_OPTION_ARG_FILENAME, &option_holidays, NULL, NULL },
  { "zone", 0, 0, G_OPTION_ARG_FILENAME, &option_zone, NULL, NULL },
  { "repeat", 0, 0, G_OPTION_ARG_FILENAME, &option_repeat, NULL, NULL },
  { "except", 0, 0, G_OPTION_ARG_FILENAME, &option_except, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static const char *const default_leads[] = { "30d", "14d", "7d", "3d", "1d", "0" };

/* The configuration that statements lean on: its zone, its milestones, its holidays. Read only when one of them is
 * asked for. */
typedef struct {
  const TruceCtl *ctl;
  TruceConfig *config;
} TruceBases;

static void
load_config (TruceBases *bases)
{
  g_autofree char *path = truce_ctl_config_path (bases->ctl, NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  if (!bases->config)
    bases->config = truce_config_load (path, bases->ctl->now, diags);
}

static const TruceSpan *
find_base (const char *id, gpointer user_data)
{
  TruceBases *bases = user_data;

  load_config (bases);
  const TruceMilestone *milestone = bases->config ? truce_config_find_milestone (bases->config, id) : NULL;
  if (!milestone || milestone->series)
    return NULL; /* of a date that repeats, none is meant */
  guint index = truce_milestone_revision_at (milestone, bases->ctl->now);
  return &truce_milestone_revision (milestone, index)->span;
}

static void
print_span_record (const char *text, const TruceSpan *span)
{
  g_autoptr (json_t) record = json_object ();

  truce_json_set_text (record, "text", text);
  truce_json_set_time (record, "earliest", span->earliest);
  truce_json_set_time (record, "latest", span->latest);
  truce_json_set_text (record, "precision", truce_precision_to_text (span->precision));
  truce_json_set_text (record, "zone", truce_zone_name (span->zone));
  truce_json_set_boolean (record, "approximate", span->approximate);
  truce_print_record (record);
}

/* An instant in the statement's zone, in UTC, and in the reader's zone where that shows another time. */
static void
print_instant (const TruceCtl *ctl, const char *label, TruceTime at, const TruceZone *zone)
{
  g_autofree char *there = truce_zone_format (zone, at);
  g_autofree char *here = truce_print_here (ctl, at, truce_zone_name (zone));
  char utc[TRUCE_TIME_TEXT_SIZE];

  if (here) {
    g_autofree char *both = g_strdup_printf ("%s (%s here)", there, here);
    truce_print_field (ctl, label, both);
  } else {
    truce_print_field (ctl, label, there);
  }
  truce_print_field (ctl, "", truce_time_to_text (at, utc));
}

/* The default leads that are yet to come. */
static void
print_leads (const TruceCtl *ctl, const TruceSpan *span)
{
  g_autoptr (TruceMilestone) milestone = truce_milestone_new ("when");
  TruceLead leads[G_N_ELEMENTS (default_leads)];
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));

  for (guint i = 0; i < G_N_ELEMENTS (default_leads); i++)
    truce_lead_parse (default_leads[i], &leads[i]);
  truce_milestone_set_leads (milestone, leads, G_N_ELEMENTS (leads));
  milestone->remind_at = TRUCE_REMIND_AT_DEFAULT;
  milestone->zone = truce_zone_ref (span->zone);
  truce_milestone_firings (milestone, 0, span, ctl->now, TRUCE_TIME_MAX, firings);
  if (firings->len > 0)
    truce_print_heading (ctl, "A milestone with the usual leads would be told of");
  for (guint i = 0; i < firings->len; i++) {
    const TruceFiring *firing = &g_array_index (firings, TruceFiring, i);
    g_autofree char *at = truce_zone_format (span->zone, firing->at);
    g_autofree char *words = truce_print_when (firing->at, ctl->now);
    const char *key = firing->kind == TRUCE_FIRING_DUE           ? "due"
                      : firing->kind == TRUCE_FIRING_WINDOW_OPEN ? "begins"
                      : firing->kind == TRUCE_FIRING_PASSED      ? "passed"
                                                                 : firing->key;
    const TruceCell cells[] = { { key, 11, TRUCE_STYLE_BOLD },
                                { at, 26, TRUCE_STYLE_PLAIN },
                                { words, 0, TRUCE_STYLE_DIM } };

    truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

static void
print_span (const TruceCtl *ctl, const TruceSpan *span, const GPtrArray *notes)
{
  g_autofree char *words = truce_span_to_words (span);
  g_autofree char *relative = truce_print_when (span->earliest, ctl->now);
  g_autofree char *precision =
      g_strdup_printf ("%s%s", truce_precision_to_text (span->precision), span->approximate ? ", approximate" : "");

  truce_print_ends (ctl, 0, words, truce_print_closeness (span->earliest, ctl->now), relative);
  truce_print_field (ctl, "precision", precision);
  truce_print_field (ctl, "zone", truce_zone_name (span->zone));
  if (span->earliest == span->latest) {
    print_instant (ctl, "at", span->earliest, span->zone);
  } else {
    print_instant (ctl, "from", span->earliest, span->zone);
    print_instant (ctl, "until", span->latest, span->zone);
  }
  for (guint i = 0; notes && i < notes->len; i++)
    truce_print_field (ctl, i == 0 ? "assumed" : "", g_ptr_array_index (notes, i));
  print_leads (ctl, span);
}

/* The zone of statements that name none, as a milestone with the same statement would have it: that of the
 * configuration, else the system's. (transfer full) */
static TruceZone *
zone_of_config (TruceBases *bases)
{
  g_autofree char *path = truce_ctl_config_path (bases->ctl, NULL);

  load_config (bases);
  if (bases->config)
    return truce_zone_ref (truce_config_zone (bases->config));
  if (bases->ctl->config || g_file_test (path, G_FILE_TEST_EXISTS))
    fprintf (stderr, "note: %s has errors (trucectl check names them): the zone is the system's\n", path);
  return truce_zone_ref (bases->ctl->zone);
}

/* Takes --zone and --now into `ctl`, whose zone stays the reader's. */
static TruceExit
read_options (TruceCtl *ctl, TruceBases *bases, TruceZone **ret_zone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceZone) zone = option_zone ? truce_zone_new (option_zone, &error) : zone_of_config (bases);

  if (!zone)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--zone: %s", error->message);
  if (option_now && !truce_ctl_read_asked (ctl, option_now, zone, &ctl->now, &error))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--now: %s", error->message);
  *ret_zone = g_steal_pointer (&zone);
  return TRUCE_EXIT_DONE;
}

/* The calendar of --holidays, or for a statement that needs one that of the configuration; NULL for none. */
static TruceExit
find_calendar (TruceBases *bases, const TruceWhen *when, TruceCalendar **ret_calendar)
{
  g_autofree char *path = truce_ctl_config_path (bases->ctl, NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();

  if (option_holidays) {
    TruceCalendar *calendar = truce_holidays_load (path, option_holidays, diags);
    if (!calendar) {
      g_autofree char *text = truce_diags_to_text (diags);
      return truce_ctl_fail (TRUCE_EXIT_USAGE, "--holidays: %s", g_strchomp (text));
    }
    *ret_calendar = calendar;
  } else if (truce_when_uses_calendar (when)) {
    load_config (bases);
    TruceCalendar *calendar = bases->config ? truce_config_calendar (bases->config) : NULL;
    *ret_calendar = calendar ? truce_calendar_ref (calendar) : NULL;
  }
  return TRUCE_EXIT_DONE;
}

/* The date, and those that follow it where it repeats. */
static TruceExit
print_all (const TruceCtl *ctl, const TruceWhen *when, const TruceSpan *span, const GPtrArray *notes)
{
  g_autoptr (TruceSeries) series = option_repeat ? truce_repeat_read (option_repeat, option_except, span) : NULL;

  if (option_repeat && !series)
    return TRUCE_EXIT_NO;
  if (ctl->json) {
    print_span_record (truce_when_text (when), span);
    for (guint i = 0; notes && i < notes->len; i++)
      fprintf (stderr, "note: %s\n", (const char *) g_ptr_array_index (notes, i));
  } else {
    print_span (ctl, span, notes);
  }
  if (series)
    truce_repeat_print (ctl, series);
  return TRUCE_EXIT_DONE;
}

static TruceExit
explain (TruceBases *bases, const TruceWhen *when)
{
  const TruceCtl *ctl = bases->ctl;
  g_autoptr (TruceCalendar) calendar = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  TruceSpan span;
  TruceExit status = find_calendar (bases, when, &calendar);

  if (status != TRUCE_EXIT_DONE)
    return status;
  const TruceWhenContext context = { .milestone = find_base, .user_data = bases, .calendar = calendar };
  if (!truce_when_resolve (when, &context, &span, &notes, &error))
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s", error->message);
  char *off = calendar ? truce_span_day_off (&span, calendar) : NULL;
  if (off && !notes)
    notes = g_ptr_array_new_with_free_func (g_free);
  if (off)
    g_ptr_array_add (notes, off);
  status = print_all (ctl, when, &span, notes);
  truce_span_clear (&span);
  return status;
}

TruceExit
truce_verb_when (TruceCtl *ctl)
{
  g_autofree char *text = g_strjoinv (" ", ctl->arguments);
  TruceBases bases = { ctl, NULL };
  g_autoptr (TruceZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  TruceExit status;

  if (option_except && !option_repeat)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--except: from what? it goes with --repeat");
  status = read_options (ctl, &bases, &zone);
  if (status != TRUCE_EXIT_DONE) {
    truce_config_unref (bases.config);
    return status;
  }
  gsize offset;
  g_autoptr (TruceWhen) when = truce_when_parse_now (text, zone, ctl->now, &offset, &error);
  if (when) {
    status = explain (&bases, when);
  } else {
    status = truce_ctl_fail (TRUCE_EXIT_NO, "%s", error->message);
    truce_ctl_point_at (ctl, text, offset, g_error_matches (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_DATE));
  }
  truce_config_unref (bases.config);
  return status;
}
