/* SPDX-License-Identifier: MIT */
/* From news to schedule: what is reported, what confirms it, what people answer, and what is never asked twice. */
#include <string.h>

#include "engine/amend.h"
#include "engine/moves.h"
#include "engine/view.h"
#include "moving.h"

static const TruceOrigin ada = { "ada", "trucectl" };

/* The first of that kind. */
static const TruceAlert *
raised_of (World *world, TruceAlertKind kind)
{
  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    if (alert->kind == kind)
      return alert;
  }
  g_assert_not_reached ();
}

/* The id of the one move there is, of that status. (transfer full) */
static char *
only_move (World *world, const char *status)
{
  g_autoptr (json_t) records = moves (world, TRUE);

  g_assert_cmpuint (json_array_size (records), ==, 1);
  g_assert_cmpstr (truce_json_get_text (json_array_get (records, 0), "status"), ==, status);
  return g_strdup (truce_json_get_text (json_array_get (records, 0), "id"));
}

static void
assert_due (World *world, const char *id, const char *words)
{
  g_autoptr (json_t) record = truce_view_milestone (world->engine, id, NULL);

  g_assert_cmpstr (truce_json_get_text (record, "words"), ==, words);
}

static void
test_reported_then_confirmed (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_CRITICAL);
  g_assert_cmpstr (alert->move->status, ==, "reported");
  g_assert_cmpstr (alert->move->label, ==, "moved");
  g_assert_cmpint (alert->move->delta_days, ==, 90);
  g_assert_cmpint (alert->move->new_due, ==, world_time ("2025-11-10T00:00:00Z"));
  g_assert_nonnull (strstr (alert->body, "Now Tue 12 Aug 2025 12:00 UTC, in 11 days; then Mon 10 Nov 2025, +90 days."));
  g_assert_nonnull (strstr (alert->body, "With it: Report moves to Wed 10 Dec 2025 12:00 UTC."));
  g_assert_nonnull (strstr (alert->body, "trucectl accept"));
  assert_raised (world, REPORTED);
  g_free (only_move (world, "reported"));
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, 2 sources say\n");
  g_free (only_move (world, "confirmed"));
  bring (world, "echo", "Truce between the two extended until Nov. 10", "", "2025-08-01T12:00:00Z");
  assert_raised (world, ""); /* told already, in much the same words: the alert grows */
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
}

/* The same text in another paper, and another text of the same paper, are no second source. */
static void
test_copies_do_not_confirm (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  bring (world, "post", EXTENDED, "", "2025-08-01T11:00:00Z");
  bring (world, "wire", "Truce extended until November 10: what it means", "", "2025-08-01T12:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_autofree char *id = g_strdup (alert->id);
  assert_raised (world, REPORTED);
  g_autoptr (json_t) grown = truce_view_alert (world->engine, id, NULL);
  g_assert_cmpint (truce_json_get_integer (grown, "count", 0), ==, 3); /* the same alert, which does not ring again */
  g_free (only_move (world, "reported"));
  /* In nearly the same words it is denied: that is news. */
  bring (world, "echo", "Leaders do not extend truce until November 10", "", "2025-08-01T12:30:00Z");
  assert_raised (world, "news Leaders do not extend truce until November 10\n");
}

/* However many papers print the same text first, another source is heard. */
static void
test_many_copies (void)
{
  g_autoptr (GString) text = g_string_new (PLAIN);

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "[feed p%u]\nurl = https://p%u.example/f\n", i, i);
  g_autoptr (World) world = begin (text->str);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *feed = g_strdup_printf ("p%u", i);
    bring (world, feed, EXTENDED, "", "2025-08-01T10:00:00Z");
  }
  g_free (only_move (world, "reported"));
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  g_free (only_move (world, "confirmed"));
  g_autoptr (json_t) records = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (json_object_get (json_array_get (records, 0), "items")), ==,
                    TRUCE_PROPOSAL_EVIDENCE_MAX);
}

