/* SPDX-License-Identifier: MIT */
/* What to say beside the reason why a date is not read: where it stops being understood, and what is read near it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl/print.h"
#include "ctl/verbs.h"

#define SHOWN_MAX 4 /* forms: one line of them */
#define FORMS 3

/* Forms with "%d" for a year, near to statements that have one of the words (between spaces, in small letters). */
typedef struct {
  const char *words;
  const char *forms[FORMS];
} Near;

static const Near table[] = {
  { " business working workday bd ", { "%d-05-14 + 20bd", "last business day of June %d", NULL } },
  { " q q1 q2 q3 q4 quarter h h1 h2 half ", { "Q2 %d", "late Q2 %d", "end of Q2 %d" } },
  { " early mid late middle beginning start end eoy eom ", { "early %d", "mid-June %d", "end of June %d" } },
  { " spring summer autumn fall winter season ", { "summer %d", "early summer %d", NULL } },
  { " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun first second third fourth "
    "fifth "
    "last weekday ",
    { "third friday of July %d", "Friday", "next Friday" } },
  { " today tomorrow yesterday tonight now next this week soon asap in ", { "tomorrow", "in 3 days", "next week" } },
  { " day days week weeks month months year years after before from ago later hence ",
    { "%d-05-14 + 90d", "30 days before %d-08-12", "in 3 days" } },
  { " am pm noon midnight et ct mt pt est edt cst cdt mst mdt pst pdt utc gmt kst jst ",
    { "%d-08-12 17:00 ET", "Aug 12, %d 12:01 am ET", "%d-08-12T04:01Z" } },
  { " january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug "
    "sep sept oct nov dec ",
    { "12 August %d", "August %d", "late August %d" } },
  { NULL, { "%d-08-12 17:00 ET", "mid-June %d", "%d-05-14 + 90d" } }, /* anything else */
};

static void
add_form (GString *line, const char *form, int year, guint *n_shown)
{
  g_autoptr (GString) text = g_string_new (form);
  g_autofree char *number = g_strdup_printf ("%d", year);

  g_string_replace (text, "%d", number, 0);
  if (*n_shown == SHOWN_MAX || strstr (line->str, text->str))
    return;
  g_string_append_printf (line, "%s%s", *n_shown ? ", " : "", text->str);
  (*n_shown)++;
}

/* Has the statement one of them? */
static gboolean
has_word (char **words, const char *among)
{
  for (guint i = 0; words[i]; i++) {
    g_autofree char *padded = g_strdup_printf (" %s ", words[i]);
    if (*words[i] && strstr (among, padded))
      return TRUE;
  }
  return FALSE;
}

static void
print_near (const TruceCtl *ctl, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " ,-./~?\t", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_shown = 0;
  TruceCivil civil;

  truce_zone_to_civil (ctl->zone, ctl->now, &civil);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    if (table[i].words ? !has_word (words, table[i].words) : n_shown > 0)
      continue;
    for (guint j = 0; j < FORMS && table[i].forms[j]; j++)
      add_form (line, table[i].forms[j], civil.year + 1, &n_shown);
  }
  fprintf (stderr, "Such forms are read: %s; truced-dates(7) has them all.\n", line->str);
}

void
truce_ctl_point_at (const TruceCtl *ctl, const char *text, gsize offset, gboolean understood)
{
  g_autofree char *trimmed = g_strstrip (g_utf8_make_valid (text, -1));
  g_autofree char *shown = truce_text_clean (trimmed, -1);
  gsize length = strlen (trimmed);

  /* A statement that was cleaned to be shown has its places elsewhere. */
  if (length > 0 && strcmp (shown, trimmed) == 0 && truce_text_columns (shown) + 2 <= ctl->columns) {
    g_autofree char *before = g_strndup (shown, MIN (offset, length));
    gsize columns = truce_text_columns (before);
    g_autofree char *line = g_strnfill (columns, understood ? '~' : ' ');
    fprintf (stderr, "  %s\n  %s%s\n", shown, line, understood && columns > 0 ? "" : "^");
  }
  print_near (ctl, trimmed);
}
