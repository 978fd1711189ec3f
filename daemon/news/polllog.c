/* SPDX-License-Identifier: MIT */
#include "news/polllog.h"

#include <string.h>

static const char *const outcomes[] = {
  [TRUCE_POLL_OK] = "ok",
  [TRUCE_POLL_NOT_MODIFIED] = "not modified",
  [TRUCE_POLL_SAME_BODY] = "same body",
  [TRUCE_POLL_HTTP_ERROR] = "an error of the server",
  [TRUCE_POLL_NETWORK_ERROR] = "no answer",
  [TRUCE_POLL_BROKEN] = "no whole answer",
  [TRUCE_POLL_NOT_A_FEED] = "not a feed",
  [TRUCE_POLL_REFUSED] = "refused by truced",
  [TRUCE_POLL_NO_FILE] = "no file",
  [TRUCE_POLL_CUT_OFF] = "cut off",
  [TRUCE_POLL_UNEXPANDED] = "not expanded",
};

const char *
truce_poll_outcome_to_text (TrucePollOutcome outcome)
{
  return outcomes[outcome];
}

gboolean
truce_poll_outcome_is_failure (TrucePollOutcome outcome)
{
  return outcome != TRUCE_POLL_NOT_MODIFIED && outcome != TRUCE_POLL_SAME_BODY && !truce_poll_outcome_is_read (outcome);
}

gboolean
truce_poll_outcome_is_read (TrucePollOutcome outcome)
{
  return outcome == TRUCE_POLL_OK || outcome == TRUCE_POLL_CUT_OFF || outcome == TRUCE_POLL_UNEXPANDED;
}

char *
truce_poll_log_add (const char *log, const TrucePollRecord *record)
{
  const char *kept = log ? log : "";
  guint lines = 0;

  for (const char *at = kept; *at; at++)
    lines += *at == '\n' ? 1 : 0;
  for (; lines >= TRUCE_POLL_LOG_MAX; lines--)
    kept = strchr (kept, '\n') + 1;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT " %d %d %" G_GUINT64_FORMAT " %u %u\n", kept, record->at / TRUCE_SECOND,
                          (int) record->outcome, record->status, record->bytes, record->items, record->new_ones);
}

/* SECONDS OUTCOME STATUS BYTES ITEMS NEW */
#define NUMBERS 6

static gboolean
read_line (const char *line, TrucePollRecord *ret_record)
{
  gint64 numbers[NUMBERS];

  for (guint i = 0; i < NUMBERS; i++) {
    char *end;
    numbers[i] = g_ascii_strtoll (line, &end, 10);
    if (end == line || numbers[i] > TRUCE_TIME_MAX / TRUCE_SECOND || numbers[i] < TRUCE_TIME_MIN / TRUCE_SECOND)
      return FALSE;
    line = end;
  }
  if (numbers[1] < 0 || numbers[1] >= (gint64) G_N_ELEMENTS (outcomes))
    return FALSE;
  *ret_record = (TrucePollRecord){
    .at = numbers[0] * TRUCE_SECOND,
    .outcome = (TrucePollOutcome) numbers[1],
    .status = (int) numbers[2],
    .bytes = (guint64) numbers[3],
    .items = (guint) numbers[4],
    .new_ones = (guint) numbers[5],
  };
  return TRUE;
}

gboolean
truce_poll_log_last (const char *log, TrucePollRecord *ret_record)
{
  gsize start = log ? strlen (log) : 0;

  if (start == 0)
    return FALSE;
  for (start--; start > 0 && log[start - 1] != '\n'; start--)
    ;
  return read_line (log + start, ret_record);
}

GArray *
truce_poll_log_read (const char *log)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (TrucePollRecord));
  g_auto (GStrv) lines = g_strsplit (log ? log : "", "\n", -1);

  for (guint i = 0; lines[i]; i++) {
    TrucePollRecord record;
    if (read_line (lines[i], &record))
      g_array_append_val (records, record);
  }
  return records;
}

gboolean
truce_poll_log_last_read (const char *log, TrucePollRecord *ret_record)
{
  g_autoptr (GArray) records = truce_poll_log_read (log);

  for (guint i = records->len; i > 0; i--) {
    const TrucePollRecord *record = &g_array_index (records, TrucePollRecord, i - 1);
    if (truce_poll_outcome_is_read (record->outcome)) {
      *ret_record = *record;
      return TRUE;
    }
  }
  return FALSE;
}

TruceFeedLack
truce_poll_log_lack (const char *log)
{
  TrucePollRecord record;

  if (!truce_poll_log_last_read (log, &record))
    return TRUCE_FEED_WHOLE;
  return record.outcome == TRUCE_POLL_CUT_OFF      ? TRUCE_FEED_CUT_OFF
         : record.outcome == TRUCE_POLL_UNEXPANDED ? TRUCE_FEED_UNEXPANDED
                                                   : TRUCE_FEED_WHOLE;
}
