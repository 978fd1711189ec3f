/* SPDX-License-Identifier: MIT */
/* Who sleeps is let sleep, and hears in the morning of all that there is still to say; once. */
#include <string.h>

#include "engine/simulate.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin me = { "me", "trucectl" };

#define GENERAL "[truced]\ntimezone = Europe/Berlin\nlead = 0\n"
#define QUIET GENERAL "alert-to = stdout log\nquiet = 22:00-07:00\n[sink log]\nkind = syslog\nquiet = no\n"
/* 23:00, 00:00, 01:00 and 12:00 in Berlin: leads so far ahead that none is critical */
#define MILESTONES                                                  \
  "[milestone a]\ntitle = A\ndue = 2025-08-20 23:00\nlead = 192h\n" \
  "[milestone b]\ntitle = B\ndue = 2025-08-21 00:00\nlead = 192h\n" \
  "[milestone c]\ntitle = C\ndue = 2025-08-21 01:00\nlead = 192h\n" \
  "[milestone noon]\ntitle = Noon\ndue = 2025-08-21 12:00\nlead = 192h\n"
#define NIGHT QUIET MILESTONES

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* "TITLE" of each alert that `sink` was given since the last call, a line each. */
static char *
take_told (World *world, const char *sink)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < world->delivered->len;) {
    const char *entry = g_ptr_array_index (world->delivered, i);
    gsize length = strlen (sink);
    if (strncmp (entry, sink, length) != 0 || entry[length] != ' ') {
      i++;
      continue;
    }
    TruceStoredAlert *stored = world->store_port.alert (world->store_port.self, entry + length + 1, NULL);
    g_string_append_printf (text, "%s\n", stored->alert->title);
    truce_stored_alert_free (stored);
    g_ptr_array_remove_index (world->delivered, i);
  }
  return g_string_free (text, FALSE);
}

static void
assert_told (World *world, const char *sink, const char *expected)
{
  g_autofree char *told = take_told (world, sink);

  g_assert_cmpstr (told, ==, expected);
}

static char *
id_of (World *world, const char *title)
{
  TruceAlertFilter filter = { .since = TRUCE_TIME_MIN };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);

  for (guint i = 0; i < alerts->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
    if (g_str_has_prefix (stored->alert->title, title))
      return g_strdup (stored->alert->id);
  }
  g_error ("no alert %s", title);
}

static gboolean
is_acknowledged (World *world, const char *title)
{
  g_autofree char *id = id_of (world, title);
  TruceStoredAlert *stored = world->store_port.alert (world->store_port.self, id, NULL);
  gboolean done = stored->acknowledged != TRUCE_TIME_NONE;

  truce_stored_alert_free (stored);
  return done;
}

/* --- quiet hours --- */

static void
test_the_night_is_one_digest (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-13T04:59:59Z");
  assert_raised (world, "lead A in 8 days\nlead B in 8 days\nlead C in 8 days\n"); /* evaluation does not wait */
  assert_told (world, "stdout", "");
  assert_told (world, "log", "A in 8 days\nB in 8 days\nC in 8 days\n"); /* whose own section says so */
  world_run_until (world, "2025-08-13T05:00:00Z");                       /* 07:00 */
  assert_raised (world, "digest 3 alerts from the quiet hours\n");
  assert_told (world, "stdout", "3 alerts from the quiet hours\n");
  world_run_until (world, "2025-08-14T12:00:00Z");
  assert_told (world, "stdout", "Noon in 8 days\n");
  assert_told (world, "log", "Noon in 8 days\n");
}

static void
test_one_comes_as_itself (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T00:00:00Z");
  g_autofree char *a = id_of (world, "A"), *b = id_of (world, "B");
  g_assert_true (truce_engine_acknowledge (world->engine, a, &me, &error));
  g_assert_true (truce_engine_acknowledge (world->engine, b, &me, &error));
  world_run_until (world, "2025-08-13T06:00:00Z");
  assert_told (world, "stdout", "C in 8 days\n");
}

