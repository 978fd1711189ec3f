/* SPDX-License-Identifier: MIT */
/* The same news from many feeds is one alert that grows. */
#include "engine/stories.h"

#include <string.h>

#include "base/text.h"
#include "engine/moves_private.h"
#include "engine/reading.h"
#include "engine/story_index.h"

#define FORGET_EVERY TRUCE_HOUR
#define FOLLOWS_FROM 0.4 /* so alike a story must be to be named as what an alert follows */

void
truce_stories_init (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);
  g_autoptr (GPtrArray) stored = engine->ports.store.stories (engine->ports.store.self, now - TRUCE_STORY_WINDOW);

  engine->stories = truce_story_index_new ();
  engine->stories_forget = now + FORGET_EVERY;
  for (guint i = 0; i < stored->len; i++) {
    const TruceStoredStory *story = g_ptr_array_index (stored, i);
    truce_story_index_read (engine->stories, story->alert, story->record);
  }
}

void
truce_stories_clear (TruceEngine *engine)
{
  truce_story_index_free (engine->stories);
}

static void
forget (TruceEngine *engine, TruceTime now)
{
  if (now < engine->stories_forget && now >= engine->stories_forget - FORGET_EVERY)
    return;
  engine->stories_forget = now + FORGET_EVERY;
  truce_story_index_forget (engine->stories, now - TRUCE_STORY_WINDOW, now + TRUCE_STORY_WINDOW);
}

/* (transfer full) */
static char **
subjects_of (const TruceAlert *alert)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *milestone = alert->milestone ? g_strconcat ("milestone:", alert->milestone, NULL) : NULL;
  g_autofree char *watch = alert->watch ? g_strconcat ("watch:", alert->watch, NULL) : NULL;

  if (milestone)
    g_strv_builder_add (builder, milestone);
  if (watch)
    g_strv_builder_add (builder, watch);
  for (guint i = 0; alert->also && alert->also[i]; i++)
    g_strv_builder_add (builder, alert->also[i]);
  return g_strv_builder_end (builder);
}

static guint64
member_of (const TruceFeed *feed, const TruceEntry *entry)
{
  g_autofree char *key = g_strdup_printf ("%s %016" G_GINT64_MODIFIER "x", feed->id, entry->name);

  return truce_fingerprint64 (key, strlen (key));
}

static void
put (TruceCommit *commit, const TruceLiveStory *live)
{
  TruceStoredStory *story = g_new0 (TruceStoredStory, 1);

  story->alert = g_strdup (live->alert);
  story->last = live->last;
  story->record = truce_live_story_write (live);
  for (guint i = commit->stories->len; i > 0; i--)
    if (strcmp (((TruceStoredStory *) g_ptr_array_index (commit->stories, i - 1))->alert, live->alert) == 0)
      g_ptr_array_remove_index (commit->stories, i - 1);
  g_ptr_array_add (commit->stories, story);
}

/* --- the alert of a story, wherever it is --- */

static TruceAlert **
find_in (const GPtrArray *alerts, const char *id)
{
  for (guint i = alerts->len; i > 0; i--) {
    TruceAlert **alert = (TruceAlert **) &alerts->pdata[i - 1];
    if (strcmp ((*alert)->id, id) == 0)
      return alert;
  }
  return NULL;
}

static TruceAlert **
find_in_commit (const TruceCommit *commit, const char *id)
{
  TruceAlert **grown = find_in (commit->grown, id);

  return grown ? grown : find_in (commit->alerts, id);
}

TruceAlert *
truce_told_find (TruceEngine *engine, const TruceCommit *commit, const char *id)
{
  TruceAlert **found = find_in_commit (commit, id), *alert;
  TruceStoredAlert *stored;

  for (GList *link = engine->unsaved.tail; !found && link; link = link->prev)
    found = find_in_commit (link->data, id);
  if (found)
    return truce_alert_ref (*found);
  stored = engine->ports.store.alert (engine->ports.store.self, id, NULL);
  alert = stored ? truce_alert_ref (stored->alert) : NULL;
  truce_stored_alert_free (stored);
  return alert;
}

void
truce_told_grow (TruceCommit *commit, TruceAlert *after, const char *const *sinks)
{
  TruceAlert **there = find_in_commit (commit, after->id);
  TruceAlert **grown = find_in (commit->grown, after->id);

  if (!there) {
    truce_commit_add_grown (commit, after, sinks);
    return;
  }
  truce_alert_unref (*there);
  *there = after;
  if (grown && sinks) {
    gsize index = (gsize) (grown - (TruceAlert **) commit->grown->pdata);
    g_strfreev (commit->grown_sinks->pdata[index]);
    commit->grown_sinks->pdata[index] = g_strdupv ((char **) sinks);
  }
}

