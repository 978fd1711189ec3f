/* SPDX-License-Identifier: MIT */
/* One answer from all that happens in a text: the title before the summary, main clauses before asides. */
#include "news/move_private.h"

#include <string.h>

#define HEDGE_REACH 40   /* words of a summary in which it says where it has the news from */
#define NEWS_SENTENCES 2 /* of a summary that tell the news; what follows is background */

/* What a text says, whatever milestone it is read against; dates are then counted from the day of publication in its
 * zone, and settled by its due. */
typedef struct {
  MoveAnchor anchor;
  MoveText *text;
  GArray *dates, *lengths, *cues, *events;
} Reading;

struct _TruceMoveReader {
  TruceMoveNews news;
  gboolean filled;
  Reading reading; /* of the day that was asked for last: nearly always the only one */
};

static void
reading_clear (Reading *reading)
{
  move_text_free (reading->text);
  g_array_unref (reading->dates);
  g_array_unref (reading->lengths);
  g_array_unref (reading->cues);
  g_array_unref (reading->events);
}

static MoveAnchor
anchor_of (const TruceMoveNews *news)
{
  MoveAnchor anchor = { .known = news->published != TRUCE_TIME_NONE, .day = G_MININT64 };
  int day;

  if (anchor.known) {
    anchor.day = truce_zone_day_of (news->zone, news->published);
    truce_date_from_days (anchor.day, &anchor.year, &anchor.month, &day);
  }
  return anchor;
}

static void
reading_fill (Reading *reading, const TruceMoveNews *news)
{
  reading->anchor = anchor_of (news);
  reading->text = move_text_new (news->title, news->summary);
  reading->dates = g_array_new (FALSE, FALSE, sizeof (MoveDate));
  reading->lengths = g_array_new (FALSE, FALSE, sizeof (MoveLength));
  reading->cues = g_array_new (FALSE, FALSE, sizeof (MoveCue));
  reading->events = g_array_new (FALSE, FALSE, sizeof (MoveEvent));
  move_dates_find (reading->text, &reading->anchor, reading->dates);
  move_lengths_find (reading->text, reading->lengths);
  move_cues_find (reading->text, reading->cues);
  move_events_find (reading->text, reading->cues, reading->dates, reading->events);
}

static gboolean
in_title (const Reading *reading, const MoveEvent *event)
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
is_early (const Reading *reading, const MoveEvent *event)
{
  guint i = event->sentence;

  while (i > 0 && !MOVE_SENTENCE (reading->text, i - 1)->title)
    i--;
  return event->sentence - i < NEWS_SENTENCES;
}

static const MoveEvent *
best_event (const Reading *reading, gboolean title)
{
  const MoveEvent *best = NULL;

  for (guint i = 0; i < reading->events->len; i++) {
    const MoveEvent *event = &g_array_index (reading->events, MoveEvent, i);

    if (in_title (reading, event) == title && (title || is_early (reading, event)) &&
        (!best || weight_of (event) > weight_of (best)))
      best = event;
  }
  return best;
}

static const MoveEvent *
main_event_of (const Reading *reading, TruceMoveLabel label)
{
  for (guint i = 0; i < reading->events->len; i++) {
    const MoveEvent *event = &g_array_index (reading->events, MoveEvent, i);

    if (event->label == label && !event->aside && !in_title (reading, event) && is_early (reading, event))
      return event;
  }
  return NULL;
}

/* "will extend it, diplomats say": not yet the authority's word. */
static gboolean
is_hedged (const Reading *reading, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (reading->text, event->sentence);

  for (guint i = sentence->first; i < sentence->end; i++)
    if (move_is (reading->text, i, "diplomats|sources|source|reportedly|insiders"))
      return TRUE;
  /* "to be extended", of which the summary says who has heard it */
  for (guint i = sentence->end; sentence->title && i < reading->text->tokens->len && i < sentence->end + HEDGE_REACH;
       i++)
    if (move_is (reading->text, i,
                 "diplomats|sources|reportedly|insiders|understood|agencies|looks|seems|appears|tipped"))
      return TRUE;
  return FALSE;
}