static void
test_what_was_acknowledged_is_not_in_it (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T00:00:00Z");
  g_autofree char *b = id_of (world, "B");
  g_assert_true (truce_engine_acknowledge (world->engine, b, &me, &error));
  world_run_until (world, "2025-08-13T06:00:00Z");
  assert_told (world, "stdout", "2 alerts from the quiet hours\n");
  const TruceAlert *digest = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_assert_null (strstr (digest->body, "B in"));
  g_assert_nonnull (strstr (digest->body, "A in 7 days\nC in 8 days\n")); /* as things are by then */
}

static void
test_what_is_stale_is_not_in_it (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-13T00:00:00Z");
  world_reload (world, QUIET "[milestone a]\ntitle = A\ndue = 2025-08-20 23:00\nlead = 192h\nmet = 2025-08-12\n"
                             "[milestone b]\ntitle = B\ndue = 2025-08-21 00:00\nlead = 192h\n");
  world_run_until (world, "2025-08-13T06:00:00Z");
  assert_told (world, "stdout", "B in 8 days\n");
}

static void
test_critical_passes (void)
{
  g_autoptr (World) world =
      world_new (QUIET "[milestone a]\ntitle = A\ndue = 2025-08-13 02:00\n"
                       "[milestone b]\ntitle = B\ndue = 2025-08-21 00:00\nlead = 192h\nurgency = critical\n",
                 "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T00:00:00Z");
  assert_told (world, "stdout", "B in 8 days\nA: due now\n");
  g_autofree char *id = truce_engine_test (world->engine, "stdout", &error);
  assert_told (world, "stdout", "Test alert from truced\n"); /* somebody waits for it */
}

static void
test_a_restart_loses_nothing_of_the_night (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-12T22:30:00Z");
  world_restart (world);
  world_run_until (world, "2025-08-13T02:00:00Z");
  world_restart (world);
  world_set_time (world, "2025-08-13T08:00:00Z"); /* off until ten */
  world_run_until (world, "2025-08-13T08:00:00Z");
  assert_told (world, "stdout", "3 alerts from the quiet hours\n");
  world_restart (world);
  world_run_until (world, "2025-08-13T09:00:00Z");
  assert_told (world, "stdout", "");
}

static void
test_other_quiet_hours_count_at_once (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-13T00:00:00Z");
  world_reload (world, GENERAL "alert-to = stdout\n" MILESTONES);
  assert_told (world, "stdout", "3 alerts that waited\n");
}

/* Two sinks that would get the same get the same: acknowledged once, it is done. */
static void
test_acknowledging_a_digest_acknowledges_what_is_in_it (void)
{
  g_autoptr (World) world =
      world_new (GENERAL "alert-to = stdout tty\nquiet = 22:00-07:00\n[sink tty]\nkind = stdout\n" MILESTONES,
                 "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T06:00:00Z");
  assert_told (world, "stdout", "3 alerts from the quiet hours\n");
  assert_told (world, "tty", "3 alerts from the quiet hours\n");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 1);
  g_autofree char *id = id_of (world, "3 alerts");
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, &error));
  g_assert_true (is_acknowledged (world, "A in"));
  g_assert_true (is_acknowledged (world, "C in"));
  g_assert_true (is_acknowledged (world, "3 alerts"));
}

static void
test_why_says_where_it_went (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T06:00:00Z");
  g_autofree char *a = id_of (world, "A in"), *digest = id_of (world, "3 alerts");
  g_autofree char *expected = g_strdup_printf ("told within the digest %.8s", digest);
  g_autoptr (json_t) why = truce_view_why (world->engine, a, &error);
  const json_t *deliveries = json_object_get (why, "deliveries");
  g_assert_cmpuint (json_array_size (deliveries), ==, 2);
  g_assert_cmpstr (truce_json_get_text (json_array_get (deliveries, 1), "error"), ==, expected);
  g_autoptr (json_t) of_digest = truce_view_why (world->engine, digest, &error);
  g_assert_true (g_str_has_prefix (truce_json_get_text (of_digest, "rule"), "quiet: "));
}