/* What the feed that told it first is called, as the alert's body has it. */
static const char *
first_source_of (TruceEngine *engine, const TruceAlert *alert)
{
  const char *id = alert->items ? ((TruceAlertItem *) g_ptr_array_index (alert->items, 0))->feed : NULL;
  const TruceFeed *feed = id ? truce_config_find_feed (engine->config, id) : NULL;

  return feed && feed->title ? feed->title : id ? id : "";
}

/* --- telling --- */

static void
begin (TruceEngine *engine, TruceAlert *alert, const char *const *subjects, const TruceStorySignature *signature,
       guint64 member, TruceCommit *commit)
{
  put (commit, truce_story_index_begin (engine->stories, alert->id, subjects, signature, member));
  truce_engine_add_alert (engine, commit, alert);
}

/* May what `told` tells stand for `alert`? For what is told of a move, where that says the same and waits for an answer
 * still: what denies it may be told in nearly the same words. */
static gboolean
stands_for (TruceEngine *engine, const TruceAlert *told, const TruceAlert *alert)
{
  if (told->kind != TRUCE_ALERT_MOVE)
    return TRUE;
  if (!told->move || !alert->move || g_strcmp0 (told->move->id, alert->move->id) != 0)
    return FALSE;
  const TruceProposal *move = truce_moves_get (engine, told->move->id);
  return move && truce_proposal_is_alive (move) && !move->refused;
}

/* The alert of `story` grows by what `alert` tells. FALSE: it is not there any more, or tells of something else. */
static gboolean
join (TruceEngine *engine, TruceLiveStory *story, const TruceAlert *alert, TruceAlertGrowth *growth,
      const TruceStorySignature *signature, guint64 member, TruceTime now, TruceCommit *commit)
{
  g_autoptr (TruceAlert) before = truce_told_find (engine, commit, story->alert);
  g_auto (GStrv) sinks = NULL;
  TruceAlert *after;

  if (!before || !stands_for (engine, before, alert))
    return FALSE;
  truce_story_index_add (engine->stories, story, signature, member, growth->copy ? TRUCE_STORY_COPY : TRUCE_STORY_SAME);
  growth->sources = story->sources->len;
  growth->first_source = first_source_of (engine, before);
  after = before->kind == TRUCE_ALERT_MOVE ? truce_alert_grow_move (before, NULL, growth->item, growth->feed, now)
                                           : truce_alert_grow (before, growth, now);
  if (after->confirmed != before->confirmed && !after->silenced)
    sinks = truce_engine_sinks_for (engine, after);
  truce_told_grow (commit, after, (const char *const *) sinks);
  put (commit, story);
  return TRUE;
}

/* Is it what `alert` was raised for before? What could not be written down comes again. */
static gboolean
is_told (TruceEngine *engine, const TruceAlert *alert, guint64 member)
{
  const TruceLiveStory *story = truce_story_index_get (engine->stories, alert->id);

  return story && truce_live_story_has (story, member);
}

/* `alert` tells what `story` tells. FALSE: it is told by itself all the same. */
static gboolean
take_in (TruceEngine *engine, TruceLiveStory *story, const TruceAlert *alert, TruceAlertGrowth *growth,
         const TruceStorySignature *signature, guint64 member, TruceTime now, TruceCommit *commit)
{
  /* An entry that is in it: its headline is another by now, and its news is not. */
  return truce_live_story_has (story, member) || join (engine, story, alert, growth, signature, member, now, commit);
}

void
truce_stories_tell (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceAlert *alert,
                    TruceTime now, TruceCommit *commit)
{
  g_auto (GStrv) subjects = subjects_of (alert);
  guint64 member = member_of (feed, entry);
  TruceStoryRelation relation = TRUCE_STORY_OTHER;
  TruceLiveStory *story = NULL;
  double alike;

  if (is_told (engine, alert, member)) {
    truce_engine_add_alert (engine, commit, alert);
    return;
  }
  forget (engine, now);
  const TruceStorySignature *signature =
      truce_findings_signature (feed, entry, (const char *const *) alert->matched, now);
  if (!alert->corrects)
    story = truce_story_index_find (engine->stories, (const char *const *) subjects, signature, &relation, &alike);
  if (story && relation >= TRUCE_STORY_SAME) {
    TruceAlertGrowth growth = { entry->item, feed, relation == TRUCE_STORY_COPY, 0, NULL, alert->matched };
    if (take_in (engine, story, alert, &growth, signature, member, now, commit)) {
      truce_alert_unref (alert);
      return;
    }
  } else if (story && alike >= FOLLOWS_FROM) {
    alert->follows = g_strdup (story->alert);
  }
  begin (engine, alert, (const char *const *) subjects, signature, member, commit);
}

void
truce_stories_begin (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceAlert *alert,
                     TruceTime now, TruceCommit *commit)
{
  g_auto (GStrv) subjects = subjects_of (alert);
  const TruceStorySignature *signature =
      truce_findings_signature (feed, entry, (const char *const *) alert->matched, now);

  begin (engine, alert, (const char *const *) subjects, signature, member_of (feed, entry), commit);
}
