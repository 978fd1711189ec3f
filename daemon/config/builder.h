/* SPDX-License-Identifier: MIT */
/* builder.h: the making of a config out of a document: what its parts (general.c, sources.c, milestones.c) share.
 *
 * Private to the room. The order is: general, feeds, sinks, milestones, watches; each leans on those before it. */
#pragma once

#include "config/reader.h"
#include "config/values.h"

G_BEGIN_DECLS

/* What a configuration was built of. */
typedef struct _TruceConfigSource TruceConfigSource;

struct _TruceConfig {
  gatomicrefcount references;
  TruceZone *zone;
  TruceCalendar *calendar; /* of [truced]; NULL */
  TruceTime grace;
  guint budget;
  TruceLogLevel log_level;
  GPtrArray *milestones;     /* TruceMilestone * */
  GPtrArray *watches;        /* TruceWatch * */
  GPtrArray *feeds;          /* TruceFeed * */
  GPtrArray *sinks;          /* TruceSink * */
  GPtrArray *files;          /* TruceSink *: those that are files kept current */
  GPtrArray *calendars;      /* TruceEventSource * */
  GPtrArray *waiting;        /* TruceWaiting * */
  TruceConfigSource *source; /* what it was built of, when it has calendars; else NULL */
  GHashTable *milestones_by_id;
  GHashTable *feeds_by_id;
  GHashTable *sinks_by_id;
  GArray *owners;   /* TruceMatchOwner, a query each */
  gboolean repeats; /* any milestone does */
  /* Occurrences of which a calendar says what is not as the rule has it: the id of the series -> GPtrArray of
   * TruceMilestone *, with the dates that it has had there, and its ending. */
  GHashTable *overrides;
  TruceMatcher *matcher;
  /* Of a configuration with amendments laid over it (amended.c), else NULL: all but the milestones, what finds them and
   * who owns queries is the base's. */
  TruceConfig *base;
  GPtrArray *amended; /* TruceMilestone *: those that are its own */
  /* Of one that has milestones that repeat (occurrences.c), else NULL and NONE. */
  GHashTable *occurrences; /* id -> TruceMilestone *: all made so far, more on demand */
  GPtrArray *said;         /* TruceAmendment *: of occurrences, and as of `made`, for those that are made later */
  TruceTime made;
  TruceTime next_turn;
};

typedef struct {
  TruceConfigDocument *document;
  TruceDiags *diags;
  TruceTime now;
  TruceConfig *config;                      /* being filled */
  GHashTable *zones;                        /* name -> TruceZone *: a thousand milestones share one */
  const TruceHolidayReader *holiday_reader; /* NULL: there are none */
  GHashTable *calendars;                    /* what `holidays` says -> TruceCalendar *, NULL where it is wrong */
  GPtrArray *holiday_paths;                 /* char *, in the order read */
  GHashTable *alike;         /* what `lead` says -> the first TruceMilestone * with these leads; "": none */
  GPtrArray *queries;        /* TruceQuery *, as config->owners */
  GPtrArray *feed_names;     /* ids and tags of all feeds, sorted, then NULL: what `feeds` may name */
  GHashTable *feed_name_set; /* the same */
  /* What [truced] says, or its defaults. */
  GArray *leads;            /* TruceLead */
  gboolean calendar_failed; /* `holidays` is wrong: dates that need it are not reported too */
  int remind_at;
  gboolean has_nag;
  TruceLead nag;
  TruceTime silent_after;
  int on_move;
  TruceValue on_move_at; /* place.value NULL: not said */
  TruceQuiet quiet;
  TruceTime poll;
  TruceTime backfill;
  TruceValue alert_to;     /* place.value NULL: not said */
  const TruceBooks *books; /* what is remembered of calendars; NULL: nothing */
} TruceConfigBuilder;

/* How a key may stand in a section. */
typedef enum {
  TRUCE_KEY_ONCE,
  TRUCE_KEY_SECRET, /* once, and its value is in no finding: it may be a secret that does not belong there */
  TRUCE_KEY_REPEATABLE,
  TRUCE_KEY_LATER, /* known, and refused until its feature is there: ignoring it would be a lie */
} TruceKeyUse;

typedef struct {
  const char *name;
  TruceKeyUse use;
} TruceKey;

#define TRUCE_CONFIG_KEYS_MAX 32 /* of any section kind */

