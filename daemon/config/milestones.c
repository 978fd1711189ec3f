/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "config/drafts.h"

enum {
  TITLE,
  DUE,
  STARTS,
  TIMEZONE,
  LEAD,
  REMIND_AT,
  MATCH,
  FEEDS,
  URL,
  TAGS,
  REVISED,
  MET,
  CANCELLED,
  SILENCED,
  REPEAT,
  EXCEPT,
  NAG,
  SILENT_AFTER,
  ON_MOVE,
  QUIET,
  HOLIDAYS,
  URGENCY,
  BUDGET
};

static const TruceKey keys[] = {
  [TITLE] = { "title", TRUCE_KEY_ONCE },
  [DUE] = { "due", TRUCE_KEY_ONCE },
  [STARTS] = { "starts", TRUCE_KEY_ONCE },
  [TIMEZONE] = { "timezone", TRUCE_KEY_ONCE },
  [LEAD] = { "lead", TRUCE_KEY_ONCE },
  [REMIND_AT] = { "remind-at", TRUCE_KEY_ONCE },
  [MATCH] = { "match", TRUCE_KEY_ONCE },
  [FEEDS] = { "feeds", TRUCE_KEY_ONCE },
  [URL] = { "url", TRUCE_KEY_ONCE },
  [TAGS] = { "tags", TRUCE_KEY_ONCE },
  [REVISED] = { "revised", TRUCE_KEY_REPEATABLE },
  [MET] = { "met", TRUCE_KEY_ONCE },
  [CANCELLED] = { "cancelled", TRUCE_KEY_ONCE },
  [SILENCED] = { "silenced", TRUCE_KEY_ONCE },
  [REPEAT] = { "repeat", TRUCE_KEY_ONCE },
  [EXCEPT] = { "except", TRUCE_KEY_REPEATABLE },
  [NAG] = { "nag", TRUCE_KEY_ONCE },
  [SILENT_AFTER] = { "silent-after", TRUCE_KEY_ONCE },
  [ON_MOVE] = { "on-move", TRUCE_KEY_ONCE },
  [QUIET] = { "quiet", TRUCE_KEY_LATER },
  [HOLIDAYS] = { "holidays", TRUCE_KEY_ONCE },
  [URGENCY] = { "urgency", TRUCE_KEY_ONCE },
  [BUDGET] = { "budget", TRUCE_KEY_ONCE },
  { NULL, TRUCE_KEY_ONCE },
};

/* A section, its keys and the draft they make. */
typedef struct {
  TruceConfigBuilder *builder;
  const TruceConfigSection *section;
  const TruceConfigEntry *slots[G_N_ELEMENTS (keys)];
  TruceDraft *draft;
} Reading;

static TruceValue
value_of (const Reading *reading, guint key)
{
  return truce_config_value (reading->builder, reading->section, reading->slots[key]);
}

/* NULL, having said so, when it is not understood. */
static TruceWhen *
parse_when (const Reading *reading, const TruceValue *value, const char *text)
{
  g_autoptr (GError) error = NULL;
  TruceWhen *when = truce_when_parse (text, reading->draft->milestone->zone, &error);

  if (!when) {
    truce_value_error (value, "%s", error->message);
    reading->draft->failed = TRUE;
  }
  return when;
}

/* The first instant of a plain date: the WHEN of `revised`, `met` and `cancelled`. FALSE, having said so. */
static gboolean
read_instant (const Reading *reading, const TruceValue *value, const char *text, TruceTime *ret_at)
{
  g_autoptr (TruceWhen) when = parse_when (reading, value, text);
  g_autoptr (GError) error = NULL;
  TruceWhenContext context = { .calendar = reading->draft->milestone->calendar };
  TruceSpan span = TRUCE_SPAN_INIT;

  if (!when)
    return FALSE;
  if (!truce_when_resolve (when, &context, &span, NULL, &error)) {
    truce_value_error (value, "%s", error->message);
    reading->draft->failed = TRUE;
    return FALSE;
  }
  *ret_at = span.earliest;
  truce_span_clear (&span);
  return TRUE;
}

