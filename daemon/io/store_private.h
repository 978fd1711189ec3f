/* SPDX-License-Identifier: MIT */
/* store_private.h: what the parts of the SQLite store share: the connection, its prepared statements, its migrations.
 */
#pragma once

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "io/store_sqlite.h"

G_BEGIN_DECLS

/* Marks a file as ours ("trcd"), so that a stranger's database under our name is not taken for an empty one. */
#define TRUCE_STORE_APPLICATION_ID 0x74726364

typedef enum {
  TRUCE_STATEMENT_BEGIN,
  TRUCE_STATEMENT_COMMIT,
  TRUCE_STATEMENT_ROLLBACK,
  TRUCE_STATEMENT_SET_STATE,
  TRUCE_STATEMENT_GET_STATE,
  TRUCE_STATEMENT_ADD_ALERT,
  TRUCE_STATEMENT_ADD_MENTION,
  TRUCE_STATEMENT_ADD_OUTBOX,
  TRUCE_STATEMENT_ADD_FIRING,
  TRUCE_STATEMENT_GET_FIRING,
  TRUCE_STATEMENT_FIRINGS_AFTER,
  TRUCE_STATEMENT_FIRINGS_OF,
  TRUCE_STATEMENT_ADD_REVISION,
  TRUCE_STATEMENT_LATEST_REVISIONS,
  TRUCE_STATEMENT_HISTORY,
  TRUCE_STATEMENT_PUT_AMENDMENT,
  TRUCE_STATEMENT_AMENDMENTS,
  TRUCE_STATEMENT_PUT_MOVE,
  TRUCE_STATEMENT_MOVES,
  TRUCE_STATEMENT_PUT_EVENT_BOOK,
  TRUCE_STATEMENT_GET_EVENT_BOOK,
  TRUCE_STATEMENT_GROW_ALERT,
  TRUCE_STATEMENT_TELL_AGAIN,
  TRUCE_STATEMENT_PUT_STORY,
  TRUCE_STATEMENT_STORIES,
  TRUCE_STATEMENT_FEED_NUMBER,
  TRUCE_STATEMENT_ADD_FEED,
  TRUCE_STATEMENT_SET_FEED,
  TRUCE_STATEMENT_GET_FEED,
  TRUCE_STATEMENT_FEED_SEEN_DAY,
  TRUCE_STATEMENT_SET_SEEN_DAY,
  TRUCE_STATEMENT_BEGIN_SEEN_DAY,
  TRUCE_STATEMENT_ADD_SEEN,
  TRUCE_STATEMENT_GET_SEEN,
  TRUCE_STATEMENT_GET_HEADLINE,
  TRUCE_STATEMENT_FIND_ALERT,
  TRUCE_STATEMENT_LIST_ALERTS,
  TRUCE_STATEMENT_COUNT_UNACKNOWLEDGED,
  TRUCE_STATEMENT_ACKNOWLEDGE,
  TRUCE_STATEMENT_SNOOZE,
  TRUCE_STATEMENT_REOPEN,
  TRUCE_STATEMENT_END_SNOOZE,
  TRUCE_STATEMENT_CLEAR_OUTBOX,
  TRUCE_STATEMENT_RETURN_TO_OUTBOX,
  TRUCE_STATEMENT_TAKE_OUTBOX,
  TRUCE_STATEMENT_POSTPONE,
  TRUCE_STATEMENT_ADD_DELIVERY,
  TRUCE_STATEMENT_OUTBOX_DUE,
  TRUCE_STATEMENT_OUTBOX_NEXT,
  TRUCE_STATEMENT_OUTBOX_PULLED,
  TRUCE_STATEMENT_OWED_SINKS,
  TRUCE_STATEMENT_RECORD_FORGOTTEN,
  TRUCE_STATEMENT_FORGET_SINK,
  TRUCE_STATEMENT_END_LOST_SNOOZES,
  TRUCE_STATEMENT_DELIVERIES,
  TRUCE_STATEMENT_REFUSED,
  TRUCE_STATEMENT_TO_SHOW,
  TRUCE_STATEMENT_SHOWN,
  TRUCE_STATEMENT_FORGET_SHOWN,
  TRUCE_STATEMENT_EXPIRE_SHOWN,
  TRUCE_STATEMENT_EXPIRE_ALERTS,
  TRUCE_STATEMENT_EXPIRE_FIRINGS,
  TRUCE_STATEMENT_EXPIRE_MOVES,
  TRUCE_STATEMENT_EXPIRE_OCCURRENCES,
  TRUCE_STATEMENT_EXPIRE_SEEN,
  TRUCE_STATEMENT_EXPIRE_FEEDS,
  TRUCE_STATEMENT_EXPIRE_EVENT_BOOKS,
  TRUCE_STATEMENT_EXPIRE_STORIES,
  TRUCE_N_STATEMENTS
} TruceStatement;

/* What has become of the file, for a store that is in memory. */
typedef enum {
  TRUCE_STORE_FILE_IN_USE, /* it is not in memory */
  TRUCE_STORE_FILE_ABSENT,
  TRUCE_STORE_FILE_READ,
  TRUCE_STORE_FILE_SPOILT, /* to be set aside */
  TRUCE_STORE_FILE_UNREAD, /* nobody knows what is in it */
} TruceStoreFile;

