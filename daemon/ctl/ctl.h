/* SPDX-License-Identifier: MIT */
/* ctl.h: what all verbs of trucectl share: the run's options, the table of verbs, and how a run ends. */
#pragma once

#include "base/json.h"
#include "deadline/zone.h"

G_BEGIN_DECLS

/* The exit status, a promise to scripts (trucectl(1)). */
typedef enum {
  TRUCE_EXIT_DONE = 0,
  TRUCE_EXIT_NO = 1, /* the answer is no, or the input is bad */
  TRUCE_EXIT_USAGE = 2,
  TRUCE_EXIT_UNREACHABLE = 3, /* the daemon cannot be reached */
} TruceExit;

typedef struct _TruceClient TruceClient;

/* One run. */
typedef struct {
  gboolean json;
  char *config; /* --config; NULL */
  char *state;  /* --state; NULL */
  char *bus;    /* --bus; NULL: look on the session bus, then on the system bus */
  char **arguments;
  guint n_arguments;

  TruceTime now;     /* of the start of the run */
  TruceZone *zone;   /* the reader's */
  guint columns;     /* of the terminal, or 80 */
  gboolean terminal; /* standard output is one */
  gboolean colour;

  TruceClient *client; /* once connected */
} TruceCtl;

typedef TruceExit (*TruceVerbFunc) (TruceCtl *ctl);

typedef struct {
  const char *name;
  const char *usage;           /* after the name: "ALERT [LENGTH]" */
  const char *summary;         /* one line of the list of verbs */
  const char *help;            /* what --help adds; lines of at most 80 columns */
  const GOptionEntry *options; /* NULL: none of its own */
  guint min_arguments, max_arguments;
  TruceVerbFunc run;
} TruceVerb;

/* Every verb, in the order of the help, ended by a NULL name. */
extern const TruceVerb truce_verbs[];

/* "trucectl: MESSAGE" on standard error; returns `status`. */
TruceExit truce_ctl_fail (TruceExit status, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* --- times that people give --- */

/* An instant: RFC 3339, or a statement in the date language, of which `end` takes the latest rather than the earliest.
 */
gboolean truce_ctl_read_time (const char *text, TruceZone *zone, gboolean end, TruceTime *ret_at, GError **error);
/* The same of one that is given now, by hand: also "tomorrow", "next Friday". */
gboolean truce_ctl_read_asked (const TruceCtl *ctl, const char *text, TruceZone *zone, TruceTime *ret_at,
                               GError **error);
/* Was a length meant ("99y"), and is none that can be counted? Then what is one. */
gboolean truce_ctl_is_no_length (const char *text, GError **error);
/* A length back from now ("7d"), or an instant as above. */
gboolean truce_ctl_read_since (const TruceCtl *ctl, const char *text, TruceTime *ret_at, GError **error);

/* The configuration file that a verb reads: `named`, else --config, else the user's own where it exists, else the
 * system's. (transfer full) */
char *truce_ctl_config_path (const TruceCtl *ctl, const char *named);

G_END_DECLS