static void
test_official_confirms_at_once (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "office", EXTENDED, "", "2025-08-01T10:00:00Z");
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, says office (official)\n");
  g_free (only_move (world, "confirmed"));
  world_restart (world);
  bring (world, "wire", "Truce is extended to November 10", "", "2025-08-01T11:00:00Z");
  assert_raised (world, ""); /* it joins the alert */
}

/* Two dates that cannot both be: side by side. */
static void
test_conflict (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_free (world_take_raised (world));
  bring (world, "post", "Truce extended until December 1, ministry aide says", "", "2025-08-01T11:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_nonnull (strstr (alert->body, "But: moved to Mon 10 Nov 2025, by wire.example."));
  assert_raised (world, "move Truce: moved to Mon 1 Dec 2025, reports post.example; 1 report says otherwise\n");
  g_autoptr (json_t) records = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (records), ==, 2);
  for (guint i = 0; i < 2; i++) {
    const json_t *record = json_array_get (records, i), *other = json_array_get (records, 1 - i);
    const json_t *conflicts = json_object_get (record, "conflicts");
    g_assert_cmpuint (json_array_size (conflicts), ==, 1);
    g_assert_cmpstr (json_string_value (json_array_get (conflicts, 0)), ==, truce_json_get_text (other, "id"));
  }
}

/* It is the milestone's date from then on, with all that hangs on it; the other one is about a date that is past. */
static void
test_accept (void)
{
  g_autoptr (World) world = begin (PLAIN);
  g_autoptr (GError) error = NULL;

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "reported");
  bring (world, "post", "Truce extended until December 1, ministry aide says", "", "2025-08-01T11:00:00Z");
  g_free (world_take_raised (world));
  g_autoptr (json_t) record = truce_engine_accept_move (world->engine, id, NULL, &ada, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (truce_json_get_text (record, "status"), ==, "accepted");
  g_assert_cmpuint (json_array_size (json_object_get (record, "changes")), ==, 2);
  assert_raised (
      world, "changed Truce: moved to Mon 10 Nov 2025 12:00 UTC\nchanged Report: moved to Wed 10 Dec 2025 12:00 UTC\n");
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "by"), ==, "ada");
  g_assert_nonnull (strstr (truce_json_get_text (truce, "why"), "until November 10"));
  g_assert_nonnull (strstr (truce_json_get_text (truce, "evidence"), "https://wire.example/"));
  g_assert_cmpstr (truce_json_get_text (truce, "history"), ==, "extended once, +90 days");
  world_restart (world);
  g_autoptr (json_t) waiting = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (waiting), ==, 0);
  g_assert_null (truce_engine_accept_move (world->engine, id, NULL, &ada, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID);
}

