/* SPDX-License-Identifier: MIT */
/* move_role_private.h: what the roles of dates are told by: the words before them. move_head.c */
#pragma once

#include "news/move_private.h"

G_BEGIN_DECLS

#define MOVE_REACH 14 /* words between a date and what it hangs on: beyond, they belong to different phrases */

typedef enum {
  MOVE_HEAD_NONE,  /* no such word, or "said", "decided": the day on which that was */
  MOVE_HEAD_NEW,   /* "now", "the new deadline" */
  MOVE_HEAD_OLD,   /* "originally", "is due": the date that something has or had */
  MOVE_HEAD_WILL,  /* "will be held" */
  MOVE_HEAD_SHIFT, /* "extended" */
  MOVE_HEAD_RECAP, /* "had been extended" */
} MoveHead;

/* What lets something last, or gives somebody time ("a|b"). */
extern MoveWords move_lasting_words;

guint move_sentence_first (const MoveText *text, guint i);
guint move_sentence_end (const MoveText *text, guint i);
/* Is one of `words` among the `reach` tokens before `i`, within its phrase? */
gboolean move_has_one_before (const MoveText *text, guint i, guint reach, MoveWords *words);
#define move_has_before(text, i, reach, list) move_has_one_before (text, i, reach, MOVE_WORDS (list))
gboolean move_is_shift (const MoveText *text, guint i);
/* "new deadline", "revised start date": is token `i` the last word of such? */
gboolean move_is_new_moment (const MoveText *text, guint i);
/* "has already been extended": what is told as known. */
gboolean move_is_told_before (const MoveText *text, guint i);
/* Is token `i` a word for a point in time: "deadline", "launch"? */
gboolean move_is_moment (const MoveText *text, guint i);
/* What a date, or the preposition at `at` before it, hangs on: the nearest word before it that tells. */
MoveHead move_find_head (const MoveText *text, guint at);

G_END_DECLS