/* The kinds of sections, as sections' names begin. */
typedef enum {
  TRUCE_SECTION_TRUCED,
  TRUCE_SECTION_MILESTONE,
  TRUCE_SECTION_WATCH,
  TRUCE_SECTION_FEED,
  TRUCE_SECTION_SINK,
  TRUCE_SECTION_CALENDAR,
} TruceSectionKind;

/* keys.c: names, and nothing of what they mean. */

/* Says of each section what it is, and reports those whose kind or id is none. */
void truce_config_check_sections (TruceConfigBuilder *builder);
/* Is `section` of that kind, with an id that may be one? No part need be bothered by the others. */
gboolean truce_config_section_is (const TruceConfigSection *section, TruceSectionKind kind);
/* The first entry of each of `keys` (ended by a name of NULL) into `slots`, by its index; NULL where it does not stand.
 * Unknown, refused and repeated keys, and empty values, are reported and left out. */
void truce_config_collect (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceKey *keys,
                           const TruceConfigEntry **slots);
/* The value of `entry` at its place. */
TruceValue truce_config_value (TruceConfigBuilder *builder, const TruceConfigSection *section,
                               const TruceConfigEntry *entry);
/* The section itself, as a place for findings about it; place.value is NULL. */
TruceValue truce_config_section_place (TruceConfigBuilder *builder, const TruceConfigSection *section);

/* general.c: [truced] and what all sections have in common. */

void truce_config_build_general (TruceConfigBuilder *builder);
/* NULL, having said so, when there is no such zone. (transfer none): the builder keeps it. */
TruceZone *truce_config_zone_of (TruceConfigBuilder *builder, const TruceValue *value);
/* Compiles `match` for its owner, one of the two. */
void truce_config_add_query (TruceConfigBuilder *builder, const TruceValue *value, const TruceMilestone *milestone,
                             const TruceWatch *watch);

/* holidays.c: the calendar of `holidays`; NULL, having said so, when one of its files is wrong. (transfer none) */
TruceCalendar *truce_config_calendar_of (TruceConfigBuilder *builder, const TruceValue *value);

/* sources.c: [feed], [watch], and what `feeds` may name. */

void truce_config_build_feeds (TruceConfigBuilder *builder);
void truce_config_build_watches (TruceConfigBuilder *builder);
/* The feeds that `value` selects, each of which must be there. (transfer full) */
char **truce_config_feed_selection (TruceConfigBuilder *builder, const TruceValue *value);

/* listening.c: when the feeds are there. `selection`: those that are listened to; NULL all. */

/* Warnings where `query`, which `value` has, can hardly be meant. */
void truce_config_check_query (TruceConfigBuilder *builder, const TruceValue *value, const TruceQuery *query,
                               const char *const *selection);
/* The same of `on_move`: nobody is listened to who could bring a move about. */
void truce_config_check_on_move (const TruceConfig *config, const TruceValue *value, int on_move,
                                 const char *const *selection);

/* event_drafts.c */

GPtrArray *truce_config_waiting_new (void); /* of TruceWaiting */

/* event_sources.c: [calendar]. */

void truce_config_build_calendars (TruceConfigBuilder *builder);
void truce_event_source_free (TruceEventSource *source);

/* sinks.c: [sink] and alert-to. */

void truce_config_build_sinks (TruceConfigBuilder *builder);

/* Is `key` one that sinks of that kind have, and not all? */
gboolean truce_sink_has_key (TruceSinkKind kind, const char *key);

/* sink_net.c: what a sink says that is reached over the network. */

void truce_config_read_net_sink (TruceConfigBuilder *builder, const TruceConfigSection *section, TruceSink *sink);

/* Does `entry` have a secret where only a reference to it may be? It has been edited since it was read, then. */
gboolean truce_config_is_secret (const TruceConfigSection *section, const TruceConfigEntry *entry);

/* sink_filter.c: when all else is there: findings about sinks that can receive nothing. */

void truce_config_check_sinks (TruceConfigBuilder *builder);

/* milestones.c */

void truce_config_build_milestones (TruceConfigBuilder *builder);

/* A warning where the address of `feed`, as `value` has it, is one that truced does not ask unless `allow-private`. */
void truce_config_check_address (const TruceValue *value, const TruceFeed *feed);

G_END_DECLS
