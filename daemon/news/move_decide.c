/* SPDX-License-Identifier: MIT */
/* What decides of all that happens in a text: the title before the summary, main clauses before asides. */
#include "news/move_decide_private.h"

#define HEDGE_REACH 40   /* words of a summary in which it says where it has the news from */
#define NEWS_SENTENCES 2 /* of a summary that tell the news; what follows is background */

gboolean
move_in_title (const MoveReading *reading, const MoveEvent *event)
{
  return MOVE_SENTENCE (reading->text, event->sentence)->title;
}

static gboolean
says_something (TruceMoveLabel label)
{
  return label <= TRUCE_MOVE_CANCELLED;
}

/* What decides between events of one part: a main clause before an aside, then a move before what else is told, then
 * the earlier. */
static int
weight_of (const MoveEvent *event)
{
  if (event->label == TRUCE_MOVE_UNRELATED)
    return 1;
  if (!says_something (event->label))
    return event->known ? 2 : 0;
  return (event->aside ? 4 : 8) +
         (event->label <= TRUCE_MOVE_REJECTED && event->thing && event->cue->kind <= MOVE_CUE_STAND ? 2 : 0);
}

/* Is it where a summary tells its news: in the first sentences? */
static gboolean
is_early (const MoveReading *reading, const MoveEvent *event)
{
  guint i = event->sentence;

  while (i > 0 && !MOVE_SENTENCE (reading->text, i - 1)->title)
    i--;
  return event->sentence - i < NEWS_SENTENCES;
}

static const MoveEvent *
best_event (const MoveReading *reading, gboolean title)
{
  const MoveEvent *best = NULL;

  for (guint i = 0; i < reading->events->len; i++) {
    const MoveEvent *event = &g_array_index (reading->events, MoveEvent, i);

    if (move_in_title (reading, event) == title && (title || is_early (reading, event)) &&
        (!best || weight_of (event) > weight_of (best)))
      best = event;
  }
  return best;
}

static const MoveEvent *
main_event_of (const MoveReading *reading, TruceMoveLabel label)
{
  for (guint i = 0; i < reading->events->len; i++) {
    const MoveEvent *event = &g_array_index (reading->events, MoveEvent, i);

    if (event->label == label && !event->aside && !move_in_title (reading, event) && is_early (reading, event))
      return event;
  }
  return NULL;
}

/* "will extend it, diplomats say": not yet the authority's word. Of a title the summary tells who has heard it. */
static gboolean
is_hedged (const MoveReading *reading, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (reading->text, event->sentence);
  guint end = sentence->title ? MIN (sentence->end + HEDGE_REACH, reading->text->tokens->len) : sentence->end;

  for (guint i = sentence->first; i < end; i++)
    if (move_is (reading->text, i,
                 "diplomats|sources|source|reportedly|insiders|understood|agencies|looks|seems|appears|tipped"))
      return TRUE;
  return FALSE;
}

static guint
title_end (const MoveReading *reading)
{
  guint end = 0;

  while (end < reading->text->tokens->len &&
         MOVE_SENTENCE (reading->text, MOVE_TOKEN (reading->text, end)->sentence)->title)
    end++;
  return end;
}

static gboolean
title_names (const MoveReading *reading, MoveCueKind kind)
{
  return move_cue_in (reading->cues, kind, 0, title_end (reading)) != NULL;
}

/* A weekday is as a rule the day on which something was said, but not in a title, behind "until" or "by", or behind
 * what begins or ends on it. */
static gboolean
is_appointment (const MoveReading *reading, const MoveDate *date)
{
  return !date->weekday || date->first < title_end (reading) || date->governor == MOVE_BY_UNTIL ||
         date->governor == MOVE_BY_LIMIT ||
         (date->first > 2 && move_is (reading->text, date->first - 2,
                                      "begin|begins|start|starts|due|expire|expires|end|ends|set|scheduled|resume|"
                                      "resumes|vote|votes|meet|decide|open|opens|close|closes"));
}

