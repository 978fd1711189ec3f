/* SPDX-License-Identifier: MIT */
/* Events of calendars as milestones on their way, so that dates of the configuration may hang on them; and milestones
 * that hang on events which are not known. */
#include <string.h>

#include "base/text.h"
#include "config/drafts.h"

/* An event that may become a milestone. */
typedef struct {
  const TruceBookEvent *event;
  TruceTime due;
  gboolean over;
} Candidate;

/* --- which events --- */

static gboolean
is_wanted (const TruceEventSource *source, const TruceBookEvent *event)
{
  g_autoptr (TruceItem) item = NULL;
  g_autoptr (GArray) hits = NULL;
  g_auto (GStrv) tags = NULL;

  if (!source->matcher)
    return TRUE;
  item = truce_item_new ();
  hits = truce_hits_new ();
  tags = g_strsplit (event->tags, " ", -1);
  const TruceMatchContext context = { source->feed->id, (const char *const *) tags };
  g_free (item->title);
  item->title = g_strdup (event->title);
  truce_matcher_run (source->matcher, item, &context, hits);
  return hits->len > 0;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->over != y->over)
    return x->over ? 1 : -1;
  return (x->due > y->due) - (x->due < y->due);
}

/* The date of what repeats that comes next, or else the last. */
static gboolean
next_span (const TruceBookEvent *event, TruceZone *zone, TruceTime now, TruceSpan *ret_span)
{
  g_autoptr (TruceSeries) series = truce_book_series (event, zone);
  gint64 today = truce_zone_day_of (zone, now), day;

  if (!series || !(truce_series_next (series, today - 1, &day) || truce_series_previous (series, today, &day)))
    return FALSE;
  truce_series_span (series, day, ret_span);
  return TRUE;
}

/* (element-type Candidate), those first that are due soonest. */
static GArray *
candidates_of (const TruceEventSource *source, const TruceEventBook *book, TruceTime now)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < book->events->len; i++) {
    const TruceBookEvent *event = g_ptr_array_index (book->events, i);
    TruceSpan span;
    if (event->series ||
        !(event->rule ? next_span (event, source->zone, now, &span)
                      : truce_book_span (truce_book_event_date (event)->statement, source->zone, &span)))
      continue;
    Candidate candidate = { event, span.earliest, span.latest <= now };
    if (is_wanted (source, event))
      g_array_append_val (candidates, candidate);
    truce_span_clear (&span);
  }
  g_array_sort (candidates, compare_candidates);
  g_array_set_size (candidates, MIN (candidates->len, TRUCE_CALENDAR_MILESTONES_MAX));
  return candidates;
}

/* --- their drafts --- */

static void
set_leads (const TruceConfigBuilder *builder, TruceMilestone *milestone, const TruceEventSource *source,
           const TruceBookEvent *event)
{
  TruceLead leads[TRUCE_LEADS_MAX];
  g_auto (GStrv) words = g_strsplit (event->leads, " ", -1);
  guint n = 0;

  for (char **word = words; !source->leads && *word && n < TRUCE_LEADS_MAX; word++)
    n += truce_lead_parse (*word, &leads[n]) ? 1 : 0;
  if (source->leads)
    truce_milestone_set_leads (milestone, (const TruceLead *) (gpointer) source->leads->data, source->leads->len);
  else if (n > 0)
    truce_milestone_set_leads (milestone, leads, n);
  else
    truce_milestone_set_leads (milestone, (const TruceLead *) (gpointer) builder->leads->data, builder->leads->len);
}

static void
set_tags (TruceMilestone *milestone, const TruceEventSource *source, const TruceBookEvent *event)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) own = g_strsplit (event->tags, " ", -1), tags = NULL;

  for (char **tag = source->feed->tags; tag && *tag; tag++)
    g_strv_builder_add (builder, *tag);
  for (char **tag = own; *tag; tag++)
    if (**tag && !(source->feed->tags && g_strv_contains ((const char *const *) source->feed->tags, *tag)))
      g_strv_builder_add (builder, *tag);
  tags = g_strv_builder_end (builder);
  if (tags[0])
    milestone->tags = truce_arena_texts (milestone->arena, (const char *const *) tags);
}

