/* SPDX-License-Identifier: MIT */
/* particle.h: Korean particles (josa), which hang on a noun and say its part in the sentence: 희토류, 희토류를,
 * 희토류의. A phrase means the nouns. For the scanner. */
#pragma once

#include "news/fold.h"

G_BEGIN_DECLS

gboolean truce_particle_has_hangul (const char *folded, gsize length);

/* The end of the several words `words` in the text, which they begin to stand in at byte `start`, when each but the
 * last may have a particle behind it: on it, or, on a word of another script, as the next word. 0: they do not stand
 * there. */
guint32 truce_particle_match (const char *words, guint32 length, const TruceFolded *folded, guint32 start);

G_END_DECLS
