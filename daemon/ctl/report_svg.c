/* SPDX-License-Identifier: MIT */
/* The drawings of a report, as SVG within the page: no script, no file from elsewhere. Colours are the page's classes.
 */
#include "ctl/report_private.h"

/* In the drawing's own units, which the page scales to its width. */
#define WIDTH 960.0
#define ROW 26.0
#define AXIS 24.0
#define MARGIN 8.0
#define BARS 56.0       /* the height of the highest */
#define MARKS 14.0      /* above them, for moves */
#define LABEL_FITS 0.55 /* of the width: a label beyond that goes to the left of its date */
#define LABEL_RISE 8.0  /* of a label above the line of its date: clear of what hangs below its letters */
#define TICKS_MOST 9
#define ROWS_MOST 100 /* a date that moved more often is told by its last moves */
#define DAYS_MOST 400 /* bars that can still be told apart */
#define MOVES_MOST 8  /* rows of dates that are not the milestone's yet */

typedef struct {
  GString *page;
  const TruceCtl *ctl;
  TruceTime from, to;
} Drawing;

static double
x_of (const Drawing *drawing, TruceTime at)
{
  double part =
      (double) (CLAMP (at, drawing->from, drawing->to) - drawing->from) / (double) MAX (drawing->to - drawing->from, 1);

  return MARGIN + part * (WIDTH - 2 * MARGIN);
}

/* A number with one decimal and a point, whatever the locale. */
static void
put (GString *page, const char *before, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (page, before);
  g_string_append (page, g_ascii_formatd (text, sizeof text, "%.1f", number));
}

static void
draw_line (const Drawing *drawing, const char *class, double x1, double y1, double x2, double y2)
{
  put (drawing->page, "<line x1=\"", x1);
  put (drawing->page, "\" y1=\"", y1);
  put (drawing->page, "\" x2=\"", x2);
  put (drawing->page, "\" y2=\"", y2);
  g_string_append_printf (drawing->page, "\" class=\"%s\"/>\n", class);
}

static void
draw_text (const Drawing *drawing, const char *class, double x, double y, gboolean to_the_left, const char *text)
{
  put (drawing->page, "<text x=\"", x);
  put (drawing->page, "\" y=\"", y);
  g_string_append_printf (drawing->page, "\" class=\"%s\"%s>", class, to_the_left ? " text-anchor=\"end\"" : "");
  truce_html_text (drawing->page, text);
  g_string_append (drawing->page, "</text>\n");
}

/* `title` is shown to whoever points at it; NULL: none. */
static void
draw_dot (const Drawing *drawing, const char *class, double x, double y, double radius, const char *title)
{
  put (drawing->page, "<circle cx=\"", x);
  put (drawing->page, "\" cy=\"", y);
  put (drawing->page, "\" r=\"", radius);
  g_string_append_printf (drawing->page, "\" class=\"%s\"><title>", class);
  truce_html_text (drawing->page, title);
  g_string_append (drawing->page, "</title></circle>\n");
}

static void
begin (const Drawing *drawing, double height, const char *title)
{
  put (drawing->page, "<svg viewBox=\"0 0 ", WIDTH);
  put (drawing->page, " ", height);
  g_string_append (drawing->page, "\" role=\"img\"><title>");
  truce_html_text (drawing->page, title);
  g_string_append (drawing->page, "</title>\n");
}

/* --- the axis --- */

/* Months between ticks, so that not too many fit. */
static int
choose_step (const Drawing *drawing)
{
  static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120 };
  double months = (double) (drawing->to - drawing->from) / (30.44 * TRUCE_DAY);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (steps) && months / steps[i] > TICKS_MOST)
    i++;
  return steps[i];
}

static void
draw_axis (const Drawing *drawing, double height)
{
  static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  int step = choose_step (drawing);
  TruceCivil civil;

  truce_zone_to_civil (drawing->ctl->zone, drawing->from, &civil);
  civil = (TruceCivil){ .year = civil.year, .month = (civil.month - 1) / step * step + 1, .day = 1 };
  if (step > 12)
    civil.month = 1;
  for (;; truce_civil_add (&civil, step, 0)) {
    TruceTime at = truce_zone_to_time (drawing->ctl->zone, &civil, NULL);
    if (at > drawing->to)
      break;
    if (at < drawing->from)
      continue;
    g_autofree char *text =
        step >= 12 ? g_strdup_printf ("%d", civil.year) : g_strdup_printf ("%s %d", names[civil.month - 1], civil.year);
    draw_line (drawing, "grid", x_of (drawing, at), 0, x_of (drawing, at), height);
    if (x_of (drawing, at) < WIDTH - 10 * MARGIN)
      draw_text (drawing, "tick", x_of (drawing, at) + 3, height + AXIS - 8, FALSE, text);
  }
  double now = x_of (drawing, drawing->ctl->now);
  if (drawing->ctl->now >= drawing->from && drawing->ctl->now <= drawing->to)
    draw_line (drawing, "now", now, 0, now, height);
}

