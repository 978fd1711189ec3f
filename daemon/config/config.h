/* SPDX-License-Identifier: MIT */
/* config.h: bytes of configuration files -> an immutable TruceConfig, or findings. Pure: io/config_load.h reads files.
 *
 * INI by inih, through a reader of our own that counts lines and refuses what inih would silently cut, merge or
 * continue (reader.c). All findings are reported, not the first. Keys: DESIGN section 5 and truced.conf(5). */
#pragma once

#include "alert/policy.h"
#include "base/diag.h"
#include "base/loglevel.h"
#include "config/event_book.h"
#include "config/net_sink.h"
#include "deadline/milestone.h"
#include "news/feed.h"
#include "news/matcher.h"

G_BEGIN_DECLS

#define TRUCE_CONFIG_LINE_MAX 8192       /* bytes; a query or an address of 2,000 characters fits with room */
#define TRUCE_CONFIG_NAME_MAX 64         /* bytes of a section's id: it becomes part of ids, fields and file names */
#define TRUCE_CONFIG_FILE_MAX (64 << 20) /* bytes; 100,000 milestones are about 20 MB */
#define TRUCE_SILENT_AFTER_DEFAULT (3 * TRUCE_DAY) /* longer than a weekend */
#define TRUCE_GRACE_DEFAULT (7 * TRUCE_DAY)        /* firings older than this are recorded, not told */

typedef struct {
  char *id;
  char *title;
  char *match;
  char **feeds; /* NULL: all */
  char **tags;
  unsigned line;
} TruceWatch;

/* A polled calendar: each of its events is a milestone, "CALENDAR.slug". */
typedef struct {
  TruceFeed *feed; /* its id, its title, where it comes from and how often, its tags */
  TruceZone *zone; /* of dates that name none */
  char *match;     /* which events; NULL: all */
  TruceMatcher *matcher;
  GArray *leads; /* TruceLead; NULL: those of its alarms, else the usual */
  int remind_at;
  gboolean has_nag;
  TruceLead nag;
  int urgency; /* as a milestone's */
} TruceEventSource;

#define TRUCE_CALENDAR_ID_MAX 32           /* bytes: before the ids of its events, which are typed and read */
#define TRUCE_CALENDAR_MILESTONES_MAX 1000 /* of one calendar: those that are due soonest */

/* A configured milestone without a date, since it hangs on an event that is not known (yet). */
typedef struct {
  char *milestone;
  char *base;     /* the event's id, or that of another such milestone */
  char *calendar; /* of the event; NULL: the base is such a milestone */
} TruceWaiting;

typedef enum {
  TRUCE_SINK_JOURNAL,
  TRUCE_SINK_SYSLOG,
  TRUCE_SINK_STDOUT,
  TRUCE_SINK_DESKTOP,
  TRUCE_SINK_EXEC,
  TRUCE_SINK_WEBHOOK,
  TRUCE_SINK_MAIL,
  TRUCE_SINK_ICS,        /* a file that is kept current: it receives no alerts */
  TRUCE_SINK_PROMETHEUS, /* likewise */
} TruceSinkKind;
#define TRUCE_N_SINK_KINDS 9
const char *truce_sink_kind_to_text (TruceSinkKind kind);

typedef struct {
  char *id; /* for the built-in names of alert-to, the kind's */
  TruceSinkKind kind;
  guint kinds; /* bit per TruceAlertKind: which it takes; all by default */
  TruceUrgency min_urgency;
  char **tags;       /* what its alerts are about has one of these; NULL: anything */
  int digest;        /* the minute of the day at which it is told of what is not critical, as one; -1: at once */
  TruceQuiet quiet;  /* its own, or that of [truced] */
  gboolean rfc3164;  /* syslog: the form of its messages, unless `format = rfc5424` */
  char *path;        /* syslog: the socket, NULL /dev/log; or the file that is kept current */
  char **command;    /* exec: the program and its arguments */
  TruceTime timeout; /* exec, webhook, mail: how long it may take, a length */
  TruceNetSink *net; /* webhook, mail: what it says; else NULL */
  char *file;        /* where it stands, as findings name it; NULL: it is built in */
  unsigned line;
  unsigned tags_line;
  unsigned command_line; /* exec: of its command */
} TruceSink;

#define TRUCE_EXEC_TIMEOUT_DEFAULT (30 * TRUCE_SECOND)
#define TRUCE_EXEC_TIMEOUT_LEAST TRUCE_SECOND
#define TRUCE_EXEC_TIMEOUT_MOST (10 * TRUCE_MINUTE) /* its next alert waits as long */

/* A query's owner: what `TruceHit.query` numbers. */
typedef struct {
  const TruceMilestone *milestone; /* one of the two */
  const TruceWatch *watch;
} TruceMatchOwner;

/* Reference counted and immutable once built. */
typedef struct _TruceConfig TruceConfig;

typedef struct {
  const char *path; /* as findings name it */
  const char *bytes;
  gsize length;
} TruceConfigFile;

/* Builds a config from the files in order (a later file adds sections; a key of [truced] stated again replaces it; the
 * same section in two files is a finding). NULL if and only if there is any error among the findings added to `diags`.
 * `now` decides nothing but warnings ("this milestone has passed"). `local` is the zone when none is configured. */
TruceConfig *truce_config_parse (const TruceConfigFile *files, guint n_files, TruceZone *local, TruceTime now,
                                 TruceDiags *diags);
