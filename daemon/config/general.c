/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "config/builder.h"

#define POLL_MOST TRUCE_POLL_CEILING
#define BACKFILL_MOST (366 * TRUCE_DAY) /* no feed carries older items, and no one wants them told */
#define GRACE_LEAST TRUCE_MINUTE        /* a restart must not make a deadline silent */
#define GRACE_MOST (366 * TRUCE_DAY)

enum {
  TIMEZONE,
  LEAD,
  REMIND_AT,
  POLL,
  ALERT_TO,
  GRACE,
  BACKFILL,
  QUIET,
  HOLIDAYS,
  NAG,
  SILENT_AFTER,
  ON_MOVE,
  BUDGET,
  LOG_LEVEL
};

static const TruceKey keys[] = {
  [TIMEZONE] = { "timezone", TRUCE_KEY_ONCE },
  [LEAD] = { "lead", TRUCE_KEY_ONCE },
  [REMIND_AT] = { "remind-at", TRUCE_KEY_ONCE },
  [POLL] = { "poll", TRUCE_KEY_ONCE },
  [ALERT_TO] = { "alert-to", TRUCE_KEY_ONCE },
  [GRACE] = { "grace", TRUCE_KEY_ONCE },
  [BACKFILL] = { "backfill", TRUCE_KEY_ONCE },
  [QUIET] = { "quiet", TRUCE_KEY_ONCE },
  [HOLIDAYS] = { "holidays", TRUCE_KEY_ONCE },
  [NAG] = { "nag", TRUCE_KEY_ONCE },
  [SILENT_AFTER] = { "silent-after", TRUCE_KEY_ONCE },
  [ON_MOVE] = { "on-move", TRUCE_KEY_ONCE },
  [BUDGET] = { "budget", TRUCE_KEY_ONCE },
  [LOG_LEVEL] = { "log-level", TRUCE_KEY_ONCE },
  { NULL, TRUCE_KEY_ONCE },
};

TruceZone *
truce_config_zone_of (TruceConfigBuilder *builder, const TruceValue *value)
{
  g_autoptr (GError) error = NULL;
  TruceZone *zone = g_hash_table_lookup (builder->zones, value->place.value);

  if (zone)
    return zone;
  zone = truce_zone_new (value->place.value, &error);
  if (!zone) {
    truce_value_error (value, "%s", error->message);
    return NULL;
  }
  g_hash_table_insert (builder->zones, g_strdup (value->place.value), zone);
  return zone;
}

void
truce_config_add_query (TruceConfigBuilder *builder, const TruceValue *value, const TruceMilestone *milestone,
                        const TruceWatch *watch)
{
  g_autoptr (GError) error = NULL;
  TruceQuery *query = truce_query_parse (value->place.value, &error);
  TruceMatchOwner owner = { milestone, watch };

  if (!query) {
    truce_value_error (value, "%s", error->message);
    return;
  }
  truce_config_check_query (builder, value, query, milestone ? milestone->feeds : (const char *const *) watch->feeds);
  g_ptr_array_add (builder->queries, query);
  g_array_append_val (builder->config->owners, owner);
}

static void
take_zone (TruceConfigBuilder *builder, const TruceValue *value)
{
  TruceZone *zone = truce_config_zone_of (builder, value);

  if (!zone)
    return;
  truce_zone_unref (builder->config->zone);
  builder->config->zone = truce_zone_ref (zone);
}

static void
read_key (TruceConfigBuilder *builder, guint index, const TruceValue *value)
{
  TruceCalendar *calendar;
  GArray *leads;

  switch (index) {
  case TIMEZONE:
    take_zone (builder, value);
    break;
  case LEAD:
    if ((leads = truce_value_leads (value))) {
      g_array_unref (builder->leads);
      builder->leads = leads;
    }
    break;
  case REMIND_AT:
    truce_value_time_of_day (value, &builder->remind_at);
    break;
  case POLL:
    truce_value_duration (value, TRUCE_POLL_FLOOR, POLL_MOST, &builder->poll);
    break;
  case BACKFILL:
    truce_value_duration (value, 0, BACKFILL_MOST, &builder->backfill);
    break;
  case GRACE:
    truce_value_duration (value, GRACE_LEAST, GRACE_MOST, &builder->config->grace);
    break;
  case NAG:
    truce_value_nag (value, &builder->has_nag, &builder->nag);
    break;
  case SILENT_AFTER:
    truce_value_silent_after (value, &builder->silent_after);
    break;
  case HOLIDAYS:
    if ((calendar = truce_config_calendar_of (builder, value))) {
      truce_calendar_unref (builder->config->calendar);
      builder->config->calendar = truce_calendar_ref (calendar);
    } else {
      builder->calendar_failed = TRUE;
    }
    break;
  case QUIET:
    truce_value_quiet (value, &builder->quiet);
    break;
  case ON_MOVE:
    truce_value_on_move (value, &builder->on_move);
    builder->on_move_at = *value;
    break;
  case BUDGET:
    truce_value_budget (value, &builder->config->budget);
    break;
  case LOG_LEVEL:
    if (!truce_log_level_from_text (value->place.value, &builder->config->log_level))
      truce_value_error (value, "not one of " TRUCE_LOG_LEVELS);
    break;
  case ALERT_TO:
    builder->alert_to = *value;
    break;
  default:
    break;
  }
}

void
truce_config_build_general (TruceConfigBuilder *builder)
{
  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    const TruceConfigEntry *slots[G_N_ELEMENTS (keys)] = { NULL };
    if (!truce_config_section_is (section, TRUCE_SECTION_TRUCED))
      continue;
    truce_config_collect (builder, section, keys, slots);
    for (guint key = 0; keys[key].name; key++)
      if (slots[key]) {
        TruceValue value = truce_config_value (builder, section, slots[key]);
        read_key (builder, key, &value);
      }
  }
}
