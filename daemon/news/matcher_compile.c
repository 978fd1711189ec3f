/* SPDX-License-Identifier: MIT */
#include "news/matcher_compile.h"

#include <string.h>

/* How often a term is likely found: a query is woken by those of its terms that are found the least. Rough classes do:
 * what matters is to wake `China "rare earth"` by the phrase. */
#define COST_PHRASE 1
#define COST_LONG_WORD 4
#define COST_WORD 16
#define COST_SHORT_WORD 64
#define COST_EVERY_ITEM 1024 /* a feed or a tag */
#define COST_EXPRESSION 4096 /* it has to be tried on every item */
#define COST_NEVER_WAKES G_MAXUINT32
#define LONG_WORD 8 /* bytes */
#define SHORT_WORD 4

/* `item` belongs to the list number `list`. */
typedef struct {
  guint32 list, item;
} Listed;

typedef struct {
  TruceCompiled *compiled;
  GHashTable *literal_of_key; /* text -> index + 1 */
  GHashTable *expression_of_key;
  GString *key;             /* of the literal that is looked for */
  GArray *newest_term;      /* guint32 by literal: the last one of it, index + 1; 0: none */
  GArray *older_term;       /* guint32 by term: the one before it of the same literal, likewise */
  GArray *terms_of_literal; /* of Listed */
  GArray *queries_of_term;  /* of Listed */
} Compiler;

static void
literal_clear (gpointer data)
{
  TruceLiteral *literal = data;

  g_free (literal->folded);
}

static void
term_clear (gpointer data)
{
  TruceMatchTerm *term = data;

  g_free (term->exact);
}

static void
expression_clear (gpointer data)
{
  TruceExpression *expression = data;

  truce_pattern_unref (expression->pattern);
}

static void
append_to (GArray *lists, guint32 list, guint32 item)
{
  const Listed listed = { list, item };

  g_array_append_val (lists, listed);
}

static guint32
intern_literal (Compiler *compiler, const TruceTerm *term)
{
  GArray *literals = compiler->compiled->literals;
  const guint32 none = 0;

  g_string_assign (compiler->key, term->open_start ? "*" : " ");
  g_string_append_c (compiler->key, term->open_end ? '*' : ' ');
  g_string_append (compiler->key, term->folded);
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (compiler->literal_of_key, compiler->key->str));
  if (known)
    return known - 1;
  TruceLiteral literal = { g_strdup (term->folded), term->open_start, term->open_end };
  g_array_append_val (literals, literal);
  g_array_append_val (compiler->newest_term, none);
  g_hash_table_insert (compiler->literal_of_key, g_strdup (compiler->key->str), GUINT_TO_POINTER (literals->len));
  return literals->len - 1;
}

/* The terms of one literal are few: in another field, with a star or in another case. */
static guint32
intern_term (Compiler *compiler, const TruceTerm *term)
{
  GArray *terms = compiler->compiled->terms;
  guint32 literal = intern_literal (compiler, term);
  guint32 *newest = &g_array_index (compiler->newest_term, guint32, literal);

  for (guint32 known = *newest; known; known = g_array_index (compiler->older_term, guint32, known - 1)) {
    const TruceMatchTerm *other = &g_array_index (terms, TruceMatchTerm, known - 1);
    if (other->field == term->field && other->prefix == term->prefix && g_strcmp0 (other->exact, term->exact) == 0)
      return known - 1;
  }
  TruceMatchTerm match_term = { term->field, literal, term->prefix, g_strdup (term->exact) };
  g_array_append_val (terms, match_term);
  g_array_append_val (compiler->older_term, *newest);
  *newest = terms->len;
  append_to (compiler->terms_of_literal, literal, terms->len - 1);
  compiler->compiled->fields |= 1u << term->field;
  return terms->len - 1;
}

static guint32
intern_expression (Compiler *compiler, const TruceExpression *expression)
{
  GArray *expressions = compiler->compiled->expressions;
  char *key = g_strdup_printf ("%u %s", (guint) expression->field, truce_pattern_text (expression->pattern));
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (compiler->expression_of_key, key));

  if (known) {
    g_free (key);
    return known - 1;
  }
  TruceExpression own = { expression->field, truce_pattern_ref (expression->pattern) };
  g_array_append_val (expressions, own);
  g_hash_table_insert (compiler->expression_of_key, key, GUINT_TO_POINTER (expressions->len));
  compiler->compiled->fields |= 1u << expression->field;
  return expressions->len - 1;
}

