/* SPDX-License-Identifier: MIT */
#include "bus/variant.h"

/* An array of texts, or of records, as its first element is; elements of another kind are left out. */
static GVariant *
array_to_variant (const json_t *array)
{
  GVariantBuilder builder;
  const json_t *first = json_array_get (array, 0), *element;
  size_t index;

  if (json_is_object (first))
    return truce_variant_from_records (array);
  if (!json_is_string (first))
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  json_array_foreach (array, index, element) {
    if (json_is_string (element))
      g_variant_builder_add (&builder, "s", json_string_value (element));
  }
  return g_variant_builder_end (&builder);
}

/* NULL for what records do not have: null, fractions, empty arrays. */
static GVariant *
value_to_variant (const json_t *value)
{
  switch (json_typeof (value)) {
  case JSON_STRING:
    return g_variant_new_string (json_string_value (value));
  case JSON_INTEGER:
    return g_variant_new_int64 (json_integer_value (value));
  case JSON_TRUE:
  case JSON_FALSE:
    return g_variant_new_boolean (json_is_true (value));
  case JSON_OBJECT:
    return truce_variant_from_record (value);
  case JSON_ARRAY:
    return array_to_variant (value);
  case JSON_REAL:
  case JSON_NULL:
  default:
    return NULL;
  }
}

GVariant *
truce_variant_from_record (const json_t *object)
{
  GVariantBuilder builder;
  const char *key;
  json_t *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  json_object_foreach ((json_t *) object, key, value) {
    GVariant *converted = value_to_variant (value);

    if (converted)
      g_variant_builder_add (&builder, "{sv}", key, converted);
  }
  return g_variant_builder_end (&builder);
}

GVariant *
truce_variant_from_records (const json_t *array)
{
  GVariantBuilder builder;
  const json_t *element;
  size_t index;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  json_array_foreach (array, index, element) {
    if (json_is_object (element))
      g_variant_builder_add_value (&builder, truce_variant_from_record (element));
  }
  return g_variant_builder_end (&builder);
}

static json_t *
vardict_to_json (GVariant *variant)
{
  g_autoptr (json_t) object = json_object ();
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value)) {
    json_t *converted = truce_variant_to_json (value);

    g_variant_unref (value);
    if (!converted)
      return NULL;
    json_object_set_new (object, key, converted);
  }
  return g_steal_pointer (&object);
}

static json_t *
array_to_json (GVariant *variant)
{
  g_autoptr (json_t) array = json_array ();
  GVariantIter iter;
  GVariant *value;

  g_variant_iter_init (&iter, variant);
  while ((value = g_variant_iter_next_value (&iter))) {
    json_t *converted = truce_variant_to_json (value);

    g_variant_unref (value);
    if (!converted)
      return NULL;
    json_array_append_new (array, converted);
  }
  return g_steal_pointer (&array);
}

json_t *
truce_variant_to_json (GVariant *variant)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_STRING))
    return json_string (g_variant_get_string (variant, NULL));
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_INT64))
    return json_integer (g_variant_get_int64 (variant));
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_BOOLEAN))
    return json_boolean (g_variant_get_boolean (variant));
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return vardict_to_json (variant);
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_STRING_ARRAY) ||
      g_variant_is_of_type (variant, G_VARIANT_TYPE ("aa{sv}")))
    return array_to_json (variant);
  return NULL;
}
