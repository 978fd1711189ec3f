/* SPDX-License-Identifier: MIT */
/* The contract of the store port (engine/ports.h), asked of every store that there is; and a long random life in which
 * SQLite and the store in memory must never tell apart. */
#include <glib.h>
#include <string.h>

#include "store-fixture.h"

static const TruceOrigin ada = { "ada", "trucectl" }, clicked = { "ben", "truced-desktop" };

#define BOTH ((const char *const[]){ "journal", "desktop", NULL })
#define JOURNAL ((const char *const[]){ "journal", NULL })

static void
commit_now (Store *store, TruceCommit *commit)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store->port.commit (store->port.self, commit, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_outbox (Store *store, const char *sink, TruceTime at, guint expected)
{
  g_autoptr (GPtrArray) due = store->port.outbox_due (store->port.self, sink, at, 1000);
  g_assert_cmpuint (due->len, ==, expected);
}

static void
test_window (Store *store)
{
  g_autoptr (TruceCommit) first = truce_commit_new (NOW), second = truce_commit_new (NOW),
                          third = truce_commit_new (NOW);

  g_assert_cmpint (store->port.window (store->port.self), ==, TRUCE_TIME_NONE);
  g_assert_cmpint (store->port.reached (store->port.self), ==, TRUCE_TIME_NONE);
  first->window = NOW;
  first->reached = NOW + 5;
  first->leapt = NOW + 7;
  commit_now (store, first);
  commit_now (store, second);
  store_reopen (store);
  g_assert_cmpint (store->port.window (store->port.self), ==, NOW);
  third->window = NOW + 1;
  commit_now (store, third);
  g_assert_cmpint (store->port.window (store->port.self), ==, NOW + 1);
  g_assert_cmpint (store->port.reached (store->port.self), ==, NOW + 5); /* as long as nobody says otherwise */
  g_assert_cmpint (store->port.leapt (store->port.self), ==, NOW + 7);
}

/* Raised twice: the first stays, and nothing is delivered again. */
static void
test_once (Store *store)
{
  TruceAlert *again = make_alert (TRUCE_ALERT_LEAD, "one", "truce", NOW + 5);
  g_autofree char *id = g_strdup (again->id);

  g_assert_cmpuint (commit_alert (store, make_alert (TRUCE_ALERT_LEAD, "one", "truce", NOW), JOURNAL), ==, 1);
  g_assert_true (store->port.delivered (store->port.self, id, "journal", NOW, NULL));
  store_reopen (store);
  g_free (again->title);
  again->title = g_strdup ("Another title");
  g_assert_cmpuint (commit_alert (store, again, BOTH), ==, 0);
  assert_outbox (store, "journal", NOW + TRUCE_DAY, 0);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 0);
  TruceStoredAlert *stored = store->port.alert (store->port.self, id, NULL);
  g_assert_cmpstr (stored->alert->title, ==, "Alert of one");
  g_assert_cmpint (stored->alert->raised, ==, NOW);
  truce_stored_alert_free (stored);
}

static void
test_new_ones (Store *store)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  g_autoptr (GPtrArray) fresh = NULL;

  commit_alert (store, make_alert (TRUCE_ALERT_NEWS, "b", NULL, NOW), JOURNAL);
  for (const char *cause = "abca"; *cause; cause++) {
    const char text[] = { *cause, 0 };
    truce_commit_add_alert (commit, make_alert (TRUCE_ALERT_NEWS, text, NULL, NOW), JOURNAL);
  }
  g_assert_true (store->port.commit (store->port.self, commit, &fresh, NULL));
  g_assert_cmpuint (fresh->len, ==, 2);
  g_assert_cmpstr (((TruceAlert *) g_ptr_array_index (fresh, 0))->title, ==, "Alert of a");
  g_assert_cmpstr (((TruceAlert *) g_ptr_array_index (fresh, 1))->title, ==, "Alert of c");
  assert_outbox (store, "journal", NOW, 3);
}

