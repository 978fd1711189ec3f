/* SPDX-License-Identifier: MIT */
#include "engine/memory_dates.h"

struct _TruceMemoryDates {
  TruceTime window, reached, leapt;
  GHashTable *revisions; /* milestone -> GPtrArray of TruceStoredRevision *, by number */
  GPtrArray *amendments; /* TruceAmendment *, by number */
  GPtrArray *moves;      /* TruceProposal *, as they were first seen */
  GHashTable *firings;   /* "milestone\1revision\1key" -> TruceStoredFiring * */
  GHashTable *books;     /* calendar -> JSON */
};

TruceMemoryDates *
truce_memory_dates_new (void)
{
  TruceMemoryDates *dates = g_new0 (TruceMemoryDates, 1);

  dates->window = dates->reached = dates->leapt = TRUCE_TIME_NONE;
  dates->revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  dates->amendments = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);
  dates->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_proposal_free);
  dates->firings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) truce_stored_firing_free);
  dates->books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return dates;
}

void
truce_memory_dates_free (TruceMemoryDates *dates)
{
  g_hash_table_unref (dates->revisions);
  g_ptr_array_unref (dates->amendments);
  g_ptr_array_unref (dates->moves);
  g_hash_table_unref (dates->firings);
  g_hash_table_unref (dates->books);
  g_free (dates);
}

static char *
firing_name (const char *milestone, guint revision, const char *key)
{
  return g_strdup_printf ("%s\1%u\1%s", milestone, revision, key);
}

/* In their order, the one of the same number replaced. */
static void
put_revision (TruceMemoryDates *dates, const TruceStoredRevision *revision)
{
  GPtrArray *history = g_hash_table_lookup (dates->revisions, revision->milestone);
  guint at;

  if (!history) {
    history = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_revision_free);
    g_hash_table_insert (dates->revisions, g_strdup (revision->milestone), history);
  }
  for (at = history->len; at > 0; at--) {
    const TruceStoredRevision *before = g_ptr_array_index (history, at - 1);
    if (before->revision == revision->revision)
      g_ptr_array_remove_index (history, at - 1);
    else if (before->revision < revision->revision)
      break;
  }
  g_ptr_array_insert (history, (int) at, truce_stored_revision_copy (revision));
}

static void
put_amendment (TruceMemoryDates *dates, const TruceAmendment *amendment)
{
  guint at;

  for (at = dates->amendments->len; at > 0; at--) {
    const TruceAmendment *before = g_ptr_array_index (dates->amendments, at - 1);
    if (before->number == amendment->number)
      g_ptr_array_remove_index (dates->amendments, at - 1);
    else if (before->number < amendment->number)
      break;
  }
  g_ptr_array_insert (dates->amendments, (int) at, truce_amendment_copy (amendment));
}

static void
put_move (TruceMemoryDates *dates, const TruceProposal *move)
{
  for (guint i = 0; i < dates->moves->len; i++)
    if (strcmp (((const TruceProposal *) dates->moves->pdata[i])->id, move->id) == 0) {
      truce_proposal_free (dates->moves->pdata[i]);
      dates->moves->pdata[i] = truce_proposal_copy (move);
      return;
    }
  g_ptr_array_add (dates->moves, truce_proposal_copy (move));
}

void
truce_memory_dates_commit (TruceMemoryDates *dates, const TruceCommit *commit)
{
  if (commit->window != TRUCE_TIME_NONE)
    dates->window = commit->window;
  if (commit->reached != TRUCE_TIME_NONE)
    dates->reached = commit->reached;
  if (commit->leapt != TRUCE_TIME_NONE)
    dates->leapt = commit->leapt;
  for (guint i = 0; i < commit->firings->len; i++) {
    const TruceStoredFiring *firing = &g_array_index (commit->firings, TruceStoredFiring, i);
    char *name = firing_name (firing->milestone, firing->revision, firing->key);
    if (g_hash_table_contains (dates->firings, name))
      g_free (name); /* the first record of it stands */
    else
      g_hash_table_insert (dates->firings, name, truce_stored_firing_copy (firing));
  }
  for (guint i = 0; i < commit->revisions->len; i++)
    put_revision (dates, g_ptr_array_index (commit->revisions, i));
  for (guint i = 0; i < commit->amendments->len; i++)
    put_amendment (dates, g_ptr_array_index (commit->amendments, i));
  for (guint i = 0; i < commit->moves->len; i++)
    put_move (dates, g_ptr_array_index (commit->moves, i));
  if (commit->event_book)
    g_hash_table_insert (dates->books, g_strdup (commit->feed), g_strdup (commit->event_book));
}

