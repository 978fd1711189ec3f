/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <stdlib.h>

void
truce_json_set_text (json_t *object, const char *key, const char *text)
{
  if (text)
    json_object_set_new (object, key, json_string (text));
}

void
truce_json_set_time (json_t *object, const char *key, TruceTime at)
{
  char buffer[TRUCE_TIME_TEXT_SIZE];

  if (at != TRUCE_TIME_NONE)
    json_object_set_new (object, key, json_string (truce_time_to_text (at, buffer)));
}

void
truce_json_set_integer (json_t *object, const char *key, gint64 value)
{
  json_object_set_new (object, key, json_integer (value));
}

void
truce_json_set_boolean (json_t *object, const char *key, gboolean value)
{
  json_object_set_new (object, key, json_boolean (value));
}

void
truce_json_set_strv (json_t *object, const char *key, const char *const *strings)
{
  if (!strings || !strings[0])
    return;

  json_t *array = json_array ();
  for (guint i = 0; strings[i]; i++)
    json_array_append_new (array, json_string (strings[i]));
  json_object_set_new (object, key, array);
}

void
truce_json_set_steal (json_t *object, const char *key, json_t *value)
{
  gboolean unused = !value || (json_is_array (value) && json_array_size (value) == 0) ||
                    (json_is_object (value) && json_object_size (value) == 0);

  if (unused)
    json_decref (value);
  else
    json_object_set_new (object, key, value);
}

const char *
truce_json_get_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

TruceTime
truce_json_get_time (const json_t *object, const char *key)
{
  const char *text = truce_json_get_text (object, key);
  TruceTime at = TRUCE_TIME_NONE;

  if (text)
    truce_time_from_text (text, &at);
  return at;
}

gint64
truce_json_get_integer (const json_t *object, const char *key, gint64 fallback)
{
  json_t *value = json_object_get (object, key);

  return json_is_integer (value) ? json_integer_value (value) : fallback;
}

gboolean
truce_json_get_boolean (const json_t *object, const char *key)
{
  return json_is_true (json_object_get (object, key));
}

#define REAL_FIGURES 15 /* all that a double has of any decimal: 0.95 is not 0.94999999999999996 */

char *
truce_json_to_line (const json_t *value)
{
  char *dumped = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (REAL_FIGURES));
  char *line = g_strdup (dumped);

  free (dumped); /* jansson's allocator is not necessarily GLib's */
  return line;
}
