/* SPDX-License-Identifier: MIT */
/* doctor: is all there that truced needs, and what is to be done where it is not? Every check says what it found; none
 * changes anything, or starts more than what the bus starts for whoever asks it. */
#include <sys/statvfs.h>
#include <unistd.h>

#include "truced-config.h"

#include "ctl/client.h"
#include "ctl/doctor_private.h"
#include "ctl/print.h"
#include "ctl/verbs.h"
#include "io/config_load.h"

#define PROBLEMS_SHOWN 3
#define ROOM_LEAST (16u << 20) /* bytes free: what a store of many feeds may grow by before somebody looks again */

void
truce_doctor_report (TruceDoctor *doctor, TruceVerdict verdict, const char *what, const char *advice,
                     const char *format, ...)
{
  static const char *const words[] = { "good", "unknown", "bad" };
  static const TruceStyle styles[] = { TRUCE_STYLE_GOOD, TRUCE_STYLE_WARN, TRUCE_STYLE_ALARM };
  static const char *const marks[] = { "ok", "?", "!!" };
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  doctor->n_bad += verdict == TRUCE_VERDICT_BAD;
  if (doctor->ctl->json) {
    g_autoptr (json_t) record = json_object ();
    truce_json_set_text (record, "check", what);
    truce_json_set_text (record, "verdict", words[verdict]);
    truce_json_set_text (record, "text", text);
    truce_json_set_text (record, "advice", advice);
    truce_print_record (record);
    return;
  }
  g_autofree char *line = g_strdup_printf ("%s: %s", what, text);
  truce_print_marked (doctor->ctl, styles[verdict], marks[verdict], line);
  if (advice && verdict != TRUCE_VERDICT_GOOD)
    truce_print_wrapped (doctor->ctl, 2 * TRUCE_MARK_COLUMNS, TRUCE_STYLE_DIM, advice);
}

/* --- the configuration --- */

/* That of the running truced, unless another is named. */
static void
check_config (TruceDoctor *doctor)
{
  const char *running = doctor->status ? truce_json_get_text (doctor->status, "config") : NULL;
  g_autofree char *path = truce_ctl_config_path (doctor->ctl, doctor->ctl->config ? NULL : running);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autofree char *see = g_strdup_printf ("See them: trucectl check %s", path);
  guint n_errors, n_warnings;

  doctor->config = truce_config_load (path, doctor->ctl->now, diags);
  n_errors = truce_diags_count_of (diags, TRUCE_SEVERITY_ERROR);
  n_warnings = truce_diags_count_of (diags, TRUCE_SEVERITY_WARNING);
  if (access (path, F_OK) != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "config", "Write one: truced.conf(5) has an example.",
                         "%s is not there", path);
  else if (n_errors > 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "config", see, "%s: %u error%s", path, n_errors,
                         n_errors == 1 ? "" : "s");
  else if (n_warnings > 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, "config", see, "%s: %u warning%s", path, n_warnings,
                         n_warnings == 1 ? "" : "s");
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "config", NULL, "%s: no findings", path);
}

/* --- the daemon, and what it says of itself --- */

static void
check_daemon (TruceDoctor *doctor)
{
  g_autofree char *reasons = NULL;
  const char *version;

  if (!truce_client_try (doctor->ctl, &reasons)) {
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "truced",
                         "Start it: systemctl --user enable --now truced, or for this machine: sudo systemctl enable "
                         "--now truced. If it does not stay: journalctl --user -u truced, or journalctl -u truced.",
                         "cannot be reached (%s)", reasons);
    return;
  }
  if (truce_client_read (doctor->ctl, "Status", NULL, &doctor->status) != TRUCE_EXIT_DONE) {
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "truced", "Restart it, and read what it has logged.",
                         "does not answer");
    return;
  }
  version = truce_json_get_text (doctor->status, "version");
  if (g_strcmp0 (version, TRUCED_VERSION) != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "truced", "Restart it, so that the one that is installed runs.",
                         "runs as version %s, and this is trucectl %s", version ? version : "?", TRUCED_VERSION);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "truced", NULL, "runs on %s: %s", truce_client_bus (doctor->ctl),
                         truce_json_get_text (doctor->status, "status_line"));
}

/* What truced itself has found to be wrong, and nobody has answered: its store, its workers, its sinks. */
static void
check_problems (TruceDoctor *doctor)
{
  GVariantBuilder filter;
  g_autoptr (json_t) alerts = NULL;
  const json_t *alert;
  size_t index;

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "unacknowledged", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&filter, "{sv}", "kind", g_variant_new_string ("problem"));
  if (truce_client_read (doctor->ctl, "ListAlerts", g_variant_new ("(a{sv})", &filter), &alerts) != TRUCE_EXIT_DONE)
    return;
  json_array_foreach (alerts, index, alert) {
    const char *id = truce_json_get_text (alert, "id");
    g_autofree char *advice = g_strdup_printf ("See trucectl why %.8s; when it is mended: trucectl ack %.8s", id, id);
    g_autofree char *age = truce_print_when (truce_json_get_time (alert, "raised"), doctor->ctl->now);
    if (index < PROBLEMS_SHOWN)
      truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "problem", advice, "%s (%s): %s",
                           truce_json_get_text (alert, "title"), age, truce_json_get_text (alert, "body"));
  }
  if (json_array_size (alerts) == 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "problems", NULL, "none that waits for an answer");
  else if (json_array_size (alerts) > PROBLEMS_SHOWN)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "problems", "See trucectl alerts -u --kind problem", "%u more",
                         (guint) json_array_size (alerts) - PROBLEMS_SHOWN);
}