/* How the files that `holidays` names are read. */
typedef struct {
  /* The bytes of the holiday file `name`, and its path for findings, both (transfer full); NULL and an error. */
  char *(*read) (const char *name, char **ret_path, gsize *ret_length, gpointer user_data, GError **error);
  gpointer user_data;
} TruceHolidayReader;

/* The same, with holidays. `holidays` NULL: naming any is an error. */
TruceConfig *truce_config_parse_full (const TruceConfigFile *files, guint n_files, const TruceHolidayReader *holidays,
                                      TruceZone *local, TruceTime now, TruceDiags *diags);
TruceConfig *truce_config_ref (TruceConfig *config);
void truce_config_unref (TruceConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceConfig, truce_config_unref)

TruceZone *truce_config_zone (const TruceConfig *config);         /* (transfer none) */
TruceCalendar *truce_config_calendar (const TruceConfig *config); /* of [truced]; NULL: none (transfer none) */
TruceTime truce_config_grace (const TruceConfig *config); /* a length: firings older than this are recorded, not told */
#define TRUCE_BUDGET_DEFAULT 6
#define TRUCE_BUDGET_MOST 1000
TruceLogLevel truce_config_log_level (const TruceConfig *config); /* of the program's own log */
guint truce_config_budget (const TruceConfig *config);            /* headlines about one watch in an hour, at most */
guint truce_config_n_milestones (const TruceConfig *config);
const TruceMilestone *truce_config_milestone (const TruceConfig *config, guint index); /* in the order of the files */
/* Also "ID@2026-04-15", one occurrence of a milestone that repeats, any that there is; its plain ID is the occurrence
 * that comes next, or the last; and "ID@all" is what all have in common. NULL: none. */
const TruceMilestone *truce_config_find_milestone (const TruceConfig *config, const char *id);
/* Of the occurrences of one milestone that are there at a time: is it one that people are shown? The next, and those
 * that have passed and are told again until somebody answers. TRUE for all that does not repeat. */
gboolean truce_config_shows (const TruceConfig *config, const TruceMilestone *milestone);
/* How many milestones people are shown. */
guint truce_config_n_shown (const TruceConfig *config);
/* When occurrences come or pass, so that the configuration has to be amended anew (amended.h); NONE: never. */
TruceTime truce_config_next_turn (const TruceConfig *config);
guint truce_config_n_watches (const TruceConfig *config);
const TruceWatch *truce_config_watch (const TruceConfig *config, guint index);
guint truce_config_n_feeds (const TruceConfig *config);
const TruceFeed *truce_config_feed (const TruceConfig *config, guint index);
const TruceFeed *truce_config_find_feed (const TruceConfig *config, const char *id);
/* Calendars, and what is polled: the feeds, then the calendars. */
const TruceEventSource *truce_config_find_event_source (const TruceConfig *config, const char *id);
guint truce_config_n_calendars (const TruceConfig *config);
const TruceEventSource *truce_config_event_source (const TruceConfig *config, guint index);
guint truce_config_n_polled (const TruceConfig *config);
const TruceFeed *truce_config_polled (const TruceConfig *config, guint index);
/* Milestones that are not among those above, since what they hang on is not known. */
guint truce_config_n_waiting (const TruceConfig *config);
const TruceWaiting *truce_config_waiting (const TruceConfig *config, guint index);

/* Has every change and ending that `config` dates, which nobody else holds yet, come into force so much later; and none
 * of them by itself (on-move). */
void truce_config_delay (TruceConfig *config, TruceTime delay);
/* `config` with the milestones of its calendars, as `books` know them: built anew from what it was built of, so that
 * dates may hang on them. (transfer full) */
typedef struct {
  const TruceEventBook *(*book) (const char *calendar, gpointer user_data); /* NULL: nothing is remembered of it */
  gpointer user_data;
} TruceBooks;
TruceConfig *truce_config_with_events (TruceConfig *config, const TruceBooks *books, TruceTime now);
/* Does any date hang on milestone `id`? */
gboolean truce_config_is_base (const TruceConfig *config, const char *id);

/* The sinks that alert-to names, in its order. */
guint truce_config_n_sinks (const TruceConfig *config);
const TruceSink *truce_config_sink (const TruceConfig *config, guint index);
const TruceSink *truce_config_find_sink (const TruceConfig *config, const char *id);
/* The sinks that are files kept current, in the order of the configuration. */
guint truce_config_n_files (const TruceConfig *config);
const TruceSink *truce_config_file (const TruceConfig *config, guint index);
/* Is there one that is to show that truced lives? */
gboolean truce_config_wants_the_hour (const TruceConfig *config);
/* Has `sink` no tags of its own, or any of `tags` (NULL none)? */
gboolean truce_sink_wants (const TruceSink *sink, const char *const *tags);
/* Does `sink` take `alert`: its kind, its urgency, and what it is about? A digest goes where any of the alerts in it
 * would go. A test alert is taken by all, that the way to each can be tried. */
gboolean truce_sink_takes (const TruceConfig *config, const TruceSink *sink, const TruceAlert *alert);
/* The same, as far as a digest knows of one of its alerts. */
gboolean truce_sink_takes_brief (const TruceConfig *config, const TruceSink *sink, const TruceAlertBrief *brief);

/* All queries compiled into one matcher, milestones' first; owner of the query numbered `index`. The matcher is built
 * with the config and shared by all holders. */
TruceMatcher *truce_config_matcher (const TruceConfig *config);
const TruceMatchOwner *truce_config_match_owner (const TruceConfig *config, guint index);
guint truce_config_n_queries (const TruceConfig *config);

G_END_DECLS
