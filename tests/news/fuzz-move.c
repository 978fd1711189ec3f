/* SPDX-License-Identifier: MIT */
/* Any bytes as a title and, behind a line break, a summary: whatever is read must be whole. */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "news/move.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const TruceMoveNews *news)
{
  g_autoptr (TruceMove) move = truce_move_classify (news);

  if (move->label >= TRUCE_N_MOVE_LABELS || !(move->confidence > 0 && move->confidence <= 1))
    g_error ("label %d, confidence %f", (int) move->label, move->confidence);
  if (move->dated && move->end <= move->first)
    g_error ("a date that ends before it begins");
  if (move->quote && !g_utf8_validate (move->quote, -1, NULL))
    g_error ("half a character is quoted");
  if (!move->quote != (move->label == TRUCE_MOVE_UNRELATED))
    g_error ("a quote for nothing, or none for something");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *line = size > 0 ? memchr (data, '\n', size) : NULL;
  size_t length = line ? (size_t) (line - data) : size;
  g_autofree char *title = truce_text_clean ((const char *) data, (gssize) length);
  g_autofree char *summary = line ? truce_text_clean ((const char *) line + 1, (gssize) (size - length - 1)) : NULL;
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  const TruceTime day = 20000 * TRUCE_DAY;
  const TruceSpan due = { .earliest = day, .latest = day + TRUCE_DAY, .precision = TRUCE_PRECISION_DAY, .zone = zone };
  TruceMoveNews news = { .title = title, .summary = summary, .published = day, .zone = zone, .due = &due };

  check (&news);
  news.published = TRUCE_TIME_NONE;
  news.due = NULL;
  check (&news);
  return 0;
}
