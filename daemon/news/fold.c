/* SPDX-License-Identifier: MIT */
#include "news/fold.h"

#include <string.h>

#include "news/fold_block.h"
#include "news/fold_table.h"

/* GLib sorts the marks of one character by exchanging neighbours: a feed may not choose how many there are. Unicode's
 * Stream-Safe Text Format allows 30 as well. */
#define JOINED_MAX 30

typedef struct {
  TruceFolded *folded;
  TruceFoldFlags flags;
  const char *begin;
  const char *end;
  char *out;
  guint32 start; /* of the open word in the folded bytes */
  gboolean open;
  gboolean unspaced; /* is the open word */
} Folder;

/* Room for `extra` bytes more than what the text that is left can fold to the plain way: a byte to at most a byte and a
 * space before it. */
static void
reserve (Folder *folder, const char *at, gsize extra)
{
  TruceFolded *folded = folder->folded;
  gsize used = folder->out ? (gsize) (folder->out - folded->bytes) : 0;
  gsize need = used + extra + 2 * (gsize) (folder->end - at) + 4 * TRUCE_FOLD_PAD;

  if (need > folded->capacity) {
    folded->capacity = MAX (need, 2 * folded->capacity);
    folded->bytes = g_realloc (folded->bytes, folded->capacity);
  }
  if ((folder->flags & TRUCE_FOLD_ORIGINS) && folded->capacity > folded->origins_capacity) {
    folded->origins_capacity = folded->capacity;
    folded->origins = g_renew (TruceOrigin, folded->origins, folded->origins_capacity);
  }
  folder->out = folded->bytes + used;
}

static inline void
reserve_tokens (TruceFolded *folded, guint extra)
{
  if (G_UNLIKELY (folded->n_tokens + extra > folded->tokens_capacity)) {
    folded->tokens_capacity = MAX (folded->n_tokens + extra, 2 * folded->tokens_capacity);
    folded->tokens = g_renew (TruceToken, folded->tokens, folded->tokens_capacity);
  }
}

static void
end_word (Folder *folder)
{
  TruceFolded *folded = folder->folded;
  guint32 at = (guint32) (folder->out - folded->bytes);

  if (!folder->open)
    return;
  folder->open = FALSE;
  reserve_tokens (folded, 1);
  folded->tokens[folded->n_tokens++] = (TruceToken){
    .start = folder->start,
    .length = (at - folder->start) & 0x7fffffff,
    .unspaced = folder->unspaced ? 1 : 0,
  };
}

static inline void
begin_word (Folder *folder, gboolean unspaced)
{
  if (folder->open) {
    if (folder->unspaced == unspaced)
      return;
    end_word (folder);
  }
  if (folder->out > folder->folded->bytes)
    *folder->out++ = ' ';
  folder->start = (guint32) (folder->out - folder->folded->bytes);
  folder->open = TRUE;
  folder->unspaced = unspaced;
}

/* Says that the `n` bytes written last came from [from, to) of the text. */
static inline void
note_origin (Folder *folder, gsize n, const char *from, const char *to)
{
  if (!(folder->flags & TRUCE_FOLD_ORIGINS))
    return;
  gsize last = (gsize) (folder->out - folder->folded->bytes);
  for (gsize i = last - n; i < last; i++)
    folder->folded->origins[i] =
        (TruceOrigin){ .from = (guint32) (from - folder->begin), .to = (guint32) (to - folder->begin) };
}

static void
put_character (Folder *folder, gunichar c, gboolean unspaced, const char *from, const char *to)
{
  if (g_unichar_ismark (c)) {
    /* A mark extends a word of either kind and begins none. */
    if (!folder->open)
      return;
  } else {
    begin_word (folder, unspaced);
  }
  int n = g_unichar_to_utf8 (c, folder->out);
  folder->out += n;
  note_origin (folder, (gsize) n, from, to);
}

/* A character together with the marks and the like after it, by GLib. */
static const char *
fold_cluster (Folder *folder, const char *at)
{
  g_autoptr (GString) cluster = g_string_new (NULL);
  const char *next = g_utf8_next_char (at);
  guint joined = 0;

  g_string_append_len (cluster, at, next - at);
  while (next < folder->end && joined < JOINED_MAX) {
    TruceFoldEntry entry = truce_fold_entry (g_utf8_get_char (next));
    const char *after = g_utf8_next_char (next);
    if (!(entry & (TRUCE_FOLD_JOINS | TRUCE_FOLD_DROPPED)))
      break;
    if (entry & TRUCE_FOLD_JOINS) {
      g_string_append_len (cluster, next, after - next);
      joined++;
    }
    next = after;
  }
  g_autofree char *normal =
      truce_fold_normalise (cluster->str, (gssize) cluster->len, (folder->flags & TRUCE_FOLD_KEEP_CASE) != 0);
  /* A space before each character may be new as well. */
  reserve (folder, next, 2 * strlen (normal));
  for (const char *p = normal; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isalnum (c) || g_unichar_ismark (c))
      put_character (folder, c, (truce_fold_entry (c) & TRUCE_FOLD_UNSPACED) != 0, at, next);
    else
      end_word (folder);
  }
  return next;
}

