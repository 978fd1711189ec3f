/* SPDX-License-Identifier: MIT */
/* The story of one feed: its last polls, and what was learned of it. */
#include "engine/view_private.h"
#include "news/habit.h"
#include "news/identity.h"
#include "news/polllog.h"

static json_t *
polls_to_json (const TruceFeedState *state)
{
  g_autoptr (GArray) records = truce_poll_log_read (state->polls);
  json_t *array = json_array ();

  for (guint i = 0; i < records->len; i++) {
    const TrucePollRecord *record = &g_array_index (records, TrucePollRecord, i);
    json_t *poll = json_object ();
    truce_json_set_time (poll, "at", record->at);
    truce_json_set_text (poll, "outcome", truce_poll_outcome_to_text (record->outcome));
    if (record->status)
      truce_json_set_integer (poll, "status", record->status);
    if (record->bytes)
      truce_json_set_integer (poll, "bytes", (gint64) record->bytes);
    if (truce_poll_outcome_is_read (record->outcome)) {
      truce_json_set_integer (poll, "items", record->items);
      truce_json_set_integer (poll, "new", record->new_ones);
    }
    json_array_append_new (array, poll);
  }
  return array;
}

void
truce_view_feed_story (json_t *record, const TruceFeedState *state)
{
  truce_json_set_text (record, "etag", state->etag);
  truce_json_set_text (record, "last_modified", state->last_modified);
  truce_json_set_text (record, "address", state->address);
  truce_json_set_text (record, "moved_to", state->moved_to);
  truce_json_set_time (record, "moved_since", state->moved_since);
  truce_json_set_text (record, "identity", truce_identity_to_text (state->identity));
  truce_json_set_time (record, "newest", state->newest);
  if (state->habit > 0 && state->arrivals >= TRUCE_HABIT_ITEMS_MIN)
    truce_json_set_integer (record, "habit_seconds", state->habit / TRUCE_SECOND);
  truce_json_set_time (record, "stale_after", truce_habit_patience_ends (state));
  truce_json_set_steal (record, "polls", polls_to_json (state));
}
