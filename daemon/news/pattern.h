/* SPDX-License-Identifier: MIT */
/* pattern.h: a regular expression of a query, `/tariffs? on \d+/i`, as PCRE2 reads it (pcre2pattern(3)).
 *
 * It is tried on the text as the item has it, not on folded words: \b, \w and \d know Unicode, `.` stops at a line's
 * end, and case counts unless `i` follows. What a person may write can take PCRE2 years; so each search has a limit of
 * steps, and an expression that reaches it on a short probe is refused when it is read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TrucePattern TrucePattern; /* counted; immutable but for scratch space, so one thread at a time */

#define TRUCE_PATTERN_BYTES_MAX 1024

typedef enum {
  TRUCE_PATTERN_ABSENT,
  TRUCE_PATTERN_FOUND,
  TRUCE_PATTERN_GAVE_UP, /* over the limit of steps: unknown */
} TrucePatternOutcome;

/* NULL, a reason (transfer full) and the byte of `source` that it is about when the expression is not valid, matches
 * the empty text and so any, or is too costly. `source` is valid UTF-8 without its slashes. */
TrucePattern *truce_pattern_new (const char *source, gboolean any_case, gsize *ret_offset, char **ret_reason);
TrucePattern *truce_pattern_ref (TrucePattern *pattern);
void truce_pattern_unref (TrucePattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrucePattern, truce_pattern_unref)

/* "/tariffs?/i" */
const char *truce_pattern_text (const TrucePattern *pattern);

/* The first match in `text` (valid UTF-8): its bytes [from, to). */
TrucePatternOutcome truce_pattern_find (TrucePattern *pattern, const char *text, gsize length, gsize *ret_from,
                                        gsize *ret_to);

G_END_DECLS
