/* SPDX-License-Identifier: MIT */
/* why: the rule, the words, the evidence, the decision and every delivery of an alert. */
#include "alert/context.h"
#include "ctl/client.h"
#include "ctl/print.h"
#include "ctl/record_print.h"
#include "ctl/verbs.h"
#include "deadline/when.h"
#include "engine/ports.h"

/* The sentences with the words that made it match. */
static void
print_words (const TruceCtl *ctl, const json_t *why)
{
  const json_t *entry, *word;
  size_t index, i;

  if (json_array_size (json_object_get (why, "context")) == 0)
    return;
  truce_print_heading (ctl, "Words");
  json_array_foreach (json_object_get (why, "context"), index, entry) {
    const char *text = truce_json_get_text (entry, "text");
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    json_array_foreach (json_object_get (entry, "words"), i, word) {
      g_strv_builder_add (builder, json_string_value (word));
    }
    g_auto (GStrv) words = g_strv_builder_end (builder);
    g_autoptr (GArray) marks = truce_context_marks (text, (const char *const *) words);
    truce_print_context (ctl, 2, text, marks);
    truce_print_field (ctl, "in", truce_json_get_text (entry, "feed"));
  }
}

/* "12 entries of 7 sources, 4 of them official". (transfer full) */
static char *
story_words (const json_t *story)
{
  gint64 count = truce_json_get_integer (story, "count", 0), sources = truce_json_get_integer (story, "sources", 0);
  gint64 official = truce_json_get_integer (story, "official", 0);
  GString *words = g_string_new (NULL);

  g_string_printf (words, "%" G_GINT64_FORMAT " %s of %" G_GINT64_FORMAT " %s", count, count == 1 ? "entry" : "entries",
                   sources, sources == 1 ? "source" : "sources");
  if (official > 0)
    g_string_append_printf (words, ", %" G_GINT64_FORMAT " of them official", official);
  return g_string_free (words, FALSE);
}

/* "press, bbc.co.uk, a copy". (transfer full) */
static char *
source_words (const json_t *entry)
{
  const char *tier = truce_json_get_text (entry, "tier"), *publisher = truce_json_get_text (entry, "publisher");

  return g_strconcat (tier ? tier : "", publisher ? ", " : "", publisher ? publisher : "",
                      truce_json_get_boolean (entry, "copy") ? ", a copy" : "", NULL);
}

static void
print_evidence (const TruceCtl *ctl, const json_t *why)
{
  const json_t *evidence = json_object_get (why, "evidence"), *story = json_object_get (why, "story"), *entry;
  g_autofree char *words = story ? story_words (story) : NULL;
  size_t index;

  if (json_array_size (evidence) == 0)
    return;
  truce_print_heading (ctl, "Evidence");
  if (words)
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_DIM, words);
  json_array_foreach (evidence, index, entry) {
    const char *title = truce_json_get_text (entry, "title");
    g_autofree char *published = truce_print_time_of (ctl, entry, "published");
    g_autofree char *joined = truce_print_time_of (ctl, entry, "joined");
    g_autofree char *source = source_words (entry);

    truce_print_wrapped (ctl, 2, TRUCE_STYLE_PLAIN, title ? title : "");
    truce_print_field (ctl, "feed", truce_json_get_text (entry, "feed"));
    truce_print_field (ctl, "source", source);
    truce_print_field (ctl, "published", published);
    truce_print_field (ctl, "joined", joined);
    truce_print_field (ctl, "link", truce_json_get_text (entry, "link"));
  }
}