static void
test_reject (void)
{
  g_autoptr (World) world = begin (PLAIN);
  g_autoptr (GError) error = NULL;

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "reported");
  g_free (world_take_raised (world));
  g_autoptr (json_t) record = truce_engine_reject_move (world->engine, id, "a rumour", &ada, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (truce_json_get_text (record, "why"), ==, "a rumour");
  world_restart (world);
  g_free (only_move (world, "rejected"));
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_null (truce_json_get_text (truce, "contested"));
  /* A rumour that is confirmed is news after all. */
  bring (world, "office", "Notice: truce extended until November 10", "", "2025-08-02T10:00:00Z");
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, says office (official)\n");
  g_free (only_move (world, "confirmed"));
  g_assert_null (truce_engine_reject_move (world->engine, "0000", NULL, &ada, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

static void
undo (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) record = truce_engine_undo (world->engine, "truce", &ada, &error);

  g_assert_no_error (error);
}

/* The date is the old one again, and the same news does not bring the new one back; but it can be taken again. */
static void
test_undo (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "office", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "confirmed");
  g_autoptr (json_t) record = truce_engine_accept_move (world->engine, id, NULL, &ada, NULL);
  g_free (world_take_raised (world));
  g_autoptr (json_t) undone = truce_engine_undo (world->engine, "truce", &ada, NULL);
  g_assert_cmpstr (truce_json_get_text (undone, "move"), ==, id);
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
  assert_raised (world, "changed Truce: taken back, again due Tue 12 Aug 2025 12:00 UTC\n"
                        "changed Report: taken back, again due Thu 11 Sep 2025 12:00 UTC\n");
  g_free (only_move (world, "confirmed"));
  bring (world, "wire", "Truce was extended until November 10", "", "2025-08-03T10:00:00Z");
  assert_raised (world, "news Truce was extended until November 10\n");
  world_restart (world);
  g_free (only_move (world, "confirmed"));
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
  g_autoptr (json_t) again = truce_engine_accept_move (world->engine, id, NULL, &ada, NULL);
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
}

/* A date that is back, by whichever way, has stood since it was first given: what was written since then is news. */
static void
test_standing (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "office", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "confirmed");
  g_autoptr (json_t) record = truce_engine_accept_move (world->engine, id, NULL, &ada, NULL);
  undo (world);
  g_free (world_take_raised (world));
  world->now += TRUCE_MINUTE;
  bring (world, "wire", "Leaders extend truce until December 24", "", "2025-08-01T09:00:00Z");
  assert_raised (world, "move Truce: moved to Wed 24 Dec 2025, reports wire.example; 1 report says otherwise\n");

  g_autoptr (GString) edited = g_string_new (PLAIN);
  g_string_replace (edited, "2025-08-12", "2025-08-21", 1);
  world_reload (world, edited->str);
  world->now += TRUCE_MINUTE;
  world_reload (world, PLAIN);
  truce_engine_wake (world->engine);
  g_free (world_take_raised (world));
  bring (world, "post", "Leaders extend truce until December 28", "", "2025-08-01T09:00:00Z");
  assert_raised (world, "move Truce: moved to Sun 28 Dec 2025, reports post.example; 2 reports say otherwise\n");
  g_string_replace (edited, "2025-08-21", "2025-08-22", 1);
  world_reload (world, edited->str); /* which it never was */
  truce_engine_wake (world->engine);
  g_free (world_take_raised (world));
  bring (world, "echo", "Leaders extend truce until December 30", "", "2025-08-01T09:00:00Z");
  assert_raised (world, "news Leaders extend truce until December 30\n");
}

/* Until it is answered the old leads go on, and say that the date is in doubt. */
static void
test_contested (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  g_free (world_take_raised (world));
  world_restart (world);
  world_run_until (world, "2025-08-05T13:00:00Z");
  const TruceAlert *alert = raised_of (world, TRUCE_ALERT_LEAD);
  g_assert_cmpstr (alert->contested, ==, "confirmed moved to 2025-11-10 (2 sources)");
  g_assert_nonnull (strstr (alert->body, "Contested: confirmed moved to 2025-11-10 (2 sources)."));
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "contested"), ==, "confirmed moved to 2025-11-10 (2 sources)");
  g_autoptr (json_t) report = truce_view_milestone (world->engine, "report", NULL);
  g_assert_null (truce_json_get_text (report, "contested"));
}

/* What tells again how the date came to be what it is moves nothing. */
static void
test_recaps (void)
{
  g_autoptr (World) world = begin (PLAIN "[watch all]\nmatch = extend*\n");

  g_autoptr (json_t) changes =
      truce_engine_set_due (world->engine, "truce", "2025-11-10 12:00", "the order", &ada, NULL);
  g_free (world_take_raised (world));
  static const char *const recaps[] = {
    "Leaders extend truce until November 10",     /* the date in force */
    "Leaders extend truce by 90 days",            /* on top of it that would be wrong */
    "Leaders extend truce",                       /* no date */
    "Truce extended until November, trade calms", /* the same, vaguely */
    "Leaders extended truce until August 12",     /* how it was before */
    "Leaders extended truce until June 30",       /* that has passed */
  };
  for (guint i = 0; i < G_N_ELEMENTS (recaps); i++) {
    g_autofree char *expected = g_strdup_printf ("news %s\n", recaps[i]);
    bring (world, "wire", recaps[i], "", "2025-07-03T10:00:00Z");
    assert_raised (world, expected);
  }
  g_autoptr (json_t) none = moves (world, TRUE);
  g_assert_cmpuint (json_array_size (none), ==, 0);
  /* Written before the date was given, told after it. */
  bring (world, "post", "Leaders extend truce until December 24", "", "2025-07-01T20:00:00Z");
  g_autoptr (json_t) still_none = moves (world, TRUE);
  g_assert_cmpuint (json_array_size (still_none), ==, 0);
  g_free (world_take_raised (world));
  bring (world, "post", "Leaders extend truce again, until February 8, 2026", "", "2025-07-04T10:00:00Z");
  assert_raised (world, "move Truce: moved to Sun 8 Feb 2026, reports post.example\n");
}

