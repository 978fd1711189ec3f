/* SPDX-License-Identifier: MIT */
/* callers.h: the names of the programs that call, as they give them themselves: for the record, and not for what they
 * may do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TruceCallers TruceCallers;

TruceCallers *truce_callers_new (void);
void truce_callers_free (TruceCallers *callers); /* NULL is fine */
/* `sender`, a unique name on the bus, says what it is called. FALSE: that is no name of a program. */
gboolean truce_callers_introduce (TruceCallers *callers, const char *sender, const char *program);
/* What `sender` is called; "D-Bus" when it has not said. (transfer none) */
const char *truce_callers_program (const TruceCallers *callers, const char *sender);

G_END_DECLS