static void
compile_node (Compiler *compiler, const TruceQuery *query, const TruceNode *node, guint32 index)
{
  GArray *nodes = compiler->compiled->nodes;
  TruceMatchNode compact = { .kind = node->kind, .between = node->between };

  if (node->kind == TRUCE_NODE_TERM) {
    compact.index = intern_term (compiler, truce_query_term (query, node->index));
  } else if (node->kind == TRUCE_NODE_EXPRESSION) {
    compact.index = intern_expression (compiler, &g_array_index (query->expressions, TruceExpression, node->index));
  } else {
    compact.first_child = nodes->len;
    compact.n_children = node->children->len;
    g_array_set_size (nodes, nodes->len + node->children->len);
  }
  g_array_index (nodes, TruceMatchNode, index) = compact;
  for (guint32 i = 0; i < compact.n_children; i++)
    compile_node (compiler, query, g_ptr_array_index (node->children, i), compact.first_child + i);
}

static guint32
cost_of_term (const TruceCompiled *compiled, guint32 index)
{
  const TruceMatchTerm *term = &g_array_index (compiled->terms, TruceMatchTerm, index);
  const TruceLiteral *literal = &g_array_index (compiled->literals, TruceLiteral, term->literal);
  gsize length = strlen (literal->folded);

  if (truce_field_is_whole (term->field))
    return COST_EVERY_ITEM;
  if (strchr (literal->folded, ' '))
    return COST_PHRASE;
  return length >= LONG_WORD ? COST_LONG_WORD : length > SHORT_WORD ? COST_WORD : COST_SHORT_WORD;
}

/* Can one child of `node` speak for all, as each must be as wanted? NEAR that is not wanted wakes nothing: its children
 * cost COST_NEVER_WAKES then. */
static gboolean
speaks_for_all (const TruceMatchNode *node, gboolean wanted)
{
  return (node->kind == TRUCE_NODE_AND || node->kind == TRUCE_NODE_NEAR) == wanted;
}

/* What it costs to be woken whenever `node` might be `wanted`. */
static guint32
cost_of_waking (const TruceCompiled *compiled, guint32 index, gboolean wanted)
{
  const TruceMatchNode *node = &g_array_index (compiled->nodes, TruceMatchNode, index);
  gboolean all = speaks_for_all (node, wanted);
  guint64 sum = 0;
  guint32 least = COST_NEVER_WAKES;

  if (node->kind == TRUCE_NODE_TERM)
    return wanted ? cost_of_term (compiled, node->index) : COST_NEVER_WAKES;
  if (node->kind == TRUCE_NODE_EXPRESSION)
    return wanted ? COST_EXPRESSION : COST_NEVER_WAKES;
  if (node->kind == TRUCE_NODE_NOT)
    return cost_of_waking (compiled, node->first_child, !wanted);
  for (guint32 i = 0; i < node->n_children; i++) {
    guint32 cost = cost_of_waking (compiled, node->first_child + i, wanted);
    least = MIN (least, cost);
    sum += cost;
  }
  return all ? least : (guint32) MIN (sum, COST_NEVER_WAKES);
}

/* Has `query` woken by the cheapest terms without one of which `node` cannot be `wanted`. */
static void
add_wakers (Compiler *compiler, guint32 query, guint32 index, gboolean wanted)
{
  const TruceMatchNode *node = &g_array_index (compiler->compiled->nodes, TruceMatchNode, index);
  gboolean all = speaks_for_all (node, wanted);

  if (node->kind == TRUCE_NODE_TERM) {
    append_to (compiler->queries_of_term, node->index, query);
    return;
  }
  if (node->kind == TRUCE_NODE_EXPRESSION) {
    g_array_append_val (compiler->compiled->always, query);
    return;
  }
  if (node->kind == TRUCE_NODE_NOT) {
    add_wakers (compiler, query, node->first_child, !wanted);
    return;
  }
  guint32 best = node->first_child;
  guint32 least = COST_NEVER_WAKES;
  for (guint32 i = 0; i < node->n_children; i++) {
    if (!all) {
      add_wakers (compiler, query, node->first_child + i, wanted);
      continue;
    }
    guint32 cost = cost_of_waking (compiler->compiled, node->first_child + i, wanted);
    if (cost < least) {
      least = cost;
      best = node->first_child + i;
    }
  }
  if (all)
    add_wakers (compiler, query, best, wanted);
}

