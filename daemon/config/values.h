/* SPDX-License-Identifier: MIT */
/* values.h: one configured value read as what it stands for. Each function reports what is wrong at the value's place
 * and then gives FALSE (or NULL); its `ret_` is untouched in that case.
 *
 * Private to the room. */
#pragma once

#include "base/diag.h"
#include "config/config.h"

G_BEGIN_DECLS

/* A value at its place; `place.value` is its text, never NULL. */
typedef struct {
  TruceDiags *diags;
  TrucePlace place;
} TruceValue;

#define TRUCE_CONFIG_WORDS_MAX 256 /* in a list; `alert-to`, `tags` and `feeds` name a handful */

void truce_value_error (const TruceValue *value, const char *format, ...) G_GNUC_PRINTF (2, 3);
void truce_value_warn (const TruceValue *value, const char *format, ...) G_GNUC_PRINTF (2, 3);
void truce_value_note (const TruceValue *value, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "WHAT" and, when one of `known` is near to the value's `word`, "; did you mean "NEAR"?" */
void truce_value_unknown (const TruceValue *value, const char *what, const char *word, const char *const *known);

/* Why `id` may not name a section or a tag: [a-z0-9][a-z0-9-]*, up to TRUCE_CONFIG_NAME_MAX bytes. NULL: it may. */
const char *truce_config_id_fault (const char *id);

/* The words of a list, parted by spaces or commas. At least one, none twice. (transfer full) */
char **truce_value_words (const TruceValue *value);
/* The same, each fit to be a tag. */
char **truce_value_tags (const TruceValue *value);
/* The index of the value among `names` (NULL-terminated). */
gboolean truce_value_choice (const TruceValue *value, const char *const *names, guint *ret_index);
gboolean truce_value_boolean (const TruceValue *value, gboolean *ret_boolean); /* yes or no */
gboolean truce_value_urgency (const TruceValue *value, TruceUrgency *ret_urgency);
gboolean truce_value_time_of_day (const TruceValue *value, int *ret_minutes); /* 09:00, 24 hours */
gboolean truce_value_duration (const TruceValue *value, TruceTime least, TruceTime most, TruceTime *ret_length);
/* A list of lead times, in the order given. (element-type TruceLead) (transfer full) */
GArray *truce_value_leads (const TruceValue *value);
/* How often a date that has passed is told again: a lead time of days or the like, or no. */
gboolean truce_value_nag (const TruceValue *value, gboolean *ret_has_nag, TruceLead *ret_nag);
/* After how long without news that is told near a date, or no: 0. */
gboolean truce_value_silent_after (const TruceValue *value, TruceTime *ret_length);
/* How many alerts an hour, from 1 to TRUCE_BUDGET_MOST. */
gboolean truce_value_budget (const TruceValue *value, guint *ret_budget);
/* ask, official, or how many sources: a milestone's on_move. */
#define TRUCE_ON_MOVE_MOST 10 /* within what is kept as evidence (news/proposal.h) */
gboolean truce_value_on_move (const TruceValue *value, int *ret_on_move);
/* A part of the day such as 22:00-07:00, or no. */
gboolean truce_value_quiet (const TruceValue *value, TruceQuiet *ret_quiet);
/* An http or https address: scheme and host in lower case, no default port, no fragment, characters outside ASCII
 * escaped. (transfer full) */
char *truce_value_url (const TruceValue *value);
char *truce_value_absolute_path (const TruceValue *value);

/* Parts "A: B" at its first ": " (a time of day such as 00:01 has no space after its colon). `ret_rest` is NULL when
 * there is no such colon or nothing after it. (transfer full) */
void truce_config_split (const char *text, char **ret_first, char **ret_rest);

G_END_DECLS
