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

typedef struct {
  TruceCompiled *compiled;
  GHashTable *term_of_key; /* text -> index + 1 */
  GHashTable *literal_of_key;
  GHashTable *expression_of_key;
  GPtrArray *terms_of_literal; /* GArray of guint32 each */
  GPtrArray *queries_of_term;
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
append_to (GPtrArray *lists, guint32 index, guint32 value)
{
  while (lists->len <= index)
    g_ptr_array_add (lists, g_array_new (FALSE, FALSE, sizeof (guint32)));
  g_array_append_val ((GArray *) g_ptr_array_index (lists, index), value);
}

static guint32
intern_literal (Compiler *compiler, const TruceTerm *term)
{
  GArray *literals = compiler->compiled->literals;
  char *key = g_strdup_printf ("%c%c%s", term->open_start ? '*' : ' ', term->open_end ? '*' : ' ', term->folded);
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (compiler->literal_of_key, key));

  if (known) {
    g_free (key);
    return known - 1;
  }
  TruceLiteral literal = { g_strdup (term->folded), term->open_start, term->open_end };
  g_array_append_val (literals, literal);
  g_hash_table_insert (compiler->literal_of_key, key, GUINT_TO_POINTER (literals->len));
  return literals->len - 1;
}

static guint32
intern_term (Compiler *compiler, const TruceTerm *term)
{
  GArray *terms = compiler->compiled->terms;
  guint32 literal = intern_literal (compiler, term);
  char *key =
      g_strdup_printf ("%u %u %d %s", (guint) term->field, literal, term->prefix, term->exact ? term->exact : "");
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (compiler->term_of_key, key));

  if (known) {
    g_free (key);
    return known - 1;
  }
  TruceMatchTerm match_term = { term->field, literal, term->prefix, g_strdup (term->exact) };
  g_array_append_val (terms, match_term);
  g_hash_table_insert (compiler->term_of_key, key, GUINT_TO_POINTER (terms->len));
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

static TruceLists
lists_of (const GPtrArray *arrays, guint n_lists)
{
  TruceLists lists = { .starts = g_new0 (guint32, n_lists + 1) };
  guint32 total = 0;

  for (guint i = 0; i < arrays->len; i++)
    total += ((GArray *) g_ptr_array_index (arrays, i))->len;
  lists.items = g_new (guint32, total);
  guint32 at = 0;
  for (guint i = 0; i < n_lists; i++) {
    const GArray *array = i < arrays->len ? g_ptr_array_index (arrays, i) : NULL;
    lists.starts[i] = at;
    for (guint j = 0; array && j < array->len; j++)
      lists.items[at++] = g_array_index (array, guint32, j);
  }
  lists.starts[n_lists] = at;
  return lists;
}

TruceCompiled *
truce_compiled_new (const TruceQuery *const *queries, guint n_queries)
{
  TruceCompiled *compiled = g_new0 (TruceCompiled, 1);
  g_autoptr (GHashTable) term_of_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) literal_of_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) terms_of_literal = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) queries_of_term = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) expression_of_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Compiler compiler = { compiled, term_of_key, literal_of_key, expression_of_key, terms_of_literal, queries_of_term };

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
  compiled->of_literal = lists_of (terms_of_literal, compiled->literals->len);
  compiled->wakes = lists_of (queries_of_term, compiled->terms->len);
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
