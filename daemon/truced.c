/* SPDX-License-Identifier: MIT */
/* truced: puts the rooms together, and runs the loop. */
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <systemd/sd-daemon.h>

#include "bus/service.h"
#include "engine/view.h"
#include "io/clock.h"
#include "io/config_load.h"
#include "io/files.h"
#include "io/log.h"
#include "io/options.h"
#include "io/sinks.h"
#include "io/state.h"
#include "io/worker.h"
#include "truced-config.h"

/* In the order in which they are made. */
typedef struct {
  TruceOptions options;
  GMainLoop *loop;
  TruceConfig *config;
  TruceTime config_read; /* when it was */
  TruceClock *clock;
  TruceState *state;
  TruceWorkers *workers;
  TruceSinks *sinks;
  TruceFiles *files;
  TruceService *service;   /* NULL: --bus none */
  TruceSinkPort sink_port; /* of the service and the sinks */
  TruceEngine *engine;
  char *status; /* the last STATUS= sent */
  guint status_source;
  guint stop_source; /* it has been told to stop, and an alert is still being delivered */
  gboolean stopped;  /* and that has ended: --once runs no loop that could be quit */
  gboolean awake;    /* the first step has been made */
  gboolean settled;  /* clients can reach us, or it is known why not */
  gboolean ready;    /* READY=1 has been sent */
  guint patience;    /* until READY=1 is sent in any case; 0: no more */
} App;

/* --- the configuration --- */

/* The findings go to stderr; NULL when there are errors. */
static TruceConfig *
load_config (const char *path)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  TruceConfig *config = truce_config_load (path, truce_clock_now (), diags);
  g_autofree char *text = truce_diags_to_text (diags);

  fputs (text, stderr);
  return config;
}

static void
describe (gpointer user_data, json_t *status)
{
  const App *app = user_data;
  g_autofree char *path = g_canonicalize_filename (app->options.config, NULL);

  truce_json_set_text (status, "config", path);
  truce_json_set_time (status, "config_read", app->config_read);
  truce_json_set_text (status, "state_error", truce_state_error (app->state));
}

static void
adopt_log_level (const App *app, const TruceConfig *config)
{
  if (!app->options.has_log_level)
    truce_log_set_level (truce_config_log_level (config));
}

/* Swaps whole, or keeps the old. */
static gboolean
reload (gpointer user_data, char **ret_findings, GError **error)
{
  App *app = user_data;
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  TruceTime now = truce_clock_now ();
  truce_zone_forget ();
  TruceConfig *fresh = truce_config_load (app->options.config, now, diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  if (!fresh) {
    g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID, findings);
    return FALSE;
  }
  truce_state_try_now (app->state); /* who reloads has mended something */
  adopt_log_level (app, fresh);
  truce_sinks_adopt (app->sinks, fresh);
  truce_engine_adopt (app->engine, fresh);
  truce_config_unref (app->config);
  app->config = fresh;
  app->config_read = now;
  truce_store_forget_sinks (truce_state_store (app->state), fresh, now);
  g_message ("read %s anew", app->options.config);
  g_autofree char *idle = truce_view_idle (app->engine);
  *ret_findings = g_strconcat (findings, idle, NULL);
  return TRUE;
}

static void
log_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      g_warning ("%s", lines[i]);
}

static void
reload_and_log (App *app)
{
  g_autofree char *findings = NULL;
  g_autoptr (GError) error = NULL;

  if (!reload (app, &findings, &error))
    g_warning ("%s has errors: the configuration stays as it was", app->options.config);
  log_lines (error ? error->message : findings);
}

/* --- what the service manager hears --- */

static void
update_status (App *app)
{
  g_autofree char *line = truce_view_status_line (app->engine);

  if (g_strcmp0 (line, app->status) == 0)
    return;
  g_free (app->status);
  app->status = g_strdup (line);
  sd_notifyf (0, "STATUS=%s", line);
}

static gboolean
on_status (gpointer user_data)
{
  App *app = user_data;

  app->status_source = 0;
  update_status (app);
  return G_SOURCE_REMOVE;
}

#define STATUS_DELAY                                                                               \
  200 /* ms: the line counts every feed and milestone, and a round of polls changes it once a feed \
       */

static void
update_status_soon (App *app)
{
  if (!app->status_source)
    app->status_source = g_timeout_add (STATUS_DELAY, on_status, app);
}

/* Whoever starts the service and then asks it something is to be answered. */
static void
announce_ready (App *app)
{
  if (!app->awake || !app->settled || app->ready)
    return;
  app->ready = TRUE;
  g_clear_handle_id (&app->patience, g_source_remove);
  sd_notify (0, "READY=1");
  update_status (app);
}

static void
on_settled (gpointer user_data)
{
  App *app = user_data;

  app->settled = TRUE;
  announce_ready (app);
}

#define READY_PATIENCE 2 /* seconds: a bus that does not answer holds up nobody's boot */

