/* SPDX-License-Identifier: MIT */
/* The tables, and the way from each version of them to the next. A version that was released is never edited: what
 * differs goes into the next. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "io/store_private.h"

/* Instants are microseconds since the epoch, NULL for none. */
static const char version_1[] =
    "CREATE TABLE state ("
    "  name TEXT NOT NULL PRIMARY KEY,"
    "  value INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    /* `record` is the alert's JSON record; the columns beside it are what is asked by, and what changes later. */
    "CREATE TABLE alert ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  kind TEXT NOT NULL,"
    "  raised INTEGER NOT NULL,"
    "  acknowledged INTEGER,"
    "  acknowledged_by TEXT,"
    "  snoozed INTEGER,"
    "  record TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX alert_raised ON alert (raised);"

    /* Every milestone that an alert is about, its own and those that it also names. */
    "CREATE TABLE mention ("
    "  milestone TEXT NOT NULL,"
    "  alert INTEGER NOT NULL REFERENCES alert ON DELETE CASCADE,"
    "  PRIMARY KEY (milestone, alert)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX mention_alert ON mention (alert);"

    /* `next_try` NULL: waits to be pulled. */
    "CREATE TABLE outbox ("
    "  alert INTEGER NOT NULL REFERENCES alert ON DELETE CASCADE,"
    "  sink TEXT NOT NULL,"
    "  attempts INTEGER NOT NULL DEFAULT 0,"
    "  next_try INTEGER,"
    "  PRIMARY KEY (alert, sink)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX outbox_sink ON outbox (sink, next_try);"

    "CREATE TABLE delivery ("
    "  number INTEGER PRIMARY KEY,"
    "  alert INTEGER NOT NULL REFERENCES alert ON DELETE CASCADE,"
    "  sink TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  delivered INTEGER NOT NULL,"
    "  error TEXT"
    ") STRICT;"
    "CREATE INDEX delivery_alert ON delivery (alert);"

    /* `alert` is an id without a reference: a firing outlives the alert that told it. */
    "CREATE TABLE firing ("
    "  milestone TEXT NOT NULL,"
    "  revision INTEGER NOT NULL,"
    "  key TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  alert TEXT,"
    "  PRIMARY KEY (milestone, revision, key)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE revision ("
    "  milestone TEXT NOT NULL,"
    "  revision INTEGER NOT NULL,"
    "  due INTEGER,"
    "  due_latest INTEGER,"
    "  zone TEXT,"
    "  statement TEXT,"
    "  since INTEGER,"
    "  why TEXT,"
    "  PRIMARY KEY (milestone, revision)"
    ") STRICT, WITHOUT ROWID;"

    /* `seen_day`: the day of the last poll that brought items; `state`: whether the columns after it were ever set. */
    "CREATE TABLE feed ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  seen_day INTEGER,"
    "  state INTEGER NOT NULL DEFAULT 0,"
    "  url TEXT,"
    "  etag TEXT,"
    "  last_modified TEXT,"
    "  body_hash INTEGER,"
    "  title TEXT,"
    "  hint INTEGER,"
    "  skip_hours INTEGER,"
    "  skip_days INTEGER,"
    "  due INTEGER,"
    "  due_reason TEXT,"
    "  last_try INTEGER,"
    "  last_200 INTEGER,"
    "  last_304 INTEGER,"
    "  last_new INTEGER,"
    "  failures INTEGER,"
    "  error TEXT,"
    "  alerted INTEGER"
    ") STRICT;"

    /* Some 20 bytes an item: a feed's number, the key, and a day since the epoch rather than an instant. */
    "CREATE TABLE seen ("
    "  feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,"
    "  key INTEGER NOT NULL,"
    "  last_present INTEGER NOT NULL,"
    "  PRIMARY KEY (feed, key)"
    ") STRICT, WITHOUT ROWID;";

/* What users have said of milestones beside the configuration, and who changed a date. */
static const char version_2[] = "CREATE TABLE amendment ("
                                "  number INTEGER PRIMARY KEY,"
                                "  milestone TEXT NOT NULL,"
                                "  kind TEXT NOT NULL,"
                                "  at INTEGER NOT NULL,"
                                "  by TEXT,"
                                "  why TEXT,"
                                "  statement TEXT,"
                                "  zone TEXT,"
                                "  due INTEGER,"
                                "  latest INTEGER,"
                                "  over TEXT,"
                                "  until INTEGER,"
                                "  undone INTEGER,"
                                "  undone_by TEXT"
                                ") STRICT;"
                                "ALTER TABLE revision ADD COLUMN by TEXT;"
                                "ALTER TABLE revision ADD COLUMN amendment INTEGER;"
                                "ALTER TABLE revision ADD COLUMN precision TEXT;";

/* Where what users said came from: who put an alert off and when, and through what it was said. */
static const char version_3[] = "ALTER TABLE alert ADD COLUMN snoozed_at INTEGER;"
                                "ALTER TABLE alert ADD COLUMN snoozed_by TEXT;"
                                "ALTER TABLE alert ADD COLUMN via TEXT;"
                                "ALTER TABLE amendment ADD COLUMN via TEXT;"
                                "ALTER TABLE amendment ADD COLUMN undone_via TEXT;";

