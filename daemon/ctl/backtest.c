/* SPDX-License-Identifier: MIT */
/* The end of a simulation with news: what each query found, and which of the known moves the news told, and when. */
#include "ctl/backtest.h"

#include "ctl/print.h"
#include "io/config_load.h"

#define DATE_SIZE 12

/* "2025-08-11", in that zone. */
static char *
day_of (const TruceZone *zone, TruceTime at)
{
  TruceCivil civil;

  truce_zone_to_civil (zone, at, &civil);
  return g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

/* "the same day", "2 days before" */
static char *
days_words (gint64 days)
{
  if (days == 0)
    return g_strdup ("the same day");
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", ABS (days), ABS (days) == 1 ? "day" : "days",
                          days < 0 ? "before" : "after");
}

static char *
sources_words (const json_t *record)
{
  gint64 sources = truce_json_get_integer (record, "sources", 0);

  return g_strdup_printf ("%s (%" G_GINT64_FORMAT " %s)", truce_json_get_text (record, "status"), sources,
                          sources == 1 ? "source" : "sources");
}

static void
print_change (const TruceCtl *ctl, const TruceZone *zone, const json_t *change)
{
  g_autofree char *day = day_of (zone, truce_json_get_time (change, "since"));
  const char *words = truce_json_get_text (change, "words"), *ends = truce_json_get_text (change, "ends");
  gboolean seen = truce_json_get_time (change, "seen") != TRUCE_TIME_NONE;
  gboolean exact = truce_json_get_boolean (change, "exact");
  const TruceCell cells[] = { { day, DATE_SIZE, TRUCE_STYLE_PLAIN }, { words ? words : ends, 0, TRUCE_STYLE_PLAIN } };

  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
  if (!seen) {
    truce_print_wrapped (ctl, 14, TRUCE_STYLE_ALARM, "missed");
    return;
  }
  g_autofree char *when = days_words (truce_json_get_integer (change, "days", 0)), *sources = sources_words (change);
  g_autofree char *line = g_strdup_printf ("seen %s, %s%s%s", when, sources, exact ? "" : ", but as ",
                                           exact ? "" : truce_json_get_text (change, "says"));
  truce_print_wrapped (ctl, 14, exact ? TRUCE_STYLE_GOOD : TRUCE_STYLE_WARN, line);
}

static void
print_other (const TruceCtl *ctl, const TruceZone *zone, const json_t *record, const char *verdict)
{
  g_autofree char *day = day_of (zone, truce_json_get_time (record, "seen")), *sources = sources_words (record);
  g_autofree char *line =
      g_strdup_printf ("%s: %s, %s: \xe2\x80\x9c%s\xe2\x80\x9d", verdict, truce_json_get_text (record, "says"), sources,
                       truce_json_get_text (record, "quote"));
  const TruceCell cells[] = { { day, DATE_SIZE, TRUCE_STYLE_PLAIN }, { line, 0, TRUCE_STYLE_WARN } };

  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
}

static void
print_owner (const TruceCtl *ctl, const TruceZone *zone, const json_t *record)
{
  const char *milestone = truce_json_get_text (record, "milestone"), *watch = truce_json_get_text (record, "watch");
  gint64 items = truce_json_get_integer (record, "items", 0), stories = truce_json_get_integer (record, "stories", 0);
  g_autofree char *counts =
      g_strdup_printf ("%" G_GINT64_FORMAT " %s, %" G_GINT64_FORMAT " %s", items, items == 1 ? "item" : "items",
                       stories, stories == 1 ? "story" : "stories");
  const json_t *each;
  size_t index;

  truce_print_ends (ctl, 0, milestone ? milestone : watch, items ? TRUCE_STYLE_PLAIN : TRUCE_STYLE_ALARM, counts);
  json_array_foreach (json_object_get (record, "changes"), index, each) {
    print_change (ctl, zone, each);
  }
  json_array_foreach (json_object_get (record, "false"), index, each) {
    print_other (ctl, zone, each, "false");
  }
  json_array_foreach (json_object_get (record, "unjudged"), index, each) {
    print_other (ctl, zone, each, "said");
  }
}

gboolean
truce_print_backtest (const TruceCtl *ctl, const char *path, const TruceConfig *config, TruceTime from, TruceTime to,
                      GPtrArray *items)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceConfig) untold = truce_config_load (path, ctl->now, diags);
  g_autoptr (json_t) records = NULL;
  const json_t *record;
  size_t index;

  if (!untold)
    return FALSE;
  records = truce_backtest (config, untold, from, to, items);
  if (ctl->json) {
    truce_print_records (records);
    return TRUE;
  }
  truce_print_heading (ctl, "What the news would have told by itself");
  json_array_foreach (records, index, record) {
    print_owner (ctl, truce_config_zone (config), record);
  }
  return TRUE;
}
