/* SPDX-License-Identifier: MIT */
#include "ctl/repeat.h"

#include "ctl/print.h"
#include "deadline/except.h"

TruceSeries *
truce_repeat_read (const char *rule, const char *except, const TruceSpan *first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceSeries) series = truce_series_new (rule, first, &error);
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);

  if (!series) {
    truce_ctl_fail (TRUCE_EXIT_NO, "--repeat: %s", error->message);
    return NULL;
  }
  if (except && !truce_series_except (series, except, doubts, &error)) {
    truce_ctl_fail (TRUCE_EXIT_NO, "--except: %s", error->message);
    return NULL;
  }
  if (!truce_series_first_fits (series))
    truce_ctl_fail (TRUCE_EXIT_DONE, "the first date is none that the rule makes; it counts all the same");
  for (guint i = 0; i < doubts->len; i++)
    truce_ctl_fail (TRUCE_EXIT_DONE, "--except: %s", (const char *) g_ptr_array_index (doubts, i));
  return g_steal_pointer (&series);
}

static void
print_occurrence (const TruceCtl *ctl, const char *name, const TruceSpan *span)
{
  g_autofree char *words = truce_span_to_words (span);
  g_autofree char *when = truce_print_when (span->earliest, ctl->now);
  const TruceCell cells[] = { { name, 11, TRUCE_STYLE_BOLD },
                              { words, 26, TRUCE_STYLE_PLAIN },
                              { when, 0, TRUCE_STYLE_DIM } };

  truce_print_row (ctl, 2, cells, G_N_ELEMENTS (cells));
}

static void
record_occurrence (const char *name, const TruceSpan *span)
{
  g_autoptr (json_t) record = json_object ();

  truce_json_set_text (record, "occurrence", name);
  truce_json_set_time (record, "earliest", span->earliest);
  truce_json_set_time (record, "latest", span->latest);
  truce_json_set_text (record, "zone", truce_zone_name (span->zone));
  truce_print_record (record);
}

void
truce_repeat_print (const TruceCtl *ctl, const TruceSeries *series)
{
  gint64 day = truce_zone_day_of (truce_series_first (series)->zone, ctl->now) - 1;
  guint n_shown = 0;

  if (!ctl->json)
    truce_print_heading (ctl, "Its next dates");
  while (n_shown < TRUCE_REPEAT_SHOWN && truce_series_next (series, day, &day)) {
    char name[TRUCE_OCCURRENCE_NAME_SIZE];
    TruceSpan span;
    truce_series_span (series, day, &span);
    truce_occurrence_name (day, name);
    if (span.latest > ctl->now) {
      if (ctl->json)
        record_occurrence (name, &span);
      else
        print_occurrence (ctl, name, &span);
      n_shown++;
    }
    truce_span_clear (&span);
  }
  if (n_shown == 0 && !ctl->json)
    truce_print_line (ctl, TRUCE_STYLE_PLAIN, "  none: it has ended");
}
