/* SPDX-License-Identifier: MIT */
/* reason.h: why something was said of a date, and the evidence for it, as one text: "90 days more <https://…>". So it
 * stands in the configuration, on the bus and in the store; in records the two are apart. */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* Is it a web address that can stand in angle brackets? */
gboolean truce_reason_is_evidence (const char *text);
/* The two parts of `reason` (NULL is fine); each (transfer full), NULL for none. */
void truce_reason_split (const char *reason, char **ret_why, char **ret_evidence);
/* The other way; NULL when both are. (transfer full) */
char *truce_reason_join (const char *why, const char *evidence);
/* As "why" and "evidence". */
void truce_json_set_reason (json_t *record, const char *reason);
/* From those; NULL for neither. (transfer full) */
char *truce_json_get_reason (const json_t *record);

G_END_DECLS
