/* SPDX-License-Identifier: MIT */
/* What people give on the command line: times and files. */
#include <stdarg.h>
#include <stdio.h>

#include "ctl/ctl.h"
#include "deadline/when.h"
#include "io/config_load.h"

TruceExit
truce_ctl_fail (TruceExit status, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "trucectl: %s\n", message);
  return status;
}

/* `when` (transfer full); NULL: not read. */
static gboolean
resolve (TruceWhen *parsed, gboolean end, TruceTime *ret_at, GError **error)
{
  g_autoptr (TruceWhen) when = parsed;
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan span;

  if (!when || !truce_when_resolve (when, &context, &span, NULL, error))
    return FALSE;
  *ret_at = end ? span.latest : span.earliest;
  truce_span_clear (&span);
  return TRUE;
}

gboolean
truce_ctl_read_time (const char *text, TruceZone *zone, gboolean end, TruceTime *ret_at, GError **error)
{
  return truce_time_from_text (text, ret_at) || resolve (truce_when_parse (text, zone, error), end, ret_at, error);
}

gboolean
truce_ctl_read_asked (const TruceCtl *ctl, const char *text, TruceZone *zone, TruceTime *ret_at, GError **error)
{
  return truce_time_from_text (text, ret_at) ||
         resolve (truce_when_parse_now (text, zone, ctl->now, NULL, error), FALSE, ret_at, error);
}

/* A number and a unit, or several in turn, also of those that dates are counted in, and are of different lengths. */
static gboolean
looks_like_length (const char *text)
{
  return g_regex_match_simple ("^([0-9]+(s|m|h|d|w|mo|y|sec|min|hours?|days?|weeks?|months?|years?))+$", text, 0, 0);
}

gboolean
truce_ctl_is_no_length (const char *text, GError **error)
{
  TruceTime length;

  if (truce_duration_from_text (text, &length) || !looks_like_length (text))
    return FALSE;
  g_set_error (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_SYNTAX,
               "a length is counted in w, d, h, m and s, such as 52w or 1d12h, up to %" G_GINT64_FORMAT "w",
               (gint64) (TRUCE_TIME_MAX / (7 * TRUCE_DAY)));
  return TRUE;
}

gboolean
truce_ctl_read_since (const TruceCtl *ctl, const char *text, TruceTime *ret_at, GError **error)
{
  TruceTime length;

  if (truce_duration_from_text (text, &length)) {
    *ret_at = length < ctl->now - TRUCE_TIME_MIN ? ctl->now - length : TRUCE_TIME_MIN;
    return TRUE;
  }
  return !truce_ctl_is_no_length (text, error) && truce_ctl_read_asked (ctl, text, ctl->zone, ret_at, error);
}

char *
truce_ctl_config_path (const TruceCtl *ctl, const char *named)
{
  if (named)
    return g_strdup (named);
  if (ctl->config)
    return g_strdup (ctl->config);
  g_autofree char *own = truce_config_default_path (TRUE);
  if (g_file_test (own, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&own);
  return truce_config_default_path (FALSE);
}
