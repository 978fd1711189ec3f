/* SPDX-License-Identifier: MIT */
/* From an alert to its people, and what they do with it. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

static const TruceOrigin me = { "me", "trucectl" };
static const TruceOrigin somebody = { "somebody", "trucectl" };

#define NOW "2025-08-01T12:00:00Z"
#define CONFIG                                    \
  "[truced]\nalert-to = stdout journal desktop\n" \
  "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d 3d 1d\n"

static guint
count_delivered (World *world, const char *sink)
{
  guint count = 0;

  for (guint i = 0; i < world->delivered->len; i++)
    count += g_str_has_prefix (g_ptr_array_index (world->delivered, i), sink) ? 1 : 0;
  return count;
}

static void
test_a_dead_sink_holds_up_no_other (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-13T00:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 4); /* with the word that the other fails */
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 0);
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-13T02:00:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 3); /* without that word */
  /* In order, and once. */
  g_autoptr (GPtrArray) journal = g_ptr_array_new (), stdout_ = g_ptr_array_new ();
  for (guint i = 0; i < world->delivered->len; i++) {
    const char *entry = g_ptr_array_index (world->delivered, i);
    g_ptr_array_add (g_str_has_prefix (entry, "journal") ? journal : stdout_, strchr (entry, ' '));
  }
  g_ptr_array_remove_index (stdout_, 1);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (g_ptr_array_index (journal, i), ==, g_ptr_array_index (stdout_, i));
}

/* --- a sink that goes on failing --- */

static const TruceAlert *
find_raised (World *world, const char *title)
{
  for (guint i = 0; i < world->raised->len; i++)
    if (strcmp (((TruceAlert *) g_ptr_array_index (world->raised, i))->title, title) == 0)
      return g_ptr_array_index (world->raised, i);
  return NULL;
}

#define LOST "Alerts do not reach journal"
#define BACK "Alerts reach journal again"

static guint
count_raised (World *world, const char *title)
{
  guint count = 0;

  for (guint i = 0; i < world->raised->len; i++)
    count += strcmp (((TruceAlert *) g_ptr_array_index (world->raised, i))->title, title) == 0 ? 1 : 0;
  return count;
}

/* After half an hour, once, to the others, over a restart too; then that it is over; and anew when it fails again. */
static void
test_a_failing_sink_is_told (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T09:29:00Z"); /* it fails since 9:00 */
  world_restart (world);
  world_run_until (world, "2025-08-05T09:29:30Z");
  g_assert_null (find_raised (world, LOST));
  world_run_until (world, "2025-08-05T10:30:00Z");
  const TruceAlert *problem = find_raised (world, LOST);
  g_assert_nonnull (problem);
  g_assert_cmpstr (problem->body, ==, "journal is dead, since Tue 5 Aug 2025 09:00 UTC. 1 alert waits for it.");
  world_restart (world);
  world_run_until (world, "2025-08-09T12:00:00Z"); /* and another, on the 9th */
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  g_hash_table_remove_all (world->dead_sinks);
  world_restart (world);
  world_run_until (world, "2025-08-10T08:00:00Z");
  g_assert_cmpuint (count_raised (world, BACK), ==, 1);
  g_assert_cmpint (find_raised (world, BACK)->urgency, ==, TRUCE_URGENCY_LOW);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2);
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 4);
  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_restart (world);
  world_run_until (world, "2025-08-11T13:00:00Z");
  g_assert_cmpuint (count_raised (world, LOST), ==, 2);
  g_assert_cmpuint (count_raised (world, BACK), ==, 1);
}

/* The only one: that is for who looks, and is not kept for it. */
static void
test_the_only_sink_fails (void)
{
  g_autoptr (World) world = world_new (
      "[truced]\nalert-to = journal\n[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d\n", NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-06T12:00:00Z");
  g_assert_cmpuint (count_raised (world, LOST), ==, 1);
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-07T12:00:00Z");
  g_assert_cmpuint (count_raised (world, BACK), ==, 1);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 1);
}

