/* SPDX-License-Identifier: MIT */
/* engine.h: the one place where the pure rooms meet the ports.
 *
 * truce_engine_wake() is the one step: it reads the clock once, brings every revision up to date, tells what has fallen
 * due, starts the polls that are due, drains the outbox, and arms exactly one wake-up: the earliest of next firing,
 * next change, next poll and next retry. It may be called at any time and any number of times. */
#pragma once

#include "config/config.h"
#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceEngine TruceEngine;

#define TRUCE_SNOOZE_MAX (366 * TRUCE_DAY)
#define TRUCE_OUTBOX_EXPIRY \
  (30 * TRUCE_DAY) /* an alert that a failing sink could not be told for so long is given up */

typedef struct {
  gboolean poll;            /* FALSE: feeds are not polled (simulation) */
  TruceTime built;          /* no clock that is right reads less; 0: nothing is known */
  TruceTime clock_patience; /* how long a clock that cannot be right may take to be set before it is told: a length */
  gboolean once;            /* one round, for which somebody waits: what is due is done at once */
} TruceEngineOptions;

/* `ports` is copied; what it points to must outlive the engine. Reads the store; nothing is told before the first wake.
 */
TruceEngine *truce_engine_new (TruceConfig *config, const TrucePorts *ports, const TruceEngineOptions *options);
/* The net and parse ports may answer no more: they go first. */
void truce_engine_free (TruceEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceEngine, truce_engine_free)

void truce_engine_wake (TruceEngine *engine);
/* Takes on a new config whole, and wakes. */
void truce_engine_adopt (TruceEngine *engine, TruceConfig *config);
/* The zone database has changed: that is why dates of the config which is adopted next lie at other instants. */
void truce_engine_note_rules (TruceEngine *engine);
TruceConfig *truce_engine_config (TruceEngine *engine); /* (transfer none) */
TruceTime truce_engine_now (TruceEngine *engine);
/* Is anything under way: a poll, one that waits for its host, or an alert that is due in the outbox? (`truced --once`
 * waits for FALSE) */
gboolean truce_engine_busy (TruceEngine *engine);
/* Is any sink at an alert? */
gboolean truce_engine_delivers (TruceEngine *engine);
/* Why something could not be read of the store since the last step; NULL: all could. (transfer none) */
const char *truce_engine_unread (TruceEngine *engine);
/* Does an alert wait in the outbox to be tried again? */
gboolean truce_engine_owes (TruceEngine *engine);
/* Do deadlines wait for a clock that can be right? */
gboolean truce_engine_holds (const TruceEngine *engine);

/* New items of a feed, as if a poll had brought them: unseen, match, alert, one transaction. `feed` need not be
 * configured. */
void truce_engine_offer (TruceEngine *engine, const TruceFeed *feed, GPtrArray *items /* TruceItem * */);

/* --- what people ask for; ids may be shortened to an unambiguous beginning of 4 digits or more --- */

gboolean truce_engine_acknowledge (TruceEngine *engine, const char *alert, const TruceOrigin *origin, GError **error);
gboolean truce_engine_snooze (TruceEngine *engine, const char *alert, TruceTime length, const TruceOrigin *origin,
                              GError **error);
/* Polls one feed, or all for NULL, now rather than when due; conditional as ever, not more often than once a minute a
 * feed. `ret_count`: how many. */
gboolean truce_engine_refresh (TruceEngine *engine, const char *feed, guint *ret_count, GError **error);
/* Raises an alert of kind test to one sink, or all for NULL. (transfer full) its id. */
char *truce_engine_test (TruceEngine *engine, const char *sink, GError **error);
/* Raises one problem; the same `what` and `since` raise one alert only. */
void truce_engine_problem (TruceEngine *engine, const char *what, const char *title, const char *body, TruceTime since);

/* What came of the delivery that `sink` answered with PENDING. `outcome`: DONE, RETRY or REFUSED; `error` NULL for
 * DONE; `retry_after`: for RETRY, the length that its receiver asked for, 0 none. FALSE: it is recorded nowhere, since
 * the alert was put off or confirmed meanwhile, and is told again. */
gboolean truce_engine_delivery_ended (TruceEngine *engine, const char *sink, const char *alert, TruceDelivery outcome,
                                      const char *error, TruceTime retry_after);

/* --- the sinks whose consumers pull --- */

/* The alerts that `user` (a number of the system's) has yet to be shown by the sinks of kind desktop: all that nobody
 * was shown, and of what others were, what is recent and open. TruceStoredAlert *, oldest first. */
GPtrArray *truce_engine_pending (TruceEngine *engine, guint32 user);
gboolean truce_engine_shown (TruceEngine *engine, const char *alert, guint32 user, GError **error);

G_END_DECLS