static gboolean
on_patience (gpointer user_data)
{
  ((App *) user_data)->patience = 0;
  on_settled (user_data);
  return G_SOURCE_REMOVE;
}

/* Fed by the loop and by nothing else: a loop that hangs is restarted. */
static gboolean
on_watchdog (gpointer user_data)
{
  sd_notify (0, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static void
start_watchdog (void)
{
  guint64 interval;

  if (sd_watchdog_enabled (0, &interval) > 0)
    g_timeout_add_seconds ((guint) MAX (interval / 2 / G_USEC_PER_SEC, 1), on_watchdog, NULL);
}

/* --- events --- */

static void
on_wake (TruceWakeReason reason, gpointer user_data)
{
  App *app = user_data;

  if (!app->engine)
    return;
  if (reason == TRUCE_WAKE_RULES) {
    g_message ("the time zone database has changed");
    truce_engine_note_rules (app->engine);
  }
  if (reason == TRUCE_WAKE_RULES || reason == TRUCE_WAKE_ZONE)
    reload_and_log (app); /* dates are at other instants now, or those without a zone of their own in another one */
  truce_engine_wake (app->engine);
  update_status_soon (app);
}

static gboolean
on_hangup (gpointer user_data)
{
  App *app = user_data;

  sd_notify (0, "RELOADING=1\nSTATUS=Reading the configuration");
  reload_and_log (app);
  g_clear_pointer (&app->status, g_free);
  sd_notify (0, "READY=1");
  update_status (app);
  return G_SOURCE_CONTINUE;
}

#define STOP_PATIENCE 1000 /* ms: half of what a stop may take. A delivery that is cut off is made again */

static void
stop (App *app)
{
  app->stopped = TRUE;
  g_main_loop_quit (app->loop);
}

static gboolean
on_stop_patience (gpointer user_data)
{
  App *app = user_data;

  app->stop_source = 0;
  stop (app);
  return G_SOURCE_REMOVE;
}

/* What is being delivered may end, and what waits behind it; who asks a second time is not to wait. */
static gboolean
on_terminate (gpointer user_data)
{
  App *app = user_data;

  if (app->stop_source || !truce_engine_delivers (app->engine)) {
    stop (app);
    return G_SOURCE_CONTINUE;
  }
  sd_notify (0, "STOPPING=1\nSTATUS=Stopping: an alert is being delivered");
  app->stop_source = g_timeout_add (STOP_PATIENCE, on_stop_patience, app);
  return G_SOURCE_CONTINUE;
}

/* The service and the sinks have one port between them; what changes is said to the service manager too. */
static void
on_changed (gpointer self, const char *what)
{
  App *app = self;

  if (app->sink_port.changed)
    app->sink_port.changed (app->sink_port.self, what);
  truce_files_note (app->files, what);
  if (app->engine)
    update_status_soon (app);
}

static void
on_raised (gpointer self, const TruceAlert *alert)
{
  App *app = self;

  if (alert->kind == TRUCE_ALERT_PROBLEM)
    g_warning ("%s: %s", alert->title, alert->body); /* its sinks may be what fails */
  else
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "TRUCED_ALERT", alert->id, "TRUCED_MILESTONE",
                      alert->milestone ? alert->milestone : "", "MESSAGE", "alert %.8s (%s) is raised: %s", alert->id,
                      truce_alert_kind_to_text (alert->kind), alert->title);
  if (app->sink_port.raised)
    app->sink_port.raised (app->sink_port.self, alert);
}

static TruceDelivery
on_deliver (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling, GError **error)
{
  App *app = self;

  return app->sink_port.deliver (app->sink_port.self, sink_id, alert, telling, error);
}

static void
on_delivery_ended (const char *sink, const char *alert, TruceDelivery outcome, const char *error, TruceTime retry_after,
                   gpointer user_data)
{
  App *app = user_data;

  if (!truce_engine_delivery_ended (app->engine, sink, alert, outcome, error, retry_after))
    g_info ("sink %s: alert %.8s was put off or confirmed while it was at it (%s), and is told again", sink, alert,
            error ? error : "delivered");
  if (app->stop_source && !truce_engine_delivers (app->engine))
    stop (app);
}

/* --- putting it together --- */

static void
on_trouble (const char *title, const char *body, gpointer user_data)
{
  App *app = user_data;

  if (app->engine)
    truce_engine_problem (app->engine, "store", title, body, truce_clock_now ());
}

/* FALSE: another truced has it. */
static gboolean
open_state (App *app)
{
  g_autoptr (GError) error = NULL;

  app->state = truce_state_open (app->options.state, on_trouble, app, &error);
  if (!app->state)
    fprintf (stderr, "truced: %s\n", error->message);
  return app->state != NULL;
}

#define CLOCK_PATIENCE (5 * TRUCE_MINUTE) /* a machine without a clock asks the network for the time when it starts */

static void
make_engine (App *app)
{
  TrucePorts ports = { .sink = { app, on_deliver, on_raised, NULL, on_changed } };

  truce_clock_port (app->clock, &ports.clock);
  truce_workers_net_port (app->workers, &ports.net);
  truce_workers_parse_port (app->workers, &ports.parse);
  truce_sinks_port (app->sinks, &app->sink_port);
  truce_sinks_set_ended (app->sinks, on_delivery_ended, app);
  if (app->service)
    truce_service_fill_port (app->service, &app->sink_port);
  const TruceEngineOptions options = {
    .poll = TRUE,
    .once = app->options.once,
    .built = TRUCED_BUILT * TRUCE_SECOND,
    .clock_patience = app->options.once ? 0 : CLOCK_PATIENCE,
  };
  app->engine = truce_state_engine (app->state, app->config, &ports, &options);
  g_autofree char *idle = truce_view_idle (app->engine);
  log_lines (idle);
  truce_files_set_engine (app->files, app->engine);
  truce_sinks_set_engine (app->sinks, app->engine);
  if (app->service)
    truce_service_set_engine (app->service, app->engine);
}

static gboolean
app_init (App *app)
{
  const TruceServiceActions actions = { reload, describe, on_settled, app };
  g_autoptr (GError) error = NULL;

  app->config_read = truce_clock_now ();
  app->config = load_config (app->options.config);
  if (!app->config)
    return FALSE;
  adopt_log_level (app, app->config);
  if (!open_state (app))
    return FALSE;
  truce_store_forget_sinks (truce_state_store (app->state), app->config, app->config_read);
  app->loop = g_main_loop_new (NULL, FALSE);
  app->clock = truce_clock_new (on_wake, app, &error);
  if (!app->clock) {
    fprintf (stderr, "truced: %s\n", error->message);
    return FALSE;
  }
  app->workers = truce_workers_new (NULL);
  app->sinks = truce_sinks_new (app->config, app->workers);
  app->files = truce_files_new ();
  if (g_strcmp0 (app->options.bus, "none") != 0)
    app->service = truce_service_new (app->options.bus, &actions);
  else
    app->settled = TRUE;
  make_engine (app);
  return TRUE;
}

static void
app_clear (App *app)
{
  g_clear_handle_id (&app->status_source, g_source_remove);
  g_clear_handle_id (&app->stop_source, g_source_remove);
  truce_service_free (app->service);
  truce_workers_free (app->workers); /* no answer comes from here on */
  truce_files_free (app->files);
  app->files = NULL;
  g_clear_pointer (&app->engine, truce_engine_free);
  truce_sinks_free (app->sinks);
  truce_clock_free (app->clock);
  if (app->state)
    truce_state_try_now (app->state);
  truce_state_close (app->state);
  truce_config_unref (app->config);
  g_clear_pointer (&app->loop, g_main_loop_unref);
  g_free (app->status);
  truce_options_clear (&app->options);
}

/* What one round could not do would go unnoticed in a crontab: FALSE. */
static gboolean
run_once (App *app)
{
  while (truce_engine_busy (app->engine) && !app->stopped)
    g_main_context_iteration (NULL, TRUE);
  truce_files_write (app->files);
  if (truce_engine_owes (app->engine))
    g_warning ("alerts wait to be delivered: the next run tries again");
  if (truce_engine_holds (app->engine))
    g_warning ("deadlines wait: the clock cannot be right");
  return !app->stopped && !truce_state_error (app->state) && !truce_engine_owes (app->engine) &&
         !truce_engine_holds (app->engine);
}

/* FALSE: something is left undone. */
static gboolean
run (App *app)
{
  gboolean done = TRUE;

  g_unix_signal_add (SIGTERM, on_terminate, app);
  g_unix_signal_add (SIGINT, on_terminate, app);
  g_unix_signal_add (SIGHUP, on_hangup, app);
  truce_engine_wake (app->engine);
  truce_state_begin (app->state);
  start_watchdog ();
  app->awake = TRUE;
  announce_ready (app);
  if (!app->ready)
    app->patience = g_timeout_add_seconds (READY_PATIENCE, on_patience, app);
  if (app->options.once)
    done = run_once (app);
  else
    g_main_loop_run (app->loop);
  sd_notify (0, "STOPPING=1\nSTATUS=Stopping");
  return done;
}

int
main (int argc, char **argv)
{
  App app = { 0 };
  gboolean ready;

  setlocale (LC_ALL, "");
  if (!truce_options_read (&argc, &argv, &app.options)) {
    app_clear (&app);
    return 2;
  }
  if (app.options.version) {
    printf ("truced %s\n", TRUCED_VERSION);
    app_clear (&app);
    return 0;
  }
  truce_log_init ("truced");
  if (app.options.has_log_level)
    truce_log_set_level (app.options.log_level);
  truce_options_complete (&app.options);
  if (app.options.check) {
    app.config = load_config (app.options.config);
    ready = app.config != NULL;
    if (ready)
      printf ("%s: no errors\n", app.options.config);
  } else {
    ready = app_init (&app);
    if (ready)
      ready = run (&app);
  }
  app_clear (&app);
  return ready ? 0 : 1;
}
