/* SPDX-License-Identifier: MIT */
/* Typed values: what each text reads as, or why it does not. */
#include "config/values.h"

#include <string.h>

typedef char *(*ReadValue) (const TruceValue *value); /* what it reads as, written out; NULL: refused */

typedef struct {
  ReadValue read;
  const char *text;
  const char *expected; /* what it reads as, or "!" and the reason */
} Case;

static char *
read_words (const TruceValue *value)
{
  g_auto (GStrv) words = truce_value_words (value);

  return words ? g_strjoinv ("|", words) : NULL;
}

static char *
read_tags (const TruceValue *value)
{
  g_auto (GStrv) tags = truce_value_tags (value);

  return tags ? g_strjoinv ("|", tags) : NULL;
}

static char *
read_boolean (const TruceValue *value)
{
  gboolean boolean;

  return truce_value_boolean (value, &boolean) ? g_strdup_printf ("%d", boolean) : NULL;
}

static char *
read_time_of_day (const TruceValue *value)
{
  int minutes;

  return truce_value_time_of_day (value, &minutes) ? g_strdup_printf ("%d", minutes) : NULL;
}

static char *
read_duration (const TruceValue *value)
{
  TruceTime length;

  if (!truce_value_duration (value, TRUCE_MINUTE, TRUCE_DAY, &length))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, length / TRUCE_SECOND);
}

static char *
read_leads (const TruceValue *value)
{
  g_autoptr (GArray) leads = truce_value_leads (value);
  GString *text = g_string_new (NULL);
  char buffer[TRUCE_LEAD_TEXT_SIZE];

  for (guint i = 0; leads && i < leads->len; i++)
    g_string_append_printf (text, "%s|", truce_lead_to_text (&g_array_index (leads, TruceLead, i), buffer));
  return g_string_free (text, leads == NULL);
}

static char *
read_path (const TruceValue *value)
{
  return truce_value_absolute_path (value);
}

static char *
read_url (const TruceValue *value)
{
  return truce_value_url (value);
}

static const Case cases[] = {
  { read_words, "a", "a" },
  { read_words, "a, b  c,d", "a|b|c|d" },
  { read_words, ",a,", "a" },
  { read_words, "희토류 *", "희토류|*" },
  { read_words, "a b a", "!\"a\" stands there twice" },
  { read_words, ",", "!nothing is named" },
  { read_tags, "trade us-gov 4x", "trade|us-gov|4x" },
  { read_tags, "Trade", "!\"Trade\" cannot be a tag: it must begin with a small letter a-z or a digit" },
  { read_tags, "us_gov", "!\"us_gov\" cannot be a tag: only small letters a-z, digits and '-' may be in it" },
  { read_boolean, "yes", "1" },
  { read_boolean, "no", "0" },
  { read_boolean, "true", "!not one of no, yes" },
  { read_time_of_day, "00:00", "0" },
  { read_time_of_day, "09:00", "540" },
  { read_time_of_day, "23:59", "1439" },
  { read_time_of_day, "24:00", "!no such time of day; it goes from 00:00 to 23:59" },
  { read_time_of_day, "09:60", "!no such time of day; it goes from 00:00 to 23:59" },
  { read_time_of_day, "9:00", "!not a time of day such as 09:00 or 17:30" },
  { read_time_of_day, "09:00:00", "!not a time of day such as 09:00 or 17:30" },
  { read_time_of_day, "nine", "!not a time of day such as 09:00 or 17:30" },
  { read_duration, "1m", "60" },
  { read_duration, "24h", "86400" },
  { read_duration, "1h30m", "5400" },
  { read_duration, "59s", "!too short; 1 minute is the least" },
  { read_duration, "25h", "!too long; 1 day is the most" },
  { read_duration, "99999999999999999999h", "!not a length of time such as 90s, 15m, 1h, 7d or 2w" },
  { read_duration, "1", "!not a length of time such as 90s, 15m, 1h, 7d or 2w" },
  { read_duration, "-1h", "!not a length of time such as 90s, 15m, 1h, 7d or 2w" },
  { read_leads, "30d 2w 0 +1d", "30d|14d|0|+1d|" },
  { read_leads, "30 d", "!\"30\" is no lead time such as 30d, 6h, 1mo, 0 (at it) or +1d (after it)" },
  { read_leads, "10y", "10y|" },
  { read_leads, "11y", "!\"11y\" is longer than ten years" },
  { read_leads, "90000h", "!\"90000h\" is longer than ten years" },
  { read_path, "/a/b c", "/a/b c" },
  { read_path, "a", "!a path must begin with '/', since a service has no folder of its own" },
  { read_path, "~/a", "!'~' is the shell's; write the path from '/' on" },
  { read_url, "https://example.org", "https://example.org/" },
  { read_url, "HTTP://Example.ORG:80/A?B=c#d", "http://example.org/A?B=c" },
  { read_url, "http://example.org:443/", "http://example.org:443/" },
  { read_url, "https://example.org:443/", "https://example.org/" },
  { read_url, "https://[::1]:8443/x", "https://[::1]:8443/x" },
  { read_url, "https://example.org/희", "https://example.org/%ED%9D%AC" },
  { read_url, "https://example.org/a?c[]=\"x\"", "https://example.org/a?c%5B%5D=%22x%22" },
  { read_url, "https://example.org/a%5B?b=%22", "https://example.org/a%5B?b=%22" },
  { read_url, "https://뉴스.example/", "https://xn--vg1b002a.example/" },
  { read_url, "ftp://example.org/", "!only http and https addresses are fetched" },
  { read_url, "file:///etc/passwd", "!only http and https addresses are fetched" },
  { read_url, "https://a:b@example.org/", "!a user name or password does not belong into an address" },
  { read_url, "https:///a", "!the address names no host" },
  { read_url, "https:a", "!an address begins with http:// or https://" },
  { read_url, "https://exa$mple.org/", "!the host's name has a character that no host's name has" },
  { read_url, "https://example.org/a b", "!a space in the address; write %20 for it" },
};

