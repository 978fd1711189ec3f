/* SPDX-License-Identifier: MIT */
#include "news/query.h"

#include <string.h>

#include "news/query_private.h"

GQuark
truce_query_error_quark (void)
{
  return g_quark_from_static_string ("truce-query-error-quark");
}

static const char *const field_names[] = {
  [TRUCE_FIELD_TEXT] = "",         [TRUCE_FIELD_TITLE] = "title", [TRUCE_FIELD_SUMMARY] = "summary",
  [TRUCE_FIELD_AUTHOR] = "author", [TRUCE_FIELD_URL] = "url",     [TRUCE_FIELD_FEED] = "feed",
  [TRUCE_FIELD_TAG] = "tag",       [TRUCE_FIELD_TAG + 1] = NULL,
};

const char *
truce_field_to_text (TruceField field)
{
  return field_names[field];
}

const char *const *
truce_field_names (void)
{
  return &field_names[TRUCE_FIELD_TITLE];
}

gboolean
truce_field_from_text (const char *name, gsize length, TruceField *ret_field)
{
  for (guint i = TRUCE_FIELD_TITLE; field_names[i]; i++)
    if (strlen (field_names[i]) == length && strncmp (field_names[i], name, length) == 0) {
      *ret_field = i;
      return TRUE;
    }
  return FALSE;
}

TruceNode *
truce_node_new (TruceNodeKind kind, guint character)
{
  TruceNode *node = g_new0 (TruceNode, 1);

  node->kind = kind;
  node->character = character;
  if (!truce_node_kind_is_leaf (kind))
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_node_free);
  return node;
}

void
truce_node_free (TruceNode *node)
{
  if (!node)
    return;
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

void
truce_term_free (TruceTerm *term)
{
  if (!term)
    return;
  g_free (term->folded);
  g_free (term->exact);
  g_free (term);
}

void
truce_query_set_error (GError **error, TruceQueryError code, guint character, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, TRUCE_QUERY_ERROR, (gint) code, "character %u: %s", character, reason);
}

const TruceTerm *
truce_query_term (const TruceQuery *query, guint index)
{
  return g_ptr_array_index (query->terms, index);
}

static void
expression_clear (gpointer data)
{
  TruceExpression *expression = data;

  truce_pattern_unref (expression->pattern);
}

TruceQuery *
truce_query_parse (const char *text, GError **error)
{
  const char *bad;

  if (strlen (text) > TRUCE_QUERY_TEXT_MAX) {
    truce_query_set_error (error, TRUCE_QUERY_ERROR_LIMIT, 1, "the query is longer than %d bytes",
                           TRUCE_QUERY_TEXT_MAX);
    return NULL;
  }
  if (!g_utf8_validate (text, -1, &bad)) {
    truce_query_set_error (error, TRUCE_QUERY_ERROR_SYNTAX, (guint) g_utf8_strlen (text, bad - text) + 1,
                           "the text is not valid UTF-8 from here on");
    return NULL;
  }
  g_autoptr (TruceQuery) query = g_new0 (TruceQuery, 1);
  query->text = g_strdup (text);
  query->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_term_free);
  query->expressions = g_array_new (FALSE, FALSE, sizeof (TruceExpression));
  g_array_set_clear_func (query->expressions, expression_clear);
  if (!truce_query_read (query, error) || !truce_query_check (query, error))
    return NULL;
  return g_steal_pointer (&query);
}

void
truce_query_free (TruceQuery *query)
{
  if (!query)
    return;
  g_free (query->text);
  g_ptr_array_unref (query->terms);
  g_array_unref (query->expressions);
  truce_node_free (query->root);
  g_free (query);
}

const char *
truce_query_text (const TruceQuery *query)
{
  return query->text;
}

static void
append_term (GString *reading, const TruceTerm *term)
{
  const char *words = term->exact ? term->exact : term->folded;
  gboolean several = strchr (words, ' ') != NULL;

  if (term->field != TRUCE_FIELD_TEXT)
    g_string_append_printf (reading, "%s:", truce_field_to_text (term->field));
  g_string_append_printf (reading, "%s%s%s%s%s%s", term->exact ? "=" : "", several ? "\"" : "",
                          term->open_start ? "*" : "", words, term->open_end ? "*" : "", several ? "\"" : "");
}

static void
append_expression (GString *reading, const TruceExpression *expression)
{
  if (expression->field != TRUCE_FIELD_TEXT)
    g_string_append_printf (reading, "%s:", truce_field_to_text (expression->field));
  g_string_append (reading, truce_pattern_text (expression->pattern));
}

static void
append_operator (GString *reading, const TruceNode *node)
{
  if (node->kind == TRUCE_NODE_NEAR)
    g_string_append_printf (reading, " NEAR/%u ", node->between);
  else
    g_string_append (reading, node->kind == TRUCE_NODE_AND ? " AND " : " OR ");
}

static void
append_node (GString *reading, const TruceQuery *query, const TruceNode *node, gboolean inner)
{
  gboolean parentheses = inner && node->kind != TRUCE_NODE_NOT;

  if (node->kind == TRUCE_NODE_TERM) {
    append_term (reading, truce_query_term (query, node->index));
    return;
  }
  if (node->kind == TRUCE_NODE_EXPRESSION) {
    append_expression (reading, &g_array_index (query->expressions, TruceExpression, node->index));
    return;
  }
  if (node->kind == TRUCE_NODE_NOT)
    g_string_append (reading, "NOT ");
  if (parentheses)
    g_string_append_c (reading, '(');
  for (guint i = 0; i < node->children->len; i++) {
    if (i > 0)
      append_operator (reading, node);
    append_node (reading, query, g_ptr_array_index (node->children, i), TRUE);
  }
  if (parentheses)
    g_string_append_c (reading, ')');
}

char *
truce_query_node_reading (const TruceQuery *query, const TruceNode *node)
{
  GString *reading = g_string_new (NULL);

  append_node (reading, query, node, FALSE);
  return g_string_free (reading, FALSE);
}

char *
truce_query_reading (const TruceQuery *query)
{
  return truce_query_node_reading (query, query->root);
}