struct _TruceStore {
  sqlite3 *db;
  char *path;          /* of the database file */
  int lock;            /* descriptor of the lock file */
  gboolean suspect;    /* SQLite called the file corrupt: the next start checks all of it */
  gboolean unreadable; /* the last row that was asked for could not be read */
  char *unread;        /* of one that could not be, why; until the engine has asked */
  TruceStoreFile in_memory;
  GStatBuf file;     /* as it was when it was read into memory; of size 0 where there was none */
  gboolean light;    /* what is committed now reaches the disk in its own time */
  gboolean unsynced; /* what became of deliveries is still to be sent there */
  GHashTable *tries; /* sink -> its earliest next_try in the outbox (TruceTime *), as far as it is known */
  sqlite3_stmt *statements[TRUCE_N_STATEMENTS];
};

/* A prepared statement in use; it goes back to its beginning, with nothing bound, at the end of the block. */
typedef sqlite3_stmt TruceQuestion;
void truce_question_done (TruceQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceQuestion, truce_question_done)

/* Prepared when first asked for and kept. NULL when it cannot be (the file is damaged): binding and stepping NULL fails
 * in turn, so that only the step need be checked. */
TruceQuestion *truce_store_ask (TruceStore *store, TruceStatement statement);

/* Text and times are bound as NULL for NULL and TRUCE_TIME_NONE. Text is not copied: it must live until the step. */
void truce_bind_text (TruceQuestion *question, int index, const char *text);
void truce_bind_time (TruceQuestion *question, int index, TruceTime at);
void truce_bind_integer (TruceQuestion *question, int index, gint64 value);
TruceTime truce_column_time (TruceQuestion *question, int index); /* NULL is NONE */
char *truce_column_text (TruceQuestion *question, int index);     /* (transfer full), NULL is NULL */

/* Runs a statement that gives no rows. */
gboolean truce_store_run (TruceStore *store, TruceQuestion *question, GError **error);
/* The next row of a reading statement. A failure ends the rows, and is the answer of the port's read_failed. */
gboolean truce_store_next (TruceStore *store, TruceQuestion *question);
/* Sets the error of what just failed on the connection. Always FALSE. */
gboolean truce_store_fail (TruceStore *store, GError **error);

/* store_sqlite.c. Not connected yet. */
TruceStore *truce_store_new (const char *directory);
gboolean truce_store_lock (TruceStore *store, GError **error);
/* To its file, which is locked, made, set aside and brought forward as truce_store_open() says. FALSE: it is not. */
gboolean truce_store_connect (TruceStore *store, TruceTime now, char **ret_set_aside, GError **error);
void truce_store_disconnect (TruceStore *store);
/* Whole, ours, and of a version that we know. */
gboolean truce_store_is_fit (TruceStore *store);
/* Why what was just asked of SQLite failed. */
const char *truce_store_reason (const TruceStore *store);

/* store_amendment.c: for the commit, and the member of the port. */
gboolean truce_store_put_amendments (TruceStore *store, GPtrArray *amendments, GError **error);
GPtrArray *truce_store_amendments (gpointer self);

/* store_story.c: likewise. */
gboolean truce_store_put_grown (TruceStore *store, const TruceCommit *commit, GError **error);
gboolean truce_store_put_stories (TruceStore *store, GPtrArray *stories, GError **error);
GPtrArray *truce_store_stories (gpointer self, TruceTime since);
gboolean truce_store_expire_stories (TruceStore *store, TruceTime oldest, GError **error);
/* store_move.c, likewise. */
gboolean truce_store_put_moves (TruceStore *store, GPtrArray *moves, GError **error);
GPtrArray *truce_store_moves (gpointer self);

/* What is written returns once it is on the disk. */
gboolean truce_store_begin (TruceStore *store, GError **error);
/* For what a machine that loses power may forget: it is kept when truced alone dies, and never comes in part or out of
 * order, but nothing waits for the disk. The outbox is not to be written to. */
gboolean truce_store_begin_light (TruceStore *store, GError **error);
/* For what becomes of deliveries: light until truce_store_sync(). */
gboolean truce_store_begin_delivery (TruceStore *store, GError **error);
/* Sends it to the disk. */
void truce_store_sync (gpointer self);
/* Commits if `fine`, else (or when that fails) rolls back. TRUE when it is written. */
gboolean truce_store_end (TruceStore *store, gboolean fine, GError **error);

/* store_commit.c, store_query.c, store_outbox.c: the members of the port that each implements. */
void truce_store_commit_members (TruceStorePort *port);
void truce_store_query_members (TruceStorePort *port);
void truce_store_outbox_members (TruceStorePort *port);

/* store_shown.c. It is told again: nobody has been shown that. Within a transaction, as is what follows. */
gboolean truce_store_forget_shown (TruceStore *store, const char *id, GError **error);
/* Forgets what nobody is shown any more. */
gboolean truce_store_expire_shown (TruceStore *store, TruceTime now, GError **error);
void truce_store_shown_members (TruceStorePort *port);

/* store_outbox.c: out of the outbox, with a record of how (`why` NULL: delivered); what was not there (two desktops
 * confirm the same alert) is left at that. Within a transaction. */
gboolean truce_store_take_from_outbox (TruceStore *store, const char *id, const char *sink, TruceTime at,
                                       const char *why, GError **error);

/* store_schema.c. Migration N (from 0) brings a file of version N to N + 1. */
extern const char *const truce_store_migrations[]; /* NULL-terminated */
/* The version that all of them lead to. */
int truce_store_version (const char *const *migrations);
/* Brings `db` forward, each version in a transaction of its own. A file that already holds something is first copied to
 * PATH.before-version-N, N being the version it is brought to. FALSE: `db` is at the last version that went well. */
gboolean truce_store_migrate (sqlite3 *db, const char *path, const char *const *migrations, GError **error);
/* A pragma that gives one number. FALSE: it could not be read. */
gboolean truce_store_pragma (sqlite3 *db, const char *sql, gint64 *ret_value);

G_END_DECLS