/* Nothing can be written at seven: each is told by itself rather than none. */
static void
test_a_full_disk_in_the_morning (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-13T02:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-13T05:00:30Z");
  assert_told (world, "stdout", "A in 8 days\nB in 8 days\nC in 8 days\n");
}

static void
test_a_snoozed_alert_does_not_wake_anybody (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T11:00:00Z");
  g_free (take_told (world, "stdout"));
  g_autofree char *id = id_of (world, "Noon");
  g_assert_true (truce_engine_snooze (world->engine, id, 12 * TRUCE_HOUR, &me, &error)); /* one o'clock at night */
  world_run_until (world, "2025-08-14T04:59:00Z");
  assert_told (world, "stdout", "");
  world_run_until (world, "2025-08-14T05:00:00Z");
  assert_told (world, "stdout", "Noon in 8 days\n");
}

/* The clock is set back in the night, by less than a day: nobody waits for a second morning. */
static void
test_a_clock_that_was_ahead (void)
{
  g_autoptr (World) world = world_new (NIGHT, "2025-08-12T12:00:00Z");

  world_run_until (world, "2025-08-13T00:30:00Z");
  world_set_time (world, "2025-08-12T13:00:00Z"); /* it was the afternoon, all the time */
  truce_engine_wake (world->engine);
  assert_told (world, "stdout", "3 alerts that waited\n");
}

/* --- late --- */

#define SEVERAL                                            \
  "[truced]\nalert-to = stdout\nlead = 7d 1d 0\n"          \
  "[milestone a]\ntitle = A\ndue = 2025-08-14 12:00 UTC\n" \
  "[milestone b]\ntitle = B\ndue = 2025-08-20 12:00 UTC\n" \
  "[milestone c]\ntitle = C\ndue = 2025-09-20 12:00 UTC\n"

static void
test_several_that_are_late_are_one (void)
{
  g_autoptr (World) world = world_new (SEVERAL, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-06T00:00:00Z");
  world_set_time (world, "2025-08-13T22:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "lead A in 14 hours (late)\nlead B in 7 days (late)\ndigest 2 alerts told late (late)\n");
  assert_told (world, "stdout", "2 alerts told late\n");
  TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .kind = "digest", .milestone = "b" };
  g_autoptr (GPtrArray) found = world->store_port.alerts (world->store_port.self, &filter);
  g_assert_cmpuint (found->len, ==, 1); /* it is found under each of them */
  const TruceAlert *digest = ((TruceStoredAlert *) g_ptr_array_index (found, 0))->alert;
  g_assert_true (digest->late);
  g_assert_cmpint (digest->urgency, ==, TRUCE_URGENCY_CRITICAL);
  world_run_until (world, "2025-08-14T12:00:00Z");
  assert_told (world, "stdout", "A: due now\n"); /* in time again */
}

static void
test_one_milestone_that_is_late_comes_as_itself (void)
{
  g_autoptr (World) world = world_new (SEVERAL, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-06T00:00:00Z");
  world_set_time (world, "2025-08-07T22:00:00Z");
  truce_engine_wake (world->engine);
  assert_told (world, "stdout", "A in 7 days\n");
}

/* --- the budget --- */

#define NEWS                                                                                                        \
  "[truced]\nalert-to = stdout\nbudget = 3\n[milestone t]\ntitle = Tariff truce ends\ndue = 2026-01-01\nlead = 0\n" \
  "match = truce\n[watch w]\ntitle = Rare earths\nmatch = gallium\n[feed f]\npath = /none\nbackfill = 30d\n"

#define ON_DESKTOP                                                                       \
  "[truced]\nalert-to = desktop\nbudget = 2\n[milestone t]\ntitle = Tariff truce ends\n" \
  "due = 2026-01-01\nlead = 0\nmatch = truce\n[feed f]\npath = /none\nbackfill = 30d\n"

static void
offer (World *world, const char *word, guint count)
{
  static guint number;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);

  for (guint i = 0; i < count; i++) {
    TruceItem *item = truce_item_new ();
    g_free (item->title);
    item->title = g_strdup_printf ("%s %u", word, ++number);
    item->link = g_strdup_printf ("https://example.org/%u", number);
    item->published = world->now;
    g_ptr_array_add (items, item);
  }
  truce_engine_offer (world->engine, truce_config_find_feed (world->config, "f"), items);
}

static World *
news_world (void)
{
  World *world = world_new (NEWS, "2025-08-12T12:00:00Z");

  world_script (world, "/none", 200, NULL, "");
  return world;
}

static guint
count_told (World *world)
{
  guint count = world->delivered->len;

  g_ptr_array_set_size (world->delivered, 0);
  return count;
}

static void
test_headlines_beyond_the_budget_are_one (void)
{
  g_autoptr (World) world = news_world ();

  world_run_until (world, "2025-08-12T12:00:01Z");
  offer (world, "truce", 2);
  world_run_until (world, "2025-08-12T12:20:00Z");
  offer (world, "truce", 10);
  g_assert_cmpuint (count_told (world), ==, 3);
  world_run_until (world, "2025-08-12T13:00:00Z");
  offer (world, "truce", 5);
  g_assert_cmpuint (count_told (world), ==, 0);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 17); /* nothing is dropped */
  world_run_until (world, "2025-08-12T13:00:01Z");
  assert_told (world, "stdout", "14 more headlines about Tariff truce ends\n");
  world_run_until (world, "2025-08-12T20:00:00Z");
  g_assert_cmpuint (count_told (world), ==, 0);
}

