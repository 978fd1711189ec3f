/* SPDX-License-Identifier: MIT */
/* Of a piece of news: the queries, the words in their sentences, and the story. */
#include <string.h>

#include "alert/context.h"
#include "engine/view_why.h"

#define CONTEXTS_MAX 12 /* sentences: a headline each, and a few of the summary */
#define OF_SUMMARY_MAX 4

/* --- the rule --- */

static char *
rule_words (const char *section, const char *id, const char *match, char *const *feeds)
{
  g_autofree char *selected = feeds && feeds[0] ? g_strjoinv (" ", (char **) feeds) : NULL;

  return g_strdup_printf ("[%s %s] match = %s; %s%s", section, id, match ? match : "",
                          selected ? "feeds = " : "in all feeds", selected ? selected : "");
}

/* Of "milestone:ID" or "watch:ID"; NULL when it is no longer configured. (transfer full) */
static char *
rule_of_subject (TruceEngine *engine, const char *subject)
{
  const char *id = strchr (subject, ':');
  const TruceMilestone *milestone;

  if (!id)
    return NULL;
  id++;
  if (g_str_has_prefix (subject, "milestone:")) {
    milestone = truce_config_find_milestone (engine->config, id);
    return milestone ? rule_words ("milestone", milestone->id, milestone->match, (char *const *) milestone->feeds)
                     : NULL;
  }
  for (guint i = 0; i < truce_config_n_watches (engine->config); i++) {
    const TruceWatch *watch = truce_config_watch (engine->config, i);
    if (strcmp (watch->id, id) == 0)
      return rule_words ("watch", watch->id, watch->match, watch->feeds);
  }
  return NULL;
}

char *
truce_why_query (TruceEngine *engine, const TruceAlert *alert)
{
  g_autofree char *subject = alert->milestone ? g_strconcat ("milestone:", alert->milestone, NULL)
                             : alert->watch   ? g_strconcat ("watch:", alert->watch, NULL)
                                              : NULL;
  char *rule = subject ? rule_of_subject (engine, subject) : NULL;

  return rule ? rule : g_strdup ("a query that is no longer configured");
}

static void
append_rule (TruceEngine *engine, json_t *array, const char *subject)
{
  g_autofree char *rule = rule_of_subject (engine, subject);

  json_array_append_new (array, json_string (rule ? rule : subject));
}

/* The further queries that it matched. */
static json_t *
also_to_json (TruceEngine *engine, const TruceAlert *alert)
{
  json_t *array = json_array ();

  if (alert->milestone && alert->watch) {
    g_autofree char *watch = g_strconcat ("watch:", alert->watch, NULL);
    append_rule (engine, array, watch);
  }
  for (guint i = 0; alert->also && alert->also[i]; i++)
    append_rule (engine, array, alert->also[i]);
  return array;
}

/* --- the words in context --- */

static void
add_context (json_t *array, const char *feed, const char *where, const char *text, char *const *matched)
{
  g_autoptr (GArray) marks = truce_context_marks (text, (const char *const *) matched);
  json_t *context, *words;

  if (marks->len == 0 || json_array_size (array) == CONTEXTS_MAX)
    return;
  context = json_object ();
  words = json_array ();
  truce_json_set_text (context, "feed", feed);
  truce_json_set_text (context, "where", where);
  truce_json_set_text (context, "text", text);
  for (guint i = 0; i < marks->len; i++) {
    const TruceContextMark *mark = &g_array_index (marks, TruceContextMark, i);
    json_array_append_new (words, json_stringn (text + mark->from, mark->to - mark->from));
  }
  truce_json_set_steal (context, "words", words);
  json_array_append_new (array, context);
}

/* Headlines, and between the first and the others what is kept of the first one's summary. */
static json_t *
context_to_json (const TruceAlert *alert)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  const char *summary = strchr (alert->body, '\n');
  json_t *array = json_array ();

  for (guint i = 0; alert->items && i < alert->items->len; i++) {
    const TruceAlertItem *item = g_ptr_array_index (alert->items, i);
    add_context (array, item->feed, "title", item->title ? item->title : "", alert->matched);
    if (i > 0 || !summary)
      continue;
    truce_context_sentences (summary + 1, (const char *const *) alert->matched, OF_SUMMARY_MAX, sentences);
    for (guint j = 0; j < sentences->len; j++)
      add_context (array, item->feed, "summary", g_ptr_array_index (sentences, j), alert->matched);
  }
  return array;
}

/* --- the story --- */

/* "6f0c1f8e (Truce extended)", of another alert. (transfer full) */
static char *
name_alert (TruceEngine *engine, const char *id)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, id, NULL);
  char *name = stored ? g_strdup_printf ("%.8s (%s)", id, stored->alert->title) : g_strdup_printf ("%.8s", id);

  truce_stored_alert_free (stored);
  return name;
}

char *
truce_why_story_words (TruceEngine *engine, const TruceAlert *alert)
{
  g_autofree char *other = alert->follows || alert->corrects
                               ? name_alert (engine, alert->corrects ? alert->corrects : alert->follows)
                               : NULL;
  char at[TRUCE_TIME_TEXT_SIZE];
  GString *words = g_string_new (NULL);

  if (alert->corrects)
    g_string_printf (words, "told since the headline of alert %s is another now", other);
  else if (other)
    g_string_printf (words, "told since it differs from what alert %s told", other);
  else
    g_string_printf (words, "told since no alert of the %d days before told the same",
                     (int) (TRUCE_STORY_WINDOW / TRUCE_DAY));
  if (alert->count > 1 && alert->grown != TRUCE_TIME_NONE)
    g_string_append_printf (words, "; %u more joined it until %s, and no sink was told again", alert->count - 1,
                            truce_time_to_text (alert->grown, at));
  if (alert->confirmed != TRUCE_TIME_NONE)
    g_string_append_printf (words, " but once, %s, when the first official feed told it",
                            truce_time_to_text (alert->confirmed, at));
  return g_string_free (words, FALSE);
}

static json_t *
story_to_json (TruceEngine *engine, const TruceAlert *alert)
{
  g_autofree char *follows = alert->follows ? name_alert (engine, alert->follows) : NULL;
  json_t *story = json_object ();

  truce_json_set_integer (story, "count", alert->count);
  truce_json_set_integer (story, "sources", alert->sources);
  truce_json_set_integer (story, "official", alert->official);
  truce_json_set_time (story, "grown", alert->grown);
  truce_json_set_time (story, "confirmed", alert->confirmed);
  truce_json_set_text (story, "follows", follows);
  return story;
}

void
truce_why_add_news (TruceEngine *engine, const TruceAlert *alert, json_t *why)
{
  truce_json_set_steal (why, "also", also_to_json (engine, alert));
  truce_json_set_steal (why, "context", context_to_json (alert));
  truce_json_set_steal (why, "story", story_to_json (engine, alert));
}
