/* SPDX-License-Identifier: MIT */
/* What each verb or noun of the lexicon comes to, by what governs it, what it acts on and where it stands. */
#include <string.h>

#include "news/move_private.h"

#define BOND_REACH 6 /* words of an object: more, and it is another phrase */

/* Is a cue of `kind` in the sentence of `of`, besides it, or in the title? */
static gboolean
beside (const MoveText *text, const GArray *cues, const MoveCue *of, MoveCueKind kind)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, of->first)->sentence);

  const MoveSentence *title = MOVE_SENTENCE (text, 0);

  return move_cue_in (cues, kind, sentence->first, of->first) ||
         move_cue_in (cues, kind, of->last + 1, sentence->end) ||
         (title->title && !sentence->title && move_cue_in (cues, kind, title->first, title->end));
}

/* Is there reason to take what it acts on for a thing that has a date? */
static gboolean
has_thing (const MoveText *text, const GArray *cues, const MoveCue *cue, MoveObject object)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return cue->strong || move_cue_in (cues, MOVE_CUE_THING, sentence->first, sentence->end) ||
           move_cue_in (cues, MOVE_CUE_DEADLINE, sentence->first, sentence->end) ||
           move_names_time (text, sentence->first, sentence->end);
  if (object == MOVE_OBJECT_THING || (cue->strong && cue->kind <= MOVE_CUE_SHIFT_PHRASE && object != MOVE_OBJECT_OTHER))
    return TRUE;
  /* "resume" and "revive" are said of anything: only of what they act on is heard */
  if (object == MOVE_OBJECT_OTHER || cue->kind == MOVE_CUE_RESTORE)
    return FALSE;
  if (cue->kind == MOVE_CUE_CANCEL && cue->strong)
    return TRUE;
  if (cue->kind == MOVE_CUE_CANCEL && object == MOVE_OBJECT_UNKNOWN)
    return move_cue_in (cues, MOVE_CUE_AUTHORITY, cue->last + 1, move_clause_end (text, cue)) != NULL;
  /* "suspends engineer" */
  if (object == MOVE_OBJECT_UNKNOWN && cue->kind == MOVE_CUE_SHIFT && !cue->strong && !move_is_noun (text, cue) &&
      move_is_held (text, cue))
    return move_names_time (text, cue->first, move_clause_end (text, cue));
  if (cue->kind == MOVE_CUE_SHIFT_NOUN && move_cue_in (cues, MOVE_CUE_DEADLINE, 0, text->tokens->len))
    return TRUE;
  /* "delays": of what nothing else is known it is said of what is to be */
  if (object == MOVE_OBJECT_UNKNOWN && sentence->title && move_is (text, cue->first, "delays"))
    return TRUE;
  return move_names_time (text, sentence->first, sentence->end) || beside (text, cues, cue, MOVE_CUE_DEADLINE) ||
         beside (text, cues, cue, MOVE_CUE_THING) ||
         move_cue_in (cues, MOVE_CUE_AUTHORITY, sentence->first, cue->first);
}

/* "as deadline expires", with no date to come. */
static gboolean
runs_out (const MoveText *text, const MoveCue *cue)
{
  return (cue->form == MOVE_FORM_S || (cue->last > cue->first && move_is (text, cue->last, "ends|ended"))) &&
         !move_names_time (text, cue->last + 1, move_clause_end (text, cue));
}

/* "suspends the ceasefire": what keeps the peace, or the bargain, is over without a time at which it goes on. */
static gboolean
breaks_bond (const MoveText *text, const MoveCue *cue)
{
  guint end = move_clause_end (text, cue);

  if (cue->kind != MOVE_CUE_SHIFT || cue->strong || !move_is_held (text, cue) ||
      move_names_time (text, cue->last + 1, end))
    return FALSE;
  for (guint i = cue->last + 1; i < end && i <= cue->last + BOND_REACH; i++) {
    if (move_is (text, i, "truce|ceasefire|armistice|treaty|pact|accord|agreement") &&
        !move_is (text, i + 1, "talks|negotiations|vote|plan|signing|breach"))
      return TRUE;
    if (move_is (text, i, "of|for|on|to|over|under|in|at|until|as|and|or|amid"))
      return FALSE;
  }
  return FALSE;
}

static gboolean
names_talks (const MoveText *text, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (move_is (text, i, "talks|negotiations|bargaining|discussions"))
      return !move_is (text, i - 1, "merger|takeover|buyout|sale|acquisition") &&
             !move_is (text, i + 2, "merger|takeover|buyout|sale|acquisition");
  return FALSE;
}