void
truce_draft_set_endings (TruceMilestone *milestone, const TruceBookEvent *event, const char *calendar)
{
  g_autofree char *words = g_strdup_printf ("the calendar %s", calendar);
  const char *by = truce_arena_text (milestone->arena, words);

  milestone->met = (TruceEnding){ event->met, event->met == TRUCE_TIME_NONE ? NULL : "done", by };
  milestone->cancelled = (TruceEnding){
    .at = event->ended,
    .why = event->ended == TRUCE_TIME_NONE ? NULL
           : event->gone                   ? "no longer in the calendar"
                                           : "cancelled there",
    .by = by,
  };
}

/* Dates that can no longer be read (a zone has gone) are left out, so that none of them fails the whole. */
static void
add_dates (TruceDraft *draft, const TruceBookEvent *event)
{
  TruceMilestone *milestone = draft->milestone;

  for (guint i = 0; i < event->dates->len; i++) {
    const TruceBookDate *date = g_ptr_array_index (event->dates, i);
    TruceStatement statement = {
      .value = draft->place,
      .since = draft->statements->len > 0 ? date->since : TRUCE_TIME_MIN,
    };
    TruceSpan span;
    if (!truce_book_span (date->statement, milestone->zone, &span))
      continue;
    truce_span_clear (&span);
    statement.text = truce_arena_text (milestone->arena, date->statement);
    statement.why = truce_arena_text (milestone->arena, date->why);
    statement.when = truce_when_parse (statement.text, milestone->zone, NULL);
    g_array_append_val (draft->statements, statement);
  }
}

/* Its rule has been read before, and is not in the way of the rest. */
static void
set_rule (TruceConfigBuilder *builder, TruceDraft *draft, const TruceEventSource *source, const TruceBookEvent *event)
{
  TruceArena *arena = draft->milestone->arena;

  builder->config->repeats = TRUE;
  draft->repeat_at = draft->place;
  draft->repeat_at.place.value = truce_arena_text (arena, event->rule);
  draft->own_leads = source->leads || *event->leads;
  if (!*event->excepts)
    return;
  TruceValue value = draft->place;
  value.place.value = truce_arena_text (arena, event->excepts);
  draft->excepts = g_array_new (FALSE, FALSE, sizeof (TruceValue));
  g_array_append_val (draft->excepts, value);
}

static void
add_event (TruceDrafts *drafts, TruceConfigBuilder *builder, const TruceEventSource *source, const TruceEventBook *book,
           const TruceBookEvent *event)
{
  TruceArena *arena = builder->document->texts;
  TruceMilestone *milestone = truce_milestone_new_in (arena, truce_arena_text (arena, event->id));
  TruceDraft *draft = truce_drafts_begin (drafts, milestone);

  draft->place = (TruceValue){ .diags = builder->diags, .place.section = source->feed->id };
  milestone->line = source->feed->line;
  milestone->title = truce_arena_text (arena, event->title);
  milestone->url = truce_arena_text (arena, event->url);
  milestone->zone = truce_zone_ref (source->zone);
  milestone->remind_at = source->remind_at;
  milestone->has_nag = source->has_nag;
  milestone->nag = source->nag;
  milestone->silent_after = builder->silent_after;
  milestone->budget = builder->config->budget;
  milestone->urgency = source->urgency;
  truce_milestone_set_event (milestone, source->feed->id, event->uid, event->sequence);
  set_leads (builder, milestone, source, event);
  set_tags (milestone, source, event);
  truce_draft_set_endings (milestone, event, source->feed->id);
  add_dates (draft, event);
  if (event->rule) {
    set_rule (builder, draft, source, event);
    truce_drafts_add_overrides (builder, milestone, source, book, event);
  }
  g_ptr_array_add (builder->config->milestones, milestone);
  g_hash_table_insert (builder->config->milestones_by_id, (gpointer) milestone->id, milestone);
  truce_drafts_add (drafts, draft);
  for (guint i = 1; i < milestone->n_revisions; i++)
    milestone->revisions[i].by = milestone->cancelled.by;
}

