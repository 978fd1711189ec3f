/* SPDX-License-Identifier: MIT */
/* What new dates and lengths are read from running text: move-dates.tsv line by line with the label known, so that a
 * date that is misread shows as such; and dates rendered in every form, which must read back. */
#include <string.h>

#include "deadline/names.h"
#include "news/move_private.h"

static char *
days_to_text (const TruceMove *move)
{
  int year, month, day, last_year, last_month, last_day;

  if (!move->dated)
    return g_strdup ("-");
  truce_date_from_days (move->first, &year, &month, &day);
  truce_date_from_days (move->end - 1, &last_year, &last_month, &last_day);
  if (move->end - move->first == 1)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return g_strdup_printf ("%04d-%02d-%02d/%04d-%02d-%02d", year, month, day, last_year, last_month, last_day);
}

static TruceMoveLabel
label_from_text (const char *text)
{
  for (int label = 0; label < TRUCE_N_MOVE_LABELS; label++)
    if (g_str_equal (text, truce_move_label_to_text (label)))
      return label;
  g_error ("no label: %s", text);
}

static TruceMove *
read_as (TruceMoveLabel label, const char *published, const char *due_text, const char *title)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  g_autofree char *noon = g_strconcat (published, "T12:00:00Z", NULL);
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan due = TRUCE_SPAN_INIT;
  TruceTime at;

  g_assert_true (truce_time_from_text (noon, &at));
  if (due_text) {
    g_autoptr (TruceWhen) when = truce_when_parse (due_text, utc, NULL);

    g_assert_true (truce_when_resolve (when, &context, &due, NULL, NULL));
  }
  const TruceMoveNews news = { .title = title, .published = at, .zone = utc, .due = due_text ? &due : NULL };
  TruceMove *move = move_classify_as (&news, label);
  truce_span_clear (&due);
  return move;
}

static void
test_table (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "tests", "news", "move-dates.tsv", NULL);
  g_autofree char *contents = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

    if (**line == '#' || **line == '\0')
      continue;
    g_assert_cmpuint (g_strv_length (cells), ==, 6);
    const char *due = g_str_equal (cells[2], "-") ? NULL : cells[2];
    g_autoptr (TruceMove) move = read_as (label_from_text (cells[0]), cells[1], due, cells[5]);
    g_autofree char *days = days_to_text (move);
    n++;
    if (!g_str_equal (days, cells[3]) || move->delta_days != (int) g_ascii_strtoll (cells[4], NULL, 10)) {
      g_test_message ("%s, %s, due %s: %s by %d, wanted %s by %s", cells[5], cells[1], cells[2], days, move->delta_days,
                      cells[3], cells[4]);
      g_test_fail ();
    }
  }
  g_assert_cmpuint (n, >=, 150);
}

/* A day in one of the ways in which it is written; NULL behind the last. (transfer full) */
static char *
day_in_form (gint64 days, int form)
{
  int year, month, day;

  truce_date_from_days (days, &year, &month, &day);
  const char *name = truce_month_names[month - 1], *weekday = truce_weekday_names[truce_weekday_of (days)];
  const char *suffix = day % 10 == 1 && day != 11   ? "st"
                       : day % 10 == 2 && day != 12 ? "nd"
                       : day % 10 == 3 && day != 13 ? "rd"
                                                    : "th";
  switch (form) {
  case 0:
    return g_strdup_printf ("extended until %s %d, %d", name, day, year);
  case 1:
    return g_strdup_printf ("extended until %d %s %d", day, name, year);
  case 2:
    return g_strdup_printf ("extended until %.3s. %d%s, %d", name, day, suffix, year);
  case 3:
    return g_strdup_printf ("extended until the %d%s of %s %d", day, suffix, name, year);
  case 4:
    return g_strdup_printf ("extended until %s, %s %d, %d", weekday, name, day, year);
  case 5:
    return g_strdup_printf ("extended until %s %d %s %d", weekday, day, name, year);
  case 6:
    return g_strdup_printf ("extended until %04d-%02d-%02d", year, month, day);
  case 7:
    return g_strdup_printf ("extended until %d/%d/%d", month, day, year);
  case 8:
    return g_strdup_printf ("extended until %02d.%02d.%d", day, month, year);
  case 9: /* without a year: the nearest */
    return g_strdup_printf ("extended until %s %d", name, day);
  case 10:
    return g_strdup_printf ("extended until %d %s", day, name);
  case 11:
    return g_strdup_printf ("%d년 %d월 %d일까지 연장", year, month, day);
  case 12:
    return g_strdup_printf ("%d월 %d일로 연기", month, day);
  case 13:
    return g_strdup_printf ("延长至%d年%d月%d日", year, month, day);
  case 14:
    return g_strdup_printf ("推迟到%d月%d日", month, day);
  default:
    return NULL;
  }
}

/* Every day from tomorrow to ten months on reads back in every form, from whichever day it is published on. */
static void
test_forms (void)
{
  for (int round = 0; round < 400; round++) {
    gint64 published = 20000 + g_test_rand_int_range (0, 3000), day = published + g_test_rand_int_range (1, 300);
    int year, month, of_month;

    truce_date_from_days (published, &year, &month, &of_month);
    g_autofree char *at = g_strdup_printf ("%04d-%02d-%02d", year, month, of_month);
    for (int form = 0;; form++) {
      g_autofree char *text = day_in_form (day, form);

      if (!text)
        break;
      g_autoptr (TruceMove) move = read_as (TRUCE_MOVE_MOVED, at, NULL, text);
      if (!move->dated || move->first != day || move->end != day + 1) {
        g_test_message ("%s, said on %s", text, at);
        g_test_fail ();
        return;
      }
    }
  }
}

/* Any length in days, weeks, months and years reads back, in English, Korean and Chinese. */
static void
test_lengths (void)
{
  static const struct {
    const char *form;
    int days;
  } forms[] = {
    { "Council extends the permit by %d days", 1 },
    { "Council grants %d-day extension", 1 },
    { "Council extends the permit for %d more weeks", 7 },
    { "Permit extended by an additional %d months", 30 },
    { "Permit extended for another %d years", 365 },
    { "허가 %d일간 연장", 1 },
    { "허가 %d개월 연장", 30 },
    { "许可延长%d天", 1 },
    { "许可再延长%d个月", 30 },
    { "许可延长%d年", 365 },
  };

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    for (int number = 2; number <= 90; number++) {
      g_auto (GStrv) parts = g_strsplit (forms[f].form, "%d", 2);
      g_autofree char *text = g_strdup_printf ("%s%d%s", parts[0], number, parts[1]);
      g_autoptr (TruceMove) move = read_as (TRUCE_MOVE_MOVED, "2026-03-04", NULL, text);

      g_test_message ("%s", text);
      g_assert_cmpint (move->delta_days, ==, number * forms[f].days);
      g_assert_false (move->dated);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/news/move-dates/table", test_table);
  g_test_add_func ("/news/move-dates/forms", test_forms);
  g_test_add_func ("/news/move-dates/lengths", test_lengths);
  return g_test_run ();
}
