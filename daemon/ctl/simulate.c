/* SPDX-License-Identifier: MIT */
/* simulate: every alert that a configuration would raise between two instants. */
#include "engine/simulate.h"

#include <stdio.h>
#include <unistd.h>

#include "ctl/backtest.h"
#include "ctl/items.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"
#include "io/clock.h"
#include "io/config_load.h"

#define TIME_COLUMNS 5
#define KIND_COLUMNS 11       /* "window-open" */
#define PATIENCE TRUCE_SECOND /* so long nobody wonders whether it goes on */
#define PROGRESS_EVERY (TRUCE_SECOND / 5)
#define UNNAMED_FEED "items" /* of items that name none */

static char *option_from, *option_to, *option_items;

const GOptionEntry truce_simulate_options[] = {
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &option_from, NULL, NULL },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &option_to, NULL, NULL },
  { "items", 0, 0, G_OPTION_ARG_FILENAME, &option_items, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

typedef struct {
  const TruceCtl *ctl;
  TruceZone *zone; /* of the configuration: its days are the ones to read by */
  gint64 day;      /* printed last */
  guint counts[TRUCE_N_ALERT_KINDS];
  guint n_alerts;
  TruceTime progress; /* by the wall clock, when it is shown next; NONE: to nobody */
  int shown;          /* columns of it */
} TruceSimulation;

static void
on_reached (TruceTime now, gpointer user_data)
{
  TruceSimulation *simulation = user_data;
  TruceTime clock = simulation->progress == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : truce_clock_now ();

  if (clock < simulation->progress)
    return;
  g_autofree char *at = truce_zone_format (simulation->zone, now);
  simulation->shown = MAX (simulation->shown, fprintf (stderr, "\rsimulated until %s", at) - 1);
  simulation->progress = clock + PROGRESS_EVERY;
}

static void
wipe_progress (TruceSimulation *simulation)
{
  if (simulation->shown > 0)
    fprintf (stderr, "\r%*s\r", simulation->shown, "");
  simulation->shown = 0;
}

static void
keep_item (json_t *object, TruceItem *item, gpointer user_data)
{
  GPtrArray *items = user_data;
  TruceSimulatedItem *simulated = g_new0 (TruceSimulatedItem, 1);
  const char *feed = truce_item_feed_of (object);

  simulated->feed = g_strdup (feed ? feed : UNNAMED_FEED);
  simulated->item = item;
  g_ptr_array_add (items, simulated);
}

static void
free_item (gpointer item)
{
  truce_simulated_item_free (item);
}

/* What has no place in time is not replayed. */
static void
warn_of_undated (const GPtrArray *items, const char *path)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += truce_item_time (((TruceSimulatedItem *) g_ptr_array_index (items, i))->item) == TRUCE_TIME_NONE ? 1 : 0;
  if (n > 0)
    fprintf (stderr, "%s: %u of %u items %s no \"published\": left out\n", path, n, items->len,
             n == 1 ? "has" : "have");
}

/* The items of --items; NULL after saying what is wrong with them. (transfer full) */
static GPtrArray *
read_items (const char *path)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  FILE *stream = truce_items_open (path);

  if (!stream)
    return NULL;
  gboolean good = truce_items_read (stream, path, keep_item, items);
  if (stream != stdin)
    fclose (stream);
  if (!good)
    return NULL;
  warn_of_undated (items, path);
  return g_steal_pointer (&items);
}

