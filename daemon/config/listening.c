/* SPDX-License-Identifier: MIT */
/* Findings about who is listened to: queries that ask feeds that are not there, and moves that nobody can bring about.
 * Where there is no feed at all, that is said instead. */
#include "config/builder.h"

/* What the feeds of a selection are called, NULL at the end. */
typedef struct {
  GPtrArray *ids, *tags; /* not owned */
} Names;

static void
collect_names (const TruceConfig *config, const char *const *selection, Names *names)
{
  names->ids = g_ptr_array_new ();
  names->tags = g_ptr_array_new ();
  for (guint i = 0; i < config->feeds->len; i++) {
    const TruceFeed *feed = g_ptr_array_index (config->feeds, i);
    if (!truce_feed_selected (feed, selection))
      continue;
    g_ptr_array_add (names->ids, feed->id);
    for (char **tag = feed->tags; tag && *tag; tag++)
      g_ptr_array_add (names->tags, *tag);
  }
  g_ptr_array_add (names->ids, NULL);
  g_ptr_array_add (names->tags, NULL);
}

void
truce_config_check_query (TruceConfigBuilder *builder, const TruceValue *value, const TruceQuery *query,
                          const char *const *selection)
{
  Names names;

  if (builder->config->feeds->len == 0)
    return;
  collect_names (builder->config, selection, &names);
  g_autoptr (GPtrArray) doubts =
      truce_query_doubts (query, (const char *const *) names.ids->pdata, (const char *const *) names.tags->pdata);
  for (guint i = 0; i < doubts->len; i++)
    truce_value_warn (value, "%s", (const char *) g_ptr_array_index (doubts, i));
  g_ptr_array_unref (names.ids);
  g_ptr_array_unref (names.tags);
}

void
truce_config_check_on_move (const TruceConfig *config, const TruceValue *value, int on_move,
                            const char *const *selection)
{
  guint n = 0, n_official = 0;

  if (on_move == TRUCE_ON_MOVE_ASK || config->feeds->len == 0)
    return;
  for (guint i = 0; i < config->feeds->len; i++) {
    const TruceFeed *feed = g_ptr_array_index (config->feeds, i);
    if (!truce_feed_selected (feed, selection))
      continue;
    n++;
    n_official += feed->tier == TRUCE_TIER_OFFICIAL ? 1 : 0;
  }
  if (on_move == TRUCE_ON_MOVE_OFFICIAL && n_official == 0)
    truce_value_warn (value, "none of the feeds that it listens to is official, so that no move is ever accepted; "
                             "give one tier = official");
  else if (on_move > 0 && n < (guint) on_move)
    truce_value_note (value, "it listens to %u %s: so many sources speak only if one of them brings several publishers",
                      n, n == 1 ? "feed" : "feeds");
}
