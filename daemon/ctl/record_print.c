/* SPDX-License-Identifier: MIT */
#include "ctl/record_print.h"

#include <stdio.h>
#include <string.h>

#include "alert/render.h"
#include "base/text.h"
#include "ctl/headlines.h"
#include "ctl/print.h"

#define BAR_COLUMNS 30
#define ID_COLUMNS 8 /* digits of an alert's id: enough to tell a person's alerts apart */
#define FEED_COLUMNS 24
#define KIND_COLUMNS 11 /* "window-open" */

char *
truce_print_time_of (const TruceCtl *ctl, const json_t *record, const char *key)
{
  TruceTime at = truce_json_get_time (record, key);

  if (at == TRUCE_TIME_NONE)
    return NULL;
  g_autofree char *words = truce_print_when (at, ctl->now);
  g_autofree char *absolute = truce_zone_format (ctl->zone, at - at % TRUCE_MINUTE); /* nobody plans by seconds */
  return g_strdup_printf ("%s, %s", words, absolute);
}

/* An instant's due by the reader's clock, where that differs; else NULL. (transfer full) */
static char *
here_of (const TruceCtl *ctl, const json_t *milestone)
{
  TruceTime due = truce_json_get_time (milestone, "due");

  if (g_strcmp0 (truce_json_get_text (milestone, "precision"), "instant") != 0 || due == TRUCE_TIME_NONE)
    return NULL;
  return truce_print_here (ctl, due, truce_json_get_text (milestone, "zone"));
}

/* The date, and by the reader's clock where that differs. (transfer full) */
static char *
date_of (const TruceCtl *ctl, const json_t *milestone)
{
  const char *words = truce_json_get_text (milestone, "words");
  g_autofree char *here = here_of (ctl, milestone);

  return here ? g_strdup_printf ("%s (%s here)", words ? words : "", here) : g_strdup (words ? words : "");
}

TruceZone *
truce_print_zone_of (const TruceCtl *ctl, const json_t *milestone)
{
  const char *name = truce_json_get_text (milestone, "zone");
  TruceZone *zone = name ? truce_zone_new (name, NULL) : NULL;

  return zone ? zone : truce_zone_ref (ctl->zone);
}

/* How long is left, or how it ended; and how loud to say so. (transfer full) */
static char *
left_of (const TruceCtl *ctl, const json_t *milestone, TruceStyle *ret_style)
{
  const char *state = truce_json_get_text (milestone, "state");
  TruceTime due = truce_json_get_time (milestone, "due");
  TruceTime latest = truce_json_get_time (milestone, "due_latest");

  *ret_style = TRUCE_STYLE_DIM;
  if (g_strcmp0 (state, "met") == 0 || g_strcmp0 (state, "cancelled") == 0)
    return g_strdup (state);
  if (due == TRUCE_TIME_NONE)
    return g_strdup ("");
  if (due <= ctl->now && latest != TRUCE_TIME_NONE && latest > ctl->now) {
    g_autofree char *left = truce_duration_to_words (latest - ctl->now);

    *ret_style = TRUCE_STYLE_ALARM;
    return g_strdup_printf ("open, %s left", left);
  }
  g_autoptr (TruceZone) zone = truce_print_zone_of (ctl, milestone);
  g_autofree char *words =
      truce_zone_words_until (zone, due > ctl->now || latest == TRUCE_TIME_NONE ? due : latest, ctl->now);
  if (!truce_json_get_boolean (milestone, "overdue")) {
    *ret_style = truce_print_closeness (due, ctl->now);
    return g_steal_pointer (&words);
  }
  *ret_style = TRUCE_STYLE_ALARM;
  return g_strdup_printf ("passed %s", words);
}

/* "next word in 5 days (7d)"; NULL when nothing more will be told. (transfer full) */
static char *
next_word_of (const TruceCtl *ctl, const json_t *milestone)
{
  const char *lead = truce_json_get_text (milestone, "next_lead");
  TruceTime at = truce_json_get_time (milestone, "next_lead_at");

  if (!lead || at == TRUCE_TIME_NONE)
    return NULL;
  g_autoptr (TruceZone) zone = truce_print_zone_of (ctl, milestone);
  g_autofree char *words = truce_zone_words_until (zone, at, ctl->now);
  if (g_str_has_prefix (lead, "nag"))
    return g_strdup_printf ("reminded again %s, unless acknowledged", words);
  return g_strdup_printf ("next word %s (%s)", words, g_str_equal (lead, "0") ? "due" : lead);
}

/* The bar from when it began to its due, or its end once the window is open; with the date beside it. FALSE when it has
 * no beginning, or the two do not fit a line. */
