/* SPDX-License-Identifier: MIT */
/* state.h: the store for as long as truced runs: on its disk, or in memory until that takes it. */
#pragma once

#include "engine/engine.h"
#include "io/store_sqlite.h"

G_BEGIN_DECLS

typedef struct _TruceState TruceState;

/* Something is wrong that people are to hear of. */
typedef void (*TruceStateTroubleFunc) (const char *title, const char *body, gpointer user_data);

/* A store that cannot be opened costs memory, not deadlines. NULL: another truced has it (TRUCE_STORE_ERROR_BUSY). */
TruceState *truce_state_open (const char *directory, TruceStateTroubleFunc trouble, gpointer user_data, GError **error);
/* An engine with its store, which goes into `ports`. It must not take for new what only cannot be read: then there is
 * another store, in memory until what is on the disk is set aside, or can be read again. (transfer full) */
TruceEngine *truce_state_engine (TruceState *state, TruceConfig *config, TrucePorts *ports,
                                 const TruceEngineOptions *options);
/* Tells what was amiss when it was opened, or is by now; nothing is told before. */
void truce_state_begin (TruceState *state);
/* Somebody may have mended it, or this is the last that can be done for it. */
void truce_state_try_now (TruceState *state);
TruceStore *truce_state_store (TruceState *state);
/* Why it is in memory; NULL: it is not. */
const char *truce_state_error (const TruceState *state);
void truce_state_close (TruceState *state); /* NULL is fine */

G_END_DECLS
