/* SPDX-License-Identifier: MIT */
/* harness.h: what the tests of the worker ports share: an origin, a main loop that does not wait for ever, and programs
 * that take the place of the workers. */
#pragma once

#include "io/worker.h"

G_BEGIN_DECLS

extern const char *harness_http, *harness_faults; /* the origin's addresses */

/* Instead of g_test_init(). */
void harness_init (int *argc, char ***argv);

/* Runs the default main context until `*count` is `wanted`. */
void harness_wait_for (const int *count, int wanted, const char *what);
/* A timer's function that counts. */
gboolean harness_tick (gpointer data);

/* The one child of this process whose command begins with `name`. */
pid_t harness_only_child (const char *name);
/* How many there are. */
guint harness_count_children (const char *name);
/* Neither living nor unreaped ones. */
void harness_assert_no_children (void);

/* The last answer to a fetch, and how many there were. */
typedef struct {
  int done;
  TruceFetchResult result;
  int status;
  char *error, *final_url, *moved_to, *etag, *last_modified, *content_type;
  TruceTime retry_after;
  GBytes *body;
} HarnessFetched;
void harness_clear_fetched (HarnessFetched *fetched);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HarnessFetched, harness_clear_fetched)
void harness_take_fetched (const TruceFetched *from, gpointer data);

/* Fetches `base` followed by `path`, private addresses allowed; the second waits for the answer. */
void harness_ask_for (TruceWorkers *workers, const char *base, const char *path, HarnessFetched *fetched);
void harness_fetch (TruceWorkers *workers, const char *base, const char *path, HarnessFetched *fetched);

typedef struct {
  int done;
  gboolean parsed, worker_died;
  guint n_items;
  char *title, *first, *error; /* `first`: the first item's title */
} HarnessParsed;
void harness_clear_parsed (HarnessParsed *parsed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HarnessParsed, harness_clear_parsed)

void harness_ask_to_parse (TruceWorkers *workers, GBytes *body, HarnessParsed *parsed);
/* A feed "News" with one item of this title, and so many bytes more. (transfer full) */
GBytes *harness_feed_of (const char *title, gsize padding);

/* A folder for truce_workers_new() where `name` is this shell script (NULL: nothing is there). */
typedef struct {
  char *folder;
} HarnessPlace;
void harness_clear_place (HarnessPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HarnessPlace, harness_clear_place)
HarnessPlace harness_place_with (const char *name, const char *script);
/* How often the script was started. */
guint harness_starts_in (const HarnessPlace *place);

G_END_DECLS