static gboolean
print_bar (const TruceCtl *ctl, const json_t *milestone, TruceStyle style)
{
  TruceTime began = truce_json_get_time (milestone, "began"), due = truce_json_get_time (milestone, "due");
  TruceTime latest = truce_json_get_time (milestone, "due_latest");
  TruceTime end = due <= ctl->now && latest != TRUCE_TIME_NONE ? latest : due;
  g_autofree char *here = here_of (ctl, milestone);

  if (end == latest && latest != TRUCE_TIME_NONE)
    began = MIN (began, due); /* an open window has been open since its earliest day, whenever it was seen first */
  if (began == TRUCE_TIME_NONE || end == TRUCE_TIME_NONE || began >= end)
    return FALSE;
  g_autofree char *bar = truce_render_bar (began, end, ctl->now, BAR_COLUMNS);
  const char *words = truce_json_get_text (milestone, "words");
  if (2 + truce_text_columns (bar) + 2 + truce_text_columns (words ? words : "") > ctl->columns)
    return FALSE; /* the date is what is read */
  TruceCell cells[] = { { bar, (guint) truce_text_columns (bar), style }, { words, 0, TRUCE_STYLE_PLAIN } };
  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
  if (here) {
    g_autofree char *reader = g_strconcat (here, " here", NULL);

    cells[0].text = NULL;
    cells[1] = (TruceCell){ reader, 0, TRUCE_STYLE_DIM };
    truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
  return TRUE;
}

/* "contested: reported moved to 2025-11-10 (2 sources)" */
static void
print_contested (const TruceCtl *ctl, const json_t *milestone)
{
  const char *contested = truce_json_get_text (milestone, "contested");
  g_autofree char *line = g_strconcat ("contested: ", contested, NULL);

  if (contested)
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_ALARM, line);
}

/* "2 moves in the news wait for an answer: trucectl moves --milestone truce" */
static void
print_moves (const TruceCtl *ctl, const json_t *milestone)
{
  gint64 moves = truce_json_get_integer (milestone, "moves", 0);

  if (moves == 0)
    return;
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT " %s for an answer: trucectl moves --milestone %s",
                                           moves, moves == 1 ? "move in the news waits" : "moves in the news wait",
                                           truce_json_get_text (milestone, "id"));
  truce_print_wrapped (ctl, 2, TRUCE_STYLE_WARN, line);
}

void
truce_print_milestone_block (const TruceCtl *ctl, const json_t *milestone, gboolean whole)
{
  const char *title = truce_json_get_text (milestone, "title");
  const char *history = truce_json_get_text (milestone, "history");
  TruceTime silenced = truce_json_get_time (milestone, "silenced");
  g_autofree char *next = next_word_of (ctl, milestone);
  TruceStyle style;
  g_autofree char *left = left_of (ctl, milestone, &style);

  if (whole)
    truce_print_ends_whole (ctl, title ? title : "", style, left);
  else
    truce_print_ends (ctl, 0, title ? title : "", style, left);
  if (!print_bar (ctl, milestone, style == TRUCE_STYLE_PLAIN ? TRUCE_STYLE_GOOD : style)) {
    g_autofree char *date = date_of (ctl, milestone);

    truce_print_wrapped (ctl, 2, TRUCE_STYLE_PLAIN, date);
  }
  if (history || next) {
    g_autofree char *line =
        history && next ? g_strdup_printf ("%s; %s", history, next) : g_strdup (history ? history : next);

    truce_print_wrapped (ctl, 2, TRUCE_STYLE_DIM, line);
  }
  print_contested (ctl, milestone);
  print_moves (ctl, milestone);
  if (silenced != TRUCE_TIME_NONE) {
    g_autofree char *until = truce_zone_format (ctl->zone, silenced - silenced % TRUCE_MINUTE);
    const char *by = truce_json_get_text (milestone, "silenced_by");
    g_autofree char *line = g_strdup_printf ("silenced until %s%s%s", until, by ? " by " : "", by ? by : "");

    truce_print_wrapped (ctl, 2, TRUCE_STYLE_WARN, line);
  }
}

void
truce_print_milestone_row (const TruceCtl *ctl, const json_t *milestone)
{
  const char *title = truce_json_get_text (milestone, "title"), *id = truce_json_get_text (milestone, "id");
  g_autofree char *date = date_of (ctl, milestone);
  TruceStyle style;
  g_autofree char *left = left_of (ctl, milestone, &style);

  truce_print_ends (ctl, 0, title ? title : "", style, left);
  g_autofree char *line = g_strdup_printf ("%s  %s", id ? id : "", date);
  if (2 + truce_text_columns (line) > ctl->columns)
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_DIM, line);
  else
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  %s", line);
  print_contested (ctl, milestone);
}

