/* SPDX-License-Identifier: MIT */
/* sink_private.h: what the outbox leans on: when a sink is told, and how it fares. */
#pragma once

#include "engine/engine_private.h"

G_BEGIN_DECLS

/* How a sink fares. */
typedef struct {
  TruceTime until;       /* not tried before */
  guint failures;        /* in a row */
  TruceAlert *in_flight; /* what it is at, since `began`; NULL: nothing */
  TruceTime began;
  TruceTime failing_since; /* without a rest; NONE */
  TruceTime last_failure;  /* NONE */
  char *error;             /* of the last failure; NULL */
  guint given_up;          /* alerts, and not told of yet */
  gboolean refuses;        /* what it was given last */
  gboolean is_told;        /* that alerts do not reach it */
  TruceTime told_at;       /* when that was told last; NONE */
  gboolean is_back;        /* since that was told, and not told of yet */
} SinkRun;

/* --- daily.c --- */

/* Until when `sink`, which has a daily summary, is not told of `alert` by itself. */
TruceTime truce_daily_waits_until (TruceEngine *engine, const TruceSink *sink, const TruceAlert *alert, TruceTime now);
/* Would both sinks (ids) read the same in one? */
gboolean truce_daily_same (TruceEngine *engine, const char *one, const char *other);
/* What `sinks` (ids), to which the same comes next, are told instead of `alerts`. (transfer full) */
TruceAlert *truce_daily_summary (TruceEngine *engine, const char *const *sinks, GPtrArray *alerts, const char *subject,
                                 TruceTime now);

/* --- sink_trouble.c --- */

/* Of `sink`, which need not be configured any more. */
SinkRun *truce_sink_run (TruceEngine *engine, const char *sink);
void truce_sink_run_free (gpointer run);
void truce_sink_failed (SinkRun *run, const char *error, TruceTime now);
void truce_sink_works (SinkRun *run);
/* It answers, and will not have what it is given. */
void truce_sink_refuses (SinkRun *run, const char *error);
/* Was it told before this engine was there that alerts do not reach `sink`, and not yet that they do again? */
void truce_sink_recall_told (TruceEngine *engine, const char *sink, SinkRun *run);
/* `entry` is what it failed at before this engine was there. */
void truce_sink_recall (TruceEngine *engine, SinkRun *run, const TruceOutboxEntry *entry);
/* Is `stored` too old to be tried again, while the sink goes on failing? */
gboolean truce_sink_gives_up (TruceEngine *engine, const SinkRun *run, const TruceStoredAlert *stored, TruceTime now);
/* What there is to tell of it: at the end of its turn. */
void truce_sink_tell_trouble (TruceEngine *engine, const char *sink, SinkRun *run, TruceTime now);

/* --- refused.c --- */

/* `entry` leaves the outbox, for good unless it is sent again. */
gboolean truce_refused_set_aside (TruceEngine *engine, const TruceOutboxEntry *entry, const char *why, TruceTime now);
/* All that was set aside: what was wrong may have been mended. */
void truce_refused_send_again (TruceEngine *engine, TruceTime now);
/* [{"sink","alert","at","error"}] (transfer full) */
json_t *truce_refused_to_json (TruceEngine *engine);

G_END_DECLS