/* All that an alert says comes back as it was. */
static void
test_record (Store *store)
{
  TruceAlert *alert = make_alert (TRUCE_ALERT_CHANGED, "record", "truce", NOW);
  g_autoptr (json_t) before = NULL, after = NULL;
  TruceStoredAlert *stored;

  alert->also = g_strsplit ("watch:fentanyl milestone:tiktok", " ", -1);
  alert->has_due = TRUE;
  alert->revision = 3;
  alert->due = NOW + TRUCE_DAY;
  alert->zone = g_strdup ("America/New_York");
  alert->old_due = NOW - TRUCE_DAY;
  alert->why = g_strdup ("executive order; 90 days “more” 中美");
  alert->matched = g_strsplit ("truce China", " ", -1);
  before = truce_alert_to_json (alert);
  g_autofree char *id = g_strdup (alert->id);
  commit_alert (store, alert, JOURNAL);
  store_reopen (store);
  stored = store->port.alert (store->port.self, id, NULL);
  after = truce_alert_to_json (stored->alert);
  g_assert_true (json_equal (before, after));
  g_assert_cmpint (stored->acknowledged, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (stored->snoozed, ==, TRUCE_TIME_NONE);
  truce_stored_alert_free (stored);
}

static void
test_outbox (Store *store)
{
  TruceAlert *one = truce_alert_ref (make_alert (TRUCE_ALERT_LEAD, "1", "m", NOW));
  TruceAlert *two = truce_alert_ref (make_alert (TRUCE_ALERT_DUE, "2", "m", NOW));
  TruceStorePort *port = &store->port;
  TruceOutboxEntry *entry;

  g_assert_cmpint (port->outbox_next (port->self, "journal"), ==, TRUCE_TIME_NONE);
  commit_alert (store, one, BOTH);
  commit_alert (store, two, BOTH);
  g_assert_cmpint (port->outbox_next (port->self, "journal"), <=, NOW);
  g_assert_cmpint (port->outbox_next (port->self, "syslog"), ==, TRUCE_TIME_NONE);

  /* One that failed comes back when it said, and counts its attempts. */
  g_assert_true (port->postpone (port->self, one->id, "journal", NOW, "nobody listens", TRUE, NOW + TRUCE_MINUTE, NULL));
  store_reopen (store);
  g_autoptr (GPtrArray) due = port->outbox_due (port->self, "journal", NOW + TRUCE_SECOND, 10);
  g_assert_cmpuint (due->len, ==, 1);
  g_autoptr (GPtrArray) later = port->outbox_due (port->self, "journal", NOW + TRUCE_MINUTE, 10);
  g_assert_cmpuint (later->len, ==, 2);
  entry = g_ptr_array_index (later, 0);
  g_assert_cmpstr (entry->alert, ==, one->id);
  g_assert_cmpstr (entry->sink, ==, "journal");
  g_assert_cmpuint (entry->attempts, ==, 1);
  g_assert_cmpint (entry->next_try, ==, NOW + TRUCE_MINUTE);
  g_autoptr (GPtrArray) limited = port->outbox_due (port->self, "journal", NOW + TRUCE_MINUTE, 1);
  g_assert_cmpuint (limited->len, ==, 1);

  g_assert_true (port->delivered (port->self, one->id, "journal", NOW + 2, NULL));
  g_assert_true (port->give_up (port->self, two->id, "journal", NOW + 3, TRUCE_SET_ASIDE "too long", NULL));
  store_reopen (store);
  g_autoptr (GPtrArray) refused = port->refused (port->self);
  g_assert_cmpuint (refused->len, ==, 1);
  const TruceRefusal *refusal = g_ptr_array_index (refused, 0);
  g_assert_cmpstr (refusal->alert, ==, two->id);
  g_assert_cmpstr (refusal->sink, ==, "journal");
  g_assert_cmpstr (refusal->error, ==, "too long");
  g_assert_cmpint (refusal->at, ==, NOW + 3);
  assert_outbox (store, "journal", TRUCE_TIME_MAX, 0);
  assert_outbox (store, "desktop", NOW, 2);
  g_autoptr (GPtrArray) deliveries = port->deliveries (port->self, one->id);
  g_assert_cmpuint (deliveries->len, ==, 2);
  TruceDeliveryRecord *failed = g_ptr_array_index (deliveries, 0), *done = g_ptr_array_index (deliveries, 1);
  g_assert_false (failed->delivered);
  g_assert_cmpstr (failed->error, ==, "nobody listens");
  g_assert_cmpint (failed->at, ==, NOW);
  g_assert_true (done->delivered);
  g_assert_null (done->error);
  truce_alert_unref (one);
  truce_alert_unref (two);
}

/* The digest goes out in the place of what it tells of: both or neither. */
static void
test_folds (Store *store)
{
  g_autoptr (TruceAlert) one = truce_alert_ref (make_alert (TRUCE_ALERT_NEWS, "1", "m", NOW));
  g_autoptr (TruceAlert) two = truce_alert_ref (make_alert (TRUCE_ALERT_NEWS, "2", "m", NOW));
  TruceAlert *digest = make_alert (TRUCE_ALERT_DIGEST, "d", "m", NOW + 5);
  g_autofree char *why = g_strdup_printf ("told within the digest %.8s", digest->id);
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW + 5);
  TruceStorePort *port = &store->port;

  commit_alert (store, one, BOTH);
  commit_alert (store, two, BOTH);
  truce_commit_add_alert (commit, digest, JOURNAL);
  truce_commit_add_fold (commit, one->id, "journal", digest);
  truce_commit_add_fold (commit, two->id, "journal", digest);
  truce_commit_add_fold (commit, two->id, "nowhere", digest); /* not there: nothing to end */
  g_assert_true (port->commit (port->self, commit, NULL, NULL));
  store_reopen (store);
  assert_outbox (store, "journal", TRUCE_TIME_MAX, 1);
  assert_outbox (store, "desktop", TRUCE_TIME_MAX, 2);
  g_autoptr (GPtrArray) deliveries = port->deliveries (port->self, two->id);
  g_assert_cmpuint (deliveries->len, ==, 1);
  const TruceDeliveryRecord *record = g_ptr_array_index (deliveries, 0);
  g_assert_false (record->delivered);
  g_assert_cmpstr (record->error, ==, why);
  g_assert_cmpint (record->at, ==, NOW + 5);
}

static void
test_pulled (Store *store)
{
  TruceAlert *one = truce_alert_ref (make_alert (TRUCE_ALERT_LEAD, "1", "m", NOW));
  TruceStorePort *port = &store->port;

  commit_alert (store, one, BOTH);
  g_assert_true (port->postpone (port->self, one->id, "desktop", NOW, NULL, FALSE, TRUCE_TIME_NONE, NULL));
  store_reopen (store);
  assert_outbox (store, "desktop", TRUCE_TIME_MAX, 0);
  g_assert_cmpint (port->outbox_next (port->self, "desktop"), ==, TRUCE_TIME_NONE);
  g_autoptr (GPtrArray) waiting = port->outbox_pulled (port->self, "desktop");
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (waiting, 0), ==, one->id);
  g_autoptr (GPtrArray) others = port->outbox_pulled (port->self, "journal");
  g_assert_cmpuint (others->len, ==, 0);
  g_assert_true (port->delivered (port->self, one->id, "desktop", NOW, NULL));
  g_autoptr (GPtrArray) none = port->outbox_pulled (port->self, "desktop");
  g_assert_cmpuint (none->len, ==, 0);
  truce_alert_unref (one);
}

static void
test_acknowledge (Store *store)
{
  TruceAlert *one = truce_alert_ref (make_alert (TRUCE_ALERT_LEAD, "1", "m", NOW));
  TruceStorePort *port = &store->port;
  TruceStoredAlert *stored;

  commit_alert (store, one, BOTH);
  g_assert_true (port->snooze (port->self, one->id, BOTH, NOW + TRUCE_DAY, NOW + 3, &clicked, NULL));
  store_reopen (store);
  assert_outbox (store, "desktop", NOW + TRUCE_HOUR, 0);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 1);
  stored = port->alert (port->self, one->id, NULL);
  g_assert_cmpint (stored->snoozed, ==, NOW + TRUCE_DAY);
  g_assert_cmpint (stored->snoozed_at, ==, NOW + 3);
  g_assert_cmpstr (stored->snoozed_by, ==, "ben");
  g_assert_cmpstr (stored->via, ==, "truced-desktop");
  truce_stored_alert_free (stored);

  g_assert_true (port->acknowledge (port->self, one->id, NOW + 9, &ada, NULL));
  store_reopen (store);
  assert_outbox (store, "desktop", TRUCE_TIME_MAX, 0);
  assert_outbox (store, "journal", TRUCE_TIME_MAX, 0);
  stored = port->alert (port->self, one->id, NULL);
  g_assert_cmpint (stored->acknowledged, ==, NOW + 9);
  g_assert_cmpstr (stored->acknowledged_by, ==, "ada");
  g_assert_cmpstr (stored->via, ==, "trucectl");
  g_assert_cmpint (stored->snoozed, ==, TRUCE_TIME_NONE);
  truce_stored_alert_free (stored);

  g_assert_true (port->reopen (port->self, one->id, JOURNAL, NOW + 20, NULL));
  store_reopen (store);
  assert_outbox (store, "desktop", TRUCE_TIME_MAX, 0);
  assert_outbox (store, "journal", NOW + 20, 1);
  stored = port->alert (port->self, one->id, NULL);
  g_assert_cmpint (stored->acknowledged, ==, TRUCE_TIME_NONE);
  g_assert_null (stored->acknowledged_by);
  g_assert_null (stored->via);
  truce_stored_alert_free (stored);
  g_assert_false (port->reopen (port->self, "nobody", JOURNAL, NOW + 20, NULL));
  truce_alert_unref (one);
}

