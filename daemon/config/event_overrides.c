/* SPDX-License-Identifier: MIT */
/* Occurrences that have an event of their own in their calendar: moved, cancelled or done by themselves. */
#include "config/drafts.h"
#include "config/occurrences.h"

static void
add_revisions (TruceMilestone *own, const TruceBookEvent *event, const char *by)
{
  for (guint i = 0; i < event->dates->len; i++) {
    const TruceBookDate *date = g_ptr_array_index (event->dates, i);
    TruceSpan span;
    if (!truce_book_span (date->statement, own->zone, &span))
      continue;
    TruceRevision *revision =
        truce_milestone_add_revision (own, date->since, &span, truce_arena_text (own->arena, date->statement),
                                      truce_arena_text (own->arena, date->why), own->line);
    revision->by = date->since > TRUCE_TIME_MIN ? truce_arena_text (own->arena, by) : NULL;
    truce_span_clear (&span);
  }
}

void
truce_drafts_add_overrides (TruceConfigBuilder *builder, const TruceMilestone *milestone,
                            const TruceEventSource *source, const TruceEventBook *book, const TruceBookEvent *series)
{
  g_autofree char *by = g_strdup_printf ("the calendar %s", source->feed->id);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_milestone_free);

  for (guint i = 0; i < book->events->len; i++) {
    const TruceBookEvent *event = g_ptr_array_index (book->events, i);
    if (g_strcmp0 (event->series, series->uid) != 0)
      continue;
    TruceMilestone *own = truce_milestone_new_in (milestone->arena, truce_arena_text (milestone->arena, event->id));
    own->title = truce_arena_text (own->arena, event->title);
    own->url = truce_arena_text (own->arena, event->url);
    own->zone = truce_zone_ref (source->zone);
    own->line = milestone->line;
    own->occurrence = event->occurrence;
    add_revisions (own, event, by);
    truce_draft_set_endings (own, event, source->feed->id);
    g_ptr_array_add (list, own);
  }
  if (list->len > 0)
    g_hash_table_insert (builder->config->overrides, (gpointer) milestone->id, list);
  else
    g_ptr_array_unref (list);
}

const TruceMilestone *
truce_config_override (const TruceConfig *config, const char *series_id, gint64 day)
{
  const GPtrArray *list = g_hash_table_lookup (config->overrides, series_id);

  for (guint i = 0; list && i < list->len; i++) {
    const TruceMilestone *own = g_ptr_array_index (list, i);
    if (own->occurrence == day)
      return own;
  }
  return NULL;
}