static void
test_the_budget_is_of_each_subject (void)
{
  g_autoptr (World) world = news_world ();

  world_run_until (world, "2025-08-12T12:00:01Z");
  offer (world, "truce", 4);
  offer (world, "gallium", 5);
  g_assert_cmpuint (count_told (world), ==, 6);
  world_run_until (world, "2025-08-12T13:00:01Z");
  g_assert_cmpuint (count_told (world), ==, 1); /* what waited for both is due together */
  world_reload (world, NEWS "[milestone u]\ntitle = U\ndue = 2025-08-12 14:00 UTC\nlead = 30m 20m 10m 5m 0\n");
  world_run_until (world, "2025-08-12T14:00:00Z");
  g_assert_cmpuint (count_told (world), ==, 5); /* deadlines are never held back */
}

static void
test_a_restart_gives_no_new_budget (void)
{
  g_autoptr (World) world = news_world ();

  world_run_until (world, "2025-08-12T12:00:01Z");
  offer (world, "truce", 5);
  g_assert_cmpuint (count_told (world), ==, 3);
  world_restart (world);
  world_run_until (world, "2025-08-12T12:30:00Z");
  offer (world, "truce", 5);
  g_assert_cmpuint (count_told (world), ==, 0);
  world_restart (world);
  world_run_until (world, "2025-08-12T13:00:01Z");
  assert_told (world, "stdout", "7 more headlines about Tariff truce ends\n");
}

