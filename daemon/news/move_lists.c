/* SPDX-License-Identifier: MIT */
/* Lists of words that more than one place asks for, so that each place knows the same of them. */
#include "news/move_private.h"

MoveWords move_originally = MOVE_WORDS_INIT ("originally|initially|previously|formerly");

MoveWords move_slated = MOVE_WORDS_INIT ("due|scheduled|slated|set|supposed|meant|expected|planned|intended");

MoveWords move_giving = MOVE_WORDS_INIT ("give|gives|gave|given|giving");

MoveWords move_shift_nouns =
    MOVE_WORDS_INIT ("extension|extensions|delay|delays|reprieve|postponement|deferral|deferment|flextension|renewal|"
                     "rollover|prolongation|adjournment|rescheduling");

MoveWords move_explainers = MOVE_WORDS_INIT ("explainer|explained|analysis|opinion|comment|editorial|faq|factbox|"
                                             "timeline|podcast|letters|guide|history|recap|why");

static MoveWords periods = MOVE_WORDS_INIT ("week|month|year|spring|summer|autumn|fall|winter");

gboolean
move_is_last_period (const MoveText *text, guint i)
{
  return move_is (text, i, "last") && move_is_of (text, i + 1, &periods);
}

gboolean
move_is_extending (const MoveText *text, guint i)
{
  return g_str_has_prefix (MOVE_TOKEN (text, i)->word, "exten");
}
