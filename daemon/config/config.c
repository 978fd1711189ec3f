/* SPDX-License-Identifier: MIT */
#include "config/config.h"

#include <string.h>

#include "config/builder.h"
#include "config/occurrences.h"
#include "config/source.h"

static TruceConfig *
config_new (TruceZone *local)
{
  TruceConfig *config = g_new0 (TruceConfig, 1);

  g_atomic_ref_count_init (&config->references);
  config->zone = truce_zone_ref (local);
  config->grace = TRUCE_GRACE_DEFAULT;
  config->budget = TRUCE_BUDGET_DEFAULT;
  config->log_level = TRUCE_LOG_LEVEL_DEFAULT;
  config->next_turn = TRUCE_TIME_NONE;
  config->milestones = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_milestone_free);
  config->watches = g_ptr_array_new ();
  config->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_feed_free);
  config->sinks = g_ptr_array_new ();
  config->files = g_ptr_array_new ();
  config->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_event_source_free);
  config->waiting = truce_config_waiting_new ();
  config->milestones_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  config->feeds_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  config->sinks_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  config->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  config->owners = g_array_new (FALSE, FALSE, sizeof (TruceMatchOwner));
  return config;
}

TruceConfig *
truce_config_ref (TruceConfig *config)
{
  g_atomic_ref_count_inc (&config->references);
  return config;
}

void
truce_config_unref (TruceConfig *config)
{
  if (!config || !g_atomic_ref_count_dec (&config->references))
    return;
  g_array_unref (config->owners);
  g_hash_table_unref (config->milestones_by_id);
  if (config->base) {
    truce_occurrences_clear (config);
    g_ptr_array_unref (config->milestones);
    g_ptr_array_unref (config->amended);
    truce_config_unref (config->base);
    g_free (config);
    return;
  }
  truce_matcher_free (config->matcher);
  g_hash_table_unref (config->feeds_by_id);
  g_hash_table_unref (config->sinks_by_id);
  g_ptr_array_unref (config->milestones);
  g_hash_table_unref (config->overrides);
  g_ptr_array_unref (config->watches);
  g_ptr_array_unref (config->feeds);
  g_ptr_array_unref (config->sinks);
  g_ptr_array_unref (config->files);
  g_ptr_array_unref (config->calendars);
  g_ptr_array_unref (config->waiting);
  truce_config_source_free (config->source);
  truce_zone_unref (config->zone);
  truce_calendar_unref (config->calendar);
  g_free (config);
}

static GArray *
default_leads (void)
{
  static const char *const texts[] = { "30d", "14d", "7d", "3d", "1d", "0" };
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (TruceLead));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    TruceLead lead;
    if (truce_lead_parse (texts[i], &lead))
      g_array_append_val (leads, lead);
  }
  return leads;
}

static void
build (TruceConfigBuilder *builder)
{
  truce_config_check_sections (builder);
  truce_config_build_general (builder);
  truce_config_build_feeds (builder);
  if (builder->on_move_at.place.value)
    truce_config_check_on_move (builder->config, &builder->on_move_at, builder->on_move, NULL);
  truce_config_build_sinks (builder);
  truce_config_build_calendars (builder);
  truce_config_build_milestones (builder);
  truce_config_build_watches (builder);
  truce_config_check_sinks (builder);
  if (!truce_diags_failed (builder->diags))
    builder->config->matcher =
        truce_matcher_new ((const TruceQuery *const *) builder->queries->pdata, builder->queries->len);
}

static void
pass_on_of (TruceDiags *found, const char *path, GHashTable *done, TruceDiags *diags)
{
  if (!g_hash_table_add (done, (gpointer) path))
    return;
  for (guint i = 0; i < truce_diags_count (found); i++) {
    const TruceFinding *finding = truce_diags_get (found, i);
    const TrucePlace place = { finding->path, finding->line, finding->section, finding->key, finding->value };
    if (strcmp (finding->path, path) == 0)
      truce_diags_add (diags, finding->severity, &place, "%s", finding->reason);
  }
}

/* Hands the findings on file by file, in the order of the files: each file's sections wait for those of all. */
static void
pass_on (TruceDiags *found, const TruceConfigFile *files, guint n_files, const GPtrArray *holiday_paths,
         TruceDiags *diags)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  truce_diags_sort (found);
  for (guint i = 0; i < n_files; i++)
    pass_on_of (found, files[i].path, done, diags);
  for (guint i = 0; i < holiday_paths->len; i++)
    pass_on_of (found, holiday_paths->pdata[i], done, diags);
}

