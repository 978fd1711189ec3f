/* SPDX-License-Identifier: MIT */
#include "engine/reading.h"

#include "engine/moves_private.h"
#include "engine/unsaved_private.h"

/* An item that says it was published longer ago than this is no news when it turns up: a feed that was rearranged, or a
 * publisher's archive coming through, would flood. It is marked seen. */
#define NEWS_STALE_AFTER (7 * TRUCE_DAY)
#define TURN_SHARE (4 * TRUCE_MILLISECOND) /* an answer of truced takes some turns: 50 ms is the most */

/* What one entry says of a milestone, whose date was then that. */
typedef struct {
  const TruceMilestone *milestone;
  TruceTime due, latest;
  TruceMove *move;
} Said;

struct _TruceFindings {
  GArray *hits;     /* TruceHit; NULL: not looked for yet */
  GPtrArray *words; /* of `hits`, with NULL at the end */
  char *gave_up;
  TruceMoveReader *reader; /* of its text; NULL: not needed now */
  GArray *said;            /* Said */
  TruceStorySignature signature;
  char **signed_for; /* the words that `signature` is for; NULL: none yet */
};

struct _TruceReading {
  GArray *entries; /* TruceEntry */
  GArray *seen;    /* TruceSeen */
  TruceFindings *findings;
  TruceConfig *config; /* that they are found out by */
  gboolean first;      /* the feed was never read */
  guint position;      /* before it all is found out */
};

static void
said_clear (gpointer data)
{
  truce_move_free (((Said *) data)->move);
}

static void
findings_clear (TruceFindings *findings)
{
  g_clear_pointer (&findings->hits, g_array_unref);
  g_clear_pointer (&findings->words, g_ptr_array_unref);
  g_clear_pointer (&findings->gave_up, g_free);
  g_clear_pointer (&findings->reader, truce_move_reader_free);
  g_clear_pointer (&findings->said, g_array_unref);
  g_clear_pointer (&findings->signed_for, g_strfreev);
}

TruceReading *
truce_reading_new (TruceEngine *engine, const TruceFeed *feed, const TruceBrought *brought)
{
  TruceReading *reading = g_new0 (TruceReading, 1);
  gboolean first;

  (void) truce_unread_look (engine); /* of what others have asked */
  reading->seen = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  reading->entries = truce_recognise (&engine->ports.store, feed->id, brought->items, brought->home, brought->identity,
                                      reading->seen, &first);
  reading->first = first || brought->first;
  reading->config = truce_config_ref (engine->config);
  reading->findings = g_new0 (TruceFindings, reading->entries->len);
  for (guint i = 0; i < reading->entries->len; i++)
    g_array_index (reading->entries, TruceEntry, i).findings = &reading->findings[i];
  if (truce_unread_look (engine))
    g_clear_pointer (&reading, truce_reading_free);
  return reading;
}

static void
forget (TruceReading *reading)
{
  for (guint i = 0; i < reading->entries->len; i++)
    findings_clear (&reading->findings[i]);
}

void
truce_reading_free (TruceReading *reading)
{
  if (!reading)
    return;
  forget (reading);
  g_free (reading->findings);
  g_array_unref (reading->entries);
  g_array_unref (reading->seen);
  truce_config_unref (reading->config);
  g_free (reading);
}

gboolean
truce_reading_is_news (const TruceReading *reading, const TruceFeed *feed, const TruceEntry *entry, TruceTime now)
{
  TruceTime at = truce_item_time (entry->item);

  if (entry->standing == TRUCE_ENTRY_SAME)
    return FALSE;
  if (reading->first)
    return at != TRUCE_TIME_NONE && now - at <= feed->backfill;
  return at == TRUCE_TIME_NONE || now - at <= MAX (NEWS_STALE_AFTER, feed->backfill);
}

/* --- an entry --- */

/* Does a hit of this owner's query count, in that feed? */
static gboolean
counts (const TruceMatchOwner *owner, const TruceFeed *feed, TruceTime now)
{
  const char *const *feeds = owner->milestone ? owner->milestone->feeds : (const char *const *) owner->watch->feeds;

  if (!truce_feed_selected (feed, feeds))
    return FALSE;
  return !owner->milestone ||
         !truce_milestone_ended_at (owner->milestone, now); /* its story is over: met or cancelled */
}

static void
add_words (TruceFindings *findings, char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    if (!g_ptr_array_find_with_equal_func (findings->words, words[i], g_str_equal, NULL))
      g_ptr_array_add (findings->words, words[i]);
}

