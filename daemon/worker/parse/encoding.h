/* SPDX-License-Identifier: MIT */
/* encoding.h: bytes in any of the encodings that feeds come in, as valid UTF-8.
 *
 * The encoding is told by a byte order mark, else by the pattern of UTF-16 and UTF-32, else by the charset that HTTP
 * gave, else by the XML declaration, else by the bytes: UTF-8 when they are that, Chinese, Japanese and Korean
 * encodings by their frequent characters, the usual one of the channel's language, otherwise windows-1252. Bytes that
 * are valid UTF-8 beyond ASCII are UTF-8 whatever a label of a legacy encoding says: no such text is that by chance.
 * Labels stand for their supersets, as in browsers (gb2312 for gb18030, euc-kr for cp949, shift_jis for cp932,
 * iso-8859-1 for windows-1252). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens every converter, which reads files: once, before the sandbox. Later calls do nothing. */
void truce_encoding_preload (void);

/* May the body be UTF-8 or ASCII, with a '<' first, by its label and the mark or pattern of its first bytes? The others
 * have not been looked at. `ret_skip`: the length of its byte order mark, 0 when FALSE. */
gboolean truce_encoding_is_plain (GBytes *body, const char *content_type, gsize *ret_skip);

/* The body as valid UTF-8 without NUL and without a byte order mark; what cannot be decoded is U+FFFD. Nothing is
 * copied when the body is that already. */
GBytes *truce_encoding_decode (GBytes *body, const char *content_type);

G_END_DECLS