/* The items of each list stay in their order. */
static TruceLists
lists_of (const GArray *listed, guint n_lists)
{
  TruceLists lists = { .starts = g_new0 (guint32, n_lists + 1), .items = g_new (guint32, listed->len) };

  for (guint i = 0; i < listed->len; i++) /* how many, in the place of the list behind */
    lists.starts[g_array_index (listed, Listed, i).list + 1]++;
  for (guint i = 0; i < n_lists; i++)
    lists.starts[i + 1] += lists.starts[i];
  g_autofree guint32 *ends = g_memdup2 (lists.starts, (n_lists + 1) * sizeof (guint32));
  for (guint i = 0; i < listed->len; i++) {
    const Listed *one = &g_array_index (listed, Listed, i);
    lists.items[ends[one->list]++] = one->item;
  }
  return lists;
}

static void
compiler_clear (Compiler *compiler)
{
  g_hash_table_unref (compiler->literal_of_key);
  g_hash_table_unref (compiler->expression_of_key);
  g_string_free (compiler->key, TRUE);
  g_array_unref (compiler->newest_term);
  g_array_unref (compiler->older_term);
  g_array_unref (compiler->terms_of_literal);
  g_array_unref (compiler->queries_of_term);
}

TruceCompiled *
truce_compiled_new (const TruceQuery *const *queries, guint n_queries)
{
  TruceCompiled *compiled = g_new0 (TruceCompiled, 1);
  Compiler compiler = {
    .compiled = compiled,
    .literal_of_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .expression_of_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .key = g_string_new (NULL),
    .newest_term = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .older_term = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .terms_of_literal = g_array_new (FALSE, FALSE, sizeof (Listed)),
    .queries_of_term = g_array_new (FALSE, FALSE, sizeof (Listed)),
  };

  compiled->n_queries = n_queries;
  compiled->literals = g_array_new (FALSE, TRUE, sizeof (TruceLiteral));
  g_array_set_clear_func (compiled->literals, literal_clear);
  compiled->terms = g_array_new (FALSE, TRUE, sizeof (TruceMatchTerm));
  g_array_set_clear_func (compiled->terms, term_clear);
  compiled->expressions = g_array_new (FALSE, FALSE, sizeof (TruceExpression));
  g_array_set_clear_func (compiled->expressions, expression_clear);
  compiled->always = g_array_new (FALSE, FALSE, sizeof (guint32));
  compiled->nodes = g_array_new (FALSE, TRUE, sizeof (TruceMatchNode));
  compiled->roots = g_new0 (guint32, n_queries);
  for (guint32 i = 0; i < n_queries; i++) {
    compiled->roots[i] = compiled->nodes->len;
    g_array_set_size (compiled->nodes, compiled->nodes->len + 1);
    compile_node (&compiler, queries[i], queries[i]->root, compiled->roots[i]);
    add_wakers (&compiler, i, compiled->roots[i], TRUE);
  }
  compiled->of_literal = lists_of (compiler.terms_of_literal, compiled->literals->len);
  compiled->wakes = lists_of (compiler.queries_of_term, compiled->terms->len);
  compiler_clear (&compiler);
  return compiled;
}

void
truce_compiled_free (TruceCompiled *compiled)
{
  if (!compiled)
    return;
  g_array_unref (compiled->literals);
  g_array_unref (compiled->terms);
  g_array_unref (compiled->nodes);
  g_array_unref (compiled->expressions);
  g_array_unref (compiled->always);
  g_free (compiled->roots);
  g_free (compiled->of_literal.starts);
  g_free (compiled->of_literal.items);
  g_free (compiled->wakes.starts);
  g_free (compiled->wakes.items);
  g_free (compiled);
}
