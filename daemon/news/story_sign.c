/* SPDX-License-Identifier: MIT */
/* What is kept of an entry for comparing. */
#include <string.h>

#include "base/text.h"
#include "news/address.h"
#include "news/fold.h"
#include "news/story_private.h"

#define LEAD_BYTES_MAX 500   /* of the summary: what follows is background */
#define TITLE_CASE_SHARE 0.7 /* so many of its long words with a capital, and capitals mean nothing */
#define SHINGLE_WORDS 3      /* fewer stand together by chance */
#define SHINGLE_CHARACTERS 5 /* of scripts without spaces */
#define SHINGLE_UNITS (TRUCE_STORY_SHINGLES_MAX + SHINGLE_CHARACTERS)

typedef struct {
  TruceStorySignature *signature;
  TruceFolded folded;
  const char *text; /* of which `folded` is */
  gboolean headline;
  gboolean aside;    /* behind what is the news */
  gboolean capitals; /* say that a word is a name */
  GArray *topic;     /* guint32, NULL */
} Signing;

static guint64
hash_of (const char *bytes, gsize length)
{
  guint64 hash = length > 0 ? truce_fingerprint64 (bytes, length) : 0;

  return length > 0 && hash == 0 ? 1 : hash;
}

static gboolean
has (const GArray *array, guint32 value)
{
  for (guint i = 0; array && i < array->len; i++)
    if (g_array_index (array, guint32, i) == value)
      return TRUE;
  return FALSE;
}

static void
add_word (Signing *signing, guint64 hash, guint mark)
{
  TruceStorySignature *signature = signing->signature;
  guint32 word = (guint32) hash;
  guint i = 0;

  mark |= signing->headline ? STORY_IN_HEADLINE : STORY_IN_SUMMARY;
  if (signing->headline && signing->aside)
    mark |= STORY_ASIDE;
  if (has (signing->topic, word))
    mark |= STORY_TOPIC;
  while (i < signature->n_words && signature->words[i] != word)
    i++;
  if (i == TRUCE_STORY_WORDS_MAX)
    return;
  signature->words[i] = word;
  if (i == signature->n_words) {
    signature->n_words++;
    signature->marks[i] = (guint16) mark;
  } else {
    signature->marks[i] |= (guint16) mark;
  }
}

/* --- words with spaces between them --- */

static const char *
original_of (const Signing *signing, const TruceToken *token)
{
  return signing->text + signing->folded.origins[token->start].from;
}

static gboolean
is_capital (const Signing *signing, const TruceToken *token)
{
  return g_unichar_isupper (g_utf8_get_char (original_of (signing, token)));
}

/* Where every word may have a capital: at the beginning, and behind what parts sentences. */
static gboolean
begins_sentence (const Signing *signing, const TruceToken *token)
{
  const char *at = original_of (signing, token);

  while (at > signing->text && strchr (" \"'([", at[-1]))
    at--;
  return at == signing->text || strchr (".!?:;|", at[-1]) || (guchar) at[-1] >= 0x80;
}

static gboolean
is_number (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (word[i]))
      return FALSE;
  return TRUE;
}

static const TruceToken *
next_token (const Signing *signing, guint i)
{
  const TruceToken *token = i + 1 < signing->folded.n_tokens ? &signing->folded.tokens[i + 1] : NULL;

  return token && !token->unspaced ? token : NULL;
}

/* The entry of token `i` together with the next one, NULL. */
static const StoryEntry *
find_pair (const Signing *signing, guint i, const char *stem)
{
  const TruceToken *next = next_token (signing, i);
  char second[STORY_STEM_SIZE], pair[2 * STORY_STEM_SIZE];

  if (!next)
    return NULL;
  story_stem (signing->folded.bytes + next->start, next->length, second, sizeof second);
  return story_lexicon_find (pair, (gsize) g_snprintf (pair, sizeof pair, "%s %s", stem, second));
}

/* "US" is a country, "us" is us; "May 8" is no "may". */
static const StoryEntry *
find_single (const Signing *signing, guint i, const char *stem, gsize length)
{
  const TruceToken *token = &signing->folded.tokens[i], *next = next_token (signing, i);

  if (strcmp (stem, "us") == 0) {
    const char *original = original_of (signing, token);
    gboolean country = g_ascii_isupper (original[0]) && !g_ascii_islower (original[1]);
    return country ? story_lexicon_find ("usa", 3) : story_lexicon_find ("it", 2);
  }
  if (strcmp (stem, "may") == 0 &&
      (!next || g_ascii_isdigit (signing->folded.bytes[next->start]) ||
       (signing->capitals && is_capital (signing, token) && !begins_sentence (signing, token))))
    return story_lexicon_find ("june", 4); /* a month */
  return story_lexicon_find (stem, length);
}

