/* SPDX-License-Identifier: MIT */
/* Which alerts a sink takes, and whether there can be any. */
#include <string.h>

#include "config/builder.h"

/* --- by what an alert is about --- */

gboolean
truce_sink_wants (const TruceSink *sink, const char *const *tags)
{
  if (!sink->tags)
    return TRUE;
  for (; tags && *tags; tags++)
    if (g_strv_contains ((const char *const *) sink->tags, *tags))
      return TRUE;
  return FALSE;
}

/* What has gone from the configuration cannot be judged: rather told than not. */
static gboolean
takes_milestone (const TruceConfig *config, const TruceSink *sink, const char *id)
{
  const TruceMilestone *milestone = truce_config_find_milestone (config, id);

  return !milestone || truce_sink_wants (sink, milestone->tags);
}

static gboolean
takes_watch (const TruceConfig *config, const TruceSink *sink, const char *id)
{
  for (guint i = 0; i < truce_config_n_watches (config); i++) {
    const TruceWatch *watch = truce_config_watch (config, i);
    if (strcmp (watch->id, id) == 0)
      return truce_sink_wants (sink, (const char *const *) watch->tags);
  }
  return TRUE;
}

static gboolean
takes_feed (const TruceConfig *config, const TruceSink *sink, const char *id)
{
  for (guint i = 0; i < truce_config_n_polled (config); i++) {
    const TruceFeed *feed = truce_config_polled (config, i);
    if (strcmp (feed->id, id) == 0)
      return truce_sink_wants (sink, (const char *const *) feed->tags);
  }
  return TRUE;
}

/* One of `also`: "watch:fentanyl", or a milestone's id. */
static gboolean
takes_other (const TruceConfig *config, const TruceSink *sink, const char *name)
{
  return g_str_has_prefix (name, "watch:") ? takes_watch (config, sink, name + strlen ("watch:"))
                                           : takes_milestone (config, sink, name);
}

/* What is about nothing in particular, as trouble of truced's own, passes. */
static gboolean
takes_subject (const TruceConfig *config, const TruceSink *sink, const TruceAlert *alert)
{
  gboolean any = alert->milestone || alert->watch || alert->feed || alert->items;

  if (!sink->tags || !any)
    return TRUE;
  if ((alert->milestone && takes_milestone (config, sink, alert->milestone)) ||
      (alert->watch && takes_watch (config, sink, alert->watch)) ||
      (alert->feed && takes_feed (config, sink, alert->feed)))
    return TRUE;
  for (char **other = alert->also; other && *other; other++)
    if (takes_other (config, sink, *other))
      return TRUE;
  for (guint i = 0; alert->items && i < alert->items->len; i++)
    if (takes_feed (config, sink, ((TruceAlertItem *) g_ptr_array_index (alert->items, i))->feed))
      return TRUE;
  return FALSE;
}

static gboolean
takes (const TruceSink *sink, TruceAlertKind kind, TruceUrgency urgency)
{
  return kind == TRUCE_ALERT_TEST || ((sink->kinds & 1u << kind) && urgency >= sink->min_urgency);
}

gboolean
truce_sink_takes_brief (const TruceConfig *config, const TruceSink *sink, const TruceAlertBrief *brief)
{
  return takes (sink, brief->kind, brief->urgency) &&
         (!sink->tags || !brief->milestone || takes_milestone (config, sink, brief->milestone));
}

gboolean
truce_sink_takes (const TruceConfig *config, const TruceSink *sink, const TruceAlert *alert)
{
  if (alert->kind != TRUCE_ALERT_DIGEST)
    return takes (sink, alert->kind, alert->urgency) && takes_subject (config, sink, alert);
  for (guint i = 0; alert->alerts && i < alert->alerts->len; i++)
    if (truce_sink_takes_brief (config, sink, g_ptr_array_index (alert->alerts, i)))
      return TRUE;
  return FALSE;
}

/* --- findings --- */

static gboolean
is_tag_of_any (const TruceConfig *config, const char *tag)
{
  const char *const one[] = { tag, NULL };
  const TruceSink sink = { .tags = (char **) one };

  for (guint i = 0; i < config->milestones->len; i++)
    if (truce_sink_wants (&sink, ((TruceMilestone *) g_ptr_array_index (config->milestones, i))->tags))
      return TRUE;
  for (guint i = 0; i < truce_config_n_watches (config); i++)
    if (truce_sink_wants (&sink, (const char *const *) truce_config_watch (config, i)->tags))
      return TRUE;
  for (guint i = 0; i < truce_config_n_polled (config); i++)
    if (truce_sink_wants (&sink, (const char *const *) truce_config_polled (config, i)->tags))
      return TRUE;
  return FALSE;
}

/* The most urgent that an alert of one of `kinds` ever is. */
static TruceUrgency
most_urgent (guint kinds)
{
  const guint at_most_normal = 1u << TRUCE_ALERT_NEWS | 1u << TRUCE_ALERT_FEED;

  return (kinds & ~at_most_normal) != 0 ? TRUCE_URGENCY_CRITICAL : TRUCE_URGENCY_NORMAL;
}

static void
check_sink (TruceConfigBuilder *builder, const TruceSink *sink)
{
  g_autofree char *section = g_strconcat ("sink ", sink->id, NULL);
  TruceValue place = { .diags = builder->diags,
                       .place = { .path = sink->file, .line = sink->line, .section = section } };

  if (most_urgent (sink->kinds) < sink->min_urgency)
    truce_value_warn (&place, "it receives nothing but tests: none of the kinds in alerts is ever as urgent as %s",
                      truce_urgency_to_text (sink->min_urgency));
  if (sink->digest >= 0 && sink->min_urgency == TRUCE_URGENCY_CRITICAL)
    truce_value_warn (&place, "its digest never has anything: it takes only what is critical, which comes at once");
  place.place.key = "tags";
  place.place.line = sink->tags_line;
  for (char **tag = sink->tags; tag && *tag; tag++) {
    place.place.value = *tag;
    if (builder->config->calendars->len > 0) /* whose events may bring any */
      break;
    if (!is_tag_of_any (builder->config, *tag))
      truce_value_warn (&place, "no milestone, watch or feed has this tag");
  }
}

void
truce_config_check_sinks (TruceConfigBuilder *builder)
{
  for (guint i = 0; i < builder->config->sinks->len; i++) {
    const TruceSink *sink = g_ptr_array_index (builder->config->sinks, i);
    if (sink->file) /* a built-in one takes everything */
      check_sink (builder, sink);
  }
}
