/* SPDX-License-Identifier: MIT */
/* classify: what items of news say about a deadline, without a truced. */
#include <stdio.h>

#include "ctl/items.h"
#include "ctl/print.h"
#include "ctl/verbs.h"
#include "news/move.h"

static char *option_zone;

const GOptionEntry truce_classify_options[] = {
  { "zone", 0, 0, G_OPTION_ARG_FILENAME, &option_zone, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

typedef struct {
  const TruceCtl *ctl;
  TruceZone *zone;
  gboolean good;
} TruceClassifyRun;

/* The item's `due`, a date statement; FALSE after saying that it is none. */
static gboolean
read_due (TruceClassifyRun *run, const json_t *object, TruceSpan *ret_due, gboolean *ret_known)
{
  const char *text = truce_json_get_text (object, "due");
  const TruceWhenContext context = { .starts = NULL };
  g_autoptr (GError) error = NULL;

  *ret_known = FALSE;
  if (!text)
    return TRUE;
  g_autoptr (TruceWhen) when = truce_when_parse (text, run->zone, &error);
  *ret_known = when && truce_when_resolve (when, &context, ret_due, NULL, &error);
  if (!*ret_known)
    truce_ctl_fail (TRUCE_EXIT_NO, "\"due\": %s", error->message);
  return *ret_known;
}

/* A civil day as "2026-03-04", or null. */
static json_t *
day_to_json (gint64 day)
{
  char text[sizeof "-2147483648-12-31"];
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  g_snprintf (text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
  return json_string (text);
}

static void
print_move_record (const TruceItem *item, const TruceMove *move)
{
  g_autoptr (json_t) record = json_object ();

  /* The reader of a table wants every column in every row. */
  json_object_set_new (record, "id", item->id ? json_string (item->id) : json_null ());
  truce_json_set_text (record, "label", truce_move_label_to_text (move->label));
  json_object_set_new (record, "new_date", move->dated ? day_to_json (move->first) : json_null ());
  json_object_set_new (record, "new_date_latest",
                       move->dated && move->end - move->first > 1 ? day_to_json (move->end - 1) : json_null ());
  json_object_set_new (record, "delta_days", move->delta_days > 0 ? json_integer (move->delta_days) : json_null ());
  json_object_set_new (record, "confidence", json_real ((double) (int) (move->confidence * 100 + 0.5) / 100));
  json_object_set_new (record, "quote", move->quote ? json_string (move->quote) : json_null ());
  truce_print_record (record);
}

static void
print_move (const TruceCtl *ctl, const TruceItem *item, const TruceMove *move)
{
  static const TruceStyle styles[TRUCE_N_MOVE_LABELS] = { TRUCE_STYLE_ALARM, TRUCE_STYLE_WARN, TRUCE_STYLE_BOLD,
                                                          TRUCE_STYLE_GOOD,  TRUCE_STYLE_BOLD, TRUCE_STYLE_DIM,
                                                          TRUCE_STYLE_DIM };
  g_autoptr (GString) to = g_string_new (NULL);
  int year, month, day;

  if (move->dated) {
    truce_date_from_days (move->first, &year, &month, &day);
    g_string_append_printf (to, "to %04d-%02d-%02d", year, month, day);
    if (move->end - move->first > 1) {
      truce_date_from_days (move->end - 1, &year, &month, &day);
      g_string_append_printf (to, "/%04d-%02d-%02d", year, month, day);
    }
  }
  if (move->delta_days > 0)
    g_string_append_printf (to, "%sby %d %s", to->len > 0 ? ", " : "", move->delta_days,
                            move->delta_days == 1 ? "day" : "days");
  const TruceCell cells[] = { { truce_move_label_to_text (move->label), 10, styles[move->label] },
                              { to->str, 36, TRUCE_STYLE_PLAIN },
                              { move->quote ? move->quote : "", 0, TRUCE_STYLE_DIM } };

  truce_print_wrapped (ctl, 0, TRUCE_STYLE_PLAIN, *item->title ? item->title : item->summary);
  truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
}

static void
classify_line (json_t *object, TruceItem *item, gpointer user_data)
{
  TruceClassifyRun *run = user_data;
  TruceSpan due = TRUCE_SPAN_INIT;
  gboolean known;

  if (read_due (run, object, &due, &known)) {
    const TruceMoveNews news = { .title = item->title,
                                 .summary = item->summary,
                                 .published = truce_item_time (item),
                                 .zone = run->zone,
                                 .due = known ? &due : NULL };
    g_autoptr (TruceMove) move = truce_move_classify (&news);

    if (run->ctl->json || !run->ctl->terminal)
      print_move_record (item, move);
    else
      print_move (run->ctl, item, move);
  } else {
    run->good = FALSE;
  }
  truce_span_clear (&due);
  truce_item_free (item);
}

TruceExit
truce_verb_classify (TruceCtl *ctl)
{
  const char *path = ctl->n_arguments > 0 ? ctl->arguments[0] : "-";
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceZone) zone = truce_zone_new (option_zone ? option_zone : "UTC", &error);

  if (!zone)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--zone: %s", error->message);
  FILE *stream = truce_items_open (path);
  if (!stream)
    return TRUCE_EXIT_NO;
  TruceClassifyRun run = { ctl, zone, TRUE };
  gboolean good = truce_items_read (stream, path, classify_line, &run);

  if (stream != stdin)
    fclose (stream);
  return good && run.good ? TRUCE_EXIT_DONE : TRUCE_EXIT_NO;
}
