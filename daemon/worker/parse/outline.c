/* SPDX-License-Identifier: MIT */
#include "worker/parse/outline.h"

#include "base/text.h"
#include "worker/parse/encoding.h"
#include "worker/parse/link.h"
#include "worker/parse/parse.h"
#include "worker/parse/tags.h"
#include "worker/wire.h"

#include <string.h>

#define PAGE_FEEDS_MAX 50          /* of a web page; some name one for every tag */
#define TITLE_MAX 200              /* bytes */
#define FOLDERS_MAX 8              /* of one feed */
#define FOLDER_MAX 60              /* bytes: it becomes a tag */
#define LEFT_OUT_MAX 50            /* sentences about what is left out */
#define TEXT_MAX (4 * 1024 * 1024) /* bytes in all: folders are repeated with each feed in them */

typedef struct {
  TruceOutlineList *list;
  GHashTable *urls;   /* of feeds in the list */
  GPtrArray *folders; /* char *, by open outline: NULL for one that is a feed or too deep */
  char *base;         /* of a web page */
  gsize length;       /* of all texts */
} Reading;

/* --- both --- */

static void
add_left_out (Reading *reading, const char *title, const char *why)
{
  if (reading->list->left_out->len < LEFT_OUT_MAX)
    g_ptr_array_add (reading->list->left_out, g_strdup_printf ("\"%s\" is left out: %s", title, why));
}

static void
add_folder (Reading *reading, TruceOutline *feed, const char *text)
{
  g_autofree char *folder = truce_text_cut (text, FOLDER_MAX);

  if (!*folder || feed->folders->len >= FOLDERS_MAX ||
      g_ptr_array_find_with_equal_func (feed->folders, folder, g_str_equal, NULL))
    return;
  reading->length += strlen (folder);
  g_ptr_array_add (feed->folders, g_steal_pointer (&folder));
}

/* NULL: it is there already, or no more are taken. (transfer none) */
static TruceOutline *
add_feed (Reading *reading, const char *url, const char *title, guint most)
{
  g_autofree char *short_title = truce_text_cut (title ? title : "", TITLE_MAX);
  TruceOutline *feed;

  if (g_hash_table_contains (reading->urls, url))
    return NULL;
  if (reading->list->feeds->len >= most || reading->length > TEXT_MAX) {
    reading->list->truncated = TRUE;
    return NULL;
  }
  feed = truce_outline_new (url, short_title);
  reading->length += strlen (url) + strlen (short_title);
  g_ptr_array_add (reading->list->feeds, feed);
  g_hash_table_add (reading->urls, feed->url);
  return feed;
}

static void
take_title (Reading *reading, const TruceTagReader *tags)
{
  g_autofree char *text = *reading->list->title ? NULL : truce_tag_text (tags);

  if (!text)
    return;
  g_free (reading->list->title);
  reading->list->title = truce_text_cut (text, TITLE_MAX);
}

/* --- OPML --- */

/* "feed:" is what some programs call http. (transfer full) */
static char *
web_address (const char *text)
{
  g_autofree char *http = NULL;

  if (g_ascii_strncasecmp (text, "feed://", 7) == 0)
    http = g_strconcat ("http://", text + 7, NULL);
  else if (g_ascii_strncasecmp (text, "feed:", 5) == 0)
    http = g_strdup (text + 5);
  return http ? truce_link_resolve (http, strlen (http), NULL) : truce_link_resolve (text, strlen (text), NULL);
}

/* "/news/trade,finance": each step is a folder of its own. */
static void
add_categories (Reading *reading, TruceOutline *feed, const TruceTag *tag)
{
  g_autofree char *categories = truce_tag_attribute (tag, "category");
  g_auto (GStrv) parts = categories ? g_strsplit_set (categories, ",/", -1) : NULL;

  for (guint i = 0; parts && parts[i]; i++)
    add_folder (reading, feed, g_strstrip (parts[i]));
}

static void
take_subscription (Reading *reading, const TruceTag *tag, const char *url, const char *title)
{
  g_autofree char *address = web_address (url);
  TruceOutline *feed;

  if (!address) {
    add_left_out (reading, *title ? title : url, "its address is none of the web");
    return;
  }
  feed = add_feed (reading, address, title, TRUCE_OUTLINE_FEEDS_MAX);
  for (guint i = 0; feed && i < reading->folders->len; i++)
    if (g_ptr_array_index (reading->folders, i))
      add_folder (reading, feed, g_ptr_array_index (reading->folders, i));
  if (feed)
    add_categories (reading, feed, tag);
}

static void
take_outline (Reading *reading, const TruceTag *tag)
{
  g_autofree char *url = truce_tag_attribute (tag, "xmlUrl"), *text = truce_tag_attribute (tag, "text");
  g_autofree char *title = truce_tag_attribute (tag, "title");
  const char *name = title && *title ? title : text ? text : "";

  if (tag->closing) {
    if (reading->folders->len > 0)
      g_ptr_array_set_size (reading->folders, (gint) reading->folders->len - 1);
    return;
  }
  if (url && *url)
    take_subscription (reading, tag, url, name);
  if (!tag->empty)
    g_ptr_array_add (reading->folders, (url && *url) || reading->folders->len >= TRUCE_DEPTH_MAX
                                           ? NULL
                                           : g_strdup (text && *text ? text : name));
}

