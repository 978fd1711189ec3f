/* SPDX-License-Identifier: MIT */
#include "worker/parse/tags.h"

#include "base/text.h"
#include "worker/parse/entities.h"

#include <string.h>

#define NAME_MAX_BYTES 64
#define VALUE_MAX 8192 /* bytes of an attribute: addresses are shorter, and the rest of a longer one is left out */

static gboolean
starts (const char *at, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, what, length) == 0;
}

/* Behind the next `what`; the end when there is none. */
static const char *
behind (const char *at, const char *end, const char *what)
{
  const char *found = memmem (at, (size_t) (end - at), what, strlen (what));

  return found ? found + strlen (what) : end;
}

/* Where the script or style that has just been opened is closed. */
static const char *
skip_raw (const char *at, const char *end, const char *close)
{
  for (; at < end; at++) {
    at = memchr (at, '<', (size_t) (end - at));
    if (!at)
      return end;
    if (starts (at, end, close))
      return at;
  }
  return end;
}

/* The '>' that ends the tag, which a quoted value may hold others before; NULL: it is never ended. */
static const char *
tag_end (const char *at, const char *end)
{
  for (const char *p = at; p < end; p++) {
    if (*p == '>')
      return p;
    if ((*p == '"' || *p == '\'') && p > at && p[-1] == '=') {
      const char *close = memchr (p + 1, *p, (size_t) (end - p - 1));
      if (!close) /* a quote that was forgotten holds to the tag's end */
        return memchr (p, '>', (size_t) (end - p));
      p = close;
    }
  }
  return NULL;
}

static gboolean
read_tag (TruceTagReader *reader, TruceTag *tag)
{
  const char *at = reader->at + 1;

  tag->closing = at < reader->end && *at == '/';
  at += tag->closing ? 1 : 0;
  if (at >= reader->end || !g_ascii_isalpha (*at))
    return FALSE;
  tag->name = at;
  while (at < reader->end && at - tag->name < NAME_MAX_BYTES && (g_ascii_isalnum (*at) || strchr ("-_:.", *at)))
    at++;
  tag->name_length = (gsize) (at - tag->name);
  const char *colon = memchr (tag->name, ':', tag->name_length);
  if (colon) {
    tag->name_length -= (gsize) (colon + 1 - tag->name);
    tag->name = colon + 1;
  }
  tag->attributes = at;
  tag->end = tag_end (at, reader->end);
  if (!tag->end)
    return FALSE;
  tag->empty = tag->end > tag->attributes && tag->end[-1] == '/';
  return TRUE;
}

/* Past what begins with "<" and is no tag. */
static void
skip_other (TruceTagReader *reader)
{
  const char *at = reader->at, *end = reader->end;

  if (starts (at, end, "<!--"))
    reader->at = behind (at + 4, end, "-->");
  else if (starts (at, end, "<![CDATA["))
    reader->at = behind (at, end, "]]>");
  else if (starts (at, end, "<!") || starts (at, end, "<?"))
    reader->at = behind (at, end, ">");
  else
    reader->at = at + 1;
}

gboolean
truce_tag_next (TruceTagReader *reader, TruceTag *ret_tag)
{
  while (reader->at < reader->end) {
    const char *open = memchr (reader->at, '<', (size_t) (reader->end - reader->at));

    if (!open)
      break;
    reader->at = open;
    if (!read_tag (reader, ret_tag)) {
      skip_other (reader);
      continue;
    }
    reader->at = ret_tag->end + 1;
    if (!ret_tag->closing && truce_tag_is (ret_tag, "script"))
      reader->at = skip_raw (reader->at, reader->end, "</script");
    else if (!ret_tag->closing && truce_tag_is (ret_tag, "style"))
      reader->at = skip_raw (reader->at, reader->end, "</style");
    return TRUE;
  }
  reader->at = reader->end;
  return FALSE;
}

gboolean
truce_tag_is (const TruceTag *tag, const char *name)
{
  return strlen (name) == tag->name_length && g_ascii_strncasecmp (tag->name, name, tag->name_length) == 0;
}

/* (transfer full) */
static char *
resolve (const char *at, const char *end)
{
  g_autoptr (GString) text = g_string_sized_new ((gsize) (end - at) + 1);

  while (at < end) {
    gsize length = 1;
    gunichar c = *at == '&' ? truce_reference_read (at, end, &length) : 0;

    if (c)
      g_string_append_unichar (text, c);
    else
      g_string_append_c (text, *at);
    at += c ? length : 1;
  }
  return truce_text_clean (text->str, (gssize) text->len);
}

/* One attribute from `at` on: its name and value; returns where the next may begin. */
static const char *
read_attribute (const char *at, const char *end, const char **ret_name_end, const char **ret_value,
                const char **ret_value_end)
{
  while (at < end && *at != '=' && *at != '/' && !g_ascii_isspace (*at))
    at++;
  *ret_name_end = *ret_value = *ret_value_end = at;
  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at >= end || *at != '=')
    return *ret_name_end;
  for (at++; at < end && g_ascii_isspace (*at); at++)
    ;
  char quote = at < end && (*at == '"' || *at == '\'') ? *at++ : '\0';
  *ret_value = at;
  while (at < end && (quote ? *at != quote : !g_ascii_isspace (*at)))
    at++;
  *ret_value_end = at;
  return quote && at < end ? at + 1 : at;
}

char *
truce_tag_attribute (const TruceTag *tag, const char *name)
{
  for (const char *at = tag->attributes; at < tag->end;) {
    const char *start = at, *name_end, *value, *value_end;

    if (g_ascii_isspace (*at) || *at == '/' || *at == '=') {
      at++;
      continue;
    }
    at = read_attribute (at, tag->end, &name_end, &value, &value_end);
    if ((gsize) (name_end - start) == strlen (name) && g_ascii_strncasecmp (start, name, strlen (name)) == 0)
      return resolve (value, MIN (value_end, value + VALUE_MAX));
  }
  return NULL;
}

char *
truce_tag_text (const TruceTagReader *reader)
{
  const char *end = memchr (reader->at, '<', (size_t) (reader->end - reader->at));

  end = end ? end : reader->end;
  return resolve (reader->at, MIN (end, reader->at + VALUE_MAX));
}