static void
read_due (Reading *reading)
{
  TruceStatement statement = { .since = TRUCE_TIME_MIN };

  if (!reading->slots[DUE]) {
    truce_value_error (&reading->draft->place, "a milestone needs due, its date");
    reading->draft->failed = TRUE;
    return;
  }
  statement.value = value_of (reading, DUE);
  statement.text = statement.value.place.value;
  statement.when = parse_when (reading, &statement.value, statement.text);
  g_array_append_val (reading->draft->statements, statement);
}

/* WHEN: NEW DUE: WHY */
static void
read_revised (Reading *reading, const TruceConfigEntry *entry)
{
  TruceDraft *draft = reading->draft;
  TruceStatement statement = { .value = truce_config_value (reading->builder, reading->section, entry) };
  TruceArena *arena = draft->milestone->arena;
  g_autofree char *when = NULL, *rest = NULL, *due = NULL, *why = NULL;

  truce_config_split (entry->value, &when, &rest);
  if (!rest) {
    truce_value_error (&statement.value, "write WHEN: NEW DUE: WHY, such as 2025-08-11: 2025-11-10: 90 days more");
    draft->failed = TRUE;
    return;
  }
  if (!read_instant (reading, &statement.value, when, &statement.since))
    return;
  if (draft->statements->len) {
    const TruceStatement *before = &g_array_index (draft->statements, TruceStatement, draft->statements->len - 1);
    if (statement.since <= before->since) {
      truce_value_error (&statement.value,
                         "%s is not later than the date of line %u; revised lines stand in the order "
                         "in which the date was changed",
                         when, before->value.place.line);
      draft->failed = TRUE;
      return;
    }
  }
  truce_config_split (rest, &due, &why);
  statement.text = truce_arena_text (arena, due);
  statement.why = truce_arena_text (arena, why);
  statement.when = parse_when (reading, &statement.value, due);
  g_array_append_val (draft->statements, statement);
}

/* All of them, in their order: `slots` has the first only. */
static void
read_revisions (Reading *reading)
{
  if (!reading->slots[REVISED])
    return;
  for (guint i = 0; i < reading->section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (reading->builder->document, reading->section, i);
    if (*entry->value && strcmp (entry->key, keys[REVISED].name) == 0)
      read_revised (reading, entry);
  }
}

/* WHEN: WHY */
static void
read_ending (Reading *reading, guint key, TruceEnding *ending)
{
  g_autofree char *when = NULL, *why = NULL;
  TruceValue value;

  if (!reading->slots[key])
    return;
  value = value_of (reading, key);
  truce_config_split (value.place.value, &when, &why);
  if (!read_instant (reading, &value, when, &ending->at))
    return;
  ending->why = truce_arena_text (reading->draft->milestone->arena, why);
}

static void
read_endings (Reading *reading)
{
  read_ending (reading, MET, &reading->draft->milestone->met);
  read_ending (reading, CANCELLED, &reading->draft->milestone->cancelled);
  if (reading->slots[MET] && reading->slots[CANCELLED]) {
    TruceValue value = value_of (reading, CANCELLED);
    truce_value_error (&value, "it was met at line %u; it cannot be both", reading->slots[MET]->line);
  }
}

/* UNTIL */
static void
read_silenced (Reading *reading)
{
  if (!reading->slots[SILENCED])
    return;
  TruceValue value = value_of (reading, SILENCED);
  read_instant (reading, &value, value.place.value, &reading->draft->milestone->silenced);
}

/* Most milestones have the leads of [truced], and many of the others one of a few lists: each is read once. */
static void
read_leads (Reading *reading)
{
  TruceMilestone *milestone = reading->draft->milestone;
  const char *text = reading->slots[LEAD] ? reading->slots[LEAD]->value : "";
  const TruceMilestone *alike = g_hash_table_lookup (reading->builder->alike, text);
  g_autoptr (GArray) own = NULL;

  if (reading->slots[LEAD])
    reading->draft->lead_at = value_of (reading, LEAD);
  if (alike) {
    truce_milestone_share_leads (milestone, alike);
  } else {
    own = *text ? truce_value_leads (&reading->draft->lead_at) : NULL;
    const GArray *leads = own ? own : reading->builder->leads;
    truce_milestone_set_leads (milestone, (const TruceLead *) (gconstpointer) leads->data, leads->len);
    if ((own || !*text) && !reading->slots[REPEAT]) /* whose leads may be fewer */
      g_hash_table_insert (reading->builder->alike, (gpointer) text, milestone);
  }
  milestone->remind_at = reading->builder->remind_at;
  if (reading->slots[REMIND_AT]) {
    TruceValue value = value_of (reading, REMIND_AT);
    truce_value_time_of_day (&value, &milestone->remind_at);
  }
}

