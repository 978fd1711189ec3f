/* SPDX-License-Identifier: MIT */
/* From the text of a query to its tree:
 *
 *   any  = all { ("|" | "OR") all }
 *   all  = unit { ["AND"] unit }
 *   unit = ("-" | "NOT") unit | near
 *   near = part [("NEAR" | "NEAR/" number) part]
 *   part = [field ":"] ("(" any ")" | ["="] (word | phrase) | expression)
 */
#include <string.h>

#include "base/text.h"
#include "news/query_parser.h"

#define NEAR_DEFAULT 10 /* words between: about as much as a clause has */

static TruceNode *parse_any (TruceQueryParser *parser);
static TruceNode *parse_unit (TruceQueryParser *parser);

static void
skip_space (TruceQueryParser *parser)
{
  while (*parser->at && g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
}

/* Is the word at hand `keyword`, as it stands? */
static gboolean
at_keyword (const TruceQueryParser *parser, const char *keyword)
{
  gsize length = strlen (keyword);

  return strncmp (parser->at, keyword, length) == 0 && truce_query_ends_word (parser->at + length);
}

static gboolean
at_or (const TruceQueryParser *parser)
{
  return truce_query_sign_at (parser->at) == '|' || at_keyword (parser, "OR");
}

static gboolean
enter (TruceQueryParser *parser, const char *where)
{
  if (++parser->depth <= TRUCE_QUERY_DEPTH_MAX)
    return TRUE;
  truce_query_set_error (parser->error, TRUCE_QUERY_ERROR_LIMIT, truce_query_parser_character (parser, where),
                         "nested more than %d deep", TRUCE_QUERY_DEPTH_MAX);
  return FALSE;
}

static TruceNode *
parse_parentheses (TruceQueryParser *parser, TruceField field)
{
  const char *open = parser->at;
  TruceField outer = parser->field;

  if (!enter (parser, open))
    return NULL;
  parser->at = g_utf8_next_char (open);
  skip_space (parser);
  if (truce_query_sign_at (parser->at) == ')' || *parser->at == '\0') {
    truce_query_parser_fail (parser, open,
                             *parser->at ? "there is nothing in these parentheses" : "this ( is not closed");
    return NULL;
  }
  parser->field = field;
  g_autoptr (TruceNode) node = parse_any (parser);
  parser->field = outer;
  parser->depth--;
  if (!node)
    return NULL;
  if (truce_query_sign_at (parser->at) != ')') {
    truce_query_parser_fail (parser, open, "this ( is not closed");
    truce_node_free (g_steal_pointer (&node));
    return NULL;
  }
  parser->at = g_utf8_next_char (parser->at);
  return g_steal_pointer (&node);
}

/* The end of the name when the word at hand begins with a name and a colon, else NULL. */
static const char *
name_end (const TruceQueryParser *parser)
{
  const char *end = parser->at;

  while (g_ascii_isalpha (*end))
    end++;
  return end > parser->at && truce_query_sign_at (end) == ':' ? end : NULL;
}

static gboolean
at_known_field (const TruceQueryParser *parser)
{
  const char *end = name_end (parser);
  TruceField field;

  return end && truce_field_from_text (parser->at, (gsize) (end - parser->at), &field);
}

/* Steps over "title:" when the word at hand begins so, and sets `ret_field`. */
static gboolean
parse_field (TruceQueryParser *parser, TruceField *ret_field)
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
      truce_query_parser_fail (parser, start, "there is no field \"%s:\"; did you mean \"%s:\"?", name, nearest);
    else
      truce_query_parser_fail (
          parser, start,
          "there is no field \"%s:\" (title, summary, author, url, feed, tag); to look for the text "
          "itself, put it in quotes",
          name);
    return FALSE;
  }
  if (parser->field != TRUCE_FIELD_TEXT) {
    truce_query_parser_fail (parser, start, "this stands inside %s:( ) already", truce_field_to_text (parser->field));
    return FALSE;
  }
  parser->at = g_utf8_next_char (end);
  if (truce_query_sign_at (parser->at) != '(' && truce_query_sign_at (parser->at) != '"' &&
      truce_query_ends_word (parser->at)) {
    truce_query_parser_fail (parser, start, "nothing follows \"%s:\"", truce_field_to_text (*ret_field));
    return FALSE;
  }
  if (at_known_field (parser)) {
    truce_query_parser_fail (parser, parser->at, "this stands behind %s: already", truce_field_to_text (*ret_field));
    return FALSE;
  }
  return TRUE;
}

