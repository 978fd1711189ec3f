/* SPDX-License-Identifier: MIT */
/* query.h: the keyword language of `match` (DESIGN section 8, truced-query(7)). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TruceQuery TruceQuery; /* immutable */

#define TRUCE_QUERY_ERROR (truce_query_error_quark ())
GQuark truce_query_error_quark (void);
typedef enum {
  TRUCE_QUERY_ERROR_SYNTAX, /* the message says where: "character 12: ..." */
  TRUCE_QUERY_ERROR_LIMIT,
} TruceQueryError;

#define TRUCE_QUERY_TEXT_MAX 8192 /* bytes */
#define TRUCE_QUERY_DEPTH_MAX 32  /* parentheses; deeper is no person's query */
#define TRUCE_QUERY_TERMS_MAX 1024

/* NULL and an error with the character's number (from 1) for a query that does not parse, that has no positive term
 * (it would match nearly everything), or that can never match. */
TruceQuery *truce_query_parse (const char *text, GError **error);
void truce_query_free (TruceQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceQuery, truce_query_free)

const char *truce_query_text (const TruceQuery *query);

G_END_DECLS