static void
test_firings (Store *store)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  const TruceStoredFiring firings[] = { { g_strdup ("truce"), 1, g_strdup ("30d"), NOW, NULL },
                                        { g_strdup ("truce"), 1, g_strdup ("7d"), NOW + 1, g_strdup ("abc") } };
  TruceStorePort *port = &store->port;

  g_assert_false (port->firing_done (port->self, "truce", 1, "30d"));
  g_array_append_vals (commit->firings, firings, G_N_ELEMENTS (firings));
  commit_now (store, commit);
  commit_now (store, commit);
  store_reopen (store);
  g_assert_true (port->firing_done (port->self, "truce", 1, "30d"));
  g_assert_true (port->firing_done (port->self, "truce", 1, "7d"));
  g_assert_false (port->firing_done (port->self, "truce", 2, "30d"));
  g_assert_false (port->firing_done (port->self, "truce", 1, "3d"));
  g_assert_false (port->firing_done (port->self, "tiktok", 1, "30d"));
  g_autoptr (GPtrArray) after = port->firings_after (port->self, NOW);
  g_assert_cmpuint (after->len, ==, 1);
  const TruceStoredFiring *found = g_ptr_array_index (after, 0);
  g_assert_cmpstr (found->milestone, ==, "truce");
  g_assert_cmpuint (found->revision, ==, 1);
  g_assert_cmpstr (found->key, ==, "7d");
  g_assert_cmpint (found->at, ==, NOW + 1);
  g_assert_cmpstr (found->alert, ==, "abc");
  g_autoptr (GPtrArray) all = port->firings_after (port->self, TRUCE_TIME_MIN);
  g_assert_cmpuint (all->len, ==, 2);
  g_autoptr (GPtrArray) of_one = port->firings_of (port->self, "truce", 1),
                        none = port->firings_of (port->self, "truce", 2);
  g_assert_cmpuint (of_one->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
add_revision (TruceCommit *commit, const char *milestone, guint number, TruceTime due, const char *why)
{
  TruceStoredRevision *revision = g_new0 (TruceStoredRevision, 1);

  *revision = (TruceStoredRevision){
    .milestone = g_strdup (milestone),
    .revision = number,
    .due = due,
    .due_latest = due + TRUCE_DAY,
    .zone = g_strdup ("Asia/Shanghai"),
    .statement = g_strdup ("starts + 90d"),
    .since = NOW,
    .why = g_strdup (why),
    .by = g_strdup (why ? "ada" : NULL),
    .amendment = why ? 7 : 0,
    .precision = TRUCE_PRECISION_DAY,
  };
  g_ptr_array_add (commit->revisions, revision);
}

static gint
by_milestone (gconstpointer left, gconstpointer right)
{
  return strcmp ((*(TruceStoredRevision *const *) left)->milestone, (*(TruceStoredRevision *const *) right)->milestone);
}

static void
test_revisions (Store *store)
{
  g_autoptr (TruceCommit) first = truce_commit_new (NOW), second = truce_commit_new (NOW);

  add_revision (first, "truce", 1, NOW, NULL);
  add_revision (first, "tiktok", 1, NOW, NULL);
  commit_now (store, first);
  add_revision (second, "truce", 2, NOW + 90 * TRUCE_DAY, "extended");
  commit_now (store, second);
  store_reopen (store);
  g_autoptr (GPtrArray) latest = store->port.revisions (store->port.self);
  g_assert_cmpuint (latest->len, ==, 2);
  g_ptr_array_sort (latest, by_milestone);
  const TruceStoredRevision *tiktok = g_ptr_array_index (latest, 0), *truce = g_ptr_array_index (latest, 1);
  g_assert_cmpstr (tiktok->milestone, ==, "tiktok");
  g_assert_cmpuint (tiktok->revision, ==, 1);
  g_assert_null (tiktok->why);
  g_assert_cmpuint (truce->revision, ==, 2);
  g_assert_cmpint (truce->due, ==, NOW + 90 * TRUCE_DAY);
  g_assert_cmpint (truce->due_latest, ==, NOW + 91 * TRUCE_DAY);
  g_assert_cmpstr (truce->zone, ==, "Asia/Shanghai");
  g_assert_cmpstr (truce->statement, ==, "starts + 90d");
  g_assert_cmpint (truce->since, ==, NOW);
  g_assert_cmpstr (truce->why, ==, "extended");
}

static void
test_feed_state (Store *store)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  TruceFeedState given, got;
  TruceStorePort *port = &store->port;

  truce_feed_state_init (&given);
  g_assert_false (port->feed_state (port->self, "ustr", &got));
  given.url = g_strdup ("https://example.org/feed");
  given.etag = g_strdup ("W/\"a\\b\xe9\"; ' --"); /* whatever the server sent, UTF-8 or not */
  given.last_modified = g_strdup ("Tue, 05 Aug 2025 13:00:00 GMT");
  given.body_hash = G_MAXUINT64 - 1;
  given.title = g_strdup ("Federal Register");
  given.hint = TRUCE_HOUR;
  given.skip_hours = 0xffffff;
  given.skip_days = 0x41;
  given.due = TRUCE_TIME_MAX;
  given.due_reason = g_strdup ("gone");
  given.last_try = NOW;
  given.last_200 = NOW - 1;
  given.failures = 7;
  given.error = g_strdup ("410");
  given.alerted = given.stale = TRUE;
  given.outcomes = 0xa5;
  given.polls = g_strdup ("1754395200 0 200 5312 20 3\n");
  given.identity = 0x81;
  given.newest = NOW - 2;
  given.habit = 3 * TRUCE_DAY;
  given.arrivals = 50;
  given.moved_to = g_strdup ("https://example.com/feed");
  given.moved_since = NOW - 3;
  given.moved_seen = 2;
  given.address = g_strdup ("https://example.net/feed");
  truce_commit_set_feed (commit, "ustr", &given);
  commit_now (store, commit);
  store_reopen (store);
  g_assert_true (port->feed_state (port->self, "ustr", &got));
  g_assert_cmpstr (got.url, ==, given.url);
  g_assert_cmpstr (got.etag, ==, given.etag);
  g_assert_cmpstr (got.last_modified, ==, given.last_modified);
  g_assert_cmpuint (got.body_hash, ==, given.body_hash);
  g_assert_cmpstr (got.title, ==, given.title);
  g_assert_cmpint (got.hint, ==, given.hint);
  g_assert_cmpuint (got.skip_hours, ==, given.skip_hours);
  g_assert_cmpuint (got.skip_days, ==, given.skip_days);
  g_assert_cmpint (got.due, ==, TRUCE_TIME_MAX);
  g_assert_cmpstr (got.due_reason, ==, "gone");
  g_assert_cmpint (got.last_try, ==, NOW);
  g_assert_cmpint (got.last_200, ==, NOW - 1);
  g_assert_cmpint (got.last_304, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (got.last_new, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (got.failures, ==, 7);
  g_assert_cmpstr (got.error, ==, "410");
  g_assert_true (got.alerted && got.stale);
  g_assert_cmpuint (got.outcomes, ==, 0xa5);
  g_assert_cmpstr (got.polls, ==, given.polls);
  g_assert_cmpuint (got.identity, ==, 0x81);
  g_assert_cmpint (got.newest, ==, NOW - 2);
  g_assert_cmpint (got.habit, ==, 3 * TRUCE_DAY);
  g_assert_cmpuint (got.arrivals, ==, 50);
  g_assert_cmpstr (got.moved_to, ==, given.moved_to);
  g_assert_cmpint (got.moved_since, ==, NOW - 3);
  g_assert_cmpuint (got.moved_seen, ==, 2);
  g_assert_cmpstr (got.address, ==, given.address);
  truce_feed_state_clear (&got);
  truce_feed_state_clear (&given);
}

/* A poll that brings nothing. */
static void
read_empty (Store *store, const char *feed, TruceTime read)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  TruceFeedState state;

  truce_feed_state_init (&state);
  state.last_200 = read;
  truce_commit_set_feed (commit, feed, &state);
  commit_now (store, commit);
  truce_feed_state_clear (&state);
}

/* What is known of `key`; of 0, whether any entry has `headline`. */
static void
assert_seen (Store *store, const char *feed, guint64 key, gboolean found, guint64 headline, guint64 name)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
  TruceSeen seen = { .key = key, .headline = key ? 0 : headline };

  g_array_append_val (wanted, seen);
  (void) store->port.find_seen (store->port.self, feed, wanted);
  seen = g_array_index (wanted, TruceSeen, 0);
  g_assert_cmpint (seen.found, ==, found);
  g_assert_cmpuint (seen.headline, ==, headline);
  g_assert_cmpuint (seen.name, ==, name);
}