static TruceNode *
parse_primary (TruceQueryParser *parser)
{
  const char *where = parser->at;
  TruceField field;
  gboolean exact = FALSE;

  if (!parse_field (parser, &field))
    return NULL;
  if (truce_query_sign_at (parser->at) == '(')
    return parse_parentheses (parser, field);
  if (truce_query_sign_at (parser->at) == '=') {
    const char *equals = parser->at;
    exact = TRUE;
    parser->at = g_utf8_next_char (equals);
    if ((truce_query_sign_at (parser->at) != '"' && truce_query_ends_word (parser->at)) || at_known_field (parser)) {
      truce_query_parser_fail (parser, equals, "= must stand directly before the word or phrase whose case counts");
      return NULL;
    }
  }
  if (truce_query_sign_at (parser->at) == '"')
    return truce_query_parse_phrase (parser, field, exact, where);
  if (*parser->at == '/')
    return truce_query_parse_expression (parser, field, where);
  return truce_query_parse_word (parser, field, exact, where);
}

/* --- NEAR --- */

static gboolean
at_near (const TruceQueryParser *parser)
{
  return at_keyword (parser, "NEAR") || g_str_has_prefix (parser->at, "NEAR/");
}

/* The operator at `where` has been read: is there anything for it? */
static gboolean
something_follows (TruceQueryParser *parser, const char *where, const char *operator)
{
  skip_space (parser);
  gunichar next = truce_query_sign_at (parser->at);
  if (next != '\0' && next != ')' && !at_or (parser) && !at_keyword (parser, "AND") && !at_near (parser))
    return TRUE;
  truce_query_parser_fail (parser, where, "nothing follows %s", operator);
  return FALSE;
}

/* Steps over "NEAR" or "NEAR/5". */
static gboolean
parse_near_sign (TruceQueryParser *parser, guint *ret_between)
{
  const char *where = parser->at;
  guint64 between = NEAR_DEFAULT;
  char *end = NULL;

  parser->at += strlen ("NEAR");
  if (*parser->at == '/' && g_ascii_isdigit (parser->at[1]))
    between = g_ascii_strtoull (parser->at + 1, &end, 10);
  if (end)
    parser->at = end;
  if (!truce_query_ends_word (parser->at) || between > TRUCE_QUERY_NEAR_MAX) {
    truce_query_parser_fail (parser, where, "NEAR/ takes the number of words that may stand between, 0 to %d",
                             TRUCE_QUERY_NEAR_MAX);
    return FALSE;
  }
  *ret_between = (guint) between;
  return TRUE;
}

/* Adds the fields (bits) in which the terms of `node` are looked for. FALSE when it is made of more than words, phrases
 * and alternatives of them, or of what is compared whole. */
static gboolean
gather_near_fields (const TruceQuery *query, const TruceNode *node, guint *fields)
{
  if (node->kind == TRUCE_NODE_TERM) {
    TruceField field = truce_query_term (query, node->index)->field;
    *fields |= field == TRUCE_FIELD_TEXT ? 1u << TRUCE_FIELD_TITLE | 1u << TRUCE_FIELD_SUMMARY : 1u << field;
    return !truce_field_is_whole (field);
  }
  if (node->kind != TRUCE_NODE_OR)
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (!gather_near_fields (query, g_ptr_array_index (node->children, i), fields))
      return FALSE;
  return TRUE;
}

static gboolean
check_near (TruceQueryParser *parser, const char *where, const TruceNode *left, const TruceNode *right)
{
  guint fields_left = 0, fields_right = 0;

  if (!gather_near_fields (parser->query, left, &fields_left) ||
      !gather_near_fields (parser->query, right, &fields_right)) {
    truce_query_parser_fail (parser, where, "NEAR joins two words or phrases, or (a | b) of them");
    return FALSE;
  }
  if (!(fields_left & fields_right)) {
    truce_query_parser_fail (parser, where, "the query can never match: these two are looked for in different fields");
    return FALSE;
  }
  return TRUE;
}

