/* SPDX-License-Identifier: MIT */
#include "worker/parse/html.h"

#include "worker/parse/entities.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  char name[12];
  guint8 element_class;
} Element;

#define INLINE TRUCE_HTML_INLINE
#define BLOCK TRUCE_HTML_BLOCK
#define HIDDEN TRUCE_HTML_HIDDEN

/* In strcmp order. An unknown name in angle brackets is more likely a word ("List<String>", "<3") than markup. */
/* clang-format off */
static const Element elements[] = {
  { "a", INLINE }, { "abbr", INLINE }, { "acronym", INLINE }, { "address", BLOCK }, { "area", INLINE },
  { "article", BLOCK }, { "aside", BLOCK }, { "audio", INLINE }, { "b", INLINE }, { "base", INLINE },
  { "bdi", INLINE }, { "bdo", INLINE }, { "big", INLINE }, { "blink", INLINE }, { "blockquote", BLOCK },
  { "body", BLOCK }, { "br", BLOCK }, { "button", BLOCK }, { "canvas", INLINE }, { "caption", BLOCK },
  { "center", BLOCK }, { "cite", INLINE }, { "code", INLINE }, { "col", INLINE }, { "colgroup", INLINE },
  { "data", INLINE }, { "dd", BLOCK }, { "del", INLINE }, { "details", BLOCK }, { "dfn", INLINE },
  { "dialog", BLOCK }, { "dir", BLOCK }, { "div", BLOCK }, { "dl", BLOCK }, { "dt", BLOCK }, { "em", INLINE },
  { "embed", INLINE }, { "fieldset", BLOCK }, { "figcaption", BLOCK }, { "figure", BLOCK }, { "font", INLINE },
  { "footer", BLOCK }, { "form", BLOCK }, { "frame", INLINE }, { "frameset", INLINE }, { "h1", BLOCK },
  { "h2", BLOCK }, { "h3", BLOCK }, { "h4", BLOCK }, { "h5", BLOCK }, { "h6", BLOCK }, { "head", HIDDEN },
  { "header", BLOCK }, { "hr", BLOCK }, { "html", BLOCK }, { "i", INLINE }, { "iframe", HIDDEN },
  { "img", INLINE }, { "input", INLINE }, { "ins", INLINE }, { "kbd", INLINE }, { "label", INLINE },
  { "legend", BLOCK }, { "li", BLOCK }, { "link", INLINE }, { "main", BLOCK }, { "map", INLINE },
  { "mark", INLINE }, { "marquee", BLOCK }, { "menu", BLOCK }, { "meta", INLINE }, { "meter", INLINE },
  { "nav", BLOCK }, { "nobr", INLINE }, { "noscript", INLINE }, { "object", INLINE }, { "ol", BLOCK },
  { "optgroup", BLOCK }, { "option", BLOCK }, { "output", INLINE }, { "p", BLOCK }, { "param", INLINE },
  { "picture", INLINE }, { "pre", BLOCK }, { "progress", INLINE }, { "q", INLINE }, { "rp", INLINE },
  { "rt", INLINE }, { "ruby", INLINE }, { "s", INLINE }, { "samp", INLINE }, { "script", HIDDEN },
  { "section", BLOCK }, { "select", BLOCK }, { "small", INLINE }, { "source", INLINE }, { "span", INLINE },
  { "strike", INLINE }, { "strong", INLINE }, { "style", HIDDEN }, { "sub", INLINE }, { "summary", BLOCK },
  { "sup", INLINE }, { "svg", HIDDEN }, { "table", BLOCK }, { "tbody", BLOCK }, { "td", BLOCK },
  { "template", HIDDEN }, { "textarea", BLOCK }, { "tfoot", BLOCK }, { "th", BLOCK }, { "thead", BLOCK },
  { "time", INLINE }, { "title", BLOCK }, { "tr", BLOCK }, { "track", INLINE }, { "tt", INLINE },
  { "u", INLINE }, { "ul", BLOCK }, { "var", INLINE }, { "video", INLINE }, { "wbr", INLINE },
};
/* clang-format on */

typedef struct {
  TrucePlain *plain;
  const char *at;
  const char *end;
  gboolean no_more_tags; /* there is no '>' ahead: it was looked for once */
} Reader;

static int
compare_name (const void *key, const void *element)
{
  const char *name = key, *known = ((const Element *) element)->name;

  return *name != *known ? *name - *known : strcmp (name, known);
}

TruceHtmlClass
truce_html_class (const char *name, gsize length)
{
  char key[sizeof elements[0].name];
  const Element *found;

  if (length == 0 || length >= sizeof key)
    return TRUCE_HTML_UNKNOWN;
  for (gsize i = 0; i < length; i++)
    key[i] = g_ascii_tolower (name[i]);
  key[length] = '\0';
  found = bsearch (key, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_name);
  return found ? found->element_class : TRUCE_HTML_UNKNOWN;
}

static const char *
find (const char *at, const char *end, const char *what)
{
  return memmem (at, (size_t) (end - at), what, strlen (what));
}

static gboolean
starts (const char *at, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - at) >= length && memcmp (at, what, length) == 0;
}

