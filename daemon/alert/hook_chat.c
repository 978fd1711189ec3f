/* SPDX-License-Identifier: MIT */
/* Slack, Mattermost, Matrix: rooms where people talk. Nobody is to be called by what a headline says. */
#include "alert/hook_private.h"

#include <string.h>

#include "base/text.h"

/* Slack refuses the whole message when a block is longer. */
#define SLACK_HEADER_MAX 150
#define SLACK_SECTION_MAX 3000
#define SLACK_TEXT_MAX 1000 /* of words, for notifications and screen readers; Discord takes 2000 with the address */
#define SLACK_TEXT_LINK_MAX 900
#define SLACK_LINK_MAX 3000  /* of a button */
#define MATTERMOST_MAX 16000 /* characters; its posts have 16,383 */
#define MATRIX_MAX 12000     /* characters, of text and again of HTML, where an event has 65,536 bytes */

/* Nothing in it is a link, a mention or a channel then. */
static char *
slack_escape (const char *text)
{
  return truce_text_escape_markup (text);
}

/* Escaping makes text longer: so much of it that it still fits then. (transfer full) */
static char *
slack_fit (const char *text, glong most)
{
  g_autofree char *escaped = slack_escape (text);
  glong over = g_utf8_strlen (escaped, -1) - most;

  if (over <= 0)
    return g_steal_pointer (&escaped);
  g_autofree char *kept = truce_hook_cut (text, MAX (g_utf8_strlen (text, -1) - over, 1));
  return slack_escape (kept);
}

/* What those see who see no blocks: notifications, screen readers, and the users of Discord. (transfer full) */
static char *
slack_fallback (const char *title, const char *lines, const char *url)
{
  g_autofree char *words = g_strjoin (*lines ? "\n" : "", title, lines, NULL);
  g_autofree char *text = slack_fit (words, SLACK_TEXT_MAX), *link = slack_escape (url ? url : "");

  if (!*link || g_utf8_strlen (link, -1) > SLACK_TEXT_LINK_MAX)
    return g_steal_pointer (&text);
  return g_strjoin ("\n", text, link, NULL);
}

static json_t *
slack_text (const char *type, const char *text)
{
  return json_pack ("{s:s, s:s}", "type", type, "text", text);
}

json_t *
truce_hook_slack (const TruceAlert *alert)
{
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *about = truce_hook_about (alert), *head = truce_hook_cut (title, SLACK_HEADER_MAX);
  const char *url = truce_hook_link (alert->url);
  g_autofree char *text = slack_fallback (title, lines, url), *body = slack_fit (lines, SLACK_SECTION_MAX);
  json_t *blocks = json_array ();

  json_array_append_new (blocks, json_pack ("{s:s, s:o}", "type", "header", "text", slack_text ("plain_text", head)));
  if (*body) {
    json_t *words = slack_text ("mrkdwn", body);
    json_object_set_new (words, "verbatim", json_true ());
    json_array_append_new (blocks, json_pack ("{s:s, s:o}", "type", "section", "text", words));
  }
  if (url && g_utf8_strlen (url, -1) <= SLACK_LINK_MAX)
    json_array_append_new (blocks, json_pack ("{s:s, s:[{s:s, s:o, s:s}]}", "type", "actions", "elements", "type",
                                              "button", "text", slack_text ("plain_text", "Open"), "url", url));
  json_array_append_new (blocks,
                         json_pack ("{s:s, s:[o]}", "type", "context", "elements", slack_text ("plain_text", about)));
  return json_pack ("{s:s, s:o, s:b, s:b}", "text", text, "blocks", blocks, "unfurl_links", 0, "unfurl_media", 0);
}

/* --- Mattermost --- */

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

/* As it stands, with nothing of it Markdown; and a name behind an @ calls nobody when it is no name. */
static void
append_unmarked (GString *message, const char *text)
{
  for (const char *c = text; *c; c++) {
    if (*c == '@') {
      g_string_append (message, "@" ZERO_WIDTH_SPACE);
      continue;
    }
    if (strchr ("\\`*_{}[]<>()#+-!|~&", *c))
      g_string_append_c (message, '\\');
    g_string_append_c (message, *c);
  }
}

json_t *
truce_hook_mattermost (const TruceAlert *alert)
{
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *about = truce_hook_about (alert), *cut = truce_hook_cut (lines, MATTERMOST_MAX / 4);
  g_autofree char *head = truce_hook_cut (title, MATTERMOST_MAX / 8);
  const char *url = truce_hook_link (alert->url);
  g_autoptr (GString) message = g_string_new ("**");

  append_unmarked (message, head);
  g_string_append (message, "**\n");
  append_unmarked (message, cut);
  if (url && !strpbrk (url, "<>") && strlen (url) < MATTERMOST_MAX / 8) /* between which it stands */
    g_string_append_printf (message, "%s<%s>", *cut ? "\n" : "", url);
  g_string_append (message, "\n");
  append_unmarked (message, about);
  return json_pack ("{s:s}", "text", message->str);
}

/* --- Matrix --- */

json_t *
truce_hook_matrix (const TruceAlert *alert)
{
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *about = truce_hook_about (alert), *cut = truce_hook_cut (lines, MATRIX_MAX / 2);
  g_autofree char *head = truce_hook_cut (title, MATRIX_MAX / 8);
  const char *link = truce_hook_link (alert->url), *url = link && strlen (link) < MATRIX_MAX / 4 ? link : NULL;
  g_autofree char *text = g_strjoin ("\n", head, *cut ? cut : about, *cut ? about : url, *cut ? url : NULL, NULL);
  g_autofree char *html_head = g_markup_escape_text (head, -1), *html_cut = g_markup_escape_text (cut, -1);
  g_autofree char *html_about = g_markup_escape_text (about, -1), *html_url = g_markup_escape_text (url ? url : "", -1);
  g_auto (GStrv) parts = g_strsplit (html_cut, "\n", -1);
  g_autofree char *html_lines = g_strjoinv ("<br>", parts);
  g_autofree char *html_link = url ? g_strdup_printf ("<br><a href=\"%s\">%s</a>", html_url, html_url) : g_strdup ("");
  g_autofree char *html = g_strdup_printf ("<strong>%s</strong>%s%s%s<br><em>%s</em>", html_head, *cut ? "<br>" : "",
                                           html_lines, html_link, html_about);

  /* Of m.notice clients make no sound. */
  return json_pack ("{s:s, s:s, s:s, s:s, s:{}}", "msgtype",
                    alert->urgency == TRUCE_URGENCY_LOW ? "m.notice" : "m.text", "body", text, "format",
                    "org.matrix.custom.html", "formatted_body", html, "m.mentions");
}