/* What `c` reads as, written as the table writes it. */
static char *
outcome (const Case *c)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  const TruceValue value = { diags, { .value = c->text } };
  g_autofree char *read = c->read (&value);

  if (read) {
    g_assert_cmpuint (truce_diags_count (diags), ==, 0);
    return g_steal_pointer (&read);
  }
  g_assert_cmpuint (truce_diags_count (diags), ==, 1);
  g_assert_true (truce_diags_failed (diags));
  return g_strconcat ("!", truce_diags_get (diags, 0)->reason, NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *actual = outcome (c);

  g_assert_cmpstr (actual, ==, c->expected);
}

static void
test_split (void)
{
  static const struct {
    const char *text, *first, *rest;
  } splits[] = {
    { "2025-08-11: 2025-11-10: why", "2025-08-11", "2025-11-10: why" },
    { "2025-11-10 00:01 America/New_York: executive order: 90 days", "2025-11-10 00:01 America/New_York",
      "executive order: 90 days" },
    { "2025-11-10 00:01", "2025-11-10 00:01", NULL },
    { "milestone:a + 1d:\twhy", "milestone:a + 1d", "why" },
    { "2025-11-10:", "2025-11-10", NULL },
    { "2025-11-10:  ", "2025-11-10", NULL },
    { ": why", "", "why" },
    { "", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++) {
    g_autofree char *first = NULL, *rest = NULL;
    truce_config_split (splits[i].text, &first, &rest);
    g_assert_cmpstr (first, ==, splits[i].first);
    g_assert_cmpstr (rest, ==, splits[i].rest);
  }
}

static void
test_id (void)
{
  g_autofree char *longest = g_strnfill (TRUCE_CONFIG_NAME_MAX, 'a');
  g_autofree char *longer = g_strnfill (TRUCE_CONFIG_NAME_MAX + 1, 'a');
  static const char *const bad[] = { "", "-a", "A", "a_b", "a b", "a.b", "a/b", "é", "aé" };
  static const char *const good[] = { "a", "9", "us-china-truce", "a-", "2027" };

  g_assert_null (truce_config_id_fault (longest));
  g_assert_nonnull (truce_config_id_fault (longer));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_nonnull (truce_config_id_fault (bad[i]));
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_null (truce_config_id_fault (good[i]));
}

/* Feed addresses of 2,000 characters are common: they keep every character. */
static void
test_long_url (void)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autofree char *query = g_strnfill (2000, 'q');
  g_autofree char *text = g_strconcat ("https://example.org/?q=", query, NULL);
  const TruceValue value = { diags, { .value = text } };
  g_autofree char *url = truce_value_url (&value);

  g_assert_cmpstr (url, ==, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions (); /* one bad case hides no other */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/config/values/%u", i);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/config/values/split", test_split);
  g_test_add_func ("/config/values/id", test_id);
  g_test_add_func ("/config/values/long url", test_long_url);
  return g_test_run ();
}