/* Is a date named before token `end` that is still to come, and not as when something was said? */
static gboolean
names_coming_date (const MoveReading *reading, guint end)
{
  for (guint i = 0; i < reading->dates->len; i++) {
    const MoveDate *date = &g_array_index (reading->dates, MoveDate, i);

    if (date->first < end && date->end > reading->anchor.day && is_appointment (reading, date))
      return TRUE;
  }
  return FALSE;
}

/* "Minister urges trade talks": what an authority does about a thing that begins or ends by a date, though nothing is
 * told to move. */
static gboolean
names_timed_matter (const MoveReading *reading)
{
  guint end = title_end (reading);

  if (!title_names (reading, MOVE_CUE_AUTHORITY) || title_names (reading, MOVE_CUE_DECOY))
    return FALSE;
  for (guint i = 0; i < end; i++)
    if (move_is (reading->text, i,
                 "tariff|tariffs|levy|levies|duty|duties|cap|emergency|sanctions|ban|bans|deal|amnesty|talks|treaty|"
                 "pact|permit|permits|loan|takeover|merger|"
                 "sale|quota|quotas|embargo|lockdown|curfew|election|elections|referendum|polls|extension|extensions"))
      return TRUE;
  return FALSE;
}

/* Is a deadline, or a thing and a date, named at all? */
static gboolean
names_deadline (const MoveReading *reading)
{
  guint n = reading->text->tokens->len;
  gboolean thing = move_cue_in (reading->cues, MOVE_CUE_THING, 0, n) != NULL;

  if (move_cue_in (reading->cues, MOVE_CUE_SPORT, 0, n))
    return FALSE;
  if (move_cue_in (reading->cues, MOVE_CUE_DEADLINE, 0, n))
    return TRUE;
  if (names_timed_matter (reading))
    return TRUE;
  return names_coming_date (reading, title_end (reading)) ||
         (thing && (names_coming_date (reading, n) || title_names (reading, MOVE_CUE_PREVIEW)));
}

/* Must what it acts on be known for a thing that has a date? What is asked for or refused is one, whatever it is
 * called; what is told as done may be a tour or a flight, and "revive" is said of anything. */
static gboolean
needs_thing (const MoveReading *reading, const MoveEvent *event)
{
  return event->cue->kind == MOVE_CUE_RESTORE || event->label == TRUCE_MOVE_MOVED ||
         event->label == TRUCE_MOVE_CANCELLED;
}

/* A coach's contract and a cup final are extended and delayed like laws, but no authority has to do with them. */
static gboolean
is_game (const MoveReading *reading)
{
  return title_names (reading, MOVE_CUE_SPORT) && !title_names (reading, MOVE_CUE_AUTHORITY) &&
         !title_names (reading, MOVE_CUE_DEADLINE);
}

/* Is it who owns a club? */
static gboolean
is_ownership (const MoveReading *reading, const MoveEvent *event)
{
  for (guint i = 0; event->cue->kind == MOVE_CUE_RESOLVE && i < title_end (reading); i++)
    if (move_is (reading->text, i, "stake|takeover|buyout|ownership"))
      return TRUE;
  return FALSE;
}

/* "grants the striker a one-year extension": of his contract, wherever the text says so. */
static gboolean
is_player_deal (const MoveReading *reading, const MoveEvent *event)
{
  gboolean contract = FALSE;

  if (event->label > TRUCE_MOVE_MENTION || !move_is_extending (reading->text, event->cue->first) ||
      !move_cue_in (reading->cues, MOVE_CUE_SPORT, 0, reading->text->tokens->len))
    return FALSE;
  for (guint i = 0; i < reading->text->tokens->len; i++)
    contract = contract || move_is (reading->text, i, "contract|contracts");
  return contract;
}

/* Is it said of what is not known to have a date, or known to have none? */
static gboolean
is_unfounded (const MoveReading *reading, const MoveEvent *event)
{
  return event->label == TRUCE_MOVE_UNRELATED ||
         (says_something (event->label) && !event->thing && needs_thing (reading, event) && reading->lengths->len == 0);
}

