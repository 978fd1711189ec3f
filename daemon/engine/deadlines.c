/* SPDX-License-Identifier: MIT */
/* The deadline half of the step: which date is in force, what has fallen due, and that each is told once.
 *
 * Three rules keep the promise. What is due is everything in (window, now], never what a timer said. A firing that was
 * told is recorded under (milestone, revision, lead) in the same transaction as its alert, so no step of the clock,
 * restart or reload tells it twice. And a date that differs from the one last seen is a new revision, told before any
 * lead of it. */
#include <string.h>

#include "engine/moves_private.h"
#include "engine/unsaved_private.h"

/* The window is written when something is told, and otherwise this often: firings done say the rest. */
#define WINDOW_EVERY TRUCE_DAY

void
truce_deadlines_init (TruceEngine *engine)
{
  g_autoptr (GPtrArray) stored = engine->ports.store.revisions (engine->ports.store.self);

  engine->revisions =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) truce_stored_revision_free);
  engine->unanswered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_set_free_func (stored, NULL); /* the table takes them */
  for (guint i = 0; i < stored->len; i++) {
    TruceStoredRevision *revision = g_ptr_array_index (stored, i);
    g_hash_table_replace (engine->revisions, revision->milestone, revision);
  }
  engine->looked = engine->ports.store.window (engine->ports.store.self);
  truce_deadlines_reset (engine);
}

void
truce_deadlines_clear (TruceEngine *engine)
{
  truce_schedule_free (engine->schedule);
  g_hash_table_unref (engine->revisions);
  g_hash_table_unref (engine->unanswered);
}

void
truce_deadlines_reset (TruceEngine *engine)
{
  truce_schedule_free (engine->schedule);
  engine->schedule = truce_schedule_new ();
  engine->schedule_is_old = TRUE;
  engine->next_change = TRUCE_TIME_MIN;
  truce_nagging_look_again (engine);
  truce_silence_reset (engine);
}

void
truce_deadlines_current (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now, guint *ret_revision,
                         TruceSpan *ret_span)
{
  guint index = truce_milestone_revision_at (milestone, now);
  const TruceRevision *revision = truce_milestone_revision (milestone, index);
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);

  truce_span_copy (&revision->span, ret_span);
  *ret_revision = stored ? stored->revision : index;
}

static TruceStoredRevision *
stored_revision_new (const TruceMilestone *milestone, guint number, const TruceRevision *revision, TruceTime now)
{
  TruceStoredRevision *stored = g_new0 (TruceStoredRevision, 1);

  stored->milestone = g_strdup (milestone->id);
  stored->revision = number;
  stored->due = revision->span.earliest;
  stored->due_latest = revision->span.latest;
  stored->zone = g_strdup (truce_zone_name (revision->span.zone));
  stored->statement = g_strdup (revision->statement);
  stored->why = g_strdup (revision->why);
  stored->by = g_strdup (revision->by);
  stored->amendment = revision->amendment;
  stored->precision = revision->span.precision;
  stored->since = now;
  return stored;
}

void
truce_deadlines_take (TruceEngine *engine, TruceCommit *commit, TruceStoredRevision *revision)
{
  g_ptr_array_add (commit->revisions, truce_stored_revision_copy (revision));
  g_hash_table_replace (engine->revisions, revision->milestone, revision);
}

/* The last of `firings`, all of one milestone, that is still worth telling at `now`, or NULL. */
static const TruceFiring *
speaker_of (TruceEngine *engine, const TruceFiring *firings, guint n_firings, TruceTime now)
{
  TruceTime grace = truce_config_grace (engine->config);
  gboolean any_nag = FALSE;

  for (guint i = 0; i < n_firings; i++)
    any_nag = any_nag || firings[i].kind == TRUCE_FIRING_NAG;
  gboolean hold_nags = any_nag && truce_nagging_holds (engine, firings[0].milestone, firings[0].revision, now);
  for (guint i = n_firings; i > 0; i--)
    if (now - firings[i - 1].at <= grace && !(hold_nags && firings[i - 1].kind == TRUCE_FIRING_NAG))
      return &firings[i - 1];
  return NULL;
}

