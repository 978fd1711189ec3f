/* SPDX-License-Identifier: MIT */
/* [calendar]: polled calendars, whose events are milestones. */
#include <string.h>

#include "config/builder.h"

enum { URL, PATH, TITLE, TAGS, POLL, ALLOW_PRIVATE, TIMEZONE, MATCH, LEAD, REMIND_AT, NAG, URGENCY };

static const TruceKey keys[] = {
  [URL] = { "url", TRUCE_KEY_ONCE },
  [PATH] = { "path", TRUCE_KEY_ONCE },
  [TITLE] = { "title", TRUCE_KEY_ONCE },
  [TAGS] = { "tags", TRUCE_KEY_ONCE },
  [POLL] = { "poll", TRUCE_KEY_ONCE },
  [ALLOW_PRIVATE] = { "allow-private", TRUCE_KEY_ONCE },
  [TIMEZONE] = { "timezone", TRUCE_KEY_ONCE },
  [MATCH] = { "match", TRUCE_KEY_ONCE },
  [LEAD] = { "lead", TRUCE_KEY_ONCE },
  [REMIND_AT] = { "remind-at", TRUCE_KEY_ONCE },
  [NAG] = { "nag", TRUCE_KEY_ONCE },
  [URGENCY] = { "urgency", TRUCE_KEY_ONCE },
  { NULL, TRUCE_KEY_ONCE },
};

void
truce_event_source_free (TruceEventSource *source)
{
  truce_feed_free (source->feed);
  truce_zone_unref (source->zone);
  g_free (source->match);
  truce_matcher_free (source->matcher);
  if (source->leads)
    g_array_unref (source->leads);
  g_free (source);
}

static void
read_match (TruceEventSource *source, const TruceValue *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceQuery) query = truce_query_parse (value->place.value, &error);
  const TruceQuery *queries[] = { query };

  if (!query) {
    truce_value_error (value, "%s", error->message);
    return;
  }
  source->match = g_strdup (value->place.value);
  source->matcher = truce_matcher_new (queries, 1);
}

/* How its events are told. */
static void
read_manner (TruceConfigBuilder *builder, TruceEventSource *source, guint key, const TruceValue *value)
{
  TruceUrgency urgency;
  TruceZone *zone;

  switch (key) {
  case TIMEZONE:
    if ((zone = truce_config_zone_of (builder, value))) {
      truce_zone_unref (source->zone);
      source->zone = truce_zone_ref (zone);
    }
    break;
  case MATCH:
    read_match (source, value);
    break;
  case LEAD:
    source->leads = truce_value_leads (value);
    break;
  case REMIND_AT:
    truce_value_time_of_day (value, &source->remind_at);
    break;
  case NAG:
    truce_value_nag (value, &source->has_nag, &source->nag);
    break;
  case URGENCY:
    if (truce_value_urgency (value, &urgency))
      source->urgency = (int) urgency;
    break;
  default:
    break;
  }
}

/* Where it comes from. */
static void
read_key (TruceConfigBuilder *builder, TruceEventSource *source, guint key, const TruceValue *value)
{
  TruceFeed *feed = source->feed;

  switch (key) {
  case URL:
    feed->url = truce_value_url (value);
    break;
  case PATH:
    feed->path = truce_value_absolute_path (value);
    break;
  case TITLE:
    feed->title = g_strdup (value->place.value);
    break;
  case TAGS:
    feed->tags = truce_value_tags (value);
    break;
  case POLL:
    truce_value_duration (value, TRUCE_POLL_FLOOR, TRUCE_POLL_CEILING, &feed->interval);
    break;
  case ALLOW_PRIVATE:
    truce_value_boolean (value, &feed->allow_private);
    break;
  default:
    read_manner (builder, source, key, value);
    break;
  }
}

/* `addresses` maps the url of each to its TruceFeed. */
static void
check_calendar (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceConfigEntry **slots,
                TruceFeed *feed, GHashTable *addresses)
{
  TruceValue place = truce_config_section_place (builder, section);
  const TruceFeed *same = g_hash_table_lookup (builder->config->feeds_by_id, feed->id);

  if (strlen (feed->id) > TRUCE_CALENDAR_ID_MAX)
    truce_value_error (&place, "the id of a calendar may have %d characters: those of its events follow it",
                       TRUCE_CALENDAR_ID_MAX);
  if (same)
    truce_value_error (&place, "[feed %s] at line %u has this id: what is polled needs one of its own", same->id,
                       same->line);
  if (slots[URL] && slots[PATH])
    truce_value_error (&place, "url and path are both there; a calendar comes from one place");
  if (!slots[URL] && !slots[PATH])
    truce_value_error (&place, "a calendar needs a url (or a path, for a file on this computer)");
  if (slots[PATH] && slots[ALLOW_PRIVATE]) {
    TruceValue value = truce_config_value (builder, section, slots[ALLOW_PRIVATE]);
    truce_value_warn (&value, "it says nothing about a path");
  }
  if (!feed->url)
    return;
  TruceValue url = truce_config_value (builder, section, slots[URL]);
  truce_config_check_address (&url, feed);
  same = g_hash_table_lookup (addresses, feed->url);
  if (same) {
    truce_value_warn (&url, "[calendar %s] at line %u has the same address: each event would be told twice", same->id,
                      same->line);
  } else {
    g_hash_table_insert (addresses, feed->url, feed);
  }
}

static TruceEventSource *
build_calendar (TruceConfigBuilder *builder, const TruceConfigSection *section, GHashTable *addresses)
{
  const TruceConfigEntry *slots[G_N_ELEMENTS (keys)] = { NULL };
  TruceEventSource *source = g_new0 (TruceEventSource, 1);

  source->feed = truce_feed_new (section->id);
  source->feed->is_calendar = TRUE;
  source->feed->line = section->line;
  source->feed->interval = builder->poll;
  source->zone = truce_zone_ref (builder->config->zone);
  source->remind_at = builder->remind_at;
  source->has_nag = builder->has_nag;
  source->nag = builder->nag;
  source->urgency = -1;
  truce_config_collect (builder, section, keys, slots);
  for (guint key = 0; keys[key].name; key++)
    if (slots[key]) {
      TruceValue value = truce_config_value (builder, section, slots[key]);
      read_key (builder, source, key, &value);
    }
  check_calendar (builder, section, slots, source->feed, addresses);
  return source;
}

void
truce_config_build_calendars (TruceConfigBuilder *builder)
{
  g_autoptr (GHashTable) addresses = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    if (truce_config_section_is (section, TRUCE_SECTION_CALENDAR))
      g_ptr_array_add (builder->config->calendars, build_calendar (builder, section, addresses));
  }
}

/* --- as others ask for them --- */

guint
truce_config_n_calendars (const TruceConfig *config)
{
  return config->calendars->len;
}

const TruceEventSource *
truce_config_event_source (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->calendars->len, NULL);
  return g_ptr_array_index (config->calendars, index);
}

const TruceEventSource *
truce_config_find_event_source (const TruceConfig *config, const char *id)
{
  for (guint i = 0; i < config->calendars->len; i++) {
    const TruceEventSource *source = g_ptr_array_index (config->calendars, i);
    if (strcmp (source->feed->id, id) == 0)
      return source;
  }
  return NULL;
}

guint
truce_config_n_polled (const TruceConfig *config)
{
  return config->feeds->len + config->calendars->len;
}

const TruceFeed *
truce_config_polled (const TruceConfig *config, guint index)
{
  if (index < config->feeds->len)
    return g_ptr_array_index (config->feeds, index);
  return truce_config_event_source (config, index - config->feeds->len)->feed;
}
