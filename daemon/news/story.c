/* SPDX-License-Identifier: MIT */
#include "news/story.h"

#include <string.h>

#include "news/story_private.h"

#define VERSION 1 /* of the bytes, and of the lexicon that they were made with */

/* How much a word weighs. */
#define WEIGHT_WORD 4
#define WEIGHT_NAME 5
#define WEIGHT_PLACE 3
#define WEIGHT_PART 2
#define WEIGHT_COMMON 1
#define WEIGHT_FACT 5
#define WEIGHT_ASIDE 0.5 /* of its own */
#define WEIGHT_MONTH 1
#define WEIGHT_YEAR 2
#define FACT_IN_SUMMARY 0.9
#define IN_ASIDE 0.5
#define IN_SUMMARY 0.6 /* a headline's word that the other has in its summary only */

/* As measured on the tuned half of tests/news/stories.jsonl. */
#define SAME_FROM 0.47      /* alike */
#define RELATED_FROM 0.25   /* of the same matter */
#define EVIDENCE_MIN 8      /* weight of the telling words that are shared */
#define EVIDENCE_FACT 5     /* what a shared number or date counts */
#define COPIED_FROM 0.6     /* of the shorter text's beginning */
#define COPIED_FAR_FROM 0.8 /* under another headline */
#define COPIED_SHINGLES_MIN 8
#define HEADLINE_WORDS_MIN 4 /* that shorter ones are the same says little */

static const char *const relation_names[] = {
  [TRUCE_STORY_OTHER] = "other",
  [TRUCE_STORY_DEVELOPMENT] = "development",
  [TRUCE_STORY_SAME] = "same",
  [TRUCE_STORY_COPY] = "copy",
};
G_STATIC_ASSERT (G_N_ELEMENTS (relation_names) == TRUCE_N_STORY_RELATIONS);

const char *
truce_story_relation_to_text (TruceStoryRelation relation)
{
  return relation_names[relation];
}

/* What two have in common and what not. */
typedef struct {
  double shared[2]; /* weight of each one's headline that the other has */
  double whole[2];  /* of each one's headline */
  double evidence;
  guint shared_names;
  gboolean lone_name[2], lone_place[2];
  guint lone_bodies[2]; /* a bit for each group: of those of one headline that the other headline lacks */
  guint shared_bodies;
  double doubt;
  gboolean at_odds;
} Meeting;

static double
weight_of (guint mark)
{
  double whole = mark & STORY_ASIDE ? WEIGHT_ASIDE : 1;

  if (mark & (STORY_TOPIC | STORY_COMMON))
    return whole * WEIGHT_COMMON;
  if (mark & STORY_PART)
    return whole * WEIGHT_PART;
  if (mark & STORY_NAME)
    return whole * WEIGHT_NAME;
  return whole * (mark & STORY_PLACE ? WEIGHT_PLACE : WEIGHT_WORD);
}

static void
meet_lone (Meeting *meeting, guint side, guint mark)
{
  if (!(mark & STORY_IN_HEADLINE))
    return;
  meeting->whole[side] += weight_of (mark & ~(guint) STORY_TOPIC); /* the other is not about the same */
  if (mark & STORY_NAME)
    meeting->lone_name[side] = TRUE;
  if (mark & STORY_PLACE)
    meeting->lone_place[side] = TRUE;
  if (mark & STORY_BODY)
    meeting->lone_bodies[side] |= 1u << STORY_GROUP (mark);
}

/* How much of a headline's word the other entry has that has it with `mark`. */
static double
share_of (guint mark)
{
  if (!(mark & STORY_IN_HEADLINE))
    return IN_SUMMARY;
  return mark & STORY_ASIDE ? IN_ASIDE : 1;
}

static void
meet_shared (Meeting *meeting, guint first, guint second)
{
  const guint marks[2] = { first, second };
  guint both = first | second, kind = both & ~(guint) STORY_ASIDE;
  gboolean in_first = (first & STORY_IN_HEADLINE) != 0, in_second = (second & STORY_IN_HEADLINE) != 0;

  for (guint side = 0; side < 2; side++) {
    double weight = weight_of (kind | (marks[side] & STORY_ASIDE));
    if (!(marks[side] & STORY_IN_HEADLINE))
      continue;
    meeting->whole[side] += weight;
    meeting->shared[side] += weight * share_of (marks[1 - side]);
  }
  if (both & STORY_BODY && in_first && in_second)
    meeting->shared_bodies |= 1u << STORY_GROUP (both);
  else if (both & STORY_BODY && (in_first || in_second))
    meeting->lone_bodies[in_second] |= 1u << STORY_GROUP (both);
  if (!in_first && !in_second)
    return;
  if (!(both & (STORY_TOPIC | STORY_COMMON)))
    meeting->evidence += weight_of (both);
  if (both & (STORY_NAME | STORY_PLACE) && !(both & STORY_TOPIC))
    meeting->shared_names++;
}