/* How it is told: again after the date, and how urgently. */
static void
read_manner (Reading *reading)
{
  TruceMilestone *milestone = reading->draft->milestone;
  TruceValue value;

  milestone->has_nag = reading->builder->has_nag;
  milestone->nag = reading->builder->nag;
  if (reading->slots[NAG]) {
    value = value_of (reading, NAG);
    truce_value_nag (&value, &milestone->has_nag, &milestone->nag);
  }
  milestone->silent_after = reading->builder->silent_after;
  if (reading->slots[SILENT_AFTER]) {
    value = value_of (reading, SILENT_AFTER);
    truce_value_silent_after (&value, &milestone->silent_after);
  }
  milestone->on_move = reading->builder->on_move;
  if (reading->slots[ON_MOVE]) {
    value = value_of (reading, ON_MOVE);
    truce_value_on_move (&value, &milestone->on_move);
    if (!reading->slots[MATCH])
      truce_value_warn (&value, "without match it sees no news that could move it");
  }
  milestone->budget = reading->builder->config->budget;
  if (reading->slots[BUDGET]) {
    value = value_of (reading, BUDGET);
    truce_value_budget (&value, &milestone->budget);
  }
  if (reading->slots[URGENCY]) {
    TruceUrgency urgency;
    value = value_of (reading, URGENCY);
    if (truce_value_urgency (&value, &urgency))
      milestone->urgency = (int) urgency;
  }
}

static void
read_news (Reading *reading)
{
  TruceMilestone *milestone = reading->draft->milestone;
  TruceValue value;

  if (reading->slots[FEEDS]) {
    value = value_of (reading, FEEDS);
    g_auto (GStrv) feeds = truce_config_feed_selection (reading->builder, &value);
    milestone->feeds = truce_arena_texts (milestone->arena, (const char *const *) feeds);
    if (!reading->slots[MATCH])
      truce_value_warn (&value, "without match it looks for no news in them");
  }
  if (!reading->slots[MATCH])
    return;
  value = value_of (reading, MATCH);
  milestone->match = value.place.value;
  truce_config_add_query (reading->builder, &value, milestone, NULL);
  if (reading->builder->config->feeds->len == 0)
    truce_value_warn (&value, "there is no [feed]: it will never see news");
  if (reading->slots[ON_MOVE]) {
    value = value_of (reading, ON_MOVE);
    truce_config_check_on_move (reading->builder->config, &value, milestone->on_move, milestone->feeds);
  }
}

static void
read_holidays (Reading *reading)
{
  TruceCalendar *calendar = reading->builder->config->calendar;

  if (reading->slots[HOLIDAYS]) {
    TruceValue value = value_of (reading, HOLIDAYS);
    calendar = truce_config_calendar_of (reading->builder, &value);
    reading->draft->failed = reading->draft->failed || !calendar;
  } else {
    reading->draft->failed = reading->draft->failed || reading->builder->calendar_failed;
  }
  reading->draft->milestone->calendar = calendar ? truce_calendar_ref (calendar) : NULL;
}

/* The zone first: the dates are read in it. The milestone stands in the arena of the document's texts, so that it has
 * them as they are. */
static void
read_general (Reading *reading)
{
  TruceMilestone *milestone = reading->draft->milestone;
  TruceZone *zone = NULL;
  TruceValue value;

  if (reading->slots[TIMEZONE]) {
    value = value_of (reading, TIMEZONE);
    zone = truce_config_zone_of (reading->builder, &value);
    reading->draft->failed = !zone;
  }
  truce_zone_unref (milestone->zone);
  milestone->zone = truce_zone_ref (zone ? zone : reading->builder->config->zone);
  milestone->title = reading->slots[TITLE] ? reading->slots[TITLE]->value : reading->section->id;
  if (reading->slots[URL]) {
    value = value_of (reading, URL);
    g_autofree char *url = truce_value_url (&value);
    milestone->url = truce_arena_text (milestone->arena, url);
  }
  if (reading->slots[TAGS]) {
    value = value_of (reading, TAGS);
    g_auto (GStrv) tags = truce_value_tags (&value);
    milestone->tags = truce_arena_texts (milestone->arena, (const char *const *) tags);
  }
}

