/* SPDX-License-Identifier: MIT */
/* A proposal as JSON: in the store, and, with more that the engine knows, to all who ask. */
#include <string.h>

#include "base/reason.h"
#include "news/proposal.h"

#define NOT_TOLD "not told" /* where a status says what was told at most */

static json_t *
evidence_to_json (const TruceEvidence *evidence)
{
  g_autofree char *entry = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", evidence->entry);
  json_t *object = json_object ();

  truce_json_set_text (object, "title", evidence->title);
  truce_json_set_text (object, "summary", *evidence->summary ? evidence->summary : NULL);
  truce_json_set_text (object, "link", evidence->link);
  truce_json_set_text (object, "feed", evidence->feed);
  truce_json_set_text (object, "entry", entry);
  truce_json_set_text (object, "tier", truce_tier_to_text (evidence->tier));
  truce_json_set_text (object, "publisher", evidence->publisher);
  truce_json_set_time (object, "published", evidence->published);
  truce_json_set_time (object, "seen", evidence->seen);
  truce_json_set_text (object, "quote", evidence->quote);
  json_object_set_new (object, "confidence", json_real (evidence->confidence));
  if (evidence->dated)
    truce_json_set_boolean (object, "dated", TRUE);
  if (evidence->copy)
    truce_json_set_boolean (object, "copy", TRUE);
  return object;
}

json_t *
truce_proposal_to_json (const TruceProposal *proposal)
{
  json_t *record = json_object (), *items = json_array ();

  truce_json_set_text (record, "id", proposal->id);
  truce_json_set_text (record, "milestone", proposal->milestone);
  truce_json_set_integer (record, "revision", proposal->revision);
  truce_json_set_text (record, "label", truce_move_label_to_text (proposal->label));
  truce_json_set_text (record, "status", truce_proposal_status_to_text (proposal->status));
  truce_json_set_text (record, "told",
                       proposal->told == TRUCE_PROPOSAL_SUPERSEDED ? NOT_TOLD
                                                                   : truce_proposal_status_to_text (proposal->told));
  if (proposal->refused)
    truce_json_set_boolean (record, "refused", TRUE);
  truce_json_set_time (record, "old_due", proposal->old_due);
  if (proposal->old_latest > proposal->old_due)
    truce_json_set_time (record, "old_due_latest", proposal->old_latest);
  truce_json_set_time (record, "new_due", proposal->due);
  if (truce_proposal_is_dated (proposal)) {
    if (proposal->latest > proposal->due)
      truce_json_set_time (record, "new_due_latest", proposal->latest);
    truce_json_set_text (record, "precision", truce_precision_to_text (proposal->precision));
    truce_json_set_integer (record, "delta_days", truce_proposal_delta_days (proposal));
  }
  if (proposal->back)
    truce_json_set_boolean (record, "back", TRUE);
  truce_json_set_text (record, "zone", proposal->zone);
  truce_json_set_integer (record, "sources", proposal->sources);
  truce_json_set_integer (record, "official", proposal->n_official);
  truce_json_set_time (record, "first_seen", proposal->first_seen);
  truce_json_set_time (record, "last_seen", proposal->last_seen);
  truce_json_set_time (record, "decided", proposal->decided);
  truce_json_set_text (record, "by", proposal->by);
  truce_json_set_text (record, "via", proposal->via);
  truce_json_set_reason (record, proposal->why);
  if (proposal->amendment)
    truce_json_set_integer (record, "amendment", proposal->amendment);
  for (guint i = 0; i < proposal->evidence->len; i++)
    json_array_append_new (items, evidence_to_json (g_ptr_array_index (proposal->evidence, i)));
  truce_json_set_steal (record, "items", items);
  return record;
}

/* --- back --- */

static char *
text_of (const json_t *object, const char *key)
{
  const char *text = truce_json_get_text (object, key);

  return g_strdup (text ? text : "");
}

/* The instant `key`, or `otherwise`. */
static TruceTime
time_of (const json_t *record, const char *key, TruceTime otherwise)
{
  TruceTime at = truce_json_get_time (record, key);

  return at == TRUCE_TIME_NONE ? otherwise : at;
}

