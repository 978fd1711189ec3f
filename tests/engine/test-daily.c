/* SPDX-License-Identifier: MIT */
/* A sink that is told once a day. */
#include <string.h>

#include "engine/agenda.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin me = { "me", "trucectl" };

#define GENERAL                                                                        \
  "[truced]\nalert-to = stdout mail\ntimezone = America/New_York\nremind-at = 09:00\n" \
  "[sink mail]\nkind = syslog\ndigest = 08:00\n"
#define A "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00\nlead = 7d 3d 20h\n"
#define B "[milestone b]\ntitle = B\ndue = 2025-08-12 15:00\nlead = 7d 3d\ntags = b\n"

/* The alerts that mail was told of, a title a line. (transfer full) */
static char *
mailed (World *world)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < world->delivered->len; i++) {
    const char *entry = g_ptr_array_index (world->delivered, i);
    if (!g_str_has_prefix (entry, "mail "))
      continue;
    TruceStoredAlert *stored = world->store_port.alert (world->store_port.self, entry + strlen ("mail "), NULL);
    g_string_append_printf (text, "%s\n", stored->alert->title);
    truce_stored_alert_free (stored);
  }
  g_ptr_array_set_size (world->delivered, 0);
  return g_string_free (text, FALSE);
}

static void
assert_mailed (World *world, const char *until, const char *expected)
{
  world_run_until (world, until);
  g_autofree char *text = mailed (world);
  g_assert_cmpstr (text, ==, expected);
}

static const TruceAlert *
last_digest (World *world)
{
  for (guint i = world->raised->len; i > 0; i--)
    if (((TruceAlert *) g_ptr_array_index (world->raised, i - 1))->kind == TRUCE_ALERT_DIGEST)
      return g_ptr_array_index (world->raised, i - 1);
  return NULL;
}

static void
test_once_a_day (void)
{
  g_autoptr (World) world = world_new (GENERAL A B, "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-06T11:59:59Z", ""); /* told of since the 5th, 9:00 in New York */
  world_restart (world);
  assert_mailed (world, "2025-08-06T12:00:00Z", "Daily summary: 2 alerts\n");
  const TruceAlert *digest = last_digest (world);
  g_assert_cmpstr (digest->why, ==, "daily");
  g_assert_cmpint (digest->urgency, ==, TRUCE_URGENCY_NORMAL);
  g_assert_cmpstr (digest->body, ==,
                   "A in 6 days\nB in 6 days\nAll of them: trucectl alerts\n\n"
                   "Coming up:\nA: in 6 days, Tue 12 Aug 2025 12:00 EDT\nB: in 6 days, Tue 12 Aug 2025 15:00 EDT");
  assert_mailed (world, "2025-08-09T11:00:00Z", ""); /* nothing to say on two days */
  g_autoptr (json_t) why = NULL;
  assert_mailed (world, "2025-08-09T14:00:00Z", "");
  why = truce_view_why (world->engine, ((TruceAlert *) g_ptr_array_index (world->raised, world->raised->len - 1))->id,
                        NULL);
  const json_t *waiting = json_array_get (json_object_get (why, "waiting"), 0);
  g_assert_cmpstr (truce_json_get_text (waiting, "reason"), ==, "daily summary");
  g_assert_cmpstr (truce_json_get_text (waiting, "until"), ==, "2025-08-10T12:00:00Z");
  assert_mailed (world, "2025-08-11T13:00:00Z", "Daily summary: 2 alerts\n");
  assert_mailed (world, "2025-08-11T20:00:00Z", "A in 20 hours\n"); /* which is critical */
  g_assert_false (truce_engine_owes (world->engine));
}

static void
test_one_will_do (void)
{
  g_autoptr (World) world = world_new (GENERAL A, "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-07T00:00:00Z", "Daily summary: 1 alert about A\n");
}

/* What falls due at that very time is not put off to the next day. */
static void
test_at_that_time (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = mail\ntimezone = America/New_York\nremind-at = 08:00\n"
                                       "[sink mail]\nkind = syslog\ndigest = 08:00\n" A B,
                                       "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-05T12:00:00Z", "Daily summary: 2 alerts\n");
}

/* At 8:00 on every side of a change of the clock; a time that is skipped comes after the gap. */
static void
test_summer_and_winter (void)
{
  static const struct {
    const char *digest, *raised, *told;
  } table[] = {
    { "08:00", "2025-03-08T15:00:00Z", "2025-03-09T12:00:00Z" }, /* the clock goes forward that night */
    { "08:00", "2025-11-01T15:00:00Z", "2025-11-02T13:00:00Z" }, /* and back */
    { "02:30", "2025-03-08T15:00:00Z", "2025-03-09T07:00:00Z" }, /* there is no 2:30 */
    { "01:30", "2025-11-01T15:00:00Z", "2025-11-02T05:30:00Z" }, /* the first of two */
    { "01:30", "2025-11-02T05:45:00Z", "2025-11-03T06:30:00Z" }, /* the second of them is no other day */
  };
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    int minutes = atoi (table[i].digest) * 60 + atoi (table[i].digest + 3);
    TruceTime told = truce_daily_after (minutes, zone, world_time (table[i].raised));
    char text[TRUCE_TIME_TEXT_SIZE];
    g_assert_cmpstr (truce_time_to_text (told, text), ==, table[i].told);
    g_assert_cmpint (truce_daily_after (minutes, zone, told), >, told + 20 * TRUCE_HOUR);
    g_assert_cmpint (truce_daily_after (minutes, zone, told - 1), ==, told);
  }
}

