/* SPDX-License-Identifier: MIT */
#include "alert/render.h"

#include <string.h>

#include "base/text.h"

/* Receivers cut lines themselves beyond some 2 KiB (RFC 5424: must take 480 octets, should take 2048), and not where
 * we would. */
#define MESSAGE_MAX 1800
/* rsyslog takes 8 KiB a message unless told otherwise; what remains after the message and the header. */
#define STRUCTURED_MAX 6000
#define VALUE_MAX 1024
/* RFC 5424, section 6.3.3. */
#define PARAMETER_NAME_MAX 32
/* Under the enterprise number that RFC 5612 keeps for examples: truced has none of its own. */
#define STRUCTURED_ID "truced@32473"
#define FACILITY_DAEMON 3
#define SHORT_ID 8 /* digits of an id that are shown to people; enough for trucectl to know it by */

static const char *const message_ids[] = {
  [TRUCE_ALERT_LEAD] = "9f11612c0f2c4c01be74795f427e5715",
  [TRUCE_ALERT_DUE] = "d28bb9a6453d496a8a007cf4b1a2d908",
  [TRUCE_ALERT_WINDOW_OPEN] = "432170bab91642ecaa096e04ad5d057f",
  [TRUCE_ALERT_PASSED] = "8d0fedccff5447b299182e01ab400bec",
  [TRUCE_ALERT_NEWS] = "54b315cb82054afa86365127759f5726",
  [TRUCE_ALERT_MOVE] = "9e652578cb9547b794b3b8a014679dcf",
  [TRUCE_ALERT_CHANGED] = "dbd510f4cf274d218a2d741713a7434d",
  [TRUCE_ALERT_FEED] = "929312282dfa4b40b79c512f78714a6f",
  [TRUCE_ALERT_SILENT] = "b64b7bc2b5c849fcb65d5ea7a6a9b0ed",
  [TRUCE_ALERT_DIGEST] = "74591d9a743243fa83cb3c3d5fc68c0f",
  [TRUCE_ALERT_PROBLEM] = "5ff38e30e03f4ad28490e72afea6e767",
  [TRUCE_ALERT_TEST] = "32ed10cf436843b8bff122731025e948",
};
G_STATIC_ASSERT (G_N_ELEMENTS (message_ids) == TRUCE_N_ALERT_KINDS);

const char *
truce_render_message_id (TruceAlertKind kind)
{
  return message_ids[kind];
}

int
truce_render_priority (const TruceAlert *alert)
{
  static const int priorities[] = { [TRUCE_URGENCY_LOW] = 6, [TRUCE_URGENCY_NORMAL] = 5, [TRUCE_URGENCY_CRITICAL] = 4 };

  return alert->kind == TRUCE_ALERT_PROBLEM ? 3 : priorities[alert->urgency];
}

/* What of the body belongs on the one line: of news its first line, where it comes from and what it concerns; of a
 * digest the titles, parted. */
static char *
body_on_one_line (const TruceAlert *alert)
{
  const char *body = alert->body ? alert->body : "";
  const char *end = alert->kind == TRUCE_ALERT_NEWS ? strchr (body, '\n') : NULL;

  if (alert->kind == TRUCE_ALERT_DIGEST) {
    g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
    g_autofree char *joined = g_strjoinv ("; ", lines);
    return truce_text_clean (joined, -1);
  }
  return truce_text_clean (body, end ? end - body : -1);
}

char *
truce_render_message (const TruceAlert *alert)
{
  g_autofree char *title = truce_text_clean (alert->title, -1);
  g_autofree char *body = body_on_one_line (alert);
  g_autofree char *whole = NULL;
  const char *between = ": ";

  if (alert->kind == TRUCE_ALERT_CHANGED || alert->kind == TRUCE_ALERT_MOVE)
    between = ". ";
  else if (alert->kind == TRUCE_ALERT_NEWS || strstr (title, ": "))
    between = " — ";
  whole = g_strconcat (title, *body ? between : "", body, NULL);
  return truce_text_cut (whole, MESSAGE_MAX);
}

/* --- fields --- */

typedef struct {
  TruceFieldFunc field;
  gpointer user_data;
} FieldWalk;

static void walk_value (const FieldWalk *walk, const char *name, guint number, const json_t *value);

static void
walk_object (const FieldWalk *walk, const char *name, guint number, const json_t *object)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value) {
    g_autofree char *upper = g_ascii_strup (key, -1);
    g_autofree char *inner = name ? g_strconcat (name, "_", upper, NULL) : NULL;
    walk_value (walk, inner ? inner : upper, number, value);
  }
}

/* "items" of objects are fields of one item each: ITEM_TITLE, ITEM_TITLE_2. */
static void
walk_array (const FieldWalk *walk, const char *name, const json_t *array)
{
  gboolean of_objects = json_is_object (json_array_get (array, 0)) && g_str_has_suffix (name, "S");
  g_autofree char *one = g_strndup (name, strlen (name) - (of_objects ? 1 : 0));
  const json_t *value;
  size_t i;

  json_array_foreach (array, i, value) {
    walk_value (walk, one, (guint) i + 1, value);
  }
}

