/* SPDX-License-Identifier: MIT */
#include "base/reason.h"

#include <string.h>

gboolean
truce_reason_is_evidence (const char *text)
{
  if (g_ascii_strncasecmp (text, "https://", 8) != 0 && g_ascii_strncasecmp (text, "http://", 7) != 0)
    return FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isgraph (g_utf8_get_char (at)) || *at == '<' || *at == '>')
      return FALSE;
  return strstr (text, "://")[3] != '\0';
}

void
truce_reason_split (const char *reason, char **ret_why, char **ret_evidence)
{
  const char *open = reason ? strrchr (reason, '<') : NULL;

  *ret_why = *ret_evidence = NULL;
  if (open && g_str_has_suffix (open, ">")) {
    g_autofree char *inside = g_strndup (open + 1, strlen (open) - 2);
    if (truce_reason_is_evidence (inside)) {
      *ret_evidence = g_steal_pointer (&inside);
      *ret_why = g_strchomp (g_strndup (reason, (gsize) (open - reason)));
    }
  }
  if (!*ret_evidence)
    *ret_why = g_strdup (reason);
  if (*ret_why && !**ret_why)
    g_clear_pointer (ret_why, g_free);
}

char *
truce_reason_join (const char *why, const char *evidence)
{
  if (!evidence)
    return g_strdup (why);
  return g_strdup_printf ("%s%s<%s>", why ? why : "", why ? " " : "", evidence);
}

void
truce_json_set_reason (json_t *record, const char *reason)
{
  g_autofree char *why = NULL, *evidence = NULL;

  truce_reason_split (reason, &why, &evidence);
  truce_json_set_text (record, "why", why);
  truce_json_set_text (record, "evidence", evidence);
}

char *
truce_json_get_reason (const json_t *record)
{
  return truce_reason_join (truce_json_get_text (record, "why"), truce_json_get_text (record, "evidence"));
}