static void
meet_words (Meeting *meeting, const TruceStorySignature *one, const TruceStorySignature *other)
{
  guint i = 0, j = 0;

  while (i < one->n_words || j < other->n_words) {
    if (j == other->n_words || (i < one->n_words && one->words[i] < other->words[j])) {
      meet_lone (meeting, 0, one->marks[i++]);
    } else if (i == one->n_words || other->words[j] < one->words[i]) {
      meet_lone (meeting, 1, other->marks[j++]);
    } else {
      meet_shared (meeting, one->marks[i++], other->marks[j++]);
    }
  }
}

/* --- facts --- */

/* Of the facts of one side: the kinds (a bit each) that it states at all, that its headline states and the other lacks,
 * and that they share. */
typedef struct {
  guint stated, lone, shared;
} FactKinds;

static FactKinds
look_at_facts (Meeting *meeting, guint side, const TruceStorySignature *signature, const TruceStorySignature *other)
{
  FactKinds kinds = { 0 };

  for (guint i = 0; i < signature->n_facts; i++) {
    guint32 fact = signature->facts[i], found = 0;
    guint bit = 1u << STORY_FACT_KIND (fact);
    double weight = STORY_FACT_KIND (fact) == STORY_FACT_YEAR    ? WEIGHT_YEAR
                    : STORY_FACT_KIND (fact) == STORY_FACT_MONTH ? WEIGHT_MONTH
                                                                 : WEIGHT_FACT;
    for (guint j = 0; j < other->n_facts && !found; j++)
      if ((other->facts[j] & STORY_FACT_SAME) == (fact & STORY_FACT_SAME))
        found = other->facts[j];
    kinds.stated |= bit;
    if (found && (fact | found) & STORY_FACT_IN_HEADLINE)
      kinds.shared |= bit;
    if (!(fact & STORY_FACT_IN_HEADLINE))
      continue;
    meeting->whole[side] += weight;
    if (found)
      meeting->shared[side] += found & STORY_FACT_IN_HEADLINE ? weight : FACT_IN_SUMMARY * weight;
    else
      kinds.lone |= bit;
  }
  return kinds;
}

static void
meet_facts (Meeting *meeting, const TruceStorySignature *one, const TruceStorySignature *other)
{
  FactKinds first = look_at_facts (meeting, 0, one, other), second = look_at_facts (meeting, 1, other, one);

  if (first.lone & second.lone)
    meeting->at_odds = TRUE;
  else if ((first.lone & second.stated & ~second.shared) || (second.lone & first.stated & ~first.shared))
    meeting->doubt += 0.1; /* the other has a number of the kind further down, and another one */
  if (first.shared & ~(1u << STORY_FACT_MONTH))
    meeting->evidence += EVIDENCE_FACT;
}

/* --- what is done --- */

/* Does it say that something is not, or not allowed? */
static gboolean
denies (guint32 traits)
{
  return (traits & (STORY_NOT | STORY_AGAINST (STORY_AXIS_GRANT))) != 0;
}

static void
meet_traits (Meeting *meeting, guint32 one, guint32 other)
{
  gboolean same_deed = FALSE;

  for (guint axis = 0; axis < STORY_N_AXES; axis++) {
    guint32 both = STORY_FOR (axis) | STORY_AGAINST (axis);
    guint32 x = one & both, y = other & both;
    same_deed |= (x & y) != 0;
    if (x && y && (x & y) == 0)
      meeting->at_odds = TRUE;
    if (!x != !y)
      meeting->doubt += 0.05;
  }
  if (denies (one) != denies (other))
    meeting->at_odds = TRUE;
  if ((one & STORY_PLANS && other & STORY_SIGNS) || (other & STORY_PLANS && one & STORY_SIGNS))
    meeting->at_odds = TRUE;
  if ((one ^ other) & STORY_MAYBE) {
    if (same_deed)
      meeting->at_odds = TRUE;
    else
      meeting->doubt += 0.15;
  }
  if ((one ^ other) & STORY_EXPLAINS)
    meeting->doubt += 0.1;
}

static void
meet_names (Meeting *meeting)
{
  if (meeting->lone_place[0] && meeting->lone_place[1])
    meeting->at_odds = TRUE;
  if (meeting->lone_bodies[0] & meeting->lone_bodies[1] & ~meeting->shared_bodies)
    meeting->at_odds = TRUE;
  if (meeting->lone_name[0] && meeting->lone_name[1]) {
    if (meeting->shared_names == 0)
      meeting->at_odds = TRUE;
    else
      meeting->doubt += 0.05;
  }
}

