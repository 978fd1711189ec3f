/* SPDX-License-Identifier: MIT */
#include "news/scanner.h"

#include <string.h>

#include "news/particle.h"

#define PREFIX_KEY_MAX 63 /* bytes of a prefix that are hashed: lengths fit the bits of a word */
#define PREFIX_BUCKETS 1024
#define FILTER_BITS_PER_KEY 16 /* one look-up in twenty or so goes on to the table in vain */
#define FILTER_BITS_MIN 4096
#define NONE G_MAXUINT32

typedef struct {
  guint64 hash;
  guint32 first; /* literal, NONE: free */
} Slot;

/* Literals by the hash of what they begin with. */
typedef struct {
  guint32 n_keys;
  guint32 slot_mask;
  guint32 filter_mask;
  guint64 *filter; /* two bits for each hash: in the first cache where the table is not */
  Slot *slots;
} Index;

typedef struct {
  const char *bytes; /* followed by TRUCE_FOLD_PAD zero bytes */
  guint32 length;
  guint32 next; /* with the same beginning, or NONE */
  gboolean open_end;
  gboolean particles; /* may hang on its inner words */
} Literal;

struct _TruceScanner {
  char *bytes; /* of all literals */
  Literal *literals;
  Index words;    /* by their first word, which is whole */
  Index phrases;  /* by their first two words, where both are whole: many may begin with "trade" or "the" */
  Index prefixes; /* single words of which more may follow, by themselves */
  Index pairs;    /* of unspaced scripts, by their first two letters, or the first when it stands alone */
  gboolean any_single_letter;
  guint64 prefix_lengths[PREFIX_BUCKETS]; /* by the first two bytes: the lengths that there are */
};

static inline guint64
load (const char *at)
{
  guint64 bytes;

  memcpy (&bytes, at, sizeof bytes);
  return GUINT64_FROM_LE (bytes);
}

#define MIX_LOW G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define MIX_HIGH G_GUINT64_CONSTANT (0x9fb21c651e98df25)

/* Read from 16 - n on, it is a mask for the first n of 16 bytes. */
static const guint8 byte_masks[32] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                       0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

static inline guint64
mix (guint64 bytes)
{
  guint64 hash = bytes * MIX_HIGH;

  return hash ^ hash >> 32;
}

static guint64
hash_long (guint64 hash, const char *at, guint32 length)
{
  for (guint32 i = 16; i < length; i += 8) {
    const guint8 *mask = byte_masks + 16 - MIN (length - i, 8);
    hash = mix (hash ^ (load (at + i) & load ((const char *) mask)));
  }
  return hash;
}

/* Of `length` bytes, with 16 readable bytes wherever one is. No branch tells short words from longer ones: texts mix
 * them, so that it would be guessed wrong. */
static inline guint64
hash_bytes (const char *at, guint32 length)
{
  const char *mask = (const char *) byte_masks + 16 - MIN (length, 16);
  guint64 low = load (at) & load (mask);
  guint64 high = load (at + 8) & load (mask + 8);
  guint64 hash = mix (low ^ high * MIX_LOW);

  return G_UNLIKELY (length > 16) ? hash_long (hash, at, length) : hash;
}

/* Of one letter or two, which 8 bytes hold. */
static inline guint64
hash_letters (const char *at, guint32 length)
{
  return mix (load (at) & load ((const char *) byte_masks + 16 - length));
}

static inline guint64
hash_two (guint64 first, guint64 second)
{
  return mix (first ^ second << 1);
}

static inline guint32
letter_bytes (const char *at)
{
  return (guint32) g_utf8_skip[(guchar) *at];
}

static inline guint
prefix_bucket (const char *at)
{
  return (((guchar) at[0] & 31u) << 5 | ((guchar) at[1] & 31u)) % PREFIX_BUCKETS;
}

static void
index_init (Index *index)
{
  guint32 n_slots = 16;
  guint32 n_bits = FILTER_BITS_MIN;

  while (n_slots < 2 * index->n_keys)
    n_slots *= 2;
  while (n_bits < FILTER_BITS_PER_KEY * index->n_keys)
    n_bits *= 2;
  index->slot_mask = n_slots - 1;
  index->filter_mask = n_bits / 64 - 1;
  index->filter = g_new0 (guint64, n_bits / 64);
  index->slots = g_new (Slot, n_slots);
  for (guint32 i = 0; i < n_slots; i++)
    index->slots[i] = (Slot){ .first = NONE };
}

static void
index_clear (Index *index)
{
  g_free (index->filter);
  g_free (index->slots);
}

