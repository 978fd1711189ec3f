/* SPDX-License-Identifier: MIT */
#include "config/amended.h"

#include <string.h>

#include "config/ending.h"
#include "config/occurrences.h"

/* One date of a milestone on its way to revisions: a line of the config, or an amendment. */
typedef struct {
  TruceTime since;
  const TruceRevision *line; /* one of the two */
  const TruceAmendment *amendment;
} Statement;

typedef struct {
  TruceConfig *base;
  TruceTime now;
  GHashTable *said;      /* id -> GPtrArray of TruceAmendment *, in their order: those that hold */
  GHashTable *leaning;   /* id -> GPtrArray of ids (char *) of milestones that are based on it */
  GHashTable *affected;  /* id -> GINT_TO_POINTER (bases not done yet + 1) */
  GPtrArray *order;      /* affected milestones (of the base), each after those that it is based on */
  GHashTable *effective; /* id -> TruceMilestone *: those that are done */
} Amending;

static GPtrArray *
list_at (GHashTable *table, const char *id)
{
  GPtrArray *list = g_hash_table_lookup (table, id);

  if (!list) {
    list = g_ptr_array_new ();
    g_hash_table_insert (table, (gpointer) id, list);
  }
  return list;
}

/* The id that a statement is based on; (transfer full), NULL none. Most are not, which is cheap to tell. */
static char *
base_of (const char *statement, TruceZone *zone)
{
  g_autoptr (TruceWhen) when = NULL;

  if (!statement || !strchr (statement, ':'))
    return NULL;
  when = truce_when_parse (statement, zone, NULL);
  return when ? g_strdup (truce_when_base_milestone (when)) : NULL;
}

/* --- who leans on whom --- */

/* The ids that `milestone` is based on, each once: a set of char *. NULL: none. */
static GHashTable *
bases_of (const Amending *amending, const TruceMilestone *milestone)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const GPtrArray *said = g_hash_table_lookup (amending->said, milestone->id);
  GHashTable *bases = NULL;

  g_ptr_array_add (found, base_of (milestone->starts_statement, milestone->zone));
  for (guint i = 0; i < milestone->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (milestone, i);
    if (!revision->follows)
      g_ptr_array_add (found, base_of (revision->statement, milestone->zone));
  }
  for (guint i = 0; said && i < said->len; i++)
    g_ptr_array_add (found, base_of (((const TruceAmendment *) said->pdata[i])->statement, milestone->zone));
  for (guint i = 0; i < found->len; i++) {
    if (!found->pdata[i])
      continue;
    if (!bases)
      bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add (bases, found->pdata[i]);
  }
  return bases;
}

static void
learn_leaning (Amending *amending)
{
  for (guint i = 0; i < amending->base->milestones->len; i++) {
    const TruceMilestone *milestone = g_ptr_array_index (amending->base->milestones, i);
    g_autoptr (GHashTable) bases = bases_of (amending, milestone);
    GHashTableIter iter;
    gpointer id;
    if (!bases)
      continue;
    g_hash_table_iter_init (&iter, bases);
    while (g_hash_table_iter_next (&iter, &id, NULL)) {
      const TruceMilestone *base = truce_config_find_milestone (amending->base, id);
      if (base)
        g_ptr_array_add (list_at (amending->leaning, base->id), (gpointer) milestone->id);
    }
  }
}

/* Everything that is amended and everything that leans on it, however far: counted by how many of its bases are. */
static void
learn_affected (Amending *amending)
{
  g_autoptr (GPtrArray) reached = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, amending->said);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_hash_table_insert (amending->affected, id, GINT_TO_POINTER (1));
    g_ptr_array_add (reached, id);
  }
  for (guint i = 0; i < reached->len; i++) {
    const GPtrArray *leaning = g_hash_table_lookup (amending->leaning, reached->pdata[i]);
    for (guint j = 0; leaning && j < leaning->len; j++) {
      gpointer other = leaning->pdata[j], count = g_hash_table_lookup (amending->affected, other);
      if (!count)
        g_ptr_array_add (reached, other);
      g_hash_table_insert (amending->affected, other, GINT_TO_POINTER (MAX (GPOINTER_TO_INT (count), 1) + 1));
    }
  }
}

