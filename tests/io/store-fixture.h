/* SPDX-License-Identifier: MIT */
/* store-fixture.h: what the store's tests share. */
#pragma once

#include "engine/memory_store.h"
#include "io/store_sqlite.h"

/* Tue 5 Aug 2025 13:00 UTC */
#define NOW ((TruceTime) 1754398800 * TRUCE_SECOND)

#define NOTHING ((const char *const[]){ NULL })

/* A store behind its port: SQLite in a folder of its own, or the one in memory. */
typedef struct {
  TruceStorePort port;
  TruceMemoryStore *memory;
  TruceStore *sqlite;
  char *folder;
} Store;

void store_open_memory (Store *store);
void store_open_sqlite (Store *store);
/* Closes and opens it again: what is asked afterwards comes from the disk. Nothing for the one in memory. */
void store_reopen (Store *store);
void store_close (Store *store);
/* Opens what is in `folder`, where nothing was open before. */
void store_open_folder (Store *store);

char *make_folder (void);
void remove_folder (const char *folder);

/* An alert of its own for each `cause`. */
TruceAlert *make_alert (TruceAlertKind kind, const char *cause, const char *milestone, TruceTime raised);
/* Commits one alert to `sinks`; the number of those that were new. */
guint commit_alert (Store *store, TruceAlert *alert, const char *const *sinks);
guint count_alerts (Store *store);

char *file_of (const Store *store);
/* Runs SQL on the file beside the store, as somebody with sqlite3(1) could. */
void run_sql (const char *path, const char *sql);
gint64 ask_number (const char *path, const char *sql);
/* Waits for a child, which must end with 0. */
void wait_for (pid_t child);
/* Commits an alert and the window, for the journal. */
gboolean try_commit (Store *store, const char *cause, GError **error);
