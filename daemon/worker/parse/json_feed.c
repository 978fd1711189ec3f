/* SPDX-License-Identifier: MIT */
#include "worker/parse/parse_private.h"

#include <jansson.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* The text of a key: a string, or a number, which some write as an id. (transfer full), NULL for none. */
static char *
get_text (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);

  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  if (!json_is_string (value))
    return NULL;
  return g_strndup (json_string_value (value), json_string_length (value));
}

static void
set_text (TruceBuilder *builder, TruceField field, guint8 rank, const json_t *object, const char *key,
          TruceMarkup markup)
{
  g_autofree char *text = get_text (object, key);

  if (text)
    truce_builder_set_text (builder, field, rank, text, strlen (text), markup);
}

static void
set_link (TruceBuilder *builder, guint8 rank, const json_t *object, const char *key)
{
  g_autofree char *text = get_text (object, key);

  if (text)
    truce_builder_set_link (builder, rank, text, strlen (text), NULL);
}

static void
set_date (TruceBuilder *builder, TruceField field, const json_t *object, const char *key)
{
  g_autofree char *text = get_text (object, key);

  if (text)
    truce_builder_set_date (builder, field, 1, text);
}

static void
read_lists (TruceBuilder *builder, const json_t *item)
{
  const json_t *tags = json_object_get (item, "tags"), *attachments = json_object_get (item, "attachments");

  for (gsize i = 0; i < json_array_size (tags); i++)
    if (json_is_string (json_array_get (tags, i)))
      truce_builder_add_category (builder, json_string_value (json_array_get (tags, i)),
                                  json_string_length (json_array_get (tags, i)));
  for (gsize i = 0; i < json_array_size (attachments); i++) {
    g_autofree char *url = get_text (json_array_get (attachments, i), "url");

    if (url)
      truce_builder_add_enclosure (builder, url, strlen (url), NULL);
  }
}

static void
read_item (TruceBuilder *builder, const json_t *item)
{
  set_text (builder, TRUCE_FIELD_ID, 1, item, "id", TRUCE_MARKUP_NONE);
  set_text (builder, TRUCE_FIELD_TITLE, 1, item, "title", TRUCE_MARKUP_TEXT);
  set_link (builder, 2, item, "url");
  set_link (builder, 1, item, "external_url");
  set_text (builder, TRUCE_FIELD_SUMMARY, 3, item, "summary", TRUCE_MARKUP_TEXT);
  set_text (builder, TRUCE_FIELD_SUMMARY, 2, item, "content_text", TRUCE_MARKUP_NONE);
  set_text (builder, TRUCE_FIELD_SUMMARY, 1, item, "content_html", TRUCE_MARKUP_HTML);
  set_text (builder, TRUCE_FIELD_AUTHOR, 2, json_array_get (json_object_get (item, "authors"), 0), "name",
            TRUCE_MARKUP_NONE);
  set_text (builder, TRUCE_FIELD_AUTHOR, 1, json_object_get (item, "author"), "name", TRUCE_MARKUP_NONE);
  set_date (builder, TRUCE_FIELD_PUBLISHED, item, "date_published");
  set_date (builder, TRUCE_FIELD_UPDATED, item, "date_modified");
  read_lists (builder, item);
}

/* "https://jsonfeed.org/version/1.1"; some write the number alone. */
static gboolean
is_version (const char *version)
{
  return version && (strstr (version, "jsonfeed.org/") || g_str_equal (version, "1") || g_str_equal (version, "1.0") ||
                     g_str_equal (version, "1.1"));
}

gboolean
truce_parse_json (TruceBuilder *builder, const char *text, gsize length, GError **error)
{
  json_error_t problem;
  g_autoptr (json_t) feed = json_loadb (text, length, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &problem);
  const json_t *items = json_object_get (feed, "items");
  const char *version = json_string_value (json_object_get (feed, "version"));

  if (!feed && json_error_code (&problem) == json_error_out_of_memory) {
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_BROKEN,
                         "JSON of more values than memory is given for");
    return FALSE;
  }
  if (!feed) {
    g_set_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_BROKEN, "JSON that cannot be read (line %d: %s)",
                 problem.line, problem.text);
    return FALSE;
  }
  if (!is_version (version) || !json_is_array (items)) {
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "JSON, but not a JSON Feed");
    return FALSE;
  }
  builder->document->format = g_strdup ("json");
  set_text (builder, TRUCE_FIELD_TITLE, 1, feed, "title", TRUCE_MARKUP_TEXT);
  set_link (builder, 1, feed, "home_page_url");
  for (gsize i = 0; i < json_array_size (items); i++) {
    if (!json_is_object (json_array_get (items, i)))
      continue;
    if (!truce_builder_begin_item (builder))
      break;
    read_item (builder, json_array_get (items, i));
  }
  truce_builder_end_item (builder);
  return TRUE;
}