void
truce_drafts_add_events (TruceDrafts *drafts, TruceConfigBuilder *builder)
{
  for (guint i = 0; builder->books && i < builder->config->calendars->len; i++) {
    const TruceEventSource *source = g_ptr_array_index (builder->config->calendars, i);
    const TruceEventBook *book = builder->books->book (source->feed->id, builder->books->user_data);
    g_autoptr (GArray) candidates = book ? candidates_of (source, book, builder->now) : NULL;
    for (guint j = 0; candidates && j < candidates->len; j++)
      add_event (drafts, builder, source, book, g_array_index (candidates, Candidate, j).event);
  }
}

/* --- what hangs on events --- */

gboolean
truce_config_is_base (const TruceConfig *config, const char *id)
{
  g_autofree char *words = g_strconcat ("milestone:", id, NULL);

  for (guint i = 0; i < config->milestones->len; i++) {
    const TruceMilestone *milestone = g_ptr_array_index (config->milestones, i);
    if (milestone->starts_statement && strstr (milestone->starts_statement, words))
      return TRUE;
    for (guint j = 0; j < milestone->n_revisions; j++)
      if (strstr (truce_milestone_revision (milestone, j)->statement, words))
        return TRUE;
  }
  return FALSE;
}

gboolean
truce_drafts_is_event (const TruceDrafts *drafts, const char *id)
{
  const char *point = strchr (id, '.');
  g_autofree char *calendar = point ? g_strndup (id, (gsize) (point - id)) : NULL;

  return calendar && drafts->config && truce_config_find_event_source (drafts->config, calendar);
}

/* Its news would have nobody to go to. */
static void
drop_query (TruceConfigBuilder *builder, const TruceMilestone *milestone)
{
  GArray *owners = builder->config->owners;

  for (guint i = owners->len; i > 0; i--)
    if (g_array_index (owners, TruceMatchOwner, i - 1).milestone == milestone) {
      g_array_remove_index (owners, i - 1);
      g_ptr_array_remove_index (builder->queries, i - 1);
    }
}

static void
let_wait (const TruceDrafts *drafts, TruceConfigBuilder *builder, const TruceDraft *draft)
{
  TruceConfig *config = builder->config;
  TruceWaiting *waiting = g_new0 (TruceWaiting, 1);
  const char *base = draft->waits_for;

  waiting->milestone = g_strdup (draft->milestone->id);
  waiting->base = g_strdup (base);
  if (truce_drafts_is_event (drafts, base))
    waiting->calendar = g_strndup (base, strcspn (base, "."));
  g_ptr_array_add (config->waiting, waiting);
  drop_query (builder, draft->milestone);
  g_hash_table_remove (config->milestones_by_id, draft->milestone->id);
  g_ptr_array_remove (config->milestones, draft->milestone);
}

void
truce_drafts_let_wait (TruceDrafts *drafts, TruceConfigBuilder *builder)
{
  for (guint i = 0; i < drafts->kept->len; i++) {
    const TruceDraft *draft = g_ptr_array_index (drafts->kept, i);
    if (draft->waits_for)
      let_wait (drafts, builder, draft);
  }
}

static void
waiting_free (gpointer data)
{
  TruceWaiting *waiting = data;

  g_free (waiting->milestone);
  g_free (waiting->base);
  g_free (waiting->calendar);
  g_free (waiting);
}

GPtrArray *
truce_config_waiting_new (void)
{
  return g_ptr_array_new_with_free_func (waiting_free);
}

guint
truce_config_n_waiting (const TruceConfig *config)
{
  return config->waiting->len;
}

const TruceWaiting *
truce_config_waiting (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->waiting->len, NULL);
  return g_ptr_array_index (config->waiting, index);
}