/* A date that was given long before truced first saw it: what was written since then is news. */
static void
test_backlog (void)
{
  g_autoptr (World) world = begin (PLAIN);

  world_reload (world, "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\n"
                       "[milestone pact]\ntitle = Pact\ndue = 2025-05-01\nmatch = pact\n"
                       "revised = 2025-05-01: 2025-09-01: more time\n[feed wire]\nurl = https://wire.example/f\n");
  g_free (world_take_raised (world));
  bring (world, "wire", "Leaders extend pact until November 10", "", "2025-07-01T20:00:00Z");
  assert_raised (world, "move Pact: moved to Mon 10 Nov 2025, reports wire.example\n");
}

/* What names no date goes along with what names one, but is no witness to that. */
static void
test_without_a_date (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", "Leaders extend truce", "", "2025-08-01T10:00:00Z");
  assert_raised (world, "move Truce: moved, reports wire.example\n");
  bring (world, "post", "Leaders extend truce until November 10, aide says", "", "2025-08-01T11:00:00Z");
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, reports post.example\n");
  g_autoptr (json_t) records = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (records), ==, 1);
  g_assert_cmpint (truce_json_get_integer (json_array_get (records, 0), "sources", 0), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (json_array_get (records, 0), "items")), ==, 2);
}

static void
test_endings (void)
{
  g_autoptr (World) world = begin (PLAIN);
  g_autoptr (GError) error = NULL;

  bring (world, "wire", "Treaty signed, truce talks end in a deal", "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "reported");
  assert_raised (world, "move Truce: resolved, reports wire.example\n");
  g_autoptr (json_t) record = truce_engine_accept_move (world->engine, id, NULL, &ada, &error);
  g_assert_no_error (error);
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "state"), ==, "met");
  undo (world);
  g_free (only_move (world, "reported"));
}

/* What is asked for is news that says so, and can be looked up; it neither rings nor contests. */
static void
test_proposed (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", "Leaders may extend truce until November 10", "", "2025-08-01T10:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->move->label, ==, "proposed");
  assert_raised (world, "news Leaders may extend truce until November 10\n");
  g_autofree char *id = only_move (world, "reported");
  /* Nobody has decided it: whoever takes it says why. */
  g_autoptr (GError) error = NULL;
  g_assert_null (truce_engine_accept_move (world->engine, id, "", &ada, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "is only proposed, as wire.example has it, and not decided"));
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
  world_run_until (world, "2025-08-05T13:00:00Z");
  g_assert_null (raised_of (world, TRUCE_ALERT_LEAD)->contested);
  world_run_until (world, "2025-09-10T13:00:00Z");
  g_free (only_move (world, "expired"));
}

static void
test_proposed_is_accepted (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", "Leaders may extend truce until November 10", "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "reported");
  g_autoptr (json_t) record = truce_engine_accept_move (world->engine, id, "the ministry said so", &ada, NULL);
  g_assert_nonnull (record);
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
}