/* The character at `at`, whose text is known to be valid, and its number of bytes. */
static inline gunichar
decode (const char *at, guint *ret_n)
{
  const guchar *p = (const guchar *) at;

  if (p[0] < 0xe0) {
    *ret_n = 2;
    return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
  }
  if (p[0] < 0xf0) {
    *ret_n = 3;
    return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
  }
  *ret_n = 4;
  return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

/* Of 2 to 4 bytes, without a call. */
static inline void
copy_character (char *out, const char *at, guint n)
{
  memcpy (out, at, 2);
  if (n > 2)
    out[2] = at[2];
  if (n > 3)
    out[3] = at[3];
}

/* One that is no plain letter: dropped, a separator, a mark, or more than one character when folded. */
static const char *
fold_special (Folder *folder, const char *at, const char *next, TruceFoldEntry entry)
{
  if (entry & TRUCE_FOLD_DROPPED)
    return next;
  if (entry & (TRUCE_FOLD_WORD | TRUCE_FOLD_SEVERAL))
    return fold_cluster (folder, at);
  end_word (folder);
  return next;
}

/* A run of characters beyond ASCII. Each waits for the one after it, which may be composed with it. */
static const char *
fold_characters (Folder *folder, const char *at)
{
  const TruceFoldEntry kinds = TRUCE_FOLD_WORD | TRUCE_FOLD_SEVERAL | TRUCE_FOLD_DROPPED | TRUCE_FOLD_MARK;
  guint n;
  gunichar c = decode (at, &n);
  TruceFoldEntry entry = truce_fold_entry (c);

  for (;;) {
    const char *next = at + n;
    gunichar next_c = 0;
    guint next_n = 0;
    TruceFoldEntry next_entry = 0;
    if ((entry & kinds) != TRUCE_FOLD_WORD || (folder->flags & TRUCE_FOLD_KEEP_CASE))
      return fold_special (folder, at, next, entry);
    if (next < folder->end && (guchar) *next >= 0x80) {
      next_c = decode (next, &next_n);
      next_entry = truce_fold_entry (next_c);
      if (next_entry & TRUCE_FOLD_JOINS)
        return fold_cluster (folder, at);
    }
    begin_word (folder, (entry & TRUCE_FOLD_UNSPACED) != 0);
    gunichar folded = entry & TRUCE_FOLD_CHARACTER;
    guint n_folded = n;
    if (folded == c)
      copy_character (folder->out, at, n);
    else
      n_folded = (guint) g_unichar_to_utf8 (folded, folder->out);
    folder->out += n_folded;
    note_origin (folder, n_folded, at, next);
    if (next_n == 0)
      return next;
    at = next;
    c = next_c;
    n = next_n;
    entry = next_entry;
  }
}

/* Is there a character at `at` that would continue a Latin word? */
static gboolean
word_goes_on (const Folder *folder, const char *at)
{
  if (at >= folder->end)
    return FALSE;
  TruceFoldEntry entry = truce_fold_entry (g_utf8_get_char (at));
  return (entry & (TRUCE_FOLD_WORD | TRUCE_FOLD_SEVERAL)) && !(entry & TRUCE_FOLD_UNSPACED);
}

/* "U.S." or "U.S" at `at`, where no word is open: one word. Returns its end, NULL when it is nothing of the kind. */
static const char *
fold_initials (Folder *folder, const char *at)
{
  const char *last = at;

  while (folder->end - last > 2 && last[1] == '.' && g_ascii_isalpha (last[2]) && !word_goes_on (folder, last + 3))
    last += 2;
  if (last == at)
    return NULL;
  begin_word (folder, FALSE);
  for (const char *p = at; p <= last; p += 2) {
    const char *to = p + 1 < folder->end && p[1] == '.' ? p + 2 : p + 1;
    *folder->out++ = folder->flags & TRUCE_FOLD_KEEP_CASE ? *p : g_ascii_tolower (*p);
    note_origin (folder, 1, p, to);
  }
  return last + 1;
}

/* --- plain ASCII, a block at once --- */

/* Writes bytes [start, end) of the block as a word. */
static inline void
copy_word (Folder *folder, const TruceBlock *block, guint start, guint end)
{
  TruceFolded *folded = folder->folded;
  guint length = end - start;

  *folder->out = ' ';
  folder->out += folder->out > folded->bytes;
  memcpy (folder->out, block->lowered + start, TRUCE_BLOCK_COPIED);
  if (G_UNLIKELY (length > TRUCE_BLOCK_COPIED))
    memcpy (folder->out + TRUCE_BLOCK_COPIED, block->lowered + start + TRUCE_BLOCK_COPIED, length - TRUCE_BLOCK_COPIED);
  folded->tokens[folded->n_tokens++] =
      (TruceToken){ .start = (guint32) (folder->out - folded->bytes), .length = length & 0x7fffffff };
  folder->out += length;
}

static inline gboolean
pays_as_block (const Folder *folder, const char *at)
{
  return (truce_load (at, folder->end) & TRUCE_HIGH_BITS) == 0;
}

/* Words from `at` on, where none is open, for as long as they are plain: whole, no initials, and nothing behind them
 * that could belong to them. Returns where that ends: at a word, or at a character beyond ASCII. */
static const char *
fold_block (Folder *folder, const char *at)
{
  TruceBlock block;
  gsize left = (gsize) (folder->end - at);
  guint limit = TRUCE_BLOCK;

  if (left >= TRUCE_BLOCK) {
    truce_read_block (&block, at);
  } else {
    char last[TRUCE_BLOCK] = { 0 }; /* which ends the last word */
    memcpy (last, at, left);
    truce_read_block (&block, last);
    limit = (guint) left + 1;
  }
  if (block.high)
    limit = MIN (limit, (guint) __builtin_ctzll (block.high));
  reserve_tokens (folder->folded, TRUCE_BLOCK);
  for (guint64 words = block.words; words;) {
    guint start = (guint) __builtin_ctzll (words);
    guint64 others = ~(words >> start);
    guint end = start + (others ? (guint) __builtin_ctzll (others) : TRUCE_BLOCK);
    if (end >= limit || (end - start == 1 && block.lowered[end] == '.'))
      return at + MIN (start, limit);
    copy_word (folder, &block, start, end);
    words &= G_MAXUINT64 << end;
  }
  return at + MIN (limit, left);
}

static const char *
fold_ascii_word (Folder *folder, const char *at)
{
  gboolean keep_case = (folder->flags & TRUCE_FOLD_KEEP_CASE) != 0;
  guint64 bytes = truce_load (at, folder->end);
  guint64 lowered;
  guint n = truce_ascii_word_bytes (bytes, &lowered);

  if (n == 0) {
    end_word (folder);
    return at + 1;
  }
  if (n == 1 && (!folder->open || folder->unspaced) && folder->end - at > 1 && at[1] == '.' && g_ascii_isalpha (*at)) {
    const char *after = fold_initials (folder, at);
    if (after)
      return after;
  }
  begin_word (folder, FALSE);
  for (;;) {
    guint64 stored = GUINT64_TO_LE (keep_case ? bytes : lowered);
    memcpy (folder->out, &stored, 8);
    folder->out += n;
    if (folder->flags & TRUCE_FOLD_ORIGINS)
      for (guint i = 0; i < n; i++)
        folder->folded->origins[folder->out - folder->folded->bytes - n + i] =
            (TruceOrigin){ .from = (guint32) (at - folder->begin) + i, .to = (guint32) (at - folder->begin) + i + 1 };
    at += n;
    if (n < 8 || at >= folder->end)
      break;
    bytes = truce_load (at, folder->end);
    n = truce_ascii_word_bytes (bytes, &lowered);
    if (n == 0)
      break;
  }
  if (at < folder->end && (guchar) *at >= 0x80 && (truce_fold_entry (g_utf8_get_char (at)) & TRUCE_FOLD_JOINS)) {
    folder->out--; /* the letter is composed with the mark after it */
    return fold_cluster (folder, at - 1);
  }
  if (at < folder->end && *at == ' ') {
    end_word (folder);
    at++;
  }
  return at;
}

void
truce_fold (TruceFolded *folded, const char *text, gsize length, TruceFoldFlags flags)
{
  Folder folder = { .folded = folded, .flags = flags, .begin = text };

  if (length > TRUCE_FOLD_TEXT_MAX) {
    length = TRUCE_FOLD_TEXT_MAX;
    while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
      length--;
  }
  folder.end = text + length;
  folded->n_tokens = 0;
  reserve (&folder, text, 0);
  for (const char *at = text; at < folder.end;) {
    if (flags == TRUCE_FOLD_PLAIN && !folder.open && pays_as_block (&folder, at))
      at = fold_block (&folder, at);
    if (at < folder.end)
      at = (guchar) *at < 0x80 ? fold_ascii_word (&folder, at) : fold_characters (&folder, at);
  }
  end_word (&folder);
  folded->length = (guint32) (folder.out - folded->bytes);
  memset (folder.out, 0, TRUCE_FOLD_PAD);
}

void
truce_folded_clear (TruceFolded *folded)
{
  g_free (folded->bytes);
  g_free (folded->tokens);
  g_free (folded->origins);
  *folded = (TruceFolded){ 0 };
}

gboolean
truce_fold_is_word (gunichar character)
{
  return (truce_fold_entry (character) & TRUCE_FOLD_WORD) || g_unichar_isalnum (character);
}
