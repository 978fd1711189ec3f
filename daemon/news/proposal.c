/* SPDX-License-Identifier: MIT */
#include "news/proposal.h"

#include <string.h>

#include "deadline/restate.h"
#include "news/story.h"

const char *
truce_proposal_status_to_text (TruceProposalStatus status)
{
  static const char *const texts[] = { "reported", "confirmed", "accepted", "rejected", "superseded", "expired" };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == TRUCE_N_PROPOSAL_STATUSES);
  return texts[status];
}

void
truce_evidence_free (TruceEvidence *evidence)
{
  if (!evidence)
    return;
  g_free (evidence->feed);
  g_free (evidence->publisher);
  g_free (evidence->title);
  g_free (evidence->summary);
  g_free (evidence->link);
  g_free (evidence->quote);
  g_free (evidence);
}

static TruceEvidence *
evidence_copy (const TruceEvidence *evidence)
{
  TruceEvidence *copy = g_memdup2 (evidence, sizeof *evidence);

  copy->feed = g_strdup (evidence->feed);
  copy->publisher = g_strdup (evidence->publisher);
  copy->title = g_strdup (evidence->title);
  copy->summary = g_strdup (evidence->summary);
  copy->link = g_strdup (evidence->link);
  copy->quote = g_strdup (evidence->quote);
  return copy;
}

TruceProposal *
truce_proposal_new_empty (void)
{
  TruceProposal *proposal = g_new0 (TruceProposal, 1);

  proposal->due = proposal->latest = proposal->decided = TRUCE_TIME_NONE;
  proposal->told = TRUCE_PROPOSAL_SUPERSEDED;
  proposal->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_evidence_free);
  return proposal;
}

/* What is said of which date: said again, it is the same. */
static char *
make_id (const TruceProposal *proposal)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *cause = g_strdup_printf (
      "%s %u %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, proposal->milestone, proposal->revision,
      truce_move_label_to_text (proposal->label), proposal->old_due, proposal->due, proposal->latest);

  g_checksum_update (checksum, (const guchar *) cause, -1);
  return g_strndup (g_checksum_get_string (checksum), TRUCE_PROPOSAL_ID_DIGITS);
}

TruceProposal *
truce_proposal_new (const char *milestone, guint revision, TruceMoveLabel label, const TruceSpan *old,
                    const TruceSpan *due, TruceTime now)
{
  TruceProposal *proposal = truce_proposal_new_empty ();

  proposal->milestone = g_strdup (milestone);
  proposal->revision = revision;
  proposal->label = label;
  proposal->old_due = old->earliest;
  proposal->old_latest = old->latest;
  proposal->zone = g_strdup (truce_zone_name (due ? due->zone : old->zone));
  if (due) {
    proposal->due = due->earliest;
    proposal->latest = due->latest;
    proposal->precision = due->precision;
  }
  proposal->first_seen = proposal->last_seen = now;
  proposal->id = make_id (proposal);
  return proposal;
}

TruceProposal *
truce_proposal_copy (const TruceProposal *proposal)
{
  TruceProposal *copy = g_memdup2 (proposal, sizeof *proposal);

  copy->id = g_strdup (proposal->id);
  copy->milestone = g_strdup (proposal->milestone);
  copy->zone = g_strdup (proposal->zone);
  copy->by = g_strdup (proposal->by);
  copy->via = g_strdup (proposal->via);
  copy->why = g_strdup (proposal->why);
  copy->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_evidence_free);
  for (guint i = 0; i < proposal->evidence->len; i++)
    g_ptr_array_add (copy->evidence, evidence_copy (g_ptr_array_index (proposal->evidence, i)));
  return copy;
}

void
truce_proposal_free (TruceProposal *proposal)
{
  if (!proposal)
    return;
  g_free (proposal->id);
  g_free (proposal->milestone);
  g_free (proposal->zone);
  g_free (proposal->by);
  g_free (proposal->via);
  g_free (proposal->why);
  g_ptr_array_unref (proposal->evidence);
  g_free (proposal);
}

gboolean
truce_proposal_is_dated (const TruceProposal *proposal)
{
  return proposal->due != TRUCE_TIME_NONE;
}

gboolean
truce_proposal_is_alive (const TruceProposal *proposal)
{
  return proposal->status == TRUCE_PROPOSAL_REPORTED || proposal->status == TRUCE_PROPOSAL_CONFIRMED;
}