static TruceEvidence *
evidence_from_json (const json_t *object)
{
  const char *entry = truce_json_get_text (object, "entry"), *tier = truce_json_get_text (object, "tier");
  TruceEvidence *evidence = g_new0 (TruceEvidence, 1);

  evidence->feed = text_of (object, "feed");
  evidence->entry = entry ? g_ascii_strtoull (entry, NULL, 16) : 0;
  evidence->tier =
      g_strcmp0 (tier, truce_tier_to_text (TRUCE_TIER_OFFICIAL)) == 0 ? TRUCE_TIER_OFFICIAL : TRUCE_TIER_PRESS;
  evidence->publisher = text_of (object, "publisher");
  evidence->title = text_of (object, "title");
  evidence->summary = text_of (object, "summary");
  evidence->link = g_strdup (truce_json_get_text (object, "link"));
  evidence->published = truce_json_get_time (object, "published");
  evidence->seen = time_of (object, "seen", 0);
  evidence->quote = text_of (object, "quote");
  evidence->confidence = json_number_value (json_object_get (object, "confidence"));
  evidence->dated = truce_json_get_boolean (object, "dated");
  evidence->copy = truce_json_get_boolean (object, "copy");
  return evidence;
}

static gboolean
label_from_text (const char *text, TruceMoveLabel *ret_label)
{
  for (int i = 0; text && i < TRUCE_MOVE_MENTION; i++)
    if (strcmp (text, truce_move_label_to_text ((TruceMoveLabel) i)) == 0) {
      *ret_label = (TruceMoveLabel) i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
status_from_text (const char *text, TruceProposalStatus *ret_status)
{
  for (int i = 0; text && i < TRUCE_N_PROPOSAL_STATUSES; i++)
    if (strcmp (text, truce_proposal_status_to_text ((TruceProposalStatus) i)) == 0) {
      *ret_status = (TruceProposalStatus) i;
      return TRUE;
    }
  return FALSE;
}

static void
dates_from_json (TruceProposal *proposal, const json_t *record)
{
  const char *precision = truce_json_get_text (record, "precision");

  proposal->old_due = truce_json_get_time (record, "old_due");
  proposal->old_latest = time_of (record, "old_due_latest", proposal->old_due);
  proposal->due = truce_json_get_time (record, "new_due");
  proposal->latest = time_of (record, "new_due_latest", proposal->due);
  if (precision && !truce_precision_from_text (precision, &proposal->precision))
    proposal->precision = TRUCE_PRECISION_INTERVAL;
  proposal->first_seen = time_of (record, "first_seen", 0);
  proposal->last_seen = time_of (record, "last_seen", proposal->first_seen);
  proposal->decided = truce_json_get_time (record, "decided");
}

TruceProposal *
truce_proposal_from_json (const json_t *record)
{
  g_autoptr (TruceProposal) proposal = truce_proposal_new_empty ();
  const json_t *item;
  size_t index;

  if (!truce_json_get_text (record, "id") || !truce_json_get_text (record, "milestone") ||
      !truce_json_get_text (record, "zone") || truce_json_get_time (record, "old_due") == TRUCE_TIME_NONE ||
      !label_from_text (truce_json_get_text (record, "label"), &proposal->label) ||
      !status_from_text (truce_json_get_text (record, "status"), &proposal->status))
    return NULL;
  proposal->id = g_strdup (truce_json_get_text (record, "id"));
  proposal->milestone = g_strdup (truce_json_get_text (record, "milestone"));
  proposal->zone = g_strdup (truce_json_get_text (record, "zone"));
  proposal->revision = (guint) truce_json_get_integer (record, "revision", 0);
  if (!status_from_text (truce_json_get_text (record, "told"), &proposal->told))
    proposal->told = TRUCE_PROPOSAL_SUPERSEDED; /* nothing */
  proposal->refused = truce_json_get_boolean (record, "refused");
  proposal->back = truce_json_get_boolean (record, "back");
  dates_from_json (proposal, record);
  proposal->by = g_strdup (truce_json_get_text (record, "by"));
  proposal->via = g_strdup (truce_json_get_text (record, "via"));
  proposal->why = truce_json_get_reason (record);
  proposal->amendment = truce_json_get_integer (record, "amendment", 0);
  json_array_foreach (json_object_get (record, "items"), index, item) {
    g_ptr_array_add (proposal->evidence, evidence_from_json (item));
  }
  truce_proposal_weigh (proposal);
  return g_steal_pointer (&proposal);
}
