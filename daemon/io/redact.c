/* SPDX-License-Identifier: MIT */
#include "io/redact.h"

#include <string.h>

#define SECRET_LEAST 4    /* bytes: what is shorter is no secret, and part of many words */
#define PATH_PART_LEAST 8 /* the same of one part of a secret address: others are "api" and "hooks" */
#define HIDDEN "***"

/* An answer is cut to its length wherever that falls: what is left of a secret at its end goes too. */
static void
hide_beginning (GString *text, const char *secret)
{
  gsize length = MIN (strlen (secret) - 1, text->len);

  for (; length >= SECRET_LEAST; length--)
    if (strncmp (text->str + text->len - length, secret, length) == 0) {
      g_string_truncate (text, text->len - length);
      g_string_append (text, HIDDEN);
      return;
    }
}

static void
hide (GString *text, const char *secret)
{
  if (strlen (secret) < SECRET_LEAST)
    return;
  g_string_replace (text, secret, HIDDEN, 0);
  hide_beginning (text, secret);
}

/* A secret behind so many bytes, modulo 3, has these characters of base64 to itself, whatever is before and behind:
 * "user:" in HTTP's basic scheme, the names in SMTP's PLAIN, nothing in its LOGIN. */
static void
hide_base64 (GString *text, const char *secret, gsize offset)
{
  gsize length = strlen (secret) + offset;
  guchar *bytes = g_malloc0 (length + 1);

  memcpy (bytes + offset, secret, length - offset);
  g_autofree char *encoded = g_base64_encode (bytes, length);
  memset (bytes, 0, length);
  g_free (bytes);
  encoded[length * 8 / 6] = '\0';
  hide (text, encoded + (offset * 8 + 5) / 6);
  g_strdelimit (encoded, "+", '-'); /* and the kind that addresses have */
  g_strdelimit (encoded, "/", '_');
  hide (text, encoded + (offset * 8 + 5) / 6);
}

static void
hide_encoded (GString *text, const char *secret)
{
  g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);

  hide (text, escaped);
  if (strlen (secret) >= SECRET_LEAST)
    for (gsize offset = 0; offset < 3; offset++)
      hide_base64 (text, secret, offset);
}

/* Of an address that is secret, as answers quote it: "Cannot POST /services/T/B/x". */
static void
hide_path (GString *text, const char *url)
{
  const char *host = strstr (url, "://"), *path = host ? strchr (host + 3, '/') : NULL;

  if (!path)
    return;
  hide (text, path);
  g_auto (GStrv) parts = g_strsplit_set (path, "/?&=", -1);
  for (char **part = parts; *part; part++)
    if (strlen (*part) >= PATH_PART_LEAST)
      hide (text, *part);
}

char *
truce_redact (const char *text, const GPtrArray *secrets)
{
  GString *safe = g_string_new (text);

  for (guint i = 0; i < secrets->len; i++) {
    const char *secret = g_ptr_array_index (secrets, i);
    hide (safe, secret);
    hide_encoded (safe, secret);
    hide_path (safe, secret);
  }
  return g_string_free (safe, FALSE);
}