/* 谈判破裂, 협상 결렬 */
static gboolean
breaks_cjk_talks (const MoveText *text, const MoveCue *cue)
{
  static const char *const talks[] = { "谈判", "談判", "会谈", "會談", "협상", "교섭", "회담", NULL };
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);
  const char *begin = text->bytes + MOVE_TOKEN (text, sentence->first)->start,
             *verb = text->bytes + MOVE_TOKEN (text, cue->first)->start;

  if (!g_str_has_prefix (verb, "破裂") && !g_str_has_prefix (verb, "결렬"))
    return FALSE;
  for (guint i = 0; talks[i]; i++)
    if (g_strstr_len (begin, verb - begin, talks[i]))
      return TRUE;
  return FALSE;
}

/* "talks collapse", "quits talks", "suspends negotiations": what they were to settle by a date still has that date; a
 * merger that is talked of no more is off. */
static gboolean
breaks_talks (const MoveText *text, const MoveCue *cue)
{
  static MoveWords failures =
      MOVE_WORDS_INIT ("collapse|collapses|collapsed|collapsing|break|breaks|broke|broken|breaking|fall|falls|fell|"
                       "unravel|unravels|unravelled|unraveled");
  static MoveWords departures = MOVE_WORDS_INIT (
      "quit|quits|quitting|walk|walks|walked|pull|pulls|pulled|withdraw|withdraws|withdrew|leave|leaves");
  const guint end = move_clause_end (text, cue), behind = MIN (end, cue->last + 1 + BOND_REACH);
  gboolean aside;

  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return breaks_cjk_talks (text, cue);
  if (move_is_of (text, cue->first, &failures))
    return names_talks (text, move_clause_begin (text, cue->first, &aside), cue->first) ||
           names_talks (text, cue->last + 1, behind);
  return (move_is_held (text, cue) || move_is_of (text, cue->first, &departures)) &&
         !move_is (text, cue->last, "plug") && !move_names_time (text, cue->last + 1, end) &&
         names_talks (text, cue->last + 1, behind);
}

/* "How the strike was averted", "Inside the merger that fell apart": told once more. */
static gboolean
is_retold (const MoveText *text, const MoveCue *cue)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  return sentence->title && move_is (text, sentence->first, "how|why|inside");
}

/* Of a deal: that it is to be made is only a plan. */
static TruceMoveLabel
label_of_resolution (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  if (mood->label == TRUCE_MOVE_REJECTED && !mood->failed)
    return TRUCE_MOVE_REJECTED;
  if (mood->label != TRUCE_MOVE_MOVED || is_retold (text, cue))
    return TRUCE_MOVE_MENTION;
  return mood->future ? TRUCE_MOVE_PROPOSED : TRUCE_MOVE_RESOLVED;
}

static TruceMoveLabel
label_of_end (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  if (mood->label == TRUCE_MOVE_MOVED)
    return breaks_talks (text, cue) || is_retold (text, cue) ? TRUCE_MOVE_MENTION : TRUCE_MOVE_CANCELLED;
  if (mood->pleaded || mood->wished)
    return TRUCE_MOVE_PROPOSED;
  return mood->label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_REJECTED : TRUCE_MOVE_MENTION;
}

/* What runs out by itself has ended once that is told as past, in the title or right behind it; in a title also as
 * something that happens now. */
static TruceMoveLabel
label_of_lapse (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  guint sentence = MOVE_TOKEN (text, cue->first)->sentence;
  gboolean title = MOVE_SENTENCE (text, sentence)->title;
  gboolean first = title || (sentence > 0 && MOVE_SENTENCE (text, sentence - 1)->title);

  if (mood->label != TRUCE_MOVE_MOVED || mood->future)
    return TRUCE_MOVE_MENTION;
  return (first && cue->form == MOVE_FORM_PAST) ||
                 (title && (runs_out (text, cue) || move_is (text, cue->last, "over|end")))
             ? TRUCE_MOVE_CANCELLED
             : TRUCE_MOVE_MENTION;
}

static TruceMoveLabel
label_of_move (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  if (mood->label != TRUCE_MOVE_MOVED)
    return mood->label;
  if (breaks_talks (text, cue))
    return TRUCE_MOVE_MENTION;
  return breaks_bond (text, cue) ? TRUCE_MOVE_CANCELLED : TRUCE_MOVE_MOVED;
}

static TruceMoveLabel
label_of (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  gboolean fact = mood->label == TRUCE_MOVE_MOVED;

  switch (cue->kind) {
  case MOVE_CUE_RESTORE:
    return fact ? TRUCE_MOVE_MENTION : mood->label;
  case MOVE_CUE_STAND:
    return fact && MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->title ? TRUCE_MOVE_REJECTED
                                                                                        : TRUCE_MOVE_MENTION;
  case MOVE_CUE_RESOLVE:
    return label_of_resolution (text, cue, mood);
  case MOVE_CUE_CANCEL:
    return label_of_end (text, cue, mood);
  case MOVE_CUE_LAPSE:
    return label_of_lapse (text, cue, mood);
  default:
    return label_of_move (text, cue, mood);
  }
}