/* The '>' that ends the tag at `at`, one within quotes not counting, or NULL. */
static const char *
tag_end (Reader *reader, const char *at)
{
  if (reader->no_more_tags)
    return NULL;
  for (const char *p = at; p < reader->end; p++) {
    if (*p == '>')
      return p;
    if ((*p == '"' || *p == '\'') && p > at && p[-1] == '=') {
      const char *quote = memchr (p + 1, *p, (size_t) (reader->end - p - 1));

      if (!quote)
        break;
      p = quote;
    }
  }
  /* A quote that nothing closes is a character like others. */
  at = memchr (at, '>', (size_t) (reader->end - at));
  reader->no_more_tags = !at;
  return at;
}

/* Leaves out an element that holds no text: on to its end tag, or to the end. */
static void
skip_hidden (Reader *reader, const char *name, gsize length)
{
  const char *p = reader->at;

  while ((p = find (p, reader->end, "</"))) {
    p += 2;
    if ((gsize) (reader->end - p) >= length && g_ascii_strncasecmp (p, name, length) == 0) {
      reader->at = p - 2;
      return;
    }
  }
  reader->at = reader->end;
}

/* Takes a comment, declaration, processing instruction or CDATA section. FALSE when there is none. */
static gboolean
take_declaration (Reader *reader)
{
  const char *at = reader->at, *end;

  if (starts (at, reader->end, "<![CDATA[")) {
    end = find (at, reader->end, "]]>");
    if (!end)
      end = reader->end;
    truce_plain_take (reader->plain, at + 9, end, FALSE);
    reader->at = MIN (end + 3, reader->end);
    return TRUE;
  }
  if (starts (at, reader->end, "<!--")) {
    end = find (at + 4, reader->end, "-->");
    reader->at = end ? end + 3 : reader->end;
    return TRUE;
  }
  if (at + 2 >= reader->end || !(at[1] == '?' || (at[1] == '!' && g_ascii_isalpha (at[2]))))
    return FALSE;
  end = tag_end (reader, at);
  reader->at = end ? end + 1 : reader->end;
  return TRUE;
}

/* Is an unknown name in angle brackets markup after all? Office's and custom elements are, and what has attributes. */
static gboolean
is_markup (const char *name, gsize length, const char *end)
{
  return memchr (name, ':', length) || memchr (name, '-', length) || memchr (name, '=', (size_t) (end - name));
}

/* Takes the tag at `reader->at`. FALSE when '<' is just that character. */
static gboolean
take_tag (Reader *reader)
{
  const char *name = reader->at + 1, *p, *end;
  gboolean closing = name < reader->end && *name == '/';
  TruceHtmlClass element_class;
  gsize length;

  name += closing;
  for (p = name; p < reader->end && (g_ascii_isalnum (*p) || *p == ':' || *p == '-'); p++)
    ;
  length = (gsize) (p - name);
  if (length == 0 || !g_ascii_isalpha (*name))
    return FALSE;
  element_class = truce_html_class (name, length);
  end = tag_end (reader, p);
  /* Cut off within a tag, or no tag. */
  if (!end && !(p < reader->end && g_ascii_isspace (*p) && element_class != TRUCE_HTML_UNKNOWN))
    return FALSE;
  if (element_class == TRUCE_HTML_UNKNOWN && !closing && !is_markup (name, length, end))
    return FALSE;
  reader->at = end ? end + 1 : reader->end;
  if (element_class == TRUCE_HTML_BLOCK)
    truce_plain_space (reader->plain);
  else if (element_class == TRUCE_HTML_HIDDEN && !closing && end && end[-1] != '/')
    skip_hidden (reader, name, length);
  return TRUE;
}

static gboolean
take_reference (Reader *reader)
{
  gsize length;
  gunichar c = truce_reference_read (reader->at, reader->end, &length);

  if (c == 0)
    return FALSE;
  truce_plain_put (reader->plain, c);
  reader->at += length;
  return TRUE;
}

/* Does text that is said to be plain close an element of HTML? */
static gboolean
has_end_tag (const char *html, const char *end)
{
  if (!memchr (html, '<', (size_t) (end - html)))
    return FALSE;
  for (const char *p = html; (p = find (p, end, "</")); p += 2) {
    const char *name = p + 2, *after = name;

    while (after < end && g_ascii_isalnum (*after))
      after++;
    if (after < end && *after == '>' && truce_html_class (name, (gsize) (after - name)) != TRUCE_HTML_UNKNOWN)
      return TRUE;
  }
  return FALSE;
}

void
truce_html_to_text (TrucePlain *plain, const char *html, gsize length, TruceMarkup markup)
{
  Reader reader = { .plain = plain, .at = html, .end = html + length };
  gboolean tags = markup == TRUCE_MARKUP_HTML || (markup == TRUCE_MARKUP_TEXT && has_end_tag (html, html + length));

  for (;;) {
    gboolean taken;

    reader.at = truce_plain_take (plain, reader.at, reader.end, markup != TRUCE_MARKUP_NONE);
    if (reader.at == reader.end)
      break;
    if (*reader.at == '<')
      taken = tags && (take_declaration (&reader) || take_tag (&reader));
    else
      taken = take_reference (&reader);
    if (!taken) {
      truce_plain_take (plain, reader.at, reader.at + 1, FALSE);
      reader.at++;
    }
  }
}