static TruceNode *
parse_near (TruceQueryParser *parser)
{
  g_autoptr (TruceNode) left = parse_primary (parser);
  guint between;

  if (!left)
    return NULL;
  skip_space (parser);
  if (!at_near (parser))
    return g_steal_pointer (&left);
  const char *where = parser->at;
  if (!parse_near_sign (parser, &between) || !something_follows (parser, where, "NEAR"))
    return NULL;
  if (truce_query_sign_at (parser->at) == '-' || at_keyword (parser, "NOT")) {
    truce_query_parser_fail (parser, where, "NEAR joins two words or phrases, or (a | b) of them");
    return NULL;
  }
  g_autoptr (TruceNode) right = parse_primary (parser);
  if (!right || !check_near (parser, where, left, right))
    return NULL;
  skip_space (parser);
  if (at_near (parser)) {
    truce_query_parser_fail (parser, parser->at, "NEAR joins two: write (a NEAR/5 b) (b NEAR/5 c)");
    return NULL;
  }
  TruceNode *node = truce_node_new (TRUCE_NODE_NEAR, left->character);
  node->between = between;
  g_ptr_array_add (node->children, g_steal_pointer (&left));
  g_ptr_array_add (node->children, g_steal_pointer (&right));
  return node;
}

static TruceNode *
parse_not (TruceQueryParser *parser)
{
  const char *where = parser->at;
  gboolean sign = truce_query_sign_at (where) == '-';

  if (!enter (parser, where))
    return NULL;
  parser->at = sign ? g_utf8_next_char (where) : where + strlen ("NOT");
  if (!sign)
    skip_space (parser);
  gunichar next = truce_query_sign_at (parser->at);
  if (next == '\0' || next == ')' || next == '|' || g_unichar_isspace (next)) {
    truce_query_parser_fail (parser, where, "%s",
                             sign ? "- must stand directly before what it excludes" : "nothing follows NOT");
    return NULL;
  }
  TruceNode *inner = parse_unit (parser);
  parser->depth--;
  if (!inner)
    return NULL;
  TruceNode *node = truce_node_new (TRUCE_NODE_NOT, truce_query_parser_character (parser, where));
  g_ptr_array_add (node->children, inner);
  return node;
}

static TruceNode *
parse_unit (TruceQueryParser *parser)
{
  if (truce_query_sign_at (parser->at) == '-' || at_keyword (parser, "NOT"))
    return parse_not (parser);
  if (at_keyword (parser, "AND") || at_or (parser)) {
    gunichar sign = truce_query_sign_at (parser->at);
    truce_query_parser_fail (parser, parser->at, "nothing stands before %s",
                             sign == '|'   ? "|"
                             : sign == 'A' ? "AND"
                                           : "OR");
    return NULL;
  }
  if (at_near (parser)) {
    truce_query_parser_fail (parser, parser->at, "nothing stands before NEAR");
    return NULL;
  }
  return parse_near (parser);
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
parse_all (TruceQueryParser *parser)
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
    } else if (*parser->at == '\0' || truce_query_sign_at (parser->at) == ')' || at_or (parser)) {
      return gather (units, TRUCE_NODE_AND);
    }
  }
}

static TruceNode *
parse_any (TruceQueryParser *parser)
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
    gboolean sign = truce_query_sign_at (where) == '|';
    parser->at = sign ? g_utf8_next_char (where) : where + strlen ("OR");
    if (!something_follows (parser, where, sign ? "|" : "OR"))
      return NULL;
  }
}

gboolean
truce_query_read (TruceQuery *query, GError **error)
{
  TruceQueryParser parser = { .query = query, .at = query->text, .field = TRUCE_FIELD_TEXT, .error = error };

  skip_space (&parser);
  if (*parser.at == '\0') {
    truce_query_set_error (error, TRUCE_QUERY_ERROR_SYNTAX, 1, "the query is empty");
    return FALSE;
  }
  if (truce_query_sign_at (parser.at) == ')')
    truce_query_parser_fail (&parser, parser.at, "this ) closes nothing");
  else
    query->root = parse_any (&parser);
  truce_folded_clear (&parser.folded);
  if (!query->root)
    return FALSE;
  /* parse_any() stops before the end at nothing else. */
  if (*parser.at != '\0') {
    truce_query_parser_fail (&parser, parser.at, "this ) closes nothing");
    return FALSE;
  }
  return TRUE;
}
