/* SPDX-License-Identifier: MIT */
/* move_private.h: what a news text is taken apart into: tokens, cues, dates, lengths, and what happened. */
#pragma once

#include "news/move.h"
#include "news/move_words.h"

G_BEGIN_DECLS

/* --- text: move_text.c --- */

typedef enum {
  MOVE_WORD,
  MOVE_NUMBER,
  MOVE_IDEOGRAPH, /* one character of Han, Hangul or Kana */
  MOVE_POINT,     /* one character of punctuation */
} MoveTokenKind;

typedef struct {
  const char *word;   /* folded; possessive 's cut off */
  guint32 hash;       /* of it */
  guint32 start, end; /* bytes of the text */
  MoveTokenKind kind;
  gint64 number;
  guint sentence;
  gboolean capital; /* as written */
  gboolean tight;   /* no blank before it */
  gboolean more;    /* part of a length on top of another */
  gboolean dated;   /* part of a date or a length */
} MoveToken;

typedef struct {
  guint first, end; /* tokens */
  gboolean title;
  gboolean question;
  gboolean hangul; /* Korean: what governs a verb stands behind it */
} MoveSentence;

typedef struct {
  char *bytes; /* title and summary, '\n' between them */
  GStringChunk *words;
  GArray *tokens;    /* MoveToken */
  GArray *sentences; /* MoveSentence */
} MoveText;

MoveText *move_text_new (const char *title, const char *summary);
void move_text_free (MoveText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MoveText, move_text_free)

#define MOVE_TOKEN(text, i) (&g_array_index ((text)->tokens, MoveToken, i))
#define MOVE_SENTENCE(text, i) (&g_array_index ((text)->sentences, MoveSentence, i))

/* Which of `words` token `i` is, from 0; -1: none, or there is no such token. */
int move_which_of (const MoveText *text, guint i, MoveWords *words);
#define move_which(text, i, list) move_which_of (text, i, MOVE_WORDS (list))
/* Is token `i` there and this word, or one of these ("a|b|c")? */
#define move_is_of(text, i, words) (move_which_of (text, i, words) >= 0)
#define move_is(text, i, list) move_is_of (text, i, MOVE_WORDS (list))

/* --- words that more than one place asks for: move_lists.c --- */

extern MoveWords move_originally; /* what was before */
extern MoveWords move_slated;     /* "due", "scheduled", "meant": for a date */
extern MoveWords move_giving;     /* "give" in each of its forms */
extern MoveWords
    move_shift_nouns;             /* "extension", "delay": something moves, and nothing is said of what it was before */
extern MoveWords move_explainers; /* what stands over a text that tells nothing new: "explainer", "timeline" */
/* Is "last week", "last spring" at token `i`? */
gboolean move_is_last_period (const MoveText *text, guint i);
/* Is token `i`, which is there, a form of "extend" or "extension"? */
gboolean move_is_extending (const MoveText *text, guint i);

/* --- dates and lengths: move_date*.c, move_length.c --- */

typedef enum {
  MOVE_BY_NOTHING,
  MOVE_BY_UNTIL, /* until, through: an end */
  MOVE_BY_TO,    /* to: an end where something moves */
  MOVE_BY_LIMIT, /* by, before */
  MOVE_BY_FOR,   /* for, on, in: an end only behind "rescheduled" and the like */
  MOVE_BY_FROM,  /* from, was due on, announced on: no end */
} MoveGovernor;

/* How surely a date is the one that something moves to, or a length that by which it is moved. */
enum {
  MOVE_SURE_OLD = -1, /* surely not: the one before */
  MOVE_SURE_NOT = 0,
  MOVE_SURE_WEAK = 3,   /* "will be held on Friday" */
  MOVE_SURE_ALONE = 5,  /* "until Friday" with nothing that moves near */
  MOVE_SURE_RECAP = 6,  /* "has already been extended until Friday"; "for 90 days" somewhere near a move */
  MOVE_SURE_RANGE = 8,  /* "now has to file by Friday"; "gives them 90 days to" */
  MOVE_SURE_SAME = 10,  /* "until Friday" in a sentence in which something moves; "another 90 days" */
  MOVE_SURE_NEW = 11,   /* "the new deadline is Friday"; "a 90-day extension" */
  MOVE_SURE_MOVED = 12, /* "extended until Friday", "extended by 90 days" */
};

