/* SPDX-License-Identifier: MIT */
#include "news/feed.h"

#include <string.h>

#define PORT_MAX 65535

const char *
truce_tier_to_text (TruceTier tier)
{
  switch (tier) {
  case TRUCE_TIER_OFFICIAL:
    return "official";
  case TRUCE_TIER_PRESS:
    return "press";
  }
  g_return_val_if_reached ("press");
}

TruceFeed *
truce_feed_new (const char *id)
{
  TruceFeed *feed = g_new0 (TruceFeed, 1);

  feed->id = g_strdup (id);
  feed->tier = TRUCE_TIER_PRESS;
  feed->interval = TRUCE_POLL_DEFAULT;
  feed->backfill = TRUCE_BACKFILL_DEFAULT;
  return feed;
}

void
truce_feed_free (TruceFeed *feed)
{
  if (!feed)
    return;
  g_free (feed->id);
  g_free (feed->title);
  g_free (feed->url);
  g_free (feed->path);
  g_strfreev (feed->tags);
  g_free (feed);
}

gboolean
truce_feed_selected (const TruceFeed *feed, const char *const *selection)
{
  if (!selection)
    return TRUE;
  for (; *selection; selection++)
    if (strcmp (*selection, "*") == 0 || strcmp (*selection, feed->id) == 0 ||
        (feed->tags && g_strv_contains ((const char *const *) feed->tags, *selection)))
      return TRUE;
  return FALSE;
}

/* Splits "host:port" (or "[::1]:port") and writes the port's number, 0 when none is given; FALSE when it is no port. */
static gboolean
split_port (char *authority, guint *ret_port)
{
  char *after = *authority == '[' ? strchr (authority, ']') : authority;
  guint64 port = 0;

  if (!after)
    return FALSE;
  if (*after == ']' && after[1] != '\0' && after[1] != ':')
    return FALSE;
  char *colon = strchr (after, ':');
  if (colon) {
    if (colon[1] != '\0' && !g_ascii_string_to_unsigned (colon + 1, 10, 1, PORT_MAX, &port, NULL))
      return FALSE;
    *colon = '\0';
  }
  *ret_port = (guint) port;
  return TRUE;
}

static gboolean
host_is_plausible (const char *host)
{
  if (*host == '\0')
    return FALSE;
  for (; *host; host++)
    if ((guchar) *host <= ' ' || *host == '%' || *host == 0x7f)
      return FALSE;
  return TRUE;
}

char *
truce_url_host_key (const char *url)
{
  guint own_port;
  guint port;

  if (g_ascii_strncasecmp (url, "http://", 7) == 0)
    own_port = 80;
  else if (g_ascii_strncasecmp (url, "https://", 8) == 0)
    own_port = 443;
  else
    return NULL;
  const char *scheme = own_port == 80 ? "http" : "https";
  const char *start = url + strlen (scheme) + strlen ("://");
  g_autofree char *authority = g_ascii_strdown (start, (gssize) strcspn (start, "/?#"));
  /* Other readers of addresses take a backslash for the end of the host: better none than another's. */
  char *user_end = strrchr (authority, '@');
  char *host = user_end ? user_end + 1 : authority;
  if (strchr (authority, '\\') || !split_port (host, &port) || !host_is_plausible (host))
    return NULL;
  gsize length = strlen (host);
  if (length > 1 && host[length - 1] == '.')
    host[length - 1] = '\0'; /* the same host, written as a full name */
  if (port == 0 || port == own_port)
    return g_strconcat (scheme, "://", host, NULL);
  return g_strdup_printf ("%s://%s:%u", scheme, host, port);
}

void
truce_feed_state_init (TruceFeedState *state)
{
  *state = (TruceFeedState){
    .due = TRUCE_TIME_NONE,
    .last_try = TRUCE_TIME_NONE,
    .last_200 = TRUCE_TIME_NONE,
    .last_304 = TRUCE_TIME_NONE,
    .last_new = TRUCE_TIME_NONE,
    .newest = TRUCE_TIME_NONE,
    .moved_since = TRUCE_TIME_NONE,
  };
}

void
truce_feed_state_clear (TruceFeedState *state)
{
  g_free (state->url);
  g_free (state->etag);
  g_free (state->last_modified);
  g_free (state->title);
  g_free (state->due_reason);
  g_free (state->error);
  g_free (state->polls);
  g_free (state->moved_to);
  g_free (state->address);
  truce_feed_state_init (state);
}

void
truce_feed_state_copy (const TruceFeedState *state, TruceFeedState *ret_state)
{
  *ret_state = *state;
  ret_state->url = g_strdup (state->url);
  ret_state->etag = g_strdup (state->etag);
  ret_state->last_modified = g_strdup (state->last_modified);
  ret_state->title = g_strdup (state->title);
  ret_state->due_reason = g_strdup (state->due_reason);
  ret_state->error = g_strdup (state->error);
  ret_state->polls = g_strdup (state->polls);
  ret_state->moved_to = g_strdup (state->moved_to);
  ret_state->address = g_strdup (state->address);
}
