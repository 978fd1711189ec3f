/* SPDX-License-Identifier: MIT */
/* when_private.h: what a statement is parsed into. Private to this room.
 *
 *   statement  = expression [ "/" expression ]
 *   expression = { beside } base { ("+" | "-") length } [ "or" ("next" | "previous") "business day" ]
 *   beside     = length ("before" | "after") | [ "business" ] "day" [ "on or" ] ("before" | "after")
 *   base       = date [ time ] [ zone ] | time [ zone ] date | "starts" | "milestone:" ID
 */
#pragma once

#include "deadline/when_lexer.h"

G_BEGIN_DECLS

typedef enum {
  WHEN_BASE_DAYS,    /* whole days: [first, end) */
  WHEN_BASE_INSTANT, /* civil and fraction */
  WHEN_BASE_STARTS,
  WHEN_BASE_MILESTONE,
} WhenBase;

typedef enum {
  WHEN_STEP_ADD,        /* a length */
  WHEN_STEP_DAY_BEFORE, /* the whole day before what it stands on */
  WHEN_STEP_DAY_AFTER,
  WHEN_STEP_ROLL_BACK, /* a day off stands for the business day before it */
  WHEN_STEP_ROLL_ON,
} WhenStepKind;

typedef struct {
  WhenStepKind kind;
  int months; /* negative backwards, as the next two */
  gint64 days;
  gint64 seconds;
  gint64 business; /* days; then all else is 0 */
} WhenStep;

#define WHEN_STEPS_MAX 8        /* more are no statement that a person makes */
#define WHEN_BUSINESS_MAX 10000 /* business days in a length: 40 years, each looked up */

typedef struct {
  WhenBase base;
  gint64 first, end;
  TrucePrecision precision;
  gboolean picks_business; /* the business day number `business_ordinal` of first..end; `civil` has its time only */
  int business_ordinal;
  TruceCivil civil;
  TruceTime fraction; /* of a second */
  char *milestone;
  TruceZone *zone;          /* NULL: the statement's */
  const char *abbreviation; /* the zone must be on it then ("EDT"); NULL: any */
  int abbreviation_offset;  /* seconds east */
  gboolean approximate;
  WhenStep *steps; /* NULL: none, as most have; a statement is kept for each date of a configuration */
  guint n_steps;
} WhenTerm;

void when_term_clear (WhenTerm *term);

struct _TruceWhen {
  TruceZone *zone;
  WhenTerm terms[2];
  guint n_terms;    /* 2: an interval */
  GPtrArray *notes; /* of the parsing; NULL: none */
  char text[];
};

typedef struct {
  WhenLexer lexer;
  GPtrArray *notes;   /* char *; made when needed */
  gboolean asked_now; /* somebody asks at `now`, and sees what words like "tomorrow" are taken for */
  TruceTime now;
  TruceZone *zone; /* the statement's; not owned */
} WhenParser;

/* Adds to what was assumed, which is mostly nothing: the list is made with the first. */
void when_note (GPtrArray **notes, char *note /* (transfer full) */);
void when_parser_note (WhenParser *parser, char *note /* (transfer full) */);
G_GNUC_PRINTF (3, 4)
gboolean when_fail (GError **error, TruceWhenError code, const char *format, ...); /* always FALSE */

/* --- words: when_words.c; -1 for none --- */

int when_month_of (const WhenLexer *lexer);   /* 1..12 */
int when_weekday_of (const WhenLexer *lexer); /* 0 Monday .. 6 */
int when_season_of (const WhenLexer *lexer);  /* 0 spring .. 3 winter */
int when_ordinal_of (const WhenLexer *lexer); /* "first" 1 .. "fifth" 5, "last" WHEN_ORDINAL_LAST */
#define WHEN_ORDINAL_LAST 0
/* Steps over "st", "nd", "rd" or "th" right behind a number. */
gboolean when_take_ordinal_suffix (WhenLexer *lexer);

/* Is there a length ("90d", "1y6mo", "90 days", "a week") ahead? Nothing is stepped over. */
gboolean when_at_length (const WhenLexer *lexer);
/* Steps over "bd", "business day" or "working days". */
gboolean when_take_business_day (WhenLexer *lexer);
/* Reads one into `step`, times `sign`. */
gboolean when_parse_length (WhenParser *parser, int sign, WhenStep *ret_step, GError **error);

/* --- forms --- */

/* All of `text`, where it is a date as 2025-08-12 or 2025-08-12 00:01: what the forms below would make of it, at a
 * tenth of their cost, since a large configuration is full of such. FALSE, `term` untouched, for anything else:
 * when_plain.c. */