/* "to extend", "to be extended" */
static gboolean
is_infinitive (const MoveText *text, const MoveCue *cue, guint begin)
{
  guint first = cue->first;

  if (first > begin + 1 && move_is (text, first - 1, "be"))
    first--;
  return first > begin && move_is (text, first - 1, "to");
}

static void
judge (const MoveText *text, const GArray *cues, const GArray *dates, const MoveCue *cue, MoveEvent *event)
{
  MovePlace place = { .text = text,
                      .dates = dates,
                      .cue = cue,
                      .sentence = MOVE_SENTENCE (text, event->sentence),
                      .noun = move_is_noun (text, cue) };

  place.begin = move_clause_begin (text, cue->first, &event->aside);
  place.end = move_clause_end (text, cue);
  place.infinitive = is_infinitive (text, cue, place.begin);
  move_mood_hear (text, cues, cue, place.begin, place.end, &place.mood);
  event->future = place.mood.future || (place.infinitive && place.mood.n == 0) ||
                  (cue->first > 0 && move_is (text, cue->first - 1, "face|faces|facing"));
  place.mood.future = event->future;
  event->recap = move_is_recap (text, cue, dates);
  event->granted = place.mood.granted;
  event->stale = move_is_stale (text, cue);
  event->weak = (place.noun || cue->form == MOVE_FORM_ING) && place.mood.n == 0;
  event->first = place.mood.first;
  MoveObject object = move_object_of (text, cues, cue, place.begin);
  event->thing = has_thing (text, cues, cue, object);
  event->known = object == MOVE_OBJECT_THING;
  event->label = object == MOVE_OBJECT_OTHER && cue->kind <= MOVE_CUE_SHIFT_NOUN
                     ? TRUCE_MOVE_UNRELATED
                     : move_overrule (&place, label_of (text, cue, &place.mood));
  /* "gives them until Friday to file": the summary tells whether that is later than before */
  event->weak = event->weak || (event->label == TRUCE_MOVE_MENTION && move_is_ultimatum (&place));
}

/* "agree to extend the deal", "agree to terminate the deal" is no deal agreed. */
static gboolean
holds_other (const MoveText *text, const GArray *cues, const MoveCue *cue)
{
  return move_cue_in (cues, MOVE_CUE_SHIFT, cue->first + 1, cue->last + 1) ||
         move_cue_in (cues, MOVE_CUE_SHIFT_NOUN, cue->first + 1, cue->last + 1) ||
         (move_is (text, cue->first, "agree|agrees|agreed") && /* but not "strike called off" */
          move_cue_in (cues, MOVE_CUE_CANCEL, cue->first + 1, cue->last + 1));
}

/* Is token `i` the hyphen of a compound? */
static gboolean
is_hyphen (const MoveText *text, guint i)
{
  return i + 1 < text->tokens->len && move_is (text, i, "-") && MOVE_TOKEN (text, i)->tight &&
         MOVE_TOKEN (text, i + 1)->tight;
}

/* "off-year", "delay-hit", "short-let owners until": a part of a compound is no verb. */
static gboolean
is_in_compound (const MoveText *text, const MoveCue *cue)
{
  if (cue->kind == MOVE_CUE_SHIFT && cue->last > cue->first && cue->first > 1 && is_hyphen (text, cue->first - 1))
    return TRUE;
  return !MOVE_TOKEN (text, cue->last)->dated && MOVE_TOKEN (text, cue->last)->kind == MOVE_WORD &&
         is_hyphen (text, cue->last + 1);
}

/* "wait" is a move only in "a two-month wait" or where something is to: "can wait". */
static gboolean
is_mere_wait (const MoveText *text, const MoveCue *cue)
{
  return cue->last == cue->first && move_is (text, cue->first, "wait") &&
         (cue->first == 0 || !(MOVE_TOKEN (text, cue->first - 1)->dated ||
                               move_is (text, cue->first - 1, "can|should|must|could|may|longer")));
}

void
move_events_find (const MoveText *text, const GArray *cues, const GArray *dates, GArray *events)
{
  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, i);

    if (cue->kind > MOVE_CUE_LAPSE || is_in_compound (text, cue) || is_mere_wait (text, cue) ||
        (cue->kind == MOVE_CUE_RESOLVE && holds_other (text, cues, cue)))
      continue;
    MoveEvent event = { .cue = cue, .sentence = MOVE_TOKEN (text, cue->first)->sentence };
    judge (text, cues, dates, cue, &event);
    g_array_append_val (events, event);
  }
}
