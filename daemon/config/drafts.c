/* SPDX-License-Identifier: MIT */
#include "config/drafts.h"

#define CYCLE_SHOWN_MAX 12 /* ids; enough to see the ring, and still a line */

/* --- the drafts --- */

static void
clear_statement (gpointer data)
{
  g_clear_pointer (&((TruceStatement *) data)->when, truce_when_free);
}

static void
free_draft (gpointer data)
{
  TruceDraft *draft = data;

  truce_when_free (draft->starts);
  g_clear_pointer (&draft->excepts, g_array_unref);
  g_array_unref (draft->statements);
  g_free (draft->waits_for);
  g_free (draft);
}

void
truce_drafts_init (TruceDrafts *drafts, const TruceConfig *config, TruceTime now)
{
  *drafts = (TruceDrafts){
    .config = config,
    .now = now,
    .kept = g_ptr_array_new_with_free_func (free_draft),
    .by_id = g_hash_table_new (g_str_hash, g_str_equal),
    .doubts = g_ptr_array_new_with_free_func (g_free),
  };
}

void
truce_drafts_clear (TruceDrafts *drafts)
{
  g_ptr_array_unref (drafts->kept);
  g_hash_table_unref (drafts->by_id);
  g_clear_pointer (&drafts->spare, free_draft);
  g_ptr_array_unref (drafts->doubts);
  g_free (drafts->known);
}

TruceDraft *
truce_drafts_begin (TruceDrafts *drafts, TruceMilestone *milestone)
{
  TruceDraft *draft = g_steal_pointer (&drafts->spare);

  if (!draft) {
    draft = g_new0 (TruceDraft, 1);
    draft->statements = g_array_new (FALSE, FALSE, sizeof (TruceStatement));
    g_array_set_clear_func (draft->statements, clear_statement);
  }
  draft->milestone = milestone;
  return draft;
}

/* Done with: it is empty for the next. */
static void
give_back (TruceDrafts *drafts, TruceDraft *draft)
{
  GArray *statements = g_array_set_size (draft->statements, 0);

  g_clear_pointer (&draft->excepts, g_array_unref);
  *draft = (TruceDraft){ .statements = statements };
  drafts->spare = draft;
}

/* --- what they lean on --- */

/* The milestone that the draft's base number `index` names: 0 is `starts`, then its statements. NULL: none. `ret_value`
 * is where it says so. FALSE when there is no such base. */
static gboolean
base_at (const TruceDraft *draft, guint index, const char **ret_id, const TruceValue **ret_value)
{
  const TruceWhen *when = draft->starts;

  if (index > draft->statements->len)
    return FALSE;
  *ret_value = &draft->starts_at;
  if (index > 0) {
    const TruceStatement *statement = &g_array_index (draft->statements, TruceStatement, index - 1);
    when = statement->when;
    *ret_value = &statement->value;
  }
  *ret_id = when ? truce_when_base_milestone (when) : NULL;
  return TRUE;
}

static void
report_unknown_base (TruceDrafts *drafts, const TruceValue *value, const char *id)
{
  g_autofree char *what = g_strdup_printf ("there is no [milestone %s]", id);

  if (!drafts->known) {
    guint n_known = truce_config_n_milestones (drafts->config);
    drafts->known = g_new0 (const char *, n_known + 1);
    for (guint i = 0; i < n_known; i++)
      drafts->known[i] = truce_config_milestone (drafts->config, i)->id;
  }
  truce_value_unknown (value, what, id, drafts->known);
}

/* What a statement may lean on, as of an instant. */
typedef struct {
  const TruceDrafts *drafts;
  TruceTime at;
} Basis;

/* A TruceWhenContext's. Bases were visited before, so their revisions are there unless they failed. */
static const TruceSpan *
base_span (const char *id, gpointer user_data)
{
  const Basis *basis = user_data;
  const TruceMilestone *base = truce_config_find_milestone (basis->drafts->config, id);

  if (!base || base->n_revisions == 0)
    return NULL;
  return &truce_milestone_revision (base, truce_milestone_revision_at (base, basis->at))->span;
}

/* Resolves as of `at`; FALSE, having said so, when it cannot. */
static gboolean
resolve (const TruceDrafts *drafts, TruceDraft *draft, const TruceWhen *when, const TruceValue *value, TruceTime at,
         TruceSpan *ret_span)
{
  Basis basis = { drafts, at };
  GPtrArray *doubts = drafts->doubts;
  TruceWhenContext context = {
    .starts = draft->milestone->has_starts ? &draft->milestone->starts : NULL,
    .milestone = base_span,
    .user_data = &basis,
    .calendar = draft->milestone->calendar,
    .doubts = doubts,
  };
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  if (!truce_when_resolve (when, &context, ret_span, &notes, &error)) {
    truce_value_error (value, "%s", error->message);
    g_ptr_array_set_size (doubts, 0);
    draft->failed = TRUE;
    return FALSE;
  }
  for (guint i = 0; notes && i < notes->len; i++)
    truce_value_note (value, "%s", (const char *) g_ptr_array_index (notes, i));
  for (guint i = 0; i < doubts->len; i++)
    truce_value_warn (value, "%s", (const char *) g_ptr_array_index (doubts, i));
  g_ptr_array_set_size (doubts, 0);
  return TRUE;
}

