/* SPDX-License-Identifier: MIT */
/* moves, accept and reject: what the news says of dates, and the answer to it. */
#include <stdio.h>

#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"

#define ID_DIGITS 8 /* that are shown: enough to type */

static char *option_milestone, *option_because;
static gboolean option_all;

const GOptionEntry truce_moves_options[] = {
  { "milestone", 0, 0, G_OPTION_ARG_FILENAME, &option_milestone, NULL, NULL },
  { "all", 0, 0, G_OPTION_ARG_NONE, &option_all, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry truce_answer_options[] = {
  { "because", 0, 0, G_OPTION_ARG_FILENAME, &option_because, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

/* --- moves --- */

static char *
days_of (const json_t *record)
{
  gint64 delta = truce_json_get_integer (record, "delta_days", 0);

  return g_strdup_printf ("%+" G_GINT64_FORMAT " %s", delta, ABS (delta) == 1 ? "day" : "days");
}

/* Who says it: those that count, then how many only say it again. */
static void
print_sources (const TruceCtl *ctl, const json_t *move)
{
  const json_t *item;
  size_t index;
  guint copies = 0;

  json_array_foreach (json_object_get (move, "items"), index, item) {
    const char *publisher = truce_json_get_text (item, "publisher"), *tier = truce_json_get_text (item, "tier");
    g_autofree char *who =
        g_strdup_printf ("%s%s", publisher ? publisher : "", g_strcmp0 (tier, "official") == 0 ? " (official)" : "");
    g_autofree char *published = truce_print_time_of (ctl, item, "published");
    if (truce_json_get_boolean (item, "copy")) {
      copies++;
      continue;
    }
    const TruceCell cells[] = { { who, 28, TRUCE_STYLE_PLAIN }, { published, 0, TRUCE_STYLE_DIM } };
    truce_print_entry (ctl, 10, cells, G_N_ELEMENTS (cells));
    g_autofree char *quote = g_strdup_printf ("\xe2\x80\x9c%s\xe2\x80\x9d", truce_json_get_text (item, "quote"));
    truce_print_wrapped (ctl, 12, TRUCE_STYLE_DIM, quote);
  }
  if (copies > 0)
    truce_print_line (ctl, TRUCE_STYLE_DIM, "          and %u that %s only again, or without the date", copies,
                      copies == 1 ? "says so" : "say so");
}

static void
print_answer (const TruceCtl *ctl, const json_t *move)
{
  const char *by = truce_json_get_text (move, "by"), *why = truce_json_get_text (move, "why");
  g_autofree char *decided = truce_print_time_of (ctl, move, "decided");
  g_autofree char *line =
      decided ? g_strdup_printf ("%s%s%s%s%s", by ? by : "somebody", why ? ": " : "", why ? why : "", ", ", decided)
              : NULL;

  if (line)
    truce_print_wrapped (ctl, 10, TRUCE_STYLE_PLAIN, line);
}

static void
print_along (const TruceCtl *ctl, const json_t *move)
{
  const json_t *change;
  size_t index;

  json_array_foreach (json_object_get (move, "changes"), index, change) {
    if (index == 0)
      continue;
    g_autofree char *days = days_of (change);
    g_autofree char *line = g_strdup_printf ("with it: %s to %s, %s", truce_json_get_text (change, "title"),
                                             truce_json_get_text (change, "words"), days);
    truce_print_wrapped (ctl, 10, TRUCE_STYLE_PLAIN, line);
  }
}

/* What accepting it makes of a day, where that is more than the news says. */
static void
print_time_of_day (const TruceCtl *ctl, const json_t *move)
{
  const char *words = truce_json_get_text (json_array_get (json_object_get (move, "changes"), 0), "words");

  if (!words || g_strcmp0 (words, truce_json_get_text (move, "words")) == 0)
    return;
  g_autofree char *line = g_strdup_printf ("would be due %s, at its own time of day", words);
  truce_print_wrapped (ctl, 10, TRUCE_STYLE_PLAIN, line);
}

/* Nobody has decided what is proposed: that takes a reason. */
static void
print_advice (const TruceCtl *ctl, const json_t *move, const char *short_id)
{
  gboolean proposed = g_strcmp0 (truce_json_get_text (move, "label"), "proposed") == 0;

  truce_print_line (ctl, TRUCE_STYLE_DIM, "          trucectl accept %s%s, or reject %s", short_id,
                    proposed ? " --because '...'" : "", short_id);
}

static void
print_move (const TruceCtl *ctl, const json_t *move)
{
  const char *status = truce_json_get_text (move, "status"), *id = truce_json_get_text (move, "id");
  const char *refuses = truce_json_get_text (move, "refuses");
  gboolean dated = truce_json_get_text (move, "words") != NULL;
  gboolean waits = g_strcmp0 (status, "reported") == 0 || g_strcmp0 (status, "confirmed") == 0;
  gboolean confirmed = g_strcmp0 (status, "confirmed") == 0;
  g_autofree char *days = days_of (move);
  g_autofree char *says =
      g_strdup_printf ("%s%s%s", truce_json_get_text (move, "says"), dated ? ", " : "", dated ? days : "");
  g_autofree char *short_id = g_strndup (id ? id : "", ID_DIGITS);
  const TruceCell cells[] = { { short_id, ID_DIGITS, TRUCE_STYLE_BOLD },
                              { status, 10,
                                confirmed ? TRUCE_STYLE_ALARM
                                : waits   ? TRUCE_STYLE_WARN
                                          : TRUCE_STYLE_DIM },
                              { says, 0, TRUCE_STYLE_BOLD } };

  truce_print_entry (ctl, 0, cells, G_N_ELEMENTS (cells));
  print_sources (ctl, move);
  print_time_of_day (ctl, move);
  print_along (ctl, move);
  print_answer (ctl, move);
  if (waits && refuses)
    truce_print_wrapped (ctl, 10, TRUCE_STYLE_DIM, refuses);
  else if (waits)
    print_advice (ctl, move, short_id);
}

/* Those of one milestone beside each other, under its date: where they say different things, that is seen. */
static void
print_moves (const TruceCtl *ctl, const json_t *moves)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  size_t n_moves = json_array_size (moves);

  for (size_t i = 0; i < n_moves; i++) {
    const char *milestone = truce_json_get_text (json_array_get (moves, i), "milestone");
    guint waiting = 0;
    if (!milestone || !g_hash_table_add (done, (gpointer) milestone))
      continue;
    for (size_t j = i; j < n_moves; j++) {
      const json_t *move = json_array_get (moves, j);
      const char *title = truce_json_get_text (move, "title"), *old = truce_json_get_text (move, "old_words");
      if (g_strcmp0 (milestone, truce_json_get_text (move, "milestone")) != 0)
        continue;
      if (j == i)
        truce_print_ends_whole (ctl, title ? title : milestone, TRUCE_STYLE_PLAIN, old ? old : "");
      waiting += json_array_size (json_object_get (move, "conflicts")) > 0;
      print_move (ctl, move);
    }
    if (waiting > 1)
      truce_print_line (ctl, TRUCE_STYLE_ALARM, "%u that cannot all be so", waiting);
    putchar ('\n');
  }
}

TruceExit
truce_verb_moves (TruceCtl *ctl)
{
  g_autoptr (json_t) moves = NULL;

  if (option_milestone && !g_utf8_validate (option_milestone, -1, NULL))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--milestone: not UTF-8");
  TruceExit status = truce_client_read (
      ctl, "ListMoves", g_variant_new ("(sb)", option_milestone ? option_milestone : "", option_all), &moves);
  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json)
    truce_print_records (moves);
  else if (json_array_size (moves) == 0)
    truce_print_line (ctl, TRUCE_STYLE_DIM,
                      option_all ? "The news has said nothing of dates."
                                 : "Nothing that the news says of dates waits for an answer.");
  else
    print_moves (ctl, moves);
  return TRUCE_EXIT_DONE;
}

/* --- the answer --- */

static TruceExit
answer (TruceCtl *ctl, const char *method, json_t **ret_record)
{
  if (option_because && !g_utf8_validate (option_because, -1, NULL))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--because: not UTF-8");
  TruceExit status = truce_client_say (
      ctl, method, g_variant_new ("(ss)", ctl->arguments[0], option_because ? option_because : ""), ret_record);
  if (status == TRUCE_EXIT_DONE && ctl->json)
    truce_print_record (*ret_record);
  return status;
}

TruceExit
truce_verb_accept (TruceCtl *ctl)
{
  g_autoptr (json_t) record = NULL;
  const json_t *changes, *change;
  size_t index;
  TruceExit status = answer (ctl, "AcceptMove", &record);

  if (status != TRUCE_EXIT_DONE || ctl->json)
    return status;
  changes = json_object_get (record, "changes");
  json_array_foreach (changes, index, change) {
    g_autofree char *days = days_of (change);
    truce_print_ends_whole (ctl, truce_json_get_text (change, "title"), TRUCE_STYLE_PLAIN, days);
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  was  %s", truce_json_get_text (change, "old_words"));
    truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  now  %s", truce_json_get_text (change, "words"));
  }
  if (json_array_size (changes) == 0)
    printf ("Nothing more is told of it.\n");
  printf ("To take that back: trucectl undo %s\n", truce_json_get_text (record, "milestone"));
  return TRUCE_EXIT_DONE;
}

TruceExit
truce_verb_reject (TruceCtl *ctl)
{
  g_autoptr (json_t) record = NULL;
  TruceExit status = answer (ctl, "RejectMove", &record);

  if (status == TRUCE_EXIT_DONE && !ctl->json)
    printf ("Rejected: %s, %s\n", truce_json_get_text (record, "title"), truce_json_get_text (record, "says"));
  return status;
}