/* A milestone that truced sees for the first time while it is already within its leads: they have all been crossed, and
 * the nearest one is told at once, so that nobody who adds a deadline late misses it. A date that has passed is not
 * news. */
void
truce_deadlines_greet (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, guint number,
                       const TruceSpan *span, gboolean quiet, TruceTime now, GArray *firings)
{
  guint first = firings->len;
  const TruceDue due = { .milestone = milestone, .revision = number, .span = span };

  truce_milestone_firings (milestone, number, span, TRUCE_TIME_MIN, now, firings);
  if (firings->len == first)
    return;

  gboolean ahead = span->latest > now || (span->latest == span->earliest && span->earliest > now);
  const TruceFiring *crossed = &g_array_index (firings, TruceFiring, first);
  guint n_crossed = firings->len - first;
  TruceAlert *alert = NULL;
  if (ahead && !quiet) {
    TruceFiring nearest = crossed[n_crossed - 1];
    nearest.at = now; /* its moment is when it became known: that is not late */
    alert = truce_alert_for_firing (&nearest, &due, now);
    truce_engine_add_alert (engine, commit, alert);
  }
  for (guint i = 0; i < n_crossed; i++)
    truce_commit_add_firing (commit, &crossed[i], alert ? alert->id : NULL);
}

/* A date that is not the one last seen: a new revision under the next number. Leads of it that have passed already are
 * told by the change itself. */
static void
change_date (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, guint index,
             const TruceStoredRevision *old, TruceTime now, GArray *firings)
{
  const TruceRevision *revision = truce_milestone_revision (milestone, index);
  guint number = MAX (old->revision + 1, index), first = firings->len;
  const TruceDue due = { .milestone = milestone, .revision = number, .span = &revision->span };
  g_autoptr (TruceZone) zone = truce_zone_new (old->zone, NULL);
  TruceSpan old_span = {
    .earliest = old->due,
    .latest = old->due_latest,
    .precision = old->precision,
    .zone = zone ? zone : revision->span.zone,
  };
  TruceStoredRevision *stored = stored_revision_new (milestone, number, revision, now);
  if (engine->occasion) {
    truce_set_text (&stored->why, engine->occasion);
    truce_set_text (&stored->by, engine->occasion_by);
  }
  g_autofree char *reason = truce_rules_reason (engine, old, revision);
  if (reason) {
    truce_set_text (&stored->why, reason);
    truce_set_text (&stored->by, NULL);
  }
  /* An edited rule moves many dates at once: the next one's is told. */
  gboolean quiet = !revision->amendment && !old->amendment && !(revision->by && revision->since > old->since) &&
                   truce_repeating_is_aside (engine, milestone);
  gboolean back = engine->occasion && engine->occasion_is_date && !reason;
  TruceAlert *alert = quiet ? NULL : truce_alert_for_change (&due, &old_span, back, stored->why, stored->by, now);

  if (alert)
    truce_engine_add_alert (engine, commit, alert);
  truce_milestone_firings (milestone, number, &revision->span, TRUCE_TIME_MIN, now, firings);
  for (guint i = first; i < firings->len; i++)
    truce_commit_add_firing (commit, &g_array_index (firings, TruceFiring, i), alert ? alert->id : NULL);
  truce_deadlines_take (engine, commit, stored);
}

/* Is another date of it no news? What was met or cancelled is over, whatever becomes of what it was based on: should
 * that be taken back, the change is told then. And so is what has passed, unless the move makes it lie ahead again. */
static gboolean
is_over (const TruceMilestone *milestone, const TruceRevision *revision, const TruceStoredRevision *old, TruceTime now)
{
  return truce_milestone_ended_at (milestone, now) ||
         (revision->follows && old->due_latest <= now && revision->span.latest <= now);
}

/* Firings at or before this were looked at, or are too old to be told. Those of the grace before what was looked at
 * last are looked at again: a lead, a time of day or a zone that was changed meanwhile may have moved one to before
 * that instant, and a milestone that was taken out, or had ended, was not looked at at all. What was told is recorded.
 * A grace more, since the clock may be set back. Never later than now: a clock that ran ahead once must not silence
 * what is to come. */
