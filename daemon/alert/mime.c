/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "alert/mail.h"

#define LINE_MAX_HEADER 76
#define LINE_MAX_BODY 76
#define WORD_LONGEST 56 /* that fits into a line of a header behind its name */
/* An encoded word of these has 56 characters: 12 of "=?utf-8?B?" and "?=", and 44 of base64. */
#define WORD_BYTES 33

/* Would a reader take it for what it is, unencoded; and can it be folded? */
static gboolean
is_plain (const char *text)
{
  gsize word = 0;

  for (const char *c = text; *c; c++) {
    word = *c == ' ' ? 0 : word + 1;
    if ((guchar) *c < ' ' || (guchar) *c > '~' || word > WORD_LONGEST)
      return FALSE;
  }
  return !strstr (text, "=?");
}

void
truce_mime_fold (GString *message, const char *name, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  gsize column = strlen (name) + 1;

  g_string_append_printf (message, "%s:", name);
  for (char **part = parts; *part; part++) {
    gsize length = strlen (*part);
    /* A line of spaces alone is no line of a header. */
    gboolean fold = part != parts && length > 0 && column + 1 + length > LINE_MAX_HEADER;
    g_string_append (message, fold ? "\r\n " : " ");
    g_string_append (message, *part);
    column = (fold ? 0 : column) + 1 + length;
  }
  g_string_append (message, "\r\n");
}

/* The bytes of so many whole characters of `text` as fit into a word. */
static gsize
word_length (const char *text)
{
  const char *end = text;

  while (*end && g_utf8_next_char (end) - text <= WORD_BYTES)
    end = g_utf8_next_char (end);
  return (gsize) (end - text);
}

/* (transfer full): parted by spaces, which are no part of the text between encoded words. */
static char *
encode_words (const char *text)
{
  GString *words = g_string_new (NULL);

  while (*text) {
    gsize length = word_length (text);
    g_autofree char *base64 = g_base64_encode ((const guchar *) text, length);
    g_string_append_printf (words, "%s=?utf-8?B?%s?=", words->len > 0 ? " " : "", base64);
    text += length;
  }
  return g_string_free (words, FALSE);
}

void
truce_mime_header (GString *message, const char *name, const char *text)
{
  g_autofree char *encoded = is_plain (text) ? g_strdup (text) : encode_words (text);

  truce_mime_fold (message, name, encoded);
}

/* A comma would end it, a parenthesis begin a comment; in quotes it may have both. */
static gboolean
is_plain_name (const char *name)
{
  gsize length = strlen (name);
  gboolean quoted = length >= 2 && name[0] == '"' && name[length - 1] == '"';

  if (quoted)
    return strcspn (name + 1, "\"\\") == length - 2;
  return !strpbrk (name, "()<>[]:;@\\,.\"");
}

void
truce_mime_name (GString *message, const char *header, const char *name)
{
  g_autofree char *encoded = is_plain (name) && is_plain_name (name) ? g_strdup (name) : encode_words (name);

  truce_mime_fold (message, header, encoded);
}

/* --- quoted-printable --- */

/* `c` as it is written, at the end of a line or within it. */
static const char *
quote (guchar c, gboolean last, char buffer[4])
{
  gboolean plain = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !last);

  if (plain)
    g_snprintf (buffer, 4, "%c", c);
  else
    g_snprintf (buffer, 4, "=%02X", c);
  return buffer;
}

static void
append_line (GString *message, const char *line)
{
  gsize column = 0;
  char buffer[4];

  for (const char *c = line; *c; c++) {
    const char *written = quote ((guchar) *c, c[1] == '\0', buffer);
    gsize length = strlen (written);
    if (column + length > LINE_MAX_BODY - 1) {
      g_string_append (message, "=\r\n");
      column = 0;
    }
    g_string_append (message, written);
    column += length;
  }
  g_string_append (message, "\r\n");
}

void
truce_mime_quoted_printable (GString *message, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line; line++)
    if (line[1] || **line) /* what ends with a line's end has no line behind it */
      append_line (message, *line);
}