typedef struct {
  guint first, last; /* tokens */
  gint64 from, end;  /* civil days, [from, end) */
  TrucePrecision precision;
  gboolean past;    /* days before publication */
  gboolean over;    /* before the day of publication, or due already */
  gboolean weekday; /* "on Monday": as a rule when it was said */
  gboolean guessed; /* the year is not stated */
  MoveGovernor governor;
  int sure; /* MOVE_SURE_... */
} MoveDate;

typedef struct {
  guint first, last;
  int days;
  int months;    /* of which `days` is the reckoning; 0 where it was stated in days or weeks */
  int rest;      /* days besides the months */
  int most_days; /* of "10 to 12 days", whose `days` are 10; 0: no range */
  gboolean more; /* "another 90 days" */
  int sure;      /* MOVE_SURE_... */
} MoveLength;

/* What dates are counted from. */
typedef struct {
  gboolean known;
  gint64 day; /* civil, of publication */
  int year, month;
} MoveAnchor;

void move_dates_find (MoveText *text, const MoveAnchor *anchor, GArray *dates /* MoveDate */);
/* Reads one date at token `i`; FALSE when there is none. */
gboolean move_date_read (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date);
gboolean move_date_read_cjk (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date);
/* Han numerals ("四十五"). Steps over them; -1 for none. */
int move_take_han (const MoveText *text, guint *i);
/* Steps over `word`, an ideograph a token, when it stands at `i`. */
gboolean move_take (const MoveText *text, guint *i, const char *word);

/* What each is there for: move_role.c, and for Korean and Chinese move_role_cjk.c. */
gboolean move_is_cjk (const MoveText *text, guint first, guint last);
int move_date_role_cjk (const MoveText *text, MoveDate *date);
int move_length_role_cjk (const MoveText *text, const MoveLength *length);
void move_roles_find (const MoveText *text, GArray *dates /* MoveDate */);
/* Once lengths are known, and `due`, the day of the current due (G_MININT64: unknown): move_settle.c. */
void move_dates_settle (const MoveText *text, const GArray *lengths /* MoveLength */, const MoveAnchor *anchor,
                        gint64 due, GArray *dates /* MoveDate */);
void move_lengths_find (MoveText *text, GArray *lengths /* MoveLength */);
/* How surely something is moved by `length`: move_length_role.c. */
int move_length_role (const MoveText *text, const MoveLength *length);
/* Is something moved by a word in the sentence of token `i`, or at most `reach` words before it? move_role.c */
gboolean move_shifts_in_sentence (const MoveText *text, guint i);
gboolean move_shifts_before (const MoveText *text, guint i, guint reach);
/* Likewise, that makes something last ("keep", "allow"), shortens it, or brings it forward. */
gboolean move_lasts_before (const MoveText *text, guint i, guint reach);
gboolean move_shortens_before (const MoveText *text, guint i);
gboolean move_brings_forward (const MoveText *text, guint i);

/* --- cues: move_cues.c --- */