TruceTime
truce_memory_dates_window (const TruceMemoryDates *dates)
{
  return dates->window;
}

TruceTime
truce_memory_dates_reached (const TruceMemoryDates *dates)
{
  return dates->reached;
}

TruceTime
truce_memory_dates_leapt (const TruceMemoryDates *dates)
{
  return dates->leapt;
}

gboolean
truce_memory_dates_firing_done (const TruceMemoryDates *dates, const char *milestone, guint revision, const char *key)
{
  g_autofree char *name = firing_name (milestone, revision, key);

  return g_hash_table_contains (dates->firings, name);
}

GPtrArray *
truce_memory_dates_firings_after (const TruceMemoryDates *dates, TruceTime after)
{
  GPtrArray *firings = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_firing_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, dates->firings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const TruceStoredFiring *) value)->at > after)
      g_ptr_array_add (firings, truce_stored_firing_copy (value));
  return firings;
}

GPtrArray *
truce_memory_dates_firings_of (const TruceMemoryDates *dates, const char *milestone, guint revision)
{
  GPtrArray *firings = truce_memory_dates_firings_after (dates, TRUCE_TIME_MIN);

  for (guint i = firings->len; i > 0; i--) {
    const TruceStoredFiring *firing = g_ptr_array_index (firings, i - 1);
    if (firing->revision != revision || strcmp (firing->milestone, milestone) != 0)
      g_ptr_array_remove_index_fast (firings, i - 1);
  }
  return firings;
}

GPtrArray *
truce_memory_dates_latest (const TruceMemoryDates *dates)
{
  GPtrArray *revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_revision_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, dates->revisions);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const GPtrArray *history = value;
    g_ptr_array_add (revisions, truce_stored_revision_copy (g_ptr_array_index (history, history->len - 1)));
  }
  return revisions;
}

GPtrArray *
truce_memory_dates_history (const TruceMemoryDates *dates, const char *milestone)
{
  const GPtrArray *history = g_hash_table_lookup (dates->revisions, milestone);
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_revision_free);

  for (guint i = 0; history && i < history->len; i++)
    g_ptr_array_add (copies, truce_stored_revision_copy (g_ptr_array_index (history, i)));
  return copies;
}

GPtrArray *
truce_memory_dates_amendments (const TruceMemoryDates *dates)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_amendment_free);

  for (guint i = 0; i < dates->amendments->len; i++)
    g_ptr_array_add (copies, truce_amendment_copy (g_ptr_array_index (dates->amendments, i)));
  return copies;
}

GPtrArray *
truce_memory_dates_moves (const TruceMemoryDates *dates)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_proposal_free);

  for (guint i = 0; i < dates->moves->len; i++)
    g_ptr_array_add (copies, truce_proposal_copy (g_ptr_array_index (dates->moves, i)));
  return copies;
}

char *
truce_memory_dates_book (const TruceMemoryDates *dates, const char *calendar)
{
  return g_strdup (g_hash_table_lookup (dates->books, calendar));
}

/* --- what ages out --- */

static gboolean
firing_is_old (gpointer name, gpointer value, gpointer user_data)
{
  return ((const TruceStoredFiring *) value)->at < *(const TruceTime *) user_data;
}

static gboolean
has_passed (const GPtrArray *history, TruceTime oldest)
{
  for (guint i = 0; i < history->len; i++)
    if (((const TruceStoredRevision *) g_ptr_array_index (history, i))->due_latest >= oldest)
      return FALSE;
  return TRUE;
}

/* Are both of what repeats, and of the same? */
static gboolean
are_of_one_series (const char *a, const char *b)
{
  const char *mark = strchr (a, TRUCE_OCCURRENCE_MARK);

  return mark && strncmp (a, b, (gsize) (mark - a) + 1) == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
truce_memory_dates_expire (TruceMemoryDates *dates, TruceTime oldest)
{
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, history;

  g_hash_table_foreach_remove (dates->firings, firing_is_old, &oldest);
  for (guint i = dates->moves->len; i > 0; i--)
    if (truce_proposal_last_heard (g_ptr_array_index (dates->moves, i - 1)) < oldest)
      g_ptr_array_remove_index (dates->moves, i - 1);
  g_hash_table_iter_init (&iter, dates->revisions);
  while (g_hash_table_iter_next (&iter, &name, &history))
    if (has_passed (history, oldest))
      g_ptr_array_add (passed, name);
  g_ptr_array_sort (passed, compare_names); /* those of one series in their order */
  for (guint i = 0; i + 1 < passed->len; i++)
    if (are_of_one_series (passed->pdata[i], passed->pdata[i + 1]))
      g_hash_table_remove (dates->revisions, passed->pdata[i]);
}