static void
test_seen (Store *store)
{
  const guint64 given[] = { 9, G_MAXUINT64, 3, (guint64) 1 << 63, 5 };
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  g_autoptr (TruceCommit) again = truce_commit_new (NOW + 1);
  TruceStorePort *port = &store->port;

  assert_seen (store, "ustr", 3, FALSE, 0, 0);
  read_empty (store, "status", TRUCE_TIME_NONE);
  g_assert_false (port->find_seen (port->self, "status", commit->seen));
  read_empty (store, "status", NOW);
  g_assert_true (port->find_seen (port->self, "status", commit->seen));
  truce_commit_set_feed (commit, "ustr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++) {
    const TruceSeen seen = { .key = given[i], .headline = 100 + i, .name = i == 1 ? 9 : 0 };
    g_array_append_val (commit->seen, seen);
  }
  commit_now (store, commit);
  store_reopen (store);
  g_assert_false (port->find_seen (port->self, "reuters", commit->seen));
  assert_seen (store, "ustr", 9, TRUE, 100, 0);
  assert_seen (store, "ustr", G_MAXUINT64, TRUE, 101, 9);
  assert_seen (store, "ustr", (guint64) 1 << 63, TRUE, 103, 0);
  assert_seen (store, "ustr", 4, FALSE, 0, 0);
  /* By a headline alone; and a new one takes the place of the old, where the name stays. */
  assert_seen (store, "ustr", 0, TRUE, 101, 0);
  truce_commit_set_feed (again, "ustr", NULL);
  const TruceSeen edited = { .key = G_MAXUINT64, .headline = 200, .name = 7 };
  g_array_append_val (again->seen, edited);
  commit_now (store, again);
  assert_seen (store, "ustr", G_MAXUINT64, TRUE, 200, 9);
  assert_seen (store, "ustr", 0, FALSE, 101, 0);
}

/* Of several feeds, with what was seen of each; the same feed twice: the later holds. */
static void
test_commit_all (Store *store)
{
  static const char *const feeds[] = { "ustr", "reuters", "ustr" };
  TruceCommit *commits[G_N_ELEMENTS (feeds)];
  TruceStorePort *port = &store->port;
  TruceFeedState state;

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++) {
    const TruceSeen seen = { .key = 10 + i };
    commits[i] = truce_commit_new (NOW + i);
    truce_feed_state_init (&state);
    state.url = g_strdup_printf ("https://example.org/%u", i);
    truce_commit_set_feed (commits[i], feeds[i], &state);
    truce_feed_state_clear (&state);
    g_array_append_val (commits[i]->seen, seen);
    g_assert_true (truce_commit_may_be_forgotten (commits[i]));
  }
  g_assert_true (port->commit_all (port->self, commits, G_N_ELEMENTS (commits), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    truce_commit_free (commits[i]);
  store_reopen (store);
  assert_seen (store, "ustr", 10, TRUE, 0, 0);
  assert_seen (store, "reuters", 11, TRUE, 0, 0);
  assert_seen (store, "ustr", 12, TRUE, 0, 0);
  assert_seen (store, "reuters", 10, FALSE, 0, 0);
  g_assert_true (port->feed_state (port->self, "ustr", &state));
  g_assert_cmpstr (state.url, ==, "https://example.org/2");
  truce_feed_state_clear (&state);
}

static guint
count_filtered (Store *store, const TruceAlertFilter *filter)
{
  g_autoptr (GPtrArray) alerts = store->port.alerts (store->port.self, filter);
  return alerts->len;
}

static void
test_filters (Store *store)
{
  TruceAlert *also = make_alert (TRUCE_ALERT_NEWS, "3", "tiktok", NOW + 3);
  TruceAlert *seen = truce_alert_ref (make_alert (TRUCE_ALERT_NEWS, "1", "truce", NOW + 1));
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN };
  TruceAlertFilter filter = all;

  also->also = g_strsplit ("watch:tariffs milestone:truce", " ", -1);
  commit_alert (store, seen, JOURNAL);
  commit_alert (store, make_alert (TRUCE_ALERT_LEAD, "2", "truce", NOW + 2), JOURNAL);
  commit_alert (store, also, JOURNAL);
  commit_alert (store, make_alert (TRUCE_ALERT_PROBLEM, "4", NULL, NOW + 4), JOURNAL);
  g_assert_true (store->port.acknowledge (store->port.self, seen->id, NOW, &ada, NULL));
  truce_alert_unref (seen);
  store_reopen (store);

  g_assert_cmpuint (count_filtered (store, &all), ==, 4);
  filter.since = NOW + 2;
  g_assert_cmpuint (count_filtered (store, &filter), ==, 3);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .kind = "news" };
  g_assert_cmpuint (count_filtered (store, &filter), ==, 2);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .milestone = "truce" };
  g_assert_cmpuint (count_filtered (store, &filter), ==, 3);
  filter.kind = "lead";
  g_assert_cmpuint (count_filtered (store, &filter), ==, 1);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .milestone = "tariffs" };
  g_assert_cmpuint (count_filtered (store, &filter), ==, 0);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .unacknowledged = TRUE };
  g_assert_cmpuint (count_filtered (store, &filter), ==, 3);
  g_assert_cmpuint (store->port.unacknowledged (store->port.self), ==, 3);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .answered = TRUE };
  g_assert_cmpuint (count_filtered (store, &filter), ==, 1);
  filter = (TruceAlertFilter){ .since = TRUCE_TIME_MIN, .limit = 2 };
  g_autoptr (GPtrArray) newest = store->port.alerts (store->port.self, &filter);
  g_assert_cmpuint (newest->len, ==, 2);
  g_assert_cmpstr (((TruceStoredAlert *) g_ptr_array_index (newest, 0))->alert->title, ==, "Alert of 4");
  g_assert_cmpstr (((TruceStoredAlert *) g_ptr_array_index (newest, 1))->alert->title, ==, "Alert of 3");
}