/* When it was published, else when it was told of. */
static TruceTime
headline_time (const json_t *alert)
{
  TruceTime at = truce_json_get_time (json_array_get (json_object_get (alert, "items"), 0), "published");

  return at == TRUCE_TIME_NONE ? truce_json_get_time (alert, "raised") : at;
}

static int
compare_headlines (gconstpointer a, gconstpointer b)
{
  TruceTime x = headline_time (*(const json_t *const *) a), y = headline_time (*(const json_t *const *) b);

  return (x < y) - (x > y);
}

void
truce_sort_headlines (json_t *alerts)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) json_decref);
  json_t *alert;
  size_t index;

  json_array_foreach (alerts, index, alert) {
    g_ptr_array_add (sorted, json_incref (alert));
  }
  g_ptr_array_sort (sorted, compare_headlines);
  for (guint i = 0; i < sorted->len; i++)
    json_array_set (alerts, i, g_ptr_array_index (sorted, i));
}

#define GAP 2 /* between the cells of a row, and before them */
#define TITLE_COLUMNS_MIN 10

/* `more` NULL: there is none. (transfer full) */
static char *
with_more (const TruceCtl *ctl, const char *title, const char *more, guint used)
{
  if (!more)
    return g_strdup (title);
  gsize taken = used + 1 + truce_text_columns (more);
  gsize room = ctl->columns > taken ? ctl->columns - taken : 0;
  g_autofree char *fitted = truce_text_fit (title, MAX (room, TITLE_COLUMNS_MIN));
  return g_strconcat (fitted, " ", more, NULL);
}

char *
truce_print_grown_title (const TruceCtl *ctl, const TruceAlert *alert, const char *title, guint used)
{
  g_autofree char *more = truce_alert_growth_words (alert);

  return with_more (ctl, title, more, used);
}

static char *
title_of (const TruceCtl *ctl, const json_t *alert, const char *title, guint used)
{
  g_autoptr (TruceAlert) read = truce_alert_from_json (alert);

  return read ? truce_print_grown_title (ctl, read, title, used) : g_strdup (title);
}

#define HEADLINE_FEED_COLUMNS 18

/* The entries beside the one whose headline is shown; NULL: none. (transfer full) */
static char *
more_of (const TruceAlert *alert)
{
  if (alert->kind == TRUCE_ALERT_MOVE)
    return alert->count > 1 ? g_strdup_printf ("and %u more", alert->count - 1) : NULL;
  return truce_alert_growth_words (alert);
}

void
truce_print_headline (const TruceCtl *ctl, const json_t *alert)
{
  const json_t *item = json_array_get (json_object_get (alert, "items"), 0);
  const char *headline = truce_json_get_text (item, "title");
  const char *mark = truce_headline_mark (alert);
  g_autofree char *marked = g_strdup_printf ("%s%s%s", mark ? mark : "", mark ? ": " : "",
                                             headline ? headline : truce_json_get_text (alert, "title"));
  g_autoptr (TruceAlert) read = truce_alert_from_json (alert);
  g_autofree char *more = read ? more_of (read) : NULL;
  g_autofree char *title = with_more (ctl, marked, more, 3 * GAP + TRUCE_AGE_COLUMNS + HEADLINE_FEED_COLUMNS);
  TruceTime at = headline_time (alert);

  g_autofree char *age = truce_print_age (at, ctl->now);
  const TruceCell cells[] = { { age, TRUCE_AGE_COLUMNS, TRUCE_STYLE_DIM },
                              { truce_headline_feed (alert), HEADLINE_FEED_COLUMNS, TRUCE_STYLE_DIM },
                              { title, 0, mark ? TRUCE_STYLE_WARN : TRUCE_STYLE_PLAIN } };
  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
}

static TruceStyle
urgency_style (const json_t *alert)
{
  TruceUrgency urgency = TRUCE_URGENCY_NORMAL;
  const char *text = truce_json_get_text (alert, "urgency");

  if (truce_json_get_text (alert, "acknowledged"))
    return TRUCE_STYLE_DIM;
  if (text)
    truce_urgency_from_text (text, &urgency);
  if (urgency == TRUCE_URGENCY_CRITICAL)
    return TRUCE_STYLE_ALARM;
  return urgency == TRUCE_URGENCY_NORMAL ? TRUCE_STYLE_PLAIN : TRUCE_STYLE_DIM;
}

void
truce_print_alert_row (const TruceCtl *ctl, const json_t *alert)
{
  truce_print_alerts_row (ctl, alert, 1);
}