/* Each after its bases; those that lean on themselves in a ring come last, in the order of the config. */
static void
put_in_order (Amending *amending)
{
  GPtrArray *all = amending->base->milestones, *order = amending->order;

  for (guint i = 0; i < all->len; i++) {
    TruceMilestone *milestone = all->pdata[i];
    if (GPOINTER_TO_INT (g_hash_table_lookup (amending->affected, milestone->id)) == 1)
      g_ptr_array_add (order, milestone);
  }
  for (guint i = 0; i < order->len; i++) {
    const GPtrArray *leaning = g_hash_table_lookup (amending->leaning, ((TruceMilestone *) order->pdata[i])->id);
    for (guint j = 0; leaning && j < leaning->len; j++) {
      int count = GPOINTER_TO_INT (g_hash_table_lookup (amending->affected, leaning->pdata[j])) - 1;
      g_hash_table_insert (amending->affected, leaning->pdata[j], GINT_TO_POINTER (count));
      if (count == 1)
        g_ptr_array_add (order, (gpointer) truce_config_find_milestone (amending->base, leaning->pdata[j]));
    }
  }
  for (guint i = 0; i < all->len; i++) {
    TruceMilestone *milestone = all->pdata[i];
    if (GPOINTER_TO_INT (g_hash_table_lookup (amending->affected, milestone->id)) > 1)
      g_ptr_array_add (order, milestone);
  }
}

/* --- the dates of one --- */

static const TruceMilestone *
effective_of (const Amending *amending, const char *id)
{
  const TruceMilestone *milestone = g_hash_table_lookup (amending->effective, id);

  return milestone ? milestone : truce_config_find_milestone (amending->base, id);
}

/* What a statement may lean on: as of an instant, or the very revision that it follows. Several may have come into
 * force at one instant, since the clock was set back. */
typedef struct {
  const Amending *amending;
  TruceTime at;
  const TruceRevision *followed; /* NULL: none */
} Basis;

static const TruceSpan *
base_span (const char *id, gpointer user_data)
{
  const Basis *basis = user_data;
  const TruceMilestone *milestone = effective_of (basis->amending, id);

  if (basis->followed) /* a statement is based on one milestone */
    return &basis->followed->span;
  if (!milestone || milestone->n_revisions == 0)
    return NULL;
  guint index = truce_milestone_revision_at (milestone, basis->at);
  return &truce_milestone_revision (milestone, index)->span;
}

static gboolean
resolve (const Amending *amending, const TruceMilestone *milestone, const TruceWhen *when, TruceTime at,
         const TruceRevision *followed, TruceSpan *ret_span)
{
  Basis basis = { amending, at, followed };
  TruceWhenContext context = {
    .starts = milestone->has_starts ? &milestone->starts : NULL,
    .calendar = milestone->calendar,
    .milestone = base_span,
    .user_data = &basis,
  };

  return truce_when_resolve (when, &context, ret_span, NULL, NULL);
}

/* What an amendment stood for when it was made. */
static void
span_as_given (const TruceAmendment *amendment, const TruceMilestone *milestone, TruceSpan *ret_span)
{
  TruceZone *zone = amendment->zone ? truce_zone_new (amendment->zone, NULL) : NULL;

  *ret_span = (TruceSpan){
    .earliest = amendment->due,
    .latest = amendment->latest,
    .precision = amendment->latest == amendment->due ? TRUCE_PRECISION_INSTANT : TRUCE_PRECISION_INTERVAL,
    .zone = zone ? zone : truce_zone_ref (milestone->zone),
  };
}

