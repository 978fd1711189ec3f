/* SPDX-License-Identifier: MIT */
#include "alert/mail.h"

#include <string.h>

#include "alert/hook_private.h"
#include "base/text.h"

#define SUBJECT_MAX 250 /* characters */
#define SHORT_ID 8      /* digits of an id that trucectl knows it by */

/* What is behind the @ of an address: there our ids belong. */
static const char *
domain_of (const char *address)
{
  const char *at = strrchr (address, '@');

  return at ? at + 1 : "localhost";
}

static void
add_date (GString *message, TruceTime now)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / TRUCE_SECOND);
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  g_string_append_printf (message, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
                          days[g_date_time_get_day_of_week (date) - 1], g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1], g_date_time_get_year (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date), g_date_time_get_second (date));
}

static void
add_correspondents (GString *message, const TruceMailPlace *place)
{
  g_autofree char *to = g_strjoinv (", ", (char **) place->to);

  if (place->from_name) {
    g_autoptr (GString) from = g_string_new (NULL);
    truce_mime_name (from, "From", place->from_name);
    g_string_truncate (from, from->len - strlen ("\r\n"));
    g_string_append_printf (message, "%s\r\n <%s>\r\n", from->str, place->from);
  } else {
    g_string_append_printf (message, "From: <%s>\r\n", place->from);
  }
  truce_mime_fold (message, "To", to);
}

/* All that is told of one subject is one conversation: its messages answer one that was never sent. */
static void
add_identity (GString *message, const TruceMailPlace *place, const TruceAlert *alert)
{
  const char *domain = domain_of (place->from);
  const char *subject = alert->milestone ? alert->milestone : alert->watch ? alert->watch : alert->feed;
  const char *kind = alert->milestone ? "milestone" : alert->watch ? "watch" : "feed";

  g_string_append_printf (message, "Message-ID: <%s.truced@%s>\r\n", place->telling, domain);
  if (!subject)
    return;
  g_autofree char *safe = g_uri_escape_string (subject, NULL, FALSE); /* of an occurrence, it has an @ */
  g_autofree char *thread = g_strdup_printf ("<%s.%s.truced@%s>", kind, safe, domain);
  truce_mime_fold (message, "In-Reply-To", thread);
  truce_mime_fold (message, "References", thread);
}

static void
add_marks (GString *message, const TruceMailPlace *place, const TruceAlert *alert)
{
  g_string_append (message, "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n");
  g_autofree char *list = g_strdup_printf ("truced <truced.%s>", domain_of (place->from)); /* to sort by */
  truce_mime_fold (message, "List-Id", list);
  if (alert->urgency == TRUCE_URGENCY_CRITICAL)
    g_string_append (message, "Importance: high\r\nX-Priority: 1 (Highest)\r\n");
  else if (alert->urgency == TRUCE_URGENCY_LOW)
    g_string_append (message, "Importance: low\r\nX-Priority: 5 (Lowest)\r\n");
  truce_mime_fold (message, "X-Truced-Id", alert->id);
  truce_mime_fold (message, "X-Truced-Kind", truce_alert_kind_to_text (alert->kind));
  if (alert->milestone)
    truce_mime_header (message, "X-Truced-Milestone", alert->milestone);
}

/* An address in a line of its own, which programs make a link. */
static void
add_address (GString *text, const char *url)
{
  if (truce_hook_link (url))
    g_string_append_printf (text, "%s\n", url);
}

static char *
body_of (const TruceAlert *alert)
{
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *about = truce_hook_about (alert);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s%s%s", title, *lines ? "\n" : "", lines, *lines ? "\n" : "");
  add_address (text, alert->url);
  for (guint i = 0; alert->items && i < alert->items->len; i++) {
    const TruceAlertItem *item = g_ptr_array_index (alert->items, i);
    if (!item->link || g_strcmp0 (item->link, alert->url) == 0)
      continue;
    g_autofree char *clean = truce_text_clean (item->title, -1);
    g_string_append_printf (text, "\n%s\n", clean);
    add_address (text, item->link);
  }
  g_string_append_printf (text, "\n-- \n%s\ntrucectl ack %.*s acknowledges it; trucectl why %.*s tells why it came.\n",
                          about, SHORT_ID, alert->id, SHORT_ID, alert->id);
  return g_string_free (text, FALSE);
}

/* Headers of a part, or of a message that has but one, and what it says. */
static void
add_text (GString *message, const char *type, const char *text)
{
  g_string_append_printf (message, "Content-Type: %s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", type);
  truce_mime_quoted_printable (message, text);
}

/* Both are shown (multipart/mixed): where they were alternatives, some programs would show an appointment, and nothing
 * of why it came. No quoted-printable text has the boundary. */
static void
add_parts (GString *message, const TruceAlert *alert, const char *body, const char *calendar)
{
  g_auto (GStrv) lines = g_strsplit (calendar, "\r\n", -1);
  g_autofree char *text = g_strjoinv ("\n", lines);

  g_string_append_printf (message, "Content-Type: multipart/mixed;\r\n boundary=\"=_%s\"\r\n\r\n--=_%s\r\n", alert->id,
                          alert->id);
  add_text (message, "text/plain; charset=utf-8", body);
  g_string_append_printf (message, "\r\n--=_%s\r\nContent-Disposition: inline; filename=\"truced.ics\"\r\n", alert->id);
  add_text (message, "text/calendar; charset=utf-8; method=PUBLISH;\r\n component=VEVENT; name=\"truced.ics\"", text);
  g_string_append_printf (message, "\r\n--=_%s--\r\n", alert->id);
}

char *
truce_mail_render (const TruceMailPlace *place, const TruceAlert *alert)
{
  g_autofree char *title = truce_hook_title (alert), *subject = truce_hook_cut (title, SUBJECT_MAX);
  g_autofree char *body = body_of (alert);
  GString *message = g_string_new (NULL);

  add_date (message, place->now);
  add_correspondents (message, place);
  truce_mime_header (message, "Subject", subject);
  add_identity (message, place, alert);
  add_marks (message, place, alert);
  g_string_append (message, "MIME-Version: 1.0\r\n");
  if (place->calendar)
    add_parts (message, alert, body, place->calendar);
  else
    add_text (message, "text/plain; charset=utf-8", body);
  return g_string_free (message, FALSE);
}
