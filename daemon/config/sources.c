/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/address.h"
#include "config/builder.h"

#define BACKFILL_MOST (366 * TRUCE_DAY) /* as in [truced] */

enum { FEED_URL, FEED_PATH, FEED_TITLE, FEED_TIER, FEED_TAGS, FEED_POLL, FEED_BACKFILL, FEED_ALLOW_PRIVATE };

static const TruceKey feed_keys[] = {
  [FEED_URL] = { "url", TRUCE_KEY_ONCE },
  [FEED_PATH] = { "path", TRUCE_KEY_ONCE },
  [FEED_TITLE] = { "title", TRUCE_KEY_ONCE },
  [FEED_TIER] = { "tier", TRUCE_KEY_ONCE },
  [FEED_TAGS] = { "tags", TRUCE_KEY_ONCE },
  [FEED_POLL] = { "poll", TRUCE_KEY_ONCE },
  [FEED_BACKFILL] = { "backfill", TRUCE_KEY_ONCE },
  [FEED_ALLOW_PRIVATE] = { "allow-private", TRUCE_KEY_ONCE },
  { NULL, TRUCE_KEY_ONCE },
};

enum { WATCH_TITLE, WATCH_MATCH, WATCH_FEEDS, WATCH_TAGS };

static const TruceKey watch_keys[] = {
  [WATCH_TITLE] = { "title", TRUCE_KEY_ONCE },
  [WATCH_MATCH] = { "match", TRUCE_KEY_ONCE },
  [WATCH_FEEDS] = { "feeds", TRUCE_KEY_ONCE },
  [WATCH_TAGS] = { "tags", TRUCE_KEY_ONCE },
  { NULL, TRUCE_KEY_ONCE },
};

static void
read_feed_key (TruceFeed *feed, guint key, const TruceValue *value)
{
  static const char *const tiers[] = { "press", "official", NULL }; /* by TruceTier */
  guint tier;

  switch (key) {
  case FEED_URL:
    feed->url = truce_value_url (value);
    break;
  case FEED_PATH:
    feed->path = truce_value_absolute_path (value);
    break;
  case FEED_TITLE:
    feed->title = g_strdup (value->place.value);
    break;
  case FEED_TIER:
    if (truce_value_choice (value, tiers, &tier))
      feed->tier = (TruceTier) tier;
    break;
  case FEED_TAGS:
    feed->tags = truce_value_tags (value);
    break;
  case FEED_POLL:
    truce_value_duration (value, TRUCE_POLL_FLOOR, TRUCE_POLL_CEILING, &feed->interval);
    break;
  case FEED_BACKFILL:
    truce_value_duration (value, 0, BACKFILL_MOST, &feed->backfill);
    break;
  case FEED_ALLOW_PRIVATE:
    truce_value_boolean (value, &feed->allow_private);
    break;
  default:
    break;
  }
}

void
truce_config_check_address (const TruceValue *value, const TruceFeed *feed)
{
  const char *class = feed->url && !feed->allow_private ? truce_address_class_of_url (feed->url) : NULL;

  if (class)
    truce_value_warn (value, "its address is %s: it is not asked without allow-private = yes", class);
}

/* What only the keys together tell. `addresses` maps each feed's url, without its scheme, to its TruceFeed. */
static void
check_feed (TruceConfigBuilder *builder, const TruceConfigSection *section, TruceFeed *feed,
            const TruceConfigEntry **slots, GHashTable *addresses)
{
  TruceValue place = truce_config_section_place (builder, section);

  if (slots[FEED_URL] && slots[FEED_PATH])
    truce_value_error (&place, "url and path are both there; a feed comes from one place");
  if (!slots[FEED_URL] && !slots[FEED_PATH])
    truce_value_error (&place, "a feed needs a url (or a path, for a file that a local job writes)");
  if (slots[FEED_PATH] && slots[FEED_ALLOW_PRIVATE]) {
    TruceValue value = truce_config_value (builder, section, slots[FEED_ALLOW_PRIVATE]);
    truce_value_warn (&value, "it says nothing about a path");
  }
  if (!feed->url)
    return;
  TruceValue url = truce_config_value (builder, section, slots[FEED_URL]);
  truce_config_check_address (&url, feed);
  const char *address = strstr (feed->url, "://"); /* by http or https, it is the same feed */
  const TruceFeed *same = g_hash_table_lookup (addresses, address);
  if (same) {
    truce_value_warn (&url, "[feed %s] at line %u has the same address: each item would come twice", same->id,
                      same->line);
  } else {
    g_hash_table_insert (addresses, (gpointer) address, feed);
  }
}

