/* SPDX-License-Identifier: MIT */
/* `holidays`: names of holiday files, each read once however many milestones name it. */
#include "config/builder.h"

/* NULL, having said so, when it cannot be had; what is wrong in a file is said once. (transfer none) */
static TruceCalendar *
read_calendar (TruceConfigBuilder *builder, const TruceValue *value, const char *name)
{
  const TruceHolidayReader *reader = builder->holiday_reader;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gpointer known;
  char *path = NULL;
  gsize length;

  if (g_hash_table_lookup_extended (builder->calendars, name, NULL, &known))
    return known;
  if (!reader) {
    truce_value_error (value, "holiday files cannot be read here");
    return NULL;
  }
  if (!(bytes = reader->read (name, &path, &length, reader->user_data, &error))) {
    truce_value_error (value, "%s", error->message);
    return NULL;
  }
  g_ptr_array_add (builder->holiday_paths, path);
  TruceCalendar *calendar = truce_calendar_parse (name, path, bytes, length, builder->diags);
  g_hash_table_insert (builder->calendars, g_strdup (name), calendar);
  return calendar;
}

TruceCalendar *
truce_config_calendar_of (TruceConfigBuilder *builder, const TruceValue *value)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_auto (GStrv) names = NULL;
  gpointer known;

  /* "us-federal" alone, or a list that stood before. */
  if (g_hash_table_lookup_extended (builder->calendars, value->place.value, NULL, &known))
    return known;
  if (!(names = truce_value_words (value)))
    return NULL;
  gboolean failed = FALSE;
  for (guint i = 0; names[i]; i++) {
    TruceCalendar *calendar = read_calendar (builder, value, names[i]);
    failed = failed || !calendar;
    g_ptr_array_add (parts, calendar);
  }
  if (failed)
    return NULL;
  if (parts->len == 1)
    return parts->pdata[0];
  TruceCalendar *joined = truce_calendar_join ((TruceCalendar *const *) parts->pdata, parts->len);
  g_hash_table_insert (builder->calendars, g_strdup (value->place.value), joined);
  return joined;
}