/* What a headline says behind such a word is not its news: "Farmers worry as ministry extends ban". */
#define ASIDE_BEHIND 3 /* words of it */

static gboolean
begins_aside (const Signing *signing, guint i)
{
  static const char *const words[] = { "as", "after", "amid", "despite", "following", "while" };
  const TruceToken *token = &signing->folded.tokens[i];

  for (guint j = 0; j < G_N_ELEMENTS (words) && i >= ASIDE_BEHIND; j++)
    if (strlen (words[j]) == token->length &&
        memcmp (signing->folded.bytes + token->start, words[j], token->length) == 0)
      return TRUE;
  return FALSE;
}

/* Returns how many tokens it took. */
static guint
take_word (Signing *signing, guint i)
{
  const TruceToken *token = &signing->folded.tokens[i];
  const char *word = signing->folded.bytes + token->start;
  char stem[STORY_STEM_SIZE];
  gsize length = story_stem (word, token->length, stem, sizeof stem);
  const StoryEntry *pair = find_pair (signing, i, stem);
  const StoryEntry *entry = pair ? pair : find_single (signing, i, stem, length);
  guint took = pair ? 2 : 1;
  guint mark = 0;

  if (signing->headline && !signing->aside && entry)
    signing->signature->traits |= entry->traits;
  if (is_number (word, token->length) || token->length == 1 || (entry && entry->kind == STORY_WORD_STOP))
    return took;
  if (entry && entry->kind == STORY_WORD_PLACE)
    mark = STORY_PLACE;
  else if (entry && entry->kind == STORY_WORD_BODY)
    mark = STORY_BODY | entry->group << STORY_GROUP_SHIFT;
  else if (entry && entry->kind == STORY_WORD_COMMON)
    mark = STORY_COMMON;
  else if (!entry && signing->capitals && is_capital (signing, token) && !begins_sentence (signing, token))
    mark = STORY_NAME;
  if (entry)
    add_word (signing, hash_of (entry->canonical, strlen (entry->canonical)), mark);
  else
    add_word (signing, hash_of (stem, length), mark);
  return took;
}

/* --- scripts without spaces --- */

static void
take_run (Signing *signing, const TruceToken *token)
{
  const char *run = signing->folded.bytes + token->start, *end = run + token->length;
  g_autoptr (GPtrArray) places = g_ptr_array_new ();

  story_lexicon_places (run, token->length, places);
  for (guint i = 0; i < places->len; i++) {
    g_auto (GStrv) names = g_strsplit (g_ptr_array_index (places, i), " ", -1);
    for (guint j = 0; names[j]; j++)
      add_word (signing, hash_of (names[j], strlen (names[j])), STORY_PLACE);
  }
  if (signing->headline)
    signing->signature->traits |= story_lexicon_traits (run, token->length);
  for (const char *at = run; at < end; at = g_utf8_next_char (at)) {
    const char *second = g_utf8_next_char (at);
    if (second >= end && at > run)
      break;
    const char *stop = second < end ? g_utf8_next_char (second) : end;
    add_word (signing, hash_of (at, (gsize) (stop - at)), STORY_PART);
  }
}

/* --- a text --- */

static gboolean
has_title_case (const Signing *signing)
{
  guint n = 0, capitals = 0;

  for (guint i = 0; i < signing->folded.n_tokens; i++) {
    const TruceToken *token = &signing->folded.tokens[i];
    if (token->unspaced || token->length < 4 || g_ascii_isdigit (signing->folded.bytes[token->start]))
      continue;
    n++;
    capitals += is_capital (signing, token) ? 1 : 0;
  }
  return capitals > TITLE_CASE_SHARE * n;
}

static void
take_text (Signing *signing, const char *text, gboolean headline)
{
  signing->text = text;
  signing->headline = headline;
  truce_fold (&signing->folded, text, strlen (text), TRUCE_FOLD_ORIGINS);
  signing->capitals = !has_title_case (signing);
  signing->aside = FALSE;
  for (guint i = 0; i < signing->folded.n_tokens;) {
    const TruceToken *token = &signing->folded.tokens[i];
    signing->aside |= headline && begins_aside (signing, i);
    if (token->unspaced)
      take_run (signing, token);
    i += token->unspaced ? 1 : take_word (signing, i);
  }
}

