/* SPDX-License-Identifier: MIT */
#include "ctl/print.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "alert/alert.h"
#include "alert/context.h"
#include "base/text.h"

#define COLUMNS_DEFAULT 80
#define COLUMNS_MIN 40       /* narrower than this nothing can be laid out */
#define COLUMNS_MAX 120      /* longer lines are hard to read */
#define FIELD_INDENT 15      /* where the texts of fields begin */
#define ENTRY_COLUMNS_MIN 24 /* narrower than this a text is not wrapped beneath itself */

void
truce_print_init (TruceCtl *ctl)
{
  const char *no_color = g_getenv ("NO_COLOR"), *term = g_getenv ("TERM");
  struct winsize size;

  const char *columns = g_getenv ("COLUMNS");

  ctl->columns = COLUMNS_DEFAULT;
  ctl->terminal = isatty (STDOUT_FILENO);
  if (columns && g_ascii_isdigit (*columns))
    ctl->columns = (guint) CLAMP (g_ascii_strtoull (columns, NULL, 10), COLUMNS_MIN, COLUMNS_MAX);
  else if (ctl->terminal && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    ctl->columns = CLAMP (size.ws_col, COLUMNS_MIN, COLUMNS_MAX);
  ctl->colour = ctl->terminal && !(no_color && *no_color) && g_strcmp0 (term, "dumb") != 0;
}

char *
truce_print_paint (const TruceCtl *ctl, TruceStyle style, const char *text)
{
  static const char *const codes[] = { NULL, "1", "2", "1;31", "33", "32" };

  if (!ctl->colour || !codes[style] || !*text)
    return g_strdup (text);
  return g_strdup_printf ("\033[%sm%s\033[0m", codes[style], text);
}

void
truce_print_line (const TruceCtl *ctl, TruceStyle style, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *fitted = truce_text_fit (text, ctl->columns);
  g_autofree char *painted = truce_print_paint (ctl, style, fitted);
  puts (painted);
}

/* Moves as much of `word` as fits `room` columns to the end of `line`; at least a character. Returns what is left. */
static const char *
take_columns (GString *line, const char *word, gsize room)
{
  gsize used = 0;

  while (*word) {
    const char *next = g_utf8_next_char (word);
    g_autofree char *character = g_strndup (word, (gsize) (next - word));
    gsize columns = truce_text_columns (character);

    if (used > 0 && used + columns > room)
      break;
    g_string_append (line, character);
    used += columns;
    word = next;
  }
  return word;
}

/* Breaks `text` into lines of at most `room` columns, at spaces where there are any. (element-type utf8) */
static GPtrArray *
break_lines (const char *text, gsize room)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\t", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i]; i++) {
    const char *word = words[i];

    if (line->len > 0 && *word && truce_text_columns (line->str) + 1 + truce_text_columns (word) > room) {
      g_ptr_array_add (lines, g_strdup (line->str));
      g_string_truncate (line, 0);
    }
    if (line->len > 0 && *word)
      g_string_append_c (line, ' ');
    while (truce_text_columns (word) > room) { /* an address: broken rather than cut */
      word = take_columns (line, word, room);
      g_ptr_array_add (lines, g_strdup (line->str));
      g_string_truncate (line, 0);
    }
    g_string_append (line, word);
  }
  if (line->len > 0)
    g_ptr_array_add (lines, g_strdup (line->str));
  return lines;
}

void
truce_print_wrapped (const TruceCtl *ctl, guint indent, TruceStyle style, const char *text)
{
  g_autoptr (GPtrArray) lines = break_lines (text, ctl->columns > indent ? ctl->columns - indent : 1);

  for (guint i = 0; i < lines->len; i++)
    truce_print_line (ctl, style, "%*s%s", (int) indent, "", (const char *) g_ptr_array_index (lines, i));
}

/* Take no columns, and stand for where a mark begins and ends while lines are broken. */
#define MARK_BEGIN "\xe2\x81\xa0" /* U+2060 */
#define MARK_END "\xe2\x81\xa1"   /* U+2061 */

/* (transfer full) */
static char *
set_marks (const TruceCtl *ctl, const char *text, const GArray *marks)
{
  GString *marked = g_string_new (text);

  for (guint i = marks->len; i > 0; i--) { /* from the end, so that the places hold */
    const TruceContextMark *mark = &g_array_index (marks, TruceContextMark, i - 1);
    g_string_insert (marked, mark->to, ctl->colour ? MARK_END : "]");
    g_string_insert (marked, mark->from, ctl->colour ? MARK_BEGIN : "[");
  }
  return g_string_free (marked, FALSE);
}

