/* SPDX-License-Identifier: MIT */
/* polllog.h: what became of the last polls of a feed, as one short text that is kept with its state. */
#pragma once

#include "news/item.h"
#include "news/pollplan.h"

G_BEGIN_DECLS

#define TRUCE_POLL_LOG_MAX 8 /* polls: a working day at the usual pace; some 30 bytes each are kept for every feed */

typedef struct {
  TruceTime at; /* in whole seconds */
  TrucePollOutcome outcome;
  int status;     /* 0: no HTTP answer */
  guint64 bytes;  /* of the body, decoded; 0 none */
  guint items;    /* entries read */
  guint new_ones; /* of them not seen before */
} TrucePollRecord;

/* `log` (NULL: empty) with `record` at its end, and without those before the last TRUCE_POLL_LOG_MAX. (transfer full)
 */
char *truce_poll_log_add (const char *log, const TrucePollRecord *record);
/* The last record of `log`; FALSE: there is none. */
gboolean truce_poll_log_last (const char *log, TrucePollRecord *ret_record);
/* The records of `log`, oldest first; lines that are none are left out. (transfer full), of TrucePollRecord */
GArray *truce_poll_log_read (const char *log);
/* "ok", "not modified", "same body", ... */
const char *truce_poll_outcome_to_text (TrucePollOutcome outcome);
gboolean truce_poll_outcome_is_failure (TrucePollOutcome outcome);
/* It brought entries, all or some. */
gboolean truce_poll_outcome_is_read (TrucePollOutcome outcome);
/* The last record of one that brought entries; FALSE: there is none. */
gboolean truce_poll_log_last_read (const char *log, TrucePollRecord *ret_record);
/* What was missing when the feed was last read. */
TruceFeedLack truce_poll_log_lack (const char *log);

G_END_DECLS
