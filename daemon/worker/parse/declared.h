/* SPDX-License-Identifier: MIT */
/* declared.h: the entities that a document declares for itself in its DOCTYPE. Only those that are a few plain words
 * are taken: what names other entities, files or markup is how documents are made to explode. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRUCE_DECLARED_MAX 64           /* entities */
#define TRUCE_DECLARED_TEXT_MAX 256     /* bytes of one */
#define TRUCE_DECLARED_ROOM (64u << 10) /* bytes of all that is put in place of references */

typedef struct _TruceDeclared TruceDeclared;

/* Those of the internal subset between `at` and `end`, without NULs. (transfer full) */
TruceDeclared *truce_declared_read (const char *at, const char *end);
void truce_declared_free (TruceDeclared *declared);

/* Appends what `name` stands for; FALSE when it is not known or there is no more room. `declared` may be NULL. */
gboolean truce_declared_append (TruceDeclared *declared, const char *name, gsize length, GString *text);

G_END_DECLS
