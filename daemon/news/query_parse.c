/* SPDX-License-Identifier: MIT */
/* From the text of a query to its tree:
 *
 *   any  = all { ("|" | "OR") all }
 *   all  = unit { ["AND"] unit }
 *   unit = ("-" | "NOT") unit | [field ":"] "(" any ")" | [field ":"] ["="] (word | phrase)
 */
#include <string.h>

#include "base/text.h"
#include "news/fold.h"
#include "news/query_private.h"

#define PREFIX_MIN 2 /* letters before '*': fewer match nearly everything */

typedef struct {
  TruceQuery *query;
  const char *at;
  guint depth;
  TruceField field; /* of the parentheses we are in */
  TruceFolded folded;
  GError **error;
} Parser;

static TruceNode *parse_any (Parser *parser);
static TruceNode *parse_unit (Parser *parser);

static guint
character_of (const Parser *parser, const char *where)
{
  return (guint) g_utf8_pointer_to_offset (parser->query->text, where) + 1;
}

#define fail(parser, where, ...) \
  truce_query_set_error ((parser)->error, TRUCE_QUERY_ERROR_SYNTAX, character_of (parser, where), __VA_ARGS__)

/* The character at `at`, its typographic and full-width kinds taken for the one that the language knows. */
static gunichar
sign_at (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  switch (c) {
  case 0x201c: /* left, right, low and reversed double quotes, full-width */
  case 0x201d:
  case 0x201e:
  case 0x201f:
  case 0xff02:
    return '"';
  case 0x2010: /* hyphen, dashes, minus, full-width */
  case 0x2013:
  case 0x2014:
  case 0x2212:
  case 0xff0d:
    return '-';
  case 0xff08:
    return '(';
  case 0xff09:
    return ')';
  case 0xff0a:
    return '*';
  case 0xff1a:
    return ':';
  case 0xff1d:
    return '=';
  case 0xff5c:
    return '|';
  default:
    return c;
  }
}

static gboolean
ends_word (const char *at)
{
  gunichar sign = sign_at (at);

  return sign == '\0' || sign == '(' || sign == ')' || sign == '|' || sign == '"' || g_unichar_isspace (sign);
}

static const char *
word_end (const char *at)
{
  while (!ends_word (at))
    at = g_utf8_next_char (at);
  return at;
}

static void
skip_space (Parser *parser)
{
  while (*parser->at && g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
}

/* Is the word at hand `keyword`, as it stands? */
static gboolean
at_keyword (const Parser *parser, const char *keyword)
{
  gsize length = strlen (keyword);

  return strncmp (parser->at, keyword, length) == 0 && ends_word (parser->at + length);
}

static gboolean
at_or (const Parser *parser)
{
  return sign_at (parser->at) == '|' || at_keyword (parser, "OR");
}

static gboolean
enter (Parser *parser, const char *where)
{
  if (++parser->depth <= TRUCE_QUERY_DEPTH_MAX)
    return TRUE;
  truce_query_set_error (parser->error, TRUCE_QUERY_ERROR_LIMIT, character_of (parser, where),
                         "nested more than %d deep", TRUCE_QUERY_DEPTH_MAX);
  return FALSE;
}

/* A '*' may only follow the last word of [start, end): sets `ret_end` to before it. */
static gboolean
cut_star (Parser *parser, const char *start, const char *end, const char **ret_end, gboolean *ret_prefix)
{
  gunichar previous = 0;

  for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
    if (sign_at (at) == '*') {
      if (g_utf8_next_char (at) < end) {
        fail (parser, at, "* may only stand at the end of a word or phrase: it means that more letters may follow");
        return FALSE;
      }
      if (!truce_fold_is_word (previous) && !g_unichar_ismark (previous)) {
        fail (parser, at, "* must directly follow the letters that a word begins with");
        return FALSE;
      }
      *ret_prefix = TRUE;
      *ret_end = at;
      return TRUE;
    }
    previous = g_utf8_get_char (at);
  }
  *ret_prefix = FALSE;
  *ret_end = end;
  return TRUE;
}

