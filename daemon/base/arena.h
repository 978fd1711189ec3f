/* SPDX-License-Identifier: MIT */
/* arena.h: memory that is taken piece by piece and given back at once.
 *
 * A configuration is many small things that are made together and go together. Taken one by one from malloc, a hundred
 * thousand deadlines cost more time and room than reading them does; here a piece costs an addition. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TruceArena TruceArena; /* reference counted */

TruceArena *truce_arena_new (void);
TruceArena *truce_arena_ref (TruceArena *arena);
void truce_arena_unref (TruceArena *arena); /* with the last reference all pieces go; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceArena, truce_arena_unref)

/* A piece of `size` bytes, all 0, aligned for pointers and 64-bit numbers. */
gpointer truce_arena_take (TruceArena *arena, gsize size);
/* A copy of `text`, which may be NULL: then NULL. */
const char *truce_arena_text (TruceArena *arena, const char *text);
/* A copy of the first `length` bytes of `text`, ended by a NUL. */
const char *truce_arena_text_of (TruceArena *arena, const char *text, gsize length);
/* A copy of the NULL-terminated list and of its texts; NULL: NULL. */
const char *const *truce_arena_texts (TruceArena *arena, const char *const *texts);

G_END_DECLS