#define CLOCKS                                                                                         \
  "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 0\n[feed wire]\nurl = https://wire.example/f\n" \
  "[milestone instant]\ntitle = Instant\ndue = 2025-08-12 00:01 America/New_York\nmatch = pact\n"      \
  "[milestone day]\ntitle = Day\ndue = 2025-08-12\nmatch = pact\n"                                     \
  "[milestone gap]\ntitle = Gap\ndue = 2025-08-12 02:30 America/New_York\nmatch = accord\n"

/* What is due at a time of day stays so, on its new day and by its own clock; what is due on a day is not. */
static void
test_time_of_day (void)
{
  static const struct {
    const char *title, *milestone, *statement, *words;
  } cases[] = {
    { "Leaders extend pact until November 10", "instant", "2025-11-10 00:01 America/New_York",
      "Mon 10 Nov 2025 00:01 EST" },
    { "Leaders extend pact until November 10", "day", "2025-11-10", "Mon 10 Nov 2025" },
    { "Leaders extend pact until mid-November", "instant", "2025-11-11/2025-11-20 America/New_York", "11–20 Nov 2025" },
    { "Leaders extend accord until March 8, 2026", "gap", "2026-03-08 03:00 America/New_York",
      "Sun 8 Mar 2026 03:00 EDT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (World) world = begin (CLOCKS);
    g_autoptr (GError) error = NULL;
    bring (world, "wire", cases[i].title, "", "2025-08-01T10:00:00Z");
    g_autoptr (json_t) records = truce_view_moves (world->engine, cases[i].milestone, FALSE, NULL);
    const json_t *move = json_array_get (records, 0);
    g_assert_cmpstr (truce_json_get_text (move, "statement"), ==, cases[i].statement);
    g_autoptr (json_t) done =
        truce_engine_accept_move (world->engine, truce_json_get_text (move, "id"), NULL, &ada, &error);
    g_assert_no_error (error);
    assert_due (world, cases[i].milestone, cases[i].words);
  }
}

/* A date is of the zone that it was given in, whichever the configuration has: there its days are counted. */
static void
test_zone_of_date (void)
{
  static const struct {
    const char *due, *statement, *new_due;
    int delta_days;
  } cases[] = {
    { "2025-08-12 Asia/Seoul", "2025-08-20 Asia/Seoul", "2025-08-19T15:00:00Z", 8 },
    { "2025-08-12", "2025-08-20", "2025-08-20T04:00:00Z", 8 },
    { "2025-08-12 09:00 Asia/Seoul", "2025-08-20 09:00 Asia/Seoul", "2025-08-20T00:00:00Z", 8 },
    { "2025-08-12T02:00Z", "2025-08-20 22:00 America/New_York", "2025-08-21T02:00:00Z", 9 }, /* 22:00 on the 11th */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("[truced]\nalert-to = stdout\ntimezone = America/New_York\nlead = 0\n"
                                             "[feed wire]\nurl = https://wire.example/f\n"
                                             "[milestone pact]\ntitle = Pact\ndue = %s\nmatch = pact\n",
                                             cases[i].due);
    g_autoptr (World) world = begin (text);
    g_autoptr (GError) error = NULL;
    bring (world, "wire", "Pact deadline moved to Aug. 20", "", "2025-08-01T10:00:00Z");
    g_autoptr (json_t) records = moves (world, FALSE);
    const json_t *move = json_array_get (records, 0);
    g_assert_cmpstr (truce_json_get_text (move, "statement"), ==, cases[i].statement);
    g_assert_cmpint (truce_json_get_integer (move, "delta_days", 0), ==, cases[i].delta_days);
    g_autoptr (json_t) done =
        truce_engine_accept_move (world->engine, truce_json_get_text (move, "id"), NULL, &ada, &error);
    g_assert_no_error (error);
    const json_t *change = json_array_get (json_object_get (done, "changes"), 0);
    g_assert_cmpstr (truce_json_get_text (change, "due"), ==, cases[i].new_due);
    g_assert_cmpint (truce_json_get_integer (change, "delta_days", 0), ==, cases[i].delta_days);
  }
}

/* What names the date in force, as the zone that it was given in has it, is no move. */
static void
test_zone_of_recap (void)
{
  g_autoptr (World) world = begin ("[truced]\nalert-to = stdout\ntimezone = America/New_York\nlead = 0\n"
                                   "[feed wire]\nurl = https://wire.example/f\n"
                                   "[milestone pact]\ntitle = Pact\ndue = 2025-08-20 Asia/Seoul\nmatch = pact\n");

  bring (world, "wire", "Pact deadline moved to Aug. 20", "", "2025-08-01T10:00:00Z");
  g_autoptr (json_t) none = moves (world, TRUE);
  g_assert_cmpuint (json_array_size (none), ==, 0);
}

/* A headline that is corrected takes back what it said. */
static void
test_corrected (void)
{
  g_autoptr (World) world = begin (PLAIN);
  const TruceFeed *feed = truce_config_find_feed (truce_engine_config (world->engine), "wire");

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
    TruceItem *item = truce_item_new ();
    g_free (item->title);
    item->title = g_strdup (i == 0 ? "Leaders extend truce until November 9" : EXTENDED);
    item->link = g_strdup ("https://wire.example/truce");
    item->id = g_strdup ("truce");
    item->published = world->now = world_time ("2025-08-01T10:00:00Z") + i * TRUCE_HOUR;
    g_ptr_array_add (items, item);
    truce_engine_offer (world->engine, feed, items);
  }
  assert_raised (world, "move Truce: moved to Sun 9 Nov 2025, reports wire.example\n" REPORTED);
  g_autoptr (json_t) waiting = moves (world, FALSE);
  g_assert_cmpuint (json_array_size (waiting), ==, 1);
}