TruceConfig *
truce_config_parse (const TruceConfigFile *files, guint n_files, TruceZone *local, TruceTime now, TruceDiags *diags)
{
  return truce_config_parse_full (files, n_files, NULL, local, now, diags);
}

/* Before the sections are checked: one that is wrong makes no configuration anyway. */
static gboolean
has_calendars (const TruceConfigDocument *document)
{
  for (guint i = 0; i < document->sections->len; i++)
    if (strcmp (truce_config_document_section (document, i)->kind, "calendar") == 0)
      return TRUE;
  return FALSE;
}

/* Fills `config`. `holiday_paths` gets the holiday files that were read. */
static void
fill (TruceConfig *config, TruceConfigDocument *document, const TruceHolidayReader *holidays, const TruceBooks *books,
      TruceTime now, GPtrArray *holiday_paths, TruceDiags *diags)
{
  TruceConfigBuilder builder = {
    .document = document,
    .diags = diags,
    .now = now,
    .config = config,
    .zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) truce_zone_unref),
    .holiday_reader = holidays,
    .calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) truce_calendar_unref),
    .holiday_paths = holiday_paths,
    .alike = g_hash_table_new (g_str_hash, g_str_equal),
    .queries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_query_free),
    .feed_names = g_ptr_array_new (),
    .feed_name_set = g_hash_table_new (g_str_hash, g_str_equal),
    .leads = default_leads (),
    .remind_at = TRUCE_REMIND_AT_DEFAULT,
    .poll = TRUCE_POLL_DEFAULT,
    .backfill = TRUCE_BACKFILL_DEFAULT,
    .silent_after = TRUCE_SILENT_AFTER_DEFAULT,
    .books = books,
  };

  build (&builder);
  g_hash_table_unref (builder.zones);
  g_hash_table_unref (builder.calendars);
  g_hash_table_unref (builder.alike);
  g_ptr_array_unref (builder.queries);
  g_ptr_array_unref (builder.feed_names);
  g_hash_table_unref (builder.feed_name_set);
  g_array_unref (builder.leads);
}

TruceConfig *
truce_config_parse_full (const TruceConfigFile *files, guint n_files, const TruceHolidayReader *holidays,
                         TruceZone *local, TruceTime now, TruceDiags *diags)
{
  g_autoptr (TruceConfigDocument) document = truce_config_document_new ();
  g_autoptr (TruceConfig) config = config_new (local);
  g_autoptr (TruceDiags) found = truce_diags_new ();
  g_autoptr (GPtrArray) holiday_paths = g_ptr_array_new_with_free_func (g_free);
  TruceHolidayReader keeping;

  for (guint i = 0; i < n_files; i++)
    truce_config_document_read (document, &files[i], found);
  if (has_calendars (document)) {
    config->source = truce_config_source_new (files, n_files, holidays, local);
    keeping = (TruceHolidayReader){ truce_config_source_read, config->source };
    holidays = &keeping;
  }
  fill (config, document, holidays, NULL, now, holiday_paths, found);
  if (config->source)
    truce_config_source_seal (config->source);
  pass_on (found, files, n_files, holiday_paths, diags);
  return truce_diags_failed (found) ? NULL : g_steal_pointer (&config);
}

TruceConfig *
truce_config_with_events (TruceConfig *config, const TruceBooks *books, TruceTime now)
{
  g_autoptr (TruceConfigDocument) document = truce_config_document_new ();
  g_autoptr (TruceDiags) found = truce_diags_new ();
  g_autoptr (GPtrArray) holiday_paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TruceConfig) fresh = NULL;
  const TruceConfigFile *files;
  guint n_files;

  if (!config->source)
    return truce_config_ref (config);
  const TruceHolidayReader kept = { truce_config_source_read, config->source };
  files = truce_config_source_files (config->source, &n_files);
  fresh = config_new (truce_config_source_local (config->source));
  for (guint i = 0; i < n_files; i++)
    truce_config_document_read (document, &files[i], found);
  fill (fresh, document, &kept, books, now, holiday_paths, found);
  /* It was without errors once: only a zone that has gone since can be in the way. */
  return truce_diags_failed (found) ? truce_config_ref (config) : g_steal_pointer (&fresh);
}