static void
print_alert (TruceSimulation *simulation, const TruceAlert *alert)
{
  const TruceCtl *ctl = simulation->ctl;
  static const TruceStyle styles[] = { TRUCE_STYLE_DIM, TRUCE_STYLE_PLAIN, TRUCE_STYLE_ALARM };
  gint64 day = truce_zone_day_of (simulation->zone, alert->raised);
  g_autofree char *at = truce_zone_format (simulation->zone, alert->raised);
  g_auto (GStrv) words = g_strsplit (at, " ", -1); /* "Tue 12 Aug 2025 00:01 EDT" */
  gboolean whole = g_strv_length (words) >= 5;

  if (day != simulation->day) {
    g_autofree char *date = whole ? g_strjoin (" ", words[0], words[1], words[2], words[3], NULL) : g_strdup (at);

    if (simulation->n_alerts > 0)
      putchar ('\n');
    truce_print_line (ctl, TRUCE_STYLE_BOLD, "%s", date);
  }
  simulation->day = day;
  g_autofree char *title = truce_print_grown_title (ctl, alert, alert->title, 3 * 2 + TIME_COLUMNS + KIND_COLUMNS);
  const TruceCell cells[] = { { whole ? words[4] : "", TIME_COLUMNS, TRUCE_STYLE_DIM },
                              { truce_alert_kind_to_text (alert->kind), KIND_COLUMNS, TRUCE_STYLE_PLAIN },
                              { title, 0, styles[alert->urgency] } };
  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
}

static void
on_raised (const TruceAlert *alert, gpointer user_data)
{
  TruceSimulation *simulation = user_data;

  wipe_progress (simulation);
  if (simulation->ctl->json) {
    g_autoptr (json_t) record = truce_alert_to_json (alert);

    truce_print_record (record);
  } else {
    print_alert (simulation, alert);
  }
  simulation->counts[alert->kind]++;
  simulation->n_alerts++;
}

/* "23 alerts: 18 lead, 3 due, 2 changed", apart from the alerts themselves. */
static void
print_totals (TruceSimulation *simulation)
{
  wipe_progress (simulation);
  fflush (stdout);
  fprintf (stderr, "%u %s", simulation->n_alerts, simulation->n_alerts == 1 ? "alert" : "alerts");
  for (guint i = 0, shown = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    if (simulation->counts[i] > 0)
      fprintf (stderr, "%s %u %s", shown++ ? "," : ":", simulation->counts[i],
               truce_alert_kind_to_text ((TruceAlertKind) i));
  }
  fputc ('\n', stderr);
}

static gboolean
read_range (TruceZone *zone, TruceTime *ret_from, TruceTime *ret_to)
{
  g_autoptr (GError) error = NULL;

  if (!truce_ctl_read_time (option_from, zone, FALSE, ret_from, &error)) {
    truce_ctl_fail (TRUCE_EXIT_USAGE, "--from: %s", error->message);
    return FALSE;
  }
  if (!truce_ctl_read_time (option_to, zone, TRUE, ret_to, &error)) {
    truce_ctl_fail (TRUCE_EXIT_USAGE, "--to: %s", error->message);
    return FALSE;
  }
  if (*ret_to < *ret_from) {
    truce_ctl_fail (TRUCE_EXIT_USAGE, "--to is before --from");
    return FALSE;
  }
  return TRUE;
}

TruceExit
truce_verb_simulate (TruceCtl *ctl)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GPtrArray) items = NULL;
  TruceTime from, to;

  if (!option_from || !option_to)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "simulate: both --from and --to are needed");
  g_autofree char *path = truce_ctl_config_path (ctl, NULL);
  g_autoptr (TruceConfig) config = truce_config_load (path, ctl->now, diags);
  if (!config) {
    g_autofree char *findings = truce_diags_to_text (diags);

    fputs (findings, stderr);
    return TRUCE_EXIT_NO;
  }
  TruceZone *zone = truce_config_zone (config);
  if (!read_range (zone, &from, &to))
    return TRUCE_EXIT_USAGE;
  if (option_items && !(items = read_items (option_items)))
    return TRUCE_EXIT_NO;
  TruceSimulation simulation = { .ctl = ctl, .zone = zone, .day = G_MININT64 };
  simulation.progress = isatty (STDERR_FILENO) ? truce_clock_now () + PATIENCE : TRUCE_TIME_NONE;
  truce_simulate (config, from, to, items, on_reached, on_raised, &simulation);
  if (items && !truce_print_backtest (ctl, path, config, from, to, items))
    return truce_ctl_fail (TRUCE_EXIT_NO, "%s has changed meanwhile, and has errors now", path);
  print_totals (&simulation);
  return TRUCE_EXIT_DONE;
}