/* Nobody has pulled them: they are told all the same, and the rest waits its hour. */
static void
test_a_restart_without_a_desktop (void)
{
  g_autoptr (World) world = world_new (ON_DESKTOP, "2025-08-12T12:00:00Z");

  world_script (world, "/none", 200, NULL, "");
  world_run_until (world, "2025-08-12T12:00:01Z");
  offer (world, "truce", 5);
  world_run_until (world, "2025-08-12T12:00:02Z");
  world_restart (world);
  world_run_until (world, "2025-08-12T12:00:10Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 0);
  world_run_until (world, "2025-08-12T13:00:30Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 1);
}

/* Whatever comes: in no hour is more told about one thing than the budget allows, and nothing is lost. */
static void
test_no_hour_tells_more (void)
{
  for (int round = 0; round < 100; round++) {
    g_autoptr (World) world = news_world ();
    g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (TruceTime));
    TruceAlertFilter filter = { .since = TRUCE_TIME_MIN };

    truce_engine_wake (world->engine);
    for (int i = 0; i < 30; i++) {
      char until[TRUCE_TIME_TEXT_SIZE];
      TruceTime next = world->now + g_test_rand_int_range (0, 3600) * TRUCE_SECOND;
      offer (world, "truce", (guint) g_test_rand_int_range (0, 6));
      world_run_until (world, truce_time_to_text (next, until));
    }
    world_run_until (world, "2025-08-14T12:00:00Z");
    g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);
    for (guint i = alerts->len; i > 0; i--) {
      const TruceStoredAlert *stored = g_ptr_array_index (alerts, i - 1);
      g_autoptr (GPtrArray) records = world->store_port.deliveries (world->store_port.self, stored->alert->id);
      g_assert_cmpuint (records->len, >=, 1);
      const TruceDeliveryRecord *record = g_ptr_array_index (records, records->len - 1);
      g_assert_false (g_str_has_prefix (record->error ? record->error : "", TRUCE_HELD_BACK));
      for (guint j = 0; j + 1 < records->len; j++)
        g_assert_true (g_str_has_prefix (((TruceDeliveryRecord *) g_ptr_array_index (records, j))->error,
                                         TRUCE_HELD_BACK "2025-08-1"));
      if (record->delivered)
        g_array_append_val (times, record->at);
    }
    for (guint i = 3; i < times->len; i++)
      g_assert_cmpint (g_array_index (times, TruceTime, i) - g_array_index (times, TruceTime, i - 3), >=, TRUCE_HOUR);
  }
}

/* --- all of it, at random --- */

#define HISTORIES 400

static const char any_config[] =
    "[truced]\ntimezone = America/New_York\nalert-to = stdout desktop\nquiet = 21:00-08:00\nlead = 20d 10d 60h 3h "
    "0\nnag = 1d\n"
    "[milestone a]\ntitle = A\ndue = 2025-11-02 01:30\n[milestone b]\ntitle = B\ndue = 2025-11-02\n"
    "[milestone c]\ntitle = C\ndue = mid-November 2025\n[milestone d]\ntitle = D\ndue = 2025-10-30 22:00\n";

static void
random_event (World *world, TruceTime *true_now)
{
  char until[TRUCE_TIME_TEXT_SIZE];

  switch (g_test_rand_int_range (0, 6)) {
  case 0:
    world->now = *true_now - g_test_rand_int_range (0, 86400) * TRUCE_SECOND;
    break;
  case 1:
    world_restart (world);
    break;
  case 2:
    world_reload (world, any_config);
    break;
  case 3: /* asleep or off */
    *true_now += g_test_rand_int_range (0, 3 * 86400) * TRUCE_SECOND;
    world->now = *true_now;
    break;
  default:
    *true_now += g_test_rand_int_range (0, 86400) * TRUCE_SECOND;
    world->now = MIN (world->now, *true_now);
    world_run_until (world, truce_time_to_text (*true_now, until));
    break;
  }
  truce_engine_wake (world->engine);
}

/* How often the sink was told of `id`, by itself or within a digest that it was told of. */
static guint
times_told (World *world, const char *id)
{
  g_autoptr (GPtrArray) records = world->store_port.deliveries (world->store_port.self, id);
  guint count = 0;

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->sink, "stdout") == 0)
      count += record->delivered || g_str_has_prefix (record->error, "told within") ? 1 : 0;
  }
  return count;
}

/* When it was raised, or by the time that it was told: after a day's sleep a date may have come near. */
static gboolean
is_critical_at (const TruceAlert *alert, TruceTime at)
{
  return alert->urgency == TRUCE_URGENCY_CRITICAL || (truce_alert_counts_time (alert) && alert->due - at <= TRUCE_DAY);
}

