/* SPDX-License-Identifier: MIT */
/* Items and feeds: what makes an item the same one at the next poll, and which feeds a selection takes in. */
#include <string.h>

#include "base/text.h"
#include "news/feed.h"
#include "news/item.h"

static guint64
key_of (const char *id, const char *link, const char *title, const char *summary)
{
  g_autoptr (TruceItem) item = truce_item_new ();

  item->id = g_strdup (id);
  item->link = g_strdup (link);
  g_free (item->title);
  item->title = g_strdup (title);
  g_free (item->summary);
  item->summary = g_strdup (summary);
  return truce_item_key (item);
}

static void
test_key (void)
{
  guint64 key = key_of ("tag:x,2025:1", "https://example.org/1", "Truce", "Ninety days");

  /* The guid decides alone, whatever an editor changes. */
  g_assert_cmpuint (key, ==, key_of ("tag:x,2025:1", "https://example.org/2", "Truce extended", ""));
  g_assert_cmpuint (key, !=, key_of ("tag:x,2025:2", "https://example.org/1", "Truce", "Ninety days"));
  /* No guid, or an empty one: the link decides. */
  key = key_of (NULL, "https://example.org/1", "Truce", "");
  g_assert_cmpuint (key, ==, key_of ("", "https://example.org/1", "Other", "x"));
  g_assert_cmpuint (key, ==, key_of ("https://example.org/1", NULL, "Other", "x"));
  g_assert_cmpuint (key, !=, key_of (NULL, "https://example.org/2", "Truce", ""));
  /* Neither: the words, and where the title ends counts. */
  key = key_of (NULL, NULL, "Truce", "over");
  g_assert_cmpuint (key, ==, key_of (NULL, "", "Truce", "over"));
  g_assert_cmpuint (key, !=, key_of (NULL, NULL, "Truceo", "ver"));
  g_assert_cmpuint (key, !=, key_of (NULL, NULL, "Truce", "on"));
  g_assert_cmpuint (key_of (NULL, NULL, "", ""), !=, 0);
  /* It is kept in the store, so it is the same for ever: the first 8 bytes of SHA-256 of the guid. */
  g_assert_cmphex (key_of ("abc", NULL, "", ""), ==, 0xba7816bf8f01cfea);
}

static void
test_time (void)
{
  g_autoptr (TruceItem) item = truce_item_new ();

  g_assert_cmpint (truce_item_time (item), ==, TRUCE_TIME_NONE);
  g_assert_cmpstr (item->title, ==, "");
  g_assert_cmpstr (item->summary, ==, "");
  item->updated = 7;
  g_assert_cmpint (truce_item_time (item), ==, 7);
  item->published = 5;
  g_assert_cmpint (truce_item_time (item), ==, 5);
}

static void
test_selected (void)
{
  g_autoptr (TruceFeed) feed = truce_feed_new ("ustr");
  const char *const all[] = { "*", NULL };
  const char *const by_id[] = { "bbc", "ustr", NULL };
  const char *const by_tag[] = { "trade", NULL };
  const char *const other[] = { "bbc", "ust", "USTR", NULL };
  const char *const none[] = { NULL };

  g_assert_true (truce_feed_selected (feed, NULL));
  g_assert_true (truce_feed_selected (feed, all));
  g_assert_true (truce_feed_selected (feed, by_id));
  g_assert_false (truce_feed_selected (feed, by_tag));
  feed->tags = g_strsplit ("official trade", " ", -1);
  g_assert_true (truce_feed_selected (feed, by_tag));
  g_assert_false (truce_feed_selected (feed, other));
  g_assert_false (truce_feed_selected (feed, none));
  g_assert_cmpint (feed->interval, ==, TRUCE_HOUR);
  g_assert_cmpint (feed->tier, ==, TRUCE_TIER_PRESS);
  g_assert_cmpstr (truce_tier_to_text (TRUCE_TIER_OFFICIAL), ==, "official");
  g_assert_cmpstr (truce_tier_to_text (TRUCE_TIER_PRESS), ==, "press");
}

