/* SPDX-License-Identifier: MIT */
#include "ctl/feed_story.h"

#include "ctl/record_print.h"

static void
print_times (const TruceCtl *ctl, const json_t *feed)
{
  static const char *const times[][2] = { { "last tried", "last_try" },
                                          { "last fetched", "last_200" },
                                          { "unchanged", "last_304" },
                                          { "last news", "last_new" },
                                          { "newest entry", "newest" } };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *at = truce_print_time_of (ctl, feed, times[i][1]);

    truce_print_field (ctl, times[i][0], at);
  }
}

/* What was learned: how often it has news, how its entries are known, where it is. */
static void
print_lessons (const TruceCtl *ctl, const json_t *feed)
{
  gint64 habit = truce_json_get_integer (feed, "habit_seconds", 0);
  g_autofree char *length = truce_duration_to_words (habit * TRUCE_SECOND);
  g_autofree char *after = truce_print_time_of (ctl, feed, "stale_after");
  g_autofree char *words = habit > 0 ? g_strdup_printf ("never without news for longer than %s", length) : NULL;
  g_autofree char *stale = after ? g_strdup_printf ("without news, %s", after) : NULL;
  g_autofree char *since = truce_print_time_of (ctl, feed, "moved_since");
  const char *moved_to = truce_json_get_text (feed, "moved_to");
  g_autofree char *moving =
      moved_to ? g_strdup_printf ("says since %s that it has moved to %s", since ? since : "lately", moved_to) : NULL;
  const char *etag = truce_json_get_text (feed, "etag"), *modified = truce_json_get_text (feed, "last_modified");
  g_autofree char *validators =
      etag || modified
          ? g_strdup_printf ("%s%s%s", etag ? etag : "", etag && modified ? ", " : "", modified ? modified : "")
          : NULL;

  truce_print_field (ctl, "habit", words);
  truce_print_field (ctl, "stale", stale);
  truce_print_field (ctl, "entries", truce_json_get_text (feed, "identity"));
  truce_print_field (ctl, "validators", validators);
  truce_print_field (ctl, "moving", moving);
}

/* "200, 5312 bytes, 20 entries, 3 new" */
static char *
poll_words (const json_t *poll)
{
  GString *words = g_string_new (truce_json_get_text (poll, "outcome"));
  gint64 status = truce_json_get_integer (poll, "status", 0), bytes = truce_json_get_integer (poll, "bytes", 0);
  gint64 items = truce_json_get_integer (poll, "items", -1);

  if (status > 0)
    g_string_append_printf (words, " (%" G_GINT64_FORMAT ")", status);
  if (bytes > 0)
    g_string_append_printf (words, ", %" G_GINT64_FORMAT " bytes", bytes);
  if (items >= 0)
    g_string_append_printf (words, ", %" G_GINT64_FORMAT " %s, %" G_GINT64_FORMAT " new", items,
                            items == 1 ? "entry" : "entries", truce_json_get_integer (poll, "new", 0));
  return g_string_free (words, FALSE);
}

static void
print_polls (const TruceCtl *ctl, const json_t *feed)
{
  const json_t *polls = json_object_get (feed, "polls"), *poll;
  size_t index;

  if (json_array_size (polls) == 0)
    return;
  truce_print_heading (ctl, "Its last polls");
  json_array_foreach (polls, index, poll) {
    TruceTime time = truce_json_get_time (poll, "at");
    g_autofree char *at = truce_zone_format (ctl->zone, time), *words = poll_words (poll);
    const char *outcome = truce_json_get_text (poll, "outcome");
    gboolean fine = g_strcmp0 (outcome, "ok") == 0 || g_strcmp0 (outcome, "not modified") == 0 ||
                    g_strcmp0 (outcome, "same body") == 0;
    const TruceCell cells[] = { { at, 28, TRUCE_STYLE_DIM },
                                { words, 0, fine ? TRUCE_STYLE_PLAIN : TRUCE_STYLE_WARN } };

    truce_print_entry (ctl, 2, cells, G_N_ELEMENTS (cells));
  }
}

/* Of a calendar: how many of its events are counted down to, and what is not, a line each. */
static void
print_events (const TruceCtl *ctl, const json_t *feed)
{
  g_autofree char *events = g_strdup_printf ("%" G_GINT64_FORMAT, truce_json_get_integer (feed, "events", 0));
  const json_t *left_out;
  size_t index;

  truce_print_field (ctl, "milestones", events);
  json_array_foreach (json_object_get (feed, "left_out"), index, left_out) {
    if (json_is_string (left_out))
      truce_print_field (ctl, index == 0 ? "left out" : "", json_string_value (left_out));
  }
}

void
truce_print_feed_story (const TruceCtl *ctl, const json_t *feed)
{
  const char *url = truce_json_get_text (feed, "url"), *title = truce_json_get_text (feed, "title");
  const char *state = truce_json_get_text (feed, "state"), *reason = truce_json_get_text (feed, "due_reason");
  gint64 failures = truce_json_get_integer (feed, "failures", 0);
  g_autofree char *tags = truce_print_join (json_object_get (feed, "tags"));
  g_autofree char *due = truce_print_time_of (ctl, feed, "due");
  g_autofree char *next = due ? g_strdup_printf (reason ? "%s (%s)" : "%s", due, reason) : NULL;
  g_autofree char *failing =
      failures > 0 ? g_strdup_printf ("%s, %" G_GINT64_FORMAT " in a row", state, failures) : NULL;

  truce_print_wrapped (ctl, 0, TRUCE_STYLE_BOLD, title ? title : truce_json_get_text (feed, "id"));
  truce_print_field (ctl, "id", truce_json_get_text (feed, "id"));
  truce_print_field (ctl, "from", url ? url : truce_json_get_text (feed, "path"));
  truce_print_field (ctl, "moved to", truce_json_get_text (feed, "address"));
  truce_print_field (ctl, "tier", truce_json_get_text (feed, "tier"));
  if (truce_json_get_boolean (feed, "calendar"))
    print_events (ctl, feed);
  truce_print_field (ctl, "tags", tags);
  truce_print_field (ctl, "state", failing ? failing : state);
  truce_print_field (ctl, "reason", truce_json_get_text (feed, failures > 0 ? "error" : "lacks"));
  truce_print_field (ctl, "next poll", next);
  print_times (ctl, feed);
  print_lessons (ctl, feed);
  print_polls (ctl, feed);
}