static inline guint64 *
filter_word (const Index *index, guint64 hash)
{
  return &index->filter[(hash >> 32) & index->filter_mask];
}

/* Two of its bits. */
static inline guint64
filter_bits (guint64 hash)
{
  return G_GUINT64_CONSTANT (1) << (hash >> 58) | G_GUINT64_CONSTANT (1) << (hash >> 52 & 63);
}

/* FALSE: nothing has that hash. */
static inline gboolean
index_may_have (const Index *index, guint64 hash)
{
  return (~*filter_word (index, hash) & filter_bits (hash)) == 0;
}

/* The first literal of that hash, or NONE. */
static guint32
index_find (const Index *index, guint64 hash)
{
  for (guint32 i = (guint32) hash & index->slot_mask; index->slots[i].first != NONE; i = (i + 1) & index->slot_mask)
    if (index->slots[i].hash == hash)
      return index->slots[i].first;
  return NONE;
}

static void
index_add (Index *index, Literal *literals, guint32 literal, guint64 hash)
{
  guint32 i = (guint32) hash & index->slot_mask;

  *filter_word (index, hash) |= filter_bits (hash);
  while (index->slots[i].first != NONE && index->slots[i].hash != hash)
    i = (i + 1) & index->slot_mask;
  literals[literal].next = index->slots[i].first;
  index->slots[i] = (Slot){ hash, literal };
}

/* Where a literal is looked up. */
typedef struct {
  Index *index;
  guint64 hash;
} Place;

static Place
place_of (TruceScanner *scanner, const Literal *literal, gboolean open_start)
{
  const char *bytes = literal->bytes;
  const char *space = memchr (bytes, ' ', literal->length);
  guint32 first_word = space ? (guint32) (space - bytes) : literal->length;
  guint32 rest = literal->length - first_word;
  const char *second_space = space ? memchr (space + 1, ' ', rest - 1) : NULL;

  if (open_start) {
    guint32 letter = letter_bytes (bytes);
    if (letter < first_word)
      letter += letter_bytes (bytes + letter);
    else
      scanner->any_single_letter = TRUE;
    return (Place){ &scanner->pairs, hash_letters (bytes, letter) };
  }
  if (literal->open_end && !space) {
    guint32 length = MIN (literal->length, PREFIX_KEY_MAX);
    scanner->prefix_lengths[prefix_bucket (bytes)] |= G_GUINT64_CONSTANT (1) << length;
    return (Place){ &scanner->prefixes, hash_bytes (bytes, length) };
  }
  if (space && !literal->particles && (second_space || !literal->open_end)) {
    guint32 second_word = second_space ? (guint32) (second_space - space - 1) : rest - 1;
    return (Place){ &scanner->phrases, hash_two (hash_bytes (bytes, first_word), hash_bytes (space + 1, second_word)) };
  }
  return (Place){ &scanner->words, hash_bytes (bytes, first_word) };
}

static void
fill_indexes (TruceScanner *scanner, const TruceLiteral *literals, guint n_literals)
{
  Place *places = g_new (Place, n_literals);

  for (guint i = 0; i < n_literals; i++) {
    places[i] = place_of (scanner, &scanner->literals[i], literals[i].open_start);
    places[i].index->n_keys++;
  }
  index_init (&scanner->words);
  index_init (&scanner->phrases);
  index_init (&scanner->prefixes);
  index_init (&scanner->pairs);
  for (guint i = 0; i < n_literals; i++)
    index_add (places[i].index, scanner->literals, i, places[i].hash);
  g_free (places);
}

TruceScanner *
truce_scanner_new (const TruceLiteral *literals, guint n_literals)
{
  TruceScanner *scanner = g_new0 (TruceScanner, 1);
  gsize n_bytes = 0;

  for (guint i = 0; i < n_literals; i++)
    n_bytes += strlen (literals[i].folded) + TRUCE_FOLD_PAD;
  scanner->bytes = g_malloc0 (n_bytes + 1);
  scanner->literals = g_new0 (Literal, n_literals);
  char *at = scanner->bytes;
  for (guint i = 0; i < n_literals; i++) {
    gsize length = strlen (literals[i].folded);
    memcpy (at, literals[i].folded, length);
    scanner->literals[i] = (Literal){
      .bytes = at,
      .length = (guint32) length,
      .open_end = literals[i].open_end,
      .particles = strchr (at, ' ') && truce_particle_has_hangul (at, length),
    };
    at += length + TRUCE_FOLD_PAD;
  }
  fill_indexes (scanner, literals, n_literals);
  return scanner;
}

