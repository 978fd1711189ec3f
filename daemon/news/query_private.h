/* SPDX-License-Identifier: MIT */
/* query_private.h: what a query is made of. For the query's own files and the matcher. */
#pragma once

#include "news/pattern.h"
#include "news/query.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_FIELD_TEXT, /* title and summary */
  TRUCE_FIELD_TITLE,
  TRUCE_FIELD_SUMMARY,
  TRUCE_FIELD_AUTHOR,
  TRUCE_FIELD_URL,
  TRUCE_FIELD_FEED, /* compared whole, as is tag */
  TRUCE_FIELD_TAG,
} TruceField;

const char *truce_field_to_text (TruceField field); /* "title"; "" for TEXT */
const char *const *truce_field_names (void);        /* those that can be written, NULL at the end */
/* FALSE when there is no such field. */
gboolean truce_field_from_text (const char *name, gsize length, TruceField *ret_field);
static inline gboolean
truce_field_is_whole (TruceField field)
{
  return field == TRUCE_FIELD_FEED || field == TRUCE_FIELD_TAG;
}

/* Words side by side, folded. */
typedef struct {
  TruceField field;
  char *folded;
  char *exact;         /* folded with its case kept; NULL: any case will do */
  gboolean open_start; /* letters may stand before it: its first word is of an unspaced script */
  gboolean open_end;   /* letters may follow: likewise, or it is a prefix */
  gboolean prefix;     /* written with '*' */
  guint character;     /* where it stands in the query, from 1 */
} TruceTerm;

/* A regular expression and where it is looked for. */
typedef struct {
  TruceField field;
  TrucePattern *pattern;
} TruceExpression;

typedef enum {
  TRUCE_NODE_TERM,
  TRUCE_NODE_EXPRESSION,
  TRUCE_NODE_NEAR, /* two children, each a term or an OR of such */
  TRUCE_NODE_AND,
  TRUCE_NODE_OR,
  TRUCE_NODE_NOT,
} TruceNodeKind;

static inline gboolean
truce_node_kind_is_leaf (TruceNodeKind kind)
{
  return kind == TRUCE_NODE_TERM || kind == TRUCE_NODE_EXPRESSION;
}

typedef struct {
  TruceNodeKind kind;
  guint index;         /* of a term or an expression, in the query's array of them */
  guint between;       /* of NEAR: words that may stand between */
  guint character;     /* where it stands in the query, from 1 */
  GPtrArray *children; /* TruceNode *; NULL for a leaf */
} TruceNode;

struct _TruceQuery {
  char *text;
  GPtrArray *terms;    /* TruceTerm * */
  GArray *expressions; /* TruceExpression */
  TruceNode *root;
};

TruceNode *truce_node_new (TruceNodeKind kind, guint character);
void truce_node_free (TruceNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceNode, truce_node_free)
void truce_term_free (TruceTerm *term);

/* A part of truce_query_reading(). (transfer full) */
char *truce_query_node_reading (const TruceQuery *query, const TruceNode *node);

/* query_parse.c: fills terms and root. */
gboolean truce_query_read (TruceQuery *query, GError **error);

/* query_check.c: does every match need a positive term, and can there be one? */
gboolean truce_query_check (const TruceQuery *query, GError **error);

/* Sets `error` to "character N: ..." */
void truce_query_set_error (GError **error, TruceQueryError code, guint character, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

const TruceTerm *truce_query_term (const TruceQuery *query, guint index);

G_END_DECLS
