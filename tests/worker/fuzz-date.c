/* SPDX-License-Identifier: MIT */
#include "worker/parse/date.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  TruceTime at = 0, again;
  char buffer[TRUCE_TIME_TEXT_SIZE];

  if (!truce_feed_date_parse (text, &at))
    return 0;
  if (at < TRUCE_TIME_MIN || at > TRUCE_TIME_MAX)
    abort ();
  /* What is written for machines is read back as the same instant. */
  if (!truce_feed_date_parse (truce_time_to_text (at, buffer), &again) || again != at)
    abort ();
  return 0;
}