/* By what else an entry is known, and what was learned of its feed. */
static const char version_4[] = "ALTER TABLE seen ADD COLUMN headline INTEGER;"
                                "ALTER TABLE seen ADD COLUMN name INTEGER;"
                                "ALTER TABLE feed ADD COLUMN outcomes INTEGER;"
                                "ALTER TABLE feed ADD COLUMN polls TEXT;"
                                "ALTER TABLE feed ADD COLUMN identity INTEGER;"
                                "ALTER TABLE feed ADD COLUMN newest INTEGER;"
                                "ALTER TABLE feed ADD COLUMN habit INTEGER;"
                                "ALTER TABLE feed ADD COLUMN arrivals INTEGER;"
                                "ALTER TABLE feed ADD COLUMN stale INTEGER;"
                                "ALTER TABLE feed ADD COLUMN moved_to TEXT;"
                                "ALTER TABLE feed ADD COLUMN moved_since INTEGER;"
                                "ALTER TABLE feed ADD COLUMN moved_seen INTEGER;"
                                "ALTER TABLE feed ADD COLUMN address TEXT;";

/* What is remembered of a polled calendar, as JSON. */
static const char version_5[] = "CREATE TABLE event_book ("
                                "  calendar TEXT NOT NULL PRIMARY KEY,"
                                "  record TEXT NOT NULL"
                                ") STRICT;";

/* The stories of the last days, by the alerts that tell them; the engine alone knows what is in `record`. */
static const char version_6[] = "CREATE TABLE story ("
                                "  alert TEXT NOT NULL PRIMARY KEY,"
                                "  last INTEGER NOT NULL,"
                                "  record BLOB NOT NULL"
                                ") STRICT;"
                                "CREATE INDEX story_last ON story (last);";

/* Who was shown what. What was delivered before is shown to nobody again (user -1 is everybody), unless it still waits
 * for somebody. */
static const char version_7[] = "CREATE TABLE shown ("
                                "  alert INTEGER NOT NULL REFERENCES alert ON DELETE CASCADE,"
                                "  user INTEGER NOT NULL,"
                                "  PRIMARY KEY (alert, user)"
                                ") STRICT, WITHOUT ROWID;"
                                "CREATE INDEX delivery_sink ON delivery (sink, at);"
                                "CREATE INDEX alert_open ON alert (number) WHERE acknowledged IS NULL;"
                                "INSERT INTO shown SELECT DISTINCT alert, -1 FROM delivery"
                                " WHERE delivered AND alert NOT IN (SELECT alert FROM outbox);";

/* What the news says of dates. `record` is all of it, as JSON; the columns beside it are for whoever looks in, and for
 * what ages out. */
static const char version_8[] = "CREATE TABLE move ("
                                "  number INTEGER PRIMARY KEY,"
                                "  id TEXT NOT NULL UNIQUE,"
                                "  milestone TEXT NOT NULL,"
                                "  status TEXT NOT NULL,"
                                "  heard INTEGER NOT NULL,"
                                "  record TEXT NOT NULL"
                                ") STRICT;";

const char *const truce_store_migrations[] = { version_1, version_2, version_3, version_4, version_5,
                                               version_6, version_7, version_8, NULL };

int
truce_store_version (const char *const *migrations)
{
  int version = 0;
  while (migrations[version])
    version++;
  return version;
}

gboolean
truce_store_pragma (sqlite3 *db, const char *sql, gint64 *ret_value)
{
  sqlite3_stmt *statement = NULL;
  gboolean found = FALSE;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW) {
    *ret_value = sqlite3_column_int64 (statement, 0);
    found = TRUE;
  }
  return sqlite3_finalize (statement) == SQLITE_OK && found;
}

static gboolean
copy_database (sqlite3 *db, const char *to, GError **error)
{
  sqlite3 *copy = NULL;
  int code = sqlite3_open_v2 (to, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

  if (code == SQLITE_OK) {
    sqlite3_backup *backup = sqlite3_backup_init (copy, "main", db, "main");
    if (backup)
      sqlite3_backup_step (backup, -1);
    code = backup ? sqlite3_backup_finish (backup) : sqlite3_errcode (copy);
  }
  if (code != SQLITE_OK)
    g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: cannot copy the store before changing it: %s",
                 to, sqlite3_errmsg (copy));
  sqlite3_close (copy);
  return code == SQLITE_OK;
}

/* Under another name first, so that what is called a backup is always a whole one; SQLite has synced it by then. */
static gboolean
back_up (sqlite3 *db, const char *path, int version, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.before-version-%d", path, version);
  g_autofree char *unfinished = g_strdup_printf ("%s.unfinished", name);

  (void) g_unlink (unfinished);
  if (!copy_database (db, unfinished, error)) {
    (void) g_unlink (unfinished);
    return FALSE;
  }
  if (g_rename (unfinished, name) == 0)
    return TRUE;
  g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: cannot name the copy of the store: %s", name,
               g_strerror (errno));
  return FALSE;
}

static gboolean
step_forward (sqlite3 *db, const char *path, const char *migration, int version, GError **error)
{
  g_autofree char *marks =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", TRUCE_STORE_APPLICATION_ID, version);

  if (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
      sqlite3_exec (db, migration, NULL, NULL, NULL) == SQLITE_OK &&
      sqlite3_exec (db, marks, NULL, NULL, NULL) == SQLITE_OK &&
      sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: cannot be brought to version %d: %s", path,
               version, sqlite3_errmsg (db));
  (void) sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
truce_store_migrate (sqlite3 *db, const char *path, const char *const *migrations, GError **error)
{
  int newest = truce_store_version (migrations);
  gint64 version;

  if (!truce_store_pragma (db, "PRAGMA user_version", &version)) {
    g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_OPEN, "%s: %s", path, sqlite3_errmsg (db));
    return FALSE;
  }
  if (version > 0 && version < newest && *sqlite3_db_filename (db, "main") && !back_up (db, path, newest, error))
    return FALSE;
  for (int next = (int) version; next < newest; next++)
    if (!step_forward (db, path, migrations[next], next + 1, error))
      return FALSE;
  return TRUE;
}