static void
test_host_key (void)
{
  static const struct {
    const char *url;
    const char *key;
  } cases[] = {
    { "https://example.org/feed.xml", "https://example.org" },
    { "HTTPS://Example.ORG", "https://example.org" },
    { "https://example.org:443/a", "https://example.org" },
    { "https://example.org:/a", "https://example.org" },
    { "https://example.org.:443/a", "https://example.org" },
    { "https://example.org:8443?x=http://b.org/", "https://example.org:8443" },
    { "http://example.org:443/", "http://example.org:443" },
    { "http://example.org:0080/", "http://example.org" },
    { "http://user:p:w@example.org:80#x@y", "http://example.org" },
    { "http://[2001:DB8::1]/", "http://[2001:db8::1]" },
    { "http://[::1]:8080/", "http://[::1]:8080" },
    { "http://127.0.0.1:8000/feed", "http://127.0.0.1:8000" },
    { "ftp://example.org/", NULL },
    { "example.org/feed", NULL },
    { "http:///feed", NULL },
    { "http://:80/", NULL },
    { "http://example.org:0/", NULL },
    { "http://example.org:65536/", NULL },
    { "http://example.org:80x/", NULL },
    { "http://[::1/", NULL },
    { "http://[::1]x/", NULL },
    { "http://exam ple.org/", NULL },
    { "http://a.org\\@b.org/", NULL },
    { "http://", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *key = truce_url_host_key (cases[i].url);
    g_test_message ("%s", cases[i].url);
    g_assert_cmpstr (key, ==, cases[i].key);
  }
}

static void
test_state (void)
{
  TruceFeedState state;
  TruceFeedState copy;

  truce_feed_state_init (&state);
  g_assert_cmpint (state.due, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (state.last_200, ==, TRUCE_TIME_NONE);
  g_assert_null (state.etag);
  state.url = g_strdup ("https://example.org/");
  state.etag = g_strdup ("W/\"x\"");
  state.last_modified = g_strdup ("Mon, 12 May 2025 07:00:00 GMT");
  state.title = g_strdup ("Feed");
  state.due_reason = g_strdup ("interval");
  state.error = g_strdup ("no answer");
  state.failures = 2;
  state.body_hash = 99;
  state.skip_days = 0x41;
  truce_feed_state_copy (&state, &copy);
  g_assert_true (copy.etag != state.etag && copy.error != state.error);
  truce_feed_state_clear (&state);
  g_assert_null (state.etag);
  g_assert_cmpint (state.failures, ==, 0);
  g_assert_cmpint (state.due, ==, TRUCE_TIME_NONE);
  g_assert_cmpstr (copy.url, ==, "https://example.org/");
  g_assert_cmpstr (copy.etag, ==, "W/\"x\"");
  g_assert_cmpstr (copy.last_modified, ==, "Mon, 12 May 2025 07:00:00 GMT");
  g_assert_cmpstr (copy.title, ==, "Feed");
  g_assert_cmpstr (copy.due_reason, ==, "interval");
  g_assert_cmpstr (copy.error, ==, "no answer");
  g_assert_cmpint (copy.failures, ==, 2);
  g_assert_cmpuint (copy.body_hash, ==, 99);
  g_assert_cmpuint (copy.skip_days, ==, 0x41);
  truce_feed_state_clear (&copy);
  truce_feed_state_clear (&copy);
}

static void
test_free_null (void)
{
  truce_item_free (NULL);
  truce_feed_free (NULL);
  truce_feed_document_free (NULL);
  g_autoptr (TruceFeedDocument) document = truce_feed_document_new ();
  g_ptr_array_add (document->items, truce_item_new ());
  g_assert_cmpstr (document->title, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/item/key", test_key);
  g_test_add_func ("/item/time", test_time);
  g_test_add_func ("/item/free", test_free_null);
  g_test_add_func ("/feed/selected", test_selected);
  g_test_add_func ("/feed/host-key", test_host_key);
  g_test_add_func ("/feed/state", test_state);
  return g_test_run ();
}
