/* SPDX-License-Identifier: MIT */
/* store_sqlite.h: the store port on SQLite: WAL, STRICT tables, forward-only migrations; what was told or asked for is
 * on the disk when a call returns. */
#pragma once

#include "config/config.h"
#include "engine/ports.h"

G_BEGIN_DECLS

#define TRUCE_STORE_ERROR (truce_store_error_quark ())
GQuark truce_store_error_quark (void);
typedef enum {
  TRUCE_STORE_ERROR_OPEN,  /* cannot be opened or created */
  TRUCE_STORE_ERROR_BUSY,  /* another truced has it */
  TRUCE_STORE_ERROR_WRITE, /* full, read-only, or an I/O error: nothing of the transaction is written */
} TruceStoreError;

#define TRUCE_STORE_SEEN_RETENTION (60 * TRUCE_DAY) /* after an item was last in its feed */

typedef struct _TruceStore TruceStore;

/* Opens `directory`/truced.db, making the directory (0700) and the file where they are missing. A corrupt file, or one
 * of a newer version, is never overwritten: it is renamed to truced.db.set-aside-TIME and a fresh one begun;
 * `ret_set_aside` then gets the new name and the reason as a sentence, else NULL, and does so when it fails, too. One
 * process has it at a time (BUSY otherwise, after two seconds in which a killed one may go). */
TruceStore *truce_store_open (const char *directory, TruceTime now, char **ret_set_aside, GError **error);
/* For one that cannot be opened: a copy in memory of what can be read of its file, without its lock if need be. All
 * works as on the disk, and ends with the process unless it gets there. */
TruceStore *truce_store_open_in_memory (const char *directory);
gboolean truce_store_is_in_memory (const TruceStore *store);
/* Brings one that is in memory to its place on the disk, or else leaves it as it is; a file that has something else in
 * it than was read is not touched. `ret_set_aside` as truce_store_open() has it. */
gboolean truce_store_settle (TruceStore *store, TruceTime now, char **ret_set_aside, GError **error);
void truce_store_close (TruceStore *store); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceStore, truce_store_close)
/* What waits for a sink that is none of `config`, or was set aside since that refused it, goes nowhere any more: it is
 * taken out of the outbox, with that as the record of its delivery, and a line in the log says how much it was. `store`
 * NULL: there is nothing. */
void truce_store_forget_sinks (TruceStore *store, TruceConfig *config, TruceTime now);
void truce_store_port (TruceStore *store, TruceStorePort *ret_port);

G_END_DECLS