gboolean when_read_plain (const char *text, WhenTerm *term);

/* A date of any form without time and zone: term's first, end and precision. */
gboolean when_parse_date (WhenParser *parser, WhenTerm *term, GError **error);
/* Forms that begin with a number. */
gboolean when_parse_numeric_date (WhenParser *parser, WhenTerm *term, GError **error);
/* At "2H 2027" or "3Q 2027"? They are written the other way round; 2h is a length. */
gboolean when_at_part_backwards (const WhenLexer *lexer);
/* Says so. Always FALSE. */
gboolean when_refuse_part_backwards (const WhenLexer *lexer, GError **error);
/* What follows "first", "third", "last": "friday of July 2025", "quarter of 2025", "day of ...". */
gboolean when_parse_ordinal (WhenParser *parser, int ordinal, WhenTerm *term, GError **error);
/* A month's days, "19", "19-20", "19th", then the year, behind the month's name. */
gboolean when_parse_month (WhenParser *parser, WhenTerm *term, GError **error);
gboolean when_parse_year (WhenParser *parser, const char *after, int *ret_year, GError **error);
gboolean when_set_day (WhenTerm *term, int year, int month, int day, GError **error);
gboolean when_set_days (WhenTerm *term, int year, int month, int first, int last, GError **error);
/* A quarter (of 3 months) or half (of 6) of a year, by its number, or the last. */
#define WHEN_MONTHS_A_QUARTER 3
#define WHEN_MONTHS_A_HALF 6
gboolean when_set_part_of_year (WhenTerm *term, int year, gint64 number, int n_months, GError **error);
/* The months of a season, north or south; always TRUE. */
gboolean when_set_season (WhenParser *parser, WhenTerm *term, int year, int season, gboolean southern);
/* "Q3" or "H2", with `year` known or, 0, to follow. */
gboolean when_parse_numbered_part (WhenParser *parser, int year, WhenTerm *term, GError **error);
/* Steps over "of", "in" or a comma, which may stand before a year. */
void when_skip_link (WhenLexer *lexer);
/* Steps over what joins the ends of an interval: "/", a dash, "to", "until", "through". */
gboolean when_take_join (WhenLexer *lexer);
void when_set_months (WhenTerm *term, int year, int month, int n_months, TrucePrecision precision);

/* --- what depends on today, and thirds: when_relative.c --- */

/* At "early", "mid" or "late": the first, second or last third of what follows. */
gboolean when_parse_part (WhenParser *parser, int part, WhenTerm *term, GError **error);
/* Is there a word ahead that means another day whenever it is read? Not a weekday, which may be a date's. */
gboolean when_at_relative (const WhenLexer *lexer);
gboolean when_parse_relative (WhenParser *parser, WhenTerm *term, GError **error);
/* A weekday, stepped over, with no date behind it. */
gboolean when_parse_bare_weekday (WhenParser *parser, int weekday, WhenTerm *term, GError **error);
/* At "in": `term` is what `ret_step` is to be added to. */
gboolean when_parse_in (WhenParser *parser, WhenTerm *term, WhenStep *ret_step, GError **error);

/* --- business days: when_business.c --- */

/* Steps over "before" (-1), "after" or "from" (1); 0 for neither. */
int when_take_direction (WhenLexer *lexer);
/* "day before X", "first business day on or after X": what stands before a base. FALSE when it is something else. */
gboolean when_take_beside (WhenLexer *lexer, WhenStep *ret_step);
/* "or next business day": what may stand behind. FALSE with no error when there is no "or". */
gboolean when_take_roll (WhenLexer *lexer, WhenStep *ret_step, GError **error);

/* What counting needs and has to say. */
typedef struct {
  TruceCalendar *calendar; /* NULL: an error */
  GPtrArray **notes;
  GPtrArray *doubts; /* NULL: they are notes */
} WhenBusiness;

gboolean when_business_add (const WhenBusiness *business, gint64 count, gint64 *day, GError **error);
gboolean when_business_roll (const WhenBusiness *business, int direction, gint64 *day, GError **error);
/* The business day of that ordinal in [first, end). */
gboolean when_business_pick (const WhenBusiness *business, const WhenTerm *term, gint64 *ret_day, GError **error);

/* "12:01 am", "00:01:30", "noon". */
gboolean when_at_time (const WhenLexer *lexer);
gboolean when_parse_time (WhenParser *parser, WhenTerm *term, GError **error);
/* The zone, where one follows: "ET", "America/New_York", "Z"; behind a time also "-04:00". */
gboolean when_parse_zone (WhenParser *parser, WhenTerm *term, gboolean after_time, GError **error);

G_END_DECLS
