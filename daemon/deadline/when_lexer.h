/* SPDX-License-Identifier: MIT */
/* when_lexer.h: a date statement as numbers, words and signs. Private to this room. */
#pragma once

#include "deadline/when.h"

G_BEGIN_DECLS

typedef enum {
  WHEN_TOKEN_END,
  WHEN_TOKEN_NUMBER,
  WHEN_TOKEN_WORD, /* letters, and the dots and apostrophes among and behind them: "Aug.", "a.m." */
  WHEN_TOKEN_SIGN, /* any other character; the dashes and the minus of Unicode read as '-' */
} WhenTokenKind;

#define WHEN_WORD_SIZE 24 /* the longest word of the language, "approximately", with room */

typedef struct {
  WhenTokenKind kind;
  const char *start;
  gsize length;
  gboolean spaced; /* after white space */
  gint64 number;
  guint n_digits;
  char sign;
  char word[WHEN_WORD_SIZE]; /* lower case without dots; "" for none of the language's: long or foreign */
} WhenToken;

/* A value: copy it to look ahead. `token` is the one to be read next. */
typedef struct {
  const char *at; /* behind `token` */
  WhenToken token;
} WhenLexer;

void when_lexer_init (WhenLexer *lexer, const char *text);
void when_lexer_next (WhenLexer *lexer);
/* Goes on at `at`, when something was read from the text itself. */
void when_lexer_jump (WhenLexer *lexer, const char *at);

gboolean when_lexer_is_word (const WhenLexer *lexer, const char *word);
gboolean when_lexer_is_sign (const WhenLexer *lexer, char sign);
/* A sign with no white space before it. */
gboolean when_lexer_is_tight_sign (const WhenLexer *lexer, char sign);
/* A number of at most two digits, as days and hours are written. */
gboolean when_lexer_is_short_number (const WhenLexer *lexer);
/* These step over it when it is there. */
gboolean when_lexer_take_word (WhenLexer *lexer, const char *word);
gboolean when_lexer_take_sign (WhenLexer *lexer, char sign);

/* What stands at `start` up to the next white space, cut to a length fit for a message. (transfer full) */
char *when_lexer_quote (const char *start);
/* Sets the error for a token that nothing can be made of. `expected` may be NULL. Always FALSE. */
gboolean when_lexer_refuse (const WhenLexer *lexer, const char *expected, GError **error);

G_END_DECLS
