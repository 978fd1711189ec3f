/* SPDX-License-Identifier: MIT */
/* json.h: small helpers over jansson, so that records are written one way everywhere.
 *
 * Unused keys are left out: the set functions add nothing for NULL, TRUCE_TIME_NONE and empty arrays. */
#pragma once

#include <jansson.h>

#include "base/time.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

void truce_json_set_text (json_t *object, const char *key, const char *text); /* NULL: left out */
void truce_json_set_time (json_t *object, const char *key, TruceTime at);     /* RFC 3339 UTC; NONE: left out */
void truce_json_set_integer (json_t *object, const char *key, gint64 value);
void truce_json_set_boolean (json_t *object, const char *key, gboolean value);
void truce_json_set_strv (json_t *object, const char *key, const char *const *strings); /* NULL or empty: left out */
void truce_json_set_steal (json_t *object, const char *key, json_t *value); /* takes value; NULL, {} and []: left out */

const char *truce_json_get_text (const json_t *object, const char *key); /* (transfer none), NULL when absent */
TruceTime truce_json_get_time (const json_t *object, const char *key);   /* NONE when absent or no time */
gint64 truce_json_get_integer (const json_t *object, const char *key, gint64 fallback);
gboolean truce_json_get_boolean (const json_t *object, const char *key); /* FALSE when absent */

/* One line, keys in the order they were set, no trailing '\n'. (transfer full, g_free) */
char *truce_json_to_line (const json_t *value);

G_END_DECLS
