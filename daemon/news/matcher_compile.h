/* SPDX-License-Identifier: MIT */
/* matcher_compile.h: many queries made one: their terms shared, and for each term the queries that it wakes. For
 * matcher.c. */
#pragma once

#include "news/query_private.h"
#include "news/scanner.h"

G_BEGIN_DECLS

/* A list for each of several things, end to end: that of thing i is items[starts[i]] to before items[starts[i + 1]]. */
typedef struct {
  guint32 *starts;
  guint32 *items;
} TruceLists;

typedef struct {
  TruceField field;
  guint32 literal;
  gboolean prefix;
  char *exact; /* NULL: any case */
} TruceMatchTerm;

typedef struct {
  TruceNodeKind kind;
  guint32 index;       /* of a term or an expression */
  guint32 between;     /* of NEAR */
  guint32 first_child; /* its children stand side by side */
  guint32 n_children;
} TruceMatchNode;

typedef struct {
  guint n_queries;
  GArray *literals;      /* of TruceLiteral */
  GArray *terms;         /* of TruceMatchTerm */
  GArray *nodes;         /* of TruceMatchNode */
  GArray *expressions;   /* of TruceExpression */
  GArray *always;        /* of guint32: the queries that no term wakes, to be tried on every item */
  guint32 *roots;        /* of each query, in nodes */
  TruceLists of_literal; /* the terms that a literal may be */
  TruceLists wakes;      /* by term: the queries that cannot match unless one of the terms that wake them is found */
  guint fields;          /* bit TruceField: some term or expression looks there */
} TruceCompiled;

TruceCompiled *truce_compiled_new (const TruceQuery *const *queries, guint n_queries);
void truce_compiled_free (TruceCompiled *compiled);

G_END_DECLS
