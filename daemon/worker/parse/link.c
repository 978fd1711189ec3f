/* SPDX-License-Identifier: MIT */
#include "worker/parse/link.h"

#include "base/text.h"

#include <string.h>

static gboolean
is_printable_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] <= ' ' || text[i] > '~')
      return FALSE;
  return TRUE;
}

/* Without white space within, which browsers take out when it is a line break and people wrote by mistake otherwise,
 * and without what HTML made of '&' once too often. */
static char *
tidy (const char *text, gsize length)
{
  g_autofree char *clean = is_printable_ascii (text, length) ? NULL : truce_text_clean (text, (gssize) length);
  const char *p = clean ? clean : text, *end = clean ? p + strlen (p) : p + length;
  char *tidied = g_malloc (3 * (gsize) (end - p) + 1), *to = tidied;

  for (; p < end; p++) {
    if (*p == ' ')
      to = stpcpy (to, "%20");
    else if (*p != '<' && *p != '>' && *p != '"')
      *to++ = *p;
    if (*p == '&' && end - p >= 5 && memcmp (p, "&amp;", 5) == 0)
      p += 4;
  }
  *to = '\0';
  return tidied;
}

/* The bytes that an address is made of; '&' may be the beginning of a reference. */
static const guint8 is_of_address[256] = {
  ['!'] = 1, ['#' ... '%'] = 1, ['\'' ... ';'] = 1, ['='] = 1, ['?' ... '~'] = 1,
};

/* Are they all characters of an address, as most are? */
static gboolean
is_tidy (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!is_of_address[(guchar) text[i]] && (text[i] != '&' || (length - i > 4 && text[i + 4] == ';')))
      return FALSE;
  return TRUE;
}

/* The length of "http:" and the like, 0 when there is no scheme. */
static gsize
scheme_length (const char *text)
{
  gsize length = 0;

  if (!g_ascii_isalpha (*text))
    return 0;
  while (g_ascii_isalnum (text[length]) || strchr ("+-.", text[length] ? text[length] : ' '))
    length++;
  return text[length] == ':' ? length : 0;
}

static gboolean
is_http (const char *text)
{
  static const char http[] = "http";

  for (const char *p = http; *p; p++, text++)
    if ((*text | 0x20) != *p)
      return FALSE;
  text += (*text | 0x20) == 's';
  return text[0] == ':' && text[1] == '/' && text[2] == '/' && text[3] && !strchr ("/?#", text[3]);
}

/* Leaves out white space around it. */
static const char *
trim (const char *text, gsize *length)
{
  for (; *length > 0 && g_ascii_isspace (*text); --*length)
    text++;
  while (*length > 0 && g_ascii_isspace (text[*length - 1]))
    --*length;
  return text;
}

const char *
truce_link_plain (const char *text, gsize *length)
{
  gsize trimmed = *length;

  text = trim (text, &trimmed);
  /* Shorter than "http://x" it could be compared past its end. */
  if (trimmed < sizeof "http://x" || trimmed > TRUCE_LINK_MAX || !is_http (text) || !is_tidy (text, trimmed))
    return NULL;
  *length = trimmed;
  return text;
}

/* Where GUri has no byte to escape, and none of ours to undo: a '%' and whatever is no character of an address are
 * escaped for it, and given back as they were written. */
static char *
resolve_relative (const char *base, const char *relative)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  const char *allowed = G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS;
  g_autofree char *hidden_base = g_uri_escape_string (base, allowed, FALSE);
  g_autofree char *hidden = g_uri_escape_string (relative, allowed, FALSE);
  g_autofree char *absolute = g_uri_resolve_relative (hidden_base, hidden, flags, NULL);

  return absolute ? g_uri_unescape_string (absolute, NULL) : NULL;
}

char *
truce_link_resolve (const char *text, gsize length, const char *base)
{
  g_autofree char *tidied = NULL, *absolute = NULL;

  text = trim (text, &length);
  if (length > TRUCE_LINK_MAX || !g_utf8_validate_len (text, length, NULL))
    return NULL;
  tidied = tidy (text, length);
  if (is_http (tidied))
    return g_steal_pointer (&tidied);
  if (!*tidied || scheme_length (tidied) > 0 || !base || !is_http (base))
    return NULL;
  absolute = resolve_relative (base, tidied);
  /* A host's escapes are undone, white space among them. */
  if (!absolute || !is_http (absolute) || strlen (absolute) > TRUCE_LINK_MAX || strpbrk (absolute, " \t\r\n"))
    return NULL;
  return g_steal_pointer (&absolute);
}
