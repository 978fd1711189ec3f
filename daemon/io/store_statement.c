/* SPDX-License-Identifier: MIT */
/* Every statement of the store in one place, and the few ways in which they are run. */
#include <fcntl.h>
#include <unistd.h>

#include "io/store_private.h"

#define ALERT_NUMBER "(SELECT number FROM alert WHERE id = ?1)"
#define STORED_ALERT_COLUMNS "record, acknowledged, acknowledged_by, snoozed, snoozed_at, snoozed_by, via"
#define REVISION_COLUMNS "milestone, revision, due, due_latest, zone, statement, since, why, by, amendment, precision"
#define FEED_COLUMNS                                                                                              \
  "url, etag, last_modified, body_hash, title, hint, skip_hours, skip_days, due, due_reason, last_try, last_200," \
  " last_304, last_new, failures, error, alerted, outcomes, polls, identity, newest, habit, arrivals, stale,"     \
  " moved_to, moved_since, moved_seen, address"
/* What sinks would not take, and nobody has answered: of each alert and sink the last record counts. */
#define SET_ASIDE                                                                                      \
  " FROM delivery AS one JOIN alert ON alert.number = one.alert"                                       \
  " WHERE NOT delivered AND error GLOB '" TRUCE_SET_ASIDE "*' AND acknowledged IS NULL AND NOT EXISTS" \
  " (SELECT 1 FROM delivery AS later WHERE later.alert = one.alert AND later.sink = one.sink"          \
  " AND later.number > one.number) AND NOT EXISTS"                                                     \
  " (SELECT 1 FROM outbox WHERE outbox.alert = one.alert AND outbox.sink = one.sink)"
#define OWED "(SELECT alert, sink FROM outbox UNION ALL SELECT one.alert, one.sink" SET_ASIDE ")"

