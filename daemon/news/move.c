/* SPDX-License-Identifier: MIT */
/* The answer of a text: what decides it (move_decide.c), its date, its deciding words, and how sure that is. */
#include "news/move_decide_private.h"

#define QUOTE_WIDEST 24 /* tokens: a headline in Chinese has no blanks */

struct _TruceMoveReader {
  TruceMoveNews news;
  gboolean filled;
  MoveReading reading; /* of the day that was asked for last: nearly always the only one */
};

static void
reading_clear (MoveReading *reading)
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
reading_fill (MoveReading *reading, const TruceMoveNews *news)
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
  move_events_relate (reading->text, reading->events);
}

/* East Asian words are of several tokens, and written together: a quote ends where a blank or a point is. */
static void
widen_to_words (const MoveText *text, const MoveSentence *sentence, guint *first, guint *last)
{
  while (*first > sentence->first && MOVE_TOKEN (text, *first)->kind == MOVE_IDEOGRAPH &&
         MOVE_TOKEN (text, *first)->tight && MOVE_TOKEN (text, *first - 1)->kind != MOVE_POINT &&
         *last - *first < QUOTE_WIDEST)
    (*first)--;
  while (*last + 1 < sentence->end && MOVE_TOKEN (text, *last)->kind == MOVE_IDEOGRAPH &&
         MOVE_TOKEN (text, *last + 1)->tight && MOVE_TOKEN (text, *last + 1)->kind != MOVE_POINT &&
         *last - *first < QUOTE_WIDEST)
    (*last)++;
}

static void
quote (const MoveReading *reading, const MoveEvent *event, const MoveDate *date, TruceMove *move)
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
    widen_to_words (text, sentence, &first, &last);
  }
  move->quote = g_strndup (text->bytes + MOVE_TOKEN (text, first)->start,
                           MOVE_TOKEN (text, last)->end - MOVE_TOKEN (text, first)->start);
}

/* How sure: less from a summary alone, of what is still to come, of what may have no date, and without a new one. */
static double
confidence_of (const MoveReading *reading, const MoveEvent *event, const TruceMove *move)
{
  double confidence = 0.95;

  if (!event)
    return 0.6;
  if (!move_in_title (reading, event))
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
answer (const MoveReading *reading, const MoveEvent *event, TruceMoveLabel label, const TruceMoveNews *news)
{
  TruceMove *move = g_new0 (TruceMove, 1);
  MoveDate date;

  move->label = label;
  gboolean dated = move_due_read (reading->text, reading->dates, reading->lengths, event, news, move, &date);
  move->back = event && move_goes_back (reading->text, event, move);
  move->confidence = confidence_of (reading, event, move);
  if (move->label != TRUCE_MOVE_UNRELATED && reading->text->tokens->len > 0)
    quote (reading, event, dated ? &date : NULL, move);
  return move;
}

/* `reading` with its dates settled by the due of `news`; the rest is borrowed. */
static MoveReading
reading_settled (const MoveReading *reading, const TruceMoveNews *news)
{
  MoveReading settled = *reading;

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

static const MoveReading *
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
  MoveReading reading = reading_settled (reader_fill (reader), &reader->news);
  const MoveEvent *event = move_deciding_event (&reading);
  TruceMove *move = answer (&reading, event, move_decide (&reading, event), &reader->news);

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
  MoveReading reading = reading_settled (reader_fill (reader), news);
  const MoveEvent *event = move_deciding_event (&reading);

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