void
truce_print_alerts_row (const TruceCtl *ctl, const json_t *alert, guint count)
{
  const char *id = truce_json_get_text (alert, "id"), *title = truce_json_get_text (alert, "title");
  g_autofree char *short_id = g_strndup (id ? id : "", ID_COLUMNS);
  g_autofree char *age = truce_print_age (truce_json_get_time (alert, "raised"), ctl->now);
  const char *mark = truce_json_get_text (alert, "acknowledged")    ? "acknowledged: "
                     : truce_json_get_text (alert, "snoozed")       ? "snoozed: "
                     : truce_json_get_boolean (alert, "superseded") ? "superseded: "
                     : truce_json_get_boolean (alert, "silenced")   ? "silenced: "
                                                                    : "";
  g_autofree char *whole = g_strconcat (mark, title ? title : "", NULL);
  g_autofree char *more = count > 1 ? g_strdup_printf ("(%u alerts)", count) : NULL;
  guint used = 4 * GAP + ID_COLUMNS + TRUCE_AGE_COLUMNS + KIND_COLUMNS;
  g_autofree char *text = more ? with_more (ctl, whole, more, used) : title_of (ctl, alert, whole, used);
  const TruceCell cells[] = { { short_id, ID_COLUMNS, TRUCE_STYLE_DIM },
                              { age, TRUCE_AGE_COLUMNS, TRUCE_STYLE_DIM },
                              { truce_json_get_text (alert, "kind"), KIND_COLUMNS, TRUCE_STYLE_PLAIN },
                              { text, 0, urgency_style (alert) } };
  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
}

gboolean
truce_feed_is_doubtful (const json_t *feed)
{
  const char *state = truce_json_get_text (feed, "state");

  return g_strcmp0 (state, "stale") == 0 || g_strcmp0 (state, "partial") == 0;
}

/* Why it is worth a look although it can be read. (transfer full) */
static char *
doubt_of (const TruceCtl *ctl, const json_t *feed)
{
  g_autofree char *age = truce_print_age (truce_json_get_time (feed, "last_new"), ctl->now);
  const char *lacks = truce_json_get_text (feed, "lacks");

  if (g_strcmp0 (truce_json_get_text (feed, "state"), "partial") == 0)
    return g_strdup (lacks ? lacks : "was cut off or is too large: some of its events are missing");
  return g_strdup_printf ("nothing new for %s, far longer than usual", age);
}

void
truce_print_doubtful_feed (const TruceCtl *ctl, const json_t *feed)
{
  g_autofree char *doubt = doubt_of (ctl, feed);
  const TruceCell cells[] = { { truce_json_get_text (feed, "id"), FEED_COLUMNS, TRUCE_STYLE_PLAIN },
                              { doubt, 0, TRUCE_STYLE_WARN } };

  truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
}

void
truce_print_feed_row (const TruceCtl *ctl, const json_t *feed)
{
  const char *state = truce_json_get_text (feed, "state"), *error = truce_json_get_text (feed, "error");
  gboolean fails = g_strcmp0 (state, "failing") == 0 || g_strcmp0 (state, "gone") == 0;
  gboolean doubtful = truce_feed_is_doubtful (feed);
  g_autofree char *age = truce_print_age (truce_json_get_time (feed, "last_try"), ctl->now);
  TruceTime due = truce_json_get_time (feed, "due");
  g_autofree char *next = truce_json_get_boolean (feed, "asking")
                              ? g_strdup ("asking")
                              : truce_print_age (due == TRUCE_TIME_NONE ? due : MAX (due, ctl->now), ctl->now);
  const TruceCell cells[] = { { truce_json_get_text (feed, "id"), FEED_COLUMNS, TRUCE_STYLE_PLAIN },
                              { state, 7,
                                fails      ? TRUCE_STYLE_ALARM
                                : doubtful ? TRUCE_STYLE_WARN
                                           : TRUCE_STYLE_GOOD },
                              { age, TRUCE_AGE_COLUMNS, TRUCE_STYLE_DIM },
                              { next, TRUCE_AGE_COLUMNS, TRUCE_STYLE_DIM },
                              { fails ? error : truce_json_get_text (feed, "title"), 0, TRUCE_STYLE_DIM } };
  if (fails)
    truce_print_entry (ctl, 0, cells, G_N_ELEMENTS (cells)); /* what is wrong is not cut */
  else
    truce_print_row (ctl, 0, cells, G_N_ELEMENTS (cells));
}

void
truce_print_failing_feed (const TruceCtl *ctl, const json_t *feed)
{
  const char *error = truce_json_get_text (feed, "error");
  const TruceCell cells[] = { { truce_json_get_text (feed, "id"), FEED_COLUMNS, TRUCE_STYLE_PLAIN },
                              { error ? error : truce_json_get_text (feed, "state"), 0, TRUCE_STYLE_ALARM } };

  truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
}

char *
truce_print_join (const json_t *array)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  const json_t *element;
  size_t index;

  json_array_foreach (array, index, element) {
    if (json_is_string (element))
      g_string_append_printf (joined, "%s%s", index > 0 ? " " : "", json_string_value (element));
  }
  return joined->len > 0 ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}