/* Adds the revision that `statement` makes as of `since`; `base` is what it follows then, NULL: nothing yet. */
static void
add_revision (const Amending *amending, TruceMilestone *milestone, const Statement *statement, const TruceWhen *when,
              TruceTime since, const TruceRevision *base)
{
  const TruceRevision *line = statement->line;
  const TruceAmendment *amendment = statement->amendment;
  const char *text = line ? line->statement : amendment->statement;
  TruceSpan span;

  if (!when || !resolve (amending, milestone, when, since, base, &span)) {
    if (line)
      truce_span_copy (&line->span, &span);
    else
      span_as_given (amendment, milestone, &span);
  }
  g_autofree char *follows = base ? g_strdup_printf ("follows %s%s%s", truce_when_base_milestone (when),
                                                     base->why ? ": " : "", base->why ? base->why : "")
                                  : NULL;
  const char *why = base ? follows : line ? line->why : amendment->why;
  TruceRevision *revision =
      truce_milestone_add_revision (milestone, since, &span, truce_arena_text (milestone->arena, text),
                                    truce_arena_text (milestone->arena, why), line ? line->line : 0);
  revision->said = base ? base->said : line ? line->since : amendment->reading;
  revision->follows = base != NULL;
  revision->by = truce_arena_text (milestone->arena, base ? base->by : amendment ? amendment->by : line->by);
  revision->amendment = base ? base->amendment : amendment ? amendment->number : 0;
  truce_span_clear (&span);
}

/* A date that is based on another follows each of its revisions in (since, before). */
static void
add_statement (const Amending *amending, TruceMilestone *milestone, const Statement *statement, TruceTime before)
{
  const char *text = statement->line ? statement->line->statement : statement->amendment->statement;
  g_autoptr (TruceZone) zone = statement->amendment ? truce_zone_new (statement->amendment->zone, NULL) : NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone ? zone : milestone->zone, NULL);
  const char *id = when ? truce_when_base_milestone (when) : NULL;
  const TruceMilestone *base = id ? effective_of (amending, id) : NULL;
  TruceMilestoneEnd end = { TRUCE_TIME_NONE, 0, FALSE };

  if (base)
    end = truce_milestone_end_as_said (truce_config_find_milestone (amending->base, id),
                                       g_hash_table_lookup (amending->said, id));
  add_revision (amending, milestone, statement, when, statement->since, NULL);
  for (guint i = 1; base && base != milestone && i < base->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (base, i);
    if (revision->since > statement->since && revision->since < before && truce_milestone_end_takes (&end, revision))
      add_revision (amending, milestone, statement, when, revision->since, revision);
  }
}

static const TruceRevision *
line_at (const TruceMilestone *milestone, TruceTime at)
{
  const TruceRevision *line = NULL;

  for (guint i = 0; i < milestone->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (milestone, i);
    if (!revision->follows && !revision->amendment && (!line || revision->since <= at))
      line = revision;
  }
  return line;
}

/* Puts `amendment` behind all that held when it was said: what was said before, and the lines in force by the latest
 * that the clock had shown to those who spoke. */
static void
insert_amendment (GArray *statements, const TruceAmendment *amendment)
{
  Statement statement = { amendment->at, NULL, amendment }, *all = (Statement *) statements->data;
  guint at = statements->len;

  while (at > 0 && all[at - 1].line && all[at - 1].since > amendment->reading)
    at--;
  g_array_insert_val (statements, at, statement);
}

/* What has been said holds, though the clock was set back since: nothing before it comes into force after it. */
static void
bring_forward (GArray *statements, TruceTime now)
{
  TruceTime later = TRUCE_TIME_NONE;

  for (guint i = statements->len; i > 0; i--) {
    Statement *statement = &g_array_index (statements, Statement, i - 1);
    later = MIN (statement->amendment ? MIN (later, now) : later, statement->since);
    statement->since = later;
  }
}