static TruceNode *
make_term (Parser *parser, TruceField field, gboolean exact, const char *where, const char *start, const char *end)
{
  TruceFolded *folded = &parser->folded;
  gboolean prefix;
  const char *written_end = end;

  if (parser->query->terms->len >= TRUCE_QUERY_TERMS_MAX) {
    truce_query_set_error (parser->error, TRUCE_QUERY_ERROR_LIMIT, character_of (parser, where), "more than %d terms",
                           TRUCE_QUERY_TERMS_MAX);
    return NULL;
  }
  if (!cut_star (parser, start, end, &end, &prefix))
    return NULL;
  truce_fold (folded, start, (gsize) (end - start), TRUCE_FOLD_PLAIN);
  if (folded->n_tokens == 0) {
    if (start == end)
      fail (parser, where, "there are no words in this phrase");
    else
      fail (parser, where, "\"%.*s\" has no letters or digits to look for", (int) (written_end - start), start);
    return NULL;
  }
  const TruceToken *first = &folded->tokens[0];
  const TruceToken *last = &folded->tokens[folded->n_tokens - 1];
  if (prefix && first == last && !last->unspaced && g_utf8_strlen (folded->bytes, folded->length) < PREFIX_MIN) {
    fail (parser, where, "\"%.*s\" would match nearly everything: give %d letters or more before the *",
          (int) (written_end - start), start, PREFIX_MIN);
    return NULL;
  }
  TruceTerm *term = g_new0 (TruceTerm, 1);
  term->field = field;
  term->folded = g_strndup (folded->bytes, folded->length);
  term->prefix = prefix;
  term->open_start = first->unspaced && !truce_field_is_whole (field);
  term->open_end = prefix || (last->unspaced && !truce_field_is_whole (field));
  term->character = character_of (parser, where);
  if (exact) {
    truce_fold (folded, start, (gsize) (end - start), TRUCE_FOLD_KEEP_CASE);
    term->exact = g_strndup (folded->bytes, folded->length);
  }
  TruceNode *node = truce_node_new (TRUCE_NODE_TERM, term->character);
  node->term = parser->query->terms->len;
  g_ptr_array_add (parser->query->terms, term);
  return node;
}

static TruceNode *
parse_phrase (Parser *parser, TruceField field, gboolean exact, const char *where)
{
  const char *open = parser->at;
  const char *start = g_utf8_next_char (open);
  const char *end = start;

  while (*end && sign_at (end) != '"')
    end = g_utf8_next_char (end);
  if (!*end) {
    fail (parser, open, "this quotation is not closed");
    return NULL;
  }
  parser->at = g_utf8_next_char (end);
  return make_term (parser, field, exact, where, start, end);
}

static TruceNode *
parse_parentheses (Parser *parser, TruceField field)
{
  const char *open = parser->at;
  TruceField outer = parser->field;

  if (!enter (parser, open))
    return NULL;
  parser->at = g_utf8_next_char (open);
  skip_space (parser);
  if (sign_at (parser->at) == ')') {
    fail (parser, open, "there is nothing in these parentheses");
    return NULL;
  }
  parser->field = field;
  g_autoptr (TruceNode) node = parse_any (parser);
  parser->field = outer;
  parser->depth--;
  if (!node)
    return NULL;
  if (sign_at (parser->at) != ')') {
    fail (parser, open, "this ( is not closed");
    truce_node_free (g_steal_pointer (&node));
    return NULL;
  }
  parser->at = g_utf8_next_char (parser->at);
  return g_steal_pointer (&node);
}

/* The end of the name when the word at hand begins with a name and a colon, else NULL. */
static const char *
name_end (const Parser *parser)
{
  const char *end = parser->at;

  while (g_ascii_isalpha (*end))
    end++;
  return end > parser->at && sign_at (end) == ':' ? end : NULL;
}

static gboolean
at_known_field (const Parser *parser)
{
  const char *end = name_end (parser);
  TruceField field;

  return end && truce_field_from_text (parser->at, (gsize) (end - parser->at), &field);
}

/* Steps over "title:" when the word at hand begins so, and sets `ret_field`. */
static gboolean
parse_field (Parser *parser, TruceField *ret_field)
{
  const char *start = parser->at;
  const char *end = name_end (parser);

  *ret_field = parser->field;
  if (!end)
    return TRUE;
  if (!truce_field_from_text (start, (gsize) (end - start), ret_field)) {
    g_autofree char *name = g_strndup (start, (gsize) (end - start));
    const char *nearest = truce_text_nearest (name, truce_field_names ());
    if (nearest)
      fail (parser, start, "there is no field \"%s:\"; did you mean \"%s:\"?", name, nearest);
    else
      fail (parser, start,
            "there is no field \"%s:\" (title, summary, author, url, feed, tag); to look for the text "
            "itself, put it in quotes",
            name);
    return FALSE;
  }
  if (parser->field != TRUCE_FIELD_TEXT) {
    fail (parser, start, "this stands inside %s:( ) already", truce_field_to_text (parser->field));
    return FALSE;
  }
  parser->at = g_utf8_next_char (end);
  if (sign_at (parser->at) != '(' && sign_at (parser->at) != '"' && ends_word (parser->at)) {
    fail (parser, start, "nothing follows \"%s:\"", truce_field_to_text (*ret_field));
    return FALSE;
  }
  if (at_known_field (parser)) {
    fail (parser, parser->at, "this stands behind %s: already", truce_field_to_text (*ret_field));
    return FALSE;
  }
  return TRUE;
}

static TruceNode *
parse_primary (Parser *parser)
{
  const char *where = parser->at;
  TruceField field;
  gboolean exact = FALSE;

  if (!parse_field (parser, &field))
    return NULL;
  if (sign_at (parser->at) == '(')
    return parse_parentheses (parser, field);
  if (sign_at (parser->at) == '=') {
    const char *equals = parser->at;
    exact = TRUE;
    parser->at = g_utf8_next_char (equals);
    if ((sign_at (parser->at) != '"' && ends_word (parser->at)) || at_known_field (parser)) {
      fail (parser, equals, "= must stand directly before the word or phrase whose case counts");
      return NULL;
    }
  }
  if (sign_at (parser->at) == '"')
    return parse_phrase (parser, field, exact, where);
  if (*parser->at == '/') {
    fail (parser, parser->at, "regular expressions are not supported; to look for the text itself, put it in quotes");
    return NULL;
  }
  const char *start = parser->at;
  parser->at = word_end (start);
  return make_term (parser, field, exact, where, start, parser->at);
}

