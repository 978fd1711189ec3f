/* SPDX-License-Identifier: MIT */
#include "worker/parse/declared.h"

#include <string.h>

struct _TruceDeclared {
  GHashTable *texts; /* char *: char * */
  gsize room;
};

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

/* Reads the declaration whose "<!ENTITY" ends at `at`: a name and a quoted text. */
static void
read_declaration (TruceDeclared *declared, const char *at, const char *end)
{
  const char *name = skip_space (at, end), *quote, *close;
  g_autofree char *key = NULL, *text = NULL;

  for (at = name; at < end && (g_ascii_isalnum (*at) || strchr ("._-", *at)); at++)
    ;
  quote = skip_space (at, end);
  if (at == name || quote >= end || (*quote != '"' && *quote != '\''))
    return;
  close = memchr (quote + 1, *quote, (size_t) (end - quote - 1));
  if (!close || close - quote - 1 > TRUCE_DECLARED_TEXT_MAX)
    return;
  key = g_strndup (name, (gsize) (at - name));
  text = g_strndup (quote + 1, (gsize) (close - quote - 1));
  /* Of two declarations of one name the first is binding. */
  if (!strpbrk (text, "<&%") && !g_hash_table_contains (declared->texts, key))
    g_hash_table_insert (declared->texts, g_steal_pointer (&key), g_steal_pointer (&text));
}

TruceDeclared *
truce_declared_read (const char *at, const char *end)
{
  TruceDeclared *declared = g_new0 (TruceDeclared, 1);

  declared->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  declared->room = TRUCE_DECLARED_ROOM;
  while ((at = memmem (at, (size_t) (end - at), "<!ENTITY", 8)) &&
         g_hash_table_size (declared->texts) < TRUCE_DECLARED_MAX) {
    at += 8;
    read_declaration (declared, at, end);
  }
  return declared;
}

void
truce_declared_free (TruceDeclared *declared)
{
  if (!declared)
    return;
  g_hash_table_unref (declared->texts);
  g_free (declared);
}

gboolean
truce_declared_append (TruceDeclared *declared, const char *name, gsize length, GString *text)
{
  g_autofree char *key = NULL;
  const char *value;

  if (!declared)
    return FALSE;
  key = g_strndup (name, length);
  value = g_hash_table_lookup (declared->texts, key);
  if (!value || strlen (value) > declared->room)
    return FALSE;
  declared->room -= strlen (value);
  g_string_append (text, value);
  return TRUE;
}