static const char *const texts[TRUCE_N_STATEMENTS] = {
  [TRUCE_STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [TRUCE_STATEMENT_COMMIT] = "COMMIT",
  [TRUCE_STATEMENT_ROLLBACK] = "ROLLBACK",
  [TRUCE_STATEMENT_SET_STATE] =
      "INSERT INTO state VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  [TRUCE_STATEMENT_GET_STATE] = "SELECT value FROM state WHERE name = ?1",
  [TRUCE_STATEMENT_ADD_ALERT] =
      "INSERT INTO alert (id, kind, raised, record) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
  [TRUCE_STATEMENT_ADD_MENTION] = "INSERT INTO mention VALUES (?1, ?2) ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_ADD_OUTBOX] =
      "INSERT INTO outbox (alert, sink, next_try) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_ADD_FIRING] = "INSERT INTO firing VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_GET_FIRING] = "SELECT 1 FROM firing WHERE milestone = ?1 AND revision = ?2 AND key = ?3",
  [TRUCE_STATEMENT_FIRINGS_AFTER] = "SELECT milestone, revision, key, at, alert FROM firing WHERE at > ?1",
  [TRUCE_STATEMENT_FIRINGS_OF] = "SELECT milestone, revision, key, at, alert FROM firing"
                                 " WHERE milestone = ?1 AND revision = ?2",
  [TRUCE_STATEMENT_ADD_REVISION] =
      "INSERT OR REPLACE INTO revision (" REVISION_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
  [TRUCE_STATEMENT_HISTORY] = "SELECT " REVISION_COLUMNS " FROM revision WHERE milestone = ?1 ORDER BY revision",
  [TRUCE_STATEMENT_PUT_AMENDMENT] =
      "INSERT OR REPLACE INTO amendment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
  [TRUCE_STATEMENT_AMENDMENTS] = "SELECT number, milestone, kind, at, by, why, statement, zone, due, latest, over,"
                                 " until, undone, undone_by, via, undone_via FROM amendment ORDER BY number",
  [TRUCE_STATEMENT_PUT_MOVE] =
      "INSERT INTO move (id, milestone, status, heard, record) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id)"
      " DO UPDATE SET status = excluded.status, heard = excluded.heard, record = excluded.record",
  [TRUCE_STATEMENT_MOVES] = "SELECT id, record FROM move ORDER BY number",
  [TRUCE_STATEMENT_PUT_EVENT_BOOK] = "INSERT OR REPLACE INTO event_book VALUES (?1, ?2)",
  [TRUCE_STATEMENT_GET_EVENT_BOOK] = "SELECT record FROM event_book WHERE calendar = ?1",
  [TRUCE_STATEMENT_GROW_ALERT] = "UPDATE alert SET record = ?2 WHERE id = ?1",
  /* Whoever has read it, or put it off, has said what is to become of it. */
  [TRUCE_STATEMENT_TELL_AGAIN] = "INSERT INTO outbox (alert, sink, next_try) SELECT number, ?2, ?3 FROM alert"
                                 " WHERE id = ?1 AND acknowledged IS NULL AND snoozed IS NULL ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_PUT_STORY] = "INSERT OR REPLACE INTO story VALUES (?1, ?2, ?3)",
  [TRUCE_STATEMENT_STORIES] = "SELECT alert, last, record FROM story WHERE last >= ?1 ORDER BY last",
  [TRUCE_STATEMENT_EXPIRE_STORIES] = "DELETE FROM story WHERE last < ?1",
  [TRUCE_STATEMENT_LATEST_REVISIONS] =
      "SELECT " REVISION_COLUMNS " FROM revision AS each WHERE revision ="
      " (SELECT max (revision) FROM revision WHERE milestone = each.milestone) ORDER BY milestone",
  [TRUCE_STATEMENT_FEED_NUMBER] = "SELECT number FROM feed WHERE id = ?1",
  [TRUCE_STATEMENT_ADD_FEED] = "INSERT INTO feed (id) VALUES (?1)",
  [TRUCE_STATEMENT_SET_FEED] =
      "UPDATE feed SET (state, " FEED_COLUMNS
      ") = (1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,"
      " ?24, ?25, ?26, ?27, ?28, ?29) WHERE number = ?1",
  [TRUCE_STATEMENT_GET_FEED] = "SELECT " FEED_COLUMNS " FROM feed WHERE id = ?1 AND state",
  [TRUCE_STATEMENT_FEED_SEEN_DAY] = "SELECT number FROM feed WHERE id = ?1 AND seen_day IS NOT NULL",
  [TRUCE_STATEMENT_SET_SEEN_DAY] = "UPDATE feed SET seen_day = ?2 WHERE number = ?1",
  [TRUCE_STATEMENT_BEGIN_SEEN_DAY] = "UPDATE feed SET seen_day = ?2 WHERE number = ?1 AND seen_day IS NULL",
  /* A week's grain saves the writing of every item at every poll; abs(), so that a clock once far ahead is corrected.
   */
  [TRUCE_STATEMENT_ADD_SEEN] =
      "INSERT INTO seen VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (feed, key)"
      " DO UPDATE SET last_present = excluded.last_present, headline = excluded.headline"
      " WHERE abs (excluded.last_present - last_present) >= 7 OR headline IS NOT excluded.headline",
  [TRUCE_STATEMENT_GET_SEEN] = "SELECT headline, name FROM seen WHERE feed = ?1 AND key = ?2",
  [TRUCE_STATEMENT_GET_HEADLINE] = "SELECT headline, name FROM seen WHERE feed = ?1 AND headline = ?2 LIMIT 1",
  /* '~' sorts after every letter that an id can hold. */
  [TRUCE_STATEMENT_FIND_ALERT] = "SELECT " STORED_ALERT_COLUMNS ", id = ?1 FROM alert"
                                 " WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT 2",
  [TRUCE_STATEMENT_LIST_ALERTS] = "SELECT " STORED_ALERT_COLUMNS " FROM alert WHERE raised >= ?1"
                                  " AND (?2 IS NULL OR kind = ?2)"
                                  " AND (?3 IS NULL OR number IN (SELECT alert FROM mention WHERE milestone = ?3))"
                                  " AND (NOT ?4 OR acknowledged IS NULL)"
                                  " AND (NOT ?6 OR acknowledged IS NOT NULL OR snoozed IS NOT NULL)"
                                  " ORDER BY raised DESC, number DESC LIMIT ?5",
  [TRUCE_STATEMENT_COUNT_UNACKNOWLEDGED] = "SELECT count(*) FROM alert WHERE acknowledged IS NULL",
  [TRUCE_STATEMENT_ACKNOWLEDGE] =
      "UPDATE alert SET acknowledged = ?2, acknowledged_by = ?3, via = ?4, snoozed = NULL WHERE id = ?1",
  [TRUCE_STATEMENT_SNOOZE] = "UPDATE alert SET snoozed = ?2, snoozed_at = ?3, snoozed_by = ?4, via = ?5 WHERE id = ?1",
  [TRUCE_STATEMENT_REOPEN] = "UPDATE alert SET acknowledged = NULL, acknowledged_by = NULL, snoozed = NULL,"
                             " snoozed_at = NULL, snoozed_by = NULL, via = NULL WHERE id = ?1",
  [TRUCE_STATEMENT_END_SNOOZE] = "UPDATE alert SET snoozed = NULL WHERE id = ?1 AND snoozed IS NOT NULL",
  [TRUCE_STATEMENT_CLEAR_OUTBOX] = "DELETE FROM outbox WHERE alert = " ALERT_NUMBER,
  [TRUCE_STATEMENT_RETURN_TO_OUTBOX] =
      "INSERT INTO outbox (alert, sink, next_try) VALUES (" ALERT_NUMBER ", ?2, ?3) ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_TAKE_OUTBOX] = "DELETE FROM outbox WHERE alert = " ALERT_NUMBER " AND sink = ?2",
  [TRUCE_STATEMENT_POSTPONE] =
      "UPDATE outbox SET next_try = ?3, attempts = attempts + ?4 WHERE alert = " ALERT_NUMBER " AND sink = ?2",
  [TRUCE_STATEMENT_ADD_DELIVERY] =
      "INSERT INTO delivery (alert, sink, at, delivered, error) VALUES (" ALERT_NUMBER ", ?2, ?3, ?4, ?5)",
  [TRUCE_STATEMENT_OUTBOX_DUE] = "SELECT id, sink, attempts, next_try, kind = 'news' AND next_try = raised FROM outbox "
                                 "JOIN alert ON alert.number = outbox.alert"
                                 " WHERE sink = ?1 AND next_try <= ?2 ORDER BY outbox.alert LIMIT ?3",
  [TRUCE_STATEMENT_OUTBOX_NEXT] = "SELECT min (next_try) FROM outbox WHERE sink = ?1 AND next_try IS NOT NULL",
  [TRUCE_STATEMENT_OWED_SINKS] = "SELECT sink, count(*) FROM " OWED " GROUP BY sink",
  [TRUCE_STATEMENT_RECORD_FORGOTTEN] = "INSERT INTO delivery (alert, sink, at, delivered, error)"
                                       " SELECT alert, sink, ?2, 0, ?3 FROM " OWED " WHERE sink = ?1",
  [TRUCE_STATEMENT_FORGET_SINK] = "DELETE FROM outbox WHERE sink = ?1",
  [TRUCE_STATEMENT_END_LOST_SNOOZES] =
      "UPDATE alert SET snoozed = NULL WHERE snoozed IS NOT NULL AND number NOT IN (SELECT alert FROM outbox)",
  [TRUCE_STATEMENT_OUTBOX_PULLED] = "SELECT id FROM outbox JOIN alert ON alert.number = outbox.alert"
                                    " WHERE sink = ?1 AND next_try IS NULL ORDER BY outbox.alert",
  [TRUCE_STATEMENT_DELIVERIES] =
      "SELECT sink, at, delivered, error FROM delivery WHERE alert = " ALERT_NUMBER " ORDER BY number",
  [TRUCE_STATEMENT_REFUSED] = "SELECT id, one.sink, one.at, one.error" SET_ASIDE " ORDER BY one.number",
  /* What waits, and the newest of what others were shown and nobody has answered. User -1 is everybody: before it was
   * kept who was shown what. */
  [TRUCE_STATEMENT_TO_SHOW] =
      "WITH waiting AS (SELECT alert FROM outbox WHERE sink = ?1 AND next_try IS NULL),"
      " open AS (SELECT number FROM alert WHERE acknowledged IS NULL AND snoozed IS NULL AND number IN"
      " (SELECT alert FROM delivery WHERE sink = ?1 AND at >= ?3 AND delivered) AND number NOT IN waiting"
      " ORDER BY number DESC LIMIT ?4)"
      " SELECT id FROM alert WHERE (number IN waiting OR number IN open) AND NOT EXISTS"
      " (SELECT 1 FROM shown WHERE shown.alert = number AND user IN (?2, -1)) ORDER BY number",
  [TRUCE_STATEMENT_SHOWN] =
      "INSERT INTO shown (alert, user) SELECT number, ?2 FROM alert WHERE id = ?1 ON CONFLICT DO NOTHING",
  [TRUCE_STATEMENT_FORGET_SHOWN] = "DELETE FROM shown WHERE alert = " ALERT_NUMBER,
  [TRUCE_STATEMENT_EXPIRE_SHOWN] = "DELETE FROM shown WHERE alert NOT IN (SELECT alert FROM outbox) AND NOT EXISTS"
                                   " (SELECT 1 FROM delivery WHERE delivery.alert = shown.alert AND at >= ?1)",
  [TRUCE_STATEMENT_EXPIRE_ALERTS] = "DELETE FROM alert WHERE raised < ?1 AND instr (?2, id) = 0",
  [TRUCE_STATEMENT_EXPIRE_FIRINGS] = "DELETE FROM firing WHERE at < ?1",
  [TRUCE_STATEMENT_EXPIRE_MOVES] = "DELETE FROM move WHERE heard < ?1",
  [TRUCE_STATEMENT_EXPIRE_OCCURRENCES] =
      "WITH passed AS (SELECT milestone FROM revision WHERE instr (milestone, '@') > 0"
      " GROUP BY milestone HAVING max (due_latest) < ?1)"
      " DELETE FROM revision WHERE milestone IN (SELECT milestone FROM passed) AND milestone NOT IN"
      " (SELECT max (milestone) FROM passed GROUP BY substr (milestone, 1, instr (milestone, '@')))",
  /* Counted from the feed's last poll, not from today: after months switched off, nothing of it is news again. */
  [TRUCE_STATEMENT_EXPIRE_SEEN] = "DELETE FROM seen WHERE last_present <"
                                  " (SELECT min (seen_day, ?1) FROM feed WHERE number = seen.feed) - ?2",
  [TRUCE_STATEMENT_EXPIRE_FEEDS] = "DELETE FROM feed WHERE max (coalesce (seen_day, 0), coalesce (last_try, 0) / ?2)"
                                   " BETWEEN 1 AND ?1 - 1",
  [TRUCE_STATEMENT_EXPIRE_EVENT_BOOKS] = "DELETE FROM event_book WHERE calendar NOT IN (SELECT id FROM feed)",
};