/* Adds the revision that `statement` makes as of `since`. */
static void
add_revision (const TruceDrafts *drafts, TruceDraft *draft, const TruceStatement *statement, TruceTime since,
              const char *why)
{
  TruceMilestone *milestone = draft->milestone;
  TruceSpan span = TRUCE_SPAN_INIT;

  if (!resolve (drafts, draft, statement->when, &statement->value, since, &span))
    return;
  if (milestone->has_starts && span.earliest < milestone->starts.earliest) {
    g_autofree char *due = truce_span_to_words (&span), *starts = truce_span_to_words (&milestone->starts);
    truce_value_error (&statement->value, "due %s, which is before it starts, %s", due, starts);
    draft->failed = TRUE;
  }
  TruceRevision *revision =
      truce_milestone_add_revision (milestone, since, &span, statement->text, why, statement->value.place.line);
  revision->follows = since != statement->since;
  truce_span_clear (&span);
}

/* A date that is based on another milestone follows each of its revisions in (after, before). */
static void
follow_base (const TruceDrafts *drafts, TruceDraft *draft, const TruceStatement *statement, TruceTime before)
{
  const char *id = truce_when_base_milestone (statement->when);
  const TruceMilestone *base = id ? truce_config_find_milestone (drafts->config, id) : NULL;

  for (guint i = 1; base && i < base->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (base, i);
    if (revision->since <= statement->since || revision->since >= before ||
        revision->since > truce_milestone_end (base))
      continue;
    g_autofree char *why =
        g_strdup_printf ("follows %s%s%s", id, revision->why ? ": " : "", revision->why ? revision->why : "");
    add_revision (drafts, draft, statement, revision->since, truce_arena_text (draft->milestone->arena, why));
  }
}

static void
resolve_statements (const TruceDrafts *drafts, TruceDraft *draft)
{
  if (draft->starts) {
    if (!resolve (drafts, draft, draft->starts, &draft->starts_at, TRUCE_TIME_MAX, &draft->milestone->starts))
      return;
    draft->milestone->has_starts = TRUE;
    draft->milestone->starts_statement = draft->starts_at.place.value;
  }
  for (guint i = 0; i < draft->statements->len && !draft->failed; i++) {
    const TruceStatement *statement = &g_array_index (draft->statements, TruceStatement, i);
    const TruceStatement *next =
        i + 1 < draft->statements->len ? &g_array_index (draft->statements, TruceStatement, i + 1) : NULL;
    add_revision (drafts, draft, statement, statement->since, statement->why);
    if (!draft->failed)
      follow_base (drafts, draft, statement, next ? next->since : TRUCE_TIME_NONE);
  }
}

/* A lead that was written for this milestone and falls before it starts was likely meant otherwise. */
static void
check_leads (const TruceDraft *draft, const TruceRevision *revision)
{
  const TruceMilestone *milestone = draft->milestone;
  const TruceLead *longest = milestone->leads->len ? &g_array_index (milestone->leads, TruceLead, 0) : NULL;
  char text[TRUCE_LEAD_TEXT_SIZE];

  if (!draft->lead_at.place.value || !milestone->has_starts || !longest || longest->after)
    return;
  TruceTime at = truce_lead_instant (longest, &revision->span, milestone->remind_at);
  if (at >= milestone->starts.earliest)
    return;
  g_autofree char *then = truce_zone_format (milestone->zone, at);
  g_autofree char *starts = truce_span_to_words (&milestone->starts);
  truce_value_warn (&draft->lead_at, "%s before the due date is %s, before it starts, %s",
                    truce_lead_to_text (longest, text), then, starts);
}

/* Offices are closed then: who has to file something has a day less. */
static void
check_day_off (const TruceDraft *draft, const TruceRevision *last)
{
  const TruceMilestone *milestone = draft->milestone;
  g_autofree char *off = milestone->calendar ? truce_span_day_off (&last->span, milestone->calendar) : NULL;

  if (off)
    truce_value_note (&g_array_index (draft->statements, TruceStatement, draft->statements->len - 1).value, "%s", off);
}

static void
check_draft (const TruceDrafts *drafts, const TruceDraft *draft)
{
  const TruceMilestone *milestone = draft->milestone;
  const TruceRevision *last;

  if (draft->failed || milestone->n_revisions == 0)
    return;
  last = truce_milestone_revision (milestone, milestone->n_revisions - 1);
  check_leads (draft, last);
  if (milestone->met.at != TRUCE_TIME_NONE || milestone->cancelled.at != TRUCE_TIME_NONE)
    return;
  if (milestone->series) {
    truce_draft_check_series (draft, drafts->now);
    return;
  }
  if (last->span.latest > drafts->now) {
    check_day_off (draft, last);
  } else {
    g_autofree char *due = truce_span_to_words (&last->span);
    truce_value_note (&draft->place, "its date, %s, has passed, and neither met nor cancelled says how it ended", due);
  }
}

