/* SPDX-License-Identifier: MIT */
/* The moves that are kept, and what has become of each: all but what somebody has decided follows from the evidence and
 * the date in force, so that it is looked at anew at every step. */
#include <string.h>

#include "deadline/restate.h"
#include "engine/moves_private.h"

#define ID_PREFIX_MIN 4  /* digits: fewer are a slip of the hand */
#define CONTESTS_NAMED 3 /* in a line about the old date: "trucectl moves" has all */
/* What one paper has said, what is only asked for, and what names no date: nothing came of it when nobody has said it
 * again for so long. */
#define EXPIRES_AFTER (30 * TRUCE_DAY)

void
truce_moves_init (TruceEngine *engine)
{
  engine->moves = engine->ports.store.moves (engine->ports.store.self);
}

void
truce_moves_clear (TruceEngine *engine)
{
  g_ptr_array_unref (engine->moves);
}

TruceProposal *
truce_move_find (TruceEngine *engine, const char *prefix, GError **error)
{
  gsize length = strlen (prefix);
  TruceProposal *found = NULL;

  if (length < ID_PREFIX_MIN || strspn (prefix, "0123456789abcdef") != length) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
                 "\"%.40s\" is no id of a move: at least %d of its digits 0-9 and a-f are needed", prefix,
                 ID_PREFIX_MIN);
    return NULL;
  }
  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (!g_str_has_prefix (move->id, prefix))
      continue;
    if (found) {
      g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_AMBIGUOUS,
                   "several moves have ids that begin with \"%s\"", prefix);
      return NULL;
    }
    found = move;
  }
  if (!found)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no move has the id \"%s\"", prefix);
  return found;
}

/* Asked of every move at every step: nothing is copied. */
static gboolean
is_of_date_in_force (const TruceProposal *move, const TruceMilestone *milestone, TruceTime now)
{
  if (truce_milestone_ended_at (milestone, now))
    return FALSE;
  const TruceSpan *span = &truce_milestone_revision (milestone, truce_milestone_revision_at (milestone, now))->span;
  return span->earliest == move->old_due && span->latest == move->old_latest;
}

gboolean
truce_move_is_current (TruceEngine *engine, const TruceProposal *move, TruceTime now)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);

  return milestone && is_of_date_in_force (move, milestone, now);
}

static gboolean
has_expired (const TruceProposal *move, TruceTime now)
{
  gboolean lasts = truce_proposal_is_change (move) && truce_proposal_is_dated (move) &&
                   truce_proposal_weight (move) == TRUCE_PROPOSAL_CONFIRMED;

  if (truce_proposal_is_dated (move) && move->latest <= now)
    return TRUE; /* the new date has passed too */
  return !lasts && now - move->last_seen > EXPIRES_AFTER;
}

/* What has become of it, where nobody has decided. */
static TruceProposalStatus
status_of (const TruceProposal *move, const TruceMilestone *milestone, TruceTime now)
{
  if (move->evidence->len == 0 || !is_of_date_in_force (move, milestone, now))
    return TRUCE_PROPOSAL_SUPERSEDED;
  return has_expired (move, now) ? TRUCE_PROPOSAL_EXPIRED : truce_proposal_weight (move);
}

gboolean
truce_move_is_open (TruceEngine *engine, const TruceProposal *move, TruceTime now)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);

  return milestone && status_of (move, milestone, now) == truce_proposal_weight (move);
}

static void
update (TruceEngine *engine, TruceTime now)
{
  TruceCommit *commit = NULL;

  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (move->status == TRUCE_PROPOSAL_ACCEPTED || move->status == TRUCE_PROPOSAL_REJECTED)
      continue;
    const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);
    TruceProposalStatus status = milestone ? status_of (move, milestone, now) : move->status;
    if (status == move->status)
      continue;
    move->status = status;
    commit = commit ? commit : truce_commit_new (now);
    truce_commit_add_move (commit, move);
  }
  if (!commit)
    return;
  truce_engine_commit (engine, commit);
  truce_engine_changed (engine, "moves");
  truce_outdated_withdraw (engine, now);
}

void
truce_moves_step (TruceEngine *engine, TruceTime now)
{
  if (engine->moves->len == 0)
    return;
  update (engine, now);
  truce_moves_accept_some (engine, now);
}

void
truce_moves_expire (TruceEngine *engine, TruceTime now)
{
  for (guint i = engine->moves->len; i > 0; i--)
    if (truce_proposal_last_heard (g_ptr_array_index (engine->moves, i - 1)) < now - TRUCE_STORE_ALERT_RETENTION)
      g_ptr_array_remove_index (engine->moves, i - 1);
}

