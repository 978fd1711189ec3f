/* SPDX-License-Identifier: MIT */
#include "alert/hook.h"

#include <string.h>

#include "alert/hook_private.h"
#include "base/text.h"

#define SHORT_ID 8 /* digits of an id that trucectl knows it by */
#define ALERTMANAGER_PATH "/api/v2/alerts"

const char *const truce_hook_formats[] = { "json", "slack", "mattermost", "ntfy", "matrix", "alertmanager", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (truce_hook_formats) == TRUCE_N_HOOK_FORMATS + 1);

char *
truce_hook_cut (const char *text, glong most)
{
  if (g_utf8_strlen (text, -1) <= most)
    return g_strdup (text);
  g_autofree char *kept = g_utf8_substring (text, 0, most - 1);
  return g_strconcat (kept, "…", NULL);
}

char *
truce_hook_title (const TruceAlert *alert)
{
  return truce_text_clean (alert->title, -1);
}

char *
truce_hook_lines (const TruceAlert *alert)
{
  g_auto (GStrv) lines = g_strsplit (alert->body ? alert->body : "", "\n", -1);
  GString *text = g_string_new (NULL);

  for (char **line = lines; *line; line++) {
    g_autofree char *clean = truce_text_clean (*line, -1);
    if (*clean)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", clean);
  }
  return g_string_free (text, FALSE);
}

const char *
truce_hook_link (const char *url)
{
  gboolean is_web =
      url && (g_ascii_strncasecmp (url, "https://", 8) == 0 || g_ascii_strncasecmp (url, "http://", 7) == 0);

  return is_web && !strpbrk (url, " \t\r\n") ? url : NULL;
}

char *
truce_hook_about (const TruceAlert *alert)
{
  const char *subject = alert->milestone ? alert->milestone : alert->watch ? alert->watch : alert->feed;

  return g_strdup_printf ("%s · %s%s%s · %.*s", truce_urgency_to_text (alert->urgency),
                          truce_alert_kind_to_text (alert->kind), subject ? " · " : "", subject ? subject : "",
                          SHORT_ID, alert->id);
}

/* --- addresses --- */

/* Where its path begins, without a query; NULL: there is none, or only "/". */
static const char *
path_of (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host ? strchr (host + 3, '/') : NULL;

  return path && path[1] && path[1] != '?' ? path : NULL;
}

const char *
truce_hook_url_fault (TruceHookFormat format, const char *url)
{
  const char *path = path_of (url);

  if (strchr (url, '?') && format != TRUCE_HOOK_JSON && format != TRUCE_HOOK_SLACK && format != TRUCE_HOOK_MATTERMOST)
    return "the address of such a server has no \"?\"";
  if ((format == TRUCE_HOOK_SLACK || format == TRUCE_HOOK_MATTERMOST) && !path)
    return "the address of a hook has a path; it is given whole when the hook is made";
  if (format == TRUCE_HOOK_NTFY && (!path || g_str_has_suffix (path, "/")))
    return "the topic is missing: https://ntfy.sh/TOPIC";
  if (format == TRUCE_HOOK_MATRIX && path)
    return "the home server's address is wanted, without a path";
  return NULL;
}

static char *
matrix_url (const TruceHookPlace *place)
{
  g_autofree char *room = g_uri_escape_string (place->room, NULL, FALSE);
  g_autofree char *telling = g_uri_escape_string (place->telling, NULL, FALSE);
  gboolean ends = g_str_has_suffix (place->url, "/");

  return g_strdup_printf ("%s%s_matrix/client/v3/rooms/%s/send/m.room.message/%s", place->url, ends ? "" : "/", room,
                          telling);
}

static char *
alertmanager_url (const char *url)
{
  gsize length = strlen (url) - (g_str_has_suffix (url, "/") ? 1 : 0);

  if (g_str_has_suffix (url, ALERTMANAGER_PATH))
    return g_strdup (url);
  return g_strdup_printf ("%.*s" ALERTMANAGER_PATH, (int) length, url);
}

/* --- the request --- */

void
truce_hook_render (const TruceHookPlace *place, const TruceAlert *alert, TruceHookRequest *ret_request)
{
  TruceHookRequest request = { .method = "POST" };
  g_autoptr (json_t) body = NULL;
  const char *topic;

  switch (place->format) {
  case TRUCE_HOOK_JSON:
    body = truce_alert_to_json (alert);
    break;
  case TRUCE_HOOK_SLACK:
    body = truce_hook_slack (alert);
    break;
  case TRUCE_HOOK_MATTERMOST:
    body = truce_hook_mattermost (alert);
    break;
  case TRUCE_HOOK_NTFY:
    topic = strrchr (place->url, '/') + 1;
    request.url = g_strndup (place->url, (gsize) (topic - place->url));
    body = truce_hook_ntfy (alert, topic);
    break;
  case TRUCE_HOOK_MATRIX:
    request.method = "PUT"; /* under a name of its own: put again, it is the same message */
    request.url = matrix_url (place);
    body = truce_hook_matrix (alert);
    break;
  case TRUCE_HOOK_ALERTMANAGER:
    request.url = alertmanager_url (place->url);
    body = truce_hook_alertmanager (alert, place->now);
    break;
  }
  if (!request.url)
    request.url = g_strdup (place->url);
  request.body = truce_json_to_line (body);
  *ret_request = request;
}

void
truce_hook_request_clear (TruceHookRequest *request)
{
  g_free (request->url);
  g_free (request->body);
  *request = (TruceHookRequest){ 0 };
}