static void
bring_edited (World *world, const char *title, const char *at)
{
  const TruceFeed *feed = truce_config_find_feed (truce_engine_config (world->engine), "wire");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
  TruceItem *item = truce_item_new ();

  g_free (item->title);
  item->title = g_strdup (title);
  item->link = g_strdup ("https://wire.example/truce");
  item->id = g_strdup ("truce");
  item->published = world->now = world_time (at);
  g_ptr_array_add (items, item);
  truce_engine_offer (world->engine, feed, items);
}

/* One that says that the date stays takes back the alert that it raised; back at its first words it is a witness again.
 */
static void
test_taken_back (void)
{
  g_autoptr (World) world = begin (PLAIN);
  g_autoptr (GError) error = NULL;

  bring_edited (world, EXTENDED, "2025-08-01T10:00:00Z");
  g_autofree char *first = g_strdup (((const TruceAlert *) g_ptr_array_index (world->raised, 0))->id);
  g_autofree char *move = only_move (world, "reported");
  assert_raised (world, REPORTED);
  bring_edited (world, "Leaders keep truce deadline of August 12", "2025-08-01T11:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *correction = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (correction->corrects, ==, first);
  g_assert_cmpstr (correction->old_title, ==, EXTENDED);
  g_assert_cmpint (correction->urgency, ==, TRUCE_URGENCY_CRITICAL);
  assert_raised (world, "news Corrected: Leaders keep truce deadline of August 12\n");
  g_autoptr (json_t) waiting = truce_view_moves (world->engine, "truce", FALSE, NULL);
  for (guint i = 0; i < json_array_size (waiting); i++)
    g_assert_cmpstr (truce_json_get_text (json_array_get (waiting, i), "label"), !=, "moved");
  g_assert_null (truce_engine_accept_move (world->engine, move, NULL, &ada, &error));
  g_assert_nonnull (strstr (error->message, "nothing says so any more"));
  bring_edited (world, EXTENDED, "2025-08-01T12:00:00Z");
  g_autoptr (json_t) again = truce_engine_accept_move (world->engine, move, NULL, &ada, NULL);
  g_assert_nonnull (again);
}

/* So does one that was told as news beside what another had told. */
static void
test_back_again (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T09:00:00Z");
  bring (world, "office", "Notice: truce extended until November 10", "", "2025-08-01T09:30:00Z");
  bring_edited (world, EXTENDED, "2025-08-01T10:00:00Z");
  bring_edited (world, "Leaders meet for truce talks", "2025-08-01T11:00:00Z");
  bring_edited (world, EXTENDED, "2025-08-01T12:00:00Z");
  g_autoptr (json_t) records = moves (world, FALSE);
  g_assert_cmpint (truce_json_get_integer (json_array_get (records, 0), "sources", 0), ==, 3);
}

/* One that says another date with each edit is believed for a while. */
static void
test_ever_edited (void)
{
  g_autoptr (World) world = begin (PLAIN);
  const TruceFeed *feed = truce_config_find_feed (truce_engine_config (world->engine), "wire");

  for (guint i = 0; i < 60; i++) {
    g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_item_free);
    TruceItem *item = truce_item_new ();
    g_free (item->title);
    item->title = g_strdup_printf ("Leaders extend truce until %s %u", i % 2 ? "November" : "October", i / 2 + 1);
    item->link = g_strdup ("https://wire.example/truce");
    item->id = g_strdup ("truce");
    item->published = world->now = world_time ("2025-08-01T10:00:00Z") + i * TRUCE_HOUR;
    g_ptr_array_add (items, item);
    truce_engine_offer (world->engine, feed, items);
  }
  g_autoptr (json_t) all = moves (world, TRUE);
  g_assert_cmpuint (json_array_size (all), ==, 40);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 40);
  bring (world, "post", "Leaders extend truce until December 10", "", "2025-08-10T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 40);
  world->now += 31 * TRUCE_DAY; /* then it may begin anew */
  bring (world, "post", "Leaders extend truce until December 11", "", "2025-09-10T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 41);
}

/* Nothing that was kept is lost with the engine, and nothing told again. */
static void
test_restart (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_autofree char *id = only_move (world, "reported");
  world_restart (world);
  world_run_until (world, "2025-08-01T10:30:00Z");
  assert_raised (world, REPORTED);
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  g_autofree char *same = only_move (world, "confirmed");
  g_assert_cmpstr (same, ==, id);
  /* On the disk all of it stands in one transaction; where it cannot be written nothing is accepted. */
  world->store_is_full = TRUE;
  g_assert_null (truce_engine_accept_move (world->engine, id, NULL, &ada, NULL));
  world->store_is_full = FALSE;
  g_free (only_move (world, "confirmed"));
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
}

#define ON(word) "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\non-move = " word "\n" TRUCE

/* An official date is taken at once, told as the change that it is, and not taken again once it was taken back. */
static void
test_on_move_official (void)
{
  g_autoptr (World) world = begin (ON ("official"));

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  assert_raised (world, REPORTED "move Truce: moved to Mon 10 Nov 2025, 2 sources say\n");
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
  bring (world, "office", "Notice: truce extended until November 10", "", "2025-08-01T12:00:00Z");
  assert_raised (
      world, "changed Truce: moved to Mon 10 Nov 2025 12:00 UTC\nchanged Report: moved to Wed 10 Dec 2025 12:00 UTC\n");
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "by"), ==, "on-move");
  g_assert_nonnull (strstr (truce_json_get_text (truce, "why"), "office (official)"));
  g_autoptr (GError) error = NULL;
  g_assert_null (truce_engine_undo (world->engine, NULL, &ada, &error)); /* it is not hers */
  g_assert_nonnull (strstr (error->message, "was said by on-move: truce due 2025-11-10 12:00"));
  g_assert_nonnull (strstr (error->message, "trucectl undo truce"));
  undo (world);
  g_free (world_take_raised (world));
  world_restart (world);
  bring (world, "office", "Reminder: truce extended until November 10, 2025", "", "2025-08-02T12:00:00Z");
  assert_raised (world, "news Reminder: truce extended until November 10, 2025\n");
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
}

