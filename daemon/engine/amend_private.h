/* SPDX-License-Identifier: MIT */
/* amend_private.h: what amend.c (saying it) and undo.c (taking it back) share, and what others ask of them. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

json_t *truce_amend_record (const TruceAmendment *amendment); /* (transfer full) */
/* Written by itself, and now: whoever is told that it holds must find it after a restart. */
gboolean truce_amend_write (TruceEngine *engine, const TruceAmendment *amendment, TruceTime now, GError **error);
/* Has the amendments as they are now hold, and tells what changes by it. */
void truce_amend_apply (TruceEngine *engine);

/* Has the amendment of that number been taken back? FALSE also for 0, which is none. */
gboolean truce_amend_is_undone (TruceEngine *engine, gint64 number);

/* A line of clean text: what goes into alerts, and can stand in a configuration, where " ;" would begin a comment.
 * FALSE when it is too long; an empty one is NULL. */
gboolean truce_amend_clean_why (const char *why, char **ret_clean, GError **error);

G_END_DECLS