TruceQuestion *
truce_store_ask (TruceStore *store, TruceStatement statement)
{
  sqlite3_stmt **kept = &store->statements[statement];

  if (!*kept)
    (void) sqlite3_prepare_v3 (store->db, texts[statement], -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
  return *kept;
}

void
truce_question_done (TruceQuestion *question)
{
  if (!question)
    return;
  (void) sqlite3_reset (question);
  (void) sqlite3_clear_bindings (question);
}

void
truce_bind_text (TruceQuestion *question, int index, const char *text)
{
  (void) sqlite3_bind_text (question, index, text, -1, SQLITE_STATIC);
}

void
truce_bind_time (TruceQuestion *question, int index, TruceTime at)
{
  if (at == TRUCE_TIME_NONE)
    (void) sqlite3_bind_null (question, index);
  else
    (void) sqlite3_bind_int64 (question, index, at);
}

void
truce_bind_integer (TruceQuestion *question, int index, gint64 value)
{
  (void) sqlite3_bind_int64 (question, index, value);
}

TruceTime
truce_column_time (TruceQuestion *question, int index)
{
  return sqlite3_column_type (question, index) == SQLITE_NULL ? TRUCE_TIME_NONE
                                                              : sqlite3_column_int64 (question, index);
}

char *
truce_column_text (TruceQuestion *question, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (question, index));
}