static void
test_on_move_number (void)
{
  g_autoptr (World) world = begin (ON ("3"));

  bring (world, "wire", EXTENDED, "", "2025-08-01T10:00:00Z");
  bring (world, "post", "Truce is prolonged to November 10, negotiators say", "", "2025-08-01T11:00:00Z");
  bring (world, "post", "Truce extended until November 10: what it means", "", "2025-08-01T11:30:00Z");
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
  bring (world, "echo", "Truce between the two extended until Nov. 10", "", "2025-08-01T12:00:00Z");
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
}

/* Not when another that has as much for it says otherwise; nor an ending, whoever says so. */
static void
test_on_move_asks (void)
{
  g_autoptr (World) world =
      begin (ON ("official") "[feed ministry]\nurl = https://ministry.example/f\ntier = official\n");

  bring (world, "office", "Treaty signed, truce talks end in a deal", "", "2025-08-01T09:00:00Z");
  assert_raised (world, "move Truce: resolved, says office (official)\n");
  bring (world, "office", EXTENDED, "", "2025-08-01T10:00:00Z");
  bring (world, "ministry", "Ministry aide: truce extended until December 1", "", "2025-08-01T11:00:00Z");
  assert_raised (world, "move Truce: moved to Mon 10 Nov 2025, says office (official); 1 report says otherwise\n"
                        "move Truce: moved to Mon 1 Dec 2025, says ministry (official); 2 reports say otherwise\n");
  assert_due (world, "truce", "Tue 12 Aug 2025 12:00 UTC");
}