/* What the last text is made of in order: a word, or a character of a script without spaces. Returns how many. */
static guint
units_of (const Signing *signing, guint64 *units, gboolean *wide, guint max)
{
  guint n = 0;

  for (guint i = 0; i < signing->folded.n_tokens && n < max; i++) {
    const TruceToken *token = &signing->folded.tokens[i];
    const char *at = signing->folded.bytes + token->start, *end = at + token->length;
    while (at < end && n < max) {
      const char *next = token->unspaced ? g_utf8_next_char (at) : end;
      wide[n] = token->unspaced;
      units[n++] = hash_of (at, (gsize) (next - at));
      at = next;
    }
  }
  return n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Of the last text. */
static void
take_shingles (Signing *signing)
{
  TruceStorySignature *signature = signing->signature;
  guint64 units[SHINGLE_UNITS];
  gboolean wide[SHINGLE_UNITS];
  guint n = units_of (signing, units, wide, SHINGLE_UNITS);

  for (guint i = 0; i < n && signature->n_shingles < TRUCE_STORY_SHINGLES_MAX; i++) {
    guint size = wide[i] ? SHINGLE_CHARACTERS : SHINGLE_WORDS;
    if (i + size > n)
      break;
    signature->shingles[signature->n_shingles++] = (guint32) hash_of ((const char *) &units[i], size * sizeof units[0]);
  }
  qsort (signature->shingles, signature->n_shingles, sizeof signature->shingles[0], compare_numbers);
}

/* --- all of it --- */

/* The words of a query's hits, as hashes. (transfer full) */
static GArray *
topic_of (const char *const *topic)
{
  TruceStorySignature found = { 0 };
  Signing signing = { .signature = &found };
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; topic && topic[i]; i++)
    take_text (&signing, topic[i], FALSE);
  truce_folded_clear (&signing.folded);
  if (found.n_words > 0)
    g_array_append_vals (words, found.words, found.n_words);
  return words;
}

static void
sort_words (TruceStorySignature *signature)
{
  for (guint i = 1; i < signature->n_words; i++) {
    guint32 word = signature->words[i];
    guint16 mark = signature->marks[i];
    guint at = i;
    for (; at > 0 && signature->words[at - 1] > word; at--) {
      signature->words[at] = signature->words[at - 1];
      signature->marks[at] = signature->marks[at - 1];
    }
    signature->words[at] = word;
    signature->marks[at] = mark;
  }
}

static void
sign_sources (const TruceItem *item, const char *feed, TruceStorySignature *signature)
{
  g_autofree char *address = item->link ? truce_address_normal (item->link) : NULL;
  g_autofree char *publisher = truce_story_publisher (item, feed);
  const char *agency = story_agency (item);

  if (address && strpbrk (address, "/?#"))
    signature->address = hash_of (address, strlen (address));
  signature->publisher = hash_of (publisher, strlen (publisher));
  signature->source = agency ? hash_of (agency, strlen (agency)) : signature->publisher;
}

static void
sign_facts (const char *headline, const char *lead, TruceStorySignature *signature)
{
  g_autoptr (GArray) facts = g_array_new (FALSE, FALSE, sizeof (guint32));

  story_facts_find (headline, TRUE, facts);
  story_facts_find (lead, FALSE, facts);
  signature->n_facts = (guint8) facts->len;
  for (guint i = 0; i < facts->len; i++)
    signature->facts[i] = g_array_index (facts, guint32, i);
}

void
truce_story_sign (const TruceItem *item, const char *feed, const char *const *topic, TruceTime now,
                  TruceStorySignature *ret_signature)
{
  g_autofree char *headline =
      *item->title ? truce_story_headline (item) : truce_text_cut (item->summary, LEAD_BYTES_MAX);
  g_autofree char *lead = truce_text_cut (*item->title ? item->summary : "", LEAD_BYTES_MAX);
  g_autoptr (GArray) words = topic_of (topic);
  Signing signing = { .signature = ret_signature, .topic = words };
  TruceTime at = truce_item_time (item);

  memset (ret_signature, 0, sizeof *ret_signature); /* padding too: it is compared byte by byte in tests */
  ret_signature->at = at == TRUCE_TIME_NONE ? now : MIN (at, now);
  sign_sources (item, feed, ret_signature);
  take_text (&signing, headline, TRUE);
  ret_signature->headline = hash_of (signing.folded.bytes, signing.folded.length);
  ret_signature->n_headline = ret_signature->n_words;
  take_text (&signing, lead, FALSE);
  take_shingles (&signing);
  sort_words (ret_signature);
  sign_facts (headline, lead, ret_signature);
  truce_folded_clear (&signing.folded);
}