static void
test_find (Store *store)
{
  g_autoptr (GError) error = NULL;
  TruceStoredAlert *found;

  /* Seventeen ids, sixteen digits to begin with: two begin alike. */
  for (guint i = 0; i < 17; i++) {
    g_autofree char *cause = g_strdup_printf ("%u", i);
    commit_alert (store, make_alert (TRUCE_ALERT_LEAD, cause, NULL, NOW), JOURNAL);
  }
  g_autoptr (GPtrArray) all = store->port.alerts (store->port.self, &(TruceAlertFilter){ .since = TRUCE_TIME_MIN });
  gboolean ambiguous = FALSE;
  for (guint i = 0; i < all->len; i++) {
    const char *whole = ((TruceStoredAlert *) g_ptr_array_index (all, i))->alert->id;
    g_autofree char *first = g_strndup (whole, 1), *most = g_strndup (whole, 31);

    found = store->port.alert (store->port.self, whole, NULL);
    g_assert_cmpstr (found->alert->id, ==, whole);
    truce_stored_alert_free (found);
    found = store->port.alert (store->port.self, most, NULL);
    g_assert_cmpstr (found->alert->id, ==, whole);
    truce_stored_alert_free (found);
    found = store->port.alert (store->port.self, first, &error);
    if (!found) {
      g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_AMBIGUOUS);
      g_clear_error (&error);
      ambiguous = TRUE;
    }
    truce_stored_alert_free (found);
  }
  g_assert_true (ambiguous);
  g_assert_null (store->port.alert (store->port.self, "zz%_", &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

/* --- a random life --- */

#define LIFE_STEPS 600
#define LIFE_ALERTS 24 /* few, so that the same ones meet often */
#define LIFE_KEYS 40
#define LIFE_USERS 2

static const char *const life_sinks[] = { "journal", "desktop", "syslog", NULL };
static const char *const life_feeds[] = { "ustr", "reuters" };

/* All that can be seen of a store, as text. */
static char *
describe (Store *store, TruceTime now)
{
  GString *text = g_string_new (NULL);
  TruceStorePort *port = &store->port;
  g_autoptr (GPtrArray) alerts = port->alerts (port->self, &(TruceAlertFilter){ .since = TRUCE_TIME_MIN });

  g_string_append_printf (text, "window %" G_GINT64_FORMAT "\n", port->window (port->self));
  for (guint i = 0; i < alerts->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
    g_string_append_printf (text, "alert %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s %s\n", stored->alert->title,
                            stored->acknowledged, stored->acknowledged_by, stored->snoozed, stored->snoozed_by,
                            stored->via);
  }
  for (guint s = 0; life_sinks[s]; s++) {
    g_autoptr (GPtrArray) due = port->outbox_due (port->self, life_sinks[s], now, 1000);
    g_autoptr (GPtrArray) pulled = port->outbox_pulled (port->self, life_sinks[s]);

    g_string_append_printf (text, "%s next %" G_GINT64_FORMAT " due %u pulled %u:", life_sinks[s],
                            port->outbox_next (port->self, life_sinks[s]), due->len, pulled->len);
    /* What a row is, not where it stands: a snoozed alert may come back at either end. */
    guint64 sum = 0;
    for (guint i = 0; i < due->len; i++) {
      const TruceOutboxEntry *entry = g_ptr_array_index (due, i);
      g_autofree char *row =
          g_strdup_printf ("%s %u %" G_GINT64_FORMAT, entry->alert, entry->attempts, entry->next_try);
      sum += truce_item_key (&(TruceItem){ .id = row });
    }
    g_string_append_printf (text, " %" G_GUINT64_FORMAT "\n", sum);
    for (guint32 user = 1; user <= LIFE_USERS; user++) {
      g_autoptr (GPtrArray) ids = port->to_show (port->self, life_sinks[s], user, now - TRUCE_MINUTE, 5);
      g_string_append_printf (text, "shown %u:", user);
      for (guint i = 0; i < ids->len; i++)
        g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (ids, i));
      g_string_append_c (text, '\n');
    }
  }
  for (guint f = 0; f < G_N_ELEMENTS (life_feeds); f++) {
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (TruceSeen));
    for (guint64 key = 1; key <= LIFE_KEYS; key++) {
      const TruceSeen by_key = { .key = key }, by_headline = { .headline = key };
      g_array_append_val (all, by_key);
      g_array_append_val (all, by_headline);
    }
    gboolean known = port->find_seen (port->self, life_feeds[f], all);
    g_string_append_printf (text, "feed %s %d:", life_feeds[f], known);
    for (guint i = 0; i < all->len; i++) {
      const TruceSeen *seen = &g_array_index (all, TruceSeen, i);
      g_string_append_printf (text, " %d/%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, seen->found, seen->headline,
                              seen->name);
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* One random cause, the same for both stores. */
static TruceCommit *
random_commit (GRand *rand, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);
  const char *const *sinks = life_sinks + g_rand_int_range (rand, 0, 3);
  guint n_seen = (guint) g_rand_int_range (rand, 0, 6);

  for (int i = g_rand_int_range (rand, 0, 3); i > 0; i--) {
    g_autofree char *cause = g_strdup_printf ("%d", g_rand_int_range (rand, 0, LIFE_ALERTS));
    truce_commit_add_alert (commit, make_alert (TRUCE_ALERT_NEWS, cause, NULL, now), sinks);
  }
  for (int i = commit->alerts->len > 0 ? g_rand_int_range (rand, 0, 3) : 0; i > 0; i--) {
    g_autofree char *cause = g_strdup_printf ("%d", g_rand_int_range (rand, 0, LIFE_ALERTS));
    g_autoptr (TruceAlert) folded = make_alert (TRUCE_ALERT_NEWS, cause, NULL, now);
    truce_commit_add_fold (commit, folded->id, life_sinks[g_rand_int_range (rand, 0, 3)],
                           g_ptr_array_index (commit->alerts, 0));
  }
  if (g_rand_boolean (rand))
    commit->window = now;
  if (n_seen > 0)
    truce_commit_set_feed (commit, life_feeds[g_rand_int_range (rand, 0, 2)], NULL);
  for (guint i = 0; i < n_seen; i++) {
    const TruceSeen seen = { .key = (guint64) g_rand_int_range (rand, 1, LIFE_KEYS + 1),
                             .headline = (guint64) g_rand_int_range (rand, 1, LIFE_KEYS + 1),
                             .name = (guint64) g_rand_int_range (rand, 0, 3) };
    g_array_append_val (commit->seen, seen);
  }
  return commit;
}

/* What is done to one alert that is there, and in the outbox of that sink. */
static void
random_change (GRand *rand, Store *left, Store *right, TruceTime now)
{
  const char *sink = life_sinks[g_rand_int_range (rand, 0, 3)];
  g_autoptr (GPtrArray) due = left->port.outbox_due (left->port.self, sink, TRUCE_TIME_MAX, 1000);
  int what = g_rand_int_range (rand, 0, 7);
  guint32 user = (guint32) g_rand_int_range (rand, 1, LIFE_USERS + 1);
  gboolean is_shown = g_rand_boolean (rand);
  TruceTime later = now + g_rand_int_range (rand, 1, 100) * TRUCE_SECOND;
  Store *stores[] = { left, right };

  if (due->len == 0)
    return;
  const char *id = ((TruceOutboxEntry *) g_ptr_array_index (due, g_rand_int_range (rand, 0, (gint) due->len)))->alert;
  for (guint i = 0; i < 2; i++) {
    TruceStorePort *port = &stores[i]->port;
    if (is_shown)
      g_assert_true (port->shown (port->self, id, user, NULL));
    gboolean fine = what == 0   ? port->delivered (port->self, id, sink, now, NULL)
                    : what == 1 ? port->postpone (port->self, id, sink, now, "why", TRUE, later, NULL)
                    : what == 2 ? port->postpone (port->self, id, sink, now, NULL, FALSE, TRUCE_TIME_NONE, NULL)
                    : what == 3 ? port->give_up (port->self, id, sink, now, "never", NULL)
                    : what == 4 ? port->acknowledge (port->self, id, now, &ada, NULL)
                    : what == 5 ? port->snooze (port->self, id, life_sinks, later, now, &clicked, NULL)
                                : port->reopen (port->self, id, life_sinks, now, NULL);
    g_assert_true (fine);
  }
}

static void
test_life (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Store memory, sqlite;
  TruceTime now = NOW;

  g_test_message ("seed %u", seed);
  store_open_memory (&memory);
  store_open_sqlite (&sqlite);
  for (guint step = 0; step < LIFE_STEPS; step++) {
    now += g_rand_int_range (rand, 1, 30) * TRUCE_SECOND;
    if (g_rand_boolean (rand)) {
      g_autoptr (TruceCommit) commit = random_commit (rand, now);
      commit_now (&memory, commit);
      commit_now (&sqlite, commit);
    } else {
      random_change (rand, &memory, &sqlite, now);
    }
    if (g_rand_int_range (rand, 0, 20) == 0)
      store_reopen (&sqlite);
    g_autofree char *expected = describe (&memory, now), *got = describe (&sqlite, now);
    g_assert_cmpstr (got, ==, expected);
  }
  store_close (&memory);
  store_close (&sqlite);
}

/* All of one milestone, in order; and the last is what revisions() gives. */
static void
test_history (Store *store)
{
  static const guint numbers[] = { 0, 2, 1, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
    add_revision (commit, "truce", numbers[i], NOW + numbers[i] * TRUCE_DAY, i == 3 ? "said" : NULL);
    commit_now (store, commit);
  }
  store_reopen (store);
  g_autoptr (GPtrArray) none = store->port.history (store->port.self, "tiktok");
  g_autoptr (GPtrArray) all = store->port.history (store->port.self, "truce");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (numbers));
  for (guint i = 0; i < all->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (all, i);
    g_assert_cmpuint (revision->revision, ==, i);
    g_assert_cmpint (revision->precision, ==, TRUCE_PRECISION_DAY);
    g_assert_cmpstr (revision->by, ==, i == 3 ? "ada" : NULL);
    g_assert_cmpint (revision->amendment, ==, i == 3 ? 7 : 0);
  }
}

static TruceProposal *
make_move (const char *milestone, TruceTime at)
{
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);
  const TruceSpan old = { NOW + TRUCE_DAY, NOW + TRUCE_DAY, TRUCE_PRECISION_INSTANT, FALSE, zone };
  const TruceSpan new = { NOW + 30 * TRUCE_DAY, NOW + 31 * TRUCE_DAY, TRUCE_PRECISION_DAY, FALSE, zone };
  TruceProposal *move = truce_proposal_new (milestone, 2, TRUCE_MOVE_MOVED, &old, &new, at);

  for (guint i = 0; i < 2; i++) {
    TruceEvidence *evidence = g_new0 (TruceEvidence, 1);
    evidence->feed = g_strdup_printf ("feed-%u", i);
    evidence->entry = G_GUINT64_CONSTANT (0xfedcba9876543210) + i;
    evidence->tier = i == 0 ? TRUCE_TIER_PRESS : TRUCE_TIER_OFFICIAL;
    evidence->publisher = g_strdup_printf ("paper %u", i);
    evidence->title = g_strdup (i == 0 ? "\"Truce\" extended \\ 휴전 연장" : "Order extends the suspension of duties");
    evidence->summary = g_strdup (i == 0 ? "" : "Until the tenth");
    evidence->link = i == 0 ? NULL : g_strdup ("https://example.org/order");
    evidence->published = i == 0 ? TRUCE_TIME_NONE : at - TRUCE_HOUR;
    evidence->seen = at;
    evidence->quote = g_strdup ("extended");
    evidence->confidence = 0.85;
    evidence->dated = TRUE;
    truce_proposal_add (move, evidence);
  }
  move->status = TRUCE_PROPOSAL_CONFIRMED;
  move->told = TRUCE_PROPOSAL_REPORTED;
  return move;
}

