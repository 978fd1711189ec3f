/* SPDX-License-Identifier: MIT */
/* bench-dates FILE: the new date and the length of each labelled item, read with its label known beforehand: what is
 * wrong here was not misread because the label was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "news/move_private.h"

static json_t *
day_to_json (gint64 days)
{
  g_autofree char *text = NULL;
  int year, month, day;

  truce_date_from_days (days, &year, &month, &day);
  text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return json_string (text);
}

static TruceMoveLabel
label_of (const json_t *item)
{
  for (int label = 0; label < TRUCE_N_MOVE_LABELS; label++)
    if (g_strcmp0 (truce_json_get_text (item, "label"), truce_move_label_to_text (label)) == 0)
      return label;
  g_error ("an item without a label");
}

static TruceTime
published_of (const json_t *item)
{
  const char *text = truce_json_get_text (item, "published");
  g_autofree char *noon =
      text && strlen (text) == strlen ("2026-03-04") ? g_strconcat (text, "T12:00:00Z", NULL) : NULL;
  TruceTime at = TRUCE_TIME_NONE;

  return text && truce_time_from_text (noon ? noon : text, &at) ? at : TRUCE_TIME_NONE;
}

/* What the item gives as the milestone's current due, if anything. */
static gboolean
due_of (const json_t *item, TruceZone *zone, TruceSpan *ret_due)
{
  const char *text = truce_json_get_text (item, "due");
  const TruceWhenContext context = { .starts = NULL };
  g_autoptr (TruceWhen) when = text ? truce_when_parse (text, zone, NULL) : NULL;

  return when && truce_when_resolve (when, &context, ret_due, NULL, NULL);
}

static void
read_item (const json_t *item, TruceZone *zone)
{
  const char *lede = truce_json_get_text (item, "lede");
  g_autofree char *title = truce_text_clean (truce_json_get_text (item, "title"), -1);
  g_autofree char *summary = lede ? truce_text_clean (lede, -1) : NULL;
  TruceSpan due = TRUCE_SPAN_INIT;
  gboolean known = due_of (item, zone, &due);
  const TruceMoveNews news = {
    .title = title, .summary = summary, .published = published_of (item), .zone = zone, .due = known ? &due : NULL
  };
  g_autoptr (TruceMove) move = move_classify_as (&news, label_of (item));
  g_autoptr (json_t) record = json_object ();

  json_object_set_new (record, "new_date", move->dated ? day_to_json (move->first) : json_null ());
  json_object_set_new (record, "new_date_latest",
                       move->dated && move->end - move->first > 1 ? day_to_json (move->end - 1) : json_null ());
  json_object_set_new (record, "delta_days", move->delta_days > 0 ? json_integer (move->delta_days) : json_null ());
  g_autofree char *line = truce_json_to_line (record);
  puts (line);
  truce_span_clear (&due);
}

int
main (int argc, char **argv)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2 || !g_file_get_contents (argv[1], &contents, NULL, &error)) {
    fprintf (stderr, "bench-dates: %s\n", error ? error->message : "FILE");
    return EXIT_FAILURE;
  }
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_autoptr (json_t) item = **line ? json_loads (*line, 0, NULL) : NULL;

    if (item)
      read_item (item, utc);
  }
  return EXIT_SUCCESS;
}
