/* SPDX-License-Identifier: MIT */
/* Feeds that move for good (301, 308). A redirect is followed at once, and believed when it has stood for a day: hotel
 * networks and maintenance pages send such answers too. */
#include <string.h>

#include "engine/poll_private.h"
#include "news/polllog.h"

#define BELIEVED_AFTER_SEEN 3
#define BELIEVED_AFTER TRUCE_DAY

const char *
truce_moved_address (const FeedRun *run)
{
  return run->state.address ? run->state.address : run->feed->url;
}

static void
forget (TruceFeedState *state)
{
  g_clear_pointer (&state->moved_to, g_free);
  state->moved_since = TRUCE_TIME_NONE;
  state->moved_seen = 0;
}

static void
believe (TruceEngine *engine, FeedRun *run, TruceCommit *commit, TruceTime now)
{
  TruceFeedState *state = &run->state;
  g_autofree char *words = NULL;
  TruceAlert *alert;

  g_free (state->address);
  state->address = g_steal_pointer (&state->moved_to);
  words = g_strdup_printf ("Its server has said for a day that it is now at %s, where it is fetched from now on. In "
                           "the configuration: [%s %s] url = %s",
                           state->address, run->feed->is_calendar ? "calendar" : "feed", run->feed->id, state->address);
  alert = truce_alert_for_feed (run->feed, TRUCE_FEED_MOVED, words, state->moved_since, now);
  g_free (alert->url);
  alert->url = g_strdup (state->address);
  truce_engine_add_alert (engine, commit, alert);
  forget (state);
}

void
truce_moved_follow (TruceEngine *engine, FeedRun *run, const TrucePollFacts *facts, const char *moved_to,
                    TruceCommit *commit, TruceTime now)
{
  TruceFeedState *state = &run->state;

  if (truce_poll_outcome_is_failure (facts->outcome)) {
    /* Where it had moved to is no feed any more: the configured address knows better. A silent host may be weather. */
    if (facts->outcome != TRUCE_POLL_NETWORK_ERROR && facts->outcome != TRUCE_POLL_BROKEN)
      g_clear_pointer (&state->address, g_free);
    return;
  }
  if (!moved_to) {
    forget (state);
    return;
  }
  if (g_strcmp0 (state->moved_to, moved_to) != 0) {
    forget (state);
    state->moved_to = g_strdup (moved_to);
    state->moved_since = now;
  }
  if (state->moved_seen < G_MAXUINT16)
    state->moved_seen++;
  if (state->moved_seen >= BELIEVED_AFTER_SEEN && now - state->moved_since >= BELIEVED_AFTER)
    believe (engine, run, commit, now);
}

gboolean
truce_moved_is_there (TruceFeedState *state, const char *url)
{
  if (!url || (g_strcmp0 (state->address, url) != 0 && g_strcmp0 (state->moved_to, url) != 0))
    return FALSE;
  g_free (state->url);
  state->url = g_strdup (url);
  g_clear_pointer (&state->address, g_free);
  forget (state);
  return TRUE;
}