/* --- the dates of a milestone --- */

/* When a date became known: the first with the beginning of the milestone, if that is known. */
static TruceTime
known_since (const json_t *milestone, const json_t *revision)
{
  TruceTime since = truce_json_get_time (revision, "since");

  if (since == TRUCE_TIME_NONE)
    since = truce_json_get_time (milestone, "began");
  return since;
}

static void
find_span (Drawing *drawing, const json_t *milestone, const GPtrArray *open)
{
  const json_t *revisions = json_object_get (milestone, "revisions"), *revision;
  size_t index;

  drawing->from = drawing->to = drawing->ctl->now;
  json_array_foreach (revisions, index, revision) {
    TruceTime since = known_since (milestone, revision), due = truce_json_get_time (revision, "due");
    TruceTime latest = truce_json_get_time (revision, "due_latest");
    drawing->from = MIN (MIN (drawing->from, since), due);
    if (due != TRUCE_TIME_NONE)
      drawing->to = MAX (drawing->to, due);
    if (latest != TRUCE_TIME_NONE)
      drawing->to = MAX (drawing->to, latest);
  }
  for (guint i = 0; i < open->len; i++)
    drawing->to = MAX (drawing->to, truce_json_get_time (open->pdata[i], "new_due"));
  TruceTime margin = MAX ((drawing->to - drawing->from) / 50, TRUCE_DAY);
  drawing->from -= margin;
  drawing->to += margin;
}

static gboolean
is_undone (const json_t *revision)
{
  return truce_json_get_boolean (revision, "undone");
}

static void
draw_revision (const Drawing *drawing, const json_t *milestone, const json_t *revision, double y, gboolean current)
{
  TruceTime since = known_since (milestone, revision), due = truce_json_get_time (revision, "due");
  TruceTime latest = truce_json_get_time (revision, "due_latest");
  gint64 delta = truce_json_get_integer (revision, "delta_days", 0);
  const char *words = truce_json_get_text (revision, "words");
  double x = x_of (drawing, due);

  if (due == TRUCE_TIME_NONE)
    return;
  if (since != TRUCE_TIME_NONE && since < due)
    draw_line (drawing, current ? "term" : "term past", x_of (drawing, since), y, x, y);
  if (latest != TRUCE_TIME_NONE && latest - due > TRUCE_DAY)
    draw_line (drawing, current ? "span" : "span past", x, y, x_of (drawing, latest), y);
  draw_dot (drawing, current ? "due" : "due past", x, y, current ? 6 : 5, words);
  g_autofree char *moved = is_undone (revision) ? g_strdup (" (taken back)")
                           : delta              ? g_strdup_printf (" (%+" G_GINT64_FORMAT " d)", delta)
                                                : g_strdup ("");
  g_autofree char *label = g_strdup_printf ("%s%s", words ? words : "", moved);
  gboolean to_the_left = x > WIDTH * LABEL_FITS;
  draw_text (drawing, current ? "label current" : "label", to_the_left ? x - 11 : x + 11, y - LABEL_RISE, to_the_left,
             label);
}

/* --- the dates that the news gives it --- */

gboolean
truce_move_waits (const json_t *move)
{
  const char *status = truce_json_get_text (move, "status");

  return g_strcmp0 (status, "reported") == 0 || g_strcmp0 (status, "confirmed") == 0;
}

/* Those that wait for an answer and name a date. (transfer container) */
static GPtrArray *
open_moves (const json_t *moves)
{
  GPtrArray *open = g_ptr_array_new ();
  json_t *move;
  size_t index;

  json_array_foreach (moves, index, move) {
    if (truce_move_waits (move) && truce_json_get_time (move, "new_due") != TRUCE_TIME_NONE && open->len < MOVES_MOST)
      g_ptr_array_add (open, move);
  }
  return open;
}

static void
draw_move (const Drawing *drawing, const json_t *move, double y)
{
  TruceTime since = truce_json_get_time (move, "first_seen"), due = truce_json_get_time (move, "new_due");
  double x = x_of (drawing, due);
  gboolean to_the_left = x > WIDTH * LABEL_FITS;
  g_autofree char *label =
      g_strdup_printf ("%s %s?", truce_json_get_text (move, "status"), truce_json_get_text (move, "says"));

  draw_line (drawing, "asked", x_of (drawing, since), y, x, y);
  draw_dot (drawing, "due open", x, y, 5, label);
  draw_text (drawing, "label", to_the_left ? x - 11 : x + 11, y - LABEL_RISE, to_the_left, label);
}