gboolean
truce_proposal_is_change (const TruceProposal *proposal)
{
  return proposal->label == TRUCE_MOVE_MOVED || proposal->label == TRUCE_MOVE_RESOLVED ||
         proposal->label == TRUCE_MOVE_CANCELLED;
}

TruceTime
truce_proposal_last_heard (const TruceProposal *proposal)
{
  return proposal->decided == TRUCE_TIME_NONE ? proposal->last_seen : MAX (proposal->last_seen, proposal->decided);
}

TruceProposalStatus
truce_proposal_weight (const TruceProposal *proposal)
{
  return proposal->n_official > 0 || proposal->sources >= TRUCE_PROPOSAL_CONFIRMED_BY ? TRUCE_PROPOSAL_CONFIRMED
                                                                                      : TRUCE_PROPOSAL_REPORTED;
}

/* --- evidence --- */

static void
sign (const TruceEvidence *evidence, TruceStorySignature *ret_signature)
{
  const TruceItem item = {
    .link = evidence->link,
    .title = evidence->title,
    .summary = evidence->summary,
    .published = evidence->published,
    .updated = TRUCE_TIME_NONE,
  };

  truce_story_sign (&item, evidence->feed, NULL, evidence->seen, ret_signature);
}

/* What news agencies send stands in many papers word for word, and an office's words too: so the official ones are
 * looked at first. */
void
truce_proposal_weigh (TruceProposal *proposal)
{
  guint n = proposal->evidence->len;
  TruceStorySignature *signatures = g_new0 (TruceStorySignature, n + 1);

  proposal->sources = proposal->n_official = 0;
  for (guint i = 0; i < n; i++) {
    TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
    sign (evidence, &signatures[i]);
    evidence->copy = TRUE;
  }
  for (int tier = TRUCE_TIER_OFFICIAL; tier >= TRUCE_TIER_PRESS; tier--)
    for (guint i = 0; i < n; i++) {
      TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
      gboolean counts = (int) evidence->tier == tier && (evidence->dated || !truce_proposal_is_dated (proposal));
      for (guint j = 0; counts && j < n; j++)
        counts = ((const TruceEvidence *) g_ptr_array_index (proposal->evidence, j))->copy ||
                 truce_story_independent (&signatures[i], &signatures[j]);
      if (!counts)
        continue;
      evidence->copy = FALSE;
      proposal->sources++;
      proposal->n_official += tier == TRUCE_TIER_OFFICIAL;
    }
  g_free (signatures);
}

static int
index_of (const TruceProposal *proposal, const char *feed, guint64 entry)
{
  for (guint i = 0; i < proposal->evidence->len; i++) {
    const TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
    if (evidence->entry == entry && strcmp (evidence->feed, feed) == 0)
      return (int) i;
  }
  return -1;
}

const TruceEvidence *
truce_proposal_find (const TruceProposal *proposal, const char *feed, guint64 entry)
{
  int index = index_of (proposal, feed, entry);

  return index < 0 ? NULL : g_ptr_array_index (proposal->evidence, (guint) index);
}

/* Is there room for it? In the place of what only says again what another says, or, for an official source, of a paper.
 */