/* "  desktop      Tue 1 Sep 2026 07:00 UTC    waits: quiet hours"; or that its milestone was silenced. */
static void
print_waiting (const TruceCtl *ctl, const json_t *why)
{
  TruceTime silenced = truce_json_get_time (why, "silenced");
  const json_t *entry;
  size_t index;

  if (truce_json_get_boolean (json_object_get (why, "alert"), "silenced")) {
    g_autofree char *until = silenced == TRUCE_TIME_NONE ? NULL : truce_zone_format (ctl->zone, silenced);
    g_autofree char *words =
        g_strdup_printf ("none: its milestone %s silenced%s%s", silenced > ctl->now && until ? "is" : "was",
                         until ? " until " : "", until ? until : "");
    truce_print_wrapped (ctl, 2, TRUCE_STYLE_WARN, words);
  }
  json_array_foreach (json_object_get (why, "waiting"), index, entry) {
    const char *reason = truce_json_get_text (entry, "reason");
    TruceTime until = truce_json_get_time (entry, "until");
    g_autofree char *words =
        g_strdup_printf ("waits%s: %s", until == TRUCE_TIME_NONE ? "" : " until then", reason ? reason : "");
    g_autofree char *when = until == TRUCE_TIME_NONE ? NULL : truce_zone_format (ctl->zone, until);
    const TruceCell cells[] = { { truce_json_get_text (entry, "sink"), 12, TRUCE_STYLE_PLAIN },
                                { when, 28, TRUCE_STYLE_DIM },
                                { words, 0, TRUCE_STYLE_WARN } };

    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

static gboolean
is_no_failure (const char *error)
{
  return error && (g_str_has_prefix (error, TRUCE_TOLD_WITHIN) || g_str_has_prefix (error, TRUCE_HELD_BACK));
}

static void
print_deliveries (const TruceCtl *ctl, const json_t *why)
{
  const json_t *alert = json_object_get (why, "alert"), *deliveries = json_object_get (why, "deliveries");
  const json_t *delivery;
  size_t index;

  truce_print_heading (ctl, "Deliveries");
  print_waiting (ctl, why);
  if (json_array_size (deliveries) == 0 && !json_object_get (why, "waiting") &&
      !truce_json_get_boolean (alert, "silenced"))
    truce_print_line (ctl, TRUCE_STYLE_DIM, "  none yet");
  json_array_foreach (deliveries, index, delivery) {
    gboolean delivered = truce_json_get_boolean (delivery, "delivered");
    const char *error = truce_json_get_text (delivery, "error");
    TruceTime at = truce_json_get_time (delivery, "at");
    g_autofree char *when = at == TRUCE_TIME_NONE ? NULL : truce_zone_format (ctl->zone, at);
    g_autofree char *words = truce_print_local (ctl, delivered || !error ? "delivered" : error);
    const TruceCell cells[] = { { truce_json_get_text (delivery, "sink"), 12, TRUCE_STYLE_PLAIN },
                                { when, 28, TRUCE_STYLE_DIM },
                                { words, 0,
                                  delivered               ? TRUCE_STYLE_GOOD
                                  : is_no_failure (error) ? TRUCE_STYLE_DIM
                                                          : TRUCE_STYLE_ALARM } };

    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

/* "Tue 1 Sep 2026 10:00 UTC, by ada with truced-desktop"; NULL for NULL. */
static char *
with_origin (const json_t *alert, const char *at, const char *key)
{
  const char *by = truce_json_get_text (alert, key), *via = truce_json_get_text (alert, "via");

  if (!at || !by)
    return g_strdup (at);
  return g_strdup_printf ("%s, by %s%s%s", at, by, via ? " with " : "", via ? via : "");
}

/* A line of it at a time: each says something else. */
static void
print_body (const TruceCtl *ctl, const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body ? body : "", "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      truce_print_wrapped (ctl, 2, TRUCE_STYLE_PLAIN, lines[i]);
}

/* The date that it is about, in its own zone, and by the reader's clock where that differs; NULL: none.
 * (transfer full) */
static char *
due_words (const TruceCtl *ctl, const json_t *alert)
{
  g_autoptr (TruceZone) zone = truce_print_zone_of (ctl, alert);
  TruceTime due = truce_json_get_time (alert, "due"), latest = truce_json_get_time (alert, "due_latest");
  gboolean instant = latest == TRUCE_TIME_NONE;
  const TruceSpan span = {
    .earliest = due,
    .latest = instant ? due : latest,
    .precision = instant ? TRUCE_PRECISION_INSTANT : TRUCE_PRECISION_INTERVAL,
    .zone = zone,
  };

  if (due == TRUCE_TIME_NONE)
    return NULL;
  g_autofree char *words = truce_span_to_words (&span);
  g_autofree char *here = instant ? truce_print_here (ctl, due, truce_json_get_text (alert, "zone")) : NULL;
  return here ? g_strdup_printf ("%s (%s here)", words, here) : g_steal_pointer (&words);
}

static void
print_why (const TruceCtl *ctl, const json_t *why)
{
  const json_t *alert = json_object_get (why, "alert"), *word;
  const char *title = truce_json_get_text (alert, "title"), *made = truce_json_get_text (why, "decision");
  g_autofree char *due = due_words (ctl, alert), *decision = truce_print_local (ctl, made ? made : "");
  g_autofree char *raised = truce_print_time_of (ctl, alert, "raised");
  g_autofree char *snoozed = truce_print_time_of (ctl, alert, "snoozed");
  g_autofree char *acknowledged = truce_print_time_of (ctl, alert, "acknowledged");
  g_autofree char *answer = with_origin (alert, acknowledged, "acknowledged_by");
  g_autofree char *later = with_origin (alert, snoozed, "snoozed_by");
  g_autoptr (GString) matched = g_string_new (NULL);
  size_t index;

  json_array_foreach (json_object_get (why, "matched"), index, word) {
    g_string_append_printf (matched, "%s%s", index > 0 ? ", " : "", json_string_value (word));
  }
  truce_print_wrapped (ctl, 0, TRUCE_STYLE_BOLD, title ? title : "");
  print_body (ctl, truce_json_get_text (alert, "body"));
  truce_print_field (ctl, "id", truce_json_get_text (alert, "id"));
  truce_print_field (ctl, "kind", truce_json_get_text (alert, "kind"));
  truce_print_field (ctl, "due", due);
  truce_print_field (ctl, "raised", raised);
  truce_print_field (ctl, "rule", truce_json_get_text (why, "rule"));
  json_array_foreach (json_object_get (why, "also"), index, word) {
    truce_print_field (ctl, index == 0 ? "and" : "", json_string_value (word));
  }
  truce_print_field (ctl, "matched", matched->str);
  truce_print_field (ctl, "decision", decision);
  truce_print_field (ctl, "acknowledged", answer);
  truce_print_field (ctl, "told again", later);
  print_words (ctl, why);
  print_evidence (ctl, why);
  print_deliveries (ctl, why);
}

TruceExit
truce_verb_why (TruceCtl *ctl)
{
  g_autoptr (json_t) why = NULL;
  TruceExit status = truce_client_read (ctl, "Why", g_variant_new ("(s)", ctl->arguments[0]), &why);

  if (status != TRUCE_EXIT_DONE)
    return status;
  if (ctl->json)
    truce_print_record (why);
  else
    print_why (ctl, why);
  return TRUCE_EXIT_DONE;
}