static void
walk_value (const FieldWalk *walk, const char *name, guint number, const json_t *value)
{
  g_autofree char *numbered = number > 1 ? g_strdup_printf ("%s_%u", name, number) : NULL;
  const char *full = numbered ? numbered : name;

  if (json_is_object (value)) {
    walk_object (walk, name, number, value);
  } else if (json_is_array (value)) {
    walk_array (walk, name, value);
  } else if (json_is_string (value)) {
    walk->field (full, json_string_value (value), walk->user_data);
  } else {
    g_autofree char *text = truce_json_to_line (value);
    walk->field (full, text, walk->user_data);
  }
}

void
truce_render_fields (const TruceAlert *alert, TruceFieldFunc field, gpointer user_data)
{
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  const FieldWalk walk = { field, user_data };

  walk_object (&walk, NULL, 0, record);
}

/* --- syslog --- */

static void
add_parameter (const char *name, const char *value, gpointer user_data)
{
  GString *data = user_data;
  gsize before = data->len;
  g_autofree char *clean = truce_text_clean (value, -1);
  g_autofree char *short_value = truce_text_cut (clean, VALUE_MAX);

  if (strlen (name) > PARAMETER_NAME_MAX)
    return;
  g_string_append_c (data, ' ');
  for (const char *c = name; *c; c++)
    g_string_append_c (data, g_ascii_tolower (*c));
  g_string_append (data, "=\"");
  for (const char *c = short_value; *c; c++) {
    if (*c == '"' || *c == '\\' || *c == ']')
      g_string_append_c (data, '\\');
    g_string_append_c (data, *c);
  }
  g_string_append_c (data, '"');
  if (data->len > STRUCTURED_MAX)
    g_string_truncate (data, before);
}

char *
truce_render_syslog_5424 (const TruceAlert *alert, const char *host, int pid)
{
  g_autoptr (GString) data = g_string_new ("[" STRUCTURED_ID);
  g_autofree char *message = truce_render_message (alert);
  char when[TRUCE_TIME_TEXT_SIZE];

  truce_render_fields (alert, add_parameter, data);
  return g_strdup_printf ("<%d>1 %s %s truced %d %s %s] %s", FACILITY_DAEMON * 8 + truce_render_priority (alert),
                          truce_time_to_text (alert->raised, when), host && *host ? host : "-", pid,
                          truce_alert_kind_to_text (alert->kind), data->str, message);
}

char *
truce_render_syslog_3164 (const TruceAlert *alert, const TruceZone *zone, int pid)
{
  static const char months[][4] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  g_autofree char *message = truce_render_message (alert);
  TruceCivil civil;

  truce_zone_to_civil (zone, alert->raised, &civil);
  return g_strdup_printf ("<%d>%s %2d %02d:%02d:%02d truced[%d]: %s",
                          FACILITY_DAEMON * 8 + truce_render_priority (alert), months[civil.month - 1], civil.day,
                          civil.hour, civil.minute, civil.second, pid, message);
}

/* --- terminal --- */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

static const char *
colour_of (const TruceAlert *alert)
{
  if (alert->kind == TRUCE_ALERT_PROBLEM || alert->urgency == TRUCE_URGENCY_CRITICAL)
    return "\033[31m";                                                     /* red */
  return alert->urgency == TRUCE_URGENCY_NORMAL ? "\033[33m" : "\033[32m"; /* yellow, green */
}

static void
add_indented (GString *lines, const char *text, const char *style, gboolean colour)
{
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

  for (guint i = 0; parts[i]; i++) {
    g_autofree char *clean = truce_text_clean (parts[i], -1);
    if (*clean)
      g_string_append_printf (lines, "  %s%s%s\n", colour ? style : "", clean, colour ? PLAIN : "");
  }
}

char *
truce_render_terminal (const TruceAlert *alert, const TruceZone *zone, gboolean colour)
{
  GString *lines = g_string_new (NULL);
  g_autofree char *title = truce_text_clean (alert->title, -1);
  g_autofree char *raised = truce_zone_format (zone, alert->raised);
  g_autofree char *about =
      g_strdup_printf ("%s · %s%s%s · %.*s", raised, truce_alert_kind_to_text (alert->kind),
                       alert->milestone ? " · " : "", alert->milestone ? alert->milestone : "", SHORT_ID, alert->id);

  g_string_append_printf (lines, "%s●%s %s%s%s\n", colour ? colour_of (alert) : "", colour ? PLAIN : "",
                          colour ? BOLD : "", title, colour ? PLAIN : "");
  add_indented (lines, alert->body ? alert->body : "", "", colour);
  if (alert->url)
    add_indented (lines, alert->url, "\033[4m", colour); /* underlined */
  add_indented (lines, about, DIM, colour);
  return g_string_free (lines, FALSE);
}

char *
truce_render_bar (TruceTime start, TruceTime end, TruceTime now, guint columns)
{
  double share = end > start ? ((double) now - (double) start) / ((double) end - (double) start) : 1;
  guint filled;
  GString *bar = g_string_new ("[");

  share = CLAMP (share, 0, 1);
  /* Both rounded down: "100 %" and a full bar are only shown at the end. */
  filled = (guint) (share * columns);
  for (guint i = 0; i < columns; i++)
    g_string_append_c (bar, i < filled ? '#' : '-');
  g_string_append_printf (bar, "] %d %%", (int) (share * 100));
  return g_string_free (bar, FALSE);
}