static gboolean
make_room (TruceProposal *proposal, const TruceEvidence *evidence)
{
  gboolean official = evidence->tier == TRUCE_TIER_OFFICIAL;

  if (proposal->evidence->len < TRUCE_PROPOSAL_EVIDENCE_MAX)
    return TRUE;
  for (guint i = proposal->evidence->len; i > 0; i--) {
    const TruceEvidence *kept = g_ptr_array_index (proposal->evidence, i - 1);
    if (kept->copy || (official && kept->tier == TRUCE_TIER_PRESS)) {
      g_ptr_array_remove_index (proposal->evidence, i - 1);
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
truce_proposal_add (TruceProposal *proposal, TruceEvidence *evidence)
{
  int index = index_of (proposal, evidence->feed, evidence->entry);

  proposal->first_seen = MIN (proposal->first_seen, evidence->seen);
  proposal->last_seen = MAX (proposal->last_seen, evidence->seen);
  if (index >= 0) {
    truce_evidence_free (proposal->evidence->pdata[index]);
    proposal->evidence->pdata[index] = evidence;
  } else if (make_room (proposal, evidence)) {
    g_ptr_array_add (proposal->evidence, evidence);
  } else {
    truce_evidence_free (evidence);
  }
  truce_proposal_weigh (proposal);
  return index < 0;
}

gboolean
truce_proposal_drop (TruceProposal *proposal, const char *feed, guint64 entry)
{
  int index = index_of (proposal, feed, entry);

  if (index < 0)
    return FALSE;
  g_ptr_array_remove_index (proposal->evidence, (guint) index);
  truce_proposal_weigh (proposal);
  return TRUE;
}

void
truce_proposal_absorb (TruceProposal *proposal, TruceProposal *other)
{
  while (other->evidence->len > 0)
    truce_proposal_add (proposal, g_ptr_array_steal_index (other->evidence, 0));
  truce_proposal_weigh (other);
}

const TruceEvidence *
truce_proposal_best (const TruceProposal *proposal)
{
  const TruceEvidence *best = NULL;

  for (guint i = 0; i < proposal->evidence->len; i++) {
    const TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
    if (!best || evidence->tier > best->tier ||
        (evidence->tier == best->tier && (evidence->dated > best->dated ||
                                          (evidence->dated == best->dated && evidence->confidence > best->confidence))))
      best = evidence;
  }
  return best;
}

/* --- its date --- */

gboolean
truce_proposal_span (const TruceProposal *proposal, TruceSpan *ret_span)
{
  TruceZone *zone = truce_proposal_is_dated (proposal) ? truce_zone_new (proposal->zone, NULL) : NULL;

  if (!zone)
    return FALSE;
  *ret_span = (TruceSpan){
    .earliest = proposal->due,
    .latest = proposal->latest,
    .precision = proposal->precision,
    .zone = zone,
  };
  return TRUE;
}

gint64
truce_proposal_delta_days (const TruceProposal *proposal)
{
  g_autoptr (TruceZone) zone = truce_proposal_is_dated (proposal) ? truce_zone_new (proposal->zone, NULL) : NULL;

  return zone ? truce_zone_day_of (zone, proposal->due) - truce_zone_day_of (zone, proposal->old_due) : 0;
}

/* --- in words --- */

/* Around the date, and without one. */
static const char *const verbs[] = {
  [TRUCE_MOVE_MOVED] = "moved",       [TRUCE_MOVE_PROPOSED] = "proposed to move", [TRUCE_MOVE_REJECTED] = "not to move",
  [TRUCE_MOVE_RESOLVED] = "resolved", [TRUCE_MOVE_CANCELLED] = "cancelled",
};

/* (transfer full) */
static char *
with_date (const TruceProposal *proposal, char *(*date_of) (const TruceSpan *span))
{
  TruceSpan span;

  if (!truce_proposal_span (proposal, &span))
    return g_strdup (verbs[proposal->label]);
  g_autofree char *date = date_of (&span);
  truce_span_clear (&span);
  return g_strdup_printf ("%s to %s", proposal->back ? "back" : verbs[proposal->label], date);
}

char *
truce_proposal_to_words (const TruceProposal *proposal)
{
  return with_date (proposal, truce_span_to_words);
}

static char *
plain_date (const TruceSpan *span)
{
  return truce_span_restate (span, NULL, span->zone);
}

char *
truce_proposal_contest (const TruceProposal *proposal)
{
  g_autofree char *what = with_date (proposal, plain_date);

  return g_strdup_printf ("%s %s (%u %s)", truce_proposal_status_to_text (truce_proposal_weight (proposal)), what,
                          proposal->sources, proposal->sources == 1 ? "source" : "sources");
}

#define PUBLISHERS_NAMED 3 /* enough to judge by */

char *
truce_proposal_publishers (const TruceProposal *proposal)
{
  GString *text = g_string_new (NULL);
  guint named = 0, more = 0;

  for (int tier = TRUCE_TIER_OFFICIAL; tier >= TRUCE_TIER_PRESS; tier--)
    for (guint i = 0; i < proposal->evidence->len; i++) {
      const TruceEvidence *evidence = g_ptr_array_index (proposal->evidence, i);
      if ((int) evidence->tier != tier || evidence->copy)
        continue;
      if (named == PUBLISHERS_NAMED) {
        more++;
        continue;
      }
      g_string_append_printf (text, "%s%s%s", named++ ? ", " : "", evidence->publisher,
                              tier == TRUCE_TIER_OFFICIAL ? " (official)" : "");
    }
  if (more > 0)
    g_string_append_printf (text, " and %u more", more);
  return g_string_free (text, FALSE);
}