void
truce_print_context (const TruceCtl *ctl, guint indent, const char *text, const GArray *marks)
{
  g_autofree char *marked = set_marks (ctl, text, marks);
  g_autoptr (GPtrArray) lines = break_lines (marked, ctl->columns > indent ? ctl->columns - indent : 1);
  gboolean inside = FALSE;

  for (guint i = 0; i < lines->len; i++) {
    g_autoptr (GString) line = g_string_new (g_ptr_array_index (lines, i));
    gboolean begins_inside = inside;
    const char *begin = g_strrstr (line->str, MARK_BEGIN), *end = g_strrstr (line->str, MARK_END);
    if (begin || end)
      inside = begin > end;
    g_string_replace (line, MARK_BEGIN, "\033[1;33m", 0);
    g_string_replace (line, MARK_END, "\033[0m", 0);
    printf ("%*s%s%s%s\n", (int) indent, "", begins_inside ? "\033[1;33m" : "", line->str, inside ? "\033[0m" : "");
  }
}

void
truce_print_field (const TruceCtl *ctl, const char *label, const char *text)
{
  if (!text || !*text)
    return;
  g_autoptr (GPtrArray) lines = break_lines (text, ctl->columns - FIELD_INDENT);

  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *padded = g_strdup_printf ("  %-*s", FIELD_INDENT - 2, i == 0 ? label : "");
    g_autofree char *painted = truce_print_paint (ctl, TRUCE_STYLE_DIM, padded);

    printf ("%s%s\n", painted, (const char *) g_ptr_array_index (lines, i));
  }
}

void
truce_print_marked (const TruceCtl *ctl, TruceStyle style, const char *mark, const char *text)
{
  g_autoptr (GPtrArray) lines = break_lines (text, ctl->columns - TRUCE_MARK_COLUMNS);

  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *padded = g_strdup_printf ("%-*s", TRUCE_MARK_COLUMNS, i == 0 ? mark : "");
    g_autofree char *painted = truce_print_paint (ctl, style, padded);

    printf ("%s%s\n", painted, (const char *) g_ptr_array_index (lines, i));
  }
}

void
truce_print_heading (const TruceCtl *ctl, const char *text)
{
  putchar ('\n');
  truce_print_line (ctl, TRUCE_STYLE_BOLD, "%s", text);
}

void
truce_print_ends (const TruceCtl *ctl, guint indent, const char *left, TruceStyle style, const char *right)
{
  gsize taken = indent + truce_text_columns (right) + 2;
  g_autofree char *fitted = truce_text_fit (left, ctl->columns > taken ? ctl->columns - taken : 1);
  g_autofree char *bold = truce_print_paint (ctl, TRUCE_STYLE_BOLD, fitted);
  g_autofree char *painted = truce_print_paint (ctl, style, right);
  gsize used = taken - 2 + truce_text_columns (fitted);

  printf ("%*s%s%*s%s\n", (int) indent, "", bold, ctl->columns > used ? (int) (ctl->columns - used) : 2, "", painted);
}

void
truce_print_ends_whole (const TruceCtl *ctl, const char *left, TruceStyle style, const char *right)
{
  if (truce_text_columns (left) + 2 + truce_text_columns (right) <= ctl->columns) {
    truce_print_ends (ctl, 0, left, style, right);
    return;
  }
  truce_print_wrapped (ctl, 0, TRUCE_STYLE_BOLD, left);
  truce_print_wrapped (ctl, 2, style, right);
}

void
truce_print_row (const TruceCtl *ctl, guint indent, const TruceCell *cells, guint n_cells)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gsize used = indent;

  for (guint i = 0; i < n_cells && used < ctl->columns; i++) {
    const char *text = cells[i].text ? cells[i].text : "";
    gsize left = ctl->columns - used;
    g_autofree char *fitted = truce_text_fit (text, cells[i].width ? MIN (cells[i].width, left) : left);
    g_autofree char *painted = truce_print_paint (ctl, cells[i].style, fitted);
    gsize columns = truce_text_columns (fitted);

    g_string_append_printf (line, "%s%s", i > 0 ? "  " : "", painted);
    if (cells[i].width > columns && used + cells[i].width < ctl->columns)
      g_string_append_printf (line, "%*s", (int) (cells[i].width - columns), "");
    used += cells[i].width + 2;
  }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  printf ("%*s%s\n", (int) indent, "", line->str);
}

