/* SPDX-License-Identifier: MIT */
/* The verb test-alert: raises one, and waits until it is known what became of it. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/verbs.h"
#include "engine/ports.h"

#define LOOK_EVERY 100 /* milliseconds */
#define PATIENCE 35    /* seconds: a server has 30, and is then given up */

static char *option_sink;

const GOptionEntry truce_test_alert_options[] = {
  { "sink", 0, 0, G_OPTION_ARG_FILENAME, &option_sink, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

/* Has a sink neither taken nor refused it, nor put it off? */
static gboolean
is_under_way (const json_t *why)
{
  const json_t *entry;
  size_t index;

  json_array_foreach (json_object_get (why, "waiting"), index, entry) {
    if (!json_object_get (entry, "until"))
      return TRUE;
  }
  return FALSE;
}

/* Until when `sink` has put it off; NONE: it has not. */
static TruceTime
next_try (const json_t *why, const char *sink)
{
  const json_t *entry;
  size_t index;

  json_array_foreach (json_object_get (why, "waiting"), index, entry) {
    if (g_strcmp0 (truce_json_get_text (entry, "sink"), sink) == 0)
      return truce_json_get_time (entry, "until");
  }
  return TRUCE_TIME_NONE;
}

static gboolean
print_delivery (const TruceCtl *ctl, const json_t *why, const json_t *delivery)
{
  const char *sink = truce_json_get_text (delivery, "sink"), *error = truce_json_get_text (delivery, "error");
  gboolean delivered = truce_json_get_boolean (delivery, "delivered");
  TruceTime again = next_try (why, sink);
  g_autofree char *when = again == TRUCE_TIME_NONE ? NULL : truce_print_when (again, ctl->now);
  g_autofree char *words = delivered ? g_strdup ("delivered")
                           : when    ? g_strdup_printf ("not delivered: %s. It is tried again %s.", error, when)
                           : g_str_has_prefix (error, TRUCE_SET_ASIDE) ? g_strdup (error)
                                                                       : g_strdup_printf ("given up: %s", error);

  truce_print_field (ctl, sink, words);
  return delivered;
}

static gboolean
has_delivery (const json_t *why, const char *sink)
{
  const json_t *delivery;
  size_t index;

  json_array_foreach (json_object_get (why, "deliveries"), index, delivery) {
    if (g_strcmp0 (truce_json_get_text (delivery, "sink"), sink) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What has not been tried. */
static gboolean
print_waiting (const TruceCtl *ctl, const json_t *why, const json_t *entry)
{
  const char *sink = truce_json_get_text (entry, "sink"), *reason = truce_json_get_text (entry, "reason");
  TruceTime until = truce_json_get_time (entry, "until");
  g_autofree char *when = until == TRUCE_TIME_NONE ? NULL : truce_print_when (until, ctl->now);
  g_autofree char *words = when ? g_strdup_printf ("%s %s", reason, when) : g_strdup ("still under way");

  if (when && has_delivery (why, sink))
    return TRUE; /* that is said */
  truce_print_field (ctl, sink, words);
  return when == NULL;
}

/* FALSE: a sink has not taken it. */
static gboolean
print_outcome (const TruceCtl *ctl, const char *id, const json_t *why)
{
  const json_t *deliveries = json_object_get (why, "deliveries"), *entry;
  gboolean fine = TRUE;
  size_t index;

  printf ("Raised alert %s\n", id);
  json_array_foreach (deliveries, index, entry) {
    fine = print_delivery (ctl, why, entry) && fine;
  }
  json_array_foreach (json_object_get (why, "waiting"), index, entry) {
    fine = print_waiting (ctl, why, entry) && fine;
  }
  if (json_array_size (deliveries) == 0 && !json_object_get (why, "waiting"))
    puts ("  It waits for truced-desktop to show it.");
  printf ("trucectl why %.8s shows what becomes of it.\n", id);
  return fine;
}

/* One object: the id, and what `why` says of its deliveries. */
static gboolean
print_json (const char *id, const json_t *why)
{
  g_autoptr (json_t) record = json_object ();
  const json_t *entry;
  gboolean fine = TRUE;
  size_t index;

  truce_json_set_text (record, "id", id);
  truce_json_set_steal (record, "deliveries", json_incref (json_object_get (why, "deliveries")));
  truce_json_set_steal (record, "waiting", json_incref (json_object_get (why, "waiting")));
  truce_print_record (record);
  json_array_foreach (json_object_get (why, "deliveries"), index, entry) {
    fine = fine && truce_json_get_boolean (entry, "delivered");
  }
  json_array_foreach (json_object_get (why, "waiting"), index, entry) {
    fine = fine && !json_object_get (entry, "until");
  }
  return fine;
}

TruceExit
truce_verb_test_alert (TruceCtl *ctl)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (json_t) why = NULL;
  const char *id;

  if (option_sink && !g_utf8_validate (option_sink, -1, NULL))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--sink: not UTF-8");
  TruceExit status =
      truce_client_call (ctl, "TestAlert", g_variant_new ("(s)", option_sink ? option_sink : ""), "(s)", &reply);
  if (status != TRUCE_EXIT_DONE)
    return status;
  g_variant_get (reply, "(&s)", &id);
  for (guint looks = 0; looks == 0 || (is_under_way (why) && looks < PATIENCE * 1000 / LOOK_EVERY); looks++) {
    if (looks > 0)
      g_usleep (LOOK_EVERY * 1000);
    json_decref (g_steal_pointer (&why));
    status = truce_client_read (ctl, "Why", g_variant_new ("(s)", id), &why);
    if (status != TRUCE_EXIT_DONE)
      return status;
  }
  gboolean fine = ctl->json ? print_json (id, why) : print_outcome (ctl, id, why);
  return fine ? TRUCE_EXIT_DONE : TRUCE_EXIT_NO;
}