static void
assert_same_moves (Store *store, TruceProposal *const *expected, guint n)
{
  g_autoptr (GPtrArray) found = store->port.moves (store->port.self);

  g_assert_cmpuint (found->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_autoptr (json_t) is = truce_proposal_to_json (g_ptr_array_index (found, i));
    g_autoptr (json_t) was = truce_proposal_to_json (expected[i]);
    g_autofree char *is_line = truce_json_to_line (is), *was_line = truce_json_to_line (was);
    g_assert_cmpstr (is_line, ==, was_line);
  }
}

/* What the news says of dates comes back as it was, in the order in which it was first seen, the last word of each; and
 * ages out. */
static void
test_moves (Store *store)
{
  g_autoptr (TruceProposal) one = make_move ("truce", NOW), two = make_move ("tax", NOW - 800 * TRUCE_DAY);
  TruceProposal *const both[] = { one, two };
  g_autoptr (TruceCommit) first = truce_commit_new (NOW), second = truce_commit_new (NOW);
  const char *const nothing[] = { NULL };

  g_assert_cmpuint (one->sources, ==, 2);
  g_assert_cmpuint (one->n_official, ==, 1);
  truce_commit_add_move (first, one);
  truce_commit_add_move (first, two);
  commit_now (store, first);
  store_reopen (store);
  assert_same_moves (store, both, 2);
  one->status = TRUCE_PROPOSAL_REJECTED;
  one->refused = TRUE;
  one->decided = NOW + 1;
  one->by = g_strdup ("ada");
  one->via = g_strdup ("trucectl");
  one->why = g_strdup ("a rumour <https://example.org/denial>");
  one->amendment = 7;
  truce_commit_add_move (second, one);
  commit_now (store, second);
  store_reopen (store);
  assert_same_moves (store, both, 2);
  store->port.expire (store->port.self, NOW, nothing);
  store_reopen (store);
  assert_same_moves (store, both, 1);
}