const TruceProposal *
truce_moves_get (TruceEngine *engine, const char *id)
{
  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (strcmp (move->id, id) == 0)
      return move;
  }
  return NULL;
}

guint
truce_moves_waiting (TruceEngine *engine, const char *milestone)
{
  guint count = 0;

  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (engine->moves, i);
    count += truce_proposal_is_alive (move) && (!milestone || strcmp (move->milestone, milestone) == 0);
  }
  return count;
}

/* What weighs more first, then the latest. */
static int
compare_contests (gconstpointer a, gconstpointer b)
{
  const TruceProposal *x = *(TruceProposal *const *) a, *y = *(TruceProposal *const *) b;

  if (x->status != y->status)
    return x->status == TRUCE_PROPOSAL_CONFIRMED ? -1 : 1;
  return (x->last_seen < y->last_seen) - (x->last_seen > y->last_seen);
}

char *
truce_moves_contest (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    if (truce_proposal_is_alive (move) && truce_proposal_is_change (move) &&
        strcmp (move->milestone, milestone->id) == 0 && truce_move_is_current (engine, move, now))
      g_ptr_array_add (moves, move);
  }
  g_ptr_array_sort (moves, compare_contests);
  for (guint i = 0; i < MIN (moves->len, CONTESTS_NAMED); i++) {
    g_autofree char *contest = truce_proposal_contest (g_ptr_array_index (moves, i));
    g_string_append_printf (text, "%s%s", text->len ? "; " : "", contest);
  }
  if (moves->len > CONTESTS_NAMED)
    g_string_append_printf (text, "; and %u more", moves->len - CONTESTS_NAMED);
  return text->len ? g_strdup (text->str) : NULL;
}

gboolean
truce_moves_conflict (const TruceProposal *move, const TruceProposal *other)
{
  return other != move && other->evidence->len > 0 && truce_proposal_is_alive (other) &&
         truce_proposal_is_change (other) && strcmp (other->milestone, move->milestone) == 0 &&
         !(truce_proposal_is_dated (move) != truce_proposal_is_dated (other) && move->label == other->label);
}

/* --- shown --- */

TruceZone *
truce_move_zone (const TruceMilestone *milestone, const TruceSpan *due)
{
  const char *name = truce_zone_name (due->zone);
  gboolean is_place = strcmp (name, "UTC") != 0 && *name != '+' && *name != '-';

  return is_place || due->latest > due->earliest ? due->zone : milestone->zone;
}

/* `day` at the time of day of `at`, in `zone`. */
static TruceSpan
at_its_time (TruceZone *zone, TruceTime at, gint64 day)
{
  TruceCivil civil;

  truce_zone_to_civil (zone, at, &civil);
  truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
  TruceTime then = truce_zone_to_time (zone, &civil, NULL);
  return (TruceSpan){ .earliest = then, .latest = then, .precision = TRUCE_PRECISION_INSTANT, .zone = zone };
}

/* What is due at a time of day is so on its new day too: news names the day alone. (transfer full), NULL: it is not. */
static char *
statement_at_its_time (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone,
                       const TruceSpan *due)
{
  gint64 first, end;
  guint number;
  TruceSpan old;

  if (!truce_span_days (due, &first, &end) || end != first + 1)
    return NULL;
  truce_deadlines_current (engine, milestone, truce_engine_now (engine), &number, &old);
  gboolean is_instant = old.precision == TRUCE_PRECISION_INSTANT && old.earliest == move->old_due;
  TruceSpan span = at_its_time (truce_move_zone (milestone, &old), old.earliest, first);
  char *statement = is_instant ? truce_span_restate (&span, NULL, milestone->zone) : NULL;
  truce_span_clear (&old);
  return statement;
}

char *
truce_move_statement (TruceEngine *engine, const TruceProposal *move)
{
  const TruceMilestone *milestone = truce_config_find_milestone (engine->config, move->milestone);
  TruceSpan span = TRUCE_SPAN_INIT;
  char *statement;

  if (!truce_proposal_span (move, &span))
    return NULL;
  statement = milestone ? statement_at_its_time (engine, move, milestone, &span) : NULL;
  if (!statement)
    statement = truce_span_restate (&span, NULL, milestone ? milestone->zone : span.zone);
  truce_span_clear (&span);
  return statement;
}