/* Does the title leave it to the summary: by what may be no deadline's, by a question, or by a name for it alone? */
static gboolean
is_open (const MoveReading *reading, const MoveEvent *title)
{
  return is_unfounded (reading, title) ||
         (title->label == TRUCE_MOVE_MENTION && (title->weak || title->cue->kind == MOVE_CUE_RESTORE ||
                                                 MOVE_SENTENCE (reading->text, title->sentence)->question));
}

/* "A timeline", "what we know": of what is known. */
static gboolean
explains (const MoveReading *reading)
{
  guint end = title_end (reading);

  for (guint i = 0; i < end; i++)
    if (move_is_of (reading->text, i, &move_explainers))
      return TRUE;
  return FALSE;
}

/* Does its sentence name a deadline, or a time, beside it? */
static gboolean
names_its_time (const MoveReading *reading, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (reading->text, event->sentence);

  return move_cue_in (reading->cues, MOVE_CUE_DEADLINE, sentence->first, sentence->end) ||
         move_names_time (reading->text, event->cue->last, sentence->end);
}

/* What decides where the title says nothing: what the summary tells that is news, and no background; NULL for none. */
static const MoveEvent *
event_of_summary (const MoveReading *reading)
{
  const MoveEvent *summary = best_event (reading, FALSE);

  if (!summary || summary->recap || explains (reading))
    return NULL;
  /* "Stocks fall as the deadline nears": the summary tells of gains that they extend, and the deadline stays */
  if (summary->label == TRUCE_MOVE_UNRELATED && title_names (reading, MOVE_CUE_DEADLINE))
    return NULL;
  /* "hospitals put off surgery" */
  if (summary->label == TRUCE_MOVE_MOVED && !summary->known && !names_its_time (reading, summary))
    return NULL;
  return summary->aside && says_something (summary->label) ? NULL : summary;
}

/* What decides beside a title that leaves it open; NULL for nothing better than the title. */
static const MoveEvent *
event_beside (const MoveReading *reading, const MoveEvent *title)
{
  const MoveEvent *summary = best_event (reading, FALSE);
  gboolean unfounded = is_unfounded (reading, title);

  if (!summary || summary->recap || summary->aside || summary->label > TRUCE_MOVE_REJECTED)
    return NULL;
  if (unfounded && title_names (reading, MOVE_CUE_SPORT))
    return NULL;
  /* What is no deadline's by its title is one only where the summary names its time. */
  if ((unfounded || title->cue->kind == MOVE_CUE_RESTORE) &&
      !(summary->known && summary->label != TRUCE_MOVE_PROPOSED && names_its_time (reading, summary)))
    return NULL;
  return summary;
}

/* "seeks an extension", "responds to requests for an extension": what the answer is, the summary may tell; NULL when it
 * does not. */
static const MoveEvent *
answer_to_request (const MoveReading *reading, const MoveEvent *title)
{
  const MoveEvent *moved = main_event_of (reading, TRUCE_MOVE_MOVED),
                  *rejected = main_event_of (reading, TRUCE_MOVE_REJECTED);

  if (title->label != TRUCE_MOVE_PROPOSED || title->cue->kind != MOVE_CUE_SHIFT_NOUN)
    return NULL;
  if (moved && moved->granted && !moved->recap && !moved->stale && names_its_time (reading, moved) &&
      !is_hedged (reading, moved))
    return moved;
  return rejected && rejected->cue->kind <= MOVE_CUE_SHIFT_NOUN ? rejected : NULL;
}

/* "Deal signed", of which the summary tells that it moves a date; NULL when it does not. */
static const MoveEvent *
move_by_the_way (const MoveReading *reading, const MoveEvent *title)
{
  const MoveEvent *moved = main_event_of (reading, TRUCE_MOVE_MOVED);

  return (title->label == TRUCE_MOVE_RESOLVED || title->label == TRUCE_MOVE_CANCELLED) && moved && !moved->recap &&
                 moved->known && names_its_time (reading, moved)
             ? moved
             : NULL;
}