/* The store, and the sinks: an alert tells of them only when it lasts. */
static void
check_trouble (TruceDoctor *doctor)
{
  static const char mend[] = "Make room on its disk, or have that mounted writable and its folder be of the user that "
                             "truced runs as; then: trucectl reload. A restart before that may tell things twice.";
  gint64 unsaved = truce_json_get_integer (doctor->status, "unsaved", 0);
  const char *error = truce_json_get_text (doctor->status, "state_error");
  const json_t *sink;
  size_t index;

  if (error)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "state", mend, "it is kept in memory: %s", error);
  else if (unsaved > 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "state", mend,
                         "truced cannot write it: %" G_GINT64_FORMAT " change%s wait", unsaved,
                         unsaved == 1 ? "" : "s");
  json_array_foreach (json_object_get (doctor->status, "sinks_failing"), index, sink) {
    g_autofree char *advice =
        g_strdup_printf ("When it is mended: trucectl test-alert --sink %s", truce_json_get_text (sink, "sink"));
    g_autofree char *since = truce_print_when (truce_json_get_time (sink, "failing_since"), doctor->ctl->now);
    const char *reason = truce_json_get_text (sink, "error");
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, truce_json_get_text (sink, "sink"), advice,
                         "the sink fails since %s: %s", since, reason ? reason : "");
  }
}

/* One line a sink: what it was that it would not take, and why, last. */
static void
check_refused (TruceDoctor *doctor)
{
  const json_t *refused = json_object_get (doctor->status, "refused"), *refusal;
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  size_t index;

  json_array_foreach (refused, index, refusal) {
    gpointer sink = (gpointer) truce_json_get_text (refusal, "sink");
    g_hash_table_insert (counts, sink, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, sink)) + 1));
  }
  for (index = json_array_size (refused); index > 0; index--) { /* the last of each first */
    refusal = json_array_get (refused, index - 1);
    const char *sink = truce_json_get_text (refusal, "sink"), *alert = truce_json_get_text (refusal, "alert");
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, sink));
    if (!g_hash_table_remove (counts, sink))
      continue;
    g_autofree char *advice = g_strdup_printf ("When what it minds is mended, trucectl reload sends again what was set "
                                               "aside; trucectl ack %.8s leaves it.",
                                               alert);
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, sink, advice, "the sink has refused %u alert%s, last %.8s: %s",
                         count, count == 1 ? "" : "s", alert, truce_json_get_text (refusal, "error"));
  }
}

static void
check_network (TruceDoctor *doctor)
{
  gint64 feeds = truce_json_get_integer (doctor->status, "feeds", 0);
  gint64 failing = truce_json_get_integer (doctor->status, "failing", 0);

  if (json_is_true (json_object_get (doctor->status, "network_down")))
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "network", "truced tries again by itself; see: networkctl",
                         "no feed can be reached, from several hosts");
  else if (failing > 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "feeds", "See which, and why: trucectl feeds",
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " fail", failing, feeds);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "feeds", NULL, "%" G_GINT64_FORMAT ", none fails", feeds);
  const json_t *deaf = json_object_get (doctor->status, "deaf");
  if (json_array_size (deaf) > 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "news", "Add a feed for it, or mend those it has: trucectl feeds",
                         "no feed that works brings news of %s%s", json_string_value (json_array_get (deaf, 0)),
                         json_array_size (deaf) > 1 ? " and others" : "");
}

/* --- where it keeps what it knows --- */

static void
check_store (TruceDoctor *doctor)
{
  g_autofree char *folder =
      doctor->ctl->state ? g_strdup (doctor->ctl->state) : g_build_filename (g_get_user_state_dir (), "truced", NULL);
  struct statvfs room;

  if (doctor->status)
    return; /* what is wrong with it is among the problems */
  if (access (folder, F_OK) != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_UNKNOWN, "state",
                         "truced makes it when it first runs; the system's is /var/lib/truced.", "%s is not there yet",
                         folder);
  else if (access (folder, W_OK | X_OK) != 0)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "state", "Give it to the user that truced runs as.",
                         "%s cannot be written", folder);
  else if (statvfs (folder, &room) == 0 && (guint64) room.f_bavail * room.f_frsize < ROOM_LEAST)
    truce_doctor_report (doctor, TRUCE_VERDICT_BAD, "state", "Make room: what truced cannot write it may tell twice.",
                         "%s is on a disk that is full", folder);
  else
    truce_doctor_report (doctor, TRUCE_VERDICT_GOOD, "state", NULL, "%s can be written", folder);
}

TruceExit
truce_verb_doctor (TruceCtl *ctl)
{
  TruceDoctor doctor = { .ctl = ctl };

  check_daemon (&doctor);
  check_config (&doctor);
  if (doctor.status) {
    check_problems (&doctor);
    check_trouble (&doctor);
    check_refused (&doctor);
    check_network (&doctor);
  }
  check_store (&doctor);
  truce_doctor_check_clock (&doctor);
  truce_doctor_check_sinks (&doctor);
  if (!ctl->json && doctor.n_bad == 0)
    truce_print_line (ctl, TRUCE_STYLE_PLAIN, "\nWhether alerts arrive where you are: trucectl test-alert");
  json_decref (doctor.status);
  truce_config_unref (doctor.config);
  return doctor.n_bad ? TRUCE_EXIT_NO : TRUCE_EXIT_DONE;
}
