/* SPDX-License-Identifier: MIT */
#include "worker/net/freshness.h"

#include <curl/curl.h>
#include <string.h>

#include "worker/net/limits.h"

#define WAIT_MAX_SECONDS (TRUCE_NET_WAIT_MAX / TRUCE_SECOND)

/* Digits and nothing else but blanks around them; a number beyond all sense is a large one. */
static gboolean
seconds_from_text (const char *text, gint64 *ret_seconds)
{
  const char *digits = text + strspn (text, " \t");
  gsize n = strspn (digits, "0123456789");

  if (n == 0 || digits[n + strspn (digits + n, " \t")] != '\0')
    return FALSE;
  *ret_seconds = n > 12 ? WAIT_MAX_SECONDS : g_ascii_strtoll (digits, NULL, 10);
  return TRUE;
}

static TruceTime
clamped (gint64 seconds)
{
  return CLAMP (seconds, 0, WAIT_MAX_SECONDS) * TRUCE_SECOND;
}

/* The length from `date` to `later`, both HTTP dates. */
static TruceTime
length_between (const char *date, const char *later)
{
  time_t from = date ? curl_getdate (date, NULL) : -1;
  time_t to = curl_getdate (later, NULL);

  return from < 0 || to < 0 ? 0 : clamped ((gint64) to - (gint64) from);
}

/* Looks for max-age among the directives. FALSE: it is not there. `ret_refused` when the answer is not to be kept at
 * all. */
static gboolean
find_max_age (const char *cache_control, gint64 *ret_seconds, gboolean *ret_refused)
{
  g_auto (GStrv) directives = g_strsplit (cache_control, ",", -1);
  gboolean found = FALSE;

  *ret_refused = FALSE;
  for (char **directive = directives; *directive; directive++) {
    char *name = g_strstrip (*directive);

    if (g_ascii_strcasecmp (name, "no-store") == 0 || g_ascii_strcasecmp (name, "no-cache") == 0)
      *ret_refused = TRUE;
    if (!found && g_ascii_strncasecmp (name, "max-age", 7) == 0 && name[7 + strspn (name + 7, " \t")] == '=') {
      g_autofree char *value = g_strdup (strchr (name, '=') + 1);

      g_strdelimit (value, "\"", ' ');
      found = seconds_from_text (value, ret_seconds);
    }
  }
  return found;
}

TruceTime
truce_freshness_left (const char *cache_control, const char *age, const char *expires, const char *date)
{
  gint64 seconds = 0, spent = 0;
  gboolean refused;

  if (cache_control) {
    gboolean found = find_max_age (cache_control, &seconds, &refused);

    if (refused)
      return 0;
    if (found) {
      if (age && !seconds_from_text (age, &spent))
        spent = 0;
      return clamped (seconds - spent);
    }
  }
  return expires ? length_between (date, expires) : 0;
}

TruceTime
truce_freshness_retry_after (const char *retry_after, const char *date)
{
  gint64 seconds;

  if (!retry_after)
    return 0;
  return seconds_from_text (retry_after, &seconds) ? clamped (seconds) : length_between (date, retry_after);
}
