/* SPDX-License-Identifier: MIT */
#include "config/show.h"

#include <string.h>

#include "config/builder.h"
#include "deadline/amendment.h"

#define REVISED "revised"
#define SILENCED "silenced"

/* A line of a comment. */
static void
print_origin (GString *text, const char *by, TruceTime at, const char *what)
{
  char when[TRUCE_TIME_TEXT_SIZE];

  g_string_append_printf (text, "; %s by %s, %s\n", what, by, truce_time_to_text (at, when));
}

static void
print_dated (GString *text, const char *key, TruceTime at, const char *statement, const char *why)
{
  char when[TRUCE_TIME_TEXT_SIZE];

  g_string_append_printf (text, "%s = %s", key, truce_time_to_text (at, when));
  if (statement)
    g_string_append_printf (text, ": %s", statement);
  if (why)
    g_string_append_printf (text, ": %s", why);
  g_string_append_c (text, '\n');
}

static const char *
value_at_line (const TruceConfigDocument *document, const TruceConfigSection *section, unsigned line)
{
  for (guint i = 0; i < section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (document, section, i);
    if (entry->line == line && strcmp (entry->key, REVISED) == 0)
      return entry->value;
  }
  return NULL;
}

/* The changes of the date in the order in which they were made, as such lines have to stand. */
static void
print_revisions (GString *text, const TruceConfigDocument *document, const TruceConfigSection *section,
                 const TruceMilestone *milestone)
{
  for (guint i = 0; i < milestone->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (milestone, i);
    const char *value = value_at_line (document, section, revision->line);
    if (revision->follows)
      continue;
    if (revision->amendment != 0) {
      print_origin (text, revision->by, revision->since, "given");
      print_dated (text, REVISED, revision->since, revision->statement, revision->why);
    } else if (value) {
      g_string_append_printf (text, REVISED " = %s\n", value);
    }
  }
}

static void
print_ending (GString *text, const char *key, const TruceEnding *ending)
{
  if (ending->at == TRUCE_TIME_NONE || !ending->by)
    return;
  print_origin (text, ending->by, ending->at, "said");
  print_dated (text, key, ending->at, NULL, ending->why);
}

/* Of what repeats: a date that was met or cancelled is left out, as far as a configuration can say it, and one that was
 * moved is only mentioned. */
static void
print_occurrences (GString *text, const TruceConfig *config, const TruceMilestone *milestone)
{
  for (guint i = 0; config->said && i < config->said->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (config->said, i);
    const char *mark = strchr (amendment->milestone, TRUCE_OCCURRENCE_MARK), *day = mark ? mark + 1 : NULL;
    char name[TRUCE_OCCURRENCE_NAME_SIZE];
    gint64 number;

    if (!truce_milestone_id_is_of (amendment->milestone, milestone->id) || (!day && amendment->due == TRUCE_TIME_NONE))
      continue;
    if (!day) /* said before it repeated */
      day = truce_occurrence_name (truce_zone_day_of (milestone->zone, amendment->due), name);
    g_autofree char *what =
        g_strdup_printf ("%s: %s%s%s", day, truce_amendment_kind_to_text (amendment->kind),
                         amendment->statement ? " " : "", amendment->statement ? amendment->statement : "");
    print_origin (text, amendment->by, amendment->at, what);
    if ((amendment->kind == TRUCE_AMENDMENT_MET || amendment->kind == TRUCE_AMENDMENT_CANCELLED) &&
        truce_occurrence_from_name (day, &number) && truce_series_has (milestone->series, number))
      g_string_append_printf (text, "except = %s\n", day);
  }
}

static void
print_milestone (GString *text, const TruceConfigDocument *document, const TruceConfigSection *section,
                 const TruceMilestone *milestone, const TruceConfig *config)
{
  if (milestone->series)
    print_occurrences (text, config, milestone);
  else
    print_revisions (text, document, section, milestone);
  print_ending (text, "met", &milestone->met);
  print_ending (text, "cancelled", &milestone->cancelled);
  if (milestone->silenced_by) {
    char when[TRUCE_TIME_TEXT_SIZE];
    g_string_append_printf (text, "; said by %s\n" SILENCED " = %s\n", milestone->silenced_by,
                            truce_time_to_text (milestone->silenced, when));
  }
}

