/* SPDX-License-Identifier: MIT */
/* import: a calendar's events, or a list of feeds, as sections of configuration, read by the same confined worker that
 * truced uses. */
#include <stdio.h>
#include <string.h>

#include "config/feed_section.h"
#include "config/import.h"
#include "ctl/print.h"
#include "ctl/source.h"
#include "ctl/verbs.h"
#include "io/worker_calendar.h"
#include "io/worker_outline.h"

static gboolean option_all;

const GOptionEntry truce_import_options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &option_all, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

typedef struct {
  TruceCtl *ctl;
  GMainLoop *loop;
  TruceExit status;
} TruceImportRun;

/* Once a zone. */
static void
note_zone (const TruceCtl *ctl, const TruceEvent *event, GHashTable *noted)
{
  const char *zone = truce_event_unknown_zone (event);

  if (zone && g_hash_table_add (noted, (gpointer) zone))
    fprintf (stderr, "note: \"%s\": the calendar does not say what its time zone \"%s\" is: its times are read in %s\n",
             event->summary, zone, truce_zone_name (ctl->zone));
}

static void
print_events (const TruceCtl *ctl, const TruceEventCalendar *calendar)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) noted = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_passed = 0;

  for (guint i = 0; i < calendar->events->len; i++) {
    const TruceEvent *event = g_ptr_array_index (calendar->events, i);
    g_autofree char *reason = NULL;
    TruceTime latest;
    g_autofree char *section = truce_event_to_section (event, ctl->zone, used, &latest, &reason);

    note_zone (ctl, event, noted);
    if (!section)
      fprintf (stderr, "note: \"%s\" is left out: %s\n", event->summary, reason);
    else if (latest <= ctl->now && !option_all)
      n_passed++;
    else
      truce_print_section (ctl, event->summary, NULL, section);
  }
  for (guint i = 0; i < calendar->left_out->len; i++)
    fprintf (stderr, "note: %s\n", (const char *) g_ptr_array_index (calendar->left_out, i));
  if (n_passed > 0)
    fprintf (stderr, "note: %u that %s passed %s left out; --all prints them too\n", n_passed,
             n_passed == 1 ? "has" : "have", n_passed == 1 ? "is" : "are");
}

static void
on_calendar (const TruceEventCalendar *calendar, const char *error, gboolean worker_died, gpointer user_data)
{
  TruceImportRun *run = user_data;

  if (calendar)
    print_events (run->ctl, calendar);
  else
    run->status = truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", run->ctl->arguments[1], error);
  g_main_loop_quit (run->loop);
}

static void
on_outline (const TruceOutlineList *list, const char *error, gpointer user_data)
{
  TruceImportRun *run = user_data;
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_main_loop_quit (run->loop);
  if (!list || g_strcmp0 (list->format, "opml") != 0) {
    run->status = truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", run->ctl->arguments[1], error ? error : "not OPML");
    return;
  }
  for (guint i = 0; i < list->feeds->len; i++) {
    const TruceOutline *feed = g_ptr_array_index (list->feeds, i);
    g_autofree char *section = truce_outline_to_section (feed, "url", FALSE, used);

    if (section)
      truce_print_section (run->ctl, feed->title, feed->url, section);
    else
      fprintf (stderr, "note: \"%s\" is left out: its address is too long\n", feed->title);
  }
  for (guint i = 0; i < list->left_out->len; i++)
    fprintf (stderr, "note: %s\n", (const char *) g_ptr_array_index (list->left_out, i));
  if (list->truncated)
    fputs ("note: it has more feeds than are read\n", stderr);
}

TruceExit
truce_verb_import (TruceCtl *ctl)
{
  gboolean opml = strcmp (ctl->arguments[0], "opml") == 0;

  if (!opml && strcmp (ctl->arguments[0], "ics") != 0)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "import: \"%s\" is no format; there are ics and opml", ctl->arguments[0]);
  g_autoptr (TruceWorkers) workers = truce_workers_new (NULL);
  g_autofree char *url = NULL, *content_type = NULL;
  g_autoptr (GBytes) body = truce_source_read (workers, ctl->arguments[1], &url, &content_type);

  if (!body)
    return TRUCE_EXIT_NO;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceImportRun run = { ctl, loop, TRUCE_EXIT_DONE };

  if (opml)
    truce_workers_read_outline (workers, body, url, content_type, on_outline, &run);
  else
    truce_workers_read_calendar (workers, body, content_type, on_calendar, &run);
  g_main_loop_run (loop);
  return run.status;
}