/* After an absence it comes at once, and a test never waits. */
static void
test_after_an_absence (void)
{
  g_autoptr (World) world = world_new (GENERAL A B, "2025-08-01T12:00:00Z");
  g_autoptr (GError) error = NULL;

  assert_mailed (world, "2025-08-05T20:00:00Z", "");
  world_set_time (world, "2025-08-07T20:00:00Z");
  world_restart (world);
  truce_engine_wake (world->engine);
  g_autofree char *late = mailed (world);
  g_assert_cmpstr (late, ==, "Daily summary: 2 alerts\n");
  g_autofree char *id = truce_engine_test (world->engine, "mail", &error);
  g_autofree char *test = mailed (world);
  g_assert_cmpstr (test, ==, "Test alert from truced\n");
}

/* Two such sinks share a summary, which is then acknowledged once; not so when they show other dates. */
static void
test_shared (void)
{
  g_autoptr (World) world = world_new (
      "[truced]\nalert-to = one two tagged\n[sink one]\nkind = syslog\ndigest = 08:00\n"
      "[sink two]\nkind = stdout\ndigest = 08:00\n[sink tagged]\nkind = stdout\ndigest = 08:00\ntags = b\n" B,
      "2025-08-01T12:00:00Z");

  world_run_until (world, "2025-08-06T12:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 2);
  g_assert_cmpuint (world->delivered->len, ==, 3);
}

/* With other hours from now on, and with none. */
static void
test_reload (void)
{
  g_autoptr (World) world = world_new (GENERAL A, "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-05T20:00:00Z", "");
  world_reload (world, "[truced]\nalert-to = stdout mail\ntimezone = America/New_York\n"
                       "[sink mail]\nkind = syslog\ndigest = 18:00\n" A);
  assert_mailed (world, "2025-08-05T22:00:00Z", "Daily summary: 1 alert about A\n");
  assert_mailed (world, "2025-08-09T20:00:00Z", "");
  world_reload (world, "[truced]\nalert-to = stdout mail\ntimezone = America/New_York\n[sink mail]\nkind = syslog\n" A);
  g_autofree char *told = mailed (world);
  g_assert_cmpstr (told, ==, "A in 3 days\n");
}

/* A clock that was ahead has raised it: nobody waits for a year. */
static void
test_a_clock_that_was_ahead (void)
{
  g_autoptr (World) world = world_new (GENERAL A, "2025-08-04T12:00:00Z");

  assert_mailed (world, "2025-08-05T20:00:00Z", "");
  world_set_time (world, "2025-08-04T20:00:00Z");
  truce_engine_wake (world->engine);
  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *told = mailed (world);
  g_assert_nonnull (strstr (told, "A")); /* of it */
}

static void
test_snoozed (void)
{
  g_autoptr (World) world = world_new (GENERAL A, "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-05T20:00:00Z", "");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_true (truce_engine_snooze (world->engine, alert->id, 2 * TRUCE_HOUR, &me, NULL));
  assert_mailed (world, "2025-08-06T11:00:00Z", ""); /* not before the summary either */
  assert_mailed (world, "2025-08-06T13:00:00Z", "Daily summary: 1 alert about A\n");
}

/* How often `part` is in `text`. */
static guint
count (const char *text, const char *part)
{
  g_auto (GStrv) parts = g_strsplit (text, part, -1);

  return g_strv_length (parts) - 1;
}

/* Of a summary that goes by mail, calendars are told each date once. */
static void
test_dates_for_calendars (void)
{
  g_autoptr (World) world = world_new (GENERAL A B, "2025-08-01T12:00:00Z");

  assert_mailed (world, "2025-08-06T12:00:00Z", "Daily summary: 2 alerts\n");
  g_autofree char *calendar = truce_agenda_for (world->engine, last_digest (world), "truced@example.org");
  g_assert_cmpuint (count (calendar, "BEGIN:VEVENT\r\n"), ==, 2);
  g_assert_cmpuint (count (calendar, "METHOD:PUBLISH\r\n"), ==, 1);
  g_assert_cmpuint (count (calendar, "ORGANIZER:mailto:truced@example.org\r\n"), ==, 2);
  g_assert_cmpuint (count (calendar, "UID:a@truced\r\n"), ==, 1);
  g_autoptr (TruceAlert) test = truce_alert_for_test (0);
  g_assert_null (truce_agenda_for (world->engine, test, "truced@example.org"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/daily/once", test_once_a_day);
  g_test_add_func ("/daily/one", test_one_will_do);
  g_test_add_func ("/daily/at-that-time", test_at_that_time);
  g_test_add_func ("/daily/clock", test_summer_and_winter);
  g_test_add_func ("/daily/absence", test_after_an_absence);
  g_test_add_func ("/daily/shared", test_shared);
  g_test_add_func ("/daily/reload", test_reload);
  g_test_add_func ("/daily/ahead", test_a_clock_that_was_ahead);
  g_test_add_func ("/daily/snoozed", test_snoozed);
  g_test_add_func ("/daily/calendars", test_dates_for_calendars);
  return g_test_run ();
}