static void
test_too_old_is_given_up (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-09-04T08:00:00Z");
  const TruceAlert *first = g_ptr_array_index (world->raised, 0);
  g_assert_null (find_raised (world, "Alerts for the sink journal are given up"));
  world_run_until (world, "2025-09-04T13:00:00Z"); /* 30 days after the first */
  g_autoptr (GPtrArray) records = world->store_port.deliveries (world->store_port.self, first->id);
  const TruceDeliveryRecord *last = g_ptr_array_index (records, records->len - 1);
  g_assert_cmpstr (last->error, ==, "given up: its sink has failed for too long");
  g_assert_nonnull (find_raised (world, "Alerts for the sink journal are given up"));
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-09-04T15:00:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, world->raised->len - 3); /* all others */
  g_assert_false (truce_engine_owes (world->engine));
}

/* For as many minutes as a full disk is waited for with what it owes: nothing that was told is forgotten, and told
 * again once there is room. */
static void
test_a_full_disk_gives_nothing_up (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-09-04T08:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-09-12T13:00:00Z"); /* 11,000 minutes, and past 30 days after the first */
  g_assert_cmpuint (count_raised (world, "Alerts for the sink journal are given up"), ==, 0);
  g_assert_cmpuint (count_raised (world, "truced cannot write its state"), ==, 1);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-09-12T16:00:00Z");
  g_assert_cmpuint (count_raised (world, "Alerts for the sink journal are given up"), ==, 1);
  for (guint i = 0; i < world->raised->len; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (((TruceAlert *) world->raised->pdata[i])->id, !=, ((TruceAlert *) world->raised->pdata[k])->id);
}

/* Nobody tried while the machine was off; the sink has its chance. */
static void
test_old_after_a_long_sleep_is_tried (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T12:00:00Z");
  g_hash_table_remove_all (world->dead_sinks);
  world_set_time (world, "2025-09-10T00:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-09-10T02:00:00Z");
  g_assert_null (find_raised (world, "Alerts for the sink journal are given up"));
  g_assert_cmpuint (count_delivered (world, "journal") + 2, ==, count_delivered (world, "stdout")); /* on the journal */
}

/* What waits for its user to log in is no failure. */
static void
test_the_desktop_is_waited_for (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T12:00:00Z");
  g_autoptr (GPtrArray) before = world->store_port.outbox_pulled (world->store_port.self, "desktop");
  world_run_until (world, "2025-11-05T12:00:00Z");
  g_autoptr (GPtrArray) after = world->store_port.outbox_pulled (world->store_port.self, "desktop");
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (after->len, >=, 1);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 0);
}

static void
test_what_was_not_delivered_survives_a_restart (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "stdout");
  world_run_until (world, "2025-08-06T00:00:00Z");
  g_hash_table_remove_all (world->dead_sinks);
  world_restart (world);
  world_run_until (world, "2025-08-06T02:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 1);
}

/* Alerts of a sink that waits for its next try stay in order over a restart, and it waits as long as it would have. */
static void
test_order_survives_a_restart (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-09T08:59:00Z"); /* the lead of 7 days has failed for days: it waits for an hour */
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-09T09:00:01Z"); /* and another one falls due */
  TruceTime next = world->armed;
  world_restart (world);
  truce_engine_wake (world->engine);
  g_assert_cmpint (world->armed, ==, next);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 0);
  world_run_until (world, "2025-08-09T10:00:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2); /* not that it failed */
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  for (guint i = 0; i < world->delivered->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (world->delivered, i), "journal"))
      g_ptr_array_add (told, strchr (g_ptr_array_index (world->delivered, i), ' ') + 1);
  for (guint i = 0; i < told->len; i++) /* the second that was raised is that it failed */
    g_assert_cmpstr (g_ptr_array_index (told, i), ==, ((TruceAlert *) g_ptr_array_index (world->raised, 2 * i))->id);
}

static World *
world_with_a_waiting_sink (void)
{
  World *world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T20:00:00Z");
  g_hash_table_remove_all (world->dead_sinks);
  truce_engine_wake (world->engine);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 0);
  return world;
}

