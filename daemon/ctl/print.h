/* SPDX-License-Identifier: MIT */
/* print.h: text for people: colours, lines that fit, times in words. Records go out by truce_print_record(). */
#pragma once

#include "ctl/ctl.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_STYLE_PLAIN,
  TRUCE_STYLE_BOLD,
  TRUCE_STYLE_DIM,
  TRUCE_STYLE_ALARM, /* red */
  TRUCE_STYLE_WARN,  /* yellow */
  TRUCE_STYLE_GOOD,  /* green */
} TruceStyle;

/* Finds out about the terminal: columns and whether colours are wanted (a terminal, and no NO_COLOR). */
void truce_print_init (TruceCtl *ctl);

/* `text` in `style` when colours are on. (transfer full) */
char *truce_print_paint (const TruceCtl *ctl, TruceStyle style, const char *text);

/* One line, cut to the terminal's columns. */
void truce_print_line (const TruceCtl *ctl, TruceStyle style, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Text over as many lines as it takes, broken at spaces, each begun by `indent` spaces. */
void truce_print_wrapped (const TruceCtl *ctl, guint indent, TruceStyle style, const char *text);
/* The same with `marks` (TruceContextMark) of `text` in colour, or in brackets where there are no colours. */
void truce_print_context (const TruceCtl *ctl, guint indent, const char *text, const GArray *marks);
/* "  LABEL      TEXT", wrapped as above; nothing for NULL and "". */
void truce_print_field (const TruceCtl *ctl, const char *label, const char *text);
/* "MARK TEXT", wrapped, with the mark (ASCII) alone in its columns. */
#define TRUCE_MARK_COLUMNS 4
void truce_print_marked (const TruceCtl *ctl, TruceStyle style, const char *mark, const char *text);
/* An empty line, and `text` in bold. */
void truce_print_heading (const TruceCtl *ctl, const char *text);
/* `left` (bold) and `right`, the latter at the line's end; `left` is cut where both do not fit. */
void truce_print_ends (const TruceCtl *ctl, guint indent, const char *left, TruceStyle style, const char *right);

/* The same, but where both do not fit a line, each has its own, and nothing is cut. */
void truce_print_ends_whole (const TruceCtl *ctl, const char *left, TruceStyle style, const char *right);

/* A column of a row: text cut and padded to `width` columns; 0: what is left of the line, not padded. */
typedef struct {
  const char *text; /* NULL: empty */
  guint width;
  TruceStyle style;
} TruceCell;
void truce_print_row (const TruceCtl *ctl, guint indent, const TruceCell *cells, guint n_cells);
/* The same, but the last text is wrapped rather than cut: beneath its beginning, or from the next line on where little
 * room is left for it. */
void truce_print_entry (const TruceCtl *ctl, guint indent, const TruceCell *cells, guint n_cells);

/* A record as a JSON line, sent at once when someone may be waiting for it. */
void truce_print_record (const json_t *record);
/* Each record of an array so. */
void truce_print_records (const json_t *records);
/* A section to configure, of what is at `url`; in JSON as a record with both. `title`, `url` NULL: none. */
void truce_print_section (const TruceCtl *ctl, const char *title, const char *url, const char *section);

/* "in 12 days", "3 hours ago", "now". (transfer full) */
char *truce_print_when (TruceTime at, TruceTime now);
/* "12 d", "5 h", "30 min", "now": a length for a column; "" for NONE. (transfer full) */
#define TRUCE_AGE_COLUMNS 7
char *truce_print_age (TruceTime at, TruceTime now);
/* "Tue 12 Aug 2025 06:01 CEST", when the reader's clock shows another time than `zone` (a name) then; else NULL.
 * (transfer full) */
char *truce_print_here (const TruceCtl *ctl, TruceTime at, const char *zone);
/* `text` with each instant in RFC 3339 as the reader's clock shows it. (transfer full) */
char *truce_print_local (const TruceCtl *ctl, const char *text);
/* Critical within a day, normal within 14 days: as alerts have it. */
TruceStyle truce_print_closeness (TruceTime at, TruceTime now);

G_END_DECLS
