/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "config/builder.h"

typedef struct {
  const char *name;
  gboolean has_id;
} SectionForm;

/* By TruceSectionKind. */
static const SectionForm section_forms[] = {
  { "truced", FALSE }, { "milestone", TRUE }, { "watch", TRUE },
  { "feed", TRUE },    { "sink", TRUE },      { "calendar", TRUE },
};

static const char *const section_names[] = { "truced", "milestone", "watch", "feed", "sink", "calendar", NULL };

static const SectionForm *
find_form (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (section_forms); i++)
    if (strcmp (kind, section_forms[i].name) == 0)
      return &section_forms[i];
  return NULL;
}

TruceValue
truce_config_section_place (TruceConfigBuilder *builder, const TruceConfigSection *section)
{
  return (TruceValue){
    .diags = builder->diags,
    .place = { .path = section->path, .line = section->line, .section = section->name },
  };
}

TruceValue
truce_config_value (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceConfigEntry *entry)
{
  TruceValue value = truce_config_section_place (builder, section);

  value.place.line = entry->line;
  value.place.key = entry->key;
  value.place.value = entry->value;
  return value;
}

static void
check_section (TruceConfigBuilder *builder, TruceConfigSection *section)
{
  TruceValue place = truce_config_section_place (builder, section);
  const SectionForm *form = find_form (section->kind);
  const char *fault;

  section->form = -1;
  if (!form) {
    truce_value_unknown (&place,
                         "no such section; there are [truced], [milestone ID], [watch ID], [feed ID], [calendar ID] "
                         "and [sink ID]",
                         section->kind, section_names);
  } else if (form->has_id && !*section->id) {
    truce_value_error (&place, "the section needs an id of its own, such as [%s my-%s]", form->name, form->name);
  } else if (!form->has_id && *section->id) {
    truce_value_error (&place, "there is one [%s], without an id", form->name);
  } else if (form->has_id && (fault = truce_config_id_fault (section->id))) {
    truce_value_error (&place, "\"%s\" cannot be an id: %s", section->id, fault);
  } else {
    section->form = (int) (form - section_forms);
  }
}

void
truce_config_check_sections (TruceConfigBuilder *builder)
{
  for (guint i = 0; i < builder->document->sections->len; i++)
    check_section (builder, &g_array_index (builder->document->sections, TruceConfigSection, i));
}

gboolean
truce_config_section_is (const TruceConfigSection *section, TruceSectionKind kind)
{
  return section->form == (int) kind;
}

static const TruceKey *
find_key (const TruceKey *keys, const char *name)
{
  for (const TruceKey *key = keys; key->name; key++)
    if (strcmp (key->name, name) == 0)
      return key;
  return NULL;
}

static void
report_unknown_key (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceConfigEntry *entry,
                    const TruceKey *keys)
{
  TruceValue value = truce_config_value (builder, section, entry);
  const char *names[TRUCE_CONFIG_KEYS_MAX + 1];
  guint n = 0;

  for (const TruceKey *key = keys; key->name && n < TRUCE_CONFIG_KEYS_MAX; key++)
    names[n++] = key->name;
  names[n] = NULL;
  if (truce_config_section_is (section, TRUCE_SECTION_SINK))
    value.place.value = NULL; /* it may be a secret under a mistyped key */
  g_autofree char *what = g_strdup_printf ("[%s] has no such key", section->kind);
  truce_value_unknown (&value, what, entry->key, names);
}

/* Takes `entry` of `key` for `slot`, unless it may not stand there. */
static void
collect_entry (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceConfigEntry *entry,
               const TruceKey *key, const TruceConfigEntry **first, const TruceConfigEntry **slot)
{
  gboolean again = *first != NULL, once = key->use == TRUCE_KEY_ONCE || key->use == TRUCE_KEY_SECRET;

  if (!again)
    *first = entry;
  if (key->use != TRUCE_KEY_LATER && *entry->value && !(again && once)) {
    if (!again)
      *slot = entry;
    return;
  }
  TruceValue value = truce_config_value (builder, section, entry);
  if (!*entry->value || key->use == TRUCE_KEY_SECRET)
    value.place.value = NULL;
  if (key->use == TRUCE_KEY_LATER)
    truce_value_error (&value, "not supported by this version");
  else if (again && once)
    truce_value_error (&value, "stands already at line %u", (*first)->line);
  else
    truce_value_error (&value, "the value is missing (a ';' after a space begins a comment)");
}

void
truce_config_collect (TruceConfigBuilder *builder, const TruceConfigSection *section, const TruceKey *keys,
                      const TruceConfigEntry **slots)
{
  const TruceConfigEntry *first[TRUCE_CONFIG_KEYS_MAX] = { NULL };

  for (guint i = 0; i < section->n_entries; i++) {
    const TruceConfigEntry *entry = truce_config_document_entry (builder->document, section, i);
    const TruceKey *key = find_key (keys, entry->key);
    if (key)
      collect_entry (builder, section, entry, key, &first[key - keys], &slots[key - keys]);
    else
      report_unknown_key (builder, section, entry, keys);
  }
}