void
truce_print_entry (const TruceCtl *ctl, guint indent, const TruceCell *cells, guint n_cells)
{
  const TruceCell *last = &cells[n_cells - 1];
  const char *text = last->text ? last->text : "";
  guint begin = indent;

  for (guint i = 0; i + 1 < n_cells; i++)
    begin += cells[i].width + 2;
  if (begin + ENTRY_COLUMNS_MIN > ctl->columns && begin + truce_text_columns (text) > ctl->columns) {
    truce_print_row (ctl, indent, cells, n_cells - 1);
    truce_print_wrapped (ctl, indent + 2, last->style, text);
    return;
  }
  g_autoptr (GPtrArray) lines = break_lines (text, ctl->columns > begin ? ctl->columns - begin : 1);
  g_autofree TruceCell *first = g_memdup2 (cells, n_cells * sizeof *cells);
  first[n_cells - 1].text = lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL;
  truce_print_row (ctl, indent, first, n_cells);
  for (guint i = 1; i < lines->len; i++)
    truce_print_line (ctl, last->style, "%*s%s", (int) begin, "", (const char *) g_ptr_array_index (lines, i));
}

void
truce_print_record (const json_t *record)
{
  g_autofree char *line = truce_json_to_line (record);

  puts (line);
}

void
truce_print_section (const TruceCtl *ctl, const char *title, const char *url, const char *section)
{
  if (!ctl->json) {
    fputs (section, stdout);
    return;
  }
  g_autoptr (json_t) record = json_object ();
  truce_json_set_text (record, "url", url);
  truce_json_set_text (record, "title", title && *title ? title : NULL);
  truce_json_set_text (record, "section", section);
  truce_print_record (record);
}

void
truce_print_records (const json_t *records)
{
  const json_t *record;
  size_t index;

  json_array_foreach (records, index, record) {
    truce_print_record (record);
  }
}

char *
truce_print_when (TruceTime at, TruceTime now)
{
  if (at == now)
    return g_strdup ("now");
  g_autofree char *words = truce_duration_to_words (at - now);
  return at > now ? g_strdup_printf ("in %s", words) : g_strdup_printf ("%s ago", words);
}

char *
truce_print_age (TruceTime at, TruceTime now)
{
  if (at == TRUCE_TIME_NONE)
    return g_strdup ("");
  gint64 minutes = ABS (now - at) / TRUCE_MINUTE;
  if (minutes < 1)
    return g_strdup ("now");
  if (minutes < 120)
    return g_strdup_printf ("%" G_GINT64_FORMAT " min", minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT " h", minutes / 60);
  return g_strdup_printf ("%" G_GINT64_FORMAT " d", minutes / (24 * 60));
}

char *
truce_print_here (const TruceCtl *ctl, TruceTime at, const char *zone)
{
  g_autoptr (TruceZone) there = zone ? truce_zone_new (zone, NULL) : NULL;

  if (!there || truce_zone_offset_at (there, at, NULL) == truce_zone_offset_at (ctl->zone, at, NULL))
    return NULL;
  return truce_zone_format (ctl->zone, at);
}

/* How long an instant is at the beginning of `text`: "2025-08-12T04:01:00Z", with or without a fraction; 0: none. */
static gsize
instant_length (const char *text)
{
  static const char form[] = "dddd-dd-ddTdd:dd:dd";
  gsize length;

  for (length = 0; form[length]; length++)
    if (form[length] == 'd' ? !g_ascii_isdigit (text[length]) : text[length] != form[length])
      return 0;
  if (text[length] == '.')
    for (length++; g_ascii_isdigit (text[length]); length++)
      ;
  return text[length] == 'Z' ? length + 1 : 0;
}

char *
truce_print_local (const TruceCtl *ctl, const char *text)
{
  GString *local = g_string_new (NULL);

  while (*text) {
    gsize length = instant_length (text);
    g_autofree char *instant = g_strndup (text, length);
    TruceTime at;

    if (length > 0 && truce_time_from_text (instant, &at)) {
      g_autofree char *words = truce_zone_format (ctl->zone, at - at % TRUCE_SECOND);
      g_string_append (local, words);
      text += length;
    } else {
      g_string_append_c (local, *text++);
    }
  }
  return g_string_free (local, FALSE);
}

TruceStyle
truce_print_closeness (TruceTime at, TruceTime now)
{
  if (at <= now)
    return TRUCE_STYLE_DIM;
  switch (truce_urgency_by_closeness ((at - now) / TRUCE_SECOND)) {
  case TRUCE_URGENCY_CRITICAL:
    return TRUCE_STYLE_ALARM;
  case TRUCE_URGENCY_NORMAL:
    return TRUCE_STYLE_WARN;
  case TRUCE_URGENCY_LOW:
  default:
    return TRUCE_STYLE_PLAIN;
  }
}