typedef enum {
  /* what happens */
  MOVE_CUE_SHIFT,        /* extend, postpone: a date moves */
  MOVE_CUE_SHIFT_PHRASE, /* "a year later than planned" */
  MOVE_CUE_SHIFT_NOUN,   /* extension, reprieve: only with a verb that says so */
  MOVE_CUE_STAND,        /* the deadline stands: its move is refused */
  MOVE_CUE_RESTORE,      /* resume, revive: news when asked for or refused */
  MOVE_CUE_RESOLVE,      /* seals deal */
  MOVE_CUE_CANCEL,       /* scraps */
  MOVE_CUE_LAPSE,        /* expires: an end only in the past */
  /* what governs it */
  MOVE_CUE_MAY,    /* may, considers, seeks */
  MOVE_CUE_PLAN,   /* plan, request, bill: a thing that can be granted or refused */
  MOVE_CUE_NOT,    /* not, refuses, rules out */
  MOVE_CUE_GRANT,  /* approves, accepts: what was only asked for is then done */
  MOVE_CUE_DO,     /* decides, announces, signs */
  MOVE_CUE_WILL,   /* will, is to */
  MOVE_CUE_THREAT, /* threatens, whether, deadline to: leaves it open */
  MOVE_CUE_IF,
  /* what it is about */
  MOVE_CUE_THING,     /* truce, tariff, waiver */
  MOVE_CUE_DEADLINE,  /* deadline, expires: names a deadline by itself */
  MOVE_CUE_PREVIEW,   /* "explained", "ahead of": of a thing, that its date is to come */
  MOVE_CUE_AUTHORITY, /* ministry, court: what it postpones has a date */
  MOVE_CUE_SPORT,     /* where a deadline is a game's */
  MOVE_CUE_OTHER,     /* lead, losses: a false friend's object */
  MOVE_CUE_SHOW,      /* a tour, a match: put off, but not extended like a deadline */
  MOVE_CUE_HELD,      /* accounts, officers: what is suspended and frozen without a date */
  MOVE_CUE_DECOY,     /* "push back against": only hides what it begins with */
} MoveCueKind;

typedef enum {
  MOVE_FORM_BASE,
  MOVE_FORM_S,
  MOVE_FORM_PAST,
  MOVE_FORM_ING,
} MoveForm;

/* move_lexicon.c: what happens, what governs it, what it is about, and what is held; each is looked for apart from the
 * others. */
#define MOVE_N_GROUPS 4

typedef struct {
  MoveCueKind kind;
  gboolean strong; /* said of nothing but what has a date: "postpone", "call off" */
  const char *patterns;
} MoveLexicon;

/* Words that may stand for each other in a pattern. */
typedef struct {
  const char *name; /* "%deal" */
  const char *words;
} MoveClass;

const MoveLexicon *move_lexicon (guint group, guint *ret_n);
const MoveLexicon *move_lexicon_context (guint group, guint *ret_n); /* all but what happens */
const MoveLexicon *move_lexicon_cjk (guint group, guint *ret_n);
const MoveClass *move_lexicon_classes (guint *ret_n);

typedef struct {
  MoveCueKind kind;
  guint first, last; /* tokens */
  MoveForm form;     /* of the first word */
  gboolean strong;
} MoveCue;

void move_cues_find (const MoveText *text, GArray *cues /* MoveCue, by first token */);
/* The first cue of `kind` that begins in [first, end), or NULL. */
const MoveCue *move_cue_in (const GArray *cues, MoveCueKind kind, guint first, guint end);

/* --- the part a word plays: move_clause.c --- */

/* Where the clause of token `i` begins, and whether it is a subordinate one. */
guint move_clause_begin (const MoveText *text, guint i, gboolean *ret_aside);
/* The token behind the last of the clause of `cue`. */
guint move_clause_end (const MoveText *text, const MoveCue *cue);
/* Is it a noun here: "a delay", but not "will delay"? */
gboolean move_is_noun (const MoveText *text, const MoveCue *cue);
/* Does a verb that nothing governs tell what happens: "extends", but not "the extended deadline"? */
gboolean move_is_fact (const MoveText *text, const MoveCue *cue, gboolean noun, gboolean title);
/* Does the pattern of `cue` hold what moves, too: "deadline moved to"? */
gboolean move_has_subject (const MoveText *text, const MoveCue *cue);
/* "extended last month": told as of another time than now. */
gboolean move_is_stale (const MoveText *text, const MoveCue *cue);
/* "had been extended", "extended on May 4" in June: told as known. */
gboolean move_is_recap (const MoveText *text, const MoveCue *cue, const GArray *dates);

/* --- what governs it: move_mood.c --- */