/* Whatever happens, each alert reaches the sink once, by itself or in a digest; and at night only what is critical. */
static void
test_any_history_tells_each_alert_once (void)
{
  const TruceQuiet quiet = { TRUE, 21 * 60, 8 * 60 };
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);

  for (int history = 0; history < HISTORIES; history++) {
    g_autoptr (World) world = world_new (any_config, "2025-10-05T00:00:00Z");
    TruceTime true_now = world->now, end = world_time ("2025-11-24T20:00:00Z");
    TruceAlertFilter filter = { .since = TRUCE_TIME_MIN };
    guint n_digests = 0;

    truce_engine_wake (world->engine);
    while (true_now < end)
      random_event (world, &true_now);
    world->now = MAX (true_now, end);
    world_run_until (world, "2025-11-27T18:00:00Z");
    g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);
    for (guint i = 0; i < alerts->len; i++) {
      const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
      g_assert_cmpuint (times_told (world, stored->alert->id), ==, 1);
      n_digests += stored->alert->kind == TRUCE_ALERT_DIGEST ? 1 : 0;
      g_autoptr (GPtrArray) records = world->store_port.deliveries (world->store_port.self, stored->alert->id);
      for (guint j = 0; j < records->len; j++) {
        const TruceDeliveryRecord *record = g_ptr_array_index (records, j);
        if (record->delivered && !is_critical_at (stored->alert, record->at))
          g_assert_cmpint (truce_quiet_end (&quiet, zone, record->at), ==, TRUCE_TIME_NONE);
      }
    }
    g_assert_cmpuint (n_digests, >, 0);
    g_assert_cmpint (world->store_port.outbox_next (world->store_port.self, "stdout"), ==, TRUCE_TIME_NONE);
  }
}

/* --- simulate --- */

static void
add_line (const TruceAlert *alert, gpointer user_data)
{
  g_string_append_printf (user_data, "%s %s\n", truce_alert_kind_to_text (alert->kind), alert->title);
}

static void
test_simulate_shows_digests (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  const TruceConfigFile file = { "a.conf", NIGHT, strlen (NIGHT) };
  g_autoptr (TruceConfig) config = truce_config_parse (&file, 1, zone, 0, diags);
  g_autoptr (GString) lines = g_string_new (NULL);

  truce_simulate (config, world_time ("2025-08-12T12:00:00Z"), world_time ("2025-08-14T12:00:00Z"), NULL, NULL,
                  add_line, lines);
  g_assert_cmpstr (lines->str, ==,
                   "lead A in 8 days\nlead B in 8 days\nlead C in 8 days\n"
                   "digest 3 alerts from the quiet hours\nlead Noon in 8 days\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quiet/one-digest", test_the_night_is_one_digest);
  g_test_add_func ("/quiet/one-alert", test_one_comes_as_itself);
  g_test_add_func ("/quiet/acknowledged", test_what_was_acknowledged_is_not_in_it);
  g_test_add_func ("/quiet/stale", test_what_is_stale_is_not_in_it);
  g_test_add_func ("/quiet/critical", test_critical_passes);
  g_test_add_func ("/quiet/restart", test_a_restart_loses_nothing_of_the_night);
  g_test_add_func ("/quiet/reload", test_other_quiet_hours_count_at_once);
  g_test_add_func ("/quiet/acknowledge-digest", test_acknowledging_a_digest_acknowledges_what_is_in_it);
  g_test_add_func ("/quiet/why", test_why_says_where_it_went);
  g_test_add_func ("/quiet/full-disk", test_a_full_disk_in_the_morning);
  g_test_add_func ("/quiet/snoozed", test_a_snoozed_alert_does_not_wake_anybody);
  g_test_add_func ("/quiet/clock-ahead", test_a_clock_that_was_ahead);
  g_test_add_func ("/late/several", test_several_that_are_late_are_one);
  g_test_add_func ("/late/one", test_one_milestone_that_is_late_comes_as_itself);
  g_test_add_func ("/budget/one", test_headlines_beyond_the_budget_are_one);
  g_test_add_func ("/budget/subjects", test_the_budget_is_of_each_subject);
  g_test_add_func ("/budget/restart", test_a_restart_gives_no_new_budget);
  g_test_add_func ("/budget/restart-without-desktop", test_a_restart_without_a_desktop);
  g_test_add_func ("/budget/no-hour", test_no_hour_tells_more);
  g_test_add_func ("/calm/any-history", test_any_history_tells_each_alert_once);
  g_test_add_func ("/calm/simulate", test_simulate_shows_digests);
  return g_test_run ();
}
