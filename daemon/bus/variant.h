/* SPDX-License-Identifier: MIT */
/* variant.h: JSON records as D-Bus a{sv} and back, by one rule for all of them (the interface's XML states it). */
#pragma once

#include <gio/gio.h>

#include "base/json.h"

G_BEGIN_DECLS

/* An object to a{sv} (floating). */
GVariant *truce_variant_from_record (const json_t *object);
/* An array of objects to aa{sv} (floating). */
GVariant *truce_variant_from_records (const json_t *array);
/* Any value of those types back; keys in the order of the variant. (transfer full); NULL for a type that records do not
 * have. */
json_t *truce_variant_to_json (GVariant *variant);

G_END_DECLS