void
truce_svg_timeline (GString *page, const TruceCtl *ctl, const json_t *milestone, const json_t *moves)
{
  g_autoptr (GPtrArray) open = open_moves (moves);
  Drawing drawing = { .page = page, .ctl = ctl };
  const json_t *revisions = json_object_get (milestone, "revisions");
  size_t n = json_array_size (revisions), first = n > ROWS_MOST ? n - ROWS_MOST : 0;
  size_t current = n;
  double height = (double) (n - first + open->len) * ROW + MARGIN;

  if (n == 0)
    return;
  while (current > 1 && is_undone (json_array_get (revisions, current - 1)))
    current--; /* what was taken back holds no more */
  find_span (&drawing, milestone, open);
  g_autofree char *title = g_strdup_printf ("The dates of %s", truce_json_get_text (milestone, "title"));
  begin (&drawing, height + AXIS, title);
  draw_axis (&drawing, height);
  for (size_t i = first; i < n; i++)
    draw_revision (&drawing, milestone, json_array_get (revisions, i), (double) (i - first) * ROW + ROW / 2 + MARGIN,
                   i + 1 == current);
  for (guint i = 0; i < open->len; i++)
    draw_move (&drawing, open->pdata[i], (double) (n - first + i) * ROW + ROW / 2 + MARGIN);
  g_string_append (page, "</svg>\n");
}

/* --- news --- */

static void
draw_day (const Drawing *drawing, gint64 day, guint count, guint most)
{
  TruceTime start = truce_zone_day_start (drawing->ctl->zone, day);
  TruceTime end = truce_zone_day_start (drawing->ctl->zone, day + 1);
  double x = x_of (drawing, start), width = x_of (drawing, end) - x, height = BARS * count / most;
  g_autofree char *text = truce_html_day (drawing->ctl, start);

  put (drawing->page, "<rect x=\"", x + width / 10);
  put (drawing->page, "\" y=\"", MARKS + BARS - height);
  put (drawing->page, "\" width=\"", MAX (width * 0.8, 1));
  put (drawing->page, "\" height=\"", height);
  g_string_append_printf (drawing->page, "\" class=\"bar\"><title>%s: %u</title></rect>\n", text, count);
}

/* When it was first published, as the bars have it. */
static TruceTime
time_of_move (const json_t *move)
{
  TruceTime first = truce_json_get_time (move, "first_seen");
  const json_t *item;
  size_t index;

  json_array_foreach (json_object_get (move, "items"), index, item) {
    first = MIN (first, truce_json_get_time (item, "published"));
  }
  return first;
}

/* Above that day's bar. */
static void
mark_move (const Drawing *drawing, const json_t *move)
{
  TruceTime at = time_of_move (move);
  const char *label = truce_json_get_text (move, "label");
  gboolean asked = g_strcmp0 (label, "proposed") == 0 || g_strcmp0 (label, "rejected") == 0;

  if (at < drawing->from || at >= drawing->to)
    return;
  g_autofree char *day = truce_html_day (drawing->ctl, at);
  g_autofree char *title =
      g_strdup_printf ("%s: %s (%s)", day, truce_json_get_text (move, "says"), truce_json_get_text (move, "status"));
  draw_dot (drawing, asked ? "move dim" : "move", x_of (drawing, at), MARKS / 2, 4, title);
}

void
truce_svg_density (GString *page, const TruceCtl *ctl, GArray *times, const json_t *moves, TruceTime since)
{
  Drawing drawing = { page, ctl, MAX (since, ctl->now - DAYS_MOST * TRUCE_DAY), ctl->now };
  gint64 first = truce_zone_day_of (ctl->zone, drawing.from), last = truce_zone_day_of (ctl->zone, drawing.to);
  g_autofree guint *counts = g_new0 (guint, (gsize) (last - first + 1));
  const json_t *move;
  size_t index;
  guint most = 0;

  for (guint i = 0; i < times->len; i++) {
    gint64 day = truce_zone_day_of (ctl->zone, g_array_index (times, TruceTime, i));
    if (day < first || day > last)
      continue;
    counts[day - first]++;
    most = MAX (most, counts[day - first]);
  }
  if (most == 0)
    return;
  drawing.to = truce_zone_day_start (ctl->zone, last + 1);
  g_string_append_printf (page, "<p class=\"dim\">Headlines a day, %u at most%s</p>\n", most,
                          json_array_size (moves) > 0 ? "; a dot is news of another date" : "");
  begin (&drawing, MARKS + BARS + AXIS, "Headlines a day, and moves of the date");
  draw_axis (&drawing, MARKS + BARS);
  for (gint64 day = first; day <= last; day++)
    if (counts[day - first] > 0)
      draw_day (&drawing, day, counts[day - first], most);
  json_array_foreach (moves, index, move) {
    mark_move (&drawing, move);
  }
  g_string_append (page, "</svg>\n");
}
