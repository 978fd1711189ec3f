/* SPDX-License-Identifier: MIT */
/* diag.h: findings, the way config and queries say what is wrong: all of them, each with its place.
 *
 * One finding reads "path:line: [section].key: value: reason". Everything but the reason may be absent. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  TRUCE_SEVERITY_NOTE,    /* worth saying; nothing need be done */
  TRUCE_SEVERITY_WARNING, /* the config is used, but likely not as meant */
  TRUCE_SEVERITY_ERROR,   /* the config is not used */
} TruceSeverity;

typedef struct {
  const char *path;    /* NULL: no file */
  unsigned line;       /* from 1; 0: the whole file */
  const char *section; /* "milestone us-china-truce"; NULL: none */
  const char *key;
  const char *value;
} TrucePlace;

typedef struct {
  TruceSeverity severity;
  char *path;
  unsigned line;
  char *section;
  char *key;
  char *value;
  char *reason;
} TruceFinding;

typedef struct _TruceDiags TruceDiags;

TruceDiags *truce_diags_new (void);
void truce_diags_free (TruceDiags *diags); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceDiags, truce_diags_free)

/* Adds one finding; `place` and its strings are copied, long values are cut to TRUCE_DIAG_VALUE_MAX bytes on a
 * character with "...". `place` may be NULL. */
#define TRUCE_DIAG_VALUE_MAX 200 /* a finding should fit a few lines of a terminal */
void truce_diags_add (TruceDiags *diags, TruceSeverity severity, const TrucePlace *place, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

guint truce_diags_count (const TruceDiags *diags);
const TruceFinding *truce_diags_get (const TruceDiags *diags, guint index); /* (transfer none) */
gboolean truce_diags_failed (const TruceDiags *diags);                      /* is there any error? */
guint truce_diags_count_of (const TruceDiags *diags, TruceSeverity severity);

/* Orders findings by path (in order of first appearance) and line, keeping the order of equals. */
void truce_diags_sort (TruceDiags *diags);

/* "path:line: [section].key: value: reason"; warnings and notes put "warning: " or "note: " before the reason.
 * (transfer full) */
char *truce_finding_to_text (const TruceFinding *finding);

/* All findings, a line each, each line ended by '\n'. "" for none. (transfer full) */
char *truce_diags_to_text (const TruceDiags *diags);

G_END_DECLS