static void
test_amendments (Store *store)
{
  g_autoptr (TruceCommit) first = truce_commit_new (NOW), second = truce_commit_new (NOW);
  TruceAmendment *due = truce_amendment_new (TRUCE_AMENDMENT_DUE, "truce", NOW, "ada", "90 days “more” 中美");
  TruceAmendment *silenced = truce_amendment_new (TRUCE_AMENDMENT_SILENCED, "tiktok", NOW + 1, "ben", NULL);
  TruceAmendment *undone;

  due->number = 1;
  due->via = g_strdup ("trucectl");
  due->statement = g_strdup ("starts + 180d");
  due->zone = g_strdup ("Asia/Shanghai");
  due->over = g_strdup ("starts + 90d");
  due->due = NOW + TRUCE_DAY;
  due->latest = NOW + 2 * TRUCE_DAY;
  silenced->number = 2;
  silenced->until = NOW + TRUCE_DAY;
  undone = truce_amendment_copy (due);
  undone->undone = NOW + 5;
  undone->undone_by = g_strdup ("ben");
  g_ptr_array_add (first->amendments, silenced);
  g_ptr_array_add (first->amendments, due);
  commit_now (store, first);
  g_ptr_array_add (second->amendments, undone);
  commit_now (store, second);
  store_reopen (store);
  g_autoptr (GPtrArray) all = store->port.amendments (store->port.self);
  g_assert_cmpuint (all->len, ==, 2);
  const TruceAmendment *one = g_ptr_array_index (all, 0), *two = g_ptr_array_index (all, 1);
  g_assert_cmpint (one->number, ==, 1);
  g_assert_cmpint (one->kind, ==, TRUCE_AMENDMENT_DUE);
  g_assert_cmpstr (one->milestone, ==, "truce");
  g_assert_cmpint (one->at, ==, NOW);
  g_assert_cmpstr (one->by, ==, "ada");
  g_assert_cmpstr (one->why, ==, "90 days “more” 中美");
  g_assert_cmpstr (one->statement, ==, "starts + 180d");
  g_assert_cmpstr (one->zone, ==, "Asia/Shanghai");
  g_assert_cmpstr (one->over, ==, "starts + 90d");
  g_assert_cmpint (one->due, ==, NOW + TRUCE_DAY);
  g_assert_cmpint (one->latest, ==, NOW + 2 * TRUCE_DAY);
  g_assert_cmpint (one->until, ==, TRUCE_TIME_NONE);
  g_assert_cmpint (one->undone, ==, NOW + 5);
  g_assert_cmpstr (one->undone_by, ==, "ben");
  g_assert_cmpint (two->kind, ==, TRUCE_AMENDMENT_SILENCED);
  g_assert_cmpint (two->until, ==, NOW + TRUCE_DAY);
  g_assert_cmpint (two->undone, ==, TRUCE_TIME_NONE);
  g_assert_null (two->why);
}

/* --- every test on every store --- */

/* Alerts are forgotten, but for those that are needed still. */
static void
test_age (Store *store)
{
  TruceTime old = NOW - TRUCE_STORE_ALERT_RETENTION - 1;
  TruceAlert *kept[] = { make_alert (TRUCE_ALERT_PASSED, "a", "m", old),
                         make_alert (TRUCE_ALERT_PASSED, "b", "m", old) };
  const char *const ids[] = { kept[0]->id, kept[1]->id, NULL };
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN };

  commit_alert (store, make_alert (TRUCE_ALERT_PASSED, "c", "m", old), JOURNAL);
  commit_alert (store, truce_alert_ref (kept[0]), JOURNAL);
  commit_alert (store, truce_alert_ref (kept[1]), JOURNAL);
  commit_alert (store, make_alert (TRUCE_ALERT_PASSED, "d", "m", old + 1), JOURNAL);
  assert_outbox (store, "journal", NOW, 4);
  store->port.expire (store->port.self, NOW, ids);
  assert_outbox (store, "journal", NOW, 3);
  store->port.expire (store->port.self, NOW, NOTHING);
  assert_outbox (store, "journal", NOW, 1);
  g_autoptr (GPtrArray) left = store->port.alerts (store->port.self, &all);
  g_assert_cmpuint (left->len, ==, 1);
  truce_alert_unref (kept[0]);
  truce_alert_unref (kept[1]);
}

/* What repeats every day does not fill the store; but the last of each that passed is kept, and what has no other. */
static void
test_occurrence_age (Store *store)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  TruceTime old = NOW - TRUCE_STORE_ALERT_RETENTION - 2 * TRUCE_DAY;
  static const char *const left[] = {
    "daily", "daily-2@2021-06-04", "daily@2021-06-02", "daily@2021-06-03", "daily@2021-06-05", "moved", "once"
  };

  add_revision (commit, "daily", 0, old, NULL); /* the rule itself */
  add_revision (commit, "daily@2021-06-01", 0, old - 3, NULL);
  add_revision (commit, "daily@2021-06-02", 0, old - 2, NULL);
  add_revision (commit, "daily@2021-06-02", 1, NOW, "late"); /* moved to long after */
  add_revision (commit, "daily@2021-05-31", 0, old - 2, NULL);
  add_revision (commit, "daily@2021-05-31", 1, old - 1, "a bit late");
  add_revision (commit, "daily@2021-06-03", 0, old - 1, NULL);
  add_revision (commit, "daily@2021-06-05", 0, NOW, NULL);
  add_revision (commit, "daily-2@2021-06-04", 0, old, NULL);
  add_revision (commit, "once", 0, old, NULL);
  add_revision (commit, "moved", 0, old, NULL);
  add_revision (commit, "moved", 1, old + 1, NULL);
  commit_now (store, commit);
  for (guint i = 0; i < 2; i++) {
    store->port.expire (store->port.self, NOW, NOTHING);
    store_reopen (store);
    g_autoptr (GPtrArray) revisions = store->port.revisions (store->port.self);
    g_ptr_array_sort (revisions, by_milestone);
    g_assert_cmpuint (revisions->len, ==, G_N_ELEMENTS (left));
    for (guint j = 0; j < revisions->len; j++)
      g_assert_cmpstr (((const TruceStoredRevision *) revisions->pdata[j])->milestone, ==, left[j]);
  }
  g_autoptr (GPtrArray) history = store->port.history (store->port.self, "daily@2021-05-31");
  g_assert_cmpuint (history->len, ==, 0);
}

