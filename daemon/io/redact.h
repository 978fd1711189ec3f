/* SPDX-License-Identifier: MIT */
/* redact.h: what a stranger says, without the secrets that he was told. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `text` with "***" for each of `secrets` (utf8): as it is, in base64 wherever it stands in that, percent-encoded, and
 * of an address its path and the parts of it; also where the end of `text` cuts one short. (transfer full) */
char *truce_redact (const char *text, const GPtrArray *secrets);

G_END_DECLS