static TruceNode *
parse_not (Parser *parser)
{
  const char *where = parser->at;
  gboolean sign = sign_at (where) == '-';

  if (!enter (parser, where))
    return NULL;
  parser->at = sign ? g_utf8_next_char (where) : where + strlen ("NOT");
  if (!sign)
    skip_space (parser);
  gunichar next = sign_at (parser->at);
  if (next == '\0' || next == ')' || next == '|' || g_unichar_isspace (next)) {
    fail (parser, where, "%s", sign ? "- must stand directly before what it excludes" : "nothing follows NOT");
    return NULL;
  }
  TruceNode *inner = parse_unit (parser);
  parser->depth--;
  if (!inner)
    return NULL;
  TruceNode *node = truce_node_new (TRUCE_NODE_NOT, character_of (parser, where));
  g_ptr_array_add (node->children, inner);
  return node;
}

static TruceNode *
parse_unit (Parser *parser)
{
  if (sign_at (parser->at) == '-' || at_keyword (parser, "NOT"))
    return parse_not (parser);
  if (at_keyword (parser, "NEAR") || g_str_has_prefix (parser->at, "NEAR/")) {
    fail (parser, parser->at, "NEAR is not supported; to look for the word itself, put it in quotes");
    return NULL;
  }
  if (at_keyword (parser, "AND") || at_or (parser)) {
    gunichar sign = sign_at (parser->at);
    fail (parser, parser->at, "nothing stands before %s", sign == '|' ? "|" : sign == 'A' ? "AND" : "OR");
    return NULL;
  }
  return parse_primary (parser);
}

/* The operator at `where` has been read: is there anything for it? */
static gboolean
something_follows (Parser *parser, const char *where, const char *operator)
{
  skip_space (parser);
  gunichar next = sign_at (parser->at);
  if (next != '\0' && next != ')' && !at_or (parser) && !at_keyword (parser, "AND"))
    return TRUE;
  fail (parser, where, "nothing follows %s", operator);
  return FALSE;
}

/* The one node, or a node of `kind` over all of them. */
static TruceNode *
gather (GPtrArray *nodes, TruceNodeKind kind)
{
  if (nodes->len == 1)
    return g_ptr_array_steal_index (nodes, 0);
  TruceNode *first = g_ptr_array_index (nodes, 0);
  TruceNode *node = truce_node_new (kind, first->character);
  g_ptr_array_extend_and_steal (node->children, g_ptr_array_ref (nodes));
  return node;
}

static TruceNode *
parse_all (Parser *parser)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_node_free);

  for (;;) {
    TruceNode *unit = parse_unit (parser);
    if (!unit)
      return NULL;
    g_ptr_array_add (units, unit);
    skip_space (parser);
    if (at_keyword (parser, "AND")) {
      const char *where = parser->at;
      parser->at += strlen ("AND");
      if (!something_follows (parser, where, "AND"))
        return NULL;
    } else if (*parser->at == '\0' || sign_at (parser->at) == ')' || at_or (parser)) {
      return gather (units, TRUCE_NODE_AND);
    }
  }
}

static TruceNode *
parse_any (Parser *parser)
{
  g_autoptr (GPtrArray) branches = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_node_free);

  for (;;) {
    TruceNode *branch = parse_all (parser);
    if (!branch)
      return NULL;
    g_ptr_array_add (branches, branch);
    if (!at_or (parser))
      return gather (branches, TRUCE_NODE_OR);
    const char *where = parser->at;
    gboolean sign = sign_at (where) == '|';
    parser->at = sign ? g_utf8_next_char (where) : where + strlen ("OR");
    if (!something_follows (parser, where, sign ? "|" : "OR"))
      return NULL;
  }
}

gboolean
truce_query_read (TruceQuery *query, GError **error)
{
  Parser parser = { .query = query, .at = query->text, .field = TRUCE_FIELD_TEXT, .error = error };

  skip_space (&parser);
  if (*parser.at == '\0') {
    truce_query_set_error (error, TRUCE_QUERY_ERROR_SYNTAX, 1, "the query is empty");
    return FALSE;
  }
  if (sign_at (parser.at) == ')')
    fail (&parser, parser.at, "this ) closes nothing");
  else
    query->root = parse_any (&parser);
  truce_folded_clear (&parser.folded);
  if (!query->root)
    return FALSE;
  /* parse_any() stops before the end at nothing else. */
  if (*parser.at != '\0') {
    fail (&parser, parser.at, "this ) closes nothing");
    return FALSE;
  }
  return TRUE;
}