typedef struct {
  TruceMoveLabel label;
  gboolean asked; /* proposed by a thing that can be granted: "a request to extend" */
  gboolean future;
  gboolean granted; /* by somebody who was asked */
  gboolean said;    /* somebody decided or announced it */
  gboolean failed;  /* refused by nobody: it did not come about */
  gboolean wished;  /* by somebody, and not merely possible */
  gboolean pleaded; /* refused, but only in somebody's wish: "begs not to" */
  guint n;
  guint first; /* token */
} MoveMood;

void move_mood_hear (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, guint end,
                     MoveMood *ret_mood);

/* --- what it acts on: move_object.c --- */

typedef enum {
  MOVE_OBJECT_NONE,
  MOVE_OBJECT_UNKNOWN,
  MOVE_OBJECT_THING, /* has a date */
  MOVE_OBJECT_OTHER, /* lead, losses */
} MoveObject;

/* Is it "suspend", "freeze", which is said of accounts and officers too? */
gboolean move_is_held (const MoveText *text, const MoveCue *cue);
MoveObject move_object_of (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin);

/* --- what overrules that: move_overrule.c --- */

/* Where a verb or noun stands. */
typedef struct {
  const MoveText *text;
  const GArray *dates;
  const MoveCue *cue;
  const MoveSentence *sentence;
  guint begin, end; /* of the clause, in tokens */
  gboolean noun;
  gboolean infinitive;
  MoveMood mood;
} MovePlace;

TruceMoveLabel move_overrule (const MovePlace *place, TruceMoveLabel label);
/* Is it a first deadline that is given, and no later one? */
gboolean move_is_ultimatum (const MovePlace *place);
/* Is a token of [first, end) part of a date or length? */
gboolean move_names_time (const MoveText *text, guint first, guint end);

/* --- what happened: move_event.c --- */

typedef struct {
  const MoveCue *cue;
  TruceMoveLabel label;
  gboolean future;  /* "will extend": decided, not done */
  gboolean aside;   /* in a subordinate clause: background */
  gboolean recap;   /* "had been extended" */
  gboolean granted; /* by somebody who was asked */
  gboolean stale;   /* "extended last month" */
  gboolean known;   /* acts on something that is known to have a date */
  gboolean weak;    /* a noun that nothing governs */
  gboolean thing;   /* acts on something that has a date */
  guint sentence;
  guint first; /* the outermost token that governs it */
} MoveEvent;

void move_events_find (const MoveText *text, const GArray *cues, const GArray *dates, GArray *events /* MoveEvent */);
/* What they come to together: move_relate.c. */
void move_events_relate (const MoveText *text, GArray *events);

/* Does `move`, which `event` made, say that the date is again what it was? move_back.c */
gboolean move_goes_back (const MoveText *text, const MoveEvent *event, const TruceMove *move);

/* --- the new date: move_anchor.c --- */

/* The date or length that `event` (NULL: none in particular) moves to; FALSE when none is stated. */
gboolean move_pick_date (const MoveText *text, const GArray *dates, const MoveEvent *event, TruceMoveLabel label,
                         MoveDate *ret_date);
gboolean move_pick_length (const MoveText *text, const GArray *lengths, const MoveEvent *event, MoveLength *ret_length);

/* --- the new due: move_due.c --- */

/* The last day of the current due; G_MININT64 when it is not known. */
gint64 move_due_day (const TruceMoveNews *news);
/* Fills in what `move`, whose label is known, moves to and by; TRUE with the date when one is stated. */
gboolean move_due_read (const MoveText *text, const GArray *dates, const GArray *lengths, const MoveEvent *event,
                        const TruceMoveNews *news, TruceMove *move, MoveDate *ret_date);

/* --- all of it: move.c --- */

/* As truce_move_classify(), when the label is known beforehand: so that tests can tell the reading of dates from the
 * reading of what happened. (transfer full) */
TruceMove *move_classify_as (const TruceMoveNews *news, TruceMoveLabel label);

G_END_DECLS