/* Found damaged while running: leaves a mark, so that the next start checks the whole file, whatever its size. */
static void
mark_suspect (TruceStore *store)
{
  int code = sqlite3_errcode (store->db) & 0xff;
  g_autofree char *mark = g_strconcat (store->path, ".suspect", NULL);
  int fd;

  if (store->suspect || (code != SQLITE_CORRUPT && code != SQLITE_NOTADB))
    return;
  store->suspect = TRUE;
  fd = open (mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
}

gboolean
truce_store_fail (TruceStore *store, GError **error)
{
  mark_suspect (store);
  g_set_error (error, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_WRITE, "%s: cannot be written: %s", store->path,
               truce_store_reason (store));
  return FALSE;
}

gboolean
truce_store_run (TruceStore *store, TruceQuestion *question, GError **error)
{
  if (sqlite3_step (question) == SQLITE_DONE)
    return TRUE;
  return truce_store_fail (store, error);
}

gboolean
truce_store_next (TruceStore *store, TruceQuestion *question)
{
  int code = sqlite3_step (question);

  store->unreadable = code != SQLITE_ROW && code != SQLITE_DONE;
  if (code == SQLITE_ROW)
    return TRUE;
  if (store->unreadable) {
    mark_suspect (store);
    g_free (store->unread);
    store->unread = g_strdup_printf ("%s: cannot be read: %s", store->path, truce_store_reason (store));
    g_warning ("%s", store->unread);
  }
  return FALSE;
}

static gboolean
begin (TruceStore *store, gboolean light, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_BEGIN);

  if (light != store->light) {
    if (sqlite3_exec (store->db, light ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", NULL, NULL,
                      NULL) != SQLITE_OK)
      return truce_store_fail (store, error);
    store->light = light;
  }
  return truce_store_run (store, question, error);
}

