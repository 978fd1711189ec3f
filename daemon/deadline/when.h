/* SPDX-License-Identifier: MIT */
/* when.h: the date language of `due`, `starts`, `revised` and `trucectl when`.
 *
 * A statement is parsed once into a TruceWhen, which keeps the words it was given in; resolving it gives a span of
 * instants. Whatever is not understood is an error that names the word, never a guess. Forms: DESIGN section 4 and
 * truce-dates(7). Intervals and approximations follow EDTF (ISO 8601-2:2019, level 1). */
#pragma once

#include "deadline/calendar.h"
#include "deadline/zone.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_PRECISION_INSTANT,
  TRUCE_PRECISION_DAY,
  TRUCE_PRECISION_PART_OF_MONTH, /* early, mid, late June; end of, beginning of */
  TRUCE_PRECISION_MONTH,
  TRUCE_PRECISION_QUARTER,
  TRUCE_PRECISION_SEASON,
  TRUCE_PRECISION_HALF_YEAR,
  TRUCE_PRECISION_YEAR,
  TRUCE_PRECISION_INTERVAL, /* A/B */
} TrucePrecision;
#define TRUCE_N_PRECISIONS 9

/* "instant", "day", "part-of-month", "month", "quarter", "season", "half-year", "year", "interval". */
const char *truce_precision_to_text (TrucePrecision precision);
gboolean truce_precision_from_text (const char *text, TrucePrecision *ret_precision);

/* What a statement stands for: [earliest, latest). `earliest` is its first instant, `latest` the first instant after
 * it; for an instant the two are equal. A value type: copy with truce_span_copy, clear with truce_span_clear. */
typedef struct {
  TruceTime earliest;
  TruceTime latest;
  TrucePrecision precision;
  gboolean approximate; /* "about", EDTF ~ and ? */
  TruceZone *zone;      /* owned; the zone that the civil date is stated in */
} TruceSpan;

#define TRUCE_SPAN_INIT                        \
  {                                            \
    0, 0, TRUCE_PRECISION_INSTANT, FALSE, NULL \
  }
void truce_span_copy (const TruceSpan *span, TruceSpan *ret_span); /* `ret_span` must be clear or uninitialised */
void truce_span_clear (TruceSpan *span);
gboolean truce_span_same_due (const TruceSpan *a, const TruceSpan *b); /* earliest and latest equal */
/* Does `span` say more exactly what `old`, a span of time, left open: within it, and shorter? That is no move. */
gboolean truce_span_tightens (const TruceSpan *span, const TruceSpan *old);
/* "Tue 12 Aug 2025 00:01 EDT", "Thu 19 Jun 2025", "11–20 Jun 2025", for people. (transfer full) */
char *truce_span_to_words (const TruceSpan *span);
/* "Fri 4 Jul 2025 is a day off in us-federal: Independence Day", when the span is an instant or a day on such a day;
 * else NULL. (transfer full) */
char *truce_span_day_off (const TruceSpan *span, TruceCalendar *calendar);

#define TRUCE_WHEN_ERROR (truce_when_error_quark ())
GQuark truce_when_error_quark (void);
typedef enum {
  TRUCE_WHEN_ERROR_SYNTAX,    /* a word that is not understood; the message names it */
  TRUCE_WHEN_ERROR_DATE,      /* understood, but no such date (30 February) or outside years 1..9999 */
  TRUCE_WHEN_ERROR_ZONE,      /* an unknown zone, or one that cannot hold then (EST in July) */
  TRUCE_WHEN_ERROR_BASE,      /* `starts`, `milestone:ID` or a holiday calendar where there is none */
  TRUCE_WHEN_ERROR_AMBIGUOUS, /* reads more than one way: 01/02/2025 */
} TruceWhenError;

typedef struct _TruceWhen TruceWhen; /* immutable */

#define TRUCE_WHEN_TEXT_MAX 200 /* bytes: the longest sensible statement is well under 100 */

/* Parses `text`; a statement without a zone of its own is in `zone`. NULL and an error when not understood. */
TruceWhen *truce_when_parse (const char *text, TruceZone *zone, GError **error);
/* The same for a statement of somebody who asks at `now` and sees what it is taken for: "tomorrow", "next Friday" and
 * "in 3 days" are read too, and a note says how. Not for what is kept. `ret_offset` (may be NULL), of a failure: how
 * far, in bytes of the trimmed text, it was understood. */
TruceWhen *truce_when_parse_now (const char *text, TruceZone *zone, TruceTime now, gsize *ret_offset, GError **error);
void truce_when_free (TruceWhen *when); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceWhen, truce_when_free)

const char *truce_when_text (const TruceWhen *when);           /* as given, white space trimmed */
gboolean truce_when_uses_starts (const TruceWhen *when);       /* `starts + 90d` */
gboolean truce_when_uses_calendar (const TruceWhen *when);     /* `starts + 20bd`, `last business day of June 2025` */
const char *truce_when_base_milestone (const TruceWhen *when); /* the ID of `milestone:ID + ...`, or NULL */

/* What a statement may lean on. Any member may be NULL. */
typedef struct {
  const TruceSpan *starts;
  /* The current due of another milestone, or NULL when there is none of that id. */
  const TruceSpan *(*milestone) (const char *id, gpointer user_data);
  gpointer user_data;
  TruceCalendar *calendar; /* what business days are counted on */
  GPtrArray *doubts;       /* gets what makes the reading doubtful, a sentence each (element-type utf8) (transfer full);
                              NULL: among the notes */
} TruceWhenContext;

/* Resolves to instants. `ret_notes` (may be NULL) gets what was assumed, a sentence each ("02:30 does not exist on
 * 2026-03-08 in America/New_York: 03:00 EDT is taken"), NULL when nothing was; (element-type utf8) (transfer full),
 * free with g_ptr_array_unref. On FALSE nothing is touched. */
gboolean truce_when_resolve (const TruceWhen *when, const TruceWhenContext *context, TruceSpan *ret_span,
                             GPtrArray **ret_notes, GError **error);

G_END_DECLS