/* All its bases are done. What its dates were read into is needed no more. */
static void
resolve_draft (const TruceDrafts *drafts, TruceDraft *draft)
{
  draft->mark = TRUCE_DRAFT_DONE;
  if (!draft->failed)
    resolve_statements (drafts, draft);
  if (!draft->failed && draft->repeat_at.place.value)
    truce_draft_repeat (draft);
  check_draft (drafts, draft);
  g_clear_pointer (&draft->starts, truce_when_free);
  for (guint i = 0; i < draft->statements->len; i++)
    clear_statement (&g_array_index (draft->statements, TruceStatement, i));
}

static gboolean
leans_on_other (const TruceDraft *draft)
{
  const TruceValue *value;
  const char *id;

  for (guint i = 0; base_at (draft, i, &id, &value); i++)
    if (id)
      return TRUE;
  return FALSE;
}

void
truce_drafts_add (TruceDrafts *drafts, TruceDraft *draft)
{
  if (!leans_on_other (draft)) {
    resolve_draft (drafts, draft);
    if (!draft->failed) {
      give_back (drafts, draft);
      return;
    }
  }
  g_ptr_array_add (drafts->kept, draft);
  g_hash_table_insert (drafts->by_id, (gpointer) draft->milestone->id, draft);
}

/* --- those that wait --- */

/* `open` are the drafts on the way from the first visited one down to the one that leans on `again`, itself among them.
 */
static void
report_cycle (GPtrArray *open, TruceDraft *again, const TruceValue *value)
{
  g_autoptr (GString) chain = g_string_new (NULL);
  guint from = 0;

  while (g_ptr_array_index (open, from) != again)
    from++;
  for (guint i = from; i < open->len; i++) {
    TruceDraft *draft = g_ptr_array_index (open, i);
    draft->failed = TRUE;
    if (i - from < CYCLE_SHOWN_MAX)
      g_string_append_printf (chain, "%s -> ", draft->milestone->id);
    else if (i - from == CYCLE_SHOWN_MAX)
      g_string_append (chain, "... -> ");
  }
  g_string_append (chain, again->milestone->id);
  truce_value_error (value, "the date hangs on itself: %s", chain->str);
}

/* Like one that failed, but nothing is wrong with it. */
static void
wait_for (TruceDraft *draft, const char *id)
{
  draft->failed = TRUE;
  if (!draft->waits_for)
    draft->waits_for = g_strdup (id);
}

/* Takes one step at the last of `open`: down to a base that was not visited yet, or on to the next, or done with it. */
static void
step (TruceDrafts *drafts, GPtrArray *open)
{
  TruceDraft *draft = g_ptr_array_index (open, open->len - 1);
  const TruceValue *value;
  const char *id;

  if (!base_at (draft, draft->next_base++, &id, &value)) {
    resolve_draft (drafts, draft);
    g_ptr_array_set_size (open, (int) open->len - 1);
    return;
  }
  if (!id)
    return;
  TruceDraft *base = g_hash_table_lookup (drafts->by_id, id);
  if (!base) {
    const TruceMilestone *done = truce_config_find_milestone (drafts->config, id); /* resolved at once */
    if (done && done->series && truce_drafts_is_event (drafts, id)) {
      truce_value_note (value, "%s repeats, and which of its dates is meant is not said", id);
      wait_for (draft, id);
    } else if (done && done->series) {
      truce_value_error (value, "[milestone %s] repeats, and which of its dates is meant is not said", id);
      draft->failed = TRUE;
    }
    if (done)
      return;
    if (truce_drafts_is_event (drafts, id)) {
      truce_value_note (value, "%s is known once its calendar has been read; until then [milestone %s] has no date", id,
                        draft->milestone->id);
      wait_for (draft, id);
      return;
    }
    report_unknown_base (drafts, value, id);
    draft->failed = TRUE;
  } else if (base->mark == TRUCE_DRAFT_OPEN) {
    report_cycle (open, base, value);
  } else if (base->mark == TRUCE_DRAFT_UNVISITED) {
    draft->next_base--; /* looked at again when it is done */
    base->mark = TRUCE_DRAFT_OPEN;
    g_ptr_array_add (open, base);
  } else if (base->waits_for) {
    wait_for (draft, id);
  } else if (base->failed) {
    draft->failed = TRUE;
  }
}

void
truce_drafts_resolve (TruceDrafts *drafts)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < drafts->kept->len; i++) {
    TruceDraft *draft = g_ptr_array_index (drafts->kept, i);
    if (draft->mark == TRUCE_DRAFT_UNVISITED) {
      draft->mark = TRUCE_DRAFT_OPEN;
      g_ptr_array_add (open, draft);
    }
    while (open->len)
      step (drafts, open);
  }
}