void
truce_scanner_free (TruceScanner *scanner)
{
  if (!scanner)
    return;
  index_clear (&scanner->words);
  index_clear (&scanner->phrases);
  index_clear (&scanner->prefixes);
  index_clear (&scanner->pairs);
  g_free (scanner->literals);
  g_free (scanner->bytes);
  g_free (scanner);
}

/* Where the literal that begins at `start` ends in the text, or 0 when it does not stand there. */
static inline guint32
end_of (const Literal *literal, const TruceFolded *folded, guint32 start)
{
  if (literal->length <= folded->length - start && memcmp (folded->bytes + start, literal->bytes, literal->length) == 0)
    return start + literal->length;
  return literal->particles ? truce_particle_match (literal->bytes, literal->length, folded, start) : 0;
}

/* Compares the literals from `first` on with the text at `start`. */
static void
confirm (const TruceScanner *scanner, const TruceFolded *folded, guint32 first, guint32 start, GArray *occurrences)
{
  for (guint32 i = first; i != NONE; i = scanner->literals[i].next) {
    const Literal *literal = &scanner->literals[i];
    guint32 end = end_of (literal, folded, start);
    if (end == 0)
      continue;
    if (!literal->open_end && end < folded->length && folded->bytes[end] != ' ')
      continue;
    TruceOccurrence occurrence = { i, start, end };
    g_array_append_val (occurrences, occurrence);
  }
}

static inline void
look_up (const TruceScanner *scanner, const Index *index, guint64 hash, const TruceFolded *folded, guint32 start,
         GArray *occurrences)
{
  if (G_UNLIKELY (index_may_have (index, hash)))
    confirm (scanner, folded, index_find (index, hash), start, occurrences);
}

static void
scan_unspaced (const TruceScanner *scanner, const TruceFolded *folded, const TruceToken *token, GArray *occurrences)
{
  const char *bytes = folded->bytes;
  guint32 end = token->start + token->length;

  guint32 letter = letter_bytes (bytes + token->start);
  for (guint32 at = token->start, next; at < end; at = next) {
    next = at + letter;
    if (scanner->any_single_letter)
      look_up (scanner, &scanner->pairs, hash_letters (bytes + at, letter), folded, at, occurrences);
    if (next < end) {
      guint32 next_letter = letter_bytes (bytes + next);
      look_up (scanner, &scanner->pairs, hash_letters (bytes + at, letter + next_letter), folded, at, occurrences);
      letter = next_letter;
    }
  }
}

static void
scan_prefixes (const TruceScanner *scanner, const TruceFolded *folded, const TruceToken *token, GArray *occurrences)
{
  const char *word = folded->bytes + token->start;
  guint64 lengths = scanner->prefix_lengths[prefix_bucket (word)];

  if (token->length < PREFIX_KEY_MAX)
    lengths &= (G_GUINT64_CONSTANT (2) << token->length) - 1;
  for (; lengths; lengths &= lengths - 1) {
    guint64 hash = hash_bytes (word, (guint32) __builtin_ctzll (lengths));
    look_up (scanner, &scanner->prefixes, hash, folded, token->start, occurrences);
  }
}

void
truce_scanner_run (const TruceScanner *scanner, const TruceFolded *folded, GArray *ret_occurrences)
{
  gboolean prefixes = scanner->prefixes.n_keys > 0;
  gboolean pairs = scanner->pairs.n_keys > 0;
  const TruceToken nothing = { .start = folded->length };
  guint64 hash = 0;

  for (guint i = 0; i < folded->n_tokens; i++) {
    const TruceToken *token = &folded->tokens[i];
    if (i == 0)
      hash = hash_bytes (folded->bytes + token->start, token->length);
    if (token->unspaced && pairs)
      scan_unspaced (scanner, folded, token, ret_occurrences);
    /* The padding is hashed as the word after the last: no phrase holds it. */
    const TruceToken *after = i + 1 < folded->n_tokens ? token + 1 : &nothing;
    guint64 next = hash_bytes (folded->bytes + after->start, after->length);
    guint64 both = hash_two (hash, next);
    if (prefixes)
      scan_prefixes (scanner, folded, token, ret_occurrences);
    /* A word of an unspaced script as well: a feed id or a tag is compared whole, and a phrase may hold one. Asked
     * together: a branch that is taken now and then costs more than a look-up. */
    if (G_UNLIKELY (index_may_have (&scanner->words, hash) | index_may_have (&scanner->phrases, both))) {
      look_up (scanner, &scanner->words, hash, folded, token->start, ret_occurrences);
      look_up (scanner, &scanner->phrases, both, folded, token->start, ret_occurrences);
    }
    hash = next;
  }
}