/* "To extend the truce", which the summary tells to be only a plan; NULL when it does not. */
static const MoveEvent *
plan_behind (const MoveReading *reading, const MoveEvent *title)
{
  return (title->label == TRUCE_MOVE_MOVED || title->label == TRUCE_MOVE_CANCELLED) && title->future
             ? main_event_of (reading, TRUCE_MOVE_PROPOSED)
             : NULL;
}

/* The event that decides. */
const MoveEvent *
move_deciding_event (const MoveReading *reading)
{
  const MoveEvent *title = best_event (reading, TRUE), *summary = best_event (reading, FALSE), *better;

  if (!title)
    return event_of_summary (reading);
  if (is_open (reading, title))
    better = event_beside (reading, title);
  else if (!(better = plan_behind (reading, title)) && !(better = answer_to_request (reading, title)) &&
           !(better = move_by_the_way (reading, title)) && title->aside && summary && says_something (summary->label) &&
           !summary->aside)
    better = summary;
  return better ? better : title;
}

/* "extend the truce until June 30", told in November: whatever moved then is no news. */
static gboolean
is_over (const MoveReading *reading, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (reading->text, event->sentence);
  gboolean over = FALSE;

  for (guint i = 0; i < reading->dates->len; i++) {
    const MoveDate *date = &g_array_index (reading->dates, MoveDate, i);

    if (date->end > reading->anchor.day)
      return FALSE;
    over = over || (date->past && date->precision == TRUCE_PRECISION_DAY && !date->weekday && !date->guessed &&
                    date->first > event->cue->first && date->first < sentence->end && date->governor == MOVE_BY_UNTIL);
  }
  return over && reading->anchor.known && reading->lengths->len == 0;
}

/* Is it a game's, or a player's? But a tour is put off and called off like a hearing, and who owns a club is settled
 * like any sale. */
static gboolean
is_sport (const MoveReading *reading, const MoveEvent *event)
{
  if (is_player_deal (reading, event))
    return TRUE;
  return is_game (reading) && !is_ownership (reading, event) &&
         !(event->cue->strong && event->cue->kind == MOVE_CUE_SHIFT) &&
         !move_is (reading->text, event->cue->first, "cancel|cancels|cancelled|canceled|calls|called");
}

/* A title that only recalls a move, or "What to know as the moratorium ends". */
static gboolean
is_background (const MoveReading *reading, const MoveEvent *event)
{
  if (!move_in_title (reading, event))
    return FALSE;
  return (event->label == TRUCE_MOVE_MOVED && (event->stale || (event->recap && event->aside))) ||
         (event->aside && move_is (reading->text, 0, "what|how|why|who|when|where|here"));
}

TruceMoveLabel
move_decide (const MoveReading *reading, const MoveEvent *event)
{
  if (!event)
    return names_deadline (reading) ? TRUCE_MOVE_MENTION : TRUCE_MOVE_UNRELATED;
  if (is_sport (reading, event) || event->label == TRUCE_MOVE_UNRELATED)
    return TRUCE_MOVE_UNRELATED;
  if (is_unfounded (reading, event))
    return title_names (reading, MOVE_CUE_DEADLINE) ? TRUCE_MOVE_MENTION : TRUCE_MOVE_UNRELATED;
  if (event->label == TRUCE_MOVE_MENTION && !event->thing && !names_deadline (reading))
    return TRUCE_MOVE_UNRELATED;
  if (is_background (reading, event))
    return TRUCE_MOVE_MENTION;
  if (event->label == TRUCE_MOVE_MOVED && event->future && is_hedged (reading, event))
    return TRUCE_MOVE_PROPOSED;
  if (event->label == TRUCE_MOVE_MOVED && is_over (reading, event))
    return TRUCE_MOVE_MENTION;
  return event->label;
}
