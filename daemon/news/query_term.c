/* SPDX-License-Identifier: MIT */
/* The leaves of a query: words, phrases and regular expressions. */
#include <string.h>

#include "news/query_parser.h"

#define PREFIX_MIN 2 /* letters before '*': fewer match nearly everything */

guint
truce_query_parser_character (const TruceQueryParser *parser, const char *where)
{
  return (guint) g_utf8_pointer_to_offset (parser->query->text, where) + 1;
}

gunichar
truce_query_sign_at (const char *at)
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

gboolean
truce_query_ends_word (const char *at)
{
  gunichar sign = truce_query_sign_at (at);

  return sign == '\0' || sign == '(' || sign == ')' || sign == '|' || sign == '"' || g_unichar_isspace (sign);
}

static const char *
word_end (const char *at)
{
  while (!truce_query_ends_word (at))
    at = g_utf8_next_char (at);
  return at;
}

/* A '*' may only follow the last word of [start, end): sets `ret_end` to before it. */
static gboolean
cut_star (TruceQueryParser *parser, const char *start, const char *end, const char **ret_end, gboolean *ret_prefix)
{
  gunichar previous = 0;

  for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
    if (truce_query_sign_at (at) == '*') {
      if (g_utf8_next_char (at) < end) {
        truce_query_parser_fail (
            parser, at, "* may only stand at the end of a word or phrase: it means that more letters may follow");
        return FALSE;
      }
      if (!truce_fold_is_word (previous) && !g_unichar_ismark (previous)) {
        truce_query_parser_fail (parser, at, "* must directly follow the letters that a word begins with");
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
make_term (TruceQueryParser *parser, TruceField field, gboolean exact, const char *where, const char *start,
           const char *end)
{
  TruceFolded *folded = &parser->folded;
  gboolean prefix;
  const char *written_end = end;

  if (parser->query->terms->len >= TRUCE_QUERY_TERMS_MAX) {
    truce_query_set_error (parser->error, TRUCE_QUERY_ERROR_LIMIT, truce_query_parser_character (parser, where),
                           "more than %d terms", TRUCE_QUERY_TERMS_MAX);
    return NULL;
  }
  if (!cut_star (parser, start, end, &end, &prefix))
    return NULL;
  truce_fold (folded, start, (gsize) (end - start), TRUCE_FOLD_PLAIN);
  if (folded->n_tokens == 0) {
    if (start == end)
      truce_query_parser_fail (parser, where, "there are no words in this phrase");
    else
      truce_query_parser_fail (parser, where, "\"%.*s\" has no letters or digits to look for",
                               (int) (written_end - start), start);
    return NULL;
  }
  const TruceToken *first = &folded->tokens[0];
  const TruceToken *last = &folded->tokens[folded->n_tokens - 1];
  if (prefix && first == last && !last->unspaced && g_utf8_strlen (folded->bytes, folded->length) < PREFIX_MIN) {
    truce_query_parser_fail (parser, where,
                             "\"%.*s\" would match nearly everything: give %d letters or more before the *",
                             (int) (written_end - start), start, PREFIX_MIN);
    return NULL;
  }
  TruceTerm *term = g_new0 (TruceTerm, 1);
  term->field = field;
  term->folded = g_strndup (folded->bytes, folded->length);
  term->prefix = prefix;
  term->open_start = first->unspaced && !truce_field_is_whole (field);
  term->open_end = prefix || (last->unspaced && !truce_field_is_whole (field));
  term->character = truce_query_parser_character (parser, where);
  if (exact) {
    truce_fold (folded, start, (gsize) (end - start), TRUCE_FOLD_KEEP_CASE);
    term->exact = g_strndup (folded->bytes, folded->length);
  }
  TruceNode *node = truce_node_new (TRUCE_NODE_TERM, term->character);
  node->index = parser->query->terms->len;
  g_ptr_array_add (parser->query->terms, term);
  return node;
}

TruceNode *
truce_query_parse_word (TruceQueryParser *parser, TruceField field, gboolean exact, const char *where)
{
  const char *start = parser->at;

  parser->at = word_end (start);
  return make_term (parser, field, exact, where, start, parser->at);
}

TruceNode *
truce_query_parse_phrase (TruceQueryParser *parser, TruceField field, gboolean exact, const char *where)
{
  const char *open = parser->at;
  const char *start = g_utf8_next_char (open);
  const char *end = start;

  while (*end && truce_query_sign_at (end) != '"')
    end = g_utf8_next_char (end);
  if (!*end) {
    truce_query_parser_fail (parser, open, "this quotation is not closed");
    return NULL;
  }
  parser->at = g_utf8_next_char (end);
  return make_term (parser, field, exact, where, start, end);
}

/* The slash that ends the expression that begins at `start`, or NULL: "\\/" is a slash in it. */
static const char *
expression_end (const char *start)
{
  for (const char *at = start; *at; at++) {
    if (*at == '/')
      return at;
    if (*at == '\\' && at[1] != '\0')
      at++;
  }
  return NULL;
}

/* The letters behind an expression: 'i', once, or none. */
static gboolean
parse_flags (TruceQueryParser *parser, gboolean *ret_any_case)
{
  *ret_any_case = *parser->at == 'i';
  if (*ret_any_case)
    parser->at++;
  if (truce_query_ends_word (parser->at))
    return TRUE;
  truce_query_parser_fail (parser, parser->at,
                           "only i, for any case, may follow a regular expression; write a / within it as \\/");
  return FALSE;
}

TruceNode *
truce_query_parse_expression (TruceQueryParser *parser, TruceField field, const char *where)
{
  GArray *expressions = parser->query->expressions;
  const char *start = parser->at + 1;
  const char *end = expression_end (start);
  gboolean any_case;
  gsize offset;

  if (!end) {
    truce_query_parser_fail (parser, parser->at,
                             "this regular expression is not closed; to look for the text itself, put it in quotes");
    return NULL;
  }
  if (expressions->len >= TRUCE_QUERY_EXPRESSIONS_MAX || end - start > TRUCE_PATTERN_BYTES_MAX) {
    truce_query_set_error (parser->error, TRUCE_QUERY_ERROR_LIMIT, truce_query_parser_character (parser, where),
                           "more than %d regular expressions, or one of more than %d bytes",
                           TRUCE_QUERY_EXPRESSIONS_MAX, TRUCE_PATTERN_BYTES_MAX);
    return NULL;
  }
  parser->at = end + 1;
  if (!parse_flags (parser, &any_case))
    return NULL;
  g_autofree char *source = g_strndup (start, (gsize) (end - start));
  g_autofree char *reason = NULL;
  TruceExpression expression = { field, truce_pattern_new (source, any_case, &offset, &reason) };
  if (!expression.pattern) {
    truce_query_parser_fail (parser, start + offset, "%s", reason);
    return NULL;
  }
  TruceNode *node = truce_node_new (TRUCE_NODE_EXPRESSION, truce_query_parser_character (parser, where));
  node->index = expressions->len;
  g_array_append_val (expressions, expression);
  return node;
}
