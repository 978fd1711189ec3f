/* SPDX-License-Identifier: MIT */
/* query_parser.h: what the grammar (query_parse.c) and the words (query_term.c) of a query share while it is read. */
#pragma once

#include "news/fold.h"
#include "news/query_private.h"

G_BEGIN_DECLS

typedef struct {
  TruceQuery *query;
  const char *at;
  guint depth;
  TruceField field; /* of the parentheses we are in */
  TruceFolded folded;
  GError **error;
} TruceQueryParser;

/* The number of the character at `where`, from 1. */
guint truce_query_parser_character (const TruceQueryParser *parser, const char *where);

#define truce_query_parser_fail(parser, where, ...)                                                               \
  truce_query_set_error ((parser)->error, TRUCE_QUERY_ERROR_SYNTAX, truce_query_parser_character (parser, where), \
                         __VA_ARGS__)

/* The character at `at`, its typographic and full-width kinds taken for the one that the language knows. */
gunichar truce_query_sign_at (const char *at);

/* Is there a blank, a parenthesis, a quote, a bar or the end at `at`? */
gboolean truce_query_ends_word (const char *at);

/* Each reads what stands at `at`, which it steps over: a word, a phrase in quotes, an expression in slashes. `where` is
 * where it begins with its field and sign. NULL when an error was set. (transfer full) */
TruceNode *truce_query_parse_word (TruceQueryParser *parser, TruceField field, gboolean exact, const char *where);
TruceNode *truce_query_parse_phrase (TruceQueryParser *parser, TruceField field, gboolean exact, const char *where);
TruceNode *truce_query_parse_expression (TruceQueryParser *parser, TruceField field, const char *where);

G_END_DECLS