/* What cannot be said of a date that repeats. */
static void
refuse_beside_repeat (Reading *reading)
{
  static const struct {
    guint key;
    const char *reason;
  } cases[] = {
    { REVISED, "a date that repeats has no history of its own; leave one of its dates out by except, or move it by "
               "trucectl due" },
    { MET, "a date that repeats is never met as a whole; end it by UNTIL in repeat, or by cancelled" },
  };
  const TruceStatement *due =
      reading->draft->statements->len ? &g_array_index (reading->draft->statements, TruceStatement, 0) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (reading->slots[cases[i].key]) {
      TruceValue value = value_of (reading, cases[i].key);
      truce_value_error (&value, "%s", cases[i].reason);
      reading->draft->failed = TRUE;
    }
  if (!due || !due->when || reading->draft->failed)
    return;
  if (truce_when_base_milestone (due->when))
    truce_value_error (&due->value, "a date that repeats cannot be based on another milestone");
  else if (truce_when_uses_calendar (due->when))
    truce_value_error (
        &due->value, "business days do not repeat by a rule, which knows no holidays; the last weekday of every month "
                     "is FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
  else
    return;
  reading->draft->failed = TRUE;
}

static void
read_repeat (Reading *reading)
{
  TruceDraft *draft = reading->draft;

  if (!reading->slots[REPEAT]) {
    if (reading->slots[EXCEPT]) {
      TruceValue value = value_of (reading, EXCEPT);
      truce_value_error (&value, "from what? it goes with repeat");
    }
    return;
  }
  draft->repeat_at = value_of (reading, REPEAT);
  reading->builder->config->repeats = TRUE;
  refuse_beside_repeat (reading);
  for (guint i = 0; reading->slots[EXCEPT] && i < reading->section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (reading->builder->document, reading->section, i);
    if (!*entry->value || strcmp (entry->key, keys[EXCEPT].name) != 0)
      continue;
    TruceValue value = truce_config_value (reading->builder, reading->section, entry);
    if (!draft->excepts)
      draft->excepts = g_array_new (FALSE, FALSE, sizeof (TruceValue));
    g_array_append_val (draft->excepts, value);
  }
}

static void
read_milestone (TruceConfigBuilder *builder, TruceDrafts *drafts, const TruceConfigSection *section)
{
  TruceMilestone *milestone = truce_milestone_new_in (builder->document->texts, section->id);
  TruceDraft *draft = truce_drafts_begin (drafts, milestone);
  Reading reading = { .builder = builder, .section = section, .draft = draft };

  milestone->line = section->line;
  g_ptr_array_add (builder->config->milestones, milestone);
  g_hash_table_insert (builder->config->milestones_by_id, (gpointer) milestone->id, milestone);
  draft->place = truce_config_section_place (builder, section);
  truce_config_collect (builder, section, keys, reading.slots);
  read_general (&reading);
  read_holidays (&reading);
  if (reading.slots[STARTS]) {
    draft->starts_at = value_of (&reading, STARTS);
    draft->starts = parse_when (&reading, &draft->starts_at, draft->starts_at.place.value);
  }
  read_due (&reading);
  read_revisions (&reading);
  read_repeat (&reading);
  read_endings (&reading);
  read_silenced (&reading);
  read_leads (&reading);
  read_manner (&reading);
  read_news (&reading);
  truce_drafts_add (drafts, draft);
}

void
truce_config_build_milestones (TruceConfigBuilder *builder)
{
  TruceDrafts drafts;

  truce_drafts_init (&drafts, builder->config, builder->now);
  for (guint i = 0; i < builder->document->sections->len; i++) {
    const TruceConfigSection *section = truce_config_document_section (builder->document, i);
    if (truce_config_section_is (section, TRUCE_SECTION_MILESTONE))
      read_milestone (builder, &drafts, section);
  }
  truce_drafts_add_events (&drafts, builder);
  truce_drafts_resolve (&drafts);
  truce_drafts_let_wait (&drafts, builder);
  truce_drafts_clear (&drafts);
}
