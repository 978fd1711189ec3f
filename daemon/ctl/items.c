/* SPDX-License-Identifier: MIT */
#include "ctl/items.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ctl/ctl.h"

#define BAD_LINES_MAX 20 /* more say nothing new, and flood a terminal */

/* The cleaned text of the first of two keys that is there; NULL for none, or null. FALSE for another type. (transfer
 * full) */
static gboolean
take_text (const json_t *object, const char *key, const char *other, char **text, GError **error)
{
  const json_t *value = json_object_get (object, key);

  if (!value && other) {
    key = other;
    value = json_object_get (object, key);
  }
  if (!value || json_is_null (value))
    return TRUE;
  if (!json_is_string (value)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "\"%s\" is no text", key);
    return FALSE;
  }
  g_free (*text);
  *text = truce_text_clean (json_string_value (value), -1);
  return TRUE;
}

static gboolean
take_time (const json_t *object, const char *key, TruceTime *time, GError **error)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  g_autofree char *text = NULL;

  if (!take_text (object, key, NULL, &text, error))
    return FALSE;
  if (!text || !*text || truce_ctl_read_time (text, utc, FALSE, time, NULL))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "\"%s\" is no time: %s", key, text);
  return FALSE;
}

static gboolean
take_categories (const json_t *object, char ***categories, GError **error)
{
  const json_t *array = json_object_get (object, "categories"), *element;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  size_t index;

  if (!array || json_is_null (array))
    return TRUE;
  if (!json_is_array (array)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "\"categories\" is no list");
    return FALSE;
  }
  json_array_foreach (array, index, element) {
    if (json_is_string (element)) {
      g_autofree char *clean = truce_text_clean (json_string_value (element), -1);

      g_strv_builder_add (builder, clean);
    }
  }
  *categories = g_strv_builder_end (builder);
  return TRUE;
}

TruceItem *
truce_item_from_json (const json_t *object, GError **error)
{
  g_autoptr (TruceItem) item = truce_item_new ();

  if (!take_text (object, "id", NULL, &item->id, error) || !take_text (object, "title", NULL, &item->title, error) ||
      !take_text (object, "summary", "lede", &item->summary, error) ||
      !take_text (object, "link", "url", &item->link, error) ||
      !take_text (object, "author", NULL, &item->author, error) ||
      !take_time (object, "published", &item->published, error) ||
      !take_time (object, "updated", &item->updated, error) || !take_categories (object, &item->categories, error))
    return NULL;
  return g_steal_pointer (&item);
}

const char *
truce_item_feed_of (const json_t *object)
{
  const char *feed = truce_json_get_text (object, "feed");

  return feed ? feed : truce_json_get_text (object, "outlet");
}

/* Reads one line as an object; NULL after saying why not. (transfer full) */
static json_t *
parse_line (const char *bytes, gsize length, const char *path, guint number)
{
  json_error_t json_error;
  json_t *object = json_loadb (bytes, length, 0, &json_error);

  if (json_is_object (object))
    return object;
  /* jansson names a constant of its own there. */
  char *constant = object ? NULL : strstr (json_error.text, " without JSON_");
  if (constant)
    *constant = '\0';
  fprintf (stderr, "%s:%u: %s\n", path, number, object ? "not a JSON object" : json_error.text);
  json_decref (object);
  return NULL;
}

gboolean
truce_items_read (FILE *stream, const char *path, TruceItemLineFunc line, gpointer user_data)
{
  char *bytes = NULL;
  size_t size = 0;
  ssize_t length;
  guint number = 0, bad = 0;

  while ((length = getline (&bytes, &size, stream)) >= 0) {
    number++;
    if (strspn (bytes, " \t\r\n") == (size_t) length)
      continue;
    g_autoptr (GError) error = NULL;
    g_autoptr (json_t) object = NULL;
    if (length > TRUCE_ITEM_LINE_MAX)
      fprintf (stderr, "%s:%u: longer than %u bytes\n", path, number, TRUCE_ITEM_LINE_MAX);
    else
      object = parse_line (bytes, (gsize) length, path, number);
    TruceItem *item = object ? truce_item_from_json (object, &error) : NULL;
    if (item)
      line (object, item, user_data);
    else if (error)
      fprintf (stderr, "%s:%u: %s\n", path, number, error->message);
    if (!item && ++bad == BAD_LINES_MAX) {
      fprintf (stderr, "%s: this is no file of JSON items, a line each: the rest is not read\n", path);
      break;
    }
  }
  if (ferror (stream)) {
    fprintf (stderr, "%s: %s\n", path, g_strerror (errno));
    bad++;
  }
  free (bytes);
  return bad == 0;
}

FILE *
truce_items_open (const char *path)
{
  if (g_str_equal (path, "-"))
    return stdin;
  FILE *stream = fopen (path, "re");
  if (!stream)
    truce_ctl_fail (TRUCE_EXIT_NO, "%s: %s", path, g_strerror (errno));
  return stream;
}