static guint
title_end (const Reading *reading)
{
  guint end = 0;

  while (end < reading->text->tokens->len &&
         MOVE_SENTENCE (reading->text, MOVE_TOKEN (reading->text, end)->sentence)->title)
    end++;
  return end;
}

/* Is a date named before token `end` that is still to come, and not as when something was said? */
static gboolean
names_coming_date (const Reading *reading, guint end)
{
  for (guint i = 0; i < reading->dates->len; i++) {
    const MoveDate *date = &g_array_index (reading->dates, MoveDate, i);

    if (date->first < end && date->end > reading->anchor.day &&
        (!date->weekday || date->first < title_end (reading) || date->governor == MOVE_BY_UNTIL ||
         date->governor == MOVE_BY_LIMIT ||
         (date->first > 2 && move_is (reading->text, date->first - 2,
                                      "begin|begins|start|starts|due|expire|expires|end|ends|set|scheduled|resume|"
                                      "resumes|vote|votes|meet|decide|"
                                      "open|opens|close|closes"))))
      return TRUE;
  }
  return FALSE;
}

/* Is a deadline, or a thing and a date, named at all? */
static gboolean
names_deadline (const Reading *reading)
{
  guint n = reading->text->tokens->len;
  gboolean thing = move_cue_in (reading->cues, MOVE_CUE_THING, 0, n) != NULL;

  if (move_cue_in (reading->cues, MOVE_CUE_SPORT, 0, n))
    return FALSE;
  if (move_cue_in (reading->cues, MOVE_CUE_DEADLINE, 0, n))
    return TRUE;
  return names_coming_date (reading, title_end (reading)) ||
         (thing &&
          (names_coming_date (reading, n) || move_cue_in (reading->cues, MOVE_CUE_PREVIEW, 0, title_end (reading))));
}

/* Must what it acts on be known for a thing that has a date? What is asked for or refused is one, whatever it is
 * called; what is told as done may be a tour or a flight, "revive" is said of anything, and delays are suffered. */
static gboolean
needs_thing (const Reading *reading, const MoveEvent *event)
{
  return event->cue->kind == MOVE_CUE_RESTORE || event->label == TRUCE_MOVE_MOVED ||
         event->label == TRUCE_MOVE_CANCELLED ||
         (move_is_noun (reading->text, event->cue) &&
          move_is (reading->text, event->cue->first, "delays|pause|pauses|freeze|halt|stay"));
}

/* A coach's contract and a cup final are extended and delayed like laws, but no authority has to do with them. */
static gboolean
is_game (const Reading *reading)
{
  guint end = title_end (reading);

  return move_cue_in (reading->cues, MOVE_CUE_SPORT, 0, end) &&
         !move_cue_in (reading->cues, MOVE_CUE_AUTHORITY, 0, end) &&
         !move_cue_in (reading->cues, MOVE_CUE_DEADLINE, 0, end);
}

/* Does the title leave it to the summary: by saying nothing, by a question, or by a name for it alone? */
static gboolean
is_open (const Reading *reading, const MoveEvent *title)
{
  return !title || (title->label == TRUCE_MOVE_MENTION &&
                    (title->weak || MOVE_SENTENCE (reading->text, title->sentence)->question));
}

/* "A timeline", "what we know": of what is known. */
static gboolean
explains (const Reading *reading)
{
  guint end = title_end (reading);

  for (guint i = 0; i < end; i++)
    if (move_is (reading->text, i, "timeline|explained|explainer|guide|faq|q&a|history|recap|factbox|why"))
      return TRUE;
  return FALSE;
}

