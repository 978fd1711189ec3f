/* SPDX-License-Identifier: MIT */
/* query.h: the keyword language of `match` (DESIGN section 8, truced-query(7)).
 *
 *   truce "rare earth" divest*      all of them: a word, a phrase, the beginning of a word (2 letters or more)
 *   truce | tariff, truce OR tariff any of them
 *   -steel, NOT steel               not that. It binds more tightly than AND, and AND more tightly than OR
 *   (truce | tariff*) China         parentheses; AND may be written out
 *   =AI, ="May Day"                 exact case
 *   title:truce, title:(a | b)      in one field: title, summary, author, url; feed: and tag: compare the id or tag
 * whole
 *
 * A term is one or several words in the sense of news/fold.h, side by side in that order, in the title or the summary,
 * never from one into the other. So a bare term with punctuation inside is a phrase: `US-China` is "us china" and finds
 * "US-China", "U.S.-China" and "US China"; `rare-earth` and "rare earth" are the same; `China` finds "China's"; `AI`
 * does not find "said". Full stops between single letters vanish: `US` finds "U.S." (and the pronoun: write `=US`).
 * Han, Hangul, Kana (and Thai and its neighbours) are found anywhere inside a run of such letters: `틱톡` finds
 * "틱톡을". Quotes, minus and parentheses may be the typographic or full-width ones. Operators in words are upper case.
 *
 *   truce NEAR/5 (extend* | prolong*)   in the same text, in either order, with at most 5 words between; NEAR
 * alone: 10. In scripts without spaces two letters count as a word. Binds most tightly /tariffs? (of|at) \d+ ?%/i a
 * regular expression (news/pattern.h), in the title or in the summary
 *
 * In a phrase, a Korean particle may stand behind an inner word: "희토류 수출" finds "희토류의 수출". */
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
#define TRUCE_QUERY_NEAR_MAX 100      /* words: more is a whole article, for which AND will do */
#define TRUCE_QUERY_EXPRESSIONS_MAX 8 /* each is tried on every item that the rest of the query does not rule out */

/* NULL and an error with the character's number (from 1) for a query that does not parse, that has no positive term
 * (it would match nearly everything), or that can never match. */
TruceQuery *truce_query_parse (const char *text, GError **error);
void truce_query_free (TruceQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceQuery, truce_query_free)

/* What it can hardly mean, a text each, with the character's number: that a word is enough for it which nearly
 * everything has, or that feed: and tag: name none of `ids` and `tags`, which the feeds have that it is asked of
 * (NULL-terminated). (element-type utf8) (transfer full) */
GPtrArray *truce_query_doubts (const TruceQuery *query, const char *const *ids, const char *const *tags);

const char *truce_query_text (const TruceQuery *query);

/* How the query was understood, in a form that shows every operator and the words as they are compared:
 * `(truce OR tariff*) AND "rare earth" AND NOT title:steel`; `*` is where more letters may stand, `=` is exact case.
 * (transfer full) */
char *truce_query_reading (const TruceQuery *query);

G_END_DECLS