/* Whoever reads the configuration anew, sends a test or runs one round has mended something, and waits for it. */
static void
test_somebody_waits (void)
{
  g_autoptr (World) reloaded = world_with_a_waiting_sink (), tested = world_with_a_waiting_sink (),
                    once = world_with_a_waiting_sink ();
  g_autoptr (GError) error = NULL;

  world_reload (reloaded, CONFIG);
  g_assert_cmpuint (count_delivered (reloaded, "journal"), ==, 1);
  g_autofree char *id = truce_engine_test (tested->engine, "journal", &error);
  g_assert_cmpuint (count_delivered (tested, "journal"), ==, 2);
  g_autofree char *entry = g_strconcat ("journal ", id, NULL);
  g_assert_true (g_ptr_array_find_with_equal_func (tested->delivered, entry, g_str_equal, NULL));
  once->options.once = TRUE;
  world_restart (once);
  truce_engine_wake (once->engine);
  g_assert_cmpuint (count_delivered (once, "journal"), ==, 1);
  g_assert_false (truce_engine_owes (once->engine));
}

static void
test_the_desktop_pulls (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-06T00:00:00Z");
  g_autoptr (GPtrArray) pending = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (pending->len, ==, 1);
  const TruceStoredAlert *stored = g_ptr_array_index (pending, 0);
  g_assert_true (truce_engine_shown (world->engine, stored->alert->id, USER, &error));
  g_autoptr (GPtrArray) after = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_acknowledging (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-06T00:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_autofree char *beginning = g_strndup (alert->id, 6);
  g_assert_true (truce_engine_acknowledge (world->engine, beginning, &somebody, &error));
  g_autoptr (GPtrArray) pending = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (pending->len, ==, 0); /* nobody needs to see it any more */
  g_autoptr (json_t) why = truce_view_why (world->engine, beginning, &error);
  g_assert_cmpstr (truce_json_get_text (json_object_get (why, "alert"), "acknowledged_by"), ==, "somebody");
  g_assert_cmpstr (truce_json_get_text (why, "rule"), ==, "[milestone a] lead = 7d");
  g_assert_cmpuint (json_array_size (json_object_get (why, "deliveries")), ==, 2);
  g_assert_false (truce_engine_snooze (world->engine, beginning, TRUCE_DAY, &me, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID);
}

static void
test_snoozing (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-05T10:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_true (truce_engine_snooze (world->engine, alert->id, TRUCE_DAY, &me, &error));
  g_autoptr (GPtrArray) pending = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (pending->len, ==, 0);
  world_run_until (world, "2025-08-06T09:59:59Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 1);
  world_run_until (world, "2025-08-06T10:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2); /* it returns */
  world_run_until (world, "2025-08-08T00:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2); /* once */
}

/* What is about a tag goes to the sinks of that tag, and returns to those when it is put off. */
static void
test_tags (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = stdout trade\n[sink trade]\nkind = syslog\ntags = trade\n[feed f]\nurl = "
                 "https://example.org/\n[watch a]\nmatch = truce\ntags = trade\n[watch b]\nmatch = storm\n",
                 NOW);
  g_autoptr (GError) error = NULL;

  world_script (world, "https://example.org/", 200, NULL, "A truce|2025-08-01T12:00:00Z\nA storm|2025-08-01T12:00:00Z");
  world_run_until (world, "2025-08-01T14:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2);
  g_assert_cmpuint (count_delivered (world, "trade"), ==, 1);
  for (guint i = 0; i < world->raised->len; i++)
    g_assert_true (truce_engine_snooze (world->engine, ((TruceAlert *) g_ptr_array_index (world->raised, i))->id,
                                        TRUCE_HOUR, &me, &error));
  world_run_until (world, "2025-08-01T16:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 4);
  g_assert_cmpuint (count_delivered (world, "trade"), ==, 2);
}

/* Metrics show every hour that truced lives; without them nobody wakes for that. */
static void
test_the_hour (void)
{
  g_autoptr (World) idle = world_new (CONFIG "[sink dates]\nkind = ics\npath = /dates.ics\n", NOW);
  g_autoptr (World) shown = world_new (CONFIG "[sink m]\nkind = prometheus\npath = /truced.prom\n", NOW);

  world_run_until (idle, "2025-08-02T12:30:00Z");
  g_assert_cmpuint (idle->n_hours, ==, 0);
  g_assert_cmpint (idle->armed, ==, world_time ("2025-08-05T09:00:00Z"));
  world_run_until (shown, "2025-08-02T12:30:00Z");
  g_assert_cmpuint (shown->n_hours, ==, 25);
  g_assert_cmpint (shown->armed, ==, world_time ("2025-08-02T13:00:00Z"));
  world_set_time (shown, "2025-08-01T12:00:00Z");
  truce_engine_wake (shown->engine);
  g_assert_cmpint (shown->armed, ==, world_time ("2025-08-01T13:00:00Z"));
}

static void
test_ids (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  static const struct {
    const char *id;
    TruceEngineError code;
  } table[] = { { "", TRUCE_ENGINE_ERROR_INVALID },
                { "abc", TRUCE_ENGINE_ERROR_INVALID },
                { "xyzw", TRUCE_ENGINE_ERROR_INVALID },
                { "0123456789abcdef0123456789abcdef", TRUCE_ENGINE_ERROR_NOT_FOUND } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (truce_engine_acknowledge (world->engine, table[i].id, &me, &error));
    g_assert_error (error, TRUCE_ENGINE_ERROR, (int) table[i].code);
  }
}

static void
test_a_test_alert (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = truce_engine_test (world->engine, "journal", &error);
  g_autofree char *entry = g_strconcat ("journal ", id, NULL);

  g_assert_cmpuint (world->delivered->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (world->delivered, 0), ==, entry);
  g_assert_null (truce_engine_test (world->engine, "nowhere", &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

static void
test_the_status_line (void)
{
  g_autoptr (World) world = world_new (CONFIG "[milestone b]\ntitle = B\ndue = 2024-01-01\n"
                                              "[watch x]\ntitle = X\nmatch = truce\n[feed f]\npath = /none\n",
                                       NOW);

  world_run_until (world, "2025-08-01T12:10:00Z");
  g_autofree char *line = truce_view_status_line (world->engine);
  g_assert_cmpstr (line, ==, "2 milestones, next in 11 d; 1 feed, 1 failing");
}

static void
test_the_history_in_words (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = stdout\n[milestone t]\ntitle = T\ndue = 2025-08-12 00:01 America/New_York\n"
                 "revised = 2025-08-11: 2025-11-10 00:01 America/New_York: an order\n"
                 "revised = 2025-10-30: 2026-11-10 00:01 America/New_York: agreed\n",
                 "2026-01-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  truce_engine_wake (world->engine);
  g_autoptr (json_t) record = truce_view_milestone (world->engine, "t", &error);
  g_assert_cmpstr (truce_json_get_text (record, "history"), ==, "extended twice, +455 days");
  g_assert_cmpint (truce_json_get_integer (record, "revision", -1), ==, 2);
  const json_t *revisions = json_object_get (record, "revisions");
  g_assert_cmpuint (json_array_size (revisions), ==, 3);
  g_assert_cmpint (truce_json_get_integer (json_array_get (revisions, 1), "delta_days", 0), ==, 90);
  g_assert_null (truce_view_milestone (world->engine, "nope", &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outbox/dead-sink", test_a_dead_sink_holds_up_no_other);
  g_test_add_func ("/outbox/failing", test_a_failing_sink_is_told);
  g_test_add_func ("/outbox/failing/only", test_the_only_sink_fails);
  g_test_add_func ("/outbox/expiry", test_too_old_is_given_up);
  g_test_add_func ("/outbox/expiry/full", test_a_full_disk_gives_nothing_up);
  g_test_add_func ("/outbox/expiry/sleep", test_old_after_a_long_sleep_is_tried);
  g_test_add_func ("/outbox/expiry/pulled", test_the_desktop_is_waited_for);
  g_test_add_func ("/outbox/restart", test_what_was_not_delivered_survives_a_restart);
  g_test_add_func ("/outbox/order", test_order_survives_a_restart);
  g_test_add_func ("/outbox/somebody-waits", test_somebody_waits);
  g_test_add_func ("/outbox/pulled", test_the_desktop_pulls);
  g_test_add_func ("/control/acknowledge", test_acknowledging);
  g_test_add_func ("/control/snooze", test_snoozing);
  g_test_add_func ("/outbox/tags", test_tags);
  g_test_add_func ("/outbox/hour", test_the_hour);
  g_test_add_func ("/control/ids", test_ids);
  g_test_add_func ("/control/test-alert", test_a_test_alert);
  g_test_add_func ("/view/status-line", test_the_status_line);
  g_test_add_func ("/view/history", test_the_history_in_words);
  return g_test_run ();
}
