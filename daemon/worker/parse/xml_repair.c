/* SPDX-License-Identifier: MIT */
#include "worker/parse/declared.h"
#include "worker/parse/entities.h"
#include "worker/parse/parse_private.h"

#include <string.h>

typedef struct {
  GString *out;
  const char *at;
  const char *end;
  gboolean has_entities;   /* the document declared some: those that are not among the following expand to nothing */
  TruceDeclared *declared; /* NULL: none yet */
  gboolean lacking;        /* some did expand to nothing */
} Repair;

static const char *
find (const char *at, const char *end, const char *what)
{
  return memmem (at, (size_t) (end - at), what, strlen (what));
}

static gboolean
starts (const char *at, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, what, length) == 0;
}

/* Characters that XML has none of become a space. */
static void
append_text (GString *out, const char *text, const char *end)
{
  gsize start = out->len;

  g_string_append_len (out, text, end - text);
  for (char *p = out->str + start; p < out->str + out->len; p++) {
    if ((guchar) *p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r')
      *p = ' ';
    else if ((guchar) *p == 0xef && (guchar) p[1] == 0xbf && (guchar) p[2] >= 0xbe)
      memset (p, ' ', 3); /* U+FFFE, U+FFFF */
  }
}

/* Leaves out a DOCTYPE, whose internal subset may hold '>'. */
static void
skip_doctype (Repair *repair)
{
  const char *p = memchr (repair->at, '>', (size_t) (repair->end - repair->at));
  const char *subset = p ? memchr (repair->at, '[', (size_t) (p - repair->at)) : NULL;

  if (subset) {
    const char *close = find (subset, repair->end, "]");

    repair->has_entities = close && find (subset, close, "<!ENTITY");
    if (repair->has_entities && !repair->declared)
      repair->declared = truce_declared_read (subset, close);
    p = close ? memchr (close, '>', (size_t) (repair->end - close)) : NULL;
  }
  repair->at = p ? p + 1 : repair->end;
}

/* On past the end of what is left out, or to the end of all. */
static void
skip_to (Repair *repair, const char *what)
{
  const char *p = find (repair->at, repair->end, what);

  repair->at = p ? p + strlen (what) : repair->end;
}

/* Everything that begins with '<'. */
static void
repair_markup (Repair *repair)
{
  const char *at = repair->at;
  char next = at + 1 < repair->end ? at[1] : ' ';

  if (starts (at, repair->end, "<![CDATA[")) {
    skip_to (repair, "]]>");
    append_text (repair->out, at, repair->at);
  } else if (starts (at, repair->end, "<!--")) {
    skip_to (repair, "-->");
  } else if (starts (at, repair->end, "<!DOCTYPE")) {
    skip_doctype (repair);
  } else if (next == '?') {
    skip_to (repair, "?>");
  } else if (g_ascii_isalpha (next) || next == '/' || next == '_' || (next & 0x80)) {
    g_string_append_c (repair->out, '<');
    repair->at++;
  } else {
    g_string_append (repair->out, "&lt;");
    repair->at++;
  }
}

/* The end of "&name;" at `at`, after the ';', or NULL. */
static const char *
name_end (const char *at, const char *end)
{
  const char *p = at + 1;

  while (p < end && (g_ascii_isalnum (*p) || strchr ("._-", *p)))
    p++;
  return p > at + 1 && p < end && *p == ';' ? p + 1 : NULL;
}

static void
append_character (GString *out, gunichar c)
{
  if (c == '<')
    g_string_append (out, "&lt;");
  else if (c == '&')
    g_string_append (out, "&amp;");
  else if (c == '"')
    g_string_append (out, "&quot;");
  else if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
    g_string_append_unichar (out, c);
}

/* Everything that begins with '&'. */
static void
repair_reference (Repair *repair)
{
  gsize length;
  gunichar c = truce_reference_read (repair->at, repair->end, &length);
  const char *end;

  if (c != 0) {
    append_character (repair->out, c);
    repair->at += length;
    return;
  }
  end = name_end (repair->at, repair->end);
  if (end && repair->has_entities) {
    if (!truce_declared_append (repair->declared, repair->at + 1, (gsize) (end - repair->at - 2), repair->out))
      repair->lacking = TRUE;
    repair->at = end;
    return;
  }
  g_string_append (repair->out, "&amp;");
  repair->at++;
}

gboolean
truce_xml_repair (GString *repaired, const char *text, gsize length)
{
  Repair repair = { .out = repaired, .at = text, .end = text + length };

  while (repair.at < repair.end) {
    const char *special = repair.at;

    while (special < repair.end && *special != '<' && *special != '&')
      special++;
    append_text (repaired, repair.at, special);
    repair.at = special;
    if (special == repair.end)
      break;
    if (*special == '<')
      repair_markup (&repair);
    else
      repair_reference (&repair);
  }
  truce_declared_free (repair.declared);
  return !repair.lacking;
}