const GArray *
truce_findings_hits (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceTime now)
{
  const TruceMatchContext context = { feed->id, (const char *const *) feed->tags };
  TruceMatcher *matcher = truce_config_matcher (engine->config);
  TruceFindings *findings = entry->findings;

  if (findings->hits)
    return findings->hits;
  findings->hits = truce_hits_new ();
  findings->words = g_ptr_array_new ();
  truce_matcher_run (matcher, entry->item, &context, findings->hits);
  findings->gave_up = g_strdup (truce_matcher_gave_up (matcher));
  for (guint i = findings->hits->len; i > 0; i--)
    if (!counts (truce_config_match_owner (engine->config, g_array_index (findings->hits, TruceHit, i - 1).query), feed,
                 now))
      g_array_remove_index (findings->hits, i - 1);
  for (guint i = 0; i < findings->hits->len; i++)
    add_words (findings, g_array_index (findings->hits, TruceHit, i).matched);
  g_ptr_array_add (findings->words, NULL);
  return findings->hits;
}

const char *const *
truce_findings_words (const TruceEntry *entry)
{
  return (const char *const *) entry->findings->words->pdata;
}

const char *
truce_findings_gave_up (const TruceEntry *entry)
{
  return entry->findings->gave_up;
}

const TruceMove *
truce_findings_said (const TruceEntry *entry, const TruceMilestone *milestone, const TruceMoveNews *news)
{
  TruceFindings *findings = entry->findings;
  const TruceSpan *due = news->due;
  Said said = { milestone, due->earliest, due->latest, NULL };

  if (!findings->said) {
    findings->said = g_array_new (FALSE, FALSE, sizeof (Said));
    g_array_set_clear_func (findings->said, said_clear);
  }
  for (guint i = 0; i < findings->said->len; i++) {
    const Said *known = &g_array_index (findings->said, Said, i);
    if (known->milestone == milestone && known->due == said.due && known->latest == said.latest)
      return known->move;
  }
  if (!findings->reader)
    findings->reader = truce_move_reader_new (news);
  said.move = truce_move_reader_read (findings->reader, news->zone, due);
  g_array_append_val (findings->said, said);
  return said.move;
}

const TruceStorySignature *
truce_findings_signature (const TruceFeed *feed, const TruceEntry *entry, const char *const *words, TruceTime now)
{
  TruceFindings *findings = entry->findings;

  static const char *const none[] = { NULL };

  words = words ? words : none;
  if (!findings->signed_for || !g_strv_equal ((const char *const *) findings->signed_for, words)) {
    truce_story_sign (entry->item, feed->id, words, now, &findings->signature);
    g_strfreev (findings->signed_for);
    findings->signed_for = g_strdupv ((char **) words);
  }
  return &findings->signature;
}

/* --- a document --- */

static void
find_out (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceTime now)
{
  const GArray *hits = truce_findings_hits (engine, feed, entry, now);

  for (guint i = 0; i < hits->len; i++) {
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, g_array_index (hits, TruceHit, i).query);
    if (owner->milestone)
      truce_moves_read_ahead (engine, feed, entry, owner->milestone, now);
  }
  g_clear_pointer (&entry->findings->reader, truce_move_reader_free);
  if (hits->len > 0)
    truce_findings_signature (feed, entry, truce_findings_words (entry), now);
}

/* By another configuration something else may be found. */
static void
begin_anew (TruceReading *reading, TruceEngine *engine)
{
  forget (reading);
  truce_config_unref (reading->config);
  reading->config = truce_config_ref (engine->config);
  reading->position = 0;
}

static gboolean
has_time (TruceEngine *engine, TruceTime began)
{
  TruceTime spent = truce_engine_now (engine) - began; /* the clock may have been set */

  return spent >= 0 && spent < TURN_SHARE;
}

gboolean
truce_reading_is_done (const TruceReading *reading, const TruceEngine *engine)
{
  return reading->config == engine->config && reading->position == reading->entries->len;
}

void
truce_reading_go_on (TruceReading *reading, TruceEngine *engine, const TruceFeed *feed, TruceTime began)
{
  guint n_found = 0;

  if (reading->config != engine->config)
    begin_anew (reading, engine);
  for (; reading->position < reading->entries->len; reading->position++) {
    const TruceEntry *entry = &g_array_index (reading->entries, TruceEntry, reading->position);
    if (!truce_reading_is_news (reading, feed, entry, began))
      continue;
    if (n_found >= TRUCE_READING_A_TURN || (n_found > 0 && !has_time (engine, began)))
      return;
    find_out (engine, feed, entry, began);
    n_found++;
  }
}

const GArray *
truce_reading_end (TruceReading *reading, TruceCommit *commit)
{
  g_array_append_vals (commit->seen, reading->seen->data, reading->seen->len);
  return reading->entries;
}