/* Where the date cannot be written it is told as a move, and taken when it can. */
static void
test_on_move_without_a_store (void)
{
  g_autoptr (World) world = begin (ON ("official"));

  world->store_is_full = TRUE;
  bring (world, "office", EXTENDED, "", "2025-08-01T10:00:00Z");
  g_assert_cmpuint (world->raised->len, >=, 1);
  g_assert_nonnull (raised_of (world, TRUCE_ALERT_MOVE));
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-01T12:00:00Z");
  assert_due (world, "truce", "Mon 10 Nov 2025 12:00 UTC");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moves/reported-then-confirmed", test_reported_then_confirmed);
  g_test_add_func ("/moves/copies", test_copies_do_not_confirm);
  g_test_add_func ("/moves/many-copies", test_many_copies);
  g_test_add_func ("/moves/official", test_official_confirms_at_once);
  g_test_add_func ("/moves/conflict", test_conflict);
  g_test_add_func ("/moves/accept", test_accept);
  g_test_add_func ("/moves/reject", test_reject);
  g_test_add_func ("/moves/undo", test_undo);
  g_test_add_func ("/moves/standing", test_standing);
  g_test_add_func ("/moves/contested", test_contested);
  g_test_add_func ("/moves/recaps", test_recaps);
  g_test_add_func ("/moves/backlog", test_backlog);
  g_test_add_func ("/moves/without-a-date", test_without_a_date);
  g_test_add_func ("/moves/endings", test_endings);
  g_test_add_func ("/moves/proposed", test_proposed);
  g_test_add_func ("/moves/proposed-is-accepted", test_proposed_is_accepted);
  g_test_add_func ("/moves/time-of-day", test_time_of_day);
  g_test_add_func ("/moves/zone-of-date", test_zone_of_date);
  g_test_add_func ("/moves/zone-of-recap", test_zone_of_recap);
  g_test_add_func ("/moves/corrected", test_corrected);
  g_test_add_func ("/moves/taken-back", test_taken_back);
  g_test_add_func ("/moves/back-again", test_back_again);
  g_test_add_func ("/moves/ever-edited", test_ever_edited);
  g_test_add_func ("/moves/restart", test_restart);
  g_test_add_func ("/moves/on-move/official", test_on_move_official);
  g_test_add_func ("/moves/on-move/number", test_on_move_number);
  g_test_add_func ("/moves/on-move/asks", test_on_move_asks);
  g_test_add_func ("/moves/on-move/without-a-store", test_on_move_without_a_store);
  return g_test_run ();
}