static TruceFeed *
build_feed (TruceConfigBuilder *builder, const TruceConfigSection *section, GHashTable *addresses)
{
  const TruceConfigEntry *slots[G_N_ELEMENTS (feed_keys)] = { NULL };
  TruceFeed *feed = truce_feed_new (section->id);

  feed->line = section->line;
  feed->interval = builder->poll;
  feed->backfill = builder->backfill;
  truce_config_collect (builder, section, feed_keys, slots);
  for (guint key = 0; feed_keys[key].name; key++)
    if (slots[key]) {
      TruceValue value = truce_config_value (builder, section, slots[key]);
      read_feed_key (feed, key, &value);
    }
  check_feed (builder, section, feed, slots, addresses);
  return feed;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_feed_name (TruceConfigBuilder *builder, char *name)
{
  if (g_hash_table_add (builder->feed_name_set, name))
    g_ptr_array_add (builder->feed_names, name);
}

void
truce_config_build_feeds (TruceConfigBuilder *builder)
{
  TruceConfig *config = builder->config;
  g_autoptr (GHashTable) addresses = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    if (!truce_config_section_is (section, TRUCE_SECTION_FEED))
      continue;
    TruceFeed *feed = build_feed (builder, section, addresses);
    g_ptr_array_add (config->feeds, feed);
    g_hash_table_insert (config->feeds_by_id, feed->id, feed);
    add_feed_name (builder, feed->id);
    for (char **tag = feed->tags; tag && *tag; tag++)
      add_feed_name (builder, *tag);
  }
  g_ptr_array_sort (builder->feed_names, compare_names);
  g_ptr_array_add (builder->feed_names, NULL);
}

char **
truce_config_feed_selection (TruceConfigBuilder *builder, const TruceValue *value)
{
  g_auto (GStrv) words = truce_value_words (value);

  for (char **word = words; word && *word; word++)
    if (strcmp (*word, "*") != 0 && !g_hash_table_contains (builder->feed_name_set, *word)) {
      g_autofree char *what = g_strdup_printf ("no feed has the id or the tag \"%s\"", *word);
      truce_value_unknown (value, what, *word, (const char *const *) builder->feed_names->pdata);
      return NULL;
    }
  return g_steal_pointer (&words);
}

static void
free_watch (TruceWatch *watch)
{
  g_free (watch->id);
  g_free (watch->title);
  g_free (watch->match);
  g_strfreev (watch->feeds);
  g_strfreev (watch->tags);
  g_free (watch);
}

static TruceWatch *
build_watch (TruceConfigBuilder *builder, const TruceConfigSection *section)
{
  const TruceConfigEntry *slots[G_N_ELEMENTS (watch_keys)] = { NULL };
  TruceWatch *watch = g_new0 (TruceWatch, 1);
  TruceValue value;

  truce_config_collect (builder, section, watch_keys, slots);
  watch->id = g_strdup (section->id);
  watch->line = section->line;
  watch->title = g_strdup (slots[WATCH_TITLE] ? slots[WATCH_TITLE]->value : section->id);
  if (slots[WATCH_FEEDS]) {
    value = truce_config_value (builder, section, slots[WATCH_FEEDS]);
    watch->feeds = truce_config_feed_selection (builder, &value);
  }
  if (slots[WATCH_TAGS]) {
    value = truce_config_value (builder, section, slots[WATCH_TAGS]);
    watch->tags = truce_value_tags (&value);
  }
  if (!slots[WATCH_MATCH]) {
    value = truce_config_section_place (builder, section);
    truce_value_error (&value, "a watch needs match, the words that it waits for");
    return watch;
  }
  value = truce_config_value (builder, section, slots[WATCH_MATCH]);
  watch->match = g_strdup (value.place.value);
  truce_config_add_query (builder, &value, NULL, watch);
  if (builder->config->feeds->len == 0)
    truce_value_warn (&value, "there is no [feed]: it will never see news");
  return watch;
}

void
truce_config_build_watches (TruceConfigBuilder *builder)
{
  g_ptr_array_set_free_func (builder->config->watches, (GDestroyNotify) free_watch);
  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    if (truce_config_section_is (section, TRUCE_SECTION_WATCH))
      g_ptr_array_add (builder->config->watches, build_watch (builder, section));
  }
}