/* How alike their words are, 0..1. */
static double
meet (Meeting *meeting, const TruceStorySignature *one, const TruceStorySignature *other)
{
  double first, second;

  meet_words (meeting, one, other);
  meet_facts (meeting, one, other);
  meet_traits (meeting, one->traits, other->traits);
  meet_names (meeting);
  if (meeting->whole[0] <= 0 || meeting->whole[1] <= 0)
    return 0;
  first = meeting->shared[0] / meeting->whole[0];
  second = meeting->shared[1] / meeting->whole[1];
  return first + second > 0 ? CLAMP (2 * first * second / (first + second) - meeting->doubt, 0, 1) : 0;
}

/* --- copies --- */

/* Of the shorter one's beginning, how much the other has; 0 where it is too short to say. */
static double
copied_share (const TruceStorySignature *one, const TruceStorySignature *other)
{
  guint least = MIN (one->n_shingles, other->n_shingles), shared = 0;

  if (least < COPIED_SHINGLES_MIN)
    return 0;
  for (guint i = 0, j = 0; i < one->n_shingles && j < other->n_shingles;) {
    if (one->shingles[i] == other->shingles[j])
      shared++, i++, j++;
    else if (one->shingles[i] < other->shingles[j])
      i++;
    else
      j++;
  }
  return (double) shared / least;
}

static gboolean
is_same_page (const TruceStorySignature *one, const TruceStorySignature *other)
{
  return one->address != 0 && one->address == other->address;
}

static gboolean
is_copied (const TruceStorySignature *one, const TruceStorySignature *other, double alike, gboolean at_odds)
{
  double share = copied_share (one, other);

  if (one->headline != 0 && one->headline == other->headline && one->n_headline >= HEADLINE_WORDS_MIN)
    return TRUE;
  if (share >= COPIED_FROM && alike >= RELATED_FROM && !at_odds)
    return TRUE;
  /* One publisher's texts may begin alike: with what it says under every headline. */
  return share >= COPIED_FAR_FROM && one->publisher != other->publisher && !at_odds;
}

/* --- the judgement --- */

static TruceStoryRelation
compare (const TruceStorySignature *earlier, const TruceStorySignature *later, double *ret_alike, gboolean *ret_at_odds)
{
  Meeting meeting = { 0 };
  double alike = meet (&meeting, earlier, later);
  gboolean apart = ABS (later->at - earlier->at) > TRUCE_STORY_WINDOW, same;

  *ret_alike = alike;
  *ret_at_odds = meeting.at_odds;
  /* A page that goes on under other headlines, and tells other news, is none. */
  if (is_same_page (earlier, later) && alike >= RELATED_FROM && !meeting.at_odds)
    return TRUCE_STORY_COPY;
  if (!apart && is_copied (earlier, later, alike, meeting.at_odds))
    return TRUCE_STORY_COPY;
  same = alike >= SAME_FROM && meeting.evidence >= EVIDENCE_MIN && !meeting.at_odds;
  if (same && !apart)
    return earlier->source == later->source && earlier->publisher != later->publisher ? TRUCE_STORY_COPY
                                                                                      : TRUCE_STORY_SAME;
  return alike >= RELATED_FROM ? TRUCE_STORY_DEVELOPMENT : TRUCE_STORY_OTHER;
}

TruceStoryRelation
truce_story_compare (const TruceStorySignature *earlier, const TruceStorySignature *later, double *ret_alike)
{
  gboolean at_odds;
  double alike;
  TruceStoryRelation relation = compare (earlier, later, &alike, &at_odds);

  if (ret_alike)
    *ret_alike = alike;
  return relation;
}

TruceStoryRelation
truce_story_judge (const TruceStorySignature *told, guint n_told, const TruceStorySignature *item, double *ret_alike)
{
  TruceStoryRelation best = TRUCE_STORY_OTHER;
  gboolean contradicted = FALSE;
  double most = 0;

  for (guint i = 0; i < n_told; i++) {
    gboolean at_odds;
    double alike;
    TruceStoryRelation relation = compare (&told[i], item, &alike, &at_odds);
    contradicted |= at_odds && alike >= RELATED_FROM && relation != TRUCE_STORY_COPY;
    best = MAX (best, relation);
    most = MAX (most, alike);
  }
  if (ret_alike)
    *ret_alike = most;
  return contradicted && best == TRUCE_STORY_SAME ? TRUCE_STORY_DEVELOPMENT : best;
}

gboolean
truce_story_independent (const TruceStorySignature *one, const TruceStorySignature *other)
{
  gboolean at_odds;
  double alike;

  return one->source != other->source && one->publisher != other->publisher &&
         compare (one, other, &alike, &at_odds) != TRUCE_STORY_COPY;
}

/* --- for an index --- */