gboolean
truce_store_begin (TruceStore *store, GError **error)
{
  g_hash_table_remove_all (store->tries);
  return begin (store, FALSE, error);
}

gboolean
truce_store_begin_light (TruceStore *store, GError **error)
{
  return begin (store, TRUE, error);
}

gboolean
truce_store_begin_delivery (TruceStore *store, GError **error)
{
  g_hash_table_remove_all (store->tries);
  store->unsynced = TRUE;
  return begin (store, TRUE, error);
}

/* As SQLite does it at the end of a commit: the log has all that was committed before, in order. What the disk says to
 * it now it says again at the next commit. */
void
truce_store_sync (gpointer self)
{
  TruceStore *store = self;
  sqlite3_file *log = NULL;

  if (store->unsynced && sqlite3_file_control (store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
      log && log->pMethods)
    (void) log->pMethods->xSync (log, SQLITE_SYNC_NORMAL);
  store->unsynced = FALSE;
}

gboolean
truce_store_end (TruceStore *store, gboolean fine, GError **error)
{
  if (fine) {
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_COMMIT);
    fine = truce_store_run (store, question, error);
    if (fine && !store->light)
      store->unsynced = FALSE; /* with all that was committed before */
  }
  /* SQLite itself rolls back after some failures. */
  if (!fine && !sqlite3_get_autocommit (store->db)) {
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ROLLBACK);
    (void) sqlite3_step (question);
  }
  return fine;
}