/* What the summary tells that is news, and no background. */
static const MoveEvent *
answer_of (const Reading *reading, const MoveEvent *title)
{
  const MoveEvent *summary = best_event (reading, FALSE);

  if (!summary || summary->recap || (!title && explains (reading)))
    return NULL;
  /* "hospitals put off surgery" */
  if (!title && summary->label == TRUCE_MOVE_MOVED && !summary->known)
    return NULL;
  if (!title)
    return !summary->aside || !says_something (summary->label) ? summary : NULL;
  if (!says_something (summary->label) || summary->aside || summary->label > TRUCE_MOVE_REJECTED ||
      (summary->label == TRUCE_MOVE_MOVED && is_hedged (reading, summary)))
    return NULL;
  return summary;
}

/* The event that decides. */
static const MoveEvent *
deciding_event (const Reading *reading)
{
  const MoveEvent *title = best_event (reading, TRUE), *summary = best_event (reading, FALSE);
  const MoveEvent *moved = main_event_of (reading, TRUCE_MOVE_MOVED),
                  *proposed = main_event_of (reading, TRUCE_MOVE_PROPOSED);

  if (is_open (reading, title)) {
    const MoveEvent *answer = answer_of (reading, title);

    return answer ? answer : title;
  }
  if (title->label == TRUCE_MOVE_MOVED && title->future && proposed)
    return proposed;
  if ((title->label == TRUCE_MOVE_RESOLVED || title->label == TRUCE_MOVE_CANCELLED) && moved && !moved->recap)
    return moved;
  if (title->aside && summary && says_something (summary->label) && !summary->aside)
    return summary;
  return title;
}

static TruceMoveLabel
decide (const Reading *reading, const MoveEvent *event)
{
  if (!event)
    return names_deadline (reading) ? TRUCE_MOVE_MENTION : TRUCE_MOVE_UNRELATED;
  /* A tour is put off like a hearing. */
  if (is_game (reading) && !(event->cue->strong && event->cue->kind == MOVE_CUE_SHIFT) &&
      !move_is (reading->text, event->cue->first, "cancel|cancels|cancelled|canceled|calls|called"))
    return TRUCE_MOVE_UNRELATED;
  if (says_something (event->label) && !event->thing && needs_thing (reading, event) && reading->lengths->len == 0)
    return TRUCE_MOVE_UNRELATED;
  if (event->label == TRUCE_MOVE_MENTION && !names_deadline (reading) && !event->thing)
    return TRUCE_MOVE_UNRELATED;
  if (event->label == TRUCE_MOVE_MOVED && (event->stale || (event->recap && event->aside)) && in_title (reading, event))
    return TRUCE_MOVE_MENTION;
  /* "What to know as the moratorium ends" */
  if (event->aside && in_title (reading, event) && move_is (reading->text, 0, "what|how|why|who|when|where|here"))
    return TRUCE_MOVE_MENTION;
  if (event->label == TRUCE_MOVE_MOVED && event->future && is_hedged (reading, event))
    return TRUCE_MOVE_PROPOSED;
  return event->label;
}

static void
quote (const Reading *reading, const MoveEvent *event, const MoveDate *date, TruceMove *move)
{
  const MoveText *text = reading->text;
  guint first, last;

  if (!event) {
    const MoveCue *cue = move_cue_in (reading->cues, MOVE_CUE_DEADLINE, 0, text->tokens->len);

    first = cue ? cue->first : 0;
    last = cue ? cue->last : MOVE_SENTENCE (text, 0)->end - 1;
  } else {
    first = MIN (event->first, event->cue->first);
    last = event->cue->last;
    const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);
    if (date && date->first >= sentence->first && date->last < sentence->end) {
      first = MIN (first, date->first);
      last = MAX (last, date->last);
    } else {
      while (last + 1 < sentence->end && MOVE_TOKEN (text, last + 1)->kind != MOVE_POINT)
        last++;
    }
  }
  move->quote = g_strndup (text->bytes + MOVE_TOKEN (text, first)->start,
                           MOVE_TOKEN (text, last)->end - MOVE_TOKEN (text, first)->start);
}