/* --- stories --- */

static TruceAlert *
make_grown (const char *cause, guint count)
{
  TruceAlert *grown = make_alert (TRUCE_ALERT_NEWS, cause, "truce", NOW);

  grown->count = count;
  return grown;
}

static void
commit_grown (Store *store, const char *cause, guint count, const char *const *sinks)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW + TRUCE_HOUR);

  truce_commit_add_grown (commit, make_grown (cause, count), sinks);
  g_assert_false (truce_commit_may_be_forgotten (commit));
  commit_now (store, commit);
}

/* The new record in place of the old one; told again only where it is not owed already, and nobody has answered. */
static void
test_grown (Store *store)
{
  g_autoptr (TruceAlert) alert = make_grown ("one", 1);

  commit_alert (store, truce_alert_ref (alert), BOTH);
  g_assert_true (store->port.delivered (store->port.self, alert->id, "journal", NOW, NULL));
  commit_grown (store, "one", 2, NULL);
  store_reopen (store);
  assert_outbox (store, "journal", NOW + TRUCE_DAY, 0);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 1);
  TruceStoredAlert *stored = store->port.alert (store->port.self, alert->id, NULL);
  g_assert_cmpuint (stored->alert->count, ==, 2);
  truce_stored_alert_free (stored);
  commit_grown (store, "one", 3, BOTH);
  assert_outbox (store, "journal", NOW + TRUCE_DAY, 1);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 1);
  g_assert_true (store->port.acknowledge (store->port.self, alert->id, NOW, &ada, NULL));
  commit_grown (store, "one", 4, BOTH);
  commit_grown (store, "another", 4, BOTH); /* never raised here */
  store_reopen (store);
  assert_outbox (store, "journal", NOW + TRUCE_DAY, 0);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 0);
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN, .milestone = "truce" };
  g_autoptr (GPtrArray) left = store->port.alerts (store->port.self, &all);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpuint (((TruceStoredAlert *) left->pdata[0])->alert->count, ==, 4);
  g_assert_cmpint (((TruceStoredAlert *) left->pdata[0])->acknowledged, ==, NOW);
}

static void
test_grown_while_put_off (Store *store)
{
  g_autoptr (TruceAlert) alert = make_grown ("one", 1);

  commit_alert (store, truce_alert_ref (alert), BOTH);
  g_assert_true (store->port.snooze (store->port.self, alert->id, JOURNAL, NOW + 2 * TRUCE_DAY, NOW, &ada, NULL));
  commit_grown (store, "one", 2, BOTH);
  assert_outbox (store, "journal", NOW + TRUCE_DAY, 0);
  assert_outbox (store, "desktop", NOW + TRUCE_DAY, 0);
  assert_outbox (store, "journal", NOW + 3 * TRUCE_DAY, 1);
}

static void
commit_story (Store *store, const char *alert, TruceTime last, const char *record)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  TruceStoredStory *story = g_new0 (TruceStoredStory, 1);

  story->alert = g_strdup (alert);
  story->last = last;
  story->record = g_bytes_new (record, strlen (record) + 1); /* with its NUL: bytes, not text */
  g_ptr_array_add (commit->stories, story);
  g_assert_false (truce_commit_may_be_forgotten (commit));
  commit_now (store, commit);
}

static void
assert_stories (Store *store, TruceTime since, const char *expected)
{
  g_autoptr (GPtrArray) stories = store->port.stories (store->port.self, since);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < stories->len; i++) {
    const TruceStoredStory *story = g_ptr_array_index (stories, i);
    gsize length;
    const char *record = g_bytes_get_data (story->record, &length);
    g_assert_cmpuint (length, ==, strlen (record) + 1);
    g_string_append_printf (found, "%s %s %d\n", story->alert, record, (int) ((story->last - NOW) / TRUCE_HOUR));
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_stories (Store *store)
{
  commit_story (store, "bb", NOW - TRUCE_HOUR, "first");
  commit_story (store, "aa", NOW, "second");
  commit_story (store, "cc", NOW - 2 * TRUCE_HOUR, "third");
  commit_story (store, "bb", NOW + TRUCE_HOUR, "grown");
  store_reopen (store);
  assert_stories (store, TRUCE_TIME_MIN, "cc third -2\naa second 0\nbb grown 1\n");
  assert_stories (store, NOW, "aa second 0\nbb grown 1\n");
  store->port.expire (store->port.self, NOW + TRUCE_STORE_STORY_RETENTION, NOTHING);
  store_reopen (store);
  assert_stories (store, TRUCE_TIME_MIN, "aa second 0\nbb grown 1\n");
}

typedef struct {
  const char *name;
  void (*run) (Store *store);
} Contract;

static const Contract contracts[] = {
  { "window", test_window },
  { "once", test_once },
  { "new-ones", test_new_ones },
  { "record", test_record },
  { "outbox", test_outbox },
  { "folds", test_folds },
  { "pulled", test_pulled },
  { "acknowledge", test_acknowledge },
  { "firings", test_firings },
  { "revisions", test_revisions },
  { "history", test_history },
  { "amendments", test_amendments },
  { "moves", test_moves },
  { "feed-state", test_feed_state },
  { "seen", test_seen },
  { "commit-all", test_commit_all },
  { "filters", test_filters },
  { "find", test_find },
  { "age", test_age },
  { "occurrence-age", test_occurrence_age },
  { "grown", test_grown },
  { "grown-while-put-off", test_grown_while_put_off },
  { "stories", test_stories },
};

static void
run_in_memory (gconstpointer data)
{
  Store store;

  store_open_memory (&store);
  ((const Contract *) data)->run (&store);
  store_close (&store);
}

static void
run_in_sqlite (gconstpointer data)
{
  Store store;

  store_open_sqlite (&store);
  ((const Contract *) data)->run (&store);
  store_close (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (contracts); i++) {
    g_autofree char *memory = g_strconcat ("/memory/", contracts[i].name, NULL);
    g_autofree char *sqlite = g_strconcat ("/sqlite/", contracts[i].name, NULL);
    g_test_add_data_func (memory, &contracts[i], run_in_memory);
    g_test_add_data_func (sqlite, &contracts[i], run_in_sqlite);
  }
  g_test_add_func ("/life", test_life);
  return g_test_run ();
}
