/* SPDX-License-Identifier: MIT */
/* A move as an alert: beside what it says, what others say, and what would move along. */
#include <string.h>

#include "engine/amend.h"
#include "engine/moves_private.h"

#define LINES_MAX 3 /* of either: "trucectl moves" has all */

/* (transfer full) */
static char **
end_lines (GPtrArray *lines, guint n_all)
{
  if (n_all > lines->len)
    g_ptr_array_add (lines, g_strdup_printf ("and %u more", n_all - lines->len));
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}

/* What else is said of the same date, a line each. */
static char **
others_of (TruceEngine *engine, const TruceProposal *move, TruceTime now, guint *ret_all)
{
  GPtrArray *lines = g_ptr_array_new ();
  guint n_all = 0;

  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *other = g_ptr_array_index (engine->moves, i);
    if (!truce_moves_conflict (move, other) || !truce_move_is_current (engine, other, now) || n_all++ >= LINES_MAX)
      continue;
    g_autofree char *words = truce_proposal_to_words (other), *publishers = truce_proposal_publishers (other);
    g_ptr_array_add (lines, g_strdup_printf ("%s, by %s", words, publishers));
  }
  *ret_all = n_all;
  return end_lines (lines, n_all);
}

/* What is based on the date. */
static char **
along_of (TruceEngine *engine, const TruceProposal *move)
{
  g_autofree char *statement = truce_move_statement (engine, move);
  g_autoptr (json_t) changes = statement ? truce_engine_preview_due (engine, move->milestone, statement, NULL) : NULL;
  GPtrArray *lines = g_ptr_array_new ();
  const json_t *change;
  guint n_all = 0;
  size_t index;

  json_array_foreach (changes, index, change) {
    if (index == 0 || n_all++ >= LINES_MAX)
      continue;
    g_ptr_array_add (lines, g_strdup_printf ("%s moves to %s", truce_json_get_text (change, "title"),
                                             truce_json_get_text (change, "words")));
  }
  return end_lines (lines, n_all);
}

TruceAlert *
truce_moves_alert (TruceEngine *engine, const TruceProposal *move, const TruceMilestone *milestone, TruceTime now)
{
  guint n_others;
  g_auto (GStrv) others = others_of (engine, move, now, &n_others);
  g_auto (GStrv) along = along_of (engine, move);
  TruceSpan span = TRUCE_SPAN_INIT;
  TruceDue due = { .milestone = milestone, .span = &span };
  TruceAlert *alert;

  truce_deadlines_current (engine, milestone, now, &due.revision, &span);
  alert = truce_alert_for_move (move, &due, n_others, (const char *const *) others, (const char *const *) along, now);
  truce_span_clear (&span);
  return alert;
}