TruceZone *
truce_config_zone (const TruceConfig *config)
{
  return config->zone;
}

TruceCalendar *
truce_config_calendar (const TruceConfig *config)
{
  return config->calendar;
}

TruceTime
truce_config_grace (const TruceConfig *config)
{
  return config->grace;
}

guint
truce_config_budget (const TruceConfig *config)
{
  return config->budget;
}

TruceLogLevel
truce_config_log_level (const TruceConfig *config)
{
  return config->log_level;
}

guint
truce_config_n_milestones (const TruceConfig *config)
{
  return config->milestones->len;
}

const TruceMilestone *
truce_config_milestone (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->milestones->len, NULL);
  return g_ptr_array_index (config->milestones, index);
}

const TruceMilestone *
truce_config_find_milestone (const TruceConfig *config, const char *id)
{
  const TruceMilestone *milestone = g_hash_table_lookup (config->milestones_by_id, id);

  return milestone || !config->occurrences ? milestone : truce_occurrences_find (config, id);
}

gboolean
truce_config_shows (const TruceConfig *config, const TruceMilestone *milestone)
{
  return !milestone->series_id || g_hash_table_lookup (config->milestones_by_id, milestone->series_id) == milestone ||
         truce_occurrences_is_owed (config, milestone);
}

guint
truce_config_n_shown (const TruceConfig *config)
{
  guint n_shown = config->milestones->len;

  for (guint i = 0; config->occurrences && i < config->milestones->len; i++)
    n_shown -= truce_config_shows (config, g_ptr_array_index (config->milestones, i)) ? 0 : 1;
  return n_shown;
}

TruceTime
truce_config_next_turn (const TruceConfig *config)
{
  return config->next_turn;
}

guint
truce_config_n_watches (const TruceConfig *config)
{
  return config->watches->len;
}

const TruceWatch *
truce_config_watch (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->watches->len, NULL);
  return g_ptr_array_index (config->watches, index);
}

guint
truce_config_n_feeds (const TruceConfig *config)
{
  return config->feeds->len;
}

const TruceFeed *
truce_config_feed (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->feeds->len, NULL);
  return g_ptr_array_index (config->feeds, index);
}

const TruceFeed *
truce_config_find_feed (const TruceConfig *config, const char *id)
{
  return g_hash_table_lookup (config->feeds_by_id, id);
}

guint
truce_config_n_sinks (const TruceConfig *config)
{
  return config->sinks->len;
}

const TruceSink *
truce_config_sink (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->sinks->len, NULL);
  return g_ptr_array_index (config->sinks, index);
}

guint
truce_config_n_files (const TruceConfig *config)
{
  return config->files->len;
}

const TruceSink *
truce_config_file (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->files->len, NULL);
  return g_ptr_array_index (config->files, index);
}

gboolean
truce_config_wants_the_hour (const TruceConfig *config)
{
  for (guint i = 0; i < config->files->len; i++)
    if (truce_config_file (config, i)->kind == TRUCE_SINK_PROMETHEUS)
      return TRUE;
  return FALSE;
}

const TruceSink *
truce_config_find_sink (const TruceConfig *config, const char *id)
{
  return g_hash_table_lookup (config->sinks_by_id, id);
}

TruceMatcher *
truce_config_matcher (const TruceConfig *config)
{
  return config->matcher;
}

const TruceMatchOwner *
truce_config_match_owner (const TruceConfig *config, guint index)
{
  g_return_val_if_fail (index < config->owners->len, NULL);
  return &g_array_index (config->owners, TruceMatchOwner, index);
}

guint
truce_config_n_queries (const TruceConfig *config)
{
  return config->owners->len;
}

static void
delay_ending (TruceEnding *ending, TruceTime delay)
{
  if (ending->at != TRUCE_TIME_NONE)
    ending->at += delay;
}

void
truce_config_delay (TruceConfig *config, TruceTime delay)
{
  for (guint i = 0; i < config->milestones->len; i++) {
    TruceMilestone *milestone = g_ptr_array_index (config->milestones, i);
    milestone->on_move = TRUCE_ON_MOVE_ASK;
    delay_ending (&milestone->met, delay);
    delay_ending (&milestone->cancelled, delay);
    for (guint j = 1; j < milestone->n_revisions; j++) {
      milestone->revisions[j].since += delay;
      milestone->revisions[j].said += delay;
    }
  }
}
