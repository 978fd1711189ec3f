/* SPDX-License-Identifier: MIT */
/* Headers as a server may send them, a line each: Cache-Control, Age, Expires, Date, Retry-After. */
#include <stdint.h>
#include <string.h>

#include "worker/net/freshness.h"
#include "worker/net/limits.h"

#define N_HEADERS 5

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (TruceTime length)
{
  if (length < 0 || length > TRUCE_NET_WAIT_MAX)
    g_error ("a length of %" G_GINT64_FORMAT, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", N_HEADERS);
  const char *headers[N_HEADERS] = { NULL };

  for (guint i = 0; lines[i]; i++)
    headers[i] = strcmp (lines[i], "-") == 0 ? NULL : lines[i];
  check (truce_freshness_left (headers[0], headers[1], headers[2], headers[3]));
  check (truce_freshness_retry_after (headers[4], headers[3]));
  return 0;
}
