/* SPDX-License-Identifier: MIT */
/* What a calendar says of one event, in the words of the book. */
#include <string.h>

#include "config/event.h"
#include "config/event_book_private.h"

/* Over which the dates of a rule with COUNT are counted: thousands of them to the end of all dates, for each of
 * thousands of events, would keep truced busy. */
#define COUNTED_DAYS_MAX ((gint64) 200 * 366)
#define DAY_LENGTH strlen ("2026-04-15")

/* The lines of configuration in `lines` as one list. (transfer full) */
static char *
as_list (GString *lines)
{
  g_string_replace (lines, "except = ", "", 0);
  g_string_replace (lines, "\n", ", ", 0);
  if (g_str_has_suffix (lines->str, ", "))
    g_string_truncate (lines, lines->len - strlen (", "));
  return g_strdup (lines->str);
}

static gboolean
counts_too_far (const char *text, const TruceSpan *first)
{
  g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (text, NULL);
  guint count = rule ? truce_recurrence_count (rule) : 0;
  gint64 begin = truce_zone_day_of (first->zone, first->earliest), day = begin;

  for (guint i = 1; i < count; i++)
    if (!truce_recurrence_next (rule, begin, day, begin + COUNTED_DAYS_MAX, &day))
      return TRUE;
  return FALSE;
}

/* Occurrences that have an event of their own, one of `uids`, are no exceptions. */
static gboolean
read_rule (TruceGiven *given, GHashTable *uids, char **ret_reason)
{
  g_autoptr (GPtrArray) exceptions = g_ptr_array_new ();
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *reason = NULL;
  TruceEvent own = *given->event;
  TruceSpan last;
  gint64 day;

  for (guint i = 0; i < own.exceptions->len; i++) {
    g_autofree char *uid = g_strdup_printf ("%s/%s", own.uid, (const char *) own.exceptions->pdata[i]);
    if (!g_hash_table_contains (uids, uid))
      g_ptr_array_add (exceptions, own.exceptions->pdata[i]);
  }
  own.exceptions = exceptions;
  if (counts_too_far (own.rule, &given->span)) {
    *ret_reason =
        g_strdup_printf ("repeats, but by no rule that is read: %s: it counts over more than 200 years", own.rule);
    return FALSE;
  }
  g_autoptr (TruceSeries) series = truce_event_series (&own, &given->span, lines, &reason);
  if (!series || !truce_series_previous (series, G_MAXINT32, &day)) {
    *ret_reason = series ? g_strdup ("repeats, but all of its dates are left out")
                         : g_strdup_printf ("repeats, but by no rule that is read: %s", reason);
    return FALSE;
  }
  truce_series_span (series, day, &last);
  given->last = MAX (last.latest, last.earliest + 1);
  truce_span_clear (&last);
  given->rule = g_strdup (truce_series_rule (series));
  given->excepts = as_list (lines);
  return TRUE;
}

gboolean
truce_given_read (const TruceEvent *event, TruceZone *zone, GHashTable *uids, TruceGiven *ret_given, char **ret_reason)
{
  gboolean repeats = *event->rule != '\0';

  *ret_given = (TruceGiven){
    .event = event,
    .statement = repeats ? truce_event_repeating_due (event, zone) : truce_event_due (event),
    .span = TRUCE_SPAN_INIT,
  };
  if (!truce_book_span (ret_given->statement, zone, &ret_given->span)) {
    *ret_reason = g_strdup_printf ("has a date that cannot be stated: %s", ret_given->statement);
    return FALSE;
  }
  ret_given->last = MAX (ret_given->span.latest, ret_given->span.earliest + 1);
  return !repeats || read_rule (ret_given, uids, ret_reason);
}

void
truce_given_clear (TruceGiven *given)
{
  g_free (given->statement);
  truce_span_clear (&given->span);
  g_free (given->rule);
  g_free (given->excepts);
}

char *
truce_given_replaces (const char *uid, gsize *ret_length)
{
  const char *mark = strrchr (uid, '/');

  if (!mark)
    return NULL;
  *ret_length = (gsize) (mark - uid);
  /* In the zone of the series its day says which it is; in UTC that may be another. */
  return g_str_has_suffix (mark, "Z") ? g_strdup (mark + 1) : g_strndup (mark + 1, DAY_LENGTH);
}

gboolean
truce_given_be_occurrence (TruceGiven *given, const TruceBookEvent *event, const char *original, TruceZone *zone)
{
  g_autoptr (TruceSeries) series = truce_book_series (event, zone);
  TruceSpan span;
  gint64 day;

  if (!series || !truce_book_span (original, truce_series_first (series)->zone, &span))
    return FALSE;
  day = truce_zone_day_of (truce_series_first (series)->zone, span.earliest);
  truce_span_clear (&span);
  if (!truce_series_has (series, day))
    return FALSE;
  truce_series_span (series, day, &span);
  given->last = MAX (given->last, MAX (span.latest, span.earliest + 1));
  truce_span_clear (&span);
  given->series = event;
  given->occurrence = day;
  return TRUE;
}
