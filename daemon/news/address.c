/* SPDX-License-Identifier: MIT */
#include "news/address.h"

#include <string.h>

#include "news/feed.h"

/* Campaign, click and newsletter parameters, by the beginning of their name or by all of it. */
static const char *const tracking_prefixes[] = {
  "utm_",        "pk_",         "mtm_",        "hsa_",      "stm_",       "vero_",   "at_medium",
  "at_campaign", "at_custom",   "at_link_",    "at_format", "at_ptr_",    "at_bbc_", "ns_mchannel",
  "ns_source",   "ns_campaign", "ns_linkname", "ns_fee",    "__twitter_",
};
static const char *const tracking_names[] = {
  "fbclid",     "gclid",      "gclsrc", "dclid",   "gbraid",     "wbraid",        "msclkid",
  "yclid",      "ysclid",     "twclid", "ttclid",  "igsh",       "igshid",        "li_fat_id",
  "mc_cid",     "mc_eid",     "_hsenc", "_hsmi",   "mkt_tok",    "ml_subscriber", "oly_anon_id",
  "oly_enc_id", "rb_clickid", "s_cid",  "vero_id", "wickedid",   "cmp",           "cmpid",
  "ocid",       "icid",       "ito",    "ftag",    "guccounter", "soc_src",       "soc_trk",
  "wt.mc_id",   "xtor",       "srnd",   "_ga",     "_gl",        "epik",          "spm",
};
/* These mean something elsewhere: only a value that says so is tracking ("ref=rss", "mod=rss_markets_main"). */
static const char *const origin_names[] = {
  "ref",    "source",   "src",    "partner",  "emc", "mod",  "from",     "via",
  "medium", "campaign", "origin", "referrer", "rss", "feed", "feedtype", "feedname",
};

static gboolean
is_named (const char *name, gsize length, const char *known)
{
  return strlen (known) == length && g_ascii_strncasecmp (name, known, length) == 0;
}

/* Is `parameter`, "name=value" of `length` bytes, only there to tell where a reader came from? */
static gboolean
is_tracking (const char *parameter, gsize length)
{
  const char *equals = memchr (parameter, '=', length);
  gsize name = equals ? (gsize) (equals - parameter) : length;
  const char *value = equals ? equals + 1 : parameter + length;
  gsize left = (gsize) (parameter + length - value);

  for (guint i = 0; i < G_N_ELEMENTS (tracking_prefixes); i++) {
    gsize prefix = strlen (tracking_prefixes[i]);
    if (name >= prefix && g_ascii_strncasecmp (parameter, tracking_prefixes[i], prefix) == 0)
      return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (tracking_names); i++)
    if (is_named (parameter, name, tracking_names[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (origin_names); i++)
    if (is_named (parameter, name, origin_names[i]))
      return (left >= 3 && g_ascii_strncasecmp (value, "rss", 3) == 0) ||
             (left >= 4 && g_ascii_strncasecmp (value, "feed", 4) == 0) || (left == 1 && *value == '1' && name == 3);
  return FALSE;
}

/* `length` bytes with their escapes in one form. */
static void
append_plain (GString *normal, const char *text, gsize length)
{
  if (!memchr (text, '%', length)) {
    g_string_append_len (normal, text, (gssize) length);
    return;
  }
  for (gsize i = 0; i < length; i++) {
    if (text[i] != '%' || i + 2 >= length || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2])) {
      g_string_append_c (normal, text[i]);
      continue;
    }
    char byte = (char) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
    if (g_ascii_isalnum (byte) || (byte && strchr ("-._~", byte)))
      g_string_append_c (normal, byte);
    else
      g_string_append_printf (normal, "%%%02X", (guchar) byte);
    i += 2;
  }
}

static void
append_query (GString *normal, const char *query, gsize length)
{
  const char *end = query + length;
  char separator = '?';

  for (const char *at = query; at < end;) {
    gsize part = 0;
    while (at + part < end && at[part] != '&' && at[part] != ';')
      part++;
    if (part > 0 && !is_tracking (at, part)) {
      g_string_append_c (normal, separator);
      append_plain (normal, at, part);
      separator = '&';
    }
    at += part + 1;
  }
}

static gboolean
is_number (const char *text)
{
  return strspn (text, "0123456789") == strlen (text);
}

char *
truce_address_normal (const char *url)
{
  g_autofree char *host_key = truce_url_host_key (url);
  GString *normal;

  if (!host_key)
    return NULL;
  const char *host = strstr (host_key, "://") + strlen ("://");
  normal = g_string_new (g_str_has_prefix (host, "www.") ? host + strlen ("www.") : host);
  const char *path = strstr (url, "://") + strlen ("://");
  path += strcspn (path, "/?#");
  gsize path_length = strcspn (path, "?#");
  const char *query = path + path_length;
  gsize query_length = *query == '?' ? strcspn (query + 1, "#") : 0;
  const char *fragment = strchr (path, '#');

  while (path_length > 0 && path[path_length - 1] == '/')
    path_length--;
  append_plain (normal, path, path_length);
  if (query_length > 0)
    append_query (normal, query + 1, query_length);
  if (fragment && !is_number (fragment + 1) && !is_tracking (fragment + 1, strlen (fragment + 1)))
    append_plain (normal, fragment, strlen (fragment));
  return g_string_free (normal, FALSE);
}
