/* SPDX-License-Identifier: MIT */
/* world.h: a world for the engine that does what a test says: a clock that is set by hand, a net whose answers are
 * scripted, sinks that can be dead, and the memory store with a switch that makes it refuse to write. */
#pragma once

#include "engine/engine.h"
#include "engine/memory_store.h"

#define USER 1000 /* who is logged in */

typedef struct {
  TruceTime now, armed;
  TruceMemoryStore *store;
  TruceStorePort store_port; /* the memory store's own */
  gboolean is_regular;       /* polls are not spread by chance */
  gboolean store_is_full;
  TruceTime store_takes;      /* so long for a commit */
  gboolean store_is_blind;    /* no alert can be read */
  gboolean store_is_unread;   /* nor what feeds and calendars had, what was told, and what is to be */
  gboolean store_read_failed; /* since it was asked */
  gboolean store_keeps_all;   /* nothing ages out */
  GPtrArray *raised;          /* TruceAlert *, in order */
  GPtrArray *delivered;       /* "sink id" of each delivery, in order */
  GHashTable *dead_sinks;     /* sink ids that answer RETRY */
  GHashTable *slow_sinks;     /* sink ids that answer PENDING */
  GPtrArray *begun;           /* "sink id" of what they were given, in order */
  char *telling;              /* of the last of those */
  guint n_hours;              /* how often "time" was told */
  GHashTable *answers;        /* url -> Answer */
  GQueue fetches;             /* Fetch *: asked and not answered yet */
  GPtrArray *asked;           /* the urls, in order */
  GArray *asked_alone;        /* parallel, gboolean: said to be of a host that no other feed is of */
  GPtrArray *asked_etags;     /* parallel: the ETag sent, "" for none */
  TruceEngineOptions options; /* from the next restart on */
  TruceConfig *config;
  TruceEngine *engine;
} World;

/* `text` must be a configuration without errors. */
World *world_new (const char *text, const char *now);
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

void world_set_time (World *world, const char *now); /* wakes nobody */
/* Goes to each armed instant up to `until` and wakes the engine there. Fetches are answered as they come. */
void world_run_until (World *world, const char *until);
TruceConfig *world_config (const char *text, TruceTime now); /* (transfer full) */
void world_restart (World *world);                           /* the same store, a new engine */
void world_reload (World *world, const char *text);

/* What `url` answers from now on. `items`: a line each, "TITLE|RFC 3339|LINK|ID", where all but the title may be
 * missing; NULL for no answer at all. A body
 * that begins with
 * '<' is one that no parser takes. */
#define WORLD_LOST (-1) /* a status: the fetcher is lost on it */
void world_script (World *world, const char *url, int status, const char *etag, const char *items);
/* It redirects there for good. */
void world_move (World *world, const char *url, const char *to);
/* Another store instead of the one in memory, with a new engine; before anything has been done. */
void world_use_store (World *world, const TruceStorePort *port);
/* What slow `sink` was given last ends so. */
/* FALSE: it was overtaken. */
gboolean world_end_delivery (World *world, const char *sink, TruceDelivery outcome, TruceTime retry_after);
void world_answer_all (World *world); /* answers every fetch under way */

/* "kind title" of every alert raised since the last call, a line each. (transfer full) */
char *world_take_raised (World *world);
/* How many alerts of this kind were raised in all. */
guint world_count (World *world, TruceAlertKind kind);
TruceTime world_time (const char *text);
