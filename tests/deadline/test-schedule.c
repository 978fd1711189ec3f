/* SPDX-License-Identifier: MIT */
#include "deadline/schedule.h"
#include "random_milestone.h"

#define N_MILESTONES 40

/* A schedule beside a plain list of all the firings that it still owes. */
typedef struct {
  TruceSchedule *schedule;
  TruceMilestone *milestones[N_MILESTONES];
  GArray *owed;
} Both;

static void
forget (Both *both, const TruceMilestone *milestone)
{
  for (guint i = both->owed->len; i > 0; i--)
    if (g_array_index (both->owed, TruceFiring, i - 1).milestone == milestone)
      g_array_remove_index (both->owed, i - 1);
}

static void
put_random (Both *both, const TruceMilestone *milestone, guint revision, TruceTime after)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  TruceSpan span;

  random_span (&span);
  truce_schedule_put (both->schedule, milestone, revision, &span, after);
  forget (both, milestone);
  every_firing (milestone, revision, &span, all);
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, TruceFiring, i).at > after)
      g_array_append_vals (both->owed, &g_array_index (all, TruceFiring, i), 1);
  truce_span_clear (&span);
}

static TruceTime
next_owed (const Both *both)
{
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < both->owed->len; i++)
    next = MIN (next, g_array_index (both->owed, TruceFiring, i).at);
  return next;
}

static void
take_and_compare (Both *both, TruceTime upto)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (TruceFiring));

  for (guint i = both->owed->len; i > 0; i--) {
    TruceFiring firing = g_array_index (both->owed, TruceFiring, i - 1);
    if (firing.at > upto)
      continue;
    g_array_append_val (expected, firing);
    g_array_remove_index (both->owed, i - 1);
  }
  g_array_sort (expected, order_of_firings);
  truce_schedule_take (both->schedule, upto, taken);
  assert_same_firings (taken, expected);
}

/* Whatever happens in whatever order, each firing is given once, and none that is not owed: time passes in steps of any
 * size, goes back, dates are revised and milestones removed. */
static void
run_history (void)
{
  Both both = { truce_schedule_new (), { NULL }, g_array_new (FALSE, FALSE, sizeof (TruceFiring)) };
  TruceTime now = 14000 * TRUCE_DAY;
  guint n_present = N_MILESTONES;

  for (guint i = 0; i < N_MILESTONES; i++) {
    g_autofree char *id = g_strdup_printf ("m%u", i);
    both.milestones[i] = random_milestone (id);
    put_random (&both, both.milestones[i], 0, now);
  }
  for (guint step = 1; step < 150; step++) {
    const TruceMilestone *chosen = both.milestones[g_test_rand_int_range (0, N_MILESTONES)];
    switch (g_test_rand_int_range (0, 8)) {
    case 0:
      put_random (&both, chosen, step, now);
      break;
    case 1:
      truce_schedule_remove (both.schedule, chosen->id);
      forget (&both, chosen);
      break;
    case 2:
      now -= g_test_rand_int_range (0, 100) * TRUCE_DAY;
      break;
    case 3:
      now = MIN (next_owed (&both), now + 300 * TRUCE_DAY);
      break;
    default:
      now += g_test_rand_int_range (0, 100) * TRUCE_DAY + g_test_rand_int_range (0, 86400) * TRUCE_SECOND;
    }
    take_and_compare (&both, now);
    g_assert_cmpint (truce_schedule_next (both.schedule), ==, next_owed (&both));
  }
  take_and_compare (&both, TRUCE_TIME_MAX);
  g_assert_cmpuint (both.owed->len, ==, 0);
  g_assert_cmpint (truce_schedule_next (both.schedule), ==, TRUCE_TIME_NONE);
  g_assert_cmpuint (truce_schedule_size (both.schedule), <=, n_present);
  truce_schedule_free (both.schedule);
  for (guint i = 0; i < N_MILESTONES; i++)
    truce_milestone_free (both.milestones[i]);
  g_array_unref (both.owed);
}

static void
test_histories (void)
{
  for (int round = 0; round < 60; round++)
    run_history ();
}

static void
test_empty (void)
{
  g_autoptr (TruceSchedule) schedule = truce_schedule_new ();
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (TruceFiring));

  g_assert_cmpint (truce_schedule_next (schedule), ==, TRUCE_TIME_NONE);
  truce_schedule_take (schedule, TRUCE_TIME_NONE, taken);
  truce_schedule_remove (schedule, "nobody");
  g_assert_cmpuint (taken->len, ==, 0);
  g_assert_cmpuint (truce_schedule_size (schedule), ==, 0);
  truce_schedule_free (NULL);
}

/* The entry is found by id, so that a reloaded config replaces it: the old milestone may go then. */
static void
test_replaced_by_id (void)
{
  g_autoptr (TruceSchedule) schedule = truce_schedule_new ();
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  TruceSpan span = { TRUCE_DAY, TRUCE_DAY, TRUCE_PRECISION_INSTANT, FALSE, zone };
  TruceMilestone *old = truce_milestone_new ("m");
  g_autoptr (TruceMilestone) new = truce_milestone_new ("m");
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  TruceLead at_it = { 0 };

  truce_milestone_set_leads (old, &at_it, 1);
  truce_milestone_set_leads (new, &at_it, 1);
  truce_schedule_put (schedule, old, 0, &span, 0);
  truce_schedule_put (schedule, new, 1, &span, 0);
  truce_milestone_free (old);
  g_assert_cmpuint (truce_schedule_size (schedule), ==, 1);
  truce_schedule_take (schedule, TRUCE_DAY, taken);
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_true (g_array_index (taken, TruceFiring, 0).milestone == new);
  g_assert_cmpuint (g_array_index (taken, TruceFiring, 0).revision, ==, 1);
  truce_schedule_remove (schedule, "m");
  g_assert_cmpuint (truce_schedule_size (schedule), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/empty", test_empty);
  g_test_add_func ("/schedule/replaced-by-id", test_replaced_by_id);
  g_test_add_func ("/schedule/histories", test_histories);
  return g_test_run ();
}