static TruceTime
told_until (TruceTime window, const TruceStoredRevision *revision, TruceTime grace, TruceTime now)
{
  return MIN (window == TRUCE_TIME_NONE ? revision->since : window, now) - 2 * grace;
}

/* Has its calendar moved it after it was announced with the rule? Then that is told, however far ahead it is. */
static gboolean
is_moved_since (const TruceMilestone *milestone, guint index, TruceTime announced)
{
  const TruceRevision *revision = truce_milestone_revision (milestone, index);

  return index > 0 && revision->by && !revision->amendment && revision->since > announced;
}

static void
settle_milestone (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, TruceTime window,
                  TruceTime now, GArray *firings)
{
  guint index = truce_milestone_revision_at (milestone, now);
  const TruceRevision *revision = truce_milestone_revision (milestone, index);
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  gboolean ended = truce_milestone_ended_at (milestone, now);
  TruceTime overlap = 0;

  if (stored)
    stored = truce_repeating_single_out (engine, commit, milestone, revision, stored, now);
  if (!stored) {
    TruceTime since;
    TruceWelcome welcome = truce_repeating_welcome (engine, commit, milestone, index, now, &since);
    if (welcome == TRUCE_WELCOME_EXPECTED && is_moved_since (milestone, index, since)) {
      truce_deadlines_take (engine, commit,
                            stored_revision_new (milestone, 0, truce_milestone_revision (milestone, 0), since));
      settle_milestone (engine, commit, milestone, window, now, firings);
      return;
    }
    truce_deadlines_take (engine, commit, stored_revision_new (milestone, index, revision, since));
    stored = g_hash_table_lookup (engine->revisions, milestone->id);
    if (!ended && welcome != TRUCE_WELCOME_EXPECTED)
      truce_deadlines_greet (engine, commit, milestone, index, &revision->span, welcome == TRUCE_WELCOME_QUIET, now,
                             firings);
  } else if ((stored->due != revision->span.earliest || stored->due_latest != revision->span.latest) &&
             !is_over (milestone, revision, stored, now)) {
    if (truce_rules_shifted (engine, stored, revision) && truce_rules_are_ours (engine, stored))
      overlap = truce_rules_shift (engine, commit, stored, revision);
    else
      change_date (engine, commit, milestone, index, stored, now, firings);
    stored = g_hash_table_lookup (engine->revisions, milestone->id);
  }
  if (ended)
    truce_schedule_remove (engine->schedule, milestone->id);
  else
    truce_schedule_put (engine->schedule, milestone, stored->revision, &revision->span,
                        told_until (window, stored, truce_config_grace (engine->config), now) - overlap);
  if (stored->since >= revision->span.latest)
    truce_schedule_end_nags (engine->schedule, milestone->id); /* it had passed when it was first seen: no news */
}

/* Brings the date in force of every milestone up to date, and the schedule with it: after a start, a reload, a backward
 * step, and when a configured revision comes into force. */
static void
settle (TruceEngine *engine, TruceTime now)
{
  TruceTime window = engine->ports.store.window (engine->ports.store.self);
  TruceCommit *commit = truce_commit_new (now);
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  TruceTime next = TRUCE_TIME_NONE;

  if (engine->look_back)
    truce_hindsight_correct (engine, commit, now, firings);
  engine->look_back = FALSE;
  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    settle_milestone (engine, commit, milestone, window, now, firings);
    next = MIN (next, truce_milestone_next_change (milestone, now));
  }
  truce_repeating_settle (engine, commit, now);
  engine->next_change = next;
  engine->schedule_is_old = FALSE;
  truce_calendars_fold (engine, commit);
  if (commit->revisions->len > 0 || commit->alerts->len > 0) {
    truce_engine_commit (engine, commit);
    truce_engine_changed (engine, "milestones");
  } else {
    truce_commit_free (commit);
  }
  truce_outdated_withdraw (engine, now);
}