/* --- HTML --- */

static gboolean
has_word (const char *text, const char *word)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", " \t", -1);

  for (guint i = 0; words[i]; i++)
    if (g_ascii_strcasecmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_feed_type (const char *type)
{
  static const char *const types[] = { "application/rss+xml",   "application/atom+xml",
                                       "application/feed+json", "application/rdf+xml",
                                       "application/x-rss+xml", "text/rss+xml",
                                       "application/xml",       "text/xml" };

  for (guint i = 0; type && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strncasecmp (type, types[i], strlen (types[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
take_link (Reading *reading, const TruceTag *tag)
{
  g_autofree char *relation = truce_tag_attribute (tag, "rel"), *type = truce_tag_attribute (tag, "type");
  g_autofree char *target = truce_tag_attribute (tag, "href"), *title = truce_tag_attribute (tag, "title");
  g_autofree char *url = NULL;

  if (!target || !*target ||
      !(has_word (relation, "feed") || (has_word (relation, "alternate") && is_feed_type (type))))
    return;
  url = truce_link_resolve (target, strlen (target), reading->base);
  if (url)
    add_feed (reading, url, title, PAGE_FEEDS_MAX);
}

static void
take_base (Reading *reading, const TruceTag *tag)
{
  g_autofree char *target = truce_tag_attribute (tag, "href");
  char *base = target ? truce_link_resolve (target, strlen (target), reading->base) : NULL;

  if (!base)
    return;
  g_free (reading->base);
  reading->base = base;
}

/* --- the document --- */

static void
take_tag (Reading *reading, const TruceTagReader *tags, const TruceTag *tag, gboolean opml)
{
  if (truce_tag_is (tag, "title") && !tag->closing)
    take_title (reading, tags);
  else if (opml && truce_tag_is (tag, "outline"))
    take_outline (reading, tag);
  else if (!opml && !tag->closing && (truce_tag_is (tag, "link") || truce_tag_is (tag, "a")))
    take_link (reading, tag);
  else if (!opml && !tag->closing && truce_tag_is (tag, "base"))
    take_base (reading, tag);
}

static gboolean
is_html (const TruceTag *tag)
{
  static const char *const names[] = { "html", "head", "body", "title", "meta", "link", "div", "p", "base" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (truce_tag_is (tag, names[i]))
      return TRUE;
  return FALSE;
}

static TruceOutlineList *
read_list (TruceTagReader *tags, const char *base_url, GError **error)
{
  g_autoptr (TruceOutlineList) list = truce_outline_list_new ();
  g_autoptr (GHashTable) urls = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { .list = list, .urls = urls, .folders = folders, .base = g_strdup (base_url) };
  TruceTag tag;
  gboolean any = truce_tag_next (tags, &tag);
  gboolean opml = any && truce_tag_is (&tag, "opml");

  if (!any || (!opml && !is_html (&tag))) {
    g_free (reading.base);
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "neither OPML nor a web page");
    return NULL;
  }
  g_free (list->format);
  list->format = g_strdup (opml ? "opml" : "html");
  do
    take_tag (&reading, tags, &tag, opml);
  while (truce_tag_next (tags, &tag));
  g_free (reading.base);
  return g_steal_pointer (&list);
}

TruceOutlineList *
truce_parse_outline (GBytes *body, const char *base_url, const char *content_type, GError **error)
{
  g_autoptr (GBytes) decoded = NULL;
  gsize length;

  if (g_bytes_get_size (body) > TRUCE_BODY_MAX) {
    g_set_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "longer than %u MiB", TRUCE_BODY_MAX >> 20);
    return NULL;
  }
  decoded = truce_encoding_decode (body, content_type);
  const char *text = g_bytes_get_data (decoded, &length);
  TruceTagReader tags = { text ? text : "", (text ? text : "") + length };
  return read_list (&tags, base_url && *base_url ? base_url : NULL, error);
}

static void
add_strings (GVariantBuilder *builder, GPtrArray *strings)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < strings->len; i++)
    g_variant_builder_add (builder, "s", g_ptr_array_index (strings, i));
  g_variant_builder_close (builder);
}

GVariant *
truce_outline_answer (guint64 request, GBytes *body, const char *base_url, const char *content_type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceOutlineList) list = truce_parse_outline (body, base_url, content_type, &error);
  GVariantBuilder left_out, feeds;

  g_variant_builder_init (&feeds, G_VARIANT_TYPE ("a(ssas)"));
  g_variant_builder_init (&left_out, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; list && i < list->left_out->len; i++)
    g_variant_builder_add (&left_out, "s", g_ptr_array_index (list->left_out, i));
  for (guint i = 0; list && i < list->feeds->len; i++) {
    const TruceOutline *feed = g_ptr_array_index (list->feeds, i);
    g_variant_builder_open (&feeds, G_VARIANT_TYPE ("(ssas)"));
    g_variant_builder_add (&feeds, "s", feed->url);
    g_variant_builder_add (&feeds, "s", feed->title);
    add_strings (&feeds, feed->folders);
    g_variant_builder_close (&feeds);
  }
  return g_variant_new ("(ts(ssbasa(ssas)))", request, error ? error->message : "", list ? list->format : "",
                        list ? list->title : "", list ? list->truncated : FALSE, &left_out, &feeds);
}