#define KEY_SHINGLES 4 /* the least of a text: a copy has one of them nearly surely */

guint
truce_story_keys (const TruceStorySignature *signature, guint32 *ret_keys, guint max)
{
  guint n = 0;

  if (signature->address && n < max)
    ret_keys[n++] = (guint32) (signature->address >> 32);
  if (signature->headline && n < max)
    ret_keys[n++] = (guint32) (signature->headline >> 32);
  for (guint i = 0; i < signature->n_shingles && i < KEY_SHINGLES && n < max; i++)
    ret_keys[n++] = signature->shingles[i];
  for (guint i = 0; i < signature->n_words && n < max; i++)
    if (signature->marks[i] & STORY_IN_HEADLINE && !(signature->marks[i] & (STORY_TOPIC | STORY_COMMON)))
      ret_keys[n++] = signature->words[i];
  return n;
}

/* --- as bytes --- */

static guint8 *
put (guint8 *at, guint64 value, guint size)
{
  for (guint i = 0; i < size; i++)
    *at++ = (guint8) (value >> (8 * i));
  return at;
}

static const guint8 *
take (const guint8 *at, guint size, guint64 *ret_value)
{
  *ret_value = 0;
  for (guint i = 0; i < size; i++)
    *ret_value |= (guint64) *at++ << (8 * i);
  return at;
}

#define HEAD_BYTES (1 + 5 * 8 + 4 + 4)
G_STATIC_ASSERT (HEAD_BYTES + TRUCE_STORY_WORDS_MAX * 6 + (TRUCE_STORY_SHINGLES_MAX + TRUCE_STORY_FACTS_MAX) * 4 <=
                 TRUCE_STORY_BYTES_MAX);

gsize
truce_story_write (const TruceStorySignature *signature, guint8 ret_bytes[TRUCE_STORY_BYTES_MAX])
{
  guint8 *at = put (ret_bytes, VERSION, 1);

  at = put (at, signature->address, 8);
  at = put (at, signature->headline, 8);
  at = put (at, signature->publisher, 8);
  at = put (at, signature->source, 8);
  at = put (at, (guint64) signature->at, 8);
  at = put (at, signature->traits, 4);
  at = put (at, signature->n_words, 1);
  at = put (at, signature->n_shingles, 1);
  at = put (at, signature->n_facts, 1);
  at = put (at, signature->n_headline, 1);
  for (guint i = 0; i < signature->n_words; i++)
    at = put (put (at, signature->words[i], 4), signature->marks[i], 2);
  for (guint i = 0; i < signature->n_shingles; i++)
    at = put (at, signature->shingles[i], 4);
  for (guint i = 0; i < signature->n_facts; i++)
    at = put (at, signature->facts[i], 4);
  return (gsize) (at - ret_bytes);
}

static const guint8 *
take_list (const guint8 *at, guint32 *list, guint n)
{
  guint64 value;

  for (guint i = 0; i < n; i++) {
    at = take (at, 4, &value);
    list[i] = (guint32) value;
  }
  return at;
}

gboolean
truce_story_read (const guint8 *bytes, gsize length, TruceStorySignature *ret_signature)
{
  TruceStorySignature signature;
  const guint8 *at = bytes + 1;
  guint64 value, at_time, counts;

  if (length < HEAD_BYTES || bytes[0] != VERSION)
    return FALSE;
  memset (&signature, 0, sizeof signature);
  at = take (at, 8, &signature.address);
  at = take (at, 8, &signature.headline);
  at = take (at, 8, &signature.publisher);
  at = take (at, 8, &signature.source);
  at = take (at, 8, &at_time);
  at = take (at, 4, &value);
  at = take (at, 4, &counts);
  signature.at = (TruceTime) at_time;
  signature.traits = (guint32) value;
  signature.n_words = counts & 0xff;
  signature.n_shingles = counts >> 8 & 0xff;
  signature.n_facts = counts >> 16 & 0xff;
  signature.n_headline = counts >> 24 & 0xff;
  if (signature.n_words > TRUCE_STORY_WORDS_MAX || signature.n_shingles > TRUCE_STORY_SHINGLES_MAX ||
      signature.n_facts > TRUCE_STORY_FACTS_MAX ||
      length != (gsize) HEAD_BYTES + signature.n_words * 6u + (signature.n_shingles + signature.n_facts) * 4u)
    return FALSE;
  for (guint i = 0; i < signature.n_words; i++) {
    at = take (take (at, 4, &value), 2, &counts);
    signature.words[i] = (guint32) value;
    signature.marks[i] = (guint16) counts;
  }
  at = take_list (at, signature.shingles, signature.n_shingles);
  take_list (at, signature.facts, signature.n_facts);
  *ret_signature = signature;
  return TRUE;
}