/* The dates given for a milestone, in the order in which they come into force: (element-type Statement). */
static GArray *
statements_of (const Amending *amending, const TruceMilestone *milestone)
{
  const GPtrArray *said = g_hash_table_lookup (amending->said, milestone->id);
  GArray *statements = g_array_new (FALSE, FALSE, sizeof (Statement));

  for (guint i = 0; i < milestone->n_revisions; i++) {
    const TruceRevision *line = truce_milestone_revision (milestone, i);
    Statement statement = { line->since, line, NULL };
    if (!line->follows)
      g_array_append_val (statements, statement);
  }
  for (guint i = 0; said && i < said->len; i++) {
    const TruceAmendment *amendment = said->pdata[i];
    if (amendment->kind == TRUCE_AMENDMENT_DUE &&
        truce_occurrences_are_over (amendment, milestone, line_at (milestone, amendment->at)))
      insert_amendment (statements, amendment);
  }
  bring_forward (statements, amending->now);
  return statements;
}

static TruceMilestone *
amend_milestone (const Amending *amending, const TruceMilestone *milestone)
{
  const GPtrArray *said = g_hash_table_lookup (amending->said, milestone->id);
  g_autoptr (GArray) statements = statements_of (amending, milestone);
  TruceMilestone *amended = truce_milestone_copy_without_revisions (milestone);
  g_autoptr (TruceWhen) starts =
      milestone->starts_statement ? truce_when_parse (milestone->starts_statement, milestone->zone, NULL) : NULL;
  TruceSpan span;

  if (starts && resolve (amending, milestone, starts, TRUCE_TIME_MAX, NULL, &span)) {
    truce_span_clear (&amended->starts);
    amended->starts = span;
  }
  for (guint i = 0; i < statements->len; i++) {
    const Statement *statement = &g_array_index (statements, Statement, i);
    add_statement (amending, amended, statement, i + 1 < statements->len ? (statement + 1)->since : TRUCE_TIME_NONE);
  }
  for (guint i = 0; said && i < said->len; i++) {
    const TruceAmendment *amendment = said->pdata[i];
    if (amendment->kind == TRUCE_AMENDMENT_SILENCED) {
      amended->silenced = amendment->until;
      amended->silenced_by = truce_arena_text (amended->arena, amendment->by);
    }
  }
  TruceMilestoneEnd end = truce_milestone_end_as_said (milestone, said);
  truce_milestone_end_lay (amended, &end, said, amending->now);
  return amended;
}

/* --- all of it --- */

static TruceConfig *
put_together (const Amending *amending, const GPtrArray *amendments)
{
  TruceConfig *base = amending->base, *config = g_memdup2 (base, sizeof *base);

  g_atomic_ref_count_init (&config->references);
  config->base = truce_config_ref (base);
  config->amended = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_milestone_free);
  config->milestones = g_ptr_array_sized_new (base->milestones->len);
  config->milestones_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  config->owners = g_array_copy (base->owners);
  if (base->repeats)
    truce_occurrences_begin (config, amendments, amending->now);
  for (guint i = 0; i < base->milestones->len; i++) {
    TruceMilestone *milestone = base->milestones->pdata[i];
    TruceMilestone *amended = g_hash_table_lookup (amending->effective, milestone->id);
    if (amended)
      g_ptr_array_add (config->amended, amended);
    if (milestone->series) {
      truce_occurrences_unfold (config, amended ? amended : milestone);
      continue;
    }
    g_ptr_array_add (config->milestones, amended ? amended : milestone);
    g_hash_table_insert (config->milestones_by_id, (gpointer) milestone->id, amended ? amended : milestone);
  }
  for (guint i = 0; i < config->owners->len; i++) {
    TruceMatchOwner *owner = &g_array_index (config->owners, TruceMatchOwner, i);
    if (owner->milestone)
      owner->milestone = truce_config_find_milestone (config, owner->milestone->id);
  }
  return config;
}