/* Is the key stated again by a later section of this name? Only [truced] has several. */
static gboolean
is_replaced (const TruceConfigDocument *document, guint section, const char *key)
{
  const char *name = truce_config_document_section (document, section)->name;

  for (guint i = section + 1; i < document->sections->len; i++) {
    const TruceConfigSection *later = truce_config_document_section (document, i);
    for (guint j = 0; strcmp (later->name, name) == 0 && j < later->n_entries; j++)
      if (strcmp (truce_config_document_entry (document, later, j)->key, key) == 0)
        return TRUE;
  }
  return FALSE;
}

/* Does what print_milestone() says take the place of that key? */
static gboolean
is_amended (const TruceMilestone *milestone, const char *key)
{
  return strcmp (key, REVISED) == 0 || (strcmp (key, "met") == 0 && milestone->met.by) ||
         (strcmp (key, "cancelled") == 0 && milestone->cancelled.by) ||
         (strcmp (key, SILENCED) == 0 && milestone->silenced_by);
}

static void
print_entries (GString *text, const TruceConfigDocument *document, guint index, const TruceMilestone *milestone,
               const TruceConfig *config)
{
  const TruceConfigSection *section = truce_config_document_section (document, index);
  gboolean general = strcmp (section->name, "truced") == 0;

  for (guint i = 0; i < section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (document, section, i);
    gboolean elsewhere =
        (milestone && is_amended (milestone, entry->key)) || (general && is_replaced (document, index, entry->key));
    if (!elsewhere && truce_config_is_secret (section, entry))
      g_string_append_printf (text, "; %s is not shown\n", entry->key);
    else if (!elsewhere)
      g_string_append_printf (text, "%s = %s\n", entry->key, entry->value);
  }
  if (milestone)
    print_milestone (text, document, section, milestone, config);
}

/* [truced] once: what all its sections say together. */
static void
print_section (GString *text, const TruceConfigDocument *document, guint index, const TruceConfig *config)
{
  const TruceConfigSection *section = truce_config_document_section (document, index);
  gboolean is_milestone = g_str_equal (section->kind, "milestone"); /* not checked here, as the daemon has read it */

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "; %s:%u\n[%s]\n", section->path, section->line, section->name);
  const TruceMilestone *milestone = is_milestone ? truce_config_find_milestone (config, section->id) : NULL;
  if (milestone && milestone->series_id) { /* what is said of all its dates */
    g_autofree char *all = g_strdup_printf ("%s%c" TRUCE_OCCURRENCE_ALL, section->id, TRUCE_OCCURRENCE_MARK);
    milestone = truce_config_find_milestone (config, all);
  }
  print_entries (text, document, index, milestone, config);
}

char *
truce_config_show (const TruceConfigFile *files, guint n_files, const TruceConfig *config)
{
  g_autoptr (TruceConfigDocument) document = truce_config_document_new ();
  g_autoptr (TruceDiags) diags = truce_diags_new (); /* it has been read before, and found good */
  TruceConfigBuilder builder = { .document = document, .diags = diags };
  GString *text = g_string_new (NULL);
  gboolean general = FALSE;

  for (guint i = 0; i < n_files; i++)
    truce_config_document_read (document, &files[i], diags);
  truce_config_check_sections (&builder);
  for (guint i = 0; i < document->sections->len; i++) {
    gboolean is_general = strcmp (truce_config_document_section (document, i)->name, "truced") == 0;
    if (is_general && general)
      continue;
    print_section (text, document, i, config);
    for (guint j = i + 1; is_general && j < document->sections->len; j++)
      if (strcmp (truce_config_document_section (document, j)->name, "truced") == 0)
        print_entries (text, document, j, NULL, config);
    general = general || is_general;
  }
  return g_string_free (text, FALSE);
}