/* One milestone's firings that fell due together become one alert. */
static void
tell (TruceEngine *engine, TruceCommit *commit, const TruceFiring *firings, guint n_firings, TruceTime now)
{
  const TruceMilestone *milestone = firings[0].milestone;
  const TruceFiring *speaker = speaker_of (engine, firings, n_firings, now);
  TruceAlert *alert = NULL;

  if (speaker) {
    TruceSpan span;
    guint revision;
    truce_deadlines_current (engine, milestone, now, &revision, &span);
    g_autofree char *contested = truce_moves_contest (engine, milestone, now);
    const TruceDue due = { milestone, revision, &span, contested };
    alert = truce_alert_for_firing (speaker, &due, now);
    truce_engine_add_alert (engine, commit, alert);
    truce_span_clear (&span);
  }
  for (guint i = 0; i < n_firings; i++)
    truce_commit_add_firing (commit, &firings[i], alert ? alert->id : NULL);
}

/* Of those at one instant, which a skipped day or hour can bring together, the date itself comes after its leads. */
static int
compare_by_milestone (gconstpointer a, gconstpointer b)
{
  const TruceFiring *x = a, *y = b;
  int order = strcmp (x->milestone->id, y->milestone->id);

  if (order)
    return order;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (x->kind > y->kind) - (x->kind < y->kind);
}

static gboolean
is_done (TruceEngine *engine, const TruceFiring *firing)
{
  const TruceStorePort *store = &engine->ports.store;

  return truce_unsaved_firing_done (engine, firing) ||
         store->firing_done (store->self, firing->milestone->id, firing->revision, firing->key);
}

/* What is looked at again is mostly done: where that cannot be read it waits until it can, and only what has come since
 * is told. */
static void
drop_done (TruceEngine *engine, GArray *firings)
{
  guint kept = 0;

  (void) truce_unread_look (engine); /* of what others have asked */
  for (guint i = 0; i < firings->len; i++) {
    TruceFiring *firing = &g_array_index (firings, TruceFiring, i);
    gboolean done = is_done (engine, firing), known = !truce_unread_look (engine);
    if (!done && (known || engine->looked == TRUCE_TIME_NONE || firing->at > engine->looked))
      g_array_index (firings, TruceFiring, kept++) = *firing;
    else if (!known)
      engine->schedule_is_old = TRUE;
  }
  g_array_set_size (firings, kept);
}

static void
tell_due (TruceEngine *engine, TruceTime now)
{
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  TruceTime window = engine->ports.store.window (engine->ports.store.self);
  TruceCommit *commit;

  truce_schedule_take (engine->schedule, now, firings);
  drop_done (engine, firings);
  engine->looked = now;
  gboolean fresh = window != TRUCE_TIME_NONE && window <= now && now - window < WINDOW_EVERY;
  /* While nothing can be written, a window by itself is not worth keeping. */
  if (firings->len == 0 && (fresh || truce_hold_doubts (engine) || !g_queue_is_empty (&engine->unsaved)))
    return;
  commit = truce_commit_new (now);
  truce_hold_reached (engine, commit, now);
  g_array_sort (firings, compare_by_milestone);
  for (guint i = 0, next; i < firings->len; i = next) {
    const TruceFiring *all = &g_array_index (firings, TruceFiring, 0);
    for (next = i + 1; next < firings->len && all[next].milestone == all[i].milestone; next++)
      continue;
    tell (engine, commit, &all[i], next - i, now);
  }
  truce_engine_commit (engine, commit);
  if (firings->len > 0)
    truce_engine_changed (engine, "milestones");
}

void
truce_deadlines_step (TruceEngine *engine, TruceTime now)
{
  if (now >= truce_config_next_turn (engine->config))
    truce_amend_again (engine); /* the next occurrence of something takes its turn */
  if (engine->schedule_is_old || now >= engine->next_change)
    settle (engine, now);
  tell_due (engine, now);
}

TruceTime
truce_deadlines_next (TruceEngine *engine)
{
  return MIN (MIN (engine->next_change, truce_config_next_turn (engine->config)),
              truce_schedule_next (engine->schedule));
}