static void
amending_init (Amending *amending, TruceConfig *config, TruceTime now)
{
  *amending = (Amending){
    .base = config->base ? config->base : config,
    .now = now,
    .said = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref),
    .leaning = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref),
    .affected = g_hash_table_new (g_str_hash, g_str_equal),
    .order = g_ptr_array_new (),
    .effective = g_hash_table_new (g_str_hash, g_str_equal),
  };
}

static void
amending_clear (Amending *amending)
{
  g_hash_table_unref (amending->said);
  g_hash_table_unref (amending->leaning);
  g_hash_table_unref (amending->affected);
  g_ptr_array_unref (amending->order);
  g_hash_table_unref (amending->effective);
}

TruceConfig *
truce_config_amend (TruceConfig *config, const GPtrArray *amendments, TruceTime now)
{
  Amending amending;
  TruceConfig *amended;

  amending_init (&amending, config, now);
  truce_amendments_read (amendments);
  for (guint i = 0; i < amendments->len; i++) {
    TruceAmendment *amendment = amendments->pdata[i];
    const TruceMilestone *milestone = truce_occurrences_said_of (amending.base, amendment);
    if (milestone && amendment->undone == TRUCE_TIME_NONE && !truce_occurrences_are_spared (milestone, amendment))
      g_ptr_array_add (list_at (amending.said, milestone->id), amendment);
  }
  if (g_hash_table_size (amending.said) == 0 && !amending.base->repeats) {
    amended = truce_config_ref (amending.base);
  } else {
    learn_leaning (&amending);
    learn_affected (&amending);
    put_in_order (&amending);
    for (guint i = 0; i < amending.order->len; i++) {
      TruceMilestone *milestone = amend_milestone (&amending, amending.order->pdata[i]);
      g_hash_table_insert (amending.effective, (gpointer) milestone->id, milestone);
    }
    amended = put_together (&amending, amendments);
  }
  amending_clear (&amending);
  return amended;
}

TruceMilestone *
truce_config_amend_one (TruceConfig *base, const TruceMilestone *milestone, const GPtrArray *said, TruceTime now)
{
  Amending amending;
  TruceMilestone *amended;

  amending_init (&amending, base, now);
  for (guint i = 0; i < said->len; i++)
    g_ptr_array_add (list_at (amending.said, milestone->id), g_ptr_array_index (said, i));
  amended = amend_milestone (&amending, milestone);
  amending_clear (&amending);
  return amended;
}

/* --- what a new date may be --- */

gboolean
truce_config_leans_on_itself (const TruceConfig *config, const char *id, const TruceWhen *when)
{
  g_autoptr (GPtrArray) reached = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  const char *first = truce_when_base_milestone (when);

  if (!first)
    return FALSE;
  g_ptr_array_add (reached, g_strdup (first));
  for (guint i = 0; i < reached->len; i++) {
    const char *base = g_ptr_array_index (reached, i);
    const TruceMilestone *milestone = truce_config_find_milestone (config, base);
    if (strcmp (base, id) == 0)
      return TRUE;
    if (!milestone || !g_hash_table_add (known, (gpointer) base))
      continue;
    char *starts = base_of (milestone->starts_statement, milestone->zone);
    if (starts)
      g_ptr_array_add (reached, starts);
    for (guint j = 0; j < milestone->n_revisions; j++) {
      const TruceRevision *revision = truce_milestone_revision (milestone, j);
      char *next = base_of (revision->statement, milestone->zone);
      if (next)
        g_ptr_array_add (reached, next);
    }
  }
  return FALSE;
}

const char *
truce_config_statement_at (const TruceConfig *config, const char *id, TruceTime at)
{
  const TruceMilestone *milestone = truce_config_find_milestone (config, id);

  if (milestone && milestone->series_id)
    return line_at (milestone, at)->statement; /* as the rule has it, or its calendar */
  milestone = truce_config_find_milestone (config->base ? config->base : config, id);
  return milestone ? line_at (milestone, at)->statement : NULL;
}
