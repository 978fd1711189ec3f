/* SPDX-License-Identifier: MIT */
/* A sink that is told once a day. What waits is in the outbox, put off until that time of day: a restart changes
 * nothing, and after an absence it is told at once. */
#include <string.h>

#include "engine/sink_private.h"

#define COMING_MAX 10               /* dates: what fits a glance */
#define STILL_OF_TODAY TRUCE_MINUTE /* what falls due at that time of day is raised a moment later */

TruceTime
truce_daily_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now)
{
  gboolean is_summary = alert->kind == TRUCE_ALERT_DIGEST && g_strcmp0 (alert->why, TRUCE_DIGEST_DAILY_WORD) == 0;

  TruceTime told = alert->confirmed == TRUCE_TIME_NONE ? alert->raised : MAX (alert->raised, alert->confirmed);

  if (is_summary || told > now) /* by a clock that was ahead: it has waited enough */
    return TRUCE_TIME_MIN;
  return truce_daily_after (sink->digest, truce_config_zone (engine->config), told - STILL_OF_TODAY);
}

gboolean
truce_daily_same (TruceEngine *engine, const char *one, const char *other)
{
  const TruceSink *a = truce_config_find_sink (engine->config, one),
                  *b = truce_config_find_sink (engine->config, other);

  if (!a->tags || !b->tags)
    return a->tags == b->tags;
  return g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags);
}

/* --- what comes next --- */

typedef struct {
  TruceTime due;
  char *line;
} Coming;

static void
clear_coming (gpointer data)
{
  g_free (((Coming *) data)->line);
}

static int
compare_coming (gconstpointer a, gconstpointer b)
{
  const Coming *x = a, *y = b;

  return (x->due > y->due) - (x->due < y->due);
}

static void
add_coming (TruceEngine *engine, const TruceMilestone *milestone, GArray *coming, TruceTime now)
{
  TruceSpan span;
  guint revision;

  truce_deadlines_current (engine, milestone, now, &revision, &span);
  if (span.latest > now) {
    g_autofree char *left = truce_zone_words_until (span.zone, span.earliest, now);
    g_autofree char *words = truce_span_to_words (&span);
    Coming next = { span.earliest, g_strdup_printf ("%s: %s, %s", milestone->title, left, words) };
    g_array_append_val (coming, next);
  }
  truce_span_clear (&span);
}

/* "\nTITLE: in 12 days, WHEN" for each. (transfer full) */
static char *
coming_text (TruceEngine *engine, const TruceSink *sink, TruceTime now)
{
  g_autoptr (GArray) coming = g_array_new (FALSE, FALSE, sizeof (Coming));
  GString *text = g_string_new (NULL);

  g_array_set_clear_func (coming, clear_coming);
  for (guint i = 0; i < truce_config_n_milestones (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_milestone (engine->config, i);
    if (truce_config_shows (engine->config, milestone) && !truce_milestone_ended_at (milestone, now) &&
        truce_sink_wants (sink, milestone->tags))
      add_coming (engine, milestone, coming, now);
  }
  g_array_sort (coming, compare_coming);
  for (guint i = 0; i < MIN (coming->len, COMING_MAX); i++)
    g_string_append_printf (text, "\n%s", g_array_index (coming, Coming, i).line);
  if (coming->len > COMING_MAX)
    g_string_append_printf (text, "\nand %u more", coming->len - COMING_MAX);
  return g_string_free (text, FALSE);
}

TruceAlert *
truce_daily_summary (TruceEngine *engine, const char *const *sinks, GPtrArray *alerts, const char *subject,
                     TruceTime now)
{
  g_autofree char *coming = coming_text (engine, truce_config_find_sink (engine->config, sinks[0]), now);

  return truce_alert_for_summary (alerts, subject, sinks, coming, now);
}