/* How sure: less from a summary alone, of what is still to come, of what may have no date, and without a new one. */
static double
confidence_of (const Reading *reading, const MoveEvent *event, const TruceMove *move)
{
  double confidence = 0.95;

  if (!event)
    return 0.6;
  if (!in_title (reading, event))
    confidence -= 0.15;
  if (event->aside)
    confidence -= 0.15;
  if (event->future)
    confidence -= 0.1;
  if (move->label == TRUCE_MOVE_MOVED && !event->known)
    confidence -= 0.1;
  if (move->label == TRUCE_MOVE_MOVED && !move->stated && move->delta_days == 0)
    confidence -= 0.1;
  return confidence;
}

static TruceMove *
answer (const Reading *reading, const MoveEvent *event, TruceMoveLabel label, const TruceMoveNews *news)
{
  TruceMove *move = g_new0 (TruceMove, 1);
  MoveDate date;

  move->label = label;
  gboolean dated = move_due_read (reading->text, reading->dates, reading->lengths, event, news, move, &date);
  move->confidence = confidence_of (reading, event, move);
  if (move->label != TRUCE_MOVE_UNRELATED && reading->text->tokens->len > 0)
    quote (reading, event, dated ? &date : NULL, move);
  return move;
}

/* `reading` with its dates settled by the due of `news`; the rest is borrowed. */
static Reading
reading_settled (const Reading *reading, const TruceMoveNews *news)
{
  Reading settled = *reading;

  settled.dates = g_array_copy (reading->dates);
  move_dates_settle (reading->text, reading->lengths, &reading->anchor, move_due_day (news), settled.dates);
  return settled;
}

TruceMoveReader *
truce_move_reader_new (const TruceMoveNews *news)
{
  TruceMoveReader *reader = g_new0 (TruceMoveReader, 1);

  reader->news = *news;
  return reader;
}

static const Reading *
reader_fill (TruceMoveReader *reader)
{
  if (reader->filled && reader->reading.anchor.day != anchor_of (&reader->news).day) {
    reading_clear (&reader->reading);
    reader->filled = FALSE;
  }
  if (!reader->filled)
    reading_fill (&reader->reading, &reader->news);
  reader->filled = TRUE;
  return &reader->reading;
}

TruceMove *
truce_move_reader_read (TruceMoveReader *reader, const TruceZone *zone, const TruceSpan *due)
{
  reader->news.zone = zone;
  reader->news.due = due;
  Reading reading = reading_settled (reader_fill (reader), &reader->news);
  const MoveEvent *event = deciding_event (&reading);
  TruceMove *move = answer (&reading, event, decide (&reading, event), &reader->news);

  g_array_unref (reading.dates);
  return move;
}

void
truce_move_reader_free (TruceMoveReader *reader)
{
  if (!reader)
    return;
  if (reader->filled)
    reading_clear (&reader->reading);
  g_free (reader);
}

TruceMove *
truce_move_classify (const TruceMoveNews *news)
{
  g_autoptr (TruceMoveReader) reader = truce_move_reader_new (news);

  return truce_move_reader_read (reader, news->zone, news->due);
}

TruceMove *
move_classify_as (const TruceMoveNews *news, TruceMoveLabel label)
{
  g_autoptr (TruceMoveReader) reader = truce_move_reader_new (news);
  Reading reading = reading_settled (reader_fill (reader), news);
  const MoveEvent *event = deciding_event (&reading);

  for (guint i = 0; i < reading.events->len && (!event || event->label != label); i++) {
    const MoveEvent *other = &g_array_index (reading.events, MoveEvent, i);

    if (other->label == label)
      event = other;
  }
  TruceMove *move = answer (&reading, event, label, news);
  g_array_unref (reading.dates);
  return move;
}

void
truce_move_free (TruceMove *move)
{
  if (!move)
    return;
  g_free (move->quote);
  g_free (move);
}

const char *
truce_move_label_to_text (TruceMoveLabel label)
{
  static const char *const texts[] = {
    "moved", "proposed", "rejected", "resolved", "cancelled", "mention", "unrelated"
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == TRUCE_N_MOVE_LABELS);
  return texts[label];
}
