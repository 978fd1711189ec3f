/* SPDX-License-Identifier: MIT */
/* entities.h: HTML's named characters and references to characters by number. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character that HTML names `name` (without & and ;), or 0. */
gunichar truce_entity_lookup (const char *name, gsize length);

/* A character that a feed wrote as a number: 0x80 to 0x9f are what windows-1252 means by them, and what is no character
 * is U+FFFD. */
gunichar truce_character_repair (gunichar c);

/* The byte that windows-1252 has for `c`, or that `c` is; -1 for none. */
int truce_character_byte (gunichar c);

/* Reads the reference whose '&' is at `at`: "&amp;", "&#8217;", "&#x2019;" (a number's ';' may be missing). 0 when it
 * is none. */
gunichar truce_reference_read (const char *at, const char *end, gsize *ret_length);

G_END_DECLS
